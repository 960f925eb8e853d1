"""Finds the copies among the articles of a run, from the sketches that its shards keep.

The sketches wait in files that the system maps into memory as far as there is room; what must be in
memory is some hundred bytes for each article.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from entextract.linking.minhash import BANDS, near
from entextract.records.calendar import time_order
from entextract.records.nouns import Copy
from entextract.runs.shards import Shards

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from entextract.linking.minhash import Shingles


def copies_of_run(shards: Shards, folder: Path) -> list[Copy]:
    """What ``find_copies`` gives for the articles of a run.

    Args:
        shards: of the run.
        folder: where there is room for some 2 kB an article, for as long as this takes.

    Raises:
        OSError: the disk is full.
    """
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as scratch:
        return _copies(shards, Path(scratch))


def _copies(shards: Shards, folder: Path) -> list[Copy]:
    ends = _unpack(shards, folder)
    if len(ends) < 2:
        return []
    names, order = _order(shards)
    bands = np.memmap(folder / "bands", np.uint64, "r+", shape=(len(ends), BANDS))
    pairs = near(bands, _reader(folder / "shingles", ends), order)
    copies = [
        Copy(names[one].as_py(), names[by].as_py(), round(share, 3)) for one, by, share in pairs
    ]
    return sorted(copies, key=lambda copy: copy.article)


def _unpack(shards: Shards, folder: Path) -> NDArray[np.int64]:
    """Write bands and shingles end to end into two files; say where those of each text end."""
    lengths = [np.zeros(0, np.int64)]
    with (folder / "bands").open("wb") as bands, (folder / "shingles").open("wb") as shingles:
        for rows in shards.sketches(["bands", "shingles"]):
            lists = rows["shingles"].combine_chunks()
            lengths.append(lists.value_lengths().to_numpy().astype(np.int64))
            bands.write(rows["bands"].combine_chunks().flatten().to_numpy().tobytes())
            shingles.write(lists.flatten().to_numpy().tobytes())
    return np.cumsum(np.concatenate(lengths))


def _reader(path: Path, ends: NDArray[np.int64]) -> Callable[[int], Shingles]:
    numbers = np.memmap(path, np.uint32, "r")

    def shingles(row: int) -> Shingles:
        start = ends[row - 1] if row else 0
        return numbers[start : ends[row]]

    return shingles


def _order(shards: Shards) -> tuple[pa.ChunkedArray, NDArray[np.int64]]:
    """The ids of the articles, and their rows from the one that may stand for all others on."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pa.concat_tables(shards.sketches(["article", "date", "words"]))
    dates = sorted(pc.unique(rows["date"]).to_pylist(), key=time_order)
    place = pc.index_in(rows["date"], pa.array(dates, pa.string()))
    keys = rows.set_column(1, "date", place)
    by = [("date", "ascending"), ("words", "descending"), ("article", "ascending")]
    return rows["article"], pc.sort_indices(keys, sort_keys=by).to_numpy().astype(np.int64)
