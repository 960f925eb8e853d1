"""Runs over many articles: the same tables whatever happens on the way."""

import errno
import json
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
import spacy
from corpora import Death, Inline, made_up, tables

import entextract as ee
from entextract.reading import extraction
from entextract.records.locking import locked
from entextract.records.stamp import MANIFEST
from entextract.runs import inputs
from entextract.runs import run as corpus
from entextract.runs.cutting import Cutter, Index, Portion, spool, spooled
from entextract.runs.fingerprint import READING, fingerprint
from entextract.runs.layout import SHARDS, ShardError
from entextract.runs.pools import DaskPool
from entextract.runs.run import (
    CorpusError,
    FolderTaken,
    Pace,
    read_corpus,
)
from entextract.runs.sealing import read_content
from entextract.runs.shards import Shards
from entextract.runs.tables import open_run
from entextract.runs.worker import Task, pipeline

HERE = Path(__file__).parent
ARTICLES = made_up(30)
Start = Callable[..., Shards]


@pytest.fixture
def options(fast: dict[str, Any]) -> dict[str, Any]:
    return fast


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """The tasks of the runs, read in this process."""
    tasks: list[Task] = []
    monkeypatch.setattr(corpus, "LocalPool", lambda workers, answer: Inline(answer, tasks))
    return tasks


@pytest.fixture
def start(options: dict[str, Any], log: list[Task], tmp_path: Path) -> Start:
    """Runs into one folder, in this process."""

    def run(source: Any = ARTICLES, **more: Any) -> Shards:
        log.clear()
        return read_corpus(source, tmp_path / "run", **{"shard_articles": 5, **options, **more})

    return run


def shards_in(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / SHARDS).iterdir())


# ---- the same rows as in memory


def with_actors(options: dict[str, Any]) -> list[str]:
    """The pipes that runs here leave out, but not the one that finds actors of a list."""
    return [pipe for pipe in options["exclude"] if pipe != "entextract_actors"]


def test_rows_are_those_of_articles_read_in_memory(start: Start, options: dict[str, Any]) -> None:
    found = start()
    wanted = extraction.read(ARTICLES, pipeline(json.dumps(options), ""))
    got = found.read()
    assert got.mentions == wanted.mentions
    assert len(got.mentions) == 4 * len(ARTICLES)
    assert got.sentences == wanted.sentences
    assert got.articles == tuple(replace(article, text="") for article in ARTICLES)
    assert not got.problems
    assert found.names == extraction.names_of(pipeline(json.dumps(options), ""))


