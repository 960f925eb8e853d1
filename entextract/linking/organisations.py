"""Which organisations of a corpus are one: spellings, acronyms and their long forms."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from entextract.names import bodies
from entextract.names.in_article import Link
from entextract.records.nouns import Mention
from entextract.records.rules import AMBIGUOUS, Rule
from entextract.records.spelling import spaced

_MIN_ACRONYM = 4  # letters without which initials alone do not tie an acronym over articles


class Organisations:
    """The organisations of a corpus: first ``add`` every mention, then ``agreed``."""

    def __init__(self) -> None:
        self.printed: dict[str, Counter[str]] = defaultdict(Counter)
        self.long_forms: dict[str, set[str]] = defaultdict(set)

    def add(self, row: Mention, one: Link) -> None:
        """Count a mention, linked within its article."""
        if not one.form:
            if Rule.parse(row.rule).found_by == "acronym-pair":
                self.long_forms[spaced(row.text)].add(one.entity)
        elif one.rule == "acronym-pair":
            self.long_forms[one.form].add(one.entity)
        elif one.entity == bodies.own_id(one.form):
            self.printed[one.entity][bodies.display(one.form)] += 1

    def count_form(self, form: str, mentions: int) -> None:
        """Count more mentions of a form, or fewer."""
        identity = bodies.own_id(form)
        forms = self.printed[identity]
        forms[bodies.display(form)] += mentions
        if forms[bodies.display(form)] <= 0:
            del forms[bodies.display(form)]
        if not forms:
            del self.printed[identity]

    def agreed(self) -> dict[str, tuple[str, str]]:
        """The id that each organisation's id becomes over the corpus, and by which rule."""
        spelling = self._spellings()
        longs: dict[str, set[str]] = defaultdict(set)
        for identity, forms in self.printed.items():
            form = min(forms, key=lambda f: (-forms[f], f))
            if " " in form:
                for letters in bodies.initials(form):
                    longs[letters].add(spelling.get(identity, identity))
        return dict(self._agreed(spelling, longs))

    def _spellings(self) -> dict[str, str]:
        """The most frequent of the ids whose forms differ by case, accents or article only."""
        by_key: dict[str, list[str]] = defaultdict(list)
        for identity, forms in self.printed.items():
            by_key[bodies.key(min(forms))].append(identity)
        found: dict[str, str] = {}
        for same in by_key.values():
            kept = min(same, key=lambda i: (-self.printed[i].total(), i))
            found.update((identity, kept) for identity in same if identity != kept)
        return found

    def _agreed(
        self, spelling: Mapping[str, str], longs: Mapping[str, set[str]]
    ) -> Iterator[tuple[str, tuple[str, str]]]:
        for identity, forms in self.printed.items():
            form = min(forms)
            introduced = {spelling.get(i, i) for i in self.long_forms.get(form, ())} - {identity}
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
