"""People: what announces a name, and what is no part of it."""

import pytest
import spacy
from spacy.language import Language

from entextract.pipes.people import People
from entextract.pipes.spans import set_norms
from entextract.records.rules import Rule


def people(nlp: Language, text: str) -> list[str]:
    return [e.text for e in nlp(text).ents if e.label_ == "PER"]


@pytest.mark.parametrize(
    "marked",
    [
        "M. [Dupont] arrive.",
        "M. et Mme [Dupont] arrivent.",
        "Le président [Tokaïev] reçoit.",
        "Le président kazakh [Kassym-Jomart Tokaïev] reçoit.",
        "La ministre des Affaires étrangères [Élodie Marchand] part.",
        "Le ministre de la Défense [Florent Castaing] est parti.",
        "L'ex-président [Luis Ortega] est malade.",
        "L'ancien Premier ministre [Lionel Barrat] lit.",
        "Le président de la République [Alpha Condé] lit.",
        "L'avocate Me [Inès Corvaisier] plaide.",
        "Le secrétaire d'État [Antony Blinken] écoute.",
        "Le général [de Gaulle] parle.",
        "Le roi [Charles III] salue.",
        "Le capitaine [Jean-Luc O'Neill] salue.",
        "Le prince [Mohammed ben Salmane] invite.",
        "Son frère [Karim Belkacem] est parti.",
        "[Aïssata Traoré], ministre de la Santé, est là.",
        "« Rien », a déclaré [Oumar Sylla].",
        "« Rien », explique [Fatou Diallo], sociologue.",
        "[Charles de Gaulle] a vu [Hugo Lloris] de Tottenham.",
        "[Ursula von der Leyen] est là.",
        "[Jean-Claude Van Damme] vit là.",
    ],
)
def test_name_without_what_announces_it(marked: str, nlp_rules: Language) -> None:
    text = marked.replace("[", "").replace("]", "")
    expected = [piece.split("]")[0] for piece in marked.split("[")[1:]]
    assert people(nlp_rules, text) == expected


@pytest.mark.parametrize("day", ["mardi", "Mardi", "lundi", "Dimanche"])
def test_weekday_after_a_name_is_no_part_of_it(
    day: str, nlp_rules: Language, nlp_full: Language
) -> None:
    text = f"La chancelière Angela Merkel {day} a quitté la salle."
    assert people(nlp_rules, text) == people(nlp_full, text) == ["Angela Merkel"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("M.", "Dupont"),
        ("Mme", "Marchand"),
        ("Le président", "Tokaïev"),
        ("Le Premier ministre", "Tokaïev"),
        ("La docteure", "Anne Delvaux"),
        ("Le colonel", "Assimi Goïta"),
        ("Maître", "Inès Corvaisier"),
        ("L'ex-chancelière", "Angela Merkel"),
        ("Le secrétaire général", "António Guterres"),
    ],
)
def test_titles_are_never_in_a_span(title: str, name: str, nlp_full: Language) -> None:
    assert people(nlp_full, f"{title} {name} est là.") == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Le président de la Chine est là.",
        "Le Premier ministre de la Hongrie est là.",
        "Le ministre est parti avec son frère.",
        "La rue Victor Hugo est fermée.",
        "Il pleut. Le maire a ri.",
        "a déclaré le ministre",
    ],
)
def test_no_person(text: str, nlp_rules: Language) -> None:
    assert people(nlp_rules, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("M. al-Sissi reçoit.", ["al-Sissi"]),
        ("Abdel Fattah al-Sissi reçoit.", ["Abdel Fattah al-Sissi"]),
    ],
)
def test_particle_with_a_hyphen(text: str, expected: list[str], nlp_rules: Language) -> None:
    assert people(nlp_rules, text) == expected


def test_particle_with_a_hyphen_with_the_model(nlp_full: Language) -> None:
    assert people(nlp_full, "Abdel Fattah al-Sissi reçoit le roi.") == ["Abdel Fattah al-Sissi"]


def test_name_does_not_go_on_over_a_line_end(nlp_rules: Language) -> None:
    assert people(nlp_rules, "Le combat de Fatou Diallo\nOmar Sy chante") == [
        "Fatou Diallo",
        "Omar Sy",
    ]


