"""Time and memory of a co-mention graph on a synthetic corpus whose entities follow Zipf's law.

    python benchmarks/graph.py                  a million articles, then the comparison
    python benchmarks/graph.py --articles 100000

Each measure runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections import Counter
from itertools import combinations

import networkx as nx
import numpy as np

from entextract.backbone import chosen
from entextract.building import add_ties, tie_columns
from entextract.counting import Places, count

MENTIONS, ENTITIES, SOURCES = 8, 100_000, 50
WINDOW = "article"  # the window that makes most pairs


def corpus(articles: int, seed: int = 0) -> Places:
    """Articles of 8 mentions; the entity of rank r is drawn with a probability of c / r."""
    rng = np.random.default_rng(seed)
    odds = np.cumsum(1 / np.arange(1, ENTITIES + 1))
    drawn = np.searchsorted(odds, rng.random(articles * MENTIONS) * odds[-1])
    # ranks and numbers must not go together: ids are in alphabetical order
    entity = rng.permutation(ENTITIES)[drawn]
    article = np.repeat(np.arange(articles), MENTIONS)
    sentence = np.tile(np.arange(MENTIONS) // 2, articles)
    return Places(article, sentence, sentence, entity, rng.integers(0, SOURCES, articles), ENTITIES)


def with_arrays(articles: int) -> None:
    """The library's way: counts, all measures, backbone, networkx for what is left."""
    places = corpus(articles)
    start = last = now()
    ties = count(places, WINDOW)
    last = lap("count", last)
    columns = tie_columns(ties)
    last = lap("weights and p-values", last)
    ends = ties.a, ties.b
    for method in ("noise_corrected", "significance", "disparity"):
        mask = chosen(method, ends, columns)
        print(f"  backbone {method}: {mask.sum():,} of {len(mask):,} edges")
    last = lap("backbones", last)
    graph: nx.Graph[str] = nx.Graph()
    ids = [f"per:{n:06}" for n in range(ENTITIES)]
    kept = {name: column[mask] for name, column in columns.items()}
    add_ties(graph, ids, (ends[0][mask], ends[1][mask]), kept)
    lap(f"networkx graph of the last, {graph.number_of_edges():,} edges", last)
    report("arrays", start)


def counts_with_arrays(articles: int) -> None:
    """The counts alone, made into a networkx graph: what ``with_networkx`` does."""
    places = corpus(articles)
    start = now()
    ties = count(places, WINDOW)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from(
        zip(ties.a.tolist(), ties.b.tolist(), ties.weight.tolist(), strict=True)
    )
    report(f"counts by arrays, in networkx, {graph.number_of_edges():,} edges", start)


def counts_alone(articles: int) -> None:
    """The counts by arrays, left as arrays."""
    places = corpus(articles)
    start = now()
    ties = count(places, WINDOW)
    report(f"counts by arrays, {len(ties.a):,} pairs", start)


def with_networkx(articles: int) -> None:
    """The usual way: pairs by itertools, a networkx graph of all of them."""
    places = corpus(articles)
    windows: list[set[int]] = [set() for _ in range(articles)]
    for article, entity in zip(places.article.tolist(), places.entity.tolist(), strict=True):
        windows[article].add(entity)
    start = now()
    pairs: Counter[tuple[int, int]] = Counter()
    for window in windows:
        pairs.update(combinations(sorted(window), 2))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in pairs.items())
    report(f"itertools and networkx, {graph.number_of_edges():,} edges", start)


def now() -> tuple[float, float]:
    """The clock, and the time that the processor gave us: less, on a busy machine."""
    return time.perf_counter(), time.process_time()


def lap(what: str, since: tuple[float, float]) -> tuple[float, float]:
    clock, processor = now()
    print(f"  {what}: {clock - since[0]:.1f} s (processor {processor - since[1]:.1f} s)")
    return clock, processor


def report(what: str, start: tuple[float, float]) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    lap(f"{what}, peak {peak:.2f} GB", start)


RUNS = {run.__name__: run for run in (with_arrays, counts_alone, counts_with_arrays, with_networkx)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--run", choices=RUNS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        RUNS[options.run](options.articles)
        return
    plan = [("with_arrays", options.articles)]
    plan += [(name, min(options.articles, 100_000)) for name in RUNS]
    for name, articles in plan:
        print(f"{articles:,} articles × {MENTIONS} mentions, {ENTITIES:,} entities", flush=True)
        command = [sys.executable, __file__, "--run", name, "--articles", str(articles)]
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
