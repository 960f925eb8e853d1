"""The rows of a result in memory, as a graph asks for them."""

import pytest

from entextract.graph.comentions import Place
from entextract.graph.corpus import InMemory, Stated
from entextract.records.nouns import Article, Entity, Mention, Relation, Sentence
from entextract.result import Extraction


def relation(article: str, target: str, kind: str, **more: str | float) -> Relation:
    said = {"status": "actual", "speaker": "", "trigger": "", "start": 0, "end": 1, "text": ""}
    return Relation(article, "a", target, kind, rule="r", **{**said, **more})  # type: ignore[arg-type]


RESULT = Extraction(
    articles=(
        Article("1", "", date="2024-01-01", source="Le Pli"),
        Article("2", "", date="2024-01-01", source="Le Pli"),
        Article("3", ""),
    ),
    mentions=tuple(
        Mention(article, start, start + 1, "A", "PER", "name", entity, sentence, 0, "model")
        for article, start, entity, sentence in [
            ("2", 0, "a", 0), ("1", 0, "b", 1), ("1", 5, "a", 0), ("1", 9, "a", 0),
            ("3", 0, "z", 0),
        ]
    ),
    entities=tuple(Entity(name, name, "PER", None, (name,), 1, 1) for name in "abc"),
    relations=(
        relation("3", "c", "meets"),
        relation("2", "b", "meets", plover="CONSULT", goldstein=1.5),
        relation("1", "b", "meets", plover="CONSULT", goldstein=-1.0),
        relation("9", "b", "meets", plover="CONSULT", goldstein=-1.0),
        relation("1", "b", "accuse", goldstein=2.0),
        relation("1", "b", "meets", status="negated"),
        relation("1", "z", "meets"),
    ),
    sentences=(Sentence("1", 0, 0, 9, "A."), Sentence("1", 1, 9, 12, "B.")),
)  # fmt: skip
ROWS = InMemory(RESULT)


def test_what_is_stated_is_counted() -> None:
    assert list(ROWS.stated("abc", None, ["actual"])) == [
        Stated("a", "b", "accuse", "actual", 1, 1, 1, None),
        Stated("a", "b", "meets", "actual", 3, 3, 2, 1.5),
        Stated("a", "c", "meets", "actual", 1, 1, 1, None),
    ]


@pytest.mark.parametrize(
    ("ids", "kinds", "statuses", "found"),
    [
        ("ab", ["meets"], ["negated"], [("b", "meets", "negated", 1)]),
        ("ab", ["meets", "accuse"], ["negated"], [("b", "meets", "negated", 1)]),
        ("az", None, ["actual"], [("z", "meets", "actual", 1)]),
        ("bc", None, ["actual"], []),
        ("ab", [], ["actual"], []),
        ("ab", None, [], []),
    ],
)
def test_only_what_is_asked_for_is_counted(
    ids: str, kinds: list[str] | None, statuses: list[str], found: list[tuple[str, str, str, int]]
) -> None:
    rows = ROWS.stated(ids, kinds, statuses)
    assert [(row.target, row.kind, row.status, row.weight) for row in rows] == found


def test_where_entities_are_named() -> None:
    assert ROWS.named("ba") == [Place("1", 0, 0, "a"), Place("1", 1, 0, "b"), Place("2", 0, 0, "a")]
    assert ROWS.unknown_entity() == "z"
    assert InMemory(Extraction()).unknown_entity() is None


def test_the_rows_by_their_keys() -> None:
    assert ROWS.count_articles() == 3
    assert ROWS.dates() == {"2024-01-01": 2, "": 1}
    assert ROWS.articles([])["3"] == RESULT.articles[2]
    assert ROWS.sentences([])["1", 1] == RESULT.sentences[1]
    assert [r.target for r in ROWS.relations("ac")] == ["c"]
    ((places, articles, sentences),) = ROWS.parts(["b"])
    assert (places, len(articles), len(sentences)) == ([Place("1", 1, 0, "b")], 3, 2)
    assert ROWS.counted("text") is ROWS
    assert [label for label, _ in ROWS.split("year")] == ["2024"]
