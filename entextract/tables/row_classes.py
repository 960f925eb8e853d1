"""The rows of the linguistic tables: a record for each file, whose fields are its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

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
class PageWord:
    """A word by which an element of a web page, or a signature, says what it is."""

    word: str
    kind: Literal["agency", "beside", "byline", "other_byline", "standfirst"]


@dataclass(frozen=True, slots=True)
class SiteName:
    """The name of a newspaper or broadcaster whose pages lie on a host."""

    host: str
    name: str


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
        "route_lemma",
        "river_noun",
        "river_verb",
        "region_noun",
        "alias_word",
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
    | PageWord
    | SiteName
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
TABLES: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "countries": (CountryForm, ("id", "form", "kind"), ("id", "form", "kind")),
    "places": (PlaceForm, ("form", "country"), ("form", "country")),
    "organisations": (OrganisationForm, ("id", "form"), ("id", "form")),
    "org_words": (OrgWord, ("form", "pattern"), ("form", "pattern")),
    "titles": (Title, ("form",), ("form",)),
    "stop_forms": (StopForm, ("form", "label"), ("form", "label")),
    "given_names": (GivenName, ("form",), ("form",)),
    "verbs": (VerbForm, ("form", "lemma", "kind"), ("form", "lemma", "kind")),
    "boilerplate": (BoilerplateForm, ("form",), ("form",)),
    "page_words": (PageWord, ("word", "kind"), ("word", "kind")),
    "sites": (SiteName, ("host",), ("host",)),
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
OWN: dict[str, tuple[type, tuple[str, ...], tuple[str, ...]]] = {
    "actors": (ActorForm, ("form",), ()),
}
OPTIONAL = {
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
