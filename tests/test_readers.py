"""Each source read from a fixture of its structure, alone, in archives, and broken on purpose."""

import gzip
import io
import json
import os
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from entextract.articles import europresse, read_articles
from entextract.articles.dates import find_date, iso_date
from entextract.articles.encoding import LONGEST_LINE, _declared
from entextract.articles.formats import _HEAD, _read_page, is_read, reader_of
from entextract.articles.interface import LONGEST_TEXT, File, Refused
from entextract.articles.language import foreign_language
from entextract.articles.markup import _whole_tags, by_class, html_tree, parts_of, text_of
from entextract.records.nouns import Article, Problem

FIXTURES = Path(__file__).parent / "fixtures"
EXPECTED = json.loads((FIXTURES / "expected.json").read_text(encoding="utf-8"))
TEXT = "Le président béninois a été reçu à Lomé."
ENGLISH = (
    "The mayor of the town said on Thursday that the new bridge over the river would open before "
    "the end of the year, although the builders have asked for more time and more money."
)


def read(source: Any, **options: Any) -> tuple[list[Article], list[Problem]]:
    stream = read_articles(source, **options)
    return list(stream), stream.problems


def refusal(source: Any) -> str:
    articles, (problem,) = read(source)
    assert articles == []
    assert problem.action == "refused"
    return problem.reason


def expected(name: str, file: str) -> list[Article]:
    rows = [{"title": "", **row} for row in EXPECTED[name]]
    return [Article(**{**row, "meta": {**row.get("meta", {}), "file": file}}) for row in rows]


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def zipped(path: Path, **entries: str | bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return path


# ---- sources


@pytest.mark.parametrize("name", EXPECTED)
def test_source(name: str) -> None:
    articles, problems = read(FIXTURES / name)
    assert articles == expected(name, name)
    counted = "documents without a source or a title, kept with what they have: 2"
    assert [p.reason for p in problems] == ([counted] if name == "europresse.HTML" else [])


@pytest.mark.parametrize("name", [n for n in EXPECTED if n != "page.html"])
@pytest.mark.parametrize("extension", [".txt", ".html", ".xml", ".download", ""])
def test_content_decides_not_the_extension(name: str, extension: str, tmp_path: Path) -> None:
    file = f"fichier{extension}"
    write(tmp_path / file, (FIXTURES / name).read_bytes())
    for source in (tmp_path, tmp_path / file):
        articles, _ = read(source)
        assert [a.text for a in articles] == [a.text for a in expected(name, file)]


def test_a_page_extractor_never_sees_an_export(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entextract.articles.pages._proposed", None)
    assert len(read(FIXTURES / "europresse.HTML")[0]) == 4


@pytest.mark.parametrize("name", EXPECTED)
def test_bom_and_utf16(name: str, tmp_path: Path) -> None:
    encoding = "iso-8859-1" if name == "corpus_txm.xml" else "utf-8"
    source = (FIXTURES / name).read_text(encoding)
    for codec in ("utf-8-sig", "utf-16"):
        articles, _ = read(write(tmp_path / name, source.encode(codec)))
        assert articles == expected(name, name)


@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("mac-roman", "mac-roman"),
        ("utf-8", "cp1252"),  # a false declaration
        ("rot13", "utf-8"),
        ("utf-16", "utf-8"),
        ("no-such-thing", "utf-8"),
    ],
)
def test_declared_encoding(declared: str, codec: str, tmp_path: Path) -> None:
    source = (FIXTURES / "europresse.HTML").read_text("utf-8").replace("©", "(c)")
    source = source.replace('charset="utf-8"', f'charset="{declared}"')
    articles, _ = read(write(tmp_path / "a.html", source.encode(codec)))
    assert "« Les navires attendront moins »" in articles[0].text
    assert "présenté" in articles[0].text


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        (b'<?xml version="1.0" encoding="iso-8859-15"?>', "iso8859-15"),
        (b"<html><meta charset=latin-1>", "cp1252"),
        (b'\xef\xbb\xbf \n<meta charset="utf-8">', "utf-8"),
        (b"charset=latin-1", ""),
        (b"<html>", ""),
        (b"<meta charset=rot13>", ""),
        (b"<meta charset=utf-16>", ""),
    ],
)
def test_what_a_file_declares(head: bytes, codec: str) -> None:
    assert _declared(head) == codec


def test_the_beginning_of_a_file_tells_whether_it_is_text(tmp_path: Path) -> None:
    share = 3_300  # a bit more than one byte in twenty of the first 65,536
    head = b"a" * (2**16 - share) + b"\x00" * share
    assert refusal(write(tmp_path / "a.txt", head + b"a" * 2**16)).startswith("this is not text")


def test_how_far_a_format_is_looked_for(tmp_path: Path) -> None:
    before, mark = "<html><style>", "<article class='docOcurrContainer"
    styles = "x" * (_HEAD - len(before) - len(mark))
    for more, is_export in (("", True), ("x", False)):
        path = write(tmp_path / "a.html", f"{before}{styles}{more}{mark}'>Le corps.")
        reader = reader_of(File(path, "a.html"))
        assert (reader is not _read_page) == is_export


def test_the_limits_of_what_is_read() -> None:
    from entextract.articles import archives, markup, pages, readers

    assert LONGEST_TEXT == markup.LARGEST_PAGE == readers._LARGEST_CELL == 16_777_216
    assert LONGEST_LINE == 33_554_432
    assert _HEAD == 1_048_576
    assert (archives.LARGEST_ENTRY, archives._LARGE) == (2_147_483_648, 67_108_864)
    assert pages._MOST_ELEMENTS == 200_000


