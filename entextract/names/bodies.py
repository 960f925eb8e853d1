"""What names of organisations say by themselves: form, acronym, body of a state.

Pure functions on forms and tables.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from entextract import tables
from entextract.names.acronyms import unlettered
from entextract.records.ids import has_label, id_of_name, key_of, make_id
from entextract.records.spelling import level, slug

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.]{1,9}")
_PLACE = re.compile(r" (?:d['’]|(?:de|du|des|de la|de l['’]) )[A-ZÀ-Ý][^ ]*$")
_ENOUGH = 3  # mentions of a state that make an article one about it
_MANY = 3  # times that it must be named more often than any other state


@lru_cache(maxsize=300_000)
def key(form: str) -> str:
    """A form without what changes nothing: case, accents, article, legal form.

    >>> key("Rivage S.A.") == key("groupe Rivage") == key("RIVAGE")
    True
    """
    return " ".join(_without_article(display(form)))


@lru_cache(maxsize=300_000)
def own_id(form: str) -> str:
    """The identifier that a form has by itself.

    >>> own_id("Banque Atlantique SA")
    'org:banque-atlantique'
    """
    return id_of_name("ORG", display(form))


@lru_cache(maxsize=300_000)
def display(form: str) -> str:
    """The form as printed, without its legal form: what the identifier is made from.

    >>> display("Banque Atlantique SA"), display("groupe Rivage"), display("Groupe d'action locale")
    ('Banque Atlantique', 'Rivage', "Groupe d'action locale")
    """
    words = form.split()
    starts, ends = _legal_forms()
    while len(words) > 1 and _glued(words[0]) in starts and words[1][:1].isupper():
        words = words[1:]
    while len(words) > 1 and words[-1][:1].isupper() and _glued(words[-1]) in ends:
        words = words[:-1]
        while len(words) > 1 and words[-1] == "&":
            words = words[:-1]
    return " ".join(words).rstrip(",")


def is_acronym(form: str) -> bool:
    """« OPAP », « B.E.R.D. »; two letters at least, all of them capitals."""
    return bool(_ACRONYM.fullmatch(level(form)))


def initials(form: str) -> frozenset[str]:
    """The acronyms that a long form may have, stop words skipped or counted.

    >>> sorted(initials("Observatoire des prix agricoles du Ponant"))
    ['ODPADP', 'OPAP']
    """
    words = _words(form)
    every = "".join(w[0] for w in words)
    full = "".join(w[0] for w in words if w not in unlettered())
    return frozenset(a.upper() for a in (every, full) if len(a) > 1)


def local_initials(form: str) -> frozenset[str]:
    """The same without the place that ends a name in small letters, which is no part of it.

    >>> sorted(local_initials("police aux frontières d'Hendaye"))
    ['PAF', 'PF']
    """
    bare = _PLACE.sub("", form)
    return initials(bare) if bare != form and form[:1].islower() else frozenset()


# --- bodies that several states have


@dataclass(frozen=True, slots=True)
class Body:
    """A body of a state: what it is (« ministere de la defense »), and whose, if it says so."""

    kind: str
    country: str = ""


@lru_cache(maxsize=300_000)
def parse_body(form: str) -> Body | None:
    """What body of which state a form names; nothing when it is no such body.

    >>> parse_body("ministère russe de la Défense")
    Body(kind='ministere de la defense', country='RU')
    >>> parse_body("Cour suprême d'Israël"), parse_body("Sénat")
    (Body(kind='cour supreme', country='IL'), Body(kind='senat', country=''))
    """
    words = _without_article(form)
    head = words
    while head and " ".join(head) not in _heads():
        head = head[:-1]
    if not head:
        return None
    rest, country = _without_country(words[len(head) :])
    opens = _heads()[" ".join(head)] == "opening"
    return Body(" ".join([*head, *rest]), country) if bool(rest) == opens else None


def _without_article(form: str) -> list[str]:
    words = _words(form)
    return words[1:] if len(words) > 1 and words[0] in _articles() else words


@cache
def _articles() -> frozenset[str]:
    """Without apostrophes, which part the words of a name."""
    return frozenset(word.rstrip("'") for word in tables.words("definite_article"))


@cache
def _of() -> frozenset[str]:
    """« de », « de la », « d' »."""
    of = {word.rstrip("'") for word in tables.spellings_of("de")}
    return frozenset(of | {"la", "l"})


