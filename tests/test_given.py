"""Articles that a program gives: what is meant is taken, what is not is named, the rest refused.

In memory and by shards alike.
"""

import datetime
import io
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import spacy
from corpora import Inline
from spacy.language import Language

import entextract as ee
from entextract.articles.given import articles_of
from entextract.records.nouns import Article, Problem
from entextract.runs import run as corpus

TEXT = "Le Mali répond à la Pologne."
Read = Callable[[Any], tuple[list[Article], list[Problem]]]


@pytest.fixture(params=["in memory", "by shards"])
def read(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fast: dict[str, Any],
    nlp_fast: Language,
) -> Read:
    """Articles without their texts, and problems."""
    monkeypatch.setattr(corpus, "LocalPool", lambda workers, answer: Inline(answer, []))

    def in_memory(given: Any) -> tuple[list[Article], list[Problem]]:
        result = ee.extract(given, nlp_fast)
        result.to_csv(tmp_path / "csv")
        back = ee.Extraction.from_csv(tmp_path / "csv")
        assert back.problems == result.problems
        return list(back.articles), list(back.problems)

    def by_shards(given: Any) -> tuple[list[Article], list[Problem]]:
        tables = ee.extract_corpus(given, tmp_path / "run", **fast)
        found = tables.read()
        return list(found.articles), list(found.problems)

    return in_memory if request.param == "in memory" else by_shards


def ids(articles: Iterable[Article]) -> list[str]:
    return [article.id for article in articles]


def test_two_articles_of_one_id_are_two(read: Read) -> None:
    articles, problems = read([Article("a", "Le Mali vote."), Article("a", "La Pologne se tait.")])
    assert ids(articles) == ["a", "a#2"]
    assert [(p.article, p.where, p.action) for p in problems] == [("a#2", "articles[1]", "renamed")]
    assert "'a' is already taken" in problems[0].reason


def test_no_edge_between_articles_of_one_id(nlp_rules: Language) -> None:
    two = [Article("a", "Le Mali vote."), Article("a", "La Pologne se tait.")]
    graph = ee.EntityGraph.of_comentions(ee.extract(two, nlp_rules), window="article")
    assert graph.nx.number_of_nodes() == 2
    assert graph.nx.number_of_edges() == 0


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (None, ""),
        (float("nan"), ""),
        (pd.NaT, ""),
        (datetime.date(2024, 3, 9), "2024-03-09"),
        (datetime.datetime(2024, 3, 9, 10, 30, tzinfo=datetime.UTC), "2024-03-09"),
        (pd.Timestamp("2024-03-09 10:30"), "2024-03-09"),
        (np.datetime64("2024-03-09"), "2024-03-09"),
        (20240309, "2024-03-09"),
        ("2024-03-09T10:30", "2024-03-09T10:30"),
        ("9 mars 2024", "2024-03-09"),
        ("09/03/2024", "2024-03-09"),
        ("hier", "hier"),
    ],
)
def test_dates(date: Any, expected: str, read: Read) -> None:
    articles, problems = read([Article("a", TEXT, date=date)])
    assert [article.date for article in articles] == [expected]
    assert problems == []


@pytest.mark.parametrize(
    ("text", "action", "words"),
    [
        (None, "empty", "there is no text"),
        (float("nan"), "empty", "there is no text"),
        (pd.NA, "empty", "there is no text"),
        (TEXT.encode(), "refused", "of type bytes: neither an article nor a text; decode it first"),
        (12, "refused", "of type int"),
        (["Le Mali."], "refused", "of type list"),
        ("a" * (2**24 + 1), "refused", "cut it first"),
    ],
)
def test_what_is_no_text_is_named_and_the_rest_is_read(
    text: Any, action: str, words: str, read: Read
) -> None:
    articles, problems = read([Article("a", TEXT), Article("b", text), Article("c", TEXT)])
    assert ids(articles) == ["a", "c"]
    assert [(p.article, p.where, p.action) for p in problems] == [("b", "articles[1]", action)]
    assert words in problems[0].reason


def test_fields_that_are_no_text(read: Read) -> None:
    made = Article(
        12,  # type: ignore[arg-type]
        TEXT,
        title=b"Titre",  # type: ignore[arg-type]
        date=[2024],  # type: ignore[arg-type]
        source=None,  # type: ignore[arg-type]
        url=np.nan,  # type: ignore[arg-type]
        meta={"page": 3, "rubriques": ["Monde"], "image": b"\0", 4: None},  # type: ignore[dict-item]
    )
    (article,), problems = read([made])
    assert (article.id, article.title, article.date, article.source) == ("12", "", "", "")
    assert article.meta["page"] == "3"
    assert article.meta["rubriques"] == '["Monde"]'
    assert [(p.article, p.action) for p in problems] == [("12", "repaired")]
    for name in ("title (of type bytes)", "date (of type list)", "meta['image'] (of type bytes)"):
        assert name in problems[0].reason


@pytest.mark.parametrize("meta", [None, 3, "rubrique"])
def test_meta_that_is_no_mapping(meta: Any, read: Read) -> None:
    (article,), problems = read([Article("a", TEXT, meta=meta)])
    assert dict(article.meta) == {}
    assert [p.action for p in problems] == ([] if meta is None else ["repaired"])


@pytest.mark.parametrize("identifier", [None, "", float("nan"), b"a"])
def test_an_article_without_id_gets_one(identifier: Any, read: Read) -> None:
    articles, problems = read([Article("a", TEXT), Article(identifier, TEXT)])
    assert ids(articles) == ["a", "article:2"]
    assert [(p.article, p.action) for p in problems] == [("article:2", "renamed")]


