"""Documents to rows: offsets, lines and sentences, awkward texts, failures, several processes."""

from collections.abc import Iterator, Sequence

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import entextract as ee
from entextract.reading import extraction
from entextract.reading.extraction import cuts, extract
from entextract.records.nouns import Article, Problem
from entextract.result import Extraction

untimed = settings(deadline=None)  # the first call reads tables

# from Python 3.12 on, a fork in a process with threads is reported; spaCy forks
forks = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

CORPUS = [
    ("a", "Le Kazakhstan négocie avec le Japon.\n\nM. Omar Diop est à Genève. Diop se tait."),
    ("b", "La ministre Élodie Marchand a vu les négociateurs iraniens."),
    ("c", "Selon Téhéran, la BERD prêtera. Marchand n'a rien dit."),
    ("d", ""),
    ("e", "Il pleut."),
]


@Language.component("fail_on_boum")
def fail_on_boum(doc: Doc) -> Doc:
    if "BOUM" in doc.text:
        raise RuntimeError("trop de bruit")
    return doc


@pytest.fixture(scope="module")
def nlp_failing() -> Language:
    """Few pipes, of which one fails on articles that say BOUM."""
    nlp = spacy.blank("fr")
    for name in (
        "entextract_sentences",
        "entextract_countries",
        "fail_on_boum",
        "entextract_arbiter",
        "entextract_linker",
    ):
        nlp.add_pipe(name)
    return nlp


def articles(rows: Sequence[tuple[str, str]] = CORPUS) -> list[Article]:
    return [Article(id=name, text=text) for name, text in rows]


def one(text: str, nlp: Language) -> Extraction:
    return extract([Article(id="a", text=text)], nlp)


def assert_offsets(result: Extraction) -> None:
    """Every row quotes its article exactly."""
    texts = {article.id: article.text for article in result.articles}
    for row in (*result.mentions, *result.sentences):
        assert row.text == texts[row.article][row.start : row.end]


# ---- rows


def test_rows_of_a_small_corpus(nlp_rules: Language) -> None:
    result = extract(articles(), nlp_rules)
    assert result.articles == tuple(articles())
    assert [
        (m.article, m.text, m.label, m.kind, m.entity, m.sentence, m.paragraph)
        for m in result.mentions
    ] == [
        ("a", "Kazakhstan", "COUNTRY", "name", "country:KZ", 0, 0),
        ("a", "Japon", "COUNTRY", "name", "country:JP", 0, 0),
        ("a", "Omar Diop", "PER", "name", "per:omar-diop", 1, 1),
        ("a", "Genève", "LOC", "name", "loc:geneve", 1, 1),
        ("a", "Diop", "PER", "name", "per:omar-diop", 2, 1),
        ("b", "Élodie Marchand", "PER", "name", "per:elodie-marchand", 0, 0),
        ("b", "iraniens", "COUNTRY", "demonym", "country:IR", 0, 0),
        ("c", "Téhéran", "COUNTRY", "metonym", "country:IR", 0, 0),
        ("c", "BERD", "ORG", "name", "org:berd", 0, 0),
    ]
    assert_offsets(result)
    assert result.problems == ()
    assert all(m.rule for m in result.mentions)


def test_surname_alone_is_linked_over_articles(nlp_full: Language) -> None:
    rows = [("a", "La ministre Élodie Marchand est là."), ("b", "Mme Marchand se tait.")]
    result = extract(articles(rows), nlp_full)
    assert [m.entity for m in result.mentions] == ["per:elodie-marchand"] * 2
    (entity,) = result.entities
    assert (entity.name, entity.forms, entity.mentions, entity.articles) == (
        "Élodie Marchand",
        ("Marchand", "Élodie Marchand"),
        2,
        2,
    )


def test_entities_have_their_canonical_name(nlp_rules: Language) -> None:
    result = one("Selon Téhéran, la BERD prêtera.", nlp_rules)
    assert [(e.name, e.country) for e in result.entities] == [
        ("Iran", "IR"),
        ("Banque européenne pour la reconstruction et le développement", None),
    ]


def test_sentences_are_those_that_hold_a_mention(nlp_rules: Language) -> None:
    text = "Il pleut.  La Grèce vote. \n\n Rien.\n « Le Mali aussi. » "
    result = one(text, nlp_rules)
    assert [(s.sentence, s.text) for s in result.sentences] == [
        (1, "La Grèce vote."),
        (3, "« Le Mali aussi. »"),
    ]
    assert [(m.text, m.sentence, m.paragraph) for m in result.mentions] == [
        ("Grèce", 1, 0),
        ("Mali", 3, 2),
    ]
    assert_offsets(result)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\n\n \n\t\n"])
