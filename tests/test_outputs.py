"""All files of one graph are made of one layout and one reading of the corpus."""

import warnings
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from test_periods import RESULT
from told import changes_of
from typer.testing import CliRunner

import entextract as ee
from entextract.cli import app
from entextract.export import ExportWarning
from entextract.graph import outputs
from entextract.graph.corpus import InMemory, Key, Part
from entextract.graph.entity_graph import EntityGraph
from entextract.records.nouns import Relation, Sentence


class Counting(InMemory):
    """The rows of a result, which count how often they are read from end to end."""

    def __init__(self, result: ee.Extraction) -> None:
        super().__init__(result)
        self.read: Counter[str] = Counter()

    def parts(self, ids: Collection[str]) -> Iterator[Part]:
        self.read["places"] += 1
        return super().parts(ids)

    def sentences(self, keys: Iterable[Key]) -> Mapping[Key, Sentence]:
        self.read["sentences"] += 1
        return super().sentences(keys)

    def relations(self, ids: Collection[str]) -> Iterator[Relation]:
        self.read["relations"] += 1
        return super().relations(ids)


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the graphs that were laid out, one after the other."""
    found: list[int] = []
    compute = outputs.layout

    def counted(graph: Any, **options: Any) -> Any:
        found.append(len(graph))
        return compute(graph, **options)

    monkeypatch.setattr(outputs, "layout", counted)
    return found


def write_all(graph: EntityGraph, folder: Path) -> dict[str, bytes]:
    graph.to_gexf(folder / "g.gexf")
    changes_of(graph.to_gexf, folder / "dynamic.gexf", dynamic="week")  # one article is undated
    graph.to_html(folder / "g.html")
    graph.to_json(folder / "g.json")
    graph.to_gephi_csv(folder / "csv")
    graph.to_svg(folder / "g.svg")
    return {path.name: path.read_bytes() for path in folder.rglob("*.*")}


@pytest.mark.parametrize("make", [EntityGraph.of_comentions, EntityGraph.of_all])
def test_six_files_one_layout_one_reading(make: Any, layouts: list[int], tmp_path: Path) -> None:
    corpus = Counting(RESULT)
    graph = make(corpus)
    corpus.read.clear()
    write_all(graph, tmp_path)
    assert layouts == [len(graph)]
    assert corpus.read == {"places": 1, "sentences": 1, "relations": 1}


def test_a_file_is_the_same_whatever_was_written_before(tmp_path: Path) -> None:
    alone = {}
    for name, write in {
        "g.gexf": lambda path: EntityGraph.of_all(RESULT).to_gexf(path),
        "g.html": lambda path: EntityGraph.of_all(RESULT).to_html(path),
    }.items():
        write(tmp_path / name)
        alone[name] = (tmp_path / name).read_bytes()
    graph = EntityGraph.of_all(RESULT)
    graph.to_gexf(tmp_path / "more.gexf", most_quotations=9)
    together = write_all(graph, tmp_path / "all")
    assert {name: together[name] for name in alone} == alone


def test_a_graph_that_was_changed_is_laid_out_and_read_anew(
    layouts: list[int], tmp_path: Path
) -> None:
    corpus = Counting(RESULT)
    graph = EntityGraph.of_comentions(corpus)
    corpus.read.clear()
    graph.to_html(tmp_path / "before.html")
    graph.measure()  # other attributes move nothing
    graph.to_html(tmp_path / "measured.html")
    assert (len(layouts), corpus.read["places"]) == (1, 1)
    a, b = next(iter(graph.nx.edges))
    graph.nx.edges[a, b]["weight"] += 10
    graph.to_json(tmp_path / "heavier.json")
    assert len(layouts) == 2
    graph.nx.remove_node(a)
    graph.to_html(tmp_path / "after.html")
    assert (len(layouts), corpus.read["places"]) == (3, 2)
    assert f'"{a}"' not in (tmp_path / "after.html").read_text(encoding="utf-8")


def test_the_command_lays_out_once(layouts: list[int], tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text(
        'text\n"Emmanuel Macron a reçu Olaf Scholz à Paris. L\'Allemagne et la France signent."\n',
        encoding="utf-8",
    )
    command = ["run", str(tmp_path / "articles.csv"), "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out" / "reseau.html").exists()
    assert (tmp_path / "out" / "graphe.gexf").exists()
    assert len(layouts) == 1


def test_quotations_are_counted_from_nothing(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    graph.to_gexf(tmp_path / "none.gexf", most_quotations=0)
    assert "quotation1" not in (tmp_path / "none.gexf").read_text(encoding="utf-8")
    with pytest.raises(ValueError, match="most_quotations is -1: it must be 0 or more"):
        graph.to_gexf(tmp_path / "less.gexf", most_quotations=-1)


@pytest.mark.parametrize("write", [EntityGraph.to_gexf, EntityGraph.to_html])
def test_no_quotations_are_none_also_after_a_file_that_has_them(
    write: Callable[..., None], tmp_path: Path
) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    write(graph, tmp_path / "usual")
    write(graph, tmp_path / "after", most_quotations=0)
    write(EntityGraph.of_comentions(RESULT), tmp_path / "fresh", most_quotations=0)
    assert (tmp_path / "after").read_text("utf-8") == (tmp_path / "fresh").read_text("utf-8")


def test_what_was_changed_is_one_warning_a_file(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    for row in graph.nx.nodes.values():
        row["label"] += "\x00"
    many = len(graph)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        graph.to_gexf(tmp_path / "g.gexf", dynamic="week", most_quotations=0)
    (one,) = caught
    assert one.filename == __file__
    assert isinstance(one.message, ExportWarning)
    assert one.message.path == str(tmp_path / "g.gexf")
    labels = [change for change in one.message.changes if "that XML forbids removed" in change]
    assert len(labels) == many
    assert str(one.message).startswith(f"{tmp_path / 'g.gexf'}: label of ")


def test_a_user_can_make_the_warning_an_error(tmp_path: Path) -> None:
    graph = EntityGraph.of_comentions(RESULT)
    next(iter(graph.nx.nodes.values()))["label"] = "\x00"
    with warnings.catch_warnings():
        warnings.simplefilter("error", ee.ExportWarning)
        with pytest.raises(ee.ExportWarning, match="1 character that XML forbids removed"):
            graph.to_graphml(tmp_path / "g.graphml")


def test_quotations_are_looked_for_only_when_they_are_asked_for(tmp_path: Path) -> None:
    without, usual, fresh = (tmp_path / f"{name}.gexf" for name in ("a", "b", "c"))
    graph = EntityGraph.of_comentions(RESULT)
    graph.to_gexf(without, most_quotations=0)
    graph.to_gexf(usual)
    EntityGraph.of_comentions(RESULT).to_gexf(fresh)
    quoted = [s.text for s in RESULT.sentences if s.text in usual.read_text(encoding="utf-8")]
    assert quoted
    assert not any(text in without.read_text(encoding="utf-8") for text in quoted)
    assert usual.read_bytes() == fresh.read_bytes()
