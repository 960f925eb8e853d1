"""Names as numbers that their spellings share: what is looked up before names are compared.

A name is the sum of the hashes of its words, so that their order, particles, hyphens, accents and
transliterations make no difference. Equal numbers only propose: ``matching`` compares the names.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain, repeat
from typing import Any, NamedTuple

import numpy as np

from entextract import tables
from entextract.records.spelling import level

Numbers = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]

ALONE = np.uint64(0x9E3779B97F4A7C15)  # added to a name of one word: no sum of others is like it
SURNAME = np.uint64(0xC2B2AE3D27D4EB4F)  # added to a surname taken alone
_WORD = re.compile(r"[^\W_]+")
# of each byte: what is no letter, no digit and no end of line is a blank
_BLANKS = bytes(c if chr(c).isalnum() and c < 128 or c == 10 else 32 for c in range(256))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_JOINED = "abdel"  # what the first folding writes for each spelling of it
_BETWEEN = "\0"  # between the names of many
_DIGEST = 8  # bytes
_SHORT = 4  # letters: « Anne » keeps its last one


class Word(NamedTuple):
    """A word of a name.

    Attributes:
        text: folded; empty for a particle, an article or an initial.
        full: the same, folded whatever it is.
        is_capital: whether it begins with a capital.
    """

    text: str
    full: str
    is_capital: bool


@lru_cache(maxsize=50_000)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a name, or of a token of a text.

    >>> [word.text for word in words_of("Kassym-Jomart Tokaïev")]
    ['kasim', 'jomart', 'tokaev']
    >>> [word.text for word in words_of("Ursula von der Leyen")]
    ['ursula', '', '', 'leien']
    """
    found = _WORD.findall(level(name))
    return tuple(
        Word("" if _is_light(folded) else folded, folded, word[0].isupper())
        for word in found
        for folded in _spaced(word)
    )


def core_of(words: Sequence[Word]) -> tuple[str, ...]:
    """The words that tell a name from others; the last one always does: « Imran Khan ».

    >>> core_of(words_of("Ursula von der Leyen")), core_of(words_of("A. Sarr"))
    (('ursula', 'leien'), ('sar',))
    """
    return tuple(w.text or w.full for i, w in enumerate(words) if w.text or i + 1 == len(words))


def number_of(core: Sequence[str]) -> int:
    """The number of a name, by the words that tell it from others.

    >>> number_of(("avá", "sar")) == number_of(("sar", "avá"))
    True
    """
    total = sum(hash_of(word) for word in core) + (int(ALONE) if len(core) == 1 else 0)
    return total & 0xFFFF_FFFF_FFFF_FFFF


@lru_cache(maxsize=50_000)
def hash_of(word: str) -> int:
    """A number for a folded word, the same on every machine, with or without a mute ``e``.

    >>> hash_of("salmane") == hash_of("salman")
    True
    """
    if len(word) > _SHORT:
        word = word.removesuffix("e")
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=_DIGEST).digest(), "little")


class Numbered(NamedTuple):
    """The numbers of many names, in their order.

    Attributes:
        names: of each name; 0 for one without a word.
        surnames: of its last word alone; 0 where it has no other.
        length: the most words between the first and the last that tell a name.
    """

    names: Numbers
    surnames: Numbers
    length: int


