"""What each article speaks of, as far as it helps to tell persons of one surname apart."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from entextract.names.persons import Bearer
from entextract.records.rules import AMBIGUOUS, SHORT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

_WINDOW = 90  # days within which two articles may speak of the same events
_TOO_COMMON = 0.05  # share of the articles above which a name tells nothing of a context
_FEW = 20  # articles below which a name is never too common
_SHARED = 2  # names that two contexts must share to be near, one when source or date agree


class Notes:
    """What is kept of each article: whom it names, its source, its day, as numbers only.

    That is 16 bytes an article and 4 bytes for each name in it; articles are numbered from 0 in
    the order in which they are added.
    """

    def __init__(self) -> None:
        self.number: dict[str, int] = {}  # of each name: a person's form, an organisation's id
        self.names = array("i")
        self.ends = array("q")  # where the names of each article end
        self.sources = array("i")  # 0 when unknown
        self.days = array("i")  # 0 when unknown
        self.dated = False
        self._sources: dict[str, int] = {"": 0}

    def add(self, names: Iterable[str], source: str, day: str) -> None:
        """Keep an article; each name stands once."""
        number = self.number
        self.names.extend([number.setdefault(name, len(number)) for name in names])
        self.ends.append(len(self.names))
        self.sources.append(self._sources.setdefault(source, len(self._sources)))
        self.days.append(_day(day))
        self.dated = self.dated or bool(source or day)


@dataclass(frozen=True, slots=True)
class _Setting:
    """Where a person is named: beside whom, in which sources, on which days."""

    names: Ints
    sources: frozenset[int]
    days: array[int]


_NONE = np.array([], np.int32)
_NOWHERE = _Setting(_NONE, frozenset(), array("i"))


class Contexts:
    """The notes once it is known whom each form means: who is near an article, who is far."""

    def __init__(self, notes: Notes, known: Mapping[str, Bearer]) -> None:
        self.dated = notes.dated
        self._number = notes.number
        self._sources = notes.sources
        self._days = notes.days
        doubtful = {form for form, bearer in known.items() if bearer.rule == AMBIGUOUS}
        wanted = {name for form in doubtful for name in known[form].candidates}
        if self.dated:
            wanted |= {b.name for b in known.values() if b.rule in SHORT}
        self._settings: dict[str, _Setting] = {}
        article, name = _pairs(notes, known) if wanted else (_NONE, _NONE)
        self._names = name
        self._starts, self._ends = _runs(article, len(notes.ends))
        count = np.bincount(name, minlength=len(notes.number))
        limit = max(_FEW, _TOO_COMMON * len(np.unique(article)))
        self._telling = count <= limit
        self._index(article, name, wanted)

    def _index(self, article: Ints, name: Ints, wanted: Collection[str]) -> None:
        """Know the articles that name each person whose setting may be asked for."""
        sought = np.zeros(len(self._number), bool)
        sought[[self._number[one] for one in wanted if one in self._number]] = True
        rows = np.flatnonzero(sought[name])
        rows = rows[np.argsort(name[rows], kind="stable")]
        self._where = article[rows]
        self._begins, self._stops = _runs(name[rows], len(self._number))

    def _of(self, article: int) -> Ints:
        """The names of an article, in the order of their numbers."""
        return self._names[self._starts[article] : self._ends[article]]

    def _setting(self, name: str) -> _Setting:
        setting = self._settings.get(name)
        if setting is None:
            setting = self._settings[name] = self._made(name)
        return setting

    def _made(self, name: str) -> _Setting:
        n = self._number.get(name)
        articles = _NONE if n is None else self._where[self._begins[n] : self._stops[n]]
        if not len(articles):
            return _NOWHERE
        beside = np.unique(np.concatenate([self._of(article) for article in articles]))
        sources = frozenset(self._sources[article] for article in articles)
        days = array("i", sorted(day for i in articles if (day := self._days[i])))
        return _Setting(beside[self._telling[beside]], sources, days)

    def nearest(self, article: int, candidates: Sequence[str]) -> str:
        """The one candidate who is near an article while the others are not, or nothing."""
        here = self._of(article)
        here = here[self._telling[here]]
        own = [self._number[name] for name in candidates if name in self._number]
        here = here[~np.isin(here, own)]
        settings = {name: self._setting(name) for name in candidates}
        beside = {name: n for name in candidates if (n := _common(here, settings[name].names))}
        if len(beside) != 1:
            return ""
        ((name, shared),) = beside.items()
        enough = _SHARED - (self._agrees(article, settings[name]) is True)
        return name if shared >= enough else ""

    def is_distant(self, article: int, name: str) -> bool:
        """Whether source, date and names all say that an article speaks of somebody else."""
        setting = self._setting(name)
        if self._agrees(article, setting) is not False:
            return False
        return not _common(self._of(article), setting.names)

    def _agrees(self, article: int, setting: _Setting) -> bool | None:
        """Whether source or date are those of the setting; None when they are not known."""
        source, day = self._sources[article], self._days[article]
        if source and source in setting.sources:
            return True
        if not day or not setting.days:
            return None
        i = bisect_left(setting.days, day - _WINDOW)
        return i < len(setting.days) and setting.days[i] <= day + _WINDOW


def _pairs(notes: Notes, known: Mapping[str, Bearer]) -> tuple[Ints, Ints]:
    """Article and name, by number, of all that tells something of an article's context.

    That is organisations, and persons by their full names.
    """
    told = np.arange(len(notes.number), dtype=np.int64)
    for form, n in list(notes.number.items()):
        bearer = known.get(form)
        if bearer is not None:
            full = " " in bearer.name and bearer.rule not in (*SHORT, AMBIGUOUS)
            told[n] = notes.number.setdefault(bearer.name, len(notes.number)) if full else -1
    width = len(notes.number)
    ends = np.array(notes.ends, np.int64)
    article = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    name = told[np.array(notes.names, np.int64)]
    code = np.unique((article * width + name)[name >= 0])
    article, name = np.divmod(code, width)
    return article.astype(np.int32), name.astype(np.int32)


def _common(some: Ints, ordered: Ints) -> int:
    """How many of some distinct numbers stand among others, which are in order."""
    return int((np.searchsorted(ordered, some, "right") - np.searchsorted(ordered, some)).sum())


def _runs(ordered: Ints, number: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each of the first whole numbers begins and ends among others, which are in order."""
    each = np.arange(number)
    return np.searchsorted(ordered, each), np.searchsorted(ordered, each, "right")


@lru_cache(maxsize=50_000)
def _day(text: str) -> int:
    """The number of a day, 0 for a date that is not one."""
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return 0
