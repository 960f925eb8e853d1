"""Graphs of entities and of what names them, their projections, and neighbourhoods."""

import csv
import re
from pathlib import Path

import pytest
from runs import cut, write_run
from spacy.language import Language
from typer.testing import CliRunner

from entextract.cli import app
from entextract.graph.entity_graph import EntityGraph
from entextract.reading.extraction import read
from entextract.records.nouns import Article, Entity, Label, Mention, Sentence
from entextract.result import Extraction
from entextract.runs.tables import open_run

# who each sentence names, by article: date, newspaper, sentences
PRESS: dict[str, tuple[str, str, list[str]]] = {
    "a1": ("2024-01-02", "Le Pli", ["Anne Onu", "Anne"]),
    "a2": ("2024-02-02", "Le Pli", ["Anne"]),
    "a3": ("", "La Voix", ["Anne Onu Paul"]),
    "a4": ("2024-02-05", "", ["", "Paul"]),
}
WHO: dict[str, tuple[str, str, Label]] = {
    "Anne": ("per:anne-rey", "Anne Rey", "PER"),
    "Onu": ("org:onu", "ONU", "ORG"),
    "Paul": ("per:paul-roy", "Paul Roy", "PER"),
}


def press() -> Extraction:
    mentions, sentences = [], []
    for article, (_day, _paper, texts) in PRESS.items():
        for number, text in enumerate(texts):
            sentences.append(Sentence(article, number, 0, len(text), text))
            for name in text.split():
                entity, _, label = WHO[name]
                one = Mention(article, 0, 1, name, label, "name", entity, number, number, "model")
                mentions += [one, one]  # named twice in a sentence is one sentence
    entities = [
        Entity(entity, name, label, None, (name, form), 2, 2)
        for form, (entity, name, label) in WHO.items()
    ]
    articles = [
        Article(article, "", title=f"Titre de {article}", date=day, source=paper)
        for article, (day, paper, _texts) in PRESS.items()
    ]
    return Extraction(tuple(articles), tuple(mentions), tuple(entities), (), tuple(sentences))


def edges(graph: EntityGraph, *names: str) -> dict[tuple[str, str], tuple[object, ...]]:
    return {
        (min(a, b), max(a, b)): tuple(row[name] for name in names)
        for a, b, row in graph.nx.edges(data=True)
    }


def test_entities_and_articles() -> None:
    graph = EntityGraph.of_articles(press())
    assert repr(graph) == "<EntityGraph: 7 nodes, 7 edges, entities and articles>"
    assert edges(graph, "weight", "articles") == {
        ("article:a1", "per:anne-rey"): (2, 1),
        ("article:a1", "org:onu"): (1, 1),
        ("article:a2", "per:anne-rey"): (1, 1),
        ("article:a3", "per:anne-rey"): (1, 1),
        ("article:a3", "org:onu"): (1, 1),
        ("article:a3", "per:paul-roy"): (1, 1),
        ("article:a4", "per:paul-roy"): (1, 1),
    }
    assert graph.nx.nodes["article:a1"] == {
        "label": "Titre de a1",
        "type": "ARTICLE",
        "articles": 1,
        "date": "2024-01-02",
        "newspaper": "Le Pli",
        "mentions": 3,
    }


def test_entities_and_newspapers() -> None:
    graph = EntityGraph.of_articles(press(), "source")
    assert edges(graph, "weight", "articles") == {
        ("per:anne-rey", "source:Le Pli"): (3, 2),
        ("org:onu", "source:Le Pli"): (1, 1),
        ("per:anne-rey", "source:La Voix"): (1, 1),
        ("org:onu", "source:La Voix"): (1, 1),
        ("per:paul-roy", "source:La Voix"): (1, 1),
    }
    assert graph.nx.nodes["source:Le Pli"] == {
        "label": "Le Pli",
        "type": "SOURCE",
        "articles": 2,
        "mentions": 4,
    }
    strong = EntityGraph.of_articles(press(), "source", min_weight=2)
    assert sorted(strong.nx) == ["org:onu", "per:anne-rey", "per:paul-roy", "source:Le Pli"]


def test_a_projection_onto_entities_is_their_comentions() -> None:
    graph = EntityGraph.of_articles(press()).projection()
    together = EntityGraph.of_comentions(press(), "article")
    assert edges(graph, "weight") == edges(together, "weight")
    assert edges(graph, "jaccard") == edges(together, "jaccard")
    assert len(graph.evidence("Anne Rey", "Onu")) == len(together.evidence("Anne Rey", "Onu")) > 0
    # a1 names two, a3 three: 1/1 + 1/2
    assert edges(graph, "newman")["org:onu", "per:anne-rey"] == (1.5,)


