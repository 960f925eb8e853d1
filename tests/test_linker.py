"""One id for one person, organisation or state within an article."""

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from entextract.pipes.linker import Linker

NLP = spacy.blank("fr")
LINKER = Linker(NLP, "linker")


def ids(*entities: tuple[str, str, str]) -> list[str]:
    """Ids given to (text, label, id so far) entities that stand one after the other."""
    words: list[str] = []
    places = []
    for text, _, _ in entities:
        places.append((len(words), len(words) + len(text.split(" "))))
        words += [*text.split(" "), ","]
    doc = Doc(NLP.vocab, words=words)
    rules = ["table:organisations" if kb_id else "model" for _, _, kb_id in entities]
    doc.ents = [
        Span(doc, start, end, label=label, kb_id=kb_id, span_id=rule)
        for (start, end), (_, label, kb_id), rule in zip(places, entities, rules, strict=True)
    ]
    linked = LINKER(doc)
    assert [e.id_.partition("+")[0] for e in linked.ents] == rules  # links are added after « + »
    return [e.kb_id_ for e in linked.ents]


def test_surname_before_and_after_its_full_name() -> None:
    assert (
        ids(("Blinken", "PER", ""), ("Antony Blinken", "PER", ""), ("Blinken", "PER", ""))
        == ["per:antony-blinken"] * 3
    )


def test_surname_of_two_persons_is_neither() -> None:
    found = ids(("Joe Biden", "PER", ""), ("Jill Biden", "PER", ""), ("Biden", "PER", ""))
    assert found == ["per:joe-biden", "per:jill-biden", "per:biden"]


def test_transliterations() -> None:
    found = ids(("Kassym-Jomart Tokaïev", "PER", ""), ("Tokayev", "PER", ""))
    assert found == ["per:kassym-jomart-tokaiev"] * 2


def test_ids_given_before_are_kept() -> None:
    assert ids(("Moscou", "COUNTRY", "country:RU"), ("OTAN", "ORG", "org:otan")) == [
        "country:RU",
        "org:otan",
    ]


def test_organisation_takes_the_id_of_its_other_mention() -> None:
    found = ids(("OPP", "ORG", "org:observatoire"), ("Vrixel", "ORG", ""), ("OPP", "ORG", ""))
    assert found == ["org:observatoire", "org:vrixel", "org:observatoire"]


def test_one_name_with_two_labels_has_two_ids() -> None:
    assert ids(("Washington", "LOC", ""), ("Washington", "PER", "")) == [
        "loc:washington",
        "per:washington",
    ]


def test_label_of_another_pipeline() -> None:
    assert ids(("Euro 2024", "EVENT", "")) == ["event:euro-2024"]


def test_no_entity() -> None:
    assert ids() == []


def test_names_by_id() -> None:
    assert LINKER.names["country:KZ"] == "Kazakhstan"
    assert LINKER.names["org:fmi"] == "Fonds monétaire international"


@pytest.mark.parametrize(
    "text",
    [
        "Les États-Unis négocient. Washington dénonce l'accord. Le président américain rit.",
        "La Maison-Blanche confirme. Les Américains votent. Les Etats-Unis hésitent.",
    ],
)
def test_state_its_people_and_its_seat_are_one(text: str, nlp_rules: Language) -> None:
    assert [e.kb_id_ for e in nlp_rules(text).ents] == ["country:US"] * 3


def test_persons_of_a_whole_text(nlp_rules: Language) -> None:
    text = "Le secrétaire d'État Antony Blinken a vu Omar Diop. Blinken rit, Diop aussi."
    assert [(e.text, e.kb_id_) for e in nlp_rules(text).ents] == [
        ("Antony Blinken", "per:antony-blinken"),
        ("Omar Diop", "per:omar-diop"),
        ("Blinken", "per:antony-blinken"),
        ("Diop", "per:omar-diop"),
    ]


def test_acronym_before_its_long_form(nlp_full: Language) -> None:
    doc = nlp_full("L'OPAP (Observatoire des prix agricoles du Ponant) a publié son bulletin.")
    assert len({e.kb_id_ for e in doc.ents if e.label_ == "ORG"}) == 1
