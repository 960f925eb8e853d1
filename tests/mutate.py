"""Would the tests notice a mistake? Make some at random, one at a time, and see: ``make mutate``.

Usage: python tests/mutate.py [PATH ...] [--places 30] [--seed 8] [--sets 3] [--only NUMBER ...]

A place is a comparison, a condition, an `and`, an arithmetic operator, a number, a truth value or
a returned value of the package; types, messages, texts, and what decorators say (sizes of caches,
slots), which no result shows, are left alone. Each mistake is made in
a copy of the project. The tests that are nearest to the module run first; what they miss is shown
to the next ones, and what all fast tests miss has survived. A test counts only if it passes
without the mistake. The same seed and the same sources give the same places.

A path is a file or a folder, from here or from ``entextract/``: ``make mutate IN="pipes names"``.
"""

from __future__ import annotations

import argparse
import ast
import configparser
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "entextract"
LONGEST = 300  # seconds of processor time for one set of tests: more is a mistake that loops
RINGS = (2, 5)  # test files in the first sets; the last set is all the others
PARALLEL = 20  # test files from which on they are run by several processes
READS = ("pipes", "names", "linking")  # packages whose rules stand in our marked sentences
MARKED = {"examples", "relations", "recorded"}
ABOUT_THE_PROJECT = {"docs", "fuzz", "install", "layers", "notebooks", "readme", "release"}

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}


@dataclass(frozen=True)
class Mutation:
    """One mistake: where, and what stands there instead."""

    path: Path  # from the root of the project
    line: int
    begin: int  # bytes, first included
    end: int  # bytes, last excluded
    before: str
    after: str

    def apply(self, source: bytes) -> bytes:
        return source[: self.begin] + self.after.encode() + source[self.end :]


# --- places -------------------------------------------------------------------------------------


def mutations(path: Path) -> Iterator[Mutation]:
    """Every mistake that could be made in a file, in the order of the tree."""
    source = (ROOT / path).read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for node in visible(ast.parse(source)):
        for place, after in changes(node):
            assert place.end_lineno is not None
            assert place.end_col_offset is not None
            begin = starts[place.lineno - 1] + place.col_offset
            end = starts[place.end_lineno - 1] + place.end_col_offset
            before = " ".join(source[begin:end].decode().split())
            yield Mutation(path, place.lineno, begin, end, before, after)


def files_of(path: Path) -> list[Path]:
    """A file, or those of a folder; a path is looked for here, then in the package.

    Raises:
        SystemExit: There is no such path, or nothing in Python there.
    """
    found = next((p.resolve() for p in (path, PACKAGE / path) if p.exists()), path)
    files = sorted(found.rglob("*.py")) if found.is_dir() else [found] * found.is_file()
    if not files:
        raise SystemExit(f"{path}: no Python file here or in entextract/")
    return files


