"""The clauses of a sentence, made in one pass: verbs, whose doing they are, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

from entextract import tables
from entextract.pipes.relations.arguments import Arg, completes
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.subjects import Subjects
from entextract.pipes.relations.verb import ZONE, Clause, Forms, Slot
from entextract.pipes.relations.verb_group import VerbGroups


def read_clauses(noun_phrases: NounPhrases, forms: Forms) -> Clauses:
    """Read the verbs of a sentence, then lend auxiliaries, then find subjects.

    Nothing is changed afterwards: what a clause says does not depend on what was asked before.
    """
    s, groups = noun_phrases, VerbGroups(noun_phrases, forms)
    verbs = {i: groups.read(i) for i in range(s.start, s.end) if groups.is_verb(i)}
    subjects = Subjects(s, groups, verbs)
    draft = Clauses(s, subjects.verbs, {})
    copulas = {
        i: groups.read(i)
        for i in s.low.among(forms)
        if i not in verbs and groups.is_copula(i) and not groups.is_auxiliary(i)
    }

    def told(verb: Clause) -> Clause:
        subject = subjects.of(verb, draft)
        found_by = subjects.found_by.get(verb.i, "")
        antecedent, inverted = _antecedent(verb, draft)
        if inverted is not None:
            subject, found_by = inverted, "words"
        return replace(verb, subject=subject, found_by=found_by, antecedent=antecedent)

    verbs = {i: told(verb) for i, verb in subjects.verbs.items()}
    return Clauses(s, verbs, {i: told(verb) for i, verb in copulas.items()})


def _antecedent(verb: Clause, clauses: Clauses) -> tuple[Arg | None, Arg | None]:
    """What « que » before a verb stands for, and the subject where it follows.

    « B, que A critique, »: B and nothing; « B, que critique A, »: B and A.
    """
    s = clauses.noun_phrases
    if verb.form != "finite" or verb.passive or verb.reflexive:
        return None, None
    that = verb.start - (s.low[verb.start] not in tables.words("complementizer"))  # « qu'a »
    left = s.at.get(that)
    inverted = left is None
    if left is not None and not left.prep:
        that = s.tokens.determiner(left.start) - 1
    if s.low[that] not in tables.words("complementizer"):
        return None, None
    comma = s.low[that - 1] == "," and that - 1 not in s.at
    arg = s.at.get(that - 1 - comma)
    if arg is None or completes(arg):
        return None, None
    comma = comma or s.low[that - 1] == ","  # that ends an apposition
    slot = next(iter(clauses.slots(verb.i)), None)
    has_object = slot is not None and not slot.prep and not slot.blocked
    if inverted:
        return (arg, slot.arg) if slot is not None and has_object else (None, None)
    return (arg, None) if comma and not has_object else (None, None)


@dataclass(frozen=True, slots=True)
class Clauses:
    """The clauses of one sentence, by the token of their verb.

    Attributes:
        noun_phrases: what may be an end of a relation.
        verbs: those that carry meaning.
        copulas: forms of « être » and the like that carry none: « est » of « est ministre ».
    """

    noun_phrases: NounPhrases
    verbs: Mapping[int, Clause]
    copulas: Mapping[int, Clause]

    def in_order(self) -> list[Clause]:
        """All clauses as they stand, those of « est ministre » too."""
        return sorted([*self.verbs.values(), *self.copulas.values()], key=lambda v: v.i)

    def copula(self, i: int) -> Clause | None:
        """The clause of a verb at a token that says something of its subject."""
        verb = self.verbs.get(i)
        linking = verb is not None and verb.lemmas.keys() & tables.words("copular_verb")
        return verb if linking else self.copulas.get(i)

    # --- governors

    def governor(self, verb: Clause) -> Clause | None:
        """The verb on which an infinitive depends."""
        s = self.noun_phrases
        if self._completes_adjective(verb):
            return None
        for k in range(verb.start - 1, s.start - 1, -1):
            found = self.verbs.get(k)
            if found is not None and not found.without_auxiliary:
                return found
            if found is not None or s.low[k] in (".", ";", "qui", "que"):
                break
        head = s.doc[verb.i].head
        return self.verbs.get(head.i) if head.i < verb.i else None

    def _completes_adjective(self, verb: Clause) -> bool:
        """« une firme coupable d'aider B », but not « est prêt à aider B »."""
        s, k = self.noun_phrases, verb.start - 2
        if s.low[k + 1] not in tables.spellings_of("de") or k in self.verbs:
            return False
        return bool(s.low[k]) and s.doc[k].pos_ == "ADJ" and s.doc[k - 1].pos_ == "NOUN"

    def host(self, verb: Clause) -> tuple[Clause | None, bool]:
        """The verb that a present participle goes with, and whether « en » joins it.

        « A accuse B d'aider C en livrant D »: aider; after a comma, one whose subject is told.
        « A adopte une résolution condamnant B »: adopte.
        """
        s = self.noun_phrases
        gerund = "en" in s.low[verb.start : verb.i]
        if not gerund and not self._is_text(verb.start - 1):
            return None, False
        near = s.low[verb.start - 1] != ","
        for k in s.tokens.before(verb.start, verb.start):
            found = self.verbs.get(k)
            if found is None:
                continue
            if found.form == "finite" or near and found.form == "infinitive":
                return found, gerund
        main = (v for v in self.verbs.values() if v.form == "finite")
        return next(main, None) if gerund else None, gerund

    def _is_text(self, k: int) -> bool:
        """« résolution », « communiqué commun »."""
        s = self.noun_phrases
        while k > s.start and s.doc[k].pos_ == "ADJ":
            k -= 1
        return s.low[k] in tables.words("text_noun")

    # --- what follows

    def slots(self, i: int, *, noun: bool = False) -> list[Slot]:
        """The possible ends after a token, up to the end of its clause."""
        s = self.noun_phrases
        found: list[Slot] = []
        blocked = beside = False
        k, read = i + 1, 0
        own = s.at.get(i)
        role = next(iter(own.roles), None) if own is not None else None
        if own is not None and role is not None and noun and not role.person:
            for entity in (*role.places, *([role.holder] if role.holder else ())):
                inner = Arg(own.start, own.end, entity, "de")
                inner.group = [inner]
                found.append(Slot(inner, "de", False))
            k = own.end
        if own is not None and role is not None and not noun and role.start == i:
            if own.entity is not None:
                found.append(Slot(own, "", False))  # « prend en otage X »
            k = own.end
        while k < s.end and read < ZONE:
            arg = s.at.get(k)
            if arg is not None and arg.start >= k:
                if not found or found[-1].arg not in arg.group:  # each list once
                    # « a démissionné après l'invasion de A »
                    prep = "other" if beside and arg.prep == "de" and not noun else arg.prep
                    found.append(Slot(arg, prep, blocked))
                    blocked = blocked or not arg.prep
                k, read = arg.end, read + 1
                continue
            if self._bounds(k, noun=noun) and not self._restricts(i, k):
                break
            blocked = blocked or self._is_object(k)
            opens = tables.prepositions().get(s.low[k], "de")
            beside = opens == "other" if opens != "de" else beside
            k, read = k + 1, read + 1
        return found

    def _bounds(self, k: int, *, noun: bool) -> bool:
        word = self.noun_phrases.low[k]
        if word in tables.words("clause_boundary") or (noun and word in (".", "«")):
            return True
        return k in self.verbs and word not in tables.prepositions()  # « visant B »

    def _restricts(self, i: int, k: int) -> bool:
        """« n'accuse que B »: « que » behind a verb with « ne » that denies nothing."""
        s, verb = self.noun_phrases, self.verbs.get(i)
        if k != i + 1 or verb is None or verb.negated:
            return False
        denied = tables.words("negative_clitic").isdisjoint(s.low[verb.start : i])
        return not denied and s.low[k] in tables.words("complementizer")

    def _is_object(self, k: int) -> bool:
        """A common noun that no preposition introduces, days and times apart."""
        s, token = self.noun_phrases, self.noun_phrases.doc[k]
        if token.pos_ not in ("NOUN", "PROPN") or s.low[k] in tables.words("time"):
            return False
        if s.low[k] in tables.words("neighbour") and k + 2 in s.at:
            return s.low[k + 1] not in tables.words("singular_article")  # « son voisin le Mali »
        if s.low[k] in tables.words("quantity") and s.tokens.is_of(k + 1):
            return False  # « un million de réfugiés »: those are
        return not s.tokens.preposition(k) or s.low[s.tokens.determiner(k)] == "des"

    def words_before(self, verb: Clause) -> Iterator[Token]:
        """The words before a verb, back to another one or to what opens its clause."""
        s = self.noun_phrases
        for k in range(verb.start - 1, s.start - 1, -1):
            if k in self.verbs or s.low[k] in tables.words("clause_boundary"):
                return
            yield s.doc[k]

    def words_after(self, i: int) -> Iterator[Token]:
        """The common words after a verb, up to the end of its clause."""
        s = self.noun_phrases
        for k in range(i + 1, s.end):
            if k in self.verbs and self.verbs[k].form == "finite" or s.low[k] in (";", ":"):
                return
            yield s.doc[k]
