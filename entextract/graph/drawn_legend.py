"""What colours, sizes and lines of a picture mean, written below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from entextract.export import OTHER_COLOUR, TONES, Language, clean_xml, node_size, words_of
from entextract.graph.drawn_ties import Tie

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

    Graph = nx.Graph[str]

_COLUMNS = 5
_LONGEST = 22  # characters of an entry; a longer one is cut


def names_of_values(
    graph: Graph, color_by: str, ranked: Sequence[str], lang: Language
) -> dict[str, str]:
    """What the values of an attribute are called: in words, or communities by their first.

    Args:
        graph: the graph.
        color_by: the attribute.
        ranked: the nodes, the largest first.
        lang: language of the words.
    """
    rows = graph.nodes
    words = words_of(lang)
    if color_by == "type":
        return dict(words["typeNames"])
    found: dict[str, str] = dict(words["values"].get(color_by, {}))
    for node in ranked:
        value = str(rows[node].get(color_by, ""))
        name = str(rows[node].get("label") or node)
        if color_by == "community" or (
            color_by == "country" and rows[node].get("type") == "COUNTRY"
        ):
            found.setdefault(value, name)
    return found


def write_legend(
    ax: Axes,
    shades: Mapping[str, str],
    named: Mapping[str, str],
    ties: Sequence[Tie],
    size_by: str,
    most: float,
    scale: float,
    lang: Language,
) -> None:
    """Write what sizes mean on the right below the picture, colours and lines on the left."""
    from matplotlib.lines import Line2D

    words = words_of(lang)
    sizes = [
        ax.scatter(
            [],
            [],
            (scale * node_size(value, most)) ** 2,
            OTHER_COLOUR,
            label=_measured(value, size_by, words),
        )
        for value in _shown_sizes(most)
    ]
    if sizes:
        placed = ax.legend(
            handles=sizes,
            ncols=2,
            columnspacing=3,
            handletextpad=2,
            frameon=False,
            loc="upper right",
            bbox_to_anchor=(1, 0),
            fontsize=8,
        )
        ax.add_artist(placed)
    entries = {
        colour: _cut(named.get(value, value))
        for value, colour in shades.items()
        if colour != OTHER_COLOUR
    }
    marks = [
        Line2D([], [], marker="o", linestyle="", color=colour, markersize=7, label=text)
        for colour, text in entries.items()
    ]
    if len(shades) > len(entries):
        marks.append(
            Line2D([], [], marker="o", linestyle="", color=OTHER_COLOUR, markersize=7,
                   label=words["others"])
        )  # fmt: skip
    seen = {tie.tone for tie in ties}
    marks += [
        Line2D([], [], color=TONES[tone], linewidth=2, label=words[tone])
        for tone in ("cooperation", "conflict", "fact")
        if tone in seen
    ]
    for mark in marks:
        mark.set_label(clean_xml(str(mark.get_label())))
    ax.legend(
        handles=marks,
        ncols=_COLUMNS,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        frameon=False,
        fontsize=8,
        handletextpad=0.4,
        columnspacing=1.2,
    )


def _shown_sizes(most: float) -> list[float]:
    """The largest size and one that is drawn about half as wide; counts stay whole."""
    if most <= 0:
        return []
    return sorted({most, max(1, round(most / 4)) if isinstance(most, int) else most / 4})


def _measured(value: float, name: str, words: Mapping[str, Any]) -> str:
    """« 1 mention », « 0.25 pagerank »."""
    counted = words.get(name.removesuffix("s"))
    if isinstance(counted, list):
        return f"{value} {counted[value >= 2]}"
    return f"{value:.3g} {words['attributes'].get(name, name).lower()}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
