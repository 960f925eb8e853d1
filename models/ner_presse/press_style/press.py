"""Reads the marked units of this folder and fills their slots with names drawn anew.

    python models/ner_presse/press_style/press.py            # check every file, count the units
    python models/ner_presse/press_style/press.py --show 20  # print some filled units

A unit is a line, or an article: the lines from ``# article`` to the next blank line. Other lines
that begin with ``#`` are comments. Tags are PER, LOC and ORG; they do not nest. ``{kind}`` is a
slot: outside a tag it is labelled by its kind, inside a tag it is part of the span.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
PIECE = re.compile(r"</?(?:PER|LOC|ORG)>|\{[a-z_]+\d?\}")
ELIDED = re.compile(
    r"\b(?:(d|l|qu|lorsqu|puisqu|jusqu|D|L|Qu|Lorsqu|Puisqu)(?:e|a)|([Aa])u|([Dd])u) $"
)
VOWEL = re.compile(r"[aeiouàâäéèêëîïôöœùûü]", re.I)
PERSON = {"per": "", "fem": "f", "man": "m", "sur": "", "giv": "", "inv": "", "cap": "", "ini": ""}
LABELS = {
    **dict.fromkeys(PERSON, "PER"),
    **dict.fromkeys(("town", "town_fr", "town_be", "town_ch", "town_qc", "town_ma"), "LOC"),
    **dict.fromkeys(("town_af", "country_m", "country_f", "country_v", "place"), "LOC"),
    **dict.fromkeys(("company", "house", "paper", "radio", "party", "acr_party"), "ORG"),
    **dict.fromkeys(("acr_union", "acronym", "club", "body_m", "body_f", "univ"), "ORG"),
}
SHARED = ("country_m", "country_f", "country_v", "town", "place", "acronym")
INSIDE = ("place_fr", "river", "school", "scholar")
Filled = tuple[str, list[tuple[int, int, str]]]


@dataclass(frozen=True)
class Tables:
    """Names by kind; people by origin, as (women's given, men's given, surnames)."""

    by_kind: dict[str, list[str]]
    people: dict[str, dict[str, list[str]]]

    @classmethod
    def read(cls, *paths: Path) -> Tables:
        """Read name tables (columns form, kind, origin)."""
        by_kind: dict[str, list[str]] = {}
        people: dict[str, dict[str, list[str]]] = {}
        for path in paths:
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
                if path.parent != HERE:
                    rows = [row for row in rows if row["kind"] in SHARED]
                for row in rows:
                    by_kind.setdefault(row["kind"], []).append(row["form"])
                    if row["kind"] in ("given_f", "given_m", "surname"):
                        person = people.setdefault(row["origin"], {})
                        person.setdefault(row["kind"], []).append(row["form"])
        people = {k: v for k, v in people.items() if len(v) == 3}
        return cls(by_kind, people)

    def person(self, random: Random, gender: str) -> tuple[str, str]:
        """A given name and a surname of one origin, every origin as likely."""
        origin = self.people[random.choice(sorted(self.people))]
        kind = f"given_{gender or random.choice('fm')}"
        return random.choice(origin[kind]), random.choice(origin["surname"])


def tables() -> Tables:
    """The tables of this folder and the states and towns of the one above."""
    return Tables.read(HERE / "names.csv", HERE.parent / "names.csv")


def units(path: Path) -> list[str]:
    """The units of one file, marked and unfilled."""
    found: list[str] = []
    article: list[str] | None = None
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        line = line.strip()
        if article is not None and not line:
            found.append("\n".join(article))
            article = None
        elif line == "# article":
            article = []
        elif article is not None:
            article.append(line)
        elif line and not line.startswith("#"):
            found.append(line)
    return found


def split(all_units: list[str]) -> tuple[list[str], list[str]]:
    """What may be learnt from, and every fifth unit, which is only scored."""
    learnt = [unit for number, unit in enumerate(all_units, 1) if number % 5]
    return learnt, all_units[4::5]


def kinds() -> Iterator[tuple[str, list[str]]]:
    """Every kind of press with its units."""
    for path in sorted(HERE.glob("*.txt")):
        yield path.stem, units(path)


def fill(unit: str, random: Random, names: Tables) -> Filled:
    """The text and spans of a unit, its slots filled; a numbered slot keeps its name.

    Raises:
        ValueError: A tag or a slot is badly written.
    """
    genders = {n: PERSON[k] for k, n in re.findall(r"\{(fem|man)(\d)\}", unit)}
    drawn: dict[str, tuple[str, str] | str] = {}
    text, spans = "", []
    opened: tuple[int, str] | None = None
    position = 0
    for piece in PIECE.finditer(unit):
        text += _plain(unit[position : piece.start()])
        position = piece.end()
        token = piece[0]
        if token.startswith("</"):
            if not opened or opened[1] != token[2:-1] or text != text.rstrip():
                raise ValueError(f"{token} does not close a span: {unit}")
            if opened[0] == len(text):
                raise ValueError(f"empty span: {unit}")
            spans.append((opened[0], len(text), opened[1]))
            opened = None
        elif token.startswith("<"):
            if opened or unit[position : position + 1].isspace():
                raise ValueError(f"{token} opens badly: {unit}")
            opened = len(text), token[1:-1]
        else:
            kind = token[1:-1].rstrip("0123456789")
            if kind not in LABELS and not (opened and kind in INSIDE):
                raise ValueError(f"{token} is no slot: {unit}")
            form = _form(kind, token[1:-1][len(kind) :], random, names, drawn, genders)
            text = _elide(text, form) if not opened or opened[0] < len(text) else text
            if opened and opened[0] == len(text):
                text = _elide(text, form)
                opened = len(text), opened[1]
            start = len(text)
            text += form
            if not opened:
                spans.append((start, len(text), LABELS[kind]))
    if opened:
        raise ValueError(f"never closed: {unit}")
    return text + _plain(unit[position:]), spans


def _plain(piece: str) -> str:
    if stray := re.search(r"[<>{}]", piece):
        raise ValueError(f"{stray[0]!r} belongs to no tag or slot: {piece}")
    return piece


def _elide(text: str, form: str) -> str:
    """« le », « de », « que », « au », « du » at the end of the text, made to fit a vowel."""
    if not VOWEL.match(form) or not (found := ELIDED.search(text)):
        return text
    if found[1]:
        return text[: found.start()] + found[1] + "’"
    new = {"a": "à l’", "A": "À l’", "d": "de l’", "D": "De l’"}[found[2] or found[3]]
    return text[: found.start()] + new


def _form(
    kind: str,
    number: str,
    random: Random,
    names: Tables,
    drawn: dict[str, tuple[str, str] | str],
    genders: dict[str, str],
) -> str:
    key = number if kind in PERSON else kind + number
    value = drawn.get(key) if number else None
    if value is None:
        if kind in PERSON:
            value = names.person(random, genders.get(number, "") or PERSON[kind])
        else:
            value = _expand(random.choice(names.by_kind[kind]), random, names)
        if number:
            drawn[key] = value
    return value if isinstance(value, str) else _person(kind, *value)


def _expand(form: str, random: Random, names: Tables) -> str:
    """A form of the table with its own slots filled."""
    text, position = "", 0
    for slot in re.finditer(r"\{([a-z_]+)\}", form):
        text += form[position : slot.start()]
        position = slot.end()
        part = _form(slot[1], "", random, names, {}, {})
        text = _elide(text, part) + part
    return text + form[position:]


def _person(kind: str, given: str, surname: str) -> str:
    """One form of a person's name."""
    loud = "".join(c.upper() if len(c.upper()) == 1 else c for c in surname)
    forms = {"sur": surname, "giv": given, "inv": f"{loud} {given}", "cap": f"{given} {loud}"}
    letters = "-".join(f"{part[0]}." for part in given.split("-"))
    forms["ini"] = f"{letters} {surname}"
    return forms.get(kind, f"{given} {surname}")


