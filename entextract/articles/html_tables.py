"""Tables in HTML under the name of a workbook, as many bases on the web write for Excel."""

from __future__ import annotations

from collections.abc import Iterator

from entextract.articles.columns import Columns
from entextract.articles.encoding import read_at_once
from entextract.articles.interface import File, Refused, Row, nothing_in, repaired
from entextract.articles.markup import LARGEST_PAGE, html_tree, local_name, text_of
from entextract.records.nouns import Problem


def read_html_table(file: File, columns: Columns) -> Iterator[Row | Problem]:
    """The rows below the first one that names a column of texts.

    Raises:
        Refused: no row does.
    """
    refusal = f"a table in HTML of more than {LARGEST_PAGE} characters: save it as XLSX or CSV"
    source, notes = read_at_once(file.path, LARGEST_PAGE, refusal)
    yield from repaired(file, notes)
    header: list[str] = []
    first: list[str] = []
    any_row = False
    for number, row in enumerate(html_tree(source).iter("tr"), start=1):
        cells = [text_of(cell) for cell in row if local_name(cell) in ("td", "th")]
        if header:
            any_row = True
            cells += [""] * len(header)
            yield columns.row(dict(zip(header, cells, strict=False)), str(number))
        elif columns.knows_text(cells):
            header = cells
        first = first or cells
    if not header and first:
        raise Refused(columns.missing("text", first))
    if not any_row:
        yield nothing_in(file)
