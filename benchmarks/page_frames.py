"""How fast the page is in headless Chromium with software rendering: ready, frames, size.

A frame is told twice: the median of what passes from one to the next, which on a busy machine is
the others' too, and the processor time that all processes of the browser take for one.

python benchmarks/page_frames.py [NODES EDGES]
"""

from __future__ import annotations

import os
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

_MOVE = """
const [how, count, done] = arguments, { page } = entextract, took = [];
let last = null;
const step = (now) => {
  if (last !== null) took.push(now - last);
  last = now;
  const back = took.length % 20 < 10;
  if (how === "pan") page.camera.pan(back ? 9 : -9, back ? 4 : -4);
  else page.camera.zoom(back ? 1.03 : 1 / 1.03);
  page.moved();
  if (took.length < count) requestAnimationFrame(step);
  else done(took.sort((one, other) => one - other)[count >> 1]);
};
requestAnimationFrame(step);
"""
_FRAMES = 40


def processor_time(parent: int) -> float:
    """Milliseconds of processor that the processes started by one have taken so far."""
    ticks: dict[int, float] = {}
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                row = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # ended meanwhile
                continue
            children.setdefault(int(row[1]), []).append(int(folder.name))
            ticks[int(folder.name)] = int(row[11]) + int(row[12])
    found, border = 0.0, [parent]
    while border:
        own = children.get(border.pop(), [])
        found += sum(ticks[one] for one in own)
        border += own
    return 1000 * found / os.sysconf("SC_CLK_TCK")


def main(nodes: int = 3000, edges: int = 10000) -> None:
    """Print the figures for a generated graph of this size."""
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
        driver = Service(shutil.which("chromedriver"))
        browser = webdriver.Chrome(options=options, service=driver)
        told = []
        try:
            browser.set_script_timeout(120)
            began = time.monotonic()
            browser.get(path.as_uri())
            while not browser.execute_script("return document.body.dataset.ready"):
                time.sleep(0.02)
            ready = time.monotonic() - began
            browser.execute_script("entextract.page.set({ all: true }); entextract.page.fit()")
            time.sleep(2)  # until all lines are drawn
            for how in ("pan", "zoom"):
                before = processor_time(driver.process.pid)
                frame = browser.execute_async_script(_MOVE, how, _FRAMES)
                took = (processor_time(driver.process.pid) - before) / _FRAMES
                told.append(f"{how} {frame:.0f} ms a frame, {took:.0f} ms of processor")
        finally:
            browser.quit()
        size = path.stat().st_size / 1e6
    print(f"{nodes} nodes, {edges} edges: ready {ready:.1f} s, {'; '.join(told)}; {size:.1f} MB")


if __name__ == "__main__":
    main(*(int(number) for number in sys.argv[1:3]))
