"""Run the measures of a folder of corpora, print a table, fail below the floors.

    python .ci/check_measures.py ../shared

The folder holds bench/measure.py and data/. Floors stand in floors.json beside this file: for each
measure its lowest value, and the highest for "median ratio" (our time over the bare model's) and
"violated" (relations stated that the text does not state).
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).with_name("floors.json")
AT_MOST = {"median ratio", "violated"}


def main(shared: Path) -> int:
    failed = False
    for run, floors in json.loads(FLOORS.read_text(encoding="utf-8")).items():
        what, gold = run.split()
        print(f"\n{run}")
        reached = measure(shared, what, shared / "data" / gold)
        for name, floor in floors.items():
            good = reached[name] <= floor if name in AT_MOST else reached[name] >= floor
            failed |= not good
            bound = "at most" if name in AT_MOST else "at least"
            verdict = "" if good else "   FAILED"
            print(
                f"  {name:20s} {reached[name]:7.4f}   {bound:8s} {floor:.4f}{verdict}", flush=True
            )
    return int(failed)


def measure(shared: Path, what: str, gold: Path) -> dict[str, float]:
    """What one run of measure.py reached, by name of measure."""
    command = [sys.executable, "measure.py", what, str(gold.resolve())]
    if what != "speed":
        command.append("--json")
    done = subprocess.run(command, cwd=shared / "bench", stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
    if what == "speed":
        ratio = re.search(r"median ratio ([\d.]+)", done.stdout)
        if not ratio:
            raise SystemExit(f"no median ratio in the output:\n{done.stdout}")
        return {"median ratio": float(ratio[1])}
    return dict(f_scores(json.loads(done.stdout)))


def f_scores(scores: dict[str, Any], path: str = "") -> Iterator[tuple[str, float]]:
    """Names and F of every measure in nested scores: ``mentions CORE``, ``demonym`` …"""
    for name, value in scores.items():
        if isinstance(value, dict):
            if "f" in value:
                yield f"{path}{name}", value["f"]
            else:
                yield from f_scores(value, f"{path}{name} ")
        elif isinstance(value, int | float):
            yield f"{path}{name}", value


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
