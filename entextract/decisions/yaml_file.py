"""The YAML of a decisions file: text to cells that know their line, and back. Nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from entextract.decisions.decision import (
    VERBS,
    Cell,
    Decision,
    DecisionError,
    NotText,
    as_verb,
    make_decision,
)

_PLAIN = "tag:yaml.org,2002:"
_TEXTS = ("str", "timestamp")  # a day is read as the text that it is
_OTHERS = ("int", "float", "bool", "null")
_DEEPEST = 4  # decisions by verb, list of decisions, decision, list of names
_HEADER = "# Decisions on who is who, replayed by entextract on every run.\n"


def read_rows(path: Path) -> list[Decision]:
    """The decisions of a file, in its order.

    Raises:
        DecisionError: the file is not YAML, or holds something else than decisions.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    root = _compose(text, str(path))
    if root is None:
        return []
    rows = []
    if not isinstance(root, yaml.MappingNode):
        raise DecisionError(f"{_at(path, root)}: start with a decision, for instance « merge: »")
    for key, cell in _pairs(root, path):
        verb = as_verb(key, cell.at)
        if cell.value is None:  # a heading whose decisions are all commented out
            continue
        if not isinstance(cell.value, list):
            raise DecisionError(f"{cell.at}: under {verb}, start each decision with « - »")
        rows += [make_decision(verb, item, file=True) for item in cell.value]
    return rows


def write_rows(rows: Iterable[Decision]) -> str:
    """The text of a file that ``read_rows`` reads back."""
    rows = list(rows)
    content = {
        verb: [row.values() for row in rows if row.verb == verb]
        for verb in VERBS
        if any(row.verb == verb for row in rows)
    }
    if not content:
        return _HEADER
    return _HEADER + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)


def quoted(text: str) -> str:
    """A text as it must stand in YAML, on one line.

    >>> quoted("per:awa"), quoted("no"), quoted("Jean: maire")
    ('per:awa', "'no'", "'Jean: maire'")
    """
    if re.fullmatch(r"[a-z]+:[\w-]+", text):  # an id needs no quotes
        return text
    line: str = yaml.safe_dump([text], allow_unicode=True, width=10_000, default_flow_style=True)
    return line.strip()[1:-1]


def _compose(text: str, path: str) -> yaml.Node | None:
    """The tree of nodes, with marks; tags are kept as words and no object is ever made."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                raise DecisionError(
                    f"{path}:{_line(event)}: too many levels; a list in a decision is last"
                )
            if isinstance(event, yaml.AliasEvent):
                raise DecisionError(
                    f"{path}:{_line(event)}: *{event.anchor} points to another "
                    "place; write the text out"
                )
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = f"{path}:{mark.line + 1}" if mark else path
        raise DecisionError(
            f"{at}: not YAML: {error.problem or error.context}; "
            "check the colons, the hyphens and the blanks before them"
        ) from error
    except yaml.YAMLError as error:
        reason = str(error).replace("\n", " ")
        raise DecisionError(f"{path}: not YAML: {reason}") from error


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _cell(node: yaml.Node, path: Path) -> Cell:
    at = _at(path, node)
    if isinstance(node, yaml.MappingNode) and node.tag == _PLAIN + "map":
        return Cell(dict(_pairs(node, path)), at)
    if isinstance(node, yaml.SequenceNode) and node.tag == _PLAIN + "seq":
        return Cell([_cell(child, path) for child in node.value], at)
    kind = node.tag.removeprefix(_PLAIN)
    if isinstance(node, yaml.ScalarNode) and kind in _TEXTS:
        return Cell(node.value, at)
    if isinstance(node, yaml.ScalarNode) and kind in _OTHERS:
        return Cell(None if kind == "null" else NotText(kind, node.value), at)
    tag = node.tag.replace(_PLAIN, "!!")
    raise DecisionError(f"{at}: tag {tag} is not read; remove it, and write plain text or a list")


def _pairs(node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Cell]]:
    """Keys and values of a mapping, each value at the line of its key."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise DecisionError(f"{_at(path, key)}: a key is a word, not a list or other keys")
        line = key.start_mark.line + 1
        if key.value in seen:
            raise DecisionError(
                f"{path}:{line}: {key.value!r} is already on line {seen[key.value]}; "
                "put all under one"
            )
        seen[key.value] = line
        yield key.value, _cell(value, path)._replace(at=_at(path, key))


def _at(path: Path, node: yaml.Node) -> str:
    return f"{path}:{node.start_mark.line + 1}"
