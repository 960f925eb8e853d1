"""What pages in Markdown show, and how it is run: Python with what it prints, commands."""

import contextlib
import io
import re
import shlex
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A fenced block."""

    language: str
    code: str


def blocks(page: Path) -> list[Block]:
    """The fenced blocks of a page, in order."""
    return [Block(*found) for found in FENCE.findall(page.read_text(encoding="utf-8"))]


def run_python(page: Path) -> None:
    """Run the ``python`` blocks in one namespace; each prints what the ``text`` after it shows."""
    names: dict[str, object] = {"__name__": "__main__"}  # as in a script
    for block, after in pairwise([*blocks(page), Block("", "")]):
        if block.language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as printed:
                exec(compile(block.code, str(page), "exec"), names)
            shown = after.code if after.language == "text" else ""
            assert printed.getvalue().strip() == shown.strip()


def run_commands(page: Path, run: Callable[[Sequence[str]], object]) -> None:
    """Give the arguments of each command ``entextract`` in the ``bash`` blocks to a function."""
    for block in blocks(page):
        if block.language == "bash":
            for line in block.code.replace("\\\n", " ").splitlines():
                name, *arguments = shlex.split(line, comments=True) or ["entextract", "--version"]
                assert name == "entextract", line
                run(arguments)
