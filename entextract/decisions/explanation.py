"""Says why mentions are one entity, and what tells who it is, with a sentence for each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from entextract.linking.merges import score
from entextract.profiles import Trait, profiles_of
from entextract.records.lookup import Lookup
from entextract.records.nouns import Entity, Kind, Mention, Rows
from entextract.records.rules import Rule
from entextract.records.spelling import spaced

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class FormReason:
    """One form of an entity, and what made it one.

    Attributes:
        form: the text.
        kind: name, demonym or metonym.
        rule: what found it, then what linked it.
        score: how sure the link is, from 0 to 1; nothing for a form that stands for itself.
        mentions: how many.
        articles: in how many articles.
        article: where the example stands.
        example: a sentence with it; empty when sentences are not known.
    """

    form: str
    kind: Kind
    rule: str
    score: float | None
    mentions: int
    articles: int
    article: str
    example: str


@dataclass(frozen=True, slots=True)
class TraitReason:
    """One value of the profile of an entity, and what says it.

    Attributes:
        attribute: « gender », « office », « party » …, see ``Profile``.
        value: in words.
        other: id of the entity that the value speaks of; empty where there is none.
        count: how often it is said; 0 for what a table or the name alone says.
        share: of all that is said of the attribute.
        rule: what says it in the example: « civility », « position_held », « name » …
        article: where it is first said; empty where no article says it.
        example: the sentence.
    """

    attribute: str
    value: str
    other: str
    count: int
    share: float
    rule: str
    article: str
    example: str


@dataclass(frozen=True)
class Explanation:
    """Why an entity is what it is; shown as text, or as tables.

    ``to_frame`` has its forms, ``profile_frame`` the values of its profile.
    """

    entity: Entity
    reasons: tuple[FormReason, ...]
    traits: tuple[TraitReason, ...] = ()

    def __repr__(self) -> str:
        e = self.entity
        lines = [f"{e.name}  {e.id}  {e.label}, {e.mentions} mentions in {e.articles} articles"]
        form_width = max((len(r.form) for r in self.reasons), default=0)
        rule_width = max((len(r.rule) for r in self.reasons), default=0)
        for r in self.reasons:
            sure = "    " if r.score is None else f"{r.score:.2f}"
            start = f"  {r.form:{form_width}}  {r.mentions:5} ×  {r.rule:{rule_width}}  {sure}"
            lines.append(f"{start}  {r.article}: {_short(r.example)}" if r.example else start)
        for t in self.traits:
            start = f"  {t.attribute}  {t.value}  {t.count} ×  {t.rule}  {t.share:.2f}"
            lines.append(f"{start}  {t.article}: {_short(t.example)}" if t.example else start)
        return "\n".join(line.rstrip() for line in lines)

    def to_frame(self) -> pd.DataFrame:
        """One row a form and rule, with the columns of ``FormReason``."""
        import pandas as pd

        columns = list(FormReason.__dataclass_fields__)
        return pd.DataFrame([asdict(reason) for reason in self.reasons], columns=columns)

    def profile_frame(self) -> pd.DataFrame:
        """One row a value of the profile, with the columns of ``TraitReason``."""
        import pandas as pd

        columns = list(TraitReason.__dataclass_fields__)
        return pd.DataFrame([asdict(trait) for trait in self.traits], columns=columns)


def explain(result: Rows, entity: str) -> Explanation:
    """The forms of an entity, with the rule and the score of each link, and an example.

    Then what its profile says of it, see ``Profile``: each value with how often it is said, its
    share of all that is said of the attribute, and the first sentence that says it.

    Args:
        result: what ``extract`` returned.
        entity: an id, or a name or form that one entity alone has, however it is spelt.

    Raises:
        ValueError: no entity has this id, name or form, or several have it.

    >>> from entextract import Entity, Extraction, Mention
    >>> mention = Mention("a1", 0, 4, "BERD", "ORG", "name", "org:berd", 0, 0, "table")
    >>> berd = Entity("org:berd", "BERD", "ORG", None, ("BERD",), 1, 1)
    >>> explain(Extraction(mentions=(mention,), entities=(berd,)), "org:berd")
    BERD  org:berd  ORG, 1 mentions in 1 articles
      BERD      1 ×  table
      kind_of_body  international  0 ×  name  1.00
    """
    known = {one.id: one for one in result.entities}
    found = known[Lookup.of(result.entities).find(entity)]
    sentences = {(s.article, s.sentence): s.text for s in result.sentences}
    groups: dict[tuple[str, Kind, str], list[Mention]] = defaultdict(list)
    for mention in result.mentions:
        if mention.entity == found.id:
            groups[spaced(mention.text), mention.kind, mention.rule].append(mention)
    reasons = []
    for (form, kind, rule), mentions in groups.items():
        first = min(mentions, key=lambda m: (m.article, m.start))
        text = sentences.get((first.article, first.sentence), "")
        articles = len({m.article for m in mentions})
        reasons.append(
            FormReason(
                form,
                kind,
                rule,
                score(Rule.parse(rule)),
                len(mentions),
                articles,
                first.article,
                spaced(text),
            )
        )
    times: Counter[str] = Counter()
    for reason in reasons:
        times[reason.form] += reason.mentions
    reasons.sort(key=lambda r: (-times[r.form], r.form, -r.mentions, r.rule))
    return Explanation(found, tuple(reasons), tuple(_traits(result, found, sentences)))


def _traits(
    result: Rows, entity: Entity, sentences: Mapping[tuple[str, int], str]
) -> list[TraitReason]:
    own = Rows(
        articles=result.articles,
        mentions=tuple(m for m in result.mentions if m.entity == entity.id),
        relations=tuple(r for r in result.relations if entity.id in (r.source, r.target)),
        sentences=result.sentences,
    )
    traits = profiles_of([own], result.entities).evidence(entity)
    return [_reason(trait, sentences) for trait in traits]


def _reason(trait: Trait, sentences: Mapping[tuple[str, int], str]) -> TraitReason:
    text = sentences.get((trait.article, trait.sentence), "")
    known = asdict(trait)
    del known["entity"], known["sentence"]
    return TraitReason(**known, example=spaced(text))


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
