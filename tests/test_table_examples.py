"""The example of each table row is read as its author marked it, with the real pipeline."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from marked import parse
from spacy.language import Language

import entextract as ee
from entextract import tables

TABLES: list[Callable[[], Sequence[Any]]] = [
    tables.countries,
    tables.places,
    tables.organisations,
    tables.org_words,
    tables.titles,
    tables.word_classes,
]


@pytest.mark.parametrize("table", TABLES)
def test_examples_are_read_as_marked(
    table: Callable[[], Sequence[Any]], nlp_full: Language
) -> None:
    rows = [row for row in table() if row.example]
    texts = [parse(row.example) for row in rows]
    articles = [ee.Article(id=str(i), text=text) for i, (text, _) in enumerate(texts)]
    result = ee.extract(articles, nlp_full)
    wrong = []
    for i, (row, (text, spans)) in enumerate(zip(rows, texts, strict=True)):
        labels = {span.label for span in spans}
        wanted = {(text[span.start : span.end], span.label) for span in spans}
        found = {
            (m.text, m.label) for m in result.mentions if m.article == str(i) and m.label in labels
        }
        if found != wanted:
            wrong.append(f"{row.form}: {row.example} found {found}")
    assert rows
    assert wrong == []
