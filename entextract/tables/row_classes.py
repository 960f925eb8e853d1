"""The rows of the tables of names and words: a record for each file, its fields the columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Strength = Literal["strong", "weak"]


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
class Homonym:
    """One of the organisations that share a form, and what tells that it is meant.

    A state is evidence where the article names it, a topic where one of its words stands in the
    article. The one that has neither is meant where nothing speaks for another.
    """

    form: str
    country: str  # ISO 3166-1 alpha-2, or empty
    id: str  # in organisations.csv
    topic: str  # words
    example: str


@dataclass(frozen=True, slots=True)
class OrgWord:
    """A word that opens or closes the name of an organisation; a generic one opens none."""

    form: str
    pattern: Literal["public", "proper", "closing", "generic", "apposed", "section", "branch"]
    example: str


BodyKindName = Literal[
    "armed_group",
    "army",
    "association",
    "authority",
    "company",
    "court",
    "culture",
    "government",
    "health",
    "international",
    "media",
    "ministry",
    "parliament",
    "party",
    "police",
    "religious",
    "school",
    "sports",
    "union",
]


@dataclass(frozen=True, slots=True)
class BodyKind:
    """What kind of body an organisation is: by its id, or by the words of its name.

    Words that open a name say the same before a name: « le quotidien X ».
    """

    kind: BodyKindName
    match: Literal["id", "opens", "contains"]
    form: str  # key of an id in organisations.csv, or words in small letters
    example: str  # of words: a name


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
class Mononym:
    """A name of one word by which everyone knows a person: « Balzac », « Pelé »."""

    form: str
    field: Literal["artist", "music", "ruler", "scientist", "sport", "stage", "thinker", "writer"]


WordKind = Literal[
    "occasion",
    "military_target",
    "delegation",
    "captive",
    "comparative",
    "led",
    "movement_noun",
    "quantity",
    "text_noun",
    "blaming_verb",
    "strike_noun",
    "group_noun",
    "state_agent",
    "actor_preposition",
    "addressee_noun",
    "actor_phrase",
    "addressee_verb",
    "administrative_division",
    "adverb",
    "adversative",
    "agentless_verb",
    "aid",
    "alias_marker",
    "arms",
    "aside",
    "assets",
    "attitude_adjective",
    "authored_verb",
    "auxiliary_form",
    "backing",
    "bearing_noun",
    "before_event",
    "before_predicate",
    "birth_name_marker",
    "body_head",
    "body_noun",
    "border",
    "byline_opening",
    "cabinet_noun",
    "capital",
    "charged_office",
    "citizen_rank",
    "clause_boundary",
    "clitic",
    "commodity",
    "complementizer",
    "concept_noun",
    "confession",
    "contest_word",
    "contracted_article",
    "coordinator",
    "copular_verb",
    "counterpart",
    "company_head",
    "court_noun",
    "credit_noun",
    "credit_verb",
    "crime",
    "cut_article",
    "deed",
    "definite_article",
    "delivery_noun",
    "demonstrative",
    "demonstrative_pronoun",
    "departure_verb",
    "diplomat",
    "direction",
    "elected_office",
    "distance",
    "elided_word",
    "employee_noun",
    "eponym_noun",
    "establishment_noun",
    "etre_verb",
    "event_noun",
    "faire_complement",
    "falsity_predicate",
    "fearing_verb",
    "figurative_war",
    "first_in_order",
    "force",
    "former_adjective",
    "former_name_mark",
    "founder",
    "function_word",
    "goods",
    "goods_exchange",
    "head_of_something",
    "hyphened_pronoun",
    "indefinite_article",
    "inquiry",
    "institution",
    "institution_head",
    "inversion_mark",
    "kin_group_noun",
    "language_noun",
    "language_verb",
    "lesson_noun",
    "list_filler",
    "list_joiner",
    "manner_conjunction",
    "money",
    "month",
    "name_link",
    "namely",
    "name_particle",
    "negating_conjunction",
    "negation",
    "negative_clitic",
    "negative_determiner",
    "negative_noun",
    "no_employee",
    "object_control_verb",
    "object_noun",
    "medium_preposition",
    "agent_preposition",
    "naming_participle",
    "monument_epithet",
    "assembly_epithet",
    "object_relative",
    "office_epithet",
    "ordinal_adjective",
    "party",
    "pact",
    "party_adjective",
    "party_noun",
    "patient_verb",
    "person_preposition",
    "place_code",
    "place_noun",
    "place_preposition",
    "plural_article",
    "portfolio_office",
    "possessive",
    "possibility_adjective",
    "possibility_predicate",
    "power_noun",
    "predicate_adverb",
    "prefix",
    "prenominal_adjective",
    "press_noun",
    "pronoun_preposition",
    "proposal_person",
    "byname",
    "ago",
    "copula",
    "dative_clitic",
    "existential_clitic",
    "impersonal_pronoun",
    "perfect_auxiliary",
    "account_noun",
    "audience",
    "cause_noun",
    "wish_noun",
    "post_noun",
    "ending_verb",
    "neighbour",
    "voice_phrase",
    "unreal_conjunction",
    "scope_adverb",
    "seizing_verb",
    "fake_adjective",
    "hazard_noun",
    "interpolated_phrase",
    "prospective_adjective",
    "real_name_marker",
    "reflexive_clitic",
    "reflexive_victory_verb",
    "region_kind",
    "generation",
    "region_noun",
    "regnal_title",
    "relational_adjective",
    "relative_pronoun",
    "restriction",
    "returned",
    "river_and_state",
    "river_noun",
    "river_verb",
    "route_verb",
    "sanction",
    "seat",
    "seat_participle",
    "sentence",
    "share",
    "saying_complement",
    "silent_reflexive",
    "singular_article",
    "singular_indefinite",
    "site_noun",
    "social_medium",
    "source_noun",
    "sovereign",
    "sport",
    "sport_prize",
    "stative_participle",
    "stative_verb",
    "street_abbreviation",
    "street_noun",
    "strengthening",
    "stressed_pronoun",
    "suffered_deed",
    "support_verb",
    "surname_prefix",
    "taxed",
    "third_person",
    "ties",
    "time",
    "trade",
    "trade_without_office",
    "transfer_verb",
    "transparent_noun",
    "treaty_noun",
    "troops",
    "universal_determiner",
    "unlettered_word",
    "venue",
    "verb_group_word",
    "verb_homograph",
    "watercourse",
    "weekday",
    "which",
    "word_before_person",
    "work_noun",
    "yielding",
    "masculine",
    "masculine_civility",
    "feminine",
    "feminine_civility",
    "subject_pronoun",
    "object_clitic",
    "latter",
    "impersonal_verb",
    "impersonal_passive",
    "company_noun",
    "state_noun",
    "head_of_state",
    "head_of_government",
    "pronoun_opening",
    "territory_noun",
    "theophoric_prefix",
]


@dataclass(frozen=True, slots=True)
class WordClass:
    """A word of a class that rules know: a closed class of grammar, or one of meaning."""

    kind: WordKind
    form: str  # small letters, with its accents
    example: str


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A word of dates, and what it counts."""

    kind: Literal[
        "about",  # before a month: « en mars », « fin mars »
        "bound",  # makes a time an end of a stretch: « depuis mardi »
        "day",
        "month",
        "number",
        "part_of_day",
        "shift",
        "unit",
        "weekday",
    ]
    form: str  # small letters, with its accents
    value: (
        str  # number of the day or month, days from today, or the unit; 0 where it counts nothing
    )
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
class RuleBelief:
    """How much something is believed that finds names, links them or speaks for them.

    ``actor`` is how a name is that of a list, ``suspect`` a kind of pair that one person may
    settle, ``vote`` what adds to the beliefs of finders where several readings of a name meet;
    ``person`` and ``no-person`` are what speaks for a word alone being a person, and against.
    """

    part: Literal["actor", "finder", "link", "no-person", "person", "suspect", "vote"]
    name: str
    belief: str  # from 0; an actor, a link, a suspect at most 1, others are compared
    definition: str
    example: str  # in which a mention has this finder or link


@dataclass(frozen=True, slots=True)
class JudgedRows:
    """How many rows with some evidence were judged on annotated texts, and how many were right.

    Made by ``tools/calibration.py``, never by hand.
    """

    table: Literal["mentions", "relations"]
    evidence: str  # from general to special, each part behind a bar: « model / PER / one word »
    right: str
    judged: str


@dataclass(frozen=True, slots=True)
class ActorWord:
    """What lists of actors call something: a column, a column only persons have, a kind.

    ``civility`` stands before a name and is none of it, ``gender`` is a column of genders,
    ``party`` of parties, ``unprinted`` one whose values no text prints.
    """

    part: Literal["civility", "column", "gender", "party", "person", "type", "unprinted"]
    form: str
    meaning: Literal[
        # of a column
        "id",
        "name",
        "family",
        "given",
        "alias",
        "form",
        "label",
        "type",
        "url",
        # of a kind: a label of ours, what may be a person or a body, what we do not find
        "PER",
        "ORG",
        "guess",
        "none",
    ]
    example: str