def test_parquet_is_known_by_its_content_or_its_name(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": [TEXT]}), tmp_path / "a.dat")
    assert [article.text for article in read(tmp_path)[0]] == [TEXT]
    reason = refusal(write(tmp_path / "b.parquet", "Du texte."))
    assert reason.startswith("a broken Parquet file")


def test_what_cannot_be_opened_is_not_to_be_read(tmp_path: Path) -> None:
    assert not is_read(tmp_path / "absent.dat")
    assert is_read(tmp_path / "absent.txt")  # to read it will say why


EUROPRESSE = {
    """<article><header><div class="rdp__DocPublicationName">
    <span class="DocPublicationName"><i sourcecode="no"></i>
      <span sourcecode="PLI">Le Pli, n° 12, samedi</span></span>
    <span class="DocPublicationName"><span sourcecode="AUT">Un autre</span></span></div>
    <div class="rdp__DocHeader">
      <span class="DocHeader">Monde, 2 mai 2024 10:30 UTC, 1 240 mots, p. A3, 7 - suite</span>
      <span class="DocHeader">Sports, 3 mai 2024</span></div></header>
    <div class="titreArticle"><p class="sm-margin-bottomNews">SURTITRE</p>
      <p class="titreArticleVisu">Un titre
      en <b>deux</b> lignes</p><p class="titreArticleVisu">Un autre titre</p></div>
    <div class="titreArticle"><p>Encore</p></div>
    <p class="rdp__subtitle">Un sous-titre</p><p class="rdp__subtitle">Un second</p>
    <p class="sm-margin-bottomNews">Un nom</p><span class="sm-margin-bottomNews">Personne</span>
    <p class="sm-margin-bottomNews">Un second<br>nom</p>
    <p class="docOcurrContainer sm-margin-bottomNews">Le corps.<footer>Le pied</footer></p>
    <div class="DocText">Un autre corps.</div><p class="sm-margin-bottomNews">Après le corps</p>
    <a href="https://exemple.org/non">Un lien</a>
    <a href="https://exemple.org/oui">Cet article est paru dans Le Pli</a>
    <div class="Doc-LegalInfo"><small>Droits un</small><small>Droits deux</small></div>
    <div class="publiC-lblNodoc">sans numéro</div>
    <div class="publiC-lblNodoc">Document news-20240503-PLI-9.</div></article>""": {
        "id": "news-20240503-PLI-9", "text": "Le corps.", "title": "Un titre en deux lignes",
        "kicker": "SURTITRE", "date": "2024-05-02", "source": "Le Pli", "url": "https://exemple.org/oui",
        "author": "Un second nom", "subtitle": "Un sous-titre", "source_code": "PLI",
        "rights": "Droits un", "words": "1240", "page": "A3, 7", "section": "Monde",
    },
    """<article><span class="DocPublicationName">Le Golfe - Édition du soir</span>
    <div class="DocHeader">p. 4</div><div class="grandTitre">Un grand titre</div>
    <div class="docAuthors">Un nom</div><div class="docAuthors">Un second</div>
    <div class="docOcurrContainer"><p>Le corps.</p></div>
    <div class="apd-wrapper"><span class="apd-sources-date">5 mai 2024</span>
    <span class="apd-sources-date">hier<br>soir</span><span class="source-name-APD">Un</span>
    <span class="source-name-APD">Deux</span><span class="source-name-APD">Trois</span></div>
    <a>Cet article est paru dans Le Golfe</a>
    <div class="publiC-lblNodoc">news·20240231·GOL·1</div></article>""": {
        "id": "news·20240231·GOL·1", "text": "Le corps.", "title": "Un grand titre",
        "source": "Le Golfe", "author": "Un nom", "source_code": "GOL", "other_editions": "3",
        "other_editions_in": "Un, 2024-05-05; Deux, hier soir; Trois", "page": "4",
    },
    """<article><header><p class="sm-margin-bottom">Rien</p>
    <div class="sm-margin-bottom">La Rade, no 3</div></header>
    <div class="titreArticle">Un titre nu</div>
    <div class="docOcurrContainer"><p>Le corps.</p></div><footer><small>Le pied</small></footer>
    <table><tr><td>news·20200101·NON·1</td><td align="center">news·20240506·RAD</td></tr></table>
    </article>""": {
        "id": "news·20240506·RAD", "text": "Le corps.", "title": "Un titre nu",
        "date": "2024-05-06", "source": "La Rade", "rights": "Le pied",
    },
    """<article><header><div class="sm-margin-bottom"></div>
    <div class="sm-margin-bottom">Économie, 08 h 15, 7 mai 2024</div>
    <div class="sm-margin-bottom">Sports</div></header><div class="titreArticle"></div>
    <p class="sm-margin-bottomNews">Un nom</p>
    <span class="Visu TitreArticleVisu">Un vieux titre</span> Le <i>corps</i>.
    <table><tr><td>Un tableau</td></tr></table><div class="publiC-lblNodoc">x</div>
    <aside>De côté</aside></article>""": {
        "text": "Le corps.", "title": "Un vieux titre", "date": "2024-05-07",
        "author": "Un nom", "section": "Économie",
    },
    """<article><div class="DocTitreSousSection">Matinale</div><b>x</b>
    <span>1er mai 2024</span><span>2 mai 2024</span>
    <div class="docOcurrContainer">Le corps.</div></article>""": {
        "text": "Le corps.", "date": "2024-05-01", "section": "Matinale",
    },
    """<article><div class="DocTitreSousSection">Soir</div>
    <div class="docOcurrContainer">Le corps.</div></article>""": {
        "text": "Le corps.", "section": "Soir",
    },
    """<article><div class="DocTitreSousSection">Midi</div>
    <div class="DocTitreSousSection">Nuit</div><span>1er mai 2024, le 1er mai 2024</span>
    <div class="titreArticle"><p class="titreArticleVisu">Un titre</p>
      <p class="sm-margin-bottomNews">SOUS-TITRE</p></div>
    <div class="docOcurrContainer">Le corps.</div></article>""": {
        "text": "Le corps.", "title": "Un titre", "date": "2024-05-01", "section": "Midi",
    },
    """<article><div class="titreArticle">Un titre</div>
    <p class="sm-margin-bottomNews">Un nom</p><div class="titreArticle">Encore</div>
    <div class="docOcurrContainer">Le corps.</div></article>""": {
        "text": "Le corps.", "title": "Un titre", "author": "Un nom",
    },
}  # fmt: skip


@pytest.mark.parametrize("source", EUROPRESSE)
def test_parts_of_a_document_of_europresse(source: str, tmp_path: Path) -> None:
    write(tmp_path / "a.html", f"<html><body><article>Rien</article>{source}</body></html>")
    articles, problems = read(tmp_path)
    assert articles == [of_values({"id": "a.html:1", **EUROPRESSE[source]}, "a.html")]
    assert len(problems) == (0 if {"source", "title"} <= EUROPRESSE[source].keys() else 1)


def test_a_source_and_a_header_of_europresse_are_cut() -> None:
    document = html_tree(
        f'<span class="DocPublicationName">{"x" * 501}</span><div class="DocHeader">{"y" * 501}'
    )
    row = europresse._row(document, "1")
    assert (row.values["source"], row.meta["section"]) == ("x" * 500, "y" * 500)
    assert row.meta["author"] == ""


_LONG = "x" * 300
FACTIVA = {
    """<table><tr><td>HD</td><td>Un<br>titre</td></tr><tr><td>HD</td><td>Un second</td></tr>
    <tr><td>HD</td></tr><tr><th>AN</th><td>Document PLI0000020240502ek</td></tr>
    <tr><td>PD</td><td>hier</td></tr><tr><td>WC</td><td>1 234 mots</td></tr>
    <tr><td>LP</td><td>Le chapeau.</td></tr><tr><td>TD</td><td>Le corps.</td><td>Rien</td></tr>
    <tr><td>ZZ</td><td>Rien</td></tr></table>""": {
        "id": "PLI0000020240502ek", "text": "Le chapeau.\nLe corps.", "title": "Un titre",
        "words": "1234", "date_as_read": "hier",
    },
    """<table><tr><td>AN</td><td>12</td></tr><tr><td>PD</td><td>2 mai 2024</td></tr>
    <tr><td>WC</td><td>peu</td></tr><tr><td>TD</td><td>Le corps.</td></tr>
    <tr><td>SN</td><td>Le<br>Pli</td></tr></table>""": {
        "id": "12", "text": "Le corps.", "date": "2024-05-02", "source": "Le Pli", "words": "peu",
    },
    f"""<div class="x">Rien</div><div id="hd"><b>Un<br>titre</b></div>
    <div class="author">Un nom</div><div class="author">Un second</div>
    <div><div>{_LONG}y</div></div>
    <div>Le Pli</div><div>PLI</div><div>1.345 mots</div><div>12 mots</div><div>2 mai 2024</div>
    <div>3 mai 2024</div><div>10:30 GMT</div><div>11 h 00</div><div>page 4</div><div>p. 5</div>
    <div>FRANÇAIS</div><div>English</div><div>Copyright 2024 Le Pli</div><div>© 2023</div>
    <div>Par Un troisième</div><div>ABC</div><div>Autre</div><div></div>
    <p class="x frarticleParagraph">Le corps.</p><p>Rien</p><p class="articleParagraphs">Rien</p>
    <p class="articleParagraph"></p><p class="articleParagraph">Document PLI0000020240502ek</p>"""
    '<p class="articleParagraph">Document PLI0000020240503ek</p><p>Fin</p>': {
        "id": "PLI0000020240503ek", "text": "Le corps.", "title": "Un titre", "date": "2024-05-02",
        "source": "Le Pli", "author": "Un nom", "source_code": "PLI", "words": "1345",
        "time": "10:30 GMT", "page": "4", "language": "FRANÇAIS", "rights": "Copyright 2024 Le Pli",
    },
    """<div>ABC</div><div>7</div><div>8</div><div>Par Un nom</div><div>By Un autre</div>
    <p class="articleParagraph">Le corps.</p>""": {
        "text": "Le corps.", "source": "ABC", "author": "Un nom", "page": "7",
    },
    """<div><div>ABC</div><div>7</div></div><div><b>Le</b> Pli</div><div>Le Golfe</div>
    <p class="articleParagraph">Le corps.</p>""": {
        "text": "Le corps.", "source": "ABC", "page": "7",
    },
    f"""<div>{_LONG}</div><div>By Un nom</div><p class="articleParagraph">Le corps.</p>""": {
        "text": "Le corps.", "source": _LONG, "author": "Un nom",
    },
    """<div>De notre envoyé</div><table><tr><td>SN</td><td>Rien</td></tr></table>
    <p class="articleParagraph">Le corps.</p>""": {
        "text": "Le corps.", "author": "De notre envoyé",
    },
}  # fmt: skip


@pytest.mark.parametrize("source", FACTIVA)
def test_parts_of_a_document_of_factiva(source: str, tmp_path: Path) -> None:
    document = f'<div class="article frArticle">{source}</div>'
    write(tmp_path / "a.html", f"<html><body>{document}</body></html>")
    assert read(tmp_path) == ([of_values({"id": "a.html:1", **FACTIVA[source]}, "a.html")], [])


def of_values(values: dict[str, str], file: str) -> Article:
    """An article of these fields; what is none of them is in its meta."""
    names = {f.name for f in fields(Article)}
    own = {"title": "", **{name: value for name, value in values.items() if name in names}}
    meta = {name: value for name, value in values.items() if name not in names}
    return Article(**own, meta={**meta, "file": file})  # type: ignore[arg-type]


RDF = 'rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
FEEDS = {
    """<rss><channel><item><title> Un
    titre </title><title>Un second</title><description>Le corps.</description>
    <link> https://exemple.org/1 </link><link>https://exemple.org/2</link><guid>g1</guid>
    <category> Monde </category><category></category><category>Sports</category>
    <author>Un nom</author><pubDate>2 mai 2024</pubDate></item><title>Après</title></channel></rss>
    """: {
        "id": "g1", "text": "Le corps.", "title": "Un titre", "date": "2024-05-02",
        "url": "https://exemple.org/1", "author": "Un nom", "section": "Monde; Sports",
    },
    """<rss><channel><item><id>9</id><content>Le corps, plus long.</content>
    <description>&lt;p&gt;Rien&lt;/p&gt;</description><summary>Rien</summary>
    <updated>3 mai 2024</updated><date>2024-05-02</date></item></channel></rss>""": {
        "id": "9", "text": "Le corps, plus long.", "date": "2024-05-02",
    },
    """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:m="http://search.yahoo.com/mrss/">
    <!-- x --><title>Le<br/>Pli</title><entry><title>Un titre</title><m:title>Rien</m:title>
    <link rel="self" href="https://exemple.org/non"/><link href=""/>
    <link href="https://exemple.org/oui"/>
    <author><uri>x</uri><name>Un nom</name></author><author><name>Un second</name></author>
    <category term="monde" label="Monde"/><category term="eau"/><summary>Rien</summary>
    <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le corps.</p></div></content>
    <published>2 mai 2024</published></entry></feed>""": {
        "text": "Le corps.", "title": "Un titre", "date": "2024-05-02", "source": "Le Pli",
        "url": "https://exemple.org/oui", "author": "Un nom", "section": "Monde; eau",
    },
    """<feed><title>Le Pli</title><entry><author><uri>x</uri></author>
    <link rel="self" href="https://exemple.org/non"/><summary>A &amp;amp; B</summary></entry>
    </feed>""": {"text": "A & B", "source": "Le Pli"},
    f"""<{RDF} xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><link>x</link>
    <title>Le Pli</title></channel><item><description>Le corps.</description>
    <dc:date>2024-05-02</dc:date><dc:creator>Un nom</dc:creator><dc:subject>Eau</dc:subject></item>
    </rdf:RDF>""": {
        "text": "Le corps.", "date": "2024-05-02", "source": "Le Pli", "author": "Un nom",
        "section": "Eau",
    },
    f"""<{RDF}><channel><link>x</link></channel><item><description>Le corps.</description></item>
    </rdf:RDF>""": {"text": "Le corps."},
    """<corpus><text id="a" titre="Un &lt;b&gt;titre&lt;/b&gt;" date="2 mai 2024" lieu="Lomé"><head>
    <w>Titre</w></head><p><s><w><form>L'</form><ana>DET</ana></w><w><ana>NOM</ana><form>eau</form>
    </w><w> ( </w><w>et</w><w>le</w><w>gaz</w><w>)</w><w>,</w></s></p><s><w>Fin</w></s></text>
    </corpus>""": {
        "id": "a", "text": "Titre\nL'eau (et le gaz),\nFin", "title": "Un titre",
        "date": "2024-05-02", "lieu": "Lomé",
    },
    """<corpus><text titre="a > b"><p>Le corps.</p><p>La fin.</p></text></corpus>""": {
        "text": "Le corps.\nLa fin.", "title": "a > b",
    },
}  # fmt: skip


@pytest.mark.parametrize("source", FEEDS)
def test_parts_of_a_feed_or_corpus(source: str, tmp_path: Path) -> None:
    write(tmp_path / "a.xml", source)
    assert read(tmp_path) == ([of_values({"id": "a.xml:1", **FEEDS[source]}, "a.xml")], [])


@pytest.mark.parametrize(
    ("source", "where", "reason"),
    [
        ("<rss><channel><title>Le Pli</title></channel></rss>", "", "there is no article in this"),
        ('<corpus><!-- <text id="a"> --></corpus>', "", "there is no article in this file"),
        ("<rss><item><title>Même</title><summary>Même</summary></item></rss>", ":1", "there is no"),
    ],
)
def test_feeds_without_an_article(source: str, where: str, reason: str, tmp_path: Path) -> None:
    articles, (problem,) = read(write(tmp_path / "a.xml", source))
    assert (articles, problem.action, problem.where) == ([], "empty", f"{tmp_path}/a.xml{where}")
    assert problem.reason.startswith(reason)


def test_searched_words_are_not_cut() -> None:
    text = read(FIXTURES / "europresse.HTML")[0][0].text
    assert "togolais" in text
    assert "l'Union africaine" in text
    assert "Progrès des Lagunes" not in text  # an edition is no text


def test_parquet(tmp_path: Path) -> None:
    rows = {
        "texte": [TEXT, None, "Deux."] * 50,
        "jour": [date(2024, 9, 12)] * 150,
        "rubrique": ["Monde"] * 150,
    }
    parquet.write_table(pa.table(rows), tmp_path / "a.parquet")
    articles, problems = read(tmp_path, date_column="jour")
    assert len(articles) == 100
    assert {p.action for p in problems} == {"empty"}
    assert articles[0] == Article(
        "a.parquet:1", TEXT, date="2024-09-12", meta={"rubrique": "Monde", "file": "a.parquet"}
    )


def test_parquet_without_text_column(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"titre": ["A"]}), tmp_path / "a.parquet")
    assert "no column for the text; columns seen: titre" in refusal(tmp_path)


