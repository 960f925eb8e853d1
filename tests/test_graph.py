"""Co-mention graphs on small results built by hand, and against a naive count."""

import base64
import random
from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entextract.export.looks import PALETTE, colours_of
from entextract.graph.entity_graph import EntityGraph
from entextract.records.nouns import Article, Entity, Mention, Rows, Sentence
from entextract.result import Extraction

FR, KZ, MACRON, ONU, ASTANA = (
    "country:FR",
    "country:KZ",
    "per:emmanuel-macron",
    "org:onu",
    "loc:astana",
)
NAMES = {
    FR: "France",
    KZ: "Kazakhstan",
    MACRON: "Emmanuel Macron",
    ONU: "ONU",
    ASTANA: "Astana",
}
LABELS = {"country": "COUNTRY", "per": "PER", "org": "ORG", "loc": "LOC"}

Corpus = dict[str, list[list[list[str]]]]  # article -> paragraphs -> sentences -> entities


def result_of(corpus: Corpus) -> Extraction:
    """An Extraction as the pipeline would make it; each sentence is the names it mentions."""
    mentions, sentences = [], []
    for article, paragraphs in corpus.items():
        at, number = 0, 0
        for paragraph, group in enumerate(paragraphs):
            for named in group:
                text = f"{', '.join(NAMES[name] for name in named)}."
                if named:
                    sentences.append(Sentence(article, number, at, at + len(text), text))
                for name in named:
                    mentions.append(mention(article, at, name, number, paragraph))
                    at += len(NAMES[name]) + 2
                number += 1
    return Extraction(
        articles=tuple(
            Article(a, "", date=f"2024-03-{9 - n:02}", source="Le Quotidien", url=f"https://x/{a}")
            for n, a in enumerate(corpus)
        ),
        mentions=tuple(mentions),
        entities=tuple(entity(name, mentions) for name in sorted({m.entity for m in mentions})),
        sentences=tuple(sentences),
    )


def mention(article: str, start: int, name: str, sentence: int, paragraph: int) -> Mention:
    label = LABELS[name.split(":")[0]]
    end = start + len(NAMES[name])
    place = sentence, paragraph
    return Mention(article, start, end, NAMES[name], label, "name", name, *place, "model")


def entity(name: str, mentions: list[Mention]) -> Entity:
    own = [m for m in mentions if m.entity == name]
    kind, _, code = name.partition(":")
    country = code if kind == "country" else None
    forms = (NAMES[name],)
    return Entity(
        name, NAMES[name], LABELS[kind], country, forms, len(own), len({m.article for m in own})
    )


def edges(graph: EntityGraph) -> dict[tuple[str, str], tuple[int, int]]:
    return {(a, b): (row["weight"], row["articles"]) for a, b, row in graph.nx.edges(data=True)}


CORPUS: Corpus = {
    "a1": [
        [[FR, KZ, FR], [FR, KZ], []],  # France twice in the first sentence: one window
        [[MACRON], [], [ONU]],
    ],
    "a2": [[[FR, KZ, ASTANA]], [[MACRON, FR]]],
    "a3": [[[ONU]]],
}


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("sentence", {(FR, KZ): (3, 2), (FR, MACRON): (1, 1)}),
        (1, {(FR, KZ): (3, 2), (FR, MACRON): (1, 1)}),
        ("paragraph", {(FR, KZ): (2, 2), (FR, MACRON): (1, 1), (ONU, MACRON): (1, 1)}),
        (
            "article",
            {
                (FR, KZ): (2, 2),
                (FR, MACRON): (2, 2),
                (KZ, MACRON): (2, 2),
                (FR, ONU): (1, 1),
                (KZ, ONU): (1, 1),
                (ONU, MACRON): (1, 1),
            },
        ),
        # a1: FR and KZ in 0 and 1, Macron in 3, ONU in 5; a2: FR and KZ in 0, Macron and FR in 1
        (2, {(FR, KZ): (4, 2), (FR, MACRON): (1, 1), (KZ, MACRON): (1, 1)}),
        (
            3,
            {
                (FR, KZ): (4, 2),
                (FR, MACRON): (2, 2),
                (KZ, MACRON): (2, 2),
                (ONU, MACRON): (1, 1),
            },
        ),
    ],
)
def test_weights(window: str | int, expected: dict[tuple[str, str], tuple[int, int]]) -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), window)
    assert edges(graph) == {tuple(sorted(pair)): counts for pair, counts in expected.items()}


