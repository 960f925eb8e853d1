"""Shows one article in a notebook: its entities in colour, its relations listed under it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from spacy import displacy

from entextract.export.looks import COLOURS
from entextract.records.nouns import Rows


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """A page that Jupyter draws; ``html`` is its source."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show(result: Rows, article: str) -> ShownArticle:
    """See ``Extraction.show``."""
    found = next((one for one in result.articles if one.id == article), None)
    if found is None:
        known = ", ".join(one.id for one in result.articles[:5])
        raise ValueError(f"no article {article!r}; the first ones are {known}")
    if not found.text:
        raise ValueError(f"the text of {article!r} is not here: tables read back hold none")
    names = {entity.id: entity.name for entity in result.entities}
    marks = [
        {"start": m.start, "end": m.end, "label": m.label}
        for m in sorted(result.mentions, key=lambda m: m.start)
        if m.article == article
    ]
    text = displacy.render(
        {"text": found.text, "ents": marks, "title": None},
        style="ent",
        manual=True,
        jupyter=False,
        options={"colors": COLOURS},
    )
    return ShownArticle(text + _relations(result, article, names))


def _relations(result: Rows, article: str, names: dict[str, str]) -> str:
    rows = [
        "".join(
            f"<td>{escape(cell)}</td>"
            for cell in (
                names.get(r.source, r.source),
                r.kind,
                names.get(r.target, r.target),
                r.status,
                names.get(r.speaker, r.speaker),
                r.trigger,
            )
        )
        for r in sorted(result.relations, key=lambda r: r.start)
        if r.article == article
    ]
    if not rows:
        return ""
    header = "".join(
        f"<th>{name}</th>" for name in ("source", "kind", "target", "status", "speaker", "trigger")
    )
    return f"<table><tr>{header}</tr>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