def test_a_text_is_read_once(
    start: Start, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    read, texts = extraction.read, []

    def note(articles: Any, nlp: Any, **more: Any) -> Any:
        texts.extend(article.text for article in articles)
        return read(articles, nlp, **more)

    monkeypatch.setattr(extraction, "read", note)
    start()
    assert sorted(texts) == sorted({article.text for article in ARTICLES})
    assert any(task.needs for task in log)  # a copy of a text of another shard


@pytest.mark.slow
def test_workers_give_the_same_tables(
    start: Start, options: dict[str, Any], tmp_path: Path
) -> None:
    expected = tables(start())
    paces: list[Pace] = []
    two = read_corpus  # with real processes
    with pytest.MonkeyPatch.context() as patch:
        from entextract.runs.pools import LocalPool

        patch.setattr(corpus, "LocalPool", LocalPool)
        found = two(
            ARTICLES,
            tmp_path / "two",
            workers=2,
            shard_articles=5,
            progress=lambda pace: (paces.append(pace), _kill_a_worker(paces))[0],
            **options,
        )
    assert tables(found) == expected
    assert (paces[-1].articles, paces[-1].total, paces[-1].remaining) == (30, 30, 0.0)
    assert not multiprocessing.active_children()


def _kill_a_worker(paces: list[Pace]) -> None:
    """One of the two, while it reads."""
    if len(paces) == 2:
        children = psutil.Process().children()
        workers = [c for c in children if "spawn_main" in " ".join(c.cmdline())]
        assert workers
        workers[0].kill()


def test_report(start: Start, tmp_path: Path) -> None:
    rows = start([*ARTICLES, replace(ARTICLES[0], text="Le Togo.")]).read()
    report = json.loads((tmp_path / "run" / "report.json").read_text(encoding="utf-8"))
    wanted = rows.report()
    assert wanted.pop("entities") == wanted.pop("copies") == 0  # before ids are agreed
    assert report == wanted
    assert [problem["article"] for problem in report["problems"]] == ["a0#2"]
    assert report["articles"] == 31


# ---- files


def write_files(folder: Path, texts: dict[str, str]) -> None:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_a_finished_run_reads_nothing_again(
    start: Start, tmp_path: Path, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "presse", {f"{i:03}.txt": a.text for i, a in enumerate(ARTICLES)})
    (tmp_path / "presse" / "vide.txt").touch()
    expected = tables(start(tmp_path / "presse"))
    assert [problem.action for problem in expected["all problems"]] == ["empty"]
    monkeypatch.setattr(ee.articles.ArticleStream, "__iter__", None)  # reading would fail
    os.utime(tmp_path / "presse" / "001.txt")  # another time, the same content
    assert tables(start(tmp_path / "presse")) == expected
    assert not log


def test_a_changed_file_costs_its_shard(start: Start, tmp_path: Path, log: list[Task]) -> None:
    write_files(tmp_path / "presse", {f"{i:03}.txt": a.text for i, a in enumerate(ARTICLES)})
    first = start(tmp_path / "presse")
    write_files(tmp_path / "presse", {"015.txt": "La Norvège remercie le Chili."})
    second = start(tmp_path / "presse")
    assert 1 <= len(log) <= 3 < len(second.names_of_shards)
    assert "country:NO" in {mention.entity for mention in second.records("mentions")}
    assert second.count("articles") == first.count("articles") == 30


def test_a_file_at_the_end_or_the_start_costs_little(
    start: Start, tmp_path: Path, log: list[Task]
) -> None:
    write_files(tmp_path / "presse", {f"{i:03}.txt": a.text for i, a in enumerate(ARTICLES)})
    start(tmp_path / "presse")
    for name in ("zzz.txt", "000-a.txt"):
        write_files(tmp_path / "presse", {name: f"La Norvège {name}."})
        found = start(tmp_path / "presse")
        assert 1 <= len(log) <= 3 < len(found.names_of_shards)
        assert shards_in(tmp_path / "run") == found.names_of_shards
    names = [article.id for article in found.records("articles")]
    assert names == sorted(names, key="{}.txt".format)
    assert len(names) == 32


def test_a_file_that_goes_takes_its_rows_along(start: Start, tmp_path: Path) -> None:
    write_files(tmp_path / "presse", {"a.txt": "La Norvège.", "b.txt": "Le Chili."})
    start(tmp_path / "presse")
    (tmp_path / "presse" / "a.txt").unlink()
    found = start(tmp_path / "presse")
    assert [mention.text for mention in found.records("mentions")] == ["Chili"]
    assert shards_in(tmp_path / "run") == found.names_of_shards


def test_a_run_is_no_input(start: Start, tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": "La Norvège."})
    assert start(tmp_path).count("articles") == 1
    (tmp_path / "a.txt").write_text("La Norvège et le Chili.", encoding="utf-8")
    found = start(tmp_path)
    assert found.count("articles") == 1
    assert "left aside" in found.problems[0].reason


# ---- options, tables, versions


def test_a_changed_option_or_table_redoes_all(
    start: Start, tmp_path: Path, log: list[Task], options: dict[str, Any]
) -> None:
    all_of_them = len(start().names_of_shards)
    start()
    assert not log
    start(demonyms=False)
    assert len(log) == all_of_them
    extra = tmp_path / "acteurs.csv"
    for name in ("Cap", "Cap", "Golfe"):
        extra.write_text(f"id,name,form,label\nx,{name},Dépêche,ORG\n", encoding="utf-8")
        found = start(extra=extra, exclude=with_actors(options))
        assert {i: actor.name for i, actor in found.names.actors.items()} == {"org:x": name}
    assert len(log) == len(found.names_of_shards)


def test_a_list_of_actors_gives_what_it_gives_in_memory(
    start: Start, tmp_path: Path, options: dict[str, Any]
) -> None:
    extra = tmp_path / "acteurs.csv"
    extra.write_text(
        "id,name,form,label,ville\nx,La Dépêche du cap,Dépêche,ORG,Plouvarec\n", encoding="utf-8"
    )
    start(extra=[extra], exclude=with_actors(options))
    on_disk = open_run(tmp_path / "run")
    nlp = pipeline(
        json.dumps({**options, "exclude": with_actors(options), "extra": [str(extra)]}), ""
    )
    in_memory = extraction.extract(ARTICLES, nlp)
    assert on_disk.entities == in_memory.entities
    assert on_disk.to_frame("mentions").equals(in_memory.to_frame("mentions"))
    (found,) = [entity for entity in on_disk.entities if entity.attributes]
    assert (found.name, dict(found.attributes)) == ("La Dépêche du cap", {"ville": "Plouvarec"})
    assert "acteurs.csv:2" in set(on_disk.to_frame("mentions")["list_row"])


def test_rows_of_a_list_that_are_left_out_stand_among_the_problems(
    start: Start, tmp_path: Path, options: dict[str, Any]
) -> None:
    extra = tmp_path / "acteurs.csv"
    extra.write_text("nom,ville\nCap Ferrat,Nice\n,Dakar\nCap Corse,Bastia,7\n", encoding="utf-8")
    start(extra=extra, exclude=with_actors(options))
    read_at_once = extraction.extract(ARTICLES, pipeline(json.dumps(options), "")).problems
    on_disk = open_run(tmp_path / "run").problems
    assert [(p.where, p.action) for p in on_disk if p not in read_at_once] == [
        (f"{extra}:3", "refused"),
        (f"{extra}:4", "refused"),
    ]


def test_a_list_that_changes_while_articles_are_read_is_noticed(
    start: Start, tmp_path: Path, options: dict[str, Any]
) -> None:
    extra = tmp_path / "acteurs.csv"
    extra.write_text("nom,ville\nCap Ferrat,Nice\n", encoding="utf-8")

    def change(pace: Pace) -> None:
        extra.write_text(f"nom,ville\nCap Ferrat,Nice\nCap Corse,{pace.articles}\n", "utf-8")

    with pytest.raises(CorpusError, match="acteurs.csv: changed while the articles were read"):
        start(extra=extra, exclude=with_actors(options), progress=change)
    assert len(start(extra=extra, exclude=with_actors(options)).read().articles) == len(ARTICLES)


def test_another_format_is_refused(start: Start, tmp_path: Path) -> None:
    start()
    path = tmp_path / "run" / MANIFEST
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**said, "format": 99, "entextract": "9.0"}), encoding="utf-8")
    with pytest.raises(ShardError, match=r"entextract 9\.0 in format 99.*choose another folder"):
        start()
    assert shards_in(tmp_path / "run") == [shard["name"] for shard in said["shards"]]
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ShardError, match="is damaged"):
        start()


