"""How the name of a place acts is read from the words around it, without a model."""

import pytest
import spacy
from spacy.tokens import Doc

from entextract.pipes.metonymy import acts

VOCAB = spacy.blank("fr").vocab


def how(text: str, *, seat: bool = False) -> str:
    """How the name in brackets acts; « | » stands between two sentences, « ¶ » for a new line."""
    words: list[str] = []
    starts: list[bool | int | None] = []
    at, opens = 0, True
    for part in text.split():
        if part == "|":
            opens = True
            continue
        if part.startswith("["):
            at = len(words)
        words.append("\n" if part == "¶" else part.strip("[]"))
        starts.append(opens)
        opens = False
    doc = Doc(VOCAB, words, sent_starts=starts)
    return acts(doc[at : at + 1], seat=seat)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Elle répond à [Kigali]", "addressee"),
        ("Elle répond vite à [Kigali]", "addressee"),
        ("Elle répond au [Caire]", "addressee"),
        ("Elle répond dans [Kigali]", ""),
        ("Elle répond | À [Kigali] la nuit tombe", ""),
        ("Elle dîne à [Kigali]", ""),
        ("À [Kigali] la nuit tombe", ""),
    ],
)
def test_who_is_answered_acts_and_where_one_dines_does_not(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "capital", "seat"),
    [
        ("la réponse de [Moscou]", "possessor", "possessor"),
        ("la réponse du [Kremlin]", "possessor", "possessor"),
        ("la réponse condamnée de [Moscou]", "possessor", "possessor"),
        ("la réponse hier de [Moscou]", "", "seat"),
        ("la réponse | De [Moscou]", "", "seat"),
        ("la place du [Kremlin]", "", ""),
        ("la place condamnée du [Kremlin]", "", ""),
        ("le toit du [Kremlin]", "", "seat"),
        ("De [Moscou]", "", "seat"),
    ],
)
def test_what_belongs_to_power_and_what_to_the_place(text: str, capital: str, seat: str) -> None:
    assert how(text) == capital
    assert how(text, seat=True) == seat


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la réponse est venue de [Budapest]", "possessor"),
        ("réponse claire et nette est venue de [Budapest]", "possessor"),
        ("réponse | est venue de [Budapest]", ""),
        ("la réponse est partie de [Budapest]", ""),
        ("le train est venu de [Budapest]", ""),
        ("venue de [Budapest]", ""),
    ],
)
def test_an_answer_comes_from_those_who_govern(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("entre [Moscou] et Kiev", "between"),
        ("entre Moscou et [Kiev]", "between"),
        ("entre les négociateurs fatigués de Moscou et [Kiev]", "between"),
        ("entre Moscou | et [Kiev]", ""),
        ("entre Moscou , [Kiev]", ""),
        ("Moscou et [Kiev]", ""),
    ],
)
def test_a_pair_is_opened_by_entre(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("un traité avec [Alger]", "agent"),
        ("Par [Alger]", "agent"),
        ("pour transiter par [Alger]", ""),
        ("pour transiter | Par [Alger]", "agent"),
        ("une aide pour [Ankara]", "agent"),
        ("quitter Doha pour [Ankara]", ""),
        ("quitter Doha | pour [Ankara]", "agent"),
        ("quitter Doha avec [Ankara]", "agent"),
    ],
)
def test_one_acts_with_a_capital_and_travels_by_another(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Moscou] accuse Kiev", "subject"),
        ("[Moscou] attaquera", "subject"),
        ("[Moscou] absorbe", "subject"),
        ("[Moscou] , accuse Kiev", ""),
        ("[Moscou] brûle", ""),
        ("[Niamey] et Ouagadougou ne nous y accusent", "subject"),
        ("[Niamey] vite accuse", "subject"),
        ("[Niamey] pluie accuse", ""),
        ("[Moscou] a menti", "subject"),
        ("[Moscou] ont menti", "subject"),
        ("[Moscou] eut menti", "subject"),
        ("[Moscou] a vu", ""),
        ("[Moscou] est menti", ""),
        ("[Moscou]", ""),
    ],
)
def test_the_subject_of_a_verb_acts(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Moscou] faisant savoir", "subject"),
        ("[Moscou] fera savoir", "subject"),
        ("[Moscou] faisant beau", ""),
        ("[Moscou] faisant", ""),
        ("[Moscou] compte sur Kiev", "subject"),
        ("[Moscou] compte dix gares", ""),
        ("[Moscou] et Kiev se renvoyant la faute", "subject"),
        ("[Moscou] et Kiev se renvoyant dos", ""),
        ("[Moscou] et Kiev renvoyant la faute", ""),
        ("[Moscou] et Kiev se renvoient la faute", ""),
    ],
)
def test_what_no_place_does(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("il félicite [Rome]", "patient"),
        ("il félicite la « [Rome]", "patient"),
        ("il félicite ¶ [Rome]", ""),
        ("il félicite Rome et [Madrid]", "patient"),
        ("il félicite la Rome , Madrid et [Lisbonne]", "patient"),
        ("Féliciter Rome et [Madrid]", "patient"),
        ("lundi | Féliciter Rome et [Madrid]", "patient"),
        ("il félicite des amis et [Madrid]", ""),
        ("il félicite des amis et Rome et [Madrid]", ""),
        ("Rome et [Madrid]", ""),
        ("et [Madrid]", ""),
        ("il visite [Madrid]", ""),
    ],
)
def test_whom_one_praises_acts_as_do_those_listed_with_it(text: str, expected: str) -> None:
    assert how(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Non » , a expliqué [Moscou] .", "subject"),
        ("» explique [Moscou]", "subject"),
        ("» explique [Moscou] | Elle", "subject"),
        ("» explique [Moscou] ...", "subject"),
        ("» a vite expliqué [Moscou] ,", "subject"),
        ("explique [Moscou] ,", ""),
        ("a expliqué [Moscou] ,", ""),
        ("elle explique [Moscou] ,", ""),
        ("» explique [Moscou] hier", ""),
        ("» visite [Moscou] ,", ""),
    ],
)
def test_who_closes_an_incise_speaks(text: str, expected: str) -> None:
    assert how(text) == expected


def test_a_seat_acts_unless_it_is_said_to_be_a_place() -> None:
    assert how("[Kremlin] , hier", seat=True) == "seat"
    assert how("dans le [Kremlin]", seat=True) == ""


@pytest.mark.parametrize(
    ("dep", "verb", "expected"),
    [
        ("nsubj", "accuse", "subject"),
        ("nsubj:pass", "accuse", "subject"),
        ("obl:agent", "accuse", "subject"),
        ("obl:arg", "accuse", ""),
        ("nsubj", "ruisselle", ""),
    ],
)
def test_the_parser_tells_a_subject_far_from_its_verb(dep: str, verb: str, expected: str) -> None:
    words = ["Lima", "–", "hier", "–", verb]
    deps = [dep, "punct", "advmod", "punct", "ROOT"]
    doc = Doc(VOCAB, words, heads=[4, 4, 4, 4, 4], deps=deps)
    assert acts(doc[:1], seat=False) == expected
