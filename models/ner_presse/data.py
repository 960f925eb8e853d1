"""Annotated documents read for learning, and strict scores over them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from augment import Sample, Span
from spacy.language import Language

LABELS = {"PER": "PER", "LOC": "LOC", "ORG": "ORG", "EVENT": "MISC", "PRODUCT": "MISC"}
SCORED = ("PER", "LOC", "ORG")
QUOTES = " \t\r\n\u00a0\u202f\u2009\u200b\u200e\u200f\"'«»“”„‟‘’‹›`"
ARTICLES = ("l'", "l’", "d'", "d’", "la ", "le ", "les ", "l' ", "l’ ", "d' ", "d’ ")


def read_samples(path: Path, months: set[str], inside: bool) -> list[Sample]:
    """Samples of an annotated JSONL file, inside or outside some months (YYYY-MM)."""
    with path.open(encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    kept = (d for d in documents if ((d["date"] or "")[:7] in months) == inside)
    return [to_sample(d["text"], d["spans"]) for d in kept]


def to_sample(text: str, raw: list[dict[str, Any]]) -> Sample:
    """The spans learnt from one document: wanted labels, boundaries made consistent."""
    spans = []
    for item in raw:
        if label := LABELS.get(item["label"]):
            start, end = boundaries(text, item["start"], item["end"], label)
            if start < end:
                spans.append(Span(start, end, label))
    return Sample(text, tuple(spans))


def boundaries(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Leave out quotes, and articles unless they belong to the name (Le Monde, La Rochelle)."""
    start, end = strip_quotes(text, start, end)
    for article in ARTICLES:
        surface = text[start:end]
        rest = surface[len(article) :]
        if not surface.lower().startswith(article) or not rest:
            continue
        elided_place = label == "LOC" and "'" in article.replace("’", "'")
        if surface[0].islower() or rest[0].islower() or elided_place:
            start += len(article)
    return strip_quotes(text, start, end)


def strip_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Move both ends over quotes and spaces."""
    while start < end and text[start] in QUOTES:
        start += 1
    while start < end and text[end - 1] in QUOTES:
        end -= 1
    return start, end


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Boundaries as the score compares them: no quote and no leading article at all."""
    start, end = strip_quotes(text, start, end)
    for article in ARTICLES:
        surface = text[start:end].lower()
        if surface.startswith(article) and len(surface) > len(article):
            return trimmed(text, start + len(article), end)
    return start, end


def score(nlp: Language, samples: list[Sample]) -> dict[str, float]:
    """Strict F1 by label and over all, articles and quotes at the edges left out of account."""
    counts = {label: [0, 0, 0] for label in SCORED}
    for sample, doc in zip(samples, nlp.pipe(x.text for x in samples), strict=True):
        gold = comparable(sample.text, sample.spans)
        found = comparable(
            sample.text, (Span(e.start_char, e.end_char, e.label_) for e in doc.ents)
        )
        for label, count in counts.items():
            a = {x for x in gold if x[2] == label}
            b = {x for x in found if x[2] == label}
            count[0] += len(a & b)
            count[1] += len(a) + len(b)
    counts["micro"] = [sum(c[i] for c in counts.values()) for i in range(3)]
    return {label: 2 * c[0] / c[1] if c[1] else 0.0 for label, c in counts.items()}


def comparable(text: str, spans: Iterable[Span]) -> set[tuple[int, int, str]]:
    """Spans as the score compares them."""
    return {(*trimmed(text, s.start, s.end), s.label) for s in spans if s.label in SCORED}


def show(scores: dict[str, float]) -> str:
    """Scores on one line."""
    return " ".join(f"{label} {100 * value:.1f}" for label, value in scores.items())
