"""Fuzz every target for a number of inputs and write the figures: ``make fuzz FUZZ=10000``.

Inputs that fail are kept in ``failures/TARGET/`` if they are files; others are printed.
"""

from __future__ import annotations

import argparse
import faulthandler
import hashlib
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, Phase, given, seed, settings

from entextract.records.nouns import TABLES
from entextract.result import Extraction
from fuzz.targets import TARGETS, Target

HERE = Path(__file__).resolve().parent
FAILURES = HERE / "failures"
LONGEST = 10  # seconds of processor time for one input
BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"


class Hang(Exception):
    """One input took too long."""


@dataclass
class Outcome:
    """What a target was given and what came of it."""

    inputs: int = 0
    distinct: set[bytes] = field(default_factory=set)
    seconds: float = 0.0
    slowest: float = 0.0
    memory: int = 0  # MB
    failures: list[str] = field(default_factory=list)


def fuzz(
    name: str, target: Target, count: int, start: int, *, keep: Callable[[Any], None] | None = None
) -> Outcome:
    """Give a target some ``count`` inputs.

    Args:
        name: of the target, for messages.
        target: what to fuzz.
        count: how many inputs, see ``Target.share``; finding and shrinking a failure takes more.
        start: seed; the same one gives the same inputs.
        keep: called with the smallest input that fails.

    Returns:
        Counts, times, and the failure that was found, if any.
    """
    outcome = Outcome()
    last: list[Any] = []

    @seed(start)
    @settings(
        max_examples=target.share(count),
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
    )
    @given(target.inputs())
    def one(value: Any) -> None:
        faulthandler.dump_traceback_later(100 * LONGEST, exit=True)
        for each in target.family(value):
            outcome.inputs += 1
            outcome.distinct.add(_digest(each))
            last[:] = [each]
            begun = time.process_time()
            try:
                with _limit():
                    target.run(each, folder)
            finally:
                outcome.slowest = max(outcome.slowest, time.process_time() - begun)
                _empty(folder)

    begun = time.process_time()
    try:
        with TemporaryDirectory(prefix="fuzz-") as name_of_folder:
            folder = Path(name_of_folder)
            one()
    except Exception as error:
        outcome.failures.append(f"{name}: {type(error).__name__}: {str(error)[:500]}")
        outcome.failures.append(f"input: {ascii(last[0])[:1000]}")
        where = traceback.format_tb(error.__traceback__)[-4:]
        outcome.failures.append("".join(where))
        if keep and target.reads:
            keep(last[0])
    faulthandler.cancel_dump_traceback_later()
    outcome.seconds = time.process_time() - begun
    return outcome


def _digest(value: Any) -> bytes:
    """What tells an input from another; graphs and results do not show all they hold."""
    if isinstance(value, nx.Graph):
        value = type(value), list(value.nodes.data()), list(value.edges.data())
    elif isinstance(value, Extraction):
        value = [getattr(value, table) for table in TABLES], value.problems
    return hashlib.blake2b(ascii(value).encode(), digest_size=8).digest()


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


class _limit:
    """Raise Hang where one input takes more than LONGEST seconds."""

    def __enter__(self) -> None:
        def stop(*_: Any) -> None:
            raise Hang(f"more than {LONGEST} s for one input")

        signal.signal(signal.SIGPROF, stop)
        # again each second: Python swallows what is raised while an object is being deleted
        signal.setitimer(signal.ITIMER_PROF, LONGEST, 1)

    def __exit__(self, *_: Any) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "count", type=int, nargs="?", default=1000, help="inputs for each target of files"
    )
    parser.add_argument("--only", nargs="*", default=sorted(TARGETS), metavar="TARGET")
    parser.add_argument("--jobs", type=int, default=2, help="processes")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--figures", action="store_true", help="write them into README.md")
    given_ = parser.parse_args()
    outcomes: dict[str, Outcome] = {}
    each = partial(_fuzz_by_name, count=given_.count, start=given_.seed)
    with ProcessPoolExecutor(given_.jobs) as pool:
        for name, found in zip(given_.only, pool.map(each, given_.only), strict=True):
            outcomes[name] = found
            print(_row(name, found), flush=True)
            for failure in found.failures:
                print("   ", failure.replace("\n", "\n    "), flush=True)
    print(_total(outcomes))
    if given_.figures:
        _write_figures(outcomes, given_.count, given_.seed)
    return int(any(found.failures for found in outcomes.values()))


def _fuzz_by_name(name: str, count: int, start: int) -> Outcome:
    def keep(value: Any) -> None:
        path = FAILURES / name / f"{hashlib.blake2b(value[1], digest_size=4).hexdigest()}"
        path.mkdir(parents=True, exist_ok=True)
        (path / value[0]).write_bytes(value[1])

    found = fuzz(name, TARGETS[name], count, start, keep=keep)
    found.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return found


def _row(name: str, found: Outcome) -> str:
    state = "failed" if found.failures else "held"
    return (
        f"| {name} | {found.inputs} | {len(found.distinct)} | {found.seconds:.0f} "
        f"| {1000 * found.slowest:.0f} | {state} |"
    )


def _total(outcomes: dict[str, Outcome]) -> str:
    inputs = sum(found.inputs for found in outcomes.values())
    distinct = sum(len(found.distinct) for found in outcomes.values())
    seconds = sum(found.seconds for found in outcomes.values())
    failed = sum(bool(found.failures) for found in outcomes.values())
    memory = max(found.memory for found in outcomes.values())
    return (
        f"{inputs} inputs, {distinct} of them distinct, to {len(outcomes)} targets in {seconds:.0f}"
        f" s of processor time; {failed} targets failed; at most {memory} MB of memory"
    )


def _write_figures(outcomes: dict[str, Outcome], count: int, start: int) -> None:
    page = HERE / "README.md"
    before, _, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    header = (
        "| target | inputs | distinct | seconds of processor | slowest, ms | oracle |\n"
        "|---|---:|---:|---:|---:|---|\n"
    )
    rows = "\n".join(_row(name, found) for name, found in outcomes.items())
    command = f"`make fuzz FUZZ={count}` with seed {start}: {_total(outcomes)}."
    text = f"{before}{BEGIN}\n{command}\n\n{header}{rows}\n{END}{after}"
    page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
