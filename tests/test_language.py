"""The command in French and in English: the same work, and no word left in the other language."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from blocks import ROOT
from typer.testing import CliRunner

import entextract as ee
from entextract.cli import app
from entextract.cli.language import CATALOGUES, language_of, speak

sys.path.append(str(ROOT / "tools"))
from messages import messages, path_of

SPEAKING = {"say", "fail", "echo", "progress", "add_task", "BadParameter", "say_first"}
Say = Callable[..., tuple[int, str]]


def field_names(text: str) -> list[str]:
    return sorted(re.findall(r"\{[^}]*\}", text))


# ---- nothing is left


def test_every_message_is_in_french() -> None:
    with path_of("fr").open("rb") as file:
        french = {message.id: message for message in read_po(file, locale="fr") if message.id}
    said = {message.id for message in messages() if message.id}
    assert len(said) > 100
    assert said - french.keys() == set(), "make messages, then translate what is new"
    assert french.keys() - said == set(), "make messages: it takes out what is said no more"
    assert [m.id for m in french.values() if m.fuzzy or not m.string] == []
    unlike = [m.id for m in french.values() if field_names(m.string) != field_names(m.id)]
    assert unlike == []
    # the mark of lines that help keeps as they are
    assert [m.id for m in french.values() if m.string.count("\b") != m.id.count("\b")] == []


def words_in(node: ast.expr) -> str:
    """The words of a text or an f-string that stands in the code as it is."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(map(words_in, node.values))
    return words_in(node.left) + words_in(node.right) if isinstance(node, ast.BinOp) else ""


