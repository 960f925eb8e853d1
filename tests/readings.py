"""What the relations of our own sentences come from, for whoever changes the reader of relations.

    python tests/readings.py [FILE]      build/readings.txt by default: make readings

Under each sentence stand what each finder proposed, and its names, verbs and nouns of action as the
reader took them. Write the file before a change and after it, and compare. It is no test: a better
reader reads otherwise, and ``tests/recorded/`` holds the rows that must stay.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import cast

from recorded import marked
from spacy.language import Language

import entextract as ee
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.component import Relations
from entextract.pipes.relations.deeds import adjectives_after
from entextract.pipes.relations.factuality import Factuality, Verdict, of_noun
from entextract.pipes.relations.frames import Frames
from entextract.pipes.relations.verb import Clause, Slot
from entextract.pipes.spans import GROUP, small_letters

OUT = Path(__file__).parents[1] / "build" / "readings.txt"


def readings(texts: Iterable[str], nlp: Language) -> Iterator[str]:
    """Each text, then a line for each candidate, name, verb and noun of action."""
    relations = cast(Relations, nlp.get_pipe("entextract_relations"))
    for doc in nlp.pipe(texts):
        yield doc.text
        for span in sorted(doc.spans[GROUP], key=lambda c: (c.start, c.end, c.label_, c.id_)):
            yield f"    ? {span.text} | {span.label_} {span.kb_id_} | {span.id_}"
        at = {i: entity for entity in doc.ents for i in range(entity.start, entity.end)}
        low = small_letters(doc)
        for sentence in doc.sents:
            clauses = relations.reader.read(sentence, low, at)
            factuality = Factuality(clauses)
            for arg in clauses.noun_phrases.args:
                yield " | ".join(filter(None, name_line(arg, clauses)))
            for verb in clauses.verbs.values():
                yield " | ".join(filter(None, verb_line(verb, clauses, factuality)))
            for i in range(sentence.start, sentence.end):
                if low[i] in relations.nouns and i not in clauses.verbs and i not in at:
                    yield " | ".join(filter(None, noun_line(i, clauses, factuality)))


def name_line(arg: Arg, clauses: Clauses) -> Iterator[str]:
    """A name, or a noun that stands for one."""
    doc = clauses.noun_phrases.doc
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


def verb_line(verb: Clause, clauses: Clauses, factuality: Factuality) -> Iterator[str]:
    """A verb, who does it, how true it is, and what follows it."""
    doc = clauses.noun_phrases.doc
    marks = ("reflexive", "negated", "passive", "without_auxiliary")
    yield f"    verb {doc[verb.start : verb.i + 1].text}"
    yield " ".join([verb.lemma, verb.tense, verb.form, *(m for m in marks if getattr(verb, m))])
    subject, governor = verb.subject, clauses.governor(verb)
    yield f"of {doc[subject.start : subject.end].text}" if subject is not None else ""
    yield f"under {governor.lemma}" if governor is not None and verb.form == "infinitive" else ""
    yield status_of(factuality.of(verb), clauses)
    yield from (slot_part(slot, clauses) for slot in clauses.slots(verb.i))


def noun_line(i: int, clauses: Clauses, factuality: Factuality) -> Iterator[str]:
    """A noun of action, the verb that it is the object of, and what follows it."""
    s = clauses.noun_phrases
    support = Frames._support(i, clauses)
    yield f"    noun {s.doc[s.tokens.determiner(i) : i + 1].text}"
    yield f"on {s.tokens.preposition(i)}" if s.tokens.preposition(i) else ""
    yield f"object of {support.lemma}" if support is not None else ""
    yield from (f"adjective {entity.text}" for entity in adjectives_after(s, i + 1))
    yield status_of(of_noun(i, clauses, factuality, support), clauses)
    yield from (slot_part(slot, clauses) for slot in clauses.slots(i, noun=True))


def status_of(verdict: Verdict, clauses: Clauses) -> str:
    by = verdict.speaker
    says = f" says {clauses.noun_phrases.doc[by.start : by.end].text}" if by is not None else ""
    return f"{verdict.status}{says} {verdict.governor}".strip()


def slot_part(slot: Slot, clauses: Clauses) -> str:
    text = clauses.noun_phrases.doc[slot.arg.start : slot.arg.end].text
    return f"{slot.prep or '-'} {text}{' after an object' if slot.blocked else ''}"


if __name__ == "__main__":
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(readings(marked(), ee.load())) + "\n", encoding="utf-8")
