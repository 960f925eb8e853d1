"""A user's own actors: the table is checked, and what it lists is found before all else."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language

import entextract as ee
from entextract.actors.actor import ActorError, ActorWarning
from entextract.reading.load import FIRST, PIPES

Load = Callable[..., Language]
HEADER = "id,name,form,label\n"
ACTORS = """\
awa-sarr-maire,Awa Sarr,Awa Sarr,PER
awa-sarr-maire,Awa Sarr,la dame de Plouvarec,PER
collectif-rivage,Collectif Rivage,Rivage,ORG
tour-de-france,Tour de France,Grande Boucle,ORG
SN,République du Sénégal,Téranga,COUNTRY
"""


def table(folder: Path, rows: str, header: str = HEADER) -> Path:
    path = folder / "acteurs.csv"
    path.write_text(header + rows, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def nlp(tmp_path_factory: pytest.TempPathFactory) -> Language:
    """All our pipes on blank French, with the actors above."""
    path = table(tmp_path_factory.mktemp("actors"), ACTORS)
    nlp = spacy.blank("fr")
    for name in (*FIRST, *PIPES):
        nlp.add_pipe(name)
    nlp.get_pipe("entextract_actors").read(path)  # type: ignore[attr-defined]
    return nlp


def found(text: str, nlp: Language) -> dict[str, str]:
    result = ee.extract([ee.Article("a", text)], nlp)
    return {m.text: m.entity for m in result.mentions if m.rule == "table:actors"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rivage a saisi la justice.", {"Rivage": "org:collectif-rivage"}),
        ("Le Collectif Rivage proteste.", {"Collectif Rivage": "org:collectif-rivage"}),
        ("On attend la dame de Plouvarec.", {"la dame de Plouvarec": "per:awa-sarr-maire"}),
        ("Le Tour de France part de Brest.", {"Tour de France": "org:tour-de-france"}),
        ("Vive la Téranga !", {"Téranga": "country:SN"}),
        ("La rue Rivage-Dupont est fermée.", {}),
    ],
)
def test_what_is_listed_is_found(text: str, names: dict[str, str], nlp: Language) -> None:
    assert found(text, nlp) == names


def test_the_name_of_the_table_is_kept(nlp: Language) -> None:
    article = ee.Article("a", "La Téranga reçoit la dame de Plouvarec.")
    names = {e.id: (e.name, e.country) for e in ee.extract([article], nlp).entities}
    assert names["country:SN"] == ("République du Sénégal", "SN")
    assert names["per:awa-sarr-maire"] == ("Awa Sarr", None)


def test_short_forms_find_the_actor(tmp_path: Path, load_beside: Load) -> None:
    nlp = load_beside(extra=table(tmp_path, ACTORS))
    articles = [
        ee.Article("a", "La maire Awa Sarr a reçu Karim Haddad. Sarr a promis une digue."),
        ee.Article("c", "Awa Sarr est là. Mardi, A. Sarr hésitait."),
        ee.Article("b", "Mme Sarr n'a pas répondu."),
    ]
    result = ee.extract(articles, nlp)
    assert {m.entity for m in result.mentions if "Sarr" in m.text} == {"per:awa-sarr-maire"}


# from Python 3.12 on, a fork in a process with threads is reported; spaCy forks
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("weights", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_a_saved_pipeline_knows_its_actors_without_their_table(
    weights: bool, tmp_path: Path
) -> None:
    path, blank = table(tmp_path, ACTORS), tmp_path / "blank"
    spacy.blank("fr").to_disk(blank)
    nlp = ee.load(None if weights else blank, extra=path)
    path.unlink()
    nlp.to_disk(tmp_path / "saved")
    again = ee.load(tmp_path / "saved")
    assert again.pipe_names == nlp.pipe_names
    for saved in (spacy.load(tmp_path / "saved"), again, pickle.loads(pickle.dumps(nlp))):
        assert found("Rivage attend la Téranga.", saved) == {
            "Rivage": "org:collectif-rivage",
            "Téranga": "country:SN",
        }
    docs = again.pipe(["Rivage attend.", "Vive la Téranga !"], n_process=2)
    assert [e.kb_id_ for doc in docs for e in doc.ents] == ["org:collectif-rivage", "country:SN"]
    article = ee.Article("a", "La Téranga reçoit la dame de Plouvarec.")
    assert ee.extract([article], again).entities == ee.extract([article], nlp).entities


def test_a_new_table_takes_the_place_of_the_saved_one(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "saved")
    again = ee.load(tmp_path / "saved", extra=table(tmp_path, "vigie,La Vigie,Vigie,ORG\n"))
    assert found("Rivage et Vigie protestent.", again) == {"Vigie": "org:vigie"}


def test_actors_as_bytes(nlp: Language) -> None:
    again = spacy.blank("fr")
    for name in ("sentences", "actors", "arbiter", "linker"):
        again.add_pipe(f"entextract_{name}")
    again.from_bytes(nlp.to_bytes(exclude=["vocab"]))
    assert found("Rivage a saisi la justice.", again) == {"Rivage": "org:collectif-rivage"}


def test_without_a_table_nothing_is_found(nlp_rules: Language) -> None:
    assert found("Rivage a saisi la justice.", nlp_rules) == {}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Awa Sarr,Awa Sarr,Awa Sarr,PER\n", ":2: id 'Awa Sarr' is not of a-z, 0-9 and hyphens"),
        ("senegal,Sénégal,Sénégal,COUNTRY\n", ":2: id 'senegal' is not an ISO 3166-1 alpha-2"),
        ("sarr,Awa Sarr,Awa Sarr,PERS\n", ":2: label 'PERS' is none of PER, COUNTRY, ORG, LOC"),
        ("sarr,,Awa Sarr,PER\n", ":2: no name"),
        ("sarr,Awa Sarr,Sarr\n", ":2: 3 cells where the header has 4"),
        ("a,A,A,PER\n", ":2: name 'A' is too short"),
        ("b,Luc Rey,Luc Rey,PER\nb,Luc,Luc,PER\n", ":3: id 'b' is Luc Rey, PER on line 2"),
    ],
)
def test_a_wrong_row_is_named_and_the_others_are_read(
    rows: str, said: str, tmp_path: Path, nlp: Language
) -> None:
    path = table(tmp_path, rows + "vigie,La Vigie,Vigie,ORG\n")
    pipe: Any = spacy.blank("fr").add_pipe("entextract_actors")
    pipe.read(path)
    (report,) = pipe.reports
    assert [str(fault).startswith(f"{path}{said}") for fault in report.faults] == [True]
    assert pipe.index.get("org:vigie").name == "La Vigie"


def test_rows_left_out_are_warned_of_and_among_the_problems(
    tmp_path: Path, load_beside: Load
) -> None:
    path = table(tmp_path, "a,A,A,PER\nvigie,La Vigie,Vigie,ORG\n")
    with pytest.warns(ActorWarning, match="1 rows are left out or mended"):
        nlp = load_beside(extra=path)
    result = ee.extract([ee.Article("a", "Vigie proteste.")], nlp)
    assert [(p.article, p.where, p.action) for p in result.problems] == [
        (str(path), f"{path}:2", "refused")
    ]
    assert [m.entity for m in result.mentions] == ["org:vigie"]


def test_a_wrong_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ActorError, match="no column of names among truc, valeur"):
        ee.load(extra=table(tmp_path, "1;2\n", header="truc;valeur\n"))
    path = tmp_path / "latin.csv"
    path.write_bytes((HEADER + "e,Élysée,Élysée,ORG\n").encode("latin-1"))
    with pytest.raises(ActorError, match="latin.csv:2: not in UTF-8"):
        ee.load(extra=path)
    path = tmp_path / "vide.csv"
    path.write_text("", encoding="utf-8")
    with pytest.raises(ActorError, match="the list is empty"):
        ee.load(extra=path)
    with pytest.raises(FileNotFoundError):
        ee.load(extra=tmp_path / "absent.csv")


def test_a_wrong_file_is_refused_before_any_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="absent.csv"):
        ee.load("no-such-pipeline", extra=tmp_path / "absent.csv")
