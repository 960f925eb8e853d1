"""Label-preserving edits of annotated text: names swapped, case, accents, spacing, punctuation.

Every edit is a list of replacements applied at once by `rewrite`, which moves the spans along, so
no edit has to know about offsets shifted by another one.

Example:
    >>> sample = Sample("l' ONU , à Paris", (Span(3, 6, "ORG"), Span(11, 16, "LOC")))
    >>> tidy(sample).text
    "l'ONU, à Paris"
    >>> [tidy(sample).text[s.start : s.end] for s in tidy(sample).spans]
    ['ONU', 'Paris']
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

NBSP = "\u00a0"
APOSTROPHES = "'’"
ELISION_GAP = re.compile(r"(?<=\w['’]) +(?=\w)")
EARLY_SPACE = re.compile(r" +(?=[,.)\]])")
OPENING_SPACE = re.compile(r"(?<=[(\[]) +")
DOUBLE_SPACE = re.compile(r"(?<= ) +")
ACRONYM = re.compile(r"[A-Z]{2,6}\Z")
VOWEL = re.compile(r"[aeiouyhâàéèêëîïôœùûü]", re.I)
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Span:
    """A labelled stretch of text, end exclusive."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Sample:
    """A text with its spans, sorted and without overlap."""

    text: str
    spans: tuple[Span, ...]


Replacement = tuple[int, int, str]
Edit = Callable[[Sample, Random], Sample]


@dataclass(frozen=True)
class Names:
    """Names to draw from, by kind and by origin."""

    by_kind: dict[str, list[str]]
    people: dict[str, tuple[list[str], list[str]]]

    @classmethod
    def read(cls, path: Path) -> Names:
        """Read the name table (columns form, kind, origin)."""
        by_kind: dict[str, list[str]] = {}
        people: dict[str, tuple[list[str], list[str]]] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                by_kind.setdefault(row["kind"], []).append(row["form"])
                if row["kind"] in ("given", "surname"):
                    pair = people.setdefault(row["origin"], ([], []))
                    pair[row["kind"] == "surname"].append(row["form"])
        return cls(by_kind, people)

    def person(self, random: Random) -> tuple[str, str]:
        """A given name and a surname of the same origin, every origin as likely."""
        given, surnames = self.people[random.choice(sorted(self.people))]
        return random.choice(given), random.choice(surnames)


def rewrite(sample: Sample, replacements: Iterable[Replacement]) -> Sample:
    """Apply non-overlapping replacements and move the spans with their text."""
    pieces: list[str] = []
    shifts: list[tuple[int, int, int]] = []
    done = total = 0
    for start, end, new in sorted(replacements):
        pieces += [sample.text[done:start], new]
        total += len(new) - (end - start)
        shifts.append((start, end, total))
        done = end
    pieces.append(sample.text[done:])
    starts = _moved([s.start for s in sample.spans], shifts, at_end=False)
    ends = _moved([s.end for s in sample.spans], shifts, at_end=True)
    spans = (
        Span(start, end, span.label)
        for span, start, end in zip(sample.spans, starts, ends, strict=True)
        if start < end
    )
    return Sample("".join(pieces), tuple(spans))


def _moved(offsets: list[int], shifts: list[tuple[int, int, int]], at_end: bool) -> list[int]:
    """Move sorted offsets; an insertion at an offset belongs to the text outside the span."""
    out: list[int] = []
    done = shift = 0
    for offset in offsets:
        while done < len(shifts):
            start, end, total = shifts[done]
            inserted = start == end
            if end > offset or (at_end and inserted and end == offset):
                break
            shift = total
            done += 1
        out.append(offset + shift)
    return out


def tidy(sample: Sample) -> Sample:
    """Remove the spaces that link extraction leaves after elisions and before punctuation."""
    patterns = (ELISION_GAP, EARLY_SPACE, OPENING_SPACE, DOUBLE_SPACE)
    for pattern in patterns:
        gaps = [(m.start(), m.end(), "") for m in pattern.finditer(sample.text)]
        sample = rewrite(sample, gaps)
    return sample


def apostrophes(sample: Sample, mark: str) -> Sample:
    """Write every apostrophe with one mark."""
    text = sample.text
    return Sample(text.translate({ord(a): mark for a in APOSTROPHES}), sample.spans)


def without_accents(text: str) -> str:
    """Drop the accents, character by character, so that the length stays.

    Example:
        >>> without_accents("Évêque à Nîmes")
        'Eveque a Nimes'
    """
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def upper(text: str) -> str:
    """Capitals, leaving the few characters whose capital is longer."""
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in text)


def capital_accents(text: str) -> str:
    """Drop the accents of capitals only, as typewriters did."""
    return "".join(without_accents(char) if char.isupper() else char for char in text)


def shout(sample: Sample, start: int, end: int, random: Random) -> Sample:
    """Set a stretch of the text in capitals, half of the time without accents."""
    part = upper(sample.text[start:end])
    part = without_accents(part) if random.random() < 0.5 else part
    return Sample(sample.text[:start] + part + sample.text[end:], sample.spans)


def shout_headline(sample: Sample, random: Random) -> Sample:
    """Set the first line in capitals."""
    end = sample.text.find("\n")
    return shout(sample, 0, end if end > 0 else len(sample.text), random)


def shout_lines(sample: Sample, random: Random) -> Sample:
    """Set about a third of the lines in capitals."""
    position = 0
    for line in sample.text.split("\n"):
        if random.random() < 0.33:
            sample = shout(sample, position, position + len(line), random)
        position += len(line) + 1
    return sample


