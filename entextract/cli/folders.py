"""The tables of a folder, in memory or left on disk."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from entextract.cli.screen import progress, said_plainly
from entextract.records.extras import need_shards
from entextract.records.stamp import has_shards

if TYPE_CHECKING:
    from entextract.result import Extraction
    from entextract.runs.tables import Tables


def tables_in(folder: Path) -> Extraction | Tables:
    """The CSV tables of a folder; or, in a folder of shards, the tables that these make.

    Raises:
        OSError: a table is missing.
        ValueError: a table is damaged, or of another version.
    """
    from entextract.result import Extraction

    if not has_shards(folder):
        return Extraction.from_csv(folder)
    from entextract.runs.tables import open_run

    with said_plainly(ImportError):
        need_shards()
    with progress(_("Linking the articles")):
        return open_run(folder)


def rows_in(folder: Path) -> Extraction:
    """The same, all in memory."""
    from entextract.result import Extraction

    tables = tables_in(folder)
    return tables if isinstance(tables, Extraction) else tables.read()
