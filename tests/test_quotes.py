"""Who is quoted and what they say, in ``quotes.txt`` and in the tables."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest
from batches import Batches, article_of
from spacy.language import Language

import entextract as ee
from entextract.pipes.quotes.marks import stretches
from entextract.records.nouns import Article, Quote
from entextract.result import Extraction

PATH = Path(__file__).parent / "examples" / "quotes.txt"


@dataclass(frozen=True)
class Case:
    """A text and its quotations: how, speaker, words."""

    id: str
    text: str
    quotes: tuple[tuple[str, ...], ...]
    xfail: str


def cases() -> list[Case]:
    found: list[Case] = []
    for number, line in enumerate(PATH.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        line = line.replace("⏎", "\n")
        if not line.startswith("    "):
            text, _, reason = line.partition("  # xfail: ")
            found.append(Case(f"{PATH.name}:{number}", text, (), reason))
            continue
        quote = tuple(part.strip() for part in line.split(" | "))
        assert len(quote) == 3, f"{PATH.name}:{number}: not three parts"
        last = found[-1]
        found[-1] = Case(last.id, last.text, (*last.quotes, quote), last.xfail)
    return found


@pytest.fixture(scope="module")
def quoted(batches: Batches) -> dict[str, tuple[Quote, ...]]:
    """The quotations of each case, by its id; who speaks is as the text alone tells."""
    read = cases()
    rows = batches.rows(article_of(case.text) for case in read)
    return {case.id: alone.quotes for case, alone in zip(read, rows, strict=True)}


def said(quotes: Iterable[Quote]) -> set[tuple[str, ...]]:
    return {(quote.kind, quote.speaker or "-", quote.text) for quote in quotes}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_examples(
    case: Case, quoted: dict[str, tuple[Quote, ...]], request: pytest.FixtureRequest
) -> None:
    if case.xfail:
        request.applymarker(pytest.mark.xfail(reason=case.xfail, strict=True))
    assert said(quoted[case.id]) == set(case.quotes)
    for quote in quoted[case.id]:
        assert case.text[quote.start : quote.end] == quote.text


def test_attribution_over_all_examples(quoted: dict[str, tuple[Quote, ...]]) -> None:
    """What is not read yet counts as well."""
    right = wrong = missed = 0
    for case in cases():
        found = said(quoted[case.id])
        right += len(found & set(case.quotes))
        wrong += len(found - set(case.quotes))
        missed += len(set(case.quotes) - found)
    assert 2 * right / (2 * right + wrong + missed) >= 0.95


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il dit « oui » et « non ».", ["oui", "non"]),
        ("Il dit « oui à « X » ».", ["oui à « X »"]),
        ('Il dit "oui" puis "non".', ["oui", "non"]),
        ('Un écran de 15" et un autre de 17".', []),
        ("« A.\n« B », dit-il.", ["A.\n« B"]),
        ("« A.\nB », dit-il.", ["A.\nB"]),
        ("« A.\nIl sort et dit « non ».", ["A.", "non"]),
        ("“A”, dit-il, „B”.", ["A", "B"]),
        ("Rien » ici « » non plus «", []),
    ],
)
def test_stretches_between_marks(text: str, found: list[str]) -> None:
    assert [text[s.start : s.end] for s in stretches(text)] == found


@pytest.fixture(scope="module")
def result(nlp_full: Language) -> Extraction:
    texts = {
        "a": "Paul Astier a ouvert la séance.\n« Nous irons au vote », a dit Astier.",
        "b": "« Nous irons au vote », répète Astier.",
    }
    return ee.extract([Article(id, text) for id, text in texts.items()], nlp_full)


def test_speakers_are_those_of_the_corpus(result: Extraction) -> None:
    frame = result.to_frame("quotes")
    assert set(frame["speaker"]) == {"per:paul-astier"}
    assert list(frame["text"]) == ["Nous irons au vote"] * 2
    assert list(frame["verb"]) == ["dit", "répète"]


def test_decisions_are_followed(result: Extraction) -> None:
    merged = result.apply(ee.Decisions(merge=[{"into": "Paul Astier", "from": ["Astier"]}]))
    dropped = result.apply(ee.Decisions(drop=[{"entity": "Paul Astier"}]))
    assert {quote.speaker for quote in merged.quotes} == {"per:paul-astier"}
    assert [quote.speaker for quote in dropped.quotes] == ["", ""]
    assert [quote.said_by for quote in dropped.quotes] == ["Astier", "Astier"]


def test_tables_are_read_back(result: Extraction, tmp_path: Path) -> None:
    result.to_csv(tmp_path)
    assert Extraction.from_csv(tmp_path).quotes == result.quotes
    assert result.report()["quotes"] == len(result.quotes)


def test_a_folder_without_quotations_is_read(result: Extraction, tmp_path: Path) -> None:
    """As version 0.2 wrote it."""
    result.to_csv(tmp_path)
    (tmp_path / "quotes.csv").unlink()
    report = (tmp_path / "report.json").read_text(encoding="utf-8")
    (tmp_path / "report.json").write_text(
        report.replace(f'"quotes": {len(result.quotes)},', ""), encoding="utf-8"
    )
    assert Extraction.from_csv(tmp_path).quotes == ()


def test_invisible_characters_move_no_quotation(nlp_full: Language) -> None:
    text = "\u200bPaul Ast\u00adier : « Nous i\u200brons au vote. »"
    (row,) = ee.extract([Article("a", text)], nlp_full).quotes
    assert row.speaker == "per:paul-astier"
    assert row.text == text[row.start : row.end] == "Nous i\u200brons au vote."


def test_no_anaphora_where_it_is_switched_off(loaded: Callable[..., Language]) -> None:
    nlp = loaded(anaphora=False)
    (row,) = nlp("Paul Astier est venu. « Nous irons au vote », a-t-il dit.")._.entextract_quotes
    assert (row["speaker"], row["said_by"]) == ("", "-il")
