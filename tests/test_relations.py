"""The marked sentences of relations state what they must and no more."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest
import spacy
from batches import Batches
from spacy.language import Language

import entextract as ee
from entextract import tables
from entextract.pipes.relations.component import Relations
from entextract.records.rules import Rule

Load = Callable[..., Language]
EXAMPLES = Path(__file__).parent / "examples"
NAMES = ("relations", "events", "anaphora", "attribution", "one_end", "judged", "triggers")
FILES = [EXAMPLES / f"{name}.txt" for name in NAMES]
TUPLE = re.compile(r"(!?)([a-z_]+)\(([^,()]+), ([^()]+)\)(?: ([a-z]+))?(?: @(.+))?$")
SYMMETRIC = {row.kind for row in tables.kind_rows() if row.symmetric == "yes"} | {"agree"}


@dataclass(frozen=True)
class Wanted:
    """A tuple that must, or must not, be stated."""

    kind: str
    source: str
    target: str
    status: str
    speaker: str  # who says it; « ∅ » for nobody; nothing where that is left open
    forbidden: bool


@dataclass(frozen=True)
class Case:
    """One line: a sentence and its tuples; none means no relation at all."""

    id: str
    text: str
    tuples: tuple[Wanted, ...]
    xfail: str


def cases() -> list[Case]:
    return [case for path in FILES for case in cases_of(path)]


def cases_of(path: Path) -> list[Case]:
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        line, _, reason = line.partition("  # xfail: ")
        text, arrow, wanted = line.partition(" => ")
        assert arrow, f"{path.name}:{number}: no « => »"
        parts = [] if wanted.strip() == "-" else wanted.strip().split("; ")
        tuples = tuple(_wanted(part, number) for part in parts)
        found.append(Case(f"{path.name}:{number}", text, tuples, reason))
    return found


def _wanted(part: str, number: int) -> Wanted:
    match = TUPLE.match(part.strip())
    assert match, f"relations.txt:{number}: cannot read {part!r}"
    deny, kind, source, target, status, speaker = match.groups()
    return Wanted(kind, source, target, status or "actual", speaker or "", bool(deny))


def _param(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=case.id, marks=marks)


def _stated(result: ee.Extraction) -> set[tuple[str, str, str, str, str]]:
    names: dict[str, set[str]] = {e.id: {e.name, *e.forms} for e in result.entities}
    names[""] = {"∅"}
    stated = set()
    for r in result.relations:
        for a, b, said_by in product(names[r.source], names[r.target], {"", *names[r.speaker]}):
            stated.add((r.kind, a, b, r.status, said_by))
            if r.kind in SYMMETRIC:
                stated.add((r.kind, b, a, r.status, said_by))
    return stated


CASES = cases()


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_sentence(case: Case, batches: Batches) -> None:
    result = batches.result(case.text)
    stated = _stated(result)
    if not case.tuples:
        assert not [(r.kind, r.source, r.target, r.status) for r in result.relations]
    for wanted in case.tuples:
        key = (wanted.kind, wanted.source, wanted.target, wanted.status, wanted.speaker)
        assert (key in stated) is not wanted.forbidden, sorted(stated)


def test_each_trigger_has_a_sentence_of_its_own(batches: Batches) -> None:
    stated = {
        (Rule.parse(relation.rule).found_by.partition("/")[0], relation.kind)
        for case in CASES
        for relation in batches.result(case.text).relations
    }
    without = [
        (row.lemma, row.pos, row.kind)
        for row in tables.triggers()
        if not {(f"{how}:{row.lemma}", row.kind) for how in (row.pos, "passive")} & stated
    ]
    assert not without


@pytest.mark.parametrize(
    ("text", "kind", "trigger"),
    [
        ("Paul Mercier, membre de l'ONU, a démenti.", "member_of", "membre"),
        ("Nora Lenoir, l'épouse de Paul Mercier, a démenti.", "relative_of", "épouse"),
        ("Le Brésil condamne le Chili.", "accuse", "condamne"),
    ],
)
def test_the_trigger_is_the_word_that_states_it(
    text: str, kind: str, trigger: str, nlp_full: Language
) -> None:
    (found,) = ee.extract([ee.Article(id="a", text=text)], nlp_full).relations
    assert (found.kind, found.trigger, text[found.start : found.end]) == (kind, trigger, trigger)


def _texts() -> list[str]:
    states = list(tables.country_names().values())
    vote = ", ".join(states[:199]) + " et " + states[199] + " ont condamné la Russie."
    clause = "la France accuse la Russie et rencontre la Chine, puis "
    return [vote, clause * 300, "France Chine Russie " * 1000, "a attaqué " * 1500 + "la France."]


@pytest.mark.parametrize("text", _texts(), ids=["vote", "long", "no verb", "verbs only"])
def test_hard_sentences_take_bounded_time(text: str, nlp_full: Language) -> None:
    pipe = nlp_full.get_pipe("entextract_relations")
    doc = nlp_full(text)
    start = time.perf_counter()
    found = pipe.find(doc)  # type: ignore[attr-defined]
    assert time.perf_counter() - start < 10
    assert len(found) < 5000


def test_a_vote_gives_a_relation_for_each_state(nlp_full: Language) -> None:
    relations = nlp_full(_texts()[0])._.entextract_relations
    assert len({r["source"] for r in relations if r["kind"] == "accuse"}) > 190


def test_a_parse_in_a_straight_line_does_no_harm(nlp_full: Language) -> None:
    doc = nlp_full("La Russie, qui a attaqué la Géorgie, accuse la Chine et le Japon.")
    for token in doc:
        token.head = doc[max(token.i - 1, 0)]
    found = nlp_full.get_pipe("entextract_relations").find(doc)  # type: ignore[attr-defined]
    assert {r["source"] for r in found} <= {"country:RU"}


def test_without_a_parser_less_is_found_and_nothing_breaks(loaded: Load) -> None:
    nlp = loaded(profile="relations")
    text = "La Russie, qui a attaqué la Géorgie, accuse la Chine. Paris, attaquée, accuse le Japon."
    assert {r["kind"] for r in nlp(text)._.entextract_relations} <= {"accuse", "assault"}


def test_pronouns_stand_for_names_in_relations_alone_and_can_be_left_out(
    nlp_full: Language, loaded: Load
) -> None:
    text = "Luc Morel est arrivé. Il a accusé la Hongrie."
    result = ee.extract(ee.Article(id="a", text=text), nlp_full)
    (row,) = result.relations
    assert row.rule.endswith("+anaphora")
    assert text[row.source_start : row.source_end] == "Il"
    assert [m.text for m in result.mentions] == ["Luc Morel", "Hongrie"]
    assert not ee.EntityGraph.of_comentions(result).nx.edges
    assert not ee.extract(ee.Article(id="a", text=text), loaded(anaphora=False)).relations


def test_what_nobody_is_said_to_have_done_is_in_tables_and_in_no_graph(
    nlp_full: Language, load_beside: Load
) -> None:
    text = "Nora Diaz a été arrêtée. La Hongrie a accusé la Pologne."
    result = ee.extract(ee.Article(id="a", text=text), nlp_full)
    alone, both = result.relations
    assert (alone.source, alone.source_start, alone.source_end, alone.one_end) == ("", 0, 0, True)
    assert not both.one_end
    assert {*ee.EntityGraph.of_relations(result).nx} == {"country:HU", "country:PL"}
    without = load_beside(relations="two_ends")
    assert [r.kind for r in ee.extract(ee.Article(id="a", text=text), without).relations] == [
        "accuse"
    ]
    chosen = load_beside(relations=["coerce", "one_end"])
    assert [r.kind for r in ee.extract(ee.Article(id="a", text=text), chosen).relations] == [
        "coerce"
    ]


@pytest.mark.parametrize(
    ("text", "former"),
    [
        ("Paul Mercier, ministre du Mali de 2000 à 2012, a voté.", True),
        ("Nora Diaz, présidente de la BCE entre 2011 et 2019, a voté.", True),
        ("Samir Haddad, ambassadeur du Maroc jusqu'en 2020, a voté.", True),
        ("Jorge Alvarez, président du Chili depuis 2012, a voté.", False),
        ("Elena Rossi, ministre de l'Italie de 40 à 50 ans, a voté.", False),
    ],
)
def test_an_office_whose_years_are_told_is_over(
    text: str, former: bool, nlp_full: Language
) -> None:
    (row,) = ee.extract([ee.Article(id="a", text=text)], nlp_full).relations
    assert (row.kind, row.former) == ("position_held", former)


def test_kinds_can_be_chosen(load_beside: Load) -> None:
    nlp = load_beside(relations=["accuse"])
    doc = nlp("Washington accuse Moscou d'avoir attaqué la Géorgie.")
    assert {r["kind"] for r in doc._.entextract_relations} == {"accuse"}
    with pytest.raises(ValueError, match="unknown relation kind"):
        load_beside(relations=["accuser"])


def test_which_kinds_are_stated() -> None:
    nlp = spacy.blank("fr")
    rows = tables.kind_rows()
    expected = {
        "all": {row.kind for row in rows},
        "default": {row.kind for row in rows if row.default == "on"},
        "accuse": {"accuse"},
    }
    found = {kinds: Relations(nlp, "r", kinds=kinds, anaphora=True).kinds for kinds in expected}
    assert found == expected
    assert Relations(nlp, "r", kinds=["accuse", "aid"], anaphora=True).kinds == {"accuse", "aid"}


def test_several_processes_state_the_same(nlp_full: Language) -> None:
    texts = ["La Suède a livré des chars à l'Ukraine.", "Paul Mercier a rencontré Elena Rossi."] * 2
    alone = [doc._.entextract_relations for doc in nlp_full.pipe(texts)]
    assert [doc._.entextract_relations for doc in nlp_full.pipe(texts, n_process=2)] == alone
    assert all(alone)


def test_rows_point_at_their_words(nlp_full: Language) -> None:
    text = "Bonjour.\nWashington accuse Moscou, et l'ex-président grec Paul Mercier se tait."
    result = ee.extract([ee.Article(id="a", text=text)], nlp_full)
    by_kind = {r.kind: r for r in result.relations}
    assert {text[r.start : r.end] for r in result.relations} == {
        r.trigger for r in result.relations
    }
    assert by_kind["accuse"].goldstein == -3.0
    assert by_kind["accuse"].plover == "ACCUSE"
    assert by_kind["position_held"].former


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("accuser,verb,1,accusation,subj,obj,no,,", "kind"),
        ("accuser,verb,1,accuse,subj,object,no,,", "target 'object'"),
        ("accusérer,verb,1,accuse,subj,obj,no,,", "lemma 'accusérer'"),
        ("accuser,verb,1,accuse,subj,obj,no,+rien,", "object '+rien'"),
    ],
)
def test_bad_triggers_are_refused_with_their_line(row: str, fault: str, tmp_path: Path) -> None:
    path = tmp_path / "triggers.csv"
    header = "lemma,pos,order,kind,source,target,reflexive,object,example"
    path.write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(tables.TableError, match=re.escape(fault)) as error:
        tables.read_table(path)
    assert "triggers.csv:2" in str(error.value)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Selon l'OTAN, la Russie a attaqué la Pologne.", {"org:otan"}),
        ("La Russie a attaqué la Pologne, a déclaré Elena Rossi.", {"per:elena-rossi"}),
        ("L'Iran accuse Israël d'avoir attaqué la Syrie.", {"", "country:IR"}),
        ("Israël est accusé par l'Iran d'avoir attaqué la Syrie.", {"", "country:IR"}),
        # whom one criticises or thanks after a comma says nothing
        ("Le porte-parole de l'OTAN, Paul Mercier, a critiqué la Russie.", {""}),
        ("Nora Lenoir, ancienne directrice du FMI, a remercié l'Espagne.", {""}),
    ],
)
def test_who_says_it(nlp_full: Language, text: str, speakers: set[str]) -> None:
    found = ee.extract([ee.Article("a", text)], nlp_full).relations
    assert found
    assert {relation.speaker for relation in found} == speakers
