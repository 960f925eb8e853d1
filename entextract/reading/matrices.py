"""Has the matrices of a pipeline multiplied by numpy, in one thread.

thinc multiplies with BLIS. The OpenBLAS that numpy brings is up to three times as fast, and half
of the time of a pipeline of spaCy goes into such products. Its threads gain nothing on matrices as
small as these, and would take the cores that other processes work on.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import lru_cache

from spacy.language import Language
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController


def multiply_with_numpy(nlp: Language) -> None:
    """Have every model of a pipeline that computes on the processor use numpy's products.

    Results are those of thinc's own products but for rounding.
    """
    numpy = NumpyOps(use_blis=False)
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        for node in model.walk() if model else ():
            if type(node.ops) is NumpyOps:  # a graphics card, or Apple's library, is left alone
                node.ops = numpy


def one_thread() -> AbstractContextManager[object]:
    """While this lasts, a product of matrices takes one thread."""
    limit: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limit


@lru_cache(maxsize=1)
def _libraries() -> ThreadpoolController:
    """The libraries loaded in this process; numpy's is, before any pipeline."""
    return ThreadpoolController()
