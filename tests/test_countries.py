"""States: names in every spelling, their people, and capitals only where they act."""

import pytest
from spacy.language import Language


def found(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    return [(e.text, e.label_, e.kb_id_.split(":")[-1]) for e in nlp(text).ents]


def kinds(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    """(text, label, kind) of what is found."""
    return [
        (e.text, e.label_, e.id_.split(":")[0] if "nym:" in e.id_ else "name")
        for e in nlp(text).ents
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Côte d'Ivoire", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("COTE D'IVOIRE", "CI"),
        ("États-Unis", "US"),
        ("Etats-Unis", "US"),
        ("États Unis", "US"),
        ("ÉTATS‑UNIS", "US"),
        ("Corée du Nord", "KP"),
        ("RDC", "CD"),
        ("Guinée-Bissau", "GW"),
        ("Guinée équatoriale", "GQ"),
        ("Guinée", "GN"),
        ("Nigeria", "NG"),
        ("Émirats arabes unis", "AE"),
        ("Birmanie", "MM"),
        ("Kirghizstan", "KG"),
        ("URSS", "SU"),
        ("Sri Lanka", "LK"),
        ("Papouasie-Nouvelle-Guinée", "PG"),
    ],
)
def test_name_of_a_state(name: str, code: str, nlp_rules: Language) -> None:
    assert found(nlp_rules, f"Il a parlé de {name} hier.") == [(name, "COUNTRY", code)]


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("kazakhs", "KZ"),
        ("malgaches", "MG"),
        ("ukrainiennes", "UA"),
        ("nord-coréens", "KP"),
        ("sud-africaine", "ZA"),
        ("néo-zélandais", "NZ"),
        ("Polonaises", "PL"),
        ("Turcs", "TR"),
        ("saoudien", "SA"),
    ],
)
def test_people_and_adjective(form: str, code: str, nlp_rules: Language) -> None:
    doc = nlp_rules(f"Des {form} sont venus.")
    assert [(e.text, e.label_, e.kb_id_) for e in doc.ents] == [
        (form, "COUNTRY", f"country:{code}")
    ]
    assert doc.ents[0].id_.startswith("demonym:")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Moscou dénonce l'accord.", "RU"),
        ("Moscou a rejeté l'accord.", "RU"),
        ("Le Kremlin a démenti.", "RU"),
        ("La Maison-Blanche confirme.", "US"),
        ("L'Élysée se tait.", "FR"),
        ("Selon Téhéran, rien ne presse.", "IR"),
        ("Les liens avec Rabat se distendent.", "MA"),
        ("La diplomatie de Pékin est patiente.", "CN"),
        ("Elle reproche à Kigali son silence.", "RW"),
    ],
)
def test_capital_or_seat_that_acts(text: str, code: str, nlp_rules: Language) -> None:
    ((_, label, kb_id),) = found(nlp_rules, text)
    assert (label, kb_id) == ("COUNTRY", code)
    ((_, _, kind),) = kinds(nlp_rules, text)
    assert kind == "metonym"


@pytest.mark.parametrize(
    "text",
    [
        "Il habite à Moscou depuis dix ans.",
        "Il est né à Kigali.",
        "La banlieue de Dakar est inondée.",
        "Dans les rues de Berlin, il neige.",
        "Le maire de Rabat sourit.",
        "Ottawa accueille le tournoi.",
        "Moscou a accueilli le tournoi.",
        "Bruxelles est une belle ville.",
        "Elle a dormi devant la Maison-Blanche.",
        "Il rentre de Varsovie.",
    ],
)
def test_capital_that_is_a_place(text: str, nlp_rules: Language) -> None:
    assert [(label, kind) for _, label, kind in kinds(nlp_rules, text)] == [("LOC", "name")]


def test_acting_and_place_in_one_article(nlp_rules: Language) -> None:
    text = "Moscou dénonce l'accord. Il neige à Moscou. Moscou accuse la Pologne."
    assert kinds(nlp_rules, text) == [
        ("Moscou", "COUNTRY", "metonym"),
        ("Moscou", "LOC", "name"),
        ("Moscou", "COUNTRY", "metonym"),
        ("Pologne", "COUNTRY", "name"),
    ]


@pytest.mark.parametrize(
    "text", ["Entre Pékin et Washington, le ton monte.", "Pékin et Washington accusent Lomé."]
)
def test_pair(text: str, nlp_rules: Language) -> None:
    assert found(nlp_rules, text)[:2] == [
        ("Pékin", "COUNTRY", "CN"),
        ("Washington", "COUNTRY", "US"),
    ]


def test_brussels_acting_is_the_union(nlp_rules: Language) -> None:
    assert found(nlp_rules, "Bruxelles dénonce la Hongrie.") == [
        ("Bruxelles", "ORG", "ue"),
        ("Hongrie", "COUNTRY", "HU"),
    ]


def test_quai_d_orsay_acting(nlp_rules: Language) -> None:
    text = "Le Quai d'Orsay a convoqué l'ambassadeur."
    assert found(nlp_rules, text) == [("Quai d'Orsay", "ORG", "quai-d-orsay")]


def test_name_and_people_of_one_spelling(nlp_rules: Language) -> None:
    assert kinds(nlp_rules, "La Suisse vote. Les Suisses hésitent. Le Suisse gagne.") == [
        ("Suisse", "COUNTRY", "name"),
        ("Suisses", "COUNTRY", "demonym"),
        ("Suisse", "COUNTRY", "demonym"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "La notice est en français.",
        "Un texte écrit en suédois.",
        "Il portait un panama blanc.",
        "Le chili est trop épicé.",
        "Les Bretons et les Catalans sont venus.",
        "Les pays européens et africains hésitent.",
    ],
)
def test_nothing_to_find(text: str, nlp_full: Language) -> None:
    assert [e.text for e in nlp_full(text).ents if e.label_ == "COUNTRY"] == []


def test_state_inside_a_longer_name(nlp_rules: Language) -> None:
    assert found(nlp_rules, "Le golfe de Guinée est agité.") == [
        ("golfe de Guinée", "LOC", "golfe-de-guinee")
    ]
    assert found(nlp_rules, "La rue de Pologne est fermée.")[0][1] == "LOC"


def test_two_states_joined_in_a_headline(nlp_full: Language) -> None:
    assert found(nlp_full, "La frontière RDC-Rwanda est fermée.") == [
        ("RDC", "COUNTRY", "CD"),
        ("Rwanda", "COUNTRY", "RW"),
    ]


def test_find_does_not_touch_candidates(nlp_rules: Language) -> None:
    doc = nlp_rules.get_pipe("entextract_norm")(nlp_rules.make_doc("Le Kazakhstan vote."))
    pipe = nlp_rules.get_pipe("entextract_countries")
    assert [(s.text, s.id_) for s in pipe.find(doc)] == [  # type: ignore[attr-defined]
        ("Kazakhstan", "table:countries")
    ]
    assert not doc.spans
