"""A run of several shards counts copies as one process does that holds every article."""

import random
import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import cut, made_up, write_run
from spacy.language import Language
from typer.testing import CliRunner

from entextract.cli import app
from entextract.graph.entity_graph import EntityGraph
from entextract.linking.agreement import Names, agree
from entextract.linking.near_duplicates import Unit, distinct, find_copies
from entextract.reading.extraction import extract, names_of, read
from entextract.records.nouns import LABELS, Article, Copy
from entextract.result import Extraction
from entextract.runs.copies import copies_of_run
from entextract.runs.link import link_run
from entextract.runs.shards import Shards
from entextract.runs.tables import Tables, open_run

COUNTS: Sequence[Unit] = get_args(Unit)
NUMBER, SEED = 100, 4
WORDS = str.split(
    "le la port mine vote blé prix juge loi route village ministre parti crise sommet"
)


def printed(number: int, seed: int) -> Extraction:
    """Rows whose articles have texts: of every three, one is new, and one printed with changes."""
    draw = random.Random(seed)
    rows, texts = made_up(number, seed), [""]
    articles = []
    for article in rows.articles:
        words = [draw.choice(WORDS) for _ in range(draw.randrange(1, 60))]
        kind = draw.randrange(3)
        if kind:
            words = draw.choice(texts).split()
        if kind == 2 and words:
            words[draw.randrange(len(words))] = "autrement"
        texts.append(" ".join(words))
        articles.append(replace(article, text=texts[-1]))
    return replace(rows, articles=tuple(articles))


@pytest.fixture(scope="module")
def in_memory() -> Extraction:
    rows = printed(NUMBER, SEED)
    return replace(agree(rows, Names()), copies=find_copies(rows.articles))


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Tables:
    run = write_run(tmp_path_factory.mktemp("run"), cut(printed(NUMBER, SEED), 20))
    return open_run(run)


def test_the_same_copies(in_memory: Extraction, on_disk: Tables) -> None:
    assert on_disk.copies == in_memory.copies
    assert {copy.similarity == 1 for copy in on_disk.copies} == {True, False}
    assert on_disk.count("copies") == len(on_disk.copies) > 30
    assert on_disk.read().copies == in_memory.copies


@given(st.integers(0, 24), st.integers(1, 9), st.integers(0, 10**6))
@settings(max_examples=15)
def test_the_same_copies_however_the_shards_are_cut(
    tmp_path: Path, number: int, size: int, seed: int
) -> None:
    rows = printed(number, seed)
    parts = cut(rows, size)
    random.Random(seed).shuffle(parts)
    run = write_run(tmp_path / f"{number}-{size}-{seed}", parts)
    assert open_run(run).copies == find_copies(rows.articles)


@pytest.mark.parametrize("dates", [("12/03/2024", "2024-03-09T10:30"), ("hier", ""), ("", "")])
def test_the_same_copies_whatever_the_dates(dates: tuple[str, str], tmp_path: Path) -> None:
    text = "Le port de Lomé sera agrandi, a annoncé jeudi le ministre togolais."
    articles = tuple(Article(name, text, date=date) for name, date in zip("ab", dates, strict=True))
    run = write_run(tmp_path, cut(Extraction(articles), 1))
    assert open_run(run).copies == find_copies(articles)
    assert len(open_run(run).copies) == 1


def graph_of(rows: Any, build: str, count: Unit) -> EntityGraph:
    if build == "relations":
        return EntityGraph.of_relations(rows, count=count)
    if build == "all":
        return EntityGraph.of_all(rows, "article", labels=LABELS, count=count)
    return EntityGraph.of_comentions(rows, 2, count=count)


def content(graph: EntityGraph) -> tuple[list[Any], list[Any]]:
    return list(graph.nx.nodes(data=True)), list(graph.nx.edges(data=True))


@pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")  # undated articles
@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("build", ["comentions", "relations", "all"])
def test_the_same_graph(
    build: str, count: Unit, in_memory: Extraction, on_disk: Tables, tmp_path: Path
) -> None:
    expected, found = (graph_of(rows, build, count) for rows in (in_memory, on_disk))
    assert content(found) == content(expected)
    for a, b in sorted({edge[:2] for edge in expected.nx.edges if edge[0] != edge[1]})[::20]:
        assert found.evidence(a, b).equals(expected.evidence(a, b))
    for (label, one), (other_label, other) in zip(
        found.slices("year"), expected.slices("year"), strict=True
    ):
        assert label == other_label
        assert content(one) == content(other)
    for name, graph in (("disk", found), ("memory", expected)):
        graph.to_html(tmp_path / f"{name}.html")
        graph.to_gexf(tmp_path / f"{name}.gexf", dynamic="year")
    for ending in ("html", "gexf"):
        disk, memory = (tmp_path / f"{name}.{ending}" for name in ("disk", "memory"))
        assert disk.read_bytes() == memory.read_bytes()


