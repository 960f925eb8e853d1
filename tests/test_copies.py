"""Copies of one text: which are found, who represents them, how each is counted."""

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from entextract.articles import read_articles
from entextract.graph.entity_graph import EntityGraph
from entextract.linking.entities import count_entities
from entextract.linking.minhash import BANDS, _chains, _similarity, near, signature
from entextract.linking.near_duplicates import distinct, find_copies, group_sizes, weights
from entextract.reading.extraction import extract
from entextract.records.nouns import Article, Copy, Mention, Relation, Sentence
from entextract.result import Extraction

FIXTURES = Path(__file__).parent / "fixtures"
TEXT = (
    "Le port de Lomé sera agrandi, a annoncé jeudi le ministre togolais des Transports. Les "
    "travaux dureront trois ans et coûteront deux cents millions d'euros. Les armateurs s'en "
    "réjouissent, mais les pêcheurs craignent de perdre leur plage, et leur syndicat demande à "
    "être entendu."
)
OTHER = (
    "La récolte de mangues s'annonce bonne au Mali, selon les coopératives de Sikasso. La pluie "
    "est venue tôt, les prix restent hauts, et les camions partent chaque soir vers le sud."
)
WORDS = str.split(
    """
    président ministre port accord sommet région village école marché route barrage frontière
    vote parti budget crise grève prix blé cacao pétrole armée police juge procès loi débat réforme
    visite banque entreprise chantier hôpital médecin journaliste témoin enquête rapport projet le
    la les de du des et à au aux en dans par pour sur avec sans que qui a ont est sont sera
    """
)


def found(*articles: Article) -> dict[str, str]:
    return {copy.article: copy.representative for copy in find_copies(articles)}


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (("2024-03-09T10:30", "2024-03-08T23:59"), "b"),
        (("2024-03-09T18:00", "2024-03-09T10:30"), "b"),
        (("2024-03-09T10:30", "2024-03-09"), "b"),
        (("12/03/2024", "2024-03-09"), "b"),  # not a date as we write them: it may be any day
        (("hier", "2024-03-09"), "b"),
        (("", "2024-03-09"), "b"),
        (("hier", ""), "b"),
        (("", ""), "a"),
    ],
)
def test_the_earliest_stands_for_the_others(dates: tuple[str, str], first: str) -> None:
    text = "Le port de Lomé sera agrandi, a annoncé jeudi le ministre togolais."
    articles = [Article(name, text, date=date) for name, date in zip("ab", dates, strict=True)]
    assert [copy.representative for copy in find_copies(articles)] == [first]


# ---- which are copies


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        TEXT.upper(),
        TEXT.replace("'", "’").replace(" ", "  ").replace(". ", ".\n\n"),
        TEXT.replace("é", "e"),
        TEXT.replace("trois", "quatre"),
        "Lomé (AFP) – " + TEXT,
        TEXT.rpartition(", et leur")[0],
    ],
)
def test_copies(text: str) -> None:
    assert found(Article("a", TEXT, date="2024-01-01"), Article("b", text)) == {"b": "a"}


@pytest.mark.parametrize("text", [OTHER, TEXT[:80] + OTHER, "", "...", "Lomé"])
def test_no_copies(text: str) -> None:
    assert found(Article("a", TEXT), Article("b", text)) == {}


def test_articles_without_words_are_not_copies_of_one_another() -> None:
    assert found(Article("a", ""), Article("b", ""), Article("c", "…")) == {}


def test_short_texts_must_be_the_same() -> None:
    articles = [Article("a", "Mots croisés"), Article("b", "Mots croisés"), Article("c", "Mots")]
    assert found(*articles) == {"b": "a"}


def test_the_earliest_represents_then_the_longest_then_the_first_id() -> None:
    longer = TEXT + " La mairie se tait."
    articles = [
        Article("a", TEXT, date="2024-09-13"),
        Article("b", longer),
        Article("d", TEXT, date="2024-09-12"),
        Article("c", longer, date="2024-09-12"),
    ]
    assert found(*articles) == {"a": "c", "b": "c", "d": "c"}
    assert found(Article("y", TEXT), Article("x", TEXT)) == {"y": "x"}


def test_a_chain_of_changes_does_not_join_two_texts() -> None:
    first, last = sentences(random.Random(2), 20), sentences(random.Random(3), 20)
    steps = [
        Article(f"{i:02}", " ".join(last[:i] + first[i:]), date=f"2024-01-{i + 1:02}")
        for i in range(21)
    ]
    copies = find_copies(steps)
    assert all(copy.similarity >= 0.6 for copy in copies)
    assert {copy.representative for copy in copies} > {"00"}