def test_a_sliding_window_counts_a_sentence_once() -> None:
    near = {"a": [[[FR]], [[KZ]], [[FR]], [[]], [[]]]}  # across paragraphs, inside the article
    assert edges(EntityGraph.of_comentions(result_of(near), 2)) == {(FR, KZ): (2, 1)}
    assert edges(EntityGraph.of_comentions(result_of(near), 50)) == {(FR, KZ): (2, 1)}
    assert edges(EntityGraph.of_comentions(result_of({"a": [[[FR]]], "b": [[[KZ]]]}), 50)) == {}


def test_nodes_carry_what_is_known() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS))
    assert list(graph.nx) == [FR, KZ, ONU, MACRON]
    assert graph.nx.nodes[FR] == {
        "label": "France",
        "type": "COUNTRY",
        "country": "FR",
        "mentions": 5,
        "articles": 2,
        "affiliation": "FR",
    }
    assert graph.nx.nodes[ONU] == {
        "label": "ONU",
        "type": "ORG",
        "mentions": 2,
        "articles": 2,
        "kind_of_body": "international",
    }
    assert len(graph) == 4
    assert repr(graph) == "<EntityGraph: 4 entities, 2 edges, window sentence>"


def test_other_places_come_when_asked() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), labels=["LOC", "COUNTRY"])
    assert set(graph.nx) == {FR, KZ, ASTANA}
    assert edges(graph)[FR, ASTANA] == (1, 1)


def test_min_weight_removes_edges_and_keeps_entities() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), min_weight=2)
    assert edges(graph) == {(FR, KZ): (3, 2)}
    assert len(graph) == 4
    assert edges(EntityGraph.of_comentions(result_of(CORPUS), min_weight=0)) == edges(
        EntityGraph.of_comentions(result_of(CORPUS))
    )


def test_evidence_for_a_pair() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), min_weight=100)  # kept below min_weight
    table = graph.evidence("France", "kazakhstan")
    assert list(table) == ["article", "date", "source", "url", "sentence", "start", "end", "text"]
    assert table[["article", "date", "sentence"]].values.tolist() == [
        ["a2", "2024-03-08", 0],  # the older first
        ["a1", "2024-03-09", 0],
        ["a1", "2024-03-09", 1],
    ]
    assert list(table["text"]) == [
        "France, Kazakhstan, Astana.",
        "France, Kazakhstan, France.",
        "France, Kazakhstan.",
    ]
    assert set(table["source"]) == {"Le Quotidien"}
    assert list(table["url"]) == ["https://x/a2", "https://x/a1", "https://x/a1"]
    assert graph.evidence(KZ, FR).equals(table)


@pytest.mark.parametrize(
    ("window", "a", "b", "found"),
    [
        ("paragraph", MACRON, ONU, [("a1", 3), ("a1", 5)]),
        ("article", KZ, ONU, [("a1", 0), ("a1", 1), ("a1", 5)]),
        (3, MACRON, ONU, [("a1", 3), ("a1", 5)]),
        (2, MACRON, ONU, []),
        (3, MACRON, KZ, [("a1", 1), ("a1", 3), ("a2", 0), ("a2", 1)]),
        ("sentence", MACRON, KZ, []),
    ],
)
def test_evidence_follows_the_window(
    window: str | int, a: str, b: str, found: list[tuple[str, int]]
) -> None:
    table = EntityGraph.of_comentions(result_of(CORPUS), window).evidence(a, b)
    assert sorted(zip(table["article"], table["sentence"], strict=True)) == found


def test_evidence_names_what_is_close_to_an_unknown_name() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS))
    with pytest.raises(ValueError, match="no entity 'Macron' here; close: Emmanuel Mac"):
        graph.evidence("Macron", "France")
    with pytest.raises(ValueError, match="close: Kazakhstan"):
        graph.evidence("France", "Kazakstan")
    with pytest.raises(ValueError, match="no entity 'zzz' here$"):
        graph.evidence("zzz", "France")
    with pytest.raises(ValueError, match="no entity '' here$"):
        graph.evidence("", "France")
    with pytest.raises(ValueError, match="the same entity, country:FR"):
        graph.evidence("France", FR)


def test_evidence_asks_for_an_id_when_a_name_is_shared() -> None:
    result = result_of(CORPUS)
    twins = tuple(replace(e, name="Martin") if e.id in (FR, KZ) else e for e in result.entities)
    graph = EntityGraph.of_comentions(replace(result, entities=twins))
    with pytest.raises(ValueError, match="'Martin' may be country:FR or country:KZ: write one"):
        graph.evidence("Martin", ONU)
    assert len(graph.evidence(FR, KZ)) == 3


