"""Hypothesis strategies: nasty texts, articles, table rows, decisions, results, graphs, damage."""

import re
from collections.abc import Callable, Sequence
from typing import Any, get_args

import networkx as nx
from hypothesis import strategies as st
from test_export import NASTY
from test_properties import PIECES

from entextract.decisions.decision import VERBS
from entextract.records.nouns import (
    LABELS,
    Action,
    Article,
    Entity,
    Kind,
    Mention,
    Problem,
    Relation,
    Sentence,
    Status,
)
from entextract.result import Extraction

Graph = nx.Graph

# what a writer or a reader may stumble on, beside what the tests of exports already know
ODD = [
    *NASTY,
    "<!ENTITY a 'aaaa'>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>",
    "&e;",
    "<![CDATA[",
    "<!--",
    "</script><script>alert(1)</script>",
    '"',
    '""',
    "'",
    "\x00",
    "\r",
    "\ufeff",
    "\u2028",
    "\u0085",
    "%00",
    "../../etc/passwd",
    "-1",
    "1e999",
    "NaN",
    "9" * 5000,
    "*" * 8,
    "**** *x_y",
    "[" * 200,
    "{" * 200,
    "<b>" * 200,
    "!!python/object/apply:os.system ['true']",
    "&a [*a]",
    "? ",
    "31/02/2024",
    "2024-99-99",
    "\u0661\u0662/\u0660\u0663/\u0662\u0660\u0662\u0664",
    "Ã©",
    "\x92",
]
_SPLICES = [
    *(text.encode("utf-8", "surrogatepass") for text in ODD),
    b"\xff\xfe",
    b"\xc3",
    b"\xe9",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"PAR1",
]
_JOINT = re.compile(rb"[<>/=\"',;:\n\t{}\[\]()&*#|!-]|PK..|\x00+", re.DOTALL)
_WAYS = ("flip", "delete", "double", "splice", "replace", "cut", "swap", "repeat")
_LONGEST = 200_000  # bytes after damage

letters = st.characters(exclude_categories=["Cs"])
texts = st.one_of(
    st.sampled_from(ODD),
    st.sampled_from(PIECES),
    st.text(letters, max_size=30),
    st.text(max_size=8),
)


