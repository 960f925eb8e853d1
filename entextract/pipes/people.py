"""Proposes persons: after a title, after a verb of speech, or from a known given name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.name_extent import is_of, name_end
from entextract.pipes.person_parts import PersonParts
from entextract.pipes.spans import (
    add_candidates,
    at_norms,
    at_words,
    is_capitalised,
    matches,
    phrase_matcher,
    set_norms,
    text_at,
    text_before,
    text_between,
)
from entextract.records.spelling import level

_TITLED = "title-before-name"
_MAX_ACRONYM = 5  # letters
_SHORTEST_INITIALS = 3  # letters: a bracket with two may be a party
_SHORTEST_SURNAME = 4  # letters of one in capitals, which a party before a given name is not


@Language.factory("entextract_people", assigns=["doc.spans"])
class People:
    """Propose the names that titles, verbs of speech and given names announce.

    Sets: ``doc.spans["entextract"]``; the ``id_`` of each span is the rule that found it.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> people = nlp.add_pipe("entextract_people")
    >>> doc = nlp("Le général de Gaulle, puis Aïssata Traoré, a déclaré Vrixel.")
    >>> for span in doc.spans["entextract"]:
    ...     print(span.text, span.id_)
    de Gaulle title-before-name
    Aïssata Traoré given-name
    Vrixel speech-inversion
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.titles = phrase_matcher(nlp, ((row.kind, row.form) for row in tables.titles()))
        genders: dict[str, set[str]] = defaultdict(set)
        for row in tables.titles():
            if row.kind == "civility" or row.gender == "f":
                genders[level(row.form.lower())].add(row.gender)
        self.genders = {form: "".join(said) for form, said in genders.items()}
        self.kin = frozenset(level(r.form) for r in tables.titles() if r.kind == "kin")
        self.offices = frozenset(level(r.form.lower()) for r in tables.titles())
        self.demonyms = tables.demonyms()
        self.states = frozenset(level(row.form) for row in tables.countries())
        names = (row.form for row in tables.countries() if row.kind in ("canonical", "name"))
        self.countries = frozenset(map(level, names))
        self.given = tables.given_forms()
        self.speech = frozenset(map(level, tables.speech_forms()))
        words = (w for w in tables.org_words() if w.pattern == "apposed")
        self.kinds_of_body = frozenset(level(w.form).lower() for w in words)
        self.streets = tables.levelled_words("street_noun")
        self.places = frozenset(level(row.form) for row in tables.places())
        self.parts = PersonParts()
        self.alias_markers = tables.levelled_words("alias_marker", "birth_name_marker")
        phrases = tables.words("real_name_marker")
        self.real_names = phrase_matcher(nlp, (("", phrase) for phrase in phrases))

    def find(self, doc: Doc) -> list[Span]:
        """Candidates. The document, whose norms are set, is not changed."""
        full = [*self._after_titles(doc), *self._given_names(doc)]
        return [
            *full,
            *self._after_speech(doc),
            *_initials(doc, full),
            *self._aliases(doc),
            *self._real_names(doc),
            *self._inverted(doc),
        ]

    def _after_titles(self, doc: Doc) -> list[Span]:
        """« le président kazakh X », « M. X », « son frère X »."""
        found = []
        titles = self._titles(doc)
        openings = {start for _, start, _ in titles}
        for kind, title, end in titles:
            start = end
            if start < len(doc) and level(doc[start].lower_) in self.demonyms:
                start += 1
            article = start < len(doc) and doc[start].lower_ in tables.words("definite_article")
            if not openings.isdisjoint((end, start, start + article)):
                continue  # « l'avocat belge Me X », « Madame la présidente X »: the nearer one
            if kind == "civility" and self._is_given_name(doc, title, end):
                continue
            office = level(text_at(doc, start + 1).lower())
            lower = article and doc[start].is_lower
            if kind == "civility" and lower and office in self.offices:
                start, article = start + 2, False  # « Monsieur le Maire X »
            article = lower and article  # « représentant la Hongrie »
            if article or self._is_of_a_body(doc, title) or _is_adjective(doc, title, end):
                continue
            # « général de Gaulle », « M. de Villepin », but not « les gendarmes de Die »
            single_rank = kind == "rank" and not doc[start - 1].lower_.endswith(("s", "x"))
            takes_of = single_rank or doc[start - 1].text[0] == "M"
            if kind != "rank" and _is_party(doc, start):  # « le général SB Moyo »
                start, takes_of = start + 1, False
            word = level(doc[start].lower_) if start < len(doc) else ""
            if word == "des" or (word in tables.spellings_of("de") and not takes_of):
                continue
            stop = name_end(doc, start)
            if stop == start or self._is_known_after_of(doc, start):
                continue  # « les casques bleus », « l'état-major de Lyon »
            start, stop = next(self.parts.parts(doc, start, stop))
            rule = self._said_by(kind, doc[title:end])
            named = level(text_between(doc, start, stop)) not in self.countries
            if doc[stop - 2].text == "-" and level(doc[stop - 1].lower_) in self.demonyms:
                continue  # « LE SOMMET KAZAKHO-KIRGHIZ »
            if named and not _is_acronym(doc, start, stop):
                found.append(Span(doc, start, stop, label="PER", span_id=rule))
        return found

    def _said_by(self, kind: str, title: Span) -> str:
        """The rule of a name behind a title, with the gender that « M. » or « Mme » says."""
        if kind == "kin":
            return "kin-before-name"
        if level(title.text.lower()) in tables.levelled_words("regnal_title"):
            return "regnal-title"
        gender = self.genders.get(level(title.text.lower()), "")
        other, joined = (title.doc[max(title.start - n, 0)].lower_ for n in (2, 1))
        both = (
            joined in tables.words("coordinator") and level(other) in self.genders
        )  # « M. et Mme »
        return f"title-before-name:{gender}" if gender in ("m", "f") and not both else _TITLED

    def _is_given_name(self, doc: Doc, title: int, end: int) -> bool:
        """« Cheikh » in « le ministre Cheikh Diba »: a title is small, or a full name follows."""
        word = doc[title]
        if not word.is_title or word.norm_ not in self.given:
            return False
        one = name_end(doc, end) == end + 1
        return one and doc[end].norm_ not in self.given

    def _is_of_a_body(self, doc: Doc, title: int) -> bool:
        """« le groupe terroriste X », « la revue scientifique X »: no title, an adjective."""
        return level(text_before(doc, title).lower()) in self.kinds_of_body

    def _is_known_after_of(self, doc: Doc, start: int) -> bool:
        """« de Lyon », « de Boris Fournel »: no surname with its particle, unlike « de Gaulle »."""
        known = (self.given, self.places, self.states)
        following = level(text_at(doc, start + 1))
        return is_of(doc[start]) and any(following in words for words in known)

    def _titles(self, doc: Doc) -> list[tuple[str, int, int]]:
        """Titles that no longer title contains (« secrétaire » in « secrétaire d'État »)."""
        found = sorted(matches(self.titles, doc), key=lambda m: (m[1], -m[2]))
        kept: list[tuple[str, int, int]] = []
        for kind, start, end in found:
            if not kept or end > kept[-1][2]:
                kept.append((kind, start, end))
        return kept

    def _after_speech(self, doc: Doc) -> list[Span]:
        """« a déclaré X », « explique X »: the subject stands after its verb."""
        found = []
        for verb in at_words(doc, self.speech):
            for token in filter(is_capitalised, doc[verb + 1 : verb + 2]):
                end = name_end(doc, token.i)
                if end - token.i == 1 and len(token) == 1:
                    continue  # « a sommé X de répondre »
                if token.lower_ in tables.words("indefinite_article", "possessive"):
                    continue  # « Annonce Une Baisse », as headlines write it
                if self.parts.is_title_case(doc, token.i):
                    continue  # « Dénonce Les Violences De La Police »
                if end > token.i and not self._is_state(doc[token.i : end]):
                    found.append(Span(doc, token.i, end, label="PER", span_id="speech-inversion"))
        return found

    def _is_state(self, name: Span) -> bool:
        """« a prévenu Buenos Aires », « dénonce Le Kazakhstan », as titles write it."""
        article = level(name[0].lower_) in tables.levelled_words("definite_article")
        return level(name.text) in self.states or (article and level(name[1:2].text) in self.states)

    def _given_names(self, doc: Doc) -> list[Span]:
        """« Aïssata Traoré »: a known given name and at least one more word."""
        found = []
        done = 0
        for i in sorted({*at_norms(doc, self.given), *at_norms(doc, ("M'", "N'"))}):
            if i >= done and self._opens_full_name(doc, i):
                end = name_end(doc, i)
                name = level(text_between(doc, i, end))
                if end > i + 1 and name not in self.states:  # « Abou Dhabi »
                    for a, b in self.parts.parts(doc, i, end):
                        if b > a + 1:
                            rule = "kin-after-name" if self._is_kin(doc, b) else "given-name"
                            found.append(Span(doc, a, b, label="PER", span_id=rule))
                    done = end
        return found

    def _is_kin(self, doc: Doc, end: int) -> bool:
        """« Paul Dupont, son mari », « Paul Dupont, le père de la victime »."""
        if text_at(doc, end) != "," or level(text_at(doc, end + 2)) not in self.kin:
            return False
        whose = level(text_at(doc, end + 1).lower())
        if whose in tables.words("possessive"):
            return True
        of = doc[end + 3 : end + 4]
        return whose in tables.words("definite_article") and any(map(is_of, of))

    def _opens_full_name(self, doc: Doc, i: int) -> bool:
        """A given name that names no street, and is neither « Son » nor « la France de … »."""
        word = level(doc[i].text)
        return (
            (word in self.given or _is_berber(doc, i))
            and word.lower() not in tables.levelled_words("function_word")
            and (word not in self.states or text_at(doc, i + 1)[:1].isupper())
            and level(text_before(doc, i).lower()) not in self.streets
        )

    def _inverted(self, doc: Doc) -> Iterator[Span]:
        """« LE GALL Anne, DE LA TOUR Hubert »: the surname in capitals, then the given name."""
        for token in (doc[i] for i in at_norms(doc, self.given)):
            if token.i == 0 or not token.is_title:
                continue
            if text_at(doc, token.i + 1)[:1].isupper():
                continue  # « PARIS Jean Dupont »
            run = list(takewhile(_is_capitals, reversed(doc[: token.i])))
            start = token.i - len(run)
            surname = doc[start : token.i]
            if len(surname.text) < _SHORTEST_SURNAME or level(surname.text) in self.parts.bodies:
                continue
            if start == 0 or not is_capitalised(doc[start - 1]):
                yield Span(doc, start, token.i + 1, label="PER", span_id="given-name")

    def _aliases(self, doc: Doc) -> Iterator[Span]:
        """« Mohamed Daglo, dit « Hemetti » », « Ilich Ramírez Sánchez alias Carlos »."""
        births = tables.words("birth_name_marker")
        words = tables.levelled_words("alias_marker")
        for token in (doc[i] for i in at_words(doc, self.alias_markers)):
            ahead = (doc[i] for i in range(token.i - 1, -1, -1))
            before = next((t for t in ahead if t.text not in (",", "(")), None)
            if before is None:
                continue
            apart = before.i < token.i - 1  # « X, née Y »; « X épouse Y » tells of a wedding
            behind = not before.is_sent_start and not _is_present(token)  # not « La veuve X »
            is_birth = token.lower_ in births and (apart or behind)
            if not is_capitalised(before) or not (is_birth or level(token.lower_) in words):
                continue
            start = token.i + 1
            quoted = start < len(doc) and doc[start].is_quote
            start += quoted
            end = name_end(doc, start)
            if not quoted and not is_birth and token.lower_ != "alias":
                continue  # « X, dit Y » may be speech
            if quoted and not (end < len(doc) and doc[end].is_quote):
                continue
            if end > start and is_capitalised(doc[start]) and not self._is_state(doc[start:end]):
                yield Span(doc, start, end, label="PER", span_id="alias-after-name")

    def _real_names(self, doc: Doc) -> Iterator[Span]:
        """« Carlos, de son vrai nom Ilich Ramírez Sánchez »: the by-name, and the real name."""
        for _, start, end in matches(self.real_names, doc):
            stop = start - (doc[start - 1].text in (",", "(")) if start else start
            first = stop - len(list(takewhile(is_capitalised, reversed(doc[:stop]))))
            last = name_end(doc, end)
            if first < stop and last > end:
                yield Span(doc, first, stop, label="PER", span_id="name-before-alias")
                yield Span(doc, end, last, label="PER", span_id="alias-after-name")

    def __call__(self, doc: Doc) -> Doc:
        set_norms(doc)  # in a pipeline without entextract_norm
        add_candidates(doc, self.find(doc))
        return doc


