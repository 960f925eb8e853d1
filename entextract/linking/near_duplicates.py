"""Near-duplicates: which articles are one text published several times (« copies » in the tables).

A dispatch that thirty papers print is one text. Two articles are copies when at least ``THRESHOLD``
of their shingles (runs of three words, without case, accents and punctuation) are shared:
the share of common ones among all of both, which is Jaccard's index. MinHash and locality-sensitive
hashing only propose pairs; each pair is then verified on the shingles themselves.

An article is compared with representatives, never with other copies, so that a long chain of small
changes cannot join two different texts. Representatives are the earliest: by date, then the
longest, then by id; the order in which articles are given changes nothing.

Below this threshold stand other articles on the same matter, and daily results or tables that
repeat one form; above it a few of those remain, and a higher threshold leaves them out. A text cut
by half is not found. What is kept of an article are numbers only: see ``minhash``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal, get_args

from entextract.linking.entities import count_again
from entextract.linking.minhash import BANDS, THRESHOLD, near, signature
from entextract.records.calendar import TimeOrder, time_order
from entextract.records.nouns import Article, Copy, SomeRows

Unit = Literal["text", "source", "article"]


def find_copies(articles: Iterable[Article], *, threshold: float = THRESHOLD) -> tuple[Copy, ...]:
    """The articles that are copies of another, sorted by id; the others are not in the table.

    Args:
        articles: read once, one at a time. An article without text is nobody's copy.
        threshold: least share of common shingles, from 0.6 to 1.

    Raises:
        ValueError: a threshold out of range: pairs below would be missed.

    >>> text = "Le port de Lomé sera agrandi, a annoncé jeudi le ministre togolais."
    >>> again = text.replace("Lomé", "LOME")
    >>> find_copies([Article("b", again, date="2024-09-13"), Article("a", text, date="2024-09-12")])
    (Copy(article='b', representative='a', similarity=1.0),)
    """
    if not THRESHOLD <= threshold <= 1:
        raise ValueError(f"threshold is {threshold}: it must be from {THRESHOLD} to 1")
    import numpy as np

    texts = sorted(
        (
            ((time_order(article.date), -found.words, article.id), found)
            for article in articles
            if (found := signature(article.text))
        ),
        key=lambda text: text[0],
    )
    bands = np.array([found.bands for _, found in texts], np.uint64).reshape(-1, BANDS)
    names = [order[2] for order, _ in texts]
    pairs = near(bands, lambda row: texts[row][1].shingles, range(len(texts)), threshold)
    copies = [Copy(names[one], names[other], round(share, 3)) for one, other, share in pairs]
    return tuple(sorted(copies, key=lambda copy: copy.article))


def weights(
    articles: Iterable[Article], copies: Iterable[Copy], by: Unit = "text"
) -> dict[str, float]:
    """How much each article counts, by id.

    Args:
        articles: all of them; their texts are not needed.
        copies: what ``find_copies`` returned for them.
        by: ``"text"``: a text counts once, whoever printed it. ``"source"``: once for each source
            that printed it. ``"article"``: each time it was printed; the other editions that
            Europresse names for an article (``other_editions``) count with it.

    Returns:
        0 for an article that another one stands for.

    Raises:
        ValueError: another word for ``by``.
    """
    if by not in get_args(Unit):
        raise ValueError(f"by is {by!r}: choose one of {', '.join(get_args(Unit))}")
    known = {copy.article: copy.representative for copy in copies}
    rows = list(articles)
    if by == "article":
        return {a.id: 1.0 + _other_editions(a.meta) for a in rows}
    if by == "text":
        return {a.id: float(a.id not in known) for a in rows}
    taken = {(a.id, a.source) for a in rows if a.id not in known}
    counts = {a.id: 1.0 for a in rows if a.id not in known}
    for article in sorted((a for a in rows if a.id in known), key=_order):
        printed = (known[article.id], article.source)
        counts[article.id] = float(printed not in taken)
        taken.add(printed)
    return counts


def distinct(result: SomeRows, copies: Iterable[Copy] | None = None, by: Unit = "text") -> SomeRows:
    """The result without the articles that another one stands for, its entities counted anew.

    A graph counts so by itself: see ``count`` of ``EntityGraph.of_comentions``.

    Args:
        result: what ``extract`` returned.
        copies: what ``find_copies`` returned for its articles; those of the result if missing.
        by: what counts once, see ``weights``; with ``"article"`` the result is given back as it is.

    Raises:
        ValueError: another word for ``by``.
    """
    copies = result.copies if copies is None else copies
    counted = weights(result.articles, copies, by)
    left_out = {name for name, weight in counted.items() if not weight}
    if not left_out:
        return replace(result, copies=())
    mentions = tuple(m for m in result.mentions if m.article not in left_out)
    return replace(
        result,
        articles=tuple(a for a in result.articles if a.id not in left_out),
        mentions=mentions,
        entities=count_again(result.entities, mentions),
        relations=tuple(r for r in result.relations if r.article not in left_out),
        quotes=tuple(q for q in result.quotes if q.article not in left_out),
        sentences=tuple(s for s in result.sentences if s.article not in left_out),
        copies=(),
    )


def group_sizes(copies: Iterable[Copy]) -> dict[str, int]:
    """Number of articles of each text that has copies, by id of its representative.

    >>> group_sizes([Copy("b", "a", 1.0), Copy("c", "a", 0.8)])
    {'a': 3}
    """
    counted = Counter(copy.representative for copy in copies)
    return {name: count + 1 for name, count in sorted(counted.items())}


def _other_editions(meta: Mapping[str, str]) -> int:
    count = meta.get("other_editions", "")
    return int(count) if count.isdecimal() else 0


def _order(article: Article) -> tuple[TimeOrder, str]:
    return time_order(article.date), article.id
