"""Standard input as a file: what another program gives is kept, so that it can be read again."""

from __future__ import annotations

import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

from entextract.articles.columns import Columns
from entextract.articles.encoding import beginning

NAME = "-"
_FOLDERS: list[tempfile.TemporaryDirectory[str]] = []  # removed when the program ends
_HEAD = 2**16


@cache
def spooled() -> Path:
    """The file in which standard input was kept; its extension says what its content cannot."""
    folder = tempfile.TemporaryDirectory(prefix="entextract-")
    _FOLDERS.append(folder)
    path = Path(folder.name, "stdin")
    with path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    head = beginning(path, _HEAD).lstrip("\ufeff")
    first = head.partition("\n")[0]
    names = (
        [name.strip(' "\r') for name in first.split(mark)] for mark in ",;\t|" if mark in first
    )
    table = first.lower().startswith("sep=") or any(map(Columns({}).knows_text, names))
    return path.rename(path.with_suffix(".csv" if table else ".txt"))
