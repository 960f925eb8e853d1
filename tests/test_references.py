"""References and notes give no mention and stay in the text; what is told of books is read."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import entextract as ee

LEAD = "La pluie a cessé dans la nuit."
END = "La Grèce vote dimanche."


def left_out(doc: Doc) -> list[str]:
    return [
        line
        for s in doc.spans["entextract"]
        if s.id_ == "references"
        for line in s.text.split("\n")
    ]


BLOCKS = {
    "after a colon": """Bibliographie :
– Awa Sarr, Le fleuve et la dune, Dakar, Presses du Fleuve, 2011.
– Article « Dune », Encyclopédie des côtes.
– Luc Morel (dir.), Vivre au bord de l'eau, 2003 (réédition).""",
    "as in the sciences": """Références
Morel, L., Sarr, A. and Quint, P. (2019). Coastal erosion in Africa. Journal of Dunes, 12(3), 45-67.
Sarr, A. et al. (2021). The sea and the wall. Coastal Review, 4(1): 1-19. doi: 10.1000/xyz123
Banque mondiale. (2020). Rapport sur le littoral. https://exemple.org/rapport.pdf""",
    "numbered": """Notes
(1) Luc Morel, « Le sable et la loi », Revue du littoral, n° 48-4, octobre 2001.
(2) Op. cit., p. 17.
(3) Entretien avec l'auteur, qui a souhaité rester anonyme.
(4) Voir Awa Sarr, La digue, Paris, éditions du Port, 1993, p. 14.""",
    "without a heading": """Paul Quint, « Why the sea is rising », The Harbour, 21 mars 2018.
« Coastal towns and their walls », Sea Institute, 6 août 2020.
Ana Ruiz et al., « A case study of three harbours », Marine Papers, vol. 5, 2020.
Luc Morel, « Le Sénégal face à la mer », Le Courrier du port, 16 septembre 2022.""",
    "initials and brackets": """[1] P. QUINT, Traité, t. 2, Bruxelles, Larcier, 2007, pp. 112-130.
[2] Ibid., p. 131.
[3] A. SARR et L. MOREL, « La dune », in P. QUINT (éd.), Le littoral, Louvain, 2001, p. 9.""",
    "addresses": """Sources
1. https://www.exemple.org/le-port-de-lome
2. Organisation mondiale de la santé, Aide-mémoire n° 12, consulté le 3 mai 2020.
3. « Port of Lomé », www.exemple.com/ports, accessed 4 May 2020.""",
    "one after another on one line": " ".join(
        f"{n}. Luc Morel, « The sea and the wall », Coastal Review, vol. {n}, n° 2, 20{n}, p. 3-14."
        for n in range(10, 22)
    ),
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_references_and_notes(block: str, nlp_rules: Language) -> None:
    text = f"{LEAD}\n{block}\n{END}"
    doc = nlp_rules(text)
    assert left_out(doc) == block.split("\n")
    assert doc.text == text
    assert [e.text for e in doc.ents] == ["Grèce"]


@pytest.mark.parametrize(
    "line",
    [
        "Dans « La digue » (Seuil, 1963), Luc Morel écrit (p. 12) que la mer gagnera.",
        "Luc Morel publie « La digue », aux éditions du Port, 320 pages.",
        "Le 6 août 2019, Awa Sarr a quitté la Banque mondiale.",
        "« La mer monte », Luc Morel, Dakar, 6 août 2019.",
        "Concert de Luc Morel, salle Pleyel, Paris, samedi 12 mars 2022.",
        "1. Lens bat Nice 2-1, Paris reçoit Lille.",
        "1) Luc Morel (SEN) 12'45 ; 2) Ana Ruiz (ESP) 12'58.",
        "2019 : Luc Morel est élu maire de Vire.",
        "Luc Morel (1935-2003) a dirigé The Harbour Review of Books.",
        "— Luc Morel (@lucmorel) March 21, 2020",
        "Luc Morel et Awa Sarr, à Dakar (Sénégal), le 12 mai 2021. PHOTO ANA RUIZ",
        "L'article 12 de la loi n° 2004-575 du 21 juin 2004 protège Luc Morel.",
    ],
)
def test_what_is_no_reference(line: str, nlp_rules: Language) -> None:
    assert left_out(nlp_rules(f"{LEAD}\n{line}\n{END}")) == []


@pytest.mark.parametrize("heading", ["Notes", "Sources", "Pour aller plus loin"])
def test_prose_under_a_heading_is_read(heading: str, nlp_rules: Language) -> None:
    doc = nlp_rules(f"{LEAD}\n{heading}\nLuc Morel accuse la Grèce de mentir depuis 2019.")
    assert left_out(doc) == []
    assert "Grèce" in [e.text for e in doc.ents]


def test_the_report_says_how_much_was_left_out(nlp_rules: Language) -> None:
    article = ee.Article(id="a1", text=f"{LEAD}\n{BLOCKS['numbered']}\n{END}")
    result = ee.extract([article], nlp_rules)
    (problem,) = result.problems
    assert (problem.article, problem.action) == ("a1", "shortened")
    assert "words of references and notes" in problem.reason
    assert [m.entity for m in result.mentions] == ["country:GR"]
