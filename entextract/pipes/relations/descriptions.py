"""Whom « le président français », « le ministre », « le groupe », « le pays » stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, Role, is_demonym
from entextract.pipes.relations.discourse import Discourse, gender_of, names_of
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.parties import is_party
from entextract.pipes.spans import is_capitalised

_RECENT = 3  # sentences before a bare noun in which its bearer is named

_Office = tuple[tuple[str, ...], str, str, tuple[str, ...]]  # words; label, id of its place; domain


@dataclass(slots=True)
class _Held:
    """Who holds an office, by what is said of it, in the sentences before one.

    It grows as the reading goes on: an article may name an office a thousand times.
    """

    read: int = 0  # of the places of the first word of the office
    before: int = 0  # the sentence
    holders: defaultdict[_Office, dict[str, Span]] = field(
        default_factory=lambda: defaultdict(dict)
    )


class Descriptions:
    """Finds, in one document, the bearers of offices and nouns that stand without a name."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.low = discourse.low
        self._peopled: dict[tuple[int, int], bool] = {}  # by sentence and number of names known
        self._held: defaultdict[tuple[str, ...], _Held] = defaultdict(_Held)  # by its words

    def resolve(self, number: int) -> None:
        """Give the descriptions of a sentence that stand for one name to the discourse."""
        d = self.discourse
        span = d.sentences[number]
        openers = d.reader.role_words.openers
        nouns = tables.words("company_noun", "party_noun", "state_noun")
        singular = tables.words("singular_article")
        at = [i for i in range(span.start + 1, span.end) if self.low[i - 1] in singular]
        if any(self.low[i] in openers and i not in d.at for i in at):
            for arg in list(d.phrases(number).args):
                self._office(number, arg)
        for i in self._owned.get(number, ()):
            if self._is_own_state(i) and (state := self._own_state(number, i)) is not None:
                d.stand_for(number, i, i + 1, state)
        for i in at:
            if self.low[i] in nouns and i not in d.at and self._stands_alone(i):
                name = self._body(number, i)
                if name is not None:
                    d.stand_for(number, i, i + 1, name)

    # --- offices

    def _office(self, number: int, arg: Arg) -> None:
        d, role = self.discourse, next(iter(arg.roles), None)
        if role is None or role.kind != "office" or role.start != arg.start:
            return
        if role.person or role.holder or role.inner or arg.end > role.end:
            return
        first = role.start - 1
        if self.low[first] not in tables.words("singular_article") or self._is_said(first - 1):
            return
        if self.low[first - 1] == "," or self.low[role.start].startswith("ex-"):
            return
        name = self._bearer(number, role)
        if name is None or d.agrees(name, gender_of(self.low[first])) is False:
            return
        span = d.sentences[number]
        here = (d.at[i].kb_id_ for i in range(span.start, span.end) if i in d.at)
        if name.kb_id_ not in here:
            d.stand_for(number, role.start, role.end, name)

    def _is_said(self, i: int) -> bool:
        """« est le président », « comme le président »: said of somebody."""
        readings = tables.verb_readings().get(self.low[i], ())
        copular = tables.words("copular_verb")
        return self.low[i] in tables.words("manner_conjunction") or any(
            lemma in copular for lemma, _ in readings
        )

    def _bearer(self, number: int, role: Role) -> Span | None:
        """The one person of the document so far who is said to hold an office."""
        words, placed, place, domain = self._office_of(role)
        found: dict[str, Span] = {}
        for office, holders in self._holders(number, _same_office(words)):
            said, label, own, its_domain = office
            if said != words and label != "COUNTRY":
                continue  # « le chef de l'État » is no president of a club
            if (not placed or (label and own == place)) and domain in ((), its_domain):
                found |= holders
        if len(found) != 1:
            return None
        person = next(iter(found.values()))
        return person if placed or domain or self._is_recent(person, number) else None

    def _office_of(self, role: Role) -> _Office:
        place = _place(role)
        words = tuple(self.low[role.start : role.stop])
        if place is None:
            return words, "", "", self._domain(role)
        return words, place.label_, place.kb_id_, self._domain(role)

    def _is_recent(self, person: Span, number: int) -> bool:
        d = self.discourse
        first = d.sentences[max(number - _RECENT, 0)].start
        last = d.sentences[number].start
        return any(i in d.at and d.at[i].kb_id_ == person.kb_id_ for i in range(first, last))

    def _is_peopled(self, number: int) -> bool:
        """Whether a person stands in a sentence; asked of a long one for each of its offices."""
        d = self.discourse
        key = (number, len(d.at))
        if key not in self._peopled:
            span = d.sentences[number]
            labels = (d.at[i].label_ for i in range(span.start, span.end) if i in d.at)
            self._peopled[key] = "PER" in labels
        return self._peopled[key]

    def _holders(
        self, number: int, heads: set[tuple[str, ...]]
    ) -> Iterator[tuple[_Office, dict[str, Span]]]:
        """The persons of whom offices are said up to the end of a sentence, by id."""
        d = self.discourse
        for head in heads:
            places, held = d.places.get(head[0], ()), self._held[head]
            if held.before > number:  # an earlier sentence is asked for: from the start again
                held = self._held[head] = _Held()
            held.before = number
            while held.read < len(places) and d.sentence_of[places[held.read]] < number:
                for office, person in self._said_at(head, places[held.read]):
                    held.holders[office][person.kb_id_] = person
                held.read += 1
            yield from held.holders.items()
            for k in takewhile(lambda k: d.sentence_of[k] == number, places[held.read :]):
                for office, person in self._said_at(head, k):
                    yield office, {person.kb_id_: person}

    def _said_at(self, head: tuple[str, ...], k: int) -> Iterator[tuple[_Office, Span]]:
        """Of whom the office that stands at a place is said there."""
        d = self.discourse
        n = d.sentence_of[k]
        if tuple(self.low[k : k + len(head)]) != head or not self._is_peopled(n):
            return
        for arg in d.phrases(n).args:
            for other in arg.roles:
                person = other.person or arg.entity
                named = other.start == k and other.kind == "office"
                if named and person is not None and person.label_ == "PER":
                    yield self._office_of(other), person

    def _domain(self, role: Role) -> tuple[str, ...]:
        """« de l'Intérieur » of « ministre français de l'Intérieur »."""
        at = self.discourse.at
        places = {k for k in range(role.stop, role.end) if k in at and _is_place(at[k], role)}
        small = tables.determiners() | tables.prepositions().keys()
        words = (k for k in range(role.stop, role.end) if k not in places)
        return tuple(self.low[k] for k in words if self.low[k] not in small)

    # --- bodies and states

    def _stands_alone(self, i: int) -> bool:
        """« le groupe accuse », but not « le groupe islamiste », « le pays de »."""
        doc, low = self.discourse.doc, self.low
        if i + 1 >= len(doc) or low[i + 1] in tables.spellings_of("de"):
            return False
        token = doc[i + 1]
        name = i + 1 in self.discourse.at or is_capitalised(token)
        return not name and token.pos_ not in ("ADJ", "NOUN", "PROPN", "NUM", "X")

    def _body(self, number: int, i: int) -> Span | None:
        """The one body or state of this sort named last; none where several are."""
        d, word = self.discourse, self.low[i]
        if word in tables.words("state_noun"):
            label, fits = "COUNTRY", None
        else:
            label = "ORG"
            fits = self._is_company if word in tables.words("company_noun") else is_party
        for n in range(number, max(number - _RECENT, 0) - 1, -1):
            if n < number and d.before(n + 1) is None:
                return None
            s: NounPhrases = d.phrases(n)
            args = [arg for arg in s.args if arg.end < i]
            names = names_of(args, label)
            every = {
                d.at[k].kb_id_
                for k in range(s.start, min(s.end, i))
                if k in d.at and d.at[k].label_ == label
            }
            if every:
                name = next(iter(names.values()), None)
                single = len(every) == 1 and name is not None
                return name if single and (fits is None or fits(name)) else None  # type: ignore[arg-type]
        return None

    @cached_property
    def _owned(self) -> dict[int, list[int]]:
        """Where « son pays » stands, by sentence."""
        d, found = self.discourse, defaultdict[int, list[int]](list)
        for i in (i for noun in tables.words("state_noun") for i in d.places.get(noun, ())):
            number = d.sentence_of[i]
            opened = i > d.sentences[number].start
            if opened and self.low[i - 1] in tables.words("possessive"):
                found[number].append(i)
        return found

    @cached_property
    def _named_in(self) -> dict[str, set[int]]:
        """The sentences in which each name stands, by its id."""
        d, found = self.discourse, defaultdict[str, set[int]](set)
        for name in d.doc.ents:
            found[name.kb_id_].add(d.sentence_of[name.start])
        return found

    def _is_own_state(self, i: int) -> bool:
        """« son pays rompt »: who does something, and not « défend son pays »."""
        doc = self.discourse.doc
        if i in self.discourse.at or i + 1 >= len(doc):
            return False
        denied = self.low[i + 1] in tables.words("negative_clitic")
        return denied or doc[i + 1].pos_ in ("VERB", "AUX")

    def _own_state(self, number: int, i: int) -> Span | None:
        """The state of the one person named before in a sentence: « le ministre algérien X »."""
        d = self.discourse
        persons = names_of((a for a in d.phrases(number).args if a.end < i), "PER")
        if len(persons) != 1:
            return None
        known = next(iter(persons))
        states = {
            place.kb_id_: place
            for n in self._named_in[known]
            for arg in d.phrases(n).args
            for role in arg.roles
            for place in [_place(role)]
            if place is not None and place.label_ == "COUNTRY"
            for person in [role.person or arg.entity]
            if person is not None and person.kb_id_ == known
        }
        return next(iter(states.values())) if len(states) == 1 else None

    def _is_company(self, name: Span) -> bool:
        """Whether a noun of companies announces a body somewhere: « la société Solmec »."""
        d = self.discourse
        nouns = tables.words("company_noun")
        for e in d.doc.ents:
            if e.kb_id_ == name.kb_id_ and e.start:
                k = e.start - 1
                before = d.at.get(k)
                k -= before is not None and is_demonym(before)
                if self.low[k] in nouns:
                    return True
        return False


def _place(role: Role) -> Span | None:
    return role.adjective or next(iter(role.places), None)


def _is_place(name: Span, role: Role) -> bool:
    return is_demonym(name) or any(name.kb_id_ == place.kb_id_ for place in role.places)


def _same_office(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    """The words of one office: « chef de l'État » is said of a president."""
    for kind in ("head_of_state", "head_of_government"):
        phrases = {_cut(p) for p in tables.phrases(kind)}
        if words in phrases:
            return phrases
    return {words}


def _cut(words: tuple[str, ...]) -> tuple[str, ...]:
    """« l'état » is two tokens."""
    return tuple(part for word in words for part in word.replace("'", "' ").split())
