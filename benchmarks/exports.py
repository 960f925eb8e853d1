"""Seconds of the processor that the files of a large graph take, with and without quotations.

    python benchmarks/exports.py [ARTICLES]

The corpus is made up: 8 mentions an article, entities by Zipf's law. The first file takes the
time of the places of the nodes too, which are worked out once for all files of a graph.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import entextract as ee
from entextract.records.nouns import Article, Entity, Mention, Sentence
from entextract.result import Extraction

MENTIONS, ENTITIES = 8, 20_000


def corpus(articles: int) -> Extraction:
    """Articles of four sentences of two mentions; the entity of rank r is drawn as 1 / (r + 50)."""
    rng = np.random.default_rng(0)
    odds = np.cumsum(1 / np.arange(51, ENTITIES + 51))
    drawn = np.searchsorted(odds, rng.random((articles, MENTIONS)) * odds[-1])
    sentence_of = "Prénom Nom {} a rencontré Prénom Nom {} à Plouvarec, dit-on, ce matin. "
    rows, mentions, sentences = [], [], []
    counts: dict[int, int] = {}
    for number, entities in enumerate(drawn.tolist()):
        article, text = f"a{number}", ""
        for place in range(0, MENTIONS, 2):
            start, pair = len(text), entities[place : place + 2]
            text += sentence_of.format(*pair)
            sentences.append(Sentence(article, place // 2, start, len(text) - 1, text[start:-1]))
            for entity in pair:
                counts[entity] = counts.get(entity, 0) + 1
                form = f"Prénom Nom {entity}"
                at = text.index(form, start)
                mentions.append(
                    Mention(
                        article=article,
                        start=at,
                        end=at + len(form),
                        text=form,
                        label="PER",
                        kind="name",
                        entity=f"per:prenom-nom-{entity}",
                        sentence=place // 2,
                        paragraph=0,
                        rule="model",
                    )
                )
        day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
        rows.append(Article(article, text, date=day, source=f"Journal {number % 9}"))
    known = (
        Entity(
            id=f"per:prenom-nom-{entity}",
            name=f"Prénom Nom {entity}",
            label="PER",
            country="",
            forms=(f"Prénom Nom {entity}",),
            mentions=count,
            articles=count,
        )
        for entity, count in sorted(counts.items())
    )
    return Extraction(
        articles=tuple(rows),
        mentions=tuple(mentions),
        sentences=tuple(sentences),
        entities=tuple(known),
    )


def timed(name: str, write: Callable[[], object], path: Path) -> None:
    start = time.process_time()
    write()
    took = time.process_time() - start
    print(f"  {name:40} {took:6.1f} s  {path.stat().st_size / 1e6:7.1f} MB", flush=True)


def main(articles: int) -> None:
    start = time.process_time()
    result = corpus(articles)
    graph = ee.EntityGraph.of_comentions(result, window="article")
    made = time.process_time() - start
    print(f"{len(graph.nx):,} entities, {graph.nx.number_of_edges():,} edges, made in {made:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        gexf, page = Path(folder, "a.gexf"), Path(folder, "a.html")
        timed(
            "GEXF, with the places of the nodes",
            lambda: graph.to_gexf(gexf, most_quotations=0),
            gexf,
        )
        timed("GEXF without quotations", lambda: graph.to_gexf(gexf, most_quotations=0), gexf)
        timed("GEXF with the usual quotations", lambda: graph.to_gexf(gexf), gexf)
        timed("page, after the GEXF", lambda: graph.to_html(page), page)
        timed("page without quotations", lambda: graph.to_html(page, most_quotations=0), page)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15_500)
