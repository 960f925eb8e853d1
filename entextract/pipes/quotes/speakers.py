"""Who a sentence says is speaking, read from its clauses; one function for each construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from spacy.tokens import Span

from entextract import tables
from entextract.pipes.part_of_speech import auxiliary_of
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.attribution import is_believed
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.verb import FINITE, Clause

_NAMED = frozenset({"PER", "ORG", "COUNTRY"})
_PERSONAL = frozenset({"office", "profession", "kin", "counterpart"})
_BREAKS = frozenset(',.;:!?…()«»"“”–—')


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, by which words.

    Attributes:
        words: how the text names them: « la députée Anne Rey », « une source », « elle ».
        entity: the name among these words, None for « une source » and « elle ».
        verb: number of the token that says how they speak, None for « selon ».
        rule: the construction.
    """

    words: Span
    entity: Span | None
    verb: int | None
    rule: str

    @property
    def id(self) -> str:
        """The entity that speaks, nothing where none is named."""
        return self.entity.kb_id_ if self.entity is not None else ""

    @property
    def is_pronoun(self) -> bool:
        """« il », « -t-elle »."""
        return self.entity is None and pronoun(self.words.text) != ""


def pronoun(word: str) -> str:
    """« elle » of « -t-elle », « on »; nothing for what is no pronoun of the third person."""
    bare = word.lower().replace("’", "'").strip("-").removeprefix("t-")
    return bare if bare in tables.words("third_person") else ""


def inverted(clauses: Clauses, i: int) -> Speaker | None:
    """« …, a déclaré lundi à l'AFP la députée Anne Rey »: a verb at a token, then who speaks."""
    s, he = clauses.noun_phrases, None
    leads = False
    for k in range(i, s.end):
        if k in s.entities:
            return None
        if _is_inverted_pronoun(s.low[k]):
            he = k
        elif _is_verb(clauses, k) and _leads(clauses, k):
            leads = True
        elif (_is_verb(clauses, k) or _opens_incise(clauses, k, i)) and not _helps(clauses, k):
            after = k + 1 + (s.low[k + 1] in tables.words("inversion_mark"))
            he = after if _is_inverted_pronoun(s.low[after]) else he
            if he is not None:
                return Speaker(s.doc[he : he + 1], None, k, "incise")
            if k in clauses.verbs and clauses.verbs[k].form == "participle_present":
                return None  # « …, en menaçant X »
            return _named_after(clauses, k) if k > i or _may_be_finite(clauses, k) else None
        elif not (_may_open(clauses, k) or (leads and s.low[k] in _to())):
            return None
    return None


def _opens_incise(clauses: Clauses, k: int, i: int) -> bool:
    """« …, pointe le chercheur »: a form that is a noun elsewhere, where an incise opens."""
    s = clauses.noun_phrases
    followed = k + 1 < s.end and (k + 1 in s.at or s.low[k + 1] in tables.determiners())
    return k == i and followed and s.low[k] in tables.speech_homographs()


def _leads(clauses: Clauses, i: int) -> bool:
    """« fait valoir », « laisse entendre », « tient à préciser »: the infinitive that follows says.

    Of « dit vouloir » it is the first verb that says.
    """
    s = clauses.noun_phrases
    after = i + 1 + (s.low[i + 1] in _to())
    if after >= s.end or s.low[i] in saying_forms() or auxiliary_of(s.doc[i]):
        return False
    return s.low[after] in tables.words("saying_complement") or (
        _is_infinitive(clauses, after) and says(clauses, after)
    )


def _is_infinitive(clauses: Clauses, i: int) -> bool:
    verb = clauses.verbs.get(i)
    if verb is not None:
        return verb.form == "infinitive"
    return "Inf" in clauses.noun_phrases.doc[i].morph.get("VerbForm", [])


def _to() -> frozenset[str]:
    """« à », « de » before an infinitive."""
    return tables.without_article("à") | tables.without_article("de")


def _may_be_finite(clauses: Clauses, i: int) -> bool:
    """Whether a verb that no auxiliary precedes may have a subject: « dit », but not « dire »."""
    verb = clauses.verbs.get(i)
    tenses = {t for _, t in tables.verb_readings().get(clauses.noun_phrases.low[i], ())}
    return verb is None or verb.form == "finite" or not tenses.isdisjoint(FINITE)


def _is_inverted_pronoun(word: str) -> bool:
    """« -t-elle », « -il »."""
    return word.startswith("-") and pronoun(word) != ""