def _is_present(token: Token) -> bool:
    """« épouse » may be a verb, « née » no other than a participle."""
    return any(tense == "present" for _, tense in tables.verb_readings().get(token.lower_, ()))


def _initials(doc: Doc, persons: Iterable[Span]) -> Iterator[Span]:
    """« IBK » in « Ibrahim Boubacar Keïta (IBK) »: the same person."""
    for person in persons:
        at = person.end + 1
        if (text_before(doc, at), text_at(doc, at + 1)) != ("(", ")"):
            continue
        letters = level(text_at(doc, at)).replace(".", "")
        words = [word for word in re.split("[ -]", level(person.text)) if word]
        if len(letters) >= _SHORTEST_INITIALS and letters in _first_letters(words):
            yield Span(doc, at, at + 1, label="PER", span_id="alias-after-name")


def _first_letters(words: list[str]) -> tuple[str, str]:
    """« MBS » of « Mohammed ben Salmane », « MS » without what is in small letters."""
    every = "".join(word[0].upper() for word in words)
    return every, "".join(word[0] for word in words if word[0].isupper())


def _is_berber(doc: Doc, i: int) -> bool:
    """« M'hamed Karoui », « N'Golo Kanté »: the first name that M' or N' begins."""
    if level(doc[i].text) not in ("M'", "N'") or doc[i].whitespace_ or i + 2 >= len(doc):
        return False
    return doc[i + 1].is_alpha and is_capitalised(doc[i + 2]) and name_end(doc, i) > i + 2


