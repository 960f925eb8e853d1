"""An entity is found by id, name or form, however it is spelt, wherever one is asked for."""

from pathlib import Path

import pytest

import entextract as ee
from entextract.records.lookup import AmbiguousEntity, Lookup, Named, UnknownEntity

RUSSIA, NATO, MACRON, TOKAYEV = (
    "country:RU",
    "org:otan",
    "per:emmanuel-macron",
    "per:kassym-jomart-tokaiev",
)
TEXT = (
    "Le Kremlin accuse l'OTAN. Emmanuel Macron reçoit Kassym-Jomart Tokaïev à Paris. "
    "Macron a parlé de la Russie."
)


@pytest.fixture(scope="module")
def result(nlp_full: object) -> ee.Extraction:
    return ee.extract([ee.Article("a", TEXT, date="2024-03-09")], nlp_full)  # type: ignore[arg-type]


WAYS = [
    ("country:RU", RUSSIA),
    ("Russie", RUSSIA),
    ("russie", RUSSIA),
    ("Kremlin", RUSSIA),
    ("KREMLIN", RUSSIA),
    ("otan", NATO),
    ("Macron", MACRON),
    ("EMMANUEL MACRON", MACRON),
    ("Kassym Jomart Tokaiev", TOKAYEV),
    ("kassym‑jomart tokaïev", TOKAYEV),
]


@pytest.mark.parametrize(("wanted", "entity"), WAYS)
def test_explain_knows_names_and_forms(wanted: str, entity: str, result: ee.Extraction) -> None:
    assert ee.explain(result, wanted).entity.id == entity


@pytest.mark.parametrize(("wanted", "entity"), WAYS)
def test_the_evidence_of_a_graph_knows_names_and_forms(
    wanted: str, entity: str, result: ee.Extraction
) -> None:
    graph = ee.EntityGraph.of_comentions(result, "article")
    other = NATO if entity != NATO else MACRON
    assert graph.evidence(wanted, other).equals(graph.evidence(entity, other))


@pytest.mark.parametrize(("wanted", "entity"), WAYS)
def test_decisions_know_names_and_forms(
    wanted: str, entity: str, result: ee.Extraction, tmp_path: Path
) -> None:
    file = tmp_path / "decisions.yml"
    file.write_text(
        f"merge:\n  - into: {wanted}\n    from: [org:autre]\n"
        f"rename:\n  - {{entity: {wanted}, name: Un autre nom}}\n",
        encoding="utf-8",
    )
    after = result.apply(ee.Decisions.read(file))
    assert {e.id: e.name for e in after.entities}[entity] == "Un autre nom"
    assert [problem.reason for problem in after.problems] == ["no entity 'org:autre' here"]
    assert after.apply(ee.Decisions.read(file)) == after


def test_a_form_that_is_dropped_is_its_entity(result: ee.Extraction) -> None:
    after = result.apply(ee.Decisions(drop=[{"entity": "le kremlin"}, {"entity": "Kremlin"}]))
    assert RUSSIA not in {mention.entity for mention in after.mentions}


def test_the_part_of_a_split_may_have_the_name_of_a_form(result: ee.Extraction) -> None:
    split = {"entity": "Emmanuel Macron", "as": "Macron", "articles": ["a"]}
    after = result.apply(ee.Decisions(split=[split]))
    assert "per:macron" in {entity.id for entity in after.entities}
    assert after.apply(ee.Decisions(split=[split])) == after


def test_two_names_of_one_entity_are_never_two(result: ee.Extraction) -> None:
    apart = ee.Decisions(never_merge=[{"entities": ["Emmanuel Macron", "Macron"]}])
    (problem,) = result.apply(apart).problems
    assert problem.reason == (
        "Emmanuel Macron and Macron are not two entities here: 'Macron' is a form of "
        "per:emmanuel-macron; write the id that it would have, per:macron"
    )


# ---- id, then name, then form


KNOWN = Lookup(
    [
        Named("org:orange", "Orange", ("Orange", "l'opérateur")),
        Named("loc:orange", "orange", ("Orange",)),
        Named("per:jean-martin", "Jean Martin", ("Jean Martin", "Martin")),
        Named("per:marc-martin", "Marc Martin", ("Marc Martin", "Martin")),
        Named("per:martin-luther", "Luther", ("Martin-Luther",)),
        Named("org:luther", "Église", ("Luther",)),
        Named("org:tirets", "« – »", ("…",)),
    ]
)


@pytest.mark.parametrize(
    ("wanted", "entity"),
    [
        ("Orange", "org:orange"),  # spelt exactly so
        ("orange", "loc:orange"),
        ("L’OPÉRATEUR", "org:orange"),
        ("Luther", "per:martin-luther"),  # a name comes before a form
        ("martin luther", "per:martin-luther"),
        ("eglise", "org:luther"),
    ],
)
def test_what_is_meant(wanted: str, entity: str) -> None:
    assert KNOWN.find(wanted) == entity


def test_what_several_bear_is_an_error_with_their_ids() -> None:
    with pytest.raises(AmbiguousEntity, match="'martin' may be per:jean-martin or per:marc-martin"):
        KNOWN.find("martin")
    with pytest.raises(AmbiguousEntity, match="loc:orange or org:orange"):
        KNOWN.find("ORANGE")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("Eglize", "no entity 'Eglize' here; close: Église"),
        ("jean mart", "no entity 'jean mart' here; close: Jean Martin"),
        ("org:orang", "no entity 'org:orang' here; close: org:orange"),
        ("zzzz", "no entity 'zzzz' here"),
        ("", "no entity '' here"),
        ("–", "no entity '–' here"),
    ],
)
def test_what_nobody_bears_is_an_error_with_what_is_close(wanted: str, message: str) -> None:
    with pytest.raises(UnknownEntity) as raised:
        KNOWN.find(wanted)
    assert str(raised.value).startswith(message)
