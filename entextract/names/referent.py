"""The person that a form refers to, and what the words before it say of him or her."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from entextract.names.person_keys import gender_of, normalisation_key
from entextract.records.rules import SHORT

_NUMERAL = re.compile("[IVX]+|Ier|Ire")


@dataclass(frozen=True, slots=True)
class Referent:
    """The person that a form refers to.

    Attributes:
        name: the fullest form of that person; the form itself when it is nobody else's.
        rule: why: ``spelling``, ``order``, ``transliteration``, ``surname``, ``given-name``,
            ``initials``, ``ambiguous``; empty when the name is its own.
        candidates: the persons that an ambiguous name could mean.
    """

    name: str
    rule: str = ""
    candidates: tuple[str, ...] = ()

    def without(self, others: AbstractSet[str]) -> Referent:
        """The referent of an ambiguous form once some of its candidates are left out.

        >>> Referent("Biden", "ambiguous", ("Jill Biden", "Joe Biden")).without({"Jill Biden"})
        Referent(name='Joe Biden', rule='surname', candidates=())
        """
        if others.isdisjoint(self.candidates):
            return self
        left = tuple(name for name in self.candidates if name not in others)
        if len(left) == 1:
            return Referent(left[0], "surname")
        return replace(self, candidates=left) if left else self

    def of_gender(self, form: str, gender: str, genders: Mapping[str, str]) -> Referent:
        """The referent of a short form before which a title says the gender.

        Args:
            form: « Dupont » in « M. Dupont ».
            gender: ``m``, ``f``, or empty if nothing says it.
            genders: of full names that titles announce too.

        >>> both = Referent("Dupont", "ambiguous", ("Anne Dupont", "Paul Dupont"))
        >>> both.of_gender("Dupont", "m", {}).name
        'Paul Dupont'
        >>> Referent("Anne Dupont", "surname").of_gender("Dupont", "m", {})
        Referent(name='Dupont', rule='', candidates=())
        """
        if not gender:
            return self
        names = self.candidates or ((self.name,) if self.rule in SHORT else ())
        first = normalisation_key(form)  # « M. Kim »: what would be the given name is the surname
        said = {
            name: genders.get(name) or gender_of(name) * (normalisation_key(name)[:1] != first)
            for name in names
        }
        others = {name for name, its in said.items() if its and its != gender}
        if names and others == set(names):
            return Referent(form)
        return self.without(others) if self.candidates else self

    def of_sovereign(self, form: str) -> Referent:
        """The referent of a given name behind a sovereign's title: « le pape François ».

        >>> Referent("François Hollande", "given-name").of_sovereign("François")
        Referent(name='François', rule='', candidates=())
        >>> Referent("Mohammed VI", "given-name").of_sovereign("Mohammed").name
        'Mohammed VI'
        """
        names = self.candidates or ((self.name,) if self.rule in SHORT else ())
        others = {name for name in names if not _NUMERAL.fullmatch(name.split()[-1])}
        if names and others == set(names):
            return Referent(form)
        return self.without(others) if self.candidates else self
