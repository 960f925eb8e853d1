"""How true a sentence says that something is: by its tense, the verb above, the words around."""

import pytest
import spacy
from tagged import clauses_of, last_verb

from entextract.pipes.relations.component import Relations
from entextract.pipes.relations.factuality import Status, of_noun

CHILI = "Chili/COUNTRY"


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations(spacy.blank("fr"), "relations", kinds="all")


def told(text: str, relations: Relations) -> tuple[str, str]:
    """The status of the last verb, and who says so."""
    clauses = clauses_of(relations, text)
    verdict = Status(clauses).of(last_verb(clauses))
    speaker = verdict.speaker.entity if verdict.speaker is not None else None
    return verdict.status, speaker.text if speaker is not None else ""


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{CHILI} attaque/VERB x", "actual"),
        (f"{CHILI} attaquera/VERB x", "future"),
        (f"{CHILI} n'/ADV attaquera/VERB pas/ADV x", "negated"),
        (f"{CHILI} attaquerait/VERB x", "reported"),
        (f"{CHILI} attaquerait/VERB x si x", "hypothetical"),
        (f"{CHILI} attaquerait/VERB x s' il x", "hypothetical"),
        (f"{CHILI} attaquerait/VERB x s' ils x", "hypothetical"),
        (f"{CHILI} attaquerait/VERB x s' x", "reported"),
        (f"il {CHILI} attaquerait/VERB x", "reported"),
        (f"{CHILI} attaque/VERB x ?", "hypothetical"),
        (f"{CHILI} attaquera/VERB x ?", "future"),
        (f"{CHILI} attaque/VERB x ? .", "actual"),
        ("x s' il attaque/VERB x", "hypothetical"),
        (f"si {'x ' * 14}attaque/VERB", "hypothetical"),
        (f"si {'x ' * 15}attaque/VERB", "actual"),
        (f"si x , {CHILI} attaque/VERB", "actual"),
        ("faux qu' x attaque/VERB", "negated"),
        ("probable qu' x attaque/VERB", "hypothetical"),
        (f"que {CHILI} attaque/VERB ou non", "hypothetical"),
        (f"{CHILI} , attaquant/VERB x", "actual"),
    ],
)
def test_status_of_a_finite_verb(text: str, status: str, relations: Relations) -> None:
    assert told(text, relations) == (status, "")


@pytest.mark.parametrize(
    ("above", "below", "status"),
    [
        ("annonce/VERB", "attaquerait/VERB", "future"),
        ("annonce/VERB", "attaque/VERB", "actual"),
        ("dit/VERB", "attaque/VERB", "actual"),
        ("dit/VERB", "attaquera/VERB", "future"),
        ("affirme/VERB", "attaque/VERB", "reported"),
        ("affirme/VERB", "attaquerait/VERB", "future"),
        ("nie/VERB", "attaque/VERB", "negated"),
        ("ne/ADV nie/VERB pas/ADV", "attaque/VERB", "actual"),
        ("ne/ADV confirme/VERB pas/ADV", "attaque/VERB", "hypothetical"),
        ("attaque/VERB", "attaque/VERB", "actual"),
        ("attaque/VERB", "attaquerait/VERB", "reported"),
    ],
)
def test_status_under_a_verb_of_saying(
    above: str, below: str, status: str, relations: Relations
) -> None:
    text = f"{CHILI} {above} que Brésil/COUNTRY {below} x"
    assert told(text, relations) == (status, "Chili")