def test_a_projection_onto_articles_and_newspapers() -> None:
    graph = EntityGraph.of_articles(press()).projection("article", min_weight=2)
    assert edges(graph, "weight") == {("article:a1", "article:a3"): (2,)}
    assert len(graph) == 4
    papers = EntityGraph.of_articles(press(), "source").projection("source")
    assert edges(papers, "weight", "jaccard") == {("source:La Voix", "source:Le Pli"): (2, 2 / 3)}
    assert repr(papers) == "<EntityGraph: 2 nodes, 1 edges, shared entities>"


def test_what_has_no_projection() -> None:
    two = EntityGraph.of_articles(press())
    for graph, onto, said in [
        (two, "source", "choose entity or article"),
        (two.projection("article"), "entity", "only a graph of entities and articles"),
        (EntityGraph.of_comentions(press()), "entity", "only a graph of entities and articles"),
    ]:
        with pytest.raises(ValueError, match=said):
            graph.projection(onto)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="no second kind of node 'paper'"):
        EntityGraph.of_articles(press(), "paper")  # type: ignore[arg-type]


def test_evidence_of_two_modes() -> None:
    graph = EntityGraph.of_articles(press())
    assert list(graph.evidence("anne rey", "Titre de a1")["text"]) == ["Anne Onu", "Anne"]
    papers = EntityGraph.of_articles(press(), "source")
    assert list(papers.evidence("Le Pli", "Anne")["article"]) == ["a1", "a1", "a2"]
    with pytest.raises(ValueError, match="no sentence joins org:onu and per:anne-rey"):
        graph.evidence("Onu", "Anne")


@pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")
def test_sentences_and_times_of_two_modes(tmp_path: Path) -> None:
    graph = EntityGraph.of_articles(press())
    graph.to_gexf(tmp_path / "g.gexf", dynamic="month")
    edges = EntityGraph.from_gexf(tmp_path / "g.static.gexf").nx.edges
    row = edges["per:anne-rey", "article:a1"]
    assert row["quotation1"] == "Anne Onu (Le Pli, 2024-01-02)"
    assert row["quotation2"] == "Anne (Le Pli, 2024-01-02)"
    text = (tmp_path / "g.gexf").read_text("utf-8")
    spells = re.findall(r'<node id="article:a1".*?</node>', text, re.DOTALL)[0]
    assert '<spell start="2024-01-01T00:00:00" end="2024-01-31T23:59:59"/>' in spells
    papers = EntityGraph.of_articles(press(), "source")
    papers.to_gephi_csv(tmp_path, dynamic="year")
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        weights = {
            row["Target"]: row["weight_in_time"]
            for row in csv.DictReader(file)
            if row["Source"] == "per:anne-rey"
        }
    assert weights["source:Le Pli"] == "<[2024-01-01T00:00:00, 2024-12-31T23:59:59, 3.0]>"
    assert weights["source:La Voix"] == ""  # whose article has no date


def test_periods_of_two_modes() -> None:
    (_, january), (_, february) = EntityGraph.of_articles(press()).slices("month")
    assert sorted(january.nx) == ["article:a1", "org:onu", "per:anne-rey"]
    assert sorted(february.nx) == ["article:a2", "article:a4", "per:anne-rey", "per:paul-roy"]


def test_on_disk_as_in_memory(tmp_path: Path, nlp_fast: Language) -> None:
    texts = ["Le Kazakhstan accueille la Mongolie.", "La Mongolie remercie le Kirghizstan."]
    articles = [Article(f"a{n}", text, source=f"J{n}") for n, text in enumerate(texts)]
    on_disk = open_run(write_run(tmp_path / "run", cut(read(articles, nlp_fast), 1)))
    for other in ("article", "source"):
        one = EntityGraph.of_articles(on_disk, other)
        two = EntityGraph.of_articles(on_disk.read(), other)
        assert one.to_frame("edges").equals(two.to_frame("edges"))
        assert one.to_frame("nodes").equals(two.to_frame("nodes"))
        assert len(one.to_frame("edges")) == 4


# --- neighbourhoods ---


def test_who_is_near() -> None:
    graph = EntityGraph.of_articles(press())
    near = graph.ego("ANNE")
    assert dict(near.nx.nodes(data="steps")) == {
        "per:anne-rey": 0,
        "article:a1": 1,
        "article:a2": 1,
        "article:a3": 1,
    }
    assert near.nx.number_of_edges() == 3
    assert sorted(graph.ego("Anne", steps=2).nx) == sorted({*graph.nx} - {"article:a4"})
    assert sorted(graph.ego("Titre de a2", "Titre de a4").nx) == [
        "article:a2",
        "article:a4",
        "per:anne-rey",
        "per:paul-roy",
    ]
    assert "steps" not in graph.nx.nodes["per:anne-rey"]


