"""The nouns of entextract: frozen rows of plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, get_args

Label = Literal["PER", "COUNTRY", "ORG", "LOC"]
Kind = Literal["name", "demonym", "metonym"]
Status = Literal["actual", "negated", "hypothetical", "future", "reported"]
Wording = Literal["direct", "indirect"]
Action = Literal["refused", "empty", "repaired", "renamed", "shortened", "unknown"]
TableName = Literal["articles", "mentions", "entities", "relations", "quotes", "sentences"]

LABELS: tuple[Label, ...] = get_args(Label)
TABLES: tuple[TableName, ...] = get_args(TableName)
DERIVED: tuple[Literal["profiles"], ...] = ("profiles",)  # tables computed from the others
NOT_WRITTEN = {"written": False}  # said of a field that no table holds


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read.

    Attributes:
        id: unique in one run.
        text: the text as read; every offset counts its characters.
        title: headline, empty when unknown. It is read only if it also stands in ``text``.
        date: ``YYYY-MM-DD``, empty when unknown.
        source: newspaper, agency or site.
        url: address of the page.
        meta: whatever else the reader knew (author, section, file …).

    >>> Article(id="a1", text="Macron reçoit Scholz.").title
    ''
    """

    id: str
    text: str = field(metadata=NOT_WRITTEN)
    title: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """One name in one article; ``start`` and ``end`` are characters of ``Article.text``."""

    article: str
    start: int  # first character, included
    end: int  # last character, excluded
    text: str
    label: Label
    kind: Kind
    entity: str  # "per:emmanuel-macron", "country:FR", "org:onu"
    sentence: int  # number of the sentence in its article, from 0
    paragraph: int  # number of the line that is not blank, from 0
    rule: str  # what proposed it, then what linked it: "model", "model+corpus-surname", …
    score: float = 1.0  # from 0 to 1: how often such a find was right; 1 where a person decided
    list_row: str = ""  # the row of the user's list that has its entity: "elus.csv:12"
    list_score: float = 0.0  # how sure it is that this actor is meant, from 0 to 1


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what mentions speak of, over all articles."""

    id: str
    name: str
    label: Label
    country: str | None  # ISO 3166-1 alpha-2, for COUNTRY only
    forms: tuple[str, ...]  # distinct texts of its mentions, most frequent first
    mentions: int
    articles: int
    attributes: Mapping[str, str] = field(default_factory=dict)  # other columns of a user's list


@dataclass(frozen=True, slots=True)
class Relation:
    """A link that a sentence states, with the words that state it."""

    article: str
    source: str
    target: str
    kind: str
    status: Status
    speaker: str
    trigger: str
    start: int  # of the trigger, in characters of ``Article.text``
    end: int
    text: str  # the sentence, as read
    rule: str
    office: str = ""  # « ministre des Finances », or the word of kinship
    former: bool = False  # « ancien », « ex- »
    wikidata: str = ""  # properties of the kind, joined by |, for facts
    plover: str = ""  # PLOVER type, for events
    quad: str = ""  # verbal or material, cooperation or conflict
    goldstein: float = 0.0  # of the PLOVER type, from -10 (conflict) to 10; 0 for facts
    sentence: int = 0  # number of the sentence in its article, from 0
    source_start: int = 0  # of the words that stand for the source, in characters of the text
    source_end: int = 0
    target_start: int = 0
    target_end: int = 0
    one_end: bool = False  # nobody is said to have done it: the source is empty
    date: str = ""  # when it was, as the sentence says: « 2024-03-05 », « 2024-W09 », « 2024-03 »
    place: str = ""  # entity where it was, as the sentence says
    score: float = 1.0  # from 0 to 1: how often such a statement was right


@dataclass(frozen=True, slots=True)
class Quote:
    """What a text says that somebody said: between quotation marks, or in its own words."""

    article: str
    speaker: str  # the entity; empty where the text names none, or where it cannot be told
    said_by: str  # how the text names the speaker: « la ministre Anne Rey », « une source », « il »
    text: str  # what is said, as read; of several paragraphs, with the marks that open each
    start: int  # characters of ``Article.text``, the quotation marks left out
    end: int
    verb: str  # « déclaré »; empty for « selon X » and « X : »
    kind: Wording
    rule: str  # the construction that names the speaker; empty where nothing does


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that holds a mention: the evidence behind edges and relations."""

    article: str
    sentence: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Profile:
    """Who an entity is, as the articles say; of several values, the most stated comes first.

    It is computed from the other tables; ``explain`` gives the sentences behind each value.
    """

    entity: str
    name: str
    label: Label
    gender: str  # of a person, « m » or « f »; empty where nothing tells, or signs contradict
    gender_share: float  # of the signs that are for the more frequent gender; 0 without signs
    offices: tuple[str, ...]  # « ministre de la Justice (France) », of those still held
    former_offices: tuple[str, ...]
    affiliations: tuple[str, ...]  # ISO codes of the states of its offices, nationality or seat
    parties: tuple[str, ...]  # names
    kind_of_body: str  # of an organisation: « party », « media », see ``body_kinds.csv``
    owners: tuple[str, ...]  # of an organisation, names
    heads: tuple[str, ...]  # of an organisation or a state, names
    relatives: tuple[str, ...]  # « frère (Paul Rey) », or a name alone
    counterparts: tuple[str, ...]  # names of those that it meets, talks to or works with
    colleagues: tuple[str, ...]  # names of those whom an article has in an office of the same body
    statements: int  # quotations
    words: int  # of these, each counted once
    first: str  # date of the first article that names it, as ``YYYY-MM-DD``; empty when unknown
    last: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An article whose text is that of another one."""

    article: str
    representative: str  # id of the article that stands for all copies of the text
    similarity: float  # share of common shingles, 1.0 for the same words


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that did not go as the user expects, and what was done about it."""

    article: str  # id, or the path when no article could be made of it
    where: str  # file, line or column, as precise as known
    reason: str  # what was wrong, and what to do
    action: Action


@dataclass(frozen=True)
class Rows:
    """The rows of a run in memory, a tuple for each table; see ``Extraction``."""

    articles: tuple[Article, ...] = ()
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    problems: tuple[Problem, ...] = ()
    former: tuple[Entity, ...] = ()  # as they were before decisions changed them
    copies: tuple[Copy, ...] = ()  # of which a graph counts each text once
    quotes: tuple[Quote, ...] = ()


SomeRows = TypeVar("SomeRows", bound=Rows)  # what is given as an ``Extraction`` comes back as one