def test_rule_says_why(nlp_rules: Language) -> None:
    doc = nlp_rules("M. Zorblatt a vu son frère Quenzy.")
    assert [(e.text, e.id_) for e in doc.ents] == [
        ("Zorblatt", "title-before-name:m"),
        ("Quenzy", "kin-before-name"),
    ]


# ---- candidates, one rule at a time


NLP = spacy.blank("fr")
PEOPLE = People(NLP, "people")


def proposed(text: str) -> list[tuple[str, str]]:
    """(text, rule) of each candidate."""
    doc = NLP.make_doc(text)
    set_norms(doc)
    return [(span.text, span.id_) for span in PEOPLE.find(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le maire Zorblatt", ["Zorblatt"]),
        ("maire Zorblatt", ["Zorblatt"]),
        ("Le maire", []),
        ("Le maire russe", []),
        ("Le maire russe Zorblatt", ["Zorblatt"]),
        ("L'avocat Me Zorblatt", ["Zorblatt"]),
        ("Le secrétaire d'État Zorblatt", ["Zorblatt"]),
        ("Le maire et le secrétaire d'État Zorblatt", ["Zorblatt"]),
        ("Le maire de Vrixel", []),
        ("Le maire des Vrixel", []),
        ("Le général de Vrixel", ["de Vrixel"]),
        ("Les généraux de Vrixel", []),
        ("Les généraux Vrixel", ["Vrixel"]),
        ("Le général des Vrixel", []),
        ("M. de Vrixel", ["de Vrixel"]),
        ("M. des Vrixel", []),
        ("Le maire al-Vrixel", ["al-Vrixel"]),
        ("Le groupe terroriste Zorblatt", []),
        ("terroriste Zorblatt", ["Zorblatt"]),
        ("Le député LR Zorblatt", ["Zorblatt"]),
        ("Le député LR", []),
        ("Le député LR de Vrixel", []),
        ("Le député LR Zorblatt parle", ["Zorblatt"]),
        ("Le député A Zorblatt parle", ["A Zorblatt"]),
        ("Le député L.R. Zorblatt parle", ["L.R. Zorblatt"]),
        ("Le député LR ZORBLATT parle", ["LR ZORBLATT"]),
        ("Le député LR parle", []),
        ("Le général SB Zorblatt parle", ["SB Zorblatt"]),
        ("Le maire VRIXE parle", []),
        ("Le maire VRIXEL parle", ["VRIXEL"]),
        ("Le maire Vrixe parle", ["Vrixe"]),
        ("Le maire AWA BA parle", ["AWA BA"]),
    ],
)
def test_name_after_a_title(text: str, expected: list[str]) -> None:
    found = [(name, Rule.parse(rule).kind) for name, rule in proposed(text)]
    assert found == [(name, "title-before-name") for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("explique Zorblatt", ["Zorblatt"]),
        ("« Rien », a expliqué Zorblatt Quenzy", ["Zorblatt Quenzy"]),
        ("Zorblatt explique", []),
        ("explique zorblatt", []),
        ("explique C5", []),
        ("dort Zorblatt", []),
        ("explique Kazakhstan", []),
        ("explique Le Kazakhstan", []),
        ("explique La Corée du Sud", []),
        ("explique Le Zorblatt", ["Le Zorblatt"]),
        ("explique Vrixel Kazakhstan", ["Vrixel Kazakhstan"]),
    ],
)
def test_name_after_a_verb_of_speech(text: str, expected: list[str]) -> None:
    assert proposed(text) == [(name, "speech-inversion") for name in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fatou Zorblatt", ["Fatou Zorblatt"]),
        ("On voit Fatou Zorblatt et Karim Quenzy", ["Fatou Zorblatt", "Karim Quenzy"]),
        ("On voit Fatou Karim Quenzy", ["Fatou Karim Quenzy"]),
        ("Quenzy voit Fatou", []),
        ("On voit Fatou", []),
        ("rue Fatou Zorblatt", []),
        ("La rue Fatou Zorblatt", []),
        ("France Zorblatt", ["France Zorblatt"]),
        ("La France de Zorblatt", []),
        ("La France", []),
        ("Son Zorblatt", []),
    ],
)
def test_name_that_a_given_name_opens(text: str, expected: list[str]) -> None:
    assert proposed(text) == [(name, "given-name") for name in expected]
