"""Draw relations or quotations at random for a person to judge, with an empty column for a verdict.

    python tests/sampled.py ARTICLES... --rows 100 --seed 7 > judged.csv
    python tests/sampled.py ARTICLES... --speaker --rows 60 --seed 3 > judged.csv
    python tests/sampled.py ARTICLES... --kinds accuse,request --rows 40 > judged.csv
    python tests/sampled.py ARTICLES... --table quotes --rows 150 --seed 11 > judged.csv

What is judged of a relation is whether the sentence says it: ends, kind, direction, then status and
speaker. Of a quotation: whether it is one, and whose: « right », « wrong » (another one, or no one
says it), « missed » (the text names its speaker, and none is given), or « none » (no one is named,
or it is a headline, a title).
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import entextract as ee

Row = dict[str, str]
RELATION = (
    "verdict", "kind", "source", "target", "status", "speaker", "date", "place", "trigger", "rule",
    "text", "article",
)  # fmt: skip
QUOTE = (
    "verdict", "kind", "rule", "speaker", "said_by", "verb", "before", "text", "after", "article",
)  # fmt: skip
ORDER = {"relations": ("source", "target"), "quotes": ("end", "kind")}
AROUND = 170  # characters of the text before and behind a quotation


def draw(
    paths: Sequence[str],
    rows: int,
    seed: int,
    table: str = "relations",
    *,
    kinds: Collection[str] = (),
    speaker: bool = False,
) -> list[Row]:
    """So many rows of these articles, the same ones for the same seed.

    Args:
        paths: files or folders.
        rows: how many, or all where there are fewer.
        seed: of the draw.
        table: ``relations`` or ``quotes``.
        kinds: those to draw among, all if none is given.
        speaker: whether to draw only among rows that name who says them.
    """
    articles = list(ee.read_articles(*paths))
    result = ee.extract(articles)
    names = {entity.id: entity.name for entity in result.entities}
    asked = [
        row
        for row in getattr(result, table)
        if (not kinds or row.kind in kinds) and (row.speaker or not speaker)
    ]
    every = sorted(asked, key=lambda r: (r.article, r.start, r.end, r.kind, r.text))
    drawn = random.Random(seed).sample(every, min(rows, len(every)))
    if table == "relations":
        return [_row(one, RELATION, names, {}) for one in drawn]
    texts = {article.id: article.text for article in articles}
    return [_row(one, QUOTE, names, _around(one, texts[one.article])) for one in drawn]


def _row(one: Any, columns: Sequence[str], names: Mapping[str, str], more: Row) -> Row:
    ends = ("source", "target", "speaker", "place")
    values = {name: str(getattr(one, name, "")) for name in columns}
    known = {name: names.get(values[name], "") for name in ends if name in values}
    return {**values, **known, **more}


def _around(quote: Any, text: str) -> Row:
    before = text[max(quote.start - AROUND, 0) : quote.start]
    return {"before": before, "after": text[quote.end : quote.end + AROUND]}


def main() -> None:
    """The script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", nargs="+", help="files or folders that read_articles takes")
    parser.add_argument("--table", choices=["relations", "quotes"], default="relations")
    parser.add_argument("--rows", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kinds", default="", help="kinds to draw among, joined by commas")
    parser.add_argument("--speaker", action="store_true", help="rows that name who says them only")
    given = parser.parse_args()
    columns = RELATION if given.table == "relations" else QUOTE
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    kinds = given.kinds.split(",") if given.kinds else ()
    drawn = draw(
        given.articles, given.rows, given.seed, given.table, kinds=kinds, speaker=given.speaker
    )
    writer.writerows(drawn)


if __name__ == "__main__":
    main()
