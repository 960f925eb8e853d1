"""One table of actors from the rows of several lists: rows of one together, faults counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from entextract.actors.actor import JOIN, Actor, ActorError, Fault
from entextract.actors.columns import civilities, guessed_label, label_of_cell, label_of_kind
from entextract.actors.formats import Format, Row, format_of
from entextract.names.bodies import is_acronym
from entextract.records.nouns import LABELS, Label, Problem
from entextract.records.spelling import slug

_PLAIN_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]$")  # at the end of a name
_STATE = re.compile("[A-Z]{2}")
_MOST_NAMED = 1000  # faults kept of a list; those beyond are counted
_MOST_TOLD = 20  # faults that are problems of a run
_LEAST_LETTERS = 2
_LOOKED_AT = 20  # characters
_LABELS = {str(label): label for label in LABELS}


@dataclass
class ActorReport:
    """What became of the rows of a list.

    Attributes:
        path: of the list.
        format: in words.
        actors: how many were made of it.
        faults: rows left out or mended, the first thousand.
        count: of all faults.
        guessed: actors of which only the name tells what they are, by label.
        others: rows of what we do not find (ships, addresses), by the word of the list.
    """

    path: str
    format: str
    actors: int = 0
    faults: list[Fault] = field(default_factory=list)
    count: int = 0
    guessed: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)

    @property
    def problems(self) -> list[Problem]:
        """The faults as problems of a run; those beyond the first ones in one."""
        found = [
            Problem(
                self.path,
                f"{self.path}:{f.line}",
                f.reason,
                "repaired" if f.mended else "refused",
            )
            for f in self.faults[:_MOST_TOLD]
        ]
        if (more := self.count - len(found)) > 0:
            reason = f"{more} more rows are left out or mended; see `entextract actors check`"
            found.append(Problem(self.path, self.path, reason, "refused"))
        return found

    def read_from(self, path: str | Path) -> None:
        """Say of a list that was read before where it lies now."""
        self.path = str(path)
        self.faults = [fault._replace(path=self.path) for fault in self.faults]

    def note_same_id(self, line: int, key: str, name: str) -> None:
        """Take note of an id that is that of another name."""
        told = f"id {key!r} is {name} before; read as another name of the same actor"
        self.note(line, told, mended=True)

    def note(self, line: int, reason: str, *, mended: bool = False) -> None:
        """Take note of a fault."""
        self.count += 1
        if len(self.faults) < _MOST_NAMED:
            self.faults.append(Fault(self.path, line, reason, mended))


def read_list(path: str | Path) -> tuple[ActorReport, Iterator[Actor]]:
    """The actors of a list in one of our formats, as they are read.

    Rows of one actor that follow one another are put together; of an actor that comes again later
    a second one is made, with the same id.

    Returns:
        What becomes of the rows, complete once all are read, and the actors.

    Raises:
        ActorError: the file is no list of ours.
        FileNotFoundError: there is no such file.
    """
    path = Path(path)
    found = format_of(path)
    report = ActorReport(str(path), found.name)
    return report, _actors(path, found, report)


def _actors(path: Path, form: Format, report: ActorReport) -> Iterator[Actor]:
    own = form.name == "CSV, one form a row"
    file = path.name
    for same in _together(form.rows(path, report.note), report):
        actor = _actor(same, file, own, report)
        if actor is not None:
            report.actors += 1
            yield actor


def _together(rows: Iterable[Row], report: ActorReport) -> Iterator[list[Row]]:
    """Rows of one actor that follow one another."""
    waiting: list[Row] = []
    key = None
    for row in rows:
        if not _is_long_enough(row.name):
            report.note(row.line, _unnamed(row.name))
            continue
        if (now := row.id or row.name) == key:
            waiting.append(row)
            continue
        if waiting:
            yield waiting
        waiting, key = [row], now
    if waiting:
        yield waiting


def _unnamed(name: str) -> str:
    if not name:
        return "no name; give it one, or take the row out"
    return f"name {name!r} is too short to tell anyone; write it in full"


def _actor(rows: Sequence[Row], file: str, own: bool, report: ActorReport) -> Actor | None:
    first = rows[0]
    key = first.id or first.name
    label = _label(first, report)
    if label is None:
        return None
    identifier = key
    if own or (label == "COUNTRY"):
        wanted = _STATE if label == "COUNTRY" else _PLAIN_ID
        if not wanted.fullmatch(key):
            said = "an ISO 3166-1 alpha-2 code" if label == "COUNTRY" else "of a-z, 0-9 and hyphens"
            report.note(first.line, f"id {key!r} is not {said}; write it so")
            return None
    elif not first.id:
        identifier = slug.__wrapped__(as_printed(first.name, label))
    elif not _PLAIN_ID.fullmatch(key):
        identifier = slug.__wrapped__(key)
    if len(rows) == 1:
        return _made(identifier, label, first, first, file)
    for row in rows[1:]:
        if own and (row.name, row.label) != (first.name, first.label):
            told = f"id {key!r} is {first.name}, {first.label} on line {first.line}"
            report.note(row.line, f"{told}; write the same, or another id")
        elif row.name != first.name:
            report.note_same_id(row.line, key, first.name)
    same = [row for row in rows if not own or (row.name, row.label) == (first.name, first.label)]
    attributes: dict[str, dict[str, None]] = {}
    for row in same:
        for name, value in row.attributes.items():
            attributes.setdefault(name, {})[value] = None
    whole = Row(
        first.line,
        first.name,
        aliases=[*dict.fromkeys(a for row in same for a in (*row.aliases, row.name))],
        forms=[*dict.fromkeys(form for row in same for form in row.forms)],
        attributes={name: JOIN.join(values) for name, values in attributes.items()},
    )
    return _made(identifier, label, first, whole, file)


def _made(identifier: str, label: Label, first: Row, whole: Row, file: str) -> Actor:
    name, row = as_printed(first.name, label), f"{file}:{first.line}"
    aliases = whole.aliases
    if label == "ORG" and first.name.endswith(")"):
        aliases = (*aliases, *_acronym_after(first.name))
    if not aliases and not whole.forms:
        return Actor(identifier, label, name, (), (), row, whole.attributes)
    others = dict.fromkeys(as_printed(alias, label) for alias in aliases)
    kept = tuple(one for one in others if one != name and _is_long_enough(one))
    forms = tuple(form for form in whole.forms if sum(map(str.isalnum, form)) >= _LEAST_LETTERS)
    return Actor(identifier, label, name, kept, forms, row, whole.attributes)


def _is_long_enough(name: str) -> bool:
    if len(start := name[:_LEAST_LETTERS]) == _LEAST_LETTERS and start.isalpha():
        return True
    return sum(map(str.isalpha, name[:_LOOKED_AT])) >= _LEAST_LETTERS


def as_printed(name: str, label: Label) -> str:
    """A name of a register as a newspaper prints it.

    >>> as_printed("Sarr, Awa", "PER"), as_printed("Mme Awa Sarr (PDR)", "PER")
    ('Awa Sarr', 'Awa Sarr')
    >>> as_printed("Awa Sarr, députée", "PER"), as_printed("Union du Ponant (UDP)", "ORG")
    ('Awa Sarr', 'Union du Ponant')
    """
    if name.endswith((")", "]")):
        name = _IN_BRACKETS.sub("", name) or name
    if label != "PER":
        return name
    name = _without_civility(name)
    if name.count(",") == 1:
        family, more = (part.strip() for part in name.split(","))
        if family and more:  # what follows is a given name, or says who it is: « députée »
            name = _without_civility(f"{more} {family}" if more[0].isupper() else family)
    return name


def _without_civility(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest.strip() or name if rest and first in civilities() else name


def _acronym_after(name: str) -> Iterator[str]:
    """« Union du Ponant (UDP) »: the acronym of an organisation is another name of it."""
    found = _IN_BRACKETS.search(name)
    if found and is_acronym(found[1]):
        yield found[1]


def _label(row: Row, report: ActorReport) -> Label | None:
    """The label of an actor, said by its list or told by its name; None if it is not for us."""
    if row.label:
        label = label_of_cell(row.label)
        if label is None:
            label = _of_kind(label_of_kind(row.label))
        if label is None:
            report.note(row.line, f"label {row.label!r} is none of {', '.join(LABELS)}")
        return label
    for kind in row.kinds:
        said = label_of_kind(kind) if kind else None
        if said == "none":
            report.others[kind] = report.others.get(kind, 0) + 1
            return None
        if (label := _of_kind(said)) is not None:
            return label
    if row.is_person:
        return "PER"
    label = guessed_label(row.name)
    report.guessed[label] = report.guessed.get(label, 0) + 1
    return label


def _of_kind(said: str | None) -> Label | None:
    return _LABELS.get(said or "")


def read_lists(paths: Iterable[str | Path]) -> tuple[list[ActorReport], Iterator[Actor]]:
    """The actors of several lists, one list after the other.

    Raises:
        ActorError: a file is no list of ours, or no row of it can be read.
        FileNotFoundError: a file is not there.
    """
    each = [read_list(path) for path in paths]

    def actors() -> Iterator[Actor]:
        for report, found in each:
            yield from found
            if not report.actors and report.faults:
                raise ActorError(str(report.faults[0]))
            if not report.actors:
                raise ActorError(f"{report.path}: no person or organisation in it")

    return [report for report, _ in each], actors()
