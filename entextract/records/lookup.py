"""The entity that a person means by an id, a name or a form: one look-up and one spelling rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from entextract.records.nouns import Entity
from entextract.records.spelling import slug

Spelt = dict[str, set[tuple[str, str]]]  # texts and ids by ``spelling_key``
_MOST = 5  # suggestions for a name that is not there


class Named(NamedTuple):
    """An entity by what it may be called."""

    id: str
    name: str
    forms: Sequence[str] = ()


class UnknownEntity(ValueError):
    """No entity has this id, name or form; the message names those close to it."""


class AmbiguousEntity(ValueError):
    """Several entities have this name or form; the message names their ids."""


class Lookup:
    """Finds entities by id, else by name, else by form.

    Case, accents, apostrophes, hyphens and blanks do not matter in names and forms. Of several
    entities found alike the one spelt exactly so is meant, if it is one.

    Args:
        entities: those to choose among.

    >>> known = Lookup(
    ...     [Named("country:RU", "Russie", ("Moscou", "Kremlin")), Named("org:otan", "OTAN")]
    ... )
    >>> known.find("otan"), known.find("KREMLIN")
    ('org:otan', 'country:RU')
    """

    def __init__(self, entities: Iterable[Named] = ()) -> None:
        self._ids: set[str] = set()
        self._names: Spelt = defaultdict(set)
        self._forms: Spelt = defaultdict(set)
        for entity in entities:
            self.add(entity)

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> Lookup:
        """A look-up among the rows of the table of entities."""
        return cls(Named(entity.id, entity.name, entity.forms) for entity in entities)

    def add(self, entity: Named) -> None:
        """Know one more entity, or one more name of an entity; an empty name is none."""
        self._ids.add(entity.id)
        if entity.name:
            self._names[spelling_key(entity.name)].add((entity.name, entity.id))
        for form in entity.forms:
            self._forms[spelling_key(form)].add((form, entity.id))

    def by_name(self, wanted: str) -> list[str]:
        """The ids of all that have this name, in alphabetical order."""
        return _alike(self._names, wanted)

    def by_form(self, wanted: str) -> list[str]:
        """The ids of all that have this form, in alphabetical order."""
        return _alike(self._forms, wanted)

    def candidates(self, wanted: str) -> list[str]:
        """The ids of all that could be meant, in alphabetical order; none for what is unknown."""
        if wanted in self._ids:
            return [wanted]
        return self.by_name(wanted) or self.by_form(wanted)

    def find(self, wanted: str) -> str:
        """The id of the one entity that is meant.

        Raises:
            UnknownEntity: there is none.
            AmbiguousEntity: there are several.
        """
        found = self.candidates(wanted)
        if not found:
            close = ", ".join(self._close(wanted))
            raise UnknownEntity(
                f"no entity {wanted!r} here" + (f"; close: {close}" if close else "")
            )
        if len(found) > 1:
            raise AmbiguousEntity(f"{wanted!r} may be {' or '.join(found)}: write one of these ids")
        return found[0]

    def _close(self, wanted: str) -> list[str]:
        """Ids, names and forms that hold the words, else those spelt nearly so."""
        key = spelling_key(wanted)
        if not key:
            return []
        texts: dict[str, str] = {}
        for text in self._texts():
            texts.setdefault(spelling_key(text), text)
        near = [one for one in sorted(texts) if key in one][:_MOST]
        return [texts[one] for one in near or get_close_matches(key, sorted(texts), _MOST)]

    def _texts(self) -> Iterator[str]:
        for known in (self._names, self._forms):
            yield from sorted(text for found in known.values() for text, _ in found)
        yield from sorted(self._ids)


def _alike(known: Spelt, wanted: str) -> list[str]:
    key = spelling_key(wanted)
    found = known.get(key, ()) if key else ()
    exact = {entity for text, entity in found if text == wanted}
    return sorted(exact if len(exact) == 1 else {entity for _, entity in found})


def spelling_key(name: str) -> str:
    """What two spellings of a name or form have in common; empty without a letter or digit.

    >>> spelling_key("Kassym-Jomart TOKAIEV") == spelling_key("Kassym Jomart Tokaïev")
    True
    >>> spelling_key("l’Élysée") == spelling_key("L'Elysée")
    True
    """
    return slug(name) if any(map(str.isalnum, name)) else ""
