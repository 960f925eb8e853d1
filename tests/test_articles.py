"""Reading articles: every format, every kind of bad input, nothing lost without a word."""

import csv
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from entextract.articles import ArticleStream, read_articles, sample_articles
from entextract.records.nouns import Article, Problem

SENTENCE = "Le président béninois a été reçu à Lomé."


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def jsonl(path: Path, *records: Any) -> Path:
    return write(path, "".join(json.dumps(record) + "\n" for record in records))


def read(source: Any, **options: Any) -> tuple[list[Article], list[Problem]]:
    stream = read_articles(source, **options)
    return list(stream), stream.problems


def one(source: Any, **options: Any) -> Article:
    (article,), problems = read(source, **options)
    assert problems == []
    return article


def refusal(source: Any, **options: Any) -> Problem:
    articles, (problem,) = read(source, **options)
    assert articles == []
    assert problem.action == "refused"
    return problem


# ---- formats


def test_text_file(tmp_path: Path) -> None:
    article = one(write(tmp_path / "sommet.txt", f"  Titre\r\n\r\n{SENTENCE}\rFin\n"))
    assert article == Article(
        "sommet", f"  Titre\n\n{SENTENCE}\nFin\n", meta={"file": "sommet.txt"}
    )


def test_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "presse.jsonl"
    record = {
        "Identifiant": 12,
        "TITRE": " Visite ",
        "Contenu": "Un.\r\nDeux.",
        "date_publication": "2024-09-12T10:30:00Z",
        "média": "Le Courrier",
        "lien": "https://exemple.org/1",
        "auteur": "A. B.",
        "mots": ["eau", "gaz"],
        "vide": None,
    }
    jsonl(path, record)
    assert one(path) == Article(
        id="12",
        text="Un.\r\nDeux.",
        title="Visite",
        date="2024-09-12",
        source="Le Courrier",
        url="https://exemple.org/1",
        meta={"author": "A. B.", "mots": '["eau", "gaz"]', "file": "presse.jsonl"},
    )


def test_lines_of_jsonl_name_their_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "presse.jsonl", '{"text": "Un."}\n\n{"text": "Deux."}')
    assert [article.id for article in read_articles(path)] == ["presse.jsonl:1", "presse.jsonl:3"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_csv(delimiter: str, newline: str, tmp_path: Path) -> None:
    path = tmp_path / "presse.csv"
    rows = [["Titre", "Texte", "Rubrique"], ["A", 'Un, « deux »; "trois"\nquatre.', "Monde"]]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter, lineterminator=newline).writerows(
            [*rows, ["B", "Cinq."]]
        )
    first, second = read_articles(path)
    assert first == Article(
        id="presse.csv:2",
        text='Un, « deux »; "trois"\nquatre.',
        title="A",
        meta={"Rubrique": "Monde", "file": "presse.csv"},
    )
    assert (second.id, second.text, second.meta) == (
        "presse.csv:4",
        "Cinq.",
        {"file": "presse.csv"},
    )


def test_tsv_and_capital_extension(tmp_path: Path) -> None:
    assert one(write(tmp_path / "presse.TSV", "texte\tid\nUn, deux; trois.\ta1\n")).id == "a1"


def test_delimiter_is_the_one_outside_quotes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", '"titre, court, long";texte\n"A, B";C, D\n')
    article = one(path)
    assert (article.text, article.meta["titre, court, long"]) == ("C, D", "A, B")


def test_header_that_is_no_csv(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "a.csv", '"titre" long;texte\nA;B\n')).reason == (
        "the header is not CSV: ';' expected after '\"'; a quote inside quotes must be doubled"
    )


