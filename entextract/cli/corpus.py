"""Long runs on the command line: shards, worker processes or a cluster, and how far they are."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from entextract.cli.interrupts import STOPPED, on_interrupt
from entextract.cli.options import Profile
from entextract.cli.screen import fail, following, progress, said_plainly, say
from entextract.cli.steps import settle
from entextract.records.extras import need_shards

if TYPE_CHECKING:
    from entextract.decisions import Decisions
    from entextract.runs.tables import Tables

LARGEST_CSV = 50_000  # articles; the tables of more stay in Parquet

Shards = Annotated[
    bool,
    typer.Option(
        "--shards",
        help="For a long run: killed, it goes on where it stopped when started again. Always so "
        "with several workers.",
    ),
]
ShardSize = Annotated[
    int | None,
    typer.Option(
        "--shard-size",
        min=1,
        metavar="N",
        help="Articles of a shard, 200 on average: what a killed run must read again. Needs "
        "--shards or several workers.",
    ),
]
Dask = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster, such as tcp://host:8786."),
]


@dataclass(frozen=True)
class Way:
    """How articles are read; wrong together, the options end the command."""

    profile: Profile
    anaphora: bool
    timeout: float
    workers: int
    shards: bool
    dask: str | None
    shard_size: int | None
    actors: list[Path] | None = None

    def __post_init__(self) -> None:
        if self.shard_size is not None and not self.by_shards:
            fail(_("--shard-size goes with --shards, or with several workers"))

    @property
    def by_shards(self) -> bool:
        """Whether rows go to the disk as they come."""
        return self.shards or self.workers > 1 or self.dask is not None


def read_by_shards(articles: Any, out: Path, way: Way) -> Tables:
    """Read articles into shards in a folder, and agree ids over all of them."""
    from entextract.runs.run import read_corpus
    from entextract.runs.tables import open_run

    with said_plainly(ImportError):
        need_shards()
    options: dict[str, Any] = {"profile": way.profile, "timeout": way.timeout}
    if not way.anaphora:
        options["anaphora"] = False
    if way.actors:
        options["extra"] = way.actors
        _check(way.actors)
    if way.shard_size is not None:
        options["shard_articles"] = way.shard_size
    with _kept(out), said_plainly(OSError, ValueError), _client(way.dask) as client:
        with following(_("Reading articles")) as advance:
            options |= {"workers": way.workers, "client": client, "progress": advance}
            read_corpus(articles, out, **options)
        with progress(_("Linking the articles")):
            return open_run(out)


def _check(lists: Sequence[Path]) -> None:
    """Read lists of actors before the run begins, and stop if one is none."""
    from entextract.actors.actor import ActorError
    from entextract.actors.index import open_lists

    with said_plainly(OSError, ActorError), progress(_("Reading the list")):
        open_lists(lists)


@contextmanager
def _kept(out: Path) -> Iterator[None]:
    """After Ctrl-C, finish the shards begun, and say what is kept and how to go on."""
    from entextract.runs.sealing import kept

    def stop(again: bool) -> None:
        if again:
            for worker in multiprocessing.active_children():
                worker.terminate()
        else:
            told = _("Stopping after the shards begun, a minute at most; again Ctrl-C: at once.")
            say("\n" + told)
        raise KeyboardInterrupt

    try:
        with on_interrupt(stop):
            yield
    except KeyboardInterrupt:
        shards, articles = kept(out)
        told = _(
            "Stopped. {articles} articles in {shards} shards are kept in {path}: start the same\n"
            "command again, and it goes on from there."
        )
        say(told.format(articles=articles, shards=shards, path=out))
        raise typer.Exit(STOPPED) from None


def settle_by_shards(tables: Tables, out: Path, decisions: Decisions) -> Tables:
    """Follow decisions, in memory, and leave the rows on disk in the place of those before."""
    from entextract.runs.link import settle_run
    from entextract.runs.tables import open_run

    decided = settle(tables.read(), decisions)
    with said_plainly(OSError):
        settle_run(out, decided)
        return open_run(out)


def write_tables(tables: Tables, out: Path) -> list[Path]:
    """Write the tables as CSV, unless there is too much of them for what opens CSV."""
    if tables.count("articles") <= LARGEST_CSV:
        with progress(_("Writing the tables")):
            return tables.to_csv(out)
    return [*sorted(tables.folder.glob("*.parquet")), out / "report.json"]


@contextmanager
def _client(address: str | None) -> Iterator[Any]:
    if address is None:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        fail(_("--dask needs Dask: pip install 'entextract[dask]'"))
    with Client(address) as client:  # type: ignore[no-untyped-call]
        yield client
