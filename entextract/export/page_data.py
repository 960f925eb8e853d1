"""What the page is told of a graph: JSON that can stand in a script element."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from entextract.export.blocks import edge_blocks
from entextract.export.changes import Changes
from entextract.export.checks import Attributes, Shape, clean, clean_xml, kind_of
from entextract.export.looks import largest, node_size
from entextract.export.quotations import Quotation, Quotations
from entextract.export.timeline import Tallies
from entextract.records.edge_keys import kind_of_key

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.Graph[str]
    Points = Mapping[str, tuple[float, float]]

# what could end the script, or is no character (half of one)
_NOT_IN_SCRIPT = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# attributes of nodes that have a place of their own, or that say nothing of colour
_OWN = {"label", "type", "country", "community", "mentions", "articles", "url"}
_MOST_VALUES = 60  # an attribute with more, most of them of one node, gives no colours


class Said:
    """Sentences and articles that nodes and edges share, each written once and then numbered."""

    def __init__(self, quotations: Quotations, tallies: Tallies) -> None:
        self.quotations = quotations
        self.tallies = tallies
        self._articles: list[dict[str, Any]] = []
        self._sentences: list[str] = []  # as JSON: there may be as many as there are edges
        self._article: dict[tuple[str, ...], int] = {}
        self._sentence: dict[Quotation, int] = {}
        self._source = {name: n for n, name in enumerate(tallies.sources)}

    def articles(self) -> str:
        """The articles so far, as JSON that can stand in a script."""
        return in_script(self._articles)

    def sentences(self) -> str:
        """The same of the sentences."""
        return _harmless(f"[{','.join(self._sentences)}]")

    def numbers(self, quoted: Iterable[Quotation]) -> list[int]:
        """The numbers of sentences, which are written if they are new."""
        return [self._number(one) for one in quoted]

    def _number(self, one: Quotation) -> int:
        number = self._sentence.get(one)
        if number is None:
            number = self._sentence[one] = len(self._sentences)
            text = clean_xml(one.text)
            told = f'{{"text":{_JSON.encode(text)},' if text else "{"
            told += f'"article":{self._number_of_article(one)}'
            for name in ("status", "speaker", "office"):
                if value := clean_xml(getattr(one, name)):
                    told += f',"{name}":{_JSON.encode(value)}'
            self._sentences.append(f"{told}}}")
        return number

    def _number_of_article(self, one: Quotation) -> int:
        key = (one.article, one.date, one.source, one.url)
        if key not in self._article:
            self._article[key] = len(self._articles)
            told = {
                "id": clean_xml(one.article),
                "source": clean_xml(one.source),
                "date": clean_xml(one.date),
                # a link is followed by a click only, but javascript: would run on it
                "url": clean_xml(one.url) if re.match(r"https?://", one.url, re.I) else "",
                "period": self.tallies.number_of(one.date),
                "sourceNumber": self._source.get(one.source, -1),
            }
            self._articles.append({name: value for name, value in told.items() if value != ""})
        return self._article[key]


def nodes_of_page(
    graph: Graph,
    shape: Shape,
    positions: Points,
    size_by: str,
    said: Said,
    forms: Mapping[str, Sequence[str]],
    changes: Changes,
) -> list[dict[str, Any]]:
    """The nodes, each with what the page tells of it.

    Args:
        graph: which ``check_plain`` has checked.
        shape: what it is like.
        positions: where to draw each node.
        size_by: node attribute that gives the size.
        said: what is said of its nodes and edges.
        forms: other spellings of the names.
        changes: what could not be written as it stands.
    """
    most = largest(graph.nodes.values(), size_by)
    named = [name for name, kind in shape.nodes.items() if kind is str and name not in _OWN]
    others = _colouring(graph, named)
    found = []
    for node, row in graph.nodes.items():
        x, y = positions.get(node, (0.0, 0.0))
        label = clean(row.get("label", ""), "label", node, changes)
        counts = said.tallies.nodes.get(node, [])
        one = {
            "id": shape.id(node),
            "label": " ".join(label.split()) or shape.id(node),
            "type": clean(str(row.get("type", "")), "type", node, changes),
            "country": clean_xml(str(row.get("country", ""))) or None,
            "mentions": row.get("mentions"),
            "articles": row.get("articles"),
            "community": row.get("community"),
            "attributes": {name: clean_xml(str(row[name])) for name in others if name in row},
            "facts": {
                name: clean_xml(str(row[name]))
                for name in named
                if row.get(name) and name not in others
            },
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "size": round(node_size(row.get(size_by), most), 1),
            "times": counts,
            "said": sum(count for *_, count in counts) or None,
            "url": clean_xml(str(row.get("url", ""))) or None,
            "forms": [clean_xml(form) for form in forms.get(node, ())],
            "quotes": said.numbers(said.quotations.nodes.get(node, ())),
        }
        found.append({name: value for name, value in one.items() if _is_told(value)})
    return found


def _colouring(graph: Graph, names: Sequence[str]) -> list[str]:
    """Those of these attributes by which nodes can be told apart: of few values, or shared ones."""
    found = []
    for name in names:
        values = [value for row in graph.nodes.values() if (value := row.get(name))]
        if (different := len(set(values))) <= _MOST_VALUES or 2 * different <= len(values):
            found.append(name)
    return found


def edges_of_page(graph: Graph, said: Said, changes: Changes) -> str:
    """The edges, as JSON that can stand in a script: text at once, as there may be many.

    Args:
        graph: which ``check_plain`` has checked.
        said: what is said of its nodes and edges.
        changes: what could not be written as it stands.
    """
    number = {node: n for n, node in enumerate(graph)}
    own = graph.is_directed()
    written = []
    for block in edge_blocks(graph):
        for source, target, row in zip(*block, strict=True):
            kind = kind_of(row)
            weight = float(row.get("weight", 1))
            one = f'{{"a":{number[source]},"b":{number[target]},"weight":'
            one += f"{int(weight) if weight.is_integer() else weight!r}"
            articles = row.get("articles")
            if type(articles) is int:
                one += f',"articles":{articles}'
            elif _is_told(articles):
                one += f',"articles":{in_script(articles)}'
            if row.get("directed", own):
                one += ',"directed":true'
            if kind or "status" in row:
                one += _kind_and_status(kind, row, (source, target), changes)
            if counts := said.tallies.of_edge(source, target, kind):
                times = ",".join([f"[{period},{place},{n}]" for period, place, n in counts])
                one += f',"times":[{times}]'
                if told := sum([n for _, _, n in counts]):
                    one += f',"said":{told}'
            if quoted := said.quotations.of_edge(source, target, kind):
                one += f',"quotes":[{",".join(map(str, said.numbers(quoted)))}]'
            written.append(f"{one}}}")
    return f"[{','.join(written)}]"


def _kind_and_status(kind: str, row: Attributes, ends: tuple[str, str], changes: Changes) -> str:
    status = str(row.get("status", "") or "")
    told = {
        "kind": clean(kind_of_key(kind, status), "kind", ends, changes),
        "status": "" if status == "actual" else clean_xml(status),
    }
    return "".join(f',"{name}":{in_script(value)}' for name, value in told.items() if value)


def _is_told(value: object) -> bool:
    """Whether there is something to say; infinity and NaN would make the data no JSON."""
    return value not in (None, [], {}) and not (
        isinstance(value, float) and not math.isfinite(value)
    )


def in_script(value: object) -> str:
    """JSON that can stand in a script element: no tag, no comment can end or begin in it.

    >>> in_script("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    return _harmless(_JSON.encode(value))


def _harmless(text: str) -> str:
    return _NOT_IN_SCRIPT.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
