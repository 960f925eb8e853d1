"""Which words of a sentence are verbs, and which are auxiliaries and small words around them."""

from __future__ import annotations

from dataclasses import dataclass

from entextract import tables
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.verb import FINITE, Forms

_PARTICIPLE = 7  # tokens after an auxiliary in which its participle stands


@dataclass
class VerbWords:
    """The words of one sentence, read for verbs."""

    noun_phrases: NounPhrases
    forms: Forms

    def is_verb(self, i: int) -> bool:
        """Whether a token is a verb that carries meaning, auxiliaries apart."""
        s, token = self.noun_phrases, self.noun_phrases.doc[i]
        if i in s.entities or not token.is_alpha and "-" not in token.text:
            return False
        entries = self.forms.get(s.low[i], ())
        if not entries:
            return token.pos_ == "VERB" and not self._heads_role(i)
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
        follows_name = arg is not None and arg.name_end == i or is_clitic
        if before == "en" and "participle_present" in tenses:
            return True
        if not tenses & FINITE:
            return token.pos_ == "ADJ" or follows_name or self._is_aux_form(i - 1)
        return bool(follows_name or before in ("qui", ",") and token.pos_ != "NOUN")

    def _heads_role(self, i: int) -> bool:
        arg = self.noun_phrases.at.get(i)
        return arg is not None and any(r.start <= i < r.stop for r in arg.roles)

    def _auxiliary(self, i: int) -> tuple[str, str] | None:
        """The lemma and tense of a form of « avoir » or « être »."""
        entries = self.forms.get(self.noun_phrases.low[i], ())
        return next((entry for entry in entries if entry[0] in ("avoir", "être")), None)

    def _is_aux_form(self, i: int) -> bool:
        return self._auxiliary(i) is not None

    def is_auxiliary(self, i: int) -> bool:
        """« a », « est » before a participle: part of the group of another verb."""
        if not self._is_aux_form(i):
            return False
        s = self.noun_phrases
        for j in s.after(i, _PARTICIPLE):
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
            or self.noun_phrases.low[j + 1] == "exemple"  # « a par exemple condamné »
            or self._is_aux_form(j)
            or word in ("«", '"', "“")
            or word.endswith("ment")
        )
