"""Rows to files and back, unchanged; and a report that accounts for everything."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entextract.records.nouns import (
    TABLES,
    Article,
    Copy,
    Entity,
    Mention,
    Problem,
    Relation,
    Sentence,
)
from entextract.result import Extraction

AWKWARD = 'Dupont, « Jean » "dit\nLe Grand"'
MENTION = Mention("a,1", 3, 9, AWKWARD, "PER", "name", "per:dupont", 0, 2, "model")
RESULT = Extraction(
    articles=(
        Article(
            "a,1", "Le texte.", AWKWARD, "2024-05-01", "Le Courrier", "https://exemple.org/?a,b"
        ),
        Article("NA", "Autre texte.", meta={"file": "p.csv", "rubrique": "Monde, Europe"}),
    ),
    mentions=(
        MENTION,
        Mention("NA", 0, 4, "Mali", "COUNTRY", "name", "country:ML", 0, 0, "table:countries"),
    ),
    entities=(
        Entity("country:NA", "Namibie", "COUNTRY", "NA", ("Namibie", "nan", "NA"), 3, 1),
        Entity("per:dupont", AWKWARD, "PER", None, (AWKWARD, "Dupont"), 2, 2),
    ),
    relations=(
        Relation(
            "a,1", "per:dupont", "country:ML", "meets", "reported", "", "a vu", 3, 40, AWKWARD, "r"
        ),
    ),
    sentences=(Sentence("a,1", 0, 3, 9, "Une phrase\ten\u00a0deux, « dit-on »; \x00\u2028fin."),),
    problems=(
        Problem("a,1", "p.csv:3", "there is no text", "empty"),
        Problem("b", "p.csv:4", 'quote " and comma ,', "refused"),
        Problem("c", "p.csv:5", "cp1252", "repaired"),
        Problem("d", "p.csv:6", "cp1252", "repaired"),
    ),
)


def round_trip(result: Extraction, folder: Path) -> Extraction:
    result.to_csv(folder)
    return Extraction.from_csv(folder)


def test_round_trip(tmp_path: Path) -> None:
    back = round_trip(RESULT, tmp_path / "deux" / "niveaux")
    for table in ("mentions", "entities", "relations", "sentences", "problems"):
        assert getattr(back, table) == getattr(RESULT, table)
    assert [a.text for a in back.articles] == ["", ""]
    assert list(back.rows("articles")) == list(RESULT.rows("articles"))


def test_round_trip_of_nothing(tmp_path: Path) -> None:
    assert round_trip(Extraction(), tmp_path) == Extraction()


def test_round_trip_twice_gives_the_same_files(tmp_path: Path) -> None:
    for path in RESULT.to_csv(tmp_path / "1"):
        Extraction.from_csv(tmp_path / "1").to_csv(tmp_path / "2")
        assert path.read_bytes() == (tmp_path / "2" / path.name).read_bytes()


def test_form_that_holds_the_separator(tmp_path: Path) -> None:
    entity = Entity("org:a-b", "A | B", "ORG", None, ("A | B", "A"), 2, 1)
    assert round_trip(Extraction(entities=(entity,)), tmp_path).entities == (entity,)


def test_carriage_return(tmp_path: Path) -> None:
    sentence = Sentence("a", 0, 0, 9, "Un.\rDeux.")
    assert round_trip(Extraction(sentences=(sentence,)), tmp_path).sentences == (sentence,)


def test_very_long_sentence(tmp_path: Path) -> None:
    sentence = Sentence("a", 0, 0, 200_000, "x" * 200_000)
    assert round_trip(Extraction(sentences=(sentence,)), tmp_path).sentences == (sentence,)


WORDS = st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\r|"), min_size=1, max_size=20
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(WORDS, WORDS, st.integers(0, 10**9))))
def test_any_text_comes_back(tmp_path: Path, rows: list[tuple[str, str, int]]) -> None:
    result = Extraction(
        mentions=tuple(Mention(a, n, n + 1, t, "ORG", "name", t, n, n, a) for a, t, n in rows),
        entities=tuple(Entity(a, t, "ORG", None, (t, a), n, n) for a, t, n in rows),
    )
    assert round_trip(result, tmp_path) == result


def test_files_written(tmp_path: Path) -> None:
    paths = RESULT.to_csv(tmp_path)
    assert [path.name for path in paths] == [
        *(f"{table}.csv" for table in TABLES),
        "profiles.csv",
        "report.json",
    ]
    assert all(b"\r\n" not in path.read_bytes() for path in paths)


CONTRACT = """
articles id title date source url file rubrique
mentions article start end text label kind entity sentence paragraph rule score list_row list_score
entities id name label country forms mentions articles
relations article source target kind status speaker trigger start end text rule office former \
wikidata plover quad goldstein sentence source_start source_end target_start target_end one_end \
date place score
quotes article speaker said_by text start end verb kind rule
sentences article sentence start end text
"""


def test_columns_are_the_contract(tmp_path: Path) -> None:
    RESULT.to_csv(tmp_path)
    lines = [line.split() for line in CONTRACT.strip().split("\n")]
    assert [table for table, *_ in lines] == list(TABLES)
    for table, *columns in lines:
        with (tmp_path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == columns


def test_frames_have_their_columns_when_empty() -> None:
    for table in TABLES:
        frame = Extraction().to_frame(table)
        assert list(frame.columns) == [
            c for c in RESULT.to_frame(table).columns if c not in ("file", "rubrique")
        ]
        assert frame.empty


def test_meta_does_not_hide_a_column() -> None:
    (row,) = Extraction(articles=(Article("a", "x", meta={"id": "autre", "page": "3"}),)).rows(
        "articles"
    )
    assert (row["id"], row["page"], "text" in row) == ("a", "3", False)


def test_unknown_table() -> None:
    with pytest.raises(ValueError, match="no table 'persons': choose one of articles, mentions"):
        RESULT.to_frame("persons")  # type: ignore[arg-type]


def test_report_counts(tmp_path: Path) -> None:
    report = RESULT.report()
    counts = {k: v for k, v in report.items() if k != "problems"}
    assert counts == {
        "articles": 2,
        "mentions": 2,
        "entities": 2,
        "relations": 1,
        "quotes": 0,
        "sentences": 1,
        "copies": 0,
        "refused": 1,
        "empty": 1,
        "repaired": 2,
        "renamed": 0,
        "shortened": 0,
        "unknown": 0,
    }
    assert report["problems"][1] == {
        "article": "b",
        "where": "p.csv:4",
        "reason": 'quote " and comma ,',
        "action": "refused",
    }
    RESULT.to_csv(tmp_path)
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == report


def test_repr_is_short() -> None:
    assert repr(RESULT) == (
        "<Extraction: 2 articles, 2 mentions, 2 entities, 1 relations, 0 quotes, 1 sentences, "
        "4 problems>"
    )


# ---- files that are not ours


def spoil(folder: Path, change: Callable[[list[dict[str, Any]]], None]) -> Path:
    """Write a good result, then change the rows of its mentions."""
    RESULT.to_csv(folder)
    path = folder / "mentions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_missing_column_names_the_file(tmp_path: Path) -> None:
    def drop(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            del row["end"], row["start"]

    path = spoil(tmp_path, drop)
    with pytest.raises(ValueError, match="missing column end, start") as caught:
        Extraction.from_csv(tmp_path)
    assert str(caught.value).startswith(f"{path}: ")


def test_value_of_another_type_names_the_line(tmp_path: Path) -> None:
    path = spoil(tmp_path, lambda rows: rows[1].update(start="trois"))
    with pytest.raises(ValueError, match="'trois'") as caught:
        Extraction.from_csv(tmp_path)
    assert str(caught.value).startswith(f"{path}:4: ")  # the row before takes two lines


@pytest.mark.parametrize("name", ["mentions.csv", "sentences.csv", "report.json"])
def test_missing_file(name: str, tmp_path: Path) -> None:
    RESULT.to_csv(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        Extraction.from_csv(tmp_path)


def test_short_row_names_the_line(tmp_path: Path) -> None:
    RESULT.to_csv(tmp_path)
    path = tmp_path / "mentions.csv"
    header = path.read_text(encoding="utf-8").partition("\n")[0]
    path.write_text(f"{header}\na,0,3,Mali\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"mentions\.csv:2: "):
        Extraction.from_csv(tmp_path)


def test_column_added_by_a_user_does_no_harm(tmp_path: Path) -> None:
    def add(rows: list[dict[str, Any]]) -> None:
        for row in rows:
            row["note"] = "à voir"

    spoil(tmp_path, add)
    assert Extraction.from_csv(tmp_path).mentions == RESULT.mentions


def test_row_with_a_cell_too_many_names_the_line(tmp_path: Path) -> None:
    RESULT.to_csv(tmp_path)
    with (tmp_path / "sentences.csv").open("a", encoding="utf-8") as file:
        file.write("a,0,0,3,Non.,de trop\n")
    with pytest.raises(ValueError, match=r"sentences\.csv:3: the row is too short or too long"):
        Extraction.from_csv(tmp_path)


def test_column_that_stands_twice(tmp_path: Path) -> None:
    RESULT.to_csv(tmp_path)
    path = tmp_path / "sentences.csv"
    header = "note,article,sentence,start,end,text,note,end"
    path.write_text(f"{header}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"sentences\.csv:?.*: column 'note' stands twice; take"):
        Extraction.from_csv(tmp_path)


def test_what_a_table_and_the_report_look_like(tmp_path: Path) -> None:
    result = Extraction(
        sentences=(Sentence("a", 0, 1, 9, "Été, « dit-il »."), Sentence("b", 2, 0, 3, 'Le "port"')),
        problems=(Problem("é", "p.csv:3", "vide", "empty"),),
    )
    result.to_csv(tmp_path)
    assert (tmp_path / "sentences.csv").read_text("utf-8").splitlines() == [
        "article,sentence,start,end,text",
        'a,0,1,9,"Été, « dit-il »."',
        'b,2,0,3,"Le ""port"""',
    ]
    assert (tmp_path / "report.json").read_text("utf-8") == (
        '{\n  "articles": 0,\n  "mentions": 0,\n  "entities": 0,\n  "relations": 0,\n'
        '  "quotes": 0,\n  "sentences": 2,\n  "copies": 0,\n'
        '  "refused": 0,\n  "empty": 1,\n  "repaired": 0,\n  "renamed": 0,\n'
        '  "shortened": 0,\n  "unknown": 0,\n  "problems": [\n    {\n'
        '      "article": "é",\n      "where": "p.csv:3",\n      "reason": "vide",\n'
        '      "action": "empty"\n    }\n  ]\n}\n'
    )


def test_numbers_and_truth_values_come_back(tmp_path: Path) -> None:
    relation = Relation("a", "x", "y", "k", "actual", "", "t", 1, 2, "T", "r", "office", True,
                        "P1", "AID", "verbal", -2.5)  # fmt: skip
    other = Relation("a", "x", "y", "k", "actual", "", "t", 3, 4, "T", "r")
    result = Extraction(relations=(relation, other), copies=(Copy("b", "a", 0.625),))
    assert round_trip(result, tmp_path) == result


def test_only_a_table_with_a_bare_return_is_quoted_throughout(tmp_path: Path) -> None:
    for text, line in (("Un.\rDeux.", '"a","0","0","9","Un.'), ("Un.", "a,0,0,9,Un.")):
        Extraction(sentences=(Sentence("a", 0, 0, 9, text),)).to_csv(tmp_path)
        assert (tmp_path / "sentences.csv").read_text("utf-8").splitlines()[1] == line
