"""What the rows of an article depend on beside its text: code, tables, model and options."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from entextract import __version__
from entextract.reading.load import model_folder, models_root
from entextract.reading.press_ner import BASE, FOLDER
from entextract.reading.press_pos import FOLDER as POS_FOLDER
from entextract.records.files import digest, file_digest

_PACKAGE = Path(__file__).resolve().parents[1]
# what reads an article; the rest of the package only handles rows
READING = ("actors", "linking/minhash", "names", "pipes", "reading", "records", "tables")


def fingerprint(options: Mapping[str, Any]) -> dict[str, Any]:
    """Versions and digests of all that decides which rows an article gives.

    Args:
        options: of ``load``.

    Raises:
        ModelNotFound: there is no such pipeline.
        FileNotFoundError: the table named by ``extra`` does not exist.
    """
    name = options.get("name")
    folders = [
        model_folder(name or BASE),
        *([] if name else [models_root() / FOLDER, models_root() / POS_FOLDER]),
    ]
    code = [path for one in READING for path in _sources(_PACKAGE / one)]
    found: dict[str, Any] = {
        "entextract": __version__,
        "spacy": version("spacy"),
        "code": _digest(code, _PACKAGE),
        "tables": _digest((_PACKAGE / "data").glob("*.csv"), _PACKAGE),
        "model": [_digest(_model_files(folder), folder) for folder in folders],
        "options": {key: _plain(value) for key, value in sorted(options.items())},
    }
    if lists := lists_of(options):
        found["extra"] = [[str(path), file_digest(path)] for path in lists]
    return found


def lists_of(options: Mapping[str, Any]) -> list[Path]:
    """The lists of actors that options of ``load`` name."""
    extra = options.get("extra") or ()
    return [Path(extra)] if isinstance(extra, str | Path) else [Path(path) for path in extra]


def lists_changed(options: Mapping[str, Any], depends: Mapping[str, Any]) -> list[str]:
    """The lists of actors that are no more what they were when a run began.

    Args:
        options: of ``load``.
        depends: what ``fingerprint`` said of them then.
    """
    before = dict(depends.get("extra", ()))
    return [
        str(path)
        for path in lists_of(options)
        if not path.exists() or before.get(str(path)) != file_digest(path)
    ]


def _sources(path: Path) -> Iterable[Path]:
    return path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]


def _model_files(folder: Path) -> Iterable[Path]:
    return (p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _digest(paths: Iterable[Path], base: Path) -> str:
    """One digest of the names and contents of files, whatever the order and the place."""
    whole = digest()
    for path in sorted(paths):
        whole.update(f"{path.relative_to(base).as_posix()}\0{file_digest(path)}\n".encode())
    return whole.hexdigest()


def _plain(value: Any) -> Any:
    """An option as JSON has it."""
    if isinstance(value, str | Path):
        return str(value)
    return json.loads(json.dumps(list(value) if isinstance(value, set | tuple) else value))
