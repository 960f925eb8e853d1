"""Agrees entity ids over articles, and counts entities: pure functions on mentions."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from entextract import bodies, tables
from entextract.forms import slug
from entextract.identity import STEP, Link, Name, is_decided, is_settled, person_id, resolve, spaced
from entextract.names import Bearer, identify
from entextract.records import Article, Entity, Mention, Relation

CORPUS = "corpus-"  # opens the rule of a link that another article of the corpus made
AMBIGUOUS = "ambiguous"

# How sure a link is, by its rule; a link by way of the corpus is a little less so.
CONFIDENCE = {
    "spelling": 0.99,
    "acronym-pair": 0.98,
    "legal-form": 0.97,
    "order": 0.95,
    "surname": 0.95,
    "initials": 0.9,
    "only-body": 0.9,
    "transliteration": 0.9,
    "given-name": 0.85,
    "acronym-initials": 0.85,
    "short-name": 0.85,
    "state-of-article": 0.75,
    "near": 0.7,
}
_BY_CORPUS = 0.9
_WINDOW = 90  # days within which two articles may speak of the same events
_TOO_COMMON = 0.05  # share of the articles above which a name tells nothing of a context
_FEW = 20  # articles below which a name is never too common
_SHARED = 2  # names that two contexts must share to be near, one when source or date agree
_SHORT = ("surname", "given-name")  # rules by which a lone word is given a full name
_MIN_ACRONYM = 4  # letters without which initials alone do not tie an acronym over articles


@dataclass(frozen=True, slots=True)
class Merge:
    """A form that was given an entity that is not its own.

    Attributes:
        form: the text.
        entity: the id that it was given.
        rule: why, such as ``surname`` or ``corpus-transliteration``; ``ambiguous`` when the form
            could be several entities and was given to none of them.
        confidence: from 0 to 1; 0 for what is ambiguous.
        mentions: how many.
        example: article and first character of one such mention.
    """

    form: str
    entity: str
    rule: str
    confidence: float
    mentions: int
    example: tuple[str, int]


def link(mentions: Iterable[Mention], articles: Iterable[Article] = ()) -> list[Mention]:
    """Agree who each mention is, in its article first, then over all of them.

    A lone surname takes the one full name of its article, else the only one of the corpus; when
    several persons bear it, the one who is near: named beside the same people and organisations,
    and around the same date or in the same source. Where none stands out it stays apart, its rule
    marked ``ambiguous``. Acronyms take the long form that some article gives in brackets.
    Spellings of one name get one id, that of the most frequent.

    Everything is found anew from the texts, except what a table or a person settled: the order of
    the mentions does not matter, linking twice changes nothing, and two corpora linked apart can
    be put together and linked again.

    Args:
        mentions: rows, from the pipeline or linked before.
        articles: their articles, for sources and dates; without them only names tell what is near.

    Returns:
        The same rows in the same order, some with another ``entity`` and ``rule``.
    """
    rows = list(mentions)
    with _collector_paused():
        links = _links_by_article(rows)
        persons = _Persons(rows, links, articles)
        organisations = _organisations(rows, links)
        return [
            _linked(row, one, persons if row.label == "PER" else organisations)
            for row, one in zip(rows, links, strict=True)
        ]


def follow(
    relations: Iterable[Relation], before: list[Mention], after: list[Mention]
) -> list[Relation]:
    """Give the ends and speakers of relations the ids that ``link`` gave to their mentions.

    Args:
        relations: rows whose ids are those of the mentions before linking.
        before: the mentions given to ``link``.
        after: what it returned for them.
    """
    agreed = {(a.article, a.entity): b.entity for a, b in zip(before, after, strict=True)}
    return [
        replace(
            row,
            source=agreed.get((row.article, row.source), row.source),
            target=agreed.get((row.article, row.target), row.target),
            speaker=agreed.get((row.article, row.speaker), row.speaker),
        )
        for row in relations
    ]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection: nothing here makes cycles, and each pass would walk every mention."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def merges(mentions: Iterable[Mention]) -> list[Merge]:
    """Every link of a linked corpus, with its rule and how sure it is, the least sure first.

    >>> rows = link([
    ...     Mention("a", 0, 14, "Antony Blinken", "PER", "name", "", 0, 0, "model"),
    ...     Mention("b", 0, 7, "Blinken", "PER", "name", "", 0, 0, "model")])
    >>> merges(rows)[0].rule, merges(rows)[0].confidence
    ('corpus-surname', 0.855)
    """
    count: Counter[tuple[str, str, str]] = Counter()
    example: dict[tuple[str, str, str], tuple[str, int]] = {}
    for row in mentions:
        rule = row.rule.partition(STEP)[2]
        if rule:
            key = (spaced(row.text), row.entity, rule)
            count[key] += 1
            place = (row.article, row.start)
            example[key] = min(place, example.get(key, place))
    found = [Merge(*key, confidence(key[2]), n, example[key]) for key, n in count.items()]
    return sorted(found, key=lambda m: (m.confidence, m.entity, m.form, m.rule))


def confidence(rule: str) -> float:
    """How sure a chain of links is; 0 for an ambiguous name, which is linked to none.

    >>> confidence("surname"), confidence("surname+corpus-spelling"), confidence("ambiguous")
    (0.95, 0.846, 0.0)
    """
    sure = 1.0
    for step in rule.split(STEP):
        sure *= CONFIDENCE.get(step.removeprefix(CORPUS), 0.0)
        sure *= _BY_CORPUS if step.startswith(CORPUS) else 1.0
    return round(sure, 3)


def _links_by_article(rows: Sequence[Mention]) -> list[Link]:
    """Whom each row means, judged within its article."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        places[row.article].append(i)
    links: list[Link] = [_NO_LINK] * len(rows)
    for where in places.values():
        where.sort(key=lambda i: (rows[i].start, rows[i].end, rows[i].text))
        found = resolve([_name(rows[i]) for i in where])
        for i, one in zip(where, found, strict=True):
            links[i] = one
    return links


