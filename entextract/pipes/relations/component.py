"""States the relations of a text: who does what to whom, and how true the text says it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.relations.anaphora import Anaphora
from entextract.pipes.relations.attribution import Credit, credit
from entextract.pipes.relations.circumstances import Circumstances
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.discourse import ANAPHORA, Discourse
from entextract.pipes.relations.factuality import Factuality
from entextract.pipes.relations.frames import Found, Frames
from entextract.pipes.relations.sentence_reader import SentenceReader
from entextract.pipes.relations.sentence_tokens import MAX_TOKENS
from entextract.pipes.relations.statements import statements
from entextract.records.rules import Link, Rule

# constructions whose fact a speaker takes for granted: « selon X, directeur de Y »
_PRESUPPOSED = frozenset(
    {"title", "bracket", "party", "adjective", "place", "possessive", "nationality"}
)
_ASSERTED = frozenset({"verb", "governor", "predicate", "passive"})

if not Doc.has_extension("entextract_relations"):
    Doc.set_extension("entextract_relations", default=None)


@Language.factory(
    "entextract_relations",
    requires=["doc.ents", "token.dep", "token.pos"],
    assigns=["doc._.entextract_relations"],
    default_config={"kinds": "default", "anaphora": True},
)
class Relations:
    """State typed, directed relations between the entities of each sentence.

    It needs the parser and the linker.

    Sets: ``doc._.entextract_relations``, a list of dicts of plain values, one for each relation:
    the fields of ``Relation``, and ``moment``, the time that the sentence gives, from which
    ``extract`` makes the date once it knows that of the article.

    Args:
        kinds: the kinds to state: ``"default"`` for those precise enough, ``"all"``, or a list.
            ``"two_ends"`` is the default without events that name nobody who did them (« X est mis
            en examen »); a list has them if ``"one_end"`` is in it.
        anaphora: whether « il », « ce dernier » or « le président français » stand for the one name
            that they can mean; ``rule`` then ends with ``+anaphora``.

    Raises:
        ValueError: there is no such kind.

    >>> from entextract import load
    >>> (row,) = load()("La Russie a accusé la Pologne.")._.entextract_relations
    >>> row["kind"], row["source"], row["target"], row["trigger"], row["status"]
    ('accuse', 'country:RU', 'country:PL', 'accusé', 'actual')
    """

    def __init__(self, nlp: Language, name: str, *, kinds: str | list[str], anaphora: bool) -> None:
        self.name = name
        self.anaphora = anaphora
        rows = tables.kind_rows()
        self.one_end = kinds in ("default", "all") or "one_end" in kinds
        if kinds == "all":
            self.kinds = {str(row.kind) for row in rows}
        elif kinds in ("default", "two_ends"):
            self.kinds = {str(row.kind) for row in rows if row.default == "on"}
        else:
            self.kinds = ({kinds} if isinstance(kinds, str) else set(kinds)) - {"one_end"}
        if unknown := self.kinds - {str(row.kind) for row in rows}:
            known = ", ".join(row.kind for row in rows)
            raise ValueError(f"unknown relation kind {sorted(unknown)}: choose among {known}")
        self.nouns = tables.trigger_lemmas()
        self.facts = {str(row.kind) for row in rows if row.family == "static"}
        self.beside_sport = {str(row.kind) for row in rows if row.contest == "no"}
        self.frames = Frames()
        suffered = {lemma.split()[0] for lemma in tables.words("agentless_verb")}
        self.done = {
            form
            for form, readings in tables.verb_readings().items()
            if any(lemma in suffered and tense == "participle" for lemma, tense in readings)
        }
        self.codes: dict[str, dict[str, Any]] = {
            row.kind: {
                "wikidata": row.wikidata,
                "plover": row.plover,
                "quad": row.quad,
                "goldstein": float(row.goldstein or 0),
            }
            for row in rows
        }
        self.reader = SentenceReader(nlp)

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """The relations of a document, in order. The document is not changed."""
        found: list[dict[str, Any]] = []
        discourse = Discourse(doc, self.reader)
        anaphora = Anaphora(discourse) if self.anaphora else None
        for number, span in enumerate(discourse.sentences):
            if anaphora is not None:
                anaphora.resolve(number)
            ids = discourse.ids(span)
            if len(ids) > 1 or (ids and self._may_suffer(span, discourse.low)):
                rows = self._of_sentence(span, discourse.clauses(number))
                found.extend({**row, "sentence": number} for row in rows)
        return found

    def _may_suffer(self, span: Span, low: list[str]) -> bool:
        """Whether a sentence has a word by which something is done to somebody."""
        return self.one_end and not self.done.isdisjoint(low[span.start : span.end])

    def _of_sentence(self, span: Span, clauses: Clauses) -> Iterator[dict[str, Any]]:
        factuality = Factuality(clauses)
        s = clauses.noun_phrases
        said = credit(clauses)
        speaker = said.speaker if said is not None else None
        asserted = partial(_is_asserted, clauses)
        contest = not tables.words("sport").isdisjoint(s.low[s.start : s.end])
        circumstances = Circumstances(clauses)
        taken: set[tuple[str, str, int]] = set()
        text = span.text.strip()  # once: it is that of each of its rows
        found = statements(clauses, self.frames, factuality, self.nouns, one_end=self.one_end)
        for f in found:
            a, b, (at_word, _) = f.source_id, f.target.kb_id_, f.trigger
            if f.kind not in self.kinds or (a, b, at_word) in taken:
                continue
            if contest and f.kind not in self.beside_sport:
                continue
            taken |= {(a, b, at_word), (b, a, at_word)}
            ends = (f.source_id, f.target.kb_id_)
            of_speaker = speaker and speaker.entity and speaker.entity.kb_id_ in ends
            presupposed = f.kind in self.facts and (of_speaker or f.rule in _PRESUPPOSED)
            told = said is not None and said.start <= at_word < said.end
            told = told and asserted(f) and not presupposed
            row = _row(f, span.doc, text, said if told else None)
            if self._happens(f):
                row |= _circumstances(f, circumstances)
            yield {**row, **self.codes[f.kind]}

    def _happens(self, f: Found) -> bool:
        """Whether the words state something that was done at some time, and no standing fact."""
        rule, _, _ = f.rule.partition(":")
        return rule in _ASSERTED or (rule == "noun" and f.kind not in self.facts)

    def __call__(self, doc: Doc) -> Doc:
        doc._.entextract_relations = self.find(doc)
        unread = sum(max(0, len(sentence) - MAX_TOKENS) for sentence in doc.sents)
        if unread:  # in words, for the report
            doc.user_data["entextract_unread"] = unread
        return doc


def _is_asserted(clauses: Clauses, f: Found) -> bool:
    """Whether whoever says the sentence vouches for it: not titles, nor « depuis l'invasion »."""
    rule, _, _ = f.rule.partition(":")
    if rule == "noun":
        s, i = clauses.noun_phrases, f.trigger[0]
        role = s.tokens.preposition(i)
        head = s.tokens.determiner(i) - 2
        if role == "de" and s.low[head] and s.doc[head].pos_ == "NOUN":
            role = s.tokens.preposition(head)  # « depuis le début de l'invasion »
        return role not in ("other", "sur")
    return rule in _ASSERTED


