"""What names of organisations say by themselves: form, acronym, body of a state.

Pure functions on forms and tables.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache

from entextract import tables
from entextract.names.acronyms import unlettered
from entextract.records.ids import id_of_name, make_id
from entextract.records.spelling import level

_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.]{1,9}")
_PLACE = re.compile(r" (?:d['’]|(?:de|du|des|de la|de l['’]) )[A-ZÀ-Ý][^ ]*$")


@lru_cache(maxsize=300_000)
def key(form: str) -> str:
    """A form without what changes nothing: case, accents, article, legal form.

    >>> key("Rivage S.A.") == key("groupe Rivage") == key("RIVAGE")
    True
    """
    return " ".join(without_article(display(form)))


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


# --- the tables, ready to look up


def without_article(form: str) -> list[str]:
    """The words of a form, as they are compared, without the article before them."""
    words = _words(form)
    return words[1:] if len(words) > 1 and words[0] in _articles() else words


@cache
def _articles() -> frozenset[str]:
    """Without apostrophes, which part the words of a name."""
    return frozenset(word.rstrip("'") for word in tables.words("definite_article"))


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
def states_by_word() -> tuple[dict[str, str], dict[str, str]]:
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
    return frozenset({*states_by_word()[1], *(" ".join(_words(form)) for form in added)})


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
    """« tribunal de Bayonne », « tribunal judiciaire de Bayonne »: one court; « cour de Pau » too.

    >>> lacks_adjective(("tribunal", "de", "metz"), ("tribunal", "judiciaire", "de", "metz"))
    True
    """
    court = short[0] in tables.levelled_words("court_noun") and len(short) > 2
    end = len(long) - len(short) + 1  # of what the short name leaves out
    if not court or end < 2 or short != (*long[:1], *long[end:]):
        return False
    return long[1] not in unlettered() or end > 2  # « d'appel », « de commerce »
