"""Ids of entities: what is made is taken apart again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entextract.records.ids import has_label, id_of_name, is_id, key_of, label_of, make_id, own_id
from entextract.records.nouns import LABELS, Label
from entextract.records.spelling import slug

untimed = settings(deadline=None)


@untimed
@given(st.sampled_from(LABELS), st.text())
def test_an_id_says_its_label_and_its_key(label: Label, name: str) -> None:
    entity = id_of_name(label, name)
    assert is_id(entity)
    assert (label_of(entity), key_of(entity)) == (label, slug(name))
    assert [other for other in LABELS if has_label(entity, other)] == [label]


def test_ids_of_states_are_their_codes() -> None:
    assert make_id("COUNTRY", "KZ") == "country:KZ"
    assert make_id("EVENT", "euro-2024") == "event:euro-2024"  # of another pipeline


def test_the_id_of_a_form_has_the_label_of_its_entity() -> None:
    assert own_id("org:banque-du-ponant", "Banque  du Ponant") == "org:banque-du-ponant"
    assert own_id("loc:le-caire", "Caire") == "loc:caire"


@pytest.mark.parametrize("text", ["", "per:", "Awa Kerbrat", "event:euro-2024", "per: awa"])
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)


def test_the_label_of_what_is_no_id_is_an_error() -> None:
    with pytest.raises(ValueError, match="'Awa Kerbrat' is no id .* begins with one of per:, "):
        label_of("Awa Kerbrat")
