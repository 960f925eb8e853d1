"""Kills a run at random moments, starts it again, and compares its files with an undisturbed one.

    python benchmarks/kills.py articles.jsonl [--kills 30] [--seed 7]

The command is ``entextract run articles.jsonl -o FOLDER --shards``; it is killed as the system does
it (SIGKILL, no farewell), from loading to the writing of the graph. A run that comes to its end is
compared and begun anew, and the last is brought to its end. Compared are all files that stay in the
folder, byte by byte. Prints a line a kill, then the figures; 1 is the exit code if a file differs.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("articles", type=Path)
    asked.add_argument("--kills", type=int, default=30)
    asked.add_argument("--shard-size", type=int, default=20)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    draw = random.Random(given.seed)
    with TemporaryDirectory(prefix="kills-") as name:
        folder = Path(name)

        def start(out: Path) -> subprocess.Popen[bytes]:
            command = ["run", str(given.articles.resolve()), "-o", str(out), "--shards"]
            command += ["--shard-size", str(given.shard_size)]
            return subprocess.Popen(
                [sys.executable, "-c", "from entextract.cli import main; main()", *command],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

        begun = time.monotonic()
        assert start(folder / "whole").wait() == 0, "the undisturbed run failed"
        takes = time.monotonic() - begun
        expected = contents(folder / "whole")
        print(f"undisturbed: {takes:.0f} s, {len(expected)} files", flush=True)
        out, killed, ended, differ = folder / "killed", 0, 0, 0
        while killed < given.kills:
            run = start(out)
            try:
                # one in three late: the end of a run has linking, tables and graph to write
                longest = takes if killed % 3 == 2 else takes / 4
                code = run.wait(draw.uniform(0, longest))
            except subprocess.TimeoutExpired:
                run.kill()
                run.wait()
                killed += 1
                shards = len(list((out / "shards").glob("[0-9]*")))
                print(f"kill {killed}: {shards} shards kept", flush=True)
                continue
            ended += 1
            differ += judged(code, expected, out)
            shutil.rmtree(out)
        code = start(out).wait()
        ended += 1
        differ += judged(code, expected, out)
        print(f"{killed} kills, {ended} runs brought to their end, {differ} of these differ")
    return int(differ > 0)


def judged(code: int, expected: dict[str, str], out: Path) -> bool:
    """Whether a run that came to its end is not what it should be; says in what."""
    found = contents(out)
    names = sorted(n for n in expected.keys() | found.keys() if expected.get(n) != found.get(n))
    print(f"ended with {code}: {len(found)} files, {names or 'all the same'}", flush=True)
    return bool(code or names)


def contents(folder: Path) -> dict[str, str]:
    """The digest of each file of a folder."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


if __name__ == "__main__":
    sys.exit(main())