def test_paragraphs_are_lines_that_are_not_blank(newline: str, nlp_rules: Language) -> None:
    text = newline.join(["", "Le Mali vote.", "Il pleut.", "La Grèce vote.", ""])
    assert [m.paragraph for m in one(text, nlp_rules).mentions] == [0, 2]


def test_no_article(nlp_rules: Language) -> None:
    assert extract([], nlp_rules) == Extraction()
    assert extract(iter(()), nlp_rules) == Extraction()


@pytest.mark.parametrize("text", ["", " ", "\n\n\t", "\x00", "\ud800", "…", "\u200b"])
def test_article_with_nothing_to_read(text: str, nlp_rules: Language) -> None:
    result = one(text, nlp_rules)
    assert [article.text for article in result.articles] == [text]
    assert (result.mentions, result.sentences, result.problems) == ((), (), ())


def test_problems_of_the_reader_are_kept(nlp_rules: Language) -> None:
    class Read(list[Article]):
        problems = [Problem("x", "p.csv:2", "there is no text", "empty")]

    result = extract(Read(articles()), nlp_rules)
    assert result.problems == (Problem("x", "p.csv:2", "there is no text", "empty"),)


def test_progress_is_told_of_each_article(nlp_rules: Language) -> None:
    told: list[str] = []
    extract(iter(articles()), nlp_rules, batch_size=2, progress=lambda a: told.append(a.id))
    assert told == ["a", "b", "c", "d", "e"]


def test_pipeline_is_loaded_when_none_is_given(
    nlp_full: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "load", lambda: nlp_full)
    assert [m.text for m in ee.extract(articles(CORPUS[:1])).mentions][:2] == [
        "Kazakhstan",
        "Japon",
    ]


# ---- awkward characters


@pytest.mark.parametrize("odd", ["\x00", "\x07", "\x1b", "\x7f", "\x0c", "\ud800"])
def test_characters_that_spacy_cannot_read(odd: str, nlp_rules: Language) -> None:
    text = f"{odd}Le{odd}Kazakhstan{odd}a vu le{odd}{odd}Japon.{odd}"
    result = one(text, nlp_rules)
    assert [(m.text, m.start) for m in result.mentions] == [
        ("Kazakhstan", 4),
        ("Japon", text.index("Japon")),
    ]
    assert_offsets(result)
    assert result.problems == ()


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_hard_spaces(space: str, nlp_rules: Language) -> None:
    result = one(f"La Corée{space}du{space}Nord a vu le{space}Japon{space}!", nlp_rules)
    assert [m.entity for m in result.mentions] == ["country:KP", "country:JP"]
    assert result.mentions[0].text == f"Corée{space}du{space}Nord"
    assert_offsets(result)


def test_emoji_and_letters_beyond_the_first_plane(nlp_rules: Language) -> None:
    result = one("😀😀 Le Mali 🇲🇱 vote. 𝔄 La Grèce aussi.", nlp_rules)
    assert [m.text for m in result.mentions] == ["Mali", "Grèce"]
    assert_offsets(result)


def test_result_with_a_lone_surrogate_can_be_written(nlp_rules: Language, tmp_path: object) -> None:
    one("Le Mali\ud800 vote.", nlp_rules).to_csv(tmp_path)  # type: ignore[arg-type]


# ---- long articles


@untimed
@given(st.text("ab \n", max_size=60), st.integers(1, 12))
def test_cuts_cover_the_text(text: str, limit: int) -> None:
    starts = cuts(text, limit)
    ends = [*starts[1:], len(text)]
    assert starts[0] == 0
    assert all(0 < end - start <= limit for start, end in zip(starts, ends, strict=True) if text)
    assert "".join(text[a:b] for a, b in zip(starts, ends, strict=True)) == text


def test_cuts_fall_between_lines_then_words() -> None:
    assert cuts("un\ndeux trois", 8) == [0, 3, 8]
    assert cuts("abcdefgh", 3) == [0, 3, 6]


