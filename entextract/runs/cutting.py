"""Cuts a stream of articles into portions, where their content says, and knows a text met before.

A portion ends after an article whose own digest says so, so that an article added, changed or
taken away moves the cuts near it and no others: every other portion is what it was.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from entextract.records.files import TEMPORARY, digest
from entextract.records.nouns import Article
from entextract.records.system import remove

# characters of the texts of a portion: read in less than a minute, which is what a kill costs
_LARGEST = 400_000


@dataclass(frozen=True, slots=True)
class Portion:
    """Some articles in a row, to become one shard."""

    number: int
    digest: str  # of the articles, and of all that the rows made of them depend on
    articles: tuple[Article, ...]
    copies: dict[str, tuple[int, str]]  # id -> number of portion and id of the same text before

    @property
    def name(self) -> str:
        """Name of its shard."""
        return f"{self.number:05}-{self.digest}"


@dataclass
class Cutter:
    """Cuts articles into portions.

    Args:
        size: how many articles a portion has on average, from half of it to its double; fewer
            where they are long.
        depends: what the rows depend on beside the articles.
        index: where texts are remembered.
    """

    size: int
    depends: str
    index: Index

    def __call__(self, articles: Iterable[Article]) -> Iterator[Portion]:
        number, held, length = 0, _Held(self.depends), 0
        for article in articles:
            if length and length + len(article.text) > _LARGEST:
                yield held.portion(number)
                number, held, length = number + 1, _Held(self.depends), 0
            length += len(article.text)
            own = digest_of(article)
            held.add(article, own, self.index.first(article, number))
            if self._ends(len(held.articles), length, len(article.text), own):
                yield held.portion(number)
                number, held, length = number + 1, _Held(self.depends), 0
        if held.articles:
            yield held.portion(number)

    def _ends(self, count: int, length: int, latest: int, own: bytes) -> bool:
        """Whether the latest article, of this length and digest, is the last of its portion."""
        half, enough = max(1, self.size // 2), _LARGEST // 4
        chosen = int.from_bytes(own[:6], "big") / 2**48 < max(1 / half, latest / enough)
        return count >= 2 * self.size or ((count >= half or length >= enough) and chosen)


class _Held:
    """The articles of a portion that is not cut yet."""

    def __init__(self, depends: str) -> None:
        self.articles: list[Article] = []
        self.copies: dict[str, tuple[int, str]] = {}
        self.digest = digest(depends.encode())

    def add(self, article: Article, own: bytes, first: tuple[int, str] | None) -> None:
        self.articles.append(article)
        self.digest.update(own)
        if first:
            self.copies[article.id] = first

    def portion(self, number: int) -> Portion:
        return Portion(number, self.digest.hexdigest(), tuple(self.articles), self.copies)


def digest_of(article: Article) -> bytes:
    """A digest of all that an article holds."""
    return digest(_json(_row(article)).encode()).digest()


def _row(article: Article) -> dict[str, Any]:
    names = ("id", "text", "title", "date", "source", "url")
    row: dict[str, Any] = {name: getattr(article, name) for name in names}
    return {**row, "meta": dict(article.meta)}


def _json(row: dict[str, Any]) -> str:
    return json.dumps(row)  # ASCII: what UTF-8 cannot hold, a lone surrogate, travels too


class Index:
    """The texts met in a run, on the disk: a million articles take no memory.

    Args:
        folder: of the run, where they stay until the index is closed.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{TEMPORARY}index"
        remove(self._path)
        self._db = sqlite3.connect(self._path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=OFF")
        self._db.execute("PRAGMA synchronous=OFF")  # a run that is killed makes it anew
        self._db.execute("PRAGMA temp_store=MEMORY")
        self._db.execute("PRAGMA cache_size=-32768")  # KiB
        self._db.execute(
            "CREATE TABLE text (digest BLOB PRIMARY KEY, portion INT, article BLOB) WITHOUT ROWID"
        )
        self._db.execute("BEGIN")

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._db.close()
        remove(self._path)

    def first(self, article: Article, portion: int) -> tuple[int, str] | None:
        """Portion and id of the first article of this text, None if it is this one."""
        known = digest(_bytes(article.text)).digest()
        row = (known, portion, _bytes(article.id))
        if self._db.execute("INSERT OR IGNORE INTO text VALUES (?, ?, ?)", row).rowcount == 1:
            return None
        found = self._db.execute("SELECT portion, article FROM text WHERE digest = ?", (known,))
        number, identifier = found.fetchone()
        return number, identifier.decode("utf-8", "surrogatepass")


def _bytes(words: str) -> bytes:
    return words.encode("utf-8", "surrogatepass")


# ---- spool: the articles of a portion on their way to a worker


def spool(path: Path, portion: Portion, names: list[str]) -> None:
    """Write the articles of a portion, one a line, with the shard that has the same text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="ascii", newline="\n") as file:
        for article in portion.articles:
            first = portion.copies.get(article.id)
            copy = [names[first[0]], first[1]] if first else None
            file.write(_json({**_row(article), "copy": copy}) + "\n")


def spooled(path: Path) -> Iterator[tuple[Article, tuple[str, str] | None]]:
    """Each article, with name of the shard and id of the article that have the same text."""
    with path.open(encoding="ascii") as file:
        for line in file:
            row = json.loads(line)
            copy = row.pop("copy")
            yield Article(**row), (copy[0], copy[1]) if copy else None
