"""All decisions of a person, and the checks that compare one with another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from entextract.decisions.decision import Cell, Decision, Verb, key_of, make_decision
from entextract.decisions.yaml_file import read_rows, write_rows
from entextract.records.calendar import Day, day_of
from entextract.records.files import replacing
from entextract.records.ids import has_label, is_id

Given = Mapping[str, Any]
Key = Callable[[str], str]


class Decisions:
    """What a person settled on who is who, to be replayed on this corpus and the next.

    Made from a file by ``read``, or in a notebook from the same keys and values. The order of the
    decisions does not matter.

    Args:
        merge: ``{"into": entity, "from": [entity, …]}``; an entity is an id, a name or a form.
        split: ``{"entity": entity, "as": name or id}`` with one of ``articles``, ``sources``, or
            ``since`` and ``until``: the mentions there are another one's.
        rename: ``{"entity": entity, "name": name}``.
        relabel: ``{"entity": entity, "label": "PER"}``, or ORG, LOC, COUNTRY.
        drop: ``{"entity": entity}``: no entity at all; its mentions are left out.
        never_merge: ``{"entities": [entity, entity, …]}``: different, whatever the names say.

    Each may have a ``reason``.

    Raises:
        DecisionError: a decision cannot be read, or contradicts another.

    >>> Decisions(merge=[{"into": "per:emmanuel-macron", "from": ["E. Macron"]}])
    <Decisions: 1 merge>
    """

    def __init__(
        self,
        *,
        merge: Iterable[Given] = (),
        split: Iterable[Given] = (),
        rename: Iterable[Given] = (),
        relabel: Iterable[Given] = (),
        drop: Iterable[Given] = (),
        never_merge: Iterable[Given] = (),
    ) -> None:
        given: dict[Verb, Iterable[Given]] = {
            "merge": merge,
            "split": split,
            "rename": rename,
            "relabel": relabel,
            "drop": drop,
            "never-merge": never_merge,
        }
        self.rows = tuple(
            make_decision(verb, _cell(values, f"{verb}, number {number}"), file=False)
            for verb, decisions in given.items()
            for number, values in enumerate(decisions, 1)
        )
        check(self.rows, key_of)

    @classmethod
    def read(cls, path: str | Path) -> Decisions:
        """Read and check a YAML file.

        Raises:
            FileNotFoundError: there is no such file.
            DecisionError: the file cannot be read or contradicts itself; the message says where.
        """
        decisions = cls()
        decisions.rows = tuple(read_rows(Path(path)))
        check(decisions.rows, key_of)
        return decisions

    def write(self, path: str | Path) -> None:
        """Write a YAML file that ``read`` reads back; comments of an earlier file are lost."""
        with replacing(path) as file:
            file.write(write_rows(self.rows))

    def __iter__(self) -> Iterator[Decision]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Decisions) and set(self.rows) == set(other.rows)

    def __hash__(self) -> int:
        return hash(frozenset(self.rows))

    def __repr__(self) -> str:
        counts: dict[str, int] = defaultdict(int)
        for row in self.rows:
            counts[row.verb] += 1
        return f"<Decisions: {', '.join(f'{n} {verb}' for verb, n in counts.items()) or 'none'}>"


def _cell(value: Any, at: str) -> Cell:
    if isinstance(value, Mapping):
        return Cell({key: _cell(item, at) for key, item in value.items()}, at)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return Cell([_cell(item, at) for item in value], at)
    return Cell(value, at)


# ---- contradictions


def check(rows: Sequence[Decision], key: Key) -> None:
    """Refuse decisions that cannot all be followed.

    Args:
        rows: the decisions.
        key: what an id or a name is compared by: its spelling, or the id that a corpus gives it.

    Raises:
        DecisionError: at the first contradiction.
    """
    merged = _merged(rows, key)
    _check_cycles(merged, key)
    _check_apart(rows, merged, key)
    _check_splits(rows, merged, key)
    _check_labels(rows, key)
    _check_once(rows, merged, key)


def roots(rows: Iterable[Decision], key: Key) -> dict[str, str]:
    """For each merged entity, the one in which all its merges end; there must be no cycle."""
    into = {key(name): key(row.to) for row in rows if row.verb == "merge" for name in row.entities}
    return {start: _end(start, into) for start in into}


def _end(start: str, into: Mapping[str, str]) -> str:
    while start in into:
        start = into[start]
    return start


def _merged(rows: Iterable[Decision], key: Key) -> dict[str, Decision]:
    """The decision that merges each entity into another."""
    merged: dict[str, Decision] = {}
    for row in rows:
        for name in row.entities if row.verb == "merge" else ():
            if key(name) == key(row.to):
                raise row.error(f"{name} is merged into itself; take it out of « from »")
            before = merged.setdefault(key(name), row)
            if key(before.to) != key(row.to):
                raise row.error(
                    f"{name} is merged into {row.to}, and into {before.to} at {before.where}; "
                    "keep one, or merge these two"
                )
    return merged


def _check_cycles(merged: Mapping[str, Decision], key: Key) -> None:
    settled: set[str] = set()
    for start in merged:
        path: list[str] = []
        at = start
        while at in merged and at not in settled:
            if at in path:
                ring = path[path.index(at) :]
                row = max((merged[name] for name in ring), key=lambda row: row.where)
                way = " → ".join(merged[name].to for name in ring)
                raise row.error(f"the merges go round: {way} → …; choose which one stays")
            path.append(at)
            at = key(merged[at].to)
        settled.update(path)


def _check_apart(rows: Iterable[Decision], merged: Mapping[str, Decision], key: Key) -> None:
    into = {name: key(row.to) for name, row in merged.items()}
    for row in rows:
        for a, b in combinations(row.entities, 2) if row.verb == "never-merge" else ():
            if key(a) == key(b):
                raise row.error(f"{a} and {b} are one already; split it, or write their ids")
            if _end(key(a), into) == _end(key(b), into):
                merge = merged.get(key(a)) or merged[key(b)]
                raise row.error(
                    f"{a} and {b} are never to be merged, and are merged at {merge.where}; "
                    "delete one of the two"
                )


def _check_splits(rows: Sequence[Decision], merged: Mapping[str, Decision], key: Key) -> None:
    into = {name: key(row.to) for name, row in merged.items()}
    splits: dict[str, list[Decision]] = defaultdict(list)
    for row in rows:
        if row.verb == "split":
            splits[key(row.entities[0])].append(row)
    for entity, parts in splits.items():
        for row in parts:
            if _end(key(row.to), into) == entity:
                raise row.error(f"{row.entities[0]} is split off as itself; give another name")
            if key(row.to) in splits:
                raise row.error(f"{row.to} is split too; split {row.entities[0]} part by part")
        for a, b in combinations(parts, 2):
            if key(a.to) != key(b.to) and _overlap(a, b):
                raise b.error(
                    f"{b.entities[0]} is split the same way at {a.where}, as {a.to}; keep one"
                )


def _overlap(a: Decision, b: Decision) -> bool:
    if a.since or a.until:
        first = max(day_of(row.since) or Day.min for row in (a, b))
        last = min(day_of(row.until) or Day.max for row in (a, b))
        return bool(b.since or b.until) and first <= last
    return bool({*a.articles} & {*b.articles} or {*a.sources} & {*b.sources})


def _check_labels(rows: Iterable[Decision], key: Key) -> None:
    for row in rows:
        if row.verb == "relabel" and row.to == "COUNTRY":
            entity = key(row.entities[0])
            if is_id(entity) and not has_label(entity, "COUNTRY"):
                raise row.error("a country has an id of its own; merge into it: country:FR …")


def _check_once(rows: Sequence[Decision], merged: Mapping[str, Decision], key: Key) -> None:
    """An entity has one name and one label; one that is gone has nothing more to settle."""
    said: dict[tuple[str, str], Decision] = {}
    for row in rows:
        if row.verb not in ("rename", "relabel", "drop", "split"):
            continue
        entity = key(row.entities[0])
        if entity in merged:
            raise row.error(
                f"{row.entities[0]} is merged into {merged[entity].to} at "
                f"{merged[entity].where}; {row.verb} that one, or delete the merge"
            )
        if row.verb == "split":
            continue
        before = said.setdefault((row.verb, entity), row)
        if before.to != row.to:
            raise row.error(
                f"{row.entities[0]} is {before.to} at {before.where}, {row.to} here; keep one"
            )
    gone = {key(row.entities[0]): row for row in rows if row.verb == "drop"}
    for row in rows:
        used = row.entities if row.verb not in ("drop", "never-merge") else ()
        for name in (*used, *((row.to,) if row.verb == "merge" else ())):
            if key(name) in gone:
                raise row.error(
                    f"{name} is dropped at {gone[key(name)].where}; delete one of the two"
                )