def test_parquet_rows_that_hold_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": [1, None, 3]}), path)
    articles, problems = read(path)
    reason = "column 'text' holds a value of type int, not a text"
    assert [(p.where, p.reason) for p in problems] == [
        (f"{path}:1", reason), (f"{path}:2", "there is no text"), (f"{path}:3", reason),
    ]  # fmt: skip
    assert articles == []
    parquet.write_table(pa.table({"text": pa.array([], pa.string())}), path)
    assert read(path)[1] == [
        Problem(str(path), str(path), "there is no article in this file", "empty")
    ]


def test_page_without_article(tmp_path: Path) -> None:
    write(tmp_path / "a.html", "<html><body></body></html>")
    articles, (problem,) = read(tmp_path)
    assert (articles, problem.action) == ([], "empty")


BODY = f"""<h1>Un titre</h1><p>{TEXT}</p><p>Le maire l'attendait depuis lundi avec les
conseillers de la ville et les habitants du quartier du port.</p>"""
HEADS = {
    """<meta property="article:section" content=" Monde "><meta name="keywords" content="eau, gaz">
    <meta name="description" content="Un chapeau."><meta property="article:tag" content="port">
    <meta property="og:site_name" content="Le Pli"><meta name="author" content="Awa Sarr">
    <meta property="og:url" content="https://exemple.org/p/1">""": {
        "source": "Le Pli", "url": "https://exemple.org/p/1", "section": "Monde",
        "tags": "eau, gaz; port", "description": "Un chapeau.", "author": "Awa Sarr",
    },
    """<meta name="article:section" content="Sports"><meta property="article:section" content="x">
    <link rel="canonical" href="https://www.exemple.org/p/2">""": {
        "source": "exemple.org", "url": "https://www.exemple.org/p/2", "section": "Sports",
    },
    '<meta property="article:section">': {},
    """<script type="application/ld+json">{"@context": "https://schema.org",
    "@type": "NewsArticle", "articleSection": ["Monde", "Eau"], "datePublished": "2024-05-02"}
    </script>""": {"date": "2024-05-02", "section": "Monde; Eau"},
}  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_what_a_page_says_of_its_article(head: str, tmp_path: Path) -> None:
    page = f"<html><head>{head}</head><body><article>{BODY}</article></body></html>"
    text = "Un titre\n" + BODY.partition("<p>")[2].replace("\n", " ").replace("</p><p>", "\n")
    values = {"id": "a", "title": "Un titre", "text": text.removesuffix("</p>"), **HEADS[head]}
    values |= {"read": "whole", "text_from": "shown"}
    assert read(write(tmp_path / "a.html", page)) == ([of_values(values, "a.html")], [])


