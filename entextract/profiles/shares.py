"""How many words are quoted of whom: by gender, by party, by newspaper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from entextract.profiles.speech import counted_words
from entextract.records.nouns import Article, Profile, Quote

By = Literal["gender", "party", "source"]
UNKNOWN = "unknown"  # a named speaker of whom nothing tells it
BODY = "body"  # an organisation or a state, which has no gender
UNNAMED = "unnamed"  # « une source », « elle » that stands for nobody known
NOBODY = "nobody"  # words between marks that the text gives to no one


@dataclass(frozen=True, slots=True)
class Share:
    """What is quoted of one group of speakers.

    Attributes:
        group: the value of each thing that was counted by.
        speakers: how many distinct ones are named.
        articles: in how many articles.
        quotes: how many quotations, and how many of them between quotation marks.
        direct: those.
        words: how many words, each once.
        share: of the words of all rows that differ in the last thing counted by only.
    """

    group: tuple[str, ...]
    speakers: int
    articles: int
    quotes: int
    direct: int
    words: int
    share: float


def shares_of(
    quotes: Iterable[Quote],
    articles: Iterable[Article],
    profiles: Iterable[Profile],
    by: Sequence[By] = ("gender",),
) -> list[Share]:
    """The shares of the words quoted.

    Args:
        quotes: the quotations.
        articles: those that they are in.
        profiles: of the speakers.
        by: what to count by; of several, the last is shared out within the others: with
            ``("source", "gender")``, women's share of what each newspaper quotes.

    Returns:
        One row a group, in order, those of most words first within the last thing counted by.

    Raises:
        ValueError: nothing to count by, or something else.

    >>> said = Quote("a", "per:rey", "Rey", "Nous partons", 1, 13, "dit", "direct", "incise")
    >>> [(share.group, share.words, share.share) for share in shares_of([said], [], [])]
    [(('unknown',), 2, 1.0)]
    """
    if not by or set(by) - set(get_args(By)):
        raise ValueError(f"by {', '.join(by) or 'nothing'}: choose {', '.join(get_args(By))}")
    known = {profile.entity: profile for profile in profiles}
    sources = {article.id: article.source for article in articles}
    quotes = list(quotes)
    groups: dict[tuple[str, ...], list[tuple[Quote, int]]] = {}
    for quote, words in zip(quotes, counted_words(quotes), strict=True):
        group = tuple(_value(one, quote, known, sources) for one in by)
        groups.setdefault(group, []).append((quote, words))
    totals: dict[tuple[str, ...], int] = {}
    for group, rows in groups.items():
        totals[group[:-1]] = totals.get(group[:-1], 0) + sum(words for _, words in rows)
    found = [_share(group, rows, totals[group[:-1]]) for group, rows in groups.items()]
    return sorted(found, key=lambda one: (one.group[:-1], -one.words, one.group))


def _share(group: tuple[str, ...], rows: Sequence[tuple[Quote, int]], total: int) -> Share:
    words = sum(words for _, words in rows)
    return Share(
        group,
        speakers=len({quote.speaker for quote, _ in rows} - {""}),
        articles=len({quote.article for quote, _ in rows}),
        quotes=len(rows),
        direct=sum(quote.kind == "direct" for quote, _ in rows),
        words=words,
        share=round(words / total, 4) if total else 0.0,
    )


def _value(by: By, quote: Quote, known: Mapping[str, Profile], sources: Mapping[str, str]) -> str:
    if by == "source":
        return sources.get(quote.article, "")
    if not quote.speaker:
        return UNNAMED if quote.said_by else NOBODY
    speaker = known.get(quote.speaker)
    if speaker is None:
        return UNKNOWN
    if by == "gender":
        return (speaker.gender or UNKNOWN) if speaker.label == "PER" else BODY
    if speaker.kind_of_body == "party":
        return speaker.name
    return speaker.parties[0] if speaker.parties else UNKNOWN
