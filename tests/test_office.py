"""Office documents, PDF and mail: what other programs write, and what harms."""

import io
import json
import sys
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from test_exports import EXPORTS, read, refusal, write

from entextract.articles import office, read_articles, workbooks

TEXT = "Le préfet est attendu à Plouvarec."
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def zipped(path: Path, **parts: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def word(path: Path, body: str, *, prolog: str = "", **parts: str) -> Path:
    document = f"{prolog}<w:document {WORD}><w:body>{body}</w:body></w:document>"
    return zipped(
        path, **{"[Content_Types].xml": "<Types/>", "word/document.xml": document}, **parts
    )


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def workbook(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


# ---- Word


def test_what_a_paragraph_of_word_holds(tmp_path: Path) -> None:
    body = paragraph(
        "<w:r><w:t>Le préfet</w:t><w:tab/><w:t>est </w:t></w:r>"
        "<w:del><w:r><w:delText>absent</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>attendu</w:t><w:br/><w:t>à Plouvarec.</w:t></w:r></w:ins>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        '<w:r><w:footnoteReference w:id="2"/></w:r>'
    )
    box = (
        '<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:p><w:r><w:t>Dans un cadre.</w:t></w:r>'
        "</w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Dans un cadre.</w:t></w:r></w:p>"
        "</mc:Fallback></mc:AlternateContent>"
    )
    (article,), problems = read(word(tmp_path / "a.docx", body + paragraph(f"<w:r>{box}</w:r>")))
    assert article.text == "Le préfet est attendu\nà Plouvarec.\nDans un cadre."
    assert problems == []


def test_macros_links_and_entities_of_word_are_not_read(tmp_path: Path) -> None:
    secret = write(tmp_path / "secret.txt", "mot de passe")
    prolog = (
        f'<!DOCTYPE d [<!ENTITY a "très "><!ENTITY b SYSTEM "{secret.as_uri()}">'
        '<!ENTITY c "&a;&a;&a;">]>'
    )
    inside = f"<w:r><w:t>{TEXT}</w:t></w:r><w:r><w:t>&b;&c;</w:t></w:r>"
    links = (
        '<Relationships><Relationship Id="r" TargetMode="External" Target="http://a.example/"/>'
        "</Relationships>"
    )
    parts = {"word/vbaProject.bin": "Sub", "word/_rels/document.xml.rels": links}
    path = word(tmp_path / "a.docx", paragraph(inside), prolog=prolog, **parts)
    (article,), _ = read(path)
    assert article.text == TEXT


# ---- workbooks


def test_values_of_a_sheet(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        ["Date", "Texte", "Mots", "Vrai", "Vide", "Prix"],
        [date(2024, 9, 12), TEXT, 106, True, None, 1.5],
        [datetime(2024, 9, 12, 23, 59, 59), TEXT, None, False, "NA", "=1/0"],
        ["12 sept. 2024", TEXT],
        [None, None, None],
        [45547, "  "],
    )
    articles, (problem,) = read(path)
    assert [article.date for article in articles] == ["2024-09-12"] * 3
    assert articles[0].meta == {"Mots": "106", "Vrai": "TRUE", "Prix": "1.5", "file": "a.xlsx"}
    assert (problem.where, problem.reason) == (f"{path}:6", "there is no text")


def test_dates_since_1904(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Date", "Texte"], [date(2024, 9, 12), TEXT])
    book = openpyxl.load_workbook(path)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active["A2"] = date(2024, 9, 12)
    book.save(path)
    (article,), _ = read(path)
    assert article.date == "2024-09-12"


def test_a_text_that_excel_may_have_cut_is_named(tmp_path: Path) -> None:
    text = ("Le préfet est attendu. " * 2000)[: workbooks.LONGEST_CELL]
    _, (problem,) = read(workbook(tmp_path / "a.xlsx", ["Texte"], [text], [TEXT]))
    assert (problem.article, problem.action) == ("a.xlsx:2", "repaired")
    assert problem.reason.endswith("its end is probably lost")


def test_a_sheet_without_texts_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Journal", "Prix"], ["Le Cap", 2])
    assert refusal(path).startswith(
        "sheet 'Sheet': no column for the text; columns seen: Journal, Prix; name the right one"
    )


def test_strings_shared_beyond_the_end_are_empty(tmp_path: Path) -> None:
    path = EXPORTS / "classeur.xlsx"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = b"<sst><si><t>Texte</t></si></sst>"
    articles, problems = read(zipped(tmp_path / "a.xlsx", **parts))
    assert articles == []
    assert {problem.action for problem in problems} <= {"refused", "empty"}


def test_entities_of_a_workbook_are_not_read(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Texte"], [TEXT])
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    sheet = '<!DOCTYPE d [<!ENTITY a "secret">]>' + sheet.replace("attendu", "attendu&a;")
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet
    articles, _ = read(zipped(path, **parts))
    assert "secret" not in articles[0].text
    assert articles[0].text.startswith("Le préfet est attendu")


# ---- what harms


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("EncryptedPackage", "encrypted with a password"),
        ("WordDocument", "a document of Word before 2007 (.doc): save it as DOCX"),
        ("Workbook", "a workbook of Excel before 2007 (.xls): save it as XLSX or CSV"),
        ("", "an old office document: save it as DOCX, XLSX or plain text"),
    ],
)
@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.txt", "a.doc"])
def test_old_and_encrypted_documents(stream: str, reason: str, name: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path / name, OLE + stream.encode("utf-16-le"))).startswith(reason)


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("ppt/presentation.xml", "a presentation of PowerPoint: save its text as DOCX"),
        ("xl/workbook.bin", "a binary workbook of Excel: save it as XLSX"),
        ("visio/document.xml", "an office document of another kind"),
    ],
)
def test_other_office_documents(part: str, reason: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"[Content_Types].xml": "<Types/>", part: "<x/>"})
    assert refusal(path).startswith(reason)


