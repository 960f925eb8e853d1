"""MinHash signatures: numbers kept of a text, to find the texts that are nearly the same.

In the folder of a run they stand in ``sketches.parquet``, a name that is part of its format.

A text is the set of its shingles, runs of ``_SHINGLE`` words without case, accents and
punctuation. MinHash draws from these ``BANDS`` numbers such that two texts with one of them in
common may be near each other; those pairs alone are compared, on the shingles themselves.

Andrei Broder, "On the resemblance and containment of documents", SEQUENCES 1997.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

    Shingles = NDArray[np.uint32]
    Bands = NDArray[np.uint64]

THRESHOLD = 0.6  # a quarter cut, a fifth added or one word in twenty changed is the same text
BANDS = 28
_ROWS = 3  # numbers of MinHash in a band: a pair at the threshold is proposed 999 times in 1000
_SHINGLE = 3  # words
_ODD = 0x9E3779B97F4A7C15  # mixes the numbers of a band into one
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Signature:
    """What is kept of a text: for 400 words, some 2 kB."""

    words: int
    bands: Bands  # BANDS of them
    shingles: Shingles  # in increasing order, none twice


def signature(text: str) -> Signature | None:
    """The signature of a text; none of a text without words.

    >>> one = signature("Le port de Lomé sera agrandi.")
    >>> one.words, len(one.bands), len(one.shingles)
    (6, 28, 4)
    """
    import numpy as np

    words = _words(text)
    if not words:
        return None
    shingles = np.unique(np.fromiter(_shingles(words), dtype=np.uint32))
    factors, terms = _permutations()
    drawn = (_scrambled(shingles)[:, None] * factors + terms).min(axis=0)
    mixed = np.zeros(BANDS, np.uint64)
    for row in drawn.astype(np.uint64).reshape(BANDS, _ROWS).T:
        mixed = (mixed ^ row) * np.uint64(_ODD)
    return Signature(len(words), mixed, shingles)


def _scrambled(numbers: Shingles) -> Shingles:
    """The numbers, each of their bits made to depend on all: the finalizer of MurmurHash3.

    Austin Appleby, 2011; one to one, so that no two numbers become one.
    """
    import numpy as np

    for shift, factor in ((16, 0x85EBCA6B), (13, 0xC2B2AE35)):
        numbers = (numbers ^ (numbers >> np.uint32(shift))) * np.uint32(factor)
    return numbers ^ (numbers >> np.uint32(16))


@cache
def _permutations() -> tuple[Shingles, Shingles]:
    """The factors and terms of the functions a x + b modulo 2³², a odd, that order the shingles.

    They are those of the library datasketch (Eric Zhu, 2.0, ``affine32``), with which signatures
    were made before.
    """
    import numpy as np

    count = BANDS * _ROWS
    random = np.random.RandomState(1)  # numpy has frozen what it draws
    factors = random.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, random.randint(0, 1 << 32, count, dtype=np.uint32)


def _words(text: str) -> list[str]:
    letters = text.casefold()
    if not letters.isascii():
        letters = unicodedata.normalize("NFKD", letters).translate(_BARE)
    return _WORD.findall(letters)


class _Bare(dict[int, int | None]):
    """A table for ``str.translate`` that leaves out accents, as it meets them."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_BARE = _Bare()


def _shingles(words: list[str]) -> Iterator[int]:
    """A number for each run of words; a text too short for one is one run."""
    runs = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
    return map(crc32, map(str.encode, map(" ".join, runs if len(words) >= _SHINGLE else [words])))


def signature_table(articles: Iterable[tuple[str, str, str]]) -> pa.Table:
    """The signatures of some articles, as Arrow columns.

    Args:
        articles: id, date and text of each. One without words has no row.
    """
    import pyarrow as pa

    found = [(name, date, kept) for name, date, text in articles if (kept := signature(text))]
    shape = pa.schema(
        [
            pa.field("article", pa.string(), nullable=False),
            pa.field("date", pa.string(), nullable=False),
            pa.field("words", pa.int32(), nullable=False),
            pa.field("bands", pa.list_(pa.uint64(), BANDS), nullable=False),
            pa.field("shingles", pa.list_(pa.uint32()), nullable=False),
        ]
    )
    cells = [(*names, kept.words, kept.bands, kept.shingles) for *names, kept in found]
    columns = list(zip(*cells, strict=True)) or [()] * len(shape)
    return pa.table(dict(zip(shape.names, columns, strict=True)), schema=shape)


def near(
    bands: Bands,
    shingles: Callable[[int], Shingles],
    order: Sequence[int] | NDArray[np.int64],
    threshold: float = THRESHOLD,
) -> Iterator[tuple[int, int, float]]:
    """The texts near to another one, which stands for them; texts are named by their row.

    A text is compared with those that stand for themselves, never with those near to another.

    Args:
        bands: one row a text; it is written over.
        shingles: gives those of a text.
        order: the rows; a text can only stand for later ones.
        threshold: least share of common shingles among all of both.

    Yields:
        The text, the one that stands for it (the nearest, then the earliest), and their share.
    """
    import numpy as np

    chains, last = _chains(bands)
    rank = np.empty(len(order), np.int64)
    rank[np.asarray(order, np.int64)] = np.arange(len(order))
    shared = np.any(chains >= 0, axis=1)
    for text in (row for row in order if shared[row]):
        joined = [(band, group) for band, group in enumerate(chains[text].tolist()) if group >= 0]
        met: set[int] = set()
        for band, group in joined:
            other = int(last[band][group])
            while other >= 0:
                met.add(other)
                other = int(chains[other, band])
        compared = ((_similarity(shingles(text), shingles(o), threshold), o) for o in met)
        found = [(-share, rank[o], o) for share, o in compared if share >= threshold]
        if found:
            share, _, other = min(found)
            yield int(text), other, -share
        else:
            for band, group in joined:
                chains[text, band] = last[band][group]
                last[band][group] = text


def _chains(bands: Bands) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Number the groups of texts that have a band in common, in the place of the bands.

    Returns:
        For each text and band the number of its group, -1 if it is alone in it; for each band and
        group the last text that stands for itself, none (-1) to begin with. In the row of such a
        text the one before it in the group takes the place of the number: the array holds chains.
    """
    import numpy as np

    chains, last = bands.view(np.int64), []
    for band in range(BANDS):
        _, group, size = np.unique(bands[:, band], return_inverse=True, return_counts=True)
        number = np.where(size > 1, np.cumsum(size > 1) - 1, -1)
        chains[:, band] = number[group]
        last.append(np.full(int((size > 1).sum()), -1, np.int64))
    return chains, last


def _similarity(a: Shingles, b: Shingles, threshold: float) -> float:
    """Share of common shingles; 0 if their numbers alone put it below the threshold."""
    import numpy as np

    if min(len(a), len(b)) < threshold * max(len(a), len(b)):
        return 0.0
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)
