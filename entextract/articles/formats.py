"""Which reader reads which file: its content decides, its extension where content cannot tell."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath

from entextract.articles import (
    archives,
    documents,
    europresse,
    factiva,
    feeds,
    html_tables,
    iramuteq,
    json_files,
    lexisnexis,
    mail,
    markdown,
    office,
    pages,
    parquet,
    pdf,
    readers,
    rtf,
    tei,
    texts,
    warc,
    workbooks,
)
from entextract.articles.columns import Columns, Reader
from entextract.articles.encoding import beginning, read_at_once, read_lines
from entextract.articles.interface import File, Refused, Row, nothing_in, repaired
from entextract.articles.markup import LARGEST_PAGE, html_tree, text_of
from entextract.records.nouns import Problem

_DEEPEST = 2  # archives inside archives
_HEAD = 2**20  # characters looked at; an export can open with long styles

_COMMENTS = re.compile(
    r"\s*(?:<\?[^>]*>|<!--.*?-->|<!DOCTYPE(?!\s+html)[^>\[]*(?:\[.*?\])?[^>]*>)", re.S | re.I
)
_ROOT = re.compile(r"\s*<!?(?:[\w.-]+:)?([\w.-]+)")
_TXM = re.compile(r"<(?:[\w.-]+:)?text\s[^<>]{0,500}?\w=")
_TEI = re.compile("tei(?:corpus|\\.2)?", re.IGNORECASE)
_PAGE_ROOTS = ("html", "head", "body", "doctype")
_OFFICE: dict[str, Reader] = {
    "docx": documents.read_docx,
    "odt": documents.read_odt,
    "xlsx": workbooks.read_xlsx,
    "ods": workbooks.read_ods,
}
_OFFICE_REMEDY = {
    "pptx": "a presentation of PowerPoint: save its text as DOCX",
    "xlsb": "a binary workbook of Excel: save it as XLSX",
    "epub": "an EPUB book: save its text as DOCX or plain text",
    "office": "an office document of another kind: save it as DOCX, XLSX or plain text",
}
# of Word and Excel before 2007, and of encrypted documents of any later one
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_KINDS = (
    ("EncryptedPackage", "encrypted with a password: open it and save it without one"),
    ("WordDocument", "a document of Word before 2007 (.doc): save it as DOCX"),
    ("Workbook", "a workbook of Excel before 2007 (.xls): save it as XLSX or CSV"),
)

# what the content does not tell
_BY_EXTENSION: dict[str, Reader] = {
    ".txt": readers.read_text,
    ".text": readers.read_text,
    ".jsonl": readers.read_jsonl,
    ".ndjson": readers.read_jsonl,
    ".json": json_files.read_json,
    ".csv": readers.read_csv,
    ".tsv": readers.read_csv,
    ".tab": readers.read_csv,
    ".md": markdown.read_markdown,
    ".markdown": markdown.read_markdown,
    ".eml": mail.read_message,
    ".mbox": mail.read_mailbox,
}
_TEXTS = (".txt", ".text", "")
_TABLES = (".csv", ".tsv", ".tab", ".md", ".markdown")
_BOOKS = (".xls", ".xlsx", ".xlsm", ".ods")  # some bases write pages under the name of a workbook
_PAGE_EXTENSIONS = (".html", ".htm", ".xhtml", ".mht", ".mhtml")
_OTHERS = (".xml", ".rss", ".atom", ".parquet", ".docx", ".odt", ".rtf", ".xlsx", ".xlsm", ".ods")
_ARCHIVES = (".pdf", ".warc", ".zip", ".gz")
EXTENSIONS = (*_BY_EXTENSION, *_PAGE_EXTENSIONS, *_OTHERS, *_ARCHIVES)
_REMEDIES = {
    ".doc": "a document of Word before 2007: save it as DOCX",
    ".xls": "a workbook of Excel before 2007: save it as XLSX or CSV",
    ".rda": "a file of R: write the table with write.csv",
    ".rdata": "a file of R: write the table with write.csv",
    ".rds": "a file of R: write the table with write.csv",
    ".sav": "a file of SPSS: export the table as CSV",
    ".dta": "a file of Stata: export the table as CSV",
    ".epub": _OFFICE_REMEDY["epub"],
    ".7z": "unpack it first, or make it a ZIP archive",
    ".rar": "unpack it first, or make it a ZIP archive",
    ".tar": "unpack it first, or make it a ZIP archive",
    ".sqlite": "export the table as CSV",
    ".db": "export the table as CSV",
}


def reader_of(file: File, depth: int = 0) -> Reader | None:
    """The reader of a file; None if it is of no known kind.

    Raises:
        OSError: it cannot be read.
    """
    with file.path.open("rb") as raw:
        magic = raw.read(8)
    if magic[:4] in (b"PK\x03\x04", b"PK\x05\x06") or magic[:2] == b"\x1f\x8b":
        return _of_archive(file, magic, depth)
    if magic[:4] == b"PAR1" or file.path.suffix.lower() == ".parquet":
        return parquet.read_parquet
    if magic[:4] == b"%PDF":
        return pdf.read_pdf
    if magic[:5] == b"{\\rtf":
        return rtf.read_rtf
    if magic[:5] == b"WARC/":
        return partial(warc.read_warc, reader_of=partial(reader_of, depth=depth + 1))
    if magic[:4] == _OLE:
        return _read_old_office
    return _of_text(file, depth)


def _of_archive(file: File, magic: bytes, depth: int) -> Reader:
    """The reader of a ZIP or gzip file: an office document, pages of the web, or files."""
    if magic[:2] == b"PK" and (kind := office.kind_of(file.path)):
        return _OFFICE.get(kind) or partial(_read_other_office, kind=kind)
    if magic[:2] == b"\x1f\x8b" and archives.gzip_holds(file.path, b"WARC/"):
        return partial(warc.read_warc, reader_of=partial(reader_of, depth=depth + 1))
    if depth >= _DEEPEST:
        raise Refused("an archive in an archive in an archive: unpack it first")
    read = archives.read_gzip if magic[:2] == b"\x1f\x8b" else archives.read_zip
    return partial(read, reader_of=partial(reader_of, depth=depth + 1))


def _of_text(file: File, depth: int) -> Reader | None:
    """The reader of a file that holds characters."""
    extension = file.path.suffix.lower()
    head = _head(file.path)
    if head.startswith("<") and (reader := _of_markup(head, extension)):
        return reader
    if json_files.START.match(head):
        return _of_json(head, extension)
    if extension in (".mht", ".mhtml") or (
        mail.MESSAGE.match(head) and "multipart/related" in head[:4096] and extension != ".eml"
    ):
        return partial(mail.read_mhtml, reader_of=partial(reader_of, depth=depth + 1))
    if mail.MBOX.match(head):
        return mail.read_mailbox
    first = head.partition("\n")[0]
    if iramuteq.is_heading(first) or (extension in _TEXTS and readers.is_header(first)):
        return readers.read_text if iramuteq.is_heading(first) else readers.read_csv
    # a corpus, or a page of a database saved as text
    if not head.startswith("<") and extension not in _TABLES and texts.is_export(head):
        return readers.read_text
    if extension in (".xml", ".rss", ".atom"):
        return _read_other_xml if head.strip() else readers.read_text
    if extension in _PAGE_EXTENSIONS:
        return _read_page
    if extension in _OTHERS or extension in _ARCHIVES:
        return _read_no_such
    return _BY_EXTENSION.get(extension)


def _of_markup(head: str, extension: str) -> Reader | None:
    """The reader of HTML or XML; exports of databases before any page, by their classes and ids."""
    if europresse.MARKS.search(head):
        return partial(_read_or_page, reader=europresse.read_europresse)
    if factiva.START.search(head) and factiva.MARKS.search(head):
        return partial(_read_or_page, reader=factiva.read_factiva)
    if lexisnexis.HTML_START.search(head):
        return partial(_read_or_page, reader=lexisnexis.read_lexisnexis_html)
    root = _root(head)
    if extension in _BOOKS and root.lower() in (*_PAGE_ROOTS, "table", "meta", "style"):
        return html_tables.read_html_table
    if root in ("rss", "feed", "RDF"):
        return feeds.read_feed
    if root.lower() in _PAGE_ROOTS:
        return _read_page
    if root.lower() == "svg":
        return None
    if _TEI.fullmatch(root):
        return tei.read_tei
    if root == "doc":
        return tei.read_trafilatura
    if root in ("text", "corpus") or _TXM.search(head):
        return tei.read_txm
    return None


def _of_json(head: str, extension: str) -> Reader:
    """JSON Lines if a whole object stands on the first line, and another one follows or may."""
    lines = [line for line in head.split("\n", 20) if line.strip()]
    try:
        whole = isinstance(json.loads(lines[0], strict=False), dict)
    except (ValueError, RecursionError):
        whole = False
    another = len(lines) > 1 and lines[1].lstrip().startswith("{")
    if extension in (".jsonl", ".ndjson"):
        pretty = not whole and len(lines[0].strip()) < 3
        return json_files.read_json if pretty or head[0] == "[" else readers.read_jsonl
    return readers.read_jsonl if whole and another else json_files.read_json


def _head(path: Path) -> str:
    """The first characters of a file, whatever ends its lines."""
    return beginning(path, _HEAD).replace("\r\n", "\n").replace("\r", "\n")


def is_read(path: Path) -> bool:
    """Whether a file found in a folder is to be read: its extension says so, else its content."""
    if path.suffix.lower() in EXTENSIONS:
        return True
    try:
        with path.open("rb") as raw:
            archive = raw.read(2) in (b"PK", b"\x1f\x8b")  # many formats are: only when named so
        return not archive and reader_of(File(path, "")) not in (None, _read_old_office)
    except (OSError, Refused):
        return False


def is_one_article(path: Path) -> bool:
    """Whether a file holds one article at most, as far as its beginning tells."""
    if path.suffix.lower() != ".txt":
        return False
    try:
        reader = reader_of(File(path, ""))
        return reader is readers.read_text and not texts.is_export(_head(path))
    except (OSError, Refused):
        return True


def read_file(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The articles of a file of any kind that is read."""
    reader = reader_of(file)
    if reader is None:
        raise Refused(unread(PurePosixPath(file.where).suffix))
    yield from reader(file, columns)


