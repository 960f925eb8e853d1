"""Bodies that a language model takes for persons, told by their form and the words beside."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from entextract import tables
from entextract.pipes.spans import text_before

_COINED = re.compile(r"([A-Z][a-zà-ÿ]{2,})(?:[A-Z][a-zà-ÿ]+|&[A-Z][a-zà-ÿ]*)$")


def is_coined(token: Token) -> bool:
    """« TheVerge », « Tech&Co »: a name that is no person's, unlike « DeSantis », « McCain »."""
    found = _COINED.match(token.text)
    return found is not None and found[1].lower() not in tables.words("surname_prefix")


def is_listed_body(doc: Doc, start: int, end: int) -> bool:
    """« la Dinasa » in « la Dinasa, Cap Invest et DNC »: an article, and bodies beside it."""
    if end - start > 1 or text_before(doc, start).lower() not in ("la", "l'"):
        return False
    joined = doc[end : end + 1].text in (",", "et") and doc[start].norm_ not in tables.given_forms()
    return joined and any(
        t.ent_iob_ == "B" and t.ent_type_ == "ORG" for t in doc[end + 1 : end + 2]
    )
