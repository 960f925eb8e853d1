"""Run the measures of a folder of corpora, print a table, fail below the floors.

    python .ci/check_measures.py ../shared
    python .ci/check_measures.py ../shared --only cases pages

The folder holds bench/ and data/. Floors stand in floors.json beside this file: for each run
("cases cases/names.jsonl" is a script, or a command of measure.py, then its data) and measure, the
lowest value, or the highest for "median ratio" (our time over the bare model's) and "violated"
(relations stated that the text does not state). They are what was reached: who reaches more raises
them. Runs go two at a time, but those that measure time, which go last and alone; since machines
are noisy, one that is over its bound is made twice more, and the median of the three counts.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
AT_MOST = {"median ratio", "violated"}
SCRIPTS = {"cases", "pages", "exports"}  # the other runs are commands of measure.py
TIMED = {"speed", "first"}
OPTIONS = {"first": ["--limit", "280"]}
AT_ONCE = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--only", nargs="+", metavar="WHAT", help="ner, graph, cases, pages …")
    given = parser.parse_args()
    runs: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    asked = [run for run in runs if not given.only or run.split()[0] in given.only]
    alone = [run for run in asked if run.split()[0] in TIMED]
    failed = False
    with ThreadPoolExecutor(AT_ONCE) as pool:
        together = [run for run in asked if run not in alone]
        for run, done in zip(together, pool.map(timed(given.shared), together), strict=True):
            failed |= not show(run, runs[run], *done)
    for run in alone:
        start = time.monotonic()
        ratio = steady_ratio(given.shared, run, bound=runs[run]["median ratio"])
        failed |= not show(run, runs[run], {"median ratio": ratio}, time.monotonic() - start)
    return int(failed)


def steady_ratio(shared: Path, run: str, bound: float) -> float:
    """The ratio of a run that measures time: of one, or the median of three if that is over."""
    ratios = [measure(shared, run)["median ratio"]]
    if ratios[0] > bound:
        ratios += [measure(shared, run)["median ratio"] for _ in range(2)]
        print(f"\n{run}: {', '.join(f'{ratio:.2f}' for ratio in ratios)}; their median counts")
    return statistics.median(ratios)


def timed(shared: Path) -> Any:
    """A function from a run to what it reached and the seconds that it took."""

    def measured(run: str) -> tuple[dict[str, float], float]:
        start = time.monotonic()
        return measure(shared, run), time.monotonic() - start

    return measured


def show(run: str, floors: dict[str, float], reached: dict[str, float], took: float) -> bool:
    """Print a run beside its floors; whether it keeps them."""
    print(f"\n{run}   {took:.0f} s")
    kept = True
    for name, floor in floors.items():
        good = reached[name] <= floor if name in AT_MOST else reached[name] >= floor
        kept &= good
        bound = "at most" if name in AT_MOST else "at least"
        verdict = "" if good else "   FAILED"
        print(f"  {name:24s} {reached[name]:8.4f}   {bound:8s} {floor:.4f}{verdict}", flush=True)
    return kept


def measure(shared: Path, run: str) -> dict[str, float]:
    """What one run reached, by name of measure."""
    what, data = run.split()
    path = str((shared / "data" / data).resolve())
    if what in SCRIPTS:
        command = [sys.executable, f"{what}.py", path]
    else:
        command = [sys.executable, "measure.py", what, path, *OPTIONS.get(what, [])]
    if what not in TIMED | {"exports"}:
        command.append("--json")
    done = subprocess.run(command, cwd=shared / "bench", stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}")
    if what in TIMED:
        return {"median ratio": median_ratio(done.stdout)}
    last = done.stdout.strip().rpartition("\n")[2]  # lines before it tell of single faults
    return dict(scores(json.loads(last)))


def median_ratio(said: str) -> float:
    """The number in « median ratio 0.95 »."""
    found = re.search(r"median ratio ([\d.]+)", said)
    if not found:
        raise SystemExit(f"no median ratio in the output:\n{said}")
    return float(found[1])


def scores(told: dict[str, Any], path: str = "") -> Iterator[tuple[str, float]]:
    """Names and values of every measure, however nested: ``mentions CORE``, ``by_kind byline`` …

    A value is a number, an F among others, « 3/4 » (the first of the two is taken) or a mean with
    the count of pages that it is of.
    """
    for name, value in told.items():
        if isinstance(value, dict):
            if "f" in value:
                yield f"{path}{name}", value["f"]
            else:
                yield from scores(value, f"{path}{name} ")
        elif isinstance(value, list):
            yield f"{path}{name}", value[0]
        elif isinstance(value, str):
            yield f"{path}{name}", float(value.partition("/")[0])
        elif isinstance(value, int | float):
            yield f"{path}{name}", value


if __name__ == "__main__":
    sys.exit(main())
