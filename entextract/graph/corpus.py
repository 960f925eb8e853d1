"""What a graph reads of a corpus, wherever its rows are; and the rows of an ``Extraction``."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple, Protocol, runtime_checkable

from entextract.graph.comentions import Place, Places
from entextract.graph.periods import split
from entextract.linking.entities import count_again
from entextract.linking.near_duplicates import Unit as Count
from entextract.linking.near_duplicates import distinct
from entextract.profiles import Profiles, profiles_of
from entextract.records.calendar import Day, Period
from entextract.records.nouns import Article, Entity, Relation, Rows, Sentence

Key = tuple[str, int]  # article and number of a sentence


@dataclass(frozen=True, slots=True)
class Stated:
    """The statements of one kind and status between two entities, counted."""

    source: str
    target: str
    kind: str
    status: str
    weight: int
    articles: int
    sources: int
    goldstein: float | None  # none for facts


class Part(NamedTuple):
    """Where entities are named in some articles, with these articles and their sentences."""

    places: list[Place]
    articles: Mapping[str, Article]
    sentences: Mapping[Key, Sentence]


class Corpus(Protocol):
    """The linked rows of a corpus."""

    @property
    def entities(self) -> Sequence[Entity]: ...

    def counted(self, by: Count) -> Corpus:
        """The rows without the articles that another one stands for, if none were left out yet."""

    def at_least(self, min_score: float) -> Corpus:
        """The rows without the mentions and relations that are less sure, entities counted anew."""

    def unknown_entity(self) -> str | None:
        """An entity that is mentioned and not among ``entities``, if there is one."""

    @property
    def profiles(self) -> Profiles:
        """Who the entities are; of a period, what the whole corpus says of them."""

    def count_articles(self) -> int:
        """How many articles there are, whether they name somebody or not."""

    def places(self, ids: Sequence[str]) -> Places:
        """Where these entities are named, as numbers: those of the order of ``ids``."""

    def named(self, ids: Iterable[str]) -> list[Place]:
        """Where these few entities are named, in order, none twice."""

    def stated(
        self, ids: Collection[str], kinds: Collection[str] | None, statuses: Collection[str]
    ) -> Iterator[Stated]:
        """What is stated between these entities, in the order of the first four fields."""

    def relations(self, ids: Collection[str]) -> Iterator[Relation]:
        """The relations both ends of which are among these, one after the other."""

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]:
        """At least these articles, by id; what is missing is not there."""

    def sentences(self, keys: Iterable[Key]) -> Mapping[Key, Sentence]:
        """At least these sentences; what is missing is not there."""

    def dates(self) -> Mapping[str, int]:
        """How many articles have each date, as it is written; the empty one too."""

    def parts(self, ids: Collection[str]) -> Iterator[Part]:
        """Where these entities are named, some articles at a time, in order in each article."""

    def split(self, by: Period | Sequence[str | Day]) -> list[tuple[str, Corpus]]:
        """The rows of each period; see ``EntityGraph.slices``."""


@runtime_checkable
class HasCorpus(Protocol):
    """A result whose rows are not in memory, such as what ``open_run`` gives."""

    @property
    def corpus(self) -> Corpus:
        """What a graph reads of it."""


class InMemory:
    """The rows of an ``Extraction``.

    Args:
        result: the rows.
        whole: of what they are a part, if they are: what its articles say of entities holds.
    """

    def __init__(self, result: Rows, whole: InMemory | None = None) -> None:
        self.result = result
        self.entities = result.entities
        self.whole = whole

    def counted(self, by: Count) -> InMemory:
        return self  # made of what ``distinct`` returned

    def at_least(self, min_score: float) -> InMemory:
        mentions = tuple(m for m in self.result.mentions if m.score >= min_score)
        return InMemory(
            replace(
                self.result,
                mentions=mentions,
                entities=count_again(self.entities, mentions),
                relations=tuple(r for r in self.result.relations if r.score >= min_score),
            )
        )

    def unknown_entity(self) -> str | None:
        known = {entity.id for entity in self.entities}
        return min({m.entity for m in self.result.mentions} - known, default=None)

    @cached_property
    def profiles(self) -> Profiles:
        if self.whole is not None:
            return self.whole.profiles
        return profiles_of([self.result], self.entities)

    def count_articles(self) -> int:
        return len(self.result.articles)

    def places(self, ids: Sequence[str]) -> Places:
        source = {article.id: article.source for article in self.result.articles}
        return Places.of(self.named(ids), ids, source)

    def named(self, ids: Iterable[str]) -> list[Place]:
        return sorted(place for entity in ids for place in self._places.get(entity, ()))

    @cached_property
    def _places(self) -> dict[str, set[Place]]:
        found: dict[str, set[Place]] = defaultdict(set)
        for m in self.result.mentions:
            found[m.entity].add(Place(m.article, m.sentence, m.paragraph, m.entity))
        return found

    def stated(
        self, ids: Collection[str], kinds: Collection[str] | None, statuses: Collection[str]
    ) -> Iterator[Stated]:
        source_of = {article.id: article.source for article in self.result.articles}
        groups: dict[tuple[str, str, str, str], list[Relation]] = {}
        edge_of = attrgetter("source", "target", "kind", "status")
        for relation in sorted(self.result.relations, key=edge_of):
            known = relation.source in ids and relation.target in ids
            if known and relation.status in statuses and (kinds is None or relation.kind in kinds):
                groups.setdefault(edge_of(relation), []).append(relation)
        for edge, rows in groups.items():
            articles = {row.article for row in rows}
            sources = {source_of.get(article, "") for article in articles}
            goldstein = rows[0].goldstein if rows[0].plover else None
            yield Stated(*edge, len(rows), len(articles), len(sources), goldstein)

    def relations(self, ids: Collection[str]) -> Iterator[Relation]:
        return (r for r in self.result.relations if r.source in ids and r.target in ids)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]:
        return self._articles

    @cached_property
    def _articles(self) -> dict[str, Article]:
        return {article.id: article for article in self.result.articles}

    def sentences(self, keys: Iterable[Key]) -> Mapping[Key, Sentence]:
        return self._sentences

    @cached_property
    def _sentences(self) -> dict[Key, Sentence]:
        return {(s.article, s.sentence): s for s in self.result.sentences}

    def dates(self) -> Mapping[str, int]:
        return Counter(article.date for article in self.result.articles)

    def parts(self, ids: Collection[str]) -> Iterator[Part]:
        yield Part(self.named(ids), self._articles, self._sentences)

    def split(self, by: Period | Sequence[str | Day]) -> list[tuple[str, Corpus]]:
        return [(label, InMemory(part, self)) for label, part in split(self.result, by)]


def corpus_of(result: Rows | HasCorpus | Corpus, count: Count, min_score: float = 0) -> Corpus:
    """What a graph reads of a result: its rows, without copies and what is less sure.

    Args:
        result: what ``extract`` returned, or what ``open_run`` opened.
        count: ``"text"``, ``"source"`` or ``"article"``: what counts once.
        min_score: from 0 to 1; mentions and relations that are less sure are left out.

    Raises:
        ValueError: a score that is none.
    """
    if not 0 <= min_score <= 1:
        raise ValueError(f"min_score is from 0 to 1, not {min_score}")
    if isinstance(result, Rows):
        corpus: Corpus = InMemory(distinct(result, by=count))
    else:
        corpus = (result.corpus if isinstance(result, HasCorpus) else result).counted(count)
    return corpus.at_least(min_score) if min_score else corpus