_NO_LINK = Link("", "", "")


def _name(row: Mention) -> Name:
    return Name(row.text, row.label, row.entity, row.rule, row.start, row.end)


def _linked(row: Mention, one: Link, corpus: _Persons | dict[str, tuple[str, str]]) -> Mention:
    """The row with its entity and the rules that gave it; untouched if a person settled it."""
    if is_decided(row.rule):
        return row
    entity, rule = one.entity, one.rule
    if one.form and rule != AMBIGUOUS:
        if isinstance(corpus, _Persons):
            entity, why = corpus.find(row.article, one)
        else:
            entity, why = corpus.get(entity, (entity, ""))
        if why == AMBIGUOUS:
            rule = why
        elif why:
            rule = f"{rule}{STEP}{CORPUS}{why}" if rule else f"{CORPUS}{why}"
    base = row.rule.partition(STEP)[0]
    rule = f"{base}{STEP}{rule}" if rule else base
    if entity == row.entity and rule == row.rule:
        return row
    return Mention(
        row.article,
        row.start,
        row.end,
        row.text,
        row.label,
        row.kind,
        entity,
        row.sentence,
        row.paragraph,
        rule,
    )


# --- persons


class _Persons:
    """The persons of a corpus, and the article-by-article choice between those of one surname."""

    def __init__(
        self, rows: Sequence[Mention], links: Sequence[Link], articles: Iterable[Article]
    ) -> None:
        self.fixed: dict[str, str] = {}
        count: Counter[str] = Counter()
        for row, one in zip(rows, links, strict=True):
            if row.label == "PER":
                count[one.form] += 1
                if is_settled(row.rule):
                    self.fixed[one.form] = row.entity
        ordered = sorted(count, key=lambda f: (f.isupper(), -count[f], slug(f), f))
        self.known = identify(ordered)
        self.contexts = _Contexts(rows, links, articles, self.known)
        self.chosen: dict[tuple[str, str], tuple[str, str]] = {}

    def find(self, article: str, one: Link) -> tuple[str, str]:
        """Entity and rule of a form that stands for a person in an article."""
        if one.form in self.fixed:
            return self.fixed[one.form], ""
        bearer = self.known[one.form]
        if bearer.rule != AMBIGUOUS and not (bearer.rule in _SHORT and self.contexts.dated):
            return self._id(bearer.name), bearer.rule
        key = (article, one.form)
        if key not in self.chosen:
            self.chosen[key] = self._choose(article, bearer, one.form)
        return self.chosen[key]

    def _choose(self, article: str, bearer: Bearer, form: str) -> tuple[str, str]:
        if bearer.rule != AMBIGUOUS:
            if self.contexts.is_distant(article, bearer.name):
                return person_id(form), AMBIGUOUS
            return self._id(bearer.name), bearer.rule
        near = self.contexts.nearest(article, bearer.candidates)
        return (self._id(near), "near") if near else (self._id(bearer.name), AMBIGUOUS)

    def _id(self, name: str) -> str:
        return self.fixed.get(name) or person_id(name)


