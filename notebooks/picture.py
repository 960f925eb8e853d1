"""Takes the pictures of the READMEs and of the documentation: pages in Chromium, a figure, a GEXF.

Gephi cannot run without a screen: what stands for it is drawn of the file that it opens, with the
places, sizes and colours that stand there.
"""

import base64
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

import entextract as ee

DOCS = Path(__file__).resolve().parents[1] / "docs"
IMAGES = DOCS / "images"
SIZE = {"width": 1400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
NS = {"g": "http://gexf.net/1.3", "viz": "http://gexf.net/1.3/viz"}


def main() -> None:
    nlp = ee.load()
    samples = ee.extract(ee.sample_articles(), nlp)
    whole = ee.EntityGraph.of_all(samples, window="paragraph", min_weight=2)
    six = ee.extract(ee.read_articles(DOCS / "exemples"), nlp)
    gas = ee.EntityGraph.of_comentions(six, min_weight=2)
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        page = Path(folder) / "page.html"
        whole.to_html(page, title="Quatorze articles d'essai")
        take(browser, page, "country:US", IMAGES / "reseau.png")
        gas.to_html(page, title="Le gazoduc des Deux Rives")
        take(browser, page, "country:MA", IMAGES / "page.png")
        gas.to_gexf(Path(folder) / "g.gexf")
        draw_gexf(Path(folder) / "g.gexf", IMAGES / "gexf.png")
    gas.to_png(IMAGES / "figure.png", dpi=110, title="Le gazoduc des Deux Rives")
    for picture in sorted(IMAGES.glob("*.png")):
        print(f"{picture}: {picture.stat().st_size / 1000:.0f} kB")


@contextmanager
def chromium() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or ""
    for flag in (
        "headless", "no-sandbox", "use-gl=angle", "use-angle=swiftshader",
        "enable-unsafe-swiftshader", "disable-background-networking",
    ):  # fmt: skip
        options.add_argument(f"--{flag}")
    browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", SIZE)
        yield browser
    finally:
        browser.quit()


def take(browser: Any, page: Path, chosen: str, picture: Path) -> None:
    """A page, with the sentences of an entity open."""
    browser.get(page.as_uri())
    while not browser.execute_script("return document.body.dataset.ready"):
        time.sleep(0.05)
    browser.execute_script(f"entextract.select('{chosen}')")
    time.sleep(0.5)  # the panel opens
    browser.execute_script("entextract.page.fit()")
    time.sleep(1)
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    picture.write_bytes(base64.b64decode(shot["data"]))


def draw_gexf(path: Path, picture: Path) -> None:
    """What a GEXF says of its drawing, and nothing else."""
    tree = etree.parse(path)
    places, labels = {}, {}
    figure = Figure(figsize=(9, 6), dpi=110)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.axis("off")
    for node in tree.iterfind(".//g:node", NS):
        at = node.find("viz:position", NS)
        size = float(node.find("viz:size", NS).get("value"))
        paint = node.find("viz:color", NS)
        colour = [int(paint.get(part)) / 255 for part in "rgb"]
        places[node.get("id")] = x, y = float(at.get("x")), float(at.get("y"))
        axes.scatter([x], [y], s=size**2 / 4, color=[colour], zorder=2)
        labels[node.get("id")] = node.get("label")
    edges = list(tree.iterfind(".//g:edge", NS))
    lines = [[places[edge.get("source")], places[edge.get("target")]] for edge in edges]
    widths = [0.6 * float(edge.get("weight")) for edge in edges]
    axes.add_collection(LineCollection(lines, linewidths=widths, colors="#b0b0b0", zorder=1))
    for node, (x, y) in places.items():
        axes.annotate(labels[node], (x, y), ha="center", va="center", fontsize=9, zorder=3)
    axes.margins(0.12)
    figure.savefig(picture)


if __name__ == "__main__":
    main()
