"""Has the pipes read a text as a newspaper would print it, then gives the document its own back.

A model reads capitals as names, takes a hard space for a word, and sees two words where a soft
hyphen or a margin parts one. In the end all offsets are those of the text as given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import takewhile
from pathlib import Path

from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc

from entextract import tables
from entextract.pipes.spans import text_of
from entextract.reading.as_given import GIVEN, KEPT, as_given, carry
from entextract.reading.readable import reading_of
from entextract.records.spelling import level

_WORD = re.compile(r"[^\W_]+")
_WORD_LISTS = ("lemma_index", "lemma_exc")  # of spaCy's lemmatizer
_PRESENT = ("e", "er")  # « pose », which the rules of that lemmatizer lack
_LONGEST_NAME = 6  # words, so that a line of given names is not read from each to its end
_MIN_LETTERS = 10  # shorter lines are acronyms and rubrics
_MIN_WORDS = 3
_SHARE = 0.85  # of the letters that are capitals


@Language.factory("entextract_truecaser", retokenizes=True)
class Truecaser:
    """Put lines in ALL CAPS into lower case, but for names; leave out what is not to be read.

    Characters that cannot be read are made blank, those that nobody sees left out, and the
    lines of a text that a margin has broken put together. Names are those of the tables, and
    the words that are not in the lexicon of French. It comes first; the pipes after it read a
    document of the text so written, until ``entextract_text_as_given``. The lexicon, which
    takes seconds, is read at the first such line.

    Sets: nothing; a text that it leaves alone stays the same document.

    Args:
        nlp: its tokenizer cuts the text anew, its lemmatizer has the lexicon, also where it was
            left out of the pipeline.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> truecaser = nlp.add_pipe("entextract_truecaser")
    >>> nlp("LE PRÉSIDENT KAZAKH REÇOIT LE JAPON").text
    'Le président kazakh reçoit le Japon'
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.nlp = nlp
        self.name = name
        self.saved: Lookups | None = None

    def find(self, doc: Doc) -> str:
        """The text that the other pipes are to read. The document is not changed."""
        return self.truecased(reading_of(doc.text).read)

    def __call__(self, doc: Doc) -> Doc:
        text = text_of(doc)
        reading = reading_of(text)
        cased = self.truecased(reading.read)
        if cased == text:
            return doc
        read = carry(doc, self.nlp.make_doc(cased))
        if cased != reading.given:
            read.user_data[GIVEN] = reading.given
        if reading.kept is not None:
            read.user_data[KEPT] = reading.kept
        return read

    def truecased(self, text: str) -> str:
        """The text, its lines in ALL CAPS with other capitals."""
        if not any(is_shouted(line) for line in text.split("\n")):
            return text
        lines = (self._line(line) if is_shouted(line) else line for line in text.split("\n"))
        return "\n".join(lines)

    def _line(self, line: str) -> str:
        words = list(_WORD.finditer(line))
        keys = [level(word.group()) for word in words]
        pieces, at, i = [], 0, 0
        while i < len(words):
            cased = self._name_at(keys, i) or []
            if len(cased) < 2:
                together = [key.lower() for key in keys[i : _end_of_run(line, words, i)]]
                cased = self._person(together) or self._people(together) or cased
            cased = cased or [self._word(keys[i], opens=i == 0 or _is_civility(line, words[i]))]
            for pattern in cased:
                word = words[i]
                pieces += [line[at : word.start()], _apply(pattern, word.group())]
                at = word.end()
                i += 1
        return "".join([*pieces, line[at:]])

    def _name_at(self, keys: list[str], i: int) -> list[str] | None:
        """The words, with their capitals, of the longest known name that starts here."""
        for form in self.names.get(keys[i], ()):
            if [word.upper() for word in form] == keys[i : i + len(form)]:
                return form
        return None

    def _person(self, words: list[str]) -> list[str]:
        """A given name and a surname that open these words, if one of the two is not common.

        « Vincent Labrune », « Thierry Breton », « Tanguy Le Floc », not « Pierre arrive ».
        """
        given = len(list(takewhile(self.given.__contains__, words)))
        at = given + (words[given : given + 1] in (["le"], ["la"]))  # of the surname
        if at >= len(words) and given > 1:
            at = given - 1  # « Luis Enrique »
        if not given or at >= len(words):
            return []
        is_name = not self._is_common(words[at])
        is_noun = words[at] in self.nouns and words[0] not in self.lexicon and at == given
        return [word.capitalize() for word in words[: at + 1]] if is_name or is_noun else []

    def _people(self, words: list[str]) -> list[str]:
        """« russo » in « russo-mongole », « franco » in « franco-suisse »."""
        demonym = any(word in self.demonyms for word in words[1:2])
        return words[:1] if demonym and words[0] in self.combining else []

    def _word(self, key: str, *, opens: bool) -> str:
        lower = key.lower()
        return lower if not opens and self._is_common(lower) else lower.capitalize()

    def _is_common(self, lower: str) -> bool:
        """Whether a word is one of French, in some form: « prix », « gagnait »."""
        stems = {lower, lower[:-1] if lower[-1:] in "sxe" else lower, lower.removesuffix("es")}
        return not stems.isdisjoint(self.lexicon) or self._is_regular(lower)

    def _is_regular(self, lower: str) -> bool:
        """« gagnait », a form of a verb in « -er »: the lexicon has those of the others."""
        return any(
            lower.endswith(ending) and lower.removesuffix(ending) + lemma in self.lexicon
            for ending, lemma in self.endings
        )

    @cached_property
    def names(self) -> dict[str, list[list[str]]]:
        """Names as words, by their first word in capitals, the longest first."""
        found: dict[str, list[list[str]]] = {}
        for form, is_sure in self._forms():
            words = _WORD.findall(level(form))
            if words and (len(words) > 1 or is_sure or words[0].lower() not in self.lexicon):
                found.setdefault(words[0].upper(), []).append(words)
        for forms in found.values():
            forms.sort(key=lambda words: (-len(words), words))
        return found

    def _forms(self) -> Iterator[tuple[str, bool]]:
        """(name, whether it is one even where the lexicon has the word: « Japon »)."""
        for row in tables.countries():
            if row.kind != "combining":  # « l'eau » more often than « les EAU »
                yield row.form, row.strength == "strong" and not row.form.isupper()
        yield from ((row.form, row.strength == "strong") for row in tables.places())
        yield from ((r.form, False) for r in tables.organisations() if not self._is_phrase(r.form))
        yield from ((row.form, False) for row in tables.given_names())

    def _is_phrase(self, form: str) -> bool:
        """« La Presse », « Le Pays »: an article and a common word."""
        words = [level(word).lower() for word in _WORD.findall(form)]
        opens = len(words) == 2 and words[0] in tables.levelled_words("definite_article")
        return opens and words[1] in self.lexicon

    @cached_property
    def demonyms(self) -> frozenset[str]:
        """Of states, levelled."""
        return tables.demonyms()

    @cached_property
    def combining(self) -> frozenset[str]:
        """« russo », « franco »."""
        return frozenset(level(r.form) for r in tables.countries() if r.kind == "combining")

    @cached_property
    def given(self) -> frozenset[str]:
        """Given names, but for those that are small words, as « An », « Le »."""
        small = tables.levelled_words("function_word")
        return frozenset(form.lower() for form in tables.given_forms()) - small

    @cached_property
    def nouns(self) -> frozenset[str]:
        """Common nouns and adjectives of French that are nothing else, levelled."""
        lookups, nominal, others = self._lookups(), set[str](), set[str]()
        for table in (lookups.get_table(name) for name in _WORD_LISTS if lookups.has_table(name)):
            own = [table.get(part, ()) for part in ("noun", "adj")]
            nominal.update(*own)
            others.update(*(words for words in table.values() if words not in own))
        nouns, rest = ({level(word).lower() for word in found} for found in (nominal, others))
        rest |= tables.demonyms() | {level(row.form).lower() for row in tables.titles()}
        return frozenset(w for w in nouns - rest - _stop_words() if not self._is_regular(w))

    @cached_property
    def endings(self) -> tuple[tuple[str, str], ...]:
        """(ending, that of the infinitive) of the verbs whose forms the lexicon lacks, levelled."""
        lookups = self._lookups()
        rules = lookups.get_table("lemma_rules") if lookups.has_table("lemma_rules") else {}
        pairs = {(level(end), level(lemma)) for end, lemma in rules.get("verb", ())}
        return tuple(sorted({_PRESENT, *(pair for pair in pairs if len(pair[0]) > 1)}))

    @cached_property
    def lexicon(self) -> frozenset[str]:
        """Common words of French, levelled."""
        words = set(_stop_words())
        words.update(tables.acting_forms())
        openings = tables.words("clause_boundary", "function_word")  # « tandis que »
        words.update(word for form in openings for word in _WORD.findall(form))
        titles = (word for row in tables.titles() for word in _WORD.findall(row.form))
        words.update(word for word in titles if not word.isupper())  # not « ONU »
        lookups = self._lookups()
        for name in _WORD_LISTS:
            if lookups.has_table(name):
                for part in lookups.get_table(name).values():
                    words.update(word for word in part if word.islower())  # not « ONU »
                    if name == "lemma_exc":  # a form -> its lemmas: « pris » -> « prendre »
                        words.update(lemma for lemmas in part.values() for lemma in lemmas)
        return frozenset(level(word).lower() for word in words)

    def _lookups(self) -> Lookups:
        """The word lists of the lemmatizer; where it was left out, those in the model's folder."""
        lookups = _of_lemmatizer(self.nlp) or self.saved
        if lookups is None:
            lookups = Lookups()
            if self.nlp.path:  # they stay empty where there is no such file
                lookups.from_disk(self.nlp.path / "lemmatizer" / "lookups")
        return lookups

    # --- a pipeline that is saved without its lemmatizer keeps the word lists here

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Save the word lists, unless the lemmatizer saves them."""
        if _of_lemmatizer(self.nlp) is None:
            self._lookups().to_disk(path)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Truecaser:
        """Read what ``to_disk`` saved, if anything."""
        saved = Lookups().from_disk(path)
        self.saved = saved if len(saved) else None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The same as bytes."""
        return (Lookups() if _of_lemmatizer(self.nlp) else self._lookups()).to_bytes()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Truecaser:
        """Read what ``to_bytes`` gave."""
        saved = Lookups().from_bytes(data)
        self.saved = saved if len(saved) else None
        return self


