"""Reads articles from files, folders and tables, and says what could not be read and why.

No language processing here. The offsets of every later table count the characters of
``Article.text``, so what a reader changes is little, and named: the newlines of files become
``\\n``, and a character that no file can carry becomes one space.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import os
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import lru_cache, partial
from glob import glob, has_magic
from importlib.resources import as_file, files
from itertools import chain, islice
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeGuard, cast

from entextract.records import TABLES, Article, Problem

if TYPE_CHECKING:
    import pandas as pd

StrPath: TypeAlias = str | os.PathLike[str]

# the names by which a column is known without being told, the likeliest first
_ALIASES = {
    "text": "text texte contenu content full_text fulltext texte_integral body corps article",
    "id": "id identifiant identifier doc_id article_id",
    "title": "title titre headline",
    "date": "date date_publication publication_date date_de_publication published published_at",
    "source": "source journal media newspaper publication",
    "url": "url lien link permalink",
}
_LARGEST_CELL = 2**24  # characters of a CSV cell: more than any article, less than the memory
_SAMPLE = 2**16  # bytes looked at to tell text from other files

_BOMS = (  # that of UTF-16 is the beginning of that of UTF-32
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENCODING_NOTES = {
    "cp1252": ("not UTF-8: read as Windows-1252",),
    "utf-16": ("read as UTF-16",),
    "utf-32": ("read as UTF-32",),
}
_MAGIC = (
    (b"%PDF", "looks like a PDF: export its text first"),
    (b"PK\x03\x04", "looks like an office document or a ZIP archive: save it as plain text"),
    (b"\xd0\xcf\x11\xe0", "looks like an old office document: save it as plain text"),
    (b"{\\rtf", "looks like an RTF document: save it as plain text"),
    (b"\x89PNG", "looks like a PNG image: its text must be recognised first"),
    (b"\xff\xd8\xff", "looks like a JPEG image: its text must be recognised first"),
    (b"GIF8", "looks like a GIF image: its text must be recognised first"),
    (b"\x1f\x8b", "looks like a gzip archive: unpack it first"),
)
_CONTROL_BYTES = bytes({*range(32), 127} - {*b"\t\n\r\f\x1b"})

# Windows-1252 has characters where ISO 8859-1 and Unicode have control codes
_WINDOWS = {
    code: char for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_WINDOWS_BACK = {ord(char): code for code, char in _WINDOWS.items()}
_UTF8_FRENCH = re.compile(rb"[\xc2\xc3][\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_MOJIBAKE = re.compile("[ÃÂ][^\x00-\x7f]|â[€\x80]")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


class Refused(ValueError):
    """Why a file or a line of it cannot be read, and what to do."""


class ColumnError(Refused):
    """A column that the caller named is nowhere."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a reader knows of one article; the stream checks it and makes the ``Article``."""

    values: Mapping[str, str]  # by field of Article; "text" is always there
    meta: Mapping[str, str] = field(default_factory=dict)
    line: str = ""  # line of the file, empty when the file is one article
    notes: tuple[str, ...] = ()  # what was repaired


class Columns:
    """Which column holds which field: as the caller says, else by its name."""

    def __init__(self, named: Mapping[str, str | None]) -> None:
        self.named = {name: column for name, column in named.items() if column is not None}
        self.met: set[str] = set()  # fields whose named column was seen
        self.seen: dict[str, None] = {}  # every column, in order of appearance
        self._found: dict[tuple[str, ...], dict[str, str]] = {}

    def find(self, names: Iterable[str]) -> dict[str, str]:
        """The column of each field among these names.

        Raises:
            Refused: there is no column for the text.
        """
        names = tuple(names)
        if names not in self._found:
            self._found[names] = self._match(names)
            self.seen.update(dict.fromkeys(names))
            self.met.update(self.named.keys() & self._found[names].keys())
        if "text" not in self._found[names]:
            raise Refused(self.missing("text", names))
        return self._found[names]

    def _match(self, names: tuple[str, ...]) -> dict[str, str]:
        by_key = {_key(name): name for name in reversed(names)}
        found = {}
        for field_name, aliases in _ALIASES.items():
            wanted = self.named.get(field_name)
            if wanted in names:
                found[field_name] = wanted
                continue
            keys = aliases.split() if wanted is None else [_key(wanted)]
            if column := next((by_key[key] for key in keys if key in by_key), None):
                found[field_name] = column
        return found

    def row(self, record: Mapping[str, Any], line: str) -> Row:
        """A record of a table as a row; what is no field of an article goes to ``meta``.

        Raises:
            Refused: there is no text column, or it holds something else than text.
        """
        found = self.find(record)
        text = record[found["text"]]
        if text is not None and not isinstance(text, str):
            kind = type(text).__name__
            raise Refused(f"column {found['text']!r} holds a value of type {kind}, not a text")
        values = {field_name: _plain(record[name]) for field_name, name in found.items()}
        used = set(found.values())
        meta = {name: _plain(value) for name, value in record.items() if name not in used}
        return Row(values, meta, line)

    def missing(self, field_name: str, names: Iterable[str]) -> str:
        """What to say when no column holds a field."""
        wanted = self.named.get(field_name)
        what = f"no column for the {field_name}" if wanted is None else f"no column {wanted!r}"
        seen = ", ".join(name[:40] for name in islice(names, 20)) or "none"
        option = f"{field_name}_column (--{field_name}-column)"
        return f"{what}; columns seen: {seen}; name the right one with {option}"


