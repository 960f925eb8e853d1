"""Organisations: listed, announced by a word, or paired with their acronym."""

import pytest
from spacy.language import Language

from entextract import tables


def orgs(nlp: Language, text: str) -> list[tuple[str, str]]:
    return [(e.text, e.kb_id_) for e in nlp(text).ents if e.label_ == "ORG"]


def texts(nlp: Language, text: str) -> list[str]:
    return [name for name, _ in orgs(nlp, text)]


# ---- listed


@pytest.mark.parametrize(
    ("form", "identifier"),
    [
        ("OTAN", "otan"),
        ("BERD", "berd"),
        ("Banque européenne pour la reconstruction et le développement", "berd"),
        ("Fonds monétaire international", "fmi"),
        ("FONDS MONÉTAIRE INTERNATIONAL", "fmi"),
        ("OSCE", "osce"),
        ("Union européenne", "ue"),
        ("Hezbollah", "hezbollah"),
    ],
)
def test_listed_form(form: str, identifier: str, nlp_rules: Language) -> None:
    assert orgs(nlp_rules, f"Elle a vu {form} hier.") == [(form, f"org:{identifier}")]


ACRONYMS = "ONU OTAN UE BERD FMI OSCE OPEP CEDEAO UA C5+1 G7 G20 BRICS OMS AIEA OMC BCE CPI CIA"


@pytest.mark.parametrize("acronym", ACRONYMS.split())
def test_what_the_international_press_names_is_listed(acronym: str) -> None:
    assert acronym in {row.form.upper() for row in tables.organisations()}


def test_four_hundred_organisations_at_least() -> None:
    assert len({row.id for row in tables.organisations()}) >= 400


def test_acronym_and_long_form_have_one_id(nlp_full: Language) -> None:
    text = "La BERD prête. La Banque européenne pour la reconstruction et le développement aussi."
    assert {kb_id for _, kb_id in orgs(nlp_full, text)} == {"org:berd"}


def test_half_of_a_hyphenated_name_is_not_a_mention(nlp_rules: Language) -> None:
    assert "Siemens" not in texts(nlp_rules, "Le groupe Siemens-Gamesa recrute.")


# ---- announced


@pytest.mark.parametrize(
    "marked",
    [
        "Le [ministère russe de la Défense] a démenti.",
        "Le [parquet de Paris] enquête.",
        "Le [tribunal de Rennes] juge.",
        "La [mairie de Marseille] ferme.",
        "La société [Nordivex] vend.",
        "L'association [Rivages] plaide.",
        "[Rivage Holding] recrute.",
        "Selon [Danske Bank], rien ne presse.",
        "La [Banque Atlantique] recrute.",
    ],
)
def test_name_that_a_word_announces(marked: str, nlp_rules: Language) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert texts(nlp_rules, text) == [marked.split("[")[1].split("]")[0]]


@pytest.mark.parametrize(
    "marked",
    [
        "Le [ministère de la transition écologique] a tranché.",
        "La [cour d'appel de Douai] a confirmé.",
        "Le [ministère des Affaires étrangères] a démenti.",
        "La [Cour suprême] examinera le recours.",
        "Le [ministère kazakh de l'Énergie] a démenti, mardi, toute pénurie.",
        "Le [parquet de Dakar] a ouvert une enquête sur Omar Sy.",
    ],
)
def test_name_that_a_word_announces_with_the_model(marked: str, nlp_full: Language) -> None:
    text = marked.replace("[", "").replace("]", "")
    assert texts(nlp_full, text) == [marked.split("[")[1].split("]")[0]]


@pytest.mark.parametrize(
    "text",
    [
        "Le ministère n'a pas répondu.",
        "Le tribunal a jugé.",
        "Le gouvernement espagnol a démissionné.",
        "Le Parlement israélien vote.",
        "La ministre de la Santé est partie.",
        "Elle a mangé une orange.",
        "La libération des otages a duré.",
    ],
)
def test_no_organisation(text: str, nlp_full: Language) -> None:
    assert orgs(nlp_full, text) == []


def test_nothing_is_marked_inside(nlp_full: Language) -> None:
    doc = nlp_full("Le ministère russe de la Défense a confirmé le tir.")
    assert [e.text for e in doc.ents] == ["ministère russe de la Défense"]


def test_listed_form_inside_a_longer_name(nlp_full: Language) -> None:
    assert (
        "org:pt-bresil"
        not in dict(orgs(nlp_full, "Le Parti des travailleurs kurdes vote.")).values()
    )


# ---- « long form (ACRONYM) »


def test_pair_has_one_id_and_the_acronym_is_known_after_it(nlp_rules: Language) -> None:
    text = "L'Observatoire des prix du Ponant (OPP) publie. L'OPP se tait."
    identifier = "org:observatoire-des-prix-du-ponant"
    assert orgs(nlp_rules, text) == [
        ("Observatoire des prix du Ponant", identifier),
        ("OPP", identifier),
        ("OPP", identifier),
    ]


def test_pair_of_a_listed_long_form_has_its_id(nlp_rules: Language) -> None:
    text = "Le Fonds monétaire international (FMI) prête."
    assert orgs(nlp_rules, text) == [
        ("Fonds monétaire international", "org:fmi"),
        ("FMI", "org:fmi"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Le club des pêcheurs de Sète (XYZ) a gagné.",
        "Il arrive demain (OPP).",
        "Il pleut. (OPP) Un titre.",
        "(OPP)",
        "L'Observatoire des prix\ndu Ponant (OPP) publie.",
    ],
)
def test_brackets_that_are_no_pair(text: str, nlp_rules: Language) -> None:
    doc = nlp_rules(text)
    assert [s.text for s in doc.spans["entextract"] if s.id_ == "acronym-pair"] == []


def test_unknown_long_form_is_not_the_listed_owner_of_its_acronym(nlp_rules: Language) -> None:
    text = "Le Cercle des pêcheurs (CDP) siège."
    assert dict(orgs(nlp_rules, text)).get("Cercle des pêcheurs") == "org:cercle-des-pecheurs"