def shout_all(sample: Sample, random: Random) -> Sample:
    """Set the whole text in capitals."""
    return shout(sample, 0, len(sample.text), random)


def shout_names(sample: Sample, random: Random) -> Sample:
    """Set the surnames of persons in capitals, as agencies and sports results do."""
    out: list[Replacement] = []
    for span in sample.spans:
        given, _, surname = sample.text[span.start : span.end].partition(" ")
        if span.label == "PER" and surname:
            out.append((span.start + len(given) + 1, span.end, upper(surname)))
    return rewrite(sample, out)


def hard_spaces(sample: Sample, random: Random) -> Sample:
    """Turn the spaces inside quotes and before high punctuation, and some others, hard."""
    text = re.sub(r"(?<=«) | (?=[»:;?!])", NBSP, sample.text)
    share = random.choice((0.02, 0.1, 1.0))
    text = "".join(NBSP if c == " " and random.random() < share else c for c in text)
    return Sample(text, sample.spans)


def drop_hyphens(sample: Sample, random: Random) -> Sample:
    """Write the hyphens of names as spaces."""
    chars = list(sample.text)
    for span in sample.spans:
        for i in range(span.start, span.end):
            if chars[i] == "-":
                chars[i] = " "
    return Sample("".join(chars), sample.spans)


def stray_stops(sample: Sample, random: Random) -> Sample:
    """Add full stops after some names and words, and drop some at the end of lines."""
    text = sample.text
    out: list[Replacement] = []
    for match in re.finditer(r"(?<=\w)(?= )|(?<=\w)\.(?=\n)", text):
        rate = 0.04 if match.start() == match.end() else 0.3
        if random.random() < rate:
            out.append((match.start(), match.end(), "." if rate < 0.1 else ""))
    return rewrite(sample, out)


def swap_people(sample: Sample, random: Random, names: Names, share: float) -> Sample:
    """Rename persons, the same new name for every mention of a person in the text."""
    new: dict[str, tuple[str, str] | None] = {}
    whose: dict[str, tuple[str, str]] = {}
    for span in sample.spans:
        surface = sample.text[span.start : span.end]
        given, _, surname = surface.partition(" ")
        if span.label == "PER" and surname and surname not in new:
            new[surname] = names.person(random) if random.random() < share else None
            if pair := new[surname]:
                whose[given] = pair
    out = []
    for span in sample.spans:
        if span.label == "PER":
            surface = sample.text[span.start : span.end]
            out.append((span.start, span.end, _renamed(surface, new, whose)))
    return rewrite(sample, out)


def _renamed(
    surface: str, new: dict[str, tuple[str, str] | None], whose: dict[str, tuple[str, str]]
) -> str:
    """The new form of one mention: full name, surname alone or given name alone."""
    given, _, surname = surface.partition(" ")
    if surname and (pair := new.get(surname)):
        return f"{pair[0]} {pair[1]}"
    if not surname and (pair := new.get(given)):
        return pair[1]
    if not surname and given in whose:
        return whose[given][0]
    return surface


def swap_things(sample: Sample, random: Random, names: Names, share: float) -> Sample:
    """Replace acronyms by others and towns by others, when the elision before them still holds."""
    towns = set(names.by_kind["town"])
    new: dict[tuple[str, str], str] = {}
    out: list[Replacement] = []
    for span in sample.spans:
        surface = sample.text[span.start : span.end]
        key = surface, span.label
        if key not in new:
            new[key] = surface
            if random.random() < share:
                new[key] = _other(surface, span.label, random, names, towns)
        out.append((span.start, span.end, new[key]))
    return rewrite(sample, out)


def _other(surface: str, label: str, random: Random, names: Names, towns: set[str]) -> str:
    """Another acronym or town, or the same name where neither fits."""
    if label == "ORG" and ACRONYM.match(surface):
        drawn = random.choice(names.by_kind["acronym"])
        letters = "".join(random.choice("ABCDEFGILMNOPRSTUV") for _ in surface)
        new = drawn if random.random() < 0.5 else letters
    elif label == "LOC" and surface in towns:
        new = random.choice(names.by_kind["town"])
    elif label == "ORG" and surface in names.by_kind["company"]:
        new = random.choice(names.by_kind["company"])
    else:
        return surface
    return new if bool(VOWEL.match(new)) == bool(VOWEL.match(surface)) else surface


LABEL_OF_SLOT = {
    "person": "PER",
    "given": "PER",
    "surname": "PER",
    "town": "LOC",
    "country_m": "LOC",
    "country_f": "LOC",
    "country_v": "LOC",
    "place": "LOC",
    "acronym": "ORG",
    "company": "ORG",
    "body": "ORG",
}


def fill(template: str, random: Random, names: Names) -> Sample:
    """Fill the slots of a sentence, each new slot labelled by its kind.

    A slot is `{kind}`; `{surname}` repeats the last person named.
    """
    text, spans, last = "", [], names.person(random)[1]
    position = 0
    for match in SLOT.finditer(template):
        text += template[position : match.start()]
        kind = match[1]
        if kind == "person":
            given, last = names.person(random)
            form = f"{given} {last}"
        elif kind == "surname":
            form = last
        else:
            form = random.choice(names.by_kind[kind])
        spans.append(Span(len(text), len(text) + len(form), LABEL_OF_SLOT[kind]))
        text += form
        position = match.end()
    return Sample(text + template[position:], tuple(spans))


def join(samples: list[Sample]) -> Sample:
    """Set samples one a line in one text."""
    text, spans = "", []
    for sample in samples:
        spans += [Span(s.start + len(text), s.end + len(text), s.label) for s in sample.spans]
        text += sample.text + "\n"
    return Sample(text, tuple(spans))
