"""Many articles: shards on disk, worker processes, and runs that go on where they stopped.

Nothing here is about language: articles come from ``articles``, rows from ``extraction``, and what
is written is described in ``shards``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from entextract import __version__
from entextract.actors.index import open_lists
from entextract.articles.given import articles_of
from entextract.reading.limits import TIMEOUT, check_counts, check_timeout
from entextract.records.columns import FORMAT, Table
from entextract.records.extras import need_shards
from entextract.records.files import TEMPORARY, digest, replacing, write_json
from entextract.records.locking import FolderTaken, locked
from entextract.records.nouns import Article, Problem
from entextract.records.report import COUNTED, REPORT, write_report
from entextract.records.rules import ACTORS
from entextract.records.stamp import MANIFEST, TABLES, content_of
from entextract.records.system import remove, use_for_temporary_files
from entextract.runs import inputs
from entextract.runs.fingerprint import fingerprint, lists_changed, lists_of
from entextract.runs.layout import (
    NAMES,
    SHARD_TABLES,
    SHARDS,
    read_manifest,
    shard_folders,
    write_names,
)
from entextract.runs.link import forget_tables, is_settled, made_of_shards
from entextract.runs.pace import Pace
from entextract.runs.pools import DaskPool, LocalPool
from entextract.runs.scheduler import CorpusError, Run
from entextract.runs.sealing import read_content
from entextract.runs.shards import Shards, problems_of
from entextract.runs.tables import Tables, open_run
from entextract.runs.worker import SPOOL, pipeline

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CorpusError", "FolderTaken", "Pace", "extract_corpus", "read_corpus"]

StrPath: TypeAlias = str | os.PathLike[str]
Source: TypeAlias = "StrPath | Iterable[StrPath] | Iterable[Article] | pd.DataFrame"


def extract_corpus(
    source: Source,
    out: StrPath,
    *,
    workers: int = 1,
    client: Any = None,
    shard_articles: int = 200,
    timeout: float = TIMEOUT,
    progress: Callable[[Pace], None] | None = None,
    **options: Any,
) -> Tables:
    """Find names and relations in a corpus of any size, by worker processes, shard after shard.

    Killed at any moment, the same call goes on where it stopped. When articles, tables, the model
    or options have changed, only the shards that this touches are read anew; articles of the very
    same text are read once. The tables are the same whatever the number of workers.

    A worker that dies costs only its shard, which is read again; if need be article by article, so
    that one that cannot be read is named among the problems, and the others are kept.

    Args:
        source: files, folders or patterns, a stream made by ``read_articles``, a DataFrame, or
            articles; see ``extract`` for those that lack an id or hold what is no text.
        out: folder of the run; see ``entextract.runs.shards`` for what is in it.
        workers: processes on this machine, each of some 800 MB (500 with the profile ``names``).
            They are started afresh, so that a script must call this under
            ``if __name__ == "__main__":``.
        client: of ``dask.distributed``, to read on a cluster instead; its workers must have
            entextract and see ``out`` under the same path.
        shard_articles: how many articles a shard has, on average, fewer where they are long: what a
            worker that dies loses.
        timeout: seconds that an article may take for each 100,000 characters, see ``extract``; one
            that takes longer is left out, named, and tried again in the next run.
        progress: called after each shard.
        **options: of ``load``: ``relations``, ``extra`` …

    Returns:
        The tables, left on disk, ids agreed over the corpus: what ``open_run`` gives for ``out``.

    Raises:
        FolderTaken: another run writes into the folder. It is an OSError, like the next.
        CorpusError: the disk is full, or no worker survives; what is written stays whole.
        ShardError: the folder is of another version of entextract.
        FileNotFoundError: a file of ``source`` does not exist.
        TypeError: ``source`` is nothing of what it may be.
        ImportError: the extra ``corpus`` is not installed.
    """
    read_corpus(
        source,
        out,
        workers=workers,
        client=client,
        shard_articles=shard_articles,
        timeout=timeout,
        progress=progress,
        **options,
    )
    return open_run(Path(out))


def read_corpus(
    source: Source,
    out: StrPath,
    *,
    workers: int = 1,
    client: Any = None,
    shard_articles: int = 200,
    timeout: float = TIMEOUT,
    progress: Callable[[Pace], None] | None = None,
    **options: Any,
) -> Shards:
    """The first half of ``extract_corpus``: articles read one by one, their ids not yet agreed.

    Arguments and errors are those of ``extract_corpus``.

    Returns:
        The shards.
    """
    need_shards()
    check_counts(workers=workers, shard_articles=shard_articles)
    check_timeout(timeout)
    articles, run = articles_of(source, "files"), Path(out).resolve()
    said = _absolute(options)
    depends = {**fingerprint(said), "shard_articles": shard_articles}
    run.mkdir(parents=True, exist_ok=True)
    with locked(run):
        use_for_temporary_files(run)
        if is_settled(run):
            forget_tables(run)  # this run may follow other decisions, or none
        before = read_manifest(run) or {}
        stamps = inputs.stamps(getattr(articles, "paths", ()), before.get("inputs", ()))
        manifest = {
            "format": FORMAT,
            "entextract": __version__,
            "complete": False,
            "depends": depends,
            "reader": getattr(articles, "options", {}),
            "inputs": stamps,
            "shards": [],
        }
        if stamps and _is_finished(run, before, manifest):
            write_json(run / MANIFEST, {**before, "inputs": stamps})
            return Shards(run)
        _sweep(run, forget_names=before.get("depends") != depends)
        write_json(run / MANIFEST, manifest)
        start = partial(DaskPool, client) if client else partial(LocalPool, workers)
        key, kept = _digest(depends), json.dumps(said)
        one = Run(run, articles, key, kept, shard_articles, timeout, start, progress)
        try:
            manifest["shards"] = one()
        except BaseException:
            one.feeder.abandon()
            raise
        one.feeder.close([*_of_lists(options, said), *inputs.changed(stamps)])
        _finish(run, manifest, kept, key)
        return Shards(run)


def _absolute(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options of ``load`` whose paths mean the same in every process."""
    said = dict(options)
    if said.get("name") and Path(said["name"]).exists():
        said["name"] = str(Path(said["name"]).resolve())
    if said.get("extra"):
        said["extra"] = [str(path.resolve()) for path in lists_of(said)]
    return {k: sorted(v) if isinstance(v, set | frozenset) else v for k, v in said.items()}


