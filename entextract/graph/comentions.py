"""Counts the windows, articles and sources that mention two entities together, with arrays.

A *window* is what mentions must share to count as one co-mention: a sentence, a paragraph, an
article, or a few sentences in a row. Nothing here knows networkx; a million articles fit.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    Ints = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    Flags = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

WindowUnit = Literal["sentence", "paragraph", "article"]

_BLOCK = 4_000_000  # pairs in windows that are counted at once: what bounds the memory


class Place(NamedTuple):
    """Where an entity is named; several mentions in one sentence are one place."""

    article: str
    sentence: int
    paragraph: int
    entity: str


@dataclass(frozen=True, slots=True)
class Places:
    """Places as columns of numbers, one row a place, in any order; a row may stand twice.

    Attributes:
        article: number of the article, from 0.
        sentence: number of the sentence in its article.
        paragraph: number of the paragraph in its article.
        entity: number of the entity, from 0, in the order of their ids.
        source: for each article, the number of its source, from 0.
        entities: how many entities there are, named or not.
    """

    article: Ints
    sentence: Ints
    paragraph: Ints
    entity: Ints
    source: Ints
    entities: int

    @classmethod
    def of(cls, places: Sequence[Place], entities: Sequence[str], source: dict[str, str]) -> Places:
        """Number the articles, sources and entities of places.

        Args:
            places: the rows.
            entities: every id, in the order that gives their numbers.
            source: the source of each article; the empty name for one that is missing.
        """
        number = {entity: n for n, entity in enumerate(entities)}
        articles: dict[str, int] = {}
        sources: dict[str, int] = {}
        for place in places:
            articles.setdefault(place.article, len(articles))
        of_article = [sources.setdefault(source.get(a, ""), len(sources)) for a in articles]
        rows = np.array(
            [(articles[p.article], p.sentence, p.paragraph, number[p.entity]) for p in places],
            dtype=np.int64,
        ).reshape(-1, 4)
        article, sentence, paragraph, entity = rows.T
        numbered = np.array(of_article, dtype=np.int64)
        return cls(article, sentence, paragraph, entity, numbered, len(entities))


@dataclass(frozen=True, slots=True)
class Comentions:
    """The pairs of entities mentioned together, and the totals that weights are measured against.

    Attributes:
        a: number of the first entity, below that of the second; pairs are in increasing order.
        b: number of the second.
        weight: windows that count for both.
        together: windows that mention both, more than ``weight`` if windows slide: they overlap.
        articles: articles of the windows that count.
        sources: distinct sources of these articles; those without a source count as one.
        windows: for each entity, the windows that mention it.
        sizes: for each window, the entities that it mentions.
    """

    a: Ints
    b: Ints
    weight: Ints
    together: Ints
    articles: Ints
    sources: Ints
    windows: Ints
    sizes: Ints


def count_comentions(places: Places, window: WindowUnit | int) -> Comentions:
    """Count co-mentions.

    With a number ``n``, each sentence that names someone ends a window of ``n`` sentences. The
    window counts for a pair if its last sentence names one of the two at least: so two neighbours
    weigh 1 for any ``n`` above 1.

    >>> zero, one = np.zeros(2, int), np.array([0, 1])
    >>> comentions = count_comentions(Places(zero, zero, zero, one, zero[:1], 2), "sentence")
    >>> [column.tolist() for column in (comentions.a, comentions.b, comentions.weight)]
    [[0], [1], [1]]
    """
    incidence = _incidence(places, window)
    later = _ends(incidence.owner) - np.arange(len(incidence.owner)) - 1
    work = np.bincount(incidence.entity, later, minlength=places.entities)
    # the second term keeps every code of a block below 2**63
    width = max(2**62 // max(places.entities * len(places.source), 1), 1)
    block = (np.cumsum(work) // _BLOCK).astype(np.int64) + np.arange(places.entities) // width
    rows = np.argsort(block[incidence.entity], kind="stable")
    parts = np.split(rows, np.flatnonzero(np.diff(block[incidence.entity[rows]])) + 1)
    counted = [_count_block(part, later[part], incidence, places) for part in parts]
    columns = (np.concatenate(column) for column in zip(*counted, strict=True))
    a, b, weight, together, articles, sources = columns
    windows = np.bincount(incidence.entity, minlength=places.entities)
    sizes = np.bincount(incidence.owner)
    return Comentions(a, b, weight, together, articles, sources, windows, sizes)


class _Incidence(NamedTuple):
    """Who is named in which window, by window then entity.

    ``own`` says if the last sentence of the window names the entity; ``article`` is that of each
    window, not of each row.
    """

    owner: Ints
    entity: Ints
    own: Flags
    article: Ints


def _count_block(rows: Ints, later: Ints, incidence: _Incidence, places: Places) -> list[Ints]:
    """Count the pairs whose first entity stands in these rows, each with the rows that follow it.

    Everything about a pair in a window becomes one number, so that sorting numbers counts them.
    """
    owner, entity, own, article = incidence
    first = np.repeat(rows, later)
    second = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later) + first + 1
    lowest = int(entity[rows].min(initial=0))
    code = (entity[first] - lowest) * places.entities + entity[second]
    within = None
    if not own.all():
        within = np.sort(code)
        counted = own[first] | own[second]
        first, code = first[counted], code[counted]
    del second
    articles = len(places.source)
    code *= articles
    code += article[owner[first]]
    del first
    code.sort()
    once = code[_changes(code)]
    pair, where = np.divmod(once, max(articles, 1))
    start = np.flatnonzero(_changes(pair))
    before = np.searchsorted(code, once[start])
    weight = np.diff(before, append=len(code))
    in_articles = np.diff(start, append=len(once))
    sources = _sources(places.source, where, in_articles)
    pair = pair[start]
    together = weight
    if within is not None:
        together = np.searchsorted(within, pair, "right") - np.searchsorted(within, pair, "left")
    a, b = np.divmod(pair, max(places.entities, 1))
    return [a + lowest, b, weight, together, in_articles, sources]


def _ends(owner: Ints) -> Ints:
    """For each row, where the rows of its window end."""
    return np.repeat(np.cumsum(np.bincount(owner)), np.bincount(owner))


def _incidence(places: Places, window: WindowUnit | int) -> _Incidence:
    number = np.zeros_like(places.sentence)
    if window != "article":
        number = places.paragraph if window == "paragraph" else places.sentence
    step, entities = int(number.max(initial=0)) + 1, max(places.entities, 1)
    if len(places.source) * step * entities >= 2**63:
        raise ValueError(
            "too many articles, sentences and entities to be numbered: split the corpus"
        )
    named = _distinct((places.article * step + number) * entities + places.entity)
    code, entity = np.divmod(named, entities)
    codes = code[_changes(code)]
    reach = named
    if isinstance(window, int):
        rows = [named]
        for lag in range(1, min(window, step)):
            inside = code % step + lag < step
            later = code[inside] + lag
            at = np.searchsorted(codes, later)
            at[at == len(codes)] = 0
            found = codes[at] == later
            rows.append(later[found] * entities + entity[inside][found])
        reach = _distinct(np.concatenate(rows))
    code, entity = np.divmod(reach, entities)
    owner = np.cumsum(_changes(code)) - 1
    own = np.ones(len(reach), bool) if reach is named else np.isin(reach, named)
    return _Incidence(owner, entity, own, codes // step)


def _changes(column: Ints) -> Flags:
    """Where a value differs from the one before; the first does."""
    return np.concatenate([[True], column[1:] != column[:-1]])[: len(column)]


def _distinct(column: Ints) -> Ints:
    """The distinct values in order; numpy's ``unique`` takes ten times as long."""
    ordered = np.sort(column)
    return ordered[_changes(ordered)]