def test_encrypted_opendocument(tmp_path: Path) -> None:
    manifest = '<manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></manifest>'
    for kind in ("text", "spreadsheet"):
        declared = f"application/vnd.oasis.opendocument.{kind}"
        parts = {"mimetype": declared, "META-INF/manifest.xml": manifest, "content.xml": "x"}
        assert refusal(zipped(tmp_path / "a.odt", **parts)).startswith("encrypted with a password")


@pytest.mark.parametrize("name", ["article.docx", "classeur.xlsx", "article.odt", "tableau.ods"])
def test_a_document_under_another_name(name: str, tmp_path: Path) -> None:
    whole = [article.text for article in read(EXPORTS / name)[0]]
    for extension in (".txt", ".zip", ".html", ""):
        path = write(tmp_path / f"fichier{extension}", (EXPORTS / name).read_bytes())
        assert [article.text for article in read(path)[0]] == whole


@pytest.mark.parametrize("extension", [".docx", ".odt", ".xlsx", ".ods", ".rtf", ".pdf", ".warc"])
def test_a_text_under_the_name_of_a_document(extension: str, tmp_path: Path) -> None:
    reason = refusal(write(tmp_path / f"a{extension}", TEXT))
    assert reason == f"this is no {extension} file, whatever its name says; it may be damaged"


