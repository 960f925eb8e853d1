"""Line ends that a margin has made are read as blanks; all others end a line."""

import textwrap

import pytest
from spacy.language import Language

import entextract as ee
from entextract.reading.line_ends import margin_joins
from entextract.reading.readable import reading_of

WRAPPED = [
    (
        "Le président Macky Sall a reçu Awa⏎Sarr à Dakar. La Banque⏎mondiale prêtera.",
        "a reçu Awa Sarr à Dakar. La Banque mondiale prêtera.",
    ),
    ("Omar Diop est venu hier à Da-⏎kar, où il a vu Awa⏎Sarr.", "à Dakar, où il a vu Awa Sarr."),
    (
        "La ministre de la Santé de Côte⏎d'Ivoire s'est rendue à Saint-⏎Denis.",
        "de Côte d'Ivoire s'est rendue à Saint-Denis.",
    ),
    ("Il a quitté Aix-⏎en-Provence pour Genè\u00ad⏎ve.", "Aix-en-Provence pour Genève."),
    (
        "Les députés ont entendu mardi M.⏎Koffi Mensah et la pré-  ⏎   sidente Ama Owusu.",
        "mardi M. Koffi Mensah et la présidente Ama Owusu.",
    ),
    ("La porte-⏎parole a vu la Croix-⏎Rouge.", "La porte-parole a vu la Croix-Rouge."),
    ("Le tribunal de grande instance de\r⏎la ville de Lomé.\r⏎", "instance de la ville de Lomé."),
]
APART = [
    # a title without a full stop, a dateline, a byline
    "Macron en visite à Dakar⏎Le président a reçu hier Awa Sarr, la mi-⏎nistre de l'Agriculture.",
    "DAKAR (AFP)⏎Le gouvernement du Sénégal a présenté un budget en⏎hausse de cinq pour cent.",
    "PARIS-⏎Le ministre de l'Intérieur a reçu les préfets.",
    # a list of names, a signature with its office, a table, a poem
    "Étaient présents :⏎Awa Sarr⏎Omar Diop⏎Fatou Ndiaye⏎Paul Mercier",
    "Jean Dupont⏎professeur émérite à l'université de Lyon⏎Marie Martin⏎directrice de recherche",
    "pays⏎capitale⏎Mali⏎Bamako⏎Niger⏎Niamey",
    "- Awa Sarr, présidente du comité⏎- Omar Diop, trésorier⏎- Fatou Ndiaye, secrétaire générale",
    # paragraphs on one line each, one of which a link has broken
    f"{'Le conseil a débattu du budget. ' * 12}⏎{'Le maire s’est tu. ' * 9}selon⏎le journal local.",
]


@pytest.mark.parametrize(("text", "read"), WRAPPED)
def test_lines_of_a_wrapped_text_are_put_together(text: str, read: str) -> None:
    text = text.replace("⏎", "\n")
    reading = reading_of(text)
    assert read in reading.read
    assert len(reading.given) == len(text)
    places = reading.kept or range(len(text))
    for place, letter in zip(places, reading.read, strict=True):
        assert letter == text[place] or (letter == " " and text[place].isspace())


@pytest.mark.parametrize("text", APART)
def test_lines_of_their_own_stay_apart(text: str) -> None:
    text = text.replace("⏎", "\n")
    first = text.index("\n")
    assert first not in {join.start for join in margin_joins(text)}
    if "-\n" not in text and "en\n" not in text:
        assert margin_joins(text) == []


PARAGRAPHS = [
    "Le maire veut une réforme",
    "Le président du conseil, Koffi Mensah, a présenté mardi devant les députés un texte qui "
    "change le mode de scrutin et que l'opposition d'Ama Owusu juge contraire à la Constitution.",
    "Reçue ensuite par Paul Mercier, elle a demandé que la Banque mondiale suspende ses prêts.",
    "Koffi Mensah n'a pas répondu, mais l'Union africaine et la Suisse se disent inquiètes.",
]


@pytest.mark.parametrize("width", [34, 48, 72])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_wrapped_article_gives_the_names_of_the_article(
    width: int, between: str, nlp_full: Language
) -> None:
    whole = "\n".join(PARAGRAPHS)
    wrapped = between.join(textwrap.fill(each, width) for each in PARAGRAPHS)
    plain, result = (ee.extract([ee.Article("a", t)], nlp_full) for t in (whole, wrapped))
    assert [m.entity for m in result.mentions] == [m.entity for m in plain.mentions]
    if between == "\n\n":  # else a last line that is full by chance ends no paragraph
        assert [m.paragraph for m in result.mentions] == [m.paragraph for m in plain.mentions]
    assert result.entities == plain.entities
    for m in result.mentions:
        assert m.text == wrapped[m.start : m.end]
    for row in result.relations:
        assert row.trigger == wrapped[row.start : row.end]
    assert [(r.kind, r.source, r.target, r.text) for r in result.relations] == [
        (r.kind, r.source, r.target, r.text) for r in plain.relations
    ]
    doc = nlp_full(wrapped)
    assert len(doc.text) == len(wrapped)
    assert [(e.start_char, e.end_char, e.kb_id_) for e in doc.ents] == [
        (m.start, m.end, m.entity) for m in result.mentions
    ]
