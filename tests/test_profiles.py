"""Who each actor is, from the rows of articles alone, in memory or from a disk."""

from dataclasses import replace
from pathlib import Path

import pytest
from runs import cut, made_up, write_run
from spacy.language import Language

import entextract as ee
from entextract.linking.entities import count_entities
from entextract.profiles import profiles_of
from entextract.profiles.bodies import kind_before, kind_of_body, state_of
from entextract.profiles.gender import sign_before, sign_of_name
from entextract.records.nouns import Article, Entity, Mention, Profile, Relation, Sentence
from entextract.result import Extraction
from entextract.runs.tables import open_run

PERSON = "per:camille-rey"


def said(*texts: str, name: str = "Rey", label: str = "PER", entity: str = PERSON) -> Extraction:
    """The rows of articles of one sentence each, which name somebody once."""
    articles, mentions, sentences = [], [], []
    for n, text in enumerate(texts):
        start = text.index(name)
        where = (f"a{n}", start, start + len(name), name)
        articles.append(Article(f"a{n}", text, date=f"2024-03-{n + 1:02}"))
        mentions.append(Mention(*where, label, "name", entity, 0, 0, "model"))  # type: ignore[arg-type]
        sentences.append(Sentence(f"a{n}", 0, 0, len(text), text))
    rows = Extraction(tuple(articles), tuple(mentions), (), (), tuple(sentences))
    known = (Entity(entity, name, label, None, (name,), len(texts), len(texts)),)  # type: ignore[arg-type]
    return Extraction(rows.articles, rows.mentions, known, (), rows.sentences)


def profile(result: Extraction) -> Profile:
    return result.profiles[0]


@pytest.mark.parametrize(
    ("before", "gender"),
    [
        ("Selon Mme ", "f"),
        ("selon M. ", "m"),
        ("la ministre ", "f"),
        ("une ancienne ministre ", "f"),
        ("l'ancien ministre ", "m"),
        ("Le ministre malien ", "m"),
        ("la ministre sénégalaise ", "f"),
        ("députée ", "f"),
        ("avec le président ", "m"),
        ("l’avocate ", "f"),
        ("LA PRÉSIDENTE ", "f"),
        ("l'avocat de ", ""),
        ("le mari d'", ""),
        ("les ministres ", ""),
        ("ministre ", ""),
        ("la ministre, ", ""),
        ("Hier, ", ""),
        ("", ""),
    ],
)
def test_gender_by_the_words_before_a_name(before: str, gender: str) -> None:
    sign = sign_before(before)
    assert (sign.gender if sign is not None else "") == gender


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Anne Rey", "f"),
        ("Paul Rey", "m"),
        ("Jean-Marc Rey", "m"),
        ("Rey", ""),
        ("Camille Rey", ""),
    ],
)
def test_gender_by_a_given_name(name: str, gender: str) -> None:
    sign = sign_of_name(name)
    assert (sign.gender if sign is not None else "") == gender


def test_a_civility_decides_against_the_given_name() -> None:
    found = profile(said("Mme Andrea Rey parle.", name="Andrea Rey"))
    assert (found.gender, found.gender_share) == ("f", 1.0)


def test_signs_that_contradict_each_other_tell_nothing() -> None:
    found = profile(said("M. Rey parle.", "Mme Rey parle."))
    assert (found.gender, found.gender_share) == ("", 0.5)
    mostly = profile(said(*["Mme Rey parle."] * 4, "M. Rey parle."))
    assert (mostly.gender, mostly.gender_share) == ("f", 0.8)
    assert (profile(said("Rey parle.")).gender, profile(said("Rey parle.")).gender_share) == ("", 0)


def test_dates_are_those_of_the_articles_that_name_them() -> None:
    found = profile(said("Rey parle.", "Rey se tait."))
    assert (found.first, found.last) == ("2024-03-01", "2024-03-02")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Tribunal de Meaux", "court"),
        ("ministère de la Santé", "ministry"),
        ("Université de Lomé", "school"),
        ("Parti de la justice", "party"),
        ("FC Meaux", "sports"),
        ("Rivage Airlines", "company"),
        ("Association des marins", "association"),
        ("Le Monde", "media"),
        ("Conférence de Meaux", ""),
        ("Rivage", ""),
    ],
)
def test_kind_of_a_body_by_its_name(name: str, kind: str) -> None:
    assert kind_of_body(Entity("org:x", name, "ORG", None, (name,), 1, 1)) == kind


