"""A run folder made of rows, cut into shards; and a made-up corpus to fill one with."""

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from entextract import __version__
from entextract.linking.agreement import Names
from entextract.linking.entities import count_entities
from entextract.records.arrow_tables import arrow_table
from entextract.records.columns import FORMAT
from entextract.records.files import write_json
from entextract.records.nouns import Article, Mention, Quote, Relation, Sentence
from entextract.records.spelling import slug
from entextract.records.stamp import MANIFEST
from entextract.result import Extraction
from entextract.runs.layout import READING, SHARD_TABLES, write_names
from entextract.runs.sealing import read_content, write_shard

PERSONS = [
    "Antony Blinken",
    "A. Blinken",
    "Blinken",
    "Joe Biden",
    "Jill Biden",
    "Biden",
    "Kassym-Jomart Tokaïev",
    "Kassym-Jomart Tokayev",
    "Tokaïev",
    "Olaf Scholz",
    "Scholz",
    "SCHOLZ",
]
BODIES = ["Banque Atlantique", "Banque atlantique", "Union des ports", "UDP", "Fonds Diallo"]
BODIES += ["PS", "Parti socialiste", "Sénat"]
STATES = {"Mali": "country:ML", "malien": "country:ML", "Togo": "country:TG"}
STATES |= {"Portugal": "country:PT", "France": "country:FR"}
TITLES = ["title-before-name", "title-before-name:f", "title-before-name:m", "kin-before-name"]


def made_up(number: int, seed: int = 0) -> Extraction:
    """Rows of that many articles, as the pipeline leaves them; some name nobody."""
    draw = random.Random(seed)
    articles, mentions, relations, quotes, sentences = [], [], [], [], []
    for n in range(number):
        name = f"a{draw.randrange(10**6):06}-{n}"
        meta = draw.choice([{}, {"section": "Monde"}, {"auteur": "Léa | Noé", "page": "3"}])
        day = draw.choice(["", "2024-03-01", "2024-04-15", "2019-01-02", "2021-11-30"])
        source = draw.choice(["", "Le Quotidien", "L'Écho"])
        articles.append(Article(name, "", "Un titre", day, source, f"http://x/{n}", meta))
        for s in range(draw.randrange(4)):
            text = f"Phrase {s} de {name}, « citée ».\nSuite\r."
            sentences.append(Sentence(name, s, 100 * s, 100 * s + len(text), text))
            found = _names(draw, name, s)
            mentions += found
            if found:
                quotes.append(_quote(found[0], text))
            if len(found) > 1 and draw.random() < 0.5:
                relations.append(_relation(draw, found[0], found[1], text))
    return Extraction(
        tuple(articles),
        tuple(mentions),
        (),
        tuple(relations),
        tuple(sentences),
        quotes=tuple(quotes),
    )


def _names(draw: random.Random, article: str, sentence: int) -> list[Mention]:
    rows = []
    for place in range(draw.randrange(4)):
        start = 100 * sentence + 30 * place
        label = draw.choice(["PER", "PER", "ORG", "COUNTRY"])
        form = draw.choice({"PER": PERSONS, "ORG": BODIES, "COUNTRY": list(STATES)}[label])
        entity = STATES.get(form) or f"{label.lower()}:{slug(form)}"
        kind = "demonym" if form == "malien" else "name"
        rule = draw.choice(["model", *TITLES]) if label == "PER" else "model"
        where = (sentence, sentence // 2)
        rows.append(
            Mention(article, start, start + len(form), form, label, kind, entity, *where, rule)  # type: ignore[arg-type]
        )
    return rows


def _relation(draw: random.Random, a: Mention, b: Mention, text: str) -> Relation:
    stated = {"rule": "verb", "plover": "ACCUSE", "quad": "verbal conflict", "goldstein": -2.5}
    return Relation(
        a.article,
        a.entity,
        b.entity,
        draw.choice(["accuse", "rencontre"]),
        draw.choice(["actual", "negated"]),
        draw.choice(["", a.entity]),
        "accuse",
        a.start,
        a.end,
        text,
        former=draw.random() < 0.5,
        **stated,  # type: ignore[arg-type]
    )


def _quote(by: Mention, text: str) -> Quote:
    where = (by.start, by.start + len(text))
    return Quote(by.article, by.entity, by.text, text, *where, "dit", "direct", "incise")


def cut(rows: Extraction, size: int) -> list[Extraction]:
    """The rows of so many articles after so many."""
    parts = []
    for start in range(0, len(rows.articles), size):
        articles = rows.articles[start : start + size]
        names = {article.id for article in articles}
        parts.append(
            Extraction(
                articles,
                tuple(m for m in rows.mentions if m.article in names),
                (),
                tuple(r for r in rows.relations if r.article in names),
                tuple(s for s in rows.sentences if s.article in names),
                tuple(p for p in rows.problems if p.article in names),
                quotes=tuple(q for q in rows.quotes if q.article in names),
            )
        )
    return parts


def joined(parts: Sequence[Extraction]) -> Extraction:
    """The rows of several parts, in their order."""
    tables = {
        name: tuple(row for part in parts for row in getattr(part, name)) for name in SHARD_TABLES
    }
    return Extraction(**tables)


def write_run(folder: Path, parts: Sequence[Extraction], names: Names | None = None) -> Path:
    """A finished run that found these rows, one shard a part."""
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    shards = []
    for n, part in enumerate(parts):
        name = f"{n:05}-made-up"
        write_shard(folder, name, part)
        content = read_content(folder / "shards" / name)
        assert content
        shards.append({"name": name, "rows": content.rows})
    write_names(folder, names or Names())
    pq.write_table(arrow_table("problems", ()), folder / READING)
    about = {"format": FORMAT, "entextract": __version__, "complete": True, "shards": shards}
    write_json(folder / MANIFEST, about)
    return folder


def counted(rows: Extraction) -> Extraction:
    """The rows with their entities, ids as they are."""
    return replace(rows, entities=tuple(count_entities(rows.mentions)))
