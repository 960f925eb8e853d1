"""How true a sentence says that something is: actual, negated, hypothetical, future, reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from entextract import tables
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.complements import before_complements
from entextract.pipes.relations.verb import Clause
from entextract.tables.relation_rows import Governor

_DEPTH = 6  # governing verbs climbed
_CLAUSE = 15  # tokens before a verb in which its clause may open


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, who says so, and what the governing verb states instead."""

    status: str
    speaker: Arg | None = None
    governor: str = ""


class Factuality:
    """Reads the status of each verb of a sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.governors = {row.lemma: row for row in tables.governors()}
        low = clauses.noun_phrases.low
        self.question = low[clauses.noun_phrases.end - 1] == "?"

    def of(self, verb: Clause, depth: int = _DEPTH) -> Verdict:
        """The status of what a verb states."""
        if depth == 0:
            return Verdict("hypothetical")
        if verb.form == "infinitive":
            return self._of_infinitive(verb, depth)
        if verb.form == "participle_present":
            return self._of_participle(verb, depth)
        status, speaker = self._of_finite(verb), None
        if status == "actual":
            status = self._impersonal(verb)
        above = self._above(verb)
        if above is not None:
            status, speaker = self._under(above, status)
        if (verb.negated or self._is_cleft(verb)) and status != "hypothetical":
            status = "negated"
        if self.question and status == "actual":
            status = "hypothetical"
        return Verdict(status, speaker)

    def _of_participle(self, verb: Clause, depth: int) -> Verdict:
        """« pourrait aider B en livrant C », « rejette un texte condamnant B »: as their verb.

        What is denied of the verb is not denied of a gerund: « n'a rien changé en aidant B ».
        """
        if verb.negated:
            return Verdict("negated")
        host, gerund = self.clauses.host(verb)
        if host is None:
            return Verdict("actual")
        above = self.of(host, depth - 1)
        status = above.status
        if gerund:
            status = "actual" if status == "negated" else status
        elif status == "actual":
            row = self.governor(host)
            denied = "negated" if row is not None and row.status == "negated" else ""
            status = self.noun_status(host) or denied or status
        return Verdict(status, above.speaker)

    def _of_finite(self, verb: Clause) -> str:
        if verb.without_auxiliary:
            return "actual"
        if self._in_condition(verb):
            return "hypothetical"
        if verb.tense == "future":
            return "future"
        if verb.tense == "conditional":
            return "hypothetical" if self._has_condition() else "reported"
        return "actual"

    def _is_cleft(self, verb: Clause) -> bool:
        """« ce n'est pas A qui a attaqué B »: somebody else has."""
        s = self.clauses.noun_phrases
        if verb.subject is None or s.low[verb.start - 1] != "qui":
            return False
        k = s.tokens.determiner(verb.subject.start) - 1
        copula = self.clauses.copula(k - 1)
        return s.low[k] in tables.words("negation") and copula is not None and copula.negated

    def _in_condition(self, verb: Clause) -> bool:
        """« Si le Brésil soutenait … »: a « si » opens the clause."""
        return any(map(self._is_if, self._opening(verb)))

    def _is_if(self, i: int) -> bool:
        s = self.clauses.noun_phrases
        return s.low[i] == "si" or s.tokens.is_if_he(i)

    def _opening(self, verb: Clause) -> Iterator[int]:
        """The tokens before a verb, the nearest first, back to where its clause starts."""
        s = self.clauses.noun_phrases
        for j in s.tokens.before(verb.start, _CLAUSE):
            if j in self.clauses.verbs or s.low[j] in (",", ";", ":"):
                return
            yield j

    def _impersonal(self, verb: Clause) -> str:
        """« il est faux que X ait … », « que X soutienne ou non Y »: by the words around."""
        s = self.clauses.noun_phrases
        if s.low[verb.i + 1 : verb.i + 3] == ["ou", "non"]:
            return "hypothetical"
        that = next(
            (j for j in self._opening(verb) if s.low[j] in tables.words("complementizer")), s.start
        )
        word = s.low[that - 1]
        if word in tables.words("falsity_predicate", "negating_conjunction"):
            return "negated"
        unsure = tables.words("possibility_predicate", "before_event", "unreal_conjunction")
        if word in unsure | tables.words("wish_noun"):
            return "hypothetical"
        if word == "ce" and s.low[that - 2] in tables.spellings_of("à"):
            return "hypothetical"  # « s'attend à ce que », « jusqu'à ce que »
        if any(s.low[j - 1] == "selon" for j in self._opening(verb) if _is_which(s.low[j])):
            false = tables.words("falsity_predicate").isdisjoint(s.low[verb.i : s.end])
            return "reported" if false else "negated"  # « informations selon lesquelles … »
        return "actual"

    def _has_condition(self) -> bool:
        s = self.clauses.noun_phrases
        return any(map(self._is_if, range(s.start, s.end)))

    def _above(self, verb: Clause) -> Clause | None:
        """The verb of saying that a « que » separates from this one."""
        s, verbs = self.clauses.noun_phrases, self.clauses.verbs
        for j in reversed(range(s.start, verb.start)):
            if (
                s.low[j] in tables.words("complementizer")
                and (said := self._before_that(j)) is not None
            ):
                return said
            if j in verbs and verbs[j].form == "finite":
                return None
        return None

    def _before_that(self, i: int) -> Clause | None:
        """« dit que », « ne dit pas que », « a dit mardi que », but not « accuse plus que »."""
        s, verbs = self.clauses.noun_phrases, self.clauses.verbs
        k = before_complements(i - 1, s)
        said = verbs.get(k - (s.low[k] in tables.words("negation")))
        if said is None:
            return None
        if k < i - 1 and s.low[said.i] not in tables.speech_forms():
            return None  # « a vu dans la lettre que »
        return said if said.i == k or said.negated else None

    def _under(self, above: Clause, status: str) -> tuple[str, Arg | None]:
        speaker = self._sayer(above)
        row = self.governor(above)
        if self._is_fake(above):
            return "negated", None
        if row is None:  # « rien ne prouve que », « ne dit pas que »
            unsure = above.negated and status == "actual"
            return ("hypothetical" if unsure else status), speaker
        if status == "reported":
            return "future", speaker  # « a annoncé que son pays poursuivrait »
        under = _embedded(row, above)
        if under == "future":  # « annonce que X a quitté »
            return status, speaker
        if above.negated:
            return row.denied or ("actual" if under == "negated" else "hypothetical"), speaker
        return (under if under != "actual" else status), speaker

    def _is_fake(self, verb: Clause) -> bool:
        """« de fausses nouvelles affirmant que », « un faux communiqué annonçant que »."""
        s = self.clauses.noun_phrases
        if verb.form != "participle_present":
            return False
        return not tables.words("fake_adjective").isdisjoint(s.low[j] for j in self._opening(verb))

    def _sayer(self, verb: Clause) -> Arg | None:
        """« A accuse B d'avoir … », « B est accusé par A d'avoir … »: A."""
        if not verb.passive:
            return verb.subject
        return next((x.arg for x in self.clauses.slots(verb.i) if x.prep == "par"), None)

    def _of_infinitive(self, verb: Clause, depth: int) -> Verdict:
        s = self.clauses.noun_phrases
        governor = self.clauses.governor(verb)
        before = s.low[verb.start - 1]
        if before == "sans":
            return Verdict("negated")
        if before == "à" and not tables.words("first_in_order").isdisjoint(
            s.low[verb.start - 5 : verb.start - 1]
        ):  # « est le premier dirigeant à rencontrer »
            said = filter(None, map(self.clauses.copula, s.tokens.before(verb.start, _CLAUSE)))
            first = next(said, None)
            return self.of(first, depth - 1) if first is not None else Verdict("actual")
        aim = s.low[verb.start - 2] in ("afin", "avant")
        if before in tables.spellings_of("de") and (own := _of_wish(s.low[verb.start - 2])):
            return Verdict(own)
        if governor is None:
            opens = "future" if aim else "hypothetical"  # « Avant de rencontrer B, A … »
            return Verdict("actual" if before == "après" else opens)
        above = self.of(governor, depth - 1)
        row = self.governor(governor)
        if before == "pour" or aim and before in tables.spellings_of("de"):
            return Verdict("actual" if self._is_achieved(verb, governor) else "future")
        if before == "après":
            return Verdict("actual")
        if row is None:
            return Verdict("hypothetical")
        status, own = _embedded(row, governor), row.kind
        speaker = self._sayer(governor) if status == "reported" else None
        if verb.negated:
            return Verdict("negated", speaker, own)
        if status == "future" and self._is_perfect(verb):  # « annonce avoir tué »
            status = "actual"
        return Verdict(_combined(governor, row, status, above.status), speaker, own)

    def governor(self, verb: Clause) -> Governor | None:
        """What the table says of a verb over an infinitive or a clause."""
        rows = (self.governors.get(lemma) for lemma in verb.lemmas or (verb.lemma,))
        return next((row for row in rows if row is not None and row.status), None)

    def noun_status(self, verb: Clause) -> str:
        """How true a verb makes its object, a noun of action: « annule une visite »."""
        rows = (self.governors.get(lemma) for lemma in verb.lemmas)
        return next((row.noun for row in rows if row is not None and row.noun), "")

    def _is_achieved(self, verb: Clause, governor: Clause) -> bool:
        """« pour avoir tué B », « en a profité pour rencontrer B », « a dîné avant d'être tué »."""
        s = self.clauses.noun_phrases
        seized = not tables.words("seizing_verb").isdisjoint(governor.lemmas)
        afterwards = s.low[verb.start - 2] == "avant" and verb.passive
        past = governor.tense == "past" or any(
            lemma == "avoir"
            for word in s.low[governor.start : governor.i]
            for lemma, _ in tables.verb_readings().get(word, ())
        )
        return self._is_perfect(verb) or (past and (seized or afterwards))

    def _is_perfect(self, verb: Clause) -> bool:
        return "avoir" in self.clauses.noun_phrases.low[verb.start : verb.i]


