"""Whom « il », « elle », « l' », « lui », « ce dernier » stand for, where only one fits.

Rules only: a library (coreferee) would need weights that it does not hold, and reads 79 words a
second. Each rule asks for gender, number and one candidate, and tells nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, is_named
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.descriptions import Descriptions
from entextract.pipes.relations.discourse import Discourse, gender_of, names_of, unnamed
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.verb import Clause

_ENDS = ("PER", "ORG", "COUNTRY")
_OPINION = (
    4  # tokens after « il est » in which « de » or « que » may stand: « il est très difficile de »
)


class Anaphora:
    """Finds, sentence by sentence, the words that stand for a name told before."""

    def __init__(self, discourse: Discourse) -> None:
        self.discourse = discourse
        self.low = discourse.low
        self.descriptions = Descriptions(discourse)

    def resolve(self, number: int) -> None:
        """Give the words of a sentence that stand for a name to the discourse."""
        d = self.discourse
        span = d.sentences[number]
        words = set(self.low[span.start : span.end])
        pronouns = tables.words("subject_pronoun", "stressed_pronoun")
        if not words.isdisjoint(pronouns):
            for i in range(span.start, span.end):
                if self.low[i] in pronouns:
                    self._pronoun(number, i)
        if not words.isdisjoint(_latter_openings()):
            self._latters(number)
        self.descriptions.resolve(number)
        if not words.isdisjoint(_clitics()) and self._may_have_objects(number):
            self._objects(number)

    # --- subjects

    def _pronoun(self, number: int, i: int) -> None:
        if self.low[i] in tables.words("subject_pronoun") and self._is_subject(i):
            name = self._subject(number, i)
        elif self.low[i] in tables.words("stressed_pronoun"):
            name = self._stressed(number, i)
        else:
            return
        if name is not None:
            self.discourse.stand_for(number, i, i + 1, name)

    def _is_subject(self, i: int) -> bool:
        """Whether « il » or « elle » is the subject of a verb that has a person for one."""
        doc, low = self.discourse.doc, self.low
        k = i + 1
        inside = tables.words("clitic", "negative_clitic", "reflexive_clitic")
        while k < len(doc) and low[k] in inside:
            if low[k] in tables.words("existential_clitic"):
                return False  # « il y a »
            k += 1
        if k >= len(doc) or doc[k].pos_ not in ("VERB", "AUX"):
            return False
        can_be = low[i] in tables.words("impersonal_pronoun")
        return not (can_be and self._is_impersonal(k))

    def _is_impersonal(self, k: int) -> bool:
        """« il faut », « il est prévu de », « il est difficile de »."""
        lemmas = _lemmas(self.low[k]) or {self.discourse.doc[k].lemma_}
        if not lemmas.isdisjoint(tables.words("impersonal_verb")):
            return True
        after = self.low[k + 1 : k + 1 + _OPINION]
        been = any(
            lemma in tables.words("copula") and tense == "participle"
            for form in after
            for lemma, tense in tables.verb_readings().get(form, ())
        )  # « il a été décidé de »
        if not been and lemmas.isdisjoint(tables.words("copula")):
            next_two = self.low[k + 1 : k + 3]
            return any(_lemmas(word) & tables.words("impersonal_verb") for word in next_two)
        if not tables.words("complementizer").isdisjoint(after):
            return True
        done = frozenset().union(*map(_lemmas, after)) - tables.words("copula")
        if done:
            return not done.isdisjoint(tables.words("impersonal_passive"))
        return not tables.spellings_of("de").isdisjoint(after) and any(
            self.discourse.doc[j].pos_ == "ADJ" for j in range(k + 1, min(k + 4, len(self.low)))
        )

    def _subject(self, number: int, i: int) -> Span | None:
        span = self.discourse.sentences[number]
        if i == span.start:
            before = self.discourse.before(number)
            if before is None:
                return None
            clauses = self.discourse.clauses(before)
            stretch = clauses.noun_phrases.args
            return self._only(_main_subject(clauses), stretch, gender_of(self.low[i]), clauses)
        opening = self.low[i - 1]
        opens = tables.words("clause_boundary", "complementizer", "pronoun_opening")
        if opening not in opens:
            return None
        clauses = self.discourse.clauses(number)
        stretch = [arg for arg in clauses.noun_phrases.args if arg.end <= i]
        return self._only(_subject_before(i, clauses), stretch, gender_of(self.low[i]), clauses)

    def _only(
        self, subject: Arg | None, stretch: Iterable[Arg], gender: str, clauses: Clauses
    ) -> Span | None:
        """A subject, if nothing else in a stretch of text could be meant."""
        if subject is None or subject.entity is None or not is_named(subject) or subject.prep:
            return None
        name = subject.entity
        if name.label_ not in _ENDS or len(subject.group) > 1 or subject.via == "people":
            return None
        agrees = self.discourse.agrees(name, gender)
        if agrees is False or (agrees is None and name.label_ != "PER"):
            return None
        listed = list(stretch)
        persons = names_of(listed, "PER")
        persons.pop(name.kb_id_, None)
        rivals = [p for p in persons.values() if self.discourse.agrees(p, gender) is not False]
        s = clauses.noun_phrases
        nouns = [arg for arg in listed if gender in unnamed(arg, s)]
        return None if rivals or nouns else name

    # --- « avec elle », « contre lui »

    def _stressed(self, number: int, i: int) -> Span | None:
        role = tables.prepositions().get(self.low[i - 1]) if i else None
        if role not in tables.words("pronoun_preposition"):
            return None
        return self._person(number, i, gender_of(self.low[i]), without="")

    def _person(self, number: int, i: int, gender: str, without: str) -> Span | None:
        """The one person named before, in the sentence or else in the one before."""
        before = self.discourse.before(number)
        for n in (number, before):
            if n is None:
                return None
            s = self.discourse.phrases(n)
            args = [arg for arg in s.args if arg.end <= i]
            people = names_of(args, "PER")
            people.pop(without, None)
            if any((gender or "m") in unnamed(a, s) or not gender and unnamed(a, s) for a in args):
                return None
            agreeing = {p.kb_id_: self.discourse.agrees(p, gender) for p in people.values()}
            fitting = [k for k, agrees in agreeing.items() if agrees is not False or not gender]
            if fitting:
                return people[fitting[0]] if len(fitting) == 1 else None
        return None

    # --- « ce dernier »

    def _latters(self, number: int) -> None:
        span = self.discourse.sentences[number]
        for i in range(span.start, span.end):
            for words in tables.phrases("latter"):
                end = i + len(words)
                if tuple(self.low[i:end]) == words and self._stands_alone(end):
                    name = self._latter(number, i, _gender_of_words(words))
                    if name is not None:
                        self.discourse.stand_for(number, i, end, name)

    def _stands_alone(self, end: int) -> bool:
        """« ce dernier », but not « ce dernier point », « ce dernier est élu » being one."""
        doc = self.discourse.doc
        return end >= len(doc) or doc[end].pos_ not in ("NOUN", "ADJ", "PROPN", "NUM")

    def _latter(self, number: int, i: int, gender: str) -> Span | None:
        for n in (number, self.discourse.before(number)):
            if n is None:
                return None
            s = self.discourse.phrases(n)
            args = [arg for arg in s.args if arg.end <= i]
            if args:
                return self._last(args, gender, s)
        return None

    def _last(self, args: list[Arg], gender: str, s: NounPhrases) -> Span | None:
        for arg in reversed(args):
            if gender in unnamed(arg, s):
                return None
            name = arg.entity
            if name is None or name.label_ not in _ENDS or not is_named(arg):
                continue
            agrees = self.discourse.agrees(name, gender)
            if agrees:
                return name if len(arg.group) == 1 or arg is arg.group[-1] else None
            if agrees is None and name.label_ == "PER":
                return name if len(names_of(args, "PER")) == 1 else None
        return None

    # --- objects before the verb

    def _may_have_objects(self, number: int) -> bool:
        """Whether a sentence has two who may be meant, and « l' » or « le » before a verb.

        It is asked of every sentence, and takes far less than to read its clauses.
        """
        d = self.discourse
        span = d.sentences[number]
        here = {d.at[i].kb_id_ for i in range(span.start, span.end) if i in d.at}
        first = span.start if d.before(number) is None else d.sentences[number - 1].start
        near = (d.at[i] for i in range(first, span.end) if i in d.at)
        persons = {name.kb_id_ for name in near if name.label_ == "PER"}
        if not here or not persons or len(here | persons) < 2:
            return False
        clitics = (k for k in range(span.start, span.end) if self.low[k] in _clitics())
        return any(k not in d.at and self._is_in_verb_group(k + 1) for k in clitics)

    def _is_in_verb_group(self, k: int) -> bool:
        """Whether a word may be a verb, or stand between « le » and one: « le lui a dit »."""
        if k >= len(self.low):
            return False
        pronouns = tables.words("clitic", "reflexive_clitic", "object_clitic")
        known = self.low[k] in pronouns or self.low[k] in tables.verb_readings()
        return known or self.discourse.doc[k].pos_ in ("VERB", "AUX")

    def _objects(self, number: int) -> None:
        """« l'a critiqué », « lui a demandé »: a person that is not the subject."""
        clauses = self.discourse.clauses(number)
        found: dict[int, tuple[int, Span]] = {}
        for verb in clauses.verbs.values():
            k = next(
                (j for j in range(verb.start, verb.i) if self.low[j] in _clitics()),
                None,
            )
            if k is None or k in self.discourse.at or verb.passive or verb.antecedent is not None:
                continue
            subject = verb.subject.entity if verb.subject is not None else None
            if subject is None:
                continue
            gender = self._gender_of_object(verb, k)
            name = self._person(number, k, gender, without=subject.kb_id_)
            if name is not None:
                found[verb.i] = (k, name)
        if found:
            self.discourse.add_objects(number, found)

    def _gender_of_object(self, verb: Clause, k: int) -> str:
        if self.low[k] in tables.words("dative_clitic"):
            return ""
        feminine = self.low[verb.i].endswith("e") and verb.lemmas.get(verb.lemma) == "participle"
        return gender_of(self.low[k]) or ("f" if feminine else "")


def _lemmas(form: str) -> frozenset[str]:
    """The lemmas that a form of a known verb can have."""
    return frozenset(lemma for lemma, _ in tables.verb_readings().get(form, ()))


def _clitics() -> frozenset[str]:
    return tables.words("object_clitic")


def _latter_openings() -> frozenset[str]:
    return frozenset(words[0] for words in tables.phrases("latter"))


def _gender_of_words(words: tuple[str, ...]) -> str:
    return next(filter(None, map(gender_of, words)), "")


def _main_subject(clauses: Clauses) -> Arg | None:
    """The subject of the main verb of a sentence."""
    finite = (verb for verb in clauses.in_order() if verb.form == "finite")
    first = next(finite, None)
    return first.subject if first is not None else None


def _subject_before(i: int, clauses: Clauses) -> Arg | None:
    """The subject of the last verb before a token."""
    before = [verb for verb in clauses.in_order() if verb.i < i and verb.form == "finite"]
    return before[-1].subject if before else None