def test_marks_that_are_not_seen_are_no_text() -> None:
    tree = html_tree("<p>Cé\u00adré\u200bale \u00ac\u00ae\u200a\u200c<?php x ?> fin")
    assert text_of(tree) == "Céréale \u00ac\u00ae\u200a\u200c fin"
    assert [node.tag for node in by_class(tree, "x")] == []


def test_lines_are_joined_until_a_tag_ends() -> None:
    assert list(_whole_tags(["a\n", "b <i\n", "c\n", "d> <e\n", ">\n", "f"])) == [
        "a\n", "b <i\nc\nd> <e\n>\n", "f", "",
    ]  # fmt: skip
    lines = ["a <\n", *["\n"] * 51]  # no tag takes more than 51 lines
    assert [text.count("\n") for text in _whole_tags(lines)] == [51, 1, 0]


def test_what_comes_before_the_first_document_may_not_be_endless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entextract.articles.markup.LARGEST_PAGE", 10)

    def parts(content: str) -> list[str]:
        path = write(tmp_path / "a.html", content)
        return list(parts_of(File(path, "a.html"), re.compile("<i>")))

    assert parts("012345678\n<i>3456789") == ["012345678\n", "<i>3456789"]
    for content in ("0123456789\n<i>", "0\n<i>34567890", "0<i>\n<i>34567\n89"):
        with pytest.raises(Refused, match="a document of more than 10 characters"):
            parts(content)


def test_a_tag_on_several_lines(tmp_path: Path) -> None:
    document = f'<div\n title="a"\n class="article\n frArticle"><p class="articleParagraph">{TEXT}'
    write(tmp_path / "a.html", f"<html>x < y\nsuite\n{document}\n</div>\n{document}</div>")
    articles, problems = read(tmp_path)
    assert [(a.id, a.text) for a in articles] == [("a.html:1", TEXT), ("a.html:2", TEXT)]
    assert problems == []


def test_parquet_with_damaged_pages(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"text": [f"{TEXT} {n}" for n in range(500)]}), path)
    content = bytearray(path.read_bytes())
    content[60:400] = b"\xff" * 340
    reason = refusal(write(path, bytes(content)))
    assert reason.startswith("a broken Parquet file: ")
    assert "\n" not in reason
    assert len(reason) <= 223


def test_page_of_too_many_elements(tmp_path: Path) -> None:
    write(tmp_path / "a.html", "<html>" + "<p>" * 250_000)
    assert "more than 200000 elements" in refusal(tmp_path)


def test_comments_are_not_the_article() -> None:
    (article,), _ = read(FIXTURES / "page.html")
    assert "lecteur de passage" not in article.text