def _of_wish(word: str) -> str:
    """« sa volonté d'aider B », « le refus d'aider B »: how true the noun makes it."""
    if word in tables.words("wish_noun"):
        return "hypothetical"
    return "negated" if word in tables.words("negative_noun") else ""


def _embedded(row: Governor, verb: Clause) -> str:
    """How true a verb makes what stands under it: « il faut que », « il a fallu que »."""
    is_perfect = verb.tense == "present" and verb.lemmas.get(row.lemma) == "participle"
    return row.perfect if row.perfect and is_perfect and not verb.passive else row.status


def _combined(verb: Clause, row: Governor, status: str, above: str) -> str:
    """The status of an infinitive under a verb that is itself negated, conditional, …"""
    if verb.negated:
        return row.denied or ("actual" if status == "negated" else "negated")
    if verb.tense == "conditional":
        uncertain = "hypothetical" if status in ("hypothetical", "future") else "reported"
        return row.conditional or uncertain
    if above in ("negated", "hypothetical") and status not in ("hypothetical", "reported"):
        return above
    if verb.tense == "past" and row.past:
        return row.past
    return status if status != "actual" else above


def of_noun(i: int, clauses: Clauses, factuality: Factuality, support: Clause | None) -> Verdict:
    """The status of what a noun of action states."""
    s = clauses.noun_phrases
    around = set(s.low[i - 3 : i + 3])
    left = s.low[i - 5 : i]
    if _is_cancelled(left):
        return Verdict("negated")
    if support is not None:
        verdict = factuality.of(support)
        occasion = s.tokens.preposition(i) == "other"
        if occasion and verdict.status in ("actual", "negated"):
            return Verdict("actual", verdict.speaker)  # « a promis, lors d'une rencontre, »
        return Verdict(_of_supported(support, verdict.status, factuality), verdict.speaker)
    start = s.tokens.determiner(i)
    of = start - (s.low[start] not in tables.spellings_of("de"))
    wished = s.low[of] in tables.spellings_of("de") and s.low[of - 1] in tables.words("wish_noun")
    if around & tables.words("possibility_adjective") or wished:
        return Verdict("hypothetical")
    if around & tables.words("prospective_adjective"):
        return Verdict("future")
    return _of_predicate(i, clauses, factuality)


