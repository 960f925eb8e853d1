"""Finds what is quoted in a text, in the words of its speakers or not, and who they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.part_of_speech import is_finite
from entextract.pipes.quotes.anaphora import Quote, resolved
from entextract.pipes.quotes.marks import Stretch, stretches
from entextract.pipes.quotes.speakers import (
    Speaker,
    according,
    as_told,
    before,
    before_colon,
    inverted,
    is_source,
    may_credit,
    saying_forms,
    says,
    speaks,
    subject,
)
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.discourse import Discourse
from entextract.pipes.relations.sentence_reader import SentenceReader
from entextract.pipes.spans import text_of
from entextract.records.spelling import level

if not Doc.has_extension("entextract_quotes"):
    Doc.set_extension("entextract_quotes", default=None)


@Language.factory(
    "entextract_quotes",
    requires=["doc.ents", "token.dep", "token.pos"],
    assigns=["doc._.entextract_quotes"],
    default_config={"anaphora": True},
)
class Quotes:
    """Find direct and indirect quotations and attribute each to its speaker.

    It needs the parser and the linker.

    Sets: ``doc._.entextract_quotes``, a list of dicts of plain values, one for each quotation.

    Args:
        anaphora: whether « a-t-elle dit », « a dit le ministre » are attributed to the one that
            these words can mean; such rows have a ``rule`` that ends with ``+anaphora``.

    >>> from entextract import load
    >>> (row,) = load()("« Nous partirons », a promis Anne Rey.")._.entextract_quotes
    >>> row["text"], row["speaker"], row["verb"], row["kind"]
    ('Nous partirons', 'per:anne-rey', 'promis', 'direct')
    """

    def __init__(self, nlp: Language, name: str, *, anaphora: bool) -> None:
        self.name = name
        self.anaphora = anaphora
        self.reader = SentenceReader(nlp)

    def find(self, doc: Doc) -> list[dict[str, Any]]:
        """The quotations of a document, in order. The document is not changed."""
        discourse = Discourse(doc, self.reader)
        found = sorted(_Quotations(discourse).find(), key=lambda q: (q.start, q.end))
        if self.anaphora:
            found = [*resolved(found, discourse)]
        text = text_of(doc)
        return [_row(doc, quote, text) for quote in found]

    def __call__(self, doc: Doc) -> Doc:
        doc._.entextract_quotes = self.find(doc)
        return doc


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quoted stretch in tokens: its marks at ``first`` and ``last``, if it has them."""

    stretch: Stretch
    first: int
    last: int
    speaker: Speaker | None = None


