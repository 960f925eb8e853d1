"""The reader of marked sentences: what it accepts, and that it lets no fault pass."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from marked import Marked, cases, parse

EXAMPLES = Path(__file__).parent / "examples"


def test_text_without_tags_comes_back_unchanged() -> None:
    assert parse("Rien à signaler, sauf la pluie.") == ("Rien à signaler, sauf la pluie.", [])


def test_offsets_are_those_of_the_text_without_tags() -> None:
    text, spans = parse("<PER>Li Na</PER> et <PER>Ana</PER> sont à <LOC>Rome</LOC>.")
    assert text == "Li Na et Ana sont à Rome."
    assert spans == [Marked(0, 5, "PER"), Marked(9, 12, "PER"), Marked(20, 24, "LOC")]


def test_kind_and_id_in_any_order() -> None:
    expected = [Marked(0, 6, "COUNTRY", "metonym", "country:RU")]
    assert parse("<COUNTRY kind=metonym id=country:RU>Moscou</COUNTRY>") == ("Moscou", expected)
    assert parse("<COUNTRY id=country:RU kind=metonym>Moscou</COUNTRY>") == ("Moscou", expected)


def test_spans_may_touch() -> None:
    text, spans = parse("<COUNTRY kind=demonym>russo</COUNTRY>-<ORG>C5+1</ORG><LOC>Rome</LOC>")
    assert [text[span.start : span.end] for span in spans] == ["russo", "C5+1", "Rome"]


@pytest.mark.parametrize(
    ("marked", "position", "complaint"),
    [
        ("a <PER>Ana", 2, "never closed"),
        ("Ana</PER>", 3, "closes nothing"),
        ("<PER>Ana <LOC>Rome</PER></LOC>", 9, "opens inside"),
        ("<ORG>Banque de <LOC>Rome</LOC></ORG>", 15, "opens inside"),
        ("<PER>Ana</LOC>", 8, "crosses"),
        ("a <CITY>Rome</CITY>", 2, "unknown tag"),
        ("<per>Ana</per>", 0, "unknown tag"),
        ("a <PER></PER>", 7, "empty span"),
        ("<PER>Ana </PER>", 9, "outer spaces"),
        ("<PER> Ana</PER>", 9, "outer spaces"),
        ("<PER kind=demonym>Ana</PER>", 0, "kind of PER"),
        ("<LOC kind=metonym>Rome</LOC>", 0, "kind of LOC"),
        ("<COUNTRY kind=adjective>russe</COUNTRY>", 0, "kind of COUNTRY"),
        ("<COUNTRY kind>russe</COUNTRY>", 0, "only kind="),
        ("<PER name=ana>Ana</PER>", 0, "only kind="),
        ("<PER id=ana id=eva>Ana</PER>", 0, "once each"),
        ("<PER>Ana</PER id=ana>", 8, "holds only its name"),
        ("3 < 4", 2, "belongs to no tag"),
        ("4 > 3", 2, "belongs to no tag"),
        ("<PER>Ana</PER", 8, "belongs to no tag"),
        ("<PER>Ana< /PER>", 8, "belongs to no tag"),
        ("<>Ana</>", 0, "belongs to no tag"),
    ],
)
def test_faults_are_refused_with_their_position(marked: str, position: int, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint) as caught:
        parse(marked)
    assert re.search(rf"at {position}\b", str(caught.value))


def written(folder: Path, content: str) -> Path:
    path = folder / "essai.txt"
    path.write_text(content, encoding="utf-8")
    return path


def test_cases_skip_comments_and_keep_line_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, "# en-tête\n\n<PER>Ana</PER> parle.\n   \nIl pleut.\n")
    first, second = cases(path)
    assert (first.id, first.text, first.spans) == (
        "essai.txt:3",
        "Ana parle.",
        (Marked(0, 3, "PER"),),
    )
    assert (second.id, second.text, second.spans) == ("essai.txt:5", "Il pleut.", ())


def test_notes_and_expected_failures(tmp_path: Path) -> None:
    lines = ["Il pleut.  # un constat", "Il neige.   # xfail: trop tôt", "Le maillot #9 est là."]
    found = cases(written(tmp_path, "\n".join(lines)))
    assert [case.text for case in found] == ["Il pleut.", "Il neige.", "Le maillot #9 est là."]
    assert [case.xfail for case in found] == [None, "trop tôt", None]


@pytest.mark.parametrize("content", ["", "\n\n", "# rien que des mots\n"])
def test_a_file_without_case_is_an_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(ValueError, match=r"essai\.txt: no case"):
        cases(written(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("Il pleut.\n<PER>Ana", r"essai\.txt:2: <PER> at 0 is never closed"),
        ("Il pleut.  # xfail:", r"essai\.txt:1: xfail needs a reason"),
        ("Il pleut.  # xfail", r"essai\.txt:1: xfail needs a reason"),
        ("   # une note seule", r"essai\.txt:1: a note without a sentence"),
    ],
)
def test_faults_in_a_file_name_the_line(tmp_path: Path, content: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        cases(written(tmp_path, content))


@pytest.mark.parametrize("name", ["countries.txt", "people.txt", "organisations.txt"])
def test_our_examples_are_well_marked_and_all_different(name: str) -> None:
    found = cases(EXAMPLES / name)
    assert len({case.text for case in found}) == len(found)