Reader: TypeAlias = Callable[[Path, Columns], Iterator[Row | Problem]]


@dataclass(frozen=True, slots=True)
class _Source:
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
    """

    def __init__(
        self,
        sources: Sequence[_Source],
        named: Mapping[str, str | None],
        *,
        found: Sequence[Problem] = (),
        expected: int | None = None,
    ) -> None:
        self.paths = [source.path for source in sources if source.path is not None]
        self.problems: list[Problem] = []
        self.expected = expected
        self._sources = sources
        self._named = named
        self._found = found

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
        article, where, reason = (_FORBIDDEN.sub(" ", words) for words in said)
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

    def _article(self, source: _Source, row: Row, taken: dict[str, int]) -> Article | None:
        """The article of a row, or None if it has no text; problems are noted."""
        where = f"{source.where}:{row.line}" if row.line else source.where
        notes = Counter(row.notes)
        values = {name: _clean(value, notes) for name, value in row.values.items()}
        meta = {_clean(k, notes): _clean(v, notes) for k, v in row.meta.items() if k and v}
        text = values.pop("text")
        values = {name: value.strip() for name, value in values.items()}
        name = _FORBIDDEN.sub(" ", source.name)
        default = f"{name}:{row.line}" if row.line else name.removesuffix(Path(name).suffix)
        wanted = values.pop("id", "") or default
        if not text.strip():
            self._note(Problem(wanted, where, "there is no text", "empty"))
            return None
        identifier = _free(wanted, taken)
        if identifier != wanted:
            reason = f"the id {wanted!r} is already taken: this article is now {identifier!r}"
            self._note(Problem(identifier, where, reason, "renamed"))
        if notes:
            reason = "; ".join(note.format(n=n) for note, n in notes.items())
            self._note(Problem(identifier, where, reason, "repaired"))
        if day := values.get("date"):
            values["date"] = iso_date(day)
            if not values["date"]:
                meta["date"] = day
        if source.path is not None:
            meta.setdefault("file", name)
        return Article(identifier, text, **values, meta=_beside_fields(meta))


def read_articles(
    source: StrPath | Iterable[StrPath] | pd.DataFrame,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    title_column: str | None = None,
    date_column: str | None = None,
    source_column: str | None = None,
    url_column: str | None = None,
) -> ArticleStream:
    """Read articles from .txt, .jsonl, .csv and .tsv files, or from a DataFrame.

    A .txt file is one article. In the other formats a row is one, and columns are known by their
    usual French and English names, in any case: texte, contenu, body; titre, headline; journal,
    media … Other columns are kept in ``Article.meta``.

    Files are read as their byte order mark says, else as UTF-8, else as Windows-1252. Newlines of
    text files, also those in the cells of a CSV file, become ``\\n``; those of JSON strings and
    DataFrames are left alone. Control characters and lone surrogates become one space each, or the
    character that Windows-1252 has in their place (the apostrophe of « l\\x92Ukraine »).
    What is wrong with one article never stops the others: see ``ArticleStream.problems``.

    Without an id column, an article is named by its file, and by its line if the file holds
    several: ``2024/sommet``, ``presse.csv:12``. An id met again gets a number: ``a1#2``. A date
    that is not of a form below is kept in ``Article.meta`` as ``date_as_read``.

    Args:
        source: a file, a folder (read with its subfolders), a glob pattern, a list of these,
            or a DataFrame.
        text_column: name of the column with the text, if it is not an obvious one.
        id_column: likewise, for the id.
        title_column: likewise, for the headline.
        date_column: likewise, for the date: ``2024-09-12…``, ``20240912`` or ``12/09/2024``.
        source_column: likewise, for the newspaper.
        url_column: likewise, for the address of the page.

    Returns:
        A stream, which can be iterated over several times and reads the files each time.

    Raises:
        FileNotFoundError: a file or folder does not exist, or a pattern matches nothing.
        ColumnError: a DataFrame lacks a column; or, at the end of an iteration that gave no
            article, ``text_column`` was in no file. It is a ValueError.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"Titre": ["Visite"], "Texte": ["Le Togo accueille le Bénin."]})
    >>> [(article.id, article.title, article.text) for article in read_articles(table)]
    [('row:0', 'Visite', 'Le Togo accueille le Bénin.')]
    """
    named = {
        "text": text_column,
        "id": id_column,
        "title": title_column,
        "date": date_column,
        "source": source_column,
        "url": url_column,
    }
    if _is_frame(source):
        return _frame_stream(source, named)
    single = isinstance(source, str | os.PathLike)
    given = cast("Iterable[StrPath]", [source] if single else source)
    found: list[Problem] = []
    sources: dict[Path, _Source] = {}  # a file named twice is read once
    for item in given:
        for path, base in _listed(os.fspath(item), found):
            reader = partial(READERS.get(path.suffix.lower(), _read_unknown), path)
            name = path.relative_to(base).as_posix()
            sources.setdefault(path.resolve(), _Source(name, str(path), reader, path))
    one_each = all(source.name.lower().endswith(".txt") for source in sources.values())
    expected = len(sources) if one_each else None
    return ArticleStream(list(sources.values()), named, found=found, expected=expected)


def sample_articles() -> list[Article]:
    """The articles that ship with the package, written for it.

    >>> len(sample_articles()) >= 12
    True
    """
    with as_file(files("entextract.data") / "samples" / "articles.jsonl") as path:
        return list(read_articles(path))


def iso_date(day: str) -> str:
    """A date as ``YYYY-MM-DD``, without its time; empty if it is written in another way.

    >>> iso_date("2024-09-12T10:30:00Z"), iso_date("20240912"), iso_date("12/09/2024 10:30")
    ('2024-09-12', '2024-09-12', '2024-09-12')
    >>> iso_date("jeudi 12 septembre")
    ''
    """
    iso = re.match(r"(\d{4})(-?)(\d\d)\2(\d\d)(?!\d)", day)
    french = re.match(r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>\d{4})(?!\d)", day)
    try:
        if iso:
            return date(int(iso[1]), int(iso[3]), int(iso[4])).isoformat()
        if french:
            return date(int(french["y"]), int(french["m"]), int(french["d"])).isoformat()
    except ValueError:
        return ""  # the 31st of February
    return ""


# ---- which files


def _listed(given: str, found: list[Problem]) -> Iterator[tuple[Path, Path]]:
    """The files that a path or pattern stands for, each with the folder that names start from."""
    path = Path(given)
    if not given:  # Path would take it for the current folder
        raise FileNotFoundError("the name of a file or folder is empty")
    if path.is_dir():
        yield from _known(_walk(path, found), path, given, found)
    elif path.exists():
        yield path, path.parent
    elif has_magic(given):
        matches = [Path(match) for match in sorted(glob(given, recursive=True))]
        if not matches:
            raise FileNotFoundError(f"{given}: no file matches this pattern")
        base = Path(*path.parts[: next(i for i, part in enumerate(path.parts) if has_magic(part))])
        inside = chain.from_iterable(_walk(m, found) if m.is_dir() else [m] for m in matches)
        yield from _known(dict.fromkeys(inside), base, given, found)
    else:
        raise FileNotFoundError(f"{given}: no such file or folder")


def _known(
    paths: Iterable[Path], base: Path, given: str, found: list[Problem]
) -> Iterator[tuple[Path, Path]]:
    """The files of a format that is read; the others are counted in one problem."""
    others: Counter[str] = Counter()
    any_known = False
    for path in paths:
        if path.suffix.lower() in READERS:
            any_known = True
            yield path, base
        else:
            others[path.suffix.lower() or "no extension"] += 1
    if others:
        kinds = ", ".join(f"{suffix}: {n}" for suffix, n in sorted(others.items()))
        reason = f"{others.total()} files of other kinds left aside ({kinds}); {_what_is_read()}"
        found.append(Problem(given, given, reason, "refused"))
    if not any_known:
        reason = f"there is nothing to read in it; {_what_is_read()}"
        found.append(Problem(given, given, reason, "empty"))


def _walk(folder: Path, found: list[Problem]) -> Iterator[Path]:
    """Files of a folder and its subfolders, sorted; no hidden ones, no earlier results."""

    def closed(error: OSError) -> None:
        where = str(error.filename)
        found.append(Problem(where, where, f"cannot be read: {error.strerror}", "refused"))

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        kept = {name for name in names if not name.startswith((".", "~$"))}
        if {"mentions.csv", "report.json"} <= kept:
            # these tables have a column "text": each sentence would become an article
            kept -= {"report.json", "graphe.gexf", *(f"{table}.csv" for table in TABLES)}
            folders[:] = [name for name in folders if name != "gephi"]
            reason = "holds the result of an earlier run, which was left aside"
            found.append(Problem(parent, parent, reason, "refused"))
        yield from (Path(parent, name) for name in sorted(kept))


def _what_is_read() -> str:
    return f"what is read: {', '.join(READERS)}"


# ---- readers, one for each format


def _read_unknown(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    raise Refused(f"files of the kind {path.suffix!r} are not read; {_what_is_read()}")


def _read_text(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    encoding = _encoding(path)
    text = "".join(_lines(path, encoding))
    yield Row({"text": text}, notes=_ENCODING_NOTES.get(encoding, ()))


def _read_jsonl(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    encoding = _encoding(path)
    yield from _encoding_problem(path, encoding)
    empty = True
    for number, line in enumerate(_lines(path, encoding), start=1):
        if not line.strip():
            continue
        if empty and line.strip() in ("[", "[{", "{"):
            raise Refused("this is JSON but not JSON Lines: write each article on one line")
        empty = False
        try:
            yield columns.row(_json_object(line), str(number))
        except Refused as error:
            yield Problem(str(path), f"{path}:{number}", str(error), "refused")
    if empty:
        yield _nothing_in(path)


def _json_object(line: str) -> dict[str, Any]:
    try:
        # not strict: raw control characters in strings are common, and replaced later
        record = json.loads(line.strip(), strict=False)
    except json.JSONDecodeError as error:
        raise Refused(f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:  # a number or a nesting without end
        raise Refused(f"JSON that cannot be read: {error}") from error
    if not isinstance(record, dict):
        raise Refused(f"expected a JSON object, found {type(record).__name__}")
    return record


def _read_csv(path: Path, columns: Columns) -> Iterator[Row | Problem]:
    encoding = _encoding(path)
    yield from _encoding_problem(path, encoding)
    records = _csv_records(_lines(path, encoding))
    _, header, fault = next(records, (0, [], ""))
    if fault:
        raise Refused(f"the header is not CSV: {fault}")
    header = [name.strip() for name in header]
    if header:
        columns.find(header)
    empty = True
    for line, cells, fault in records:
        empty = False
        if any(cells[len(header) :]):
            fault = (
                f"{len(cells)} cells where the header has {len(header)}: "
                "a cell that holds the separator must stand between quotes"
            )
        if fault:
            yield Problem(str(path), f"{path}:{line}", fault, "refused")
            continue
        cells += [""] * (len(header) - len(cells))
        yield columns.row(dict(zip(header, cells, strict=False)), str(line))
    if empty:
        yield _nothing_in(path)


def _csv_records(lines: Iterator[str]) -> Iterator[tuple[int, list[str], str]]:
    """Line, cells, and what is wrong with them, of each record that is not blank."""
    head = [""]
    while not head[-1].strip() and (line := next(lines, "")):
        head.append(line)
    csv.field_size_limit(max(csv.field_size_limit(), _LARGEST_CELL))
    # strict, or a quote that is never closed would take in the rest of the file without a word
    reader = csv.reader(chain(head[1:], lines), delimiter=_delimiter(head[-1]), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error) or "unexpected end" in str(error):
                yield number, [], "a quote opened here is never closed; nothing after it was read"
                return
            yield number, [], f"{error}; a quote inside quotes must be doubled"
            continue
        if any(cell.strip() for cell in cells):
            yield number, cells, ""


def _delimiter(header: str) -> str:
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t", key=bare.count)


READERS: dict[str, Reader] = {
    ".txt": _read_text,
    ".jsonl": _read_jsonl,
    ".csv": _read_csv,
    ".tsv": _read_csv,
}


def _is_frame(source: object) -> TypeGuard[pd.DataFrame]:
    return hasattr(source, "itertuples")  # without importing pandas to know


def _frame_stream(frame: pd.DataFrame, named: Mapping[str, str | None]) -> ArticleStream:
    columns = Columns(named)
    try:
        columns.find(map(str, frame.columns))
    except Refused as error:
        raise ColumnError(str(error)) from error
    for name in sorted(columns.named.keys() - columns.met):
        raise ColumnError(columns.missing(name, columns.seen))
    source = _Source("row", "DataFrame", partial(_read_frame, frame))
    return ArticleStream([source], named, expected=len(frame))


def _read_frame(frame: pd.DataFrame, columns: Columns) -> Iterator[Row | Problem]:
    import pandas as pd

    names = [str(name) for name in frame.columns]
    for index, *cells in frame.itertuples(name=None):
        values = [None if pd.api.types.is_scalar(c) and pd.isna(c) else c for c in cells]
        try:
            yield columns.row(dict(zip(names, values, strict=True)), str(index))
        except Refused as error:
            yield Problem(f"row:{index}", f"DataFrame:{index}", str(error), "refused")
    if frame.empty:
        yield Problem("DataFrame", "DataFrame", "there is no row in it", "empty")


# ---- bytes to characters


def _encoding(path: Path) -> str:
    """Encoding of a file, by its byte order mark, else UTF-8, else Windows-1252; never a guess.

    Statistics are harmful here: on plain French they take Windows-1252 for its eastern cousin.

    Raises:
        Refused: this is not text.
    """
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        _refuse_binary(head)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            for chunk in chain([head], iter(partial(file.read, _SAMPLE), b"")):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _refuse_binary(head: bytes) -> None:
    for magic, reason in _MAGIC:
        if head.startswith(magic):
            raise Refused(reason)
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    share = controls / max(len(head), 1)
    if share > 0.3 or (share > 0.05 and len(head) > 250):
        raise Refused("this is not text, or UTF-16 without its byte order mark: save it as UTF-8")


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Lines of a file, each ended by ``\\n``, whatever ended it in the file."""
    if encoding != "cp1252":
        with path.open(encoding=encoding, errors="replace") as text:
            yield from text
        return
    with path.open("rb") as file:
        for raw in file:
            yield from io.StringIO(_decoded(raw), newline=None)


