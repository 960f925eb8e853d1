"""Weighs of which states a text speaks, to tell apart those that share a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from spacy.tokens import Doc

from entextract import tables
from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.spans import text_between
from entextract.records.ids import make_id
from entextract.records.spelling import level

_NAMED, _CAPITAL, _TOWN = 3, 2, 1  # what each mention weighs


class CountryPrior:
    """How much each state is spoken of: by its name, its capital, its towns and regions."""

    def __init__(self) -> None:
        capitals = [r for r in tables.countries() if r.kind in ("capital", "metonym")]
        self.capitals = {level(r.form): make_id("COUNTRY", r.id) for r in capitals}
        self.places: dict[str, str] = {}
        self.regions: dict[str, str] = {}  # regions that have the name of another state
        states = {level(r.form) for r in tables.countries() if r.kind in ("canonical", "name")}
        for row in tables.places():
            if not row.country:
                continue
            form = level(row.form)
            if form in states:
                self.regions[form] = f"place:{row.country}"
            elif row.strength == "strong":
                self.places[form] = row.country

    def __call__(self, doc: Doc, candidates: Iterable[Candidate]) -> Counter[str]:
        """The weight of each state; that of its towns alone stands under ``place:XX`` too."""
        weights: Counter[str] = Counter()
        for c in candidates:
            if c.rule.found_by in ("table:countries", "demonym:table"):
                weights[c.kb_id] += _NAMED
                continue
            form = level(text_between(doc, c.start, c.end))
            if c.rule.found_by == "table:capitals" or c.rule.kind == "metonym":
                weights[c.kb_id or self.capitals.get(form, "")] += _CAPITAL
            elif c.rule.found_by == "table:places" and form in self.places:
                weights[make_id("COUNTRY", self.places[form])] += _TOWN
                weights[f"place:{self.places[form]}"] += _TOWN
        del weights[""]
        return weights

    def is_region(self, doc: Doc, c: Candidate, about: Mapping[str, int]) -> bool:
        """Whether what could be a state is the region of that name.

        « Géorgie » is the American one beside « gouverneur de », or where American towns are named
        and neither Georgia's capital nor its towns are.
        """
        if c.label != "COUNTRY" or not c.rule.weak:
            return False
        region = self.regions.get(level(text_between(doc, c.start, c.end)))
        if region is None:
            return False
        before = [level(t.lower_) for t in doc[max(0, c.start - 3) : c.start]]
        if before[-1:] in (["de"], ["du"]) and any(
            word in tables.levelled_words("region_noun") for word in before
        ):
            return True
        return about[region] > 0 and not about[c.kb_id]
