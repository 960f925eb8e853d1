"""How many words of each quotation are counted, so that no word counts twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from entextract.records.nouns import Quote

_WORD = re.compile(r"\w+(?:[-.,]\w+)*")  # « l'eau » is two words, « porte-parole » and « 3,5 » one


def counted_words(quotes: Iterable[Quote]) -> list[int]:
    """The words of each quotation that no other holds, the direct ones first.

    « Rey estime que le plan « coûtera cher » » is two quotations, an indirect one of four words
    and inside it a direct one of two: they count two each.

    >>> said = "le plan « coûtera cher"
    >>> whole = Quote("a", "per:rey", "Rey", said, 15, 37, "estime", "indirect", "that")
    >>> part = Quote("a", "per:rey", "Rey", "coûtera cher", 25, 37, "estime", "direct", "verb")
    >>> counted_words([whole, part])
    [2, 2]
    """
    quotes = list(quotes)
    counts = [0] * len(quotes)
    seen: dict[str, set[int]] = defaultdict(set)  # where the words counted stand, by article
    for n in sorted(range(len(quotes)), key=lambda n: quotes[n].kind != "direct"):
        quote = quotes[n]
        held = seen[quote.article]
        places = {quote.start + word.start() for word in _WORD.finditer(quote.text)}
        counts[n] = len(places - held)
        held |= places
    return counts