def _of_supported(support: Clause, status: str, factuality: Factuality) -> str:
    """The status of a noun of action that is the object of a verb of this status.

    « annulera sa visite »: there will be none; « cessera ses frappes »: there are some till then.
    """
    own = factuality.noun_status(support)
    if status == "actual":
        return own or status
    if own == "negated" and status in ("future", "hypothetical"):
        ends = not tables.words("ending_verb").isdisjoint(support.lemmas)
        return "actual" if ends else "negated" if status == "future" else status
    return status


def _is_cancelled(left: list[str]) -> bool:
    """« pas d'alliance », « fin de la coopération », « aucune rencontre »."""
    skipped = tables.words("definite_article", "possessive", "universal_determiner")
    words = [w for w in left if w not in skipped]
    if words and words[-1] in tables.words("negative_determiner"):
        return True
    if len(words) > 1 and words[-1] in tables.spellings_of("de"):
        return words[-2] in tables.words("negative_noun", "negation")
    return False


def _said_of(words: list[str]) -> str:
    """« est possible », « reste exclu »."""
    if not tables.words("falsity_predicate").isdisjoint(words):
        return "negated"
    return "" if tables.words("possibility_predicate").isdisjoint(words) else "hypothetical"


def _is_which(word: str) -> bool:
    return word in tables.words("which")


def _of_predicate(i: int, clauses: Clauses, factuality: Factuality) -> Verdict:
    """« La visite de A est prévue », « aura lieu », « a été annulée »."""
    s = clauses.noun_phrases
    if s.tokens.preposition(i):
        return Verdict("actual")
    for k in range(i, s.end):
        if clauses.copula(k) is not None and (status := _said_of(s.low[k + 1 : k + 4])):
            return Verdict(status)
        verb = clauses.verbs.get(k)
        if verb is None or verb.form != "finite":
            continue
        if s.doc[k].dep_ == "acl:relcl" or s.low[verb.start - 1] in tables.words(
            "relative_pronoun"
        ):
            continue
        if verb.passive and (status := factuality.noun_status(verb)):
            return Verdict(status)
        if s.low[k + 1] == "lieu":
            return factuality.of(verb)
        break
    return Verdict("actual")
