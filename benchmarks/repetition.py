"""Growth of the reading time with repetitive texts: is a text twice as long read in twice the time?

    python benchmarks/repetition.py [--components] [--at-most 1.4]

Kinds of text that repeat one thing, each read at two lengths, one twice the other, through
``extract`` and, for those that a piece does not hold, by the pipeline itself. The growth is the
exponent of the time: 1 for linear, 2 for quadratic. Times are of the processor, the least of three
readings. With ``--components``, the growth of each component of the pipeline too. With
``--at-most``, a kind is read again only while it grows faster than that, and 1 is the exit code if
one still does.
"""

from __future__ import annotations

import argparse
import math
import time
from collections.abc import Callable

from spacy.language import Language

import entextract as ee

LENGTH = 20_000  # characters of the shorter text
LONG = 10_000  # words of the shorter text that repeats one of them
ROUNDS = 3
KINDS: dict[str, str] = {
    "name": "Maryvonne Kerlech ",
    "surname": "Kerlech ",
    "names in sentences": "Maryvonne Kerlech a rencontré Vérane Lossec à Brest. ",
    "list of names": "Maryvonne Kerlech, Vérane Lossec, Tanguy Bozellec, ",
    "quotes": "« Oui », a dit Kerlech. « Non », a répondu Lossec. ",
    "open quotes": "« ",
    "commas": "mot, ",
    "brackets": "l'Office des dunes (ODD) (",
    "list with dashes": "- Kerlech\n- Lossec\n",
    "capitals": "LE PRÉSIDENT KAZAKH REÇOIT MARYVONNE KERLECH\n",
    "capitals on one line": "LE PRÉSIDENT KAZAKH REÇOIT MARYVONNE KERLECH, ",
    "offices": "Le ministre de la Mer, Tanguy Bozellec, arrive. Le ministre salue Vérane Lossec. ",
    "bodies": "La société Kerlech Frères recrute. ",
    "couples": "M. Kerlech salue Mme Kerlech. ",
    "own state": "Le président kazakh Tanguy Bozellec dit que son pays rompt. ",
    "acronyms": "l'Office des dunes (ODD) accuse l'ODD. ",
    "dialogue": "– Viendrez-vous ? demande Kerlech.\n– Oui, répond Lossec.\n",
    "states": "La France accuse la Russie et Moscou dénonce Paris, ",
    "one line without a full stop": "la ministre de la Mer a dit que le port serait agrandi et ",
    "hyphens": "Kerlech-Lossec-",
    "lower case": "a b ",
    "marks": ",",
    "elisions": "l'",
}
WORDS = ("Kerlech ", "Kerlech, ", "France ", "dit ", "- ")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--components", action="store_true")
    asked.add_argument("--at-most", type=float, metavar="GROWTH")
    options = asked.parse_args()
    enough = options.at_most or 0.0
    nlp = ee.load()
    ee.extract([ee.Article("a", "Maryvonne Kerlech est à Brest. LE PORT DE BREST EST FERMÉ.")], nlp)
    worst = 0.0
    for kind, unit in KINDS.items():
        short = unit * (LENGTH // len(unit))
        worst = max(worst, measured(kind, short, lambda text: ee.extract([text], nlp), enough))
        if options.components:
            apart = [components(nlp, text) for text in (short, short * 2)]
            for name in apart[0]:
                show(f"    {name}", [found[name] for found in apart])
    for word in WORDS:
        worst = max(worst, measured(f"{LONG} times {word!r}", word * LONG, nlp, enough))
    for mark in (",", "l'"):
        text = mark * (5 * LENGTH // len(mark))
        worst = max(worst, measured(f"{len(text)} characters of {mark!r}", text, nlp, enough))
    print(f"worst growth {worst:.2f}")
    return int(options.at_most is not None and worst > options.at_most)


def measured(what: str, short: str, read: Callable[[str], object], enough: float) -> float:
    """The growth from a text to twice that text; it is printed."""
    pair = [math.inf, math.inf]
    for _ in range(ROUNDS):
        pair = [min(known, seconds_of(read, short * n)) for n, known in enumerate(pair, 1)]
        if growth(pair) <= enough:
            break
    show(what, pair)
    return growth(pair)


def seconds_of(read: Callable[[str], object], text: str) -> float:
    """Seconds of processor time to read a text."""
    begin = time.process_time()
    read(text)
    return time.process_time() - begin


def components(nlp: Language, text: str) -> dict[str, float]:
    """Seconds of processor time of each component, one after the other."""
    times, doc = {}, nlp.make_doc(text)
    for name, pipe in nlp.pipeline:
        begin = time.process_time()
        doc = pipe(doc)
        times[name] = time.process_time() - begin
    return times


def growth(pair: list[float]) -> float:
    """The exponent of the time, from the times of two texts, the second twice as long."""
    return math.log2(pair[1] / max(pair[0], 1e-6))


def show(what: str, pair: list[float]) -> None:
    print(f"{what:32s} {pair[0]:6.2f} s {pair[1]:6.2f} s   growth {growth(pair):.2f}", flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
