"""Proposes the names, demonyms, capitals and seats of power of states, from a table."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.metonymy import acts
from entextract.pipes.part_of_speech import lemma
from entextract.pipes.spans import (
    add_candidates,
    matches,
    other_half,
    phrase_matcher,
    set_norms,
    text_before,
    text_between,
)
from entextract.records.ids import make_id
from entextract.records.spelling import level
from entextract.tables.row_classes import CountryForm

_CAPITALISED_TOO = ("demonym", "combining")  # « russe » and « les Russes »


@Language.factory(
    "entextract_countries",
    assigns=["doc.spans"],
    default_config={"demonyms": True, "metonyms": True},
)
class Countries:
    """Propose what the table of countries lists; a capital is a state only where it acts.

    Sets: ``doc.spans["entextract"]``; the ``id_`` of each span is the rule that found it.

    Args:
        demonyms: whether « kazakh » is a mention of Kazakhstan.
        metonyms: whether « Moscou » and « le Kremlin », where they act, are mentions of Russia.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> for name in ("sentences", "countries"):
    ...     pipe = nlp.add_pipe(f"entextract_{name}")
    >>> doc = nlp("Moscou accuse un ministre polonais à Berlin.")
    >>> for span in doc.spans["entextract"]:
    ...     print(span.text, span.label_, span.id_)
    Moscou COUNTRY metonym:subject
    polonais COUNTRY demonym:weak
    Berlin LOC table:capitals
    """

    def __init__(self, nlp: Language, name: str, *, demonyms: bool, metonyms: bool) -> None:
        self.name = name
        self.metonyms = metonyms
        skipped = () if demonyms else _CAPITALISED_TOO
        self.matcher = phrase_matcher(nlp, _keys(skipped))
        self.states = frozenset(
            level(row.form) for row in tables.countries() if row.kind not in _CAPITALISED_TOO
        )
        words = tables.levelled_words
        listed = (tables.places(), tables.organisations())
        pairable = {level(row.form) for rows in listed for row in rows if row.strength == "strong"}
        capitals = {form.upper() for form in pairable if " " not in form}  # « OTAN-Ukraine »
        self.partners = self.states | pairable | capitals
        self.firsts = frozenset(form.split(" ")[0] for form in self.states)
        self.prefixes = words("prefix")
        self.codes = {level(r.form): r for r in tables.countries() if r.kind == "demonym"}
        self.people = frozenset(
            row.form.capitalize() for row in tables.countries() if row.kind == "demonym"
        )

    def find(self, doc: Doc) -> list[Span]:
        """Candidates of every kind. The document, whose norms are set, is not changed."""
        found = []
        for key, start, end in matches(self.matcher, doc):
            code, kind, strength = key.split(":")
            if kind == "demonym" and (row := self._longer(doc, start, end)) is not None:
                start, code, strength = start - 2, row.id, row.strength
            span = self._candidate(doc, start, end, code, kind, strength)
            if span is not None:
                found.append(span)
        return found

    def _candidate(
        self, doc: Doc, start: int, end: int, code: str, kind: str, strength: str
    ) -> Span | None:
        """The candidate that a match makes, if any."""
        other = other_half(doc, start, end)
        if kind in ("name", "capital") and other is not None and not self._is_partner(other, kind):
            return None  # « Londres » in « Albert-Londres », but both halves of « RDC-Rwanda »
        place = doc[start:end]
        if kind == "name":
            name = text_between(doc, start, end)
            if name.lower() in tables.words("river_and_state") and _is_river(place):
                return Span(doc, start, end, label="LOC", span_id="river")
            if name in self.people and _has_article(place):
                return None  # « le Suisse »: the demonym
            rule = "table:countries" if strength == "strong" else "weak:countries"
        elif kind == "demonym":
            if _is_language(place):
                return None
            rule = "demonym:table" if strength == "strong" else "demonym:weak"
        elif kind == "combining":
            if end == len(doc) or doc[end].text != "-":
                return None
            rule = "demonym:combining"
        else:
            seat = kind == "metonym" and strength == "strong"
            acting = acts(place, seat=seat) if self.metonyms else ""
            if not acting:
                return Span(doc, start, end, label="LOC", span_id=f"table:{kind}s")
            rule = f"metonym:{acting}"
        return Span(doc, start, end, label="COUNTRY", kb_id=make_id("COUNTRY", code), span_id=rule)

    def _is_partner(self, other: Token, kind: str) -> bool:
        """Whether what a hyphen joins to a state or capital has a name of its own.

        « Chine-Afrique », « Israël-Hamas », « Japon-Corée du Sud », « Ex-Yougoslavie ».
        """
        if kind == "capital":
            return other.norm_ in self.states
        known = other.norm_ in self.partners or other.norm_ in self.firsts
        return known or level(other.lower_) in self.prefixes

    def _longer(self, doc: Doc, start: int, end: int) -> CountryForm | None:
        """The row of « nord-coréennes », which the tokenizer splits in « russo-nord-coréennes »."""
        if start < 2 or doc[start - 1].text != "-" or doc[start - 2].whitespace_:
            return None
        return self.codes.get(level(doc[start - 2 : end].text.lower()))

    def __call__(self, doc: Doc) -> Doc:
        set_norms(doc)  # in a pipeline without entextract_norm
        add_candidates(doc, self.find(doc))
        return doc


def _is_river(span: Span) -> bool:
    """« la crue du Niger », « remonte le Congo »: the river that gave the state its name."""
    near = span.doc[max(0, span.start - 2) : span.start]
    if level(near[-1:].text.lower()) in tables.levelled_words("river_noun"):
        return True  # « la rivière Sénégal »
    introduced = tables.spellings_of("de") | tables.words("definite_article")
    if level(near[-1:].text.lower()) not in introduced:
        return False
    return any(
        level(t.lower_) in tables.levelled_words("river_noun")
        or level(lemma(t)) in tables.levelled_words("river_verb")
        for t in near
    )


def _has_article(span: Span) -> bool:
    """« le Suisse », « une Suisse »: an article that the name of the state does not take.

    Plurals do: « les Philippines » are the state.
    """
    before = text_before(span.doc, span.start).lower()
    return before == "le" or before in tables.words("singular_indefinite")


def _is_language(span: Span) -> bool:
    """« en français », « parle couramment l'allemand », « cours de russe », « langue turque »."""
    if not span.text.islower():
        return False
    near = list(span.doc[max(span.sent.start, span.start - 4) : span.start])
    if near and level(near[-1].lower_) in tables.levelled_words("language_noun"):
        return True
    linked = bool(near) and level(near[-1].lower_) in tables.words(
        "singular_article", "cut_article"
    )
    linked = linked or (bool(near) and level(near[-1].lower_) in tables.spellings_of("de"))
    nouns = tables.levelled_words("language_noun", "lesson_noun")
    if near[-1:] and near[-1].lower_ == "en":
        return True
    if linked and any(level(t.lower_) in nouns for t in near[-2:-1]):
        return True  # « cours de français »
    verbs = tables.levelled_words("language_verb")
    if any(_any_form(t) & verbs for t in near[-2:]):
        return True
    if linked and any(_any_form(t) & verbs for t in near[-3:-2]):
        return True
    if linked and len(near) > 2 and near[-2].lower_ in tables.words("coordinator"):
        return _is_language(near[-3].doc[near[-3].i : near[-3].i + 1])  # « le turc et le persan »
    return False


def _any_form(token: Token) -> frozenset[str]:
    """The word and its lemma: « enseigne » is left as it is by the lemmatizer."""
    return frozenset({level(token.lower_), level(lemma(token))})


def _keys(skipped: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(``code:kind:strength``, form) for each row and, for demonyms, its capitalised form."""
    for row in tables.countries():
        if row.kind in skipped:
            continue
        kind = "name" if row.kind == "canonical" else row.kind
        key = f"{row.id}:{kind}:{row.strength}"
        yield key, row.form
        if kind == "name" and row.strength == "strong" and " " in row.form:
            yield key, row.form.replace(" ", "-")  # « Burkina-Faso »
            yield key, row.form[0].lower() + row.form[1:]  # « république populaire de Chine »
        if kind == "name" and "-" in row.form:
            yield key, row.form.replace("-", " - ")  # as the tokenizer cuts « Chine-États-Unis »
        if row.kind in _CAPITALISED_TOO:
            yield key, row.form.capitalize()
