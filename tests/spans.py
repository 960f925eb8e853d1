"""What became of the names of span gold: found, found with other edges, with another label, or not.

    python tests/spans.py GOLD.jsonl

Gold: JSON lines with ``text`` and ``spans`` (start, end, label PER, LOC or ORG; others are left
aside). States count as LOC, demonyms not at all. Articles and quotes at the edges cost nothing.
"""

import json
import re
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

import entextract as ee
from entextract.records.nouns import Mention

Span = tuple[int, int, str]

LABELS = ("PER", "LOC", "ORG")
EDGES = " \t\r\n\u00a0\u202f\"'«»“”‘’"
ARTICLE = re.compile(r"(?:[ld]['’]|la\s|les?\s)\s*", re.IGNORECASE)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Where a span begins and ends without the blanks and quotes at its edges."""
    found = text[start:end]
    start += len(found) - len(found.lstrip(EDGES))
    return start, start + len(found.strip(EDGES))


def bare(text: str, start: int, end: int, label: str) -> Span:
    """A span without the articles at its edges either."""
    start, end = trimmed(text, start, end)
    article = ARTICLE.match(text, start, end)
    return bare(text, article.end(), end, label) if article else (start, end, label)


def label_of(label: str) -> str:
    """A label of ours in span gold, where states are places."""
    return "LOC" if label == "COUNTRY" else label


def fate(span: Span, found: set[Span]) -> str:
    """What became of a name of the gold."""
    near = [one for one in found if one[0] < span[1] and span[0] < one[1]]
    if span in near:
        return "found"
    if any(one[2] == span[2] for one in near):
        return "other span"
    return "another label" if near else "not found"


def main() -> None:
    """Print a row a label: fates of the gold, then precision, recall and F."""
    lines = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    result = ee.extract([ee.Article(str(i), row["text"]) for i, row in enumerate(rows)])
    mentions: dict[str, list[Mention]] = {}
    for mention in result.mentions:
        mentions.setdefault(mention.article, []).append(mention)
    fates: Counter[tuple[str, str]] = Counter()
    said: Counter[str] = Counter()
    for i, row in enumerate(rows):
        text, named = row["text"], mentions.get(str(i), [])
        kept = [m for m in named if m.kind != "demonym"]
        found = {bare(text, m.start, m.end, label_of(m.label)) for m in kept}
        said.update(label for *_, label in found)
        gold = {bare(text, s["start"], s["end"], s["label"]) for s in row["spans"]}
        fates.update((one[2], fate(one, found)) for one in gold if one[2] in LABELS)
    table = pd.DataFrame(
        {
            label: {what: fates[label, what] for what in ("found", *MISSED)} | {"said": said[label]}
            for label in LABELS
        }
    ).T
    table.loc["micro"] = table.sum()
    table["P"] = table["found"] / table["said"]
    table["R"] = table["found"] / table[["found", *MISSED]].sum(axis=1)
    table["F"] = 2 * table["P"] * table["R"] / (table["P"] + table["R"])
    print(table.round(3).to_string())


MISSED = ("other span", "another label", "not found")

if __name__ == "__main__":
    main()
