"""Agrees entity ids over articles, and counts entities: pure functions on mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from entextract.names import bearers
from entextract.records import Entity, Mention


def link(mentions: Iterable[Mention]) -> list[Mention]:
    """Give each lone surname the one full name of the corpus that it can be short for.

    Spellings of one full name get one id too: the most frequent, then the first in the alphabet.
    The order of the mentions does not matter.

    Args:
        mentions: rows whose ids are agreed within each article.

    Returns:
        The same rows in the same order, some with another ``entity``.
    """
    rows = list(mentions)
    names = _person_names(rows)
    by_frequency = sorted(names, key=lambda i: (-len(i.split("-")), -names[i][1], i))
    forms = {names[i][0]: i for i in reversed(by_frequency)}
    ordered = [names[i][0] for i in by_frequency if forms[names[i][0]] == i]
    full = bearers(ordered)
    agreed = {i: forms[full[name]] for i, (name, _) in names.items()}
    return [
        row
        if agreed.get(row.entity, row.entity) == row.entity
        else replace(row, entity=agreed[row.entity])
        for row in rows
    ]


def _person_names(rows: list[Mention]) -> dict[str, tuple[str, int]]:
    """Fullest name and number of mentions of each person's id."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        if row.label == "PER":
            forms[row.entity][_spaced(row.text)] += 1
    return {i: (_fullest(count), count.total()) for i, count in forms.items()}


def count_entities(
    mentions: Iterable[Mention], names: Mapping[str, str] | None = None
) -> list[Entity]:
    """One row an entity, sorted by id.

    Args:
        mentions: rows with agreed ids.
        names: canonical names by id; an entity that is not there takes its fullest form, the
            most frequent when several are as full.
    """
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, Counter[str]] = defaultdict(Counter)
    articles: dict[str, set[str]] = defaultdict(set)
    labels = {}
    for row in mentions:
        forms[row.entity][_spaced(row.text)] += 1
        if row.kind == "name":
            named[row.entity][_spaced(row.text)] += 1
        articles[row.entity].add(row.article)
        labels[row.entity] = row.label
    known = names or {}
    return [
        Entity(
            id=i,
            name=known.get(i) or _fullest(named[i] or forms[i]),
            label=labels[i],
            country=i.removeprefix("country:") if labels[i] == "COUNTRY" else None,
            forms=tuple(sorted(forms[i], key=lambda f: (-forms[i][f], f))),
            mentions=forms[i].total(),
            articles=len(articles[i]),
        )
        for i in sorted(forms)
    ]


def _fullest(forms: Counter[str]) -> str:
    """The form of most words, then the most frequent, then the first in the alphabet."""
    return min(forms, key=lambda f: (-len(f.split()), f.isupper(), -forms[f], f))


def _spaced(text: str) -> str:
    return " ".join(text.split())
