"""Proposes the actors that a user lists, which every other finder gives way to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.actors.actor import JOIN, NAMESAKES, Actor
from entextract.actors.index import ActorIndex, index_of, open_lists
from entextract.actors.keys import Word, core_of, hash_of, key_sums, number_of, words_of
from entextract.actors.lists import ActorReport
from entextract.actors.matching import Match, contradicts, evidence, match, of_each, told_apart
from entextract.names.bodies import display
from entextract.names.person_keys import normalisation_key
from entextract.pipes.spans import add_candidates, candidates, is_capitalised, is_half, set_norms
from entextract.records.ids import id_of_name, key_of, label_of
from entextract.records.rules import ACTORS, Rule
from entextract.records.spelling import level

_FOLDER = "actors"
_THROUGH = frozenset("-'’&/+·")  # marks that a name may hold
_MOST_NAMESAKES = 50  # rows of one name that are read; of more, no text tells one
_LONGEST_PREFIX = 3  # tokens: « Abd », « el », « - »
_TITLED = "title-before-name"


class _Words(NamedTuple):
    """The words of a document: token, segment, folded words, and what numbers are made of."""

    words: list[Word]
    tokens: list[int]  # of each word
    segments: Any  # a name goes over no end of a segment
    hashes: Any
    light: Any
    opens: Any  # whether a name may start there


class _Place(NamedTuple):
    start: int  # tokens
    end: int
    matches: list[Match]


@Language.factory("entextract_actors", assigns=["doc.spans"])
class Actors:
    """Propose the people, organisations, countries and places that a user lists.

    It finds nothing until ``read`` has given it lists; ``load(extra=...)`` does. They are saved
    with the pipeline, which needs the files no more.

    Names agree by the rules of the language: case, accents, hyphens, particles, transliterations,
    order where the given name is known. A surname alone is an actor only behind a title, where one
    row of the list has it and the text bears out another column of that row.

    Sets: ``doc.spans["entextract"]``, by the rules ``table:actors…``, which say how names agree.

    Attributes:
        index: the actors.

    >>> import spacy
    >>> from tempfile import TemporaryDirectory
    >>> nlp = spacy.blank("fr")
    >>> actors = nlp.add_pipe("entextract_actors")
    >>> with TemporaryDirectory() as folder:
    ...     table = Path(folder, "acteurs.csv")
    ...     _ = table.write_text("id,name,form,label\\nrivage,Collectif Rivage,Rivage,ORG\\n")
    ...     actors.read(table)
    >>> doc = nlp("Rivage proteste.")
    >>> [(span.text, span.kb_id_) for span in doc.spans["entextract"]]
    [('Rivage', 'org:rivage')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.index = index_of(())

    def read(self, paths: str | Path | Sequence[str | Path]) -> None:
        """Take the actors of lists; no others are kept.

        Raises:
            ActorError: a file is no list of ours, or no row of it can be read.
            FileNotFoundError: there is no such file.
        """
        self.index = open_lists(paths)

    @property
    def reports(self) -> Sequence[ActorReport]:
        """What became of the rows of each list."""
        return self.index.reports

    def actors(self, entities: Mapping[str, str]) -> dict[str, Actor]:
        """What the lists say of entities that they gave.

        Args:
            entities: one of its names by id. That of a name that several actors have is none of
                theirs: its attribute ``namesakes`` has theirs.
        """
        return {
            entity: self.index.get(entity) or self._doubt(entity, name)
            for entity, name in entities.items()
        }

    def _doubt(self, entity: str, name: str) -> Actor:
        numbers = np.array([number_of(core_of(words_of(name)))], np.uint64)
        found = [self.index[n] for _, hits in self.index.named(numbers) for n in hits]
        same = of_each([one for actor in found[:_MOST_NAMESAKES] if (one := match(name, actor))])
        actors = [one.actor for one in same]
        rows, ids = JOIN.join(a.row for a in actors), JOIN.join(a.entity for a in actors)
        return Actor(key_of(entity), label_of(entity), name, row=rows, attributes={NAMESAKES: ids})

    def find(self, doc: Doc) -> list[Span]:
        """Candidates, each with its id. The document, with norms, is not changed."""
        words = _words(doc, self.index)
        if words is None:
            return []
        text = {word.full for word in words.words}
        names = _Names(doc)
        found = [
            span
            for place in _longest(self._places(doc, words))
            if (span := _chosen(doc, place, names, text)) is not None
        ]
        return [*found, *self._short(doc, names, text, found)]

    def __call__(self, doc: Doc) -> Doc:
        if len(self.index):
            set_norms(doc)  # in a pipeline without entextract_norm
            add_candidates(doc, self.find(doc))
        return doc

    # --- names in full

    def _places(self, doc: Doc, words: _Words) -> Iterator[_Place]:
        """Where a text has the name of an actor."""
        table = key_sums(words.hashes, words.light, self.index.length)
        count = len(words.words)
        lengths, starts = np.nonzero(table)
        ends = starts + lengths
        fits = words.opens[starts] & (words.segments[starts] == words.segments[ends])
        lengths, starts, ends = lengths[fits], starts[fits], ends[fits]
        for hit, numbers in self.index.named(table[lengths, starts]):
            first, last = int(starts[hit]), int(ends[hit])
            start, end = words.tokens[first], words.tokens[last] + 1
            if first and words.tokens[first - 1] == start and words.words[first - 1].text:
                continue  # in the middle of a token
            if last + 1 < count and words.tokens[last + 1] == end - 1:
                continue
            name = doc[start:end].text
            found = [self.index[number] for number in numbers[:_MOST_NAMESAKES]]
            matches = of_each([one for actor in found if (one := match(name, actor))])
            if not matches:
                continue
            if (wider := _widened(doc, start, matches)) < start:
                name = doc[wider:end].text
                matches = of_each([one for m in matches if (one := match(name, m.actor))])
            yield _Place(wider, end, matches)

    # --- surnames and initials

    def _short(
        self, doc: Doc, names: _Names, text: set[str], found: Sequence[Span]
    ) -> Iterator[Span]:
        """« M. Sarr », « A. Sarr » where no name in full stands, and the text tells who it is."""
        taken = {i for span in found for i in range(span.start, span.end)}
        for start, end, gender in names.short():
            if not taken.isdisjoint(range(start, end)):
                continue
            core = core_of(words_of(doc[start:end].text))
            if len(core) != 1 or core[0] in names.surnames:
                continue
            initial = level(doc[start].text[0]).lower() if end - start > 1 else ""
            bearers = self.index.with_surname(core[0])
            if not 0 < len(bearers) <= _MOST_NAMESAKES:
                continue
            near = {
                actor.entity: actor
                for number in bearers
                if not contradicts(actor := self.index[number], gender)
                and _gender_fits(actor, gender)
                and level(actor.name).lower().startswith(initial)
                and evidence(actor, text, but_states=True)
            }
            if len(near) == 1:
                (entity,) = near
                how = "initials" if initial else "surname"
                yield _span(doc, start, end, "PER", entity, how)

    # --- saved with the pipeline

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The actors."""
        return self.index.to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Actors:
        """Take the actors that ``to_bytes`` gave; no others are kept."""
        self.index = ActorIndex.from_bytes(data)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the actors into a folder, which is made."""
        self.index.save(Path(path, _FOLDER))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Actors:
        """Take the actors that ``to_disk`` wrote; no others are kept."""
        self.index = ActorIndex.open(Path(path, _FOLDER))
        return self


def _words(doc: Doc, index: ActorIndex) -> _Words | None:
    """The words of a document, None if it has none."""
    words: list[Word] = []
    tokens: list[int] = []
    segments: list[int] = []
    segment = 0
    for token in doc:
        found = words_of(token.text)
        if token.is_sent_start:
            segment += 1
        if not found:
            segment += token.text not in _THROUGH and not _is_blank(token)
            continue
        words += found
        tokens += [token.i] * len(found)
        segments += [segment] * len(found)
    if not words:
        return None
    hashes = np.array([hash_of(word.full) for word in words], np.uint64)
    light = np.array([not word.text for word in words])
    capital = np.array([word.is_capital for word in words])
    opens = (capital | index.starts_small(hashes)) & ~light
    return _Words(words, tokens, np.array(segments), hashes, light, opens)


def _is_blank(token: Token) -> bool:
    return not token.text.strip(" \u00a0\u202f")


def _longest(places: Iterable[_Place]) -> list[_Place]:
    """Places that do not overlap, the longest first."""
    kept: list[_Place] = []
    taken: set[int] = set()
    for place in sorted(places, key=lambda one: (one.start - one.end, one.start)):
        here = range(place.start, place.end)
        if taken.isdisjoint(here):
            kept.append(place)
            taken.update(here)
    return kept


def _widened(doc: Doc, start: int, matches: Sequence[Match]) -> int:
    """Where a name starts with the articles and particles that the list writes before it."""
    widest = _with_prefix(doc, start)
    names = {name: words_of(name) for one in matches for name in one.actor.names}
    cores = {core_of(words_of(one.form)) for one in matches}
    for words in names.values():
        if core_of(words) not in cores:
            continue
        lead = next((i for i, word in enumerate(words) if word.text), 0)
        before = [w.full for t in doc[max(start - lead, 0) : start] for w in words_of(t.text)]
        if lead and before == [word.full for word in words[:lead]]:
            widest = min(widest, start - lead)
    return widest


def _with_prefix(doc: Doc, start: int) -> int:
    """Where a name starts with « Abd el- », which tells it from no other."""
    prefixes = tables.levelled_words("theophoric_prefix")
    for i in range(start - 1, max(start - _LONGEST_PREFIX, 0) - 1, -1):
        if level(doc[i].lower_) in prefixes:
            return i
        if any(word.text for word in words_of(doc[i].text)):
            break
    return start


def _chosen(doc: Doc, place: _Place, names: _Names, text: set[str]) -> Span | None:
    """The candidate of a place: the one actor, the one that the text tells, or a doubt."""
    start, end = place.start, place.end
    if is_half(doc, start, end):
        return None
    name = doc[start:end].text
    gender = names.gender(start, end)
    left = [m for m in place.matches if _may_be(doc, place, m, names)]
    left = [m for m in left if not contradicts(m.actor, gender) and _gender_fits(m.actor, gender)]
    if not left:
        return None
    label = left[0].actor.label
    if len(left) == 1:
        how = left[0].likeness
        return _span(doc, start, end, label, left[0].actor.entity, "" if how == "exact" else how)
    told = told_apart([m.actor for m in left], text, gender)
    if told is not None:
        return _span(doc, start, end, told.label, told.entity, "context")
    return _span(doc, start, end, label, id_of_name(label, name), "ambiguous")


def _may_be(doc: Doc, place: _Place, found: Match, names: _Names) -> bool:
    """Whether the actor is named there, and not something that has a longer or another name."""
    actor, (start, end) = found.actor, place[:2]
    if found.form in actor.forms:  # as the user says a newspaper prints it
        return not _is_surname_of(found.form, actor) or names.has_full(actor)
    if len(core_of(words_of(found.form))) == 1:
        return actor.label == "ORG" and names.is_body(start, end)
    return not names.is_longer(start, end, actor.label)


def _is_surname_of(form: str, actor: Actor) -> bool:
    """Whether a form is a part of a person's name that stands alone."""
    words = normalisation_key(form)
    return actor.label == "PER" and len(words) == 1 and words[0] in normalisation_key(actor.name)


def _gender_fits(actor: Actor, gender: str) -> bool:
    """« M. Dupont » is no Anne Dupont."""
    if not gender or actor.label != "PER":
        return True
    said = tables.genders().get(level(actor.name.split()[0]).lower(), "")
    return said in ("", gender)


def _span(doc: Doc, start: int, end: int, label: str, entity: str, how: str) -> Span:
    rule = f"{ACTORS}:{how}" if how else ACTORS
    return Span(doc, start, end, label=label, kb_id=entity, span_id=rule)


class _Names:
    """What the model and the finders before read in a document."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        read = [(e.start, e.end, _OURS.get(e.label_, ""), "model") for e in doc.ents]
        read += [(s.start, s.end, s.label_, s.id_) for s in candidates(doc)]
        self.read = [(start, end, label, Rule.parse(rule)) for start, end, label, rule in read]
        self.at: dict[int, list[tuple[int, int, str, Rule]]] = {}
        for one in self.read:
            for i in range(one[0], one[1]):
                self.at.setdefault(i, []).append(one)
        full = (normalisation_key(doc[a:b].text) for a, b, label, _ in self.read if label == "PER")
        self.full = {words for words in full if len(words) > 1 and len(words[0]) > 1}
        self.surnames = {word for words in self.full for word in words[1:]}

    def gender(self, start: int, end: int) -> str:
        """What a title before a name says."""
        said = (r.gender for a, b, _, r in self.at.get(start, ()) if r.gender and b >= end)
        return next(said, "")

    def has_full(self, actor: Actor) -> bool:
        """Whether the text has the name of a person in full."""
        return any(normalisation_key(name) in self.full for name in actor.names)

    def is_body(self, start: int, end: int) -> bool:
        """Whether an organisation is read just there."""
        return any(
            (a, b, label) == (start, end, "ORG") and not rule.weak
            for a, b, label, rule in self.at.get(start, ())
        )

    def is_longer(self, start: int, end: int, label: str) -> bool:
        """Whether a name goes on before or after: « Jean Pierre Martin », « rue Pierre Martin »."""
        doc = self.doc
        if label == "PER" and start:
            before = level(doc[start - 1].text)
            if before in tables.given_forms() or before.lower() in _nouns_before_names():
                return True
        own = display(doc[start:end].text)
        for a, b, read, _ in self.at.get(start, ()):
            if a > start or b < end or (a, b) == (start, end):
                continue
            others = [t for t in (*doc[a:start], *doc[end:b]) if t.is_alpha]
            if label == "PER":
                others = [t for t in others if level(t.lower_) not in _titles()]
            elif display(doc[a:b].text) == own:
                continue
            told = [t for t in others if is_capitalised(t) or (label == "PER" and read != "PER")]
            if any(word.text for t in told for word in words_of(t.text)):
                return True
        return False

    def short(self) -> Iterator[tuple[int, int, str]]:
        """Surnames behind a title, and initials with a surname: start, end, what a title says."""
        seen = set()
        for start, end, label, rule in self.read:
            if label != "PER" or (start, end) in seen:
                continue
            words = words_of(self.doc[start:end].text)
            titled = rule.kind == _TITLED and len(core_of(words)) == 1
            initialled = len(words) > 1 and len(words[0].full) == 1 and words[0].is_capital
            if titled or initialled:
                seen.add((start, end))
                yield start, end, rule.gender


_OURS = {"PER": "PER", "PERSON": "PER", "PERS": "PER", "LOC": "LOC", "GPE": "LOC", "ORG": "ORG"}


@cache
def _titles() -> frozenset[str]:
    return frozenset(word for row in tables.titles() for word in level(row.form).lower().split())


@cache
def _nouns_before_names() -> frozenset[str]:
    """« rue », « prix »: what bears the name that follows."""
    return tables.levelled_words("street_noun", "eponym_noun", "establishment_noun")
