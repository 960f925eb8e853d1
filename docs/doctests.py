"""Examples in docstrings stand under no heading: the reference shows them as code all the same."""

import re
from typing import Any

import griffe

_FIRST = re.compile(r"^>>> ", re.MULTILINE)


class Doctests(griffe.Extension):
    """Puts the lines from the first ``>>>`` on into a section of examples."""

    def on_object(self, *, obj: griffe.Object, **kwargs: Any) -> None:
        if obj.docstring and (found := _FIRST.search(obj.docstring.value)):
            text = obj.docstring.value
            examples = "".join(f"    {line}\n" for line in text[found.start() :].splitlines())
            obj.docstring.value = f"{text[: found.start()]}Examples:\n{examples}"
