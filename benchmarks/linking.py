"""How fast linking is, how much memory it takes and how right it is, on a made-up corpus.

The corpus is drawn at random from a world that knows who is who: persons with the spellings,
initials and lone surnames by which newspapers call them, some of one surname; organisations with
long form, acronym and legal form. Articles speak of a few subjects, so that the same people are
named together, as in the press.

    python benchmarks/linking.py                      1,000,000 mentions, and 100,000 to compare
    python benchmarks/linking.py --mentions 50000     a quick look
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from entextract import tables
from entextract.linking.census import link
from entextract.names.bodies import initials
from entextract.records.nouns import Kind, Label, Mention
from entextract.records.rules import AMBIGUOUS
from entextract.records.spelling import slug

ENTITY_SHARE = 0.08  # entities for each mention: some 150,000 forms for 1,000,000 mentions
ORGANISATIONS = 0.3  # share of the entities
PER_ARTICLE = 20  # mentions
PER_SUBJECT = 14  # entities that are named together
UNIT = 100_000  # mentions of the smaller corpus, which the time for each mention is compared with

_ONSETS = "b br c d dj f g gr h j k kh l m n p r s t tch ch v z zh st kr sl mir ben dar tok"
_VOWELS = "a e i o ou aï é"
_ENDS = "ov ev ski enko yan dze oglu i a in ard eau ez sen ic aev man court ier el et"
_SPELLINGS = (
    ("tch", "ch"),
    ("ch", "sh"),
    ("ou", "u"),
    ("ï", "y"),
    ("dj", "j"),
    ("ski", "sky"),
    ("é", "e"),
    ("kh", "h"),
    ("ev", "eff"),
)
_KINDS = "Banque Institut Agence Fédération Observatoire Compagnie Conseil Fonds Union Centre"
_DOMAINS = "développement transports recherche énergie pêche agriculture santé logement commerce"
_ADJECTIVES = "national régional international africain mondial fédéral général européen"
_TRADES = "Énergie Mines Textile Transports Conseil"
_LEGAL = ("SA", "SAS", "SARL", "GmbH", "Inc.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is named, and how: full forms, each with its weight, and forms used after them."""

    label: Label
    full: tuple[str, ...]
    short: tuple[str, ...]


def persons(draw: random.Random, number: int) -> Iterator[Actor]:
    """Persons; some share a surname, none share both names."""
    given = [row.form for row in tables.given_names() if row.form.isalpha()]
    surnames = [_surname(draw) for _ in range(max(2_000, number))]
    seen: set[str] = set()
    while len(seen) < number:
        common = draw.random() < 0.2
        surname = surnames[int(len(surnames) * draw.random() ** (2 if common else 1))]
        first = draw.choice(given)
        name = f"{first} {surname}"
        if slug(name) in seen:
            continue
        seen.add(slug(name))
        respelt = _respelt(draw, surname)
        others = {f"{first} {respelt}", f"{first[0]}. {surname}"}
        if draw.random() < 0.1:
            others.add(f"{surname} {first}")
        if draw.random() < 0.1:
            others.add(name.upper())
        yield Actor("PER", (name, *sorted(others - {name})), tuple(sorted({surname, respelt})))


def _surname(draw: random.Random) -> str:
    syllables = "".join(
        draw.choice(_ONSETS.split()) + draw.choice(_VOWELS.split())
        for _ in range(draw.choice((1, 2, 2)))
    )
    return (syllables + draw.choice(_ONSETS.split()) + draw.choice(_ENDS.split())).capitalize()


def _respelt(draw: random.Random, name: str) -> str:
    for old, new in draw.sample(_SPELLINGS, 3):
        name = name.replace(old, new)
    return name


def organisations(draw: random.Random, number: int) -> Iterator[Actor]:
    """Bodies with an acronym, and companies with a legal form."""
    seen: set[str] = set()
    while len(seen) < number:
        place = _surname(draw)
        if draw.random() < 0.5:
            kind, (one, two) = draw.choice(_KINDS.split()), draw.sample(_DOMAINS.split(), 2)
            long = f"{kind} {draw.choice(_ADJECTIVES.split())} de {one} et de {two} de {place}"
            full, short = (long,), (min(initials(long), key=len),)
        else:
            long = (
                f"{place} {draw.choice(('Énergie', 'Mines', 'Textile', 'Transports', 'Conseil'))}"
            )
            full, short = (long, f"{long} {draw.choice(_LEGAL)}"), (long,)
        if long not in seen:
            seen.add(long)
            yield Actor("ORG", full, short)