def test_edges_among_neighbours_and_against_their_direction_are_kept() -> None:
    graph = EntityGraph.of_comentions(press(), "article")
    assert graph.ego("Anne").nx.number_of_edges() == 3
    import pandas as pd

    nodes = pd.DataFrame({"id": ["a", "b", "c"], "label": ["A", "B", "C"]})
    ties = pd.DataFrame(
        {"source": ["a", "b"], "target": ["b", "c"], "kind": "aid", "directed": True}
    )
    directed = EntityGraph.from_frame(nodes, ties)
    assert sorted(directed.ego("C").nx) == ["b", "c"]
    assert sorted(directed.ego("C", steps=2).nx) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("names", "steps", "said"),
    [
        ((), 1, "name one entity at least"),
        (("Ann",), 1, "no entity 'Ann' here; close: Anne"),
        (("Anne",), 0, "steps is 0"),
        (("Anne",), 1.5, "steps is 1.5"),
    ],
)
def test_no_such_neighbourhood(names: tuple[str, ...], steps: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        EntityGraph.of_comentions(press()).ego(*names, steps=steps)


# --- time in Gephi's pair of CSV files ---


@pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")
def test_time_in_gephis_csv(tmp_path: Path) -> None:
    january, february = (
        f"[2024-{month}-01T00:00:00, 2024-{month}-{last}T23:59:59"
        for month, last in (("01", 31), ("02", 29))
    )
    graph = EntityGraph.of_articles(press())
    graph.to_gephi_csv(tmp_path, dynamic="month")
    with (tmp_path / "nodes.csv").open(encoding="utf-8", newline="") as file:
        times = {row["Id"]: row["Timeset"] for row in csv.DictReader(file)}
    assert times["article:a1"] == f"<{january}]>"
    assert times["article:a3"] == ""
    assert times["per:anne-rey"] == "<[2024-01-01T00:00:00, 2024-02-29T23:59:59]>"  # one run
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["Source"], row["Target"]): row for row in csv.DictReader(file)}
    assert rows["per:anne-rey", "article:a1"]["weight_in_time"] == f"<{january}, 2.0]>"
    assert rows["per:anne-rey", "article:a2"]["Timeset"] == f"<{february}]>"
    plain = EntityGraph.of_comentions(press())
    plain.to_gephi_csv(tmp_path, dynamic="month")
    with (tmp_path / "edges.csv").open(encoding="utf-8", newline="") as file:
        assert [row["Timeset"] for row in csv.DictReader(file)].count(f"<{january}]>") == 1


def test_names_that_gephi_would_take_for_edges(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(press())
    graph.nx.nodes["org:onu"]["Source"] = "Le Pli"
    with pytest.raises(ValueError, match="'Source' of nodes: Gephi would take them for edges"):
        graph.to_gephi_csv(tmp_path)


# --- on the command line ---


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    press().to_csv("sortie")
    return tmp_path


@pytest.mark.parametrize(
    ("options", "nodes"),
    [
        ("--two-mode article", 7),
        ("--two-mode source", 5),
        ("--two-mode source --projection source", 2),
        ("--two-mode article --projection entity --ego Paul", 3),
        ("--two-mode article --ego Paul --ego ANNE --steps 1", 6),
        ("--ego onu --steps 2", 3),
    ],
)
def test_graphs_asked_for(options: str, nodes: int, folder: Path) -> None:
    done = CliRunner().invoke(app, ["graph", "sortie", "-o", "g.gexf", *options.split()])
    assert done.exit_code == 0, done.output
    assert len(EntityGraph.from_gexf("g.gexf")) == nodes


def test_csv_with_time(folder: Path) -> None:
    asked = ["graph", "sortie", "-o", "gephi", "--dynamic", "month"]
    assert CliRunner().invoke(app, asked).exit_code == 0
    assert "Timeset" in Path("gephi/nodes.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--projection article", "add --two-mode article"),
        ("--projection entity", "add --two-mode article"),
        ("--two-mode article --projection source", "add --two-mode source"),
        ("--two-mode article --relations", "--two-mode and --relations exclude each other"),
        ("--two-mode article --backbone disparity", "--two-mode and --backbone exclude"),
        ("--steps 2", "add --ego NAME"),
        ("--ego Personne", "no entity 'Personne' here"),
    ],
)
def test_wrong_options(options: str, said: str, folder: Path) -> None:
    done = CliRunner().invoke(app, ["graph", "sortie", "-o", "g.gexf", *options.split()])
    assert done.exit_code == 2
    assert said in done.output
    assert not Path("g.gexf").exists()
