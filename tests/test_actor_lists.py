"""Lists of actors as others publish them: what each says of whom, and what a text then gives."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from typer.testing import CliRunner

import entextract as ee
from entextract.actors.actor import Actor, ActorError
from entextract.actors.advice import check_list
from entextract.actors.index import ActorIndex, index_of, open_lists
from entextract.actors.keys import core_of, number_of, words_of
from entextract.actors.lists import read_list
from entextract.cli import app

LISTS = Path(__file__).parent / "fixtures" / "actors"


def written(folder: Path, text: str, name: str = "liste.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def actors_of(path: Path) -> dict[str, Actor]:
    return {actor.entity: actor for actor in read_list(path)[1]}


def faults_of(path: Path) -> list[str]:
    report, actors = read_list(path)
    list(actors)
    return [f"{fault.line}: {fault.reason}" for fault in report.faults]


def extracted(nlp: Language, lists: Path | list[Path], *texts: str) -> ee.Extraction:
    pipe: Any = nlp.get_pipe("entextract_actors")
    pipe.read(lists)
    return ee.extract([ee.Article(f"a{i}", text) for i, text in enumerate(texts)], nlp)


# --- what each format says


def test_results_of_wikidata() -> None:
    found = actors_of(LISTS / "deputes.csv")
    assert list(found) == ["per:q990001", "per:q990002"]
    kerbrat = found["per:q990001"]
    assert kerbrat.name == "Awa Kerbrat"
    assert kerbrat.aliases == ("A. Kerbrat", "Awa Kerbrat-Diop")
    assert kerbrat.attributes["wikidata"] == "Q990001"
    assert kerbrat.attributes["group"] == "Groupe de la rade | Union du Ponant"
    assert kerbrat.attributes["url"] == "http://www.wikidata.org/entity/Q990001"
    assert kerbrat.attributes["list_country"] == "France"
    assert kerbrat.row == "deputes.csv:2"
    assert faults_of(LISTS / "deputes.csv") == ["5: no name; give it one, or take the row out"]


def test_both_downloads_in_json_say_the_same(tmp_path: Path) -> None:
    found = actors_of(LISTS / "deputes.json")
    assert found["per:q990001"].attributes["group"] == "Groupe de la rade"
    plain = [
        {"item": "http://www.wikidata.org/entity/Q990002", "itemLabel": "Luc Morel"},
    ]
    short = actors_of(written(tmp_path, json.dumps(plain), "query.json"))
    assert short["per:q990002"].attributes == found["per:q990002"].attributes


def test_targets_of_opensanctions() -> None:
    found = actors_of(LISTS / "targets.simple.csv")
    assert list(found) == ["per:nk-vrx1lov", "org:q990201"]  # no ship
    bank = found["org:q990201"]
    assert bank.aliases == ("Zontec Kommerz",)
    assert bank.attributes["opensanctions"] == bank.attributes["wikidata"] == "Q990201"
    assert bank.attributes["countries"] == "ru"
    assert bank.attributes["url"] == "https://www.opensanctions.org/entities/Q990201/"


def test_entities_of_followthemoney() -> None:
    report, actors = read_list(LISTS / "entities.ftm.json")
    found = {actor.entity: actor for actor in actors}
    assert list(found) == ["per:nk-had1", "org:nk-pon2"]
    assert found["per:nk-had1"].aliases == ("Abou Zarvol",)
    assert found["per:nk-had1"].attributes["topics"] == "sanction"
    assert found["per:nk-had1"].attributes["followthemoney"] == "NK-hAd1"
    assert report.others == {"Ownership": 1}


def test_a_register_of_a_newsroom() -> None:
    found = actors_of(LISTS / "redaction.csv")
    assert list(found) == ["per:awa-kerbrat", "org:collectif-des-veilleurs"]
    assert found["per:awa-kerbrat"].aliases == ("la dame de Plouvarec",)
    assert found["per:awa-kerbrat"].attributes == {
        "fonction": "maire de Plouvarec",
        "parti_politique": "Parti de la rade",
        "lien": "https://exemple.fr/kerbrat",
    }


def test_names_one_a_line(tmp_path: Path) -> None:
    path = written(tmp_path, "Awa Kerbrat\n\nBanque du Ponant\nMorel, Luc\n", "noms.txt")
    found = actors_of(path)
    assert [(i, a.name) for i, a in found.items()] == [
        ("per:awa-kerbrat", "Awa Kerbrat"),
        ("org:banque-du-ponant", "Banque du Ponant"),
        ("per:luc-morel", "Luc Morel"),
    ]


# --- the recipes: from a list to a graph

ARTICLE = """\
Mardi, la députée Awa Kerbrat a accusé la Zontec Bank. Mme Kerbrat vise aussi Ivan Vrixelov.

