"""What in a list of actors will not work as its author may think, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from entextract import tables
from entextract.actors.actor import Actor
from entextract.actors.index import index_of
from entextract.actors.keys import core_of, words_of
from entextract.actors.lists import ActorReport, read_list
from entextract.names.person_keys import is_given_name
from entextract.records.spelling import level

Trouble = Literal["one-word", "common-word", "namesakes", "state"]
_SHORTEST = 3  # letters of an organisation's name of one word


@dataclass(frozen=True, slots=True)
class Advice:
    """Something in a list that will not work as its author may think.

    Attributes:
        trouble: what kind of thing.
        name: of the actor.
        rows: where it stands: ``elus.csv:12``.
    """

    trouble: Trouble
    name: str
    rows: tuple[str, ...]


def check_list(
    path: str | Path, is_common: Callable[[str], bool] = lambda word: False
) -> tuple[ActorReport, list[Advice]]:
    """What becomes of the rows of a list, and what in it will not work.

    Args:
        path: of the list.
        is_common: whether a word is one of the language, in small letters.

    Raises:
        ActorError: the file is no list of ours.
        FileNotFoundError: there is no such file.
    """
    report, found = read_list(path)
    actors = list(found)
    index_of(actors, [report])  # which notes the ids of two names
    return report, [*_alone(actors, is_common), *_namesakes(actors)]


def _alone(actors: Iterable[Actor], is_common: Callable[[str], bool]) -> Iterator[Advice]:
    """Names of one word, which say too little by themselves."""
    states = {level(row.form).lower() for row in tables.countries() if row.kind != "demonym"}
    for actor in actors:
        if actor.label == "COUNTRY":
            continue
        names = [name for name in actor.names if len(core_of(words_of(name))) == 1]
        if actor.label == "PER":
            if len(names) == len(actor.names):
                yield Advice("one-word", actor.name, (actor.row,))
            continue
        for name in names:
            word = level(name).lower()
            if word in states:
                yield Advice("state", name, (actor.row,))
            elif len(word) < _SHORTEST or is_common(name.lower()) or _is_given(name):
                yield Advice("common-word", name, (actor.row,))


def _is_given(name: str) -> bool:
    core = core_of(words_of(name))
    return len(core) == 1 and is_given_name(core[0])


def _namesakes(actors: Sequence[Actor]) -> Iterator[Advice]:
    """Names that two actors have."""
    by_name: dict[tuple[str, ...], dict[str, Actor]] = defaultdict(dict)
    for actor in actors:
        for name in actor.names:
            by_name[actor.label, *core_of(words_of(name))].setdefault(actor.entity, actor)
    told = set()
    for same in by_name.values():
        rows = tuple(actor.row for actor in same.values())
        if len(same) > 1 and rows not in told:
            told.add(rows)
            yield Advice("namesakes", next(iter(same.values())).name, rows)
