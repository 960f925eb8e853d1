"""Shards as they stand on the disk, to the letter: another version must read them."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from runs import cut, made_up, write_run

from entextract.linking.minhash import signature_table
from entextract.records.arrow_tables import arrow_table, schema
from entextract.records.columns import FORMAT
from entextract.records.nouns import Article, Problem
from entextract.result import Extraction
from entextract.runs.layout import SHARD_TABLES, SHARDS, ShardError, read_manifest
from entextract.runs.sealing import Content, read_content, write_shard
from entextract.runs.shards import Shards

COLUMNS = {
    "articles": "id title date source url meta",
    "mentions": "article start:int32 end:int32 text label kind entity sentence:int32 "
    "paragraph:int32 rule score:double list_row list_score:double",
    "relations": "article source target kind status speaker trigger start:int32 end:int32 text "
    "rule office former:bool wikidata plover quad goldstein:double sentence:int32 "
    "source_start:int32 source_end:int32 target_start:int32 target_end:int32 one_end:bool date "
    "place score:double",
    "quotes": "article speaker said_by text start:int32 end:int32 verb kind rule",
    "sentences": "article sentence:int32 start:int32 end:int32 text",
    "problems": "article where reason action",
}
RESULT = Extraction(articles=(Article("a", "Le port.", meta={"page": "3"}),))


def test_columns_of_the_tables() -> None:
    assert tuple(COLUMNS) == SHARD_TABLES
    for table in SHARD_TABLES:
        shape = schema(table)
        names = [
            column.name + ("" if column.type in (pa.string(), MAP) else f":{column.type}")
            for column in shape
        ]
        assert names == COLUMNS[table].split()
        assert not any(column.nullable for column in shape)
        assert shape.metadata == {
            b"entextract.format": str(FORMAT).encode(), b"entextract.table": table.encode(),
        }  # fmt: skip


MAP = pa.map_(pa.string(), pa.string())


def test_a_lone_surrogate_is_replaced() -> None:
    (row,) = arrow_table("problems", [Problem("a", "b\ud800", "c", "empty")]).to_pylist()
    assert row == {"article": "a", "where": "b\ufffd", "reason": "c", "action": "empty"}
    (row,) = arrow_table("articles", [Article("a", "", meta={"page": "3"})]).to_pylist()
    assert row["meta"] == [("page", "3")]


def test_a_shard_says_what_it_holds(tmp_path: Path) -> None:
    for options, whole in (({}, True), ({"whole": False}, False)):
        write_shard(tmp_path, "00000-x", RESULT, **options)
        rows = {**dict.fromkeys(SHARD_TABLES, 0), "articles": 1}
        assert read_content(tmp_path / SHARDS / "00000-x") == Content(rows, whole)
    said = json.loads((tmp_path / SHARDS / "00000-x" / "shard.json").read_text("utf-8"))
    assert said["format"] == FORMAT
    assert {len(table["digest"]) for table in said["tables"].values()} == {32}
    assert [*said["tables"]] == [*SHARD_TABLES, "sketches"]
    assert [path.name for path in (tmp_path / SHARDS).iterdir()] == ["00000-x"]


@pytest.mark.parametrize("table", [*SHARD_TABLES, "sketches"])
def test_a_shard_is_damaged_by_any_of_its_files(table: str, tmp_path: Path) -> None:
    write_shard(tmp_path, "00000-x", RESULT)
    path = tmp_path / SHARDS / "00000-x" / f"{table}.parquet"
    content = path.read_bytes()
    for damaged in (content + b" ", content[:-1] + b" "):
        path.write_bytes(damaged)
        assert read_content(path.parent) is None


def test_a_shard_of_another_format_is_as_none(tmp_path: Path) -> None:
    write_shard(tmp_path, "00000-x", RESULT)
    path = tmp_path / SHARDS / "00000-x" / "shard.json"
    path.write_text(path.read_text("utf-8").replace(f'"format": {FORMAT}', '"format": 99'), "utf-8")
    assert read_content(path.parent) is None


def test_a_shard_that_another_has_just_written_is_as_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_shard(tmp_path, "00000-x", RESULT)
    removed = shutil.rmtree

    def kept(path: Path, **options: bool) -> None:
        if path.name != "00000-x":  # as if it had come after this one was taken away
            removed(path, **options)

    monkeypatch.setattr("shutil.rmtree", kept)
    write_shard(tmp_path, "00000-x", Extraction())
    shard = tmp_path / SHARDS / "00000-x"
    content = read_content(shard)
    assert content
    assert content.rows["articles"] == 1
    (shard / "shard.json").write_text("", encoding="utf-8")
    with pytest.raises(OSError, match="not empty"):
        write_shard(tmp_path, "00000-x", Extraction())
    assert [path.name for path in shard.parent.iterdir()] == ["00000-x"]


def test_sketches_as_a_table() -> None:
    table = signature_table([("a", "2024-01-01", "Un deux trois quatre"), ("b", "", "…")])
    assert table.select(["article", "date", "words"]).to_pylist() == [
        {"article": "a", "date": "2024-01-01", "words": 4}
    ]
    assert [str(column.type) for column in table.schema] == [
        "string", "string", "int32", "fixed_size_list<item: uint64>[28]", "list<item: uint32>",
    ]  # fmt: skip
    assert not any(column.nullable for column in table.schema)
    assert signature_table([]).schema == table.schema


def test_shards_are_read_in_the_order_of_their_articles(tmp_path: Path) -> None:
    rows = made_up(9)
    rows = replace(rows, problems=(Problem(rows.articles[5].id, "x", "y", "empty"),))
    shards = Shards(write_run(tmp_path, cut(rows, 4)))
    assert shards.read() == rows
    assert shards.count("articles") == 9
    assert repr(shards).startswith(f"<Shards {tmp_path}: 3 shards, 9 articles, ")
    assert shards.dataset("sentences").count_rows() == len(rows.sentences)
    assert [table.column_names for table in shards.sketches(["article", "words"])] == [
        ["article", "words"]
    ] * 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is damaged"),
        ("[]", "is damaged"),
        (f'{{"format": {FORMAT}}}', "is damaged"),
        ('{"format": 1, "entextract": "0.1"}', "written by entextract 0.1 in format 1, and this"),
        (
            '{"format": 99, "entextract": "9.0"}',
            f"version reads format {FORMAT}; choose another folder",
        ),
    ],
)
def test_manifests_that_are_refused(content: str, message: str, tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ShardError, match=message):
        read_manifest(tmp_path)
