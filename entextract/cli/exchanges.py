"""The tables for spreadsheets and for other programs: the command `export`, --xlsx, --excel."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entextract.cli.graph import Folder, read_tables
from entextract.cli.options import DecisionsFile
from entextract.cli.screen import changes_said, fail, progress, said_plainly

if TYPE_CHECKING:
    from entextract.result import Result

WORKBOOK, FOR_EXCEL = "tables.xlsx", "excel"  # in the folder of the results
_FTM = (".ftm.json", ".ftm.ijson")

ExportOut = Annotated[
    Path,
    typer.Option(
        "-o", "--out", metavar="PATH", help="NAME.xlsx, NAME.ftm.json, or a folder for Excel."
    ),
]


def export(folder: Folder, out: ExportOut, decisions: DecisionsFile = None) -> None:
    """Tables already written, for a spreadsheet or for OpenAleph.

    \b
    All in one workbook:           entextract export sortie/ -o presse.xlsx
    CSV for a French Excel:        entextract export sortie/ -o excel/
    FollowTheMoney, for OpenAleph: entextract export sortie/ -o presse.ftm.json
    """
    ftm = out.name.endswith(_FTM)
    if out.suffix and out.suffix != ".xlsx" and not ftm and not out.is_dir():
        told = _("{path}: tables are exported to NAME.xlsx, NAME.ftm.json or a folder")
        fail(told.format(path=out))
    result = read_tables(folder, decisions)
    with changes_said(), said_plainly(OSError), progress(_("Writing the tables")):
        if ftm:
            result.to_followthemoney(out)
        elif out.suffix == ".xlsx":
            result.to_xlsx(out)
        else:
            result.to_excel_csv(out)
    typer.echo(_("written: {path}").format(path=out))


def write_beside(result: Result, out: Path, *, xlsx: bool, excel: bool) -> list[Path]:
    """Write the tables for spreadsheets beside the others, if these are asked for."""
    written = []
    if xlsx:
        result.to_xlsx(out / WORKBOOK)
        written.append(out / WORKBOOK)
    if excel:
        written += result.to_excel_csv(out / FOR_EXCEL)
    return written
