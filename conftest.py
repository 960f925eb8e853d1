"""Fixtures that test modules share, and what examples in docstrings are run with."""

import os
from collections.abc import Callable
from inspect import signature
from typing import Any

import pytest
import spacy
from batches import Batches
from corpora import fast_options
from hypothesis import HealthCheck, settings
from recorded import sentences
from spacy.language import Language

import entextract as ee
from entextract.reading.french import import_french
from entextract.reading.load import FIRST, PIPES

# No deadline: a first call reads tables, and a machine may be busy. Folders are written over.
settings.register_profile(
    "entextract", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("entextract")


os.environ["LANGUAGE"] = "en"  # what the command says is in the language of the code
import_french()  # as ``load`` does: a blank pipeline made before would take four times as long
load = ee.load
Load = Callable[..., Language]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads the sentences of ours comes first, so that one process reads each of them once."""
    items.sort(key=lambda item: "batches" not in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def nlp_full() -> Language:
    """The pipeline as a user loads it. It takes seconds: ask for it only where weights matter."""
    return load()


@pytest.fixture(scope="session")
def load_beside(nlp_full: Language) -> Load:
    """``load`` with the words of the pipeline that is there already, in half the time."""

    def beside(**given: Any) -> Language:
        excluded = [*given.pop("exclude", ()), "vocab"]
        return load(vocab=nlp_full.vocab, exclude=excluded, **given)

    return beside


@pytest.fixture(scope="session")
def fast(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Options of ``load`` for a pipeline that finds countries only, and loads in no time."""
    return fast_options(tmp_path_factory.mktemp("model") / "blank")


@pytest.fixture(scope="session")
def nlp_fast(fast: dict[str, Any]) -> Language:
    """That pipeline."""
    return load(**fast)


@pytest.fixture(scope="session")
def batches(nlp_full: Language) -> Batches:
    """What the pipeline reads in each sentence of ours alone."""
    return Batches(sentences(), nlp_full)


@pytest.fixture(scope="session")
def loaded(nlp_full: Language, load_beside: Load) -> Load:
    """``load`` that gives the same pipeline for the same arguments."""
    made = {_in_full({}): nlp_full}

    def once(**given: Any) -> Language:
        key = _in_full(given)
        if key not in made:
            made[key] = load_beside(**given)
        return made[key]

    return once


def _in_full(given: dict[str, Any]) -> str:
    """The arguments of ``load``, those left out too."""
    bound = signature(load).bind(**given)
    bound.apply_defaults()
    return repr(bound)


@pytest.fixture
def loaded_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What code under test loads is loaded once a process, unless it reads a table of a user."""

    def once(**given: Any) -> Language:
        return request.getfixturevalue("load_beside" if "extra" in given else "loaded")(**given)

    for where in ("", ".reading.load", ".reading.extraction"):
        monkeypatch.setattr(f"entextract{where}.load", once)


@pytest.fixture(autouse=True)
def examples_load_once(request: pytest.FixtureRequest) -> None:
    """An example of a docstring that loads the pipeline is given the one that is there."""
    if isinstance(request.node, pytest.DoctestItem):
        request.getfixturevalue("loaded_once")


@pytest.fixture(scope="session")
def nlp_rules() -> Language:
    """All our pipes on blank French: rules and tables without a model."""
    return _rules()


@pytest.fixture(scope="module")
def nlp_lists() -> Language:
    """The same, of the module's own, to be given lists of actors."""
    return _rules()


def _rules() -> Language:
    nlp = spacy.blank("fr")
    for name in (*FIRST, *PIPES):
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="session")
def sample_result(nlp_full: Language) -> ee.Extraction:
    """What the shipped articles give."""
    return ee.extract(ee.sample_articles(), nlp_full)
