"""One decision, and the checks that need no other: keys, types, labels, dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, Literal, NamedTuple, get_args

from entextract.records.calendar import day_of
from entextract.records.ids import is_id
from entextract.records.lookup import spelling_key
from entextract.records.nouns import LABELS

Verb = Literal["merge", "split", "rename", "relabel", "drop", "never-merge"]
VERBS: tuple[Verb, ...] = get_args(Verb)
EXAMPLES: dict[Verb, str] = {
    "merge": "{into: per:emmanuel-macron, from: [per:e-macron]}",
    "split": "{entity: per:jean-martin, as: Jean Martin (maire), sources: [Ouest-France]}",
    "rename": "{entity: org:berd, name: BERD}",
    "relabel": "{entity: per:oyou-tolgoi, label: LOC}",
    "drop": "{entity: per:guivarc-h}",
    "never-merge": "{entities: [per:awa-kerbrat, per:ewen-kerbrat]}",
}
_REQUIRED: dict[Verb, tuple[str, ...]] = {
    "merge": ("into", "from"),
    "split": ("entity", "as"),
    "rename": ("entity", "name"),
    "relabel": ("entity", "label"),
    "drop": ("entity",),
    "never-merge": ("entities",),
}
_CONDITIONS = ("articles", "sources", "since", "until")
_LISTS = ("from", "entities", "articles", "sources")
_TARGETS = ("into", "as", "name", "label")


class DecisionError(ValueError):
    """A decision cannot be followed; the message says where it stands and what to write instead."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One thing that a person settled.

    Attributes:
        verb: merge, split, rename, relabel, drop or never-merge.
        entities: those that it is about, by id, name or form.
        to: merged into, split off as, renamed or relabelled to; empty for the others.
        articles: ids of the articles that a split takes.
        sources: newspapers that a split takes.
        since: first day that a split takes.
        until: last day that a split takes.
        reason: why, in the person's words.
        at: file and line, when it was read from a file.
    """

    verb: Verb
    entities: tuple[str, ...]
    to: str = ""
    articles: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    reason: str = ""
    at: str = field(default="", compare=False)

    @property
    def where(self) -> str:
        """File and line, else the decision in a few words."""
        return self.at or " ".join(filter(None, [self.verb, ", ".join(self.entities), self.to]))

    def error(self, fault: str) -> DecisionError:
        """What to raise when this decision is at fault."""
        return DecisionError(f"{self.where}: {fault}")

    def values(self) -> dict[str, str | list[str]]:
        """Keys and values as they stand in a file."""
        keys = _REQUIRED[self.verb]
        listed = keys[-1] if keys[-1] in _LISTS else keys[0]
        values: dict[str, str | list[str]] = {}
        for key in keys:
            if key == listed:
                values[key] = list(self.entities) if key in _LISTS else self.entities[0]
            else:
                values[key] = self.to
        for key in (*_CONDITIONS, "reason"):
            value = getattr(self, key)
            if value:
                values[key] = list(value) if key in _LISTS else value
        return values


class NotText(NamedTuple):
    """A number, or « yes » and « no », of a file: kept to be shown in the error."""

    kind: str  # int, float or bool
    text: str

    def __str__(self) -> str:
        return self.text


class Cell(NamedTuple):
    """A value as given, and the place to name if it is wrong."""

    value: Any  # text, a list of cells, a dict of cells, or something else, which is refused
    at: str


def key_of(name: str) -> str:
    """What an id or a name is looked up by: ids as they are, names whatever their spelling.

    >>> key_of("Kassym-Jomart TOKAIEV") == key_of("Kassym Jomart Tokaïev")
    True
    """
    return name if is_id(name) else spelling_key(name) or name


def make_decision(verb: Verb, cell: Cell, file: bool) -> Decision:
    """Check what was written and make a decision of it.

    Raises:
        DecisionError: a key is unknown or missing, or a value is of the wrong type.
    """
    example = f"write for instance: {EXAMPLES[verb]}"
    if not isinstance(cell.value, dict):
        raise DecisionError(f"{cell.at}: a decision is keys with values; {example}")
    cells: Mapping[str, Cell] = cell.value
    known = (*_REQUIRED[verb], *(_CONDITIONS if verb == "split" else ()), "reason")
    for key, given in cells.items():
        if key not in known:
            near = get_close_matches(str(key), known, 1)
            guess = f"do you mean {near[0]!r}? " if near else ""
            raise DecisionError(
                f"{given.at}: unknown key {key!r} in {verb}; {guess}the keys are {', '.join(known)}"
            )
    for key in _REQUIRED[verb]:
        if key not in cells:
            raise DecisionError(f"{cell.at}: {verb} without {key!r}; {example}")
    values: dict[str, Any] = {
        key: _texts(key, given) if key in _LISTS else _text(key, given)
        for key, given in cells.items()
    }
    _check_values(verb, values, cells, cell.at)
    about = values.get("from") or values.get("entities") or (values["entity"],)
    return Decision(
        verb=verb,
        entities=about,
        to=next((values[key] for key in _TARGETS if key in values), ""),
        articles=values.get("articles", ()),
        sources=values.get("sources", ()),
        since=values.get("since", ""),
        until=values.get("until", ""),
        reason=values.get("reason", ""),
        at=cell.at if file else "",
    )


def _text(key: str, cell: Cell) -> str:
    value = cell.value
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, list | dict):
        raise DecisionError(f"{cell.at}: {key} is one text, not {_type_of(value)}")
    if value is not None and not isinstance(value, str):
        raise DecisionError(
            f"{cell.at}: {key} is {_type_of(value)}, not a text; put it between quotes: "
            f'{key}: "{value}"'
        )
    text = " ".join((value or "").split())
    if not text:
        raise DecisionError(f"{cell.at}: {key} is empty; write it, or delete the line")
    return text


def _texts(key: str, cell: Cell) -> tuple[str, ...]:
    if isinstance(cell.value, str):
        raise DecisionError(f"{cell.at}: {key} is a list; write {key}: [{cell.value}]")
    if not isinstance(cell.value, list) or not cell.value:
        raise DecisionError(f"{cell.at}: {key} is a list of texts; write {key}: [one, another]")
    return tuple(dict.fromkeys(_text(key, item) for item in cell.value))


def _type_of(value: object) -> str:
    if value is None:
        return "empty"
    kind = value.kind if isinstance(value, NotText) else type(value).__name__
    names = {"bool": "yes or no", "int": "a number", "float": "a number"}
    return {**names, "list": "a list", "dict": "keys with values"}.get(kind, f"a {kind}")


def _check_values(verb: Verb, values: dict[str, Any], cells: Mapping[str, Cell], at: str) -> None:
    if verb == "relabel" and values["label"] not in LABELS:
        raise DecisionError(
            f"{cells['label'].at}: unknown label {values['label']!r}; "
            f"the labels are {', '.join(LABELS)}"
        )
    if verb == "never-merge" and len(values["entities"]) < 2:
        raise DecisionError(f"{cells['entities'].at}: never-merge takes two entities or more")
    if verb == "split":
        given = [key for key in _CONDITIONS if key in values]
        kinds = {"date" if key in ("since", "until") else key for key in given}
        if len(kinds) != 1:
            raise DecisionError(
                f"{at}: a split takes one of articles, sources, or since and until; "
                f"write for instance: {EXAMPLES[verb]}"
            )
    for key in ("since", "until"):
        if key in values:
            _check_date(key, values[key], cells[key].at)
    since, until = (day_of(values.get(key, "")) for key in ("since", "until"))
    if since and until and since > until:
        raise DecisionError(f"{at}: since {values['since']} is after until {values['until']}")


def _check_date(key: str, value: str, at: str) -> None:
    if len(value) != len("2024-03-31") or day_of(value) is None:
        raise DecisionError(f"{at}: {key} {value!r} is not a day; write 2024-03-31")


def as_verb(word: object, at: str) -> Verb:
    """The verb that a word names.

    Raises:
        DecisionError: there is no such verb.
    """
    if word in VERBS:
        return word
    near = get_close_matches(str(word), VERBS, 1, 0.5)
    guess = f"do you mean {near[0]!r}? " if near else ""
    raise DecisionError(f"{at}: unknown key {word!r}; {guess}the decisions are {', '.join(VERBS)}")