def test_cut_article_gives_the_rows_of_the_whole(
    nlp_rules: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "".join(
        f"Le Kazakhstan a vu le Japon {n} fois. La Grèce vote.\n{'' if n % 3 else chr(10)}"
        for n in range(40)
    )
    whole = one(text, nlp_rules)
    monkeypatch.setattr(extraction, "MAX_PIECE", 200)
    assert one(text, nlp_rules) == whole
    assert len(whole.mentions) == 120


def test_line_without_end_is_cut_with_right_numbers(
    nlp_rules: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "MAX_PIECE", 50)
    text = "Un début.\n" + "Le Mali vote. " * 20 + "\nFin au Japon."
    result = one(text, nlp_rules)
    assert [m.paragraph for m in result.mentions] == [1] * 20 + [2]
    assert_offsets(result)
    numbers = [m.sentence for m in result.mentions]
    assert numbers == sorted(numbers)


def test_two_million_characters(nlp_rules: Language) -> None:
    # blank stretches between the lines: long for spaCy, quick for a test
    line = "Le Kazakhstan a vu le Japon à Genève." + " " * 1900 + "\n"
    text = line * (2_000_000 // len(line) + 1)
    assert len(text) > 2_000_000
    result = one(text, nlp_rules)
    assert_offsets(result)
    lines = text.count("\n")
    last = result.mentions[-1]
    assert (last.text, last.paragraph) == ("Genève", lines - 1)
    assert last.start == text.rindex("Genève")
    assert {m.text for m in result.mentions} == {"Kazakhstan", "Japon", "Genève"}
    assert result.problems == ()


@pytest.mark.xfail(
    strict=True, reason="the top of each later piece is taken for the top of the article"
)
def test_title_is_looked_for_once_in_a_cut_article(
    nlp_rules: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "MAX_PIECE", 1000)
    text = "Un titre bien à part, sur la pluie.\n" + "Le Kazakhstan négocie avec le Japon.\n" * 60
    assert len(one(text, nlp_rules).mentions) == 120


# ---- failures and processes


LOUD = [
    ("a", "Le Mali vote."),
    ("b", "BOUM ! Le Togo vote."),
    ("c", "Le Japon vote."),
    ("d", "La Grèce vote."),
    ("e", "BOUM au Chili."),
]


@forks
@pytest.mark.parametrize("batch_size", [1, 2, 16])
@pytest.mark.parametrize("n_process", [1, 2])
def test_article_that_fails_does_not_stop_the_others(
    n_process: int, batch_size: int, nlp_failing: Language
) -> None:
    told: list[str] = []
    result = extract(
        articles(LOUD),
        nlp_failing,
        n_process=n_process,
        batch_size=batch_size,
        progress=lambda a: told.append(a.id),
    )
    assert {a.id for a in result.articles} == {"a", "c", "d"} == set(told)
    assert sorted((m.article, m.entity) for m in result.mentions) == [
        ("a", "country:ML"),
        ("c", "country:JP"),
        ("d", "country:GR"),
    ]
    assert {s.article for s in result.sentences} == {"a", "c", "d"}
    assert [(p.article, p.action) for p in result.problems] == [("b", "refused"), ("e", "refused")]
    assert all("RuntimeError: trop de bruit" in p.reason for p in result.problems)
    assert result.report()["refused"] == 2


@forks
def test_articles_keep_their_order_when_one_fails(nlp_failing: Language) -> None:
    result = extract(articles(LOUD), nlp_failing, batch_size=2)
    assert [a.id for a in result.articles] == ["a", "c", "d"]


@pytest.mark.parametrize("batch_size", [1, 16])
def test_article_of_which_one_piece_fails_is_left_out_whole(
    batch_size: int, nlp_failing: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extraction, "MAX_PIECE", 40)
    rows = [
        ("a", "Le Mali vote."),
        ("b", "Le Togo vote.\n" * 6 + "BOUM\n"),
        ("c", "Le Japon vote."),
    ]
    result = extract(articles(rows), nlp_failing, batch_size=batch_size)
    assert {a.id for a in result.articles} == {"a", "c"}
    assert (
        {m.article for m in result.mentions} == {"a", "c"} == {s.article for s in result.sentences}
    )
    assert [p.article for p in result.problems] == ["b"]


@forks
def test_error_handling_of_the_pipeline_is_given_back(nlp_failing: Language) -> None:
    extract(articles(LOUD), nlp_failing, n_process=2)
    with pytest.raises(RuntimeError, match="trop de bruit"):
        nlp_failing("BOUM")


def test_error_of_the_reader_is_not_hidden(nlp_rules: Language) -> None:
    def broken() -> Iterator[Article]:
        yield articles()[0]
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        extract(broken(), nlp_rules)


@forks
def test_two_processes_give_what_one_gives(nlp_full: Language) -> None:
    rows = [(f"{n}{name}", text) for n in range(3) for name, text in CORPUS]
    one_process = extract(articles(rows), nlp_full, batch_size=4)
    two = extract(articles(rows), nlp_full, batch_size=4, n_process=2)
    assert two == one_process
    assert len(two.mentions) >= 27


@pytest.mark.parametrize("batch_size", [1, 3])
def test_batch_size_changes_nothing(batch_size: int, nlp_full: Language) -> None:
    assert extract(articles(), nlp_full, batch_size=batch_size) == extract(articles(), nlp_full)


def test_order_of_articles_changes_no_entity(nlp_rules: Language) -> None:
    rows = [
        *CORPUS,
        ("f", "M. Omar Diop et le président Karim Diop sont à Lomé. Diop rit."),
        ("g", "« Non », a déclaré Aliya Tokayeva."),
    ]
    there = extract(articles(rows), nlp_rules)
    back = extract(articles(rows[::-1]), nlp_rules)
    assert there.entities == back.entities
    assert set(there.mentions) == set(back.mentions)
    assert set(there.sentences) == set(back.sentences)


def test_words_left_unread_for_relations_are_reported(nlp_full: Language) -> None:
    text = "Le Mali a rencontré " + "très " * 3100 + "le Niger."
    result = ee.extract([ee.Article(id="a", text=text)], nlp_full)
    (problem,) = result.problems
    assert (problem.article, problem.action) == ("a", "shortened")
    assert "words of very long sentences were not read for relations" in problem.reason


# ---- characters that nobody sees, and marks without end

INVISIBLE = [
    "\u00ad",  # soft hyphen
    "\u200b",
    "\u200c",
    "\u200d",
    "\ufeff",
    "\u2060",
    "\u200e",
    "\u200f",
    "\u202e",
    "\u2069",
    "\ufe0f",
    "\u034f",
    "\U000e0067",  # of the flag of England
]


@pytest.mark.parametrize("unseen", INVISIBLE, ids=ascii)
def test_characters_that_nobody_sees_are_read_as_if_absent(unseen: str, nlp_full: Language) -> None:
    marked = f"Le chancelier Olaf Scholz{unseen} a reçu Em{unseen}manuel Macron à {unseen}Berlin."
    result = one(marked, nlp_full)
    assert [(m.text, m.entity) for m in result.mentions] == [
        ("Olaf Scholz", "per:olaf-scholz"),
        (f"Em{unseen}manuel Macron", "per:emmanuel-macron"),
        ("Berlin", "loc:berlin"),
    ]
    assert_offsets(result)
    assert {e.forms for e in result.entities} == {
        ("Olaf Scholz",),
        ("Emmanuel Macron",),
        ("Berlin",),
    }
    plain = one(marked.replace(unseen, ""), nlp_full)
    assert [(r.kind, r.source, r.target) for r in result.relations] == [
        (r.kind, r.source, r.target) for r in plain.relations
    ]
    for row in result.relations:
        assert row.trigger == marked[row.start : row.end] == "reçu"
    doc = nlp_full(marked)
    assert doc.text == marked
    assert [(e.text, e.start_char) for e in doc.ents] == [
        (m.text, m.start) for m in result.mentions
    ]


def test_emoji_and_other_scripts_keep_their_joiners(nlp_full: Language) -> None:
    text = "👨\u200d👩\u200d👧 Le Mali ❤\ufe0f vote. می\u200cخواهم La Grèce aussi 1\ufe0f\u20e3."
    result = one(text, nlp_full)
    assert [(m.text, m.entity) for m in result.mentions] == [
        ("Mali", "country:ML"),
        ("Grèce", "country:GR"),
    ]
    assert_offsets(result)
    assert nlp_full(text).text == text


@pytest.mark.parametrize("marks", [",", "!?", "«", "_", "=", "…", "😀"])
def test_marks_without_end_are_cut_and_reported(marks: str, nlp_rules: Language) -> None:
    run = (marks * 4000)[:4000]
    result = one(f"Le Mali vote. {run} La Grèce aussi.", nlp_rules)
    assert [m.text for m in result.mentions] == ["Mali", "Grèce"]
    assert_offsets(result)
    (problem,) = result.problems
    assert (problem.article, problem.action) == ("a", "shortened")
    assert problem.reason.startswith("3800 characters were left out")
    assert not one(f"Le Mali vote. {run[:200]} La Grèce aussi.", nlp_rules).problems


@pytest.mark.parametrize("unit", ["l'", "d’", "a,", "(a)", "S."])
def test_elisions_without_end_are_parted_and_reported(unit: str, nlp_rules: Language) -> None:
    """8,000 characters of « l'l'l' » took spaCy's tokenizer, which no limit stops, 20 seconds."""
    run = (unit * 8000)[:8000]
    result = one(f"Le Mali vote. {run} La Grèce aussi.", nlp_rules)
    assert [m.text for m in result.mentions if m.label == "COUNTRY"] == ["Mali", "Grèce"]
    assert_offsets(result)
    said = [p.action for p in result.problems if "characters were left out" in p.reason]
    assert said == ["shortened"]
    short = one(f"Le Mali vote. {run[:900]} La Grèce aussi.", nlp_rules)
    assert not [p for p in short.problems if "were left out" in p.reason]


@pytest.mark.parametrize("word", ["Kerlech ", "Kerlech-", "Nora Kerlech "])
def test_a_word_without_end_is_no_name(word: str, nlp_full: Language) -> None:
    result = one(word * 400 + ".", nlp_full)
    assert max((len(m.text.split()) for m in result.mentions), default=0) <= 40
    assert_offsets(result)