def test_a_result_without_mentions() -> None:
    graph = EntityGraph.of_comentions(Extraction())
    assert len(graph) == 0
    assert list(graph.to_frame("nodes")) == [
        "id", "label", "type", "country", "mentions", "articles",
    ]  # fmt: skip
    assert list(graph.to_frame("edges")) == [
        "source", "target", "weight", "articles", "sources",
        "jaccard", "npmi", "log_likelihood", "p_value", "p_adjusted",
    ]  # fmt: skip


def test_frames() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS))
    nodes, links = graph.to_frame("nodes"), graph.to_frame("edges")
    assert list(nodes["id"]) == [FR, KZ, ONU, MACRON]
    assert list(nodes["country"].fillna("")) == ["FR", "KZ", "", ""]
    counts = links[["source", "target", "weight", "articles", "sources"]]
    assert counts.values.tolist() == [[FR, KZ, 3, 2, 1], [FR, MACRON, 1, 1, 1]]
    graph.nx.nodes[FR]["region"] = "Europe"
    assert list(graph.to_frame("nodes"))[-1] == "region"
    with pytest.raises(ValueError, match="choose nodes or edges"):
        graph.to_frame("arcs")  # type: ignore[arg-type]


@pytest.mark.parametrize("window", ["page", 0, -1, True, 2.0, None])
def test_unknown_window(window: object) -> None:
    with pytest.raises(ValueError, match="choose sentence, paragraph, article, or a number"):
        EntityGraph.of_comentions(Extraction(), window)  # type: ignore[arg-type]


@pytest.mark.parametrize("labels", [["PER", "GPE"], "PER", [3]])
def test_unknown_label(labels: list[str]) -> None:
    with pytest.raises(ValueError, match="PER, COUNTRY, ORG, LOC"):
        EntityGraph.of_comentions(Extraction(), labels=labels)


@pytest.mark.parametrize("weight", [-1, 1.5, True, "2"])
def test_wrong_min_weight(weight: int) -> None:
    with pytest.raises(ValueError, match="whole number, 0 or more"):
        EntityGraph.of_comentions(Extraction(), min_weight=weight)


def test_a_result_that_contradicts_itself() -> None:
    result = result_of(CORPUS)
    without = tuple(e for e in result.entities if e.id != ONU)
    with pytest.raises(ValueError, match="'org:onu', which is not among the entities"):
        EntityGraph.of_comentions(replace(result, entities=without))
    with pytest.raises(ValueError, match="'country:FR' stands twice"):
        EntityGraph.of_comentions(replace(result, entities=(*result.entities, result.entities[0])))


# --- properties ---

sentences = st.lists(st.sampled_from(list(NAMES)), max_size=4)
corpora = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.lists(st.lists(sentences, min_size=1, max_size=3), max_size=4),
)
windows = st.sampled_from(["sentence", "paragraph", "article", 1, 2, 3, 10])


def naive(result: Extraction, window: str | int) -> Counter[tuple[str, str]]:
    """The definition, read aloud: slow, and sharing nothing with the library."""
    weights: Counter[tuple[str, str]] = Counter()
    mentions = [m for m in result.mentions if m.label != "LOC"]
    for a, b in combinations(sorted({m.entity for m in mentions}), 2):
        if isinstance(window, int):
            for key in {(m.article, m.sentence) for m in mentions if m.entity in (a, b)}:
                seen = {
                    m.entity
                    for m in mentions
                    if m.article == key[0] and key[1] - window < m.sentence <= key[1]
                }
                weights[a, b] += {a, b} <= seen
        else:
            groups: dict[object, set[str]] = {}
            for m in mentions:
                groups.setdefault((m.article, getattr(m, window)), set()).add(m.entity)
            weights[a, b] = sum({a, b} <= group for group in groups.values())
    return +weights


@given(corpora, windows)
def test_weights_equal_a_naive_count(corpus: Corpus, window: str | int) -> None:
    result = result_of(corpus)
    graph = EntityGraph.of_comentions(result, window)
    assert {pair: weight for pair, (weight, _) in edges(graph).items()} == naive(result, window)
    assert not list(nx.selfloop_edges(graph.nx))


@given(corpora, windows, st.randoms(use_true_random=False))
def test_order_of_rows_is_indifferent(
    corpus: Corpus, window: str | int, shuffler: random.Random
) -> None:
    result = result_of(corpus)
    tables = {}
    for table in ("articles", "mentions", "entities", "sentences"):
        rows = list(getattr(result, table))
        shuffler.shuffle(rows)
        tables[table] = tuple(rows)
    one = EntityGraph.of_comentions(result, window)
    other = EntityGraph.of_comentions(replace(result, **tables), window)
    assert list(one.nx.nodes(data=True)) == list(other.nx.nodes(data=True))
    assert list(one.nx.edges(data=True)) == list(other.nx.edges(data=True))
    for a, b in one.nx.edges:
        assert one.evidence(a, b).equals(other.evidence(a, b))