@dataclass(slots=True)
class _Setting:
    """Where a person is named: beside whom, in which sources, on which days."""

    names: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    days: list[int] = field(default_factory=list)


class _Contexts:
    """What each article speaks of, as far as it helps to tell persons of one surname apart."""

    def __init__(
        self,
        rows: Sequence[Mention],
        links: Sequence[Link],
        articles: Iterable[Article],
        known: Mapping[str, Bearer],
    ) -> None:
        self.about = {a.id: (a.source, _day(a.date)) for a in articles if a.source or a.date}
        self.dated = bool(self.about)
        doubtful = {form for form, bearer in known.items() if bearer.rule == AMBIGUOUS}
        wanted = {name for form in doubtful for name in known[form].candidates}
        if self.dated:
            wanted |= {b.name for b in known.values() if b.rule in _SHORT}
        self.names: dict[str, set[str]] = defaultdict(set)
        where: dict[str, set[str]] = defaultdict(set)
        if doubtful or self.dated:
            for row, one in zip(rows, links, strict=True):
                name = self._told(row, one, known, doubtful)
                if name:
                    self.names[row.article].add(name)
                    if name in wanted:
                        where[name].add(row.article)
        self._drop_common()
        self.settings = {name: self._setting(found) for name, found in where.items()}

    @staticmethod
    def _told(
        row: Mention, one: Link, known: Mapping[str, Bearer], doubtful: Collection[str]
    ) -> str:
        """What a row says of its article's context, if it is a full name or an organisation."""
        if row.label == "ORG":
            return one.entity
        if row.label != "PER" or one.form in doubtful or one.rule == AMBIGUOUS:
            return ""
        name = known[one.form].name
        return name if " " in name and known[one.form].rule not in _SHORT else ""

    def _drop_common(self) -> None:
        count = Counter(name for names in self.names.values() for name in names)
        limit = max(_FEW, _TOO_COMMON * len(self.names))
        common = {name for name, n in count.items() if n > limit}
        self.telling = frozenset(count.keys() - common)

    def _setting(self, articles: set[str]) -> _Setting:
        setting = _Setting()
        for article in articles:
            setting.names |= self.names[article] & self.telling
            source, day = self.about.get(article, ("", None))
            if source:
                setting.sources.add(source)
            if day is not None:
                setting.days.append(day)
        setting.days.sort()
        return setting

    def nearest(self, article: str, candidates: Sequence[str]) -> str:
        """The one candidate who is near an article while the others are not, or nothing."""
        here = (self.names.get(article, set()) & self.telling) - set(candidates)
        near, shared = [], {}
        for name in candidates:
            setting = self.settings.get(name) or _Setting()
            shared[name] = len(here & setting.names)
            enough = _SHARED - (self._agrees(article, setting) is True)
            if shared[name] >= enough:
                near.append(name)
        if len(near) != 1 or any(n for name, n in shared.items() if name != near[0]):
            return ""
        return near[0]

    def is_distant(self, article: str, name: str) -> bool:
        """Whether source, date and names all say that an article speaks of somebody else."""
        setting = self.settings.get(name)
        if setting is None or self._agrees(article, setting) is not False:
            return False
        return not ((self.names.get(article, set()) & setting.names) - {name})

    def _agrees(self, article: str, setting: _Setting) -> bool | None:
        """Whether source or date are those of the setting; None when they are not known."""
        source, day = self.about.get(article, ("", None))
        if source and source in setting.sources:
            return True
        if day is None or not setting.days:
            return None
        i = bisect_left(setting.days, day - _WINDOW)
        return i < len(setting.days) and setting.days[i] <= day + _WINDOW


@lru_cache(maxsize=50_000)
def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


# --- organisations


