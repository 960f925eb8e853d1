"""What is not a name, although a finder proposes it: generic bodies, families, products, events."""

from __future__ import annotations

import re
from collections import defaultdict

from spacy.tokens import Doc, Token

from entextract import tables
from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.arbitration.foreign import foreign_tokens
from entextract.pipes.name_extent import is_of
from entextract.pipes.spans import (
    at_words,
    is_capitalised,
    places_of,
    small_letters,
    text_at,
    text_before,
    text_between,
)
from entextract.pipes.words import texts
from entextract.records.spelling import level
from entextract.tables.reference_lines import foreign_words

_LONGEST = 40  # tokens; the longest of 13,000 names that others marked in the press has 16
_CREDIT = 12  # tokens between the opening of a credit and a name in it; 24 finds no more
_BYLINE = 14  # tokens of a line that says who wrote the article; 28 finds no more
_RUN_TOGETHER = re.compile("[a-zà-ÿ]{4}[A-Z][a-z]")  # « NewsletterRecevez », not « DeSantis »
_INNER_CAPITAL = re.compile("[a-zà-ÿ][A-Z]")
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_NUMERAL = re.compile("I{2,3}|I?V")


class Filters:
    """Judges candidates one by one, by their words and those around them."""

    def __init__(self) -> None:
        self.stop: dict[str, set[str]] = defaultdict(set)
        for row in tables.stop_forms():
            self.stop[level(row.form).lower()].add(row.label)
        places = {level(row.form) for row in tables.places()}
        self.listed = places | {level(row.form) for row in tables.organisations()}
        capitals = {level(row.form) for row in tables.countries() if row.kind == "capital"}
        self.places = places | capitals
        self.generic = frozenset(
            level(w.form).lower() for w in tables.org_words() if w.pattern == "generic"
        )
        self.public = frozenset(
            level(w.form).lower() for w in tables.org_words() if w.pattern == "public"
        )
        self.demonyms = tables.demonyms()
        self.given = tables.given_forms()
        self.offices = frozenset(level(r.form).lower() for r in tables.titles())

    def refuse(self, doc: Doc, c: Candidate) -> bool:
        """Whether a candidate is no name here."""
        if c.end - c.start > _LONGEST:
            return True
        if _is_in_event(doc, c) or _is_one_of(doc, c) or _is_medium(doc, c):
            return True
        if self._is_family(doc, c) or _is_credit(doc, c) or _is_code(doc, c):
            return True
        if c.rule.found_by in ("model", "given-name") and self._is_object(doc, c):
            return True
        if self._is_numbered(doc, c) or _is_speaker(doc, c) or self._is_title(doc, c):
            return True
        if c.rule.found_by in ("model", "same-name") and c.label in ("ORG", "LOC"):
            if _is_hashtag(doc, c) or _is_foreign(doc, c) or _is_aside(doc, c):
                return True
            if _is_treaty(doc, c) or _is_territory(doc, c) or self._is_office(doc, c):
                return True
        if c.label == "LOC" and _is_direction(doc, c):
            return True
        if (c.label == "LOC" or c.rule.kind == "metonym") and _is_edition(doc, c):
            return True
        if c.label == "ORG" and _is_in_office(doc, c):
            return True
        if c.label == "PER" and c.rule.found_by == "model" and _has_number(doc, c):
            return True
        if c.label == "PER" and self._is_eponym(doc, c):
            return True
        if c.label == "PER" or c.rule.found_by == "model":
            eponyms = tables.levelled_words("eponym_noun")  # « la loi Veil », « le prix Nobel »
            before = text_before(doc, c.start) if c.label == "PER" else ""
            if level(before) in eponyms or level(text_at(doc, c.start)) in eponyms:
                return True
        if c.rule.kind == "table" or c.kb_id:
            return False
        labels = self.stop.get(level(text_between(doc, c.start, c.end)).lower(), ())
        return (
            "ANY" in labels
            or c.label in labels
            or self._is_generic(doc, c)
            or self._is_common(doc, c)
        )

    def _is_family(self, doc: Doc, c: Candidate) -> bool:
        """« les frères Diallo », « la famille belge Lapierre »."""
        alone = c.end - c.start == 1 and c.label == "PER"
        return alone and self._noun_before(doc, c.start) in tables.levelled_words("kin_group_noun")

    def _is_object(self, doc: Doc, c: Candidate) -> bool:
        """« le télescope James-Webb », « la sonde japonaise Akatsuki », « les missiles Scalp »."""
        if c.label == "PER" and not _is_named(doc, c.start):
            return self._noun_before(doc, c.start) in tables.levelled_words("object_noun")
        noun = self._head_before(doc, c.start)
        return not tables.levelled_words("object_noun").isdisjoint((noun, noun.removesuffix("s")))

    def _is_office(self, doc: Doc, c: Candidate) -> bool:
        """« Commissaire européen » before « Awa Sarr »: who she is, not a body."""
        if c.label != "ORG" or c.end - c.start == 1:  # « MR » may be a party
            return False
        return level(text_between(doc, c.start, c.end)).lower() in self.offices

    def _is_eponym(self, doc: Doc, c: Candidate) -> bool:
        """« le foyer Jules-Ferry »: the hyphen of what bears a person's name."""
        if c.end - c.start != 3 or doc[c.start + 1].text != "-" or doc[c.start + 1].whitespace_:
            return False
        first, last, noun = doc[c.start], doc[c.end - 1], doc[max(c.start - 1, 0)]
        named = first.norm_ in self.given and last.norm_ not in self.given
        common = c.start > 0 and noun.is_lower and noun.pos_ == "NOUN"
        return named and common and level(noun.lower_) not in self.offices

    def objects(self, doc: Doc) -> set[str]:
        """First words, as norms, of names of objects: « Ciaran » in « la tempête Ciaran »."""
        nouns = tables.levelled_words("object_noun")
        near = (t for noun in at_words(doc, nouns) for t in doc[noun + 1 : noun + 3])
        return {t.norm_ for t in near if is_capitalised(t) and self._noun_before(doc, t.i) in nouns}

    def _is_title(self, doc: Doc, c: Candidate) -> bool:
        """« l'émission « La Rivière » », « le film "Zorblatt" »: the title of a work."""
        if c.rule.found_by not in ("model", "given-name") or c.start < 2:
            return False
        works = tables.levelled_words("work_noun")
        if c.label != "PER" and level(text_before(doc, c.start).lower()) in works:
            return True  # « le poème Zorblatt »
        quoted = doc[c.start - 1].is_quote and c.end < len(doc) and doc[c.end].is_quote
        return quoted and self._noun_before(doc, c.start - 1) in works

    def _noun_before(self, doc: Doc, i: int) -> str:
        """The word before a name, or the one before its adjective."""
        i -= i > 0 and self._is_adjective(doc[i - 1])
        return level(text_before(doc, i).lower())

    def _head_before(self, doc: Doc, i: int) -> str:
        """The same, past quotes, « baptisé » and a complement: « navire de pêche espagnol »."""
        i -= i > 0 and doc[i - 1].is_quote
        i -= _is_named(doc, i)
        while i > 1 and doc[i - 1].is_lower and self._is_adjective(doc[i - 1]):
            i -= 1
        noun = level(text_before(doc, i).lower())
        complement = (
            i > 2
            and doc[i - 1].is_lower
            and level(doc[i - 2].lower_) in tables.without_article("de")
        )
        is_object = noun in tables.levelled_words("object_noun")
        return level(doc[i - 3].lower_) if complement and not is_object else noun

    def _is_adjective(self, token: Token) -> bool:
        return token.pos_ == "ADJ" or level(token.text) in self.demonyms

    def _is_numbered(self, doc: Doc, c: Candidate) -> bool:
        """« Minsk II », of which a finder may see « Minsk » only: an agreement, not the town."""
        end = c.end - bool(_NUMERAL.fullmatch(text_before(doc, c.end)))
        numbered = _NUMERAL.fullmatch(text_at(doc, end)) is not None
        return numbered and level(text_between(doc, c.start, end)) in self.places

    def _is_generic(self, doc: Doc, c: Candidate) -> bool:
        """« gouvernement espagnol », « Parlement israélien », « ministre de la Santé »."""
        if c.rule.found_by != "model":
            return False
        # « état-major » is three tokens
        head, _, rest = level(text_between(doc, c.start, c.end)).partition(" ")
        if head.lower() not in self.generic:
            return False
        return doc[c.start].is_lower or all(word in self.demonyms for word in rest.split())

    def _is_common(self, doc: Doc, c: Candidate) -> bool:
        """« Faudra-t-il », « Réunis mardi » opening a sentence, « les Kerbrat » for a family."""
        if c.rule.found_by not in ("model", "same-name") or c.end - c.start > 1:
            return False
        first = doc[c.start]
        if c.label == "PER" and _RUN_TOGETHER.search(first.text):
            return True
        if len(first) == 1 or level(first.lower_) in self.public:  # « Tribunal » alone names none
            return True
        before = text_before(doc, c.start).lower()
        if c.label == "PER" and (_is_opening(doc, c) or _is_quoted(doc, c)):
            return True
        if c.label in ("PER", "LOC") and before in tables.words("plural_article"):
            return level(first.text) not in self.listed
        verb = first.is_sent_start and first.pos_ in ("VERB", "AUX") and not first.is_upper
        return bool(verb) and not _is_named_inside(doc, first)


