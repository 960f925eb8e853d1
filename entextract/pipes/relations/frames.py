"""Relations that a verb or a noun of action states, as ``triggers.csv`` describes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations, islice, product

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.relations.arguments import Arg, acts, is_holder, is_named
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.deeds import doers, named_after
from entextract.pipes.relations.factuality import Factuality, Verdict, of_noun
from entextract.pipes.relations.noun_ends import Ends, noun_ends
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.places import after
from entextract.pipes.relations.verb import Clause, Slot
from entextract.tables.relation_rows import Trigger

_BESIDE = 3  # the next words, that « !class » in triggers.csv is about
_ANY = frozenset({"PER", "COUNTRY", "ORG", "LOC"})
MAX_PAIRS = 500  # relations that one trigger can state


@dataclass(frozen=True, slots=True)
class Found:
    """A relation as the rules find it; no source where nobody is said to have done it."""

    source: Span | None
    target: Span
    kind: str
    status: str
    speaker: Arg | None
    trigger: tuple[int, int]  # tokens
    rule: str
    office: str = ""
    former: bool = False

    @property
    def source_id(self) -> str:
        return self.source.kb_id_ if self.source is not None else ""


class Frames:
    """The rows of the table, by the first word of their lemma."""

    def __init__(self) -> None:
        self.verbs: dict[str, list[tuple[list[str], Trigger]]] = defaultdict(list)
        self.nouns: dict[str, list[tuple[list[str], Trigger]]] = defaultdict(list)
        self.kinds = {row.kind: row for row in tables.kind_rows()}
        small = _small_words()
        for row in tables.triggers():
            first, *rest = row.lemma.split()
            bare = (part.removeprefix("d'").removeprefix("l'") for part in rest)
            words = [word for word in bare if word not in small]
            side = self.verbs if row.pos == "verb" else self.nouns
            side[first].append((words, row))
        for rows in (*self.verbs.values(), *self.nouns.values()):
            rows.sort(key=lambda words_row: int(words_row[1].order))

    # --- verbs

    def of_verb(self, verb: Clause, clauses: Clauses, factuality: Factuality) -> list[Found]:
        """What a verb states: the relations of the first row that fits."""
        for lemma in verb.lemmas:
            for words, row in self.verbs.get(lemma, ()):
                end = self._words_end(clauses.noun_phrases, verb.i, words)
                if end is None or not self._allows_reflexive(row, verb):
                    continue
                ends = self._verb_ends(row, verb, clauses, end)
                pairs = self._pairs(row, *ends) if ends else []
                if pairs:
                    verdict = factuality.of(verb)
                    if verb.passive and row.source == "obj" and verdict.status == "actual":
                        status = factuality.noun_status(verb) or verdict.status
                        verdict = replace(verdict, status=status)  # « X est attendu à Y »
                    if verdict.governor and verdict.governor != row.kind:
                        return self._governed(verb, pairs, clauses, factuality, verdict.governor)
                    by = f"/{verb.found_by}" if verb.found_by else ""
                    rule = f"verb:{row.lemma}{by}"
                    return self._found(row, pairs, verdict, (verb.i, end), rule)
        return []

    def of_patient(self, verb: Clause, clauses: Clauses, factuality: Factuality) -> list[Found]:
        """« X est mis en examen », « X a été tué »: what was done to X, by nobody named."""
        patient = verb.subject
        if not verb.passive or patient is None or patient.prep or not is_named(patient):
            return []
        if verb.without_auxiliary and verb.found_by == "tree":
            return []  # « se dit arrêté dans ses choix »
        s = clauses.noun_phrases
        for lemma in verb.lemmas:
            for words, row in self.verbs.get(lemma, ()):
                end = self._words_end(s, verb.i, words)
                known = row.lemma in tables.words("agentless_verb")
                if end is None or not known or not self._allows_reflexive(row, verb):
                    continue
                # a row for what is left over may be about anything: « est condamné »
                left_over = any(guard[0] == "-" for guard in row.object.split())
                if left_over or not self._object_fits(row, verb.i, clauses):
                    continue
                kinds = self.kinds[row.kind].targets.split("|")
                fitting = _labels(row, "@").intersection(kinds)
                targets = [x for x in s.members(patient) if x.label_ in fitting]
                if not targets:
                    continue
                verdict = factuality.of(verb)
                by = f"/{verb.found_by}" if verb.found_by else ""
                return [
                    Found(
                        None,
                        target,
                        row.kind,
                        verdict.status,
                        verdict.speaker,
                        (verb.i, end),
                        f"passive:{row.lemma}{by}",
                    )
                    for target in targets
                ]
        return []

    @staticmethod
    def _allows_reflexive(row: Trigger, verb: Clause) -> bool:
        return verb.reflexive == (row.reflexive == "yes")

    @staticmethod
    def _words_end(s: NounPhrases, i: int, words: list[str]) -> int | None:
        k = i + 1
        for word in words:
            while s.low[k] != word:
                if k >= s.end or s.low[k] in tables.words("clause_boundary"):
                    return None
                k += 1
            k += 1
        return k

    def _verb_ends(self, row: Trigger, verb: Clause, clauses: Clauses, end: int) -> Ends | None:
        if not self._object_fits(row, verb.i, clauses, verb):
            return None
        slots = clauses.slots(end - 1)
        subject = verb.subject
        if verb.passive:
            acting, patient = _agent(slots, clauses.noun_phrases), subject
        else:
            acting, patient = subject, None
        s = clauses.noun_phrases
        static = self.kinds[row.kind].family == "static"
        if static and acting is not None and is_holder(acting):
            return None  # « créé par l'ancien chef de Twitter »

        def at(place: str) -> list[Span]:
            if place == "subj":
                return list(s.members(acting)) if acting is not None and acts(acting) else []
            if place == "xcomp":
                return self._under(verb, clauses)
            if place == "act":
                return [] if verb.passive else doers(verb.i, clauses)
            if place == "obj" and verb.antecedent is not None:
                return list(s.members(verb.antecedent))
            if place == "obj" and not verb.passive and (named := named_after(verb.i, clauses)):
                return named
            if place == "à" and verb.recipient is not None:
                return list(s.members(verb.recipient))
            if place == "à" and _has_recipient(verb, s):
                return []  # « lui reproche sa visite à B »
            if verb.passive and place in ("obj", "obj.de"):
                fits = patient is not None and (patient.via == "transparent_noun") == (
                    place == "obj.de"
                )
                return list(s.members(patient)) if patient is not None and fits else []
            return after(place, slots, s)

        sources = [x for p in row.source.split("|") for x in at(p)]
        if not sources:
            return None
        targets: list[Span] = []
        for place in row.target.split("|"):
            targets = targets or at(place)
        if not targets and end > verb.i + 1 and "obj" in row.target.split("|"):
            inside = [x for x in clauses.slots(verb.i) if x.arg.end <= end]
            targets = after("obj", inside, s)  # « tient X pour responsable »
        if not targets and "recip" in row.target and not _is_mutual(verb, clauses):
            return None
        return sources, targets

    def _under(self, verb: Clause, clauses: Clauses) -> list[Span]:
        """The object of the infinitive that follows: « menace d'attaquer la Corée »."""
        later = (v for i, v in clauses.verbs.items() if i > verb.i and v.form == "infinitive")
        other = next(later, None)
        if other is None or clauses.governor(other) is not verb:
            return []
        for lemma in other.lemmas:
            for words, row in self.verbs.get(lemma, ()):
                end = self._words_end(clauses.noun_phrases, other.i, words)
                told = self._verb_ends(row, other, clauses, end) if end is not None else None
                if told is not None and told[1]:
                    return told[1]  # « menace d'envoyer des soldats en Lituanie »
        slots = clauses.slots(other.i)
        places = ("obj", "contre", "à", "avec", "de", "obj.de")
        ends = (after(place, slots, clauses.noun_phrases) for place in places)
        return next(filter(None, ends), [])

    @staticmethod
    def _object_fits(row: Trigger, i: int, clauses: Clauses, verb: Clause | None = None) -> bool:
        """Whether what stands after is what the row asks for; before, too, where it is passive."""
        for guard in row.object.split():
            if guard[0] in "@<":
                continue
            words = tables.guard_words(guard[1:])
            s = clauses.noun_phrases
            if guard[0] == "!":  # « guerre commerciale », « guerre des mots »
                has = not words.isdisjoint(s.low[i + 1 : i + 1 + _BESIDE])
            else:
                has = any(s.low[t.i] in words for t in clauses.words_after(i))
                if verb is not None and verb.passive:  # « des drones livrés par A à B »
                    has = has or any(s.low[t.i] in words for t in clauses.words_before(verb))
                elif verb is not None and verb.subject is not None:  # « les soldats de A quittent »
                    has = has or bool(guard[0] == "+" and s.low[verb.subject.start] in words)
            if has != (guard[0] == "+"):
                return False
        return True

    def _governed(
        self,
        verb: Clause,
        pairs: list[tuple[Span, Span]],
        clauses: Clauses,
        factuality: Factuality,
        kind: str,
    ) -> list[Found]:
        """« refuse d'aider B » is a refusal, « s'engage à aider B » a promise."""
        governor = clauses.governor(verb)
        if governor is None or kind == "threaten":
            return []
        above = factuality.of(governor)
        trigger = (governor.i, governor.i + 1)
        return [
            Found(a, b, kind, above.status, above.speaker, trigger, "governor:" + governor.lemma)
            for a, b in pairs
            if self.fits(kind, a, b)
        ]

    # --- nouns

    def of_noun(self, i: int, lemma: str, clauses: Clauses, factuality: Factuality) -> list[Found]:
        """What a noun of action states."""
        s = clauses.noun_phrases
        if _is_title(i, s):
            return []
        for words, row in self.nouns.get(lemma, ()):
            end = self._words_end(s, i, words)
            if end is None or row.source == "bearer":
                continue
            if not self._object_fits(row, i, clauses):
                continue
            ends = noun_ends(row, i, end, clauses)
            pairs = self._pairs(row, *ends[0]) if ends else []
            if ends and pairs:
                verdict = of_noun(i, clauses, factuality, ends[1])
                return self._found(row, pairs, verdict, (i, end), "noun:" + row.lemma)
        return []

    # --- pairs

    def _pairs(
        self, row: Trigger, sources: list[Span], targets: list[Span]
    ) -> list[tuple[Span, Span]]:
        found: Iterator[tuple[Span, Span]]
        found = product(sources, targets) if targets else combinations(sources, 2)
        if not targets and not ("recip" in row.target or row.source == "entre"):
            return []
        of_source, of_target = _labels(row, "<"), _labels(row, "@")
        fitting = (
            (a, b)
            for a, b in found
            if a.label_ in of_source and b.label_ in of_target and self.fits(row.kind, a, b)
        )
        return list(islice(fitting, MAX_PAIRS))

    def fits(self, kind: str, a: Span, b: Span) -> bool:
        row = self.kinds[kind]  # type: ignore[index]
        return (
            a.kb_id_ != b.kb_id_
            and a.label_ in row.sources.split("|")
            and b.label_ in row.targets.split("|")
        )

    @staticmethod
    def _found(
        row: Trigger,
        pairs: list[tuple[Span, Span]],
        verdict: Verdict,
        trigger: tuple[int, int],
        rule: str,
    ) -> list[Found]:
        return [
            Found(a, b, row.kind, verdict.status, verdict.speaker, trigger, rule) for a, b in pairs
        ]


