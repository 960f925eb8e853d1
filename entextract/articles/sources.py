"""What the caller names, as a stream: files, folders, patterns, a DataFrame, our samples."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from glob import glob, has_magic
from importlib.resources import as_file, files
from itertools import chain
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeAlias

from entextract.articles import standard_input
from entextract.articles.columns import Columns
from entextract.articles.formats import is_one_article, is_read, read_file, remedies, what_is_read
from entextract.articles.interface import ColumnError, File, Refused
from entextract.articles.metadata import shown, with_metadata
from entextract.articles.readers import read_frame
from entextract.articles.stream import ArticleStream, Source
from entextract.records.nouns import DERIVED, TABLES, Article, Problem

if TYPE_CHECKING:
    import pandas as pd
    from typing_extensions import TypeIs

StrPath: TypeAlias = str | os.PathLike[str]
_NAMES_OF_FILES = "read_articles takes names of files and folders, or a DataFrame"
_NAME_SHOWN = 200  # characters of a name in a message: a text may stand in its place


def read_articles(
    source: StrPath | Iterable[StrPath] | pd.DataFrame,
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    title_column: str | None = None,
    date_column: str | None = None,
    source_column: str | None = None,
    url_column: str | None = None,
    other_languages: bool = False,
    headlines: bool = True,
) -> ArticleStream:
    """Read articles from files of many kinds, from archives of these, or from a DataFrame.

    Read are exports of Europresse, Factiva and LexisNexis, saved web pages, RSS and Atom files,
    corpora of IRaMuTeQ, Alceste, TXM and TEI, tables (.csv, .tsv, .json, .jsonl, .xlsx, .ods,
    .parquet, DataFrame), documents (.docx, .odt, .rtf, .pdf, .md), mail (.eml, .mbox), WARC, plain
    text, and .zip and .gz archives of all these; « - » is standard input. What a file is, its
    content says, and its extension only where content cannot tell.

    A .txt file is one article, unless it shows the documents of a database or a corpus. In tables a
    row is one, and columns are known by their usual French and English names, in any case: texte,
    contenu, body; titre, headline; journal, media … Other columns are kept in ``Article.meta``; so
    are author, section and what else an export knows.

    Files are read as their byte order mark says, else as UTF-8 if French letters in it say so,
    else as they declare (HTML, XML), else as UTF-8, else as Windows-1252. Newlines of text files,
    also those in the cells of a CSV file, become ``\\n``; those of JSON strings and DataFrames are
    left alone. Control characters and lone surrogates become one space each, or the
    character that Windows-1252 has in their place (the apostrophe of « l\\x92Ukraine »).
    What is wrong with one article never stops the others: see ``ArticleStream.problems``.

    Without an id column, an article is named by its file, and by its line if the file holds
    several: ``2024/sommet``, ``presse.csv:12``. An id met again gets a number: ``a1#2``. A date
    that is not of a form below is kept in ``Article.meta`` as ``date_as_read``.

    An article that is surely not in French is left out, with a problem that names its language;
    texts of fewer than 150 characters are always kept.

    Files are read by name, those of a folder before those of its subfolders, in whatever order they
    are given: the same files give the same tables.

    Args:
        source: a file, a folder (read with its subfolders), a glob pattern, a list of these,
            or a DataFrame.
        text_column: name of the column with the text, if it is not an obvious one.
        id_column: likewise, for the id.
        title_column: likewise, for the headline.
        date_column: likewise, for the date: ``2024-09-12…``, ``20240912``, ``12/09/2024``
            or in words, French or English: ``1er mars 2024``, ``December 22, 2022``.
        source_column: likewise, for the newspaper.
        url_column: likewise, for the address of the page.
        other_languages: keep articles that are not in French; ``Article.meta`` says their
            ``language``.
        headlines: whether the headline and the standfirst of a web page, and the standfirst of a
            table or of a document of Europresse or LexisNexis, are the first lines of its text,
            in which names are looked for; they are in ``Article.title`` and ``Article.meta`` in
            any case.

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
    stream = _of_frame(source, named) if is_frame(source) else _of_files(source, named)
    stream.other_languages = other_languages
    stream.headlines = headlines
    return stream


def sample_articles() -> list[Article]:
    """The articles that ship with the package, written for it.

    >>> len(sample_articles()) >= 12
    True
    """
    with as_file(files("entextract.data") / "samples" / "articles.jsonl") as path:
        return list(read_articles(path))


def is_frame(source: object) -> TypeIs[pd.DataFrame]:
    return hasattr(source, "itertuples")  # without importing pandas to know


def _of_frame(frame: pd.DataFrame, named: Mapping[str, str | None]) -> ArticleStream:
    columns = Columns(named)
    try:
        columns.find(map(str, frame.columns))
    except Refused as error:
        raise ColumnError(str(error)) from error
    for name in sorted(columns.named.keys() - columns.met):
        raise ColumnError(columns.missing(name, columns.seen))
    source = Source("row", "DataFrame", partial(read_frame, frame))
    return ArticleStream([source], named, expected=len(frame))


