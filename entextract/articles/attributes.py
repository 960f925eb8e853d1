"""Tags with more attributes than any page has: libxml2 compares each of them with all the others.

A hundred thousand in one tag take it over a minute, so that they are counted before it sees them.
"""

from __future__ import annotations

import re

MOST_ATTRIBUTES = 1000  # of one tag; none of 141 saved pages has more than 30

_OPENING = re.compile("<(?:!--|([a-zA-Z][^\\s/>]*))")
# what follows the name of a tag until it is closed; possessive, so that no character is read twice
_REST = re.compile(r"""(?:[\s/]++|=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)|[^\s/>=]++)*+""")
_NAME = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+)|([^\s/>=]++)""")
# what holds text and no elements, and how it ends
_RAW = ("script", "style", "textarea", "title", "noscript", "iframe", "xmp")
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in _RAW} | {"": re.compile("-->")}


def too_many_attributes(source: str) -> int:
    """The number of attributes of the first tag of a page that has too many, else 0.

    >>> too_many_attributes("<p " + "a " * 1001 + ">"), too_many_attributes("<p a='b' c>")
    (1001, 0)
    """
    at, never = 0, set[str]()
    while found := _OPENING.search(source, at):
        name = (found[1] or "").lower()
        at = found.end()
        if name:
            rest = _REST.match(source, at)
            at = rest.end() if rest else at
            if rest and len(rest[0]) > 2 * MOST_ATTRIBUTES:
                count = sum(1 for one in _NAME.finditer(rest[0]) if one[1])
                if count > MOST_ATTRIBUTES:
                    return count
        if name in _ENDS and name not in never:
            if end := _ENDS[name].search(source, at):
                at = end.start()
            else:
                never.add(name)  # it is not looked for again and again
    return 0
