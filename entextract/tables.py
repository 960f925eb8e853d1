"""Reads and checks the linguistic tables: the only module that opens the files of ``data/``.

A table is a CSV file, one surface form a row; the columns of each are the fields of its record
below, and ``data/README.md`` says what belongs in it.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

from entextract.forms import level

Strength = Literal["strong", "weak"]
RelationName = Literal[
    "accuse",
    "agree",
    "aid",
    "assault",
    "citizen_of",
    "coerce",
    "concede",
    "consult",
    "cooperate",
    "founded_by",
    "located_in",
    "member_of",
    "mobilize",
    "owns",
    "position_held",
    "protest",
    "reject",
    "relative_of",
    "request",
    "retreat",
    "sanction",
    "shares_border_with",
    "support",
    "threaten",
]


class TableError(ValueError):
    """A table breaks a rule; the message names file, line, value and remedy."""


@dataclass(frozen=True, slots=True)
class CountryForm:
    """A form that means a state: its name, its people, its capital, its seat of power."""

    id: str  # ISO 3166-1 alpha-2
    form: str
    kind: Literal["canonical", "name", "demonym", "combining", "capital", "metonym"]
    strength: Strength
    source: str
    example: str


@dataclass(frozen=True, slots=True)
class PlaceForm:
    """A place that is not a state."""

    form: str
    country: str  # ISO 3166-1 alpha-2, or empty
    strength: Strength
    kind: Literal["continent", "region", "territory", "city", "water", "relief"]
    example: str


@dataclass(frozen=True, slots=True)
class OrganisationForm:
    """A form of a known organisation."""

    id: str
    name: str
    form: str
    kind: Literal["long", "acronym", "alias", "metonym"]
    strength: Strength
    qid: str  # Wikidata, or empty
    source: str
    example: str


@dataclass(frozen=True, slots=True)
class OrgWord:
    """A word that opens or closes the name of an organisation; a generic one opens none."""

    form: str
    pattern: Literal["public", "proper", "closing", "generic", "apposed"]
    example: str


@dataclass(frozen=True, slots=True)
class Title:
    """A word that stands before or after a person's name and is not part of it."""

    form: str
    gender: Literal["m", "f", "e"]
    kind: Literal["civility", "office", "rank", "profession", "kin"]
    example: str


@dataclass(frozen=True, slots=True)
class StopForm:
    """A form never to be taken as a name of the given label."""

    form: str
    label: Literal["ANY", "PER", "COUNTRY", "ORG", "LOC"]
    reason: str


@dataclass(frozen=True, slots=True)
class GivenName:
    """A given name."""

    form: str
    gender: Literal["m", "f", "e"]
    origin: str


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A verb form by which an actor acts or speaks."""

    form: str
    lemma: str
    kind: Literal["speech", "action"]


@dataclass(frozen=True, slots=True)
class BoilerplateForm:
    """Words by which a line is known not to be the article."""

    form: str
    match: Literal["line", "start", "contains"]
    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class ContextWord:
    """A word beside a name that says what the name is doing there."""

    form: str
    kind: Literal[
        "place_preposition",
        "actor_preposition",
        "power_noun",
        "determiner",
        "particle",
        "weekday",
        "month",
        "former",
        "article",
        "auxiliary",
        "clitic",
        "adverb",
        "place_noun",
        "street_noun",
        "stative_participle",
        "addressee_lemma",
        "patient_lemma",
        "place_lemma",
        "eponym_noun",
        "object_noun",
        "bearing_noun",
        "medium",
        "event_noun",
        "family_noun",
        "treaty_noun",
        "admin_noun",
        "language_verb",
        "prefix",
        "faire_complement",
        "motion_lemma",
        "river_noun",
        "river_verb",
        "region_noun",
    ]
    example: str


@dataclass(frozen=True, slots=True)
class Folding:
    """A rewriting that brings transliterations of one name together, applied in order."""

    step: str
    pattern: str  # regular expression on lower-case ASCII
    replacement: str
    example: str


@dataclass(frozen=True, slots=True)
class LegalForm:
    """Words before or after a company's name that are no part of it."""

    form: str
    position: Literal["start", "end"]
    example: str


