"""Proposes organisations: from a table, from opening words, and « long form (ACRONYM) » pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.acronyms import introductions
from entextract.pipes.body_extent import (
    branch_end,
    complement_end,
    joins_halves,
    named_end,
    section_end,
)
from entextract.pipes.homonyms import Homonyms
from entextract.pipes.kind_nouns import KindNouns
from entextract.pipes.metonymy import acts
from entextract.pipes.name_extent import capitalised_end
from entextract.pipes.spans import (
    add_candidates,
    at_norms,
    is_capitalised,
    matches,
    other_half,
    phrase_matcher,
    set_norms,
    text_before,
    text_between,
)
from entextract.pipes.unlisted import Unlisted
from entextract.pipes.words import norms_of
from entextract.records.ids import make_id
from entextract.records.spelling import level, slug
from entextract.tables.row_classes import OrganisationForm

_ALIKE = 0.7  # of the words of a long form and of the name that its acronym has in the table
_MAX_CLOSED = 4  # tokens before a closing word: 2 cuts « Aix-Lubéron Université », 99 finds no more


@Language.factory("entextract_organisations", assigns=["doc.spans"])
class Organisations:
    """Propose what the table lists and what its words and brackets announce.

    Sets: ``doc.spans["entextract"]``; the ``id_`` of each span is the rule that found it.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> organisations = nlp.add_pipe("entextract_organisations")
    >>> doc = nlp("L'OTAN, le ministère de la Défense, la Ligue vaudoise des Rameurs (LVR)")
    >>> for span in doc.spans["entextract"]:
    ...     print(span.text, span.id_)
    OTAN table:organisations
    ministère de la Défense public-body
    Ligue vaudoise des Rameurs acronym-pair
    LVR acronym-pair
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        rows = tables.organisations()
        self.names = {row.id: row.name for row in rows}
        self.ids = {level(row.form): row.id for row in rows if row.kind != "metonym"}
        self.acronyms: dict[str, list[str]] = defaultdict(list)
        forms = [*((r.form, r.id) for r in rows), *((r.form, r.id) for r in tables.homonyms())]
        for form, org in forms:
            self.acronyms[level(form)].append(org)
        self.homonyms = Homonyms()
        words = tables.org_words()
        keys = ((f"{row.id}:{row.kind}:{row.strength}", row.form) for row in rows)
        small = ((f"{row.id}:small:{row.strength}", form) for row, form in _in_small_letters(rows))
        self.matcher = phrase_matcher(nlp, (*keys, *small))
        bare = ((row.id, row.form.split(" ", 1)) for row in rows if row.kind != "metonym")
        articles = frozenset(word.capitalize() for word in tables.words("definite_article"))
        self.articled = phrase_matcher(
            nlp, ((org, form[1]) for org, form in bare if len(form) > 1 and form[0] in articles)
        )
        self.public = phrase_matcher(nlp, (("", w.form) for w in words if w.pattern == "public"))
        self.proper = frozenset(level(w.form) for w in words if w.pattern == "proper")
        self.closing = frozenset(level(w.form) for w in words if w.pattern == "closing")
        self.kinds = KindNouns(nlp)
        self.unlisted = Unlisted(nlp)
        apposed = (w.form for w in words if w.pattern == "apposed")
        self.kind_words = frozenset(map(level, apposed))  # « ONG »
        self.given = tables.given_forms()
        self.generic = frozenset(level(w.form) for w in words if w.pattern == "generic")
        self.demonyms = tables.demonyms()
        states = {level(row.form) for row in tables.countries()}
        names = (r for r in tables.countries() if r.kind in ("canonical", "name"))
        self.states = {level(row.form) for row in names if row.strength == "strong"}
        self.places = states | {level(row.form) for row in tables.places()}

    def find(self, doc: Doc) -> list[Span]:
        """Candidates. The document, whose norms are set, is not changed."""
        listed = list(self._listed(doc))
        found = [
            *listed,
            *_parts_of(doc, listed),
            *self._without_article(doc),
            *self._public_bodies(doc),
            *self._opened(doc, {(span.start, span.end) for span in listed}),
            *self.kinds.find(doc),
            *self.unlisted.find(doc),
            *self._closed(doc),
            *_sites(doc),
        ]
        model = (e.start for e in doc.ents if e.label_ == "ORG" and is_capitalised(e[0]))
        return [*found, *self._pairs(doc, {*model, *(span.start for span in found)})]

    def _listed(self, doc: Doc) -> Iterator[Span]:
        words = self.homonyms.words_of(doc)
        for key, start, end in matches(self.matcher, doc):
            org, kind, strength = key.split(":")
            other = other_half(doc, start, end)
            if other is not None and (strength == "weak" or other.norm_ not in self.states):
                continue  # « Siemens » in « Siemens-Gamesa », but « Hamas » in « Israël-Hamas »
            if kind == "small" and not _is_definite(doc, start):
                continue
            if doc[end - 1].is_digit and _is_score(doc, end - 1):
                continue  # « RFA - France 2-0 »: the state, not the channel
            rule = "table:organisations" if strength == "strong" else "weak:organisations"
            if kind == "metonym":
                acting = acts(doc[start:end], seat=strength == "strong")
                if not acting:
                    continue
                rule = f"metonym:{acting}"
            kb_id = self.homonyms.meant(text_between(doc, start, end), words) or make_id("ORG", org)
            yield Span(doc, start, end, label="ORG", kb_id=kb_id, span_id=rule)

    def _without_article(self, doc: Doc) -> Iterator[Span]:
        """« Monde » in « une enquête du Monde », where the model reads a body too."""
        read = {(e.start, e.end) for e in doc.ents if e.label_ == "ORG"}
        for org, start, end in matches(self.articled, doc) if read else ():
            if (start, end) in read and _is_definite(doc, start):
                kb_id = make_id("ORG", org)
                yield Span(doc, start, end, label="ORG", kb_id=kb_id, span_id="weak:organisations")

    def _public_bodies(self, doc: Doc) -> Iterator[Span]:
        """« ministère russe de la Défense », « parquet de Paris »: the noun and its complement."""
        for _, start, noun_end in matches(self.public, doc):
            people = takewhile(lambda t: level(t.lower_) in self.demonyms, doc[noun_end:])
            i = noun_end + len(list(people))
            any_case = doc[noun_end - 1].lower_ == "ministère"
            end = complement_end(doc, i, any_case=any_case)
            if end > i:
                yield Span(doc, start, end, label="ORG", span_id="public-body")

    def _opened(self, doc: Doc, listed: set[tuple[int, int]]) -> Iterator[Span]:
        """« Cour suprême », « Parti des travailleurs »: a capital opening word and what follows.

        Args:
            doc: the document.
            listed: extents of the names of the table, which nothing in small letters makes longer.
        """
        for token in (doc[i] for i in at_norms(doc, self.proper)):
            if not is_capitalised(token):
                continue
            first = token.i + 1
            rest = doc[first:]
            i = first + len(list(takewhile(lambda t: t.pos_ == "ADJ" and not t.is_punct, rest)))
            end = capitalised_end(doc, i) if i == first else i
            if level(token.lower_) in self.generic and all(
                level(t.lower_) in self.demonyms for t in doc[first:end]
            ):
                continue  # « Parlement israélien »: the state is mentioned, not a body of that name
            end = max(end, complement_end(doc, i, any_case=False))
            if end > first:
                yield Span(doc, token.i, end, label="ORG", span_id="opening-word")
            named = named_end(doc, i) if not token.is_sent_start else i
            # not « l'Assemblée nationale de la loi »
            if named > end and listed.isdisjoint((token.i, n) for n in range(first, i + 1)):
                yield Span(doc, token.i, named, label="ORG", span_id="opening-complement")

    def _closed(self, doc: Doc) -> Iterator[Span]:
        """« Danske Bank », « Amiens SC »: the capitalised words before a closing word, with it."""
        for token in (doc[i] for i in at_norms(doc, self.closing)):
            before = doc[max(0, token.i - _MAX_CLOSED) : token.i]
            inner = takewhile(
                lambda t: _is_inner_or_hyphen(t) and t.norm_ not in self.kind_words,
                reversed(before),
            )
            start = token.i - len(list(inner))
            if start < token.i:
                yield Span(doc, start, token.i + 1, label="ORG", span_id="closing-word")

    def _pairs(self, doc: Doc, openings: set[int]) -> Iterator[Span]:
        """« long form (ACRONYM) » or « ACRONYM (long form) », when the letters agree.

        Both get the id of the long form, the acronym wherever it stands.

        Args:
            doc: the document.
            openings: where the other finders see a name of an organisation start.
        """
        words = self.homonyms.words_of(doc)
        introduced = list(introductions(doc, openings))
        places: dict[int, list[int]] = defaultdict(list)
        for i, word in enumerate(doc.to_array("ORTH").tolist() if introduced else ()):
            places[word].append(i)
        for acronym, long_form, names_body in introduced:
            if not names_body or level(long_form.text) in self.places:
                continue  # « la République démocratique du Congo (RDC) »
            kb_id = self.homonyms.meant(long_form.text, words) or self._id(acronym, long_form)
            again = ((i, i + 1) for i in places.pop(acronym.orth, [acronym.i]))
            for a, b in ((long_form.start, long_form.end), *again):
                yield Span(doc, a, b, label="ORG", kb_id=kb_id, span_id="acronym-pair")

    def _id(self, acronym: Token, long_form: Span) -> str:
        """The id of a long form: the table's, its acronym's if that looks like it, or its own."""
        known = self.ids.get(level(long_form.text))
        if known:
            return make_id("ORG", known)
        words = set(level(long_form.text).lower().split())
        for org in self.acronyms[level(acronym.text)]:
            name = set(level(self.names[org]).lower().split())
            if len(name & words) >= _ALIKE * len(name | words):
                return make_id("ORG", org)
        return make_id("ORG", slug(long_form.text))

    def __call__(self, doc: Doc) -> Doc:
        set_norms(doc)  # in a pipeline without entextract_norm
        add_candidates(doc, self.find(doc))
        return doc


