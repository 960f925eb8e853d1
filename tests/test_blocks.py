"""Edges checked and written block by block give what edges checked beforehand give."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from told import changes_of

from entextract.export import blocks, checks, gexf, write_gexf
from entextract.export.quotations import Quotation, Quotations

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")

ALIKE = [{"weight": n + 1, "articles": n, "npmi": n / 7} for n in range(9)]

_SAID = Quotation("« Awa » & INF\x0b\n", "a1", "2024-01-31", "Le Pli")
_ANSWERED = Quotation("Le port a répondu.", "a2")
QUOTED = Quotations(
    nodes={"per:n0": [_ANSWERED]},
    edges={
        ("per:n0", "per:n1"): [_ANSWERED],
        ("per:n1", "per:n2"): [_SAID, _ANSWERED],
        ("per:n2", "per:n3"): [_SAID],
        ("per:n3", "per:n4"): [],
    },
)


def graph_of(rows: list[dict[str, Any]], kind: type = nx.Graph) -> Any:
    graph = kind()
    names = [f"per:n{n}" for n in range(len(rows) + 1)]
    graph.add_nodes_from((name, {"label": name}) for name in names)
    graph.add_edges_from((a, b, row) for (a, b), row in zip(pairwise(names), rows, strict=True))
    return graph


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "_BLOCK", 2)


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph])
def test_blocks_are_the_edges_in_order(kind: type) -> None:
    graph = nx.gnm_random_graph(12, 40, seed=1, directed=kind is nx.DiGraph)
    graph = kind(nx.relabel_nodes(graph, str))
    graph.add_edge("3", "3", weight=2)  # a loop
    some = list(blocks.edge_blocks(graph))
    assert len(some) > 5
    assert [edge for block in some for edge in zip(*block, strict=True)] == list(
        graph.edges(data=True)
    )


def test_only_plain_numbers_are_presumed() -> None:
    assert checks.presume(graph_of(ALIKE)) is not None
    assert checks.presume(graph_of([{"note": "x"}] * 3)) is None
    assert checks.presume(graph_of(ALIKE, nx.MultiGraph)) is None
    assert checks.presume(nx.empty_graph(0)) is None


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph])
@pytest.mark.parametrize(
    "last",
    [
        {"weight": 3, "articles": 1, "npmi": 0.5},
        {"npmi": 1e-9, "weight": 2.5, "articles": -4},
        {"articles": 1, "npmi": 0.5},
        {"weight": 3, "articles": 1},
        {"weight": 3, "articles": 1, "npmi": float("inf")},
        {"weight": 3, "articles": 1, "npmi": float("nan")},
        {"weight": -1, "articles": 1, "npmi": 0.5},
        {"weight": 3, "articles": 1, "npmi": 0.5, "note": "FRANCE INFO"},
        {"weight": 3, "articles": 1, "npmi": 0.5, "kind": "meets", "directed": True},
    ],
)
@pytest.mark.parametrize("quoted", [None, QUOTED])
def test_the_same_file_either_way(
    last: dict[str, Any],
    kind: type,
    quoted: Quotations | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number, rows in enumerate(([*ALIKE, last], [last, *ALIKE], [{}] * 5)):
        graph = graph_of([dict(row) for row in rows], kind)
        quick = changes_of(write_gexf, graph, tmp_path / "quick.gexf", quotations=quoted)
        with monkeypatch.context() as patch:
            patch.setattr(gexf, "presume", lambda graph: None)
            slow = changes_of(write_gexf, graph, tmp_path / "slow.gexf", quotations=quoted)
        assert quick == slow, number
        assert (tmp_path / "quick.gexf").read_bytes() == (tmp_path / "slow.gexf").read_bytes()


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ({"weight": 3, "articles": 2**31, "npmi": 0.5}, "is too large for an integer"),
        ({"weight": float("nan"), "articles": 1, "npmi": 0.5}, "is nan: it is not a number"),
        ({"weight": 10**400, "articles": 1, "npmi": 0.5}, "it is not a number"),
        ({"weight": True, "articles": 1, "npmi": 0.5}, "is True: it is not a number"),
        ({"weight": 3, "articles": True, "npmi": 0.5}, "articles=True"),
        ({"weight": 3, "articles": 1, "npmi": 0.5, "start": 1}, "Gephi keeps this edge name"),
    ],
)
def test_a_bad_edge_far_down_leaves_nothing(
    last: dict[str, Any], said: str, tmp_path: Path
) -> None:
    (tmp_path / "g.gexf").write_text("older")
    with pytest.raises((TypeError, ValueError), match=said):
        write_gexf(graph_of([*ALIKE, last]), tmp_path / "g.gexf")
    assert [path.name for path in tmp_path.iterdir()] == ["g.gexf"]
    assert (tmp_path / "g.gexf").read_text() == "older"
