"""What a worker process does: loads the model once, reads portions, writes shards.

Nothing heavy is imported at the top: ``begin`` must be able to say how many threads numpy takes.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from entextract.records.nouns import Article, Problem
from entextract.result import Extraction

SPOOL = "spool"  # folder of the run where portions wait
_CACHED = 20_000  # results that a function of ours may remember from one portion to the next
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")

_ONE_AT_A_TIME = threading.Lock()  # a worker of a cluster may have threads; a pipeline has one


@dataclass(frozen=True, slots=True)
class Task:
    """A portion to read: paths and options, never articles.

    Attributes:
        run: folder of the run, as every worker sees it.
        name: of the shard.
        options: of ``load``, as JSON.
        means: digest of all that the rows depend on beside the articles.
        articles: how many.
        timeout: seconds that one may take, see ``extract``.
        deaths: how many workers died over it.
        refused: ids of articles that killed a worker that read nothing else.
    """

    run: str
    name: str
    options: str
    means: str
    articles: int
    timeout: float
    needs: frozenset[str] = frozenset()  # shards from which rows are copied
    deaths: int = 0
    refused: tuple[str, ...] = field(default=())

    @property
    def spool(self) -> Path:
        """Where its articles are."""
        return Path(self.run, SPOOL, f"{self.name}.jsonl")

    @property
    def trace(self) -> Path:
        """Where a worker that reads article by article says which one it has begun."""
        return Path(self.run, SPOOL, f"{self.name}.trace")


def begin() -> None:
    """Start a process of a pool on this machine."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        os._exit(1)  # killed: nobody waits for the shard


def read_portion(task: Task) -> dict[str, int]:
    """Read a portion and write its shard.

    Returns:
        How many rows each table of the shard has.

    Raises:
        OSError: the shard cannot be written.
    """
    from entextract.reading.extraction import names_of
    from entextract.reading.limits import was_too_slow
    from entextract.runs.cutting import spooled
    from entextract.runs.layout import NAMES, SHARD_TABLES, write_names
    from entextract.runs.sealing import write_shard

    portion = list(spooled(task.spool))
    refused = [_killer(article) for article, _ in portion if article.id in task.refused]
    old = _Copies(task, {a.id: copy for a, copy in portion if copy})
    new = [a for a, _ in portion if a.id not in task.refused and not old.has(a.id)]
    rows = _read(new, task)
    if refused or old:
        rows = _in_order([a for a, _ in portion], rows, old, refused)
    run = Path(task.run)
    if not (run / NAMES).exists():
        with _ONE_AT_A_TIME:
            write_names(run, names_of(pipeline(task.options, task.means)))
    whole = not task.refused and not any(map(was_too_slow, rows.problems))
    write_shard(run, task.name, rows, whole=whole)
    forget()
    return {table: len(getattr(rows, table)) for table in SHARD_TABLES}


def _killer(article: Article) -> Problem:
    reason = (
        "the worker process died while it read this article alone (out of memory, perhaps); "
        "it is tried again in the next run"
    )
    return Problem(article.id, "extraction", reason, "refused")


def _read(articles: list[Article], task: Task) -> Extraction:
    from entextract.reading.extraction import read

    with _ONE_AT_A_TIME:
        nlp = pipeline(task.options, task.means)
        # what the vocabulary learns from these articles is forgotten with them; no Doc leaves
        with nlp.memory_zone():
            if task.deaths > 1:
                traced = _traced(articles, task.trace)
                return read(traced, nlp, batch_size=1, timeout=task.timeout)
            return read(articles, nlp, timeout=task.timeout)


def _traced(articles: Iterable[Article], path: Path) -> Iterator[Article]:
    """Articles, each named in a file before it is read."""
    for article in articles:
        path.write_text(json.dumps(article.id), encoding="ascii")
        yield article
    path.unlink(missing_ok=True)


@lru_cache(maxsize=1)
def pipeline(options: str, means: str) -> Any:
    """The pipeline, loaded once for each process, and anew when tables or model have changed."""
    from entextract.actors.actor import ActorWarning
    from entextract.reading.load import load

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ActorWarning)  # said once, by whom it was asked
        nlp = load(**json.loads(options))
    gc.collect()
    gc.freeze()  # it lives as long as the process: no collection need look at it
    return nlp


