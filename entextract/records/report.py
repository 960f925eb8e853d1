"""What a run says of itself in ``report.json``: how many rows of each table, and the problems."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple, TextIO, get_args

from entextract.records.columns import Table
from entextract.records.nouns import Action, Entity, Problem

REPORT = "report.json"
# a report made by 0.1.0 has neither sentences nor copies, one made by 0.2.0 no quotes
COUNTED: tuple[Table, ...] = (
    "articles",
    "mentions",
    "entities",
    "relations",
    "quotes",
    "sentences",
    "copies",
)


class Report(NamedTuple):
    """What a report says, read back."""

    counts: dict[Table, int]  # rows by table, as far as they were counted
    problems: tuple[Problem, ...]
    former: tuple[Entity, ...]  # as they were before decisions changed them
    stamp: str  # of the run by shards to which the tables belong, see ``stamp``


def write_report(
    file: TextIO,
    counts: Mapping[Table, int],
    problems: Callable[[], Iterable[Problem]],
    former: Sequence[Entity] = (),
    stamp: str = "",
) -> None:
    """Write a report, its problems one at a time.

    Args:
        file: that takes it.
        counts: rows by table.
        problems: gives the problems, anew at each call.
        former: entities as they were before decisions.
        stamp: of the run by shards to which the tables belong.
    """
    head = _json({**_by_name(counts), **_actions(problems())})
    file.write(head.removesuffix("\n}") + ',\n  "problems": [')
    between = "\n"
    for problem in problems():
        file.write(between + "    " + _json(asdict(problem)).replace("\n", "\n    "))
        between = ",\n"
    file.write("]" if between == "\n" else "\n  ]")
    if former:
        told = _json({"former": [asdict(entity) for entity in former]})
        file.write("," + told.removeprefix("{").removesuffix("\n}"))
    if stamp:
        file.write(f',\n  "run": "{stamp}"')
    file.write("\n}\n")


def report_of(
    counts: Mapping[Table, int], problems: Sequence[Problem], former: Sequence[Entity] = ()
) -> dict[str, Any]:
    """What ``write_report`` writes, as plain values."""
    told = {"former": [asdict(entity) for entity in former]} if former else {}
    return {
        **_by_name(counts),
        **_actions(problems),
        "problems": [asdict(p) for p in problems],
        **told,
    }


def _by_name(counts: Mapping[Table, int]) -> dict[str, Any]:
    return {str(table): count for table, count in counts.items()}


def _actions(problems: Iterable[Problem]) -> dict[str, int]:
    actions = dict.fromkeys(get_args(Action), 0)
    for problem in problems:
        actions[problem.action] += 1
    return actions


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def read_report(path: Path) -> Report:
    """Read a report.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is damaged.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        counts = {table: int(report[table]) for table in COUNTED if table in report}
        problems = tuple(Problem(**problem) for problem in report["problems"])
        former = former_of(report.get("former", ()))
        stamp = str(report.get("run", ""))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"{path}: not a report of ours ({error}); make it again") from error
    return Report(counts, problems, former, stamp)


def former_of(rows: Iterable[Mapping[str, Any]]) -> tuple[Entity, ...]:
    """Entities from the plain values that JSON holds."""
    return tuple(Entity(**{**row, "forms": tuple(row["forms"])}) for row in rows)