def _is_mutual(verb: Clause, clauses: Clauses) -> bool:
    """« A et B ont signé », but not « A, passé par B et C, a signé », « ont parlé avec le public ».

    Every third person of the plural ends with « nt ».
    """
    s = clauses.noun_phrases
    words = s.low[verb.start : verb.i + 1]
    plural = verb.form != "finite" or any(word.endswith("nt") for word in words)
    return plural and not any(
        s.low[t.i] == "avec" and s.low[t.i + 1] in tables.articles()
        for t in clauses.words_after(verb.i)
    )


def _has_recipient(verb: Clause, s: NounPhrases) -> bool:
    """« lui reproche »: to whom it is done is told, though not who that is."""
    return not tables.words("dative_clitic").isdisjoint(s.low[verb.start : verb.i])


def _is_title(i: int, s: NounPhrases) -> bool:
    """« la Capture de la smala par Horace Vernet »: a capital where no sentence begins."""
    token = s.doc[i]
    begins = i == s.start or not s.doc[i - 1].text[-1].isalnum() and s.low[i - 1][-1] != "'"
    return token.is_title and not begins


def _agent(slots: list[Slot], s: NounPhrases) -> Arg | None:
    """« par A », or whose strike it was: « tué dans une frappe israélienne »."""
    for slot in slots:
        if slot.prep == "par" and slot.arg.via != "transparent_noun":
            k = s.tokens.determiner(slot.arg.start) - 2
            done = s.low[k] in tables.trigger_lemmas() and s.low[k - 1] in tables.determiners()
            return slot.arg if not done else None  # « emprisonnée après sa destitution par A »
    strikes = (x.arg for x in slots if x.prep == "dans" and x.arg.roles)
    return next((arg for arg in strikes if arg.roles[0].kind == "strike"), None)


def _small_words() -> frozenset[str]:
    """What is left out of a lemma of several words: « en » of « mettre en garde »."""
    of = tables.spellings_of("de") | {"en", "à"}
    return of | tables.articles() | tables.words("possessive")


def _labels(row: Trigger, sign: str) -> frozenset[str]:
    """The labels that an end of a row may have: « < » of its source, « @ » of its target."""
    for guard in row.object.split():
        if guard[0] == sign:
            return frozenset(guard[1:].split("|"))
    return _ANY
