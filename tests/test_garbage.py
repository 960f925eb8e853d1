"""The search for cycles is as it was once something is read or written."""

import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from spacy.language import Language

import entextract as ee
from entextract.records.garbage import making_what_stays, no_search_for_cycles

BOTH = pytest.mark.parametrize("pause", [no_search_for_cycles, making_what_stays])
Pause = Callable[[], AbstractContextManager[None]]


class Loop:
    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    was = gc.isenabled()
    yield
    gc.unfreeze()
    if was:
        gc.enable()
    else:
        gc.disable()


@BOTH
@pytest.mark.parametrize("was", [True, False])
def test_the_search_goes_on_only_where_it_was_on(pause: Pause, was: bool) -> None:
    (gc.enable if was else gc.disable)()
    with pause():
        assert not gc.isenabled()
    assert gc.isenabled() is was


@BOTH
def test_a_cycle_that_was_made_is_found_by_the_next_full_search(pause: Pause) -> None:
    gc.enable()
    with pause():
        made = weakref.ref(Loop())
    assert made() is not None
    gc.collect()
    assert made() is None


@BOTH
def test_what_somebody_froze_stays_frozen(pause: Pause) -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    gc.enable()
    with pause():
        pass
    assert gc.get_freeze_count() == frozen > 0


def test_no_article_that_was_read_stays_in_memory(
    nlp_fast: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.enable()
    made = []

    def make_doc(text: str, own: Callable[[str], object] = nlp_fast.make_doc) -> object:
        doc = own(text)
        made.append(weakref.ref(doc))
        doc.user_data["loop"] = Loop()  # type: ignore[attr-defined]
        doc.user_data["loop"].me = doc  # type: ignore[attr-defined]
        return doc

    monkeypatch.setattr(nlp_fast, "make_doc", make_doc)
    rows = ee.extract(ee.sample_articles(), nlp_fast, batch_size=4)
    assert len(made) >= len(rows.articles) > 8
    assert [doc for doc in made if doc() is not None] == []
