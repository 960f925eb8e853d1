"""When and where what a verb or noun states took place, if its clause says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from entextract import tables
from entextract.pipes.relations.arguments import PLACING, is_demonym
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.frames import Found
from entextract.pipes.relations.noun_phrases import NounPhrases
from entextract.pipes.relations.verb import Clause
from entextract.records.moments import Moment, Unit
from entextract.records.rules import Rule

_YEARS = range(1800, 2100)


@dataclass(frozen=True, slots=True)
class _Time:
    """A time in a sentence, and the tokens that say it."""

    start: int
    end: int
    moment: Moment


class Circumstances:
    """The times and places of one sentence."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses = clauses
        self.noun_phrases = clauses.noun_phrases

    @cached_property
    def _times(self) -> list[_Time]:
        return list(_times(self.noun_phrases))

    def moment(self, f: Found) -> Moment | None:
        """When a verb or noun says that it was; None where its clause gives no time."""
        verb = self.clauses.verbs.get(f.trigger[0])
        for time in self._times:
            if self._is_of(f, verb, time.start, time.end):
                return _directed(time.moment, self._direction(f, verb))
        return None

    def place(self, f: Found) -> str:
        """The id of the place where it was, which is none of its ends."""
        verb = self.clauses.verbs.get(f.trigger[0])
        ends = (f.source_id, f.target.kb_id_)
        for arg in self.noun_phrases.args:
            entity = arg.entity
            if entity is None or arg.via or arg.prep not in PLACING or entity.kb_id_ in ends:
                continue
            named = not is_demonym(entity) and Rule.parse(entity.id_).kind != "metonym"
            if entity.label_ not in ("LOC", "COUNTRY") or not named or arg.roles:
                continue
            start = self.noun_phrases.tokens.determiner(entity.start) - 1
            if self._is_of(f, verb, start, entity.end):
                return entity.kb_id_
        return ""

    def _is_of(self, f: Found, verb: Clause | None, start: int, end: int) -> bool:
        """Whether these tokens say something of the verb or noun: no other verb stands between.

        « a reçu X mardi », « Mardi, A a reçu B », « a mardi reçu », but not « a dit mardi que ».
        """
        first, last = f.trigger
        if start >= last:
            return not self._parts(last, start)
        if verb is None:
            return False
        if verb.start < start and end <= verb.i:
            return True
        s = self.noun_phrases
        opens = start <= s.start + 1 and end <= first
        return opens and not self._parts(end, verb.start)

    def _parts(self, start: int, end: int) -> bool:
        """Whether a verb, or the start of another clause, stands in a stretch of tokens."""
        low, verbs = self.noun_phrases.low, self.clauses.verbs
        boundary = tables.words("clause_boundary", "complementizer", "relative_pronoun")
        return any(k in verbs or low[k] in boundary for k in range(start, end))

    def _direction(self, f: Found, verb: Clause | None) -> int:
        """Where it lies: 1 after the article, -1 before it, 0 where the present tells not."""
        if f.status in ("future", "hypothetical"):
            return 1
        if verb is None:
            return -1
        auxiliaries = _auxiliaries(verb, self.noun_phrases)
        compound = not auxiliaries.isdisjoint(tables.words("perfect_auxiliary")) or (
            not verb.passive and verb.lemmas.get(verb.lemma) == "participle"
        )
        done = verb.tense == "past" or verb.without_auxiliary or compound
        return -1 if done else 0


def _auxiliaries(verb: Clause, s: NounPhrases) -> set[str]:
    readings = tables.verb_readings()
    return {lemma for word in s.low[verb.start : verb.i] for lemma, _ in readings.get(word, ())}


def _directed(moment: Moment, direction: int) -> Moment:
    return moment if moment.direction else replace(moment, direction=direction)


# --- times


def _times(s: NounPhrases) -> Iterator[_Time]:
    """The times of a sentence that say when, not since when or until when."""
    i = s.start
    while i < s.end:
        time = None if i in s.entities else _time_at(i, s)
        if time is None:
            i += 1
            continue
        if _is_adverbial(time.start, s):
            yield time
        i = time.end


def _time_at(i: int, s: NounPhrases) -> _Time | None:
    word = s.low[i]
    if word in tables.times("day"):
        return _Time(i, _past_part(i + 1, s), Moment("day", shift=_value("day", word)))
    if tuple(s.low[i : i + 3]) in tables.phrases("ago"):
        return _ago(i, s)
    return _day(i, s) or _weekday(i, s) or _month(i, s) or _stretch(i, s) or _year(i, s)


def _value(kind: str, word: str) -> int:
    return int(tables.times(kind)[word])


