"""Lines in ALL CAPS: which they are, and the capitals that they keep."""

import gc
import weakref
from pathlib import Path

import pytest
import spacy
from spacy.lookups import Lookups

from entextract.reading.truecasing import Recaser, is_shouted, recaser_of

WORDS = ["artisan", "banque", "brume", "coeur", "grand", "port", "tonneau", "voisin"]


@pytest.fixture(scope="module")
def recaser(tmp_path_factory: pytest.TempPathFactory) -> Recaser:
    """It has the lexicon of a model that was loaded without its lemmatizer."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "lemmatizer").mkdir()
    lookups = Lookups()
    lookups.add_table("lemma_index", {"noun": WORDS[:4], "adj": WORDS[4:]})
    lookups.add_table("lemma_exc", {"noun": {"quais": ["quai"]}})
    lookups.to_disk(folder / "lemmatizer" / "lookups")
    nlp = spacy.blank("fr")
    nlp._path = folder  # type: ignore[assignment]
    return Recaser(nlp)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("AB CD EFGHIJ", True),  # ten capitals, three words
        ("AB CD EFGHI", False),
        ("AB CDEFGHIJ", False),
        ("AB CD_EFGHIJ !", True),
        ("ABCDE FGHIJ KLMNOPQ rst", True),  # 17 of 20 letters
        ("ABCDE FGHIJ KLMNOP qrst", False),
        ("ABCDE 2024 FGHIJ : 17 %", True),  # numbers are words, and no letters
    ],
)
def test_which_lines_are_shouted(line: str, expected: bool) -> None:
    assert is_shouted(line) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LES BRUMES SUR LE PORT DE KERVOAL", "Les brumes sur le port de Kervoal"),
        ("LES GRANDES VOISINES DES ARTISANES", "Les grandes voisines des artisanes"),
        ("« BRUME ET TONNEAUX SUR LES QUAIS »", "« Brume et tonneaux sur les quais »"),
        # names, one of them longer than another that begins as it does
        (
            "PORTS DU COMMONWEALTH DES NATIONS ET DU COMMONWEALTH",
            "Ports du Commonwealth des nations et du Commonwealth",
        ),
        ("LA BANQUE MONDIALE DANS LA BRUME", "La Banque mondiale dans la brume"),
        # words of the lexicon that are sure names, and those that are not
        ("UN VOISIN DU JURA AU KREMLIN", "Un voisin du Jura au Kremlin"),
        ("LE CHEIKH, LE CONGRÈS ET LA SOMME", "Le cheikh, le congrès et la somme"),
        ("L'ANGLO-BRETON ÉTAIT AU PORT", "L'Anglo-Breton était au port"),
        # letters that another case would make more, or fewer
        ("LE CŒUR DES BRUMES DE DİYARKAN", "Le CŒUR des brumes de DİYARKAN"),
    ],
)
def test_capitals_of_a_line(recaser: Recaser, line: str, expected: str) -> None:
    assert recaser(line) == expected
    assert recaser(f"{line}\nUn FAIT\n\nBRUME SUR LE PORT") == (
        f"{expected}\nUn FAIT\n\nBrume sur le port"
    )
    assert recaser("Un FAIT, puis un AUTRE FAIT") == "Un FAIT, puis un AUTRE FAIT"


def test_a_pipeline_without_a_lexicon(tmp_path: Path) -> None:
    nlp = spacy.blank("fr")
    line, expected = "LE MINISTRE SANS BRUME À PARIS", "Le ministre sans Brume à Paris"
    assert Recaser(nlp)(line) == expected
    # nor has a model that never had a lemmatizer
    nlp._path = tmp_path  # type: ignore[assignment]
    assert Recaser(nlp)(line) == expected


def test_a_pipeline_keeps_its_recaser_as_long_as_it_lives() -> None:
    nlp = spacy.blank("fr")
    assert recaser_of(nlp) is recaser_of(nlp)
    assert recaser_of(spacy.blank("fr")) is not recaser_of(nlp)
    gone = weakref.ref(recaser_of(nlp))
    del nlp
    gc.collect()
    assert gone() is None
