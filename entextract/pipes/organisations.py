"""Proposes organisations: from a table, from opening words, and « long form (ACRONYM) » pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.forms import level, slug
from entextract.pipes._acting import acts
from entextract.pipes._shape import OF, name_end
from entextract.pipes._spans import (
    add_candidates,
    is_capitalised,
    is_half,
    matches,
    phrase_matcher,
    set_norms,
)

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9&.+-]{1,9}")
_LINKS = frozenset(
    ["de", "du", "des", "d'", "la", "le", "les", "l'", "et", "pour", "a", "aux", "sur"]
)
_MAX_COMPLEMENT = 9  # tokens in what follows the opening word
_ALIKE = 0.7  # of the words of a long form and of the name that its acronym has in the table
_MAX_CLOSED = 4  # tokens before a closing word
_MAX_LONG_FORM = 14  # tokens in a long form before its acronym


@Language.factory("entextract_organisations", assigns=["doc.spans"])
class Organisations:
    """Propose what the table lists and what its words and brackets announce."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        rows = tables.organisations()
        self.names = {row.id: row.name for row in rows}
        self.ids = {level(row.form): row.id for row in rows if row.kind != "metonym"}
        keys = ((f"{row.id}:{row.kind}:{row.strength}", row.form) for row in rows)
        self.matcher = phrase_matcher(nlp, keys)
        words = tables.org_words()
        self.public = phrase_matcher(nlp, (("", w.form) for w in words if w.pattern == "public"))
        self.proper = frozenset(level(w.form) for w in words if w.pattern == "proper")
        self.closing = frozenset(level(w.form) for w in words if w.pattern == "closing")
        self.apposed = phrase_matcher(nlp, (("", w.form) for w in words if w.pattern == "apposed"))
        self.given = tables.given_forms()
        self.generic = frozenset(level(w.form) for w in words if w.pattern == "generic")
        self.demonyms = tables.demonyms()

    def find(self, doc: Doc) -> list[Span]:
        """Candidates. Only token norms of the document are changed."""
        set_norms(doc)
        return [
            *self._listed(doc),
            *self._public_bodies(doc),
            *self._opened(doc),
            *self._apposed(doc),
            *self._closed(doc),
            *self._pairs(doc),
        ]

    def _listed(self, doc: Doc) -> Iterator[Span]:
        for key, start, end in matches(self.matcher, doc):
            org, kind, strength = key.split(":")
            if is_half(doc, start, end):
                continue
            rule = "table:organisations" if strength == "strong" else "weak:organisations"
            if kind == "metonym":
                acting = acts(doc[start:end], seat=strength == "strong")
                if not acting:
                    continue
                rule = f"metonym:{acting}"
            yield Span(doc, start, end, label="ORG", kb_id=f"org:{org}", span_id=rule)

    def _public_bodies(self, doc: Doc) -> Iterator[Span]:
        """« ministère russe de la Défense », « parquet de Paris »: the noun and its complement."""
        for _, start, noun_end in matches(self.public, doc):
            i = noun_end
            while i < len(doc) and level(doc[i].lower_) in self.demonyms:
                i += 1
            if i < len(doc) and level(doc[i].lower_) in OF:
                any_case = doc[noun_end - 1].lower_ in ("ministère", "ministères")
                end = self._complement_end(doc, i, any_case=any_case)
                if end > i:
                    yield Span(doc, start, end, label="ORG", span_id="public-body")

    def _opened(self, doc: Doc) -> Iterator[Span]:
        """« Cour suprême », « Parti des travailleurs »: a capital opening word and what follows."""
        for token in doc:
            if token.norm_ not in self.proper or not is_capitalised(token):
                continue
            i = token.i + 1
            while i < len(doc) and doc[i].pos_ == "ADJ" and not doc[i].is_punct:
                i += 1
            end = name_end(doc, i) if i == token.i + 1 < len(doc) and is_capitalised(doc[i]) else i
            if level(token.lower_) in self.generic and all(
                level(t.lower_) in self.demonyms for t in doc[token.i + 1 : end]
            ):
                continue  # « Parlement israélien »: the state is mentioned, not a body of that name
            if i < len(doc) and level(doc[i].lower_) in OF:
                end = max(end, self._complement_end(doc, i, any_case=False))
            if end > token.i + 1:
                yield Span(doc, token.i, end, label="ORG", span_id="opening-word")

    def _apposed(self, doc: Doc) -> Iterator[Span]:
        """« la société X », « l'association X »: the name that stands right after its kind."""
        for _, _, end in matches(self.apposed, doc):
            if end < len(doc) and is_capitalised(doc[end]) and doc[end].norm_ not in self.given:
                stop = name_end(doc, end)
                if stop > end and (stop > end + 1 or len(doc[end]) > 1):  # not « le groupe E »
                    yield Span(doc, end, stop, label="ORG", span_id="kind-before-name")

    def _closed(self, doc: Doc) -> Iterator[Span]:
        """« Danske Bank », « Amiens SC »: the capitalised words before a closing word, with it."""
        for token in doc:
            if token.norm_ not in self.closing:
                continue
            start = token.i
            while start > 0 and token.i - start < _MAX_CLOSED and _is_inner(doc[start - 1]):
                start -= 1
            if start < token.i:
                yield Span(doc, start, token.i + 1, label="ORG", span_id="closing-word")

    def _pairs(self, doc: Doc) -> Iterator[Span]:
        """« long form (ACRONYM) » or « ACRONYM (long form) », when the initials agree.

        Both get the id of the long form.
        """
        for acronym, long_form in _bracketed(doc):
            known = self.ids.get(level(long_form.text)) or self._id_of_acronym(acronym, long_form)
            kb_id = f"org:{known or slug(long_form.text)}"
            for a, b in ((long_form.start, long_form.end), (acronym.i, acronym.i + 1)):
                yield Span(doc, a, b, label="ORG", kb_id=kb_id, span_id="acronym-pair")

    def _id_of_acronym(self, acronym: Token, long_form: Span) -> str:
        """The id of a listed acronym, when the long form looks like that organisation's name."""
        org = self.ids.get(level(acronym.text), "")
        name = set(level(self.names.get(org, "")).lower().split())
        words = set(level(long_form.text).lower().split())
        return org if len(name & words) >= _ALIKE * len(name | words) else ""

    def _complement_end(self, doc: Doc, start: int, *, any_case: bool) -> int:
        """Where the complement that starts at « de » ends; ``start`` when there is none.

        Capitalised words are taken, with the adjectives after them and the links between; the
        first word may be in lower case when ``any_case`` says so. A given name ends it.
        """
        end = i = start
        while i < len(doc) and i - start < _MAX_COMPLEMENT:
            token = doc[i]
            if i > start and _joins_halves(doc, i):
                i += 1  # « Alpes-Maritimes »
            elif is_capitalised(token) and not token.is_punct:
                if token.norm_ in self.given and i + 1 < len(doc) and is_capitalised(doc[i + 1]):
                    break
                i += 1
                end = i
            elif level(token.lower_) in _LINKS:
                if token.lower_ == "et" and _opens_noun(doc, i + 1):
                    break  # « le ministère de l'Intérieur et le Sénat »
                if token.lower_ == "à" and not _opens_noun(doc, i + 1):
                    break  # « le ministère de l'Intérieur à Paris »
                i += 1
            elif any_case and (
                (end == start and token.pos_ in ("NOUN", "ADJ"))
                or (token.pos_ == "NOUN" and level(doc[i - 1].lower_) == "d'")
                or (end == i and token.pos_ == "ADJ")
            ):
                i += 1
                end = i
            else:
                break
        return end

    def __call__(self, doc: Doc) -> Doc:
        add_candidates(doc, self.find(doc))
        return doc