def test_the_fingerprint_knows_all_that_reads() -> None:
    from test_layers import NAMED, ours

    beside = {  # what comes before reading, and after
        "entextract.articles.given",
        "entextract.linking.agreement",
        "entextract.linking.near_duplicates",
        "entextract.result",
    }
    wanted = [name for name in NAMED if name.startswith(("entextract.pipes", "entextract.reading"))]
    wanted.append("entextract.linking.minhash")
    seen: set[str] = set()
    while wanted:
        one = wanted.pop()
        if one not in seen | beside:
            seen.add(one)
            wanted += ours(one)
    known = tuple(f"entextract.{name.replace('/', '.')}" for name in READING)
    assert [name for name in sorted(seen) if not f"{name}.".startswith(known)] == []


def test_the_fingerprint_of_a_model_is_that_of_its_files(tmp_path: Path) -> None:
    model = tmp_path / "model"
    spacy.blank("fr").to_disk(model)
    before = fingerprint({"name": str(model)})
    (model / "__pycache__").mkdir()
    (model / "__pycache__" / "module.pyc").write_bytes(b"made by Python, wherever it runs")
    assert fingerprint({"name": str(model)}) == before
    (model / "meta.json").write_text("{}", encoding="utf-8")
    assert fingerprint({"name": str(model)})["model"] != before["model"]


