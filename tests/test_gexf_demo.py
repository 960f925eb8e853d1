"""The GEXF of the sample articles against the schema of the format."""

from pathlib import Path

import pytest
from lxml import etree

import entextract as ee

MAIN = "http://gexf.net/1.3"
SCHEMA = Path(__file__).resolve().parents[2] / "shared" / "data" / "gexf" / "1.3" / "gexf.xsd"


@pytest.mark.skipif(not SCHEMA.exists(), reason="the schema does not travel with the project")
@pytest.mark.parametrize("window", ["sentence", "paragraph", "article", 3])
def test_demo_graph_is_valid(
    window: str | int, sample_result: ee.Extraction, tmp_path: Path
) -> None:
    graph = ee.EntityGraph.of_comentions(sample_result, window=window)
    assert graph.nx.number_of_edges() > 0
    graph.to_gexf(tmp_path / "demo.gexf")
    document = etree.parse(tmp_path / "demo.gexf")
    # the schema wants viz elements in the main namespace, where no reader looks for them
    for element in document.iter(f"{{{MAIN}/viz}}*"):
        element.tag = f"{{{MAIN}}}{etree.QName(element).localname}"
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(document)