@Language.factory("entextract_text_as_given")
class TextAsGiven:
    """Give a document that was read with other capitals, or fewer characters, those of its text.

    It comes last. What other pipes have found stays; hard spaces, characters that cannot be read
    and the line ends of a margin stay plain blanks. A character that was left out is part of the
    word in which it stands, else a token of its own.

    Sets: the tokens, where ``entextract_truecaser`` had changed the text.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> for name in ("truecaser", "sentences", "countries", "arbiter", "text_as_given"):
    ...     pipe = nlp.add_pipe(f"entextract_{name}")
    >>> [(e.text, e.kb_id_) for e in nlp("LE PRÉSIDENT KAZAKH EST AU JAPON").ents]
    [('KAZAKH', 'country:KZ'), ('JAPON', 'country:JP')]
    """

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def find(self, doc: Doc) -> str:
        """The text as given. The document is not changed."""
        return str(doc.user_data.get(GIVEN, doc.text))

    def __call__(self, doc: Doc) -> Doc:
        return as_given(doc)


def _stop_words() -> frozenset[str]:
    """The small words of French, levelled."""
    # not above: all of spaCy's French, for users of other languages, would take two seconds
    from spacy.lang.fr.stop_words import STOP_WORDS

    return frozenset(level(word).lower() for word in STOP_WORDS)


