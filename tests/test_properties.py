"""What holds for any text made of French pieces: offsets, ids, spans, order, cuts."""

import re
from typing import get_args

from hypothesis import example, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from entextract.pipes.sentences import Sentences
from entextract.reading.extraction import extract
from entextract.reading.readable import readable
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
        assert "\n" not in m.text
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
    assert nlp_rules(text).text == readable(text)  # blanks that spaCy takes for words are plain


@READING
@given(TEXTS)
def test_every_sentence_starts_with_something(nlp_rules: Language, text: str) -> None:
    doc = nlp_rules.make_doc(text.replace("\ud800", ""))
    starts = Sentences(nlp_rules, "s").find(doc)
    assert starts == sorted(set(starts))
    assert all(not doc[i].is_space for i in starts)
