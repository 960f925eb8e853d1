"""A NER component whose tokens are scored together finds what spaCy's own finds."""

import pickle

import numpy as np
import pytest
import spacy
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Span
from spacy.training import Example

import entextract as ee
from entextract.reading.batched_ner import score_tokens_together

MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 8,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 8,
        "depth": 1,
        "embed_size": 50,
        "window_size": 1,
        "maxout_pieces": 2,
        "subword_features": True,
    },
}
WORDS = ["Lyon", "le", "Anne", "de", " ", "Vire", "\n", "maire", ".", "Kerlech", "et", "SNCF"]


def blank(seed, labels=("PER", "ORG"), beam_width=1, **model):
    """A pipeline whose ``ner`` has weights drawn by chance, so that it finds much in any text."""
    spacy.util.fix_random_seed(seed)
    nlp = spacy.blank("fr")
    factory = "beam_ner" if beam_width > 1 else "ner"
    settings = {"beam_width": beam_width} if beam_width > 1 else {}
    ner = nlp.add_pipe(factory, name="ner", config={"model": {**MODEL, **model}, **settings})
    for label in labels:
        ner.add_label(label)
    nlp.initialize()
    rng = np.random.default_rng(seed)
    for node in ner.model.walk():
        for name in node.param_names:
            values = node.get_param(name)
            node.set_param(name, rng.normal(size=values.shape).astype(np.float32))
    return nlp


def documents(nlp, seed, count=30):
    rng = np.random.default_rng(seed)
    docs = []
    for length in rng.integers(0, 40, size=count):
        words = [WORDS[place] for place in rng.integers(0, len(WORDS), size=length)]
        starts = [not place or bool(rng.random() < 0.2) for place in range(length)]
        docs.append(spacy.tokens.Doc(nlp.vocab, words=words, sent_starts=starts))
    return docs


def found(nlp, docs, batch_size=16):
    ner = nlp.get_pipe("ner")
    return [
        ([(e.start, e.end, e.label_) for e in doc.ents], [token.ent_iob_ for token in doc])
        for doc in ner.pipe(docs, batch_size=batch_size)
    ]


def pair(seed, **settings):
    theirs, ours = blank(seed, **settings), blank(seed, **settings)
    score_tokens_together(ours)
    assert type(ours.get_pipe("ner")) is not EntityRecognizer
    return theirs, ours


@pytest.mark.parametrize("seed", range(12))
def test_entities_are_those_of_spacy(seed):
    theirs, ours = pair(seed, labels=("PER", "ORG", "LOC")[: 1 + seed % 3])
    expected = found(theirs, documents(theirs, seed))
    assert sum(len(entities) for entities, _ in expected) > 5
    assert found(ours, documents(ours, seed)) == expected
    assert found(ours, documents(ours, seed), batch_size=1) == expected


@pytest.mark.parametrize(
    "model",
    [
        {"maxout_pieces": 1},
        {"maxout_pieces": 3},
        {"use_upper": False},
        {"extra_state_tokens": True},
        {"beam_width": 3},
    ],
    ids=str,
)
def test_so_are_those_of_other_shapes(model):
    theirs, ours = pair(3, **model)
    assert found(ours, documents(ours, 3)) == found(theirs, documents(theirs, 3))


def preset(nlp):
    """Documents with an entity, a token that is in none, and one that must not be in any."""
    docs = [doc for doc in documents(nlp, 5) if len(doc) > 9]
    for doc in docs:
        doc.set_ents(
            [Span(doc, 2, 5, "LOC")],
            blocked=[doc[7:8]],
            outside=[doc[8:9]],
            default="missing",
        )
    return docs


def test_entities_that_were_there_stay_and_what_is_blocked_is_none():
    theirs, ours = pair(5)
    expected = found(theirs, preset(theirs))
    assert all((2, 5, "LOC") in entities for entities, _ in expected)
    assert found(ours, preset(ours)) == expected


def test_texts_without_a_token():
    _, ours = pair(1)
    assert [doc.ents for doc in ours.pipe(["", "", ""])] == [(), (), ()]
    assert [len(doc) for doc in ours.pipe(["", "Lyon", ""])] == [0, 1, 0]


def test_training_is_that_of_spacy():
    theirs, ours = pair(2)
    for nlp in (theirs, ours):
        spacy.util.fix_random_seed(0)
        doc = nlp.make_doc("Anne Kerlech dirige la SNCF.")
        told = Example.from_dict(doc, {"entities": [(0, 12, "PER"), (23, 27, "ORG")]})
        optimizer = nlp.resume_training()
        optimizer.learn_rate = 0.02
        for _ in range(20):
            nlp.update([told], sgd=optimizer)
    assert found(ours, documents(ours, 2)) == found(theirs, documents(theirs, 2))
    assert found(ours, documents(ours, 2)) != found(blank(2), documents(ours, 2))


def test_what_is_saved_is_spacys_and_what_is_pickled_finds_the_same(tmp_path):
    _, ours = pair(4)
    ours.to_disk(tmp_path)
    saved = spacy.load(tmp_path)
    assert type(saved.get_pipe("ner")) is EntityRecognizer
    expected = found(ours, documents(ours, 4))
    assert found(saved, documents(saved, 4)) == expected
    again = pickle.loads(pickle.dumps(ours.get_pipe("ner")))  # as for a process of its own
    docs = [again(doc) for doc in documents(ours, 4)]
    assert [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs] == [
        entities for entities, _ in expected
    ]


@pytest.mark.slow
def test_rows_are_those_of_spacys_component(nlp_full, monkeypatch):
    articles = ee.sample_articles()
    monkeypatch.setattr("entextract.reading.load.score_tokens_together", lambda nlp: None)
    assert ee.extract(articles, nlp_full) == ee.extract(articles, ee.load())
