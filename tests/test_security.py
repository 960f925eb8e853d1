"""What SECURITY.md promises: no network, no code from data, nothing outside the folder given."""

import ast
import json
import os
import stat
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

import entextract as ee
from entextract.records.nouns import Entity, Mention, Sentence
from entextract.result import Extraction

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "entextract").rglob("*.py"))  # models/ has what trains, and is not run

# ---- no network

# in the first file that Python runs: what any module does later is seen too
NO_NETWORK = """
import sys

def refuse(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
                 "socket.sendto", "socket.sendmsg", "urllib.Request", "http.client.connect"):
        raise SystemExit(f"the network was used: {event} {args!r}")

sys.addaudithook(refuse)
"""
COMMAND = "from entextract.cli import main; main()"


def run_without_network(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    (folder / "hook").mkdir(exist_ok=True)
    (folder / "hook" / "sitecustomize.py").write_text(NO_NETWORK)
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "hook")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import urllib.request; urllib.request.urlopen('http://localhost:9/')",
    ],
)
def test_the_guard_sees_the_network(code: str, tmp_path: Path) -> None:
    done = run_without_network(tmp_path, "-c", code)
    assert done.returncode == 1
    assert "the network was used" in done.stderr


@pytest.mark.slow
def test_demo_without_network(tmp_path: Path) -> None:
    done = run_without_network(tmp_path, "-c", COMMAND, "demo")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "sortie" / "demo" / "reseau.html").exists()


# ---- nothing outside the folder given

HOSTILE = ["../../fuite", "/tmp/fuite", "..\\..\\fuite", "C:\\fuite", "~/fuite", "\x00fuite", "|id"]


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.slow
def test_hostile_names_write_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "presse"
    folder.mkdir()
    rows = [
        {"id": name, "source": name, "title": name, "text": f"L'ONU a reçu M. Awa Sarr à {name}."}
        for name in HOSTILE
    ]
    lines = "\n".join(json.dumps(row) for row in rows)
    (folder / "a.jsonl").write_text(lines, encoding="utf-8")
    with zipfile.ZipFile(folder / "b.zip", "w") as archive:
        for name in HOSTILE:
            archive.writestr(zipfile.ZipInfo(f"{name}.txt"), "La France répond au Togo.")
    before = files_in(tmp_path)
    out = str(tmp_path / "sortie" / "là")
    done = run_without_network(tmp_path, "-c", COMMAND, "run", str(folder), "-o", out)
    assert done.returncode == 0, done.stderr
    new = files_in(tmp_path) - before
    assert "sortie/là/reseau.html" in new
    assert not [name for name in new if not f"{name}/".startswith(("sortie/", "hook/"))]
    assert not [name for name in new if "fuite" in name]


@pytest.mark.filterwarnings("ignore::entextract.export.ExportWarning")  # what XML forbids
def test_tables_and_graphs_of_hostile_ids_stay_in_their_folder(tmp_path: Path) -> None:
    names = [*HOSTILE, "a"]
    result = Extraction(
        articles=tuple(ee.Article(name, "", name, "2024-01-01", name, name) for name in names),
        mentions=tuple(
            Mention(n, 0, 1, "x", "ORG", "name", f"org:{e}", 0, 0, "r") for n in names for e in "ab"
        ),
        entities=tuple(Entity(f"org:{e}", HOSTILE[0], "ORG", None, ("x",), 8, 8) for e in "ab"),
        sentences=tuple(Sentence(name, 0, 0, 1, name) for name in names),
    )
    out = tmp_path / "deep" / "er" / "out"
    result.to_csv(out)
    graph = ee.EntityGraph.of_comentions(result)
    graph.to_gexf(out / "g.gexf", dynamic="month")
    graph.to_gephi_csv(out / "gephi")
    graph.to_html(out / "g.html", title="../../fuite")
    graph.to_json(out / "g.json")
    graph.to_graphml(out / "g.graphml")
    inside = {f"deep/er/out/{path}" for path in files_in(out)}
    assert len(inside) > 10
    assert files_in(tmp_path) == inside | {"deep", "deep/er", "deep/er/out"}


# ---- temporary files


def test_what_an_archive_holds_is_private_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    table = "texte\n" + "".join(f"Le Togo {number}.\n" for number in range(3))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("presse.csv", table)
    stream = iter(ee.read_articles(tmp_path / "a.zip"))
    next(stream)
    (private,) = (tmp_path / "temp").iterdir()
    assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert list(private.iterdir())
    assert len(list(stream)) == 2
    assert not list((tmp_path / "temp").iterdir())
    stream = iter(ee.read_articles(tmp_path / "a.zip"))
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert not list((tmp_path / "temp").iterdir())


# ---- no code from data

# modules that make objects of bytes, run other programs, or speak to others
REFUSED_MODULES = {
    "pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "subprocess", "socket",
    "ssl", "http", "urllib3", "requests", "httpx", "ftplib", "smtplib", "telnetlib", "xmlrpc",
    "code", "codeop", "ctypes",
}  # fmt: skip
REFUSED_IMPORTS = {"urllib.request", "xml.dom", "xml.sax.expatreader", "xml.etree", "os.system"}
REFUSED_CALLS = {"eval", "exec", "compile", "__import__", "breakpoint", "input"}
REFUSED_METHODS = {
    "unsafe_load", "full_load", "load_all", "unsafe_load_all", "full_load_all", "read_pickle",
    "to_pickle", "system", "popen", "mktemp", "extractall", "startfile",
}  # fmt: skip


def faults(path: Path, source: str) -> list[str]:
    """What a module must not do, with its line."""
    found = []
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module or ""]
        else:
            names = []
        for name in names:
            if name.partition(".")[0] in REFUSED_MODULES or name in REFUSED_IMPORTS:
                found.append(f"{path.name}:{line}: imports {name}")
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in REFUSED_CALLS:
                found.append(f"{path.name}:{line}: calls {called.id}")
            if isinstance(called, ast.Attribute) and (
                called.attr in REFUSED_METHODS
                or (ast.unparse(called) == "yaml.load")
                or any(word.arg == "allow_pickle" for word in node.keywords)
            ):
                found.append(f"{path.name}:{line}: calls {ast.unparse(called)}")
    return found


# the one way to end a text that takes too long, in any thread and on every system
TIME_LIMIT = ROOT / "entextract" / "reading" / "limits.py"


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_code_from_data(path: Path) -> None:
    found = faults(path, path.read_text(encoding="utf-8"))
    assert [fault for fault in found if path != TIME_LIMIT or "ctypes" not in fault] == []


def test_the_time_limit_calls_one_function_of_python() -> None:
    source = TIME_LIMIT.read_text(encoding="utf-8")
    named = {ast.unparse(n) for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Attribute)}
    outermost = {one for one in named if one.startswith("ctypes.")} - {"ctypes.pythonapi"}
    assert outermost == {
        "ctypes.c_ulong",
        "ctypes.py_object",
        "ctypes.pythonapi.PyThreadState_SetAsyncExc",
    }


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "from pickle import loads",
        "import urllib.request",
        "from urllib import request",
        "from xml.etree import ElementTree",
        "eval('1')",
        "yaml.load(text)",
        "yaml.unsafe_load(text)",
        "np.load(path, allow_pickle=True)",
        "archive.extractall()",
        "os.system('true')",
    ],
)
def test_the_search_for_code_finds_it(code: str) -> None:
    assert faults(Path("x.py"), code)
