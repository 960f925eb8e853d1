"""Sentences of ours, each read as an article by itself, but many at a time: one costs a third."""

from collections.abc import Iterable

from spacy.language import Language

import entextract as ee
from entextract.linking.agreement import agree
from entextract.reading.extraction import names_of, read
from entextract.runs.worker import by_article

BLOCK = 50  # processes that share the tests take them in runs of neighbours


class Batches:
    """Texts that are read a block at a time, when one of the block is asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = list(dict.fromkeys(texts))
        self._place = {text: place for place, text in enumerate(self.texts)}
        self._results: dict[str, ee.Extraction] = {}

    def result(self, text: str, nlp: Language) -> ee.Extraction:
        """What ``extract`` gives for the text alone."""
        if text not in self._results:
            first = self._place[text] // BLOCK * BLOCK
            block = [ee.Article(text, text) for text in self.texts[first : first + BLOCK]]
            for id, rows in by_article(read(block, nlp)).items():
                self._results[id] = agree(rows, names_of(nlp))
        return self._results[text]