def main() -> int:
    """Check every unit with several drawings, and print what there is."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--show", type=int, default=0, help="print so many filled units a file")
    shown = parser.parse_args().show
    names = tables()
    faults = 0
    seen: dict[str, str] = {}
    total: Counter[str] = Counter()
    print(f"{'kind':26} units articles words   PER   LOC   ORG nameless")
    for kind, found in kinds():
        count: Counter[str] = Counter()
        for unit in found:
            if unit in seen:
                print(f"{kind}: also in {seen[unit]}: {unit}")
                faults += 1
            seen[unit] = kind
            try:
                for seed in range(3):
                    text, spans = fill(unit, Random(seed), names)
            except (ValueError, KeyError, IndexError) as error:
                print(f"{kind}: {error}")
                faults += 1
                continue
            count.update(label for _, _, label in spans)
            count.update(units=1, articles="\n" in unit, words=len(text.split()))
            count["nameless"] += not spans
        total += count
        _row(kind, count)
        for unit in Random(kind).sample(found, min(shown, len(found))):
            text, spans = fill(unit, Random(), names)
            for start, end, label in reversed(spans):
                text = f"{text[:start]}[{text[start:end]}]{label}{text[end:]}"
            print("   ", text)
    _row("all", total)
    return int(faults > 0)


def _row(kind: str, count: Counter[str]) -> None:
    keys = ("units", "articles", "words", "PER", "LOC", "ORG", "nameless")
    widths = (5, 8, 5, 5, 5, 5, 8)
    cells = " ".join(f"{count[k]:{w}}" for k, w in zip(keys, widths, strict=True))
    print(f"{kind:26} {cells}")


if __name__ == "__main__":
    sys.exit(main())
