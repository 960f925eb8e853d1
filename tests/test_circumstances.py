"""When and where a relation was, and which words stand for its ends."""

import pytest
from spacy.language import Language

import entextract as ee
from entextract.records.calendar import Day
from entextract.records.moments import Moment

TODAY = "2024-03-09"  # a Saturday
DATES = {
    "Le Maroc a mardi accusé l'Espagne.": "2024-03-05",
    "Mardi soir, le Maroc a accusé l'Espagne.": "2024-03-05",
    "Le Maroc a accusé l'Espagne samedi.": "2024-03-09",
    "Le Maroc a accusé l'Espagne samedi dernier.": "2024-03-02",
    "Luc Morel rencontrera Nora Diaz mardi prochain.": "2024-03-12",
    "Luc Morel rencontrera jeudi Nora Diaz.": "2024-03-14",
    "Le Maroc a accusé l'Espagne le 3 mars.": "2024-03-03",
    "Le Maroc a accusé l'Espagne le mardi 14 novembre.": "2023-11-14",
    "Le 3 mars 2021, la Suède a rejoint l'OTAN.": "2021-03-03",
    "La Suède rejoindra l'OTAN en mai.": "2024-05",
    "La Suède a rejoint l'OTAN en mai dernier.": "2023-05",
    "La Suède a rejoint l'OTAN fin février 2022.": "2022-02",
    "La Suède a rejoint l'OTAN en 2012.": "2012",
    "Luc Morel a rencontré hier Nora Diaz.": "2024-03-08",
    "Luc Morel a rencontré Nora Diaz la semaine dernière.": "2024-W09",
    "Luc Morel a rencontré Nora Diaz l'an dernier.": "2023",
    "Luc Morel a rencontré Nora Diaz ce matin.": "2024-03-09",
    "Luc Morel a rencontré Nora Diaz il y a trois jours.": "2024-03-06",
    "L'attaque de la Russie contre la Pologne mardi a choqué.": "2024-03-05",
    # that is not when
    "Depuis mardi, le Maroc accuse l'Espagne.": "",
    "Le Maroc accuse l'Espagne depuis le 3 mars.": "",
    "Le Maroc a accusé l'Espagne entre mardi et jeudi.": "",
    "Luc Morel a dit mardi que le Maroc avait accusé l'Espagne.": "",
    "Le Maroc a accusé l'Espagne, qui avait voté mardi.": "",
    "Le Maroc accuse l'Espagne le mardi.": "",
    "Le Maroc a accusé l'Espagne avant le sommet du 3 mars.": "",
    "Le Maroc a accusé l'Espagne le 31 février.": "",
}
PLACES = {
    "À Genève, Luc Morel a rencontré Nora Diaz.": "loc:geneve",
    "Luc Morel a rencontré Nora Diaz à Genève.": "loc:geneve",
    "Luc Morel a rencontré Nora Diaz en Tunisie.": "country:TN",
    "Luc Morel a rencontré Nora Diaz au Mali.": "country:ML",
    # that is not where
    "Luc Morel a rencontré Nora Diaz, née à Genève.": "",
    "La Russie a attaqué la Pologne.": "",
    "Luc Morel a dit à Genève que le Maroc avait accusé l'Espagne.": "",
}


def only(text: str, date: str, nlp: Language) -> ee.Relation:
    result = ee.extract([ee.Article(id="a", text=text, date=date)], nlp)
    (relation,) = (r for r in result.relations if r.kind != "located_in")
    return relation


@pytest.mark.parametrize(("text", "date"), DATES.items())
def test_the_date_is_that_which_the_sentence_gives(
    text: str, date: str, nlp_full: Language
) -> None:
    assert only(text, TODAY, nlp_full).date == date


@pytest.mark.parametrize("text", list(DATES))
def test_without_the_date_of_the_article_a_year_is_needed(text: str, nlp_full: Language) -> None:
    named = DATES[text] if any(year in text for year in ("2021", "2022", "2012")) else ""
    assert only(text, "", nlp_full).date == named


@pytest.mark.parametrize(("text", "place"), PLACES.items())
def test_the_place_is_that_which_the_sentence_gives(
    text: str, place: str, nlp_full: Language
) -> None:
    assert only(text, "", nlp_full).place == place


def test_titles_have_no_date(nlp_full: Language) -> None:
    text = "La ministre du Mali, Nora Diaz, a souri mardi à Rome."
    relation = only(text, TODAY, nlp_full)
    assert (relation.kind, relation.date, relation.place) == ("position_held", "", "")


def test_offsets_give_back_the_words_of_both_ends_and_the_sentence(nlp_full: Language) -> None:
    text = "LE PORT EST FERMÉ.\nPaul\u00ad Mercier se tait. LA RUSSIE A ACCUSÉ LA POLOGNE MARDI."
    result = ee.extract([ee.Article(id="a", text=text, date=TODAY)], nlp_full)
    (r,) = result.relations
    assert text[r.source_start : r.source_end] == "RUSSIE"
    assert text[r.target_start : r.target_end] == "POLOGNE"
    assert r.text == "LA RUSSIE A ACCUSÉ LA POLOGNE MARDI."
    (sentence,) = (s for s in result.sentences if s.sentence == r.sentence)
    assert sentence.text == r.text


def test_the_pipeline_leaves_the_date_to_who_knows_that_of_the_article(nlp_full: Language) -> None:
    (row,) = nlp_full("Le Maroc a accusé l'Espagne mardi.")._.entextract_relations
    assert row["date"] == ""
    assert Moment(**row["moment"]).date(Day(2024, 3, 9)) == "2024-03-05"
