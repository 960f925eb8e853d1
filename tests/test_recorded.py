"""The pipeline reads our own texts as it did when someone last looked."""

from difflib import unified_diff

import pytest
from batches import Batches
from recorded import FOLDER, RECORDS


def test_every_file_is_compared() -> None:
    assert {path.name for path in FOLDER.iterdir()} == RECORDS.keys()


@pytest.mark.parametrize("name", RECORDS)
def test_every_row_is_as_recorded(name: str, batches: Batches) -> None:
    lines = list(RECORDS[name](batches))
    before = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    changed = list(unified_diff(before, lines, name, "now", n=0, lineterm=""))
    assert not changed, "run `make recorded`, and read what it changed:\n" + "\n".join(changed[:40])
