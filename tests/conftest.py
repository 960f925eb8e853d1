"""Fixtures that several test modules share."""

import pytest
import spacy
from hypothesis import HealthCheck, settings
from spacy.language import Language

import entextract as ee
from entextract.reading.load import FIRST, PIPES

# No deadline: a first call reads tables, and a machine may be busy. Folders are written over.
settings.register_profile(
    "entextract", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("entextract")


@pytest.fixture(scope="session")
def nlp_full() -> Language:
    """The pipeline as a user loads it. It takes seconds: ask for it only where weights matter."""
    return ee.load()


@pytest.fixture(scope="session")
def nlp_rules() -> Language:
    """All our pipes on blank French: rules and tables without a model."""
    nlp = spacy.blank("fr")
    for name in (FIRST, *PIPES):
        nlp.add_pipe(name)
    return nlp


@pytest.fixture(scope="session")
def sample_result(nlp_full: Language) -> ee.Extraction:
    """What the shipped articles give."""
    return ee.extract(ee.sample_articles(), nlp_full)
