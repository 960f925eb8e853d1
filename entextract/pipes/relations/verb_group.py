"""Which words of a sentence are verbs, and which are auxiliaries and small words around them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

from entextract import tables
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.verb import FINITE, ORDER, Clause, Forms, from_morph

_GROUP = 24  # tokens before a verb in which its auxiliaries may stand
_CLAUSE = 15  # tokens before a verb in which its clause may open
_PARTICIPLE = 7  # tokens after an auxiliary in which its participle stands


@dataclass(frozen=True)
class VerbGroups:
    """The words of one sentence, read for verbs."""

    noun_phrases: NounPhrases
    forms: Forms

    def is_verb(self, i: int) -> bool:
        """Whether a token is a verb that carries meaning, auxiliaries apart."""
        s = self.noun_phrases
        word = s.low[i]
        token, entries = s.doc[i], self.forms.get(word, ())
        if not entries and token.pos_ != "VERB":
            return False  # most words
        if i in s.entities or not word.isalpha() and "-" not in word:
            return False
        if not entries:
            return not self._heads_role(i)
        if self.is_auxiliary(i) or self._heads_role(i):
            return False
        before = s.low[i - 1]
        tenses = {tense for _, tense in entries}
        if before in tables.words("definite_article"):  # « les attaque », « les attaques »
            if token.pos_ not in ("VERB", "AUX"):
                return False
        elif before in tables.determiners():
            return False
        if tenses == {"infinitive"}:
            return True
        if before in tables.prepositions() and before != "en" and tenses & FINITE:
            return False
        if token.pos_ in ("VERB", "AUX"):
            return True
        arg = s.at.get(i - 1)
        is_clitic = before in tables.words("negative_clitic", "reflexive_clitic")
        ended = arg is not None and (arg.name_end == i or arg.end == i and before == ",")
        follows_name = ended or is_clitic
        if before == "en" and "participle_present" in tenses:
            return True
        if not tenses & FINITE:
            return token.pos_ == "ADJ" or follows_name or self.is_aux_form(i - 1)
        if before in tables.words("complementizer"):  # « que critique Y »
            return True
        if token.pos_ != "NOUN" and s.low[i + 1] in tables.words("complementizer"):
            return True  # « le ministre dément que »
        return bool(follows_name or before in ("qui", ",") and token.pos_ != "NOUN")

    def _heads_role(self, i: int) -> bool:
        arg = self.noun_phrases.at.get(i)
        return arg is not None and any(r.start <= i < r.stop for r in arg.roles)

    def is_copula(self, i: int) -> bool:
        """« est », « devient », « a été nommé »: what follows is said of the subject."""
        entries = self.forms.get(self.noun_phrases.low[i], ())
        linking = any(lemma in tables.words("copular_verb") for lemma, _ in entries)
        return linking and i not in self.noun_phrases.entities

    def _auxiliary(self, i: int) -> tuple[str, str] | None:
        """The lemma and tense of a form of « avoir » or « être »."""
        entries = self.forms.get(self.noun_phrases.low[i], ())
        return next((entry for entry in entries if entry[0] in ("avoir", "être")), None)

    def is_aux_form(self, i: int) -> bool:
        return self._auxiliary(i) is not None

    def is_auxiliary(self, i: int) -> bool:
        """« a », « est » before a participle: part of the group of another verb."""
        if not self.is_aux_form(i):
            return False
        s = self.noun_phrases
        for j in s.tokens.after(i, _PARTICIPLE):
            entries = self.forms.get(s.low[j], ())
            if any(tense == "participle" for _, tense in entries):
                return True
            token = s.doc[j]
            if token.pos_ == "VERB" and "Part" in token.morph.get("VerbForm", []):
                return True
            if not self._is_inside(j) and token.pos_ != "ADV":
                return False
        return False

    def _is_inside(self, j: int) -> bool:
        word = self.noun_phrases.low[j]
        return (
            word in tables.words("clitic", "adverb", "negation", "verb_group_word")
            or word in tables.times("weekday")  # « a mardi condamné »
            or word in tables.times("day")
            or self.noun_phrases.low[j + 1] == "exemple"  # « a par exemple condamné »
            or self.is_aux_form(j)
            or word in ("«", '"', "“")
            or word.endswith("ment")
            or self._is_aside(j)
        )

    def _is_aside(self, j: int) -> bool:
        """A word of « pour sa part », « de son côté »."""
        low = self.noun_phrases.low
        return any(
            low[j - n : j - n + len(phrase)] == phrase for n, phrase in _asides().get(low[j], ())
        )

    # --- the group

    def read(self, i: int) -> Clause:
        """The verb at a token with what belongs to it, its subject apart."""
        s = self.noun_phrases
        entries = self.forms.get(s.low[i], ())
        auxiliaries: list[str] = []
        tense = ""
        reflexive = negated = False
        start = i
        reach = s.tokens.before(i, _GROUP)
        j = i - 1
        while j in reach:
            word = s.low[j]
            if s.tokens.is_if_he(j):
                break
            if word in tables.words("reflexive_clitic"):
                reflexive = True
            if (auxiliary := self._auxiliary(j)) is not None:
                lemma, tense = auxiliary
                auxiliaries.append(lemma)
            elif word in tables.words("negation", "negative_clitic"):
                is_clitic = word in tables.words("negative_clitic")
                negated = negated or is_clitic or not auxiliaries
            elif word == "," and (k := self._incise(j)) is not None:
                j = k
                continue
            elif self._is_aside(j):
                pass  # « a quant à lui accusé B »: « lui » may stand for a name
            elif j in s.at or not (self._is_inside(j) or s.doc[j].pos_ == "ADV"):
                break
            start = j
            j -= 1
        lemmas = dict(entries)
        group = Clause(
            i,
            start,
            next(iter(lemmas), s.doc[i].lemma_),
            lemmas,
            tense,
            "finite",
            reflexive,
            negated and self._denies(start, i),  # « ne … que » restricts and does not deny
        )
        if auxiliaries:
            special = tense in ("infinitive", "participle_present")
            active = reflexive or group.takes_etre
            return replace(
                group,
                form=tense if special else "finite",
                passive=auxiliaries[0] == "être" and not active,
            )
        form, tense = self._simple(group, [b for _, b in entries])
        bare = form == "participle"
        return replace(group, form=form, tense=tense, passive=bare, without_auxiliary=bare)

    def _simple(self, group: Clause, tenses: list[str]) -> tuple[str, str]:
        """The form and tense of a verb that has no auxiliary."""
        if not tenses:
            return from_morph(self.noun_phrases.doc[group.i])
        tense = min(tenses, key=ORDER.index)
        if "present" in tenses and "participle" in tenses:
            left = self.noun_phrases.at.get(group.start - 1)
            tense = "present" if left is not None and not left.prep else "participle"
        is_form = tense in ("infinitive", "participle", "participle_present")
        return tense if is_form else "finite", tense

    def _incise(self, comma: int) -> int | None:
        """For « a, ce mercredi, menacé »: the auxiliary before the first comma."""
        s = self.noun_phrases
        for j in s.tokens.before(comma, 11):
            if s.low[j] == ",":
                return j - 1 if self.is_aux_form(j - 1) else None
        return None

    def _is_expletive(self, start: int) -> bool:
        """« avant que A n'attaque », « craint que A n'attaque »: « ne » alone denies nothing."""
        s = self.noun_phrases
        for j in s.tokens.before(start, _CLAUSE):
            if s.low[j] in tables.words("complementizer"):
                lemmas = {lemma for lemma, _ in self.forms.get(s.low[j - 1], ())}
                fears = not tables.words("fearing_verb").isdisjoint(lemmas)
                return fears or s.low[j - 1] in tables.words("before_event")
            if s.low[j] in (",", ";", ":"):
                break
        return False

    def _denies(self, start: int, i: int) -> bool:
        low = self.noun_phrases.low
        inside, after = low[start:i], low[i + 1 : i + 4]
        if not tables.words("scope_adverb").isdisjoint(low[start : i + 2]):
            return False  # « n'a pas seulement attaqué »
        if not tables.words("negation").isdisjoint([*inside, *after[:2]]):
            return True
        denied = not tables.words("negative_clitic").isdisjoint(inside)
        if denied and self._is_nobody(start - 1):
            return True
        if denied and self._is_expletive(start):
            return False
        return denied and tables.words("complementizer").isdisjoint(after)

    def _is_nobody(self, k: int) -> bool:
        """« rien ne prouve que », « aucune preuve ne montre que »: no « ne … que »."""
        s = self.noun_phrases
        negative = tables.words("negation", "negative_determiner")
        return s.low[k] in negative or s.low[s.tokens.determiner(k)] in negative


@cache
def _asides() -> dict[str, list[tuple[int, list[str]]]]:
    """For each word of such phrases, its place in them, and they."""
    found: defaultdict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for phrase in tables.phrases("aside"):
        for n, word in enumerate(phrase):
            found[word].append((n, list(phrase)))
    return dict(found)
