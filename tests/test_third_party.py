"""What users install is known, licensed and wanted: no dependency without a reason."""

import json
import runpy
import tomllib
from pathlib import Path

from packaging.utils import canonicalize_name

import entextract as ee

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


def test_licences_that_restrict_are_named_where_users_read() -> None:
    for line in (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8").splitlines():
        if "GPL" in line or "MPL" in line or "Mozilla" in line:
            name = line.split("|")[1].strip().replace("-", "_")
            for page in ("README.md", "LISEZMOI.md"):
                assert f"`{name}`" in (ROOT / page).read_text(encoding="utf-8"), name


def test_a_bill_of_materials_lists_each_dependency() -> None:
    names = TOOL["runtime_requirements"]()
    parts = [{"name": name.replace("-", "_")} for name in names]
    assert TOOL["missing"](json.dumps({"components": parts})) == []
    assert TOOL["missing"](json.dumps({"components": parts[1:]})) == names[:1]


def test_a_bill_of_materials_says_what_it_is_of() -> None:
    project = tomllib.loads(TOOL["root"]())["project"]
    assert (project["name"], project["version"]) == ("entextract", ee.__version__)
    assert project["license"] == {"text": "MIT"}
    assert any(need.startswith("networkx") for need in project["dependencies"])
