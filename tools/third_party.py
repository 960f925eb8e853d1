"""Write THIRD_PARTY.md: what entextract installs, under which licence, and why it needs it.

    python tools/third_party.py            write the page
    python tools/third_party.py --check    fail if the page is not what would be written
    python tools/third_party.py --bill F   fail if a bill of materials (CycloneDX) lacks a package
    python tools/third_party.py --root F   say in F, as PEP 621 has it, what the bill is of

Packages are those of ``install_requires`` and of the extras that users install; versions and
licences are those of the environment that runs this; the reasons stand in ``dependencies.csv``.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from configparser import ConfigParser
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "THIRD_PARTY.md"
REASONS = Path(__file__).with_name("dependencies.csv")
FOR_DEVELOPERS = {"test", "docs", "dev"}  # extras that no user installs
HEAD = """# Third-party packages

Made by `make third-party`; the reasons stand in `tools/dependencies.csv`. Every package is
fetched by pip, none is copied into this project. Versions are those with which this page was made.

| Package | Version | Licence | Why entextract needs it |
|---|---|---|---|
"""


def runtime_requirements() -> list[str]:
    """Names of what users install, of ``setup.cfg``, sorted."""
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = setup["options"]["install_requires"].splitlines()
    for extra, packages in setup["options.extras_require"].items():
        if extra not in FOR_DEVELOPERS:
            lines += packages.replace(";", "\n").splitlines()
    names = {
        Requirement(line.strip()).name for line in lines if line.strip() and line.strip()[0] != "#"
    }
    return sorted(names, key=str.lower)


def reasons() -> dict[str, str]:
    """Why each package is needed, by its canonical name."""
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {canonicalize_name(row["package"]): row["why"] for row in csv.DictReader(file)}


def licence_of(package: str) -> str:
    """The licence that a package states: an SPDX expression, a short text, or classifiers."""
    said = metadata(package)
    classified = [c for c in said.get_all("Classifier") or () if c.startswith("License ::")]
    text = (said.get("License") or "").strip().split("\n")[0]
    return (
        said.get("License-Expression")
        or (text if 0 < len(text) <= 40 else "")
        or ", ".join(c.rpartition(" :: ")[2] for c in classified)
        or "not stated"
    )


def page() -> str:
    """The page.

    Raises:
        KeyError: a package has no row in ``dependencies.csv``; the message says which.
    """
    why = reasons()
    rows = []
    for name in runtime_requirements():
        if canonicalize_name(name) not in why:
            raise KeyError(
                f"{name} has no row in {REASONS.relative_to(ROOT)}: say why it is needed"
            )
        try:
            version, licence = metadata(name)["Version"], licence_of(name)
        except PackageNotFoundError:
            version, licence = "optional", "see the package"
        rows.append(f"| {name} | {version} | {licence} | {why[canonicalize_name(name)]} |\n")
    return HEAD + "".join(rows)


def root() -> str:
    """What ``setup.cfg`` says of the project, for tools that read ``pyproject.toml`` only.

    >>> root().startswith('[project]\\nname = "entextract"')
    True
    """
    said = metadata("entextract")
    fields = {"name": "Name", "version": "Version", "description": "Summary"}
    lines = [f"{ours} = {json.dumps(said[theirs])}" for ours, theirs in fields.items()]
    needs = [need for need in said.get_all("Requires-Dist") or () if "extra ==" not in need]
    lines += [f"dependencies = {json.dumps(needs)}", 'license = { text = "MIT" }']
    return "\n".join(["[project]", *lines, ""])


def missing(bill: str) -> list[str]:
    """Names of packages that users install and a bill of materials in JSON does not list.

    >>> "spacy" in missing('{"components": [{"name": "numpy"}]}')
    True
    """
    listed = {canonicalize_name(part["name"]) for part in json.loads(bill)["components"]}
    return [name for name in runtime_requirements() if canonicalize_name(name) not in listed]


def main() -> int:
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    asked.add_argument("--check", action="store_true")
    asked.add_argument("--bill", type=Path)
    asked.add_argument("--root", type=Path)
    given = asked.parse_args()
    if given.check:
        return int(PAGE.read_text(encoding="utf-8") != page())
    if given.root:
        given.root.write_text(root(), encoding="utf-8")
        return 0
    if given.bill:
        if lacks := missing(given.bill.read_text(encoding="utf-8")):
            print(f"{given.bill}: lacks {', '.join(lacks)}; run make clean sbom", file=sys.stderr)
        return int(bool(lacks))
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