def _is_verb(clauses: Clauses, i: int) -> bool:
    """Whether a token is a verb, or a form of one of saying that the tagger took for a noun."""
    return i in clauses.verbs or says(clauses, i)


def _helps(clauses: Clauses, i: int) -> bool:
    """Whether a verb only helps the one that follows: « a », « a-t- » of « a-t-il dit »."""
    s = clauses.noun_phrases
    if not auxiliary_of(s.doc[i]):
        return False
    after = next(
        (k for k in range(i + 1, s.end) if not (_may_open(clauses, k) or pronoun(s.low[k]))), s.end
    )
    return _is_verb(clauses, after)


def _may_open(clauses: Clauses, i: int) -> bool:
    """What stands before a verb and belongs to it: « s' », « ne », « l' », « également »."""
    s = clauses.noun_phrases
    word = s.low[i]
    if word in tables.words("clitic", "negation", "adverb", "inversion_mark"):
        return True
    return bool(auxiliary_of(s.doc[i])) or s.doc[i].pos_ == "ADV"


def _named_after(clauses: Clauses, verb: int) -> Speaker | None:
    s = clauses.noun_phrases
    k = _past_interpolation(clauses, verb + 1)
    while k < s.end:
        arg = s.at.get(k)
        if arg is not None and arg.prep:
            k = arg.end
        elif arg is not None:
            return _of_arg(clauses, arg, verb, "incise")
        elif s.low[k] == "," and (named := _apposed(clauses, k)) is not None:
            return Speaker(s.doc[verb + 1 : named.end], named.entity, verb, "incise")
        elif s.low[k] == "," and (after := _past_interpolation(clauses, k)) > k:
            k = after  # « a écrit sur son compte, dimanche, X »
        elif s.low[k] in _BREAKS or _is_verb(clauses, k):
            return None
        elif tuple(s.low[k : k + 2]) in tables.phrases("latter"):
            return Speaker(s.doc[k : k + 2], None, verb, "incise")
        elif (noun := common(clauses, k)) is not None and not s.tokens.preposition(k):
            return _with_name(clauses, noun, verb, "incise")
        else:
            k += 1
    return None


def _past_interpolation(clauses: Clauses, i: int) -> int:
    """« raconte, en larmes, X »: the token behind two commas, if the first one is there."""
    s = clauses.noun_phrases
    if s.low[i] != ",":
        return i
    closed = next((k for k in range(i + 1, s.end) if s.low[k] in _BREAKS), s.end)
    return closed + 1 if s.low[closed] == "," else i


def _with_name(clauses: Clauses, noun: Span, verb: int | None, rule: str) -> Speaker:
    """A noun, and the name that stands right behind it, or that an apposition gives it."""
    named = _juxtaposed(clauses, noun) or _apposed(clauses, noun.end)
    if named is None:
        return Speaker(noun, None, verb, rule)
    return Speaker(clauses.noun_phrases.doc[noun.start : named.end], named.entity, verb, rule)


def _juxtaposed(clauses: Clauses, noun: Span) -> Arg | None:
    """« le géologue X »: the person named at the end of the words of a noun, and no one before."""
    named = [arg for arg in clauses.noun_phrases.args if noun.start < arg.start < noun.end]
    if len(named) != 1 or named[0].prep or named[0].entity is None:
        return None
    return named[0] if named[0].entity.label_ == "PER" else None


def _apposed(clauses: Clauses, i: int) -> Arg | None:
    """« le maire (LR) de Meaux, X »: the person named behind the comma that ends a noun."""
    s = clauses.noun_phrases
    while i < s.end and s.low[i] not in _BREAKS - {"(", ")"} and not _is_finite(clauses, i):
        i += 1
    arg = s.at.get(i + 1)
    if s.low[i] != "," or arg is None or arg.prep or arg.entity is None:
        return None
    return arg if arg.entity.label_ == "PER" else None


def _is_finite(clauses: Clauses, i: int) -> bool:
    verb = clauses.verbs.get(i)
    return verb is not None and verb.form == "finite"


def common(clauses: Clauses, i: int) -> Span | None:
    """The noun at a token with what belongs to it: « une source proche du dossier »."""
    s = clauses.noun_phrases
    if s.doc[i].pos_ != "NOUN" or s.low[i] in tables.words("time", "weekday", "month"):
        return None
    end = i + 1
    while end < s.end and s.low[end] not in _BREAKS and end not in clauses.verbs:
        end += 1
    return s.doc[s.tokens.determiner(i) : end]