@dataclass(frozen=True, slots=True)
class BodyForm:
    """A name that the bodies of several states share, one row a state that has one.

    ``home`` is the state that the bare name means in the French press; an ``opening`` word
    (« ministère ») is common to all states.
    """

    form: str
    country: str  # ISO 3166-1 alpha-2, empty for an opening word
    kind: Literal["home", "other", "opening"]
    example: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """A verb or noun that states a relation, and where its two ends stand."""

    lemma: str  # the first word varies; of the others only the content words must follow
    pos: Literal["verb", "noun"]
    kind: RelationName
    source: str  # a place in the clause, or several joined by |
    target: str
    reflexive: Literal["yes", "no", ""]
    object: str  # +class: such a noun must stand there; -class: must not; @labels of the target
    example: str


@dataclass(frozen=True, slots=True)
class TriggerForm:
    """An inflected form of a trigger, a governor or a verb that helps to read them."""

    form: str
    lemma: str
    tense: Literal[
        "present",
        "past",
        "future",
        "conditional",
        "subjunctive",
        "infinitive",
        "participle",
        "participle_present",
        "noun",
    ]


@dataclass(frozen=True, slots=True)
class Governor:
    """A verb that says how true the infinitive or the clause under it is."""

    lemma: str
    status: Literal["actual", "negated", "hypothetical", "future", "reported"]
    kind: Literal[
        "", "agree", "reject", "threaten"
    ]  # what it states itself, the verb under it then stating none
    example: str


@dataclass(frozen=True, slots=True)
class RelationKind:
    """A kind of relation, with what its ends may be."""

    kind: RelationName
    family: Literal["static", "event"]
    sources: str  # labels joined by |
    targets: str
    symmetric: Literal["yes", "no"]
    wikidata: str  # properties joined by |, for facts
    plover: str  # type, for events
    quad: str
    score: str
    definition: str
    default: Literal["on", "off"]
    example: str


@dataclass(frozen=True, slots=True)
class RelationWord:
    """A word that the relation rules know by its class."""

    form: str
    kind: str
    example: str


@dataclass(frozen=True, slots=True)
class ActorForm:
    """A form of someone or something that a user follows; its name is found without a row."""

    id: str  # as in per:awa-sarr, without what stands before the colon; ISO 3166 for a country
    name: str
    form: str
    label: Literal["PER", "COUNTRY", "ORG", "LOC"]

    @property
    def entity(self) -> str:
        """The id of the entity."""
        return f"{self.label.lower()}:{self.id}"


Row = (
    ActorForm
    | CountryForm
    | PlaceForm
    | OrganisationForm
    | OrgWord
    | Title
    | StopForm
    | GivenName
    | VerbForm
    | BoilerplateForm
    | ContextWord
    | Folding
    | LegalForm
    | BodyForm
    | Trigger
    | TriggerForm
    | Governor
    | RelationKind
    | RelationWord
)

# file stem -> record, fields that together must not repeat, fields by which it is sorted
_TABLES: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "countries": (CountryForm, ("id", "form", "kind"), ("id", "form", "kind")),
    "places": (PlaceForm, ("form", "country"), ("form", "country")),
    "organisations": (OrganisationForm, ("id", "form"), ("id", "form")),
    "org_words": (OrgWord, ("form", "pattern"), ("form", "pattern")),
    "titles": (Title, ("form",), ("form",)),
    "stop_forms": (StopForm, ("form", "label"), ("form", "label")),
    "given_names": (GivenName, ("form",), ("form",)),
    "verbs": (VerbForm, ("form", "lemma", "kind"), ("form", "lemma", "kind")),
    "boilerplate": (BoilerplateForm, ("form",), ("form",)),
    "foldings": (Folding, ("step",), ("step",)),
    "legal_forms": (LegalForm, ("form", "position"), ("form", "position")),
    "bodies": (BodyForm, ("form", "country"), ("form", "country")),
    "triggers": (
        Trigger,
        ("lemma", "pos", "kind", "source", "target", "reflexive", "object"),
        ("lemma", "pos", "kind"),
    ),
    "trigger_forms": (TriggerForm, ("form", "lemma", "tense"), ("form", "lemma", "tense")),
    "governors": (Governor, ("lemma",), ("lemma",)),
    "relation_kinds": (RelationKind, ("kind",), ("kind",)),
    "relation_words": (RelationWord, ("form", "kind"), ("form", "kind")),
    "contexts": (ContextWord, ("form", "kind"), ("form", "kind")),
}
# tables that users write; none is shipped
_OWN: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "actors": (ActorForm, ("form",), ()),
}
_OPTIONAL = {
    "country",
    "example",
    "kind",
    "object",
    "plover",
    "qid",
    "quad",
    "reflexive",
    "replacement",
    "score",
    "source",
    "wikidata",
}
# where an end of a relation may stand: a part of the clause, or after a preposition; ``obj.de`` is
# the complement of a neutral object, ``à_via`` that of a noun after « à », ``xcomp`` the object of
# the infinitive, ``recip`` the other members of the subject, ``bearer`` who a noun is said of
PLACES = frozenset(
    {
        *("subj", "obj", "obj.de", "xcomp", "recip", "bearer"),
        *("à", "à_actor", "à_via", "auprès", "avec", "chez", "contre", "dans", "de", "en", "entre"),
        *("envers", "par", "pour", "sur", "vers"),
    }
)
_MARK = re.compile(r"<(/?(?:PER|COUNTRY|ORG|LOC))>")
_CURLY = re.compile("[’‘ʼ]")


