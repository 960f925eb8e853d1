"""Time: cuts a result into periods, and compares two graphs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from entextract.graph.significance import adjusted, log_likelihood
from entextract.graph.special import chi_square_tail
from entextract.records.calendar import Day, Period, check_period, day_of, name_of, span_of, spans
from entextract.records.nouns import (
    Article,
    Entity,
    Mention,
    SomeRows,
)

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    Graph = nx.Graph[str]

_OF_ARTICLES = ("mentions", "relations", "quotes", "sentences")  # tables whose rows go with one


def split(result: SomeRows, by: Period | Sequence[str | Day]) -> list[tuple[str, SomeRows]]:
    """The result of each period; see ``EntityGraph.slices``.

    >>> from entextract import Extraction
    >>> split(Extraction(), "month")
    []
    """
    days_of = {article.id: day_of(article.date) for article in result.articles}
    days = sorted(day for day in days_of.values() if day)
    name, labels = naming(by, days)
    period_of = {article: name(day) for article, day in days_of.items() if day}
    return _parts(result, period_of, labels)


def split_sources(result: SomeRows, sources: Sequence[str]) -> list[tuple[str, SomeRows]]:
    """The result of each of these sources.

    Raises:
        ValueError: no article is from one of them.

    >>> from entextract import Extraction
    >>> split_sources(Extraction(articles=(Article("a", "", source="Le Soir"),)), ["Le Sør"])
    Traceback (most recent call last):
    ValueError: no article is from 'Le Sør'; sources: 'Le Soir'
    """
    known = sorted({article.source for article in result.articles})
    for source in sources:
        if source not in known:
            listed = ", ".join(map(repr, known[:20])) + (" …" if len(known) > 20 else "")
            raise ValueError(f"no article is from {source!r}; sources: {listed or 'none'}")
    return _parts(result, {article.id: article.source for article in result.articles}, sources)


def _parts(
    result: SomeRows, part_of: Mapping[str, str], labels: Sequence[str]
) -> list[tuple[str, SomeRows]]:
    """The result of the articles of each label."""
    articles = _grouped(result.articles, lambda article: part_of.get(article.id))
    of_articles = {
        table: _grouped(getattr(result, table), lambda row: part_of.get(row.article))
        for table in _OF_ARTICLES
    }
    known = {entity.id: entity for entity in result.entities}
    return [
        (
            label,
            _part(
                result,
                known,
                articles[label],
                {table: tuple(rows[label]) for table, rows in of_articles.items()},
            ),
        )
        for label in labels
    ]


def _grouped(rows: Iterable[Any], period: Callable[[Any], str | None]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        if name := period(row):
            groups[name].append(row)
    return groups


def naming(
    by: Period | Sequence[str | Day], days: list[Day]
) -> tuple[Callable[[Day], str], list[str]]:
    """How to name the period of a day, and all the names in order."""
    if isinstance(by, str):
        period: Any = by
        check_period(period)
        every = spans(days[0], days[-1], period) if days else ()
        return lambda day: name_of(span_of(day, period)), [name_of(span) for span in every]
    cuts = sorted({day if isinstance(day, Day) else Day.fromisoformat(day) for day in by})
    ends = ["..", *(day.isoformat() for day in cuts), ".."]
    labels = [f"{start}/{end}" for start, end in pairwise(ends)]
    return lambda day: labels[sum(cut <= day for cut in cuts)], labels


def _part(
    result: SomeRows,
    known: Mapping[str, Entity],
    articles: list[Article],
    rows: Mapping[str, tuple[Any, ...]],
) -> SomeRows:
    """The result of some articles; the entities keep their names and are counted anew."""
    mentions: tuple[Mention, ...] = rows["mentions"]
    count = Counter(m.entity for m in mentions)
    spread = Counter(entity for entity, _ in {(m.entity, m.article) for m in mentions})
    named = count.keys() | {end for r in rows["relations"] for end in (r.source, r.target)}
    return replace(
        result,
        articles=tuple(articles),
        entities=tuple(
            replace(known[name], mentions=count[name], articles=spread[name])
            for name in sorted(named)
            if name in known
        ),
        problems=(),
        former=(),
        copies=(),
        **rows,
    )


def compare(before: tuple[Graph, int], after: tuple[Graph, int]) -> pd.DataFrame:
    """What differs between two graphs, each given with its number of articles.

    See ``EntityGraph.compare``.
    """
    import pandas as pd

    counts = [_counts(graph) for graph, _ in (before, after)]
    totals = before[1], after[1]
    keys = sorted(counts[0].keys() | counts[1].keys())
    seen = np.array([[count[key] for count in counts] for key in keys], dtype=int).reshape(-1, 2)
    frame = pd.DataFrame(keys, columns=["what", "source", "target", "kind"])
    names = {
        node: row["label"] for graph, _ in (after, before) for node, row in graph.nodes.items()
    }
    frame["label"] = [" – ".join(str(names[end]) for end in key[1:3] if end) for key in keys]
    frame["before"], frame["after"] = seen.T
    shares = [seen[:, side] / max(totals[side], 1) for side in (0, 1)]
    frame["share_before"], frame["share_after"] = shares
    frame["change"] = [
        "appears"
        if not a
        else "vanishes"
        if not b
        else "grows"
        if y > x
        else "shrinks"
        if y < x
        else "stays"
        for (a, b), x, y in zip(seen, *shares, strict=True)
    ]
    # the table of Rayson and Garside: articles with or without, before or after
    ratio = log_likelihood(seen[:, 0], seen.sum(axis=1), np.full(len(seen), totals[0]), sum(totals))
    frame["log_likelihood"] = ratio
    frame["p_value"] = chi_square_tail(ratio)
    frame["p_adjusted"] = adjusted(frame["p_value"].to_numpy(), len(frame))
    order = ["log_likelihood", "what", "source", "target", "kind"]
    ascending = [False, True, True, True, True]
    return frame.sort_values(order, ascending=ascending, ignore_index=True)


def _counts(graph: Graph) -> Counter[tuple[str, str, str, str]]:
    """Articles of each entity and tie."""
    found: Counter[tuple[str, str, str, str]] = Counter()
    for node, row in graph.nodes.items():
        found["entity", node, "", ""] = row.get("articles", 0)
    for a, b, row in graph.edges(data=True):
        ends: Any = (a, b) if row.get("directed", graph.is_directed()) else sorted((a, b))
        found[("tie", *ends, row.get("kind", ""))] += row.get("articles", 0)
    return +found
