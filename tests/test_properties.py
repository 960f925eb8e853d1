"""What holds for any text made of French pieces: offsets, ids, spans, order, cuts."""

import re
from typing import get_args

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from entextract.pipes.sentences import Sentences
from entextract.reading.extraction import extract
from entextract.reading.readable import readable, reading_of
from entextract.records.nouns import LABELS, Article, Kind

PIECES = [
    "Le Kazakhstan",
    "Moscou dénonce",
    "la ministre Élodie Marchand",
    "Marchand",
    "M. al-Sissi",
    "russo-ukrainienne",
    "ex-soviétique",
    "l’OTAN",
    "L'Observatoire du Ponant (OP)",
    "OP",
    "(c) AFP",
    "Lire aussi : la Chine",
    "« Non », a déclaré",
    "le ministère de la",
    "Défense",
    "Entre",
    "et",
    "de",
    "-",
    "|",
    "(",
    ")",
    ".",
    "»",
    "\n",
    "\r\n",
    "\u00a0",
    "\x00",
    "\ud800",
    "😀",
    "É",
    "mardi",
    "Mardi",
    "les",
    "À",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)
READING = settings(max_examples=60)
_ENDS = re.compile(r"[\r\n]")
TITLES = re.compile(r"^(?:M\.|Mme|le|la|les|l'|l’|ministre|président)\b", re.IGNORECASE)


@READING
@given(st.lists(TEXTS, max_size=3))
@example(["Moscou dénonce Le Kazakhstan Le Kazakhstan Le Kazakhstan"])
def test_rows_are_sound(nlp_rules: Language, texts: list[str]) -> None:
    articles = [Article(id=f"a{n}", text=text) for n, text in enumerate(texts)]
    result = extract(articles, nlp_rules)
    assert result.problems == ()
    assert result.articles == tuple(articles)
    by_id = {article.id: article.text for article in articles}
    for m in result.mentions:
        assert m.text == by_id[m.article][m.start : m.end]
        assert m.text == m.text.strip() != ""
        assert "\n" not in reading_of(by_id[m.article]).given[m.start : m.end]
        assert m.label in LABELS
        assert m.kind in get_args(Kind)
        assert re.fullmatch(r"country:[A-Z]{2}|(?:per|org|loc):[a-z0-9]+(?:-[a-z0-9]+)*", m.entity)
        assert (m.label == "COUNTRY") == m.entity.startswith("country:")
        assert m.rule
        if m.label == "PER":
            assert not TITLES.match(m.text)
    sentences = {(s.article, s.sentence): s for s in result.sentences}
    assert len(sentences) == len(result.sentences)
    assert {(m.article, m.sentence) for m in result.mentions} == set(sentences)
    for m in result.mentions:
        assert sentences[m.article, m.sentence].start <= m.start
        assert m.end <= sentences[m.article, m.sentence].end


@READING
@given(TEXTS)
def test_mentions_of_an_article_stand_in_order_without_overlap(
    nlp_rules: Language, text: str
) -> None:
    mentions = extract([Article(id="a", text=text)], nlp_rules).mentions
    for one, other in zip(mentions, mentions[1:], strict=False):
        assert one.end <= other.start
        assert one.sentence <= other.sentence
        assert one.paragraph <= other.paragraph


@READING
@given(st.lists(TEXTS, max_size=4))
def test_order_of_articles_does_not_matter(nlp_rules: Language, texts: list[str]) -> None:
    articles = [Article(id=f"a{n}", text=text) for n, text in enumerate(texts)]
    there, back = extract(articles, nlp_rules), extract(articles[::-1], nlp_rules)
    assert there.entities == back.entities
    assert set(there.mentions) == set(back.mentions)


@READING
@given(TEXTS)
def test_reading_twice_gives_the_same(nlp_rules: Language, text: str) -> None:
    articles = [Article(id="a", text=text)]
    assert extract(articles, nlp_rules) == extract(articles, nlp_rules)


@READING
@given(TEXTS)
def test_no_pipe_changes_the_text(nlp_rules: Language, text: str) -> None:
    text = text.replace("\ud800", "")
    kept = nlp_rules(text).text  # but for blanks that spaCy takes for words, line ends of a margin
    assert _ENDS.sub(" ", kept) == _ENDS.sub(" ", readable(text))


@READING
@given(TEXTS)
def test_every_sentence_starts_with_something(nlp_rules: Language, text: str) -> None:
    doc = nlp_rules.make_doc(text.replace("\ud800", ""))
    starts = Sentences(nlp_rules, "s").find(doc)
    assert starts == sorted(set(starts))
    assert all(not doc[i].is_space for i in starts)


UNSEEN = st.sampled_from("\u00ad\u200b\u200c\u200d\u200e\u200f\u202e\u2060\u2069\ufe0f\ufeff")


@READING
@given(st.lists(st.tuples(st.sampled_from(PIECES), UNSEEN, st.integers(0, 9)), max_size=14))
@example([("Moscou dénonce", "\u200b", 6), ("la ministre Élodie Marchand", "\u00ad", 0)])
@example([("la ministre Élodie Marchand", "\u200d", 3), ("\n", "\ufeff", 0), ("M.", "\u2060", 2)])
def test_characters_that_nobody_sees_change_nothing(
    nlp_rules: Language, pieces: list[tuple[str, str, int]]
) -> None:
    # inside words: between a body and its state one would count as a word between them
    pieces = [(p, unseen, max(min(at, len(p) - 1), len(p) > 1)) for p, unseen, at in pieces]
    plain = " ".join(piece for piece, _, _ in pieces)
    text = " ".join(f"{piece[:at]}{unseen}{piece[at:]}" for piece, unseen, at in pieces)
    # a soft hyphen that ends a line is seen: it says that the word goes on in the next
    assume(not any(line.rstrip().endswith("\u00ad") for line in text.split("\n")[:-1]))
    places = [i for i, c in enumerate(text) if c in plain_characters(plain)]
    assert [text[i] for i in places] == list(plain)
    seen, marked = (extract([Article(id="a", text=t)], nlp_rules) for t in (plain, text))
    assert [(places[m.start], places[m.end - 1] + 1) for m in seen.mentions] == [
        (m.start, m.end) for m in marked.mentions
    ]
    kept = ("label", "kind", "entity", "sentence", "paragraph", "rule")
    for one, other in zip(seen.mentions, marked.mentions, strict=True):
        assert [getattr(one, name) for name in kept] == [getattr(other, name) for name in kept]
        assert other.text == text[other.start : other.end]
    assert seen.entities == marked.entities
    for one, other in zip(seen.sentences, marked.sentences, strict=True):
        assert (other.sentence, other.text) == (one.sentence, text[other.start : other.end])
    doc = nlp_rules(text.replace("\ud800", " "))
    assert [(e.start_char, e.end_char) for e in doc.ents] == [
        (m.start, m.end) for m in marked.mentions
    ]


def plain_characters(text: str) -> frozenset[str]:
    return frozenset(text)
