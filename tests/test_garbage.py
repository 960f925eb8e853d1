"""The search for cycles is as it was once something is written."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from entextract.records.garbage import no_search_for_cycles


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


@pytest.mark.parametrize("was", [True, False])
def test_the_search_goes_on_only_where_it_was_on(was: bool) -> None:
    (gc.enable if was else gc.disable)()
    with no_search_for_cycles():
        assert not gc.isenabled()
    assert gc.isenabled() is was


def test_a_cycle_that_was_made_is_found_by_the_next_full_search() -> None:
    gc.enable()
    with no_search_for_cycles():
        made = weakref.ref(Loop())
    assert made() is not None
    gc.collect()
    assert made() is None


def test_what_somebody_froze_stays_frozen() -> None:
    gc.freeze()
    frozen = gc.get_freeze_count()
    gc.enable()
    with no_search_for_cycles():
        pass
    assert gc.get_freeze_count() == frozen > 0
