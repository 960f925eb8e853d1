"""A field added to a noun is a column everywhere: CSV, Arrow, DataFrames, linked tables."""

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from runs import cut, made_up, write_run

from entextract.records.arrow_tables import arrow_table, records_of, schema
from entextract.records.columns import RECORDS, columns
from entextract.records.csv_tables import read_rows, write_rows
from entextract.records.frames import frame_of
from entextract.records.nouns import Article, Entity, Mention, Relation
from entextract.result import Extraction
from entextract.runs.link import link_run
from entextract.runs.tables import open_run


@dataclass(frozen=True, slots=True)
class Sure(Mention):
    belief: float = 0.0
    checked: bool = False
    seen: int = 0
    spellings: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class SureRelation(Relation):
    belief: float = 0.0


@pytest.fixture
def wider(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mentions and relations with more fields, as if someone had added them to the nouns."""
    monkeypatch.setitem(RECORDS, "mentions", Sure)
    monkeypatch.setitem(RECORDS, "relations", SureRelation)


def as_kind(kind: type, record: Any, **more: Any) -> Any:
    return kind(**{f.name: getattr(record, f.name) for f in fields(record)}, **more)


MORE: dict[str, Any] = {
    "belief": 0.1,
    "checked": True,
    "seen": 3,
    "spellings": ("Rivage", "Rivage | Mer"),
    "note": "à voir",
}
MENTION = Mention("a", 3, 9, "Dupont", "PER", "name", "per:dupont", 0, 2, "model")


@pytest.mark.usefixtures("wider")
def test_new_fields_come_back_from_csv_as_what_they_were(tmp_path: Path) -> None:
    rows = [as_kind(Sure, MENTION, **MORE), as_kind(Sure, MENTION, belief=-2.5)]
    path = tmp_path / "mentions.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_rows(file, "mentions", lambda: rows)
    assert list(read_rows(path, "mentions")) == rows
    assert (
        path.read_text("utf-8")
        .splitlines()[1]
        .endswith(r",0.1,True,3,Rivage | Rivage \| Mer,à voir")
    )
    result = Extraction(mentions=tuple(rows))
    result.to_csv(tmp_path)
    assert Extraction.from_csv(tmp_path) == result


@pytest.mark.usefixtures("wider")
def test_new_fields_come_back_from_arrow_as_what_they_were() -> None:
    rows = [as_kind(Sure, MENTION, **MORE), as_kind(Sure, MENTION)]
    assert list(records_of("mentions", arrow_table("mentions", rows))) == rows
    types = {column.name: column.type for column in schema("mentions")}
    assert types["belief"] == pa.float64()
    assert types["checked"] == pa.bool_()
    assert types["spellings"] == pa.list_(pa.string())


@pytest.mark.usefixtures("wider")
def test_new_fields_are_columns_of_frames_of_their_type() -> None:
    for rows in ([as_kind(Sure, MENTION, **MORE)], []):
        frame = frame_of("mentions", rows)
        assert list(frame.columns)[-5:] == list(MORE)
        assert [str(frame[name].dtype) for name in ("belief", "checked", "seen")] == [
            "float64",
            "bool",
            "int64",
        ]


@pytest.mark.usefixtures("wider")
def test_new_fields_survive_shards_and_linking(tmp_path: Path) -> None:
    rows = made_up(60, seed=2)
    mentions = tuple(
        as_kind(Sure, mention, **{**MORE, "belief": number / 7})
        for number, mention in enumerate(rows.mentions)
    )
    relations = tuple(as_kind(SureRelation, one, belief=0.25) for one in rows.relations)
    rows = replace(rows, mentions=mentions, relations=relations)
    run = write_run(tmp_path / "run", cut(rows, 20))
    linked = pq.read_table(link_run(run) / "mentions.parquet")
    assert linked["belief"].type == pa.float64()
    assert linked["belief"].to_pylist() == [mention.belief for mention in mentions]
    tables = open_run(run)
    assert tables.to_frame("mentions")["belief"].tolist() == [m.belief for m in mentions]
    assert set(tables.read().relations[0].__slots__) == {"belief"}
    ids = [entity.id for entity in tables.entities]
    found = list(tables.corpus.relations(ids))
    assert [one.belief for one in found] == [0.25] * len(relations)  # type: ignore[attr-defined]
    tables.to_csv(tmp_path / "csv")
    assert [m.belief for m in Extraction.from_csv(tmp_path / "csv").mentions] == [  # type: ignore[attr-defined]
        m.belief for m in mentions
    ]
    assert any("corpus-" in mention.rule for mention in tables.read().mentions)


def test_a_field_that_no_column_can_hold_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    @dataclass(frozen=True)
    class Odd:
        where: complex

    monkeypatch.setitem(RECORDS, "copies", Odd)
    with pytest.raises(TypeError, match=r"Odd\.where is a .*complex.*which no column holds"):
        columns("copies")


def test_the_columns_of_all_tables_are_those_of_arrow_csv_and_frames(tmp_path: Path) -> None:
    for table in RECORDS:
        plain = [c.name for c in columns(table) if not c.kind.spread]
        assert schema(table).names == [c.name for c in columns(table)]
        assert list(frame_of(table, []).columns) == plain
        path = tmp_path / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            write_rows(file, table, list)
        assert path.read_text("utf-8") == ",".join(plain) + "\n"
        assert list(read_rows(path, table)) == []


def test_only_the_country_of_an_entity_may_be_missing() -> None:
    missing = {(t, f.name) for t in RECORDS for f in schema(t) if f.nullable}
    assert missing == {("entities", "country")}
    entity = Entity("org:x", "X", "ORG", None, ("X",), 1, 1)
    assert list(records_of("entities", arrow_table("entities", [entity]))) == [entity]


def test_the_text_of_an_article_stays_out_of_tables() -> None:
    article = Article("a", "Un texte.", meta={"page": "3"})
    (back,) = records_of("articles", arrow_table("articles", [article]))
    assert back == replace(article, text="")
    assert "text" not in schema("articles").names


def test_a_truth_value_that_is_none_names_file_line_and_column(tmp_path: Path) -> None:
    relation = Relation("a", "x", "y", "k", "actual", "", "t", 1, 2, "T", "r")
    Extraction(relations=(relation,)).to_csv(tmp_path)
    path = tmp_path / "relations.csv"
    path.write_text(path.read_text("utf-8").replace("False", "peut-être"), "utf-8")
    with pytest.raises(ValueError, match=r"relations\.csv:2: column former: 'peut-être' is neit"):
        Extraction.from_csv(tmp_path)