def _organisations(rows: Sequence[Mention], links: Sequence[Link]) -> dict[str, tuple[str, str]]:
    """The id that each organisation's id becomes over the corpus, and by which rule."""
    printed: dict[str, Counter[str]] = defaultdict(Counter)
    long_forms: dict[str, set[str]] = defaultdict(set)
    for row, one in zip(rows, links, strict=True):
        if row.label != "ORG" or not one.form:
            continue
        if one.rule == "acronym-pair":
            long_forms[one.form].add(one.entity)
        elif one.entity == bodies.own_id(one.form):
            printed[one.entity][bodies.display(one.form)] += 1
    for row, one in zip(rows, links, strict=True):
        if row.label == "ORG" and not one.form and row.rule.startswith("acronym-pair"):
            long_forms[spaced(row.text)].add(one.entity)
    spelling = _spellings(printed)
    longs: dict[str, set[str]] = defaultdict(set)
    for identity, forms in printed.items():
        form = min(forms, key=lambda f: (-forms[f], f))
        if " " in form:
            for letters in bodies.initials(form):
                longs[letters].add(spelling.get(identity, identity))
    return dict(_agreed(printed, spelling, long_forms, longs))


def _spellings(printed: Mapping[str, Counter[str]]) -> dict[str, str]:
    """The most frequent of the ids whose forms differ by case, accents or article only."""
    by_key: dict[str, list[str]] = defaultdict(list)
    for identity, forms in printed.items():
        by_key[bodies.key(next(iter(forms)))].append(identity)
    found: dict[str, str] = {}
    for same in by_key.values():
        if len(same) > 1:
            kept = min(same, key=lambda i: (-printed[i].total(), i))
            found.update((identity, kept) for identity in same if identity != kept)
    return found


def _agreed(
    printed: Mapping[str, Counter[str]],
    spelling: Mapping[str, str],
    long_forms: Mapping[str, set[str]],
    longs: Mapping[str, set[str]],
) -> Iterator[tuple[str, tuple[str, str]]]:
    for identity, forms in printed.items():
        form = min(forms)
        introduced = {spelling.get(i, i) for i in long_forms.get(form, ())} - {identity}
        if len(introduced) == 1:
            yield identity, (next(iter(introduced)), "acronym-pair")
            continue
        if introduced:
            yield identity, (identity, AMBIGUOUS)
            continue
        letters = form.replace(".", "")
        if len(letters) >= _MIN_ACRONYM and bodies.is_acronym(form):
            meant = longs.get(letters, set()) - {identity}
            if len(meant) == 1:
                yield identity, (next(iter(meant)), "acronym-initials")
                continue
        if identity in spelling:
            yield identity, (spelling[identity], "spelling")


# --- entities


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
        forms[row.entity][spaced(row.text)] += 1
        if row.kind == "name":
            named[row.entity][spaced(row.text)] += 1
        articles[row.entity].add(row.article)
        labels[row.entity] = row.label
    known = names or {}
    return [
        Entity(
            id=i,
            name=known.get(i) or _canonical(i, named[i] or forms[i]),
            label=labels[i],
            country=i.removeprefix("country:") if labels[i] == "COUNTRY" else None,
            forms=tuple(sorted(forms[i], key=lambda f: (-forms[i][f], f))),
            mentions=forms[i].total(),
            articles=len(articles[i]),
        )
        for i in sorted(forms)
    ]


def _canonical(entity: str, forms: Counter[str]) -> str:
    """The form that the id is made from, the most frequent spelling of it; else the fullest.

    A body that several states have is told apart by its state: « Cour suprême (Mali) ».
    """
    own = entity.partition(":")[2]
    best = [
        f for f in forms if slug(f) == own or (entity[:4] == "org:" and bodies.own_id(f) == entity)
    ]
    name = min(best or forms, key=lambda f: (-len(f.split()), f.isupper(), -forms[f], f))
    state = _state_at_end(own, name) if entity.startswith("org:") else ""
    return f"{name} ({state})" if state else name


def _state_at_end(own: str, name: str) -> str:
    """The state that an id adds to the name it is made from."""
    body = bodies.parse_body(name)
    if body is None or body.country or not own.startswith(f"{slug(body.kind)}-"):
        return ""
    return _state_slugs().get(own.removeprefix(f"{slug(body.kind)}-"), "")


@lru_cache(maxsize=1)
def _state_slugs() -> dict[str, str]:
    return {slug(name): name for name in tables.country_names().values()}
