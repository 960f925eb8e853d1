"""Scores a result against articles annotated by hand. Prints nothing.

Names are right when span and label are right; leading articles and quotes cost nothing
(``l'Ukraine`` and ``Ukraine`` are one span). Everything is counted article by article, then added.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, get_args

import networkx as nx

from entextract.records.nouns import LABELS, Kind, Label, Rows

if TYPE_CHECKING:
    import pandas as pd

KINDS: tuple[Kind, ...] = get_args(Kind)
CORE: tuple[Label, ...] = ("PER", "COUNTRY", "ORG")
MEASURES = (*LABELS, "CORE", "demonym", "metonym", "identity", "edges")

_OPENING = re.compile(
    r"(?:[\s\"'“”«»‘’(]+|(?:l|d|qu)['’]|(?:le|la|les|du|des|de)\s)+", re.IGNORECASE
)
_CLOSING = " \n\t\"'“”«»‘’),.;:"


class GoldError(ValueError):
    """A line of a gold file that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A marked span; ``entity`` is an id of the annotator, good in one article only."""

    start: int
    end: int
    label: Label
    kind: Kind
    entity: str
    country: str | None  # ISO 3166-1 alpha-2 of the entity, for COUNTRY only


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article and every mention that should be found in it."""

    id: str
    text: str
    mentions: tuple[GoldMention, ...]


def read_gold(path: str | Path) -> list[GoldArticle]:
    """Read annotated articles, one JSON object a line.

    A line holds ``id``, ``text`` and ``entities``; an entity holds ``id``, ``type`` (a label),
    ``code`` (for COUNTRY) and ``mentions``; a mention holds ``start``, ``end``, ``kind`` and,
    if it is to be checked, ``text``. Other keys are left alone.

    Raises:
        GoldError: a line is not of this form, or its offsets do not fit its text.
        FileNotFoundError: there is no such file.
    """
    path = Path(path)
    articles: dict[str, GoldArticle] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            article = _gold_article(json.loads(line))
            if article.id in articles:
                raise ValueError(f"article {article.id!r} stands twice in this file")
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}:{number}: {_reason(error)}") from error
        articles[article.id] = article
    if not articles:
        raise GoldError(f"{path}: no article in this file; expected one JSON object a line")
    return list(articles.values())


def score(result: Rows, gold: Sequence[GoldArticle]) -> pd.DataFrame:
    """Precision, recall and F of a result, one row a measure.

    - ``PER``, ``COUNTRY``, ``ORG``, ``LOC``: proper names with the right span and label;
      ``CORE`` is the first three together.
    - ``demonym``, ``metonym``: right span and, where the gold names a country, that country.
    - ``identity``: are mentions of one entity together? CEAF with the phi4 similarity.
    - ``edges``: pairs of entities that share a paragraph (a line), entities being aligned first.

    Args:
        result: extracted from the texts of ``gold``.
        gold: annotated articles; articles of the result that are not among them are not counted.

    Returns:
        A DataFrame with the columns measure, precision, recall, f, gold, predicted.

    Raises:
        ValueError: a gold article is not in the result, or its text is another one.
    """
    import pandas as pd

    _check_same_texts(result, gold)
    found = _found_mentions(result)
    right: defaultdict[str, float] = defaultdict(float)
    expected: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    for article in gold:
        wanted = [_trimmed(mention, article.text) for mention in article.mentions]
        got = [_trimmed(mention, article.text) for mention in found[article.id]]
        for measure, hits, n_wanted, n_got in _counts(wanted, got, article.text):
            right[measure] += hits
            expected[measure] += n_wanted
            predicted[measure] += n_got
    rows = []
    for measure in MEASURES:
        precision = right[measure] / predicted[measure] if predicted[measure] else 0.0
        recall = right[measure] / expected[measure] if expected[measure] else 0.0
        both = precision + recall
        f = 2 * precision * recall / both if both else 0.0
        rows.append((measure, precision, recall, f, expected[measure], predicted[measure]))
    return pd.DataFrame(rows, columns=["measure", "precision", "recall", "f", "gold", "predicted"])


def _counts(
    wanted: Sequence[GoldMention], got: Sequence[GoldMention], text: str
) -> Iterator[tuple[str, float, int, int]]:
    """For each measure: what is right, what was wanted, what was found, in one article."""
    for measure in (*LABELS, "CORE"):
        labels = CORE if measure == "CORE" else (measure,)
        gold, predicted = _names(wanted, labels), _names(got, labels)
        yield measure, len(gold & predicted), len(gold), len(predicted)
    for kind in ("demonym", "metonym"):
        gold_countries, countries = _countries(wanted, kind), _countries(got, kind)
        hits = sum(
            span in countries and code in (None, countries[span])
            for span, code in gold_countries.items()
        )
        yield kind, hits, len(gold_countries), len(countries)
    gold_spans, spans = _spans_by_entity(wanted), _spans_by_entity(got)
    similarity, alignment = _align(gold_spans, spans)
    yield "identity", similarity, len(gold_spans), len(spans)
    gold_edges = {frozenset(pair) for pair in _pairs(wanted, text)}
    edges = {
        frozenset(alignment.get(entity, f"unaligned {entity}") for entity in pair)
        for pair in _pairs(got, text)
    }
    yield "edges", len(gold_edges & edges), len(gold_edges), len(edges)