def countries() -> Sequence[CountryForm]:
    """The shipped forms of states."""
    return _shipped("countries")  # type: ignore[return-value]


def places() -> Sequence[PlaceForm]:
    """The shipped forms of places that are not states."""
    return _shipped("places")  # type: ignore[return-value]


def organisations() -> Sequence[OrganisationForm]:
    """The shipped forms of organisations."""
    return _shipped("organisations")  # type: ignore[return-value]


def org_words() -> Sequence[OrgWord]:
    """The words that open or close the name of an organisation."""
    return _shipped("org_words")  # type: ignore[return-value]


def titles() -> Sequence[Title]:
    """Titles, offices, ranks, professions and kin words."""
    return _shipped("titles")  # type: ignore[return-value]


def stop_forms() -> Sequence[StopForm]:
    """Forms that are never a name."""
    return _shipped("stop_forms")  # type: ignore[return-value]


def given_names() -> Sequence[GivenName]:
    """Given names."""
    return _shipped("given_names")  # type: ignore[return-value]


def verbs() -> Sequence[VerbForm]:
    """Forms of the verbs by which an actor acts or speaks."""
    return _shipped("verbs")  # type: ignore[return-value]


def boilerplate() -> Sequence[BoilerplateForm]:
    """Words by which a line is known not to be the article."""
    return _shipped("boilerplate")  # type: ignore[return-value]


def foldings() -> Sequence[Folding]:
    """The rewritings that bring transliterations together."""
    return _shipped("foldings")  # type: ignore[return-value]


def legal_forms() -> Sequence[LegalForm]:
    """Legal forms of companies."""
    return _shipped("legal_forms")  # type: ignore[return-value]


def bodies() -> Sequence[BodyForm]:
    """The bodies whose name several states share."""
    return _shipped("bodies")  # type: ignore[return-value]


def triggers() -> Sequence[Trigger]:
    """The verbs and nouns that state a relation."""
    return _shipped("triggers")  # type: ignore[return-value]


def trigger_forms() -> Sequence[TriggerForm]:
    """The inflected forms of triggers, governors and helping verbs."""
    return _shipped("trigger_forms")  # type: ignore[return-value]


def governors() -> Sequence[Governor]:
    """The verbs that say how true what they govern is."""
    return _shipped("governors")  # type: ignore[return-value]


def relation_kinds() -> Sequence[RelationKind]:
    """The closed list of relation kinds."""
    return _shipped("relation_kinds")  # type: ignore[return-value]


@cache
def relation_words(kind: str) -> frozenset[str]:
    """The words of one class, in small letters, that the relation rules know.

    >>> "sanctions" in relation_words("sanction")
    True
    """
    rows: Sequence[RelationWord] = _shipped("relation_words")  # type: ignore[assignment]
    return frozenset(row.form.lower() for row in rows if row.kind == kind)


@cache
def context_words(kind: str) -> frozenset[str]:
    """The words of one kind, levelled, that tell what a name beside them is doing.

    >>> "fevrier" in context_words("month")
    True
    """
    rows: Sequence[ContextWord] = _shipped("contexts")  # type: ignore[assignment]
    return frozenset(level(row.form) for row in rows if row.kind == kind)


@cache
def demonyms() -> frozenset[str]:
    """The demonyms of every state, levelled.

    >>> "senegalaise" in demonyms()
    True
    """
    return frozenset(level(row.form) for row in countries() if row.kind == "demonym")


