"""Which tables there are: their rows, what may not repeat in them, how they are sorted."""

from __future__ import annotations

from entextract.tables.page_rows import BoilerplateForm, PageWord, ReferenceMark, SiteName
from entextract.tables.relation_rows import (
    Governor,
    Preposition,
    RelationKind,
    Trigger,
    TriggerNoun,
    Verb,
    VerbForm,
)
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
    TimeWord,
    Title,
    WordClass,
)

Row = (
    ActorWord
    | CountryForm
    | PlaceForm
    | OrganisationForm
    | Homonym
    | OrgWord
    | Title
    | StopForm
    | GivenName
    | Mononym
    | Verb
    | VerbForm
    | BoilerplateForm
    | PageWord
    | ReferenceMark
    | SiteName
    | WordClass
    | Preposition
    | TimeWord
    | Folding
    | LegalForm
    | BodyForm
    | BodyKind
    | Trigger
    | TriggerNoun
    | Governor
    | RelationKind
    | RuleBelief
    | JudgedRows
)

# file stem -> record, fields that together must not repeat, fields by which it is sorted
TABLES: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "actor_words": (ActorWord, ("part", "form"), ("part", "form")),
    "countries": (CountryForm, ("id", "form", "kind"), ("id", "form", "kind")),
    "places": (PlaceForm, ("form", "country"), ("form", "country")),
    "organisations": (OrganisationForm, ("id", "form"), ("id", "form")),
    "homonyms": (Homonym, ("form", "country", "id"), ("form", "country", "id")),
    "org_words": (OrgWord, ("form", "pattern"), ("form", "pattern")),
    "titles": (Title, ("form",), ("form",)),
    "stop_forms": (StopForm, ("form", "label"), ("form", "label")),
    "given_names": (GivenName, ("form",), ("form",)),
    "mononyms": (Mononym, ("form",), ("form",)),
    "verbs": (Verb, ("lemma",), ("lemma",)),
    "verb_forms": (VerbForm, ("form", "lemma", "tense"), ("form", "lemma", "tense")),
    "boilerplate": (BoilerplateForm, ("form",), ("form",)),
    "references": (ReferenceMark, ("form", "kind"), ("kind", "form")),
    "page_words": (PageWord, ("word", "kind"), ("word", "kind")),
    "sites": (SiteName, ("host",), ("host",)),
    "foldings": (Folding, ("step",), ("step",)),
    "legal_forms": (LegalForm, ("form", "position"), ("form", "position")),
    "bodies": (BodyForm, ("form", "country"), ("form", "country")),
    "body_kinds": (BodyKind, ("match", "form"), ("kind", "match", "form")),
    "triggers": (
        Trigger,
        ("lemma", "pos", "kind", "source", "target", "reflexive", "object"),
        ("lemma", "pos", "order"),
    ),
    "trigger_nouns": (TriggerNoun, ("form", "lemma"), ("form", "lemma")),
    "governors": (Governor, ("lemma",), ("lemma",)),
    "relation_kinds": (RelationKind, ("kind",), ("kind",)),
    "word_classes": (WordClass, ("kind", "form"), ("kind", "form")),
    "prepositions": (Preposition, ("form",), ("form",)),
    "times": (TimeWord, ("kind", "form"), ("kind", "form")),
    "rules": (RuleBelief, ("part", "name"), ("part", "name")),
    "confidence": (JudgedRows, ("table", "evidence"), ("table", "evidence")),
}
OPTIONAL = {
    "conditional",
    "country",
    "denied",
    "example",
    "goldstein",
    "kind",
    "like",
    "noun",
    "object",
    "past",
    "perfect",
    "plover",
    "qid",
    "quad",
    "reflexive",
    "replacement",
    "source",
    "status",
    "topic",
    "weight",
    "wikidata",
}