def _of_arg(clauses: Clauses, arg: Arg, verb: int | None, rule: str) -> Speaker:
    s = clauses.noun_phrases
    end = arg.end - (s.low[arg.end - 1] == ",")
    words = s.doc[min(s.tokens.determiner(arg.start), arg.start) : end]
    if _speaks(clauses, arg) is None:
        return _with_name(clauses, words, verb, rule)
    return Speaker(words, _speaks(clauses, arg), verb, rule)


def _speaks(clauses: Clauses, arg: Arg) -> Span | None:
    """The name that speaks: nobody's in « un porte-parole du Kremlin », « le politique letton »."""
    entity = arg.entity
    if entity is None or entity.label_ not in _NAMED:
        return None
    if entity.label_ == "COUNTRY" and entity.text[:1].islower():
        noun = clauses.noun_phrases.low[entity.start - 1]
        return entity if noun in tables.words("institution", "cabinet_noun") else None
    role = next(iter(arg.roles), None)
    of_office = role is not None and role.kind in _PERSONAL and role.start < entity.start
    return None if of_office and entity.label_ != "PER" else entity


def subject(clauses: Clauses, verb: Clause, rule: str) -> Speaker | None:
    """Who does what a verb says, where it stands before it: « X a déclaré : »."""
    s = clauses.noun_phrases
    if verb.form == "participle_present" and (he := _inverted_before(clauses, verb.i)) is not None:
        return Speaker(s.doc[he : he + 1], None, verb.i, rule)
    if verb.subject is not None and verb.subject.start < verb.i and not verb.passive:
        return _of_arg(clauses, verb.subject, verb.i, rule)
    k = verb.i - 1
    while k > s.start and _may_open(clauses, k) and not pronoun(s.low[k]):
        k -= 1
    if pronoun(s.low[k]):
        return Speaker(s.doc[k : k + 1], None, verb.i, rule)
    for start in range(k, max(k - 3, s.start - 1), -1):
        if tuple(s.low[start : k + 1]) in tables.phrases("latter"):
            return Speaker(s.doc[start : k + 1], None, verb.i, rule)  # « ce dernier », « celle-ci »
    # by heads: spaCy's ``children`` reads past the end of texts that were not parsed
    before = (s.doc[i] for i in range(s.start, verb.i))
    subjects = (t.i for t in before if t.dep_.startswith("nsubj") and t.head.i == verb.i)
    nouns = (common(clauses, i) for i in subjects)
    return next((Speaker(noun, None, verb.i, rule) for noun in nouns if noun is not None), None)


def _inverted_before(clauses: Clauses, i: int) -> int | None:
    """« ajoute-t-il, précisant que »: the last inverted pronoun before a token."""
    s = clauses.noun_phrases
    return next((k for k in range(i - 1, s.start, -1) if _is_inverted_pronoun(s.low[k])), None)


def speaks(verb: Clause) -> bool:
    """Whether it is the subject of a verb of saying that speaks.

    Not « sont avertis », « le plan dévoilé », nor « s'est révélé ».
    """
    if verb.passive or verb.without_auxiliary:
        return False
    silent = tables.words("silent_reflexive")
    return not (verb.reflexive and (verb.lemma in silent or not silent.isdisjoint(verb.lemmas)))


def says(clauses: Clauses, i: int) -> bool:
    """Whether the verb at a token is one of saying: « déclare », « estime », « juge »."""
    if clauses.noun_phrases.low[i] in saying_forms():
        return True
    verb = clauses.verbs.get(i)
    return verb is not None and not _saying().isdisjoint({verb.lemma, *verb.lemmas})


@cache
def saying_forms() -> frozenset[str]:
    """The forms that are always of a verb by which one says or thinks something.

    >>> {"déclare", "estime"} <= saying_forms(), "mange" in saying_forms()
    (True, False)
    """
    embedding = {row.lemma for row in tables.governors() if row.status == "reported"}
    readings = tables.verb_readings().items()
    forms = (form for form, found in readings if any(lemma in embedding for lemma, _ in found))
    return tables.speech_forms() | frozenset(forms)


@cache
def _saying() -> frozenset[str]:
    spoken = {row.lemma for row in tables.verbs() if row.kind == "speech"}
    return frozenset(spoken | {r.lemma for r in tables.governors() if r.status == "reported"})


