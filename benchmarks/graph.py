"""Time and memory of a co-mention graph on a synthetic corpus whose entities follow Zipf's law.

    python benchmarks/graph.py                  a million articles, then the comparison
    python benchmarks/graph.py --articles 100000

Each measure runs in a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from itertools import combinations
from multiprocessing import get_context
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd  # noqa: F401  (what the library imports when first needed is not timed)
from scipy.stats import poisson

from entextract.graph.backbone import select_edges
from entextract.graph.build import add_comentions, comention_columns
from entextract.graph.comentions import Places, count_comentions

if TYPE_CHECKING:
    from entextract.graph.comentions import Ints
    from entextract.graph.significance import Column

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


def everything(articles: int) -> float:
    """Counts, all measures, three backbones, and a networkx graph of the last one."""
    places = corpus(articles)
    start = last = now()
    comentions = count_comentions(places, WINDOW)
    last = lap("count", last)
    columns = comention_columns(comentions)
    last = lap("weights and p-values", last)
    ends = comentions.a, comentions.b
    for method in ("noise_corrected", "significance", "disparity"):
        mask = select_edges(method, ends, columns)
        print(f"  backbone {method}: {mask.sum():,} of {len(mask):,} edges")
    last = lap("backbones", last)
    graph = graph_of(
        comentions.a[mask], comentions.b[mask], {n: c[mask] for n, c in columns.items()}
    )
    lap(f"networkx graph of the last, {graph.number_of_edges():,} edges", last)
    return report("weights, p-values and three backbones", start)


def backbone(articles: int) -> float:
    """What ``of_comentions(…, backbone="disparity")`` does with the places of a corpus."""
    places = corpus(articles)
    start = now()
    comentions = count_comentions(places, WINDOW)
    columns = comention_columns(comentions)
    mask = select_edges("disparity", (comentions.a, comentions.b), columns)
    graph = graph_of(
        comentions.a[mask], comentions.b[mask], {n: c[mask] for n, c in columns.items()}
    )
    return report(f"weights, p-values, backbone in networkx, {len(graph.edges):,} edges", start)


def counts(articles: int) -> float:
    """The counts alone, left as arrays."""
    places = corpus(articles)
    start = now()
    comentions = count_comentions(places, WINDOW)
    return report(f"counts of {len(comentions.a):,} pairs", start)


def complete(articles: int) -> float:
    """The counts alone, all of them made into a networkx graph."""
    places = corpus(articles)
    start = now()
    comentions = count_comentions(places, WINDOW)
    graph: nx.Graph[int] = nx.Graph()
    rows = zip(
        comentions.a.tolist(), comentions.b.tolist(), comentions.weight.tolist(), strict=True
    )
    graph.add_weighted_edges_from(rows)
    return report(f"counts, all in networkx, {graph.number_of_edges():,} edges", start)


def usual_counts(articles: int) -> float:
    """The usual way: pairs by itertools, all of them in networkx."""
    windows = windows_of(corpus(articles))
    start = now()
    graph = paired(windows)
    return report(f"pairs by itertools in networkx, {graph.number_of_edges():,} edges", start)


def usual_backbone(articles: int) -> float:
    """The same with a p-value of Poisson by scipy, and the disparity filter in networkx."""
    windows = windows_of(corpus(articles))
    start = now()
    graph = paired(windows)
    named = Counter(entity for window in windows for entity in window)
    edges = list(graph.edges(data="weight"))
    both, one, other = np.array([(w, named[a], named[b]) for a, b, w in edges]).T
    p_values = poisson.sf(both - 1, one * other / articles)
    strength = dict(graph.degree(weight="weight"))
    degree = dict(graph.degree())
    kept: nx.Graph[int] = nx.Graph()
    for (a, b, weight), p_value in zip(edges, p_values.tolist(), strict=True):
        if min((1 - weight / strength[end]) ** (degree[end] - 1) for end in (a, b)) < 0.05:
            kept.add_edge(a, b, weight=weight, p_value=p_value)
    return report(f"the same, p-values, backbone, {kept.number_of_edges():,} edges", start)


def windows_of(places: Places) -> list[set[int]]:
    windows: list[set[int]] = [set() for _ in places.source]
    for article, entity in zip(places.article.tolist(), places.entity.tolist(), strict=True):
        windows[article].add(entity)
    return windows


def paired(windows: list[set[int]]) -> nx.Graph[int]:
    pairs: Counter[tuple[int, int]] = Counter()
    for window in windows:
        pairs.update(combinations(sorted(window), 2))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_weighted_edges_from((a, b, weight) for (a, b), weight in pairs.items())
    return graph


def graph_of(a: Ints, b: Ints, columns: dict[str, Column]) -> nx.Graph[str]:
    graph: nx.Graph[str] = nx.Graph()
    add_comentions(graph, [f"per:{n:06}" for n in range(ENTITIES)], (a, b), columns)
    return graph


def now() -> tuple[float, float]:
    """The clock, and the time that the processor gave us: less, on a busy machine."""
    return time.perf_counter(), time.process_time()


def lap(what: str, since: tuple[float, float]) -> tuple[float, float]:
    clock, processor = now()
    print(f"  {what}: {clock - since[0]:.1f} s (processor {processor - since[1]:.1f} s)")
    return clock, processor


def report(what: str, start: tuple[float, float]) -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return lap(f"{what}, peak {peak:.2f} GB", start)[1] - start[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=1_000_000)
    whole = parser.parse_args().articles
    few = min(whole, 100_000)
    seconds = {}
    plan = [(everything, whole)]
    plan += [(run, few) for run in (counts, usual_counts, complete, backbone, usual_backbone)]
    for run, articles in plan:
        print(f"{articles:,} articles × {MENTIONS} mentions, {ENTITIES:,} entities", flush=True)
        with get_context("spawn").Pool(1) as pool:
            seconds[run] = pool.apply(run, (articles,))
    print(f"processor time at {few:,} articles:")
    for ours, theirs in (
        (counts, usual_counts),
        (complete, usual_counts),
        (backbone, usual_counts),
        (backbone, usual_backbone),
    ):
        ratio = seconds[theirs] / seconds[ours]
        print(f"  {ours.__name__}: {ratio:.1f} times faster than {theirs.__name__}")


if __name__ == "__main__":
    main()