def _circumstances(f: Found, circumstances: Circumstances) -> dict[str, Any]:
    """When and where it was; a date where the sentence gives the year."""
    moment = circumstances.moment(f)
    date = moment.date(None) if moment is not None else ""
    said = asdict(moment) if moment is not None else None
    return {"moment": said, "date": date, "place": circumstances.place(f)}


def _row(f: Found, doc: Doc, text: str, said: Credit | None) -> dict[str, Any]:
    """A relation as plain values; offsets count the characters of the document."""
    said_by = f.speaker or (said.speaker if said is not None else None)
    entity = said_by.entity if said_by is not None else None
    status = f.status
    if said is not None and said.alone and status == "actual":
        status = "reported"
    start, end = f.trigger
    trigger = doc[start:end]
    ends = [span for span in (f.source, f.target) if span is not None]
    links = [Link(ANAPHORA)] if any(span.id_ == ANAPHORA for span in ends) else []
    return {
        "source": f.source_id,
        "target": f.target.kb_id_,
        "kind": f.kind,
        "status": status,
        "speaker": entity.kb_id_ if entity is not None else "",
        "trigger": trigger.text,
        "start": trigger.start_char,
        "end": trigger.end_char,
        "text": text,
        "rule": str(Rule.parse(f.rule).linked(links)),
        "office": f.office,
        "former": f.former,
        "source_start": f.source.start_char if f.source is not None else 0,
        "source_end": f.source.end_char if f.source is not None else 0,
        "target_start": f.target.start_char,
        "target_end": f.target.end_char,
        "one_end": f.source is None,
        "moment": None,
        "date": "",
        "place": "",
    }