def before(clauses: Clauses, i: int, hidden: frozenset[int]) -> Speaker | None:
    """« X a dénoncé « … » »: the subject of the nearest verb of saying on the left.

    Args:
        i: the token of the opening mark.
        hidden: the tokens of other quotations.
    """
    s = clauses.noun_phrases
    for k in range(i - 1, s.start - 1, -1):
        if k in hidden:
            continue
        if s.low[k] in (";", "."):
            return None
        verb = clauses.verbs.get(k)
        if verb is not None and says(clauses, k) and speaks(verb):
            if s.low[verb.start - 1] == "," and verb.start - 2 in hidden:
                return inverted(clauses, verb.start)  # « … », a dit X, « … »
            found = subject(clauses, verb, "verb")
            if found is not None:
                return found
    return None


def before_colon(clauses: Clauses, i: int, hidden: frozenset[int]) -> Speaker | None:
    """« X s'indigne : « … » », « Anne Rey : « … » »: whoever the words before a colon speak of.

    Args:
        i: the token of the colon.
        hidden: the tokens of other quotations.
    """
    s = clauses.noun_phrases
    if (found := before(clauses, i, hidden)) is not None:
        return Speaker(found.words, found.entity, found.verb, "colon")
    for k in range(i - 1, s.start - 1, -1):
        verb = clauses.verbs.get(k)
        finite = verb is not None and k not in hidden and verb.form == "finite"
        found = subject(clauses, verb, "colon") if verb is not None and finite else None
        if found is not None:
            return found
    named = (arg for arg in s.args if arg.end <= i and arg.start not in hidden)
    free = [arg for arg in named if arg.prep in ("", "pour") and _speaks(clauses, arg) is not None]
    return _of_arg(clauses, free[0], None, "colon") if free else None


def as_told(clauses: Clauses, hidden: frozenset[int]) -> Speaker | None:
    """« comme le souligne X »: an inverted verb of saying behind « comme »."""
    s = clauses.noun_phrases
    for k in range(s.start, s.end):
        if k not in hidden and s.low[k] in tables.words("manner_conjunction"):
            found = inverted(clauses, k + 1)
            if found is not None and found.verb is not None and says(clauses, found.verb):
                return found
    return None


def according(clauses: Clauses, i: int, end: int) -> Speaker | None:
    """« selon X », « à en croire X », « d'après une source », « pour X, » outside some tokens."""
    s = clauses.noun_phrases
    for arg in s.args:
        outside = arg.end <= i or arg.start >= end
        opens = arg.prep == "pour" and "," not in s.low[s.start : arg.start]
        opens = opens and s.low[s.start] == "pour" and s.low[arg.end] == ","
        named = arg.entity is not None and arg.entity.label_ in ("PER", "ORG")
        for_whom = arg.prep == "pour" and opens and (arg.end + 1 == i or (named and arg.end < i))
        if outside and (for_whom or arg.prep == "selon" or _is_credited(clauses, arg.start)):
            return _of_arg(clauses, arg, None, "according")
    for k in (*range(s.start, min(i, s.end)), *range(end, s.end)):
        if k not in s.at and _is_credited(clauses, k):
            if pronoun(s.low[k]) or s.low[k] in tables.words("stressed_pronoun"):
                return Speaker(s.doc[k : k + 1], None, None, "according")
            if (words := common(clauses, k)) is not None:
                return _with_name(clauses, words, None, "according")
    return None


def may_credit(words: Sequence[str]) -> bool:
    """Whether words may say whose opinion a sentence gives: « selon », « à en croire ».

    >>> may_credit(["selon", "elle"]), may_credit(["d'", "après", "elle"]), may_credit(["après"])
    (True, True, False)
    """
    heads = tables.heads_of_prepositions("selon") | tables.words("credit_verb")
    if heads.isdisjoint(words):
        return False
    simple, compound = tables.prepositions(), tables.compound_prepositions()
    return any(
        word in tables.words("credit_verb")
        or compound.get((before, simple.get(word, "")), simple.get(word)) == "selon"
        for before, word in pairwise(["", *words])
    )


def _is_credited(clauses: Clauses, i: int) -> bool:
    """Whether « selon » or « à en croire » stands before what starts at a token."""
    s = clauses.noun_phrases
    return s.tokens.preposition(i) == "selon" or is_believed(s, i)


def is_source(speaker: Speaker) -> bool:
    """Whether someone speaks who is not named, and no poll or law: « une source », « l'avocat »."""
    return not tables.words("source_noun").isdisjoint(w.lower_ for w in speaker.words)
