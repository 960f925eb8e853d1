"""Which organisations of a corpus are one: spellings, acronyms, long forms, bodies of a state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from entextract.names import bodies
from entextract.names.acronyms import are_alike
from entextract.names.in_article import Link
from entextract.names.state_bodies import open_id, parse_body, shared
from entextract.records.ids import key_of
from entextract.records.nouns import Mention
from entextract.records.rules import AMBIGUOUS, Rule
from entextract.records.spelling import spaced

_FEW = 4  # times that a body of no state may be named more often than the one whose it becomes
_MIN_ACRONYM = 4  # letters without which initials alone do not tie an acronym over articles


class Organisations:
    """The organisations of a corpus: first ``add`` every mention, then ``agreed``."""

    def __init__(self) -> None:
        self.printed: dict[str, Counter[str]] = defaultdict(Counter)
        self.long_forms: dict[str, set[str]] = defaultdict(set)
        self.homonyms: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, row: Mention, one: Link) -> None:
        """Count a mention, linked within its article."""
        body = parse_body(spaced(row.text))
        if body is not None and body.kind in shared():
            self.homonyms[open_id(body.kind)][one.entity] += 1
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
        spelling = {**self._spellings(), **self._alike()}
        longs: dict[str, set[str]] = defaultdict(set)
        for identity, forms in self.printed.items():
            form = min(forms, key=lambda f: (-forms[f], f))
            if " " in form:
                for letters in bodies.initials(form):
                    longs[letters].add(spelling.get(identity, identity))
        return {**dict(self._agreed(spelling, longs)), **dict(self._owned())}

    def _owned(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """« le PS » of no state is the only one of the corpus, unless it is named much oftener."""
        for of_no_state, named in self.homonyms.items():
            open_ones = named[of_no_state]
            owned = [(n, entity) for entity, n in named.items() if entity != of_no_state]
            if open_ones and len(owned) == 1 and owned[0][0] * _FEW >= open_ones:
                yield of_no_state, (owned[0][1], "only-body")

    def _alike(self) -> dict[str, str]:
        """The most frequent of the long forms of one acronym whose words are nearly the same."""
        found: dict[str, str] = {}
        for same in self.long_forms.values():
            if len(same) > 1:
                found.update(_united(sorted(same, key=lambda i: (-self._times(i), i))))
        return found

    def _times(self, identity: str) -> int:
        return self.printed[identity].total() if identity in self.printed else 0

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


def _united(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each id with the first one before it whose words are nearly the same."""
    kept: list[str] = []
    for one in ids:
        words = key_of(one).split("-")
        like = next((other for other in kept if are_alike(key_of(other).split("-"), words)), "")
        if like:
            yield one, like
        else:
            kept.append(one)
