"""Ctrl-C: what was read is kept, and the screen says how to go on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from commands import run_command
from corpora import Inline, made_up
from spacy.language import Language
from typer.testing import Result

import entextract as ee
from entextract.runs import run as corpus
from entextract.runs.worker import Task

ARTICLES = made_up(40)
Invoke = Callable[..., Result]


@pytest.fixture
def tasks() -> list[Task]:
    return []


@pytest.fixture
def invoke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nlp_fast: Language, tasks: list[Task]
) -> Invoke:
    """Runs a command on forty articles, by a pipeline that finds countries only."""
    monkeypatch.setattr("entextract.reading.load.load", lambda **given: nlp_fast)
    monkeypatch.setattr(corpus, "LocalPool", lambda workers, answer: Inline(answer, tasks))
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"id": a.id, "text": a.text}) for a in ARTICLES]
    Path("presse.jsonl").write_text("\n".join(lines), encoding="utf-8")

    return run_command


def left_in(folder: str) -> set[str]:
    return {path.name for path in Path(folder).iterdir() if path.name.startswith(".")}


def test_what_was_read_is_written(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    stream = ee.read_articles("presse.jsonl")

    def articles(self: Any) -> Any:
        for article in each(stream):
            seen.append(article.id)
            if len(seen) == 20:
                signal.raise_signal(signal.SIGINT)
            yield article

    each = type(stream).__iter__
    before = signal.getsignal(signal.SIGINT)  # nohup and « & » have it ignored
    with monkeypatch.context() as patch:
        patch.setattr(type(stream), "__iter__", articles)
        result = invoke("run", "presse.jsonl", "-o", "s", code=130)
    assert "Stopping; what was read is written" in result.stderr
    assert "Ctrl-C: stopped after 19 articles" in result.stderr
    rows = ee.Extraction.from_csv("s")
    assert [article.id for article in rows.articles] == [a.id for a in ARTICLES[:19]]
    assert [p.action for p in rows.problems] == ["shortened"]
    assert Path("s/graphe.gexf").exists()
    assert not left_in("s")
    assert signal.getsignal(signal.SIGINT) is before


def test_nothing_read_writes_nothing(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    def articles(self: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        yield ARTICLES[0]

    monkeypatch.setattr("entextract.articles.ArticleStream.__iter__", articles)
    said = invoke("run", "presse.jsonl", "-o", "s", code=130).stderr
    assert "nothing is written" in said
    assert not list(Path("s").iterdir())


def test_too_late_to_stop(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes after the last article stops nothing, and the result is whole."""
    stream = ee.read_articles("presse.jsonl")
    each = type(stream).__iter__

    def articles(self: Any) -> Any:
        yield from each(stream)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(type(stream), "__iter__", articles)
    assert invoke("run", "presse.jsonl", "-o", "s").stdout.startswith("articles: 40")
    assert ee.Extraction.from_csv("s").problems == ()


def test_half_an_evaluation_has_no_score(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"id": a.id, "text": a.text, "entities": []} for a in ARTICLES]
    Path("gold.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    read: list[str] = []
    pipe = spacy.language.Language.pipe

    def stop(self: Any, *texts: Any, **more: Any) -> Any:
        if not read:
            read.append("")
            signal.raise_signal(signal.SIGINT)
        return pipe(self, *texts, **more)

    monkeypatch.setattr(spacy.language.Language, "pipe", stop)
    result = invoke("evaluate", "gold.jsonl", code=130)
    assert "stopped after" in result.stderr
    assert result.stdout == ""


def test_shards_are_kept(
    invoke: Invoke, tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    submit = Inline.submit

    def stop(self: Inline, task: Task) -> None:
        submit(self, task)
        if len(tasks) == 3:
            signal.raise_signal(signal.SIGINT)

    command = ("extract", "presse.jsonl", "-o", "s", "--shards", "--shard-size", "5")
    with monkeypatch.context() as patch:
        patch.setattr(Inline, "submit", stop)
        said = invoke(*command, code=130).stderr
    done = sum(task.articles for task in tasks)
    assert f"Stopped. {done} articles in 3 shards are kept in s: start the same" in said
    assert not left_in("s")
    tasks.clear()
    assert invoke(*command).stdout.startswith("articles: 40")
    assert sum(task.articles for task in tasks) == 40 - done
    assert not left_in("s")


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a signal to a group of processes")
def test_control_c_on_a_terminal(invoke: Invoke, fast: dict[str, Any]) -> None:
    """Workers are told too, as by a terminal, and finish what they have begun."""
    code = """
import sys, json
from entextract.cli import app
from entextract.reading import load as module
if __name__ == "__main__":
    import entextract.runs.run as corpus
    options = json.loads(sys.argv.pop(1))
    read = corpus.read_corpus
    def slowly(articles, *rest, profile, progress, **more):
        def advance(pace):
            print("advanced", flush=True)
            progress(pace)
        return read(articles, *rest, progress=advance, **options, **more)
    corpus.read_corpus = slowly
    app(sys.argv[1:])
"""
    Path("commande.py").write_text(code, encoding="utf-8")
    lines = [json.dumps({"id": f"a{n}", "text": f"Le Mali, {n}."}) for n in range(20_000)]
    Path("presse.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = ["extract", "presse.jsonl", "-o", "s", "--workers", "2", "--shard-size", "50"]
    process = subprocess.Popen(
        [sys.executable, "commande.py", json.dumps(fast), *command],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "advanced\n"
    os.killpg(process.pid, signal.SIGINT)
    since = time.monotonic()
    _, said = process.communicate(timeout=90)
    assert time.monotonic() - since < 60
    assert process.returncode == 130, said
    assert "shards are kept in s: start the same" in said
    assert "Traceback" not in said
    assert not left_in("s")
