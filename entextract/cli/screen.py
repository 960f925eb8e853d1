"""Words on the screen: what was done, what went wrong, how far the work is."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from gettext import gettext as _
from itertools import count, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from entextract.cli.interrupts import STOPPED, was_stopped
from entextract.cli.language import actions
from entextract.records.system import ADVICE, ONLY_WRITING
from entextract.runs.pace import Pace

EVERY = 30  # seconds between two lines where there is no terminal

if TYPE_CHECKING:
    from entextract.graph.entity_graph import EntityGraph
    from entextract.records.nouns import Article, Problem
    from entextract.result import Result


def summarise(result: Result, drawn: EntityGraph | None, written: Sequence[Path]) -> None:
    articles, found = result.count("articles"), result.count("copies")
    if found:
        told = _("articles: {count}, of which copies: {copies}")
        typer.echo(told.format(count=articles, copies=found))
    else:
        typer.echo(_("articles: {count}").format(count=articles))
    typer.echo(_("mentions: {count}").format(count=result.count("mentions")))
    typer.echo(_("entities: {count}").format(count=len(result.entities)))
    if drawn is not None:
        typer.echo(_("edges:    {count}").format(count=drawn.nx.number_of_edges()))
    most = sorted(result.entities, key=lambda entity: (-entity.mentions, entity.id))[:10]
    if most:
        typer.echo("\n" + _("Most mentioned:"))
    for entity in most:
        typer.echo(f"{entity.mentions:6}  {entity.label:8}{entity.name}")
    report(result.problems)
    typer.echo("\n" + _("Written:"))
    width = max(len(str(path)) for path in written)
    for path in written:
        typer.echo(f"  {path!s:{width}}  {_opened_with(path)}")
    if was_stopped(result.problems):
        raise typer.Exit(STOPPED)
    if not articles:
        say("\n" + _("No article could be read."))
        raise typer.Exit(1)


def _opened_with(path: Path) -> str:
    if path.parent.name == "gephi":
        if path.stem == "nodes":
            return _("Gephi, « Import spreadsheet », first")
        return _("Gephi, « Import spreadsheet », then this one")
    if path.parent.name == "excel":
        return _("Excel, by a double click")
    return {
        ".parquet": _("pandas, DuckDB, Arrow"),
        ".csv": _("LibreOffice, pandas; Excel by Data > From Text/CSV"),
        ".json": _("what was read, refused or repaired: any text editor"),
        ".xlsx": _("Excel, LibreOffice: a sheet for each table"),
        ".gexf": _("Gephi, Gephi Lite"),
        ".html": _("any browser, offline: search, filter, click to read the sentences"),
    }[path.suffix]


def report(problems: Sequence[Problem]) -> None:
    action = attrgetter("action")
    for kind, group in groupby(sorted(problems, key=action), key=action):
        lines = [f"{_where(problem)}: {problem.reason}" for problem in group]
        say(f"\n{actions()[kind]}: {len(lines)}")
        say_first(lines, indent="  ")


def _where(problem: Problem) -> str:
    """The file and line; of what happened while an article was read, the article."""
    return problem.article if problem.where == "extraction" else problem.where


def say_first(lines: Iterable[str], indent: str = "", most: int = 5) -> None:
    lines = list(lines)
    for line in lines[:most]:
        say(indent + line)
    if len(lines) > most:
        say(indent + _("… and {count} more").format(count=len(lines) - most))


def say(message: str) -> None:
    typer.echo(message, err=True)


def floor_of(words: str, measures: Sequence[str]) -> tuple[str, float]:
    name, _sign, least = words.partition("=")
    if name not in measures or not least.replace(".", "", 1).isdecimal():
        told = _("--floor {words}: write MEASURE=F, with one of {measures}")
        fail(told.format(words=words, measures=", ".join(measures)))
    return name, float(least)


def fail(message: str) -> NoReturn:
    say(_("Error: {message}").format(message=message))
    raise typer.Exit(2)


@contextmanager
def changes_said() -> Iterator[None]:
    """What had to be changed for a file is said in a few lines, each change once."""
    from entextract.export import ExportWarning

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ExportWarning)
        yield
    changes: list[str] = []
    for one in caught:
        if isinstance(one.message, ExportWarning):
            changes += one.message.changes
        else:
            warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    say_first(dict.fromkeys(changes))


@contextmanager
def said_plainly(*errors: type[Exception]) -> Iterator[None]:
    """What the user can mend is said in one line, without a traceback."""
    try:
        yield
    except errors as error:
        if isinstance(error, OSError) and error.strerror and error.filename:
            said = f"{error.filename}: {error.strerror}"
            if error.errno in ONLY_WRITING and ";" not in error.strerror:
                said += f"; {ADVICE[error.errno]}, or choose another folder"
            fail(said)
        fail(str(error))


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[Article], None]]:
    """How far a work is; the function that it gives is called for each article done."""
    done, start = count(1), time.monotonic()
    with following(what, total) as advance:
        yield lambda _article: advance(Pace(next(done), 0, total, time.monotonic() - start))


@contextmanager
def following(what: str, total: int | None = None) -> Iterator[Callable[[Pace], None]]:
    """A bar on a terminal, and elsewhere a line now and then, for whoever reads a log."""
    from rich.console import Console
    from rich.progress import Progress

    console, said = Console(stderr=True), time.monotonic()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)

        def advance(pace: Pace) -> None:
            nonlocal said
            about = f"{what}: {words_of(pace)}"
            if console.is_terminal:
                bar.update(task, completed=pace.articles, total=pace.total, description=about)
            elif time.monotonic() - said > EVERY:
                said = time.monotonic()
                say(about)

        yield advance


def words_of(pace: Pace) -> str:
    """How far a run is, in words.

    >>> from entextract.runs.run import Pace
    >>> words_of(Pace(articles=3000, kept=1000, total=9000, seconds=100.0))
    '3000 of 9000 (1000 from an earlier run), 20.0 a second, 5 min left'
    """
    told = str(pace.articles)
    if pace.total is not None:
        told = _("{done} of {total}").format(done=told, total=pace.total)
    if pace.kept:
        told += _(" ({count} from an earlier run)").format(count=pace.kept)
    told += _(", {rate:.1f} a second").format(rate=pace.rate)
    if pace.remaining is not None:
        minutes = round(pace.remaining / 60)
        left = _(", {minutes} min left") if minutes else _(", less than a minute left")
        told += left.format(minutes=minutes)
    return told