def forget() -> None:
    """Empty the caches of names and forms that have grown large: they grow with the corpus."""
    for name, module in list(sys.modules.items()):
        if name.startswith("entextract."):
            for value in list(vars(module).values()):  # another thread may be importing
                if isinstance(value, type(pipeline)) and value.cache_info().currsize > _CACHED:
                    value.cache_clear()


class _Copies:
    """Rows of articles whose text stands in an earlier shard, or earlier in this one."""

    def __init__(self, task: Task, copies: Mapping[str, tuple[str, str]]) -> None:
        self.inside = {one: first for one, (name, first) in copies.items() if name == task.name}
        self.rows: dict[str, Extraction] = {}
        outside: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for one, (name, first) in copies.items():
            if name != task.name:
                outside[name][first].append(one)
        for name, wanted in outside.items():
            found = _rows_of(Path(task.run), name, set(wanted))
            for first, ones in wanted.items():
                # an article that could not be read there is tried again here
                self.rows.update(dict.fromkeys(ones, found[first]) if first in found else {})

    def __bool__(self) -> bool:
        return bool(self.inside or self.rows)

    def has(self, identifier: str) -> bool:
        """Whether an article need not be read."""
        return identifier in self.inside or identifier in self.rows

    def of(self, article: Article, read: Mapping[str, Extraction]) -> Extraction | None:
        """The rows of an article, those of its text under its own id; None if it was not read."""
        rows = read.get(self.inside.get(article.id, article.id)) or self.rows.get(article.id)
        if rows is None or rows.articles[0].id == article.id:
            return rows
        return Extraction(
            articles=(article,),
            mentions=tuple(replace(row, article=article.id) for row in rows.mentions),
            relations=tuple(replace(row, article=article.id) for row in rows.relations),
            quotes=tuple(replace(row, article=article.id) for row in rows.quotes),
            sentences=tuple(replace(row, article=article.id) for row in rows.sentences),
            problems=tuple(replace(row, article=article.id) for row in rows.problems),
        )


def _rows_of(run: Path, shard: str, wanted: set[str]) -> dict[str, Extraction]:
    """The rows of some articles of a shard, by id; of those that were read."""
    import pyarrow.parquet as pq

    from entextract.records.arrow_tables import records_of
    from entextract.runs.layout import SHARD_TABLES, SHARDS

    tables: dict[str, Any] = {}
    for table in SHARD_TABLES:
        key = "id" if table == "articles" else "article"
        path = run / SHARDS / shard / f"{table}.parquet"
        found = pq.read_table(path, filters=[(key, "in", wanted)])
        tables[table] = tuple(records_of(table, found))
    return by_article(Extraction(**tables))


def by_article(rows: Extraction) -> dict[str, Extraction]:
    """The rows of each article that was read."""
    tables: dict[str, dict[str, list[Any]]] = {a.id: defaultdict(list) for a in rows.articles}
    for name in ("mentions", "relations", "quotes", "sentences", "problems"):
        for row in getattr(rows, name):
            if row.article in tables:
                tables[row.article][name].append(row)
    return {
        article.id: Extraction(
            articles=(article,), **{k: tuple(v) for k, v in tables[article.id].items()}
        )
        for article in rows.articles
    }


def _in_order(
    articles: Iterable[Article], rows: Extraction, old: _Copies, refused: list[Problem]
) -> Extraction:
    """New and copied rows in the order of the articles."""
    read = by_article(rows)
    parts = [part for article in articles if (part := old.of(article, read))]
    unread = [problem for problem in rows.problems if problem.article not in read]
    return Extraction(
        articles=tuple(row for part in parts for row in part.articles),
        mentions=tuple(row for part in parts for row in part.mentions),
        relations=tuple(row for part in parts for row in part.relations),
        quotes=tuple(row for part in parts for row in part.quotes),
        sentences=tuple(row for part in parts for row in part.sentences),
        problems=(*(row for part in parts for row in part.problems), *unread, *refused),
    )
