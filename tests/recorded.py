"""What the pipeline reads in every text of ours, row by row, as it was when someone last looked.

    python tests/recorded.py      write the rows anew, then look at the difference: make recorded

Examples say what a sentence must give; these files say what it does give, with the rule behind it:
``sentences.txt`` and ``articles.txt`` the rows, ``readings.txt`` what they come from, that is what
each finder proposed, and the names, verbs and nouns of action of each sentence as they were read;
``forms.txt`` whom the forms of ``tests/forms.txt`` belong to.
A difference is a mistake, or a change that whoever makes it has read.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from marked import NOTE, TAG
from robustness import REWRITES
from spacy.language import Language

import entextract as ee
from entextract.linking.agreement import agree
from entextract.names import bodies
from entextract.names.organisations import Named
from entextract.names.organisations import agree as agree_names
from entextract.names.persons import identify, normalisation_key
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.component import Relations, _plain
from entextract.pipes.relations.factuality import Status, Verdict, of_noun
from entextract.pipes.relations.frames import Frames
from entextract.pipes.relations.verb import Slot, Verb
from entextract.pipes.spans import GROUP
from entextract.reading.extraction import names_of, read
from entextract.runs.worker import by_article

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


def rows(texts: Iterable[ee.Article], nlp: Language) -> Iterator[str]:
    """Each article by itself: its id, then a line for each mention, relation and problem."""
    every = read(texts, nlp)
    problems = defaultdict(list)
    for problem in every.problems:
        problems[problem.article].append(problem)
    for article, alone in by_article(every).items():
        result = agree(alone, names_of(nlp))
        names = {entity.id: entity.name for entity in result.entities}
        yield article
        for m in result.mentions:
            where = f"{m.start}-{m.end} in {m.sentence}, {m.paragraph}"
            name = names[m.entity]
            yield f"    {where} | {m.text} | {m.label} {m.kind} {m.entity} {name} | {m.rule}"
        for r in result.relations:
            more = [r.speaker and f"says {r.speaker}", r.office, "former" if r.former else ""]
            where = f"{r.start}-{r.end} | {r.trigger} | {r.rule}"
            stated = f"{r.status} {r.kind}({r.source}, {r.target})"
            yield " | ".join(["    => " + stated, *filter(None, more), where])
        for problem in problems[article]:
            yield f"    !! {problem.where}: {problem.reason} ({problem.action})"


def readings(texts: Iterable[str], nlp: Language) -> Iterator[str]:
    """Each text, then a line for each candidate, name, verb and noun of action."""
    relations = cast(Relations, nlp.get_pipe("entextract_relations"))
    for doc in nlp.pipe(texts):
        yield doc.text
        for span in sorted(doc.spans[GROUP], key=lambda c: (c.start, c.end, c.label_, c.id_)):
            yield f"    ? {span.text} | {span.label_} {span.kb_id_} | {span.id_}"
        at = {i: entity for entity in doc.ents for i in range(entity.start, entity.end)}
        low = [_plain(token.text) for token in doc]
        for sentence in doc.sents:
            clauses = relations.clauses(sentence, low, at)
            status = Status(clauses)
            for arg in clauses.sentence.args:
                yield " | ".join(filter(None, name_line(arg, clauses)))
            for verb in clauses.verbs.values():
                yield " | ".join(filter(None, verb_line(verb, clauses, status)))
            for i in range(sentence.start, sentence.end):
                if low[i] in relations.nouns and i not in clauses.verbs and i not in at:
                    yield " | ".join(filter(None, noun_line(i, clauses, status)))


def name_line(arg: Arg, clauses: Clauses) -> Iterator[str]:
    """A name, or a noun that stands for one."""
    doc = clauses.sentence.doc
    yield f"    name {doc[arg.start : arg.end].text}"
    yield arg.entity.kb_id_ if arg.entity is not None else "nobody"
    yield f"on {arg.prep}" if arg.prep else ""
    yield f"by {arg.via}" if arg.via else ""
    yield f"one of {len(arg.group)}" if len(arg.group) > 1 else ""
    for role in arg.roles:
        parts = {"adjective": role.adjective, "person": role.person, "holder": role.holder}
        told = [f"{what} {span.text}" for what, span in parts.items() if span is not None]
        told += [f"place {place.text}" for place in role.places]
        yield f"{role.kind} {doc[role.start : role.end].text} ({', '.join(told)})"


def verb_line(verb: Verb, clauses: Clauses, status: Status) -> Iterator[str]:
    """A verb, who does it, how true it is, and what follows it."""
    doc = clauses.sentence.doc
    marks = ("reflexive", "negated", "passive", "bare")
    yield f"    verb {doc[verb.start : verb.i + 1].text}"
    yield " ".join([verb.lemma, verb.tense, verb.form, *(m for m in marks if getattr(verb, m))])
    subject, governor = clauses.subject(verb), clauses.governor(verb)
    yield f"of {doc[subject.start : subject.end].text}" if subject is not None else ""
    yield f"under {governor.lemma}" if governor is not None and verb.form == "infinitive" else ""
    yield status_of(status.of(verb), clauses)
    yield from (slot_part(slot, clauses) for slot in clauses.slots(verb.i))


def noun_line(i: int, clauses: Clauses, status: Status) -> Iterator[str]:
    """A noun of action, the verb that it is the object of, and what follows it."""
    s = clauses.sentence
    support = Frames._support(i, clauses)
    yield f"    noun {s.doc[s.determiner(i) : i + 1].text}"
    yield f"on {s.preposition(i)}" if s.preposition(i) else ""
    yield f"object of {support.lemma}" if support is not None else ""
    yield from (f"adjective {entity.text}" for entity in Frames._adjectives(s, i + 1))
    yield status_of(of_noun(i, clauses, status, support), clauses)
    yield from (slot_part(slot, clauses) for slot in clauses.slots(i, noun=True))


def status_of(verdict: Verdict, clauses: Clauses) -> str:
    by = verdict.speaker
    says = f" says {clauses.sentence.doc[by.start : by.end].text}" if by is not None else ""
    return f"{verdict.status}{says} {verdict.governor}".strip()


def slot_part(slot: Slot, clauses: Clauses) -> str:
    text = clauses.sentence.doc[slot.arg.start : slot.arg.end].text
    return f"{slot.prep or '-'} {text}{' after an object' if slot.blocked else ''}"


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
    states = {name: int(value) for name, value in told.items() if value.isdigit()}
    acronyms = {name: value for name, value in told.items() if not value.isdigit()}
    names = [Named(form, bodies.own_id(form), False) for form in parts if "=" not in form]
    for form, (identity, rule) in agree_names(names, acronyms, states).items():
        body, known = bodies.parse_body(form), bodies.is_common(bodies.words_of(form))
        yield f"    {form} | {bodies.key(form)} | {' '.join(sorted(bodies.initials(form)))}"
        yield f"        {identity} | {rule} | {body} | {'common' if known else 'proper'}"


def recorded(nlp: Language) -> dict[str, list[str]]:
    """The lines of each file."""
    one_by_one = [ee.Article(text, text) for text in sentences()]
    return {
        "sentences.txt": list(rows(one_by_one, nlp)),
        "articles.txt": list(rows(articles(), nlp)),
        "readings.txt": list(readings(marked(), nlp)),
        "forms.txt": list(forms()),
    }


if __name__ == "__main__":
    for name, lines in recorded(ee.load()).items():
        (FOLDER / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