def test_csv_lines_are_counted_from_the_top(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.csv", "\n \ntext\n\nUn.\n")).id == "a.csv:5"


def test_long_csv_cell(tmp_path: Path) -> None:
    text = "Long récit. " * 170_000
    (article,), (problem,) = read(write(tmp_path / "a.csv", f'text\n"{text}"\n'))
    assert len(article.text) == len(text) > 2_000_000
    assert (problem.article, problem.action) == (article.id, "unknown")
    said = f"read as one article, of {len(text)} characters: if it is several, cut it"
    assert problem.reason == said


def test_an_article_of_a_hundred_thousand_characters_is_not_named(tmp_path: Path) -> None:
    assert len(one(write(tmp_path / "a.txt", "Long récit. " * 8_333)).text) == 99_996


def test_data_frame() -> None:
    frame = pd.DataFrame(
        {
            "id": [1.0, None, 3.0],
            "text": [SENTENCE, None, SENTENCE],
            "date": [pd.Timestamp(2024, 9, 12), pd.NaT, pd.Timestamp(2024, 9, 14)],
            "rang": [pd.NA, 2, 3],
        }
    )
    articles, problems = read(frame)
    assert articles == [
        Article("1", SENTENCE, date="2024-09-12"),
        Article("3", SENTENCE, date="2024-09-14", meta={"rang": "3"}),
    ]
    assert problems == [Problem("row:1", "DataFrame:1", "there is no text", "empty")]


def test_data_frame_with_a_number_for_text() -> None:
    problem = refusal(pd.DataFrame({"text": [12]}))
    assert (problem.where, problem.reason) == (
        "DataFrame:0",
        "column 'text' holds a value of type int, not a text",
    )


def test_empty_data_frame() -> None:
    articles, problems = read(pd.DataFrame({"text": []}))
    assert articles == []
    assert problems == [Problem("DataFrame", "DataFrame", "there is no row in it", "empty")]


# ---- columns


def test_named_columns(tmp_path: Path) -> None:
    path = jsonl(tmp_path / "a.jsonl", {"text": "résumé", "Corps long": SENTENCE, "clé": "k"})
    article = one(path, text_column="corps_long", id_column="clé")
    assert (article.id, article.text) == ("k", SENTENCE)
    assert article.meta == {"text_as_read": "résumé", "file": "a.jsonl"}


def test_likeliest_column_holds_the_text() -> None:
    names = ["article", "Texte", "TEXTE", "Corps", "publication", "Média", "auteur"]
    stream = read_articles(pd.DataFrame([names], columns=names))
    assert list(stream) == [
        Article(
            "row:0",
            "Texte",
            source="Média",
            meta={"article": "article", "TEXTE": "TEXTE", "Corps": "Corps", "author": "auteur"}
            | {"publication": "publication"},
        )
    ]
    named = read_articles(pd.DataFrame([names], columns=names), text_column="TEXTE")
    assert [article.text for article in named] == ["TEXTE"]


def test_values_that_are_no_text(tmp_path: Path) -> None:
    line = (
        '{"text": "Un.", "titre": 3.0, "part": 0.5, "rien": NaN, "sûr": true, "vide": "", "": "x", '
        '"liste": [1, "é"], "table": {"a": null}}'
    )
    assert one(write(tmp_path / "a.jsonl", line)) == Article(
        "a.jsonl:1",
        "Un.",
        title="3",
        meta={"part": "0.5", "sûr": "True", "liste": '[1, "é"]', "table": '{"a": null}'}
        | {"file": "a.jsonl"},
    )


def test_columns_seen_are_all_told(tmp_path: Path) -> None:
    names = [f"colonne {n:02} {'x' * 100}" for n in range(41)]
    problem = refusal(write(tmp_path / "a.csv", f"{';'.join(names)}\n1\n"))
    seen = ", ".join(f"colonne {n:02} {'x' * 89}…" for n in range(41))
    assert problem.reason == (
        f"no column for the text; columns seen: {seen}; "
        "name the right one with text_column (--text-column)"
    )
    assert "columns seen: none; name" in refusal(write(tmp_path / "a.jsonl", "{}\n")).reason


def test_csv_without_text_column(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path / "a.csv", "titre,chapo\nA,B\n"))
    assert problem.where == str(tmp_path / "a.csv")
    assert problem.reason == (
        "no column for the text; columns seen: titre, chapo; "
        "name the right one with text_column (--text-column)"
    )


def test_csv_without_text_column_does_not_stop_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "titre,chapo\nA,B\n")
    write(tmp_path / "b.csv", f"corps du texte,chapo\n{SENTENCE},B\n")
    articles, (problem,) = read(tmp_path, text_column="Corps du texte")
    assert [article.text for article in articles] == [f"B\n{SENTENCE}"]
    assert problem.where == str(tmp_path / "a.csv")
    assert "no column 'Corps du texte'; columns seen: titre, chapo" in problem.reason


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_named_text_column_that_is_nowhere(name: str, tmp_path: Path) -> None:
    write(tmp_path / name, '{"text": "Un."}\n' if name == "a.jsonl" else "text\nUn.\n")
    with pytest.raises(ValueError, match="no column 'corps'; columns seen: text; name"):
        list(read_articles(tmp_path, text_column="corps"))


