"""How much is lost when an article is written badly: a table, for ``make quality``.

    python tests/robustness.py GOLD.jsonl

The gold is rewritten by script in each way, offsets moved with the text, and scored again; and
headlines, the first lines, are read alone.
"""

import argparse
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
from spacy.language import Language

import entextract as ee
from entextract.evaluation import GoldArticle, read_gold, score

Rewrite = Callable[[str], list[str]]  # a text -> what each of its characters becomes


def each(change: Callable[[str], str]) -> Rewrite:
    """A rewriting of single characters."""
    return lambda text: [change(c) for c in text]


def bare(character: str) -> str:
    """A letter without its accent."""
    return unicodedata.normalize("NFD", character)[0]


def full_stops(text: str) -> list[str]:
    """A stray full stop after every third sentence, as machine translation leaves them."""
    pieces = list(text)
    for i, match in enumerate(re.finditer(r"\.(?=\s)", text)):
        if i % 3 == 0:
            pieces[match.start()] = ". ."
    return pieces


REWRITES: dict[str, Rewrite] = {
    "as it is": each(str),
    "ALL CAPS": each(str.upper),
    "ALL CAPS, no accents": each(lambda c: bare(c).upper()),
    "no accents": each(bare),
    "curly apostrophes": each(lambda c: "’" if c == "'" else c),
    "straight apostrophes": each(lambda c: "'" if c == "’" else c),
    "non-breaking spaces": each(lambda c: "\u00a0" if c == " " else c),
    "stray full stops": full_stops,
}


def rewritten(row: dict[str, Any], rewrite: Rewrite) -> dict[str, Any]:
    """A gold row with its text rewritten and its mentions moved."""
    pieces = rewrite(str(row["text"]))
    at = [0]
    for piece in pieces:
        at.append(at[-1] + len(piece))
    text = "".join(pieces)
    entities = json.loads(json.dumps(row["entities"]))
    for entity in entities:
        for mention in entity["mentions"]:
            mention["start"], mention["end"] = at[mention["start"]], at[mention["end"]]
            mention["text"] = text[mention["start"] : mention["end"]]
    return {**row, "text": text, "entities": entities}


def headline(row: dict[str, Any]) -> dict[str, Any]:
    """A gold row of the first line only, without relations."""
    title = row["text"].split("\n")[0]
    entities = [
        {**entity, "mentions": [m for m in entity["mentions"] if m["end"] <= len(title)]}
        for entity in row["entities"]
    ]
    named = [entity for entity in entities if entity["mentions"]]
    return {**row, "text": title, "entities": named, "relations": []}


def measured(rows: list[dict[str, Any]], nlp: Language) -> pd.DataFrame:
    """The scores of gold rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gold.jsonl"
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text("\n".join(lines), encoding="utf-8")
        gold: list[GoldArticle] = read_gold(path)
    articles = [ee.Article(id=article.id, text=article.text) for article in gold]
    return score(ee.extract(articles, nlp), gold)


def table(path: Path) -> pd.DataFrame:
    """F of each measure, one row a way of writing."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    nlp = ee.load()
    kinds = {
        name: [rewritten(row, rewrite) for row in rows] for name, rewrite in REWRITES.items()
    } | {"headlines alone": [headline(row) for row in rows]}
    scores = {name: measured(kind, nlp).set_index("measure")["f"] for name, kind in kinds.items()}
    return pd.DataFrame(scores).T


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    print(table(parser.parse_args().gold).round(3).to_string())
