"""One person, one id over all articles, whatever the order; and entities counted from mentions."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from entextract.linking.census import link
from entextract.linking.entities import count_entities
from entextract.names.persons import identify
from entextract.records.nouns import Kind, Label, Mention
from entextract.records.spelling import slug

NAMES = [
    "Antony Blinken",
    "A. Blinken",
    "Blinken",
    "Joe Biden",
    "Jill Biden",
    "Biden",
    "Joe",
    "Kassym-Jomart Tokaïev",
    "Kassym-Jomart Tokayev",
    "Tokaïev",
    "Tokayev",
    "Abdel Fattah al-Sissi",
    "Sissi",
    "JOE BIDEN",
]
CORPORA = st.lists(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4), max_size=5)


def person(article: str, name: str, entity: str = "", start: int = 0) -> Mention:
    """A person's mention; its id is that of the name alone unless another is given."""
    entity = entity or f"per:{slug(name)}"
    return row(article, name, "PER", entity, start=start)


def row(
    article: str, text: str, label: Label, entity: str, kind: Kind = "name", start: int = 0
) -> Mention:
    return Mention(article, start, start + len(text), text, label, kind, entity, 0, 0, "model")


def corpus(articles: Sequence[Sequence[str]]) -> list[Mention]:
    """Articles that name persons, their ids agreed within each, as the pipeline leaves them."""
    rows = []
    for number, names in enumerate(articles):
        full = {form: referent.name for form, referent in identify(names).items()}
        rows += [
            person(f"a{number}", name, f"per:{slug(full[name])}", start=100 * place)
            for place, name in enumerate(names)
        ]
    return rows


def ids(*articles: Sequence[str]) -> list[str]:
    return [m.entity for m in link(corpus(articles))]


def test_lone_surname_finds_its_full_name_in_another_article() -> None:
    assert ids(["Blinken"], ["Antony Blinken"]) == ["per:antony-blinken"] * 2


def test_initials_and_given_name_find_the_full_name() -> None:
    assert set(ids(["A. Blinken"], ["Antony"], ["Antony Blinken"])) == {"per:antony-blinken"}


def test_surname_of_two_bearers_stays_apart() -> None:
    assert ids(["Joe Biden"], ["Jill Biden"], ["Biden"]) == [
        "per:joe-biden",
        "per:jill-biden",
        "per:biden",
    ]


def test_what_an_article_settles_is_kept() -> None:
    found = ids(["Jill Biden", "Biden"], ["Joe Biden"])
    assert found == ["per:jill-biden", "per:jill-biden", "per:joe-biden"]


def test_transliterations_are_one_person() -> None:
    found = ids(["Kassym-Jomart Tokaïev"], ["Kassym-Jomart Tokayev"] * 2, ["Tokaïev"], ["Tokayev"])
    assert set(found) == {"per:kassym-jomart-tokayev"}  # the most frequent spelling


def test_spellings_as_frequent_take_the_first_in_the_alphabet() -> None:
    assert set(ids(["Kassym-Jomart Tokayev"], ["Kassym-Jomart Tokaïev"])) == {
        "per:kassym-jomart-tokaiev"
    }


def test_frequency_decides_between_spellings_of_other_lengths() -> None:
    found = ids(["Abdel Fattah al-Sissi"], ["Abdel Fattah Sissi"] * 2)
    assert set(found) == {"per:abdel-fattah-sissi"}


def test_a_form_met_once_renames_nobody() -> None:
    glued = ["Interview Awa Sarr", "Awa Sarr", "Sarr"]
    plain = ["Awa Sarr"]
    assert ids(glued, plain, plain) == ["per:awa-sarr"] * 5
    assert ids(["Awa Sarr D'abord"], plain, plain) == ["per:awa-sarr"] * 3


def test_a_longer_form_met_in_two_articles_names_the_person() -> None:
    assert (
        ids(["Awa Sarr Diallo"], ["Awa Sarr Diallo"], ["Awa Sarr"], ["Awa Sarr"], ["Awa Sarr"])
        == ["per:awa-sarr-diallo"] * 5
    )


def test_two_names_side_by_side_are_two_persons() -> None:
    glued = ["Jean Dupont Marie Martin"]
    assert ids(glued, ["Jean Dupont", "Dupont"], ["Marie Martin"]) == [
        "per:jean-dupont",  # the first of the two, not a third person
        "per:jean-dupont",
        "per:jean-dupont",
        "per:marie-martin",
    ]


def test_only_persons_are_linked() -> None:
    rows = [
        row("a", "Banque Atlantique", "ORG", "org:banque-atlantique"),
        row("b", "Atlantique", "ORG", "org:atlantique"),
        row("b", "Blinken", "LOC", "loc:blinken"),
        person("a", "Antony Blinken"),
    ]
    assert link(rows) == rows


def test_rows_come_back_in_order_with_their_entity_and_rule_changed() -> None:
    rows = [person("a", "Blinken", start=7), person("b", "Antony Blinken")]
    assert link(iter(rows)) == [
        replace(rows[0], entity="per:antony-blinken", rule="model+corpus-surname"),
        person("b", "Antony Blinken"),
    ]
    assert rows[0].entity == "per:blinken"


def test_nothing_to_link() -> None:
    assert link([]) == []


@given(CORPORA, st.randoms(use_true_random=False))
def test_order_of_mentions_does_not_matter(articles: list[list[str]], random: object) -> None:
    rows = corpus(articles)
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(link(shuffled)) == set(link(rows))


