"""Model and rules reconciled: no overlap, one name one label, nothing lost without trace."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract.pipes.arbitration.arbiter import Arbiter

NLP = spacy.blank("fr")
ARBITER = Arbiter(NLP, "arbiter")


def doc_of(
    text: str,
    model: list[tuple[str, str]] = [],  # noqa: B006 (never changed)
    candidates: list[tuple[str, str, str]] = [],  # noqa: B006 (never changed)
) -> Doc:
    """A document with the model's entities (text, label) and candidates (text, label, rule)."""
    doc = NLP.make_doc(text)
    doc.ents = [span(doc, words, label, "") for words, label in model]
    doc.spans["entextract"] = [span(doc, *candidate) for candidate in candidates]
    return doc


def span(doc: Doc, words: str, label: str, rule: str) -> Span:
    start = doc.text.index(words)
    found = doc.char_span(start, start + len(words), label=label, span_id=rule)
    assert found is not None, words
    return found


def winners(doc: Doc) -> list[tuple[str, str]]:
    return [(e.text, e.label_) for e in ARBITER(doc).ents]


# ---- the model's labels and extents


@pytest.mark.parametrize(
    ("label", "ours"),
    [
        ("PER", "PER"),
        ("PERSON", "PER"),
        ("PERS", "PER"),
        ("LOC", "LOC"),
        ("GPE", "LOC"),
        ("ORG", "ORG"),
    ],
)
def test_label_of_the_model(label: str, ours: str) -> None:
    assert winners(doc_of("On parle de Zorblatt ici.", [("Zorblatt", label)])) == [
        ("Zorblatt", ours)
    ]


@pytest.mark.parametrize("text", ["Le télescope Zorblatt tourne.", "La sonde Zorblatt tourne."])
def test_a_thing_is_no_person(text: str) -> None:
    assert winners(doc_of(text, [("Zorblatt", "PER")])) == []


@pytest.mark.parametrize("label", ["MISC", "DATE", "NORP"])
def test_other_labels_stay_among_the_candidates(label: str) -> None:
    doc = doc_of("On parle de Zorblatt ici.", [("Zorblatt", label)])
    assert winners(doc) == []
    assert [(s.text, s.label_, s.id_) for s in doc.spans["entextract"]] == [
        ("Zorblatt", label, "model")
    ]


@pytest.mark.parametrize(
    ("text", "model", "expected"),
    [
        ("Il cite le président Zorblatt.", ("président Zorblatt", "PER"), ["Zorblatt"]),
        ("Il cite M. Zorblatt.", ("M. Zorblatt", "PER"), ["Zorblatt"]),
        ("Il cite Anna Zorblatt Mardi.", ("Anna Zorblatt Mardi", "PER"), ["Anna Zorblatt"]),
        ("Il cite « Zorblatt ».", ("« Zorblatt »", "ORG"), ["Zorblatt"]),
        ("Il cite le Zorblatt.", ("le Zorblatt", "ORG"), ["Zorblatt"]),
        (
            "Il cite Anna Zorblatt\nOmar Quenzy",
            ("Anna Zorblatt\nOmar Quenzy", "PER"),
            ["Anna Zorblatt", "Omar Quenzy"],
        ),
        ("Il cite Zorblatt | Quenzy.", ("Zorblatt | Quenzy", "ORG"), ["Zorblatt", "Quenzy"]),
        ("Il cite Anna Le Goff.", ("Anna Le Goff", "PER"), ["Anna Le Goff"]),
        ("Il cite Le Goff.", ("Le Goff", "PER"), ["Le Goff"]),
        ("Il cite mardi.", ("mardi", "PER"), []),
        ("Il cite la loi.", ("la loi", "ORG"), []),
    ],
)
def test_extent_of_an_entity_of_the_model(
    text: str, model: tuple[str, str], expected: list[str]
) -> None:
    assert [name for name, _ in winners(doc_of(text, [model]))] == expected


@pytest.mark.parametrize(
    ("text", "model"),
    [
        ("La loi Zorblatt est votée.", ("Zorblatt", "PER")),
        ("Le prix Zorblatt est remis.", ("Zorblatt", "PER")),
        ("Il voit le gouvernement espagnol.", ("gouvernement espagnol", "ORG")),
        ("Il voit les Zorblatt.", ("Zorblatt", "PER")),
    ],
)
def test_what_the_model_takes_for_a_name(text: str, model: tuple[str, str]) -> None:
    assert winners(doc_of(text, [model])) == []


# ---- who wins


def test_announced_name_wins_over_the_model() -> None:
    doc = doc_of(
        "M. Zorblatt Quenzy est là.",
        [("Zorblatt", "ORG")],
        [("Zorblatt Quenzy", "PER", "title-before-name")],
    )
    assert winners(doc) == [("Zorblatt Quenzy", "PER")]


def test_weak_candidate_needs_a_firm_one() -> None:
    weak = ("Zorblatt", "ORG", "weak:organisations")
    assert winners(doc_of("On parle de Zorblatt ici.", [], [weak])) == []
    assert winners(doc_of("On parle de Zorblatt ici.", [("Zorblatt", "ORG")], [weak])) == [
        ("Zorblatt", "ORG")
    ]
    assert winners(doc_of("On parle de Zorblatt ici.", [("Zorblatt", "PER")], [weak])) == [
        ("Zorblatt", "ORG")
    ]
    told = "Lola et Zorblatt, peintre, dit Zorblatt."
    assert winners(doc_of(told, [("Zorblatt", "PER")], [weak])) == [("Zorblatt", "PER")] * 2