@pytest.mark.parametrize("limit", ["_MOST_INFLATED", "LARGEST_PART"])
def test_a_bomb(limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_LARGE", 10_000)
    monkeypatch.setattr(office, limit, 20)
    body = paragraph("<w:r><w:t>a</w:t></w:r>") * 50_000
    assert refusal(word(tmp_path / "a.docx", body)).startswith("inflates more than")
    header = '<row><c t="str"><v>Texte</v></c></row>'
    rows = header + "<row/>" * 200_000
    path = workbook(tmp_path / "a.xlsx", ["Texte"], [TEXT])
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
    articles, (problem,) = read(zipped(path, **parts))
    assert articles == []
    assert "inflates more than" in problem.reason


def test_a_row_without_end(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["Texte"], [TEXT])
    with zipfile.ZipFile(path) as archive:
        parts: dict[str, str | bytes] = {n: archive.read(n) for n in archive.namelist()}
    cells = "<c><v>1</v></c>" * 20_000
    parts["xl/worksheets/sheet1.xml"] = f"<sheetData><row>{cells}</row></sheetData>"
    assert "more than 16384 cells: this is no table" in refusal(zipped(path, **parts))


# ---- PDF, RTF, mail, JSON


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    pd.DataFrame({"text": ["Le Mali vote."]}).to_parquet(path)
    assert len(list(read_articles(path))) == 1
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert "pip install 'entextract[corpus]'" in refusal(path)


def test_pdf_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    assert "pip install 'entextract[pdf]'" in refusal(EXPORTS / "colonnes.pdf")
    monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
    assert "pip install 'entextract[warc]'" in refusal(EXPORTS / "pages.warc.gz")


def test_a_pdf_of_images_and_an_encrypted_one(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    written = io.BytesIO()
    writer.write(written)
    assert "its text must be recognised first" in refusal(
        write(tmp_path / "a.pdf", written.getvalue())
    )
    writer = PdfWriter(clone_from=EXPORTS / "colonnes.pdf")
    writer.encrypt("secret", algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    assert refusal(write(tmp_path / "b.pdf", written.getvalue())).startswith("an encrypted PDF")


def test_one_bad_message_does_not_stop_the_others(tmp_path: Path) -> None:
    mailbox = (EXPORTS / "boite.mbox").read_bytes()
    bad = b"From x Thu Sep 12 10:30:00 2024\nSubject: rien\nContent-Type: image/png\n\nx\n\n"
    articles, (problem,) = read(write(tmp_path / "a.mbox", bad + mailbox))
    assert [article.title for article in articles] == ["Visite à Brest", "Une digue"]
    assert (problem.where[-2:], problem.reason) == (":1", "a message without a text")


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        ([{"text": "Un."}, {"texte": "Deux."}], ["Un.", "Deux."]),
        ({"articles": [{"content": "Un."}], "status": "ok"}, ["Un."]),
        ({"a": {"text": "Un."}, "b": {"text": "Deux."}}, ["Un.", "Deux."]),
        ({"text": {"0": "Un.", "1": "Deux."}, "n": {"0": 1, "1": 2}}, ["Un.", "Deux."]),
        ({"text": ["Un.", "Deux."], "n": [1, 2]}, ["Un.", "Deux."]),
        ({"columns": ["n", "text"], "data": [[1, "Un."], [2, "Deux."]]}, ["Un.", "Deux."]),
        ({"text": "Un.", "authors": ["A", "B"]}, ["Un."]),
        ([], []),
    ],
)
def test_shapes_of_json(content: Any, texts: list[str], tmp_path: Path) -> None:
    for indent in (None, 2):
        path = write(tmp_path / "a.json", json.dumps(content, indent=indent))
        assert [article.text for article in read(path)[0]] == texts


def test_fields_of_tools(tmp_path: Path) -> None:
    fundus = {
        "title": "Visite",
        "authors": ["Awa Sarr"],
        "publishing_date": "2024-09-12 10:00:00+02:00",
        "body": {
            "summary": ["Un."],
            "sections": [{"headline": ["Deux"], "paragraphs": ["Trois."]}],
        },
    }
    news_api = {
        "source": {"id": None, "name": "Le Cap"},
        "author": "Awa Sarr",
        "publishedAt": "2024-09-12T10:00:00Z",
        "content": "Un.",
        "url": "https://cap.example/1",
    }
    json_ld = {
        "headline": "Visite",
        "articleBody": "Un.",
        "datePublished": "2024-09-12",
        "author": [{"name": "Awa Sarr"}, {"name": "Koffi Adjo"}],
        "publisher": {"name": "Le Cap"},
    }
    path = write(tmp_path / "a.json", json.dumps([fundus, news_api, json_ld]))
    articles, _ = read(path)
    assert [article.text for article in articles] == ["Un.\nDeux\nTrois.", "Un.", "Un."]
    assert [article.source for article in articles] == ["", "Le Cap", "Le Cap"]
    assert {article.date for article in articles} == {"2024-09-12"}
    authors = [article.meta["author"] for article in articles]
    assert authors == ["Awa Sarr", "Awa Sarr", "Awa Sarr; Koffi Adjo"]


def test_json_that_is_cut_gives_what_it_holds(tmp_path: Path) -> None:
    articles, (problem,) = read(write(tmp_path / "a.json", '[{"text": "Un."}, {"text": "De'))
    assert [article.text for article in articles] == ["Un."]
    assert problem.reason.endswith("the file may have been cut")


# ---- never one article of many


@pytest.mark.parametrize("extension", [".txt", ".html", ".md", ".eml", ".docx", ".rtf"])
def test_documents_of_europresse_in_another_format(extension: str, tmp_path: Path) -> None:
    numbers = ["news·20231012·CAP·998259", "news·20231013·PHA·998260"]
    lines = [line for number in numbers for line in (TEXT, number)]
    path = tmp_path / f"a{extension}"
    if extension == ".docx":
        word(path, "".join(paragraph(f"<w:r><w:t>{line}</w:t></w:r>") for line in lines))
    elif extension == ".rtf":
        body = "\\par ".join(lines).encode("ascii", "ignore").decode().replace("news", "news\\'b7")
        body = body.replace("news\\'b72", "news\\'b72").replace("CAP", "\\'b7CAP\\'b7")
        write(path, "{\\rtf1\\ansi\\ansicpg1252 " + body.replace("PHA", "\\'b7PHA\\'b7") + "}")
    elif extension == ".html":
        write(path, "<html><body><p>" + "</p><p>".join(lines) + "</p></body></html>")
    elif extension == ".eml":
        write(path, "From: a@b.example\nSubject: x\nDate: x\n\n" + "\n".join(lines))
    else:
        write(path, "\n".join(lines))
    assert "2 documents in one text, not told apart; of Europresse" in refusal(path)


def test_one_number_is_no_export(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", f"{TEXT}\nnews·20231012·CAP·998259\n")
    assert len(read(path)[0]) == 1


def test_a_page_with_the_classes_of_an_export_is_a_page(tmp_path: Path) -> None:
    sentence = (
        "Le préfet de Plouvarec est chargé de l'exécution du présent arrêté, qui sera publié."
    )
    page = (
        "<html><body><article><h1>Arrêté</h1><p>Voir DocPublicationName.</p>"
        f'<div class="article"><p class="frArticle">{sentence} {sentence}</p></div>'
        "</article></body></html>"
    )
    (article,), _ = read(write(tmp_path / "a.html", page))
    assert sentence in article.text


# ---- TXM folders


def test_a_table_of_metadata(tmp_path: Path) -> None:
    (tmp_path / "sous").mkdir()
    write(tmp_path / "metadata.csv", "id;titre;an\na.txt;Visite;2024\nb;;2023\nabsent;Rien;2022\n")
    for name in ("a", "b", "c"):
        write(tmp_path / f"{name}.txt", f"{TEXT} {name}")
    packed = zipped(
        tmp_path / "sous" / "a.zip",
        **{f"corpus/{path.name}": path.read_bytes() for path in tmp_path.iterdir() if path.suffix},
    )
    for source, third in ((tmp_path / "*.*", "c"), (packed, "a.zip/corpus/c")):
        articles, problems = read(source)
        assert [(a.id, a.title, a.meta.get("an", "")) for a in articles] == [
            ("a.txt", "Visite", "2024"),
            ("b", "", "2023"),
            (third, "", ""),
        ]
        assert [problem.reason for problem in problems] == [
            "rows of files that are not beside it: absent",
            "files beside it without a row in it, read without metadata: c",
        ]


def test_a_table_of_texts_named_metadata(tmp_path: Path) -> None:
    write(tmp_path / "metadata.csv", f"id,texte\na,{TEXT}\n")
    write(tmp_path / "a.txt", "Un autre.")
    assert [article.text for article in read(tmp_path)[0]] == ["Un autre.", TEXT]


# ---- memory


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["xlsx", "ods", "json", "warc"])
def test_what_is_read_is_not_held(kind: str, tmp_path: Path) -> None:
    """More articles need no more memory, once small caches are full: each is let go when given."""
    few, many = (
        peak(large(tmp_path / f"{count}.{kind}", count))
        for count in ((400, 800) if kind == "warc" else (200, 1000))
    )
    assert many < 1.5 * few + 500_000


def peak(path: Path) -> int:
    stream = iter(read_articles(path))
    next(stream)  # what is loaded once does not count
    tracemalloc.start()
    for _ in stream:
        pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def large(path: Path, count: int) -> Path:
    texts = [f"{TEXT} {number} " * 20 for number in range(count)]
    if path.suffix == ".xlsx":
        return workbook(path, ["Texte"], *([text] for text in texts))
    if path.suffix == ".json":
        return write(path, json.dumps([{"text": text} for text in texts]))
    if path.suffix == ".ods":
        cell = "<t:table-cell><x:p>{}</x:p></t:table-cell>"
        rows = "".join(f"<t:table-row>{cell.format(t)}</t:table-row>" for t in ["Texte", *texts])
        content = f'<d xmlns:t="t" xmlns:x="x"><t:table t:name="A">{rows}</t:table></d>'
        declared = "application/vnd.oasis.opendocument.spreadsheet"
        return zipped(path, **{"mimetype": declared, "content.xml": content})
    with path.open("wb") as file:
        for number, text in enumerate(texts):
            page = f"<html><body><article><p>{text}</p></article></body></html>"
            answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}".encode()
            file.write(
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
                f"WARC-Target-URI: https://cap.example/{number}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n".encode()
                + answer
                + b"\r\n\r\n"
            )
    return path