def _in_small_letters(
    rows: Sequence[OrganisationForm],
) -> Iterator[tuple[OrganisationForm, str]]:
    """« cour de cassation » for « Cour de cassation »: bodies whose first word is a common noun."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for word in tables.org_words():
        kinds[word.form.lower()].add(word.pattern)
    for row in rows:
        first = row.form.split()[0].lower()
        opens = not kinds[first].isdisjoint(("proper", "public")) and "generic" not in kinds[first]
        common = opens and row.form.partition(" ")[2][:1].islower()  # not « groupe Lagardère »
        if common and row.strength == "strong" and row.kind != "metonym":
            yield row, row.form[0].lower() + row.form[1:]


def _is_score(doc: Doc, i: int) -> bool:
    """« 2-0 », of which the first number stands at a token."""
    hyphen, other = doc[i + 1 : i + 2], doc[i + 2 : i + 3]
    glued = not doc[i].whitespace_ and hyphen.text in ("-", "–")
    return glued and any(token.is_digit for token in other)


def _is_definite(doc: Doc, start: int) -> bool:
    """« la cour de cassation », not « une cour de cassation »."""
    word = level(text_before(doc, start).lower())
    contracted = tables.words("contracted_article") & tables.words("singular_article")
    return word in tables.words("definite_article") or word in contracted


def _parts_of(doc: Doc, listed: list[Span]) -> Iterator[Span]:
    """« Naval Group Belgium », « SNPL Air France »: a branch of a listed name, a section."""
    ends: dict[int, int] = {}
    for span in listed:
        ends[span.start] = max(span.end, ends.get(span.start, 0))
    for start, end in ends.items():
        wider = section_end(doc, end, ends)
        wider = branch_end(doc, end) if wider == end else wider
        if wider > end:
            yield Span(doc, start, wider, label="ORG", span_id="branch")


def _sites(doc: Doc) -> Iterator[Span]:
    """« Make.org », « Amazon.com »: a name that is an address, with its capital."""
    dotted = [word for word in norms_of(doc).places.first if "." in word and word[0].isupper()]
    for token in (doc[i] for i in at_norms(doc, dotted)):
        if token.like_url and is_capitalised(token) and "/" not in token.text:
            yield Span(doc, token.i, token.i + 1, label="ORG", span_id="site-name")


def _is_inner_or_hyphen(token: Token) -> bool:
    following = token.doc[token.i + 1 : token.i + 2]
    return _is_inner(token) or (token.i > 0 and joins_halves(token, following))


def _is_inner(token: Token) -> bool:
    """A capitalised word that is not a French word opening a sentence (« Selon »)."""
    word = level(token.lower_)
    opens = token.is_sent_start and (
        word in tables.levelled_words("function_word")
        or word in tables.levelled_words("actor_preposition")
    )
    return is_capitalised(token) and not opens
