"""What is not the article is marked, stays in the text, and gives no mention."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

LEAD = "La pluie a cessé dans la nuit.\n"


def marked(doc: Doc) -> list[str]:
    return [s.text for s in doc.spans["entextract"] if s.label_ == "BOILERPLATE"]


@pytest.mark.parametrize(
    "line",
    [
        "Partager",
        "Partager sur Facebook",
        "Facebook Twitter WhatsApp",
        "Facebook | Twitter | LinkedIn | WhatsApp",
        "FACEBOOK • TWITTER",
        "Facebook , Google , Reddit",
        "Lire aussi : la Chine menace le Japon",
        "À lire aussi La Pologne accuse la Russie",
        "A LIRE AUSSI | Le Mali vote",
        "Lire également : le Pérou vote",
        "Nous utilisons des cookies pour améliorer votre expérience.",
        "Laisser un commentaire",
        "Votre adresse e-mail ne sera pas publiée.",
        "Leave a Reply",
        "Leave a comment",
        "Your email address will not be published. Required fields are marked *",
        "Save my name, email, and website in this browser for the next time I comment.",
        "Post Comment",
        "Abonnez-vous à notre newsletter",
        "Tous droits réservés",
        "(c) AFP",
        "Vidéo : le Pérou vote",
        "Cet article est réservé aux abonnés du Courrier de Lomé.",
        "► À lire aussi : Le Mali vote",
        "▶ À lire aussi – Le Mali vote",
        "LIRE AUSSI >> Le Mali vote",
        "À lire aussiLe Mali vote",
        "Lire aussi : Tribune. Pour Awa Sarr, le Mali vote",
        "VIDÉO – Le Mali vote",
        "Source : AFP",
        "Crédits : Luc Morel / Sipa",
        "Accueil > Monde > Mali",
        "Publié le 27 mai 2016 à 18:40. / Modifié le 10 juin 2023 à 15:49.",
        "5 minutes de lecture",
    ],
)
def test_line_that_is_not_the_article(line: str, nlp_rules: Language) -> None:
    text = f"{LEAD}{line}\nLa Grèce vote."
    doc = nlp_rules(text)
    assert marked(doc) == [line]
    assert doc.text == text
    assert [e.text for e in doc.ents] == ["Grèce"]


def test_company_that_is_a_share_button_too(nlp_rules: Language) -> None:
    buttons = "Partager cet article :\nCourriel ,\nGoogle ,\nYahoo!"
    assert marked(nlp_rules(LEAD + buttons)) == buttons.split("\n")
    companies = "Les plus grands :\nGoogle\nYahoo!\nGoogle, Yahoo!"
    assert marked(nlp_rules(LEAD + companies)) == []


@pytest.mark.parametrize(
    ("line", "mentions"),
    [
        ("Le Mali partage une frontière avec le Niger.", ["Mali"]),
        ("Il faut lire aussi le roman sur la Grèce.", ["Grèce"]),
        ("Le partage de la Pologne reste un souvenir.", ["Pologne"]),
        ("La France et Facebook négocient.", ["France", "Facebook"]),
        ("Le président malien à Bamako, le 3 mai. (Photo Reuters)", ["malien", "Bamako"]),
        ("Photo : le port de Conakry", ["Conakry"]),
        ("Elle partage sur Facebook ses photos de Grèce.", ["Grèce"]),
        ("Source de tensions avec la Grèce, la pêche reprend.", ["Grèce"]),
        ("Vidéosurveillance : le Pérou recule.", ["Pérou"]),
        ("VIDÉOSURVEILLANCE : LE PÉROU RECULE", ["PÉROU"]),
        ("Crédits immobiliers : le Pérou recule.", ["Pérou"]),
        ("À lire les sondages, le Pérou recule.", ["Pérou"]),
        ("Accueil des réfugiés : le Pérou recule.", ["Pérou"]),
        ("Auteur d'un doublé, il donne la victoire au Pérou.", ["Pérou"]),
        ("Publié le 3 mai, le rapport accable le Pérou et son armée.", ["Pérou"]),
        ("Voir aussi loin, c'est le pari des astronomes du Pérou.", ["Pérou"]),
        ("Partager sur Facebook des photos volées a coûté cher au Pérou.", ["Pérou"]),
        ("Il faut dix minutes de lecture pour comprendre le Pérou.", ["Pérou"]),
        ("Lire aussi : le rapport. Le Pérou recule. Il pleut. Il vente.", ["Pérou"]),
    ],
)
def test_line_of_the_article(line: str, mentions: list[str], nlp_rules: Language) -> None:
    doc = nlp_rules(f"{LEAD}{line}\n")
    assert marked(doc) == []
    assert [e.text for e in doc.ents if e.text != "Niger"] == mentions


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("La Grèce rouvre le port ce lundi après dix jours de grève.", "Tous droits réservés."),
        (
            "Le maire a reçu hier soir les marins de Grèce en colère.",
            "© 2024 AFP. Tous droits réservés",
        ),
        (
            "La rentrée des écoles de Grèce se fera sans cantine.",
            "La suite est réservée aux abonnés.",
        ),
        (
            "Élus et marins de Grèce ont signé hier un accord de pêche.",
            "Toute reproduction interdite.",
        ),
        ("« La Grèce a tout fait pour ses îles », répète le ministre.", "All rights reserved."),
    ],
)
def test_notice_that_closes_a_paragraph(text: str, notice: str, nlp_rules: Language) -> None:
    doc = nlp_rules(f"{LEAD}{text} {notice}\nIl pleut.")
    assert marked(doc) == [notice]
    assert [e.text for e in doc.ents if e.label_ == "COUNTRY"] == ["Grèce"]
    alone = nlp_rules(f"{LEAD}Le Courrier de Grèce. {notice}\nIl pleut.")
    assert marked(alone) == [f"Le Courrier de Grèce. {notice}"]


TITLE = "Le Kazakhstan élit son parlement ce dimanche"


@pytest.mark.parametrize(
    ("lines", "repeated"),
    [
        ([TITLE, TITLE], [1]),
        ([TITLE, f"{TITLE} | Monde"], [1]),
        ([f"{TITLE} | Monde", TITLE], [1]),
        ([f"{TITLE} – Le Courrier", TITLE], [1]),
        ([TITLE.upper(), TITLE], [1]),
        ([TITLE, "Publié le 12 mai 2024", f"{TITLE}."], [1, 2]),
        ([TITLE, "Il a plu.", "Un.", "Deux.", TITLE], [4]),
        ([TITLE, *["Il a plu."] * 6, TITLE], []),
        ([TITLE, f"{TITLE} malgré la neige"], []),
        (["Le Mali vote", "Le Mali vote"], []),
        (["PARIS – Le Mali vote dimanche", "PARIS – Le Mali vote, a dit un ministre."], []),
        ([f"{TITLE} – Une analyse", f"{TITLE} – Les bureaux ouvrent"], []),
    ],
)
def test_title_that_is_repeated(lines: list[str], repeated: list[int], nlp_rules: Language) -> None:
    doc = nlp_rules("\n".join(lines))
    assert marked(doc) == [lines[i] for i in repeated]


def test_title_is_counted_once(nlp_rules: Language) -> None:
    doc = nlp_rules(f"{TITLE}\n{TITLE} | Monde\n\nLe Kazakhstan attend.")
    assert [(e.text, e.start_char) for e in doc.ents] == [
        ("Kazakhstan", 3),
        ("Kazakhstan", doc.text.rindex("Kazakhstan")),
    ]


def test_entities_of_the_model_in_boilerplate_are_left_out(nlp_full: Language) -> None:
    doc = nlp_full(f"{LEAD}Lire aussi : Angela Merkel raconte Berlin\nAngela Merkel est partie.")
    assert [(e.text, e.start_char) for e in doc.ents] == [
        ("Angela Merkel", doc.text.rindex("Angela"))
    ]


@pytest.mark.parametrize("text", ["", "\n", "Partager", "\r\nPartager\r\n"])
def test_little_to_read(text: str, nlp_rules: Language) -> None:
    assert [line.strip() for line in marked(nlp_rules(text))] == ["Partager"] * ("P" in text)
