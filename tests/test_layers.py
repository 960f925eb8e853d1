"""Imports follow the arrows of the design, never back; only the command line prints."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "entextract"

# module -> the modules of ours that it may import; a folder stands for every module in it
ARROWS = {
    "cli": {
        "articles",
        "cli",
        "corpus",
        "run_tables",
        "shards",
        "decisions",
        "evaluation",
        "export",
        "extraction",
        "graph",
        "periods",
        "pipeline",
        "records",
        "suspects",
        "tables",
    },
    "decisions": {"decisions", "forms", "linking", "records", "suspects"},
    "suspects": {"decisions", "forms", "names", "records"},
    "explanation": {"forms", "linking", "records"},
    "articles": {"articles", "records"},
    "copies": {"linking", "records", "sketches"},
    "sketches": set(),
    "run_copies": {"records", "shards", "sketches"},
    "shards": {"agreement", "cells", "records", "sketches"},
    "corpus": {
        "articles",
        "corpus",
        "extraction",
        "locking",
        "pipeline",
        "press_ner",
        "records",
        "shards",
    },
    "agreement": {"forms", "linking", "records"},
    "evaluation": {"records"},
    "extraction": {"agreement", "casing", "copies", "matrices", "pipeline", "records"},
    "casing": {"tables", "forms"},
    "graph": {
        "copies",
        "linking",
        "export",
        "records",
        "backbone",
        "building",
        "counting",
        "evidence",
        "frames",
        "kinds",
        "periods",
        "rows",
        "structure",
        "times",
        "writing",
    },
    "writing": {
        "counting",
        "drawing",
        "evidence",
        "export",
        "kinds",
        "quotations",
        "rows",
        "times",
    },
    "building": {"backbone", "counting", "kinds", "records", "rows", "weights"},
    "rows": {"copies", "counting", "periods", "records", "times"},
    "run_tables": {
        "copies",
        "counting",
        "linked",
        "linking",
        "periods",
        "records",
        "rows",
        "run_views",
        "shards",
        "times",
    },
    "run_views": {"copies", "linked", "records"},
    "counting": set(),
    "weights": {"counting"},
    "backbone": set(),
    "structure": set(),
    "evidence": {"kinds", "records"},
    "periods": {"records", "times", "weights"},
    "frames": set(),
    "kinds": set(),
    "quotations": {"kinds", "records", "times"},
    "times": set(),
    "pipeline": {"matrices", "press_ner"},
    "press_ner": set(),
    "matrices": set(),
    "linked": {"agreement", "linking", "locking", "records", "run_copies", "shards"},
    "linking": {"linking", "bodies", "forms", "identity", "names", "records", "tables"},
    "identity": {"bodies", "forms", "names", "org_names"},
    "org_names": {"bodies", "forms"},
    "bodies": {"forms", "tables"},
    "drawing": {"export"},
    "export": {"export", "kinds", "quotations", "times"},
    "records": {"cells", "decisions", "display", "suspects"},  # the last three in methods only
    "cells": set(),
    "locking": set(),
    "display": {"export", "records"},
    "pipes": {"pipes", "identity", "names", "tables", "forms"},
    "names": {"tables", "forms"},
    "schema": {"tables"},
    "tables": {"tables", "forms"},
    "forms": set(),
}
MAY_IMPORT_SPACY = {
    "casing",
    "cli",
    "display",
    "extraction",
    "matrices",
    "pipeline",
    "pipes",
    "press_ner",
}
PACKAGE_FILES = {"__init__", "data/__init__"}  # public names only, no logic

MODULES = sorted(
    name
    for path in PACKAGE.rglob("*.py")
    if (name := path.relative_to(PACKAGE).with_suffix("").as_posix()) not in PACKAGE_FILES
)


def layer(module: str) -> str:
    return module.partition("/")[0]


def tree(module: str) -> ast.Module:
    return ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[str]:
    """Dotted names of everything that a module imports, wherever in the file."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write imports in full, from entextract"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_imports_follow_the_arrows(module: str) -> None:
    assert layer(module) in ARROWS, f"{module} is new: say in ARROWS what it may import"
    for name in imported(module):
        top, _, rest = name.partition(".")
        if top == "entextract" and rest not in ("__version__", "data"):
            ours = rest.split(".")[0]
            assert ours in ARROWS[layer(module)], f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_spacy_stays_above_the_border(module: str) -> None:
    if layer(module) not in MAY_IMPORT_SPACY:
        assert not {name for name in imported(module) if name.split(".")[0] == "spacy"}


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints(module: str) -> None:
    called = {
        n.func.id
        for n in ast.walk(tree(module))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    if layer(module) != "cli":
        assert "print" not in called


def test_pipeline_knows_pipes_only_by_name() -> None:
    assert not {name for name in imported("pipeline") if name.startswith("entextract.pipes")}


def test_every_arrow_starts_at_a_module() -> None:
    assert set(ARROWS) == {layer(module) for module in MODULES}