def visible(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes that a run can see: no types, messages, texts, decorators, no list of names."""
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Assert):
        return
    if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
        return
    if isinstance(node, ast.Assign) and "__all__" in ast.dump(node.targets[0]):
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name not in ("annotation", "returns", "decorator_list"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from visible(child)


def changes(node: ast.AST) -> Iterator[tuple[ast.expr | ast.stmt, str]]:
    """What to write in place of a node or of its condition."""
    match node:
        case ast.Compare():
            for at, op in enumerate(node.ops):
                ops: list[ast.cmpop] = list(node.ops)
                ops[at] = COMPARED[type(op)]()
                yield node, text(ast.Compare(node.left, ops, node.comparators))
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield node, text(ast.BoolOp(other, values))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in COMPUTED:
            yield node, text(ast.BinOp(left, COMPUTED[type(op)](), right))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield node, text(operand)
        case ast.Constant(value=bool(value)):
            yield node, str(not value)
        case ast.Constant(value=int(value)):
            yield node, str(value + 1)
            yield node, f"({value - 1})"
        case ast.Return(value=ast.expr() as value) if text(value) not in ("(None)", "(False)"):
            yield node, "return None"  # which is as false as False
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            yield test, f"(not {text(test)})"
        case ast.comprehension(ifs=ifs):
            for test in ifs:
                yield test, f"(not {text(test)})"


def text(node: ast.expr) -> str:
    return f"({ast.unparse(node)})"


# --- tests --------------------------------------------------------------------------------------


def module_name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


@cache
def importers() -> dict[str, set[str]]:
    """Module of ours -> the modules and test files that import it."""
    paths = [p.relative_to(ROOT) for p in sorted(ROOT.glob("entextract/**/*.py"))]
    ours = {module_name(path) for path in paths}
    found: dict[str, set[str]] = {name: set() for name in ours}
    for path in (*paths, *(p.relative_to(ROOT) for p in sorted(ROOT.glob("tests/*.py")))):
        name = module_name(path)
        for node in ast.walk(ast.parse((ROOT / path).read_bytes())):
            named: list[str] = []
            if isinstance(node, ast.Import):
                named = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for each in named:
                # everything passes through the package itself, which would say nothing
                if each in ours and each not in ("entextract", name):
                    found[each].add(name)
    for name in factories():
        found[name].add("entextract.reading.load")  # which knows them by their names
    return found


def factories() -> set[str]:
    """The modules of our components, which spaCy finds by entry points."""
    setup = configparser.ConfigParser(interpolation=None)
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = setup["options.entry_points"]["spacy_factories"].split("\n")
    return {line.partition("=")[2].partition(":")[0].strip() for line in lines if line}


def nearest(path: Path) -> list[Path]:
    """The fast test files, those that are nearest to a module first."""
    distance = {module_name(path): 0}
    waiting = list(distance)
    for name in waiting:
        for other in sorted(importers().get(name, ())):
            if other not in distance:
                distance[other] = distance[name] + 1
                waiting.append(other)

    def rank(test: Path) -> tuple[bool, float, str]:
        about = test.stem.removeprefix("test_")
        steps = [2.0 * distance.get(f"tests.{test.stem}", 50)]
        if about in MARKED and path.parts[1] in READS:
            steps.append(3)
        for name, far in distance.items():
            parts = [part.strip("_") for part in name.split(".")]
            if about == parts[-1]:
                steps.append(2.0 * far)
            elif about in parts and parts[0] != "tests":
                steps.append(2.0 * far + 1)
        return about in ABOUT_THE_PROJECT, min(steps), test.name

    return sorted((p.relative_to(ROOT) for p in ROOT.glob("tests/test_*.py")), key=rank)


def rings(path: Path) -> Iterator[list[Path]]:
    tests, first = nearest(path), 0
    for size in (*RINGS, len(tests)):
        files = tests[first : first + size]
        yield [path, *files] if first == 0 else files  # its own examples too
        first += size


class Copy:
    """A copy of the project in which mistakes are made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.sound: dict[str, bool] = {}  # test -> whether it passes without a mistake
        for path in ROOT.iterdir():
            if path.name == "models":  # large, and never written to
                (root / path.name).symlink_to(path)
            elif path.is_dir() and not path.name.startswith(".") and path.name != "build":
                shutil.copytree(path, root / path.name)
            elif path.is_file():
                shutil.copy(path, root / path.name)

    def caught(self, mutation: Mutation, files: list[Path]) -> str:
        """The test that fails because of a mistake, or nothing."""
        target = self.root / mutation.path
        source = target.read_bytes()
        refused: list[str] = []
        while True:
            target.write_bytes(mutation.apply(source))
            try:
                failed = self.first_failure([str(file) for file in files], refused)
            finally:
                target.write_bytes(source)
            if not failed or failed == "too long":
                return failed
            if failed not in self.sound:
                self.sound[failed] = not self.first_failure([failed], [])
            if self.sound[failed] or "::" not in failed:
                return failed if self.sound[failed] else ""
            refused.append(failed)

    def first_failure(self, tests: list[str], refused: list[str]) -> str:
        options = ["-x", "-q", "--tb=no", "-p", "no:cacheprovider"]
        if len(tests) > PARALLEL:
            options += ["--numprocesses=logical", "--maxprocesses=4", "--dist=worksteal"]
        command = [sys.executable, "-m", "pytest", *options]
        env = os.environ | {"PYTHONPATH": str(self.root), "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            done = subprocess.run(
                [*command, *(f"--deselect={name}" for name in refused), *tests],
                cwd=self.root,
                env=env,
                capture_output=True,
                text=True,
                timeout=4 * LONGEST,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST)),
            )
        except subprocess.TimeoutExpired:
            return "too long"
        if done.returncode < 0:
            return "too long"
        if done.returncode in (0, 5):
            return ""
        named = re.search(r"^(?:FAILED|ERROR) (.+?)(?: - .*)?$", done.stdout, re.MULTILINE)
        return named[1] if named else tests[0]


# --- the check ----------------------------------------------------------------------------------


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("paths", type=Path, nargs="*", help="files, folders; all by default")
    asked.add_argument("--places", type=int, default=30)
    asked.add_argument("--seed", type=int, default=8)
    asked.add_argument("--sets", type=int, default=3, help="of tests: 2 leave out the far ones")
    asked.add_argument("--only", type=int, nargs="*", help="numbers of places, from 1")
    options = asked.parse_args()

    paths = [file for path in options.paths or [PACKAGE] for file in files_of(path)]
    every = [mutation for path in paths for mutation in mutations(path.relative_to(ROOT))]
    chosen = dict(enumerate(random.Random(options.seed).sample(every, options.places), start=1))
    if options.only:
        chosen = {number: chosen[number] for number in options.only}
    print(f"{len(chosen)} of {len(every)} places, seed {options.seed}\n", flush=True)
    caught = dict.fromkeys(chosen, "")
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        for ring in range(options.sets):  # the last one takes minutes: only what is left sees it
            for number, each in chosen.items():
                if not caught[number]:
                    caught[number] = copy.caught(each, list(rings(each.path))[ring])
                    print(number, each.path, caught[number] or "…", file=sys.stderr, flush=True)
    print("| | Place | Was | Became | Caught by |\n|--:|---|---|---|---|")
    for number, each in chosen.items():
        place = f"{each.path}:{each.line}"
        cells = (place, each.before, each.after, caught[number] or "**survived**")
        print(f"| {number} | {' | '.join(map(cell, cells))} |")
    print(f"\n{sum(map(bool, caught.values()))} of {len(chosen)} caught")


def cell(value: str) -> str:
    value = value if len(value) <= 60 else value[:57] + "…"
    return value.replace("|", "\\|")


if __name__ == "__main__":
    main()
