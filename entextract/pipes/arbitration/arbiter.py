"""Reconciles the model and the rules: the only place where one finder is preferred to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.names.bodies import key
from entextract.names.in_article import KIN
from entextract.pipes.acronyms import concepts
from entextract.pipes.arbitration.boundaries import Boundaries
from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.arbitration.country_prior import CountryPrior
from entextract.pipes.arbitration.filters import Filters
from entextract.pipes.arbitration.lone_persons import LonePersons
from entextract.pipes.arbitration.misread import is_coined, is_listed_body
from entextract.pipes.arbitration.short_names import ShortNames
from entextract.pipes.arbitration.support import is_located, is_newspaper, is_presented
from entextract.pipes.name_extent import is_glued, is_particle
from entextract.pipes.once import OncePerDoc
from entextract.pipes.part_of_speech import is_finite
from entextract.pipes.spans import (
    add_candidates,
    at_norms,
    boilerplate_mask,
    candidates,
    is_capitalised,
    matches,
    phrase_matcher,
    set_norms,
    text_between,
)
from entextract.pipes.words import norms_of
from entextract.records.rules import Rule
from entextract.records.spelling import level
from entextract.tables.beliefs import belief_of

_KINDS = frozenset({"kind-before-name", "kind-after-name", "place-noun"})
_MODEL_LABELS = {
    "PER": "PER",
    "PERSON": "PER",
    "PERS": "PER",
    "LOC": "LOC",
    "GPE": "LOC",
    "ORG": "ORG",
}
_SAME_NAME = Rule("same-name")
_LISTED = ("table:countries", "table:organisations")
_Form = tuple[tuple[str, ...], str, str]  # norms of the words, label, id
# finders that speak of one occurrence, so that the rest of the article does not overrule them
_LOCAL = frozenset(
    {
        "title-before-name",
        "title-before-name:f",
        "title-before-name:m",
        "regnal-title",
        *KIN,
        "alias-after-name",
        "acronym-pair",
        "kind-before-name",
    }
)
_ADJECTIVES_AND_SEATS = frozenset({"demonym", "metonym"})  # local too, and no vote for a name


@Language.factory("entextract_arbiter", requires=["doc.ents", "doc.spans"], assigns=["doc.ents"])
class Arbiter:
    """Choose among the model's entities and the candidates; one name, one label in an article.

    Sets: ``doc.ents``, the winners, with the rule in their ``id_``; to
    ``doc.spans["entextract"]`` it adds what the model had found.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> for name in ("places", "people", "arbiter"):
    ...     pipe = nlp.add_pipe(f"entextract_{name}")
    >>> doc = nlp("Paul Marseille rit. Marseille se tait.")
    >>> [(span.text, span.label_) for span in doc.spans["entextract"]]
    [('Marseille', 'LOC'), ('Marseille', 'LOC'), ('Paul Marseille', 'PER')]
    >>> [(e.text, e.label_) for e in doc.ents]
    [('Paul Marseille', 'PER'), ('Marseille', 'PER')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.boundaries = Boundaries(nlp)
        phrases = [r.form for r in tables.stop_forms() if r.label == "ANY" and " " in r.form]
        self.masks = phrase_matcher(nlp, (("", form) for form in phrases))
        self.filters = Filters()
        self.lone_persons = LonePersons()
        self.short_names = ShortNames()
        names = [r for r in tables.countries() if r.kind in ("canonical", "name")]
        self.country_prior = CountryPrior()
        self.given = tables.given_forms()
        self.opening = frozenset(level(word.form).lower() for word in tables.org_words())
        self.sure_countries = frozenset(level(r.form) for r in names if r.strength == "strong")

    def find(self, doc: Doc) -> list[Span]:
        """The winners, without overlap. The document, whose norms are set, is not changed."""
        boilerplate = boilerplate_mask(doc)
        blocked = list(boilerplate)
        for _, start, end in matches(self.masks, doc):
            blocked[start:end] = [True] * (end - start)  # « Tour de France »
        for i in concepts(doc):
            blocked[i] = True
        found = list(_from_finders(doc))
        for c in found:
            if c.rule.is_of_actor:  # unless a user follows it
                blocked[c.start : c.end] = boilerplate[c.start : c.end]
        proposed = [
            c
            for c in (*self._from_model(doc), *found)
            if not any(blocked[c.start : c.end]) and not self.filters.refuse(doc, c)
        ]
        objects = self.filters.objects(doc)
        proposed = [c for c in proposed if not self._is_object(doc, c, objects)]
        proposed = list(_without_pairs(doc, [*_without_acronyms_of_persons(doc, proposed)]))
        about = self.country_prior(doc, proposed)
        proposed = [c for c in proposed if not self.country_prior.is_region(doc, c, about)]
        supported = self._supported(doc, proposed, about)
        chosen = _without_overlap(_widened(doc, supported, self._names_more), about)
        labels = self._labels(doc, chosen, proposed)
        states = {_key(doc, c): c.kb_id for c in chosen if c.label == "COUNTRY"}
        said = {(c.start, c.end, c.label) for c in proposed if c.rule.found_by in _LOCAL}
        chosen = [
            c
            if (c.start, c.end, c.label) in said  # « le groupe Castel » beside « M. Castel »
            else self._relabelled(doc, c, labels, states)
            for c in chosen
        ]
        chosen += self._repeated(doc, chosen, labels, blocked)
        chosen = self.lone_persons(doc, chosen, proposed)
        chosen = self.short_names(doc, chosen, blocked)
        return [
            Span(doc, c.start, c.end, label=c.label, kb_id=c.kb_id, span_id=str(c.rule))
            for c in sorted(chosen, key=lambda c: c.start)
        ]

    def _names_more(self, name: Span, end: int) -> bool:
        """« Fortis » behind « BNP Paribas »: no « SA », place, state, nor anyone's given name."""
        words = name.doc[end : name.end]
        if not words or key(name.text) == key(name.doc[name.start : end].text):
            return False
        known = (self.given, self.filters.listed, self.sure_countries, self.filters.demonyms)
        return all(
            is_capitalised(t)
            and bool(t.nbor(-1).whitespace_)
            and not any(t.norm_ in forms for forms in known)
            for t in words
        )

    def __call__(self, doc: Doc) -> Doc:
        set_norms(doc)  # in a pipeline without entextract_norm
        model = [Span(doc, e.start, e.end, label=e.label, span_id="model") for e in doc.ents]
        winners = self.find(doc)
        add_candidates(doc, model)
        doc.ents = winners
        return doc

    def _from_model(self, doc: Doc) -> Iterator[Candidate]:
        for start, end, label in self.boundaries.names(doc, _MODEL_LABELS):
            if label and end - start == 1 and (doc[start].like_url or is_coined(doc[start])):
                label = "ORG"  # « Amazon.com », « TechBird »
            if label == "PER" and is_listed_body(doc, start, end):
                label = "ORG"
            yield Candidate(start, end, label or "PER", Rule("model" if label else "weak:model"))

    def _is_object(self, doc: Doc, c: Candidate, objects: set[str]) -> bool:
        """« Ciaran » alone, where « la tempête Ciaran » stands in the text too."""
        if c.label != "PER" or c.rule.found_by != "model" or doc[c.start].norm_ not in objects:
            return False
        return c.end - c.start == 1 or doc[c.start].norm_ not in self.given

    def _supported(
        self, doc: Doc, proposed: list[Candidate], about: Mapping[str, int]
    ) -> list[Candidate]:
        """Weak candidates are kept only where a firm one of the same label stands inside.

        A weak name of a state is kept as well where the text names that state's capital or towns.
        """
        firm = [c for c in proposed if not c.rule.weak]
        at: dict[int, list[Candidate]] = defaultdict(list)
        for c in firm:
            at[c.start].append(c)
        named = {i for c in firm if c.label == "PER" for i in range(c.start, c.end)}
        alone = {(c.start, c.end) for c in firm if c.label == "PER"}
        bodies = {c.start for c in firm if c.label == "ORG"}
        announced = {
            c.start
            for c in firm
            if c.label == "PER" and (c.rule.is_of_actor or c.rule.found_by in _LOCAL)
        }
        kept = list(firm)
        for c in proposed:
            inside = (o for i in range(c.start, c.end) for o in at[i] if o.end == c.end)
            if c.rule.weak and (
                any(_agree(c, other) for other in inside)
                or is_located(doc, c)
                or (c.label == "ORG" and c.end + 1 in bodies and doc[c.end].text in (",", "et"))
                or (c.label == "ORG" and c.end in announced)  # « le député Renaissance Luc Morel »
                or (is_presented(doc, c) and named.isdisjoint(range(c.start, c.end)))
                or (is_newspaper(doc, c) and (c.start, c.end) in alone)
                or (c.label == "COUNTRY" and about[c.kb_id])
            ):
                kept.append(replace(c, rule=c.rule.agreed()))
        return kept

    # --- one name, one label

    def _labels(
        self, doc: Doc, chosen: list[Candidate], proposed: list[Candidate]
    ) -> dict[str, str]:
        """The label of each name, by the belief of all that speak for each label."""
        votes: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        hint, short_form, kind_noun = (
            belief_of("vote", name) for name in ("hint", "short-form", "kind-noun")
        )
        for c in chosen:
            if c.rule.kind in _ADJECTIVES_AND_SEATS:
                continue
            said = c.rule.found_by in _KINDS
            votes[_key(doc, c)][c.label] += c.belief + kind_noun * said
            for a, b in self._short_forms(doc, c):
                if (form := level(text_between(doc, a, b))) not in self.sure_countries:
                    votes[form.lower()][c.label] += short_form
        for c in proposed:
            if c.rule.found_by in ("speech-inversion", "given-name", "weak:model"):
                votes[_key(doc, c)][c.label] += hint
        return {
            key: max(sorted(count), key=lambda label: (count[label], label == "PER"))
            for key, count in votes.items()
        }

    def _short_forms(self, doc: Doc, c: Candidate) -> list[tuple[int, int]]:
        """Extents of what the article may call by a shorter name: surname, given name, « Penn »
        of « Penn Gwazh »."""
        if c.label == "PER":
            given = doc[c.start].norm_ in self.given and c.end - c.start > 1
            first = [(c.start, c.start + 1), (c.start + 1, c.end)] if given else []
            return [*dict.fromkeys((*_surnames(doc, c), *first))]
        is_new = c.label == "ORG" and not c.kb_id and is_capitalised(doc[c.start])
        if not is_new or c.end - c.start < 2:
            return []
        return [(c.start, c.end - 1)] if c.end - c.start > 2 or self._acts(doc, c) else []

    def _short_names(self, doc: Doc, c: Candidate) -> list[tuple[int, int]]:
        """Those by which a name is found where nothing else finds it: surnames, « Cordelier »."""
        if c.label == "PER":
            return _surnames(doc, c)
        return [(a, b) for a, b in self._short_forms(doc, c) if b - a == 1]

    def _acts(self, doc: Doc, c: Candidate) -> bool:
        """« Cordelier gardera son siège »: the first word alone acts for « Cordelier Frères ».

        A word of its own, as « Banque », « Metz » or « Paul » are not.
        """
        first = doc[c.start]
        listed = (self.filters.listed, self.filters.places, self.given, self.filters.demonyms)
        if any(first.norm_ in forms for forms in listed) or first.norm_.lower() in self.opening:
            return False
        return any(i != c.start for i in _acting_words(doc).get(first.norm, ()))

    def _relabelled(
        self, doc: Doc, c: Candidate, labels: dict[str, str], states: dict[str, str]
    ) -> Candidate:
        label = labels.get(_key(doc, c), c.label)
        if label == "PER" and c.rule.kind == "metonym":
            return Candidate(c.start, c.end, label, _SAME_NAME)  # « Denzel Washington » is named
        if label == c.label or _is_local(c.rule) or c.rule.found_by == "table:countries":
            return c
        state = states.get(_key(doc, c), "") if label == "COUNTRY" else ""
        return Candidate(c.start, c.end, label, _SAME_NAME, state)

    def _repeated(
        self, doc: Doc, chosen: list[Candidate], labels: dict[str, str], blocked: list[bool]
    ) -> Iterator[Candidate]:
        """Names known in this article, and surnames of its persons, where nothing was chosen."""
        taken = list(blocked)
        norms = norms_of(doc).words
        known: dict[str, dict[_Form, None]] = defaultdict(dict)  # each distinct form once, in order
        for c in chosen:
            taken[c.start : c.end] = [True] * (c.end - c.start)
            if c.rule.kind in _ADJECTIVES_AND_SEATS:
                continue
            words = tuple(norms[c.start : c.end])
            if len(words[0]) > 2 and words[0][0].isupper() or len(words) > 1:
                known[words[0]][words, c.label, c.kb_id] = None
            for a, b in self._short_names(doc, c):
                if labels.get(level(text_between(doc, a, b)).lower()) == c.label:
                    short = tuple(norms[a:b])
                    known[short[0]][short, c.label, ""] = None
        for c in _occurrences(doc, known, taken):
            if not self.filters.refuse(doc, c):
                yield c


def _occurrences(
    doc: Doc,
    known: dict[str, dict[_Form, None]],
    taken: list[bool],
) -> Iterator[Candidate]:
    ordered = {first: sorted(forms, key=lambda e: -len(e[0])) for first, forms in known.items()}
    norms = norms_of(doc).words
    for start in at_norms(doc, ordered):
        if taken[start]:
            continue
        for words, label, kb_id in ordered[norms[start]]:
            end = start + len(words)
            if (
                tuple(norms[start:end]) == words
                and not any(taken[start:end])
                and any(map(is_capitalised, doc[start:end]))
            ):
                taken[start:end] = [True] * len(words)
                yield Candidate(start, end, label, _SAME_NAME, kb_id)


@OncePerDoc
def _acting_words(doc: Doc) -> dict[int, list[int]]:
    """Where capitalised words stand before a finite verb and behind no preposition, by norm."""
    verbs, found = tables.finite_forms(), defaultdict[int, list[int]](list)
    for token in doc[:-1]:
        if not is_capitalised(token) or (token.i and token.nbor(-1).pos_ == "ADP"):
            continue
        following = token.nbor()
        if is_finite(following) or following.lower_ in verbs:
            found[token.norm].append(token.i)
    return found


def _without_acronyms_of_persons(doc: Doc, proposed: list[Candidate]) -> Iterator[Candidate]:
    """Drop a body that a bracket after a person would make: « Paul Simonel (PS) ».

    What stands in the bracket stays if something else names it, as the table does « PS ».
    """
    announced = ("title-before-name", "regnal-title", *KIN, "given-name")
    persons = {c.end: c.start for c in proposed if c.rule.kind in announced}
    aliases = {_key(doc, c) for c in proposed if c.rule.found_by == "alias-after-name"}
    for c in proposed:
        if c.rule.found_by == "acronym-pair" and persons:
            if _key(doc, c) in aliases:
                continue
            if c.end in persons and persons[c.end] <= c.start:
                continue
            if c.start - 1 in persons and doc[c.start - 1].text == "(":
                initials = "".join(t.text[0] for t in doc[persons[c.start - 1] : c.start - 1])
                if text_between(doc, c.start, c.end).replace(".", "") == initials:
                    continue
        yield c


def _without_pairs(doc: Doc, proposed: list[Candidate]) -> Iterator[Candidate]:
    """Drop what the model reads around two listed names, or before them up to the hyphen.

    « Réunion Otan-Ukraine », « Tensions Inde » in « Tensions Inde-Pakistan ».
    """
    listed = [c for c in proposed if c.rule.found_by in _LISTED]
    ends = {c.end: c.start for c in listed}
    pairs: dict[int, list[int]] = defaultdict(list)
    for c in listed:
        if c.start - 1 in ends and doc[c.start - 1].text == "-":
            pairs[ends[c.start - 1]].append(c.end)
    for c in proposed:
        of_model = c.rule.found_by == "model"
        starts = (i for i in range(c.start, c.end) if i in pairs) if of_model else ()
        if not any(c.start < start or end <= c.end for start in starts for end in pairs[start]):
            yield c


def _widened(
    doc: Doc, proposed: list[Candidate], names_more: Callable[[Span, int], bool]
) -> Iterator[Candidate]:
    """Drop a listed organisation of which the model reads more words, before it or behind it.

    « Grande Assemblée nationale » is not the « Assemblée nationale » of the table, nor « BNP
    Paribas Fortis » the bank « BNP Paribas ».
    """
    starts = {c.start: c.end for c in proposed if c.rule.found_by == "model" and c.label == "ORG"}
    ends = {
        c.end: c.start
        for c in proposed
        if c.rule.found_by == "model" and c.label == "ORG" and is_capitalised(doc[c.start])
    }
    for c in proposed:
        if c.rule.found_by.endswith(":organisations"):
            if ends.get(c.end, c.start) == c.start - 1:
                continue
            if names_more(doc[c.start : max(c.end, starts.get(c.start, 0))], c.end):
                continue
        yield c


def _is_local(rule: Rule) -> bool:
    return rule.is_of_actor or rule.found_by in _LOCAL or rule.kind in _ADJECTIVES_AND_SEATS


def _agree(weak: Candidate, firm: Candidate) -> bool:
    return firm.label == weak.label or (weak.label == "COUNTRY" and firm.label == "LOC")


def _from_finders(doc: Doc) -> Iterator[Candidate]:
    for span in candidates(doc):
        yield Candidate(span.start, span.end, span.label_, Rule.parse(span.id_), span.kb_id_)


def _without_overlap(proposed: Iterable[Candidate], about: Mapping[str, int]) -> list[Candidate]:
    """The strongest candidates that do not overlap; ties go to the longer, then the earlier.

    Of two metonyms the organisation wins: « Bruxelles » acting is the Union, not Belgium. Of two
    states, the one of which the text speaks elsewhere: « congolais » where « RDC » stands, or Goma.
    """
    chosen: list[Candidate] = []
    taken: set[int] = set()
    order = sorted(
        proposed,
        key=lambda c: (
            -c.strength,
            c.start - c.end,
            c.start,
            c.label != "ORG",
            c.label,
            c.rule.found_by != "acronym-pair",  # what the article defines, before the table
            -about[c.kb_id],
            not c.kb_id,  # « le magazine Spiegel »: the entity of the table, found weakly too
            c.kb_id,
            c.rule.found_by,
        ),
    )
    for c in order:
        places = range(c.start, c.end)
        if taken.isdisjoint(places):
            chosen.append(c)
            taken.update(places)
    return chosen


def _key(doc: Doc, c: Candidate) -> str:
    return level(text_between(doc, c.start, c.end)).lower()


def _surnames(doc: Doc, c: Candidate) -> list[tuple[int, int]]:
    """Extents of the surname that ends a full name, hyphens and particles with it or without.

    « Erdene » is no surname in « Oyun-Erdene »; « al-Sissi » and « Sissi » both are.
    """
    start = c.end - 1
    while start > c.start and (is_glued(doc[start]) or _is_hyphen(doc, start - 1)):
        start -= 1 if is_glued(doc[start]) else 2
    starts = {start}
    if is_particle(doc[start]) and "-" in text_between(doc, start, c.end):  # « al-Sissi »
        starts.add(start + 2)
    starts |= {t.i for t in takewhile(is_particle, reversed(doc[c.start : start]))}
    return [(start, c.end) for start in sorted(starts) if start > c.start]


def _is_hyphen(doc: Doc, i: int) -> bool:
    return doc[i].text == "-" and not doc[i].whitespace_ and not doc[i - 1].whitespace_