def _number(word: str) -> int:
    """« 3 », « 1er », « trois »; 0 for what is none."""
    digits = word.removesuffix("er")
    if digits.isdecimal() and len(digits) < 5:
        return int(digits)
    return int(tables.times("number").get(word, 0))


def _year_at(i: int, s: NounPhrases) -> int:
    word = s.low[i]
    is_year = len(word) == 4 and word.isdecimal() and int(word) in _YEARS
    return int(word) if is_year else 0


def _day(i: int, s: NounPhrases) -> _Time | None:
    """« le 3 mars », « mardi 3 mars 2024 », but not « du 3 au 5 mars »."""
    k = i + (s.low[i] in tables.times("weekday"))
    if not _number(s.low[k]) or s.low[k] in tables.times("number"):
        return None
    month = tables.times("month").get(s.low[k + 1])
    if month is None:
        return None
    year = _year_at(k + 2, s)
    end = _past_part(k + 2 + bool(year), s)
    after = _value("shift", s.low[end]) * 2 if s.low[end] in tables.times("shift") else 0
    end += bool(after)
    moment = Moment("day", year, int(month), _number(s.low[k]), direction=after)
    return _Time(i, end, moment)


def _weekday(i: int, s: NounPhrases) -> _Time | None:
    """« mardi », « ce mardi », « mardi soir », « mardi dernier », but not « le mardi »."""
    day = tables.times("weekday").get(s.low[i])
    article = s.low[i - 1] in tables.determiners() - tables.words("demonstrative")
    if day is None or article or s.low[i - 1] in tables.words("universal_determiner"):
        return None
    end = _past_part(i + 1, s)
    shift = _value("shift", s.low[end]) if s.low[end] in tables.times("shift") else 0
    return _Time(i, end + bool(shift), Moment("day", weekday=int(day), direction=2 * shift))


def _month(i: int, s: NounPhrases) -> _Time | None:
    """« en mars », « fin mars 2023 », « en mars dernier »."""
    month = tables.times("month").get(s.low[i + 1])
    if month is None or s.low[i] not in tables.times("about"):
        return None
    end = i + 2
    if year := _year_at(end, s):
        return _Time(i, end + 1, Moment("month", year, int(month)))
    shift = _value("shift", s.low[end]) if s.low[end] in tables.times("shift") else 0
    return _Time(i, end + bool(shift), Moment("month", month=int(month), direction=2 * shift))


def _stretch(i: int, s: NounPhrases) -> _Time | None:
    """« la semaine dernière », « l'an dernier », « ce mois-ci », « ce soir »."""
    demonstrative = s.low[i - 1] in tables.words("demonstrative")
    if s.low[i] in tables.times("part_of_day") and demonstrative:
        return _Time(i - 1, i + 1, Moment("day"))
    end = i + 1
    word = s.low[i]
    hyphened = "".join(s.low[i : i + 3])  # « week - end »
    if hyphened in tables.times("unit"):
        word, end = hyphened, i + 3
    unit = tables.times("unit").get(word)
    if unit is None:
        return None
    shift = s.low[end]
    if shift in tables.times("shift") and s.low[i - 1] in tables.words("definite_article"):
        return _Time(i - 1, end + 1, _shifted(unit, _value("shift", shift)))
    return _Time(i - 1, end, _shifted(unit, 0)) if demonstrative else None


def _ago(i: int, s: NounPhrases) -> _Time | None:
    """« il y a trois jours »."""
    number, unit = _number(s.low[i + 3]), tables.times("unit").get(s.low[i + 4])
    if not number or unit is None:
        return None
    return _Time(i, i + 5, _shifted(unit, -number))


def _shifted(unit: str, shift: int) -> Moment:
    units: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year"}
    return Moment(units[unit], shift=shift)


def _year(i: int, s: NounPhrases) -> _Time | None:
    """« en 2012 »."""
    year = _year_at(i + 1, s) if s.low[i] in tables.spellings_of("en") else 0
    return _Time(i, i + 2, Moment("year", year)) if year else None


def _past_part(i: int, s: NounPhrases) -> int:
    """The token after « soir » of « mardi soir »."""
    return i + (s.low[i] in tables.times("part_of_day"))


def _is_adverbial(start: int, s: NounPhrases) -> bool:
    """Not « depuis mardi », « jusqu'au 3 mars », « le sommet de mardi », « lundi et mardi »."""
    k = start - 1
    while s.low[k] in tables.words("definite_article", "demonstrative"):
        k -= 1
    word = s.low[k]
    joined = word in tables.words("coordinator") and _number(s.low[k - 1]) > 0
    of = word in tables.prepositions() and word not in tables.times("about")
    return not (word in tables.times("bound") or joined or of)
