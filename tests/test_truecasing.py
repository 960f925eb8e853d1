"""Lines in ALL CAPS: which they are, the capitals that they keep, and documents read so."""

import pickle
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.lookups import Lookups
from spacy.tokens import Doc

import entextract as ee
from entextract.reading.readable import readable
from entextract.reading.truecasing import Truecaser, is_shouted

untimed = settings(deadline=None)  # the first call reads tables

# from Python 3.12 on, a fork in a process with threads is reported; spaCy forks
forks = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")

LOUD = "LE PRÉSIDENT KAZAKH KASSYM-JOMART TOKAÏEV REÇOIT EMMANUEL MACRON À ASTANA"
NAMES = [
    ("KAZAKH", "COUNTRY", "country:KZ"),
    ("KASSYM-JOMART TOKAÏEV", "PER", "per:kassym-jomart-tokaiev"),
    ("EMMANUEL MACRON", "PER", "per:emmanuel-macron"),
    ("ASTANA", "LOC", "loc:astana"),
]

WORDS = ["artisan", "banque", "brume", "coeur", "grand", "port", "tonneau", "voisin"]


@pytest.fixture(scope="module")
def truecaser(tmp_path_factory: pytest.TempPathFactory) -> Truecaser:
    """It has the lexicon of a model that was loaded without its lemmatizer."""
    folder = tmp_path_factory.mktemp("model")
    (folder / "lemmatizer").mkdir()
    lookups = Lookups()
    lookups.add_table("lemma_index", {"noun": WORDS[:4], "adj": WORDS[4:]})
    lookups.add_table("lemma_exc", {"noun": {"quais": ["quai"]}})
    lookups.to_disk(folder / "lemmatizer" / "lookups")
    nlp = spacy.blank("fr")
    nlp._path = folder  # type: ignore[assignment]
    return Truecaser(nlp, "truecaser")


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
def test_capitals_of_a_line(truecaser: Truecaser, line: str, expected: str) -> None:
    assert truecaser.truecased(line) == expected
    assert truecaser.truecased(f"{line}\nUn FAIT\n\nBRUME SUR LE PORT") == (
        f"{expected}\nUn FAIT\n\nBrume sur le port"
    )
    assert truecaser.truecased("Un FAIT, puis un AUTRE FAIT") == "Un FAIT, puis un AUTRE FAIT"


def test_a_pipeline_without_a_lexicon(tmp_path: Path) -> None:
    nlp = spacy.blank("fr")
    line, expected = "LE MINISTRE SANS BRUME À PARIS", "Le ministre sans Brume à Paris"
    assert Truecaser(nlp, "truecaser").truecased(line) == expected
    # nor has a model that never had a lemmatizer
    nlp._path = tmp_path  # type: ignore[assignment]
    assert Truecaser(nlp, "truecaser").truecased(line) == expected


def test_a_lemmatizer_that_is_trained_has_no_lexicon() -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer")
    assert Truecaser(nlp, "truecaser").truecased("UNE BRUME SUR LE PORT") == "Une Brume sur le Port"


# ---- documents


def found(doc: Doc) -> list[tuple[str, str, str]]:
    return [(e.text, e.label_, e.kb_id_) for e in doc.ents]


def test_the_pipeline_finds_what_extract_finds(nlp_full: Language) -> None:
    doc = nlp_full(LOUD)
    assert (doc.text, found(doc)) == (LOUD, NAMES)
    result = ee.extract([ee.Article("a", LOUD)], nlp_full)
    assert [(m.text, m.label, m.entity) for m in result.mentions] == NAMES
    assert [(r.kind, r.source, r.target) for r in result.relations] == [
        (row["kind"], row["source"], row["target"]) for row in doc._.entextract_relations
    ]
    assert result.relations


def test_what_pipes_set_is_kept_on_the_text_as_given(nlp_full: Language) -> None:
    text = f"{LOUD}\nIl dîne.\n\nLES ENVOYÉS FRANCO-ALLEMANDS SONT À KERVOAL. ILS DÎNENT."
    doc = nlp_full(text)
    with nlp_full.select_pipes(disable="entextract_text_as_given"):
        read = nlp_full(text)
    assert doc.text == text == read.text.upper().replace("IL DÎNE.", "Il dîne.")
    assert doc.to_array(ANNOTATED).tolist() == read.to_array(ANNOTATED).tolist()
    assert [s.text for s in doc.sents] == [text[s.start_char : s.end_char] for s in read.sents]
    for mine, its in ((doc.ents, read.ents), (doc.spans["entextract"], read.spans["entextract"])):
        assert [span_of(span) for span in mine] == [span_of(span) for span in its]
    assert doc._.entextract_relations == read._.entextract_relations
    assert doc.user_data.keys() < read.user_data.keys()


ANNOTATED = ["IDX", "HEAD", "DEP", "POS", "TAG", "MORPH", "LEMMA", "NORM", "SENT_START"]


