"""Verbs of a sentence: their group, voice, subject, what follows them, and how true they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from entextract import tables
from entextract.pipes._arg import Arg
from entextract.pipes._verb import (
    DEPTH,
    ORDER,
    ZONE,
    Slot,
    Verb,
    from_morph,
)
from entextract.pipes._verb_words import VerbWords

_INCISE = 11  # tokens between the commas of « a, ce mercredi, menacé »
_WORDS_READ = 18  # tokens after a verb in which the words that its row asks for may stand


@dataclass
class Clauses(VerbWords):
    """The verbs of one sentence."""

    verbs: dict[int, Verb] = field(default_factory=dict)
    _subjects: dict[int, Arg | None] = field(default_factory=dict)
    _climbed: int = 0  # from verb to verb in search of a subject

    def __post_init__(self) -> None:
        s = self.sentence
        for i in range(s.start, s.end):
            if self.is_verb(i):
                self.verbs[i] = self.verb(i)

    # --- the group

    def verb(self, i: int) -> Verb:
        s = self.sentence
        entries = [(a, b) for a, b in self.forms.get(s.low[i], ()) if b != "noun"]
        auxiliaries: list[str] = []
        tense = ""
        verb = Verb(i, i, s.doc[i].lemma_, dict(entries), "", "finite")
        j = i - 1
        while j >= s.start:
            word = s.low[j]
            if word in ("se", "s'"):
                verb.reflexive = True
            if self._is_aux_form(j):
                lemma, tense = self.forms[word][0]
                auxiliaries.append(lemma)
            elif word in tables.relation_words("negation") or word in ("ne", "n'"):
                verb.negated = verb.negated or word in ("ne", "n'") or not auxiliaries
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
            active = verb.reflexive or bool(verb.lemmas.keys() & tables.relation_words("etre_verb"))
            verb.passive = etre and not active
        elif tenses:
            verb.tense = min(tenses, key=ORDER.index) if len(set(tenses)) > 1 else tenses[0]
            if "present" in tenses and "participle" in tenses:
                left = s.at.get(verb.start - 1)
                is_subject = left is not None and not left.prep
                verb.tense = "present" if is_subject else "participle"
            if verb.tense in ("infinitive", "participle", "participle_present"):
                verb.form = verb.tense
        else:
            verb.form, verb.tense = from_morph(s.doc[i])
        if verb.form == "participle" or verb.tense == "participle" and not auxiliaries:
            verb.form, verb.bare, verb.passive = "participle", True, True
        verb.lemma = next(iter(verb.lemmas), verb.lemma)
        return verb

    def _incise(self, comma: int) -> int | None:
        """For « a, ce mercredi, menacé »: the auxiliary before the first comma."""
        s = self.sentence
        opening = next((j for j in s.before(comma, _INCISE) if s.low[j] == ","), comma)
        return opening - 1 if self._is_aux_form(opening - 1) else None

    def _denies(self, verb: Verb) -> bool:
        low = self.sentence.low
        inside, after = low[verb.start : verb.i], low[verb.i + 1 : verb.i + 4]
        if not tables.relation_words("negation").isdisjoint([*inside, *after[:2]]):
            return True
        return not {"ne", "n'"}.isdisjoint(inside) and {"que", "qu'"}.isdisjoint(after)

    # --- subject

    def subject(self, verb: Verb) -> Arg | None:
        """Who does it, or undergoes it where the verb is passive; never a guess."""
        if verb.i not in self._subjects:
            self._subjects[verb.i] = None  # what leads back here says nothing
            if self._climbed < DEPTH:
                self._climbed += 1
                self._subjects[verb.i] = self._subject(verb)
                self._climbed -= 1
        return self._subjects[verb.i]

    def _subject(self, verb: Verb) -> Arg | None:
        before = self._word_before(verb)
        if verb.form == "infinitive":
            return self._of_infinitive(verb)
        if verb.form == "participle_present":
            return self._of_gerund(verb)
        if verb.bare and verb.start == self.sentence.start:
            return self._of_opening(verb)
        if before in ("et", "puis", "mais", "ou") or (verb.bare and before == ","):
            inherited = self._inherited(verb)
            if inherited is not None:
                return inherited
        arg = self._left(verb.start - 1, participle=verb.bare)
        if arg is not None:
            return arg if self._is_free(arg, verb) else None
        return self._apposed(verb) or self._parsed(verb)

    def _apposed(self, verb: Verb) -> Arg | None:
        """« X, un groupe armé soutenu par Y »: whom the noun before a participle is said of."""
        s = self.sentence
        k = verb.start - 1
        while s.low[k] and k not in s.at and s.doc[k].pos_ == "ADJ":
            k -= 1
        comma = s.determiner(k) - 1
        if not verb.bare or s.low[comma] != "," or k in s.at or s.doc[k].pos_ != "NOUN":
            return None
        return s.at.get(comma) or s.at.get(comma - 1)

    def _of_opening(self, verb: Verb) -> Arg | None:
        """« Menacée par A, B a appelé C »: the subject of the main verb, after the comma."""
        main = next((v for i, v in self.verbs.items() if i > verb.i and v.form == "finite"), None)
        subject = self.subject(main) if main is not None else None
        if subject is None or subject.prep or subject.start < verb.i:
            return None
        s = self.sentence
        return subject if s.low[s.determiner(subject.start) - 1] == "," else None

    def _word_before(self, verb: Verb) -> str:
        """The word before a verb and its auxiliaries."""
        return self.sentence.low[verb.start - 1]

    def _left(self, k: int, *, participle: bool) -> Arg | None:
        s = self.sentence
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
        if verb.bare and before == "," and arg.prep in ("de", "par"):
            return arg.prep == "de"  # « menacé par A, soutenu par B »: not A is
        return (before == "qui" or verb.bare) and arg.prep not in ("de", "other", "selon")

    def _parsed(self, verb: Verb) -> Arg | None:
        if not self.sentence.doc.has_annotation("DEP"):
            return None  # spaCy crashes when asked for the children of a word that has no head
        s, token = self.sentence, self.sentence.doc[verb.i]
        found = [t for t in token.children if t.dep_.startswith("nsubj") and t.i < verb.i]
        if not found and token.dep_ in ("conj", "xcomp") and token.head.i in self.verbs:
            return self.subject(self.verbs[token.head.i])
        if not found and (self._word_before(verb) == "qui" or (verb.bare and token.dep_ == "acl")):
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
        low = self.sentence.low
        between = range(arg.end, verb.start)
        finite = [j for j in between if j in self.verbs and self.verbs[j].form == "finite"]
        relatives = [j for j in between if low[j] in ("qui", "dont", "que", "qu'", "où")]
        inside = bool(relatives) and low[relatives[-1]] != "qui"
        return len(finite) > len(relatives) or (
            inside and not any(j > relatives[-1] for j in finite)
        )

    def _previous(self, verb: Verb) -> Verb | None:
        earlier = [v for i, v in self.verbs.items() if verb.start - 80 < i < verb.start]
        finite = [v for v in earlier if v.form == "finite" or v.bare]
        return finite[-1] if finite else None

    def _inherited(self, verb: Verb) -> Arg | None:
        """« a condamné A et attaqué B »: the subject, and the auxiliary, of the verb before."""
        head = self.sentence.doc[verb.i].head
        other = self.verbs.get(head.i) if self.sentence.doc[verb.i].dep_ == "conj" else None
        if other is None or other.i >= verb.i:
            other = self._previous(verb)
        if other is None:
            return None
        if verb.bare and not other.bare:
            simple = not any(map(self._is_aux_form, range(other.start, other.i)))
            if simple and other.tense in ("present", "future", "past"):
                return None
            verb.passive, verb.bare = other.passive, False
            verb.tense, verb.form = other.tense, "finite"
            verb.negated = verb.negated or other.negated
        return self.subject(other)

    def _of_infinitive(self, verb: Verb) -> Arg | None:
        governor = self.governor(verb)
        if governor is None:
            return None
        if governor.lemmas.keys() & tables.relation_words("object_control"):
            slots = [
                slot
                for slot in self.slots(governor.i)
                if slot.arg.end <= verb.start and slot.prep in ("", "à") and not slot.blocked
            ]
            if governor.passive:
                return self.subject(governor)
            if slots:
                return slots[0].arg
            return None if governor.lemma != "appeler" else self.subject(governor)
        if self._word_before(verb) == "pour" and any(
            not slot.prep and slot.arg.end <= verb.start for slot in self.slots(governor.i)
        ):
            return None  # « nomme B pour négocier »: B may be the one
        return self.subject(governor) if not governor.passive or governor.bare else None

    def _of_gerund(self, verb: Verb) -> Arg | None:
        """« X, accusant Y », « a choqué en accusant Y », « En accusant Y, X a choqué »."""
        gerund = "en" in self.sentence.low[verb.start : verb.i]
        arg = None if gerund else self._left(verb.start - 1, participle=True)
        if arg is not None and arg.prep in ("", "de"):
            return arg if not arg.prep else None
        if not gerund and self._word_before(verb) != ",":
            return None
        later = (v for i, v in self.verbs.items() if i > verb.i and v.form == "finite")
        main = self._previous(verb) or (next(later, None) if gerund else None)
        return self.subject(main) if main is not None else None

    # --- governors

    def governor(self, verb: Verb) -> Verb | None:
        """The verb on which an infinitive depends."""
        s = self.sentence
        k = verb.start - 1
        while k >= s.start and (
            s.low[k] in ("à", "de", "d'", "pour", "pas") or k not in self.verbs
        ):
            if s.low[k] in (".", ";", "qui", "que"):
                break
            if verb.start - k > 12:
                break
            if self._is_aux_form(k) and not self.is_auxiliary(k):
                break
            k -= 1
        found = self.verbs.get(k)
        if found is not None and found.i < verb.i:
            self.subject(found)  # « a convaincu A et empêché B de partir »: it has an auxiliary
            if not found.bare:
                return found
        head = s.doc[verb.i].head
        return self.verbs.get(head.i) if head.i < verb.i else None

    # --- what follows

    def slots(self, i: int, *, noun: bool = False) -> list[Slot]:
        """The possible ends after a token, up to the end of its clause."""
        s = self.sentence
        found: list[Slot] = []
        blocked = False
        k = i + 1
        own = s.at.get(i)
        if noun and own is not None and own.roles and not own.roles[0].person:
            role = own.roles[0]
            for entity in (*role.places, *([role.holder] if role.holder else ())):
                inner = Arg(own.start, own.end, entity, "de")
                inner.group = [inner]
                found.append(Slot(inner, "de", False))
            k = max(k, own.end)
        if not noun and own is not None and own.roles and own.roles[0].start == i:
            found.append(Slot(own, "", False))  # « prend en otage X »
            k = own.end
        while k < min(s.end, i + ZONE):
            arg = s.at.get(k)
            if arg is not None and arg.start >= k:
                first = arg.group[0] if arg.group else arg
                if first is arg or not found or found[-1].arg not in arg.group:
                    found.append(Slot(arg, arg.prep, blocked))
                    if not arg.prep:
                        blocked = True
                k = arg.end
                continue
            if self._bounds(k, noun=noun):
                break
            blocked = blocked or self._is_object(k)
            k += 1
        return found

    def _bounds(self, k: int, *, noun: bool) -> bool:
        word = self.sentence.low[k]
        if word in tables.relation_words("boundary") or (noun and word in (".", "«")):
            return True
        if k in self.verbs:
            return word not in ("visant", "ciblant")
        return noun and self._is_aux_form(k)

    def _is_object(self, k: int) -> bool:
        """A common noun that no preposition introduces, days and times apart."""
        s, token = self.sentence, self.sentence.doc[k]
        if token.pos_ not in ("NOUN", "PROPN") or s.low[k] in tables.relation_words("time"):
            return False
        return not s.preposition(k) or s.low[s.determiner(k)] == "des"

    def words_after(self, i: int) -> Iterator[Token]:
        """The common words after a verb, up to the end of its clause."""
        s = self.sentence
        for k in s.after(i, _WORDS_READ):
            if k in self.verbs and self.verbs[k].form == "finite" or s.low[k] in (";", ":"):
                return
            yield s.doc[k]
