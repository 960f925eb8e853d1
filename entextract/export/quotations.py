"""The sentences that best show an entity or a link: how they are ranked, chosen and printed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from entextract.records.calendar import (
    TimeOrder,
    time_order,
)
from entextract.records.edge_keys import COMENTION, edge_key
from entextract.records.nouns import Article, Relation, Sentence
from entextract.records.spelling import spaced

# two ids in order for a co-mention; source, target and kind for a relation
Link = tuple[str, ...]
Part = tuple[str, str]  # a period or a newspaper
_READABLE = range(60, 321)  # characters: long enough to tell something, short enough to read
_RESERVE = 4  # kept for each one asked for: texts may turn out to be the same, or of one article


class Quotation(NamedTuple):
    """A sentence, or two joined by […], and where it stands.

    Of a relation: whether it is stated as done (``status``), who says it, and the office held.
    """

    text: str
    article: str
    date: str = ""
    source: str = ""
    url: str = ""
    status: str = ""
    speaker: str = ""
    office: str = ""

    def __str__(self) -> str:
        """The text with its origin.

        >>> str(Quotation("Paris répond.", "a1", "2024-03-09", "Le Quotidien"))
        'Paris répond. (Le Quotidien, 2024-03-09)'
        """
        return f"{self.text} ({', '.join(filter(None, (self.source or self.article, self.date)))})"


@dataclass(slots=True)
class Quotations:
    """The best quotations of nodes and of edges, best first."""

    nodes: dict[str, Sequence[Quotation]] = field(default_factory=dict)
    edges: dict[Link, Sequence[Quotation]] = field(default_factory=dict)

    def of_edge(self, source: str, target: str, kind: str = "") -> Sequence[Quotation]:
        return self.edges.get(link_of(source, target, kind), ())


def link_of(source: str, target: str, kind: str = "") -> Link:
    """What names an edge here.

    >>> link_of("b", "a"), link_of("b", "a", "accuse")
    (('a', 'b'), ('b', 'a', 'accuse'))
    """
    if kind not in ("", COMENTION):
        return source, target, kind
    return (source, target) if source < target else (target, source)


def link_of_relation(relation: Relation) -> Link:
    """What names the edge that a relation makes."""
    return relation.source, relation.target, edge_key(relation.kind, relation.status)


class Rank(NamedTuple):
    """How well some sentences of an article quote: the lowest is the best."""

    sentences: int
    unreadable: bool
    date: TimeOrder
    article: str
    numbers: tuple[int, ...]
    parts: tuple[Part, ...] = ()  # the period and the newspaper that it quotes, if these count


Best = tuple[Rank, ...]  # of a node or an edge; of many edges it is one and the same


def is_readable(length: int) -> bool:
    """Whether a quotation of so many characters tells something, and can be read at a glance."""
    return length in _READABLE


def is_full(best: Best, most: int) -> bool:
    """Whether as many ranks are kept as can be, when ``most`` quotations will be asked for."""
    return len(best) >= _RESERVE * most


def better_of(best: Best, one: Rank, most: int) -> Best:
    """The best ranks, in order, with another one if it is among them.

    Args:
        best: the lowest ranks so far.
        one: a rank.
        most: how many quotations will be asked for.
    """
    if is_full(best, most) and (not best or one >= best[-1]):
        return best
    place = bisect_left(best, one)
    if best[place : place + 1] == (one,):
        return best
    return (*best[:place], one, *best[place:])[: _RESERVE * most]


class Quoter:
    """Makes quotations of ranks, each sentence once: the same one stands at many edges."""

    def __init__(
        self,
        articles: Mapping[str, Article],
        sentences: Mapping[tuple[str, int], Sentence],
    ) -> None:
        self._articles = articles
        self._sentences = sentences
        self._made: dict[Rank, tuple[Quotation, ...]] = {}

    def choose(self, best: Best, most: int) -> Sequence[Quotation]:
        """The sentences so ranked, one of each article before the others, each text once."""
        if len(best) == 1 and most:
            return self._made.get(best[0]) or self._quoted(best[0])
        found: dict[str, Quotation] = {}
        for one in _in_turn(best[: _RESERVE * most]):
            if len(found) == most:
                break
            for quoted in self._quoted(one):
                found.setdefault(quoted.text, quoted)
        return list(found.values())

    def _quoted(self, one: Rank) -> tuple[Quotation, ...]:
        """What a rank quotes, alone; nothing if there is no text."""
        made = self._made.get(one)
        if made is None:
            parts = [self._sentences.get((one.article, n)) for n in one.numbers]
            text = " […] ".join([spaced(part.text) for part in parts if part])
            known = self._articles.get(one.article) or Article(one.article, "")
            quoted = Quotation(text, one.article, known.date, known.source, known.url)
            made = self._made[one] = (quoted,) if text else ()
        return made


def _in_turn(best: Best) -> Sequence[Rank]:
    """The first of each article, then the others."""
    if len({one.article for one in best}) == len(best):
        return best
    seen: set[str] = set()
    first: list[Rank] = []
    others: list[Rank] = []
    for one in best:
        (others if one.article in seen else first).append(one)
        seen.add(one.article)
    return [*first, *others]


def statements(
    relations: Iterable[Relation], articles: Mapping[str, Article], most: int
) -> dict[Link, list[Quotation]]:
    """The oldest statements of each relation, one an article, each text once."""
    rows = []
    for relation in relations:
        known = articles.get(relation.article, Article(relation.article, ""))
        rows.append((time_order(known.date), known.id, relation.start, known, relation))
    found: dict[Link, dict[str, Quotation]] = {}
    for *_, known, relation in sorted(rows, key=lambda row: row[:3]):
        text = spaced(relation.text)
        own = found.setdefault(link_of_relation(relation), {})
        if text and len(own) < most and known.id not in {one.article for one in own.values()}:
            one = Quotation(text, known.id, known.date, known.source, known.url)
            own.setdefault(text, one._replace(speaker=relation.speaker, office=relation.office))
    return {link: list(own.values()) for link, own in found.items()}
