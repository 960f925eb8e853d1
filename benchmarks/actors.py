"""Screening against lists of known actors: time, memory, and how often it is right.

The list is made: given names of our tables with surnames drawn at random, each with a function and
a state, a fifth with another spelling of their name. For accuracy it holds half of the persons that
an annotated corpus names, spelt as registers spell them, others who share their surname or their
given name, and pairs who share the whole name; whoever is claimed and is not on the list, or is
another, counts as wrong.

    python benchmarks/actors.py --gold train.jsonl      precision and recall
    python benchmarks/actors.py --load 200000           time and memory of loading, twice
    python benchmarks/actors.py --read 1000000          reading with such a list, and without

An annotated article is a line of JSON with ``text`` and ``spans`` (start, end, label).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HEADER = ("id", "nom", "alias", "fonction", "pays")
_PARTS = ("ba", "mar", "tin", "du", "pont", "ker", "brat", "le", "sou", "za", "mi", "ro", "vé")
_ENDS = ("chau", "lin", "off", "ski", "er", "ou", "al", "ez", "ac", "eau", "ot", "ard", "et")
_TRADES = ("maire", "ministre", "avocat", "directrice", "colonel", "cinéaste", "juge", "éditeur")
_STATES = ("FR", "BE", "CH", "SN", "ML", "TN", "CA", "RU")
_FILLING = 20_000  # actors beside those that the corpus names
_SHARED = 0.05  # of the listed persons: another one has the same name
_READ = 60  # articles read to compare times
_TURNS = 5


def made_up(count: int, draw: random.Random) -> Iterator[tuple[str, ...]]:
    """Rows of persons who do not exist."""
    from entextract import tables

    given = [row.form for row in tables.given_names()]
    family = [
        "".join(draw.choices(_PARTS, k=draw.randint(1, 3))) + draw.choice(_ENDS)
        for _ in range(count // 3 + 1)
    ]
    for number in range(count):
        first, last = draw.choice(given), draw.choice(family).capitalize()
        alias = f"{last.upper()} {first}" if number % 5 == 0 else ""
        name = f"{first} {last}"
        yield f"m{number}", name, alias, draw.choice(_TRADES), draw.choice(_STATES)


def write_list(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """A register with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows)


# --- accuracy


def spelt(name: str, draw: random.Random) -> str:
    """A name as a register may spell it."""
    first, *rest = name.split()
    ways = [
        name,
        name,
        name,
        f"{' '.join(rest).upper()} {first}",
        name.replace("-", " "),
        f"{' '.join(rest)}, {first}",
        f"{first} {draw.choice('ABJM')}. {' '.join(rest)}" if len(rest) == 1 else name,
        name.upper(),
    ]
    return draw.choice(ways)