def span_of(span: object) -> tuple[object, ...]:
    names = ("start_char", "end_char", "label_", "kb_id_", "id_")
    return tuple(getattr(span, name) for name in names)


def test_a_text_without_capitals_is_read_as_it_is(nlp_rules: Language) -> None:
    doc = nlp_rules.make_doc("Le Kazakhstan négocie.")
    assert nlp_rules(doc) is doc


def test_hard_spaces_and_control_characters_are_read_as_blanks(nlp_rules: Language) -> None:
    doc = nlp_rules("La Corée\u00a0du\u202fNord\x00et le\x07Japon")
    assert doc.text == "La Corée du Nord et le Japon"
    assert [(e.text, e.kb_id_) for e in doc.ents] == [
        ("Corée du Nord", "country:KP"),
        ("Japon", "country:JP"),
    ]
    assert [e.text for e in nlp_rules("LE PRÉSIDENT DE LA CORÉE\u00a0DU NORD\x00DORT").ents] == [
        "CORÉE DU NORD"
    ]


@forks
@pytest.mark.parametrize("n_process", [1, 2])
def test_what_a_user_keeps_beside_a_document_stays(n_process: int, nlp_rules: Language) -> None:
    pairs = [(LOUD, "a"), ("Le Japon.", "b"), ("LE\xa0KAZAKHSTAN", "c")]
    piped = list(nlp_rules.pipe(pairs, as_tuples=True, n_process=n_process))
    assert [(doc.text, context) for doc, context in piped] == [
        (LOUD, "a"),
        ("Le Japon.", "b"),
        ("LE KAZAKHSTAN", "c"),
    ]
    assert [e.kb_id_ for doc, _ in piped for e in doc.ents if e.label_ == "COUNTRY"] == [
        "country:KZ",
        "country:JP",
        "country:KZ",
    ]
    doc = nlp_rules.make_doc(LOUD)
    doc.user_data["mine"] = "kept"
    assert nlp_rules(doc).user_data["mine"] == "kept"


def test_a_pipeline_saved_without_its_lemmatizer_keeps_its_lexicon(tmp_path: Path) -> None:
    line, expected = "UN GRAND TONNEAU AU PORT", "Un grand tonneau au port"
    nlp = spacy.blank("fr")
    nlp.add_pipe("entextract_truecaser")
    lookups = Lookups()
    lookups.add_table("lemma_index", {"noun": WORDS})
    (tmp_path / "model" / "lemmatizer").mkdir(parents=True)
    lookups.to_disk(tmp_path / "model" / "lemmatizer" / "lookups")
    nlp._path = tmp_path / "model"  # type: ignore[assignment]
    nlp.to_disk(tmp_path / "saved")
    again = spacy.blank("fr")
    again.add_pipe("entextract_truecaser")
    again.from_bytes(nlp.to_bytes())
    for copy in (nlp, spacy.load(tmp_path / "saved"), again, pickle.loads(pickle.dumps(nlp))):
        assert copy(line).text == expected


@untimed
@given(st.text(st.characters(codec="utf-8"), max_size=50))
def test_readable_keeps_every_offset(text: str) -> None:
    read = readable(text)
    assert len(read) == len(text)
    assert "\x00" not in read
    assert all(a == b or b == " " for a, b in zip(text, read, strict=True))
    assert read.split("\n") == [readable(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        # forms of verbs, and the infinitives of irregular ones
        ("LE MAIRE GAGNAIT ET POUVAIT PRENDRE PART", "Le maire gagnait et pouvait prendre part"),
        (
            "ILS TRAVAILLAIENT TANDIS QU'IL PARTICIPAIT",
            "Ils travaillaient tandis qu'il participait",
        ),
        # given names that are words, and surnames that are, where the other one is none
        ("VINCENT LABRUNE ET OLIVIER ZIDAR PARLENT", "Vincent Labrune et Olivier Zidar parlent"),
        ("LE COMMISSAIRE THIERRY BRETON RECULE", "Le commissaire Thierry Breton recule"),
        ("LUIS ENRIQUE, L'ENTRAÎNEUR DU CLUB", "Luis Enrique, l'entraîneur du club"),
        ("LE VIN BRETON ET LA PIERRE ROUGE", "Le vin breton et la pierre rouge"),
        ("ROKHAYA POSE LES QUESTIONS DU JOUR", "Rokhaya pose les questions du jour"),
        # acronyms that are words, and those that are none
        ("L'ONU PARTAGE L'EAU DES TROIS PAYS", "L'Onu partage l'eau des trois pays"),
        ("DEVANT LA PRESSE, LE PAYS ATTEND", "Devant la presse, le pays attend"),
        ("LE PROJET RUSSO-MONGOL DE M. SARR", "Le projet russo-mongol de M. Sarr"),
    ],
)
def test_capitals_by_the_words_of_french(nlp_full: Language, line: str, expected: str) -> None:
    truecaser = nlp_full.get_pipe("entextract_truecaser")
    assert isinstance(truecaser, Truecaser)
    assert truecaser.truecased(line) == expected
