"""The linguistic tables: what French says of names, in the files of ``data/``, a function each.

A table is a CSV file, one surface form a row. ``row_classes``, ``relation_rows`` and ``page_rows``
have a record for each, whose fields are its columns, and ``catalogue`` lists them all; ``checks``
reads them and refuses what breaks a rule, ``lexicon`` derives sets and look-ups from them, and
``data/README.md`` says what belongs in them.
"""

from __future__ import annotations

from collections.abc import Sequence

from entextract.tables.checks import TableError, check_tables, read_table, shipped
from entextract.tables.lexicon import (
    acting_forms,
    articles,
    compound_prepositions,
    continents,
    country_names,
    demonyms,
    determiners,
    finite_forms,
    genders,
    given_forms,
    guard_words,
    heads_of_prepositions,
    levelled_words,
    page_words,
    parties,
    phrases,
    prepositions,
    sites,
    speech_forms,
    speech_homographs,
    spellings_of,
    times,
    trigger_lemmas,
    verb_readings,
    without_article,
    words,
)
from entextract.tables.page_rows import BoilerplateForm
from entextract.tables.relation_rows import Governor, RelationKind, Trigger, Verb
from entextract.tables.row_classes import (
    ActorWord,
    BodyForm,
    BodyKind,
    CountryForm,
    Folding,
    GivenName,
    Homonym,
    JudgedRows,
    LegalForm,
    Mononym,
    OrganisationForm,
    OrgWord,
    PlaceForm,
    RuleBelief,
    StopForm,
    Title,
    WordClass,
)

__all__ = [
    "TableError",
    "acting_forms",
    "actor_words",
    "articles",
    "check_tables",
    "compound_prepositions",
    "continents",
    "country_names",
    "page_words",
    "parties",
    "sites",
    "demonyms",
    "finite_forms",
    "determiners",
    "genders",
    "given_forms",
    "guard_words",
    "heads_of_prepositions",
    "homonyms",
    "levelled_words",
    "prepositions",
    "read_table",
    "phrases",
    "speech_forms",
    "speech_homographs",
    "spellings_of",
    "times",
    "trigger_lemmas",
    "verb_readings",
    "without_article",
    "words",
]


def actor_words() -> Sequence[ActorWord]:
    """What lists of actors call their columns and kinds."""
    return shipped(ActorWord)


def countries() -> Sequence[CountryForm]:
    """The shipped forms of states."""
    return shipped(CountryForm)


def places() -> Sequence[PlaceForm]:
    """The shipped forms of places that are not states."""
    return shipped(PlaceForm)


def organisations() -> Sequence[OrganisationForm]:
    """The shipped forms of organisations."""
    return shipped(OrganisationForm)


def org_words() -> Sequence[OrgWord]:
    """The words that open or close the name of an organisation."""
    return shipped(OrgWord)


def titles() -> Sequence[Title]:
    """Titles, offices, ranks, professions and kin words."""
    return shipped(Title)


def stop_forms() -> Sequence[StopForm]:
    """Forms that are never a name."""
    return shipped(StopForm)


def given_names() -> Sequence[GivenName]:
    """Given names."""
    return shipped(GivenName)


def mononyms() -> Sequence[Mononym]:
    """Names of one word that everyone knows as those of persons."""
    return shipped(Mononym)


def verbs() -> Sequence[Verb]:
    """The verbs that rules know."""
    return shipped(Verb)


def word_classes() -> Sequence[WordClass]:
    """Classes of words, of grammar and of meaning; ``words`` gives one of them."""
    return shipped(WordClass)


def boilerplate() -> Sequence[BoilerplateForm]:
    """Words by which a line is known not to be the article."""
    return shipped(BoilerplateForm)


def foldings() -> Sequence[Folding]:
    """The rewritings that bring transliterations together."""
    return shipped(Folding)


def legal_forms() -> Sequence[LegalForm]:
    """Legal forms of companies."""
    return shipped(LegalForm)


def homonyms() -> Sequence[Homonym]:
    """The organisations that share a form, with what tells them apart."""
    return shipped(Homonym)


def bodies() -> Sequence[BodyForm]:
    """The bodies whose name several states share."""
    return shipped(BodyForm)


def body_kinds() -> Sequence[BodyKind]:
    """What says of which kind an organisation is."""
    return shipped(BodyKind)


def triggers() -> Sequence[Trigger]:
    """The verbs and nouns that state a relation."""
    return shipped(Trigger)


def governors() -> Sequence[Governor]:
    """The verbs that say how true what they govern is."""
    return shipped(Governor)


def kind_rows() -> Sequence[RelationKind]:
    """The closed list of relation kinds."""
    return shipped(RelationKind)


def rules() -> Sequence[RuleBelief]:
    """The finders of names and the links between them."""
    return shipped(RuleBelief)


def judged_rows() -> Sequence[JudgedRows]:
    """How many judged rows were right, by what they rest on."""
    return shipped(JudgedRows)