@pytest.mark.parametrize(
    ("entity", "kind"),
    [
        ("afp", "media"),
        ("onu", "international"),
        ("hamas", "armed_group"),
        ("cgt", "union"),
        ("psg", "sports"),
        ("lr", "party"),
        ("apple", "company"),
        ("pentagone", "ministry"),
    ],
)
def test_kind_of_a_body_that_the_tables_know(entity: str, kind: str) -> None:
    assert kind_of_body(Entity(f"org:{entity}", "X", "ORG", None, ("X",), 1, 1)) == kind


def test_kind_of_a_body_by_the_noun_before_it() -> None:
    given = {"name": "Rivage", "label": "ORG", "entity": "org:rivage"}
    assert profile(said("Le quotidien « Rivage » ferme.", **given)).kind_of_body == "media"
    assert profile(said("Le port de Rivage ferme.", **given)).kind_of_body == ""
    assert kind_before("une start-up ") == "company"


@pytest.mark.parametrize(
    ("entity", "name", "state"),
    [
        ("org:x", "ministère togolais de la Santé", "TG"),
        ("org:x", "Croix-Rouge malienne", "ML"),
        ("org:x", "Banque centrale de Norvège", "NO"),
        ("org:senat", "Sénat", "FR"),
        ("org:senat-cote-d-ivoire", "Sénat", "CI"),
        ("org:rcd-tunisie", "RCD", "TN"),
        ("org:x", "Ligue franco-malienne", ""),
        ("org:onu", "ONU", ""),
    ],
)
def test_state_of_a_body(entity: str, name: str, state: str) -> None:
    assert state_of(Entity(entity, name, "ORG", None, (name,), 1, 1)) == state


TEXT = """\
Nora Lenoir, ministre togolaise de la Santé, a reçu Paul Astier, député du Parti socialiste.
« Nous irons jusqu'au bout », a dit Mme Lenoir. Marc Astier, le frère de Paul Astier, se tait.
Hélène Vautrin, PDG de Rivage Airlines, a parlé. L'ancienne ministre Claire Morel a quitté le Togo.
"""


@pytest.fixture(scope="module")
def read(nlp_full: Language) -> Extraction:
    return ee.extract([Article("a", TEXT, date="2024-03-09")], nlp_full)


def test_profiles_of_a_text(read: Extraction) -> None:
    found = {one.name: one for one in read.profiles}
    lenoir = found["Nora Lenoir"]
    assert (lenoir.gender, lenoir.affiliations) == ("f", ("TG",))
    assert lenoir.offices == ("ministre de la Santé (Togo)",)
    assert (lenoir.statements, lenoir.words) == (1, 5)
    assert found["Paul Astier"].parties == ("Parti socialiste",)
    assert found["Paul Astier"].relatives == ("Marc Astier",)
    assert found["Marc Astier"].relatives == ("frère (Paul Astier)",)
    assert (found["Hélène Vautrin"].gender, found["Rivage Airlines"].heads) == (
        "f",
        ("Hélène Vautrin",),
    )
    assert found["Togo"].affiliations == ("TG",)


@pytest.mark.parametrize(
    ("text", "name", "offices", "heads"),
    [
        (
            "Nora Lenoir dirige le ministère de la Santé.",
            "Nora Lenoir",
            ("à la tête (ministère de la Santé)",),
            "ministère de la Santé",
        ),
        ("Le Sénat est présidé par Paul Astier.", "Paul Astier", ("à la tête (Sénat)",), "Sénat"),
        ("Paul Astier présidera le Sénat.", "Paul Astier", (), ""),
        ("Paul Astier, ancien président du Sénat, se tait.", "Paul Astier", (), ""),
        ("Paul Astier a reçu son homologue malien, Marc Rey.", "Marc Rey", (), ""),
    ],
)
def test_what_is_an_office_and_who_is_the_head(
    text: str, name: str, offices: tuple[str, ...], heads: str, nlp_full: Language
) -> None:
    found = {one.name: one for one in ee.extract([Article("a", text)], nlp_full).profiles}
    assert tuple(one.replace("Sénat français", "Sénat") for one in found[name].offices) == offices
    assert [one.name.replace("Sénat français", "Sénat") for one in found.values() if one.heads] == (
        [heads] if heads else []
    )


def test_who_they_are_to_others(nlp_full: Language) -> None:
    text = """\
Hélène Vautrin, PDG de Rivage Airlines, et Marc Rey, directeur financier de Rivage Airlines, ont
rencontré Nora Lenoir. La ministre Claire Morel a accusé Paul Astier, ancien patron de Rivage
Airlines.
"""
    found = {one.name: one for one in ee.extract([Article("a", text)], nlp_full).profiles}
    assert found["Nora Lenoir"].counterparts == ("Hélène Vautrin", "Marc Rey")
    assert found["Marc Rey"].counterparts == ("Nora Lenoir",)
    assert found["Marc Rey"].colleagues == ("Hélène Vautrin",)
    assert found["Hélène Vautrin"].colleagues == ("Marc Rey",)
    for other in ("Claire Morel", "Paul Astier"):
        assert (found[other].counterparts, found[other].colleagues) == ((), ())


