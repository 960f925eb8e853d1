"""Profiles of articles (whom they name, source, day), to tell persons of one surname apart.

« Biden » alone in an article is Joe or Jill: the one whose other articles name the same people and
organisations, are of the same source or of about the same date.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entextract.names.referent import Referent
from entextract.records.calendar import day_of
from entextract.records.rules import AMBIGUOUS, SHORT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]

_WINDOW = 90  # days within which two articles may speak of the same events
_TOO_COMMON = 0.05  # share of the articles above which a name tells nothing of a context
_FEW = 20  # articles below which a name is never too common
_SHARED = 2  # names that two contexts must share to be near, one when source or date agree


class ArticleProfiles:
    """The profile of each article: whom it names, its source, its day, as numbers only.

    A profile takes 16 bytes, and 4 bytes for each name in it; articles are numbered from 0 in the
    order in which they are added.
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
        """Add the next article.

        Args:
            names: whom it names: persons by their forms, organisations by their ids; none twice.
            source: its newspaper, or empty.
            day: its date, ``YYYY-MM-DD``, or empty.
        """
        number = self.number
        self.names.extend([number.setdefault(name, len(number)) for name in names])
        self.ends.append(len(self.names))
        self.sources.append(self._sources.setdefault(source, len(self._sources)))
        self.days.append(_day(day))
        self.dated = self.dated or bool(source or day)


@dataclass(frozen=True, slots=True)
class _PersonProfile:
    """The articles that name a person taken together: beside whom, in which sources, which days."""

    names: Ints
    sources: frozenset[int]
    days: array[int]


_NONE = np.array([], np.int32)
_NOWHERE = _PersonProfile(_NONE, frozenset(), array("i"))


class Proximity:
    """Compares articles with persons: who is near an article, who is far.

    Args:
        profiles: of all articles.
        known: whom each form means, over all of them.
    """

    def __init__(self, profiles: ArticleProfiles, known: Mapping[str, Referent]) -> None:
        self.dated = profiles.dated
        self._number = profiles.number
        self._sources = profiles.sources
        self._days = profiles.days
        doubtful = {form for form, referent in known.items() if referent.rule == AMBIGUOUS}
        wanted = {name for form in doubtful for name in known[form].candidates}
        if self.dated:
            wanted |= {b.name for b in known.values() if b.rule in SHORT}
        self._person_profiles: dict[str, _PersonProfile] = {}
        article, name = _pairs(profiles, known) if wanted else (_NONE, _NONE)
        self._names = name
        self._starts, self._ends = _runs(article, len(profiles.ends))
        count = np.bincount(name, minlength=len(profiles.number))
        limit = max(_FEW, _TOO_COMMON * len(np.unique(article)))
        self._telling = count <= limit
        self._index(article, name, wanted)

    def _index(self, article: Ints, name: Ints, wanted: Collection[str]) -> None:
        """Index the articles that name each person whose profile may be asked for."""
        sought = np.zeros(len(self._number), bool)
        sought[[self._number[one] for one in wanted if one in self._number]] = True
        rows = np.flatnonzero(sought[name])
        rows = rows[np.argsort(name[rows], kind="stable")]
        self._where = article[rows]
        self._begins, self._stops = _runs(name[rows], len(self._number))

    def _of(self, article: int) -> Ints:
        """The names of an article, in the order of their numbers."""
        return self._names[self._starts[article] : self._ends[article]]

    def _profile_of(self, name: str) -> _PersonProfile:
        profile = self._person_profiles.get(name)
        if profile is None:
            profile = self._person_profiles[name] = self._made(name)
        return profile

    def _made(self, name: str) -> _PersonProfile:
        n = self._number.get(name)
        articles = _NONE if n is None else self._where[self._begins[n] : self._stops[n]]
        if not len(articles):
            return _NOWHERE
        beside = np.unique(np.concatenate([self._of(article) for article in articles]))
        sources = frozenset(self._sources[article] for article in articles)
        days = array("i", sorted(day for i in articles if (day := self._days[i])))
        return _PersonProfile(beside[self._telling[beside]], sources, days)

    def nearest(self, article: int, candidates: Sequence[str]) -> str:
        """The only candidate who is near an article.

        Args:
            article: its number.
            candidates: full names of persons.

        Returns:
            The name of the candidate whose articles name someone whom this one names too, while
            those of the other candidates do not; an empty string when none or several are so.
        """
        here = self._of(article)
        here = here[self._telling[here]]
        own = [self._number[name] for name in candidates if name in self._number]
        here = here[~np.isin(here, own)]
        profiles = {name: self._profile_of(name) for name in candidates}
        beside = {name: n for name in candidates if (n := _common(here, profiles[name].names))}
        if len(beside) != 1:
            return ""
        ((name, shared),) = beside.items()
        enough = _SHARED - (self._agrees(article, profiles[name]) is True)
        return name if shared >= enough else ""

    def is_distant(self, article: int, name: str) -> bool:
        """Whether an article shares neither source, nor date, nor names with those of a person."""
        profile = self._profile_of(name)
        if self._agrees(article, profile) is not False:
            return False
        return not _common(self._of(article), profile.names)

    def _agrees(self, article: int, profile: _PersonProfile) -> bool | None:
        """Whether source or date are those of the profile; None when they are not known."""
        source, day = self._sources[article], self._days[article]
        if source and source in profile.sources:
            return True
        if not day or not profile.days:
            return None
        i = bisect_left(profile.days, day - _WINDOW)
        return i < len(profile.days) and profile.days[i] <= day + _WINDOW


def _pairs(profiles: ArticleProfiles, known: Mapping[str, Referent]) -> tuple[Ints, Ints]:
    """Article and name, by number, of all that tells something of an article's context.

    That is organisations, and persons by their full names.
    """
    number_of = np.arange(len(profiles.number), dtype=np.int64)
    for form, n in list(profiles.number.items()):
        referent = known.get(form)
        if referent is not None:
            full = " " in referent.name and referent.rule not in (*SHORT, AMBIGUOUS)
            number_of[n] = (
                profiles.number.setdefault(referent.name, len(profiles.number)) if full else -1
            )
    width = len(profiles.number)
    ends = np.array(profiles.ends, np.int64)
    article = np.repeat(np.arange(len(ends)), np.diff(ends, prepend=0))
    name = number_of[np.array(profiles.names, np.int64)]
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


def _day(text: str) -> int:
    """The number of a day, 0 for a date that is not one."""
    day = day_of(text)
    return day.toordinal() if day else 0