@given(CORPORA)
def test_linking_twice_changes_nothing(articles: list[list[str]]) -> None:
    once = link(corpus(articles))
    assert link(once) == once


# No two persons of these share a word: the halves cannot settle a surname differently.
UNMISTAKABLE = st.lists(
    st.lists(
        st.sampled_from(["Antony Blinken", "A. Blinken", "Blinken", "Olaf Scholz", "Scholz"]),
        min_size=1,
        max_size=4,
    ),
    max_size=6,
)


@given(UNMISTAKABLE, st.integers(0, 6))
def test_two_halves_linked_again_equal_one_run(articles: list[list[str]], cut: int) -> None:
    rows = corpus(articles)
    halves = (
        [m for m in rows if int(m.article[1:]) < cut],
        [m for m in rows if int(m.article[1:]) >= cut],
    )
    assert link([*link(halves[0]), *link(halves[1])]) == link(rows)


def test_two_halves_with_a_second_bearer_equal_one_run() -> None:
    first, second = corpus([["Joe Biden"], ["Biden"]]), corpus([[], [], ["Jill Biden"]])
    assert link([*link(first), *link(second)]) == link([*first, *second])


# ---- entities


def test_entities_are_counted_and_sorted() -> None:
    entities = count_entities(
        [
            row("a", "Blinken", "PER", "per:antony-blinken"),
            row("a", "Antony Blinken", "PER", "per:antony-blinken"),
            row("b", "Blinken", "PER", "per:antony-blinken"),
            row("b", "Kazakhstan", "COUNTRY", "country:KZ"),
            row("b", "kazakh", "COUNTRY", "country:KZ", "demonym"),
        ]
    )
    assert [
        (e.id, e.name, e.label, e.country, e.forms, e.mentions, e.articles) for e in entities
    ] == [
        ("country:KZ", "Kazakhstan", "COUNTRY", "KZ", ("Kazakhstan", "kazakh"), 2, 1),
        ("per:antony-blinken", "Antony Blinken", "PER", None, ("Blinken", "Antony Blinken"), 3, 2),
    ]


def test_known_name_comes_first() -> None:
    rows = [row("a", "Moscou", "COUNTRY", "country:RU", "metonym")]
    (entity,) = count_entities(rows, {"country:RU": "Russie"})
    assert (entity.name, entity.forms) == ("Russie", ("Moscou",))


def test_name_is_taken_from_names_before_demonyms() -> None:
    rows = [row("a", "peuple kazakh", "COUNTRY", "country:KZ", "demonym")] * 3
    (entity,) = count_entities([*rows, row("a", "Kazakhstan", "COUNTRY", "country:KZ")])
    assert entity.name == "Kazakhstan"


def test_capitals_are_not_the_name_when_there_is_another() -> None:
    rows = [person("a", "JOE BIDEN")] * 3 + [person("a", "Joe Biden")]
    (entity,) = count_entities(rows)
    assert entity.name == "Joe Biden"


def test_line_breaks_and_hard_spaces_make_no_other_form() -> None:
    rows = [person("a", "Joe\nBiden"), person("a", "Joe\u00a0Biden"), person("a", "Joe Biden")]
    (entity,) = count_entities(rows)
    assert (entity.forms, entity.mentions) == (("Joe Biden",), 3)


@given(CORPORA)
def test_no_mention_is_lost_in_counting(articles: list[list[str]]) -> None:
    rows = link(corpus(articles))
    entities = count_entities(rows)
    assert sum(e.mentions for e in entities) == len(rows)
    assert [e.id for e in entities] == sorted({m.entity for m in rows})
    assert count_entities(rows[::-1]) == entities


def named(article: str, name: str, alias: str) -> list[Mention]:
    """« Nathalie Kervella (NK2) »: a person and what else she is called."""
    start = len(name) + 2
    called = replace(person(article, alias, start=start), rule="alias-after-name")
    return [person(article, name), called]


def test_a_by_name_given_in_one_article_is_that_person_in_the_others() -> None:
    rows = [*named("a", "Nathalie Kervella", "NKV"), person("b", "NKV"), person("b", "Awa Sarr")]
    assert [m.entity for m in link(rows)] == ["per:nathalie-kervella"] * 3 + ["per:awa-sarr"]
    assert link(link(rows)) == link(rows)


def test_a_by_name_of_two_persons_or_that_is_a_given_name_says_nobody_elsewhere() -> None:
    both = [*named("a", "Nathalie Kervella", "NKV"), *named("b", "Nolwenn Kervadec", "NKV")]
    assert link([*both, person("c", "NKV")])[-1].entity == "per:nkv"
    carlos = named("a", "Ilich Ramírez Sánchez", "Carlos")
    assert link([*carlos, person("b", "Carlos")])[-1].entity == "per:carlos"


def test_couple_that_nobody_names_in_full_are_two_nodes_and_stay_in_their_article() -> None:
    def titled(article: str, gender: str, start: int) -> Mention:
        return replace(person(article, "Ferrand", start=start), rule=f"title-before-name:{gender}")

    couple = [titled("a", "m", 3), titled("a", "f", 40)]
    others = [person("b", "Richard Ferrand"), person("c", "Ferrand")]
    linked = link([*couple, *others])
    assert [m.entity for m in linked] == [
        "per:monsieur-ferrand",
        "per:madame-ferrand",
        "per:richard-ferrand",
        "per:richard-ferrand",
    ]
    assert [m.entity for m in link(linked)] == [m.entity for m in linked]
    names = {entity.id: entity.name for entity in count_entities(linked)}
    assert names["per:madame-ferrand"] == "Madame Ferrand"