@cache
def given_forms() -> frozenset[str]:
    """The given names, levelled.

    >>> "Aissata" in given_forms()
    True
    """
    return frozenset(level(row.form) for row in given_names())


@cache
def country_names() -> dict[str, str]:
    """Canonical French name of each state, by ISO code.

    >>> country_names()["KZ"]
    'Kazakhstan'
    """
    return {row.id: row.form for row in countries() if row.kind == "canonical"}


@cache
def _shipped(stem: str) -> tuple[Row, ...]:
    with as_file(files("entextract.data") / f"{stem}.csv") as path:
        return tuple(read_rows(path, stem))


def read_table(path: str | Path) -> list[Row]:
    """Read and check a table, shipped or a user's own.

    Args:
        path: a CSV file whose header is that of one of the shipped tables.

    Returns:
        One record a row, in the order of the file.

    Raises:
        TableError: the file breaks a rule; the message says where and what to do.
        FileNotFoundError: there is no such file.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error
    for stem, (record, _, _) in {**_TABLES, **_OWN}.items():
        if header == [f.name for f in fields(record)]:
            return read_rows(path, stem)
    known = "; ".join(
        ",".join(f.name for f in fields(r)) for r, _, _ in {**_TABLES, **_OWN}.values()
    )
    raise TableError(f"{path}:1: header {','.join(header)!r} is none of: {known}")


def actors(path: str | Path) -> list[ActorForm]:
    """A user's own table of people, organisations, countries and places.

    Raises:
        TableError: the file breaks a rule; the message says where and what to do.
        FileNotFoundError: there is no such file.
    """
    try:
        return read_rows(Path(path), "actors")  # type: ignore[return-value]
    except UnicodeDecodeError:
        raise TableError(f"{path}: not UTF-8; save it again as CSV in UTF-8") from None


def read_rows(path: Path, stem: str) -> list[Row]:
    """Read a file as the table of that name, refusing the first row that breaks a rule."""
    problems: list[str] = []
    try:
        rows = _checked(path, stem, problems)
    except (UnicodeDecodeError, csv.Error) as error:
        raise _unreadable(path, error) from error
    if problems:
        raise TableError(problems[0])
    return rows


def _unreadable(path: Path, error: Exception) -> TableError:
    return TableError(f"{path}: not a CSV file in UTF-8 ({error}); save it as one")


def check_tables(paths: Iterable[str | Path] | None = None) -> list[str]:
    """Every problem of the given tables, or of the shipped ones; an empty list when all is well.

    >>> check_tables()
    []
    """
    problems: list[str] = []
    if paths is None:
        for stem in _TABLES:
            with as_file(files("entextract.data") / f"{stem}.csv") as path:
                _checked(path, stem, problems)
        return problems
    for given in paths:
        try:
            read_table(given)
        except (OSError, ValueError) as error:
            problems.append(str(error))
    return problems


def _checked(path: Path, stem: str, problems: list[str]) -> list[Row]:
    record, key_fields, sort_fields = {**_TABLES, **_OWN}[stem]
    names = [f.name for f in fields(record)]
    closed = _closed_lists(record)
    rows: list[Row] = []
    first_line: dict[tuple[str, ...], int] = {}
    strengths: dict[tuple[str, str], tuple[str, str, int]] = {}
    named: dict[str, tuple[str, str, int]] = {}
    before: tuple[str, ...] = ()
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if header != names:
            problems.append(f"{path}:1: header is {','.join(header)!r}, not {','.join(names)!r}")
            return rows
        for cells in reader:
            at = f"{path}:{reader.line_num}"
            fault = _cell_fault(names, cells, closed)
            if fault:
                problems.append(f"{at}: {fault}")
                continue
            row = dict(zip(names, cells, strict=True))
            key = tuple(row[name] for name in key_fields)
            if key in first_line:
                problems.append(
                    f"{at}: {' '.join(key)!r} is already on line {first_line[key]}; delete one"
                )
            first_line[key] = reader.line_num
            order = tuple(row[name] for name in sort_fields)
            if order < before:
                problems.append(f"{at}: {order} stands after {before}; sort the table")
            before = order
            fault = _shared_form_fault(row, strengths, reader.line_num) or _two_names_fault(
                row, named, reader.line_num
            )
            if fault:
                problems.append(f"{at}: {fault}")
            rows.append(record(**row))
    return rows


def _closed_lists(record: type) -> dict[str, tuple[str, ...]]:
    hints = get_type_hints(record)
    return {name: get_args(hint) for name, hint in hints.items() if get_origin(hint) is Literal}


def _cell_fault(names: list[str], cells: list[str], closed: dict[str, tuple[str, ...]]) -> str:
    """What is wrong with the cells of one row, or an empty string."""
    if len(cells) != len(names):
        return f"{len(cells)} cells where the header has {len(names)}; quote cells with a comma"
    for name, cell in zip(names, cells, strict=True):
        if not cell and name not in _OPTIONAL:
            return f"{name} is empty"
        if cell != cell.strip() and name != "replacement":
            return f"{name} {cell!r} has blanks around it"
        if not unicodedata.is_normalized("NFC", cell):
            return f"{name} {cell!r} is not in Unicode form NFC"
        if name == "form" and _CURLY.search(cell):
            return f"form {cell!r} has a curly apostrophe; write a straight one"
        if name in closed and cell not in closed[name]:
            return f"{name} {cell!r} is none of {', '.join(closed[name])}"
    row = dict(zip(names, cells, strict=True))
    if not _is_marked_rightly(row.get("example", "")):
        return f"example {row['example']!r} has a mark that is not closed, or not of our labels"
    code = row.get(
        "country", row.get("id", "") if "source" in names and "name" not in names else ""
    )
    if code and not re.fullmatch("[A-Z]{2}", code):
        return f"{code!r} is not an ISO 3166-1 alpha-2 code"
    if "reflexive" in row:
        return _frame_fault(row)
    if "qid" in row and not re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        return f"id {row['id']!r} is not in small letters, digits and hyphens"
    if "label" in row and "id" in row:
        iso = row["label"] == "COUNTRY"
        if not re.fullmatch("[A-Z]{2}" if iso else "[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            wanted = "an ISO 3166-1 alpha-2 code" if iso else "in small letters, digits and hyphens"
            return f"id {row['id']!r} is not {wanted}"
    return ""


def _is_marked_rightly(example: str) -> bool:
    """Whether marks follow one another as ``<PER>…</PER>``, none inside another."""
    marks = _MARK.findall(example)
    return marks[1::2] == [f"/{mark}" for mark in marks[::2]] and "<" not in _MARK.sub("", example)


def _frame_fault(row: dict[str, str]) -> str:
    """A trigger whose places are not known, or whose lemma has no form."""
    for name in ("source", "target"):
        for place in row[name].split("|"):
            if place not in PLACES:
                return f"{name} {place!r} is none of {', '.join(sorted(PLACES))}"
    if row["lemma"].split()[0] not in _lemmas():
        return f"lemma {row['lemma']!r} has no form in trigger_forms.csv; add its forms there"
    for guard in row["object"].split():
        known = _LABELS if guard[0] == "@" else _word_classes()
        if guard[0] not in "+-@" or not known.issuperset(guard[1:].split("|")):
            return f"object {guard!r} is neither + or - and a class of words, nor @ and labels"
    return ""


_LABELS = frozenset({"PER", "COUNTRY", "ORG", "LOC"})


@cache
def _word_classes() -> frozenset[str]:
    return frozenset(row.kind for row in _shipped("relation_words"))  # type: ignore[union-attr]


@cache
def _lemmas() -> frozenset[str]:
    return frozenset(row.lemma for row in trigger_forms())


def _shared_form_fault(
    row: dict[str, str], seen: dict[tuple[str, str], tuple[str, str, int]], line: int
) -> str:
    """A form that two ids share must be weak in both."""
    if "id" not in row or "strength" not in row:
        return ""
    key = (row["form"], "capital" if row.get("kind") in ("capital", "metonym") else "")
    other = seen.setdefault(key, (row["id"], row["strength"], line))
    if other[0] != row["id"] and "strong" in (other[1], row["strength"]):
        return (
            f"form {row['form']!r} is also on line {other[2]} (id {other[0]}); "
            "make both weak, or delete one"
        )
    return ""


def _two_names_fault(row: dict[str, str], seen: dict[str, tuple[str, str, int]], line: int) -> str:
    """An id of a user's table has one name and one label."""
    if "label" not in row or "id" not in row:
        return ""
    name, label, first = seen.setdefault(row["id"], (row["name"], row["label"], line))
    if (name, label) == (row["name"], row["label"]):
        return ""
    return f"id {row['id']!r} is {name}, {label} on line {first}; write the same, or another id"