def _names(mentions: Iterable[GoldMention], labels: Iterable[str]) -> set[tuple[int, int, str]]:
    return {(m.start, m.end, m.label) for m in mentions if m.kind == "name" and m.label in labels}


def _countries(mentions: Iterable[GoldMention], kind: str) -> dict[tuple[int, int], str | None]:
    return {(m.start, m.end): m.country for m in mentions if m.kind == kind}


def _spans_by_entity(
    mentions: Iterable[GoldMention],
) -> dict[tuple[str, Label], set[tuple[int, int]]]:
    spans = defaultdict(set)
    for mention in mentions:
        spans[mention.entity, mention.label].add((mention.start, mention.end))
    return dict(spans)


def _align(
    gold: Mapping[tuple[str, Label], set[tuple[int, int]]],
    found: Mapping[tuple[str, Label], set[tuple[int, int]]],
) -> tuple[float, dict[str, str]]:
    """The best one-to-one match of found entities with gold ones: its similarity, and the match.

    Two entities are similar by the share of their spans that they have in common (phi4), if they
    have one label.
    """
    likeness: nx.Graph[tuple[str, str]] = nx.Graph()
    for wanted, wanted_spans in gold.items():
        for got, got_spans in found.items():
            common = len(wanted_spans & got_spans)
            if common and wanted[1] == got[1]:
                weight = 2 * common / (len(wanted_spans) + len(got_spans))
                likeness.add_edge(("gold", wanted[0]), ("found", got[0]), weight=weight)
    match = [dict((a, b)) for a, b in nx.max_weight_matching(likeness)]
    total = sum(
        likeness.edges[("gold", pair["gold"]), ("found", pair["found"])]["weight"] for pair in match
    )
    return total, {pair["found"]: pair["gold"] for pair in match}


def _pairs(mentions: Iterable[GoldMention], text: str) -> set[tuple[str, str]]:
    """Entities named on the same line of the text, two by two."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    on_line = defaultdict(set)
    for mention in mentions:
        on_line[bisect_right(starts, mention.start)].add(mention.entity)
    return {pair for entities in on_line.values() for pair in combinations(sorted(entities), 2)}


def _found_mentions(result: Rows) -> dict[str, list[GoldMention]]:
    """The mentions of a result by article, in the form that the gold has."""
    countries = {entity.id: entity.country for entity in result.entities}
    found = defaultdict(list)
    for m in result.mentions:
        mention = GoldMention(m.start, m.end, m.label, m.kind, m.entity, countries.get(m.entity))
        found[m.article].append(mention)
    return found


def _trimmed(mention: GoldMention, text: str) -> GoldMention:
    """The mention without leading articles and quotes, nor closing quotes and full stops."""
    start, end = mention.start, mention.end
    opening = _OPENING.match(text, start, end)
    if opening and opening.end() < end:
        start = opening.end()
    end = start + len(text[start:end].rstrip(_CLOSING))
    return GoldMention(start, end, mention.label, mention.kind, mention.entity, mention.country)


def _check_same_texts(result: Rows, gold: Sequence[GoldArticle]) -> None:
    texts = {article.id: article.text for article in result.articles}
    for article in gold:
        if article.id not in texts:
            raise ValueError(f"gold article {article.id!r} is not among the articles of the result")
        # tables read back from CSV carry no texts
        if texts[article.id] not in ("", article.text):
            raise ValueError(f"article {article.id!r}: the result was made from another text")


def _gold_article(line: Any) -> GoldArticle:
    if not isinstance(line, dict):
        raise ValueError(f"expected a JSON object, found {type(line).__name__}")
    identifier, text = line["id"], line["text"]
    if not isinstance(identifier, str) or not isinstance(text, str):
        raise ValueError("id and text must be strings")
    mentions = [m for entity in line["entities"] for m in _gold_mentions(entity, text)]
    return GoldArticle(identifier, text, tuple(mentions))


def _gold_mentions(entity: Mapping[str, Any], text: str) -> Iterator[GoldMention]:
    label, country = entity["type"], entity.get("code")
    if label not in LABELS:
        raise ValueError(f"type {label!r} is not one of {', '.join(LABELS)}")
    if label == "COUNTRY" and not re.fullmatch("[A-Z]{2}", str(country)):
        raise ValueError(f"country {entity['id']!r} needs a code of two capitals, not {country!r}")
    for mention in entity["mentions"]:
        start, end, kind = mention["start"], mention["end"], mention.get("kind", "name")
        if kind not in KINDS:
            raise ValueError(f"kind {kind!r} is not one of {', '.join(KINDS)}")
        if not (type(start) is type(end) is int):
            raise ValueError(f"start and end must be integers, not {start!r} and {end!r}")
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}–{end} is outside the text ({len(text)} characters)")
        marked = mention.get("text", text[start:end])
        if marked != text[start:end]:
            raise ValueError(f"span {start}–{end} holds {text[start:end]!r}, not {marked!r}")
        code = cast(str, country) if label == "COUNTRY" else None
        yield GoldMention(start, end, label, kind, entity["id"], code)


def _reason(error: Exception) -> str:
    if isinstance(error, KeyError):
        return f"key {error.args[0]!r} is missing"
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    return str(error)
