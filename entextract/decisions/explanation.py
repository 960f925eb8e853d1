"""Says why mentions are one entity: each form, the rule that gave it the id, and a sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from entextract import linking
from entextract.records.nouns import Entity, Kind, Mention, Rows
from entextract.records.spelling import level

if TYPE_CHECKING:
    import pandas as pd

_STEP = "+"  # between what found a name and what linked it
_SETTLED = frozenset(["decision:merge", "decision:split", "decision:never-merge"])


@dataclass(frozen=True, slots=True)
class FormReason:
    """One form of an entity, and what made it one.

    Attributes:
        form: the text.
        kind: name, demonym or metonym.
        rule: what found it, then what linked it.
        confidence: how sure the link is, from 0 to 1; nothing for a form that stands for itself.
        mentions: how many.
        articles: in how many articles.
        article: where the example stands.
        example: a sentence with it; empty when sentences are not known.
    """

    form: str
    kind: Kind
    rule: str
    confidence: float | None
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
            sure = "    " if r.confidence is None else f"{r.confidence:.2f}"
            start = f"  {r.form:{form_width}}  {r.mentions:5} ×  {r.rule:{rule_width}}  {sure}"
            lines.append(f"{start}  {r.article}: {_short(r.example)}" if r.example else start)
        return "\n".join(line.rstrip() for line in lines)

    def to_frame(self) -> pd.DataFrame:
        """One row a form and rule, with the columns of ``FormReason``."""
        import pandas as pd

        columns = list(FormReason.__dataclass_fields__)
        return pd.DataFrame([asdict(reason) for reason in self.reasons], columns=columns)


def explain(result: Rows, entity: str) -> Explanation:
    """The forms of an entity, with the rule and the confidence of each link, and an example.

    Args:
        result: what ``extract`` returned.
        entity: an id, or a name that one entity alone has.

    Raises:
        ValueError: no entity has this id or name, or several have this name.

    >>> from entextract import Entity, Extraction, Mention
    >>> mention = Mention("a1", 0, 4, "BERD", "ORG", "name", "org:berd", 0, 0, "table")
    >>> berd = Entity("org:berd", "BERD", "ORG", None, ("BERD",), 1, 1)
    >>> explain(Extraction(mentions=(mention,), entities=(berd,)), "org:berd")
    BERD  org:berd  ORG, 1 mentions in 1 articles
      BERD      1 ×  table
    """
    found = _find(result, entity)
    sentences = {(s.article, s.sentence): s.text for s in result.sentences}
    groups: dict[tuple[str, Kind, str], list[Mention]] = defaultdict(list)
    for mention in result.mentions:
        if mention.entity == found.id:
            groups[" ".join(mention.text.split()), mention.kind, mention.rule].append(mention)
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
                _confidence(rule),
                len(mentions),
                articles,
                first.article,
                " ".join(text.split()),
            )
        )
    times: Counter[str] = Counter()
    for reason in reasons:
        times[reason.form] += reason.mentions
    reasons.sort(key=lambda r: (-times[r.form], r.form, -r.mentions, r.rule))
    return Explanation(found, tuple(reasons))


def _find(result: Rows, wanted: str) -> Entity:
    for entity in result.entities:
        if entity.id == wanted:
            return entity
    key = level(wanted).casefold()
    found = [e for e in result.entities if level(e.name).casefold() == key]
    if len(found) == 1:
        return found[0]
    if found:
        ids = ", ".join(e.id for e in found)
        raise ValueError(f"{wanted!r} is the name of several entities: write one of {ids}")
    known = [name for e in result.entities for name in (e.id, e.name)]
    near = get_close_matches(wanted, known, 3)
    guess = f"; near it: {', '.join(near)}" if near else ""
    raise ValueError(f"no entity {wanted!r}{guess}")


def _confidence(rule: str) -> float | None:
    """How sure the links of a rule are; what a person decided is certain."""
    steps = rule.split(_STEP)[1:]
    links = [step for step in steps if not step.startswith("decision:")]
    if _SETTLED & {*steps}:
        return 1.0
    measure = getattr(linking, "confidence", None)
    return float(measure(_STEP.join(links))) if links and measure else None


def _short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
