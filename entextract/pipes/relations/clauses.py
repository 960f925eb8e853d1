"""Verbs of a sentence: their group, voice, subject, what follows them, and how true they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from entextract import tables
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.verb import (
    DEPTH,
    ORDER,
    ZONE,
    Slot,
    Verb,
    from_morph,
)
from entextract.pipes.relations.verb_group import VerbWords

_WORDS_READ = 18  # tokens after a verb in which the words that its row asks for may stand
_GROUP = 24  # tokens before a verb in which its auxiliaries may stand
_GOVERNED = 13  # tokens before an infinitive in which its governor may stand
_PREVIOUS = 80  # tokens before a verb in which the one that lends it a subject may stand


@dataclass
class Clauses(VerbWords):
    """The verbs of one sentence."""

    verbs: dict[int, Verb] = field(default_factory=dict)
    _subjects: dict[int, Arg | None] = field(default_factory=dict)
    _asked: list[Verb] = field(default_factory=list)  # whose subjects depend on the next one's

    def __post_init__(self) -> None:
        s = self.noun_phrases
        for i in range(s.start, s.end):
            if self.is_verb(i):
                self.verbs[i] = self.verb(i)

    # --- the group

    def verb(self, i: int) -> Verb:
        s = self.noun_phrases
        entries = self.forms.get(s.low[i], ())
        auxiliaries: list[str] = []
        tense = ""
        verb = Verb(i, i, s.doc[i].lemma_, dict(entries), "", "finite")
        reach = s.before(i, _GROUP)
        j = i - 1
        while j in reach:
            word = s.low[j]
            if self.noun_phrases.is_if_he(j):
                break
            if word in tables.words("reflexive_clitic"):
                verb.reflexive = True
            if (auxiliary := self._auxiliary(j)) is not None:
                lemma, tense = auxiliary
                auxiliaries.append(lemma)
            elif word in tables.words("negation", "negative_clitic"):
                is_clitic = word in tables.words("negative_clitic")
                verb.negated = verb.negated or is_clitic or not auxiliaries
            elif word == "," and (k := self._incise(j)) is not None:
                j = k
                continue
            elif j in s.at or not (self._is_inside(j) or s.doc[j].pos_ == "ADV"):
                break
            verb.start = j
            j -= 1
        # « ne … que » restricts and does not deny
        if verb.negated and not self._denies(verb):
            verb.negated = False
        tenses = [b for _, b in entries]
        if auxiliaries:
            verb.form = "infinitive" if tense == "infinitive" else "finite"
            verb.tense = tense
            if tense == "participle_present":
                verb.form = "participle_present"
            etre = auxiliaries[0] == "être"
            active = verb.reflexive or _takes_etre(verb)
            verb.passive = etre and not active
        elif tenses:
            verb.tense = min(tenses, key=ORDER.index)
            if "present" in tenses and "participle" in tenses:
                left = s.at.get(verb.start - 1)
                is_subject = left is not None and not left.prep
                verb.tense = "present" if is_subject else "participle"
            if verb.tense in ("infinitive", "participle", "participle_present"):
                verb.form = verb.tense
        else:
            verb.form, verb.tense = from_morph(s.doc[i])
        if verb.form == "participle":
            verb.without_auxiliary, verb.passive = True, True
        verb.lemma = next(iter(verb.lemmas), verb.lemma)
        return verb

    def _incise(self, comma: int) -> int | None:
        """For « a, ce mercredi, menacé »: the auxiliary before the first comma."""
        s = self.noun_phrases
        for j in s.before(comma, 11):
            if s.low[j] == ",":
                return j - 1 if self._is_aux_form(j - 1) else None
        return None

    def _denies(self, verb: Verb) -> bool:
        low = self.noun_phrases.low
        inside, after = low[verb.start : verb.i], low[verb.i + 1 : verb.i + 4]
        if not tables.words("negation").isdisjoint([*inside, *after[:2]]):
            return True
        denied = not tables.words("negative_clitic").isdisjoint(inside)
        return denied and tables.words("complementizer").isdisjoint(after)

    # --- subject

    def subject(self, verb: Verb) -> Arg | None:
        """Who does it, or undergoes it where the verb is passive; never a guess."""
        if verb.i not in self._subjects:
            self._subjects[verb.i] = None
            if len(self._asked) < DEPTH:
                self._asked.append(verb)
                self._subjects[verb.i] = self._subject(verb)
                self._asked.pop()
        return self._subjects[verb.i]

    def _subject(self, verb: Verb) -> Arg | None:
        before = self._word_before(verb)
        if verb.form == "infinitive":
            return self._of_infinitive(verb)
        if verb.form == "participle_present":
            return self._of_gerund(verb)
        if verb.without_auxiliary and verb.start == self.noun_phrases.start:
            return self._of_opening()
        if before in tables.words("coordinator", "list_joiner", "adversative") or (
            verb.without_auxiliary and before == ","
        ):
            inherited = self._inherited(verb)
            if inherited is not None:
                return inherited
        arg = self._left(verb.start - 1, participle=verb.without_auxiliary)
        if arg is not None:
            return arg if self._is_free(arg, verb) else None
        return self._apposed(verb) or self._parsed(verb)

    def _apposed(self, verb: Verb) -> Arg | None:
        """« X, un groupe armé soutenu par Y »: whom the noun before a participle is said of."""
        s = self.noun_phrases
        k = verb.start - 1
        while s.low[k] and k not in s.at and s.doc[k].pos_ == "ADJ":
            k -= 1
        comma = s.determiner(k) - 1
        if (
            not verb.without_auxiliary
            or s.low[comma] != ","
            or k in s.at
            or s.doc[k].pos_ != "NOUN"
        ):
            return None
        return s.at_comma(comma)

    def _main(self) -> Verb | None:
        """The first finite verb."""
        return next((verb for verb in self.verbs.values() if verb.form == "finite"), None)

    def _of_opening(self) -> Arg | None:
        """« Menacée par A, B a appelé C »: the subject of the main verb, after the comma."""
        main = self._main()
        subject = self.subject(main) if main is not None else None
        if subject is None or subject.prep:
            return None
        s = self.noun_phrases
        return subject if s.low[s.determiner(subject.start) - 1] == "," else None

    def _word_before(self, verb: Verb) -> str:
        """The word before a verb and its auxiliaries."""
        return self.noun_phrases.low[verb.start - 1]

    def _left(self, k: int, *, participle: bool) -> Arg | None:
        s = self.noun_phrases
        if s.low[k] == "qui":
            k -= 1
            if s.low[k] == ",":
                k -= 1
        elif participle and s.low[k] == "," and k not in s.at:
            k -= 1
        if s.low[k] in ("»", ")", '"', "–", "-") and k not in s.at:
            k -= 1
        arg = s.at.get(k)
        return arg if arg is not None and arg.end == k + 1 else None

    def _is_free(self, arg: Arg, verb: Verb) -> bool:
        """Not the complement of something; an antecedent or patient may be one of a verb."""
        if not arg.prep:
            return True
        before = self._word_before(verb)
        if verb.without_auxiliary and before == "," and arg.prep in ("de", "par"):
            return arg.prep == "de"  # « menacé par A, soutenu par B »: not A is
        return (before == "qui" or verb.without_auxiliary) and arg.prep not in (
            "de",
            "other",
            "selon",
        )

    def _parsed(self, verb: Verb) -> Arg | None:
        if not self.noun_phrases.doc.has_annotation("DEP"):
            return None  # spaCy crashes when asked for the children of a word that has no head
        s, token = self.noun_phrases, self.noun_phrases.doc[verb.i]
        found = [t for t in token.lefts if t.dep_.startswith("nsubj")]
        if not found and token.dep_ in ("conj", "xcomp") and token.head.i in self.verbs:
            return self.subject(self.verbs[token.head.i])
        relative = token.dep_ == "acl:relcl" and self._word_before(verb) == "qui"
        if not found and (relative or (verb.without_auxiliary and token.dep_ == "acl")):
            found = [token.head]
        for t in found:
            arg = s.at.get(t.i)
            if arg is not None and arg.end <= verb.start and self._is_free(arg, verb):
                return arg if not self._crossed(arg, verb) else None
        return None

    def _crossed(self, arg: Arg, verb: Verb) -> bool:
        """A finite verb, relative clauses apart, stands between a name and its verb.

        Or the verb is that of a clause with a subject of its own: « X, dont le parti dirige Y ».
        """
        low = self.noun_phrases.low
        between = range(arg.end, verb.start)
        finite = [j for j in between if j in self.verbs and self.verbs[j].form == "finite"]
        opening = tables.words("object_relative")
        relatives = [j for j in between if low[j] == "qui" or low[j] in opening]
        last = max([arg.end, *finite, *relatives])
        return len(finite) > len(relatives) or low[last] in opening

    def _previous(self, verb: Verb) -> Verb | None:
        earlier = map(self.verbs.get, self.noun_phrases.before(verb.start, _PREVIOUS))
        return next((v for v in earlier if v and (v.form == "finite" or v.without_auxiliary)), None)

    def _inherited(self, verb: Verb) -> Arg | None:
        """« a condamné A et attaqué B »: the subject, and the auxiliary, of the verb before."""
        token = self.noun_phrases.doc[verb.i]
        other = self.verbs.get(token.head.i) if token.dep_ == "conj" else None
        other = other or self._previous(verb)
        if other is None:
            return None
        if verb.without_auxiliary and not other.without_auxiliary:
            if _takes_etre(other) and not _takes_etre(verb):
                return self.subject(other)  # « A est parti, menacé par B »: « est » is not lent
            simple = not any(map(self._is_aux_form, range(other.start, other.i)))
            if simple and other.tense in ("present", "future", "past"):
                return None
            verb.passive, verb.without_auxiliary = other.passive, False
            verb.tense, verb.form = other.tense, "finite"
            verb.negated = verb.negated or other.negated
        return self.subject(other)

    def _of_infinitive(self, verb: Verb) -> Arg | None:
        governor = self.governor(verb)
        if governor is None:
            return None
        if governor.lemmas.keys() & tables.words("object_control_verb"):
            if governor.passive:
                return self.subject(governor)
            told = (x.arg for x in self.slots(governor.i) if x.prep in ("", "à") and not x.blocked)
            arg = next(told, None)
            return self.subject(governor) if arg is None and governor.lemma == "appeler" else arg
        if self._word_before(verb) == "pour" and not all(x.prep for x in self.slots(governor.i)):
            return None  # « nomme B pour négocier »: B may be the one
        return (
            self.subject(governor) if not governor.passive or governor.without_auxiliary else None
        )

    def _of_gerund(self, verb: Verb) -> Arg | None:
        """« A, visant B, »: A; « A provoque B en attaquant C »: the subject of the verb."""
        if "en" in self.noun_phrases.low[verb.start : verb.i]:
            main = self._previous(verb) or self._main()
            return self.subject(main) if main is not None else None
        arg = self._left(verb.start - 1, participle=True)
        if arg is not None and arg.prep in ("", "de"):
            return arg if not arg.prep else None
        main = self._main()
        return self.subject(main) if main is not None and self._word_before(verb) == "," else None

    # --- governors

    def governor(self, verb: Verb) -> Verb | None:
        """The verb on which an infinitive depends."""
        s = self.noun_phrases
        for k in s.before(verb.start, _GOVERNED):
            found = self.verbs.get(k)
            if found is not None:
                self.subject(found)  # « a convaincu A et empêché B de partir »: it has an auxiliary
                if not found.without_auxiliary:
                    return found
            if found is not None or s.low[k] in (".", ";", "qui", "que"):
                break
        head = s.doc[verb.i].head
        return self.verbs.get(head.i) if head.i < verb.i else None

    # --- what follows

    def slots(self, i: int, *, noun: bool = False) -> list[Slot]:
        """The possible ends after a token, up to the end of its clause."""
        s = self.noun_phrases
        found: list[Slot] = []
        blocked = False
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
            found.append(Slot(own, "", False))  # « prend en otage X »
            k = own.end
        while k < s.end and read < ZONE:
            arg = s.at.get(k)
            if arg is not None and arg.start >= k:
                if not found or found[-1].arg not in arg.group:  # each list once
                    found.append(Slot(arg, arg.prep, blocked))
                    blocked = blocked or not arg.prep
                k, read = arg.end, read + 1
                continue
            if self._bounds(k, noun=noun):
                break
            blocked = blocked or self._is_object(k)
            k, read = k + 1, read + 1
        return found

    def _bounds(self, k: int, *, noun: bool) -> bool:
        word = self.noun_phrases.low[k]
        if word in tables.words("clause_boundary") or (noun and word in (".", "«")):
            return True
        return k in self.verbs and word not in tables.prepositions()  # « visant B »

    def _is_object(self, k: int) -> bool:
        """A common noun that no preposition introduces, days and times apart."""
        s, token = self.noun_phrases, self.noun_phrases.doc[k]
        if token.pos_ not in ("NOUN", "PROPN") or s.low[k] in tables.words("time"):
            return False
        return not s.preposition(k) or s.low[s.determiner(k)] == "des"

    def words_after(self, i: int) -> Iterator[Token]:
        """The common words after a verb, up to the end of its clause."""
        s = self.noun_phrases
        for k in s.after(i, _WORDS_READ):
            if k in self.verbs and self.verbs[k].form == "finite" or s.low[k] in (";", ":"):
                return
            yield s.doc[k]


def _takes_etre(verb: Verb) -> bool:
    """« est parti » is no passive."""
    return not tables.words("etre_verb").isdisjoint(verb.lemmas)
