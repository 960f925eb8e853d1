"""What the pipeline reads in every text of ours, row by row, as it was when someone last looked.

    python tests/recorded.py      write the rows anew, then look at the difference: make recorded

Examples say what a sentence must give; these files say what it does give, with the rule behind it:
``sentences.txt`` and ``articles.txt`` the rows, ``forms.txt`` whom the forms of ``tests/forms.txt``
belong to. A difference is a mistake, or a change that whoever makes it has read. What the rows come
from, the inside of the reader, is not recorded: ``readings.py`` shows it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from batches import Batches, article_of
from marked import NOTE, TAG
from robustness import REWRITES

import entextract as ee
from entextract.linking.agreement import agree
from entextract.names import bodies
from entextract.names.in_article import Name
from entextract.names.organisations import Named
from entextract.names.organisations import agree as agree_names
from entextract.names.owners import Owners
from entextract.names.person_keys import normalisation_key
from entextract.names.persons import identify
from entextract.names.state_bodies import is_common, parse_body
from entextract.reading.extraction import names_of
from entextract.records.rules import Rule

HERE = Path(__file__).parent
FOLDER = HERE / "recorded"
TABLES = HERE.parent / "entextract" / "data"


def marked() -> list[str]:
    """The marked sentences and those of the press, unmarked."""
    found = []
    for path in (*sorted((HERE / "examples").glob("*.txt")), HERE / "press.txt"):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [NOTE.sub("", line) for line in lines if line and not line.startswith("#")]
    return plain(found)


def sentences() -> list[str]:
    """Those, and the examples of the tables."""
    found = marked()
    for path in sorted(TABLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += [row.get("example") or "" for row in csv.DictReader(file)]
    return plain(found)


def plain(lines: Iterable[str]) -> list[str]:
    """Each sentence once, without its marks."""
    texts = (TAG.sub("", line.partition("=>")[0]).strip() for line in lines)
    return list(dict.fromkeys(text for text in texts if text))


def articles() -> list[ee.Article]:
    """The gold, which are the samples, as they are and in capitals."""
    lines = (HERE / "gold" / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [ee.Article(row["id"], row["text"]) for row in map(json.loads, lines)]
    loud = [
        ee.Article(
            f"{article.id}, capitals", "".join(REWRITES["ALL CAPS, no accents"](article.text))
        )
        for article in gold
    ]
    return [*gold, *loud]


def rows(texts: Iterable[ee.Article], batches: Batches) -> Iterator[str]:
    """Each article by itself: its id, then a line for each mention, relation and problem."""
    articles = list(texts)
    for article, alone in zip(articles, batches.rows(articles), strict=True):
        result = agree(alone, names_of(batches.nlp))
        names = {entity.id: entity.name for entity in result.entities}
        yield article.id
        for m in result.mentions:
            where = f"{m.start}-{m.end} in {m.sentence}, {m.paragraph}"
            name = names[m.entity]
            yield f"    {where} | {m.text} | {m.label} {m.kind} {m.entity} {name} | {m.rule}"
        for r in result.relations:
            more = [r.speaker and f"says {r.speaker}", r.office, "former" if r.former else ""]
            where = f"{r.start}-{r.end} | {r.trigger} | {r.rule}"
            stated = f"{r.status} {r.kind}({r.source}, {r.target})"
            yield " | ".join(["    => " + stated, *filter(None, more), where])
        for problem in alone.problems:
            yield f"    !! {problem.where}: {problem.reason} ({problem.action})"


def forms() -> Iterator[str]:
    """Each line of names, then a line for each form: whom it belongs to, and why."""
    are_persons = True
    for line in (HERE / "forms.txt").read_text(encoding="utf-8").splitlines():
        are_persons = are_persons and not line.startswith("# organisations")
        if line and not line.startswith("#"):
            yield line
            yield from (persons if are_persons else bodies_of)(line.split(" | "))


def persons(names: list[str]) -> Iterator[str]:
    for form, referent in identify(names).items():
        others = f" among {', '.join(referent.candidates)}" if referent.candidates else ""
        key = " ".join(normalisation_key(form))
        yield f"    {form} | {key} | {referent.name} | {referent.rule}{others}"


def bodies_of(parts: list[str]) -> Iterator[str]:
    told = dict(part.split("=") for part in parts if "=" in part)
    acronyms = {name: value for name, value in told.items() if not value.isdigit()}
    forms = [form for form in parts if "=" not in form]
    states = [name for name, value in told.items() if value.isdigit() for _ in range(int(value))]
    labels = [*(("COUNTRY", f"country:{s}", s) for s in states), *(("ORG", "", f) for f in forms)]
    written = [
        Name(form, label, entity, Rule("model"), 99 * n, 99 * n + len(form))
        for n, (label, entity, form) in enumerate(labels)
    ]
    names = [Named(form, bodies.own_id(form), False) for form in forms]
    for form, (identity, rule) in agree_names(names, acronyms, Owners(written)).items():
        body, known = parse_body(form), is_common(bodies.words_of(form))
        yield f"    {form} | {bodies.key(form)} | {' '.join(sorted(bodies.initials(form)))}"
        yield f"        {identity} | {rule} | {body} | {'common' if known else 'proper'}"


RECORDS: dict[str, Callable[[Batches], Iterator[str]]] = {
    "sentences.txt": lambda batches: rows(map(article_of, sentences()), batches),
    "articles.txt": lambda batches: rows(articles(), batches),
    "forms.txt": lambda batches: forms(),
}


if __name__ == "__main__":
    read = Batches((), ee.load())
    for name, lines in RECORDS.items():
        (FOLDER / name).write_text("\n".join(lines(read)) + "\n", encoding="utf-8")
