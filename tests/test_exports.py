"""Files as users hold them, whole and in the variants that other programs make of them."""

import gzip
import io
import json
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from entextract.articles import read_articles
from entextract.articles.dates import iso_date
from entextract.records.nouns import Article, Problem

EXPORTS = Path(__file__).parent / "fixtures" / "exports"
EXPECTED = {
    path.name.removesuffix(".expected.json"): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(EXPORTS.glob("*.expected.json"))
}
DATES = EXPECTED.pop("dates")["iso_date"]
FIELDS = ("id", "title", "date", "source", "url", "text")
BINARY = (
    ".docx",
    ".DOCX",
    ".odt",
    ".xlsx",
    ".ods",
    ".gz",
    ".pdf",
    ".eml",
    ".mbox",
    ".mhtml",
    ".rtf",
)
# what declares its encoding, or is cut by its extension alone
TEXTS = [n for n in EXPECTED if not n.endswith(BINARY) and (EXPORTS / n).is_file()]


def read(source: Any) -> tuple[list[Article], list[Problem]]:
    stream = read_articles(source, other_languages=True)
    return list(stream), stream.problems


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def refusal(source: Any) -> str:
    articles, problems = read(source)
    assert articles == []
    assert problems[0].action == "refused"
    return problems[0].reason


def wrong(articles: list[Article], wanted: list[dict[str, str]]) -> Iterator[str]:
    """What an article lacks, or has too much."""
    for article, values in zip(articles, wanted, strict=True):
        for name, value in values.items():
            if name == "text_has":
                if value not in article.text:
                    yield f"{value!r} is not in {article.text!r}"
                continue
            found = getattr(article, name) if name in FIELDS else article.meta.get(name, "")
            if found.strip() != value:
                yield f"{name}: {found!r}, right is {value!r}"


def source_of(name: str) -> str:
    data = (EXPORTS / name).read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


@pytest.mark.parametrize("name", EXPECTED)
def test_export(name: str) -> None:
    articles, _ = read(EXPORTS / name)
    assert list(wrong(articles, EXPECTED[name]["articles"])) == []


@pytest.mark.parametrize(
    "name", ["europresse_2015_chapo.html", "lexisnexis_anglais.txt", "nexis_uni_francais.txt"]
)
def test_one_switch_leaves_the_standfirst_out_of_the_text(name: str) -> None:
    with_it = list(read_articles(EXPORTS / name, other_languages=True))
    without = list(read_articles(EXPORTS / name, other_languages=True, headlines=False))
    assert [article.meta for article in without] == [article.meta for article in with_it]
    read_first = [article for article in with_it if article.meta.get("standfirst")]
    assert read_first
    for article, bare in zip(with_it, without, strict=True):
        standfirst = article.meta.get("standfirst", "")
        assert article.text == "\n".join(filter(None, (standfirst, bare.text)))


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("variant", ["crlf", "cp1252", "bom", "utf-16", "cr"])
def test_export_as_another_program_saves_it(name: str, variant: str, tmp_path: Path) -> None:
    text = source_of(name).replace("\r\n", "\n").removeprefix("\ufeff")
    if variant == "cp1252":
        data = text.replace("UTF-8", "windows-1252").encode("cp1252", "xmlcharrefreplace")
    elif variant in ("crlf", "cr"):
        data = text.replace("\n", {"crlf": "\r\n", "cr": "\r"}[variant]).encode()
    else:
        data = text.encode("utf-16" if variant == "utf-16" else "utf-8-sig")
    articles, _ = read(write(tmp_path / name, data))
    wanted = [{k: v for k, v in a.items() if k != "id"} for a in EXPECTED[name]["articles"]]
    assert list(wrong(articles, wanted)) == []


@pytest.mark.parametrize("name", [n for n in EXPECTED if (EXPORTS / n).is_file()])
def test_an_export_cut_anywhere_stops_nothing(name: str, tmp_path: Path) -> None:
    data = (EXPORTS / name).read_bytes()
    chance = random.Random(len(data))
    for _ in range(6):
        path = write(tmp_path / name, data[: chance.randrange(len(data))])
        write(tmp_path / "bon.csv", "text\nLe préfet est attendu.\n")
        articles, _ = read([path, tmp_path / "bon.csv"])
        assert "Le préfet est attendu." in [article.text for article in articles]


@pytest.mark.parametrize(("written", "day"), DATES.items())
def test_dates_of_tables(written: str, day: str) -> None:
    assert iso_date(written) == day


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    from entextract.articles import standard_input

    for content, texts in (
        ("titre;texte\nUn;Le préfet est attendu.\n", ["Le préfet est attendu."]),
        ("Le préfet est attendu.", ["Le préfet est attendu."]),
        ('{"text": "Un."}\n{"text": "Deux."}\n', ["Un.", "Deux."]),
    ):
        standard_input.spooled.cache_clear()
        given = io.TextIOWrapper(io.BytesIO(content.encode()))
        monkeypatch.setattr(sys, "stdin", given)
        stream = read_articles("-")
        assert [article.text for article in stream] == texts
        assert [article.text for article in stream] == texts  # again, though it is used up
    standard_input.spooled.cache_clear()


@pytest.mark.parametrize(
    ("codec", "said"), [("mac_roman", "Mac Roman"), ("cp850", "code page 850"), ("cp1252", "1252")]
)
def test_an_older_code_page_is_known_by_its_letters(codec: str, said: str, tmp_path: Path) -> None:
    text = "Le président sénégalais a été reçu à Plouvarec, où il est né."
    path = write(tmp_path / "presse.csv", f"titre;texte\nVisite;{text}\n".encode(codec))
    articles, problems = read(path)
    assert [article.text for article in articles] == [text]
    assert said in problems[0].reason


def test_an_rtf_of_a_mac(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.rtf", rb"{\rtf1\mac{\fonttbl{\f0 A;}}\f0 Le maire re\'8du est n\'8e.}"
    )
    assert [article.text for article in read(path)[0]] == ["Le maire reçu est né."]


def test_a_text_with_the_words_of_a_header_is_no_table(tmp_path: Path) -> None:
    text = "Le titre, le texte et la date, tout y est.\nLa source, non.\n"
    assert [a.text for a in read(write(tmp_path / "a.txt", text))[0]] == [text]


def test_several_headlines_in_a_document_are_named(tmp_path: Path) -> None:
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    style = '<w:pPr><w:pStyle w:val="Titre1"/></w:pPr>'
    headed = "".join(
        f"<w:p>{style}<w:r><w:t>{title}</w:t></w:r></w:p><w:p><w:r><w:t>La mer.</w:t></w:r></w:p>"
        for title in ("Une digue", "Un port")
    )
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<w:document {names}>{headed}</w:document>")
    articles, problems = read(path)
    assert len(articles) == 1
    assert [(p.action, "2 headlines" in p.reason) for p in problems] == [("unknown", True)]


def test_a_warc_compressed_at_once_and_one_that_was_cut(tmp_path: Path) -> None:
    data = gzip.decompress((EXPORTS / "pages.warc.gz").read_bytes())
    whole = gzip.compress(data)
    wanted, _ = read(EXPORTS / "pages.warc.gz")
    articles, problems = read(write(tmp_path / "pages.warc.gz", whole))
    assert [a.text for a in articles] == [a.text for a in wanted]
    assert not any(problem.action == "refused" for problem in problems)
    _, problems = read(write(tmp_path / "pages.warc.gz", whole[: len(whole) // 2]))
    assert any("a broken WARC archive after" in problem.reason for problem in problems)
