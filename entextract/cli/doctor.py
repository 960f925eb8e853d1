"""Says whether all that entextract needs is there, and how to install what is not."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterator
from gettext import gettext as _
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from entextract import __version__
from entextract.cli.screen import progress

if TYPE_CHECKING:
    from packaging.requirements import Requirement

_ROOM = 2 * 1024**3  # bytes: a run of 100,000 articles leaves some 1.5 GB of tables and graph


class Check(NamedTuple):
    """One thing that was looked at.

    Attributes:
        what: in a few words.
        remedy: what to do; empty if all is well.
        needed: whether nothing can be read without it.
    """

    what: str
    remedy: str = ""
    needed: bool = True


def doctor() -> None:
    """Say what is missing, and how to install it.

    Exits with 1 if something is missing without which nothing can be read.
    """
    with progress(_("Looking at what is installed")):
        checks = [*_packages(), _model(), _tables(), _room(Path.cwd())]
    typer.echo(f"entextract {__version__}, Python {platform.python_version()}, {sys.platform}")
    for check in checks:
        typer.echo(f"  {_mark(check):8}  {check.what}")
        if check.remedy:
            typer.echo(f"  {'':8}    {check.remedy}")
    if any(check.needed and check.remedy for check in checks):
        raise typer.Exit(1)


def _mark(check: Check) -> str:
    if not check.remedy:
        return _("well")
    return _("MISSING") if check.needed else _("without")


def _packages() -> Iterator[Check]:
    """What setup.cfg asks for; then each extra that a user may want."""
    needed = _lacking("")
    yield Check(_("the packages that it needs"), _installing(needed))
    about = {
        "pdf": _("to read PDF files"),
        "warc": _("to read web archives"),
        "corpus": _("to read by shards or by several workers, and Parquet files"),
        "dask": _("to read on several machines"),
        "notebooks": _("to open the notebooks"),
    }
    for extra, use in about.items():
        install = f"pip install 'entextract[{extra}]'"
        yield Check(use, install if _lacking(extra) else "", needed=False)


def _lacking(extra: str) -> list[Requirement]:
    """What is not installed, or in another version, of what an extra (or nothing) asks for."""
    from packaging.requirements import Requirement

    lines = metadata("entextract").get_all("Requires-Dist") or []
    asked = map(Requirement, lines)
    named = [r for r in asked if _is_asked(r, extra)]
    return [r for r in named if not _is_there(r)]


def _is_asked(requirement: Requirement, extra: str) -> bool:
    marker = requirement.marker
    if marker is None:
        return not extra
    always = marker.evaluate({"extra": ""})
    return always if not extra else not always and marker.evaluate({"extra": extra})


def _is_there(requirement: Requirement) -> bool:
    try:
        return requirement.specifier.contains(version(requirement.name), prereleases=True)
    except PackageNotFoundError:
        return False


def _installing(lacking: list[Requirement]) -> str:
    wanted = " ".join(f"'{one.name}{one.specifier}'" for one in lacking)
    return f"pip install {wanted}" if wanted else ""


def _model() -> Check:
    """Whether the pipeline can be loaded; it says itself what it lacks."""
    what = _("the language model, with our weights")
    try:
        from entextract.reading.load import load

        load()
    except Exception as error:  # whatever it is, it is what the user asks about
        return Check(what, str(error))
    return Check(what)


def _tables() -> Check:
    from entextract.tables import check_tables

    problems = check_tables(None)
    return Check(_("the tables of words"), problems[0] if problems else "")


def _room(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    what = _("{room:.1f} GB free for results in {path}").format(room=free / 1e9, path=folder)
    remedy = _("give --out a folder on another disk") if free < _ROOM else ""
    return Check(what, remedy, needed=False)
