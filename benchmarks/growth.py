"""Time and memory of linking and of a graph out of core, for corpora of growing sizes.

    python benchmarks/growth.py                          100,000, 300,000 and 1,000,000 mentions
    python benchmarks/growth.py --mentions 20000 60000   a quick look

The corpus is that of ``linking.py``, with dates and sources, written as shards of 500 articles;
the number of people and organisations grows as the corpus does. Each step runs in a process of its
own, so that its peak of memory is its own. Times are those of the processor, all threads added.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

SIZES = (100_000, 300_000, 1_000_000)
PER_SHARD = 500  # articles
STEPS = ("link", "link in memory", "graph")
_KIB = sys.platform != "darwin"  # ru_maxrss counts bytes there


def measure_growth(sizes: Sequence[int] = SIZES) -> list[dict[str, Any]]:
    """Measure each step for each number of mentions.

    Returns:
        Rows with ``step`` (link, link in memory, graph), ``mentions``, ``articles``,
        ``cpu_seconds``, ``peak_mib``, and ``exponent``, that of the growth of time since the size
        before: 1 is as the corpus grows; none for the first.
    """
    rows: list[dict[str, Any]] = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _in_process("make", folder, size)
            rows += [_in_process(step, folder, size) for step in STEPS]
    before: dict[str, dict[str, Any]] = {}
    for row in rows:
        old = before.get(row["step"])
        row["exponent"] = old and round(
            math.log(row["cpu_seconds"] / old["cpu_seconds"])
            / math.log(row["mentions"] / old["mentions"]),
            2,
        )
        before[row["step"]] = row
    return rows


def _in_process(step: str, folder: str, size: int) -> dict[str, Any]:
    command = [sys.executable, __file__, "--step", step, "--folder", folder]
    done = subprocess.run(
        [*command, "--mentions", str(size)], check=True, stdout=subprocess.PIPE, text=True
    )
    row: dict[str, Any] = json.loads(done.stdout)
    return row


def make(folder: Path, size: int) -> dict[str, int]:
    """Write a run of that many mentions."""
    import pyarrow.parquet as pq

    from entextract.linking.agreement import Names
    from entextract.records.arrow_tables import arrow_table
    from entextract.records.columns import FORMAT
    from entextract.records.files import write_json
    from entextract.records.stamp import MANIFEST
    from entextract.result import Extraction
    from entextract.runs.layout import READING, write_names
    from entextract.runs.sealing import write_shard

    shards: list[dict[str, Any]] = []
    for number, part in enumerate(_parts(size)):
        name = f"{number:05}-growth"
        write_shard(folder, name, part)
        shards.append({"name": name, "rows": {"articles": len(part.articles)}})
    write_names(folder, Names())
    pq.write_table(arrow_table("problems", Extraction().problems), folder / READING)
    about = {"format": FORMAT, "entextract": "benchmark", "complete": True, "shards": shards}
    write_json(folder / MANIFEST, about)
    return {"articles": sum(shard["rows"]["articles"] for shard in shards)}


def _parts(size: int) -> Iterator[Any]:
    from linking import corpus

    from entextract.records.nouns import Article, Sentence
    from entextract.result import Extraction

    draw = random.Random(0)
    articles: list[Any] = []
    mentions: list[Any] = []
    sentences: list[Any] = []
    for name, rows in groupby(corpus(size)[0], attrgetter("article")):
        day = f"{draw.randrange(2015, 2025)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
        articles.append(Article(name, "", "", day, f"Journal {draw.randrange(50)}"))
        for row in rows:
            mentions.append(row)
            text = f"Une phrase de l'article {name} parle de {row.text}."
            sentences.append(Sentence(name, row.sentence, row.start, row.start + len(text), text))
        if len(articles) == PER_SHARD:
            yield Extraction(tuple(articles), tuple(mentions), (), (), tuple(sentences))
            articles, mentions, sentences = [], [], []
    yield Extraction(tuple(articles), tuple(mentions), (), (), tuple(sentences))


def link(folder: Path) -> None:
    """Link shard by shard, and write the tables."""
    from entextract.runs.link import link_run

    link_run(folder)


def link_in_memory(folder: Path) -> None:
    """The same with every row in memory, and nothing written."""
    from entextract.linking.agreement import agree
    from entextract.runs.shards import Shards

    shards = Shards(folder)
    agree(shards.read(), shards.names)


def draw_graph(folder: Path) -> None:
    """A graph of co-mentions of the tables on disk, its backbone, and the evidence of an edge."""
    from entextract.graph.entity_graph import EntityGraph
    from entextract.runs.tables import open_run

    drawn = EntityGraph.of_comentions(open_run(folder), "article", backbone="noise_corrected")
    drawn.evidence(*next(iter(drawn.nx.edges)))


def _measured(step: str, folder: Path, size: int) -> dict[str, Any]:
    if step == "make":
        return {"step": step, **make(folder, size)}
    # what is loaded once is no part of linking, nor of a graph
    import duckdb  # noqa: F401
    import pandas as pd  # noqa: F401

    from entextract import tables
    from entextract.graph import entity_graph  # noqa: F401
    from entextract.names import bodies
    from entextract.runs import tables as run_tables  # noqa: F401
    from entextract.runs.shards import Shards

    tables.given_names(), bodies.listed_ids()
    start = time.process_time()
    {"link": link, "link in memory": link_in_memory, "graph": draw_graph}[step](folder)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if _KIB else 1024**2)
    about = Shards(folder).manifest["shards"]
    return {
        "step": step,
        "mentions": size,
        "articles": sum(shard["rows"]["articles"] for shard in about),
        "cpu_seconds": round(seconds, 2),
        "peak_mib": round(peak),
    }


def main() -> None:
    """Print one line of JSON a step and size."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mentions", type=int, nargs="+", default=SIZES)
    parser.add_argument("--step", choices=("make", *STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        print(json.dumps(_measured(options.step, options.folder, options.mentions[0])))
        return
    for row in measure_growth(options.mentions):
        print(json.dumps(row))


if __name__ == "__main__":
    main()
