"""Facts that places side by side, parties and borders state, in sentences written word by word."""

from collections.abc import Iterable

import pytest
from reading import read

from entextract.pipes.relations.facts import _borders, _located, _parties, _seats
from entextract.pipes.relations.frames import Found


def said(found: Iterable[Found]) -> list[str]:
    return [f"{f.source} {f.kind} {f.target} {f.trigger}" for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("à LOC:Gizeh , en COUNTRY:Égypte , hier", ["Gizeh located_in Égypte (3, 4)"]),
        ("à LOC:Gizeh , dans le COUNTRY:Delta .", ["Gizeh located_in Delta (3, 4)"]),
        ("à LOC:Gizeh , dans la région de LOC:Delta .", ["Gizeh located_in Delta (3, 4)"]),
        ("à LOC:Gizeh en COUNTRY:Égypte", ["Gizeh located_in Égypte (2, 3)"]),
        ("à LOC:Gizeh , en COUNTRY:Égypte et", []),
        ("à LOC:Gizeh en COUNTRY:Égypte et", ["Gizeh located_in Égypte (2, 3)"]),
        ("à LOC:Gizeh en LOC:Delta", []),
        ("à LOC:Gizeh , en ORG:ONU", []),
        ("à LOC:Gizeh , vers COUNTRY:Égypte", []),
        ("à LOC:Gizeh , en DEM:russe", []),
        ("pour LOC:Gizeh , en COUNTRY:Égypte", []),
        ("sous LOC:Gizeh en COUNTRY:Égypte", ["Gizeh located_in Égypte (2, 3)"]),
        ("sous LOC:Gizeh , en COUNTRY:Égypte", []),
        ("LOC:Gizeh , en COUNTRY:Égypte ,", ["Gizeh located_in Égypte (2, 3)"]),
        ("LOC:Gizeh , en COUNTRY:Égypte dort", []),
        ("LOC:Gizeh en COUNTRY:Égypte .", []),
        ("pour la ville de LOC:Gizeh en COUNTRY:Égypte", ["Gizeh located_in Égypte (5, 6)"]),
        ("à LOC:Gizeh et LOC:Louxor , en COUNTRY:Égypte", []),
        ("ORG:Hezbollah DEM:libanais", ["Hezbollah located_in libanais (1, 2)"]),
        ("LOC:Gizeh DEM:libanais", []),
        ("PER:Paul , en COUNTRY:Égypte ,", []),
    ],
)
def test_a_place_in_a_state(text: str, expected: list[str]) -> None:
    s = read(text)
    found = [line for arg in s.args for line in said(_located(arg, s))]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le ORG:Parti_libéral de PER:Anne", ["Anne member_of Parti libéral (1, 2)"]),
        ("le ORG:Mouvement d' PER:Anne", ["Anne member_of Mouvement (1, 2)"]),
        ("le ORG:Parti_libéral avec PER:Anne", []),
        ("le ORG:Parti_libéral de LOC:Gizeh", []),
        ("le ORG:Syndicat de PER:Anne", []),
        ("le ORG:Parti_libéral de", []),
    ],
)
def test_the_leader_of_a_party(text: str, expected: list[str]) -> None:
    s = read(text)
    assert [line for arg in s.args for line in said(_parties(arg, s))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("la frontière DEM:russo - DEM:suédoise", ["russo shares_border_with suédoise (1, 2)"]),
        ("la frontière DEM:russo et DEM:suédoise", []),
        ("la frontière DEM:russo - COUNTRY:Suède", []),
        ("la frontière COUNTRY:Russie - DEM:suédoise", []),
        ("la guerre DEM:russo - DEM:suédoise", []),
        ("la frontière DEM:russo | - DEM:suédoise", []),
        ("la frontière", []),
    ],
)
def test_a_border_of_two_states(text: str, expected: list[str]) -> None:
    assert said(_borders(read(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ORG:Interpol , basée à LOC:Lyon", ["Interpol located_in Lyon (2, 3)"]),
        ("ORG:Interpol est basée a b c d à LOC:Lyon", ["Interpol located_in Lyon (2, 3)"]),
        ("ORG:Interpol est basée a b c d e à LOC:Lyon", []),
        ("ORG:Interpol basée par LOC:Lyon", []),
        ("ORG:Interpol basée à ORG:Lyon", []),
        ("ORG:Interpol basée à LOC:Interpol", []),
        ("PER:Anne basée à LOC:Lyon", []),
        ("ORG:Interpol dont le siège est à LOC:Lyon", ["Interpol located_in Lyon (3, 4)"]),
        ("ORG:Interpol dont tout le siège à LOC:Lyon", ["Interpol located_in Lyon (4, 5)"]),
        ("ORG:Interpol dont tout le nouveau siège à LOC:Lyon", []),
        ("ORG:Interpol dont le siège a b c n' à LOC:Lyon", []),
        ("ORG:Interpol , le siège est à LOC:Lyon", []),
        ("LOC:Oslo , capitale de COUNTRY:Norvège", ["Oslo located_in Norvège (2, 3)"]),
        ("LOC:Oslo , capitale DEM:russe", ["Oslo located_in russe (2, 3)"]),
        ("la capitale de COUNTRY:Norvège a b , LOC:Oslo", ["Oslo located_in Norvège (1, 2)"]),
        ("la capitale de COUNTRY:Norvège a b c , LOC:Oslo", []),
        ("la capitale de COUNTRY:Norvège LOC:Oslo", []),
        ("la capitale de COUNTRY:Norvège , PER:Anne", []),
    ],
)
def test_where_a_body_has_its_seat_and_a_state_its_capital(text: str, expected: list[str]) -> None:
    assert said(_seats(read(text))) == expected
