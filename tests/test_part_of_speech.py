"""Kinds of words without a tagger: names of states that act are told apart by our tables."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from entextract.pipes.part_of_speech import is_finite, is_participle, lemma, part_of_speech


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Astana réunit cinq pays.", "metonym"),
        ("Doha prendra en charge le carburant.", "metonym"),
        ("Pékin n'a pas encore réagi.", "metonym"),
        ("Niamey et Ouagadougou n'ont pas donné leur accord.", "metonym"),
        ("Varsovie a déjà fait savoir que rien ne changeait.", "metonym"),
        ("Lima est une ville.", "table:capitals"),
        ("Lima a connu un séisme.", "table:capitals"),
        ("Oslo, jeudi, sous la pluie.", "table:capitals"),
        ("Il a quitté Doha pour Ankara.", "table:capitals"),
    ],
)
def test_capitals_that_act(nlp_rules: Language, text: str, kind: str) -> None:
    found = [e.id_ for e in nlp_rules(text).ents if e.label_ in ("COUNTRY", "LOC")]
    assert found
    assert all(rule.startswith(kind) for rule in found)


def test_words_of_the_tables(nlp_rules: Language) -> None:
    doc = nlp_rules.make_doc("Pékin accuse vite accusé accuser table Accuse")
    _, accuse, fast, accused, accuser, table, name = doc
    assert [is_finite(t) for t in doc] == [False, True, False, False, False, False, False]
    assert part_of_speech(accuse) == part_of_speech(accuser) == "VERB"
    assert part_of_speech(fast) == "ADV"
    assert part_of_speech(table) == part_of_speech(name) == ""
    assert is_participle(accused)
    assert not is_participle(fast)
    assert not is_participle(table)
    assert lemma(accused) == lemma(accuse) == "accuser"
    assert lemma(table) == "table"


def test_a_tagger_is_believed(nlp_rules: Language) -> None:
    words = ["accuse", "accuse", "accusé"]
    doc = Doc(nlp_rules.vocab, words, pos=["NOUN", "VERB", "NOUN"], lemmas=["x", "y", "z"])
    doc[1].set_morph("VerbForm=Fin")
    assert [is_finite(t) for t in doc] == [False, True, False]
    assert [part_of_speech(t) for t in doc] == ["NOUN", "VERB", "NOUN"]
    assert not is_participle(doc[2])
    assert lemma(doc[1]) == "y"
