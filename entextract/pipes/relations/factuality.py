"""How true a sentence says that something is: actual, negated, hypothetical, future, reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from entextract import tables
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.role_words import DE, POSSESSIVES
from entextract.pipes.relations.verb import IF_HE, Verb

_DEPTH = 6  # governing verbs climbed
_CLAUSE = 15  # tokens before a verb in which its clause may open


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, who says so, and what the governing verb states instead."""

    status: str
    speaker: Arg | None = None
    governor: str = ""


class Status:
    """Reads the status of each verb of a sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.governors = {row.lemma: row for row in tables.governors()}
        low = clauses.sentence.low
        self.question = low[clauses.sentence.end - 1] == "?"

    def of(self, verb: Verb, depth: int = _DEPTH) -> Verdict:
        """The status of what a verb states."""
        if depth == 0:
            return Verdict("hypothetical")
        if verb.form == "infinitive":
            return self._of_infinitive(verb, depth)
        if verb.form == "participle_present":
            return Verdict("negated" if verb.negated else "actual")
        status, speaker = self._of_finite(verb), None
        if status == "actual":
            status = self._impersonal(verb)
        above = self._above(verb)
        if above is not None:
            status, speaker = self._under(above, status)
        if verb.negated and status != "hypothetical":
            status = "negated"
        if self.question and status == "actual":
            status = "hypothetical"
        return Verdict(status, speaker)

    def _of_finite(self, verb: Verb) -> str:
        if verb.bare:
            return "actual"
        if self._in_condition(verb):
            return "hypothetical"
        if verb.tense == "future":
            return "future"
        if verb.tense == "conditional":
            return "hypothetical" if self._has_condition() else "reported"
        return "actual"

    def _in_condition(self, verb: Verb) -> bool:
        """« Si le Brésil soutenait … »: a « si » opens the clause."""
        return any(map(self._is_if, self._opening(verb)))

    def _is_if(self, i: int) -> bool:
        low = self.clauses.sentence.low
        return low[i] == "si" or low[i : i + 2] in IF_HE

    def _opening(self, verb: Verb) -> Iterator[int]:
        """The tokens before a verb, the nearest first, back to where its clause starts."""
        s = self.clauses.sentence
        for j in s.before(verb.start, _CLAUSE):
            if j in self.clauses.verbs or s.low[j] in (",", ";", ":"):
                return
            yield j

    def _impersonal(self, verb: Verb) -> str:
        """« il est faux que X ait … », « que X soutienne ou non Y »: by the words around."""
        s = self.clauses.sentence
        if s.low[verb.i + 1 : verb.i + 3] == ["ou", "non"]:
            return "hypothetical"
        that = next((j for j in self._opening(verb) if s.low[j] in ("que", "qu'")), s.start)
        word = s.low[that - 1]
        if word in tables.relation_words("false_word"):
            return "negated"
        return "hypothetical" if word in tables.relation_words("doubtful_word") else "actual"

    def _has_condition(self) -> bool:
        s = self.clauses.sentence
        return any(map(self._is_if, range(s.start, s.end)))

    def _above(self, verb: Verb) -> Verb | None:
        """The verb of saying that a « que » separates from this one."""
        s, verbs = self.clauses.sentence, self.clauses.verbs
        for j in reversed(range(s.start, verb.start)):
            if s.low[j] in ("que", "qu'") and (said := self._before_that(j)) is not None:
                return said
            if j in verbs and verbs[j].form == "finite":
                return None
        return None

    def _before_that(self, i: int) -> Verb | None:
        """« dit que », « ne dit pas que », but not « accuse plus que jamais »."""
        s, verbs = self.clauses.sentence, self.clauses.verbs
        denied = verbs.get(i - 2)
        if denied is not None and denied.negated:
            return denied if s.low[i - 1] in tables.relation_words("negation") else None
        return verbs.get(i - 1)

    def _under(self, above: Verb, status: str) -> tuple[str, Arg | None]:
        speaker = self._sayer(above)
        row = next((self.governors[x] for x in above.lemmas if x in self.governors), None)
        if row is None:
            return status, speaker
        if status == "reported":
            return "future", speaker  # « a annoncé que son pays poursuivrait »
        if row.status == "future":  # « annonce que X a quitté »
            return status, speaker
        if above.negated:
            return ("actual" if row.status == "negated" else "hypothetical"), speaker
        return (row.status if row.status != "actual" else status), speaker

    def _sayer(self, verb: Verb) -> Arg | None:
        """« A accuse B d'avoir … », « B est accusé par A d'avoir … »: A."""
        if not verb.passive:
            return self.clauses.subject(verb)
        return next((x.arg for x in self.clauses.slots(verb.i) if x.prep == "par"), None)

    def _of_infinitive(self, verb: Verb, depth: int) -> Verdict:
        s = self.clauses.sentence
        governor = self.clauses.governor(verb)
        before = s.low[verb.start - 1]
        if before == "sans":
            return Verdict("negated")
        if governor is None:
            return Verdict("actual" if before == "après" else "hypothetical")
        above = self.of(governor, depth - 1)
        row = next((self.governors[x] for x in governor.lemmas if x in self.governors), None)
        if before == "pour" or before in DE and s.low[verb.start - 2] in ("afin", "avant"):
            return Verdict("actual" if self._is_perfect(verb) else "future")
        if before == "après":
            return Verdict("actual")
        if row is None:
            return Verdict("hypothetical")
        status, own = row.status, row.kind
        speaker = self._sayer(governor) if status == "reported" else None
        if verb.negated:
            return Verdict("negated", speaker, own)
        if status == "future" and self._is_perfect(verb):  # « annonce avoir tué »
            status = "actual"
        return Verdict(self._combined(governor, status, above.status), speaker, own)

    def _combined(self, governor: Verb, status: str, above: str) -> str:
        if governor.negated:
            if "exclure" in governor.lemmas:
                return "hypothetical"
            return "actual" if status == "negated" else "negated"
        if governor.tense == "conditional":
            if "devoir" in governor.lemmas:
                return "future"
            return "hypothetical" if status in ("hypothetical", "future") else "reported"
        if above in ("negated", "hypothetical") and status not in ("hypothetical", "reported"):
            return above
        if "devoir" in governor.lemmas and governor.tense == "past":
            return "future"
        return status if status != "actual" else above

    def _is_perfect(self, verb: Verb) -> bool:
        return "avoir" in self.clauses.sentence.low[verb.start : verb.i]


def of_noun(i: int, clauses: Clauses, status: Status, support: Verb | None) -> Verdict:
    """The status of what a noun of action states."""
    s = clauses.sentence
    around = set(s.low[i - 3 : i + 3])
    left = s.low[i - 5 : i]
    if _is_cancelled(left):
        return Verdict("negated")
    if support is not None:
        verdict = status.of(support)
        if verdict.status == "negated" and s.preposition(i) == "other":
            return Verdict("actual", verdict.speaker)  # « n'a pas cédé lors d'une rencontre »
        if verdict.status == "actual":
            verdict = Verdict(_of_support(support), verdict.speaker)
        return Verdict(verdict.status, verdict.speaker)
    if around & tables.relation_words("possible"):
        return Verdict("hypothetical")
    if around & tables.relation_words("coming"):
        return Verdict("future")
    return _of_predicate(i, clauses, status)


def _of_support(verb: Verb) -> str:
    by_lemma = {
        **dict.fromkeys(("annoncer", "prévoir", "promettre"), "future"),
        **dict.fromkeys(("demander", "envisager"), "hypothetical"),
        **dict.fromkeys(("annuler", "refuser", "rompre", "suspendre", "cesser"), "negated"),
    }
    return next((by_lemma[x] for x in verb.lemmas if x in by_lemma), "actual")


def _is_cancelled(left: list[str]) -> bool:
    """« pas d'alliance », « fin de la coopération », « aucune rencontre »."""
    skipped = {"la", "le", "l'", "les", "toute", "tout", *POSSESSIVES}
    words = [w for w in left if w not in skipped]
    if words and words[-1] in ("aucun", "aucune", "nul", "nulle"):
        return True
    if len(words) > 1 and words[-1] in DE:
        negating = tables.relation_words("negating") | {"pas", "jamais", "plus"}
        return words[-2] in negating
    return False


def _of_predicate(i: int, clauses: Clauses, status: Status) -> Verdict:
    """« La visite de A est prévue », « aura lieu », « a été annulée »."""
    s = clauses.sentence
    if s.preposition(i):
        return Verdict("actual")
    for k in range(i, s.end):
        verb = clauses.verbs.get(k)
        if verb is None or verb.form != "finite":
            continue
        if s.doc[k].dep_ == "acl:relcl" or s.low[verb.start - 1] in ("qui", "que", "dont"):
            continue
        if verb.lemmas.keys() & tables.relation_words("voiding_verb") and verb.passive:
            return Verdict("negated")
        if "prévoir" in verb.lemmas or s.low[k] in ("prévue", "prévu", "attendue", "attendu"):
            return Verdict("future")
        if s.low[k + 1] == "lieu":
            return status.of(verb)
        break
    return Verdict("actual")
