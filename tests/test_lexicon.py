"""The words of a sentence, those that open a role, and what the rules believe."""

import pytest
import spacy

from entextract.pipes.arbitration.candidate import Candidate
from entextract.pipes.relations.role_words import Lexicon, Words
from entextract.records.rules import Rule

LEXICON = Lexicon(spacy.blank("fr"))
WORDS = Words(["un", "deux", "trois", "quatre"], 1, 3)


@pytest.mark.parametrize(
    ("at", "expected"), [(-1, ""), (0, ""), (1, "deux"), (2, "trois"), (3, ""), (4, "")]
)
def test_around_a_sentence_there_are_no_words(at: int, expected: str) -> None:
    assert WORDS[at] == expected


@pytest.mark.parametrize(
    ("start", "stop", "expected"),
    [
        (0, 4, ["deux", "trois"]),
        (-2, 2, ["deux"]),
        (2, 9, ["trois"]),
        (3, 9, []),
        (0, 1, []),
    ],
)
def test_a_slice_of_words_is_cut_at_the_sentence(
    start: int, stop: int, expected: list[str]
) -> None:
    assert WORDS[start:stop] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ministre", (1, "office")),
        ("ex-ministre", (1, "office")),
        ("premier ministre", (2, "office")),
        ("secrétaire général", (2, "office")),
        ("premier livre", None),
        ("gouvernement", (1, "body")),
        ("homologue", (1, "homologue")),
        ("avocat", (1, "profession")),
        ("épouse", (1, "kin")),
        ("madame", (1, "civility")),
        ("pluie", None),
    ],
)
def test_the_longest_words_that_open_a_role(text: str, expected: tuple[int, str] | None) -> None:
    low = text.split()
    assert LEXICON.at(Words(["le", *low, "et"], 0, len(low) + 2), 1) == expected


def test_a_role_does_not_run_past_its_sentence() -> None:
    low = ["premier", "ministre"]
    assert LEXICON.at(Words(low, 0, 2), 0) == (2, "office")
    assert LEXICON.at(Words(low, 0, 1), 0) is None


def test_what_is_listed_is_believed_and_each_further_token_adds_to_it() -> None:
    def strength(length: int, rule: str = "model") -> float:
        return Candidate(10, 10 + length, "PER", Rule(rule)).strength

    assert [strength(n) for n in (1, 2, 3)] == [3.0, 3.45, 3.9]
    assert strength(6) == strength(7) == 5.25
    assert strength(1, "weak:places") == 1.0


@pytest.mark.parametrize(
    ("start", "end", "overlaps"), [(0, 2, False), (0, 3, True), (3, 4, True), (4, 6, False)]
)
def test_names_side_by_side_do_not_overlap(start: int, end: int, *, overlaps: bool) -> None:
    one, other = (Candidate(*at, "PER", Rule("model")) for at in ((2, 4), (start, end)))
    assert one.overlaps(other) is overlaps