def _without_country(words: list[str]) -> tuple[list[str], str]:
    """The words without the state that they name by its adjective or its name."""
    demonyms, names = _states()
    if words and words[0] in demonyms:
        return words[1:], demonyms[words[0]]
    if words and words[-1] in demonyms:
        return words[:-1], demonyms[words[-1]]
    for n, word in enumerate(words, 1):
        name = " ".join(words[n:])
        if name in names and word in _of():
            before = words[:n]
            while before and before[-1] in _of():
                before = before[:-1]
            return before, names[name]
    return words, ""


def body_id(body: Body) -> str:
    """The identifier of the body of a state, that of the table of organisations if it has it.

    >>> body_id(Body("cour supreme", "US")), body_id(Body("cour supreme", "ML"))
    ('org:cour-supreme-americaine', 'org:cour-supreme-mali')
    """
    known = _known_bodies().get(body)
    if known:
        return known
    state = tables.country_names().get(body.country, body.country)
    return make_id("ORG", f"{slug(body.kind)}-{slug(state)}")


def count_states(entities: Iterable[str]) -> Counter[str]:
    """How often each state is named, by ISO code.

    >>> count_states(["country:ML", "org:onu", "country:ML"])
    Counter({'ML': 2})
    """
    return Counter(key_of(e) for e in entities if has_label(e, "COUNTRY"))


def dominating(states: Mapping[str, int]) -> str:
    """The state that an article is clearly about, or an empty string.

    >>> dominating({"ML": 4, "FR": 1}), dominating({"ML": 2, "FR": 2})
    ('ML', '')
    """
    if not states:
        return ""
    (state, often), *others = Counter(states).most_common(2)
    second = sum(times for _, times in others)
    return state if often >= max(_ENOUGH, _MANY * second) else ""


def owner(
    body: Body, named: frozenset[str], states: Mapping[str, int], beside: frozenset[str]
) -> tuple[str, str]:
    """Whose body a bare name means in an article, and by which rule; two empty strings if unknown.

    The only state whose body of that name the article names in full; else, the state that the
    article is clearly about, when it has such a body. A body of every state (« ministère de la
    Défense ») needs an article that names one state only, or one that opens the body's sentences.

    Args:
        body: the bare body.
        named: the states whose body of that name the article names in full.
        states: how often the article names each state.
        beside: the states that open the sentences of the body, alone in them.
    """
    if named:
        return (next(iter(named)), "only-body") if len(named) == 1 else ("", "ambiguous")
    about = dominating(states)
    having = _having().get(body.kind)
    if about in (having or (states if len(states) == 1 else ())):
        return about, "state-of-article"
    if not about and not having and len(beside) == 1:
        return next(iter(beside)), "state-of-sentence"
    return "", ""


# --- the tables, ready to look up


@lru_cache(maxsize=300_000)
def words_of(text: str) -> tuple[str, ...]:
    """The words of a form as they are compared: small letters, no accents, no points.

    >>> words_of("Observatoire des prix, B.E.R.D.")
    ('observatoire', 'des', 'prix', 'berd')
    """
    text = re.sub(r"(?<=\b\w)\.(?=\w\b|$)|\.(?=\s|$)", "", level(text).lower())
    return tuple(re.sub(r"[-'&,/()«»\"]+", " ", text).split())


def _words(form: str) -> list[str]:
    return list(words_of(form))


def _glued(word: str) -> str:
    return "".join(words_of(word))


@cache
def _legal_forms() -> tuple[frozenset[str], frozenset[str]]:
    """Those that stand before a name, and those that stand after it."""
    starts, ends = (
        frozenset(_glued(r.form) for r in tables.legal_forms() if r.position == position)
        for position in ("start", "end")
    )
    return starts, ends


