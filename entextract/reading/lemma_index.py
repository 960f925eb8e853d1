"""Has the lemmatizer of a pipeline look words up, where it would go through lists of them.

spaCy 3.8 keeps the known words of each part of speech in a list, of up to 66,191 words in French,
and goes through it for every word that it has not met: a fifth to a third of a first reading.
"""

from __future__ import annotations

from functools import cache

import spacy
from spacy.language import Language
from spacy.lookups import Table
from spacy.pipeline import Lemmatizer

from entextract.reading.press_ner import BASE

_TABLE = "lemma_index"
_WITHOUT = ("tok2vec", "morphologizer", "parser", "ner", "attribute_ruler", "senter")


def index_lemmas(nlp: Language) -> None:
    """Make a dict of each list of known words. Lemmas stay what they are.

    A dict, unlike a set, is saved with the pipeline.
    """
    for _, pipe in nlp.components:
        if isinstance(pipe, Lemmatizer) and pipe.lookups.has_table(_TABLE):
            table: Table = pipe.lookups.get_table(_TABLE)
            for part_of_speech, words in list(table.items()):
                if isinstance(words, list):
                    table[part_of_speech] = dict.fromkeys(words, 1)


@cache
def common_words() -> frozenset[str]:
    """The nouns, adjectives, verbs and adverbs of French that the lemmatizer of our model knows.

    Raises:
        OSError: the model is not installed.
    """
    lookups = spacy.load(BASE, exclude=_WITHOUT).get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
    table = lookups.get_table(_TABLE)
    return frozenset(w for kind in ("adj", "adv", "noun", "verb") for w in table.get(kind, ()))
