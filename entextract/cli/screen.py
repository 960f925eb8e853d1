"""Words on the screen: what was done, what went wrong, how far the work is."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count, groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from entextract.cli.interrupts import STOPPED, was_stopped

if TYPE_CHECKING:
    from entextract.graph.entity_graph import EntityGraph
    from entextract.records.nouns import Article, Problem
    from entextract.result import Result


def summarise(result: Result, drawn: EntityGraph | None, written: Sequence[Path]) -> None:
    articles, found = result.count("articles"), result.count("copies")
    copies = f", of which copies: {found}" if found else ""
    typer.echo(f"articles: {articles}{copies}")
    typer.echo(f"mentions: {result.count('mentions')}")
    typer.echo(f"entities: {len(result.entities)}")
    if drawn is not None:
        typer.echo(f"edges:    {drawn.nx.number_of_edges()}")
    most = sorted(result.entities, key=lambda entity: (-entity.mentions, entity.id))[:10]
    if most:
        typer.echo("\nMost mentioned:")
    for entity in most:
        typer.echo(f"{entity.mentions:6}  {entity.label:8}{entity.name}")
    report(result.problems)
    typer.echo("\nWritten:")
    width = max(len(str(path)) for path in written)
    for path in written:
        typer.echo(f"  {path!s:{width}}  {_opened_with(path)}")
    if was_stopped(result.problems):
        raise typer.Exit(STOPPED)
    if not articles:
        say("\nNo article could be read.")
        raise typer.Exit(1)


def _opened_with(path: Path) -> str:
    if path.parent.name == "gephi":
        turn = "first" if path.stem == "nodes" else "then this one"
        return f"Gephi, « Import spreadsheet », {turn}"
    return {
        ".parquet": "pandas, DuckDB, Arrow",
        ".csv": "LibreOffice, pandas; Excel by Data > From Text/CSV",
        ".json": "what was read, refused or repaired: any text editor",
        ".gexf": "Gephi, Gephi Lite",
        ".html": "any browser, offline: search, filter, click to read the sentences",
    }[path.suffix]


def report(problems: Sequence[Problem]) -> None:
    action = attrgetter("action")
    for kind, group in groupby(sorted(problems, key=action), key=action):
        lines = [f"{problem.where}: {problem.reason}" for problem in group]
        say(f"\n{kind}: {len(lines)}")
        say_first(lines, indent="  ")


def say_first(lines: Iterable[str], indent: str = "", most: int = 5) -> None:
    lines = list(lines)
    for line in lines[:most]:
        say(indent + line)
    if len(lines) > most:
        say(f"{indent}… and {len(lines) - most} more")


def say(message: str) -> None:
    typer.echo(message, err=True)


def floor_of(words: str, measures: Sequence[str]) -> tuple[str, float]:
    name, _, least = words.partition("=")
    if name not in measures or not least.replace(".", "", 1).isdecimal():
        fail(f"--floor {words}: write MEASURE=F, with one of {', '.join(measures)}")
    return name, float(least)


def fail(message: str) -> NoReturn:
    say(f"Error: {message}")
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
            fail(f"{error.filename}: {error.strerror}")
        fail(str(error))


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[Article], None]]:
    """A progress bar, on a terminal only; the function that it gives moves it by one."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    done = count(1)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda _: bar.update(task, advance=1, description=f"{what}: {next(done)}")