def damaged(seeds: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Valid files of a format with 1 to 6 wounds, half of them where its structure is.

    A wound is told by 7 bytes, one draw: more would cost more time than what is fuzzed.
    """
    wound = st.binary(min_size=7, max_size=7)
    return st.builds(damage, st.sampled_from(list(seeds)), st.lists(wound, min_size=1, max_size=6))


def damage(data: bytes, wounds: list[bytes]) -> bytes:
    """The bytes with these wounds, of 7 bytes each."""
    for wound in wounds:
        joints = [found.start() for found in _JOINT.finditer(data)]
        start, end = sorted(
            _at(wound[part : part + 2], bool(wound[0] & flag), data, joints)
            for part, flag in ((1, 64), (3, 128))
        )
        way, splice = _WAYS[wound[0] % len(_WAYS)], _SPLICES[wound[6] % len(_SPLICES)]
        data = _wounded(data, way, start, end, wound[5], splice)[:_LONGEST]
    return data


def _at(place: bytes, anywhere: bool, data: bytes, joints: list[int]) -> int:
    number = int.from_bytes(place, "big")
    if joints and not anywhere:
        return joints[number % len(joints)]
    return number % (len(data) + 1)


def _wounded(data: bytes, way: str, start: int, end: int, number: int, splice: bytes) -> bytes:
    if way == "flip":
        return data[:start] + bytes(b ^ number for b in data[start : start + 1]) + data[start + 1 :]
    if way == "delete":
        return data[:start] + data[end:]
    if way == "double":
        return data[:end] + data[start:]
    if way == "splice":
        return data[:start] + splice + data[start:]
    if way == "replace":
        return data[:start] + splice + data[end:]
    if way == "cut":
        return data[:start] if number % 2 else data[end:]
    if way == "swap":
        middle = (start + end) // 2
        return data[:start] + data[middle:end] + data[start:middle] + data[end:]
    return data[:start] + data[start : start + 40] * number + data[start:]


# ---- what the library holds

names = st.sampled_from(["Fatou Ba", "Awa Kerbrat", "Moscou", "ONU", *NASTY])
dates = st.sampled_from(["", "2024-01-10", "2024-02-20", "1er mars 2024", "9999-12-31", "hier"])
articles = st.builds(
    Article,
    id=st.sampled_from(["a", "b", "c", "presse.csv:12"]),
    text=texts,
    title=texts,
    date=dates,
    source=texts,
    url=st.sampled_from(["", "https://exemple.org/?a,b", "javascript:alert(1)"]),
    meta=st.dictionaries(st.sampled_from(["author", "page", "été"]), texts, max_size=2),
)
rows = st.lists(  # of a table that someone else made
    st.dictionaries(
        st.sampled_from(["texte", "Titre", "DATE", "journal", "id", "x", "text"]),
        st.one_of(
            texts,
            st.none(),
            st.integers(),
            st.floats(),
            st.booleans(),
            st.dates(),
            st.lists(st.integers(), max_size=2),
            st.binary(max_size=5),
        ),
        min_size=1,
        max_size=4,
    ),
    min_size=1,
    max_size=4,
)
_ids = st.sampled_from(["per:awa-kerbrat", "org:onu", "country:FR", "loc:dakar", "per:e-kerbrat"])
_whole = st.integers(0, 9)


def _decision(verb: str) -> st.SearchStrategy[dict[str, Any]]:
    who = st.one_of(_ids, names)
    several = st.lists(who, min_size=1, max_size=3)
    keys: dict[str, dict[str, Any]] = {
        "merge": {"into": who, "from": several},
        "split": {
            "entity": who,
            "as": who,
            "sources": st.lists(texts, min_size=1, max_size=2),
        },
        "rename": {"entity": who, "name": texts},
        "relabel": {"entity": who, "label": st.sampled_from([*LABELS, "MISC"])},
        "drop": {"entity": who},
        "never-merge": {"entities": several},
    }
    return st.fixed_dictionaries(keys[verb], optional={"reason": texts})


# the arguments of Decisions: most agree with each other, some do not
decisions = st.fixed_dictionaries(
    {},
    optional={verb.replace("-", "_"): st.lists(_decision(verb), max_size=2) for verb in VERBS},
)


def _result(parts: tuple[Any, ...]) -> Extraction:
    kept, mentions, entities, relations, sentences, problems = parts
    return Extraction(*map(tuple, (kept, mentions, entities, relations, sentences, problems)))


# tables that need not agree with one another: writing and reading ask for no more
results = st.tuples(
    st.lists(articles, max_size=2),
    st.lists(
        st.builds(
            Mention, st.just("a"), _whole, _whole, texts, st.sampled_from(LABELS),
            st.sampled_from(get_args(Kind)), _ids, _whole, _whole, texts,
        ),
        max_size=2,
    ),
    st.lists(
        st.builds(
            Entity, _ids, texts, st.sampled_from(LABELS), st.sampled_from([None, "FR"]),
            st.lists(texts.filter(bool), min_size=1, max_size=2).map(tuple), _whole, _whole,
        ),
        max_size=2,
    ),
    st.lists(
        st.builds(
            Relation, st.just("a"), _ids, _ids, st.just("accuse"),
            st.sampled_from(get_args(Status)), st.just(""), texts, _whole, _whole, texts, texts,
        ),
        max_size=2,
    ),
    st.lists(st.builds(Sentence, st.just("a"), _whole, _whole, _whole, texts), max_size=2),
    st.lists(
        st.builds(Problem, texts, texts, texts, st.sampled_from(get_args(Action))), max_size=2
    ),
).map(_result)  # fmt: skip

_attributes = st.fixed_dictionaries(
    {},
    optional={
        "label": texts,
        "type": st.sampled_from(["PER", "ORG", "COUNTRY", ""]),
        "mentions": st.one_of(st.integers(0, 500), st.floats()),
        "articles": st.integers(0, 9),
        "note": texts,
        "score": st.floats(),
        "seen": st.booleans(),
        "community": st.one_of(st.integers(0, 3), st.floats()),
    },
)
_ties = st.fixed_dictionaries(
    {},
    optional={
        "weight": st.one_of(st.integers(-1, 9), st.floats(-1, 9)),
        "articles": st.integers(0, 9),
        "npmi": st.floats(),
        "note": texts,
    },
)
_slips = st.sampled_from(  # what no writer takes, and must say so
    [{"size": 1}, {"mentions": "x"}, {"note": None}, {"Été": 1}, {"big": 2**40}, {"label": 3}]
)
_makers: tuple[Callable[[], Graph], ...] = (nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Graphs of every kind with typed attributes; one in ten has a slip that exports refuse."""
    graph = draw(st.sampled_from(_makers))()
    ids = st.one_of(st.sampled_from(["per:a", "org:b", "country:FR"]), texts)
    for node in draw(st.lists(ids, max_size=5)):
        graph.add_node(node, **draw(_attributes))
    nodes = list(graph)
    if not nodes:
        return graph
    for _ in range(draw(st.integers(0, 5))):
        a, b = draw(st.sampled_from(nodes)), draw(st.sampled_from(nodes))
        row = draw(_ties)
        if graph.is_multigraph():
            row["kind"] = draw(st.sampled_from(["comention", "accuse", ""]))
            row["directed"] = draw(st.booleans())
        graph.add_edge(a, b, **row)
    if draw(st.integers(0, 9)) == 9:
        graph.nodes[nodes[0]].update(draw(_slips))
    return graph