def corpus(number: int, seed: int = 1) -> tuple[list[Mention], list[int]]:
    """Mentions as the pipeline leaves them, and the actor that each one truly means."""
    draw = random.Random(seed)
    total = int(number * ENTITY_SHARE)
    actors = [
        *persons(draw, int(total * (1 - ORGANISATIONS))),
        *organisations(draw, int(total * ORGANISATIONS)),
    ]
    order = list(range(len(actors)))
    draw.shuffle(order)
    subjects = [order[i : i + PER_SUBJECT] for i in range(0, len(order), PER_SUBJECT)]
    rows: list[Mention] = []
    truth: list[int] = []
    article = 0
    while len(rows) < number:
        subject = subjects[int(len(subjects) * draw.random() ** 1.3)]
        cast = draw.sample(subject, min(5, len(subject)))
        _write(draw, f"a{article}", [(i, actors[i]) for i in cast], rows, truth)
        article += 1
    return rows[:number], truth[:number]


def _write(
    draw: random.Random,
    article: str,
    cast: Sequence[tuple[int, Actor]],
    rows: list[Mention],
    truth: list[int],
) -> None:
    """One article: each actor in full, mostly, then by shorter names."""
    place = 0
    for number, actor in cast:
        first = draw.choices(actor.full, [6.0, *[1.0] * (len(actor.full) - 1)])[0]
        forms = [first] if draw.random() < 0.85 else []
        paired = actor.label == "ORG" and len(actor.full) == 1 and bool(forms)
        if paired and draw.random() < 0.5:
            forms.append(actor.short[0])
        else:
            paired = False
        repeat = draw.choices(actor.short, [6.0, *[1.0] * (len(actor.short) - 1)])[0]
        while len(forms) < PER_ARTICLE // len(cast):
            forms.append(repeat if draw.random() < 0.7 else first)
        for i, form in enumerate(forms):
            rule = "acronym-pair" if paired and i < 2 else "model"
            entity = f"{actor.label.lower()}:{slug(form)}"
            kind: Kind = "name"
            row = Mention(
                article, place, place + len(form), form, actor.label, kind, entity, i, i, rule
            )
            rows.append(row)
            truth.append(number)
            place += len(form) + (2 if paired and not i else 40)


def pairwise(rows: Sequence[Mention], truth: Sequence[int]) -> tuple[float, float]:
    """Precision and recall over pairs of mentions: put together, and rightly so.

    A mention whose rule says that it is ambiguous is put together with none.
    """
    found = [
        f"{row.entity} {i}" if AMBIGUOUS in row.rule else row.entity for i, row in enumerate(rows)
    ]
    cells = Counter(zip(found, truth, strict=True))
    right = _pairs(cells.values())
    return right / _pairs(Counter(found).values()), right / _pairs(Counter(truth).values())


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def measure(number: int) -> dict[str, float]:
    """Time, memory and quality of linking that many mentions."""
    rows, truth = corpus(number)
    start, busy = time.perf_counter(), time.process_time()
    linked = link(rows)
    seconds, cpu = time.perf_counter() - start, time.process_time() - busy
    precision, recall = pairwise(linked, truth)
    _, before = pairwise(rows, truth)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if _KIB else 1024**3)
    return {
        "mentions": len(rows),
        "forms": len({row.text for row in rows}),
        "entities": len({row.entity for row in linked}),
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),  # what counts on a machine that others use too
        "microseconds_each": round(cpu / len(rows) * 1e6, 1),
        "peak_gib": round(peak, 2),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "recall_before": round(before, 4),
        "ambiguous": sum(AMBIGUOUS in row.rule for row in linked),
    }


_KIB = sys.platform != "darwin"  # ru_maxrss counts bytes there


def main() -> None:
    """Measure and print one line of JSON a corpus, then the growth of time for each mention."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--mentions", type=int, default=1_000_000)
    number = parser.parse_args().mentions
    link(corpus(1_000)[0])  # tables are read once, and that is not linking
    small = measure(min(UNIT, number // 10))
    large = measure(number)
    for result in (small, large):
        print(json.dumps(result))
    print(f"growth {large['microseconds_each'] / small['microseconds_each']:.2f}")


if __name__ == "__main__":
    main()