def _sources(source: Ints, article: Ints, weight: Ints) -> Ints:
    """Distinct sources of each pair, whose articles follow one another in ``article``."""
    kinds = int(source.max(initial=0)) + 1
    if kinds == 1:
        return np.ones_like(weight)
    several = weight > 1  # one article has one source
    group = np.repeat(np.flatnonzero(several), weight[several])
    distinct = _distinct(group * kinds + source[article[np.repeat(several, weight)]])
    return np.where(several, np.bincount(distinct // kinds, minlength=len(weight)), 1)


# --- the same windows, one at a time: evidence of two entities, and quotations ---


def linking(places: list[Place], window: WindowUnit | int) -> set[tuple[str, int]]:
    """The sentences, as (article, number), of the windows that hold both of two entities."""
    found = set()
    for now, before in windows(places, window):
        here = {place.entity for place in now}
        reached = [place for place in before if place.entity not in here]
        if len(here) == 2 or reached:
            found |= {(place.article, place.sentence) for place in [*now, *reached]}
    return found


def windows(
    places: list[Place], window: WindowUnit | int
) -> Iterator[tuple[list[Place], list[Place]]]:
    """The windows, article by article: places that count now, and those only within reach."""
    if isinstance(window, str):
        unit = ("article",) if window == "article" else ("article", window)
        in_window: Any = attrgetter(*unit)
        for _, group in groupby(sorted(places, key=in_window), key=in_window):
            yield list(group), []
        return
    for _, article in groupby(places, key=attrgetter("article")):
        recent: deque[list[Place]] = deque()
        for number, group in groupby(article, key=attrgetter("sentence")):
            while recent and recent[0][0].sentence <= number - window:
                recent.popleft()
            now = list(group)
            yield now, [place for sentence in recent for place in sentence]
            recent.append(now)
