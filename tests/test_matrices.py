"""Products of matrices: numpy's, in one thread, with the same results."""

import pytest
import spacy
from thinc.api import NumpyOps
from threadpoolctl import threadpool_info, threadpool_limits

import entextract as ee
from entextract.reading.matrices import multiply_with_numpy, one_thread


def ops_of(nlp):
    models = [getattr(pipe, "model", None) for _, pipe in nlp.components]
    return [node.ops for model in models if model for node in model.walk()]


def threads():
    """Of numpy's library; another package may bring one of its own, which no pipeline uses."""
    return {lib["num_threads"] for lib in threadpool_info() if "numpy" in lib["filepath"]}


def test_loaded_pipeline_multiplies_with_numpy(nlp_full):
    assert len(ops_of(nlp_full)) > 50
    assert not any(ops.use_blis for ops in ops_of(nlp_full))


@pytest.mark.slow
def test_rows_are_those_of_thinc(nlp_full, monkeypatch):
    articles = ee.sample_articles()
    monkeypatch.setattr("entextract.reading.load.multiply_with_numpy", lambda nlp: None)
    thinc = ee.load()
    assert all(ops.use_blis for ops in ops_of(thinc))
    assert ee.extract(articles, nlp_full) == ee.extract(articles, thinc)


def test_other_hardware_is_left_alone():
    class Other(NumpyOps):
        pass

    nlp, other = spacy.blank("fr"), Other()
    nlp.add_pipe("tok2vec")
    for node in nlp.get_pipe("tok2vec").model.walk():
        node.ops = other
    multiply_with_numpy(nlp)
    assert set(map(id, ops_of(nlp))) == {id(other)}


def test_one_thread_while_it_lasts():
    with threadpool_limits(2, user_api="blas"):
        with one_thread():
            assert threads() == {1}
        assert threads() == {2}


def test_articles_are_read_in_one_thread(nlp_full):
    seen = []
    with threadpool_limits(2, user_api="blas"):
        ee.extract(ee.sample_articles()[:2], nlp_full, progress=lambda _: seen.append(threads()))
        assert threads() == {2}
    assert seen == [{1}, {1}]