def test_named_column_that_is_nowhere(tmp_path: Path) -> None:
    articles, (problem,) = read(jsonl(tmp_path / "a.jsonl", {"text": "Un."}), title_column="titre2")
    assert len(articles) == 1
    assert (problem.where, problem.action) == ("title_column", "refused")
    assert "no column 'titre2'" in problem.reason


@pytest.mark.parametrize("options", [{"text_column": "corps"}, {"title_column": "corps"}])
def test_named_column_that_a_frame_lacks(options: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no column 'corps'; columns seen: text"):
        read_articles(pd.DataFrame({"text": ["Un."]}), **options)


def test_frame_without_text_column() -> None:
    with pytest.raises(ValueError, match="no column for the text; columns seen: titre, chapo"):
        read_articles(pd.DataFrame({"titre": ["A"], "chapo": ["B"]}))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024-09-12", "2024-09-12"),
        ("2024-09-12 10:30", "2024-09-12"),
        ("2024-09-12T10:30:00+02:00", "2024-09-12"),
        ("20240912", "2024-09-12"),
        ("12/09/2024", "2024-09-12"),
        ("2/9/2024 à 10 h 30", "2024-09-02"),
    ],
)
def test_dates(written: str, expected: str, tmp_path: Path) -> None:
    article = one(jsonl(tmp_path / "a.jsonl", {"text": "Un.", "date": written}))
    assert (article.date, "date_as_read" in article.meta) == (expected, False)


@pytest.mark.parametrize(
    "written", ["31/02/2024", "jeudi 12 septembre", "2024", "2024091", "202409121"]
)
def test_dates_in_another_form_are_kept_as_read(written: str, tmp_path: Path) -> None:
    article = one(jsonl(tmp_path / "a.jsonl", {"text": "Un.", "date": written}))
    assert (article.date, article.meta["date_as_read"]) == ("", written)


# ---- ids


def test_duplicate_ids(tmp_path: Path) -> None:
    records = [{"id": name, "text": "Un."} for name in ["a", "a", "a#2", "a"]]
    articles, problems = read(jsonl(tmp_path / "p.jsonl", *records))
    assert [article.id for article in articles] == ["a", "a#2", "a#2#2", "a#3"]
    assert [problem.action for problem in problems] == ["renamed"] * 3
    assert problems[0].where == f"{tmp_path / 'p.jsonl'}:2"
    assert "'a' is already taken" in problems[0].reason


def test_same_stem_twice(tmp_path: Path) -> None:
    paths = [write(tmp_path / folder / "x.txt", SENTENCE) for folder in ("1", "2")]
    articles, (problem,) = read(paths)
    assert [article.id for article in articles] == ["x", "x#2"]
    assert (problem.article, problem.where, problem.action) == ("x#2", str(paths[1]), "renamed")


# ---- which files


