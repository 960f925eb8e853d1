"""How many words are quoted of whom."""

from pathlib import Path

import pytest
from runs import write_run
from typer.testing import CliRunner

import entextract as ee
from entextract.cli import app
from entextract.profiles.speech import counted_words
from entextract.records.nouns import Article, Entity, Mention, Quote, Relation, Sentence
from entextract.result import Extraction
from entextract.runs.tables import open_run


def quote(
    article: str, speaker: str, said_by: str, text: str, start: int = 0, **more: str
) -> Quote:
    kind = more.get("kind", "direct")
    return Quote(article, speaker, said_by, text, start, start + len(text), "dit", kind, "incise")  # type: ignore[arg-type]


def corpus() -> Extraction:
    """Two newspapers; a woman, a man of a party, a body, a source, words of nobody."""
    named = {"per:anne-rey": "Anne Rey", "per:paul-roux": "Paul Roux", "org:lr": "Les Républicains"}
    labels = {"per": "PER", "org": "ORG"}
    mentions = tuple(
        Mention("a", 20 * n, 20 * n + len(name), name, labels[one[:3]], "name", one, 0, 0, "model")  # type: ignore[arg-type]
        for n, (one, name) in enumerate(named.items())
    )
    entities = tuple(
        Entity(one, name, labels[one[:3]], None, (name,), 1, 1)  # type: ignore[arg-type]
        for one, name in sorted(named.items())
    )
    member = Relation(
        "a", "per:paul-roux", "org:lr", "member_of", "actual", "", "LR", 0, 2, "", "title"
    )
    quotes = (
        quote("a", "per:anne-rey", "Anne Rey", "Nous irons au bout de la route", 100),
        quote("a", "per:paul-roux", "Roux", "Jamais", 200),
        quote("a", "", "une source", "Tout est prêt", 300),
        quote("b", "org:lr", "LR", "Le plan est mort", 0),
        quote("b", "", "", "On ne passe pas", 100),
        quote("b", "per:paul-roux", "il", "Nous partirons demain", 200),
    )
    articles = (Article("a", "", source="Le Jour"), Article("b", "", source="La Vigie"))
    return Extraction(
        articles, mentions, entities, (member,), (Sentence("a", 0, 0, 9, "Rien."),), quotes=quotes
    )


def test_by_gender() -> None:
    frame = corpus().quote_shares("gender").set_index("gender")
    assert dict(frame["words"]) == {"f": 7, "body": 4, "m": 4, "nobody": 4, "unnamed": 3}
    assert frame["share"].sum() == pytest.approx(1, abs=1e-3)
    assert frame.loc["m", ["speakers", "articles", "quotes", "direct"]].tolist() == [1, 2, 2, 2]
    assert frame.loc["f", "share"] == pytest.approx(7 / 22, abs=1e-4)


def test_by_party() -> None:
    frame = corpus().quote_shares("party").set_index("party")
    assert frame.loc["Les Républicains", "words"] == 8
    assert frame.loc["unknown", "words"] == 7


def test_the_last_is_shared_out_within_the_others() -> None:
    frame = corpus().quote_shares("source", "gender").set_index(["source", "gender"])
    assert frame.loc[("Le Jour", "f"), "share"] == pytest.approx(7 / 11, abs=1e-4)
    assert frame.loc[("La Vigie", "m"), "share"] == pytest.approx(3 / 11, abs=1e-4)
    assert ("La Vigie", "f") not in frame.index


def test_a_text_printed_twice_counts_once_but_for_each_newspaper() -> None:
    rows = corpus()
    again = ee.Copy("b", "a", 1.0)
    twice = Extraction(
        rows.articles, rows.mentions, rows.entities, rows.relations, rows.sentences,
        copies=(again,), quotes=rows.quotes,
    )  # fmt: skip
    assert twice.quote_shares("gender")["words"].sum() == 11
    assert twice.quote_shares("source")["words"].sum() == 22
    assert twice.quote_shares("gender", count="article")["words"].sum() == 22


def test_what_nothing_can_be_counted_by() -> None:
    with pytest.raises(ValueError, match="by age: choose gender, party, source"):
        corpus().quote_shares("age")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="by nothing"):
        corpus().quote_shares()


def test_words_count_once() -> None:
    text = "le plan « coûtera cher » à la ville"
    whole = quote("a", "x", "x", text, 10, kind="indirect")
    part = quote("a", "x", "x", "coûtera cher", 10 + text.index("coûtera"))
    elsewhere = quote("b", "x", "x", text, 10, kind="indirect")
    assert counted_words([whole, part, elsewhere]) == [5, 2, 7]
    assert counted_words([part, whole]) == [2, 5]
    assert counted_words([]) == []


def test_the_command(tmp_path: Path) -> None:
    rows = corpus()
    rows.to_csv(tmp_path / "sortie")
    out = tmp_path / "paroles.csv"
    given = ["quotes", str(tmp_path / "sortie"), "-o", str(out), "--by", "source", "--by", "gender"]
    done = CliRunner().invoke(app, given, prog_name="entextract")
    assert done.exit_code == 0, done.output
    assert "Le Jour, f: 63.6%" in done.output
    assert out.read_text(encoding="utf-8").splitlines()[0] == (
        "source,gender,speakers,articles,quotes,direct,words,share"
    )
    wrong = CliRunner().invoke(app, [*given[:4], "--by", "age"], prog_name="entextract")
    assert wrong.exit_code == 2
    assert "choose gender, party, source" in wrong.output


def test_the_same_in_shards(tmp_path: Path) -> None:
    rows = corpus()
    tables = open_run(write_run(tmp_path, [rows]))
    told = tables.read().quote_shares("gender")
    assert tables.quote_shares("gender").equals(told)
    assert len(told) > 3
