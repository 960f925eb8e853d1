"""Spelling: what is levelled, what is varied, and identifiers that can be read."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entextract.records.spelling import level, slug, variants

untimed = settings(deadline=None)  # the first call reads tables


@pytest.mark.parametrize(
    ("written", "levelled"),
    [
        ("l’ONU", "l'ONU"),
        ("l‘ONU", "l'ONU"),
        ("lʼONU", "l'ONU"),
        ("États‑Unis", "Etats-Unis"),
        ("Congo–Brazzaville", "Congo-Brazzaville"),
        ("Corée\u00a0du\u202fNord", "Coree du Nord"),
        ("Taï\u00adwan\u200b", "Taiwan"),
        ("Bœuf, Cœur, ŒUVRE", "Boeuf, Coeur, OEUVRE"),
        ("Lætitia, ÆRØ", "Laetitia, AERØ"),
        ("E\u0301lyse\u0301e", "Elysee"),
        ("Türkiye, Český, Łódź", "Turkiye, Cesky, Łodz"),
        ("Kremlin", "Kremlin"),
        ("", ""),
    ],
)
def test_level(written: str, levelled: str) -> None:
    assert level(written) == levelled


def test_level_keeps_case() -> None:
    assert level("ÉTATS-UNIS") != level("États-Unis")


@untimed
@given(st.text())
def test_levelling_twice_changes_nothing(text: str) -> None:
    assert level(level(text)) == level(text)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("Mali", {"Mali", "MALI"}),
        ("ONU", {"ONU"}),
        ("Fed", {"Fed"}),
        ("A-B", {"A-B"}),
        ("Guinée-Bissau", {"Guinée-Bissau", "Guinée Bissau", "GUINÉE-BISSAU", "GUINÉE BISSAU"}),
        ("Côte d'Ivoire", {"Côte d'Ivoire", "Côte D'Ivoire", "CÔTE D'IVOIRE"}),
    ],
)
def test_variants(form: str, expected: set[str]) -> None:
    assert variants(form) == expected


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Ban Ki-moon", "ban-ki-moon"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("O’Neill", "o-neill"),
        ("  Jean  Dupont ", "jean-dupont"),
        ("ŒUVRE", "oeuvre"),
        ("Зеленский", "zelenskiy"),
        ("20 Minutes", "20-minutes"),
        ("« »", "sans-nom"),
        ("", "sans-nom"),
    ],
)
def test_slug(name: str, identifier: str) -> None:
    assert slug(name) == identifier


@untimed
@given(st.text())
def test_slug_is_an_identifier(name: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug(name))


@untimed
@given(st.text())
def test_slug_does_not_move(name: str) -> None:
    assert slug(slug(name)) == slug(name)
