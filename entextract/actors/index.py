"""Actors kept so that a text can be looked up in a million of them.

What is kept in memory is numbers, sorted: of each name, of each surname, of each id. The actors
themselves are packed (MessagePack), and unpacked when a text names one; a large table is kept on
the disk, and mapped into memory the next time (numpy, "Memory mapping of .npy files").
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import uuid
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib.resources import as_file, files
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
import srsly

from entextract.actors.actor import JOIN, Actor, Fault
from entextract.actors.keys import SURNAME, Numbering, hash_of, words_of
from entextract.actors.lists import ActorReport, read_lists
from entextract.names.bodies import display
from entextract.records.files import TEMPORARY, digest, file_digest
from entextract.records.system import collector_paused

_BATCH = 20_000  # names numbered at once
_CACHED_FROM = 20_000  # actors: fewer are read again in less than a second
_MOST_TWICE = 1000  # ids of two actors that are named
_MOST_CACHED = 4  # tables on the disk; those not used for longest go
_MOST_WORDS = 12  # of a name that is looked up in a text; the longest of a state's bodies has 11
_LENGTH, _ROWS, _META = "length", "rows", "meta"
Array = Any  # of numpy


class ActorIndex:
    """A table of actors, looked up by the numbers of ``keys``.

    Attributes:
        arrays: what is kept, by name.
        reports: what became of the rows of each list.
    """

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self.arrays = dict(arrays)
        meta = json.loads(bytes(self.arrays[_META]))
        self.reports = [_report(**told) for told in meta["reports"]]
        self.length: int = meta[_LENGTH]

    def __len__(self) -> int:
        return len(self.arrays["offsets"]) - 1

    def __getitem__(self, number: int) -> Actor:
        start, end = self.arrays["offsets"][number : number + 2].tolist()
        return _unpacked(self.arrays[_ROWS][start:end].tobytes())

    def named(self, numbers: Array) -> Iterator[tuple[int, list[int]]]:
        """Where one of the names has one of these numbers: its place, and the actors."""
        yield from self._found("names", numbers)

    def with_surname(self, word: str) -> list[int]:
        """The actors whose name ends in a word, as ``keys`` folds it."""
        wanted = np.array([(hash_of(word) + int(SURNAME)) & 0xFFFF_FFFF_FFFF_FFFF], np.uint64)
        return [actor for _, actors in self._found("surnames", wanted) for actor in actors]

    def starts_small(self, hashes: Array) -> Array:
        """Which words open a name that begins with a small letter."""
        known = self.arrays["small"]
        return np.isin(hashes, known) if len(known) else np.zeros(len(hashes), bool)

    def get(self, entity: str) -> Actor | None:
        """The actor of an entity; of several rows, one with the columns of all."""
        wanted = np.frombuffer(_digest_of(entity), np.uint64)
        same = [self[n] for _, found in self._found("ids", wanted) for n in found]
        same = [actor for actor in same if actor.entity == entity]
        if len(same) < 2:
            return same[0] if same else None
        return _together(same)

    def _found(self, which: str, numbers: Array) -> Iterator[tuple[int, list[int]]]:
        keys, owners = self.arrays[which], self.arrays[f"{which}_of"]
        if not len(keys) or not len(numbers):
            return
        at: Array = np.searchsorted(keys, numbers)
        hits = np.flatnonzero((at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == numbers))
        for place in hits.tolist():
            start = int(at[place])
            end = int(np.searchsorted(keys, numbers[place], side="right"))
            yield place, sorted(set(owners[start:end].tolist()))

    def to_bytes(self) -> bytes:
        """The whole table."""
        file = io.BytesIO()
        np.savez(file, **self.arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> ActorIndex:
        """What ``to_bytes`` gave."""
        with np.load(io.BytesIO(data)) as arrays:
            return cls({name: arrays[name] for name in arrays.files})

    def save(self, folder: Path) -> None:
        """Write the table into a folder, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, values in self.arrays.items():
            np.save(folder / f"{name}.npy", values)

    @classmethod
    def open(cls, folder: Path) -> ActorIndex:
        """What ``save`` wrote, mapped into memory as it is asked for.

        Raises:
            OSError, ValueError: it is not whole.
        """
        paths = sorted(folder.glob("*.npy"))
        return cls({path.stem: np.load(path, mmap_mode="r") for path in paths})


def _digest_of(entity: str) -> bytes:
    """The number of an id, eight bytes."""
    return hashlib.blake2b(entity.encode("utf-8", "replace"), digest_size=8).digest()