# ---- dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("jeudi 12 septembre 2024", "2024-09-12"),
        ("1er mars 2024", "2024-03-01"),
        ("le 1er mars 2024 à 10 h", "2024-03-01"),
        ("2 févr. 2023", "2023-02-02"),
        ("15 AOÛT 2021", "2021-08-15"),
        ("31 décembre 1999", "1999-12-31"),
        ("Thursday, December 22, 2022", "2022-12-22"),
        ("Sept. 3rd, 2020", "2020-09-03"),
        ("Thu, 12 Sep 2024 10:30:00 +0200", "2024-09-12"),
        ("Publié le 12 septembre 2024", "2024-09-12"),
        ("2024-09-12T10:30:00Z", "2024-09-12"),
        ("31 juin 2024", ""),
        ("12 septembre", ""),
        ("12 septembre 20245", ""),
        ("p. 12 mars", ""),
        ("", ""),
    ],
)
def test_dates(written: str, day: str) -> None:
    assert iso_date(written) == day


MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
ENGLISH_MONTHS = (
    "January February March April May June July August September October November December"
)


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)), st.booleans(), st.booleans())
def test_every_day_in_words(day: date, french: bool, capitals: bool) -> None:
    month = (MONTHS if french else ENGLISH_MONTHS).split()[day.month - 1]
    number = "1er" if french and day.day == 1 else str(day.day)
    words = f"{number} {month} {day.year}" if french else f"{month} {day.day}, {day.year}"
    words = words.upper() if capitals else words
    assert find_date(f"Monde, {words} 543 mots") == (day.isoformat(), words)


# ---- languages


def test_another_language_is_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", ENGLISH)
    write(tmp_path / "b.txt", TEXT)
    articles, (problem,) = read(tmp_path)
    assert [a.id for a in articles] == ["b"]
    assert (problem.article, problem.action) == ("a", "refused")
    assert problem.reason.startswith("not in French (language: en)")
    articles, problems = read(tmp_path, other_languages=True)
    assert [(a.id, a.meta.get("language", "")) for a in articles] == [("a", "en"), ("b", "")]
    assert problems == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", ENGLISH),
        ("es", "El alcalde de la ciudad dijo el jueves que el nuevo puente sobre el río se abrirá "
         "antes de fin de año, aunque los constructores han pedido más tiempo y más dinero."),
        ("de", "Der Bürgermeister der Stadt sagte am Donnerstag, dass die neue Brücke über den "
         "Fluss vor Ende des Jahres geöffnet wird, obwohl die Arbeiter mehr Zeit verlangen."),
        ("it", "Il sindaco della città ha detto giovedì che il nuovo ponte sul fiume aprirà prima "
         "della fine dell'anno, anche se i costruttori hanno chiesto più tempo e più denaro."),
        ("pt", "O prefeito da cidade disse na quinta-feira que a nova ponte sobre o rio será "
         "aberta antes do fim do ano, embora os construtores tenham pedido mais tempo e dinheiro."),
        ("ru", "Мэр города заявил в четверг, что новый мост через реку откроют до конца года, хотя "
         "строители попросили больше времени и больше денег на завершение работ в порту."),
        ("", "Sir Keir Starmer, Ursula von der Leyen, Recep Tayyip Erdoğan et Giorgia Meloni se "
         "retrouvent à Downing Street, puis à Chequers, avant le sommet de Westminster jeudi, "
         "indique le Financial Times."),
        ("", "Selon CNN, « the president is fine », a répété Mme Smith à Washington, mais le New "
         "York Times en doute et le Wall Street Journal réclame les documents du Pentagone."),
    ],
)  # fmt: skip
def test_languages(language: str, text: str) -> None:
    assert foreign_language(text) == language


def test_a_short_text_is_always_kept() -> None:
    text = f"{ENGLISH[:149]}s"
    assert len(text.strip()) == 150
    assert [foreign_language(t) for t in (text, text[:149], f" {text[:149]}\n")] == ["en", "", ""]
    assert foreign_language("Manchester United – Real Madrid: 2-1 at Old Trafford") == ""


# ---- archives


def test_zip_of_everything(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "presse.zip",
        **{f"2024/{name}": (FIXTURES / name).read_bytes() for name in EXPECTED},
        **{"2024/photo.jpg": b"\xff\xd8\xff", "__MACOSX/._a.txt": "x", "lisez.txt": TEXT},
    )
    articles, problems = read(path)
    wanted = [a.text for name in sorted(EXPECTED) for a in expected(name, name)]
    assert [a.text for a in articles] == [*wanted, TEXT]
    assert articles[0].id == "presse.zip/2024/corpus_iramuteq.txt:1"
    assert articles[0].meta["file"] == "presse.zip/2024/corpus_iramuteq.txt"
    assert articles[-1].id == "presse.zip/lisez"
    assert "1 files of other kinds left aside (.jpg: 1): 2024/photo.jpg" in [
        p.reason for p in problems
    ]


def test_order_in_a_zip_changes_nothing(tmp_path: Path) -> None:
    names = {f"{i}.txt": f"{TEXT} {i}" for i in range(20)}
    first = read(zipped(tmp_path / "a.zip", **names))[0]
    shuffled = random.Random(1).sample(sorted(names.items()), len(names))
    assert read(zipped(tmp_path / "a.zip", **dict(shuffled)))[0] == first


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.gz", "a.jsonl.GZ"])
def test_gzip(name: str, tmp_path: Path) -> None:
    line = json.dumps({"text": TEXT, "source": "Le Rivage"})
    write(tmp_path / name, gzip.compress((TEXT if name == "a.gz" else line).encode()))
    if name == "a.gz":
        assert "it holds 'a', and files of this kind are not read" in refusal(tmp_path)
        return
    (article,), problems = read(tmp_path)
    assert (article.id, article.text, article.source) == ("a.jsonl:1", TEXT, "Le Rivage")
    assert problems == []


def test_gzip_known_by_its_content(tmp_path: Path) -> None:
    write(tmp_path / "export.html", gzip.compress((FIXTURES / "europresse.HTML").read_bytes()))
    assert len(read(tmp_path / "export.html")[0]) == 4
    write(tmp_path / "export.html.gz", gzip.compress((FIXTURES / "europresse.HTML").read_bytes()))
    assert len(read(tmp_path / "export.html.gz")[0]) == 4


def test_archives_in_archives(tmp_path: Path) -> None:
    inner = gzip.compress(TEXT.encode())
    path = zipped(tmp_path / "a.zip", **{"b.txt.gz": inner})
    (article,), problems = read(path)
    assert (article.id, article.text, problems) == ("a.zip/b", TEXT, [])
    for name in ("b.zip", "c.zip", "d.zip"):
        path = zipped(tmp_path / name, **{path.name: path.read_bytes()})
    assert "an archive in an archive in an archive" in refusal(path)


@pytest.mark.parametrize(
    "name", ["../a.txt", "/etc/a.txt", "a/../../b.txt", "..\\a.txt", "C:/a.txt", "C:\\a.txt"]
)
def test_zip_entry_that_points_outside(name: str, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"bon.txt": TEXT, name: "Mauvais."})
    articles, (problem,) = read(path)
    assert [a.id for a in articles] == ["a.zip/bon"]
    assert (problem.action, problem.reason) == (
        "refused",
        "its name points outside of the archive",
    )
    assert [p.name for p in tmp_path.rglob("*")] == ["a.zip"]


