"""Names of authors, out of the signatures that pages print around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from entextract import tables
from entextract.articles.page_lines import has_kind, words_of

_ADDRESS = re.compile(r"https?:|www\.|@|^/")
_OPENING = re.compile(
    r"^\W*(?:(?:un article|article|texte|propos|publi[ée]|post[ée]|[ée]crit|r[ée]dig[ée]"
    r"|[ée]dit[ée]|r[ée]alis[ée])\s+)?(?:recueillie?s?\s+)?"
    r"(?:(?:par|by|de notre[^,:]*,)\s*:?|de\s*:)\s+",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\s*(?:\b(?:publi[ée]e?|mis à jour|modifi[ée]|post[ée]|cr[ée]{2}|le \d|à \d|il y a)\b.*"
    r"|\(.*|[|•·–].*|\d{1,2}[/.]\d{1,2}.*)$",
    re.IGNORECASE | re.DOTALL,
)
_DATED = re.compile(  # « Publié le 5 mars 2024 à 8h12 par »
    r"^\W*(?:publi[ée]|mis à jour|post[ée]|[ée]crit)\b[^;|]{0,60}?\d[^;|]{0,40}?\s(?=par\s)",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s*\((?:à|au|en|de|from|in)\s[^()]*\)")  # « Awa Sarr (à Accra) »
_FIRST_WORD = re.compile(r"^\W*\w+\s*:?\s*")
_SENTENCE = re.compile(r"\w{4,}\.$")  # a full stop, not that of an initial
_LABEL = re.compile(r"\s+(?:auteur|autrice|journaliste|r[ée]dact(?:eur|rice))e?s?$", re.IGNORECASE)
_WITH = re.compile(r"\s+(?:avec|with)\s+", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[;,/|&]\s*|\s+(?:et|and|ET|AND)\s+")
_MOST_WORDS = 6
_LONGEST_SIGNATURE = 15  # words, of twelve characters at most


def names_of(
    signatures: Iterable[str], source: str = "", *, trusted: bool = True
) -> tuple[str, ...]:
    """The names in some signatures, each once; agencies only where no person signed.

    Args:
        signatures: as the page gives them.
        source: the newspaper, which is an author only where the page says so.
        trusted: whether the page gives each as the name of an author.

    >>> names_of(["Par Awa Sarr et Jean Dupré avec AFP"])
    ('Awa Sarr', 'Jean Dupré')
    >>> names_of(["Textes : Awa Sarr / Photos : Léo Kern", "Publié le 3 mai par Ana Diop (à Lomé)"])
    ('Awa Sarr', 'Ana Diop')
    >>> names_of(["AFP Publié le 3 mai"]), names_of(["Le-Pli.fr"], "Le Pli", trusted=False)
    (('AFP',), ())
    """
    agencies = _table("agency")
    people: dict[str, None] = {}
    others: dict[str, None] = {}
    for signature in signatures:
        said = _bare(signature)
        first, *rest = _WITH.split(said, maxsplit=1)
        if rest and not _is_publisher(first, source):
            said = f"{first}; {rest[0]}"
        for part in [said] if _is_publisher(first, source) else _SPLIT.split(said):
            role = words_of(part)[:1]
            if role in _table("other_role"):
                continue
            if role in _table("role"):
                part = _FIRST_WORD.sub("", part)
            name = _LABEL.sub("", _OPENING.sub("", part)).strip()
            if not name or len(name.split()) > _MOST_WORDS or name[0].isdigit():
                continue
            if _is_publisher(name, source):
                if trusted:
                    others[name] = None
            elif words_of(name) in agencies:
                others[name] = None
            elif trusted or _is_name(name):
                people[name] = None
    return tuple(people or others)


@cache
def _table(kind: str) -> frozenset[tuple[str, ...]]:
    """The words of a kind in the table, as they are compared."""
    return frozenset(words_of(name) for name in tables.page_words(kind))


def is_signature(line: str, authors: Sequence[str]) -> bool:
    """Whether a line is nothing but the names of the authors.

    >>> is_signature("Par Awa Sarr", ["Awa Sarr"]), is_signature("Awa Sarr dort.", ["Awa Sarr"])
    (True, False)
    """
    if len(line) > _LONGEST_SIGNATURE * 12:
        return False
    said = words_of(_bare(line))
    known = {word for name in authors for word in words_of(name)}
    return 0 < len(said) <= len(known) + 1 and set(said) <= known | {"et"}


def shown_authors(tree: Any, source: str) -> tuple[str, ...]:
    """The names in the first signature that a page shows, by what its elements are called.

    >>> from entextract.articles.markup import html_tree
    >>> shown_authors(html_tree('<p class="byline">Par <a href="/a">Awa Sarr</a></p>'), "")
    ('Awa Sarr',)
    """
    for element in tree.iter("a", "address", "div", "p", "span", "strong", "li"):
        if _signs(element) and not any(map(_is_other, element.iterancestors())):
            said = " ".join("".join(element.itertext()).split())
            if said and len(said.split()) <= _LONGEST_SIGNATURE:
                names = names_of([said], source, trusted=False)
                if names:
                    return names
    return ()


def _signs(element: Any) -> bool:
    """Whether an element says that it holds the name of an author."""
    return (
        element.get("rel") == "author"
        or "author" in (element.get("itemprop") or "").split()
        or has_kind(element, "byline")
    )


def _is_other(element: Any) -> bool:
    """Whether what an element holds is signed by others: a picture, a comment."""
    return element.tag in ("figure", "figcaption", "aside") or has_kind(element, "other_byline")


def _bare(signature: str) -> str:
    """A signature without « Par » and what follows the names."""
    said = " ".join(signature.split())
    if _ADDRESS.search(said):
        return ""
    said = _OPENING.sub("", _PLACE.sub("", _DATED.sub("", said)))
    said = _ENDING.sub("", said).strip(" ,;:-–•|")
    return said[:-1] if _SENTENCE.search(said) else said


def _is_publisher(name: str, source: str) -> bool:
    """Whether a name is that of the newspaper, or of it with others."""
    own = "".join(words_of(source))
    joined = "".join(words_of(name))
    return len(own) > 2 and joined.startswith(own)


def _is_name(name: str) -> bool:
    """Whether some words look like the name of a person."""
    parts = name.replace("-", " ").split()
    return len(parts) > 1 and name[0].isupper() and parts[-1][0].isupper()
