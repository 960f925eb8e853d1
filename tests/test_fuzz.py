"""A bounded run of the fuzzer, and all that once failed; ``make fuzz`` runs it for longer."""

from pathlib import Path
from typing import Any

import pytest
from fuzz.run import BEGIN, FAILURES, HERE, LONGEST, Hang, fuzz
from fuzz.targets import TARGETS, Target

# graphs here are made to be changed on the way: the tests that want to know ask changes_of
pytestmark = pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")

PAST = sorted(path for path in FAILURES.glob("*/*/*") if path.is_file())


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_a_few_inputs(name: str) -> None:
    outcome = fuzz(name, TARGETS[name], 130, start=1)
    assert not outcome.failures, "\n".join(outcome.failures)
    assert outcome.inputs >= 20


@pytest.mark.parametrize("path", PAST, ids=lambda p: f"{p.parts[-3]}-{p.parts[-2]}")
def test_past_failures(path: Path, tmp_path: Path) -> None:
    TARGETS[path.parts[-3]].run((path.name, path.read_bytes()), tmp_path)


def test_a_defect_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    def fragile(value: bytes, folder: Path) -> None:
        if b"<" not in value.read_bytes():  # type: ignore[attr-defined]
            raise KeyError("text")

    kept: list[Any] = []
    target = Target(TARGETS["page"].inputs, fragile)
    outcome = fuzz("page", target, 2000, start=0, keep=kept.append)
    assert outcome.failures[0].startswith("page: KeyError")
    assert b"<" not in kept[0][1]
    assert len(kept[0][1]) < 100


def test_what_takes_too_long_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fuzz.run.LONGEST", 0.05)

    def slow(value: object, folder: Path) -> None:
        while True:
            pass

    outcome = fuzz("slow", Target(TARGETS["dates"].inputs, slow, reads=False), 1, start=0)
    assert Hang.__name__ in outcome.failures[0]
    assert LONGEST == 10


def test_figures_name_every_target() -> None:
    figures = (HERE / "README.md").read_text(encoding="utf-8").partition(BEGIN)[2]
    assert not [name for name in TARGETS if f"| {name} |" not in figures]
