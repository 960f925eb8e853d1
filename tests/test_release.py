"""What a release says of itself is the same everywhere, and true."""

import configparser
import json
import re

import jsonschema
import pytest
import yaml
from blocks import ROOT
from packaging.requirements import Requirement
from packaging.version import Version

import entextract as ee

CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
SETUP = configparser.ConfigParser(interpolation=None)
SETUP.read(ROOT / "setup.cfg", encoding="utf-8")
ASKED = [
    Requirement(line)
    for line in SETUP["options"]["install_requires"].split("\n")
    if line and not line.startswith("#")
]
# of the Python that both files of constraints are made for
DIRECT = [one for one in ASKED if not one.marker or one.marker.evaluate({"python_version": "3.11"})]


def pins(name: str) -> dict[str, Version]:
    """The versions of a constraints file, by normal name."""
    text = (ROOT / "constraints" / f"{name}.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==(\S+)$", text, re.MULTILINE)
    return {normal(package): Version(version) for package, version in found}


def normal(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()


def test_citation_follows_the_schema() -> None:
    schema = (ROOT / "tests/schemas/cff-1.2.0.json").read_text(encoding="utf-8")
    plain = json.loads(json.dumps(CITATION, default=str))  # dates
    jsonschema.Draft7Validator(json.loads(schema)).validate(plain)


def test_one_version_and_one_date() -> None:
    assert CITATION["version"] == ee.__version__
    heading = f"## [{ee.__version__}] - {CITATION['date-released']}"
    assert heading in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_oldest_is_the_lower_bound(requirement: Requirement) -> None:
    (bound,) = (s.version for s in requirement.specifier if s.operator == ">=")
    assert pins("oldest")[normal(requirement.name)] == Version(bound)


@pytest.mark.parametrize("requirement", DIRECT, ids=str)
def test_newest_is_supported(requirement: Requirement) -> None:
    assert pins("newest")[normal(requirement.name)] in requirement.specifier


def test_both_readmes_give_the_same_figures() -> None:
    english, french = (
        re.findall(r"\| ([\d.,  ]*\d[^|]*) \| `(?:make|python)", (ROOT / name).read_text("utf-8"))
        for name in ("README.md", "LISEZMOI.md")
    )
    assert len(english) == 8
    assert [re.findall(r"\d+", row) for row in english] == [re.findall(r"\d+", r) for r in french]


def test_figures_are_those_of_the_model_card() -> None:
    card = (ROOT / "models/README.md").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    own, outside = re.findall(r"^\| as it is \| (.*) \|$", card, re.MULTILINE)
    (bare,) = re.findall(
        r"^\| own gold .*?^\| ALL CAPS, no accents \| (.*?) \|$", card, re.M | re.S
    )
    per, country, org, loc, core, _, _, who, edges = range(9)
    for row, columns in [
        (own, (per, country, org, loc)),
        (own, (who, edges)),
        (bare, (core, who, edges)),
        (outside, (per, country, org, loc)),
        (outside, (who, edges)),
    ]:
        figures = row.split(" | ")
        assert f"| {', '.join(figures[column] for column in columns)} |" in readme