def _is_adjective(doc: Doc, start: int, end: int) -> bool:
    """« le navire humanitaire X », « l'état général », « l'état-major »: of the noun before."""
    if start == 0 or end - start > 1:
        return False
    before = doc[start - 1]
    hyphen = before.text == "-" and not before.whitespace_
    return hyphen or (doc[start].pos_ == "ADJ" and before.pos_ == "NOUN" and before.is_lower)


def _is_party(doc: Doc, i: int) -> bool:
    """« LR » in « le député LR Awa Diop », « Vert » in « le maire Vert de Vire »: the name, if any,
    follows."""
    if i + 1 >= len(doc):
        return False
    party, following = doc[i], doc[i + 1]
    acronym = _is_acronym(doc, i, i + 1) and party.is_alpha and len(party) > 1
    adjectives = tables.levelled_words("party_adjective")
    if not acronym and not (is_capitalised(party) and level(party.lower_) in adjectives):
        return False
    return level(following.lower_) in tables.spellings_of("de") or (
        is_capitalised(following) and not following.is_upper
    )


def _is_capitals(token: Token) -> bool:
    """« GALL », « D' », and the hyphen of « AIT-SAÏD », not that of « RFA - France »."""
    return (token.text == "-" and not token.whitespace_) or (
        token.is_upper and token.text.rstrip("'’").isalpha()
    )


def _is_acronym(doc: Doc, start: int, end: int) -> bool:
    """« UDE » in « le maire UDE »: a party, not the mayor's name."""
    return end - start == 1 and doc[start].is_upper and len(doc[start]) <= _MAX_ACRONYM
