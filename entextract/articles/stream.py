"""From rows to articles: ids that are free, dates and characters in order, problems noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path

from entextract.articles.columns import Columns
from entextract.articles.dates import iso_date
from entextract.articles.encoding import blank_forbidden, clean
from entextract.articles.interface import LONGEST_TEXT, ColumnError, Refused, Row
from entextract.articles.language import foreign_language
from entextract.records.nouns import Article, Problem

_LONG = 100_000  # characters: an article has fewer, and a file of many that was not cut has more


@dataclass(frozen=True, slots=True)
class Source:
    """Something that can be read again and again."""

    name: str  # relative path, from which ids are made
    where: str  # as the user knows it
    read: Callable[[Columns], Iterator[Row | Problem]]
    path: Path | None = None


class ArticleStream:
    """Articles, read one at a time, anew at each iteration.

    Attributes:
        paths: the files that will be read, in order.
        problems: what did not go well in the latest iteration, filled as it goes.
        expected: how many articles there are at most, or None if only reading can tell.
        other_languages: whether articles that are not in French are kept.
        headlines: whether what stands above the text of an article is a part of it.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        named: Mapping[str, str | None],
        *,
        found: Sequence[Problem] = (),
        expected: int | None = None,
    ) -> None:
        self.paths = [source.path for source in sources if source.path is not None]
        self.problems: list[Problem] = []
        self.expected = expected
        self.other_languages = False
        self.headlines = True
        self._sources = sources
        self._named = named
        self._found = found

    @property
    def options(self) -> dict[str, str | bool | None]:
        """What the caller asked of the readers: names of columns, other languages, headlines."""
        return {
            **self._named,
            "other_languages": self.other_languages,
            "headlines": self.headlines,
        }

    def __repr__(self) -> str:
        names = ", ".join(source.name for source in islice(self._sources, 3))
        more = ", …" if len(self._sources) > 3 else ""
        return f"<ArticleStream: {names}{more}>"

    def __iter__(self) -> Iterator[Article]:
        self.problems.clear()
        for problem in self._found:
            self._note(problem)
        columns = Columns(self._named)
        taken: dict[str, int] = {}
        for source in self._sources:
            try:
                for row in source.read(columns):
                    if isinstance(row, Problem):
                        self._note(row)
                    elif article := self._article(source, row, taken):
                        yield article
            except Refused as error:
                self._refuse(source.where, str(error))
            except OSError as error:
                self._refuse(source.where, f"cannot be read: {error.strerror or error}")
        self._check_named(columns, any_article=bool(taken))

    def _note(self, problem: Problem) -> None:
        # file names can hold what no report can be written with
        said = (problem.article, problem.where, problem.reason)
        article, where, reason = (blank_forbidden(words) for words in said)
        self.problems.append(Problem(article, where, reason, problem.action))

    def _refuse(self, where: str, reason: str) -> None:
        self._note(Problem(where, where, reason, "refused"))

    def _check_named(self, columns: Columns, *, any_article: bool) -> None:
        """A column that the caller named and that no table has is the caller's mistake."""
        if not columns.seen:  # no table among the files
            return
        for name in sorted(columns.named.keys() - columns.met):
            reason = columns.missing(name, columns.seen)
            if name == "text" and not any_article:
                raise ColumnError(reason)
            self._refuse(f"{name}_column", reason)

    def _article(self, source: Source, row: Row, taken: dict[str, int]) -> Article | None:
        """The article of a row, or None if it has no text; problems are noted."""
        where = f"{source.where}/{row.inner}" if row.inner else source.where
        where = f"{where}:{row.line}" if row.line else where
        notes = Counter(row.notes)
        values = {name: clean(value, notes) for name, value in row.values.items()}
        meta = {clean(k, notes): clean(v, notes) for k, v in row.meta.items() if k and v}
        text = values.pop("text")
        if self.headlines and row.heading:
            text = "\n".join([*(clean(line, notes) for line in row.heading), text]).rstrip("\n")
        values = {name: value.strip() for name, value in values.items()}
        name = f"{source.name}/{row.inner}" if row.inner else source.name
        name = blank_forbidden(name)
        bare = name[:-3] if name.lower().endswith(".gz") else name
        default = f"{bare}:{row.line}" if row.line else bare.removesuffix(Path(bare).suffix)
        wanted = values.pop("id", "") or default
        if self._unreadable(wanted, where, text, meta):
            return None
        identifier = free_id(wanted, taken)
        if identifier != wanted:
            reason = f"the id {wanted!r} is already taken: this article is now {identifier!r}"
            self._note(Problem(identifier, where, reason, "renamed"))
        if len(text) > _LONG:
            reason = f"read as one article, of {len(text)} characters: if it is several, cut it"
            self._note(Problem(identifier, where, reason, "unknown"))
        if notes:
            reason = "; ".join(note.format(n=n) for note, n in notes.items())
            self._note(Problem(identifier, where, reason, "repaired"))
        if row.missing:
            self._note(Problem(identifier, where, row.missing, "shortened"))
        if day := values.get("date"):
            values["date"] = iso_date(day)
            if not values["date"]:
                meta["date"] = day
        if source.path is not None:
            meta.setdefault("file", name)
        return Article(identifier, text, **values, meta=_beside_fields(meta))

    def _unreadable(self, wanted: str, where: str, text: str, meta: dict[str, str]) -> bool:
        """Whether an article has no text that can be read; the problem is noted."""
        if not text.strip():
            self._note(Problem(wanted, where, "there is no text", "empty"))
            return True
        if len(text) > LONGEST_TEXT:
            reason = f"a text of {len(text)} characters: this is no article; cut it first"
            self._note(Problem(wanted, where, reason, "refused"))
            return True
        language = foreign_language(text)
        if language and self.other_languages:
            meta["language"] = language
        elif language:
            reason = (
                f"not in French (language: {language}), left out; "
                "keep such articles with other_languages (--other-languages)"
            )
            self._note(Problem(wanted, where, reason, "refused"))
        return bool(language) and not self.other_languages


def free_id(wanted: str, taken: dict[str, int]) -> str:
    """The id, with a number if it is taken; it is taken from now on."""
    identifier = wanted
    while identifier in taken:
        taken[wanted] += 1
        identifier = f"{wanted}#{taken[wanted]}"
    taken[identifier] = 1
    return identifier


def _beside_fields(meta: Mapping[str, str]) -> dict[str, str]:
    """Meta names that do not hide a field of ``Article``."""
    own = {f.name for f in fields(Article)}
    return {f"{name}_as_read" if name in own else name: value for name, value in meta.items()}