@given(corpora, windows)
def test_doubling_the_corpus_doubles_the_weights(corpus: Corpus, window: str | int) -> None:
    twice = {**corpus, **{f"{article} bis": text for article, text in corpus.items()}}
    one = edges(EntityGraph.of_comentions(result_of(corpus), window))
    two = edges(EntityGraph.of_comentions(result_of(twice), window))
    assert two == {pair: (2 * weight, 2 * count) for pair, (weight, count) in one.items()}


@given(corpora, windows)
def test_an_edge_has_evidence_and_only_an_edge(corpus: Corpus, window: str | int) -> None:
    graph = EntityGraph.of_comentions(result_of(corpus), window)
    for a, b in combinations(graph.nx, 2):
        table = graph.evidence(a, b)
        assert bool(len(table)) == graph.nx.has_edge(a, b)
        assert all(NAMES[a] in text or NAMES[b] in text for text in table["text"])
        if graph.nx.has_edge(a, b):
            assert table["article"].nunique() == graph.nx.edges[a, b]["articles"]


# --- drawing ---


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "agg")


def test_plot_names_the_most_mentioned() -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    ax = graph.plot(max_labels=2)
    assert [text.get_text() for text in ax.texts if text.get_text()] == ["France", "Kazakhstan"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Pays", "Organisations", "Personnes",
    ]  # fmt: skip
    _, own = plt.subplots()
    assert graph.plot(own) is own
    plt.close("all")


def test_plot_keeps_to_the_positions_set() -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    graph.positions = {node: (float(n), n**2 / 2) for n, node in enumerate(graph.nx)}
    points = graph.plot().collections[1].get_offsets().tolist()
    assert sorted(map(tuple, points)) == sorted(graph.positions.values())
    graph.positions.pop(FR)  # one that has no place: all are placed anew
    assert graph.plot().collections[1].get_offsets().tolist() != points
    plt.close("all")


def test_plot_leaves_out_the_unlinked_unless_asked() -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    graph.nx.add_node("org:seule", label="Seule", type="ORG", mentions=900)

    def named(**options: Any) -> set[str]:
        return {text.get_text() for text in graph.plot(**options).texts}

    assert "Seule" not in named()
    assert "Seule" in named(unlinked=True)
    ax = graph.plot(title="Le $titre", legend=False)
    assert (ax.get_title(), ax.get_legend()) == ("Le $titre", None)
    plt.close("all")


def test_the_most_mentioned_countries_have_the_colours() -> None:
    many = [f"c{number}" for number in range(12) for _ in range(2)]
    colours = colours_of([*many, "FR"], [*(1 for _ in many), 50])
    assert colours["FR"] == PALETTE[0]


def test_a_notebook_shows_the_main_entities_of_a_result() -> None:
    result = result_of({"a": [[[FR]]]})
    hostile = replace(result.entities[0], name="<script>Ça</script>")
    shown = replace(result, entities=(hostile,))._repr_html_()
    assert "<td>&lt;script&gt;Ça&lt;/script&gt;</td><td>COUNTRY</td><td>1</td>" in shown
    assert "1 entities" in shown


def test_plot_takes_anything() -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    assert EntityGraph.of_comentions(Extraction()).plot().texts[:] == []
    result = result_of({"a": [[[FR]]]})
    strange = replace(result.entities[0], name="$x_1 \\frac\x0b{ \n« Ça »")
    ax = EntityGraph.of_comentions(replace(result, entities=(strange,))).plot()
    ax.figure.canvas.draw()
    assert ax.texts[0].get_text() == "$x_1 \\frac{ « Ça »"
    plt.close("all")


def test_names_do_not_cover_one_another() -> None:
    plt = pytest.importorskip("matplotlib.pyplot")
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    for number in range(20):
        graph.nx.add_node(f"per:{number:02}", label=f"Prénom Nom {number}", type="PER", mentions=1)
        graph.nx.add_edge(f"per:{number:02}", [FR, KZ, ONU][number % 3], weight=1)
    ax = graph.plot()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text()]
    assert len(boxes) == 24
    assert not [1 for a, b in combinations(boxes, 2) if a.overlaps(b)]
    plt.close("all")


def test_a_notebook_shows_the_graph_drawn() -> None:
    graph = EntityGraph.of_comentions(result_of(CORPUS), "article")
    shown = graph._repr_html_()
    assert f"{len(graph)} entities" in shown
    svg = base64.b64decode(shown.partition("base64,")[2].partition('"')[0]).decode()
    assert ">France</text>" in svg
    assert "<img" not in EntityGraph.of_comentions(Rows())._repr_html_()