class _Quotations:
    """The quotations of one document."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.doc, self.low = discourse.doc, discourse.low
        self.sentences, self.number = discourse.sentences, discourse.sentence_of
        self.turns: list[int] = []  # tokens at which those of a dialogue open

    def find(self) -> Iterator[Quote]:
        """Direct quotations, then indirect ones."""
        quoted = [*filter(None, map(self._in_tokens, stretches(text_of(self.doc))))]
        self.turns = [q.first for q in quoted if q.stretch.turn]
        hidden = frozenset(i for q in quoted for i in range(q.first, q.last + 1))
        said: list[_Quoted] = []
        for q in quoted:
            said.append(replace(q, speaker=self._speaker(q, hidden)))
        said = [*self._joined(said)]
        for q in said:
            if self._is_speech(q):
                yield Quote(q.stretch.start, q.stretch.end, "direct", q.speaker)
        for sentence in self.sentences:
            yield from self._indirect(sentence, hidden)

    def _in_tokens(self, stretch: Stretch) -> _Quoted | None:
        span = self.doc.char_span(stretch.opened, stretch.closed, alignment_mode="expand")
        return _Quoted(stretch, span.start, span.end - 1) if span is not None else None

    def _clauses(self, token: int) -> Clauses:
        return self.discourse.clauses(self.number[token])

    # --- whose

    def _speaker(self, q: _Quoted, hidden: frozenset[int]) -> Speaker | None:
        if q.stretch.turn:
            return self._inside(q) or self._interviewed(q)
        clauses = self._clauses(q.last)
        return (
            (self._before(q, hidden) if self._is_announced(q) else None)
            or self._after(q)
            or self._inside(q)
            or self._before(q, hidden)
            or self._later(q, hidden)
            or according(clauses, q.first, q.last + 1)
            or as_told(clauses, hidden)
        )

    def _is_announced(self, q: _Quoted) -> bool:
        """« X a dit « … » », « X a dit : « … » »: nothing stands between."""
        before = self.low[q.first - 1] if q.first else ""
        return before == ":" or before in saying_forms()

    def _after(self, q: _Quoted) -> Speaker | None:
        """« … », a déclaré X."""
        i = q.last + 1
        if i >= len(self.doc) or self.number[i] != self.number[q.last]:
            return None
        comma = self.low[i] == ","
        ended = self.low[q.last - 1] in ("!", "?", ".", "…", ",")
        clauses = self._clauses(q.last)
        if i + comma >= clauses.noun_phrases.end:
            return None
        found = inverted(clauses, i + comma)
        if comma or ended or self.low[i] in saying_forms() or found is None:
            return found
        # « … » a résumé X, but not le journal « … » a révélé Y
        spoken = found.verb is not None and says(clauses, found.verb) and self._is_verbal(q)
        return found if spoken else None

    def _later(self, q: _Quoted, hidden: frozenset[int]) -> Speaker | None:
        """« X « … » depuis hier, a ajouté Y »: an incise that ends the sentence of a quotation."""
        clauses = self._clauses(q.last)
        for i in range(q.last + 1, clauses.noun_phrases.end - 1):
            if self.low[i] == "," and i not in hidden:
                found = inverted(clauses, i + 1)
                if found is not None and found.verb is not None and says(clauses, found.verb):
                    return found
        return None

    def _inside(self, q: _Quoted) -> Speaker | None:
        """« Nous irons, a promis X, jusqu'au bout »."""
        marks = (",", "–", "—", "?", "!") if q.stretch.turn else (",", "–", "—")
        for i in range(q.first + 1, q.last):
            if self.low[i] in marks and (q.stretch.turn or self.number[i + 1] == self.number[i]):
                clauses = self._clauses(i + 1)
                found = inverted(clauses, i + 1)
                if found is None or found.verb is None:
                    continue
                # « Tu pars ? demande X. »: behind a mark that ends it no other verb can stand
                if self.low[i] in ("?", "!") or says(clauses, found.verb):
                    return replace(found, rule="inside")
        return None

    def _interviewed(self, q: _Quoted) -> Speaker | None:
        """Who answers in an interview: the only one whom the first sentence names, or any."""
        if self.doc[q.last].text == "?":
            return None
        named = [e for e in self.doc.ents if e.label_ == "PER" and e.end <= self.turns[0]]
        opening = self.number[named[0].start] if named else 0
        for names in ([e for e in named if self.number[e.start] == opening], named):
            if len({name.kb_id_ for name in names}) == 1:
                return Speaker(names[0], names[0], None, "interview")
        return None

    def _before(self, q: _Quoted, hidden: frozenset[int]) -> Speaker | None:
        """« X a déclaré : « … » », « X dénonce « … » »."""
        i = q.first - 1
        while i > 0 and self.doc[i].is_space:
            i -= 1
        if i < 0:
            return None
        clauses = self._clauses(i)
        if self.low[i] == ":":
            return before_colon(clauses, i, hidden)
        return before(clauses, q.first, hidden) if self.number[i] == self.number[q.first] else None

    def _joined(self, quoted: list[_Quoted]) -> Iterator[_Quoted]:
        """Each with the speaker of the one it goes on from, where nothing says whose it is."""
        for place, q in enumerate(quoted):
            speaker, rule = q.speaker, "continued"
            if speaker is None and place and self._follows(quoted[place - 1], q):
                speaker = quoted[place - 1].speaker
            if speaker is None:
                speaker, rule = self._listed(q, quoted[place + 1 :]), "list"
            if speaker is not None and speaker is not q.speaker:
                q = replace(q, speaker=replace(speaker, rule=rule))
                quoted[place] = q
            yield q

    def _listed(self, q: _Quoted, following: list[_Quoted]) -> Speaker | None:
        """« … » et « … », a dit X."""
        here = self.number[q.last]
        near = takewhile(lambda other: self.number[other.first] == here, following)
        told = (other.speaker for other in near if other.speaker is not None)
        said = next(told, None)
        return said if said is not None and said.rule == "incise" else None

    def _follows(self, last: _Quoted, q: _Quoted) -> bool:
        """Whether one opens the sentence after that of another, or goes on in it."""
        if q.stretch.turn or last.stretch.turn:
            return False  # another one speaks
        here, there = self.number[q.first], self.number[last.last]
        before = self.doc[self.sentences[here].start : q.first]
        opens = not before.text.strip('« "“')
        goes_on = (opens and self._is_whole(q)) or self._tells_on(before)
        return here == there or (here == there + 1 and goes_on)

    def _tells_on(self, before: Span) -> bool:
        """« Et d'ajouter : », « Et de préciser que »: the infinitive of narration."""
        words = [token.lower_ for token in before[:3]]
        if len(words) < 3 or words[0] not in tables.words("coordinator"):
            return False
        return words[1] in tables.without_article("de") and says(
            self._clauses(before.start), before.start + 2
        )

    # --- what

    def _is_whole(self, q: _Quoted) -> bool:
        """Whether a stretch is a sentence by itself."""
        return self.doc[q.last].is_punct and self._is_verbal(q)

    def _is_verbal(self, q: _Quoted) -> bool:
        """Whether a verb of a stretch is conjugated."""
        inside = self.doc[q.first : q.last + 1]
        return any(is_finite(token) or token.pos_ == "AUX" for token in inside)

    def _is_speech(self, q: _Quoted) -> bool:
        """Whether what stands between marks is said by someone: not a title nor a nickname."""
        inside = self.doc[q.first : q.last + 1]
        words = [token for token in inside if token.text[:1].isalnum()]
        verbal = self._is_verbal(q)
        if q.speaker is None:
            return verbal and len(words) > 4
        if len(words) < 2:
            return False
        titled = words[0].text[:1].isupper() and not verbal
        return not (titled and q.speaker.rule in ("verb", "according", "continued"))

    # --- in the words of the article

    def _indirect(self, sentence: Span, hidden: frozenset[int]) -> Iterator[Quote]:
        """« X a déclaré que … », « selon X, … »."""
        words = self.low[sentence.start : sentence.end]
        speech = saying_forms()
        that = tables.words("complementizer")
        if not (speech.isdisjoint(words) or that.isdisjoint(words)):
            clauses = self._clauses(sentence.start)
            for k, verb in clauses.verbs.items():
                if k in hidden or not says(clauses, k) or not speaks(verb):
                    continue
                opens = _that(clauses, k)
                said = subject(clauses, verb, "that") if opens else None
                if said is not None:
                    yield from self._clause(opens, sentence.end, said)
                    return
        if may_credit(words):
            yield from self._credited(sentence, hidden)
        elif "," in words and not speech.isdisjoint(words):
            yield from self._told_beside(sentence, hidden)

    def _told_beside(self, sentence: Span, hidden: frozenset[int]) -> Iterator[Quote]:
        """« La digue, a expliqué X, tiendra. », « La digue tiendra, a expliqué X. »."""
        if not hidden.isdisjoint(range(sentence.start, sentence.end)):
            return  # in the words of the speaker
        clauses = self._clauses(sentence.start)
        for i in range(sentence.start + 1, sentence.end - 1):
            said = inverted(clauses, i + 1) if self.low[i] == "," else None
            if said is None or said.verb is None or not says(clauses, said.verb):
                continue
            verb = clauses.verbs.get(said.verb)
            if not said.is_pronoun and (verb is None or not speaks(verb)):
                continue  # « …, qualifiée de brillante par X »
            if not (said.entity or said.is_pronoun or is_source(said)):
                continue
            after = max(said.words.end, said.verb + 1)
            begun = self._states(clauses, sentence.start, i)
            if self.low[after] in tables.words("coordinator"):
                return  # « X est venu, a remercié Y et a quitté la salle »: X does it all
            if not self._states(clauses, after, sentence.end):
                if begun:
                    yield from self._clause(sentence.start, i, said)
            elif self.low[after] == "," and not (begun and self._is_verb_next(clauses, after + 1)):
                yield from self._clause(sentence.start, sentence.end, said)
            return

    def _is_verb_next(self, clauses: Clauses, i: int) -> bool:
        """« X est venu, a remercié Y, a salué Z »: whether a verb starts there at once."""
        return any(verb.start <= i <= verb.i for verb in clauses.in_order())

    def _credited(self, sentence: Span, hidden: frozenset[int]) -> Iterator[Quote]:
        """« Selon X, … », « …, d'après une source »."""
        clauses = self._clauses(sentence.start)
        said = according(clauses, sentence.start, sentence.start)
        if said is None or said.words.start in hidden or not (said.entity or is_source(said)):
            return
        after = self._past_apposition(clauses, said.words.end, sentence.end)
        if self._states(clauses, sentence.start, said.words.start):
            # « Le pont est fermé, selon X, un géologue. », « Il est, selon X, fermé. »
            closed = after >= sentence.end - 1
            end = self._before_credit(said.words.start) if closed else sentence.end
            yield from self._clause(sentence.start, end, said)
        elif self._states(clauses, after, sentence.end):
            yield from self._clause(after, sentence.end, said)
        else:
            end = self._before_credit(said.words.start)
            yield from self._clause(sentence.start, end, said)

    def _before_credit(self, i: int) -> int:
        """The token of « selon », « d'après », « à en croire » that end before a token."""
        small = tables.heads_of_prepositions("selon") | tables.words("credit_verb")
        small |= tables.prepositions().keys()
        while i and self.low[i - 1] in small:
            i -= 1
        return i

    def _states(self, clauses: Clauses, start: int, end: int) -> bool:
        """Whether a verb is conjugated between two tokens."""
        verbs = (clauses.verbs.get(i) for i in range(start, end))
        return any(verb is not None and verb.form == "finite" for verb in verbs)

    def _past_apposition(self, clauses: Clauses, i: int, end: int) -> int:
        """« Selon X, géologue au port, … »: where what X says may start, or the end."""
        relative = i + (i < end and self.low[i] == ",")
        if relative < end and self.low[relative] == "qui":
            return next((k for k in range(relative, end) if self.low[k] == ","), i)
        if i >= end or self.low[i] != ",":
            return i
        closed = next((k for k in range(i + 1, end) if self.low[k] in (",", ".")), end)
        noun = next((t for t in self.doc[i + 1 : closed] if t.pos_ == "NOUN"), None)
        if noun is None or self._states(clauses, i + 1, closed):
            return i
        bare = noun.i == i + 1 or self.low[i + 1] in tables.words("indefinite_article")
        return closed if bare or level(noun.lower_) in tables.genders() else i

    def _clause(self, start: int, end: int, said: Speaker) -> Iterator[Quote]:
        while start < end and (self.doc[start].is_punct or self.doc[start].is_space):
            start += 1
        while end > start + 1 and (self.low[end - 1] in ".,;»" or self.doc[end - 1].is_space):
            end -= 1
        if end - start > 1:
            span = self.doc[start:end]
            yield Quote(span.start_char, span.end_char, "indirect", said)


def _that(clauses: Clauses, i: int) -> int:
    """The token after the « que » that a verb of saying opens, 0 if it opens none."""
    s = clauses.noun_phrases
    k = i + 1
    while k < s.end:
        if s.low[k] in tables.words("complementizer"):
            return k + 1
        arg = s.at.get(k)
        if arg is not None and arg.prep:
            k = arg.end
        elif (
            s.low[k] in tables.words("time", "weekday", "month")
            or tables.prepositions().get(s.low[k])
            or s.doc[k].pos_ in ("ADV", "DET")
        ):
            k += 1
        else:
            return 0
    return 0


def _row(doc: Doc, quote: Quote, text: str) -> dict[str, Any]:
    said = quote.speaker
    return {
        "speaker": said.id if said is not None else "",
        "said_by": said.words.text if said is not None else "",
        "text": text[quote.start : quote.end],
        "start": quote.start,
        "end": quote.end,
        "verb": doc[said.verb].text if said is not None and said.verb is not None else "",
        "kind": quote.kind,
        "rule": said.rule if said is not None else "",
    }
