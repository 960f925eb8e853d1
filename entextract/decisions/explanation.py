"""Says why mentions are one entity: each form, the rule that gave it the id, and a sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from entextract.linking.merges import score
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


@dataclass(frozen=True)
class Explanation:
    """Why an entity is what it is; shown as text, or as a table by ``to_frame``."""

    entity: Entity
    reasons: tuple[FormReason, ...]

    def __repr__(self) -> str:
        e = self.entity
        lines = [f"{e.name}  {e.id}  {e.label}, {e.mentions} mentions in {e.articles} articles"]
        form_width = max((len(r.form) for r in self.reasons), default=0)
        rule_width = max((len(r.rule) for r in self.reasons), default=0)
        for r in self.reasons:
            sure = "    " if r.score is None else f"{r.score:.2f}"
            start = f"  {r.form:{form_width}}  {r.mentions:5} ×  {r.rule:{rule_width}}  {sure}"
            lines.append(f"{start}  {r.article}: {_short(r.example)}" if r.example else start)
        return "\n".join(line.rstrip() for line in lines)

    def to_frame(self) -> pd.DataFrame:
        """One row a form and rule, with the columns of ``FormReason``."""
        import pandas as pd

        columns = list(FormReason.__dataclass_fields__)
        return pd.DataFrame([asdict(reason) for reason in self.reasons], columns=columns)


def explain(result: Rows, entity: str) -> Explanation:
    """The forms of an entity, with the rule and the score of each link, and an example.

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
    return Explanation(found, tuple(reasons))


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