# ---- damage


@pytest.mark.parametrize("damage", ["cut", "flipped", "missing", "no folder", "no content"])
def test_a_damaged_shard_is_redone(
    damage: str, start: Start, tmp_path: Path, log: list[Task]
) -> None:
    write_files(tmp_path / "presse", {f"{i:03}.txt": a.text for i, a in enumerate(ARTICLES)})
    expected = tables(start(tmp_path / "presse"))
    name = shards_in(tmp_path / "run")[2]
    folder = tmp_path / "run" / SHARDS / name
    file = folder / "mentions.parquet"
    if damage == "cut":
        os.truncate(file, 100)
    elif damage == "flipped":
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
    elif damage == "missing":
        file.unlink()
    elif damage == "no content":
        (folder / "shard.json").write_text("", encoding="utf-8")
    else:
        folder.rename(tmp_path / "elsewhere")
    assert tables(start(tmp_path / "presse")) == expected
    assert [task.name for task in log] == [name]


@pytest.mark.parametrize("files", [False, True])
def test_names_that_are_lost_are_found_again(
    files: bool, start: Start, tmp_path: Path, log: list[Task]
) -> None:
    write_files(tmp_path / "presse", {f"{i:03}.txt": a.text for i, a in enumerate(ARTICLES[:9])})
    source = tmp_path / "presse" if files else ARTICLES
    names = start(source).names
    (tmp_path / "run" / "names.json").unlink()
    paces: list[Pace] = []
    assert start(source, progress=paces.append).names == names
    assert not log
    assert (paces[-1].articles, paces[-1].kept) == ((9, 9) if files else (30, 30))