def forged(path: Path, size: int) -> Path:
    """An archive whose directory says that an entry has another size."""
    zipped(path, **{"b.txt": TEXT * 10})
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = size.to_bytes(4, "little")
    return write(path, bytes(content))


def test_entry_too_large_is_refused_before_it_is_inflated(tmp_path: Path) -> None:
    reason = refusal(forged(tmp_path / "a.zip", 4_000_000_000))
    assert reason.startswith("4000000000 bytes once inflated, above the limit")


def test_entry_of_ten_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bon.txt", TEXT)
        info = zipfile.ZipInfo("dix.txt")
        info.file_size = 10 * 2**30
        with archive.open(info, "w", force_zip64=True) as entry:
            entry.write(b"a" * 2**20)
        archive.infolist()[-1].file_size = 10 * 2**30  # as the directory will say
    articles, (problem,) = read(path)
    assert [a.id for a in articles] == ["a.zip/bon"]
    assert problem.reason.startswith("10737418240 bytes once inflated, above the limit")


@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_what_inflates_beyond_the_limit(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entextract.articles.archives.LARGEST_ENTRY", 2**21)
    bomb = b"a" * 2**23
    if kind == "gz":
        path = write(tmp_path / "a.txt.gz", gzip.compress(bomb))
    else:
        path = zipped(tmp_path / "a.zip", **{"a.txt": bomb})
    assert "bytes once inflated, above the limit" in refusal(path)


@pytest.mark.parametrize("kind", ["zip", "gz"])
def test_what_inflates_as_no_text_does(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entextract.articles.archives._LARGE", 2**21)
    bomb = b"a" * 2**24
    if kind == "gz":
        path = write(tmp_path / "a.txt.gz", gzip.compress(bomb))
    else:
        path = zipped(tmp_path / "a.zip", **{"a.txt": bomb})
    assert refusal(path) == "inflates more than 100 times, as no text does"


@pytest.mark.parametrize("kind", ["zip", "gz"])
@pytest.mark.parametrize("limit", ["LARGEST_ENTRY", "_LARGE"])
def test_the_largest_that_is_inflated(
    limit: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = f"{TEXT}\n".encode() * 5000  # packs to less than a hundredth
    path = tmp_path / f"a.txt.{kind}"
    if kind == "gz":
        write(path, gzip.compress(content))
    else:
        zipped(path, **{"a.txt": content})
    monkeypatch.setattr(f"entextract.articles.archives.{limit}", len(content))
    ((article,), problems) = read(path)
    assert (article.text, [p.action for p in problems]) == (content.decode(), ["unknown"])
    monkeypatch.setattr(f"entextract.articles.archives.{limit}", len(content) - 1)
    said = (
        f"{len(content)} bytes once inflated, above the limit of {len(content) - 1}: cut it first"
    )
    if limit == "_LARGE":
        said = "inflates more than 100 times, as no text does"
    assert refusal(path) == said


def test_what_a_zip_holds_beside_articles(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        **dict.fromkeys(("2024/a.txt", "2024/.b.txt", "~$c.txt", "__MACOSX/d.txt"), TEXT),
        **{"2024/": "", "../.e.txt": TEXT, "notes": "x", "f.PNG": "x", "g.png": "x"},
    )
    articles, problems = read(path)
    assert [a.id for a in articles] == ["a.zip/2024/a"]
    assert [(p.where, p.action, p.reason) for p in problems] == [
        (f"{path}/../.e.txt", "refused", "its name points outside of the archive"),
        (
            str(path),
            "refused",
            "3 files of other kinds left aside (.png: 2, no extension: 1): f.PNG, g.png, notes",
        ),
    ]


@pytest.mark.parametrize("names", [[], ["dossier/", ".a.txt"], ["a.png"]])
def test_zip_without_any_article(names: list[str], tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **dict.fromkeys(names, "x"))
    articles, problems = read(path)
    assert articles == []
    assert problems[-1] == Problem(
        str(path), str(path), "there is no article in this file", "empty"
    )
    assert len(problems) == (2 if "a.png" in names else 1)


def test_encrypted_entry(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.txt": TEXT})
    content = bytearray(path.read_bytes())
    for at in (6, content.index(b"PK\x01\x02") + 8):  # the flags, told twice
        content[at] |= 1
    assert refusal(write(path, bytes(content))) == "it is encrypted: unpack the archive first"


def test_archives_found_in_a_folder_are_read_only_if_named_so(tmp_path: Path) -> None:
    zipped(tmp_path / "a.cbz", **{"a.txt": TEXT})
    write(tmp_path / "b.sauvegarde", gzip.compress(f"**** *date_2024-09-12\n{TEXT}".encode()))
    write(tmp_path / "c.sauvegarde", f"**** *date_2024-09-12\n{TEXT}")
    articles, (problem,) = read(tmp_path)
    assert [a.id for a in articles] == ["c.sauvegarde:1"]
    assert "2 files of other kinds left aside (.cbz: 1, .sauvegarde: 1)" in problem.reason
    assert [a.text for name in ("a.cbz", "b.sauvegarde") for a in read(tmp_path / name)[0]] == [
        TEXT,
        TEXT,
    ]


@pytest.mark.parametrize("cut", [5, 20, 40, -8, -1])
def test_truncated_gzip(cut: int, tmp_path: Path) -> None:
    content = gzip.compress((TEXT * 50).encode())[:cut]
    write(tmp_path / "a.txt.gz", content)
    write(tmp_path / "b.txt", TEXT)
    articles, (problem,) = read(tmp_path)
    assert [a.id for a in articles] == ["b"]
    assert "truncated: the archive ends too early" in problem.reason


def test_encrypted_broken_and_office(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"a.txt": TEXT * 10, "b.txt": TEXT})
    content = bytearray(path.read_bytes())
    content[40] ^= 0xFF  # inside the first entry
    articles, (problem,) = read(write(path, bytes(content)))
    assert [a.id for a in articles] == ["a.zip/b"]
    assert problem.reason.startswith("broken in the archive")
    docx = zipped(tmp_path / "a.docx", **{"[Content_Types].xml": "<Types/>"})
    assert "an office document" in refusal(docx)
    assert "broken ZIP" in refusal(write(tmp_path / "b.zip", path.read_bytes()[:60]))


def test_tar(tmp_path: Path) -> None:
    import tarfile

    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    path = write(tmp_path / "a.tar.gz", gzip.compress(raw.getvalue()))
    assert refusal(path) == "a tar archive: unpack it first"


@pytest.mark.parametrize("name", ["a.zip", "a.gz", "a.parquet"])
@pytest.mark.parametrize("content", [b"", b"PAR1", b"Du texte.", b"\x00" * 100])
def test_false_names(name: str, content: bytes, tmp_path: Path) -> None:
    assert refusal(write(tmp_path / name, content))


@pytest.mark.parametrize("cut", [4, 100, -100, -8, -1])
def test_truncated_parquet(cut: int, tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": [TEXT] * 500}), tmp_path / "a.parquet")
    write(tmp_path / "a.parquet", (tmp_path / "a.parquet").read_bytes()[:cut])
    assert "a broken Parquet file" in refusal(tmp_path)


# ---- hostile markup

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{i} "{"&a;" * 10}">' for i in range(9))
    + "]><rss><channel><item><description>&a8;</description></item></channel></rss>"
)


@pytest.mark.parametrize(
    "source",
    [
        LAUGHS,
        '<?xml version="1.0"?>\n<!DOCTYPE rss\n[<!entity a SYSTEM "file:///etc/passwd">]>'.replace(
            "entity", "ENTITY"
        )
        + "<rss><channel><item><description>&a;</description></item></channel></rss>",
        '<!DOCTYPE corpus [<!ENTITY % x SYSTEM "http://exemple.org/x.dtd"> %x;]>'
        '<corpus><text source="A">Un.</text></corpus>',
    ],
)
def test_entities_are_refused(source: str, tmp_path: Path) -> None:
    assert "declares entities" in refusal(write(tmp_path / "a.xml", source))


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (
            "<rss>\n<channel>\n<item></rss>",
            ", line 3: Opening and ending tag mismatch: item line 3 and rss, line 3, column 13",
        ),
        ("<rss><channel>", ": Premature end of data in tag channel line 1, line 1, column 15"),
        (
            f"<rss><item>{'<b>' * 3000}{'</b>' * 3000}</item></rss>",
            ", line 1: Excessive depth in document: 256",
        ),
    ],
)
def test_what_is_wrong_with_xml_is_said(source: str, reason: str, tmp_path: Path) -> None:
    said = refusal(write(tmp_path / "a.xml", source))
    assert said == f"XML that cannot be read{reason}"


def test_entities_in_feeds(tmp_path: Path) -> None:
    feed = "<rss><channel><item><description>{}</description></item></channel></rss>"
    (article,), _ = read(
        write(tmp_path / "a.xml", feed.format("Caf&eacute; &amp; th&#233;\n<![CDATA[<!ENTITY]]>"))
    )
    assert article.text == "Café & thé\n<!ENTITY"
    reason = refusal(write(tmp_path / "a.xml", feed.format("&inconnue;")))
    assert reason.startswith("XML that cannot be read")


def test_external_dtd_is_not_fetched(tmp_path: Path) -> None:
    write(tmp_path / "x.dtd", '<!ENTITY a "volé">')
    source = f'<!DOCTYPE rss SYSTEM "{tmp_path / "x.dtd"}"><rss><channel><item>'
    source += "<description>&a;</description></item></channel></rss>"
    assert "uses an entity that is not declared" in refusal(write(tmp_path / "a.xml", source))


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "article", "table><tr><td"])
def test_html_nested_without_end(tag: str, depth: int, tmp_path: Path) -> None:
    source = f"<html><body>{f'<{tag}>' * depth}<p>{TEXT}</p></body></html>"
    write(tmp_path / "a.html", source)
    write(tmp_path / "b.txt", TEXT)
    articles, problems = read(tmp_path)
    assert "b" in [a.id for a in articles]
    assert len(articles) + len(problems) >= 2


