"""What a sequence read as one person holds: words before the name, two persons, a headline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from spacy.tokens import Doc, Token

from entextract import tables
from entextract.pipes.name_extent import is_of, is_particle
from entextract.pipes.once import OncePerDoc
from entextract.pipes.spans import (
    is_capitalised,
    places_of,
    sentence_starts,
    small_letters,
    text_between,
)
from entextract.records.spelling import level

_HEADLINE = 5  # words of a headline with a capital each, among them « Le », « Des »
_LONGEST_BODY = 4  # tokens of a party or a company before a name


class PersonParts:
    """Cuts what was read as one person to the persons that it names."""

    def __init__(self) -> None:
        self.given = tables.given_forms()
        self.before = tables.levelled_words("word_before_person")
        self.bodies = frozenset(level(row.form) for row in tables.organisations())
        self.titles = frozenset(level(row.form).lower() for row in tables.titles())
        self.particles = tables.levelled_words("name_particle")
        french = (row.form for row in tables.given_names() if row.origin == "fr")
        self.french = frozenset(map(level, french))

    def parts(self, doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
        """(start, end) of each person; tokens that belong to none are left out."""
        start = self._start(doc, start, end)
        end = _before_sentence(doc, start, end)
        second = self._second_person(doc, start, end)
        if second:
            yield start, second
            start = second
        yield start, self._end(doc, start, end)

    def _start(self, doc: Doc, start: int, end: int) -> int:
        """After a greeting, a rubric, a party, a company: « Bravo », « LREM »."""
        while start < end - 1 and level(doc[start].lower_) in self.before:
            start += 1
        if level(doc[start].text) in self.given:
            return start
        for i in range(min(start + _LONGEST_BODY, end - 2), start, -1):
            if not self._opens(doc, i):
                continue
            if level(text_between(doc, start, i)) in self.bodies or self._is_headed(doc, start):
                return i
        return start

    def _opens(self, doc: Doc, i: int) -> bool:
        """Whether a given name stands there, M' and N' ones too, apart from the word before."""
        word = level(doc[i].text)
        known = word in self.given or word in ("M'", "N'")
        return known and bool(doc[i - 1].whitespace_)

    def _is_headed(self, doc: Doc, start: int) -> bool:
        """« Baltaire » in « le PDG de Baltaire Jean Dubel »."""
        return start > 1 and is_of(doc[start - 1]) and level(doc[start - 2].lower_) in self.titles

    def _second_person(self, doc: Doc, start: int, end: int) -> int:
        """Where « Marie Martin » starts in « Jean Dupont Marie Martin »; 0 for one person.

        Both given names are French, or one of the two full names stands elsewhere in the text.
        """
        if end - start < 4 or level(doc[start].text) not in self.given:
            return 0
        family: list[Token] = []
        for i in range(start + 2, end - 1):
            word = doc[i - 1]
            if not is_particle(word):
                if level(word.text) in self.given:
                    return 0
                family.append(word)
            if not family:
                continue
            if not self._opens(doc, i) or not family[-1].whitespace_ or is_particle(doc[i]):
                continue
            rest = doc[i + 1 : end]
            first_names = any(level(t.text) in self.given for t in rest) and len(rest) > 1
            if first_names or not is_capitalised(rest[-1]):  # « Martin » alone is a surname too
                continue
            french = {level(doc[start].text), level(doc[i].text)} <= self.french
            if french or self._is_elsewhere(doc, start, i, end):
                return i
        return 0

    def _is_elsewhere(self, doc: Doc, start: int, second: int, end: int) -> bool:
        for name in (doc[start:second], doc[second:end]):
            words = [t.norm for t in name]
            places = (i for i in places_of(doc, name[0].norm_) if not start <= i < end)
            if any([t.norm for t in doc[i : i + len(words)]] == words for i in places):
                return True
        return False

    def _end(self, doc: Doc, start: int, end: int) -> int:
        """Before an office; after the surname in a headline where every word has a capital."""
        for i in range(start + 2, end):
            two = text_between(doc, i, min(i + 2, len(doc)))
            if level(two.lower()) in self.titles:
                return i  # « Jean Dupont Premier ministre »
        if end - start < 3 or not self.is_title_case(doc, start):
            return end
        i = start + 1
        while i < end - 1 and (is_particle(doc[i]) or "-" in (doc[i].text, doc[i + 1].text)):
            i += 1
        return i + 1

    def is_title_case(self, doc: Doc, i: int) -> bool:
        """Whether the line writes even « Une », « Des » with a capital, and no word without."""
        starts = _line_starts(doc)
        number = bisect_right(starts, i)
        end = starts[number] if number < len(starts) else len(doc)
        known, first = _title_case(doc), starts[number - 1]
        if first not in known:
            known[first] = _is_title_case(doc, first, end)
        return known[first]


def _before_sentence(doc: Doc, start: int, end: int) -> int:
    """Where « La » starts in « Awa Sarr La ministre répond », two sentences without a mark."""
    last, following = doc[end - 1], doc[end : end + 1]
    if end - start < 3 or not last.is_title:
        return end
    noun = any(t.is_lower and t.pos_ in ("NOUN", "ADJ") for t in following)
    word = level(last.lower_)
    if word in tables.levelled_words("definite_article", "indefinite_article"):
        return end - noun  # not « Anh Le », « Kim Jong Un »
    opens = word in tables.levelled_words("function_word", "clitic", "hyphened_pronoun")
    return end - (opens and not is_particle(last))


@OncePerDoc
def _line_starts(doc: Doc) -> list[int]:
    """The tokens that start a line or a sentence of a document."""
    breaks = {i + 1 for i, word in enumerate(small_letters(doc)) if "\n" in word}
    return sorted({0, *sentence_starts(doc), *breaks} - {len(doc)})


@OncePerDoc
def _title_case(doc: Doc) -> dict[int, bool]:
    """What is known of the lines asked about, by their first token."""
    return {}


def _is_title_case(doc: Doc, first: int, end: int) -> bool:
    function_words = tables.levelled_words("function_word")
    words = [t for t in doc[first:end] if t.is_alpha]
    if any(t.is_upper and len(t) > 1 for t in words[:2]):
        return False
    capitals = [t for t in words[1:] if t.is_title and level(t.lower_) in function_words]
    small = [t for t in words if t.is_lower and level(t.lower_) not in function_words]
    return len(words) >= _HEADLINE and bool(capitals) and not small
