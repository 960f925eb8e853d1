"""Imports go down, never up or round; spaCy stays where documents are; only the command prints."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import entry_points, packages_distributions, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PACKAGE = Path(__file__).resolve().parents[1] / "entextract"

# a package imports only those of a lower line, and itself
LAYERS = (
    {"records", "data", "models"},
    {"tables"},
    {"articles", "export", "evaluation"},
    {"names"},
    {"actors"},
    {"linking", "pipes", "profiles"},
    {"decisions", "graph"},
    {"result"},
    {"reading"},
    {"runs"},
    {"cli"},
)
MAY_IMPORT_SPACY = {"pipes", "reading", "export.article"}
MAY_PRINT = {"cli"}

PUBLIC = "entextract"  # its names, loaded lazily, lead to every layer
MODULES = {
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
NAMED = sorted(MODULES.keys() - {PUBLIC})


def layer(module: str) -> int:
    package = module.split(".")[1]
    (found,) = [number for number, packages in enumerate(LAYERS) if package in packages]
    return found


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def imported(module: str) -> Iterator[str]:
    """Dotted names of everything that a module imports, wherever in the file."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: write imports in full, from entextract"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else str(node.module)


def ours(module: str) -> set[str]:
    return {name for name in imported(module) if name in MODULES} - {PUBLIC}


@pytest.mark.parametrize("module", NAMED)
def test_a_package_imports_only_lower_ones(module: str) -> None:
    package = module.split(".")[1]
    for name in ours(module):
        if name.split(".")[1] != package:
            assert layer(name) < layer(module), f"{module} imports {name}"


def test_no_module_imports_itself_by_way_of_others() -> None:
    TopologicalSorter({module: ours(module) for module in NAMED}).prepare()  # CycleError names it


def test_every_package_has_a_layer() -> None:
    there = {module.split(".")[1] for module in NAMED}
    assert there <= set.union(*LAYERS)
    assert set.union(*LAYERS) <= there | {"models"}


@pytest.mark.parametrize("module", NAMED)
def test_spacy_stays_where_documents_are(module: str) -> None:
    name = module.removeprefix("entextract.")
    if not {name, name.split(".")[0]} & MAY_IMPORT_SPACY:
        assert not {name for name in imported(module) if name.split(".")[0] == "spacy"}


@pytest.mark.parametrize("module", NAMED)
def test_only_the_command_line_prints(module: str) -> None:
    called = {
        n.func.id
        for n in ast.walk(tree(module))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    if module.split(".")[1] not in MAY_PRINT:
        assert "print" not in called


def with_requirements(distribution: str) -> set[str]:
    """A distribution and all that installing it brings, by their names on the index."""
    found: set[str] = set()
    waiting = [distribution]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name not in found:
            found.add(name)
            needed = map(Requirement, requires(name) or ())
            waiting += [r.name for r in needed if not r.marker or r.marker.evaluate({"extra": ""})]
    return found


ALONE = """
import importlib, json, sys

refused, modules = map(set, json.loads(sys.argv[1]))
before = set(sys.modules)

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ImportError(f"{name} is not installed")

sys.meta_path.insert(0, Missing())
import spacy

doc = spacy.blank("en")("Anyone's pipeline.")
assert len(doc) == 4
for module in modules:
    importlib.import_module(module)
assert "spacy.lang.fr" not in sys.modules  # it takes two seconds
assert refused.isdisjoint(name.partition(".")[0] for name in set(sys.modules) - before)
"""


def test_factories_import_only_what_spacy_needs() -> None:
    """spaCy imports all of them for every user, also one in whose environment ours is broken."""
    theirs = with_requirements("spacy")
    refused = [
        package
        for package, distributions in packages_distributions().items()
        if package not in sys.stdlib_module_names
        and not {"entextract", *theirs}.intersection(map(canonicalize_name, distributions))
    ]
    assert {"rapidfuzz", "anyascii", "pandas"} <= set(refused)
    assert {"numpy", "thinc", "srsly"}.isdisjoint(refused)
    modules = {
        point.module
        for group in ("spacy_factories", "spacy_tokenizers")
        for point in entry_points(group=group)
        if point.name.startswith("entextract")
    }
    assert modules
    command = [sys.executable, "-c", ALONE, json.dumps([refused, sorted(modules)])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
