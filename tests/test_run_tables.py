"""A graph of tables left on disk is the graph of the same rows in memory."""

from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from runs import cut, joined, made_up, write_run
from typer.testing import CliRunner

from entextract.cli import app
from entextract.graph.entity_graph import EntityGraph
from entextract.graph.periods import split
from entextract.linking.agreement import Names, agree
from entextract.records.nouns import LABELS
from entextract.result import Extraction
from entextract.runs.tables import Tables, open_run


@pytest.fixture(scope="module")
def in_memory() -> Extraction:
    return agree(made_up(150, seed=4), Names())


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    return open_run(write_run(tmp_path_factory.mktemp("run"), cut(made_up(150, seed=4), 20)))


Build = Callable[[Any], EntityGraph]
BUILDS: dict[str, Build] = {
    "sentence": lambda rows: EntityGraph.of_comentions(rows),
    "paragraph": lambda rows: EntityGraph.of_comentions(rows, "paragraph", min_weight=2),
    "article": lambda rows: EntityGraph.of_comentions(rows, "article", labels=LABELS),
    "three": lambda rows: EntityGraph.of_comentions(rows, 3, backbone="noise_corrected"),
    "relations": lambda rows: EntityGraph.of_relations(rows),
    "kinds": lambda rows: EntityGraph.of_relations(
        rows, kinds=["accuse"], status=["actual", "negated"], labels=["PER"]
    ),
    "all": lambda rows: EntityGraph.of_all(rows, 2),
}


def content(graph: EntityGraph) -> tuple[list[Any], list[Any]]:
    """Nodes and edges with their attributes, in order."""
    return list(graph.nx.nodes(data=True)), list(graph.nx.edges(data=True))


@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS)
def test_the_same_graph(build: Build, in_memory: Extraction, on_disk: Tables) -> None:
    expected, found = build(in_memory), build(on_disk)
    assert content(found) == content(expected)
    assert found.nx.number_of_edges() > 2


@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS)
def test_the_same_evidence(build: Build, in_memory: Extraction, on_disk: Tables) -> None:
    expected, found = build(in_memory), build(on_disk)
    seen = 0
    for a, b in sorted({edge[:2] for edge in expected.nx.edges if edge[0] != edge[1]})[::4]:
        frame = found.evidence(a, b)
        assert frame.equals(expected.evidence(a, b))
        seen += len(frame)
    assert seen


@pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")  # undated articles
@pytest.mark.parametrize("build", BUILDS.values(), ids=BUILDS)
def test_the_same_files(
    build: Build, in_memory: Extraction, on_disk: Tables, tmp_path: Path
) -> None:
    for name, rows in (("memory", in_memory), ("disk", on_disk)):
        graph = build(rows)
        graph.to_gexf(tmp_path / f"{name}.gexf", dynamic="month")
        graph.to_html(tmp_path / f"{name}.html")
    for kind in ("gexf", "static.gexf", "html"):
        assert (tmp_path / f"disk.{kind}").read_bytes() == (
            tmp_path / f"memory.{kind}"
        ).read_bytes()


@pytest.mark.parametrize(
    ("build", "by"),
    [
        *product(["sentence", "relations", "all"], ["year", ["2024-01-01", "2024-04-01"]]),
        ("all", "month"),  # of five years: a long way
    ],
)
def test_the_same_slices(build: str, by: Any, in_memory: Extraction, on_disk: Tables) -> None:
    expected = BUILDS[build](in_memory).slices(by)
    found = BUILDS[build](on_disk).slices(by)
    assert [label for label, _ in found] == [label for label, _ in expected]
    for (_, one), (_, other) in zip(found, expected, strict=True):
        assert content(one) == content(other)
    (_, before), (_, after) = found[0], found[-1]
    (_, first), (_, last) = expected[0], expected[-1]
    assert before.compare(after).equals(first.compare(last))


def test_order_of_shards_does_not_matter(on_disk: Tables, tmp_path: Path) -> None:
    parts = cut(made_up(150, seed=4), 20)
    other = open_run(write_run(tmp_path, parts[::-1]))
    assert joined(parts[::-1]).articles != joined(parts).articles
    for build in BUILDS.values():
        assert content(build(other)) == content(build(on_disk))