def test_folder(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", SENTENCE)
    write(tmp_path / "2024" / "été" / "a.txt", SENTENCE)
    write(tmp_path / "2024" / "p.csv", "text\nUn.\n")
    write(tmp_path / ".cache" / "c.txt", SENTENCE)
    write(tmp_path / ".hidden.txt", SENTENCE)
    stream = read_articles(tmp_path)
    ids = [article.id for article in stream]
    assert sorted(ids) == ["2024/p.csv:2", "2024/été/a", "b"]
    assert (stream.problems, stream.expected) == ([], None)
    assert [path.name for path in stream.paths] == ["b.txt", "p.csv", "a.txt"]
    assert [article.id for article in read_articles(str(tmp_path))] == ids


def test_other_files_in_a_folder_are_counted(tmp_path: Path) -> None:
    for name in ["a.txt", "b.png", "c.doc", "d.PNG", "README"]:
        write(tmp_path / name, SENTENCE)
    articles, (problem,) = read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert problem.where == str(tmp_path)
    assert problem.reason.startswith(
        "4 files of other kinds left aside (.doc: 1, .png: 2, no extension: 1): README, b.png, "
        "c.doc, d.PNG; .doc: a document of Word before 2007: save it as DOCX; what is read: .txt"
    )


def test_unknown_extension_named_directly(tmp_path: Path) -> None:
    problem = refusal(write(tmp_path / "a.png", SENTENCE))
    assert "files of the kind '.png' are not read; what is read: .txt, .text" in problem.reason
    problem = refusal(write(tmp_path / "a.rds", SENTENCE))
    assert "a file of R: write the table with write.csv" in problem.reason


def test_empty_folder(tmp_path: Path) -> None:
    articles, (problem,) = read(tmp_path)
    assert (articles, problem.action) == ([], "empty")
    assert problem.reason == (
        "there is nothing to read in it; what is read: .txt, .text, .jsonl, .ndjson, .json, .csv, "
        ".tsv, .tab, .md, .markdown, .eml, .mbox, .html, .htm, .xhtml, .mht, .mhtml, .xml, .rss, "
        ".atom, .parquet, .docx, .odt, .rtf, .xlsx, .xlsm, .ods, .pdf, .warc, .zip, .gz"
    )


def test_earlier_result_is_left_aside(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", SENTENCE)
    for name in ["mentions.csv", "sentences.csv", "report.json", "gephi/nodes.csv"]:
        write(tmp_path / "sortie" / name, "id,text\n1,Un.\n")
    articles, (problem,) = read(tmp_path)
    assert [article.id for article in articles] == ["a"]
    assert (problem.where, problem.action) == (str(tmp_path / "sortie"), "refused")


def test_glob(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ["2023/a.txt", "2024/a.txt", "2024/b.csv", "2024/c.png", "2024/x/d.txt"]:
        write(tmp_path / name, "text\nUn.\n")
    monkeypatch.chdir(tmp_path)
    assert [article.id for article in read_articles("*/a.txt")] == ["2023/a", "2024/a"]
    assert [article.id for article in read_articles("2024/*.txt")] == ["a"]
    articles, problems = read("2024/**")
    assert [article.id for article in articles] == ["a", "b.csv:2", "x/d"]
    assert [problem.reason[:28] for problem in problems] == ["1 files of other kinds left "]


def test_file_with_a_name_like_a_pattern(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a[1].txt", SENTENCE)).id == "a[1]"


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", SENTENCE)
    assert [article.id for article in read_articles([tmp_path, path, str(path)])] == ["a"]


def test_what_is_missing_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="absent.txt: no such file or folder"):
        read_articles([tmp_path, tmp_path / "absent.txt"])
    with pytest.raises(FileNotFoundError, match=r"\*.html: no file matches this pattern"):
        read_articles(str(tmp_path / "*.html"))
    with pytest.raises(FileNotFoundError, match="empty"):
        read_articles("")


def test_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ["a.txt", "b.txt"]:
        write(tmp_path / name, SENTENCE)
    opened = Path.open

    def closed(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **options)

    monkeypatch.setattr(Path, "open", closed)  # chmod does not stop root
    articles, (problem,) = read(tmp_path)
    assert [article.id for article in articles] == ["b"]
    assert (problem.action, problem.reason) == ("refused", "cannot be read: Permission denied")


def test_stream_shows_three_of_its_files(tmp_path: Path) -> None:
    for n, shown in enumerate(["a0.txt", "a0.txt, a1.txt", "a0.txt, a1.txt, a2.txt"]):
        write(tmp_path / f"a{n}.txt", SENTENCE)
        assert repr(read_articles(tmp_path)) == f"<ArticleStream: {shown}>"
    write(tmp_path / "a3.txt", SENTENCE)
    assert repr(read_articles(tmp_path)) == "<ArticleStream: a0.txt, a1.txt, a2.txt, …>"


@pytest.mark.parametrize(
    ("names", "expected"),
    [(["a.txt", "b.TXT"], 2), (["a.txt", "b.csv"], None), (["a.txt", "c.txt"], None), ([], 0)],
)
def test_how_many_articles_are_expected(
    names: list[str], expected: int | None, tmp_path: Path
) -> None:
    for name in names:
        write(tmp_path / name, "**** *a_b\nUn.\n" if name == "c.txt" else f"text\n{SENTENCE}\n")
    assert read_articles(tmp_path).expected == expected


def test_a_stream_knows_what_was_asked_of_it(tmp_path: Path) -> None:
    stream = read_articles(tmp_path, text_column="corps", other_languages=True)
    assert stream.options == {
        "text": "corps", "id": None, "title": None, "date": None, "source": None, "url": None,
        "other_languages": True,
        "headlines": True,
    }  # fmt: skip


def test_stream_can_be_read_again(tmp_path: Path) -> None:
    for name in ["a.txt", "b.txt"]:
        write(tmp_path / name, SENTENCE if name == "a.txt" else "")
    stream = read_articles(tmp_path)
    assert isinstance(stream, ArticleStream)
    assert stream.expected == 2
    assert list(stream) == list(stream)
    assert len(stream.problems) == 1


def test_articles_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"text": "Un."}\n{"text": "Deux."}\nfaux\n')
    stream = read_articles(path)
    assert next(iter(stream)).text == "Un."
    assert stream.problems == []


# ---- bad content


@pytest.mark.parametrize("content", ["", " \n\t\n", "\u00a0"])
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.xml", "a.rss", "a.atom"])
def test_nothing_in_a_file(content: str, name: str, tmp_path: Path) -> None:
    articles, (problem,) = read(write(tmp_path / name, content))
    assert (articles, problem.action) == ([], "empty")
    assert problem.where == str(tmp_path / name)


def test_csv_with_only_a_header(tmp_path: Path) -> None:
    _, (problem,) = read(write(tmp_path / "a.csv", "id,text\n"))
    assert problem.action == "empty"


def test_articles_without_text(tmp_path: Path) -> None:
    records = [{"id": "a", "text": ""}, {"id": "b", "text": None}, {"id": "c", "text": "Un."}]
    articles, problems = read(jsonl(tmp_path / "a.jsonl", *records))
    assert [article.id for article in articles] == ["c"]
    assert [(problem.article, problem.action) for problem in problems] == [
        ("a", "empty"),
        ("b", "empty"),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n...", "a PDF that cannot be read"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "looks like a PNG image"),
        (b"PK\x03\x04\x14\x00\x06\x00", "a broken ZIP archive"),
        (bytes(range(256)) * 4, "this is not text"),
        ("Sans marque d'ordre".encode("utf-16-le"), "UTF-16 without its byte order mark"),
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_binary_files(content: bytes, reason: str, name: str, tmp_path: Path) -> None:
    problem = refusal(write(tmp_path / name, content))
    assert reason in problem.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not JSON: Expecting property name"),
        ('{"text": "coupé', "not JSON: Unterminated string starting at at column 10"),
        ("[1, 2]", "expected a JSON object, found list"),
        ('"texte"', "expected a JSON object, found str"),
        ('{"titre": "A", "chapo": "B"}', "no column for the text; columns seen: titre, chapo"),
        ('{"text": 12}', "column 'text' holds a value of type int, not a text"),
        ('{"text": ["Un."]}', "column 'text' holds a value of type list, not a text"),
        ("[" * 100_000, "JSON that cannot be read"),
        ("1" * 5000, "JSON that cannot be read"),
    ],
)
def test_bad_jsonl_line_does_not_stop_the_next(line: str, reason: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", f'{{"text": "Un."}}\n{line}\n{{"text": "Trois."}}\n')
    articles, (problem,) = read(path)
    assert [article.text for article in articles] == ["Un.", "Trois."]
    assert (problem.action, problem.where) == ("refused", f"{path}:2")
    assert problem.reason.startswith(reason)


@pytest.mark.parametrize("indent", [None, 1])
def test_json_that_is_not_json_lines(indent: int | None, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", json.dumps([{"text": "Un."}] * 9, indent=indent))
    articles, problems = read(path)
    assert ([article.text for article in articles], problems) == (["Un."] * 9, [])


@pytest.mark.parametrize("n", [2, 1000])
def test_csv_quote_that_never_closes(
    n: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entextract.articles.readers._LARGEST_CELL", 10_000)
    limit = csv.field_size_limit(1000)
    path = write(tmp_path / "a.csv", 'id,text\n1,Un.\n2,"Deux.\n' + "3,Trois fois rien.\n" * n)
    articles, (problem,) = read(path)
    csv.field_size_limit(limit)
    assert [article.id for article in articles] == ["1"]
    assert (problem.action, problem.where) == ("refused", f"{path}:3")
    assert "a quote opened here is never closed" in problem.reason


def test_csv_rows_that_do_not_fit(tmp_path: Path) -> None:
    rows = 'id,text\n1,Un, deux.\n2,"Il dit "non"."\n3,Trois.,\n4\n5,Cinq.\n'
    articles, problems = read(write(tmp_path / "a.csv", rows))
    assert [article.id for article in articles] == ["3", "5"]
    assert [(problem.where[-2:], problem.action) for problem in problems] == [
        (":2", "refused"),
        (":3", "refused"),
        (":5", "empty"),
    ]
    assert "3 cells where the header has 2" in problems[0].reason
    assert "a quote inside quotes must be doubled" in problems[1].reason


# ---- encodings and characters


def repaired(path: Path) -> tuple[Article, str]:
    (article,), (problem,) = read(path)
    assert problem.action == "repaired"
    return article, problem.reason


@pytest.mark.parametrize(
    "encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl"])
def test_wide_encodings(encoding: str, name: str, tmp_path: Path) -> None:
    text = {
        "a.txt": SENTENCE,
        "a.csv": f"text\r\n{SENTENCE}",
        "a.jsonl": f'{{"text": "{SENTENCE}"}}',
    }
    mark = "" if encoding in ("utf-16", "utf-32") else "\ufeff"
    article, reason = repaired(write(tmp_path / name, (mark + text[name]).encode(encoding)))
    assert article.text == SENTENCE
    assert reason == f"read as {encoding[:6].upper()}"


def test_utf8_with_a_mark(tmp_path: Path) -> None:
    assert one(write(tmp_path / "a.txt", "\ufeff" + SENTENCE)).text == SENTENCE
    assert one(write(tmp_path / "a.csv", "\ufefftext\n" + SENTENCE)).text == SENTENCE


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Il l’a dit : « l’œuvre coûte 12 € »…",
        "Été.\nLe livre publié\u00a0» par",  # the last three are one character in UTF-8
        "Lomé",
    ],
)
def test_windows_1252(text: str, tmp_path: Path) -> None:
    article, reason = repaired(write(tmp_path / "a.txt", text.encode("cp1252")))
    assert (article.text, reason) == (text, "not UTF-8: read as Windows-1252")


def test_windows_1252_in_a_table(tmp_path: Path) -> None:
    content = f"id;texte\r\n1;{SENTENCE}\r\n2;{SENTENCE}\r\n".encode("cp1252")
    articles, (problem,) = read(write(tmp_path / "a.csv", content))
    assert [article.text for article in articles] == [SENTENCE] * 2
    assert (problem.article, problem.action) == (str(tmp_path / "a.csv"), "repaired")


def test_undefined_byte(tmp_path: Path) -> None:
    article, _ = repaired(write(tmp_path / "a.txt", b"Lom\xe9 \x81 Cotonou"))
    assert article.text == "Lomé \ufffd Cotonou"


def test_one_bad_line_does_not_spoil_the_others(tmp_path: Path) -> None:
    lines = [SENTENCE.encode(), "Marché conclu.".encode("cp1252"), "« Déjà ! »".encode()]
    article, _ = repaired(write(tmp_path / "a.txt", b"\n".join(lines)))
    assert article.text == f"{SENTENCE}\nMarché conclu.\n« Déjà ! »"


@pytest.mark.parametrize("as_read", ["cp1252", "latin-1"])
def test_mojibake_is_repaired(as_read: str, tmp_path: Path) -> None:
    text = "« L’été à Lomé », c’est déjà… Noël."
    article, reason = repaired(jsonl(tmp_path / "a.jsonl", {"text": text.encode().decode(as_read)}))
    assert article.text == text
    assert "accents restored" in reason


def test_part_of_a_text_in_mojibake_is_left_alone(tmp_path: Path) -> None:
    text = "On lisait « Ã© » au lieu de « é »."
    assert one(write(tmp_path / "a.txt", text)).text == text


def test_control_characters_keep_their_place(tmp_path: Path) -> None:
    article, reason = repaired(
        write(tmp_path / "a.txt", "Lomé\x00 et\x1b Accra\x7f,\tou\x0bKara.\n")
    )
    assert article.text == "Lomé  et  Accra ,\tou Kara.\n"
    assert reason == "characters replaced, control codes or lone surrogates: 4"


def test_raw_control_characters_in_json(tmp_path: Path) -> None:
    article, _ = repaired(write(tmp_path / "a.jsonl", '{"text": "Lomé\x00\tet\x0bAccra"}'))
    assert article.text == "Lomé \tet Accra"


def test_windows_characters_at_the_place_of_control_codes(tmp_path: Path) -> None:
    text = "L\x92Élysée\x81 \x96 vu d\x92Accra, 3 \x80, \x9f"
    article, _ = repaired(write(tmp_path / "a.txt", text))
    assert article.text == "L’Élysée  – vu d’Accra, 3 €, Ÿ"


def test_lone_surrogates(tmp_path: Path) -> None:
    line = r'{"id": "a\udc00", "text": "Lom\u00e9 \ud83d\ude00 \ud800 fin", "rubrique": "\udfff"}'
    article, _ = repaired(write(tmp_path / "a.jsonl", line))
    assert (article.id, article.text) == ("a", "Lomé 😀   fin")
    assert article.meta["rubrique"] == " "


def test_file_name_that_is_not_utf8(tmp_path: Path) -> None:
    path = Path(str(tmp_path / "lom") + "\udce9.txt")
    try:
        path.write_text(SENTENCE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such name")
    assert one(tmp_path).id == "lom "


HARMLESS = st.characters(exclude_categories=["Cs"])


@given(st.text(HARMLESS, max_size=40))
@example("\x00\x85\u2028\x1c\ufeff")
@example("\r\n\r")
@settings(max_examples=200)
def test_any_text_keeps_its_length(tmp_path: Path, drawn: str) -> None:
    # enough French for the file to be text, and not mojibake
    text = f"{SENTENCE} {SENTENCE} {SENTENCE} {drawn}"
    article = next(iter(read_articles(write(tmp_path / "a.txt", text))))
    expected = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(article.text) == len(expected)
    changed = {a for a, b in zip(expected, article.text, strict=True) if a != b}
    assert all(ord(char) < 32 or 127 <= ord(char) < 160 for char in changed)


@given(
    st.lists(st.text(HARMLESS.filter(lambda c: c.isprintable()), min_size=1)),
    st.sampled_from(",;\t"),
)
@settings(max_examples=100)
def test_tables_say_the_same_in_every_format(
    tmp_path: Path, drawn: list[str], delimiter: str
) -> None:
    texts = [f"{SENTENCE} {text}" for text in drawn]
    table = tmp_path / "a.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([["id", "text"], *enumerate(texts)])
    lines = jsonl(tmp_path / "a.jsonl", *({"id": i, "text": text} for i, text in enumerate(texts)))
    frame = pd.DataFrame({"id": range(len(texts)), "text": pd.Series(texts, dtype=object)})
    for source in (table, lines, frame):
        read_back = [(article.id, article.text) for article in read_articles(source)]
        assert read_back == [(str(i), text) for i, text in enumerate(texts)]


def test_samples_are_in_order() -> None:
    articles = sample_articles()
    assert len({article.id for article in articles}) == len(articles) >= 12
    assert all(article.title and article.date and article.source for article in articles)


def test_two_columns_of_one_name_are_named(tmp_path: Path) -> None:
    path = tmp_path / "presse.csv"
    path.write_text("texte,titre,texte\nLe Mali.,A,Le Togo.\n", encoding="utf-8")
    frame = pd.DataFrame([["Le Mali.", "A", "Le Togo."]], columns=["texte", "titre", "texte"])
    for source, where in ((path, str(path)), (frame, "DataFrame")):
        stream = read_articles(source)
        (article,) = stream
        assert (article.text, article.meta["texte#2"]) == ("Le Mali.", "Le Togo.")
        (problem,) = stream.problems
        assert (problem.where, problem.action) == (where, "repaired")
        assert problem.reason == (
            "several columns are called 'texte': one more is read as 'texte#2'"
        )
