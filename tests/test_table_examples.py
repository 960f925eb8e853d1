"""The example of each table row is read as its author marked it, with the real pipeline."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from batches import Batches
from marked import parse

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
def test_examples_are_read_as_marked(table: Callable[[], Sequence[Any]], batches: Batches) -> None:
    rows = [row for row in table() if row.example]
    wrong = []
    for row in rows:
        text, spans = parse(row.example)
        labels = {span.label for span in spans}
        wanted = {(text[span.start : span.end], span.label) for span in spans}
        mentions = batches.result(text).mentions
        found = {(m.text, m.label) for m in mentions if m.label in labels}
        if found != wanted:
            wrong.append(f"{row.form}: {row.example} found {found}")
    assert rows
    assert wrong == []