def test_threshold() -> None:
    cut = TEXT[: len(TEXT) * 7 // 10]
    pair = [Article("a", TEXT), Article("b", cut)]
    assert len(find_copies(pair, threshold=0.6)) == 1
    assert find_copies(pair, threshold=0.95) == ()
    for threshold in (0.3, 1.1):
        with pytest.raises(ValueError, match=r"must be from 0\.6 to 1"):
            find_copies(pair, threshold=threshold)


def test_a_signature_is_the_same_in_every_version() -> None:
    kept = signature("Le port de Lomé sera agrandi.")
    assert kept
    assert kept.bands[:2].tolist() == [13055887213053359942, 14646731277848932766]
    assert kept.shingles.tolist() == [63380943, 2974989921, 3758274660, 4000364766]


@pytest.mark.parametrize(
    ("words", "shingles"),
    [("Un", 1), ("Un deux", 1), ("Un deux trois", 1), ("Un deux trois quatre", 2)],
)
def test_how_many_shingles_a_short_text_has(words: str, shingles: int) -> None:
    kept = signature(words)
    assert kept
    assert len(kept.shingles) == shingles


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [([1, 2, 3], [1, 2, 3, 4, 5], 0.6), ([1, 2], [1, 2, 3, 4], 0.0), ([1, 2], [2, 3], 1 / 3)],
)
def test_share_of_common_shingles(a: list[int], b: list[int], share: float) -> None:
    one, other = (np.array(numbers, np.uint32) for numbers in (a, b))
    assert _similarity(one, other, 0.6) == _similarity(other, one, 0.6) == share


def test_texts_that_have_a_band_in_common() -> None:
    bands = np.arange(4 * BANDS, dtype=np.uint64).reshape(4, BANDS)
    bands[:, 0] = [9, 7, 9, 8]
    bands[:, 1] = [5, 6, 5, 6]
    chains, last = _chains(bands)
    assert chains[:, 0].tolist() == [0, -1, 0, -1]
    assert chains[:, 1].tolist() == [0, 1, 0, 1]
    assert {*chains[:, 2:].ravel().tolist()} == {-1}
    assert [group.tolist() for group in last[:3]] == [[-1], [-1, -1], []]


def test_the_nearest_then_the_earliest_stands_for_a_text() -> None:
    texts = [[1, 2, 3, 4], [2, 3, 4, 5, 6], [1, 2, 3, 4, 5], [1, 2, 3, 4]]
    shingles = [np.array(numbers, np.uint32) for numbers in texts]

    def found(order: list[int]) -> list[tuple[int, int, float]]:
        bands = np.zeros((len(order), BANDS), np.uint64)
        return list(near(bands, lambda row: shingles[row], order, 0.6))

    assert found([0, 1, 2, 3]) == [(2, 0, 0.8), (3, 0, 1.0)]
    assert found([1, 3, 0, 2]) == [(0, 3, 1.0), (2, 3, 0.8)]
    assert found([1, 0]) == []


# ---- how well


def sentences(drawn: random.Random, number: int) -> list[str]:
    return [
        " ".join(drawn.choices(WORDS, k=drawn.randint(10, 25))).capitalize() + "."
        for _ in range(number)
    ]


