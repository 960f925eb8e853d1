"""Whose doing a verb is: from the words before it, from the verb that it is joined to, or the tree.

Never a guess: a verb whose subject cannot be told has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from entextract import tables
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.verb import DEPTH, FINITE, Clause, FoundBy, Slot
from entextract.pipes.relations.verb_group import VerbGroups

_PREVIOUS = 80  # tokens before a verb in which the one that lends it a subject may stand


class Complements(Protocol):
    """What stands after the verbs of a sentence, and on what infinitives depend."""

    def governor(self, verb: Clause) -> Clause | None:
        """The verb on which an infinitive depends."""

    def host(self, verb: Clause) -> tuple[Clause | None, bool]:
        """The verb that a present participle goes with, and whether « en » joins it."""

    def slots(self, i: int, *, noun: bool = False) -> list[Slot]:
        """The possible ends after a token."""


class Subjects:
    """Finds the subjects of the verbs of one sentence.

    Attributes:
        verbs: the verbs, a participle joined to a compound tense with the auxiliary that it shares:
            « a condamné A et attaqué B ».
        found_by: what a verb's own subject was read from. Where the words before it and the tree
            tell different ones, the words win: of the relations of 176 articles and our own
            sentences one would change if the tree won, and be wrong.
    """

    def __init__(
        self, noun_phrases: NounPhrases, groups: VerbGroups, verbs: Mapping[int, Clause]
    ) -> None:
        self.noun_phrases = noun_phrases
        self.groups = groups
        self.verbs = dict(verbs)
        self.found_by: dict[int, FoundBy] = {}
        self._shared: dict[int, int] = {}  # a verb -> the one whose subject it has
        self._found: dict[int, Arg | None] = {}
        self._asked: list[Clause] = []  # whose subjects depend on the next one's
        for verb in verbs.values():
            self._join(verb)

    def of(self, verb: Clause, complements: Complements) -> Arg | None:
        """Who does it, or undergoes it where the verb is passive."""
        if verb.i not in self._found:
            self._found[verb.i] = None
            if len(self._asked) < DEPTH:
                self._asked.append(verb)
                self._found[verb.i] = self._subject(verb, complements)
                self._asked.pop()
        return self._found[verb.i]

    # --- joined verbs

    def _join(self, verb: Clause) -> None:
        """« a condamné A et attaqué B »: the subject, and the auxiliary, of the verb before."""
        opens = verb.without_auxiliary and verb.start == self.noun_phrases.start
        if opens or verb.form in ("infinitive", "participle_present"):
            return
        before = self._word_before(verb)
        joined = before in tables.words("coordinator", "list_joiner", "adversative")
        if not joined and not (verb.without_auxiliary and before == ","):
            return
        token = self.noun_phrases.doc[verb.i]
        other = self.verbs.get(token.head.i) if token.dep_ == "conj" else None
        other = other or self._previous(verb)
        if other is None:
            return
        agreeing = self.noun_phrases.low[verb.i].endswith(("ée", "ées", "és"))
        if verb.without_auxiliary and agreeing and not other.passive and not other.takes_etre:
            return  # « A a quitté la plateforme, appelée B »
        # « A est parti, menacé par B »: « est » is not lent
        own_etre = other.takes_etre and not verb.takes_etre
        if verb.without_auxiliary and not other.without_auxiliary and not own_etre:
            simple = not any(map(self.groups.is_aux_form, range(other.start, other.i)))
            if simple and other.tense in ("present", "future", "past"):
                return
            self.verbs[verb.i] = replace(
                verb,
                passive=other.passive,
                without_auxiliary=False,
                tense=other.tense,
                form="finite",
                negated=verb.negated or other.negated,
            )
        self._shared[verb.i] = other.i

    def _previous(self, verb: Clause) -> Clause | None:
        earlier = map(self.verbs.get, self.noun_phrases.tokens.before(verb.start, _PREVIOUS))
        return next((v for v in earlier if v and (v.form == "finite" or v.without_auxiliary)), None)

    # --- the kinds of clauses

    def _subject(self, verb: Clause, complements: Complements) -> Arg | None:
        if verb.form == "infinitive":
            return self._of_infinitive(verb, complements)
        if verb.form == "participle_present":
            return self._of_gerund(verb, complements)
        if verb.without_auxiliary and verb.start == self.noun_phrases.start:
            return self._of_opening(complements)
        shared = self.verbs.get(self._shared.get(verb.i, -1))
        inherited = self.of(shared, complements) if shared is not None else None
        if inherited is not None:
            return inherited
        own, self.found_by[verb.i] = self._own(verb, complements)
        return own

    def _own(self, verb: Clause, complements: Complements) -> tuple[Arg | None, FoundBy]:
        """The subject of the verb itself: what stands before it, else what the tree says."""
        words = self._left(verb.start - 1, participle=verb.without_auxiliary)
        free = words is not None and self._is_free(words, verb)
        if words is None and (apposed := self._apposed(verb)) is not None:
            return apposed, "words"
        tree = self._parsed(verb, complements)
        if words is not None and free:
            return words, "both" if tree is not None and words in tree.group else "words"
        return tree, "tree" if tree is not None else ""

    def _of_opening(self, complements: Complements) -> Arg | None:
        """« Menacée par A, B a appelé C »: the subject of the main verb, after the comma."""
        main = self._main()
        subject = self.of(main, complements) if main is not None else None
        if subject is None or subject.prep:
            return None
        s = self.noun_phrases
        return subject if s.low[s.tokens.determiner(subject.start) - 1] == "," else None

    def _of_infinitive(self, verb: Clause, complements: Complements) -> Arg | None:
        governor = complements.governor(verb)
        if governor is None:  # « Après s'être entretenu avec B, A a … »
            opens = not any(i < verb.i for i in self.verbs)
            return self._of_opening(complements) if opens else None
        if governor.lemmas.keys() & tables.words("object_control_verb"):
            if governor.passive:
                return self.of(governor, complements)
            slots = complements.slots(governor.i)
            told = (x.arg for x in slots if x.prep in ("", "à") and not x.blocked)
            arg = next(told, None)
            asks = arg is None and governor.lemma == "appeler"
            return self.of(governor, complements) if asks else arg
        aims = self._word_before(verb) == "pour"
        leaves = not governor.lemmas.keys().isdisjoint(tables.words("departure_verb"))
        if aims and not leaves and not all(x.prep for x in complements.slots(governor.i)):
            return None  # « nomme B pour négocier »: B may be the one
        acts = not governor.passive or governor.without_auxiliary
        return self.of(governor, complements) if acts else None

    def _of_gerund(self, verb: Clause, complements: Complements) -> Arg | None:
        """« A, visant B, »: A; « A provoque B en attaquant C »: the subject of the verb."""
        host, by_gerund = complements.host(verb)
        if by_gerund:
            return self.of(host, complements) if host is not None else None
        arg = self._left(verb.start - 1, participle=True)
        if arg is not None and arg.prep in ("", "de"):
            return arg if not arg.prep else None
        if host is not None:  # who does the one says the other
            return self.of(host, complements) if not host.passive else None
        main = self._main()
        follows = main is not None and self._word_before(verb) == ","
        return self.of(main, complements) if main is not None and follows else None

    def _main(self) -> Clause | None:
        """The first finite verb."""
        return next((verb for verb in self.verbs.values() if verb.form == "finite"), None)

    # --- by the words before

    def _word_before(self, verb: Clause) -> str:
        """The word before a verb and its auxiliaries."""
        return self.noun_phrases.low[verb.start - 1]

    def _left(self, k: int, *, participle: bool) -> Arg | None:
        s = self.noun_phrases
        if s.low[k] == "," and (opened := self._interpolated(k)) and s.low[opened] == "qui":
            k = opened  # « A, qui, selon B, a attaqué »
        if s.low[k] == "qui":
            k -= 1
            if s.low[k] == "," and k not in s.at:
                k -= 1
        elif participle and s.low[k] == "," and k not in s.at:
            k = self._before_gerund(k) - 1
        elif s.low[k] == "," and (opened := self._interpolated(k)) is not None:
            k = opened
        elif s.low[k] == "," and (named := self._named_between(k)) is not None:
            return named
        if s.low[k] == ")" and k not in s.at and "(" in s.low[s.start : k]:
            k = max(j for j in range(s.start, k) if s.low[j] == "(") - 1  # « (Savoie) »
        elif s.low[k] in ("»", ")", '"', "–", "-") and k not in s.at:
            k -= 1
        arg = s.at.get(k)
        if arg is not None and (other := self._opposed(arg)) is not None:
            return other
        return self._modified(arg) if arg is not None and arg.end == k + 1 else None

    def _opposed(self, arg: Arg) -> Arg | None:
        """« A, et non B, qui »: A."""
        s = self.noun_phrases
        k = s.tokens.determiner(arg.start) - 1
        if s.low[k] != "non" or s.low[k - 1] not in tables.words("coordinator"):
            return None
        return s.at_comma(k - 2)

    def _modified(self, arg: Arg) -> Arg | None:
        """What a name says something of: « le candidat LR », « son compte Twitter »."""
        s = self.noun_phrases
        before = s.at.get(arg.start - 1)
        if before is not None and before.entity is None and before.roles:
            return before
        return None if s.low[arg.start - 1] in tables.words("account_noun") else arg

    def _before_gerund(self, comma: int) -> int:
        """The comma before « , évoquant X, », or the same one: « A, évoquant X, accusé de »."""
        s = self.noun_phrases
        for k in range(comma - 1, s.start - 1, -1):
            verb = self.verbs.get(k)
            if s.low[k] == ",":
                return comma
            if verb is not None:
                gerund = verb.form == "participle_present" and s.low[verb.start - 1] == ","
                return verb.start - 1 if gerund else comma
        return comma

    def _named_between(self, comma: int) -> Arg | None:
        """« L'édile de la ville, X, a critiqué »: a person named after who they are."""
        s = self.noun_phrases
        arg = s.at.get(comma - 1)
        if arg is None or arg.end != comma or arg.entity is None or arg.entity.label_ != "PER":
            return None
        if (body := self._speaking_through(arg)) is not None:
            return body
        first = arg.start - 1
        if arg.prep or len(arg.group) > 1 or s.low[first] != ",":
            return None
        opened = s.low[s.start] in tables.articles() | tables.words("demonstrative_pronoun")
        return arg if opened and not any(i < first for i in self.verbs) else None

    def _speaking_through(self, arg: Arg) -> Arg | None:
        """« A, par la voix de son ministre, X, »: A."""
        s = self.noun_phrases
        for k in s.tokens.before(arg.start - 1, arg.start - 1):
            if s.low[k] == ",":
                opened = (tuple(s.low[k + 1 : k + 1 + len(w)]) == w for w in _voices())
                return s.at_comma(k) if any(opened) else None
        return None

    def _interpolated(self, comma: int) -> int | None:
        """The token before « , 54 ans, », « , rapporte l'AFP, », « , pour sa part, »."""
        s = self.noun_phrases
        for j in range(comma - 1, s.start - 1, -1):
            if s.low[j] != ",":
                continue
            word, inside = s.low[j + 1], s.low[j + 1 : comma]
            aged = s.doc[j + 1].like_num and inside[-1] in tables.words("time")
            said = word in tables.speech_forms() or not tables.speech_forms().isdisjoint(inside[:2])
            light = not any(self._is_finite(w) for w in inside) and (
                word in tables.prepositions() or word in tables.words("time", "adverb")
            )
            one_verb = sum(map(self._is_finite, inside)) == 1
            clause = word in tables.words("clause_boundary") and one_verb  # « , où qu'elle soit, »
            apart = self._is_participle(word) and not any(map(self._is_finite, inside[1:]))
            skipped = aged or said or light or clause or apart
            return j - (j not in s.at) if skipped else None
        return None

    def _is_participle(self, word: str) -> bool:
        """« A, rejoint par B, a condamné C »."""
        return any(tense == "participle" for _, tense in self.groups.forms.get(word, ()))

    def _is_finite(self, word: str) -> bool:
        return any(tense in FINITE for _, tense in self.groups.forms.get(word, ()))

    def _is_free(self, arg: Arg, verb: Clause) -> bool:
        """Not the complement of something; an antecedent or patient may be one of a verb."""
        if not arg.prep:
            return not self._is_inverted(arg)
        before = self._word_before(verb)
        if before == "qui" and arg.prep == "par" and self._is_agent_apart(arg, verb):
            return False
        if verb.without_auxiliary and before == "," and arg.prep in ("de", "par"):
            return arg.prep == "de"  # « menacé par A, soutenu par B »: not A is
        return (before == "qui" or verb.without_auxiliary) and arg.prep not in (
            "de",
            "other",
            "selon",
        )

    def _is_agent_apart(self, arg: Arg, verb: Clause) -> bool:
        """« un groupe créé par A, qui accuse B »: the group, or A."""
        earlier = (self.verbs.get(k) for k in self.noun_phrases.tokens.before(arg.start, _PREVIOUS))
        done = next(filter(None, earlier), None)
        comma = self.noun_phrases.low[verb.start - 2] == ","
        return comma and done is not None and done.without_auxiliary

    def _is_inverted(self, arg: Arg) -> bool:
        """« la presse que critique A soutient B »: A is who criticises, and not who supports."""
        s = self.noun_phrases
        before = self.verbs.get(s.tokens.determiner(arg.start) - 1)
        if before is None or before.form != "finite" or before.passive:
            return False
        return s.low[before.start - 1] in tables.words("complementizer")

    def _apposed(self, verb: Clause) -> Arg | None:
        """« X, un groupe armé soutenu par Y »: whom the noun before a participle is said of."""
        s = self.noun_phrases
        k = verb.start - 1
        while s.low[k] and k not in s.at and s.doc[k].pos_ == "ADJ":
            k -= 1
        comma = s.tokens.determiner(k) - 1
        if (
            not verb.without_auxiliary
            or s.low[comma] != ","
            or k in s.at
            or s.doc[k].pos_ != "NOUN"
        ):
            return None
        return s.at_comma(comma)

    # --- by the tree

    def _parsed(self, verb: Clause, complements: Complements) -> Arg | None:
        s, token = self.noun_phrases, self.noun_phrases.doc[verb.i]
        if not token.dep:
            return None  # spaCy crashes when asked for the children of a word that has no head
        found = [t for t in token.lefts if t.dep_.startswith("nsubj")]
        if not found and token.dep_ in ("conj", "xcomp") and token.head.i in self.verbs:
            return self.of(self.verbs[token.head.i], complements)
        relative = token.dep_ == "acl:relcl" and self._word_before(verb) == "qui"
        if not found and (relative or (verb.without_auxiliary and token.dep_ == "acl")):
            found = [token.head]
        for t in found:
            arg = s.at.get(t.i)
            if arg is not None and arg.end <= verb.start and self._is_free(arg, verb):
                return self._modified(arg) if not self._crossed(arg, verb) else None
        return None

    def _crossed(self, arg: Arg, verb: Clause) -> bool:
        """A finite verb, relative clauses apart, stands between a name and its verb.

        Or the verb is that of a clause with a subject of its own: « X, dont le parti dirige Y ».
        """
        low = self.noun_phrases.low
        between = range(arg.end, verb.start)
        quoted = low[arg.end : verb.start]
        if quoted.count("»") > quoted.count("«"):
            return True  # « « A ment », a accusé B »: A is not who accuses
        if ":" in quoted:
            return True  # « France : deux lynx ont été relâchés »
        finite = [j for j in between if j in self.verbs and self.verbs[j].form == "finite"]
        opening = tables.words("object_relative")
        relatives = [j for j in between if low[j] == "qui" or low[j] in opening]
        last = max([arg.end, *finite, *relatives])
        return len(finite) > len(relatives) or low[last] in opening


def _voices() -> frozenset[tuple[str, ...]]:
    """« par la voix de », without « de », which an article may hide."""
    return frozenset(words[:-1] for words in tables.phrases("voice_phrase"))
