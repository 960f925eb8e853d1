"""The steps that several commands share."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from entextract.cli.interrupts import STOPPED, UntilStopped, on_interrupt
from entextract.cli.options import Profile
from entextract.cli.screen import progress, said_plainly, say
from entextract.records.columns import RECORDS
from entextract.records.locking import locked
from entextract.records.nouns import DERIVED
from entextract.records.stamp import check_writable
from entextract.records.system import use_for_temporary_files

if TYPE_CHECKING:
    from entextract.articles import ArticleStream
    from entextract.decisions import Decisions
    from entextract.records.nouns import Article
    from entextract.result import Extraction


def read(
    paths: list[str],
    *columns: str | None,
    other_languages: bool = False,
    no_headlines: bool = False,
) -> ArticleStream:
    from entextract.articles import read_articles

    names = ("text", "id", "title", "date", "source", "url")
    options = {f"{name}_column": column for name, column in zip(names, columns, strict=True)}
    with said_plainly(OSError, ValueError):
        return read_articles(
            paths, other_languages=other_languages, headlines=not no_headlines, **options
        )


def read_decisions(path: Path | None) -> Decisions | None:
    """Read before the work, so that a mistake in the file is told at once."""
    if path is None:
        return None
    from entextract.decisions import DecisionError, Decisions

    with said_plainly(OSError, DecisionError):
        return Decisions.read(path)


def settle(result: Extraction, decisions: Decisions | None) -> Extraction:
    if decisions is None:
        return result
    from entextract.decisions import DecisionError

    with said_plainly(DecisionError):
        return result.apply(decisions)


@contextmanager
def holding(folder: Path, *, shards: bool = False) -> Iterator[None]:
    """Make and hold the folder of the results for a whole command, or end it at once.

    An hour later it would be a pity to learn that it cannot be written to, or that another run
    writes there too.
    """
    with ExitStack() as stack:
        with said_plainly(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            stack.enter_context(locked(folder, whole_command=True))
            if not shards:
                check_writable(folder, "")
        use_for_temporary_files(folder)
        yield


def forget_drawings(folder: Path) -> None:
    """Take away the graph that `run` drew of older tables, and their copies for spreadsheets."""
    drawn = ("graphe.gexf", "reseau.html", "gephi/nodes.csv", "gephi/edges.csv")
    for name in (*drawn, "tables.xlsx", *(f"excel/{table}.csv" for table in (*RECORDS, *DERIVED))):
        (folder / name).unlink(missing_ok=True)


def extract_all(
    articles: ArticleStream | list[Article],
    profile: Profile,
    timeout: float = 60,
    *,
    anaphora: bool = True,
    actors: Sequence[Path] | None = None,
) -> Extraction:
    with progress(_("Loading the language model")):
        from entextract.actors.actor import ActorError, ActorWarning
        from entextract.articles import ColumnError
        from entextract.reading.extraction import extract
        from entextract.reading.load import load

        with said_plainly(OSError, ActorError), warnings.catch_warnings():
            warnings.simplefilter("ignore", ActorWarning)  # the report names the rows
            nlp = load(profile=profile, anaphora=anaphora, extra=list(actors or ()))
    total = len(articles) if isinstance(articles, list) else articles.expected
    until = UntilStopped(articles)

    def stop(again: bool) -> None:
        if again:
            raise KeyboardInterrupt
        until.stopped = True
        told = _("Stopping; what was read is written. Again Ctrl-C: at once, and nothing is.")
        say("\n" + told)

    with (
        said_plainly(ColumnError),
        on_interrupt(stop),
        progress(_("Reading articles"), total) as advance,
    ):
        result = extract(until, nlp, timeout=timeout, progress=advance)
    if until.cut and not result.articles:
        say(_("Stopped before the first article was read: nothing is written."))
        raise typer.Exit(STOPPED)
    return result