def _decoded(raw: bytes) -> str:
    """A line of a file that is not UTF-8 throughout.

    One bad byte among thousands of lines must not spoil the others, so a line that holds French
    letters in UTF-8 is read so. Being valid is not enough: in Windows-1252, the last letter of
    « publié », its no-break space and its closing quote are valid UTF-8 for a Chinese character.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if _UTF8_FRENCH.search(raw):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            pass  # both encodings in one line: the file's own
    return raw.decode("cp1252", "replace")


def _encoding_problem(path: Path, encoding: str) -> Iterator[Problem]:
    for note in _ENCODING_NOTES.get(encoding, ()):
        yield Problem(str(path), str(path), note, "repaired")


def _nothing_in(path: Path) -> Problem:
    return Problem(str(path), str(path), "there is no article in this file", "empty")


# ---- values


def _clean(text: str, notes: Counter[str]) -> str:
    """A string that every file format can carry; what was changed is added to the notes."""
    if _MOJIBAKE.search(text):
        try:
            text = text.translate(_WINDOWS_BACK).encode("latin-1").decode("utf-8")
            notes["accents restored: UTF-8 had been read as Windows-1252 (« Ã© »)"] = 1
        except UnicodeError:
            pass  # only part of it looks so: this may be what was written
    text, count = _FORBIDDEN.subn(lambda match: _WINDOWS.get(ord(match[0]), " "), text)
    if count:
        notes["characters replaced, control codes or lone surrogates: {n}"] += count
    return text


def _plain(value: Any) -> str:
    """A value of a table as a string; what is missing becomes empty.

    >>> [_plain(value) for value in (None, 12.0, 0.5, ["Lagos", "Paris"])]
    ['', '12', '0.5', '["Lagos", "Paris"]']
    """
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, float):
        if isnan(value):
            return ""
        # pandas turns integers to floats where one is missing
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _free(wanted: str, taken: dict[str, int]) -> str:
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


@lru_cache(maxsize=1000)
def _key(column: str) -> str:
    """A column name as it is compared.

    >>> _key(" Date de Publication"), _key("Média")
    ('date_de_publication', 'media')
    """
    letters = unicodedata.normalize("NFKD", column.casefold())
    bare = "".join(char for char in letters if not unicodedata.combining(char))
    return re.sub(r"\W+", "_", bare).strip("_")
