"""Where the name of a body ends: its complement, a branch's state, the company of a section."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.spans import is_capitalised
from entextract.records.spelling import level

# Tokens after the opening word. 5 cuts « ministère de la Santé publique du Mali »; in 2,118 texts
# none is longer than 9, but a list of a thousand capitals would be walked from each of them.
_MAX_COMPLEMENT = 9
# Tokens of a complement in small letters, « pour l'élimination de … et de … »: 8 and 99 find the
# same in these texts, so that it only bounds the time that a text without verbs takes.
_MAX_NAME = 16


def complement_end(doc: Doc, start: int, *, any_case: bool) -> int:
    """Where the complement that starts at « de » ends; ``start`` when there is none.

    Capitalised words are taken, with the adjectives after them and the links between; the first
    word may be in lower case when ``any_case`` says so. A given name ends it.
    """
    end = start
    if level(doc[start : start + 1].text.lower()) not in tables.spellings_of("de"):
        return start
    for token in doc[start : start + _MAX_COMPLEMENT]:
        i, following = token.i, doc[token.i + 1 : token.i + 2]
        if joins_halves(token, following):
            continue  # « Alpes-Maritimes »
        if is_capitalised(token):
            if token.norm_ in tables.given_forms() and any(map(is_capitalised, following)):
                break
            end = following.start
        elif level(token.lower_) in links():
            opens_noun = level(following.text.lower()) in tables.words("definite_article")
            if token.lower_ == "et" and opens_noun:
                break  # « le ministère de l'Intérieur et le Sénat »
            if token.lower_ == "à" and not opens_noun:
                break  # « le ministère de l'Intérieur à Paris »
            if token.lower_ in tables.words("medium_preposition") and _is_medium(following):
                break  # « le ministère de l'Intérieur sur Telegram »
        elif end == i and f"{doc[i - 1].text} {token.text}" in _adjectival_places():
            end = following.start  # « parquet du Brabant wallon »
        elif any_case and (
            (end == start and token.pos_ in ("NOUN", "ADJ"))
            or (token.pos_ == "NOUN" and level(doc[i - 1].lower_) == "d'")
            or (end == i and token.pos_ == "ADJ")
        ):
            end = following.start
        else:
            break
    return end


def named_end(doc: Doc, start: int) -> int:
    """Where the complements in small letters end that follow a capital opening word.

    « de la sécurité alimentaire et des affaires vétérinaires » after « Office fédéral »: each is a
    preposition and a noun with its adjectives. A capitalised noun ends them, unless it is a
    people (« des Français de l'étranger ») or opens a name of a body, which is then read to its
    own end (« des employés de la Caisse de dépôt de Québec »); so do a state with its article
    (« du Qatar »), a noun of time, and « et des experts » where a plural verb follows.

    Returns:
        The token after them; ``start`` when there is none.
    """
    end = i = start
    while i < len(doc) and i - start < _MAX_NAME:
        first = i == start
        noun = _noun_after_link(doc, i, first=first)
        if noun == i:
            break
        stop = _noun_group_end(doc, noun)
        if stop == noun or _is_state_with_article(doc, noun, first=first):
            break
        if level(doc[i].lower_) == "et" and _acts_with_others(doc, stop):
            break
        end = i = stop
        head = doc[noun]
        if not is_capitalised(head) or level(head.lower_) in tables.demonyms():
            continue
        if stop == noun + 1 and level(head.lower_) in _opening_words():
            end = _body_end(doc, stop)
        break
    return end


def _body_end(doc: Doc, start: int) -> int:
    """Where the body ends whose opening word is before a token: « scolaire de Laval »."""
    i = start + len(list(takewhile(_is_adjective, doc[start:])))
    return max(complement_end(doc, i, any_case=False), named_end(doc, i))


def branch_end(doc: Doc, end: int) -> int:
    """Where a name with the state of a branch ends: « Amnesty International France ».

    Returns:
        The token after the state that stands right behind the name, else ``end``.
    """
    state = doc[end : end + 1].text
    after = doc[end + 1 : end + 2].text
    joined = end > 0 and bool(doc[end - 1].whitespace_) and not doc[end - 1].is_punct
    known = level(state) in _branch_words()
    return end + 1 if known and joined and after != "-" and not after.isdigit() else end


def section_end(doc: Doc, end: int, names: Mapping[int, int]) -> int:
    """Where « SNPL Air France » ends, a union's section, of which a company's name is listed.

    Args:
        doc: the document.
        end: the token after the union.
        names: the end of the longest listed name that starts at each token.
    """
    joined = end > 0 and bool(doc[end - 1].whitespace_)
    return names.get(end, end) if joined and _is_section(doc[end - 1]) else end


def _is_section(token: Token) -> bool:
    return token.norm_ in _sections()


@cache
def _opening_words() -> frozenset[str]:
    """The words that open the name of a body, or of a town or a region that acts as one."""
    kinds = (row.form for row in tables.body_kinds() if row.match == "opens")
    words = (w.form for w in tables.org_words() if w.pattern == "proper")
    towns = tables.words("administrative_division")
    return frozenset(level(form).lower() for form in (*kinds, *words, *towns))


@cache
def _sections() -> frozenset[str]:
    return frozenset(level(w.form) for w in tables.org_words() if w.pattern == "section")


@cache
def _branch_words() -> frozenset[str]:
    words = (w.form for w in tables.org_words() if w.pattern == "branch")
    states = (r.form for r in tables.countries() if r.kind in ("canonical", "name"))
    return frozenset(map(level, (*words, *(form for form in states if form[:1].isupper()))))


@cache
def _adjectival_places() -> frozenset[str]:
    """« Brabant wallon », « Pays basque »: listed places that end with a word in small letters."""
    forms = (row.form for row in tables.places())
    return frozenset(form for form in forms if form.count(" ") == 1 and form.split()[1].islower())


def _noun_after_link(doc: Doc, i: int, *, first: bool) -> int:
    """Where the noun of a complement stands, behind its preposition and article."""
    rest = doc[i:]
    opened = level(rest[:1].text.lower()) == "et"
    places = rest[opened:]
    word = level(places[:1].text.lower())
    article = level(places[1:2].text.lower()) in tables.words("definite_article")
    if word in tables.spellings_of("de"):
        return places.start + 1 + article
    to = word in tables.levelled_words("contracted_article") or (word == "a" and article)
    if not opened and (word == "aux" or (first and (to or word in ("pour", "contre")))):
        return places.start + 1 + article
    if opened and not first and _is_plain_noun(places[:1]):
        return places.start  # « des droits et libertés »
    return i


def _is_plain_noun(place: Span) -> bool:
    return any(t.is_lower and t.pos_ == "NOUN" for t in place)


def _noun_group_end(doc: Doc, noun: int) -> int:
    """The end of a noun with its adjectives, or of capitalised words; ``noun`` if none is there."""
    head = doc[noun : noun + 1]
    if any(map(is_capitalised, head)):
        given = tables.given_forms()  # « Intérieur », not « Intérieur Awa Sarr »
        words = takewhile(
            lambda t: (
                (is_capitalised(t) and level(t.text) not in given)
                or joins_halves(t, doc[t.i + 1 :])
            ),
            doc[noun:],
        )
        return noun + len(list(words))
    before = len(list(takewhile(lambda t: t.is_lower and t.pos_ in ("ADJ", "NUM"), doc[noun:])))
    i = noun + before
    word = doc[i : i + 1]
    if not _is_plain_noun(word) or word.text in tables.words("time", "weekday", "month"):
        return noun
    return i + 1 + len(list(takewhile(_is_adjective, doc[i + 1 :])))


def _is_adjective(token: Token) -> bool:
    """An adjective in small letters that is no verb the model misreads (« manque »)."""
    return token.is_lower and token.pos_ == "ADJ" and token.lower_ not in tables.finite_forms()


def _is_state_with_article(doc: Doc, noun: int, *, first: bool) -> bool:
    """« du Qatar » after a complement; « de France » belongs to the name."""
    if first or level(doc[noun].text) not in _branch_words():
        return False
    return level(doc[noun - 1].lower_) not in tables.without_article("de")


def _acts_with_others(doc: Doc, end: int) -> bool:
    """Whether « et des experts » is another subject: a plural verb follows."""
    verb = doc[end : end + 1]
    return any(t.pos_ in ("VERB", "AUX") and "Plur" in t.morph.get("Number", []) for t in verb)


def _is_medium(place: Span) -> bool:
    """A social network, on which a body speaks: « Telegram »."""
    media = tables.levelled_words("social_medium")
    return any(is_capitalised(t) and level(t.lower_) in media for t in place)


def joins_halves(token: Token, following: Span) -> bool:
    """A hyphen between two capitalised words."""
    if token.text != "-" or token.whitespace_ or token.nbor(-1).whitespace_:
        return False
    return is_capitalised(token.nbor(-1)) and any(map(is_capitalised, following[:1]))


@cache
def links() -> frozenset[str]:
    """Small words inside a name: « de la », « et », « pour »."""
    of = tables.spellings_of("de")
    return of | tables.levelled_words("definite_article", "name_link")
