"""A small corpus, a pipeline that reads it fast, and a pool without processes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from entextract.reading.load import PIPES
from entextract.records.nouns import Article
from entextract.runs.layout import SHARD_TABLES
from entextract.runs.pools import WorkerDied
from entextract.runs.shards import Shards
from entextract.runs.worker import Task, read_portion

STATES = ["France", "Mali", "Kazakhstan", "Mongolie", "Pologne", "Gabon", "Chili"]
KEPT = {"entextract_countries", "entextract_arbiter", "entextract_linker"}
Answer = Callable[[Task, Any], None]


def fast_options(folder: Path) -> dict[str, Any]:
    """Options of ``load`` for a pipeline that finds countries only, and loads in no time."""
    if not folder.exists():
        spacy.blank("fr").to_disk(folder)
    return {"name": str(folder), "exclude": [pipe for pipe in PIPES if pipe not in KEPT]}


def made_up(count: int) -> list[Article]:
    """Articles of which every fourth is a copy of one before."""
    articles: list[Article] = []
    for n in range(count):
        one, other = STATES[n % 7], STATES[(n * 3 + 1) % 7]
        text = f"Dépêche {n}. Pays cités : {one} et {other}.\nSuite : {other}, encore {one}."
        if n % 4 == 3:
            text = articles[n // 2].text
        meta = {"rubrique": "Monde"} if n % 2 else {}
        articles.append(
            Article(f"a{n}", text, f"Titre {n}", "2024-03-01", "Le Quotidien", "", meta)
        )
    return articles


def tables(shards: Shards) -> dict[str, list[Any]]:
    """Every row of a run."""
    rows = {table: list(shards.records(table)) for table in SHARD_TABLES}
    return {**rows, "all problems": list(shards.problems)}


class Inline:
    """A pool that reads in this process, and notes what it read."""

    def __init__(self, answer: Answer, log: list[Task]) -> None:
        self.answer, self.log = answer, log

    def has_room(self) -> bool:
        return True

    def submit(self, task: Task) -> None:
        self.log.append(task)
        try:
            self.answer(task, read_portion(task))
        except Death:
            self.answer(task, WorkerDied("killed"))
        except Exception as error:
            self.answer(task, error)

    def close(self) -> None:
        pass


class Death(BaseException):
    """What a worker dies of."""
