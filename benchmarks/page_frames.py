"""How fast the page is in headless Chromium with software rendering: ready, a frame of a pan, size.

python benchmarks/page_frames.py [NODES EDGES]
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from entextract.export import write_html
from entextract.graph.layout import layout

_PAN = """
const done = arguments[0], { page } = entextract, took = [];
page.set({ all: true }, { fit: false });
let last = null;
const step = (now) => {
  if (last !== null) took.push(now - last);
  last = now;
  page.camera.pan(took.length % 2 ? 9 : -7, 4);
  page.frame();
  page.renderer.gl?.finish();
  if (took.length < 21) requestAnimationFrame(step);
  else done(took.sort((one, other) => one - other)[10]);
};
requestAnimationFrame(step);
"""


def main(nodes: int = 3000, edges: int = 10000) -> None:
    """Print the three figures for a generated graph of this size."""
    graph = nx.gnm_random_graph(nodes, edges, seed=1)
    graph = nx.relabel_nodes(graph, {n: f"per:{n}" for n in graph})
    for number, row in enumerate(graph.nodes.values()):
        row.update(label=f"Prénom Nom {number}", type="PER", mentions=2 + 3000 // (number + 3))
    nx.set_edge_attributes(graph, 1, "weight")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        write_html(graph, path, positions=layout(graph, seed=0))
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium") or ""
        for flag in (
            "headless", "no-sandbox", "use-gl=angle", "use-angle=swiftshader",
            "enable-unsafe-swiftshader", "disable-background-networking", "window-size=1400,900",
        ):  # fmt: skip
            options.add_argument(f"--{flag}")
        browser = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
        try:
            browser.set_script_timeout(120)
            began = time.monotonic()
            browser.get(path.as_uri())
            while not browser.execute_script("return document.body.dataset.ready"):
                time.sleep(0.02)
            ready = time.monotonic() - began
            frame = browser.execute_async_script(_PAN)
        finally:
            browser.quit()
        size = path.stat().st_size / 1e6
    print(f"{nodes} nodes, {edges} edges: ready {ready:.1f} s, frame {frame:.0f} ms, {size:.1f} MB")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:3]))