def test_weak_state_is_believed_when_the_model_says_place() -> None:
    weak = ("Zorblatt", "COUNTRY", "weak:countries")
    assert winners(doc_of("On parle de Zorblatt ici.", [("Zorblatt", "LOC")], [weak])) == [
        ("Zorblatt", "COUNTRY")
    ]


def test_listed_state_wins_over_the_model() -> None:
    doc = doc_of(
        "On parle de Zorblatt ici.",
        [("Zorblatt", "PER")],
        [("Zorblatt", "COUNTRY", "table:countries")],
    )
    assert winners(doc) == [("Zorblatt", "COUNTRY")]


def test_boilerplate_gives_nothing() -> None:
    doc = doc_of(
        "Lire aussi Zorblatt\nQuenzy est là.",
        [("Zorblatt", "PER"), ("Quenzy", "PER")],
        [("Lire aussi Zorblatt", "BOILERPLATE", "table:boilerplate")],
    )
    assert winners(doc) == [("Quenzy", "PER")]


# ---- one name, one label


def labels_of(text: str, given: list[str], announced: bool) -> list[str]:
    """Labels that the mentions of Zorblatt get, of which the model gave some and a title one."""
    doc = NLP.make_doc(text)
    places = [t.i for t in doc if t.text == "Zorblatt"]
    doc.ents = [
        Span(doc, i, i + 1, label=label) for i, label in zip(places, given, strict=True) if label
    ]
    if announced:
        title = next(i for i in places if doc[i - 1].text == "M.")
        doc.spans["entextract"] = [
            Span(doc, title, title + 1, label="PER", span_id="title-before-name")
        ]
    found = [(e.text, e.label_) for e in ARBITER(doc).ents]
    assert [text for text, _ in found] == ["Zorblatt"] * len(places)
    return [label for _, label in found]


@pytest.mark.parametrize(
    ("given_labels", "expected"),
    [
        (["ORG", "PER", "ORG"], "ORG"),
        (["PER", "PER", "LOC"], "PER"),
        (["LOC", "", ""], "LOC"),
        (["", "", "PER"], "PER"),
    ],
)
def test_name_has_the_label_that_the_model_gives_most(
    given_labels: list[str], expected: str
) -> None:
    text = "On parle de Zorblatt. On écrit à Zorblatt. On cite Zorblatt."
    assert labels_of(text, given_labels, announced=False) == [expected] * 3


def test_title_tells_the_label_of_the_other_mentions() -> None:
    text = "On parle de Zorblatt. Avec M. Zorblatt, on rit."
    assert labels_of(text, ["ORG", "ORG"], announced=True) == ["PER", "PER"]


def test_full_name_tells_what_its_surname_is() -> None:
    doc = doc_of("Anna Zorblatt est là. Il cite Quenzy et Zorblatt.", [("Anna Zorblatt", "PER")])
    doc.ents = [*doc.ents, Span(doc, len(doc) - 2, len(doc) - 1, label="LOC")]
    assert winners(doc) == [("Anna Zorblatt", "PER"), ("Zorblatt", "PER")]


def test_name_known_in_the_article_is_found_again() -> None:
    text = "Anna Zorblatt est là. Zorblatt rit. ZORBLATT ! Le zorblatt dort. Vrixel et Vrixel."
    doc = doc_of(text, [("Anna Zorblatt", "PER"), ("Vrixel", "ORG")])
    assert winners(doc) == [
        ("Anna Zorblatt", "PER"),
        ("Zorblatt", "PER"),
        ("Vrixel", "ORG"),
        ("Vrixel", "ORG"),
    ]


@pytest.mark.parametrize("order", [1, -1])
def test_one_name_one_label_in_an_article(order: int, nlp_full: Language) -> None:
    sentences = [
        "La ministre Élodie Quenzy est à Genève.",
        "Quenzy a promis une loi.",
        "Selon Quenzy, rien ne presse.",
        "Le discours de Quenzy a plu.",
    ][::order]
    doc = nlp_full(" ".join(sentences))
    quenzy = [e for e in doc.ents if "Quenzy" in e.text]
    assert len(quenzy) == 4
    assert {(e.label_, e.kb_id_) for e in quenzy} == {("PER", "per:elodie-quenzy")}


# ---- always


RULES = [
    "model",
    "table:countries",
    "table:organisations",
    "title-before-name",
    "weak:places",
    "metonym:subject",
    "given-name",
    "same-name",
]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 9),
            st.integers(1, 4),
            st.sampled_from(["PER", "ORG", "LOC", "COUNTRY"]),
            st.sampled_from(RULES),
        ),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_winners_never_overlap_nor_depend_on_order(
    proposed: list[tuple[int, int, str, str]], random: object
) -> None:
    def chosen(rows: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str]]:
        doc = NLP.make_doc("Anna Zorblatt de Vrixel et Omar Quenzy du Mali vont")
        doc.spans["entextract"] = [
            Span(doc, start, min(start + length, len(doc)), label=label, span_id=rule)
            for start, length, label, rule in rows
        ]
        found = ARBITER.find(doc)
        assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
        return [(s.start, s.end, s.label_) for s in found]

    shuffled = list(proposed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert chosen(shuffled) == chosen(proposed)


def test_an_unknown_finder_is_an_error_that_says_what_is_known() -> None:
    doc = doc_of("On parle de Zorblatt ici.", [], [("Zorblatt", "ORG", "a rule of tomorrow")])
    with pytest.raises(ValueError, match="no finder 'a rule of tomorrow' .*title-before-name"):
        ARBITER.find(doc)


@pytest.mark.parametrize("text", ["", " ", "\n", "…"])
def test_nothing_to_read(text: str) -> None:
    assert winners(NLP.make_doc(text)) == []