def _packer() -> Callable[[Actor], bytes]:
    """What makes bytes of an actor; half of a character, from an escape in JSON, is a « ? »."""
    pack: Callable[[Actor], bytes] = srsly.msgpack.Packer(
        use_bin_type=True, unicode_errors="replace"
    ).pack
    return pack


def _unpacked(row: bytes) -> Actor:
    """The actor of which ``_packer`` made these bytes."""
    # with a hook of our own srsly looks for no hooks of others, which takes it 0.2 ms a row
    i, label, name, aliases, forms, line, attributes = srsly.msgpack.unpackb(
        row, raw=False, object_pairs_hook=dict
    )
    return Actor(i, label, name, tuple(aliases), tuple(forms), line, attributes)


def _report(*, faults: list[tuple[str, int, str, bool]], **told: Any) -> ActorReport:
    return ActorReport(**told, faults=[Fault(*fault) for fault in faults])


def _together(same: Sequence[Actor]) -> Actor:
    first, attributes = same[0], dict[str, dict[str, None]]()
    for actor in same:
        for name, value in actor.attributes.items():
            attributes.setdefault(name, {})[value] = None
    return Actor(
        first.id,
        first.label,
        first.name,
        tuple(dict.fromkeys(name for actor in same for name in actor.names[1:])),
        tuple(dict.fromkeys(form for actor in same for form in actor.forms)),
        JOIN.join(dict.fromkeys(actor.row for actor in same)),
        {name: JOIN.join(values) for name, values in attributes.items()},
    )


def index_of(actors: Iterable[Actor], reports: Sequence[ActorReport] = ()) -> ActorIndex:
    """A table of actors.

    Args:
        actors: in the order in which their lists have them.
        reports: what becomes of their rows, complete once all actors are taken.

    >>> index = index_of([Actor("sarr", "PER", "Awa Sarr", attributes={"parti": "UDR"})])
    >>> index.get("per:sarr").attributes
    {'parti': 'UDR'}
    """
    numbering, pack, rows, sizes = Numbering(), _packer(), bytearray(), array("Q", [0])
    names: dict[str, list[Array]] = {"names": [], "surnames": [], "ids": []}
    owners: dict[str, list[Array]] = {"names": [], "surnames": [], "ids": []}
    small: set[int] = set()
    longest, first = 1, 0
    actors = iter(actors)
    while batch := list(islice(actors, _BATCH)):
        lines = list(map(pack, batch))
        rows += b"".join(lines)
        sizes.extend(map(len, lines))
        found = list(map(_looked_up, batch))
        texts = list(chain.from_iterable(found))
        small.update(_small_starts(texts))
        numbered = numbering(texts)
        longest = max(longest, numbered.length)
        counts = np.array([*map(len, found)], np.int64)
        numbers = np.arange(first, first + len(batch), dtype=np.uint32)
        whose = np.repeat(numbers, counts)
        persons = np.array([actor.label == "PER" for actor in batch])
        shown = (np.cumsum(counts) - counts)[persons & (counts > 0)]  # their names, as displayed
        names["names"].append(numbered.names)
        owners["names"].append(whose)
        names["surnames"].append(numbered.surnames[shown])
        owners["surnames"].append(whose[shown])
        digests = b"".join([_digest_of(actor.entity) for actor in batch])
        names["ids"].append(np.frombuffer(digests, np.uint64))
        owners["ids"].append(numbers)
        first += len(batch)
    offsets = np.cumsum(np.frombuffer(sizes, np.uint64), dtype=np.uint64)
    for one in _twice(names["ids"], rows, offsets):
        _note_same_id(one, reports)
    told = {_LENGTH: min(longest, _MOST_WORDS), "reports": [vars(one) for one in reports]}
    arrays: dict[str, Array] = {
        _ROWS: np.frombuffer(rows, np.uint8),
        "offsets": offsets,
        "small": np.array(sorted(small), np.uint64),
        _META: np.frombuffer(json.dumps(told).encode("utf-8", "replace"), np.uint8),
    }
    for which, parts in names.items():
        arrays |= _sorted(which, parts, owners[which])
    return ActorIndex(arrays)