def edited(drawn: random.Random, text: list[str], kind: str) -> list[str]:
    """A copy as other papers print it; ``quotes`` is another article with the same quotations."""
    if kind == "typography":
        return [sentence.upper().replace("É", "E") for sentence in text]
    if kind == "cut":
        return text[: max(1, round(len(text) * 0.75))]
    if kind == "introduction":
        return sentences(drawn, len(text) // 5) + text
    if kind == "words":
        swap = [drawn.random() < 0.04 for _ in range(1000)]
        return [
            " ".join(drawn.choice(WORDS) if drawn.choice(swap) else w for w in s.split())
            for s in text
        ]
    kept = max(1, round(len(text) * 0.3))
    return text[:kept] + sentences(drawn, len(text) - kept)


def test_precision_and_recall_on_made_up_copies() -> None:
    drawn = random.Random(7)
    articles, truth = [], {}
    for number in range(60):
        text = sentences(drawn, drawn.randint(8, 25))
        articles.append(Article(f"{number}", " ".join(text), date="2024-01-01"))
        for kind in ("typography", "cut", "introduction", "words", "quotes"):
            name = f"{number}-{kind}"
            article = Article(name, " ".join(edited(drawn, text, kind)), date="2024-01-02")
            articles.append(article)
            if kind != "quotes":
                truth[name] = f"{number}"
    drawn.shuffle(articles)
    copies = found(*articles)
    right = copies.items() & truth.items()
    assert len(right) == len(copies)  # precision
    assert len(right) >= 0.97 * len(truth)  # recall


@given(st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_order_changes_nothing(drawn: random.Random) -> None:
    rng = random.Random(5)
    articles = []
    for number in range(8):
        text = sentences(rng, 10)
        articles += [
            Article(f"{number}-{kind}", " ".join(edited(rng, text, kind)))
            for kind in ("typography", "cut", "introduction", "words", "quotes")
        ]
    wanted = find_copies(articles)
    drawn.shuffle(articles)
    assert find_copies(articles) == wanted


# ---- how each counts

ARTICLES = (
    Article("a", TEXT, date="2024-01-01", source="Rivage", meta={"other_editions": "2"}),
    Article("b", TEXT, date="2024-01-02", source="Rivage"),
    Article("c", TEXT, date="2024-01-03", source="Golfe"),
    Article("d", TEXT, date="2024-01-04", source="Golfe"),
    Article("e", OTHER, date="2024-01-05", source="Golfe", meta={"other_editions": "beaucoup"}),
)
COPIES = tuple(Copy(name, "a", 1.0) for name in "bcd")


def test_weights() -> None:
    assert find_copies(ARTICLES) == COPIES
    assert weights(ARTICLES, COPIES) == {"a": 1, "b": 0, "c": 0, "d": 0, "e": 1}
    assert weights(ARTICLES, COPIES, "source") == {"a": 1, "b": 0, "c": 1, "d": 0, "e": 1}
    assert weights(ARTICLES, COPIES, "article") == {"a": 3, "b": 1, "c": 1, "d": 1, "e": 1}
    assert group_sizes(COPIES) == {"a": 4}
    with pytest.raises(ValueError, match="choose one of text, source, article"):
        weights(ARTICLES, COPIES, "journal")  # type: ignore[arg-type]


def result() -> Extraction:
    mentions = tuple(
        Mention(a.id, start, start + 4, text, "LOC", "name", entity, 0, 0, "test")
        for a in ARTICLES
        for start, text, entity in [(0, "Lomé", "loc:lome"), (9, "Mali", f"loc:{a.id}")]
    )
    return Extraction(
        articles=ARTICLES,
        mentions=mentions,
        entities=tuple(count_entities(mentions, {"loc:lome": "Lomé (Togo)"})),
        relations=tuple(
            Relation(a.id, "x", "y", "k", "actual", "", "", 0, 1, "", "") for a in ARTICLES
        ),
        sentences=tuple(Sentence(a.id, 0, 0, 20, "Lomé") for a in ARTICLES),
        copies=COPIES,
    )


def test_distinct() -> None:
    once = distinct(result())
    for table in (once.articles, once.mentions, once.relations, once.sentences):
        assert {getattr(row, "article", getattr(row, "id", "")) for row in table} == {"a", "e"}
    counts = {e.id: (e.name, e.mentions, e.articles) for e in once.entities}
    assert counts == {
        "loc:lome": ("Lomé (Togo)", 2, 2),
        "loc:a": ("Mali", 1, 1),
        "loc:e": ("Mali", 1, 1),
    }
    graph = EntityGraph.of_comentions(once, labels=["LOC"])
    assert graph.nx.nodes["loc:lome"]["articles"] == 2


def test_distinct_by_source_and_article() -> None:
    assert [a.id for a in distinct(result(), COPIES, "source").articles] == ["a", "c", "e"]
    assert distinct(result(), by="article") == replace(result(), copies=())
    assert distinct(result(), ()) == replace(result(), copies=())


def test_a_graph_counts_each_text_once_unless_told_otherwise(tmp_path: Path) -> None:
    result().to_csv(tmp_path)
    for one in (result(), Extraction.from_csv(tmp_path)):
        counted = {
            count: EntityGraph.of_comentions(one, labels=["LOC"], **options).nx.nodes["loc:lome"]
            for count, options in {
                "default": {},
                "text": {"count": "text"},
                "source": {"count": "source"},
                "article": {"count": "article"},
            }.items()
        }
        assert {count: node["articles"] for count, node in counted.items()} == {
            "default": 2,
            "text": 2,
            "source": 3,
            "article": len(ARTICLES),
        }
    with pytest.raises(ValueError, match="by is 'texte': choose one of text, source, article"):
        EntityGraph.of_all(result(), count="texte")  # type: ignore[arg-type]


def test_what_is_counted_by_source_stays_so() -> None:
    once = distinct(result(), by="source")
    assert once.copies == ()
    graph = EntityGraph.of_comentions(once, labels=["LOC"])
    assert graph.nx.nodes["loc:lome"]["articles"] == 3


def test_copies_are_a_table(tmp_path: Path) -> None:
    written = result().to_csv(tmp_path)
    assert tmp_path / "copies.csv" in written
    assert Extraction.from_csv(tmp_path).copies == COPIES
    assert list(result().to_frame("copies")["article"]) == [c.article for c in COPIES]
    written = replace(result(), copies=()).to_csv(tmp_path)
    assert not (tmp_path / "copies.csv").exists()
    assert Extraction.from_csv(tmp_path).copies == ()
    assert tmp_path / "copies.csv" not in written


def test_extract_finds_the_copies(nlp_rules: Language) -> None:
    text = "Le port de Lomé sera agrandi, a annoncé jeudi le ministre togolais."
    articles = [Article("b", text), Article("a", text), Article("c", "Le Mali attend la pluie.")]
    assert extract(articles, nlp_rules).copies == (Copy("b", "a", 1.0),)


def test_other_editions_of_an_export_count() -> None:
    articles = list(read_articles(FIXTURES / "europresse.HTML"))
    counts = weights(articles, find_copies(articles), "article")
    assert counts["news·20240912·CRV·0912001"] == 3
