"""Draws the picture of the READMEs: the graph of the sample articles, as in notebook 04."""

from pathlib import Path

import entextract as ee

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "reseau.png"


def main() -> None:
    result = ee.extract(ee.sample_articles())
    graph = ee.EntityGraph.of_comentions(result, window="paragraph", min_weight=2)
    graph.nx.remove_nodes_from([node for node, degree in graph.nx.degree() if degree == 0])
    graph.to_png(PICTURE, dpi=100, max_labels=len(graph))
    print(f"{PICTURE}: {graph}, {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