Karim Haddad a rencontré Luc Morel. La dame de Plouvarec était absente."""


def test_members_of_a_parliament(nlp_lists: Language, tmp_path: Path) -> None:
    result = extracted(nlp_lists, LISTS / "deputes.csv", ARTICLE)
    entities = result.to_frame("entities").set_index("id")
    assert entities.loc["per:q990001", "wikidata"] == "Q990001"
    assert entities.loc["per:q990001", "mentions"] == 2
    assert entities.loc["per:q990002", "group"] == "Groupe de la rade"
    result.to_csv(tmp_path)
    assert ee.Extraction.from_csv(tmp_path).entities == result.entities
    graph = result.graph()
    graph.to_gexf(tmp_path / "g.gexf")
    gexf = (tmp_path / "g.gexf").read_text(encoding="utf-8")
    assert '<attvalue for="wikidata" value="Q990001"/>' in gexf
    graph.to_html(tmp_path / "g.html")
    assert "http://www.wikidata.org/entity/Q990001" in (tmp_path / "g.html").read_text("utf-8")


def test_a_list_of_sanctions(nlp_lists: Language) -> None:
    lists = [LISTS / "targets.simple.csv", LISTS / "entities.ftm.json"]
    result = extracted(nlp_lists, lists, ARTICLE)
    rows = result.to_frame("mentions").query("list_row != ''")
    assert dict(zip(rows["text"], rows["list_row"], strict=True)) == {
        "Zontec Bank": "targets.simple.csv:3",
        "Ivan Vrixelov": "targets.simple.csv:2",
        "Karim Haddad": "entities.ftm.json:1",
    }
    assert (rows["list_score"] > 0.9).all()


def test_a_newsrooms_own(nlp_lists: Language) -> None:
    result = extracted(nlp_lists, LISTS / "redaction.csv", ARTICLE)
    found = {m.text: m.entity for m in result.mentions if m.list_row}
    assert found == {
        "Awa Kerbrat": "per:awa-kerbrat",
        "Kerbrat": "per:awa-kerbrat",
        "La dame de Plouvarec": "per:awa-kerbrat",
    }


# --- what may be wrong with a list


def test_ten_bad_rows_of_a_thousand_are_named_and_the_others_read(tmp_path: Path) -> None:
    rows = [f"x{i},Awa Kerbrat{chr(97 + i % 26)},{i}\n" for i in range(1000)]
    for bad in range(0, 1000, 100):
        rows[bad] = f"x{bad},,1\n"
    path = written(tmp_path, "id,nom,rang\n" + "".join(rows))
    index = open_lists([path])
    (report,) = index.reports
    assert (report.actors, report.count, len(index)) == (990, 10, 990)
    assert [fault.line for fault in report.faults] == [2 + bad for bad in range(0, 1000, 100)]


def test_formulas_run_in_no_spreadsheet(tmp_path: Path, nlp_lists: Language) -> None:
    path = written(
        tmp_path,
        "nom,=cmd|' /C calc'!A0,solde,téléphone\nAwa Kerbrat,=1+1,-12.5,+33 1 23 45\n",
    )
    (entity,) = extracted(nlp_lists, path, "Awa Kerbrat rit.").entities
    assert not any(key.startswith(("=", "+", "@")) for key in entity.attributes)
    assert sorted(entity.attributes.values()) == ["'=1+1", "+33 1 23 45", "-12.5"]


def test_a_line_without_end_is_passed_over(tmp_path: Path) -> None:
    long = '{"id":"x","schema":"Person","properties":{"name":["' + "a" * 17_000_000 + '"]}}\n'
    short = '{"id":"y","schema":"Person","properties":{"name":["Awa Kerbrat"]}}\n'
    path = written(tmp_path, short + long + "{\n" + short.replace('"y"', '"z"'), "e.json")
    assert list(actors_of(path)) == ["per:y", "per:z"]
    assert [fault.partition(",")[0] for fault in faults_of(path)] == [
        "2: longer than 16",
        "3: not a JSON object in UTF-8; write each entity on a line of its own",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the list is empty"),
        (b"PK\x03\x04zip", "not a text file; save the list as CSV"),
        (b"truc;valeur\n1;2\n", "no column of names among truc, valeur"),
        (b"truc,sorte\r,PER\nFR,France\n", "no column of names among sorte, truc"),
        (b"nom,nom\na,b\n", "column 'nom' stands twice"),
        (b'{"head": {}, "results": 3}', "no list of results"),
        (b'[{"a": "b"}]', "no variable with its label"),
        (b'[{"a"', "not a JSON file in UTF-8"),
        (b"nom\nX\n", "name 'X' is too short"),
        (b"id,schema,name,aliases\nx,Vessel,Zorbline,\n", "no person or organisation in it"),
    ],
)
def test_what_is_no_list_is_refused(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    with pytest.raises(ActorError, match="liste.csv") as error:
        open_lists([path])
    assert said in str(error.value)


def test_what_in_a_list_will_not_work_is_said(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "id,nom,type,parti\n"
        "a,Kerbrat,personne,\n"
        "b,Rivage,association,\n"
        "c,Luc Morel,personne,UDR\n"
        "d,Luc Morel,personne,PDR\n"
        "e,Jordanie,association,\n"
        "g,Zontec,association,\n",
    )
    _, advice = check_list(path, {"rivage"}.__contains__)
    assert {(one.trouble, one.name, one.rows) for one in advice} == {
        ("one-word", "Kerbrat", ("liste.csv:2",)),
        ("common-word", "Rivage", ("liste.csv:3",)),
        ("namesakes", "Luc Morel", ("liste.csv:4", "liste.csv:5")),
        ("state", "Jordanie", ("liste.csv:6",)),
    }


def test_one_id_for_two_names_is_named(tmp_path: Path) -> None:
    rows = "f,Anne Rey\nf,Anne Roy\ng,Luc Morel\nf,Anne Roux\n"
    report, _ = check_list(written(tmp_path, "id,nom\n" + rows))
    assert [(fault.line, fault.reason.partition(";")[0]) for fault in report.faults] == [
        (3, "id 'f' is Anne Rey before"),
        (5, "id 'f' is Anne Rey before"),
    ]


# --- the index


def test_given_names_may_stand_in_a_column_of_their_own(tmp_path: Path) -> None:
    """Beside « nom » as the registers of assemblies have them, the surname or the whole name."""
    rows = [
        "PA1;Nora;LENOIR;Femme",
        "PA2;Jean-Luc;de La Tour;Homme",
        "PA3;Rose;Rose;Femme",
        "PA4;Awa;Awa Sarr;Femme",
        "PA5;Awa;SARR, Awa;Femme",
        "PA6;;Vautrin;Femme",
    ]
    path = written(tmp_path, "\n".join(["\ufeffid;Prénom;Nom;Sexe", *rows, "PA7;Claire;;Femme"]))
    names = {key: actor.name for key, actor in actors_of(path).items()}
    assert names == {
        "per:pa1": "Nora LENOIR",
        "per:pa2": "Jean-Luc de La Tour",
        "per:pa3": "Rose Rose",
        "per:pa4": "Awa Sarr",
        "per:pa5": "Awa SARR",
        "per:pa6": "Vautrin",
    }
    assert len(faults_of(path)) == 1


@pytest.mark.parametrize(
    ("given", "name", "label"),
    [
        ("Mme Awa Sarr", "Awa Sarr", "PER"),
        ("M. SARR Luc", "SARR Luc", "PER"),
        ("DR Anne Sarr", "Anne Sarr", "PER"),
        ("Awa Sarr (PDR)", "Awa Sarr", "PER"),
        ("Mme Awa Sarr, députée", "Awa Sarr", "PER"),
        ("Sarr, Mme Awa", "Awa Sarr", "PER"),
        ("Cheikh Anta Sarr", "Cheikh Anta Sarr", "PER"),
        ("Union des ports du Ponant", "Union des ports du Ponant", "ORG"),
        ("Union des ports du Ponant (UPP)", "Union des ports du Ponant", "ORG"),
    ],
)
def test_names_of_registers_are_read_as_newspapers_print_them(
    given: str, name: str, label: str, tmp_path: Path
) -> None:
    path = written(tmp_path, f'nom,rubrique\n"{given}",a\nLuc Morel,b\n')
    (first, _) = actors_of(path).values()
    assert (first.name, first.label) == (name, label)
    assert ("UPP" in first.names) == ("UPP" in given)


def test_a_list_of_names_may_have_bullets_and_remarks(tmp_path: Path) -> None:
    lines = "# à suivre\n- Awa Sarr\n2. Luc Morel\n• Nora Lenoir\n3e Voie\n"
    path = written(tmp_path, lines, "noms.txt")
    assert [actor.name for actor in actors_of(path).values()] == [
        "Awa Sarr",
        "Luc Morel",
        "Nora Lenoir",
        "3e Voie",
    ]


def test_ends_of_lines_in_names_part_no_names() -> None:
    names = ["Awa\nKerbrat", "Luc\u2028Morel", "Ли Мин", "Anne Rey"]
    index = index_of(Actor(f"a{i}", "PER", name) for i, name in enumerate(names))
    for i, name in enumerate(names):
        number = number_of(core_of(words_of(name)))
        assert [found for _, found in index.named(np.array([number], np.uint64))] == [[i]]


@pytest.mark.parametrize("last", ["Pelé", "Madonna"])
def test_a_list_may_end_in_a_person_of_one_word(last: str, tmp_path: Path) -> None:
    path = written(tmp_path, f"id,nom,type\nsarr,Awa Sarr,personne\nun,{last},personne\n")
    index = open_lists([path])
    found = index.get("per:un")
    assert found is not None
    assert (found.name, found.row) == (last, "liste.csv:3")
    assert [index[n].name for n in index.with_surname("sar")] == ["Awa Sarr"]


def test_an_index_on_the_disk_says_what_one_in_memory_says(tmp_path: Path) -> None:
    actors = [
        Actor("a", "PER", "Awa Kerbrat", attributes={"parti": "UDR"}, row="l.csv:2"),
        Actor("b", "ORG", "Banque du Ponant"),
        Actor("a", "PER", "Awa Kerbrat", attributes={"ville": "Plouvarec"}, row="m.csv:9"),
    ]
    index = index_of(actors)
    index.save(tmp_path / "i")
    for one in (index, ActorIndex.open(tmp_path / "i"), ActorIndex.from_bytes(index.to_bytes())):
        assert one.get("org:b") == actors[1]
        both = one.get("per:a")
        assert both is not None
        assert both.attributes == {"parti": "UDR", "ville": "Plouvarec"}
        assert both.row == "l.csv:2 | m.csv:9"
        assert one.get("per:personne") is None


def test_a_large_list_is_kept_and_read_again_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    names = "".join(
        f"Awa Kerbrat{chr(97 + i % 26)}{chr(97 + i // 26 % 26)}{i}\n" for i in range(20_000)
    )
    path = written(tmp_path, "nom\n" + names)
    first = open_lists([path])
    assert list((tmp_path / "cache").rglob("*.npy"))
    again = open_lists([path])
    assert len(again) == len(first) == 20_000
    assert again.reports == first.reports
    path.write_text("nom\n" + names + "Luc Morel\n", encoding="utf-8")
    assert open_lists([path]).get("per:luc-morel") is not None


# --- on the command line


def test_the_command_says_what_will_not_work(tmp_path: Path) -> None:
    good = written(tmp_path, "nom;fonction\nAwa Kerbrat;maire\n", "bonne.csv")
    bad = written(tmp_path, "nom,type\nAwa Kerbrat,personne\n,personne\nMaison,association\n")
    done = CliRunner().invoke(app, ["actors", "check", str(good)])
    assert (done.exit_code, f"{good}: CSV, actors: 1" in done.output) == (0, True), done.output
    done = CliRunner().invoke(app, ["actors", "check", str(bad)])
    assert done.exit_code == 1
    assert f"{bad}:3: no name" in done.output
    assert "Maison (liste.csv:4)" in done.output
    done = CliRunner().invoke(app, ["actors", "check", str(written(tmp_path, "", "vide.csv"))])
    assert (done.exit_code, "the list is empty" in done.output) == (2, True), done.output
