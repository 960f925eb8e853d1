"""A slow article is left out and named, and the run goes on."""

import json
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import spacy
from corpora import Inline, fast_options, made_up
from spacy.language import Language
from spacy.tokens import Doc
from typer.testing import CliRunner

import entextract as ee
from entextract.cli import app
from entextract.reading.limits import TooSlow, within
from entextract.runs import run as corpus
from entextract.runs.run import read_corpus
from entextract.runs.worker import Task

ARTICLES = made_up(12)
SLOW = [ee.Article("lent", "Un texte lent, du Mali."), ee.Article("pis", "Plus lent encore.")]
READ: list[str] = []


@Language.component("slow_for_tests")
def slow(doc: Doc) -> Doc:
    """Takes half a minute for a text that says so."""
    READ.append(doc.text)
    end = time.monotonic() + 30
    while "lent" in doc.text and time.monotonic() < end:
        time.sleep(0.001)
    return doc


@pytest.fixture
def options(tmp_path: Path) -> dict[str, Any]:
    options = fast_options(tmp_path / "model")
    nlp = spacy.load(options["name"])
    nlp.add_pipe("slow_for_tests")
    nlp.to_disk(tmp_path / "lent")
    return {**options, "name": str(tmp_path / "lent")}


def test_in_memory(options: dict[str, Any]) -> None:
    nlp = ee.load(**options)
    articles = [*ARTICLES[:6], SLOW[0], *ARTICLES[6:], SLOW[1]]
    since = time.monotonic()
    result = ee.extract(articles, nlp, timeout=0.3)
    assert time.monotonic() - since < 10
    assert [article.id for article in result.articles] == [a.id for a in ARTICLES]
    assert [(p.article, p.action) for p in result.problems] == [
        ("lent", "refused"),
        ("pis", "refused"),
    ]
    assert "takes longer than 0.3 seconds" in result.problems[0].reason
    assert "--timeout" in result.problems[0].reason
    alone = ee.extract(ARTICLES, nlp)
    assert (result.mentions, result.entities) == (alone.mentions, alone.entities)


def test_by_shards(
    options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log: list[Task] = []
    monkeypatch.setattr(corpus, "LocalPool", lambda workers, answer: Inline(answer, log))

    def start(source: list[ee.Article], timeout: float) -> Any:
        log.clear()
        out = tmp_path / "run"
        return read_corpus(source, out, shard_articles=4, timeout=timeout, **options)

    found = start([*ARTICLES, SLOW[0]], 0.3)
    assert [p.article for p in found.problems] == ["lent"]
    assert found.count("articles") == 12
    (again,) = [task.name for task in log if task.name == found.names_of_shards[-1]]
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    monkeypatch.setattr("test_timeout.time.monotonic", iter(range(0, 10**9, 60)).__next__)
    whole = start([*ARTICLES, SLOW[0]], 60)  # tried again, and nothing else
    assert [task.name for task in log] == [again]
    assert (whole.count("articles"), whole.problems) == (13, ())


@pytest.mark.slow
def test_by_worker_processes(options: dict[str, Any], tmp_path: Path) -> None:
    """The pipe above is not known there: half a million characters are too much for a moment."""
    long = ee.Article("long", "Le Mali et la Pologne. " * 20_000)
    plain = fast_options(tmp_path / "model")
    found = read_corpus(
        [*ARTICLES, long], tmp_path / "run", workers=2, shard_articles=4, timeout=0.05, **plain
    )
    assert "long" in {p.article for p in found.problems}
    assert "long" not in {article.id for article in found.records("articles")}


def test_on_the_command_line(
    options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load = ee.load
    monkeypatch.setattr("entextract.reading.load.load", lambda **given: load(**options))
    monkeypatch.chdir(tmp_path)
    lines = [json.dumps({"id": a.id, "text": a.text}) for a in (*ARTICLES, *SLOW)]
    Path("presse.jsonl").write_text("\n".join(lines), encoding="utf-8")
    result = CliRunner().invoke(app, ["run", "presse.jsonl", "-o", "s", "--timeout", "0.3"])
    assert result.exit_code == 0, result.output
    assert "lent" in [p.article for p in ee.Extraction.from_csv("s").problems]
    assert "lent: takes longer than 0.3 seconds" in result.stderr
    assert result.stdout.startswith("articles: 12")
    for wrong in ("0", "-1", "vite"):
        done = CliRunner().invoke(app, ["run", "presse.jsonl", "-o", "s", "--timeout", wrong])
        assert done.exit_code == 2


@pytest.mark.parametrize("wrong", [0, -1.0, float("nan")])
def test_what_is_no_time(wrong: float, nlp_rules: Language, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="give seconds, more than 0"):
        ee.extract(ARTICLES, nlp_rules, timeout=wrong)
    with pytest.raises(ValueError, match="give seconds, more than 0"):
        ee.extract_corpus(ARTICLES, tmp_path / "run", timeout=wrong)


def spin() -> None:
    while True:
        pass


def test_a_limit_holds_in_any_thread() -> None:
    caught: list[str] = []

    def limited(seconds: float, work: Callable[[], None]) -> None:
        try:
            within(seconds, work)
            caught.append("done")
        except TooSlow:
            caught.append("too slow")

    for seconds, work in ((0.05, spin), (60, lambda: None)):
        thread = threading.Thread(target=limited, args=(seconds, work))
        thread.start()
        thread.join(20)
        assert not thread.is_alive()
    assert caught == ["too slow", "done"]


def test_a_limit_is_over_with_its_work() -> None:
    """Work that ends as its time does is never followed by an error somewhere else."""

    def busy(seconds: float) -> None:
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass

    for tenth in range(300):
        try:
            within(0.001, lambda: busy(0.0009 + tenth * 1e-6))  # noqa: B023
        except TooSlow:
            continue
    busy(1.2)
    assert not [t for t in threading.enumerate() if type(t).__name__ == "_Watch"]


def test_what_a_callback_swallows_is_still_said() -> None:
    def stubborn() -> str:
        try:
            spin()
        except BaseException:
            return "half done"
        return "done"

    with pytest.raises(TooSlow):
        within(0.01, stubborn)


@pytest.mark.parametrize("seconds", [0.01, 60])
def test_a_debugger_may_look_on_afterwards(seconds: float) -> None:
    seen: list[str] = []

    def debugged() -> None:
        with suppress(TooSlow):
            within(seconds, spin if seconds < 1 else list)
        sys.settrace(lambda frame, event, arg: seen.append(event))
        made_up(1)
        sys.settrace(None)

    thread = threading.Thread(target=debugged, daemon=True)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert "call" in seen
