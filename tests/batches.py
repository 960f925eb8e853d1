"""Texts of ours, each read as an article by itself: many at a time, and once a process.

One text at a time costs three times as much, and most tests that read our texts read the same ones.
"""

from collections.abc import Iterable, Iterator

from spacy.language import Language

import entextract as ee
from entextract.linking.agreement import agree
from entextract.reading.extraction import names_of, read
from entextract.runs.worker import by_article

BLOCK = 50  # texts read at once: a process that is asked for one has its neighbours to do as well


class Batches:
    """What a pipeline reads in texts, kept.

    Args:
        texts: those that will be asked for, in about that order.
        nlp: the pipeline.
    """

    def __init__(self, texts: Iterable[str], nlp: Language) -> None:
        self.nlp = nlp
        self._texts = list(dict.fromkeys(texts))
        self._place = {text: place for place, text in enumerate(self._texts)}
        self._rows: dict[str, ee.Extraction] = {}
        self._results: dict[str, ee.Extraction] = {}

    def rows(self, articles: Iterable[ee.Article]) -> Iterator[ee.Extraction]:
        """What is read in each article before names are linked; ids tell articles apart."""
        articles = list(articles)
        self._read(article for article in articles if article.id not in self._rows)
        return (self._rows[article.id] for article in articles)

    def result(self, text: str) -> ee.Extraction:
        """What ``extract`` gives for the text alone."""
        if text not in self._rows:
            first = self._place.get(text, len(self._texts)) // BLOCK * BLOCK
            block = {text, *self._texts[first : first + BLOCK]} - self._rows.keys()
            self._read(map(article_of, block))
        if text not in self._results:
            self._results[text] = agree(self._rows[text], names_of(self.nlp))
        return self._results[text]

    def _read(self, articles: Iterable[ee.Article]) -> None:
        unlike = {article.id: article for article in articles}
        every = read(unlike.values(), self.nlp)
        parts = by_article(every)
        for id in unlike:
            told = tuple(row for row in every.problems if row.article == id)
            self._rows[id] = parts.get(id) or ee.Extraction(problems=told)


def article_of(text: str) -> ee.Article:
    """A text as an article by itself."""
    return ee.Article(text, text)