def unread(extension: str) -> str:
    """Why a file with an extension is not read, and what to do."""
    if remedy := _REMEDIES.get(extension.lower()):
        return f"files of the kind {extension!r} are not read: {remedy}"
    return f"files of the kind {extension!r} are not read; {what_is_read()}"


def remedies(extensions: Iterable[str]) -> Iterator[str]:
    """What to do with files of kinds that are not read, where there is advice."""
    for extension in sorted(extensions):
        if remedy := _REMEDIES.get(extension):
            yield f"{extension}: {remedy}"


def what_is_read() -> str:
    """For messages."""
    return f"what is read: {', '.join(EXTENSIONS)}"


def _read_page(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """A web page; documents of a database are never read as one."""
    lines, _ = read_lines(file.path)
    marks = 0
    suspect: list[str] = []
    for line in lines:
        marks += texts.marks_in_html(line)
        if texts.may_be_of_export(line):
            suspect.append(html.unescape(line))
    texts.refuse_exports(suspect)
    yield from (_read_text_of_page if marks > 1 else pages.read_page)(file, columns)


def _read_text_of_page(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """Documents of a database in HTML that another program wrote, without classes."""
    refusal = f"a page of more than {LARGEST_PAGE} characters: cut it"
    source, notes = read_at_once(file.path, LARGEST_PAGE, refusal)
    yield from repaired(file, notes)
    any_row = False
    for row in texts.rows_of(f"{line}\n" for line in text_of(html_tree(source)).split("\n")):
        any_row = True
        yield row
    if not any_row:
        yield nothing_in(file)


def _read_or_page(file: File, columns: Columns, reader: Reader) -> Iterator[Row | Problem]:
    """An export; or a page that only has the marks of one."""
    found: list[Row | Problem] = []
    rows = reader(file, columns)
    for row in rows:
        found.append(row)
        if not isinstance(row, Row) and row.action != "refused":
            continue
        if not isinstance(row, Row) or row.values["text"].strip() or row.values.get("id"):
            yield from found
            yield from rows
            return
    yield from _read_page(file, columns)


def _read_other_xml(file: File, columns: Columns) -> Iterator[Row | Problem]:
    raise Refused(
        "XML of an unknown kind; RSS, Atom, TEI, TXM and that of trafilatura are read: "
        "export a table (CSV) instead"
    )


def _read_no_such(file: File, columns: Columns) -> Iterator[Row | Problem]:
    kind = file.path.suffix
    if kind.lower() in (".zip", ".gz"):
        raise Refused(f"this is no {kind} archive, whatever its name says")
    raise Refused(f"this is no {kind} file, whatever its name says; it may be damaged")


def _read_other_office(file: File, columns: Columns, kind: str) -> Iterator[Row | Problem]:
    raise Refused(_OFFICE_REMEDY[kind])


def _read_old_office(file: File, columns: Columns) -> Iterator[Row | Problem]:
    with file.path.open("rb") as raw:
        data = raw.read(2**26)
    for name, reason in _OLE_KINDS:
        if name.encode("utf-16-le") in data:
            raise Refused(reason)
    raise Refused("an old office document: save it as DOCX, XLSX or plain text")


def _root(head: str) -> str:
    """Name of the first element, without its namespace; « doctype » for that of HTML."""
    at = 0
    while found := _COMMENTS.match(head, at):
        at = found.end()
    root = _ROOT.match(head, at)
    return root[1] if root else ""
