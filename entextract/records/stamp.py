"""Which run the files of a folder belong to: a folder holds one, in one form or in both.

A run by shards leaves tables in Parquet, whose ``content.json`` says what they were made of; the
CSV tables beside them bear the digest of that in ``report.json``. Tables that ``to_csv`` writes of
rows in memory bear none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from entextract.records.files import digest
from entextract.records.nouns import DERIVED
from entextract.records.nouns import TABLES as TABLE_NAMES

MANIFEST = "manifest.json"  # where it stands, the folder holds shards
TABLES, TABLES_CONTENT = "tables", "content.json"


def has_shards(folder: Path) -> bool:
    """Whether a folder holds a run by shards, finished or not."""
    return (folder / MANIFEST).exists()


def content_of(tables: Path) -> dict[str, Any]:
    """What Parquet tables say they were made of; nothing, if they are not there or damaged."""
    try:
        content = json.loads((tables / TABLES_CONTENT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def stamp_of(tables: Path) -> str:
    """By what the CSV tables made of Parquet tables are known; empty if these are not there."""
    content = content_of(tables)
    return digest(json.dumps(content, sort_keys=True).encode()).hexdigest() if content else ""


def check_readable(folder: Path, stamp: str) -> None:
    """Refuse CSV tables that are not those of the shards beside them.

    Args:
        folder: of the tables.
        stamp: that they bear.

    Raises:
        ValueError: it is not the stamp of the run in the folder, or this is not finished.
    """
    if not has_shards(folder):
        return
    if not _is_finished(folder):
        raise ValueError(
            f"{folder}: the run is not finished, and its tables are of an earlier one; start the "
            "same command again, and it goes on where it stopped"
        )
    if not stamp or stamp != stamp_of(folder / TABLES):
        raise ValueError(
            f"{folder}: its CSV tables and its shards are of two runs; start the latest command "
            "again, which writes them anew, or take the shards (open_run)"
        )


def _is_finished(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["complete"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def check_writable(folder: Path, stamp: str) -> None:
    """Refuse to write CSV tables beside the shards of another run.

    Args:
        folder: where they are to stand.
        stamp: that they are to bear.

    Raises:
        FileExistsError: it is not the stamp of the run in the folder.
    """
    if has_shards(folder) and (not stamp or stamp != stamp_of(folder / TABLES)):
        raise FileExistsError(
            f"{folder}: holds a run by shards, beside which other results may not stand; choose "
            "another folder, go on with that run (--shards, with its decisions if there are any), "
            "or delete the folder"
        )


def csv_tables(folder: Path) -> list[Path]:
    """The CSV tables that may stand in a folder."""
    return [folder / f"{table}.csv" for table in (*TABLE_NAMES, "copies", *DERIVED)]