@pytest.mark.parametrize(
    ("attributes", "gender", "parties"),
    [
        ({"sexe": "Femme", "parti": "PDR"}, "f", ("PDR",)),
        ({"civilité": "Mme", "groupe_politique": "PDR"}, "f", ("PDR",)),
        ({"civilité": "M."}, "m", ()),
        ({"gender": "female", "partie": "civile"}, "f", ()),
        ({"sexe": "Homme | Femme"}, "m", ()),  # two rows: what the article says stands
        ({"métier": "femme de lettres"}, "m", ()),
    ],
)
def test_what_a_list_says_of_an_actor_comes_first(
    attributes: dict[str, str], gender: str, parties: tuple[str, ...]
) -> None:
    rows = said("M. Rey parle.")
    (entity,) = rows.entities
    listed = Extraction(
        rows.articles, rows.mentions, (replace(entity, attributes=attributes),), (), rows.sentences
    )
    assert (profile(listed).gender, profile(listed).parties) == (gender, parties)


def test_each_value_has_its_sentence(read: Extraction) -> None:
    frame = read.explain("Nora Lenoir").profile_frame().set_index("attribute")
    assert frame.loc["office", "other"] == "country:TG"
    assert frame.loc["office", "example"].startswith("Nora Lenoir, ministre togolaise")
    assert frame.loc["gender", "rule"] == "civility"
    assert frame.loc["gender", "example"].endswith("a dit Mme Lenoir.")


def test_nodes_carry_the_first_values(read: Extraction, tmp_path: Path) -> None:
    graph = read.graph("article")
    assert graph.nx.nodes["per:nora-lenoir"]["gender"] == "f"
    assert graph.nx.nodes["per:paul-astier"]["party"] == "Parti socialiste"
    graph.to_gexf(tmp_path / "g.gexf", color_by="gender")
    nodes = ee.EntityGraph.from_gexf(tmp_path / "g.gexf").nx.nodes
    assert nodes["per:nora-lenoir"]["office"] == "ministre de la Santé (Togo)"
    assert nodes["org:rivage-airlines"]["kind_of_body"] == "company"


def test_profiles_are_written_and_computed_anew(read: Extraction, tmp_path: Path) -> None:
    read.to_csv(tmp_path)
    lines = (tmp_path / "profiles.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(read.entities) + 1
    assert Extraction.from_csv(tmp_path).profiles == read.profiles
    assert len(read.to_frame("profiles")) == read.count("profiles") == len(read.entities)


def test_the_same_in_shards_as_in_memory(tmp_path: Path) -> None:
    rows = made_up(60, seed=3)
    whole = Extraction(
        rows.articles, rows.mentions, tuple(count_entities(rows.mentions)), rows.relations,
        rows.sentences,
        quotes=rows.quotes,
    )  # fmt: skip
    parts = cut(whole, 7)
    assert [*profiles_of(parts, whole.entities).records()] == [*whole.profiles]
    assert [*profiles_of(parts[::-1], whole.entities).records()] == [*whole.profiles]
    tables = open_run(write_run(tmp_path, cut(rows, 7)))
    assert tables.profiles == tables.read().profiles
    assert any(one.statements for one in tables.profiles)
    name = tables.profiles[0].name
    assert repr(tables.explain(tables.profiles[0].entity)).startswith(name)


def test_who_holds_what_by_one_relation() -> None:
    """What is denied, future or told of a time before is no office that is held."""
    stated = {"trigger": "ministre", "start": 0, "end": 8, "text": "", "rule": "title"}
    ends = ("a", PERSON, "country:TG", "position_held")
    rows = [
        Relation(*ends, "negated", "", **stated, office="juge"),  # type: ignore[arg-type]
        Relation(*ends, "actual", "", **stated, office="ancien ministre", former=True),  # type: ignore[arg-type]
        Relation(*ends, "actual", "", **stated, office="présidente"),  # type: ignore[arg-type]
    ]
    known = (
        Entity("country:TG", "Togo", "COUNTRY", "TG", (), 1, 1),
        Entity(PERSON, "Camille Rey", "PER", None, (), 1, 1),
    )
    togo, rey = Extraction(entities=known, relations=tuple(rows)).profiles
    assert rey.offices == ("présidente (Togo)",)
    assert rey.former_offices == ("ministre (Togo)",)
    assert togo.heads == ("Camille Rey",)