def test_what_counts_makes_a_difference(on_disk: Tables) -> None:
    graphs = [content(graph_of(on_disk, "comentions", count)) for count in COUNTS]
    assert all(one != other for one, other in zip(graphs, [*graphs[1:], graphs[0]], strict=True))
    assert content(EntityGraph.of_comentions(on_disk, 2)) == graphs[0]
    with pytest.raises(ValueError, match="by is 'texte': choose one of text, source, article"):
        EntityGraph.of_comentions(on_disk, count="texte")  # type: ignore[arg-type]


@pytest.mark.parametrize("count", COUNTS)
def test_the_same_rows_when_counted(count: Unit, in_memory: Extraction, on_disk: Tables) -> None:
    found, expected = on_disk.counted(count), distinct(in_memory, by=count)
    assert found.read() == replace(
        expected, articles=tuple(replace(a, text="") for a in expected.articles)
    )
    assert found.entities == expected.entities
    assert found.count("articles") == len(expected.articles)
    assert found.copies == ()
    assert found.count("copies") == 0
    assert found.counted("article") is found


def test_the_same_csv(in_memory: Extraction, on_disk: Tables, tmp_path: Path) -> None:
    written = on_disk.to_csv(tmp_path / "disk")
    assert [p.name for p in written] == [p.name for p in in_memory.to_csv(tmp_path / "memory")]
    disk, memory = (tmp_path / name / "copies.csv" for name in ("disk", "memory"))
    assert disk.read_bytes() == memory.read_bytes()
    assert Extraction.from_csv(tmp_path / "disk") == Extraction.from_csv(tmp_path / "memory")
    on_disk.counted("text").to_csv(tmp_path / "disk")
    assert not disk.exists()


def test_articles_that_the_pipeline_reads(tmp_path: Path, nlp_rules: Language) -> None:
    text = "Le Mali et le Togo rouvrent leur frontière, a annoncé jeudi le ministre malien."
    articles = [
        Article("c", text.upper(), date="2024-01-02", source="Rivage"),
        Article("b", text, date="2024-01-02", source="Golfe"),
        Article("a", text, date="2024-01-03", source="Golfe"),
        Article("d", "La France attend la pluie, la Pologne aussi."),
        Article("e", ""),
    ]
    rows = read(articles, nlp_rules)
    tables = open_run(write_run(tmp_path, cut(rows, 2), names_of(nlp_rules)))
    expected = extract(articles, nlp_rules)
    assert tables.copies == expected.copies == (Copy("a", "b", 1.0), Copy("c", "b", 1.0))
    for count, weight in (("text", 1), ("source", 2), ("article", 3)):
        for result in (tables, expected):
            graph = EntityGraph.of_comentions(result, count=count)  # type: ignore[arg-type]
            assert graph.nx.edges["country:ML", "country:TG"]["weight"] == weight


@pytest.mark.slow
@pytest.mark.usefixtures("loaded_once")
def test_the_screen_says_how_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    presse = tmp_path / "presse"
    presse.mkdir()
    for name in "abc":
        (presse / f"{name}.txt").write_text("Le Mali et le Togo se parlent.", encoding="utf-8")
    said = [
        CliRunner().invoke(app, ["run", "presse", "-o", out, "--profile", "names", *options])
        for out, options in (("memoire", []), ("lots", ["--shards"]))
    ]
    first = [one.stdout.splitlines()[0] for one in said]
    assert first == ["articles: 3, of which copies: 2"] * 2
    for name in ("copies.csv", "graphe.gexf", "entities.csv"):
        assert Path("lots", name).read_bytes() == Path("memoire", name).read_bytes()


def test_memory_does_not_grow_with_the_texts(tmp_path: Path) -> None:
    draw = random.Random(1)
    texts = [" ".join(str(draw.randrange(10**6)) for _ in range(5000)) for _ in range(60)]

    def peak(count: int) -> int:
        given = [*texts[:count], texts[0]]
        articles = tuple(Article(f"{n:02}", text) for n, text in enumerate(given))
        folder = tmp_path / str(count)
        folder.mkdir()
        shards = Shards(write_run(folder, cut(Extraction(articles), 2)))
        copies_of_run(shards, folder)  # what is imported is in memory from now on
        tracemalloc.start()
        assert copies_of_run(shards, folder) == [Copy(str(count), "00", 1.0)]
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    every_shingle = 4 * 5000 * 30  # bytes, of the articles added
    assert peak(60) - peak(30) < every_shingle / 4


def test_linking_leaves_no_sketches_behind(tmp_path: Path) -> None:
    folder = link_run(write_run(tmp_path, cut(printed(20, 1), 10)))
    assert {path.suffix for path in folder.iterdir()} == {".parquet", ".json"}
