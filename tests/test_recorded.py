"""The pipeline reads our own texts as it did when someone last looked."""

from difflib import unified_diff

from recorded import FOLDER, recorded
from spacy.language import Language


def test_every_row_is_as_recorded(nlp_full: Language) -> None:
    now = recorded(nlp_full)
    assert {path.name for path in FOLDER.iterdir()} == now.keys()
    for name, lines in now.items():
        before = (FOLDER / name).read_text(encoding="utf-8").splitlines()
        changed = list(unified_diff(before, lines, name, "now", n=0, lineterm=""))
        assert not changed, "run `make recorded`, and read what it changed:\n" + "\n".join(
            changed[:40]
        )
