"""The marked units that the model learns from are well formed, and counted in their README."""

import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "models" / "ner_presse" / "press_style"


@pytest.fixture(scope="module")
def checked() -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(FOLDER / "press.py")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_unit_can_be_filled(checked: "subprocess.CompletedProcess[str]") -> None:
    assert checked.returncode == 0, checked.stdout


def test_the_readme_counts_what_there_is(checked: "subprocess.CompletedProcess[str]") -> None:
    rows = [" | ".join(line.split()) for line in checked.stdout.splitlines()[1:]]
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert rows
    assert [row for row in rows if f"| {row} |" not in readme] == []
