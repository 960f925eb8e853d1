"""Small files that would take a reader minutes, or end it, are refused by name or read."""

from pathlib import Path

import pytest

import entextract as ee
from entextract.articles.attributes import MOST_ATTRIBUTES

TEXT = "Le Mali répond à la Pologne. " * 20


def attributes(count: int) -> str:
    return " ".join(f"a{number}='x'" for number in range(count))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", "<html><body><h1>Visite</h1><p {}>Oui.</p><p>{}</p></body></html>"),
        ("a.xml", "<text {}>{}</text>"),
        ("a.eml", "From: a@b.example\nContent-Type: text/html\n\n<p {}>{}</p>"),
    ],
)
def test_a_tag_of_too_many_attributes(name: str, content: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content.format(attributes(100_000), TEXT), encoding="utf-8")
    stream = ee.read_articles(path)
    assert list(stream) == []
    assert f"more than the {MOST_ATTRIBUTES} that one may have" in stream.problems[0].reason
    path.write_text(content.format(attributes(MOST_ATTRIBUTES), TEXT), encoding="utf-8")
    assert len(list(ee.read_articles(path))) == 1


def test_many_words_in_a_script_are_no_attributes(tmp_path: Path) -> None:
    script = "<script>if (i<n " + "mot " * 5000 + ") {}</script>"
    path = tmp_path / "a.html"
    path.write_text(f"<html>{script}<h1>Visite</h1><p>{TEXT}</p></html>", encoding="utf-8")
    assert len(list(ee.read_articles(path))) == 1


def test_brackets_without_end_in_the_header_of_a_message(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_text(f"From: {'(' * 5000}\nSubject: Visite\n\n{TEXT}", encoding="utf-8")
    assert [article.title for article in ee.read_articles(path)] == ["Visite"]


def test_fonts_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.rtf"
    table = "".join(f"{{\\f{number} a;}}" for number in range(20_000))
    path.write_text(f"{{\\rtf1{{\\fonttbl{table}}}{TEXT}}}", encoding="cp1252")
    stream = ee.read_articles(path)
    assert list(stream) == []
    assert "more than 1000 fonts" in stream.problems[0].reason