def _of_lists(given: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the lists of actors, under the names that the user gave them."""
    for path, report in zip(lists_of(given), open_lists(lists_of(said)).reports, strict=True):
        report.read_from(path)
        yield from report.problems


def _digest(depends: Mapping[str, Any]) -> str:
    said = json.dumps(depends, sort_keys=True).encode()
    return digest(said).hexdigest()


def _is_finished(run: Path, before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether an earlier run read the same input with the same means, and all of it is there."""
    if not before.get("complete") or not inputs.same(before["inputs"], now["inputs"]):
        return False
    if any(before[name] != now[name] for name in ("depends", "reader")):
        return False
    if not (run / NAMES).exists():
        return False
    for shard in before["shards"]:
        content = read_content(run / SHARDS / shard["name"])
        if content is None or not content.whole:
            return False
    return True


def _sweep(run: Path, *, forget_names: bool) -> None:
    """Take away what a dead run left half done."""
    remove(run / SPOOL)
    for path in [*run.glob(f"{TEMPORARY}*"), *(run / SHARDS).glob(f"{TEMPORARY}*")]:
        remove(path)
    if forget_names:
        (run / NAMES).unlink(missing_ok=True)


def _actors_met(run: Path, shards: Iterable[str]) -> dict[str, str]:
    """The entities that lists of actors gave in some shards, each with one of its names."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    found: dict[str, str] = {}
    for shard in shards:
        path = run / SHARDS / shard / "mentions.parquet"
        rows = pq.read_table(path, columns=["entity", "text", "rule"])
        rows = rows.filter(pc.starts_with(rows["rule"], pattern=ACTORS))
        found |= zip(rows["entity"].to_pylist(), rows["text"].to_pylist(), strict=True)
    return found


def _finish(run: Path, manifest: dict[str, Any], options: str, means: str) -> None:
    """Take away shards of articles that are no more, and say that the run is complete."""
    listed = [shard["name"] for shard in manifest["shards"]]
    if changed := lists_changed(json.loads(options), manifest["depends"]):
        raise CorpusError(
            f"{', '.join(changed)}: changed while the articles were read; start the same command "
            "again, and it reads anew what it must"
        )
    found = _actors_met(run, listed)
    if found or not (run / NAMES).exists():  # every shard was there already
        from entextract.reading.extraction import names_of

        write_names(run, names_of(pipeline(options, means), found))
    for folder in shard_folders(run):
        if folder.name not in listed:
            remove(folder)
    remove(run / SPOOL)
    manifest["complete"] = True
    counts: dict[Table, int] = {
        table: sum(shard["rows"][table] for shard in manifest["shards"])
        for table in COUNTED
        if table in SHARD_TABLES
    }
    made_of, tables = made_of_shards(run, manifest), content_of(run / TABLES)
    if not (made_of.items() <= tables.items() and (run / REPORT).exists()):
        forget_tables(run)
        with replacing(run / REPORT, "replace") as file:
            write_report(file, counts, partial(problems_of, run, listed))
    write_json(run / MANIFEST, manifest)