@pytest.mark.parametrize(
    ("text", "status", "speaker"),
    [
        (f"{CHILI} nie/VERB que attaque/VERB x", "negated", "Chili"),
        (f"{CHILI} nie/VERB que x condamne/VERB x attaque/VERB x", "actual", ""),
        (f"{CHILI} nie/VERB que x condamné/VERB x attaque/VERB x", "negated", "Chili"),
        (f"{CHILI} accuse/VERB plus/ADV que jamais/ADV x attaque/VERB", "actual", ""),
        (f"que {CHILI} attaque/VERB x", "actual", ""),
        (f"{CHILI} nie/VERB x que attaque/VERB x", "actual", ""),
        (f"x est/AUX accusé/VERB par/ADP {CHILI} d'/ADP attaquer/VERB", "reported", "Chili"),
        (f"{CHILI} accuse/VERB x d'/ADP attaquer/VERB", "reported", "Chili"),
        (f"{CHILI} veut/VERB attaquer/VERB", "hypothetical", ""),
    ],
)
def test_who_says_so(text: str, status: str, speaker: str, relations: Relations) -> None:
    assert told(text, relations) == (status, speaker)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("sans/ADP attaquer/VERB", "negated"),
        ("pour/ADP attaquer/VERB", "future"),
        ("afin de/ADP attaquer/VERB", "future"),
        ("afin d'/ADP attaquer/VERB", "future"),
        ("avant de/ADP attaquer/VERB", "future"),
        ("x de/ADP attaquer/VERB", "hypothetical"),
        ("pour/ADP avoir/AUX attaqué/VERB", "actual"),
        ("après avoir/AUX attaqué/VERB", "actual"),
        ("x attaquer/VERB", "hypothetical"),
    ],
)
@pytest.mark.parametrize("above", ["agit/VERB", "agira/VERB"])
def test_purpose_and_order_of_what_is_done(
    text: str, status: str, above: str, relations: Relations
) -> None:
    assert told(f"{CHILI} {above} {text} x", relations) == (status, "")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("réussit/VERB à/ADP attaquer/VERB", "actual"),
        ("réussira/VERB à/ADP attaquer/VERB", "future"),
        ("réussirait/VERB à/ADP attaquer/VERB", "reported"),
        ("veut/VERB réussir/VERB à/ADP attaquer/VERB", "hypothetical"),
        ("refuse/VERB de/ADP vouloir/VERB attaquer/VERB", "hypothetical"),
        ("refuse/VERB de/ADP réussir/VERB à/ADP attaquer/VERB", "negated"),
        ("refuse/VERB de/ADP s' engager/VERB à/ADP attaquer/VERB", "negated"),
        ("doit/VERB attaquer/VERB", "future"),
        ("devrait/VERB attaquer/VERB", "future"),
        ("doit/VERB avoir/AUX attaqué/VERB", "actual"),
        ("devait/VERB avoir/AUX attaqué/VERB", "future"),
        ("annonce/VERB attaquer/VERB", "future"),
        ("annonçait/VERB avoir/AUX attaqué/VERB", "actual"),
        ("n'/ADV exclut/VERB pas/ADV d'/ADP attaquer/VERB", "hypothetical"),
        ("n'/ADV évite/VERB pas/ADV d'/ADP attaquer/VERB", "actual"),
        ("ne/ADV veut/VERB pas/ADV attaquer/VERB", "negated"),
        ("veut/VERB ne/ADV pas/ADV attaquer/VERB", "negated"),
        ("pourrait/VERB attaquer/VERB", "hypothetical"),
    ],
)
def test_status_of_an_infinitive(text: str, status: str, relations: Relations) -> None:
    assert told(f"{CHILI} {text} x", relations) == (status, "")


@pytest.mark.parametrize(
    ("infinitives", "status"), [(1, "actual"), (5, "actual"), (6, "hypothetical")]
)
def test_so_many_verbs_are_climbed(infinitives: int, status: str, relations: Relations) -> None:
    text = f"{CHILI} réussit/VERB{' à/ADP réussir/VERB' * infinitives}"
    assert told(text, relations) == (status, "")


def told_of_noun(words: list[str], i: int, relations: Relations) -> str:
    clauses = clauses_of(relations, " ".join(words))
    return of_noun(i, clauses, Status(clauses), None).status


@pytest.mark.parametrize(("word", "status"), [("éventuelle", "hypothetical"), ("future", "future")])
@pytest.mark.parametrize("place", [1, 2, 4, 5, 7, 8])
def test_words_near_a_noun(word: str, status: str, place: int, relations: Relations) -> None:
    words = ["x"] * 10
    words[5], words[place] = "visite/NOUN", f"{word}/X" if place != 5 else "visite/NOUN"
    near = place in (2, 4, 7)
    assert told_of_noun(words, 5, relations) == (status if near else "actual")


@pytest.mark.parametrize(
    ("before", "status"),
    [
        ("fin de la", "negated"),
        ("fin de toute la leur", "negated"),
        ("fin de toute la leur la", "actual"),
        ("aucune", "negated"),
        ("aucune x", "actual"),
        ("pas d'", "negated"),
        ("début de la", "actual"),
        ("de", "actual"),
    ],
)
def test_words_that_cancel_a_noun(before: str, status: str, relations: Relations) -> None:
    words = before.split()
    assert told_of_noun([*words, "visite/NOUN", "x"], len(words), relations) == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("visite/NOUN x est/AUX annulée/VERB", "negated"),
        ("visite/NOUN est/AUX annulée/VERB", "negated"),
        ("visite/NOUN annule/VERB x", "actual"),
        ("visite/NOUN x est/AUX prévue/VERB", "future"),
        ("visite/NOUN x aura/VERB lieu/NOUN", "future"),
        ("visite/NOUN x a/VERB x", "actual"),
        ("visite/NOUN x condamne/VERB x est/AUX prévue/VERB", "actual"),
        ("visite/NOUN qui est/AUX annulée/VERB x est/AUX prévue/VERB", "future"),
        ("visite/NOUN annulée/VERB x est/AUX prévue/VERB", "future"),
        ("contre/ADP visite/NOUN x est/AUX prévue/VERB", "actual"),
        ("x est/AUX annulée/VERB , visite/NOUN x est/AUX prévue/VERB", "future"),
    ],
)
def test_what_is_said_of_a_noun(text: str, status: str, relations: Relations) -> None:
    words = text.split()
    assert told_of_noun(words, words.index("visite/NOUN"), relations) == status


@pytest.mark.parametrize(("relation", "status"), [("acl:relcl", "future"), ("acl", "negated")])
def test_a_relative_clause_says_nothing_of_the_noun(
    relation: str, status: str, relations: Relations
) -> None:
    text = "visite/NOUN où x est/AUX annulée/VERB x est/AUX prévue/VERB"
    clauses = clauses_of(relations, text, ("annulée", "visite", relation))
    assert of_noun(0, clauses, Status(clauses), None).status == status
