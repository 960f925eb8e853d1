"""Who is who over a corpus: families of links, and the properties that any corpus must keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entextract import tables
from entextract.linking.census import link
from entextract.linking.entities import count_entities
from entextract.linking.merges import merges, score
from entextract.names import bodies
from entextract.names.person_keys import normalisation_key
from entextract.names.persons import identify
from entextract.records.nouns import Article, Kind, Label, Mention
from entextract.records.rules import Rule
from entextract.records.spelling import slug


def mention(
    article: str,
    text: str,
    label: Label = "PER",
    *,
    start: int = 0,
    entity: str = "",
    rule: str = "model",
    kind: Kind = "name",
) -> Mention:
    entity = entity or f"{label.lower()}:{slug(text)}"
    end = start + len(text)
    return Mention(article, start, end, text, label, kind, entity, 0, 0, rule)


def state(article: str, code: str, start: int) -> Mention:
    return mention(article, code, "COUNTRY", start=start, entity=f"country:{code}")


def pair(article: str, long: str, short: str, start: int = 0) -> list[Mention]:
    """« long (short) »: two mentions that brackets join."""
    at = start + len(long) + 2
    return [
        mention(article, long, "ORG", start=start, rule="acronym-pair"),
        mention(article, short, "ORG", start=at, entity=bodies.own_id(long), rule="acronym-pair"),
    ]


def ids(rows: Sequence[Mention], articles: Sequence[Article] = ()) -> list[str]:
    return [row.entity for row in link(rows, articles)]


# ---- names of persons


@pytest.mark.parametrize(
    "spellings",
    [
        "Zelensky Zelenskyy Zelenski Zelenskiy",
        "Netanyahou Netanyahu",
        "Kadhafi Gaddafi Khadafi Qaddafi",
        "Tokaïev Tokayev Tokaev",
        "Poutine Putin",
        "Erdogan Erdoğan",
        "Lukachenko Loukachenko Lukashenko",
        "Gorbatchev Gorbachev",
        "Mirziyoïev Mirziyoyev Mirzioïev",
        "Prigojine Prigozhin",
        "Eltsine Yeltsin",
        "Choïgou Shoigu",
        "al-Sissi Al-Sisi Sissi",
        "Berdimouhamedov Berdymukhamedov",
        "Rahmon Rakhmon",
        "Pachinian Pashinyan",
        "Milošević Milosevic Milosevitch",
        "Nazarbaïev Nazarbayev Nazarbaev",
        "Benyamin Benjamin Binyamin",
        "Abdelaziz Abdulaziz",
    ],
)
def test_spellings_of_one_name(spellings: str) -> None:
    assert len({normalisation_key(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Martine", "Martin"),
        ("Valentine", "Valentin"),
        ("Dupont", "Dupond"),
        ("Khan", "Kan"),
        ("Hollande", "Holland"),
    ],
)
def test_names_that_must_not_fold_together(one: str, other: str) -> None:
    assert normalisation_key(one) != normalisation_key(other)


def test_vowels_may_differ_when_the_rest_of_the_name_agrees() -> None:
    found = identify(["Hassan Rouhani", "Hassan Rohani", "Rohani", "Amin Rouhani"])
    assert found["Hassan Rohani"].name == "Hassan Rouhani"
    assert found["Hassan Rohani"].rule == "transliteration"
    assert found["Rohani"].name == "Hassan Rouhani"
    assert found["Amin Rouhani"].name == "Amin Rouhani"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Christian Moreau", "Christine Moreau"),
        ("Mirjana Kovac", "Marijana Kovac"),
        ("Jean Dupont", "Jean Dupond"),
        ("Pierre Martin", "Martin Pierre"),
        ("Yonatan Netanyahou", "Benyamin Netanyahou"),
        ("Ali Bongo", "Omar Bongo"),
    ],
)
def test_two_persons_stay_two(one: str, other: str) -> None:
    assert identify([one, other])[other].name == other


def test_a_given_name_is_not_half_of_a_compound() -> None:
    found = identify(["Jean-Luc Moreau", "Jean", "Luvsan Oyun-Erdene", "Erdene"])
    assert (found["Jean"].name, found["Erdene"].name) == ("Jean", "Erdene")


def test_a_surname_goes_before_a_given_name() -> None:
    found = identify(["Charles Michel", "Michel Barnier", "Michel"])
    assert (found["Michel"].name, found["Michel"].rule) == ("Charles Michel", "surname")


# ---- a lone surname over the corpus


def test_what_could_be_either_is_flagged_and_apart() -> None:
    rows = link([mention("a", "Joe Biden"), mention("b", "Jill Biden"), mention("c", "Biden")])
    assert (rows[2].entity, rows[2].rule) == ("per:biden", "model+ambiguous")
    assert merges(rows)[0].score == 0


def test_the_bearer_named_beside_the_same_people_is_meant() -> None:
    around = [mention("a", "Olaf Scholz", start=50), mention("a", "Keir Starmer", start=90)]
    rows = [
        mention("a", "Joe Biden"),
        *around,
        mention("b", "Jill Biden"),
        mention("c", "Biden"),
        *(replace(row, article="c") for row in around),
    ]
    found = link(rows)[4]
    assert (found.entity, found.rule) == ("per:joe-biden", "model+corpus-near")


def test_source_and_date_tell_who_is_meant() -> None:
    rows = [mention("a", "Paul Martin"), mention("b", "Martin")]
    near = [Article("a", "", date="2024-03-01"), Article("b", "", date="2024-03-05")]
    far = [Article("a", "", date="1999-03-01", source="X"), Article("b", "", date="2024-03-05")]
    assert ids(rows, near) == ["per:paul-martin"] * 2
    assert ids(rows, far) == ["per:paul-martin", "per:martin"]
    assert link(rows, far)[1].rule == "model+ambiguous"


def test_what_a_person_settled_is_kept() -> None:
    rows = [
        mention("a", "Jill Biden"),
        mention("b", "Biden", entity="per:joe-biden", rule="model+decision:split"),
        mention("c", "Biden"),
    ]
    found = link(rows)
    assert found[1] == rows[1]
    assert found[2].entity == "per:jill-biden"


def test_an_identifier_that_a_table_gave_is_kept() -> None:
    rows = [
        mention("a", "Zhang San", entity="per:zhang-le-vieux", rule="table:actors"),
        mention("a", "Zhang", start=20),
    ]
    assert ids(rows) == ["per:zhang-le-vieux"] * 2


# ---- organisations


def test_an_acronym_takes_the_long_form_that_another_article_introduces() -> None:
    long = "Observatoire des prix agricoles du Ponant"
    rows = link([*pair("a", long, "OPAP"), mention("b", "OPAP", "ORG")])
    assert {row.entity for row in rows} == {"org:observatoire-des-prix-agricoles-du-ponant"}
    assert rows[2].rule == "model+corpus-acronym-pair"


def test_an_acronym_of_two_long_forms_stays_apart() -> None:
    rows = [
        *pair("a", "Observatoire des prix agricoles du Ponant", "OPAP"),
        *pair("b", "Office des ports de l'Atlantique Pointu", "OPAP"),
        mention("c", "OPAP", "ORG"),
    ]
    found = link(rows)
    assert len({row.entity for row in found}) == 3
    assert found[4].rule == "model+ambiguous"


def test_an_acronym_may_be_introduced_by_a_listed_long_form() -> None:
    long, short = pair("a", "Fonds monétaire international", "FMIX")
    rows = [
        replace(long, entity="org:fmi"),
        replace(short, entity="org:fmi"),
        mention("b", "FMIX", "ORG"),
    ]
    assert ids(rows) == ["org:fmi"] * 3


@pytest.mark.parametrize(
    ("long", "short", "tied"),
    [
        ("Fédération bretonne des éleveurs ovins", "FBEO", True),
        ("Fédération bretonne des éleveurs ovins", "F.B.E.O.", True),
        ("Fédération bretonne des éleveurs", "FBE", False),
        ("Fédération bretonne des éleveurs ovins", "FBOE", False),
    ],
)
def test_initials_of_four_letters_tie_over_articles(long: str, short: str, tied: bool) -> None:
    rows = link([mention("a", long, "ORG"), mention("b", short, "ORG")])
    assert (rows[1].entity == rows[0].entity) is tied
    assert rows[1].rule == ("model+corpus-acronym-initials" if tied else "model")


def test_initials_of_two_long_forms_tie_nothing() -> None:
    rows = [
        mention("a", "Fédération bretonne des éleveurs ovins", "ORG"),
        mention("b", "Fédération bretonne des écoles oubliées", "ORG"),
        mention("c", "FBEO", "ORG"),
    ]
    assert ids(rows)[2] == "org:fbeo"


def test_the_more_frequent_spelling_of_an_organisation_is_kept() -> None:
    names = ["Rivage du Ponant", "Les Rivage du Ponant", "Les Rivage du Ponant"]
    rows = link([mention(str(i), name, "ORG") for i, name in enumerate(names)])
    assert [row.entity for row in rows] == ["org:les-rivage-du-ponant"] * 3
    assert [row.rule for row in rows] == ["model+corpus-spelling", "model", "model"]


def test_initials_tie_an_acronym_to_the_only_long_form_of_the_article() -> None:
    rows = [
        mention("a", "Fédération bretonne des éleveurs", "ORG"),
        mention("a", "FBE", "ORG", start=60),
    ]
    assert len(set(ids(rows))) == 1


@pytest.mark.parametrize("form", ["Rivage SA", "Rivage S.A.S.", "groupe Rivage", "RIVAGE"])
def test_legal_forms_change_nothing(form: str) -> None:
    rows = [mention("a", "Rivage", "ORG"), mention("b", form, "ORG"), mention("c", "Rivage", "ORG")]
    assert set(ids(rows)) == {"org:rivage"}


@pytest.mark.parametrize("form", ["Société générale", "Groupe d'action locale", "Cour suprême"])
def test_words_of_a_name_are_no_legal_form(form: str) -> None:
    assert bodies.display(form) == form


def test_a_common_word_is_short_for_nothing() -> None:
    rows = [
        mention("a", "Air Vrixel", "ORG"),
        mention("a", "Air", "ORG", start=40),
    ]
    assert ids(rows) == ["org:air-vrixel", "org:air"]


def test_a_noun_of_institution_is_the_only_one_of_the_article() -> None:
    rows = [
        mention("a", "Banque Atlantique", "ORG"),
        mention("a", "Banque", "ORG", start=40),
        mention("b", "Banque Atlantique", "ORG"),
        mention("b", "Banque du Ponant", "ORG", start=40),
        mention("b", "Banque", "ORG", start=80),
    ]
    assert ids(rows)[1] == "org:banque-atlantique"
    assert ids(rows)[4] == "org:banque"


# ---- bodies that several states have


def test_ministries_of_two_states_are_two() -> None:
    texts = ["ministère russe de la Défense", "ministère ukrainien de la Défense"]
    rows = [mention("a", text, "ORG", start=50 * i) for i, text in enumerate(texts)]
    bare = mention("a", "ministère de la Défense", "ORG", start=100)
    assert ids([*rows, bare]) == [
        "org:ministere-de-la-defense-russie",
        "org:ministere-de-la-defense-ukraine",
        "org:ministere-de-la-defense",
    ]
    assert link([*rows, bare])[2].rule == "model+ambiguous"


def test_a_bare_ministry_is_the_only_one_of_the_article() -> None:
    rows = [
        mention("a", "ministère de la Défense", "ORG"),
        mention("a", "ministère de la Défense du Kazakhstan", "ORG", start=50),
    ]
    assert set(ids(rows)) == {"org:ministere-de-la-defense-kazakhstan"}


def parliament(*codes: str) -> str:
    rows = [state("a", code, 20 * i) for i, code in enumerate(codes)]
    body = mention(
        "a", "Assemblée nationale", "ORG", start=500, entity="org:assemblee-nationale",
        rule="table:organisations",
    )  # fmt: skip
    return ids([*rows, body])[-1]


def test_a_bare_body_follows_the_state_that_the_article_is_about() -> None:
    assert parliament("ML", "ML", "ML") == "org:assemblee-nationale-mali"
    assert parliament("ML", "ML", "ML", "FR") == "org:assemblee-nationale-mali"
    assert parliament("ML", "FR", "ML") == "org:assemblee-nationale"
    assert parliament("ML") == "org:assemblee-nationale"
    assert parliament("UA", "UA", "UA") == "org:assemblee-nationale"  # Ukraine has none


def test_the_state_stands_in_the_name_of_its_body() -> None:
    rows = [state("a", "ML", 20 * i) for i in range(3)]
    rows.append(mention("a", "Assemblée nationale", "ORG", start=500))
    names = {entity.id: entity.name for entity in count_entities(link(rows))}
    assert names["org:assemblee-nationale-mali"] == "Assemblée nationale (Mali)"


def test_a_body_whose_name_says_its_state_says_it_once() -> None:
    (entity,) = count_entities(link([mention("a", "Sénat malien", "ORG")]))
    assert (entity.id, entity.name) == ("org:senat-mali", "Sénat malien")


def test_the_name_of_an_organisation_is_what_its_id_is_made_from() -> None:
    rows = [mention("a", form, "ORG", entity="org:rivage") for form in ("Port", "Rivage SA")]
    rows.append(mention("b", "Port du Ponant lointain", "ORG", entity="org:rivage"))
    (entity,) = count_entities(rows)
    assert entity.name == "Rivage SA"


def test_every_shared_body_has_one_home_at_most() -> None:
    homes = [row.form for row in tables.bodies() if row.kind == "home"]
    assert len(homes) == len(set(homes))


# ---- merges and names


def test_merges_say_form_rule_score_and_place() -> None:
    rows = link(
        [
            mention("b", "Tokayev", start=9),
            mention("a", "Kassym-Jomart Tokaïev"),
            mention("c", "Tokayev", start=4),
        ]
    )
    (merge,) = merges(rows)
    assert (merge.form, merge.entity, merge.rule) == (
        "Tokayev",
        "per:kassym-jomart-tokaiev",
        "corpus-surname",
    )
    assert (merge.mentions, merge.example, merge.score) == (2, ("b", 9), 0.855)


def test_the_score_only_falls_along_a_chain() -> None:
    def sure(links: str) -> float:
        return score(Rule.parse(f"model+{links}")) or 0.0

    assert sure("surname") > sure("corpus-surname")
    assert sure("surname") > sure("surname+corpus-initials")


def test_an_unknown_link_is_an_error_that_says_what_is_known() -> None:
    with pytest.raises(ValueError, match="no link 'nom' in rules.csv; .*surname"):
        merges([replace(mention("a", "Joe Biden"), rule="model+nom")])


def test_the_most_frequent_spelling_is_the_name() -> None:
    rows = [mention(a, "Vladimir Poutine") for a in "ab"] + [mention("c", "Vladimir Putin")]
    (entity,) = count_entities(link(rows))
    assert (entity.id, entity.name) == ("per:vladimir-poutine", "Vladimir Poutine")


# ---- properties

LONG, OTHER = "Observatoire des prix agricoles du Ponant", "Office des ports de l'Atlantique Pointu"
FORMS: list[tuple[str, Label]] = [
    *[
        (name, "PER")
        for name in (
            "Joe Biden",
            "Jill Biden",
            "Biden",
            "J. Biden",
            "Joe",
            "Viktor Orbán",
            "Orbán Viktor",
            "Orbán",
            "Hassan Rouhani",
            "Hassan Rohani",
            "Rohani",
            "JOE BIDEN",
            "Kulsoom Nawaz",
            "Kulsoom Nawaz Sharif",
            "Sharif",
            "Olaf Scholz",
        )
    ],
    *[
        (name, "ORG")
        for name in (
            "OPAP",
            LONG,
            "Rivage",
            "Rivage SA",
            "RIVAGE",
            "Rivage Énergie",
            "ONU",
            "ministère russe de la Défense",
            "ministère ukrainien de la Défense",
            "ministère de la Défense",
            "Assemblée nationale",
            "Cour suprême",
        )
    ],
    ("ML", "COUNTRY"),
    ("FR", "COUNTRY"),
]
ARTICLE = st.lists(st.sampled_from(FORMS), min_size=1, max_size=7)
CORPORA = st.lists(st.tuples(ARTICLE, st.sampled_from(["", LONG, OTHER])), max_size=5)


def corpus(articles: Sequence[tuple[Sequence[tuple[str, Label]], str]]) -> list[Mention]:
    rows: list[Mention] = []
    for number, (forms, introduced) in enumerate(articles):
        name = f"a{number}"
        for place, (text, label) in enumerate(forms):
            entity = f"country:{text}" if label == "COUNTRY" else ""
            rows.append(mention(name, text, label, start=100 * place, entity=entity))
        if introduced:
            rows += pair(name, introduced, "OPAP", start=900)
    return rows


def metadata(rows: Sequence[Mention], seed: int) -> list[Article]:
    names = sorted({row.article for row in rows})
    return [
        Article(name, "", date=f"20{10 + (seed + i * 7) % 15}-01-01", source="AB"[(seed + i) % 2])
        for i, name in enumerate(names)
    ]


@settings(max_examples=200)
@given(CORPORA, st.randoms(use_true_random=False), st.integers(0, 9))
def test_order_is_irrelevant(
    articles: list[tuple[list[tuple[str, Label]], str]], draw: object, seed: int
) -> None:
    rows = corpus(articles)
    known = metadata(rows, seed) if seed else []
    shuffled = list(rows)
    draw.shuffle(shuffled)  # type: ignore[attr-defined]
    assert set(link(shuffled, known[::-1])) == set(link(rows, known))


@settings(max_examples=200)
@given(CORPORA, st.integers(0, 9))
def test_linking_again_changes_nothing(
    articles: list[tuple[list[tuple[str, Label]], str]], seed: int
) -> None:
    rows = corpus(articles)
    known = metadata(rows, seed) if seed else []
    once = link(rows, known)
    assert link(once, known) == once


@settings(max_examples=200)
@given(CORPORA, st.integers(0, 5), st.integers(0, 9))
def test_two_halves_put_together_are_one_run(
    articles: list[tuple[list[tuple[str, Label]], str]], cut: int, seed: int
) -> None:
    rows = corpus(articles)
    known = metadata(rows, seed) if seed else []
    halves = [], []  # type: tuple[list[Mention], list[Mention]]
    for row in rows:
        halves[int(row.article[1:]) >= cut].append(row)
    apart = [*link(halves[0], known), *link(halves[1], known)]
    assert link(apart, known) == link(rows, known)
    assert count_entities(link(apart, known)) == count_entities(link(rows, known))


# ---- organisations that share a form


@pytest.mark.parametrize(
    ("longs", "bodies_named"),
    [
        (["Union des syndicats du bâtiment", "Union syndicale du bâtiment"], 1),
        (["Office des mines du Ponant", "Office des mines et du Ponant"], 1),
        (["Union des étudiants du Bénin", "Union des étudiants du Burkina"], 2),
        (["Union des étudiants du Bénin", "Unité de soutien au bétail"], 2),
    ],
)
def test_long_forms_of_one_acronym_are_one_body_if_their_words_are_nearly_the_same(
    longs: list[str], bodies_named: int
) -> None:
    rows = [row for n, long in enumerate(longs) for row in pair(str(n), long, "USB")]
    found = ids([*rows, mention("c", "USB", "ORG")])
    assert len(set(found[:-1])) == bodies_named
    assert (found[-1] in found[:-1]) == (bodies_named == 1)  # else the acronym alone means none


def party(article: str, form: str, start: int = 20) -> Mention:
    return mention(article, form, "ORG", start=start, rule="table:organisations")


def test_a_party_of_no_state_is_the_only_one_of_the_corpus() -> None:
    told, untold = [state("a", "PT", 0), party("a", "PS")], party("b", "Parti socialiste")
    assert ids([*told, untold])[1:] == ["org:ps-portugal"] * 2


def test_a_party_of_no_state_is_none_of_two() -> None:
    told = [state("a", "PT", 0), party("a", "PS"), state("b", "FR", 0), party("b", "PS")]
    assert ids([*told, party("c", "PS")])[1::2] == ["org:ps-portugal", "org:ps"]
    assert ids([*told, party("c", "PS")])[-1] == "org:parti-socialiste"


def test_a_party_told_once_does_not_rename_one_that_is_named_often() -> None:
    told, untold = [state("a", "PT", 0), party("a", "PS")], [party(c, "PS") for c in "bcdefgh"]
    assert set(ids([*told, *untold])[2:]) == {"org:parti-socialiste"}


# ---- names that hold names


def test_persons_side_by_side_in_one_article_are_no_third_person() -> None:
    glued = mention("a", "Ousmane Sonko Bassirou Diomaye Faye")
    rows = [glued, mention("b", "Ousmane Sonko"), mention("c", "Bassirou Diomaye Faye")]
    assert ids(rows) == ["per:ousmane-sonko", "per:ousmane-sonko", "per:bassirou-diomaye-faye"]


def test_a_surname_with_its_particle_is_no_full_name_of_its_bearers() -> None:
    short = [mention(c, "Ben Laden") for c in "abc"]
    rows = [*short, mention("d", "Oussama ben Laden"), mention("e", "Hamza ben Laden")]
    assert ids(rows)[-2:] == ["per:oussama-ben-laden", "per:hamza-ben-laden"]


def test_a_son_is_not_his_father() -> None:
    rows = [mention("a", "Paul Simon"), mention("b", "Paul Simon Junior")]
    assert len(set(ids(rows))) == 2


def test_a_sovereign_is_nobody_of_that_given_name() -> None:
    pope = mention("a", "François", rule="regnal-title")
    assert ids([pope, mention("b", "François Hollande")])[0] == "per:francois"
    assert ids([pope, mention("b", "François Ier")])[0] == "per:francois-ier"


def test_middle_initials_that_differ_tell_two_persons_apart() -> None:
    forms = ["George W. Bush", "George H. W. Bush", "George W. Bush", "Antony J. Blinken"]
    rows = [mention(str(n), form) for n, form in enumerate([*forms, "Antony Blinken"])]
    assert [i.removeprefix("per:") for i in ids(rows)] == [
        "george-w-bush",
        "george-h-w-bush",
        "george-w-bush",
        "antony-blinken",
        "antony-blinken",
    ]
