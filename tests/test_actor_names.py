"""When a name of a text is that of an actor of a list, and when it is not."""

from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import entextract as ee


@pytest.fixture
def read(nlp_lists: Language, tmp_path: Path) -> Any:
    """Extracts texts with a list, given as the lines of a file."""

    def extracted(rows: str, *texts: str) -> ee.Extraction:
        path = tmp_path / "liste.csv"
        path.write_text(rows, encoding="utf-8")
        pipe: Any = nlp_lists.get_pipe("entextract_actors")
        pipe.read(path)
        return ee.extract([ee.Article(f"a{i}", text) for i, text in enumerate(texts)], nlp_lists)

    return extracted


def listed(result: ee.Extraction) -> list[str]:
    return [m.text for m in result.mentions if m.list_row]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        # transliterations
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy parle.", ["Volodymyr Zelenskyy"]),
        ("Abdelaziz Bouteflika", "Abd el-Aziz Bouteflika parle.", ["Abd el-Aziz Bouteflika"]),
        ("Mohamed bin Salman", "Mohammed ben Salmane est là.", ["Mohammed ben Salmane"]),
        ("Владимир Путин", "Vladimir Poutine se tait.", ["Vladimir Poutine"]),
        ("Volodymyr Zelensky", "Olena Zelenska parle.", []),
        # order
        ("Viktor Orbán", "Orbán Viktor est à Bruxelles.", ["Orbán Viktor"]),
        ("SARR Awa", "La maire Awa Sarr est là.", ["Awa Sarr"]),
        ("Pierre Martin", "Martin Pierre a gagné.", []),
        # particles and articles
        ("Ursula Von Der Leyen", "Ursula von der Leyen est là.", ["Ursula von der Leyen"]),
        ("Charles de Gaulle", "Le général Charles de Gaulle est là.", ["Charles de Gaulle"]),
        ("Charles de Gaulle", "Le porte-avions Charles Gall est là.", []),
        # hyphens
        ("Jean-Luc Moreau", "Jean Luc Moreau est là.", ["Jean Luc Moreau"]),
        ("Jean Luc Moreau", "Jean-Luc Moreau est là.", ["Jean-Luc Moreau"]),
        ("Luc Moreau", "Jean-Luc Moreau est là.", []),
        ("Jean Moreau", "Jean-Luc Moreau est là.", []),
        # initials
        ("Awa B. Sarr", "Mme Awa Sarr est là.", ["Awa Sarr"]),
        ("Awa Sarr", "Hier, A. Sarr se taisait.", []),
        ("George W. Bush", "George H. W. Bush est là.", []),
        # a surname alone
        ("Awa Sarr", "Awa Sarr est là. Mme Sarr se tait.", ["Awa Sarr", "Sarr"]),
        ("Awa Sarr", "Mme Sarr se tait.", []),
        ("Awa Sarr", "Moussa Sarr est là. M. Sarr se tait.", []),
        ("Sarr", "Mme Sarr se tait. Awa Sarr est là.", []),
        # longer names, and what bears a name
        ("Pierre Martin", "Jean Pierre Martin est là.", []),
        ("Pierre Martin", "Pierre Martin Dubois est là.", []),
        ("Pierre Martin", "La rue Pierre Martin est fermée.", []),
        ("Pierre Martin", "La rue Pierre-Martin est fermée.", []),
        ("Pierre Martin", "Le prix Pierre Martin est remis.", []),
        # gender
        ("Anne Dupont", "Mme Anne Dupont est là.", ["Anne Dupont"]),
        # capitals
        ("Rose Blanche", "Une rose blanche est là.", []),
        ("Banque du Ponant", "LA BANQUE DU PONANT EST LÀ.", ["BANQUE DU PONANT"]),
        # common words
        ("Rivage", "Rivage de rêve au sud. Le rivage est beau.", []),
        ("Zontec Bank SA", "La Zontec Bank recrute.", ["Zontec Bank"]),
        ("Zontec", "L'entreprise Zontec recrute.", ["Zontec"]),
        # names go over no end of sentence
        ("Awa Sarr", "Il a vu Awa. Sarr est une ville.", []),
        ("Awa Sarr", "Awa, Sarr et Luc sont là.", []),
    ],
)
def test_names_agree_by_the_rules_of_the_language(
    name: str, text: str, found: list[str], read: Any
) -> None:
    assert listed(read(f"nom\n{name}\n", text)) == found


LUCS = """\
id,nom,parti,pays
a,Luc Morel,Parti de la rade,FR
b,Luc Morel,Union du Ponant,BE
"""