def _twice(
    parts: list[Array], rows: bytearray, offsets: Array
) -> Iterator[list[tuple[str, str, str]]]:
    """Id, name and row of the actors of each id that stands more than once."""
    ids = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    order = np.argsort(ids, kind="stable")
    pairs = np.flatnonzero(ids[order][1:] == ids[order][:-1])
    groups: dict[int, list[int]] = {}
    for at in pairs[:_MOST_TWICE].tolist():
        groups.setdefault(int(ids[order[at]]), [int(order[at])]).append(int(order[at + 1]))
    for numbers in groups.values():
        same = [_unpacked(bytes(rows[offsets[n] : offsets[n + 1]])) for n in numbers]
        yield [(actor.id, actor.name, actor.row) for actor in same]


def _note_same_id(same: list[tuple[str, str, str]], reports: Sequence[ActorReport]) -> None:
    (_, first, _), *others = same
    for key, name, row in others:
        file, _, line = row.rpartition(":")
        if name != first:
            for report in reports:
                if Path(report.path).name == file:
                    report.note_same_id(int(line), key, first)


def _sorted(which: str, parts: list[Array], owners: list[Array]) -> dict[str, Array]:
    keys = np.concatenate(parts) if parts else np.zeros(0, np.uint64)
    whose = np.concatenate(owners) if owners else np.zeros(0, np.uint32)
    kept = np.flatnonzero(keys)
    order = kept[np.argsort(keys[kept], kind="stable")]
    return {which: keys[order], f"{which}_of": whose[order]}


def _looked_up(actor: Actor) -> list[str]:
    """The names by which an actor is looked up: never a surname or a given name alone."""
    found = actor.names
    if actor.label == "ORG":
        return [*found, *(short for name in found if (short := display.__wrapped__(name)) != name)]
    if actor.label != "PER":
        return list(found)
    return [n for n in found if " " in n or "-" in n or len(n.split()) > 1 or n in actor.forms]


def _small_starts(names: Sequence[str]) -> Iterator[int]:
    """The hashes of the words that open names in small letters: « la dame de Plouvarec »."""
    for name in names:
        if not name[0].isupper():
            core = [word for word in words_of(name) if word.text]
            if core and not core[0].is_capital:
                yield hash_of(core[0].text)


def open_lists(paths: str | Path | Sequence[str | Path]) -> ActorIndex:
    """The actors of lists; those of large ones from the disk, where they were read before.

    Raises:
        ActorError: a file is no list of ours, or no row of it can be read.
        FileNotFoundError: a file is not there.
    """
    paths = [paths] if isinstance(paths, str | Path) else paths
    folder = _cache() / _digest(paths)
    if folder.is_dir():
        with suppress(OSError, ValueError, KeyError, TypeError):
            found = ActorIndex.open(folder)
            os.utime(folder)
            for report, path in zip(found.reports, paths, strict=True):
                report.read_from(path)
            return found
    reports, actors = read_lists(paths)
    with collector_paused():
        index = index_of(actors, reports)
    if len(index) < _CACHED_FROM:
        return index
    with suppress(OSError):  # a disk that is full, a home that cannot be written to
        _keep(index, folder)
        return ActorIndex.open(folder)
    return index


def _keep(index: ActorIndex, folder: Path) -> None:
    draft = folder.with_name(f"{TEMPORARY}{uuid.uuid4().hex}")
    try:
        index.save(draft)
        shutil.rmtree(folder, ignore_errors=True)  # one that is not whole
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    kept = [path for path in folder.parent.iterdir() if path.is_dir()]
    kept.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in kept[_MOST_CACHED:]:
        shutil.rmtree(old, ignore_errors=True)


def _cache() -> Path:
    """Where a user's programs keep what they can make again."""
    system = os.environ.get("LOCALAPPDATA") if os.name == "nt" else os.environ.get("XDG_CACHE_HOME")
    return Path(system or Path.home() / ".cache") / "entextract" / "actors"


def _digest(paths: Sequence[str | Path]) -> str:
    """What the table made of lists depends on: their names and contents, our tables and code."""
    whole = digest(_means().encode())
    for path in map(Path, paths):
        whole.update(f"{path.name}\0{file_digest(path)}\n".encode())
    return whole.hexdigest()


@cache
def _means() -> str:
    """The digest of the tables and the code by which names are numbered."""
    whole = digest()
    for package, ending in (("data", ".csv"), ("actors", ".py"), ("names", ".py")):
        for resource in sorted(files(f"entextract.{package}").iterdir(), key=lambda one: one.name):
            if resource.name.endswith(ending):
                with as_file(resource) as path:
                    whole.update(path.read_bytes())
    return whole.hexdigest()