@cache
def _heads() -> dict[str, str]:
    return {" ".join(_words(r.form)): r.kind.replace("home", "other") for r in tables.bodies()}


@cache
def _having() -> dict[str, frozenset[str]]:
    """The states that have a body of each name; nothing for the bodies that every state has."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in tables.bodies():
        if row.country:
            found[" ".join(_words(row.form))].add(row.country)
    return {kind: frozenset(states) for kind, states in found.items()}


@cache
def _states() -> tuple[dict[str, str], dict[str, str]]:
    """State of each demonym and of each name that belong to one state only."""
    found: tuple[dict[str, str], dict[str, str]] = ({}, {})
    shared: set[tuple[int, str]] = set()
    for row in tables.countries():
        if row.kind not in ("demonym", "canonical", "name"):
            continue
        kind, form = int(row.kind != "demonym"), " ".join(_words(row.form))
        if found[kind].setdefault(form, row.id) != row.id:
            shared.add((kind, form))
    for kind, form in shared:
        del found[kind][form]
    return found


@cache
def _known_bodies() -> dict[Body, str]:
    """Identifiers that the table of organisations gives to bodies of states."""
    bare = {" ".join(_words(r.form)): r.country for r in tables.bodies() if r.kind == "home"}
    found: dict[Body, str] = {}
    for row in tables.organisations():
        body = parse_body(row.form) if row.kind in ("long", "alias") else None
        if body is not None:
            country = body.country or bare.get(body.kind, "")
            if country:
                found.setdefault(Body(body.kind, country), make_id("ORG", row.id))
    return found


@cache
def listed() -> dict[str, str]:
    """Identifier of each form of the table of organisations that no other one shares, by key."""
    ids: dict[str, set[str]] = defaultdict(set)
    for row in tables.organisations():
        if row.strength == "strong" and row.kind != "metonym":
            ids[key(row.form)].add(make_id("ORG", row.id))
    return {form: next(iter(found)) for form, found in ids.items() if len(found) == 1}


@cache
def listed_ids() -> frozenset[str]:
    """Every identifier of the table of organisations."""
    return frozenset(make_id("ORG", row.id) for row in tables.organisations())


@cache
def _branch_words() -> frozenset[str]:
    """« france », « belgium »: what a branch adds to the name of its company."""
    added = (w.form for w in tables.org_words() if w.pattern == "branch")
    return frozenset({*_states()[1], *(" ".join(_words(form)) for form in added)})


def is_branch(words: tuple[str, ...]) -> bool:
    """Whether what follows a company's name is the state of a branch: « Solmec France »."""
    return " ".join(words) in _branch_words()


def is_head(words: tuple[str, ...]) -> bool:
    """Whether a lone word is what a body is, as « Commission » is for the only one named in full.

    >>> is_head(("commission",)), is_head(("banque", "atlantique"))
    (True, False)
    """
    return len(words) == 1 and words[0] in tables.levelled_words("institution_head")


def lacks_adjective(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """« tribunal de Bayonne », « tribunal judiciaire de Bayonne »: one court.

    >>> lacks_adjective(("tribunal", "de", "metz"), ("tribunal", "judiciaire", "de", "metz"))
    True
    """
    court = short[0] in tables.levelled_words("court_noun") and len(short) > 2
    return court and short == (*long[:1], *long[2:]) and long[1] not in unlettered()


@cache
def _common_words() -> frozenset[str]:
    """Words that many organisations' names open with, and that name none alone."""
    words = {" ".join(_words(w.form)) for w in tables.org_words()}
    return frozenset(words | _states()[0].keys() | _states()[1].keys())


def is_common(words: tuple[str, ...]) -> bool:
    """Whether words open many names and are short for none: « banque », « ministère de »."""
    common = _common_words()
    form = " ".join(words)
    return (
        len(words[0]) < 3
        or form in common
        or all(w in common or w in unlettered() for w in words)
        or parse_body(form) is not None
    )
