"""Layers that predict faster than thinc: the same vectors, whatever was read or trained before."""

import pickle

import numpy as np
import pytest
import spacy
from spacy.training import Example

import entextract as ee
from entextract.reading.layers import predict_lean
from entextract.reading.word_types import embed_types_once

TEXTS = [
    "Le maire de Lyon a reçu le maire de Vire.",
    "",
    "Le préfet, lui, n'a reçu personne ; le maire de Lyon non plus.",
    "Lyon",
]


def blank():
    """A small pipeline with vectors of its own, whose weights are the same each time."""
    spacy.util.fix_random_seed(0)
    nlp = spacy.blank("fr")
    rng = np.random.default_rng(0)
    words = sorted({token.text for text in TEXTS for token in nlp.make_doc(text)})
    nlp.vocab.vectors.resize((len(words), 20))
    for word in words[1:]:  # the first has none
        nlp.vocab.set_vector(word, rng.normal(size=20).astype(np.float32))
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 16,
        "attrs": ["NORM", "SHAPE", "SPACY"],
        "rows": [200, 50, 10],
        "include_static_vectors": True,
    }
    encode = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 16,
        "depth": 2,
        "window_size": 1,
        "maxout_pieces": 3,
    }
    model = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    tagger = {"@architectures": "spacy.Tagger.v2", "tok2vec": model}
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.initialize(lambda: examples(nlp))
    return nlp


def examples(nlp):
    docs = [nlp.make_doc(text) for text in TEXTS]
    return [
        Example.from_dict(doc, {"tags": [token.text[:1].lower() for token in doc]}) for doc in docs
    ]


def lean():
    nlp = blank()
    predict_lean(nlp)
    embed_types_once(nlp)
    return nlp


def scores(nlp, texts=TEXTS):
    docs = [nlp.make_doc(text) for text in texts]
    return np.concatenate(nlp.get_pipe("tagger").model.predict(docs))


def assert_same(nlp, other, texts=TEXTS):
    np.testing.assert_allclose(scores(nlp, texts), scores(other, texts), atol=1e-5)


def test_vectors_are_those_of_thinc():
    theirs, ours = blank(), lean()
    assert_same(theirs, ours)
    assert_same(theirs, ours, TEXTS[::-1])
    assert_same(theirs, ours, [TEXTS[0] + " Un mot de plus."])


def test_a_word_of_two_places_is_not_one_with_and_without_blank():
    assert_same(blank(), lean(), ["Lyon Lyon, Lyon"])


def test_training_is_that_of_thinc():
    theirs, ours = blank(), lean()
    assert_same(theirs, ours)
    for nlp in (theirs, ours):
        optimizer = nlp.resume_training()
        for _ in range(5):
            nlp.update(examples(nlp), sgd=optimizer)
    assert_same(theirs, ours)
    assert not np.allclose(scores(ours), scores(blank()), atol=1e-3)


def test_weights_read_anew_are_used(tmp_path):
    trained, ours = blank(), lean()
    scores(ours)
    trained.update(examples(trained), sgd=trained.resume_training())
    trained.to_disk(tmp_path)
    ours.from_disk(tmp_path)
    assert_same(trained, ours)


def test_models_are_copied_and_pickled():
    ours = lean()
    before = scores(ours)
    model = ours.get_pipe("tagger").model
    docs = [ours.make_doc(text) for text in TEXTS]
    for again in (pickle.loads(pickle.dumps(model)), model.copy()):
        np.testing.assert_array_equal(np.concatenate(again.predict(docs)), before)


def test_a_prediction_has_no_gradient():
    model = lean().get_pipe("tagger").model.get_ref("tok2vec")
    _, backprop = model.layers[0]([blank().make_doc("Lyon")], is_train=False)
    with pytest.raises(RuntimeError, match="is_train=True"):
        backprop([])


@pytest.mark.slow
def test_rows_are_those_of_spacys_layers(nlp_full, monkeypatch):
    articles = ee.sample_articles()
    monkeypatch.setattr("entextract.reading.load.predict_lean", lambda nlp: None)
    monkeypatch.setattr("entextract.reading.load.embed_types_once", lambda nlp: None)
    assert ee.extract(articles, nlp_full) == ee.extract(articles, ee.load())
