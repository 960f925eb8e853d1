"""How fast articles are read: words a second of processor time, in one process.

python benchmarks/reading.py                our sample articles, eight times
python benchmarks/reading.py presse/        articles of yours, once
"""

import sys
import time

import entextract as ee

ROUNDS = 8


def main() -> None:
    """Read once to warm up, then measure."""
    given = sys.argv[1:]
    articles = list(ee.read_articles(given)) if given else ee.sample_articles() * ROUNDS
    articles = [ee.Article(str(number), one.text) for number, one in enumerate(articles)]
    start = time.process_time()
    nlp = ee.load()
    loading = time.process_time() - start
    ee.extract(articles[:14], nlp)
    start = time.process_time()
    result = ee.extract(articles, nlp)
    seconds = time.process_time() - start
    words = sum(len(article.text.split()) for article in articles)
    print(f"loading: {loading:.1f} s of processor time")
    print(f"reading: {words} words, {len(result.mentions)} mentions, {words / seconds:.0f} words/s")


if __name__ == "__main__":
    main()
