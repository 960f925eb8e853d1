"""Draw relations at random for a person to judge, as a table with an empty column for the verdict.

    python tests/sampled.py ARTICLES... --articles 60 --rows 300 --seed 7 > judged.csv

What is judged is whether the sentence says it: ends, kind, direction, then status and speaker.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Sequence

import entextract as ee

COLUMNS = (
    "verdict", "kind", "source", "target", "status", "speaker", "date", "place", "trigger", "rule",
    "text", "article",
)  # fmt: skip


def draw(
    paths: Sequence[str], rows: int, seed: int, articles: int | None = None
) -> list[dict[str, str]]:
    """So many relations of so many of these articles, the same ones for the same seed."""
    chance = random.Random(seed)
    texts = list(ee.read_articles(*paths))
    if articles is not None:
        texts = chance.sample(texts, min(articles, len(texts)))
    result = ee.extract(texts)
    names = {entity.id: entity.name for entity in result.entities}
    relations = sorted(result.relations, key=lambda r: (r.article, r.start, r.source, r.target))
    drawn = chance.sample(relations, min(rows, len(relations)))
    ends = ("source", "target", "speaker", "place")
    return [
        {
            **{name: str(getattr(one, name)) for name in COLUMNS[1:]},
            **{name: names.get(getattr(one, name), "") for name in ends},
            "verdict": "",
        }
        for one in drawn
    ]


def main() -> None:
    """The script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+", help="files or folders that read_articles takes")
    parser.add_argument("--articles", type=int, help="how many articles to draw; all by default")
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(draw(given.paths, given.rows, given.seed, given.articles))


if __name__ == "__main__":
    main()