@pytest.mark.parametrize("path", sorted(CATALOGUES.parent.glob("*.py")), ids=lambda p: p.stem)
def test_what_is_said_can_be_translated(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    bare = [
        words
        for call in calls
        if getattr(call.func, "id", getattr(call.func, "attr", "")) in SPEAKING
        for words in map(words_in, call.args[:1])
        if re.search(r"[A-Za-z]{2}", re.sub("entextract|Python", "", words))
    ]
    assert bare == []


# ---- in which language


def entextract(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command as a user starts it, with some settings of the system."""
    asked = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "ENTEXTRACT_LANG")
    env = {name: value for name, value in os.environ.items() if name not in asked}
    command = [sys.executable, "-c", "from entextract.cli import main; main()", *arguments]
    return subprocess.run(
        command, env=env | settings, capture_output=True, text=True, encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("settings", "arguments", "says"),
    [
        ({"LANG": "fr_FR.UTF-8"}, (), "Erreur : "),
        ({"LANG": "fr_BE.UTF-8", "LC_ALL": "fr_CH.UTF-8"}, (), "Erreur : "),
        ({"ENTEXTRACT_LANG": "fr", "LANG": "C.UTF-8"}, (), "Erreur : "),
        ({"ENTEXTRACT_LANG": "en", "LANG": "fr_FR.UTF-8"}, (), "Error: "),
        ({"ENTEXTRACT_LANG": "en"}, ("--lang", "fr"), "Erreur : "),
        ({"LANG": "fr_FR.UTF-8"}, ("--lang", "en"), "Error: "),
        ({"LANG": "tlh_QO.UTF-8"}, (), "Error: "),  # there is no such locale
        ({"ENTEXTRACT_LANG": "../../x"}, (), "Error: "),
        ({"LANG": "C.UTF-8"}, (), "Error: "),
    ],
)
def test_the_language_is_that_of_the_user(
    settings: dict[str, str], arguments: tuple[str, ...], says: str
) -> None:
    done = entextract(*arguments, "graph", "nulle-part", "-o", "x.gexf", **settings)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)
    assert "Traceback" not in done.stderr


def test_windows_names_languages_in_words() -> None:
    assert language_of("French_Switzerland") == "fr"
    assert language_of("English_United Kingdom") == "en"
    assert language_of("C") in ("en", "c")


# ---- what it says


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> Iterator[Say]:
    monkeypatch.setenv("LANGUAGE", "fr")
    assert [*CATALOGUES.glob("fr/*/*.mo")], "not compiled: pip install --editable ."
    speak("fr")

    def say(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, arguments, prog_name="entextract")
        return result.exit_code, result.output

    yield say
    speak("en")


def test_help_is_in_french(french: Say) -> None:
    code, told = french("run", "--help")
    assert code == 0
    assert told.startswith("Usage : entextract run [OPTIONS]")
    for words in ("Des articles aux tables", "Exemples :", "[obligatoire]", "DOSSIER", "[défaut :"):
        assert words in told
    code, told = french()
    assert "Commandes" in told
    assert "Faire un graphe de tables déjà écrites." in told
    assert "Afficher cette aide." in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run",), "Erreur : Il manque l'argument 'paths'."),
        (("run", "x"), "Erreur : Il manque l'option '-o' / '--out'."),
        (("run", "x", "-o"), "Erreur : L'option '-o' demande une valeur."),
        (("run", "--shards=1", "x"), "Erreur : L'option '--shards' ne prend pas de valeur."),
        (("run", "--zzz"), "Erreur : L'option --zzz n'existe pas"),
        (("run", "--windo", "3"), "Erreur : L'option --windo n'existe pas (peut-être : --window)"),
        (("zzz",), "Erreur : La commande 'zzz' n'existe pas."),
        (("run", "x", "-o", "y", "--workers", "0"), "donnez au moins 1"),
        (("graph", "x", "-o", "y", "--dpi", "9999"), "donnez au plus 1200"),
        (("run", "x", "-o", "y", "--workers", "a"), "donnez un nombre entier"),
        (("run", "x", "-o", "y", "--timeout", "a"), "donnez un nombre"),
        (
            ("run", "x", "-o", "y", "--profile", "q"),
            "'q' n'est pas parmi 'full', 'relations', 'names'.",
        ),
        (("run", "x", "-o", "y", "--window", "z"), "z : choisissez parmi sentence|paragraph"),
        (("check-data", "rien.csv"), "le fichier 'rien.csv' n'existe pas."),
        (("check-data", "."), "'.' est un dossier, pas un fichier."),
        (("demo", "a", "b"), "Erreur : En trop : a b"),
    ],
)
def test_a_wrong_command_is_told_in_french(
    french: Say, arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    code, told = french(*arguments)
    assert code == 2
    assert says in told
    assert not re.search(r"\b(Error|Try|Invalid|Missing|Input|Value)\b", told)


def test_files_and_codes_are_the_same_in_both_languages(french: Say, tmp_path: Path) -> None:
    names = {"country:KZ": "Kazakhstan", "country:MN": "Mongolie"}
    ee.Extraction(
        articles=(ee.Article("a", ""),),
        mentions=tuple(
            ee.Mention("a", 9 * i, 9 * i + 8, name, "COUNTRY", "name", entity, 0, 0, "model")
            for i, (entity, name) in enumerate(names.items())
        ),
        entities=tuple(
            ee.Entity(entity, name, "COUNTRY", entity[-2:], (name,), 1, 1)
            for entity, name in names.items()
        ),
        sentences=(ee.Sentence("a", 0, 0, 30, "Une phrase."),),
    ).to_csv(tmp_path / "visite")
    told = {}
    for language in ("fr", "en"):
        out = tmp_path / f"{language}.gexf"
        told[language] = french(
            "--lang", language, "graph", str(tmp_path / "visite"), "-o", str(out)
        )
    assert told["fr"] == (0, f"entités : 2, liens : 1, dans {tmp_path / 'fr.gexf'}\n")
    assert told["en"] == (0, f"entities: 2, edges: 1, in {tmp_path / 'en.gexf'}\n")
    assert (tmp_path / "fr.gexf").read_bytes() == (tmp_path / "en.gexf").read_bytes()
