"""What the pipes share: norms, starts of sentences, halves of a name, lines."""

import pytest
import spacy
from spacy.tokens import Doc, Span

from entextract.pipes.spans import (
    BOILERPLATE,
    add_candidates,
    boilerplate_mask,
    candidates,
    is_half,
    lines,
    other_half,
    set_norms,
    set_sentence_starts,
)

NLP = spacy.blank("fr")


def test_norms_are_levelled_and_keep_their_case() -> None:
    doc = NLP("Élysée et Œuvre")
    set_norms(doc)
    assert [t.norm_ for t in doc] == ["Elysee", "et", "OEuvre"]


def test_norms_are_set_once() -> None:
    doc = NLP("où va Élysée")
    set_norms(doc)
    doc[0].norm_ = "kept"
    set_norms(doc)
    assert [t.norm_ for t in doc] == ["kept", "va", "Elysee"]


def test_norms_without_a_capital() -> None:
    doc = NLP("où")
    set_norms(doc)
    assert doc[0].norm_ == "ou"


def test_sentences_start_where_they_are_told_as_spacy_would_set_it() -> None:
    doc, other = NLP("un deux trois quatre"), NLP("un deux trois quatre")
    doc[1].is_sent_start = True
    set_sentence_starts(doc, {0, 2})
    for token in other:
        token.is_sent_start = token.i in (0, 2)
    assert [s.text for s in doc.sents] == ["un deux", "trois quatre"]
    assert doc.to_array("SENT_START").tolist() == other.to_array("SENT_START").tolist()


@pytest.mark.parametrize(
    ("text", "start", "end", "expected"),
    [
        ("Siemens-Gamesa", 0, 1, "Gamesa"),
        ("Albert-Londres", 2, 3, "Albert"),
        ("prix Albert-Londres hier", 3, 4, "Albert"),
        ("prix Albert-Londres hier", 1, 2, "Londres"),
        ("Albert -Londres", 2, 3, None),
        ("Albert- Londres", 2, 3, None),
        ("Albert -Londres", 0, 1, None),
        ("Albert- Londres", 0, 1, None),
        ("albert-Londres", 2, 3, None),
        ("Siemens-gamesa", 0, 1, None),
        ("Siemens+Gamesa", 0, 1, None),
        ("Siemens-", 0, 1, None),
        ("-Siemens", 1, 2, None),
        ("Siemens", 0, 1, None),
    ],
)
def test_the_other_half_of_a_name(text: str, start: int, end: int, expected: str | None) -> None:
    parts = text.replace("-", " - ").replace("+", " + ").split()
    joined = "".join(parts)
    assert joined == text.replace(" ", "")
    spaces, at = [], 0
    for part in parts:
        at += len(part)
        spaces.append(text[at : at + 1] == " ")
        at += spaces[-1]
    doc = Doc(NLP.vocab, parts, spaces)
    found = other_half(doc, start, end)
    assert (found.text if found is not None else None) == expected
    assert is_half(doc, start, end) is (expected is not None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["a", "b", "\n", "c"], [(0, 2), (3, 4)]),
        (["a", "\n\n", "\n", "b", "\n"], [(0, 1), (3, 4)]),
        (["\n", "a"], [(1, 2)]),
        (["a", "\r", "b"], [(0, 1), (2, 3)]),
        (["\n"], []),
        ([], []),
    ],
)
def test_lines_that_are_not_blank(words: list[str], expected: list[tuple[int, int]]) -> None:
    assert list(lines(Doc(NLP.vocab, words))) == expected


def test_boilerplate_is_no_candidate() -> None:
    doc = NLP("Lire aussi Rome Oslo")
    assert boilerplate_mask(doc) == [False] * 4
    assert list(candidates(doc)) == []
    add_candidates(doc, [Span(doc, 0, 2, label=BOILERPLATE), Span(doc, 2, 3, label="LOC")])
    add_candidates(doc, [Span(doc, 3, 4, label="LOC")])
    assert boilerplate_mask(doc) == [True, True, False, False]
    assert [span.text for span in candidates(doc)] == ["Rome", "Oslo"]