class Numbering:
    """Numbers names by the ten thousand: each distinct printed word is folded and hashed once."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {_BETWEEN: 0}  # of each printed word, among what follows
        self._starts = array("q", [0, 0])  # where its words start: « Jean-Luc » has two
        self._hashes = array("Q")  # of its words
        self._light = array("b")  # whether they tell no name from another

    def __call__(self, names: Sequence[str]) -> Numbered:
        """The numbers of names; those of ``number_of``, for many at once."""
        joined = f" {_BETWEEN} ".join(names)
        if joined.count(_BETWEEN) >= len(names) > 0:
            joined = f" {_BETWEEN} ".join(name.replace(_BETWEEN, " ") for name in names)
        printed = joined.split()
        found = map(self._places.get, printed, repeat(-1))
        places = np.fromiter(found, np.int64, len(printed))
        if len(new := np.flatnonzero(places < 0)):
            words = [printed[i] for i in new.tolist()]
            self._learn([*dict.fromkeys(words)])
            places[new] = [self._places[word] for word in words]
        starts = np.array(self._starts)
        sizes = starts[places + 1] - starts[places]
        ends = np.zeros(len(printed) + 1, np.int64)
        ends[1:] = np.cumsum(sizes)
        at = np.arange(ends[-1]) + np.repeat(starts[places] - ends[:-1], sizes)
        hashes, light = np.array(self._hashes)[at], np.array(self._light, bool)[at]
        bounds = [0, *ends[np.flatnonzero(places == 0)], ends[-1]] if names else [0]
        return _numbered(hashes, light, np.diff(bounds))

    def _learn(self, printed: Sequence[str]) -> None:
        text = level.__wrapped__("\n".join(printed)).lower()
        if not text.isascii():
            text = _to_ascii(text)
        plain = text.encode("ascii", "ignore").translate(_BLANKS).decode("ascii")
        lines = [line.split() for line in plain.split("\n")]
        words = list(dict.fromkeys(chain.from_iterable(lines)))
        folded = fold("\n".join(words)).split("\n") if words else ()
        bare = [one.removeprefix(_JOINED) or one for one in folded]
        known = {
            word: (hash_of.__wrapped__(one), _is_light(one))
            for word, one in zip(words, bare, strict=True)
        }
        for one, line in zip(printed, lines, strict=True):
            self._places[one] = len(self._starts) - 1
            for word in line:
                number, is_light = known[word]
                self._hashes.append(number)
                self._light.append(is_light)
            self._starts.append(len(self._hashes))


def _numbered(hashes: Any, light: Any, counts: Any) -> Numbered:
    """The numbers of names whose words follow one another, so many of each."""
    named = np.flatnonzero(counts)
    sums, surnames = np.zeros(len(counts), np.uint64), np.zeros(len(counts), np.uint64)
    if not len(named):
        return Numbered(sums, surnames, 1)
    ends = np.cumsum(counts[named])
    starts = ends - counts[named]
    light[ends - 1] = False  # the last word always counts
    core = np.add.reduceat((~light).astype(np.int64), starts)
    total = np.add.reduceat(np.where(light, np.uint64(0), hashes), starts)
    alone = core == 1
    sums[named] = np.where(alone, total + ALONE, total)
    surnames[named] = np.where(alone, np.uint64(0), hashes[ends - 1] + SURNAME)
    first = np.minimum.reduceat(np.where(light, len(light), np.arange(len(light))), starts)
    return Numbered(sums, surnames, int((ends - first).max()))


@lru_cache(maxsize=50_000)
def _spaced(word: str) -> tuple[str, ...]:
    lower = word.lower()
    lower = lower if lower.isascii() else _to_ascii(lower)
    parts = _WORD.findall(lower)  # « ß » and what is not Latin
    return tuple(fold(part).removeprefix(_JOINED) or fold(part) for part in parts)


def fold(text: str) -> str:
    """Words in small letters without accents, each as its transliterations are written.

    Args:
        text: the words, one a line: the foldings of the table that join two words do nothing.
    """
    for pattern, replacement in _patterns():
        text = pattern.sub(replacement, text)
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row.pattern), row.replacement) for row in tables.foldings())


def _to_ascii(text: str) -> str:
    from anyascii import anyascii  # not above: spaCy imports our pipes for every user

    return _NOT_ASCII.sub(lambda found: anyascii(found[0]).lower().replace("\n", " "), text)


def _is_light(word: str) -> bool:
    """Whether a word tells no name from another: a particle, an article, an initial."""
    return word in _light_words() or (len(word) == 1 and word.isalpha())


@cache
def _light_words() -> frozenset[str]:
    classes = ("name_particle", "theophoric_prefix", "definite_article", "contracted_article")
    found = {word.rstrip("'") for word in tables.levelled_words(*classes, "cut_article")}
    return frozenset(found | set(map(fold, found)))


def key_sums(hashes: Any, light: Any, length: int) -> Any:
    """The number of each run of words of a text that may be a name.

    Args:
        hashes: of each word.
        light: whether each is a particle, an article or an initial.
        length: the most words of a run.

    Returns:
        A row for each length from 1, in it the number of the run that starts at each word; runs
        that would go past the end have that of nothing.
    """
    count = len(hashes)
    table = np.zeros((length, count), np.uint64)
    before = np.zeros(count + 1, np.uint64)
    before[1:] = np.cumsum(np.where(light, np.uint64(0), hashes), dtype=np.uint64)
    full = np.zeros(count + 1, np.int64)
    full[1:] = np.cumsum(~light)
    for n in range(min(length, count)):
        ends = np.arange(n, count)
        starts = ends - n
        sums = before[ends] - before[starts] + hashes[ends]
        words = full[ends] - full[starts] + 1  # the last one counts, whatever it is
        table[n, : count - n] = np.where(words == 1, sums + ALONE, sums)
    return table