def test_the_same_csv(in_memory: Extraction, on_disk: Tables, tmp_path: Path) -> None:
    in_memory.to_csv(tmp_path / "memory")
    written = on_disk.to_csv(tmp_path / "disk")
    assert [path.name for path in written] == [p.name for p in in_memory.to_csv(tmp_path / "b")]
    assert Extraction.from_csv(tmp_path / "disk") == Extraction.from_csv(tmp_path / "memory")
    for name in ("articles.csv", "report.json"):
        found, expected = ((tmp_path / which / name).read_bytes() for which in ("disk", "memory"))
        assert found.partition(b"\n")[0] == expected.partition(b"\n")[0]
        assert sorted(found.split(b"\n")) == sorted(expected.split(b"\n"))


def test_csv_of_one_period(in_memory: Extraction, on_disk: Tables, tmp_path: Path) -> None:
    for (label, part), (_, other) in zip(
        on_disk.corpus.split("year"), split(in_memory, "year"), strict=True
    ):
        Tables(part.rows).to_csv(tmp_path / label)
        found = Extraction.from_csv(tmp_path / label)
        other.to_csv(tmp_path / "memory")
        assert found == Extraction.from_csv(tmp_path / "memory")


def test_read_in_memory(in_memory: Extraction, on_disk: Tables) -> None:
    assert on_disk.read() == in_memory


def test_counts(in_memory: Extraction, on_disk: Tables) -> None:
    for table in ("articles", "mentions", "entities", "relations", "sentences", "problems"):
        assert on_disk.count(table) == len(getattr(in_memory, table))  # type: ignore[arg-type]
    assert "150 articles" in repr(on_disk)
    with pytest.raises(ValueError, match="no table 'x': choose one of articles"):
        on_disk.count("x")  # type: ignore[arg-type]


def test_an_empty_run(tmp_path: Path) -> None:
    rows = open_run(write_run(tmp_path, []))
    assert content(EntityGraph.of_all(rows)) == ([], [])
    assert EntityGraph.of_comentions(rows).slices("month") == []


def test_no_run_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="not a run folder"):
        open_run(tmp_path)


# ---- the command line


@pytest.mark.parametrize("options", [[], ["--relations"], ["--decisions", "d.yml"]])
def test_graph_of_a_run_folder(
    options: list[str], in_memory: Extraction, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    decisions = "merge:\n  - {into: per:joe-biden, from: [per:jill-biden]}\n"
    Path("d.yml").write_text(decisions, encoding="utf-8")
    write_run(Path("run"), cut(made_up(150, seed=4), 30))
    in_memory.to_csv("csv")
    for folder in ("run", "csv"):
        arguments = ["graph", folder, "-o", f"{folder}.gexf", *options]
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, result.output
    assert Path("run.gexf").read_bytes() == Path("csv.gexf").read_bytes()


def test_doubtful_pairs_of_a_run_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_run(Path("run"), cut(made_up(60), 30))
    result = CliRunner().invoke(app, ["decisions", "run", "-o", "d.yml"])
    assert result.exit_code == 0, result.output
    assert Path("d.yml").exists()


def test_a_run_that_is_not_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    manifest = write_run(Path("run"), cut(made_up(10), 5)) / "manifest.json"
    unfinished = manifest.read_text("utf-8").replace('"complete": true', '"complete": false')
    manifest.write_text(unfinished, encoding="utf-8")
    result = CliRunner().invoke(app, ["graph", "run", "-o", "g.gexf"])
    assert result.exit_code == 2
    assert "the run is not finished" in result.output


@pytest.mark.parametrize("batch", [1, 4])
def test_rows_are_written_some_at_a_time(
    batch: int,
    in_memory: Extraction,
    on_disk: Tables,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("entextract.runs.corpus._BATCH", batch)
    on_disk.to_csv(tmp_path)
    assert Extraction.from_csv(tmp_path).entities == in_memory.entities
    names = [entity.id for entity in in_memory.entities]
    assert list(on_disk.corpus.relations(names)) == list(in_memory.relations)
    assert on_disk.corpus.unknown_entity() is None