def _is_named_inside(doc: Doc, word: Token) -> bool:
    """« Vance doit », read as a verb, where « Usha Vance » stands inside a sentence."""
    return any(not doc[i].is_sent_start for i in places_of(doc, word.norm_))


def _is_named(doc: Doc, i: int) -> bool:
    """Whether « baptisé » stands before a name, or before its quotes."""
    i -= i > 0 and doc[i - 1].is_quote
    return level(text_before(doc, i).lower()) in tables.levelled_words("naming_participle")


def _is_hashtag(doc: Doc, c: Candidate) -> bool:
    """« NoTwitterDay », of which the text has « #NoTwitterDay »: words run together, no body."""
    word = doc[c.start]
    if c.end - c.start > 1 or not _INNER_CAPITAL.search(word.text):
        return False
    return any(text_before(doc, i) == "#" for i in places_of(doc, word.norm_))


def _is_foreign(doc: Doc, c: Candidate) -> bool:
    """« Also, their feed is »: what opens a sentence of English, or a word of its grammar."""
    if c.start not in foreign_tokens(doc) or c.rule.found_by != "model":
        return False
    opens = doc[c.start].is_sent_start and c.end - c.start == 1
    return opens or any(token.lower_ in foreign_words() for token in doc[c.start : c.end])