def _of_files(
    source: StrPath | Iterable[StrPath], named: Mapping[str, str | None]
) -> ArticleStream:
    given: Iterable[StrPath] = [source] if isinstance(source, str | os.PathLike) else source
    found: list[Problem] = []
    listed: list[Source] = []
    if not isinstance(given, Iterable):
        raise TypeError(f"{_NAMES_OF_FILES}; this is of type {type(given).__name__}")
    for number, item in enumerate(given):
        if not isinstance(item, str | os.PathLike):
            raise TypeError(
                f"{_NAMES_OF_FILES}; the one at place {number} is of type {type(item).__name__}"
            )
        if item == standard_input.NAME:
            kept = File(standard_input.spooled(), "standard input")
            listed.append(Source("stdin", kept.where, partial(read_file, kept)))
            continue
        for path, base in _listed(os.fspath(item), found):
            if _is_special(path):
                reason = (
                    "a pipe or a device, not a file: save what it gives, or pipe it in and name -"
                )
                found.append(Problem(str(path), str(path), reason, "refused"))
                continue
            reader = partial(read_file, File(path, str(path)))
            listed.append(Source(path.relative_to(base).as_posix(), str(path), reader, path))
    found.sort(key=lambda problem: problem.where)
    # by name: ids, and all that follows, are the same in whatever order the files were given
    listed.sort(key=_place)
    sources: dict[Path, Source] = {}  # a file named twice is read once
    for one in listed:
        # resolve() would stop at a link that leads to itself
        sources.setdefault(Path(os.path.realpath(one.where)), one)
    described = with_metadata(list(sources.values()), found)
    one_each = all(one.path and is_one_article(one.path) for one in described)
    expected = len(described) if one_each else None
    return ArticleStream(described, named, found=found, expected=expected)


def _place(source: Source) -> tuple[tuple[str, ...], str, str]:
    """Where a file stands among others: those of a folder before those of its subfolders."""
    return PurePath(source.name).parts[:-1], source.name, source.where


def _listed(given: str, found: list[Problem]) -> Iterator[tuple[Path, Path]]:
    """The files that a path or pattern stands for, each with the folder that names start from."""
    path = Path(given)
    if not given:  # Path would take it for the current folder
        raise FileNotFoundError("the name of a file or folder is empty")
    # of os: those of Path raise where a text of a thousand characters stands for a name
    if os.path.isdir(path):
        yield from _known(_walk(path, found), path, given, found)
    elif os.path.exists(path):
        yield path, path.parent
    elif has_magic(given):
        matches = [Path(match) for match in sorted(glob(given, recursive=True))]
        if not matches:
            raise FileNotFoundError(f"{given[:_NAME_SHOWN]}: no file matches this pattern")
        base = Path(*path.parts[: next(i for i, part in enumerate(path.parts) if has_magic(part))])
        inside = chain.from_iterable(_walk(m, found) if m.is_dir() else [m] for m in matches)
        yield from _known(dict.fromkeys(inside), base, given, found)
    else:
        raise FileNotFoundError(
            f"{given[:_NAME_SHOWN]}: no such file or folder; if this is a text and no name, give "
            "Article(id=…, text=…) to extract or extract_corpus"
        )


def _known(
    paths: Iterable[Path], base: Path, given: str, found: list[Problem]
) -> Iterator[tuple[Path, Path]]:
    """The files of a format that is read; the others are counted in one problem."""
    others: Counter[str] = Counter()
    names: list[str] = []
    any_known = False
    for path in paths:
        if _is_special(path) or is_read(path):
            any_known = True
            yield path, base
        else:
            others[path.suffix.lower() or "no extension"] += 1
            names.append(path.relative_to(base).as_posix())
    if others:
        kinds = ", ".join(f"{suffix}: {n}" for suffix, n in sorted(others.items()))
        what = f"{others.total()} files of other kinds left aside ({kinds}): {shown(names)}"
        reason = "; ".join((what, *remedies(others), what_is_read()))
        found.append(Problem(given, given, reason, "refused"))
    if not any_known:
        reason = f"there is nothing to read in it; {what_is_read()}"
        found.append(Problem(given, given, reason, "empty"))


def _is_special(path: Path) -> bool:
    """Whether a path is neither a file nor a folder: to open a pipe may take for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # to read it will say why
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _walk(folder: Path, found: list[Problem]) -> Iterator[Path]:
    """Files of a folder and its subfolders, sorted; no hidden ones, no earlier results."""

    def closed(error: OSError) -> None:
        where = str(error.filename)
        found.append(Problem(where, where, f"cannot be read: {error.strerror}", "refused"))

    for parent, folders, names in os.walk(folder, onerror=closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        kept = {name for name in names if not name.startswith((".", "~$"))}
        if {"mentions.csv", "report.json"} <= kept:
            # tables with a column "text" and a page: each sentence would become an article
            kept -= {"report.json", "graphe.gexf", "reseau.html"}
            kept -= {f"{table}.csv" for table in (*TABLES, "copies", *DERIVED)}
            folders[:] = [name for name in folders if name != "gephi"]
            reason = "holds the result of an earlier run, which was left aside"
            found.append(Problem(parent, parent, reason, "refused"))
        if "manifest.json" in kept and "shards" in folders:  # of a run of many articles
            kept, folders[:] = set(), []
            reason = "holds the shards of an earlier run, which were left aside"
            found.append(Problem(parent, parent, reason, "refused"))
        yield from (Path(parent, name) for name in sorted(kept))
