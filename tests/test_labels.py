"""One name has one label over a corpus: what defines it outweighs what one sentence lets guess."""

import pytest

from entextract.linking.census import Batch, Census, link
from entextract.records.nouns import Mention


def rows(*said: str) -> list[Mention]:
    """Mentions from « article label rule text »."""
    found = []
    for n, line in enumerate(said):
        article, label, rule, text = line.split(" ", 3)
        prefix = {"PER": "per", "ORG": "org", "LOC": "loc"}[label]
        entity = f"{prefix}:{text.lower().replace(' ', '-')}"
        start = 100 * n
        found.append(
            Mention(article, start, start + len(text), text, label, "name", entity, n, 0, rule)  # type: ignore[arg-type]
        )
    return found


def labels(mentions: list[Mention]) -> list[str]:
    return [row.label for row in mentions]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (["a ORG kind-after-name Noviguard", "b PER model Noviguard"], ["ORG", "ORG"]),
        (["a ORG kind-before-name Rivaq", "b LOC model Rivaq", "c PER model Rivaq"], ["ORG"] * 3),
        (["a PER title-before-name Dorval", "b ORG model Dorval"], ["PER", "PER"]),
        (["a LOC place-noun Zarbel", "b PER model Zarbel"], ["LOC", "LOC"]),
        (["a ORG model Vrixo", "b ORG model Vrixo", "c LOC model Vrixo"], ["ORG"] * 3),
        # what a title or a table says stays, whatever others say
        (["a ORG kind-before-name Dorval", "b PER title-before-name Dorval"], ["ORG", "PER"]),
        (["a LOC table:places Lorca", "b PER model Lorca"], ["LOC", "PER"]),
        # a surname of a full name, and a given name, stay persons
        (
            ["a PER model Paul Vagnar", "b ORG kind-before-name Vagnar", "c PER model Vagnar"],
            ["PER", "ORG", "PER"],
        ),
        (["a ORG kind-before-name Marianne", "b PER model Marianne"], ["ORG", "PER"]),
    ],
)
def test_one_name_one_label(said: list[str], expected: list[str]) -> None:
    assert labels(link(rows(*said))) == expected


def test_the_entity_and_the_rule_say_so() -> None:
    _, row = link(rows("a ORG kind-after-name Noviguard", "b PER model Noviguard"))
    assert (row.entity, row.rule) == ("org:noviguard", "model+corpus-was-per")


def test_linking_again_changes_nothing_and_forgets_nothing() -> None:
    said = rows("a ORG kind-after-name Noviguard", "b PER model Noviguard")
    once = link(said)
    assert link(once) == once
    alone = link(once[1:])  # without the article that defines the name, it is guessed again
    assert (alone[0].label, alone[0].entity, alone[0].rule) == ("PER", "per:noviguard", "model")


def test_the_same_in_shards() -> None:
    said = rows(
        "a PER model Noviguard",
        "b ORG kind-after-name Noviguard",
        "c PER model Noviguard",
        "c PER model Awa Sarr",
    )
    census = Census()
    batches = [Batch(said[:1]), Batch(said[1:2]), Batch(said[2:])]
    for batch in batches:
        census.add(batch)
    agreement = census.settle()
    assert [row for batch in batches for row in agreement.linked(batch)] == link(said)