def _is_aside(doc: Doc, c: Candidate) -> bool:
    """« (Rires) Vous y pensez ? »: what is heard in an interview, a sentence in brackets."""
    alone = c.end - c.start == 1 and text_before(doc, c.start) == "("
    if not alone or text_at(doc, c.end) not in (")", ".") or doc[c.start].is_upper:
        return False
    opens = bool(doc[c.start - 1].is_sent_start) or bool(doc[c.start].is_sent_start)
    return opens and c.rule.found_by == "model"


def _is_treaty(doc: Doc, c: Candidate) -> bool:
    """« Convention relative aux droits de l'enfant »: a text, unlike a « Convention citoyenne »."""
    first = level(doc[c.start].lower_)
    if c.rule.found_by != "model" or first not in tables.levelled_words("treaty_noun"):
        return False
    alone = c.end - c.start == 1
    return alone or level(doc[c.start + 1].lower_) not in tables.levelled_words("assembly_epithet")


def _is_territory(doc: Doc, c: Candidate) -> bool:
    """« État de Californie »: a place that only its noun makes look like a body."""
    if c.label != "ORG" or c.end - c.start < 3 or not is_of(doc[c.start + 1]):
        return False
    return c.rule.found_by == "model" and level(doc[c.start].lower_) in tables.levelled_words(
        "territory_noun"
    )


def _is_speaker(doc: Doc, c: Candidate) -> bool:
    """« AG : » opening a line: the initials of who asks or answers in an interview."""
    first = doc[c.start]
    if c.label != "ORG" or c.kb_id or c.end - c.start > 1 or not first.is_upper:
        return False
    opens = c.start == 0 or "\n" in doc[c.start - 1].text
    return opens and len(first) in (2, 3) and text_at(doc, c.end) == ":"


def _is_in_event(doc: Doc, c: Candidate) -> bool:
    """« France » in « les championnats de France », « Sèvres » in « le traité de Sèvres »."""
    if c.start < 2 or not is_of(doc[c.start - 1]):
        return False
    noun = level(text_at(doc, c.start - 2).lower())
    if c.label == "LOC" and noun in tables.levelled_words("treaty_noun"):
        return True
    return c.label in ("LOC", "COUNTRY") and noun in tables.levelled_words("event_noun")


def _is_in_office(doc: Doc, c: Candidate) -> bool:
    """« chef d'état-major des armées »: what follows « de » without an article is no body."""
    before = level(text_before(doc, c.start).lower())
    return doc[c.start].is_lower and before in tables.without_article("de")


def _is_edition(doc: Doc, c: Candidate) -> bool:
    """« Paris 2024 », « Mexico 1968 »: games or a fair, not the town; or a name with its year."""
    if c.end - c.start > 1 and c.rule.found_by == "model":
        return _YEAR.fullmatch(text_before(doc, c.end)) is not None
    return c.end - c.start == 1 and _YEAR.fullmatch(text_at(doc, c.end)) is not None