def test_what_is_no_article_among_articles(read: Read) -> None:
    articles, problems = read([Article("a", TEXT), None, 3, {"text": TEXT}, Article("b", TEXT)])
    assert ids(articles) == ["a", "b"]
    assert [(p.where, p.action) for p in problems] == [
        ("articles[1]", "empty"),
        ("articles[2]", "refused"),
        ("articles[3]", "refused"),
    ]


def test_a_frame(read: Read) -> None:
    frame = pd.DataFrame({"texte": [TEXT, None, TEXT], "date": ["9 mars 2024", "", None]})
    articles, problems = read(frame)
    assert [(a.id, a.date) for a in articles] == [("row:0", "2024-03-09"), ("row:2", "")]
    assert [(p.article, p.action) for p in problems] == [("row:1", "empty")]


def test_one_article(read: Read) -> None:
    assert ids(read(Article("a", TEXT))[0]) == ["a"]


@pytest.mark.parametrize(
    "texts",
    [
        [TEXT, "Le Togo vote."],
        (text for text in (TEXT, "Le Togo vote.")),
        pd.Series([TEXT, "Le Togo vote."]),
        np.array([TEXT, "Le Togo vote."]),
    ],
)
def test_texts_get_ids(texts: Any, nlp_rules: Language) -> None:
    result = ee.extract(texts, nlp_rules)
    assert ids(result.articles) == ["article:1", "article:2"]
    assert {m.entity for m in result.mentions} == {"country:ML", "country:PL", "country:TG"}
    assert result.problems == ()


def test_texts_that_are_missing(nlp_rules: Language) -> None:
    result = ee.extract(pd.Series([np.nan, TEXT, None]), nlp_rules)
    assert ids(result.articles) == ["article:2"]
    assert [p.article for p in result.problems] == ["article:1", "article:3"]


def test_names_of_files_are_not_read_as_texts(
    nlp_rules: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Le Mali.txt").write_text(TEXT, encoding="utf-8")
    result = ee.extract(["Le Mali.txt", "Le Mali", Path("Le Mali.txt")], nlp_rules)  # type: ignore[list-item]
    assert ids(result.articles) == ["article:2"]
    assert [p.article for p in result.problems] == ["article:1", "article:3"]
    assert "read files with read_articles" in result.problems[0].reason


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        (TEXT, "for one text, a list of it"),
        (Path("a.txt"), "for a file, read_articles"),
        (TEXT.encode(), "decode it"),
        ({"a": TEXT}, "for texts by id"),
        ({TEXT}, "sort it to a list"),
        (None, "give a list of Article"),
        (3, "give a list of Article"),
        (io.StringIO(TEXT), "read_articles gives for files"),
        ([3], "articles[0] is of type int"),
        ([{"text": TEXT}], "articles[0] is of type dict"),
        ([TEXT.encode()], "articles[0] is of type bytes"),
    ],
)
def test_the_rest_is_refused_at_once(
    wrong: Any, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entextract.reading.extraction.load", lambda: pytest.fail("too late"))
    with pytest.raises(TypeError) as raised:
        ee.extract(wrong)
    assert remedy in str(raised.value)


@pytest.mark.parametrize(
    "wrong", [TEXT.encode(), {"a": TEXT}, {TEXT}, None, 3, io.StringIO(TEXT), [3], [TEXT.encode()]]
)
def test_a_run_refuses_the_same(wrong: Any, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="give a list of Article"):
        ee.extract_corpus(wrong, tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("text", [TEXT, TEXT * 1000, "\0", "Qui ? " * 1000, "a\n" * 5000])
def test_a_text_for_the_name_of_a_file(text: str, tmp_path: Path) -> None:
    for given in (text, [text]):
        with pytest.raises(FileNotFoundError) as raised:
            ee.extract_corpus(given, tmp_path / "run")
        assert len(str(raised.value)) < 400
        with pytest.raises(FileNotFoundError):
            ee.read_articles(given)


@pytest.mark.parametrize("wrong", [None, 3, [3], [Article("a", TEXT)], [b"a.txt"]])
def test_read_articles_takes_names(wrong: Any) -> None:
    with pytest.raises(TypeError, match="names of files and folders"):
        ee.read_articles(wrong)


@pytest.mark.parametrize("name", ["batch_size", "n_process"])
@pytest.mark.parametrize("count", [0, -1, 2.5, None, "2"])
def test_counts(name: str, count: Any, nlp_rules: Language) -> None:
    with pytest.raises(ValueError, match=f"{name}=.*give a whole number, 1 or more"):
        ee.extract([TEXT], nlp_rules, **{name: count})


@pytest.mark.parametrize("name", ["workers", "shard_articles"])
def test_counts_of_a_run(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=f"{name}=0: give a whole number"):
        ee.extract_corpus([Article("a", TEXT)], tmp_path / "run", **{name: 0})  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["entextract", 3, lambda text: text])
def test_what_is_no_pipeline(wrong: Any) -> None:
    with pytest.raises(TypeError, match="give what load"):
        ee.extract([TEXT], wrong)


@pytest.mark.parametrize("pipes", [(), ("sentencizer",), ("entextract_countries",)])
def test_a_pipeline_without_ids(pipes: tuple[str, ...]) -> None:
    nlp = spacy.blank("fr")
    for name in pipes:
        nlp.add_pipe(name)
    with pytest.raises(ValueError, match="has no entextract_linker"):
        ee.extract([TEXT], nlp)


def test_a_stream_stays_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    stream = ee.read_articles(tmp_path)
    assert articles_of(stream, "texts") is stream
    assert ids(articles_of(str(tmp_path / "a.txt"), "files")) == ["a"]
    assert ids(articles_of([tmp_path / "a.txt"], "files")) == ["a"]
