"""The page on architecture says what the code is: its places are there, its layers are ours."""

import re

from blocks import ROOT
from test_layers import LAYERS, NAMED

PAGE = (ROOT / "docs/comprendre/architecture.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| `(\w+)(?:/|\.py)` \|", PAGE, re.MULTILINE)
CARRIED = {"models"}  # weights, which stand in a wheel and not in the sources


def test_the_layers_are_those_of_the_code_in_the_same_order() -> None:
    told: dict[int, set[str]] = {}
    for number, package in ROWS:
        told.setdefault(int(number), set()).add(package)
    assert list(told) == list(range(len(LAYERS)))
    assert list(told.values()) == [packages - CARRIED for packages in LAYERS]


def test_every_package_stands_once() -> None:
    there = sorted({module.split(".")[1] for module in NAMED})
    assert sorted(package for _, package in ROWS) == there


def parts() -> dict[str, list[str]]:
    """Modules by package, as the table of the parts of reading has them."""
    found: dict[str, list[str]] = {}
    package = ""
    for first, names in re.findall(r"^\|(.*?)\|.*\| ((?:`\w+`(?:, )?)+) \|$", PAGE, re.MULTILINE):
        package = first.strip(" `/") or package
        found.setdefault(package, []).extend(re.findall(r"`(\w+)`", names))
    return found


def test_every_module_that_reads_stands_once_with_what_it_does() -> None:
    told = parts()
    assert set(told) >= {"names", "linking", "pipes", "reading"}
    for package, modules in told.items():
        there = (ROOT / "entextract" / package).glob("[!_]*.py")
        assert sorted(modules) == sorted(path.stem for path in there), package


def test_every_place_that_is_named_is_there() -> None:
    named = re.findall(r"`((?:entextract|tests|docs)/[\w/.]*|setup\.cfg)`", PAGE)
    assert len(named) > 20
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_folder_of_the_drawing_is_a_package() -> None:
    drawing = re.search(r"```text\n(.*?)```", PAGE, re.DOTALL)
    assert drawing
    folders = re.findall(r"(\w+)/", drawing[1])
    modules = {f"{name}.py" for name in re.findall(r"(\w+)\.py", drawing[1])}
    assert len(folders) > 7
    assert {f"{name}/" for name in folders} | modules <= {
        f"{package}{ending}" for _, package in ROWS for ending in ("/", ".py")
    }
    assert all((ROOT / "entextract" / name).exists() for name in [*folders, *modules])


def test_what_is_named_in_the_code_is_there() -> None:
    assert "PIPES" in (ROOT / "entextract/reading/load.py").read_text(encoding="utf-8")
