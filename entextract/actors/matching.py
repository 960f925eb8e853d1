"""Whether a name of a text is that of an actor, and which of those who share it is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from entextract import tables
from entextract.actors.actor import Actor
from entextract.actors.columns import gender_in, is_unprinted, says_gender
from entextract.actors.keys import Word, core_of, words_of
from entextract.names.bodies import display
from entextract.names.person_keys import is_given_name, middle_initials
from entextract.names.persons import turned
from entextract.records.nouns import Label
from entextract.records.spelling import level

Likeness = Literal["exact", "spelling", "order"]
_ORDER: dict[Likeness, int] = {"exact": 0, "spelling": 1, "order": 2}
_SHORTEST = 3  # letters of a word that is evidence


class Match(NamedTuple):
    """An actor that has a name of a text.

    Attributes:
        actor: whose.
        likeness: how the names agree.
        form: the name of the list.
    """

    actor: Actor
    likeness: Likeness
    form: str


def match(text: str, actor: Actor) -> Match | None:
    """How a name of a text agrees with those of an actor, at best.

    >>> sissi = Actor("s", "PER", "Abdel Fattah al-Sissi")
    >>> match("Abdul Fattah Al Sisi", sissi).likeness, match("Fattah Sissi Abdou", sissi)
    ('spelling', None)
    >>> match("Orbán Viktor", Actor("o", "PER", "Viktor Orbán")).likeness
    'order'
    """
    found = [
        Match(actor, likeness, form)
        for form in _forms(actor)
        if (likeness := likeness_of(text, form, actor.label))
    ]
    return min(found, key=lambda one: _ORDER[one.likeness], default=None)


def _forms(actor: Actor) -> Iterable[str]:
    short = (display(name) for name in actor.names) if actor.label == "ORG" else ()
    return dict.fromkeys((*actor.names, *short))


def likeness_of(text: str, form: str, label: Label) -> Likeness | None:
    """How two names agree; None if they are not one name.

    Args:
        text: as a newspaper prints it.
        form: as a list has it.
        label: of whom. The words of a body keep their order; those of a person may be turned where
            the given name is known, or capitals tell the surname.

    >>> likeness_of("Jean Luc Moreau", "Jean-Luc Moreau", "PER")
    'spelling'
    >>> likeness_of("Pierre Martin", "Martin Pierre", "PER")
    >>> likeness_of("Pierre Martin", "MARTIN Pierre", "PER")
    'order'
    >>> likeness_of("George W. Bush", "George H. W. Bush", "PER")
    """
    ours, theirs = words_of(text), words_of(form)
    if not _has_capitals(ours, theirs):
        return None
    if level(text).casefold() == level(form).casefold():
        return "exact"
    a, b = core_of(ours), core_of(theirs)
    if len(a) != len(b):
        return None
    if all(map(_is_same_word, a, b)):
        return None if _initials_differ(text, form) else "spelling"
    if label != "PER":
        return None
    if turned(a) == b or turned(b) == a or (sorted(a) == sorted(b) and _tells_surname(text, form)):
        return "order"
    return None


def _has_capitals(text: Sequence[Word], form: Sequence[Word]) -> bool:
    """Whether each word has the capital that the list gives it; in capitals, a list gives all."""
    small = {word.full for word in form if word.text and not word.is_capital}
    return all(word.is_capital or word.text in small for word in text if word.text)


def _is_same_word(a: str, b: str) -> bool:
    """One word but for a mute ``e``: « Salmane », « Salman », but not « Simon », « Simone »."""
    if a == b:
        return True
    short, long = sorted((a, b), key=len)
    return long == f"{short}e" and not (is_given_name(short) and is_given_name(long))


def _initials_differ(a: str, b: str) -> bool:
    one, other = middle_initials(a), middle_initials(b)
    return bool(one and other and one != other)


def _tells_surname(*names: str) -> bool:
    """« SARR Awa »: whether one of the words alone is in capitals."""
    for name in names:
        words = [word for word in name.split() if any(map(str.isalpha, word))]
        if 0 < sum(word.isupper() and len(word) > 1 for word in words) < len(words):
            return True
    return False


def of_each(found: Iterable[Match]) -> list[Match]:
    """One match for each entity, the best: a hyphen more or less tells nobody from another."""
    kept: dict[str, Match] = {}
    for one in found:
        before = kept.setdefault(one.actor.entity, one)
        if _ORDER[one.likeness] < _ORDER[before.likeness]:
            kept[one.actor.entity] = one
    return list(kept.values())


# --- which of several


def told_apart(actors: Sequence[Actor], text: AbstractSet[str], gender: str = "") -> Actor | None:
    """The one of several actors of one name of whom a text speaks, if it tells.

    What tells is their other columns: the text has the words of one's state, party, office, place,
    and of none of the others as many.

    Args:
        actors: who share a name.
        text: the words of the text, folded.
        gender: ``m`` or ``f`` where a title says it.

    >>> two = [Actor("a", "PER", "Luc Morel", attributes={"parti": "Parti de la rade"}),
    ...     Actor("b", "PER", "Luc Morel", attributes={"métier": "cycliste"})]
    >>> told_apart(two, {"le", "ciclista", "cicliste", "luc", "morel"}).id
    'b'
    """
    left = [actor for actor in actors if not contradicts(actor, gender)]
    if len(left) == 1 and len(actors) > 1:
        return left[0]
    scores = sorted(((evidence(actor, text), -i) for i, actor in enumerate(left)), reverse=True)
    if not scores or scores[0][0] == 0 or (len(scores) > 1 and scores[0][0] == scores[1][0]):
        return None
    return left[-scores[0][1]]


def contradicts(actor: Actor, gender: str) -> bool:
    """Whether a list says that an actor is not of the gender that a title says."""
    said = next((cell for name, cell in actor.attributes.items() if says_gender(name)), "")
    known = gender_in(said)
    return bool(gender and known and known != gender)


def evidence(actor: Actor, text: AbstractSet[str], *, but_states: bool = False) -> int:
    """How many of the other columns of an actor a text bears out.

    Args:
        actor: of a list.
        text: the words of the text, folded.
        but_states: without states, of which every text names one.
    """
    own = {word for name in actor.names for word in core_of(words_of(name))}
    found = 0
    for name, cell in actor.attributes.items():
        if is_unprinted(name):
            continue
        states, others = _evidence(cell)
        found += any(words <= text and not words <= own for words in others) or (
            not but_states and any(not _words_of_state(one).isdisjoint(text) for one in states)
        )
    return found


@lru_cache(maxsize=10_000)
def _evidence(cell: str) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The states that a cell names, and the words of each of its other values."""
    states, others = [], []
    for part in cell.replace("|", ";").split(";"):
        value = part.strip()
        if code := _codes().get(level(value).lower()):
            states.append(code)
        elif value and "://" not in value and not value.isdigit():
            words = core_of(words_of(value))
            if sum(map(len, words)) >= _SHORTEST and not any(map(str.isdigit, words)):
                others.append(frozenset(words))
    return tuple(states), tuple(others)


@cache
def _codes() -> Mapping[str, str]:
    """The code of each state, by its code and its names."""
    found = {}
    for row in tables.countries():
        found[row.id.lower()] = row.id
        if row.kind in ("canonical", "name") and row.strength == "strong":
            found[level(row.form).lower()] = row.id
    return found


@cache
def _states() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.countries():
        words = core_of(words_of(row.form))
        if row.kind in ("canonical", "name", "demonym") and len(words) == 1:
            found[row.id].add(words[0])
    return {code: frozenset(words) for code, words in found.items()}


def _words_of_state(code: str) -> frozenset[str]:
    """The names and demonyms of one word of a state, folded."""
    return _states().get(code, frozenset())
