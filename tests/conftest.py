"""Fixtures that several test modules share."""

import os
from functools import cache

import pytest
import spacy
from batches import Batches
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What reads the sentences of ours comes first, so that one process reads each of them once."""
    items.sort(key=lambda item: "batches" not in getattr(item, "fixturenames", ()))


@cache
def loaded(**given: str) -> Language:
    """A pipeline of ours, the same one for the same arguments."""
    return load(**given)


@pytest.fixture(scope="session")
def nlp_full() -> Language:
    """The pipeline as a user loads it. It takes seconds: ask for it only where weights matter."""
    return loaded()


@pytest.fixture(scope="session")
def batches(nlp_full: Language) -> Batches:
    """What the pipeline reads in each sentence of ours alone."""
    return Batches(sentences(), nlp_full)


@pytest.fixture
def loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What code under test loads is loaded once a process, unless it reads a table of a user."""
    for where in ("entextract.load", "entextract.reading.load.load"):
        monkeypatch.setattr(where, lambda **given: (load if "extra" in given else loaded)(**given))


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
