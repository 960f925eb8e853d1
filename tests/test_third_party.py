"""What users install is known, licensed and wanted: no dependency without a reason."""

import runpy
from pathlib import Path

from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
TOOL = runpy.run_path(str(ROOT / "tools" / "third_party.py"))


def test_each_dependency_has_a_reason_and_stands_on_the_page() -> None:
    page = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    names = TOOL["runtime_requirements"]()
    assert names, "setup.cfg lists no dependency"
    known = TOOL["reasons"]()
    assert {canonicalize_name(name) for name in names} == known.keys()
    for name in names:
        assert f"| {name} | " in page, f"{name}: run make third-party"


def test_each_dependency_states_a_licence() -> None:
    assert TOOL["licence_of"]("spacy") == "MIT"
    assert "not stated" not in (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