def _end_of_run(line: str, words: list[re.Match[str]], i: int) -> int:
    """The number of the word after those that blanks or hyphens join to one."""
    end = i + 1
    last = min(len(words), i + _LONGEST_NAME)
    while end < last and line[words[end - 1].end() : words[end].start()] in (" ", "-"):
        end += 1
    return end


def _is_civility(line: str, word: re.Match[str]) -> bool:
    """« M. » before a name."""
    return word.group() == "M" and line[word.end() :].startswith(". ")


def _of_lemmatizer(nlp: Language) -> Lookups | None:
    """The word lists of a pipeline's lemmatizer; one that is trained has none."""
    if "lemmatizer" not in nlp.component_names:
        return None
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    return lookups if isinstance(lookups, Lookups) else None


def is_shouted(line: str) -> bool:
    """Whether a line is in ALL CAPS.

    >>> is_shouted("LE PRÉSIDENT KAZAKH À PARIS"), is_shouted("OTAN"), is_shouted("Le FMI alerte")
    (True, False, False)
    """
    capitals = sum(map(str.isupper, line))
    if capitals < _MIN_LETTERS:
        return False
    letters = sum(map(str.isalpha, line))
    return capitals >= _SHARE * letters and len(_WORD.findall(line)) >= _MIN_WORDS


def _apply(pattern: str, word: str) -> str:
    """The word with the capitals of the pattern; as it is when their lengths differ."""
    if len(pattern) != len(word):
        return word
    letters = (c.upper() if p.isupper() else c.lower() for p, c in zip(pattern, word, strict=True))
    cased = "".join(letters)
    return cased if len(cased) == len(word) else word