def persons(articles: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """The full names that a corpus marks, counted."""
    return Counter(
        name
        for article in articles
        for span in article["spans"]
        if span["label"] == "PER"
        and (name := " ".join(article["text"][span["start"] : span["end"]].split()))
        and " " in name
        and name.replace(" ", "").replace("-", "").replace("'", "").isalpha()
    )


def list_for(names: Sequence[str], draw: random.Random) -> tuple[list[tuple[str, ...]], set[str]]:
    """A list with half of these persons, and the names of those who are on it."""
    from entextract.records.spelling import slug

    listed = {name for name in names if draw.random() < 0.5}
    rows: list[tuple[str, ...]] = []
    for name in names:
        first, *rest = name.split()
        number = slug(name)
        trade, state = draw.choice(_TRADES), draw.choice(_STATES)
        if name in listed:
            rows.append((f"p-{number}", spelt(name, draw), "", "", ""))
            if draw.random() < _SHARED:
                rows.append((f"n-{number}", name, "", "joueur de pelote à Plouvarec", ""))
        other = draw.choice(names).split()
        for n, near in enumerate((f"{other[0]} {' '.join(rest)}", f"{first} {other[-1]}")):
            if near not in names:
                rows.append((f"o{n}-{number}", near, "", trade, state))
    rows += made_up(_FILLING, draw)
    return rows, listed


class Truth:
    """Who each mark of a person is: the spellings of one name are one, and its parts are it."""

    def __init__(self, names: Sequence[str]) -> None:
        from entextract.names.person_keys import normalisation_key

        self.key = normalisation_key
        self.first: dict[tuple[str, ...], str] = {}
        for name in names:
            self.first.setdefault(self.key(name), name)

    def person(self, name: str) -> str:
        """The name that stands for the spellings of a name."""
        return self.first.get(self.key(name), name)

    def of(self, article: Mapping[str, Any]) -> dict[tuple[int, int], str]:
        """The person of each mark of an article; empty where its marks do not tell."""
        text = article["text"]
        marks = {
            (span["start"], span["end"]): " ".join(text[span["start"] : span["end"]].split())
            for span in article["spans"]
            if span["label"] == "PER"
        }
        keys = {name: self.key(name) for name in marks.values()}
        found = {}
        for place, name in marks.items():
            own = keys[name]
            near = {
                self.person(other)
                for other, key in keys.items()
                if len(key) > len(own) and own in (key[: len(own)], key[-len(own) :])
            }
            if not near and len(own) > 1:
                near = {self.person(name)}
            found[place] = next(iter(near)) if len(near) == 1 else ""
        return found


def accuracy(path: Path, most: int, seed: int) -> None:
    """Print precision and recall of screening."""
    import entextract as ee
    from entextract.records.ids import key_of
    from entextract.records.spelling import slug

    draw = random.Random(seed)
    articles = [json.loads(line) for line in path.open(encoding="utf-8")][:most]
    told = Truth(sorted(persons(articles)))
    names = sorted(told.first.values())
    rows, listed = list_for(names, draw)
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder, "registre.csv")
        write_list(register, rows)
        nlp = ee.load(extra=register)
    result = ee.extract([ee.Article(a["id"], a["text"]) for a in articles], nlp)
    # the person of each row; nobody for those who only share a name
    of = defaultdict(str, {f"p-{slug(name)}": name for name in names})
    by_article: dict[str, list[Any]] = defaultdict(list)
    for mention in result.mentions:
        by_article[mention.article].append(mention)
    right = claimed = doubtful = wanted = found = shared = flagged = 0
    twice = {row[1] for row in rows if row[0].startswith("n-")}
    wrong: Counter[tuple[str, str, str]] = Counter()
    missed: Counter[str] = Counter()
    for article in articles:
        marks = told.of(article)
        claims = {
            (m.start, m.end): m for m in by_article[article["id"]] if m.list_row and m.list_score
        }
        for (start, end), mention in claims.items():
            over = [name for (a, b), name in marks.items() if a < end and start < b]
            if over and not any(over):
                doubtful += 1
                continue
            claimed += 1
            same = any(name and told.person(of[key_of(mention.entity)]) == name for name in over)
            right += same
            if not same:
                wrong[mention.text, mention.entity, mention.rule] += 1
        for (start, end), name in marks.items():
            if name not in listed:
                continue
            if name in twice:
                shared += 1
                flagged += any(
                    m.start < end and start < m.end and m.list_row and not m.list_score
                    for m in by_article[article["id"]]
                )
                continue
            wanted += 1
            hit = any(
                a < end and start < b and told.person(of[key_of(m.entity)]) == name
                for (a, b), m in claims.items()
            )
            found += hit
            if not hit:
                missed[article["text"][start:end]] += 1
    print(f"{len(articles)} articles, {len(rows)} actors, {len(listed)} of them named")
    print(f"precision {right / claimed:.3f} ({right} of {claimed} claimed; {doubtful} not told)")
    print(f"recall    {found / wanted:.3f} ({found} of {wanted})")
    print(f"persons of a name that two actors have: {flagged} of {shared} mentions are flagged")
    for what, counted in (("wrong", wrong), ("missed", missed)):
        print(f"{what}:", "; ".join(f"{n} {name}" for name, n in counted.most_common(12)))


# --- time and memory


def memory() -> float:
    """Megabytes that the process holds now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


def load_once(path: str) -> None:
    """Load a list, and print seconds of the processor and of the clock, and megabytes."""
    from entextract import tables
    from entextract.actors.index import open_lists
    from entextract.actors.keys import fold

    tables.given_names(), tables.org_words(), fold("x")  # a pipeline has these anyway
    before, clock, used = memory(), time.perf_counter(), time.process_time()
    index = open_lists([path])
    seconds, waited = time.process_time() - used, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{len(index)} actors: {seconds:.1f} s ({waited:.1f} s by the clock), "
        f"{memory() - before:.0f} MB more, {peak - before:.0f} MB at most"
    )


def loading(count: int) -> None:
    """Print what loading a list of so many actors takes, the first time and the second."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "registre.csv")
        write_list(path, made_up(count, random.Random(1)))
        print(f"a list of {path.stat().st_size / 1e6:.0f} MB")
        command = [sys.executable, __file__, "--load-once", str(path)]
        for _ in range(2):
            subprocess.run(command, check=True, env={**os.environ, "XDG_CACHE_HOME": folder})


def reading(count: int, path: Path) -> None:
    """Print how long articles take with such a list, as a share of the time without."""
    import entextract as ee

    texts = [json.loads(line)["text"] for line in path.open(encoding="utf-8")][:_READ]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        register = Path(folder, "registre.csv")
        write_list(register, made_up(count, random.Random(1)))
        pipelines = [ee.load(), ee.load(extra=register)]
        for nlp in pipelines:
            list(nlp.pipe(texts))
        ratios = []
        for _ in range(_TURNS):
            times = []
            for nlp in pipelines:
                start = time.process_time()
                list(nlp.pipe(texts))
                times.append(time.process_time() - start)
            ratios.append(times[1] / times[0])
            print(f"{times[0]:.2f} s without, {times[1]:.2f} s with {count} actors")
        print(f"{sorted(ratios)[_TURNS // 2]:.3f} times as long (median of {_TURNS} turns)")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--gold", type=Path, help="annotated articles, .jsonl")
    parser.add_argument("--articles", type=int, default=10_000, help="at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--load", type=int, help="actors")
    parser.add_argument("--load-once", help="a list")
    parser.add_argument("--read", type=int, help="actors; with --gold")
    given = parser.parse_args()
    if given.load_once:
        load_once(given.load_once)
    elif given.load:
        loading(given.load)
    elif given.read:
        reading(given.read, given.gold)
    else:
        accuracy(given.gold, given.articles, given.seed)


if __name__ == "__main__":
    main()
