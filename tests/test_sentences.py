"""Where sentences start: after final punctuation and at each line, nowhere else."""

import time

import pytest
import spacy
from spacy.language import Language

from entextract.pipes.sentences import Sentences


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = spacy.blank("fr")
    nlp.add_pipe("entextract_sentences")
    return nlp


def sentences(nlp: Language, text: str) -> list[str]:
    return [s.text.strip() for s in nlp(text).sents]


@pytest.mark.parametrize(
    "marked",
    [
        "Le Mali vote.| La Grèce aussi !| Et le Japon ?| Oui…| Non.",
        "M. Diop a vu Mme Sy, le 3 mai 2024, à 10 h 30.",
        "Un taux de 3.5 % contre 1.200 euros.",
        "« Le Mali vote. »| La Grèce attend.",
        "(Le Mali vote.)| La Grèce attend.",
        "Il a dit : « Assez ! »| Puis il est parti.",
        "Quoi ?!| Rien.",
        "La liste, etc. et la suite.",
        "Un titre sans point|\nUne phrase.|\n\nUne autre",
        "une ligne en minuscules|\net la suivante",
        "Le Mali ; la Grèce : le Japon, enfin.",
        "Le sommet UE-Chine de Paris aura lieu.",
        "Un mot",
    ],
)
def test_starts(marked: str, nlp: Language) -> None:
    assert sentences(nlp, marked.replace("|", "")) == [s.strip() for s in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        "« C'est fini ! », a déclaré Fatou Diallo.| Il pleut.",
        "« Qui vient ? » demande Omar Sy.",
        "« Oui ! », dit-il.",
    ],
)
def test_speech_that_goes_on(marked: str, nlp: Language) -> None:
    assert sentences(nlp, marked.replace("|", "")) == [s.strip() for s in marked.split("|")]


def test_every_token_is_settled_for_the_parser(nlp: Language) -> None:
    doc = nlp("\n Le Mali vote. La Grèce aussi.")
    assert all(token.is_sent_start is not None for token in doc)
    assert doc[0].is_sent_start


def test_parser_keeps_our_starts(nlp_full: Language) -> None:
    text = "Le ministre Omar Sy, venu de Lomé mardi soir, a vu, sans le dire, Aliya Bek ; il rit."
    assert sentences(nlp_full, text) == [text]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_to_read(text: str, nlp: Language) -> None:
    assert sentences(nlp, text) == ([""] if text else [])


def test_find_changes_nothing(nlp: Language) -> None:
    doc = nlp.make_doc("Le Mali vote. La Grèce aussi.")
    assert Sentences(nlp, "s").find(doc) == [0, 4]
    assert not doc.has_annotation("SENT_START")


def test_time_grows_as_the_length(nlp: Language) -> None:
    def seconds(lines: int) -> float:
        doc = nlp.make_doc("Le Mali a vu la Grèce hier.\n" * lines)
        start = time.process_time()
        nlp.get_pipe("entextract_sentences")(doc)
        return time.process_time() - start

    once = min(seconds(150) for _ in range(5))
    assert min(seconds(1500) for _ in range(3)) < 40 * once  # 10 times as long; squared: 100
