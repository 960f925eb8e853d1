"""The linguistic tables: what French says of names, in the files of ``data/``, a function each.

A table is a CSV file, one surface form a row; ``rows`` has a record for each, whose fields are its
columns, ``checks`` reads them and refuses what breaks a rule, and ``data/README.md`` says what
belongs in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from entextract.records.spelling import level
from entextract.tables.checks import TableError, actors, check_tables, read_table, shipped
from entextract.tables.row_classes import (
    BodyForm,
    BoilerplateForm,
    ContextWord,
    CountryForm,
    Folding,
    GivenName,
    Governor,
    LegalForm,
    OrganisationForm,
    OrgWord,
    PageWord,
    PlaceForm,
    RelationKind,
    RelationWord,
    SiteName,
    StopForm,
    Title,
    Trigger,
    TriggerForm,
    VerbForm,
)

__all__ = ["TableError", "actors", "check_tables", "read_table"]


def countries() -> Sequence[CountryForm]:
    """The shipped forms of states."""
    return shipped("countries")  # type: ignore[return-value]


def places() -> Sequence[PlaceForm]:
    """The shipped forms of places that are not states."""
    return shipped("places")  # type: ignore[return-value]


def organisations() -> Sequence[OrganisationForm]:
    """The shipped forms of organisations."""
    return shipped("organisations")  # type: ignore[return-value]


def org_words() -> Sequence[OrgWord]:
    """The words that open or close the name of an organisation."""
    return shipped("org_words")  # type: ignore[return-value]


def titles() -> Sequence[Title]:
    """Titles, offices, ranks, professions and kin words."""
    return shipped("titles")  # type: ignore[return-value]


def stop_forms() -> Sequence[StopForm]:
    """Forms that are never a name."""
    return shipped("stop_forms")  # type: ignore[return-value]


def given_names() -> Sequence[GivenName]:
    """Given names."""
    return shipped("given_names")  # type: ignore[return-value]


def verbs() -> Sequence[VerbForm]:
    """Forms of the verbs by which an actor acts or speaks."""
    return shipped("verbs")  # type: ignore[return-value]


def boilerplate() -> Sequence[BoilerplateForm]:
    """Words by which a line is known not to be the article."""
    return shipped("boilerplate")  # type: ignore[return-value]


def foldings() -> Sequence[Folding]:
    """The rewritings that bring transliterations together."""
    return shipped("foldings")  # type: ignore[return-value]


def legal_forms() -> Sequence[LegalForm]:
    """Legal forms of companies."""
    return shipped("legal_forms")  # type: ignore[return-value]


def bodies() -> Sequence[BodyForm]:
    """The bodies whose name several states share."""
    return shipped("bodies")  # type: ignore[return-value]


def triggers() -> Sequence[Trigger]:
    """The verbs and nouns that state a relation."""
    return shipped("triggers")  # type: ignore[return-value]


def trigger_forms() -> Sequence[TriggerForm]:
    """The inflected forms of triggers, governors and helping verbs."""
    return shipped("trigger_forms")  # type: ignore[return-value]


def governors() -> Sequence[Governor]:
    """The verbs that say how true what they govern is."""
    return shipped("governors")  # type: ignore[return-value]


def relation_kinds() -> Sequence[RelationKind]:
    """The closed list of relation kinds."""
    return shipped("relation_kinds")  # type: ignore[return-value]


@cache
def relation_words(kind: str) -> frozenset[str]:
    """The words of one class, in small letters, that the relation rules know.

    >>> "sanctions" in relation_words("sanction")
    True
    """
    rows: Sequence[RelationWord] = shipped("relation_words")  # type: ignore[assignment]
    return frozenset(row.form.lower() for row in rows if row.kind == kind)


@cache
def page_words(kind: str) -> frozenset[str]:
    """The words of one kind by which an element of a web page, or a signature, says what it is.

    >>> "chapo" in page_words("standfirst")
    True
    """
    rows: Sequence[PageWord] = shipped("page_words")  # type: ignore[assignment]
    return frozenset(row.word for row in rows if row.kind == kind)


@cache
def sites() -> dict[str, str]:
    """The name of each newspaper or broadcaster, by host.

    >>> sites()["lemonde.fr"]
    'Le Monde'
    """
    rows: Sequence[SiteName] = shipped("sites")  # type: ignore[assignment]
    return {row.host: row.name for row in rows}


@cache
def context_words(kind: str) -> frozenset[str]:
    """The words of one kind, levelled, that tell what a name beside them is doing.

    >>> "fevrier" in context_words("month")
    True
    """
    rows: Sequence[ContextWord] = shipped("contexts")  # type: ignore[assignment]
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
