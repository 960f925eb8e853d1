"""Our GEXF writer beside networkx's: seconds of the processor, and memory above the graph.

    python benchmarks/gexf.py [EDGES]

Each writer has a process of its own, which makes the same graph; memory is the highest resident
size while writing, less the size just before (Linux).
"""

import random
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path

import networkx as nx

from entextract.export import write_gexf


def graph_of(edges: int) -> nx.Graph:
    """Entities with names and types, a tenth as many as edges; a weight and two counts each."""
    chance = random.Random(0)
    count = max(edges // 10, 10)
    graph = nx.Graph()
    for number in range(count):
        graph.add_node(
            f"per:prenom-nom-{number}",
            label=f"Prénom Nom {number}",
            type=("PER", "COUNTRY", "ORG")[number % 3],
            mentions=number % 97,
            articles=number % 31,
        )
    nodes = list(graph)
    made = 0  # networkx counts its edges anew at each question
    while made < edges:
        a, b = chance.choices(nodes, k=2)
        if a != b and not graph.has_edge(a, b):
            weight = chance.randint(1, 50)
            graph.add_edge(a, b, weight=weight, articles=weight // 2 + 1, npmi=chance.random())
            made += 1
    return graph


def resident(name: str) -> float:
    """A size of this process in MB, as the kernel tells it."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise OSError(f"no {name} in /proc/self/status")


def measure(writer: str, edges: int, folder: str) -> tuple[float, float, float]:
    graph = graph_of(edges)
    path = Path(folder) / f"{writer}.gexf"
    Path("/proc/self/clear_refs").write_text("5")  # the highest size is counted from here
    before = resident("VmRSS")
    start = time.process_time()
    if writer == "networkx":
        nx.write_gexf(graph, path, version="1.2draft")
    else:
        write_gexf(graph, path)
    took = time.process_time() - start
    return took, resident("VmHWM") - before, path.stat().st_size / 1e6


def main() -> None:
    edges = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for writer in ("entextract", "networkx"):
            with get_context("spawn").Pool(1) as pool:
                took, memory, size = pool.apply(measure, (writer, edges, folder))
            seconds[writer] = took
            print(f"{writer:12}{took:8.1f} s{memory:9.0f} MB above the graph{size:8.0f} MB written")
    print(f"{edges} edges: {seconds['networkx'] / seconds['entextract']:.1f} times faster")


if __name__ == "__main__":
    main()