@pytest.mark.parametrize(
    ("civility", "is_found"), [("Mme", True), ("M.", False), ("", True), ("Femme", True)]
)
def test_a_civility_of_a_list_is_a_gender(civility: str, is_found: bool, read: Any) -> None:
    rows = f"id,civilité,nom\nsarr,{civility},Camille Sarr\n"
    found = listed(read(rows, "Mme Camille Sarr est arrivée."))
    assert found == (["Camille Sarr"] if is_found else [])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("SARR Awa", "Awa Sarr"),
        ("Awa SARR", "Awa Sarr"),
        ("AWA SARR", "Awa Sarr"),
        ("Awa McSarr", "Awa McSarr"),
    ],
)
def test_a_name_in_capitals_is_shown_as_newspapers_print_it(
    name: str, shown: str, read: Any
) -> None:
    rows = f"id,nom,date de naissance\nun,{name},1970\n"
    result = read(rows, "Awa Sarr parle. Awa McSarr se tait.")
    assert [entity.name for entity in result.entities if entity.id == "per:un"] == [shown]


def test_two_actors_of_one_name_are_told_by_their_columns(read: Any) -> None:
    result = read(
        LUCS,
        "Luc Morel, député de l'Union du Ponant, est là. M. Morel se tait.",
        "Luc Morel, du Parti de la rade, est là.",
        "Le Belge Luc Morel est là.",
    )
    found = [(m.article, m.text, m.entity) for m in result.mentions if m.list_row]
    assert found == [
        ("a0", "Luc Morel", "per:b"),
        ("a0", "Morel", "per:b"),
        ("a1", "Luc Morel", "per:a"),
        ("a2", "Luc Morel", "per:b"),
    ]
    suspects = result.suspects()
    (why,) = suspects[suspects["propose"] == "split"]["why"]
    assert "several actors of lists are called 'Luc Morel' (liste.csv:" in why
    assert "merge" not in set(suspects["propose"])


def test_a_name_that_no_column_tells_is_nobodys_and_flagged(read: Any) -> None:
    result = read(LUCS, "Luc Morel est là.", "Luc Morel, du Parti de la rade, est là.")
    assert {m.article: m.entity for m in result.mentions if m.text == "Luc Morel"} == {
        "a0": "per:luc-morel",
        "a1": "per:a",
    }
    (doubt,) = [m for m in result.mentions if m.entity == "per:luc-morel"]
    assert (doubt.list_row, doubt.list_score) == ("liste.csv:2 | liste.csv:3", 0.0)
    suspects = result.suspects()
    assert set(suspects["propose"]) == {"split"}
    rows = suspects[suspects["entity"] == "per:luc-morel"]
    assert set(rows["other"]) == {"per:a", "per:b"}
    assert rows["why"].str.contains("the text does not tell which").all()


def test_a_surname_is_an_actor_where_a_column_bears_it_out(read: Any) -> None:
    rows = "nom,fonction\nAwa Kerbrat,maire de Plouvarec\nLuc Morel,juge\n"
    said = "Mme Kerbrat, maire de Plouvarec, se tait."
    (mention,) = [m for m in read(rows, said).mentions if m.list_row]
    assert (mention.entity, mention.text) == ("per:awa-kerbrat", "Kerbrat")
    assert 0 < mention.list_score < 0.8
    assert not listed(read(rows, "Mme Kerbrat, championne de ski, se tait."))
    assert not listed(read(rows, "M. Kerbrat, maire de Plouvarec, se tait."))
    two = rows + "Anne Kerbrat,adjointe au maire de Plouvarec\n"
    assert not listed(read(two, "Mme Kerbrat, adjointe au maire de Plouvarec, se tait."))


def test_what_one_article_bears_out_says_nothing_of_another(read: Any) -> None:
    rows = "nom,fonction\nAwa Kerbrat,maire de Plouvarec\n"
    result = read(rows, "Mme Kerbrat, maire de Plouvarec, se tait.", "Mme Kerbrat rit.")
    assert [m.article for m in result.mentions if m.list_row] == ["a0"]


def test_how_sure_depends_on_how_names_agree(read: Any) -> None:
    text = "Viktor Orbán est là. Orbán Viktor est là. M. Orbán se tait."
    scores = [m.list_score for m in read("nom\nViktor Orbán\n", text).mentions if m.list_row]
    assert scores == sorted(scores, reverse=True)
    assert 0.85 < scores[-1] < scores[0] < 1
