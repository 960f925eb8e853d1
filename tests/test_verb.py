"""Form and tense of a verb, by its morphology."""

import pytest
import spacy
from spacy.tokens import Doc

from entextract.pipes.relations.verb import from_morph


@pytest.mark.parametrize(
    ("morph", "expected"),
    [
        ("", ("finite", "present")),
        ("VerbForm=Inf", ("infinitive", "infinitive")),
        ("Tense=Past|VerbForm=Part", ("participle", "participle")),
        ("VerbForm=Part", ("participle", "participle")),
        ("Tense=Pres|VerbForm=Part", ("participle_present", "participle_present")),
        ("Mood=Cnd|Tense=Pres|VerbForm=Fin", ("finite", "conditional")),
        ("Mood=Ind|Tense=Fut|VerbForm=Fin", ("finite", "future")),
        ("Mood=Ind|Tense=Pres|VerbForm=Fin", ("finite", "present")),
        ("Mood=Ind|Tense=Imp|VerbForm=Fin", ("finite", "past")),
    ],
)
def test_form_and_tense_of_a_verb_of_no_table(morph: str, expected: tuple[str, str]) -> None:
    assert from_morph(Doc(spacy.blank("fr").vocab, ["dort"], morphs=[morph])[0]) == expected
