"""Runs ``extract_corpus`` again and again, killed each time at a random moment.

Usage: python killing.py FOLDER KILLS

A process that has everything loaded forks one that does the run, so that the moments fall in the
run itself and not in the loading. Prints how many runs were killed, and how many came to their end.
"""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path

from corpora import Inline, fast_options, made_up, tables

import entextract.runs.run as corpus
from entextract.reading.extraction import read
from entextract.runs.shards import Shards
from entextract.runs.worker import pipeline


def main() -> None:
    folder, kills = Path(sys.argv[1]), int(sys.argv[2])
    articles, options = made_up(60), fast_options(folder / "model")
    corpus.LocalPool = lambda workers, answer: Inline(answer, [])  # type: ignore[assignment,misc]
    draw = random.Random(7)

    def run(out: Path) -> Shards:
        return corpus.read_corpus(articles, out, shard_articles=6, **options)

    start = time.monotonic()
    expected = tables(run(folder / "undisturbed"))
    run_time = time.monotonic() - start
    assert len(expected["mentions"]) == len(read(articles, pipeline_of(options)).mentions)
    killed = ended = 0
    out = folder / "killed"
    while killed < kills:
        if (child := os.fork()) == 0:
            run(out)
            os._exit(0)
        time.sleep(draw.uniform(0, run_time / 2))
        os.kill(child, signal.SIGKILL)
        if os.WIFSIGNALED(os.waitpid(child, 0)[1]):
            killed += 1
            continue
        ended += 1
        assert tables(Shards(out)) == expected
        shutil.rmtree(out)
    assert tables(run(out)) == expected
    left = [str(path) for path in out.rglob(".tmp-*")]
    assert not left, left
    print(killed, ended + 1)


def pipeline_of(options: dict[str, object]):  # type: ignore[no-untyped-def]
    import json

    return pipeline(json.dumps(options), "")


if __name__ == "__main__":
    main()
