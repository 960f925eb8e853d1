"""Lists of actors on the command line."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from entextract.cli.language import Command, Commands
from entextract.cli.screen import progress, said_plainly, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entextract.actors.advice import Advice, Trouble
    from entextract.actors.lists import ActorReport

_SHOWN = 20  # lines of each kind

ActorLists = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        exists=True,
        dir_okay=False,
        help="A list of people and organisations to recognise; can be repeated.",
    ),
]

actors = typer.Typer(cls=Commands, no_args_is_help=True, rich_markup_mode=None)


@actors.callback()
def about_actors() -> None:
    """Lists of people and organisations that you follow."""


@actors.command("check", cls=Command)
def check(
    lists: Annotated[list[Path], typer.Argument(metavar="FILE", exists=True, dir_okay=False)],
) -> None:
    """Say how a list of actors is read, and what in it will not work.

    A CSV file with a column of names (name, nom), or with columns id, name, form, label; a result
    of the Wikidata query service, CSV or JSON; targets.simple.csv of OpenSanctions; FollowTheMoney
    entities, one a line; names, one a line.

    \b
    Example:
      entextract actors check elus.csv
    """
    from entextract.actors.actor import ActorError
    from entextract.actors.advice import check_list
    from entextract.reading.lemma_index import common_words

    with said_plainly(OSError), progress(_("Loading the language model")):
        known = common_words()
    worst = 0
    for path in lists:
        with said_plainly(OSError, ActorError), progress(_("Reading the list")):
            report, advice = check_list(path, known.__contains__)
        _tell(report, advice)
        worst = max(worst, 0 if report.actors and not report.count else 1)
    raise typer.Exit(worst)


def _tell(report: ActorReport, advice: Sequence[Advice]) -> None:
    told = _("{path}: {format}, actors: {actors}")
    form = _formats().get(report.format, report.format)
    typer.echo(told.format(path=report.path, format=form, actors=report.actors))
    if report.guessed:
        count = ", ".join(f"{label} {n}" for label, n in sorted(report.guessed.items()))
        told = _("  said by no column, told by the name: {count}")
        typer.echo(told.format(count=count))
    if report.others:
        count = ", ".join(f"{kind} {n}" for kind, n in sorted(report.others.items()))
        typer.echo(_("  neither persons nor organisations, left out: {count}").format(count=count))
    _list(_("  rows left out or mended: {count}"), list(map(str, report.faults)), report.count)
    for trouble, words in _troubles().items():
        found = [
            f"{one.name} ({', '.join(one.rows[:5])})" for one in advice if one.trouble == trouble
        ]
        _list(words, found, len(found))
    if not report.count and not advice:
        say(_("All is in order."))


def _list(words: str, lines: Sequence[str], count: int) -> None:
    if not count:
        return
    typer.echo(words.format(count=count))
    for line in lines[:_SHOWN]:
        typer.echo(f"    {line}")
    if count > _SHOWN:
        typer.echo(_("    and {count} more").format(count=count - _SHOWN))


def _formats() -> dict[str, str]:
    """The names of formats that are words."""
    return {
        "CSV, one form a row": _("CSV, one form a row"),
        "names, one a line": _("names, one a line"),
    }


def _troubles() -> dict[Trouble, str]:
    return {
        "one-word": _("  persons of one word only, found by no text: {count}"),
        "common-word": _(
            "  organisations whose name is a common word or a given name, found only where the "
            "text shows an organisation: {count}"
        ),
        "state": _("  organisations that have the name of a state: {count}"),
        "namesakes": _("  one name for several, told apart only by their other columns: {count}"),
    }