@pytest.mark.parametrize("name", ["europresse.HTML", "factiva_article.html", "flux.rss"])
def test_one_document_nested_without_end(name: str, tmp_path: Path) -> None:
    deep = "<div>" * 100_000
    source = (FIXTURES / name).read_text("utf-8")
    if name == "flux.rss":
        source = source.replace("<description>Le r", f"<description>{deep}Le r")
        assert "XML that cannot be read" in refusal(write(tmp_path / name, source))
        return
    mark = "<p>Le ministre" if name == "europresse.HTML" else '<p class="articleParagraph'
    source = source.replace(mark, deep + mark, 1)
    articles, problems = read(write(tmp_path / name, source))
    assert articles == expected(name, name)[1:]
    assert "nested too deep" in problems[0].reason


def test_xml_cut_in_the_middle_gives_what_came_before(tmp_path: Path) -> None:
    source = (FIXTURES / "flux.rss").read_text("utf-8")
    cut = source[: source.index("Sans texte complet")]
    articles, (problem,) = read(write(tmp_path / "a.rss", cut))
    assert [a.title for a in articles] == ["Grève au port"]
    assert "XML that cannot be read" in problem.reason


def test_unknown_xml(tmp_path: Path) -> None:
    assert "XML of an unknown kind" in refusal(write(tmp_path / "a.xml", "<gexf><graph/></gexf>"))
    articles, (problem, _) = read(
        write(tmp_path / "a.svg", '<svg><text x="1">A</text></svg>').parent
    )
    assert articles == []
    assert "left aside (.svg: 1)" in problem.reason


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.html", "a.rss", "a.zip"])
def test_line_without_end(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("encoding", "readers"):
        monkeypatch.setattr(f"entextract.articles.{module}.LONGEST_LINE", 10_000)
    openings = {
        "a.csv": "text\n",
        "a.jsonl": '{"text": "',
        "a.html": "<html><p>",
        "a.rss": "<rss><channel>",
    }
    content = openings.get(name, "") + "mot " * 10_000
    if name == "a.zip":
        path = zipped(tmp_path / name, **{"b.txt": content})
    else:
        path = write(tmp_path / name, content)
    assert "a line of more than 10000 characters" in refusal(path)


def test_the_next_line_is_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("entextract.articles.encoding.LONGEST_LINE", 10_000)
    line = json.dumps({"text": TEXT})
    path = write(tmp_path / "a.jsonl", f"{line}\n{'[' * 50_000}\n{line}\n")
    articles, (problem,) = read(path)
    assert [a.id for a in articles] == ["a.jsonl:1", "a.jsonl:3"]
    assert problem.where == f"{path}:2"


def test_a_line_of_the_longest_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("encoding", "readers"):
        monkeypatch.setattr(f"entextract.articles.{module}.LONGEST_LINE", 100)
    lines = [json.dumps({"text": "x" * n}) for n in (86, 87, 85, 200, 86)]
    assert [len(line) for line in lines[:3]] == [98, 99, 97]  # and one for the end of the line
    path = write(tmp_path / "a.jsonl", "\n".join(lines))
    articles, problems = read(path)
    assert [(a.id, len(a.text)) for a in articles] == [
        ("a.jsonl:1", 86), ("a.jsonl:3", 85), ("a.jsonl:5", 86),
    ]  # fmt: skip
    reason = "a line of more than 100 characters: this is no article"
    assert [(p.where, p.reason) for p in problems] == [(f"{path}:{n}", reason) for n in (2, 4)]


@pytest.mark.parametrize(
    ("length", "codes", "is_text"),
    [(10, 3, True), (10, 4, False), (250, 60, True), (251, 60, False), (300, 15, True),
     (300, 16, False)],
)  # fmt: skip
@pytest.mark.parametrize("code", ["\x00", "\x1f", "\x7f"])
def test_how_many_control_codes_a_text_may_hold(
    length: int, codes: int, is_text: bool, code: str, tmp_path: Path
) -> None:
    text = code * codes + ("le port de la ville et le quai de la gare " * 10)[: length - codes]
    articles, problems = read(write(tmp_path / "a.txt", text))
    reason = f"characters replaced, control codes or lone surrogates: {codes}"
    if not is_text:
        reason = "this is not text, or UTF-16 without its byte order mark: save it as UTF-8"
    assert (len(articles), [p.reason for p in problems]) == (is_text, [reason])


PAGE = f"<html><body><p>{TEXT}</p></body>"
EXPORT = (
    "<article class='docOcurrContainer'><i class='DocPublicationName'>Le Pli</i>"
    f"<i class='titreArticle'>Visite</i><p>{TEXT}"
)


@pytest.mark.parametrize(
    ("name", "content", "limit", "longest", "reason"),
    [
        ("a.txt", TEXT, "texts.LONGEST_TEXT", 40, "more than 40 characters: cut the"),
        ("b.txt", f"**** *a_b\n{TEXT}", "paragraphs.LONGEST_TEXT", 50,
         "more than 50 characters without the end of a document"),
        ("a.jsonl", f'{{"text": "{TEXT}"}}', "stream.LONGEST_TEXT", 40,
         "a text of 41 characters: this is no article; cut it first"),
        ("a.html", PAGE, "pages.LARGEST_PAGE", len(PAGE),
         f"a page of more than {len(PAGE)} characters: no article"),
        ("b.html", PAGE, "markup.LARGEST_PAGE", len(PAGE),
         f"a page of {len(PAGE) + 1} characters: longer than any article"),
        ("c.html", PAGE, "pages._MOST_ELEMENTS", 3, "a page of more than 3 elements: no article"),
        ("d.html", EXPORT, "markup.LARGEST_PAGE", len(EXPORT),
         f"a document of more than {len(EXPORT)} characters: longer than any"),
    ],
)  # fmt: skip
def test_the_longest_that_is_read(
    name: str,
    content: str,
    limit: str,
    longest: int,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(f"entextract.articles.{limit}", longest)
    articles, problems = read(write(tmp_path / name, content))
    assert (len(articles), problems) == (1, [])
    longer = content.replace(TEXT, ("<br>" if name == "c.html" else "x") + TEXT)
    assert refusal(write(tmp_path / name, longer)).startswith(reason)


@pytest.mark.parametrize(
    ("name", "content", "limit"),
    [
        ("a.txt", f"{TEXT}\n" * 500, "texts.LONGEST_TEXT"),
        ("a.jsonl", json.dumps({"text": TEXT * 500}), "stream.LONGEST_TEXT"),
        ("a.html", f"<html><p>{TEXT}\n" * 500, "pages.LARGEST_PAGE"),
        (
            "b.html",
            f"<article class='docOcurrContainer'>{TEXT}\n" + TEXT * 500,
            "markup.LARGEST_PAGE",
        ),
        ("b.txt", "**** *a_b\n" + f"{TEXT}\n" * 500, "paragraphs.LONGEST_TEXT"),
    ],
)
def test_text_without_end(
    name: str, content: str, limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"entextract.articles.{limit}", 10_000)
    assert "characters" in refusal(write(tmp_path / name, content))


def test_files_that_vanish(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.parquet", "d.zip"):
        write(tmp_path / name, TEXT)
    stream = read_articles(tmp_path)
    for name in ("b.html", "c.parquet", "d.zip"):
        (tmp_path / name).unlink()
    assert [a.id for a in stream] == ["a"]
    assert [p.reason for p in stream.problems] == ["cannot be read: No such file or directory"] * 3


@pytest.mark.parametrize("name", ["a.txt", "a"])
def test_pipes_are_not_waited_for(name: str, tmp_path: Path) -> None:
    write(tmp_path / "b.txt", TEXT)
    os.mkfifo(tmp_path / name)
    for source in (tmp_path, [tmp_path / name, tmp_path / "b.txt"], f"{tmp_path}/*"):
        articles, (problem,) = read(source)
        assert [a.id for a in articles] == ["b"]
        assert problem.where == str(tmp_path / name)
        assert problem.reason.startswith("a pipe or a device, not a file")


def test_devices() -> None:
    for path in ("/dev/zero", "/dev/null"):
        assert refusal(path).startswith("a pipe or a device, not a file")


def test_links_that_lead_nowhere_or_back(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", TEXT)
    (tmp_path / "again").symlink_to(tmp_path)
    (tmp_path / "c.txt").symlink_to("absent.txt")
    (tmp_path / "d.txt").symlink_to("d.txt")
    assert read_articles(tmp_path).expected == 3  # one each, as far as can be told
    articles, problems = read(tmp_path)
    assert [a.id for a in articles] == ["b"]
    assert [(p.where, p.reason) for p in problems] == [
        (str(tmp_path / "c.txt"), "cannot be read: No such file or directory"),
        (str(tmp_path / "d.txt"), "cannot be read: Too many levels of symbolic links"),
    ]


def test_file_that_shrinks_while_it_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", "".join(f'{{"text": "{TEXT}"}}\n' for _ in range(5000)))
    write(tmp_path / "b.txt", TEXT)
    stream = read_articles(tmp_path)
    ids = []
    for article in stream:
        ids.append(article.id)
        if len(ids) == 1:
            with path.open("r+b") as file:
                file.truncate(100_030)
    assert ids[-1] == "b"
    assert 1 < len(ids) < 5000
    assert [p.reason[:8] for p in stream.problems] == ["not JSON"]


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **options: Any) -> None:
        raise OSError(28, "No space left on device")

    zipped(tmp_path / "a.zip", **{"a.txt": TEXT})
    write(tmp_path / "b.txt", TEXT)
    monkeypatch.setattr("tempfile.TemporaryDirectory", full)
    articles, (problem,) = read(tmp_path)
    assert [a.id for a in articles] == ["b"]
    assert problem.reason == "cannot be read: No space left on device"


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    path = zipped(tmp_path / "a.zip", **{"a.txt": TEXT, "b.txt": TEXT})
    stream = iter(read_articles(path))
    next(stream)
    assert list((tmp_path / "tmp").iterdir())
    stream.close()  # type: ignore[attr-defined]
    assert list((tmp_path / "tmp").iterdir()) == []


# ---- anything at all


def damaged(draw: Callable[[Any], Any]) -> bytes:
    name = draw(st.sampled_from(sorted(EXPECTED)))
    content = bytearray((FIXTURES / name).read_bytes())
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(content) - 1))
        length = draw(st.integers(0, 40))
        content[at : at + length] = draw(st.binary(max_size=40))
    return bytes(content)


@given(st.composite(damaged)(), st.sampled_from([".html", ".xml", ".txt", ".gz", ".zip"]))
@settings(max_examples=100)
def test_damaged_files_never_stop_a_run(tmp_path: Path, content: bytes, extension: str) -> None:
    write(tmp_path / f"a{extension}", content)
    write(tmp_path / "b.csv", f"text\n{TEXT}\n")
    articles, _ = read([tmp_path / f"a{extension}", tmp_path / "b.csv"])
    assert articles[-1].text == TEXT


@given(st.permutations(sorted(EXPECTED)))
@settings(max_examples=10)
def test_order_of_files_changes_no_article(names: list[str]) -> None:
    articles, _ = read([FIXTURES / name for name in names])
    wanted = [a for name in sorted(names) for a in expected(name, name)]
    assert articles == wanted