def _is_direction(doc: Doc, c: Candidate) -> bool:
    """« le Sud-Est du pays »: a part of something that has no name."""
    points = tables.levelled_words("bearing_noun")
    name = level(text_between(doc, c.start, c.end).lower())
    if c.rule.found_by != "model" or name not in points:
        return False
    following = doc[c.end : c.end + 2]
    return len(following) == 2 and is_of(following[0]) and following[1].is_lower


def _is_one_of(doc: Doc, c: Candidate) -> bool:
    """« un Airbus », « 114 Airbus »: a product, not its maker."""
    before = text_before(doc, c.start)
    return c.label == "ORG" and (
        before.lower() in tables.words("singular_indefinite") or before.isdigit()
    )


def _is_medium(doc: Doc, c: Candidate) -> bool:
    """« a écrit sur Twitter »: where it was written, not who acts."""
    on = text_before(doc, c.start).lower() in tables.words("medium_preposition")
    name = level(text_between(doc, c.start, c.end)).lower()
    return on and name in tables.words("social_medium")


def _is_opening(doc: Doc, c: Candidate) -> bool:
    """« Chiche. », « Barbu, il sourit. »: a word alone that opens a sentence, met nowhere else."""
    first = doc[c.start]
    if not first.is_sent_start or first.is_upper or c.rule.found_by != "model":
        return False
    following = doc[c.end : c.end + 2]
    alone = following[:1].text in (".", "!", "?", "…")
    adjective = following[:1].text == "," and following[1:].text.lower() in ("il", "elle")
    known = level(first.text) in tables.given_forms()
    if following[:1].text.islower() and following[0].pos_ == "NOUN":  # « Périlleuse mission »
        adjective = first.pos_ in ("ADJ", "PROPN", "VERB")
    if not (alone or adjective) or known or first.text.endswith("-"):
        return False
    return places_of(doc, first.norm_) == [first.i]


def _is_quoted(doc: Doc, c: Candidate) -> bool:
    """« « Chiche », a répondu Awa Sarr »: a word alone in quotes, met nowhere else."""
    around = (*doc[max(c.start - 1, 0) : c.start], *doc[c.end : c.end + 1])
    if c.rule.found_by != "model" or len(around) < 2 or not all(t.is_quote for t in around):
        return False
    first = doc[c.start]
    if level(first.text) in tables.given_forms():
        return False
    return places_of(doc, first.norm_) == [first.i]


def _has_number(doc: Doc, c: Candidate) -> bool:
    """« March 16 », « Covid-19 Misinformation »: no person."""
    return any(text[0].isdigit() for text in texts(doc)[c.start : c.end])


def _is_code(doc: Doc, c: Candidate) -> bool:
    """« SEN » in « Awa Sarr (SEN) », « VD » in « Lausanne (VD) »: the code of a place."""
    if c.end - c.start > 1 or c.rule.found_by != "model" or not doc[c.start].is_upper:
        return False
    bracketed = text_before(doc, c.start) == "(" and text_at(doc, c.end) in (")", ",", "/")
    return bracketed and doc[c.start].lower_ in tables.words("place_code")


def _is_credit(doc: Doc, c: Candidate) -> bool:
    """« Par Zoé Ngolo » on a line of its own, « (Photo : Jean Dubel / AFP) »: who made it."""
    if c.label == "COUNTRY":
        return False
    low = small_letters(doc)
    near = low[max(c.start - _CREDIT, 0) : c.start]
    if "(" in near:
        opened = near[len(near) - near[::-1].index("(") :]
        noted = opened[:1] and (opened[0] in tables.words("credit_noun") or opened[0] == "©")
        if noted and ")" not in opened and not _has_verb(doc, c.start - len(opened), c.start):
            return True
        if opened == ["avec"] and c.label == "ORG":  # « (avec AFP) »
            return True
    start, end = c.start, c.end
    while start > 0 and "\n" not in low[start - 1]:
        if c.start - start == _CREDIT:
            return False
        start -= 1
    if low[start] not in tables.words("byline_opening"):
        return False
    while end < len(doc) and "\n" not in low[end]:
        if end - start == _BYLINE:
            return False
        end += 1
    whole = start > 0 or end < len(doc)
    short = end - start <= _BYLINE and text_before(doc, end) not in (".", "!", "?")
    return whole and short and not _has_verb(doc, start + 1, end)


def _has_verb(doc: Doc, start: int, end: int) -> bool:
    """Whether a small-letter verb other than « recueillis » stands there."""
    return any(
        t.pos_ in ("VERB", "AUX") and t.is_lower and not _is_participle(t) for t in doc[start:end]
    )


def _is_participle(token: Token) -> bool:
    return "Part" in token.morph.get("VerbForm", [])