def _bracketed(doc: Doc) -> Iterator[tuple[Token, Span]]:
    """(acronym, long form) of each pair of which one stands in brackets after the other."""
    for token in doc:
        if token.text != "(" or token.i == 0:
            continue
        end = next((t.i for t in doc[token.i : token.i + _MAX_LONG_FORM] if t.text == ")"), 0)
        before, inside = doc[token.i - 1], doc[token.i + 1 : end]
        if len(inside) == 1 and _ACRONYM.fullmatch(level(inside[0].text)):
            start = _long_form_start(doc, token.i, level(inside[0].text))
            if start is not None:
                yield inside[0], doc[start : token.i]
        elif (
            len(inside) > 1
            and _ACRONYM.fullmatch(level(before.text))
            and _long_form_start(doc, end, level(before.text)) == inside.start
        ):
            yield before, inside


def _joins_halves(doc: Doc, i: int) -> bool:
    """A hyphen between two capitalised words."""
    glued = doc[i].text == "-" and not doc[i - 1].whitespace_ and not doc[i].whitespace_
    return glued and i + 1 < len(doc) and is_capitalised(doc[i - 1]) and is_capitalised(doc[i + 1])


def _opens_noun(doc: Doc, i: int) -> bool:
    return i < len(doc) and level(doc[i].lower_) in ("le", "la", "l'", "les")


def _is_inner(token: Token) -> bool:
    """A capitalised word that is not a French word opening a sentence (« Selon »)."""
    word = level(token.lower_)
    opens = token.is_sent_start and (
        word in tables.context_words("determiner")
        or word in tables.context_words("actor_preposition")
    )
    return is_capitalised(token) and not token.is_punct and not opens


def _long_form_start(doc: Doc, bracket: int, acronym: str) -> int | None:
    """Where the words whose initials make the acronym start, stop words skipped or counted."""
    letters = re.sub("[^A-Za-z]", "", acronym).lower()
    left = len(letters)
    i = bracket
    while i > 0 and bracket - i < _MAX_LONG_FORM and left:
        i -= 1
        token = doc[i]
        if "\n" in token.text or token.text in ".;:(":
            return None
        if _initial(token) == letters[left - 1]:
            left -= 1
        elif level(token.lower_) not in _LINKS and not token.is_punct:
            return None
    return i if left == 0 and is_capitalised(doc[i]) else None


def _initial(token: Token) -> str:
    return level(token.text)[:1].lower()