def test_a_full_disk(
    start: Start, tmp_path: Path, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    expected = tables(start())
    shutil.rmtree(tmp_path / "run")
    write, count = pq.write_table, 0

    def fill(*args: Any, **more: Any) -> None:
        nonlocal count
        count += 1
        if count > 14:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(*args, **more)

    with monkeypatch.context() as patch:
        patch.setattr(pq, "write_table", fill)
        with pytest.raises(CorpusError, match="No space left on device.*same command again"):
            start()
    whole = shards_in(tmp_path / "run")
    assert len(whole) == 2
    assert all(read_content(tmp_path / "run" / SHARDS / name) for name in whole)
    with pytest.raises(ShardError, match="not finished"):
        Shards(tmp_path / "run")
    assert tables(start()) == expected
    assert not {task.name for task in log} & set(whole)


# ---- death


def test_an_article_that_kills_is_named(
    start: Start, tmp_path: Path, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = extraction.read

    def die(articles: Any, nlp: Any, **more: Any) -> Any:
        held = []
        for article in articles:
            if article.id in ("a17", "a18"):
                raise Death
            held.append(article)
        return read(held, nlp, **more)

    with monkeypatch.context() as patch:
        patch.setattr(extraction, "read", die)
        found = start()
    assert [(p.article, p.action) for p in found.problems] == [
        ("a17", "refused"),
        ("a18", "refused"),
    ]
    assert "worker process died" in found.problems[0].reason
    assert found.count("articles") == 28
    assert start().count("articles") == 30  # tried again
    assert len({task.name for task in log}) < len(found.names_of_shards)


def test_after_two_deaths_a_portion_is_read_article_by_article(
    start: Start, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    read = extraction.read

    def die(articles: Any, nlp: Any, **more: Any) -> Any:
        held = []
        for article in articles:
            if article.id == "a1":
                raise Death
            held.append(article)
        return read(held, nlp, **more)

    monkeypatch.setattr(extraction, "read", die)
    found = start(ARTICLES[:3], shard_articles=9)
    assert [(task.deaths, task.refused) for task in log] == [
        (0, ()), (1, ()), (2, ()), (3, ("a1",)),
    ]  # fmt: skip
    assert [article.id for article in found.records("articles")] == ["a0", "a2"]
    assert [shard["whole"] for shard in found.manifest["shards"]] == [False]


def test_an_article_of_a_file_that_killed_is_tried_again(
    start: Start, tmp_path: Path, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path / "presse", {"a.txt": "La Norvège.", "b.txt": "Le Chili."})
    read = extraction.read

    def die(articles: Any, nlp: Any, **more: Any) -> Any:
        for article in (held := list(articles)):
            if article.id == "b":
                log[-1].trace.write_text('"b"', encoding="ascii")
                raise Death
        return read(held, nlp, **more)

    with monkeypatch.context() as patch:
        patch.setattr(extraction, "read", die)
        assert start(tmp_path / "presse").count("articles") == 1
    assert start(tmp_path / "presse").count("articles") == 2


def test_workers_that_always_die_end_the_run(
    start: Start, log: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(options: str, means: str) -> None:
        raise Death

    monkeypatch.setattr("entextract.runs.worker.pipeline", die)
    with pytest.raises(CorpusError, match="die whatever they read"):
        start(ARTICLES[:1])
    assert [task.deaths for task in log] == [0, 1, 2, 3, 4]


@pytest.mark.slow
def test_killed_at_twenty_random_moments(tmp_path: Path) -> None:
    script = [sys.executable, str(HERE / "killing.py"), str(tmp_path), "20"]
    done = subprocess.run(script, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    killed, ended = map(int, done.stdout.split())
    assert killed == 20
    assert ended >= 1


def test_caches_do_not_grow_with_the_corpus() -> None:
    from entextract.records.spelling import slug
    from entextract.runs.worker import forget

    slug.cache_clear()
    for n in range(20_000):
        slug(f"Nom {n}")
    forget()
    assert slug.cache_info().currsize == 20_000
    slug("Un nom de plus")
    forget()
    assert slug.cache_info().currsize == 0


# ---- two runs


def test_two_runs_on_one_folder(start: Start, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    code = (
        "import sys, time; from pathlib import Path\n"
        "from entextract.records.locking import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(600)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "run")], stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        said = rf"another run writes here \(process {other.pid} of .*choose another folder"
        with pytest.raises(FolderTaken, match=said):
            start()
    finally:
        other.send_signal(signal.SIGKILL)
        other.wait()
        other.stdout.close() if other.stdout else None
    assert start().count("articles") == 30  # the lock of a dead process holds nothing
    with locked(tmp_path / "run"), pytest.raises(FolderTaken):
        start()


# ---- cutting


def test_cuts_move_only_near_a_change(tmp_path: Path) -> None:
    def digests(articles: list[ee.Article]) -> list[str]:
        with Index(tmp_path) as index:
            return [p.digest for p in Cutter(10, "x", index)(articles)]

    articles = made_up(600)
    before = digests(articles)
    assert 30 <= len(before) <= 120
    for after in (
        digests(articles[1:]),
        digests([*articles, ee.Article("new", "Le Mali.")]),
        digests([*articles[:300], ee.Article("new", "Le Mali."), *articles[300:]]),
    ):
        assert len(set(before) - set(after)) <= 3


def portions(lengths: list[int], size: int, tmp_path: Path) -> list[list[str]]:
    articles = [ee.Article(f"{n}", "x" * length) for n, length in enumerate(lengths)]
    with Index(tmp_path) as index:
        found = list(Cutter(size, "x", index)(articles))
    assert [portion.name[:6] for portion in found] == [f"{n:05}-" for n in range(len(found))]
    return [[article.id for article in portion.articles] for portion in found]


def test_a_portion_is_read_in_a_minute_at_most(tmp_path: Path) -> None:
    for lengths in ([5_000] * 900, [90_000] * 30, [150, 399_000, 2] * 9):
        found = portions(lengths, 200, tmp_path)
        sizes = [sum(lengths[int(name)] for name in portion) for portion in found]
        assert max(sizes) <= 400_000  # 8,000 characters a second are read by a slow machine
        assert len(found) < 3 * sum(lengths) / 100_000  # nor are they too small
    assert portions([600_000, 1, 600_000], 200, tmp_path) == [["0"], ["1"], ["2"]]
    assert portions([1] * 3, 1, tmp_path) == [["0"], ["1"], ["2"]]


def test_a_change_among_long_articles_moves_only_cuts_near_it(tmp_path: Path) -> None:
    articles = [ee.Article(f"{n}", f"{n}" + "x" * 30_000) for n in range(300)]

    def digests(some: list[ee.Article]) -> list[str]:
        with Index(tmp_path) as index:
            return [portion.digest for portion in Cutter(200, "x", index)(some)]

    before, after = digests(articles), digests(articles[1:])
    assert len(set(before) - set(after)) <= 5


CHOSEN, NOT_CHOSEN = bytes(16), b"\xff" * 16


@pytest.mark.parametrize(
    ("size", "count", "digest", "ends"),
    [
        (10, 4, CHOSEN, False),
        (10, 5, CHOSEN, True),
        (10, 5, NOT_CHOSEN, False),
        (10, 19, NOT_CHOSEN, False),
        (10, 20, NOT_CHOSEN, True),
        (2, 1, NOT_CHOSEN, True),  # each article is chosen
        (1, 1, NOT_CHOSEN, True),
    ],
)
def test_where_a_portion_ends(
    size: int, count: int, digest: bytes, ends: bool, tmp_path: Path
) -> None:
    with Index(tmp_path) as index:
        assert Cutter(size, "x", index)._ends(count, count, 1, digest) is ends


def test_texts_are_known_again(tmp_path: Path) -> None:
    with Index(tmp_path) as index:
        assert index.first(ee.Article("a", "Un."), 3) is None
        assert index.first(ee.Article("b", "Deux."), 4) is None
        assert index.first(ee.Article("c", "Un."), 5) == (3, "a")


def test_articles_travel_whole(tmp_path: Path) -> None:
    one = ee.Article("a", "Été\ud800", "T", "2024-01-01", "Le Pli", "u", {"page": "3"})
    two = replace(one, id="b")
    portion = Portion(1, "d", (one, two), {"b": (0, "x")})
    spool(tmp_path / "spool" / "p.jsonl", portion, ["00000-e", "00001-d"])
    found = list(spooled(tmp_path / "spool" / "p.jsonl"))
    assert found == [(one, None), (two, ("00000-e", "x"))]


def test_stamps_of_files(tmp_path: Path) -> None:
    path, absent = tmp_path / "a.txt", tmp_path / "b.txt"
    path.write_text("Un.", encoding="utf-8")
    found = inputs.stamps([path, absent])
    assert found[1] == {"path": str(absent), "bytes": -1, "mtime": -1, "digest": ""}
    assert (found[0]["bytes"], len(found[0]["digest"])) == (3, 32)
    assert inputs.changed(found) == []
    known = [{**found[0], "digest": "known"}]
    assert inputs.stamps([path], known) == known
    assert inputs.same(found, inputs.stamps([path, absent], [{**found[0], "mtime": 1}]))
    assert not inputs.same(found, found[:1])
    path.write_text("Deux.", encoding="utf-8")
    assert not inputs.same(found, inputs.stamps([path, absent], found))
    (problem,) = inputs.changed(found)
    assert (problem.where, problem.action) == (str(path), "unknown")


class Cluster:
    """What a pool asks of a client of Dask."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        assert n_workers == -1  # all of them
        return {"workers": dict.fromkeys(range(self.workers))}


@pytest.mark.parametrize(("workers", "room"), [(0, 1), (1, 2), (3, 6)])
def test_a_worker_of_a_cluster_has_two_portions(workers: int, room: int) -> None:
    pool = DaskPool(Cluster(workers), lambda task, answer: None)
    pool._reading = set(range(room - 1))
    assert pool.has_room()
    pool._reading.add(room)
    assert not pool.has_room()


def test_wrong_arguments(tmp_path: Path) -> None:
    for wrong in ({"workers": 0}, {"shard_articles": 0}):
        with pytest.raises(ValueError, match="1 or more"):
            read_corpus([], tmp_path, **wrong)
    with pytest.raises(FileNotFoundError):
        read_corpus(str(tmp_path / "absent"), tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_no_article_at_all(start: Start) -> None:
    found = start([])
    assert found.count("articles") == 0
    assert found.names_of_shards == []


# ---- a cluster


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_that_loses_a_worker(
    start: Start, options: dict[str, Any], tmp_path: Path
) -> None:
    from distributed import Client, LocalCluster

    expected = tables(start())
    killed: list[int] = []

    def kill(pace: Pace) -> None:
        if not killed and pace.articles > 10:
            killed.append(next(iter(client.run(os.getpid).values())))
            os.kill(killed[0], signal.SIGKILL)

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        found = read_corpus(
            ARTICLES, tmp_path / "dask", client=client, shard_articles=5, progress=kill, **options
        )
        assert killed
    assert tables(found) == expected


def test_time_is_not_needed_to_know_the_pace() -> None:
    pace = Pace(articles=5, kept=5, total=None, seconds=time.monotonic())
    assert (pace.rate, pace.remaining) == (0.0, None)
    assert Pace(articles=5, kept=0, total=None, seconds=0.0).rate == 0.0
    assert Pace(articles=5, kept=0, total=None, seconds=0.5).rate == 10.0  # short runs have one too


# ---- the command


def test_the_command_reads_by_shards(
    log: list[Task], options: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from typer.testing import CliRunner

    from entextract.cli import app

    def load(profile: str, *, anaphora: bool = True) -> Any:
        assert profile == "names"
        return loaded(**options)

    loaded = ee.load
    monkeypatch.setattr("entextract.reading.load.load", load)
    monkeypatch.chdir(tmp_path)
    write_files(tmp_path / "presse", {f"{i:03}.txt": a.text for i, a in enumerate(ARTICLES)})
    write_files(tmp_path / "presse", {"vide.txt": ""})

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(app, [*arguments, "--profile", "names"])
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    said = run("extract", "presse", "-o", "par-lots", "--shards")
    assert said.startswith("articles: 30, of which copies: ")
    assert "\nmentions: 120\nentities: 7\n" in said
    assert len(log) == 1
    log.clear()
    assert run("extract", "presse", "-o", "par-lots", "--shards") == said
    assert not log
    in_memory = run("extract", "presse", "-o", "en-memoire")
    assert in_memory.replace("en-memoire", "par-lots").split() == said.split()
    for name in ("mentions", "articles", "entities", "relations", "sentences", "copies"):
        tables = [Path(out, f"{name}.csv").read_bytes() for out in ("par-lots", "en-memoire")]
        assert tables[0] == tables[1]
    reports = [json.loads(Path(o, "report.json").read_bytes()) for o in ("par-lots", "en-memoire")]
    assert reports[0].pop("run")  # which only a run by shards has
    assert reports[0] == reports[1]
    assert reports[0]["empty"] == 1
    run("run", "presse", "-o", "par-lots", "--workers", "2")
    assert not log
    assert Path("par-lots/graphe.gexf").stat().st_size
    graph = CliRunner().invoke(app, ["graph", "par-lots", "-o", "g.gexf"]).stdout
    assert graph.startswith("entities: 7, edges: ")
    run("extract", "presse", "-o", "petits", "--shards", "--shard-size", "6")
    assert len(log) > 3
    monkeypatch.setattr("entextract.cli.corpus.LARGEST_CSV", 29)
    assert "par-lots/tables/mentions.parquet" in run(
        "extract", "presse", "-o", "par-lots", "--shards"
    )
