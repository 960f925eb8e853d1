"""The tables: each rule refuses its fault with file and line, and what is shipped breaks none."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
from babel import Locale
from marked import parse

from entextract import tables
from entextract.names.person_keys import normalisation_key
from entextract.records.spelling import level
from entextract.tables import TableError, check_tables, checks, read_table
from entextract.tables.checks import read_rows, shipped
from entextract.tables.page_rows import PageWord, ReferenceMark, SiteName
from entextract.tables.relation_rows import Preposition, RelationName, TriggerNoun, Verb, VerbForm
from entextract.tables.row_classes import OrganisationForm, TimeWord, WordClass, WordKind

COUNTRIES = "id,form,kind,strength,source,example"
PLACES = "form,country,strength,kind,example"
KINDS = get_args(RelationName)
ORGANISATIONS = "id,name,form,kind,strength,qid,source,example"

SHIPPED = {
    "countries": tables.countries,
    "places": tables.places,
    "organisations": tables.organisations,
    "org_words": tables.org_words,
    "titles": tables.titles,
    "stop_forms": tables.stop_forms,
    "given_names": tables.given_names,
    "verbs": tables.verbs,
    "verb_forms": lambda: shipped(VerbForm),
    "word_classes": tables.word_classes,
    "prepositions": lambda: shipped(Preposition),
    "times": lambda: shipped(TimeWord),
    "boilerplate": tables.boilerplate,
    "foldings": tables.foldings,
    "legal_forms": tables.legal_forms,
    "mononyms": tables.mononyms,
    "homonyms": tables.homonyms,
    "bodies": tables.bodies,
    "body_kinds": tables.body_kinds,
    "triggers": tables.triggers,
    "trigger_nouns": lambda: shipped(TriggerNoun),
    "governors": tables.governors,
    "relation_kinds": tables.kind_rows,
    "actor_words": tables.actor_words,
    "rules": tables.rules,
    "confidence": tables.judged_rows,
    "page_words": lambda: shipped(PageWord),
    "references": lambda: shipped(ReferenceMark),
    "sites": lambda: shipped(SiteName),
}
MARKED = ("countries", "places", "organisations", "org_words", "titles")  # examples with tags

_UN_MEMBERS = """
AF ZA AL DZ DE AD AO AG SA AR AM AU AT AZ BS BH BD BB BE BZ BJ BT BY BO BA BW BR BN BG BF BI KH CM
CA CV CF CL CN CY CO KM CG CD KR KP CR CI HR CU DK DJ DM DO EG AE EC ER ES EE SZ US ET FJ FI FR GA
GM GE GH GR GD GT GN GW GQ GY HT HN HU IN ID IQ IR IE IS IL IT JM JP JO KZ KE KG KI KW LA LS LV LB
LR LY LI LT LU MK MG MY MW MV ML MT MA MH MU MR MX FM MD MC MN ME MZ MM NA NR NP NI NE NG NO NZ OM
UG UZ PK PW PA PG PY NL PE PH PL PT QA RO GB RU RW KN SM VC LC SB SV WS ST SN RS SC SL SG SK SI SO
SD SS LK SE CH SR SY TJ TZ TD CZ TH TL TG TO TT TN TM TR TV UA UY VU VE VN YE ZM ZW
"""
UN_MEMBERS = _UN_MEMBERS.split()
STATES = [*UN_MEMBERS, "VA", "PS", "TW", "XK"]


def write(folder: Path, *lines: str, name: str = "table.csv") -> Path:
    path = folder / name
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    """The message by which a table is refused, the same for a reader and for the checker."""
    with pytest.raises(TableError) as caught:
        read_table(path)
    assert check_tables([path]) == [str(caught.value)]
    return str(caught.value)


# ---- what is refused


@pytest.mark.parametrize(
    ("header", "rows", "line", "reason"),
    [
        pytest.param(COUNTRIES, [",Mali,name,strong,CLDR,"], 2, "id is empty", id="empty-cell"),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,canonical,strong,CLDR,", "ML, Mali,name,strong,CLDR,"],
            3,
            "form ' Mali' has blanks around it",
            id="padding",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,name,strong,CLDR ,"],
            2,
            "source 'CLDR ' has blanks around it",
            id="padding-after",
        ),
        pytest.param(
            COUNTRIES,
            ["NE,E\u0301quateur,name,strong,CLDR,"],
            2,
            "is not in Unicode form NFC",
            id="decomposed-accents",
        ),
        pytest.param(
            COUNTRIES,
            ["CI,Côte d’Ivoire,name,strong,CLDR,"],
            2,
            "has a curly apostrophe; write a straight one",
            id="curly-apostrophe",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,nom,strong,CLDR,"],
            2,
            "kind 'nom' is none of canonical, name, demonym",
            id="closed-list",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,name,fort,CLDR,"],
            2,
            "strength 'fort' is none of strong, weak",
            id="closed-list-of-strengths",
        ),
        pytest.param(
            COUNTRIES,
            ["MLI,Mali,name,strong,CLDR,"],
            2,
            "'MLI' is not an ISO 3166-1 alpha-2 code",
            id="iso-code",
        ),
        pytest.param(
            PLACES,
            ["Gao,ml,strong,city,"],
            2,
            "'ml' is not an ISO 3166-1 alpha-2 code",
            id="iso-code-of-a-place",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,name,strong,CLDR,", "ML,Mali,name,strong,presse,"],
            3,
            "'ML Mali name' is already on line 2; delete one",
            id="duplicate",
        ),
        pytest.param(
            COUNTRIES,
            ["NE,Niger,name,strong,CLDR,", "ML,Mali,name,strong,CLDR,"],
            3,
            "stands after",
            id="unsorted",
        ),
        pytest.param(
            COUNTRIES,
            ["CD,Congo,name,weak,CLDR,", "CG,Congo,name,strong,CLDR,"],
            3,
            "form 'Congo' is also on line 2 (id CD); make both weak, or delete one",
            id="shared-form-strong-second",
        ),
        pytest.param(
            COUNTRIES,
            ["CD,Congo,name,strong,CLDR,", "CG,Congo,name,weak,CLDR,"],
            3,
            "form 'Congo' is also on line 2 (id CD); make both weak, or delete one",
            id="shared-form-strong-first",
        ),
        pytest.param(
            ORGANISATIONS,
            ["pt-a,Parti A,PT,acronym,weak,,presse,", "pt-b,Parti B,PT,acronym,strong,,presse,"],
            3,
            "form 'PT' is also on line 2 (id pt-a)",
            id="shared-acronym",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,name,strong,CLDR"],
            2,
            "5 cells where the header has 6; quote cells with a comma",
            id="short-row",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,name,strong,CLDR,Le Mali, le Niger."],
            2,
            "7 cells where the header has 6; quote cells with a comma",
            id="comma-not-quoted",
        ),
        pytest.param(
            COUNTRIES,
            ["ML,Mali,name,strong,CLDR,", "", "NE,Niger,name,strong,CLDR,"],
            3,
            "0 cells where the header has 6",
            id="blank-line",
        ),
    ],
)
def test_fault_is_refused_with_its_line(
    header: str, rows: Sequence[str], line: int, reason: str, tmp_path: Path
) -> None:
    path = write(tmp_path, header, *rows)
    message = refusal(path)
    assert message.startswith(f"{path}:{line}: ")
    assert reason in message


PLACES_OF_A_FRAME = ", ".join(sorted(checks.places()))
CLASS = "is neither +, - or ! and a class of words, nor @ or < and labels"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("abattre,verb,1,assault,subj,obj,no,,", ""),
        ("abattre,verb,1,assault,à|subj,obj.de|dans,no,+sanction -sanction @PER|ORG,", ""),
        ("abattre bien,verb,1,assault,subj,obj,no,,", ""),
        ("abattre,verb,1,assault,sujet,obj,no,,", f"source 'sujet' is none of {PLACES_OF_A_FRAME}"),
        ("abattre,verb,1,assault,subj,à|,no,,", f"target '' is none of {PLACES_OF_A_FRAME}"),
        (
            "zozoter bien,verb,1,assault,subj,obj,no,,",
            "lemma 'zozoter bien' has no form; add it to verbs.csv and run `make tables`",
        ),
        ("abattre,verb,1,assault,subj,obj,no,%sanction,", f"object '%sanction' {CLASS}"),
        ("abattre,verb,1,assault,subj,obj,no,@sanction,", f"object '@sanction' {CLASS}"),
        ("abattre,verb,1,assault,subj,obj,no,@PER +PER,", f"object '+PER' {CLASS}"),
        ("abattre,verb,1,assault,subj,obj,no,-sanction|non,", f"object '-sanction|non' {CLASS}"),
        ("abattre,verb,bas,assault,subj,obj,no,,", "order 'bas' is not a number"),
        ("abattre,verb,1,aimer,subj,obj,no,,", f"kind 'aimer' is none of {', '.join(KINDS)}"),
    ],
)
def test_frames_of_triggers(row: str, reason: str, tmp_path: Path) -> None:
    path = write(tmp_path, "lemma,pos,order,kind,source,target,reflexive,object,example", row)
    if reason:
        assert refusal(path) == f"{path}:2: {reason}"
    else:
        assert len(read_table(path)) == 1


@pytest.mark.parametrize(
    ("example", "is_right"),
    [
        ("<PER>Awa</PER>, <ORG>ONU</ORG> et <LOC>Gao</LOC>.", True),
        ("Sans marque > ni nom.", True),
        ("<PER>Awa</ORG>.", False),
        ("</PER>Awa<PER>.", False),
        ("<PER>Awa <ORG>ONU</ORG></PER>.", False),
        ("<PER>Awa</PER> et <ORG>ONU.", False),
        ("<per>Awa</per>.", False),
        ("2 < 3.", False),
    ],
)
def test_marks_of_examples(example: str, is_right: bool, tmp_path: Path) -> None:
    path = write(tmp_path, "form,label,reason", "a,PER,x")
    assert len(read_table(path)) == 1  # a table without examples
    path = write(tmp_path, COUNTRIES, f'ML,Mali,name,strong,CLDR,"{example}"')
    if is_right:
        assert len(read_table(path)) == 1
    else:
        said = f"example {example!r} has a mark that is not closed, or not of our labels"
        assert refusal(path) == f"{path}:2: {said}"


@pytest.mark.parametrize("id", ["Rivage", "rivage-", "-rivage", "ri--vage", "ri_vage", "été"])
def test_ids_of_organisations(id: str, tmp_path: Path) -> None:
    path = write(tmp_path, ORGANISATIONS, f"{id},Rivage,Rivage,long,strong,,presse,")
    assert refusal(path) == f"{path}:2: id {id!r} is not in small letters, digits and hyphens"
    row = "ri-vage-2,Rivage,Rivage,long,strong,,presse,"
    assert len(read_table(write(tmp_path, ORGANISATIONS, row))) == 1


@pytest.mark.parametrize(
    ("kinds", "shared"),
    [
        (("capital", "metonym"), True),
        (("metonym", "metonym"), True),
        (("name", "capital"), False),
        (("demonym", "metonym"), False),
        (("name", "demonym"), True),
    ],
)
def test_forms_that_two_states_share(kinds: tuple[str, str], shared: bool, tmp_path: Path) -> None:
    rows = [f"{id},Lagune,{kind},strong,x," for id, kind in zip(("CD", "CG"), kinds, strict=True)]
    path = write(tmp_path, COUNTRIES, *rows)
    if shared:
        assert refusal(path) == (
            f"{path}:3: form 'Lagune' is also on line 2 (id CD); make both weak, or delete one"
        )
    else:
        assert len(read_table(path)) == 2


def test_first_fault_of_several_is_told(tmp_path: Path) -> None:
    rows = ["ML,Mali,name,strong,x,", "ML,Mali,name,strong,x,", "FR,Mali,name,strong,x,"]
    path = write(tmp_path, COUNTRIES, *rows)
    assert refusal(path) == f"{path}:3: 'ML Mali name' is already on line 2; delete one"
    path = write(tmp_path, COUNTRIES, rows[0], rows[2])
    assert refusal(path) == (
        f"{path}:3: ('FR', 'Mali', 'name') stands after ('ML', 'Mali', 'name'); sort the table"
    )


@pytest.mark.parametrize("header", ["", "id;form;kind", "form", COUNTRIES.replace("kind", "type")])
def test_header_of_no_table(header: str, tmp_path: Path) -> None:
    path = write(tmp_path, header)
    message = refusal(path)
    assert message.startswith(f"{path}:1: header {header!r} is none of: ")
    assert COUNTRIES in message


def test_header_of_another_table(tmp_path: Path) -> None:
    path = write(tmp_path, PLACES, "Gao,ML,strong,city,", name="countries.csv")
    with pytest.raises(TableError) as caught:
        read_rows(path, "countries")
    assert str(caught.value) == f"{path}:1: header is {PLACES!r}, not {COUNTRIES!r}"


def test_missing_table(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"absent\.csv"):
        read_table(tmp_path / "absent.csv")
    assert "absent.csv" in check_tables([tmp_path / "absent.csv"])[0]


def test_each_table_given_is_checked(tmp_path: Path) -> None:
    good = write(tmp_path, PLACES, "Gao,ML,strong,city,", name="good.csv")
    bad = write(tmp_path, PLACES, "Gao,ML,strong,ville,", name="bad.csv")
    assert [m.partition(": ")[0] for m in check_tables([bad, good, bad])] == [f"{bad}:2"] * 2
    assert check_tables([]) == []


def test_table_that_is_not_utf8_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"{COUNTRIES}\nNE,Équateur,name,strong,CLDR,\n".encode("cp1252"))
    assert str(path) in check_tables([path])[0]


def test_quote_that_is_never_closed_is_a_problem_of_the_table(tmp_path: Path) -> None:
    rows = [f"ML,Forme {n:06},name,strong,CLDR," for n in range(6000)]
    path = write(tmp_path, COUNTRIES, 'ML,"Forme,name,strong,CLDR,', *rows)
    assert str(path) in check_tables([path])[0]


def test_example_with_a_tag_left_open_is_refused(tmp_path: Path) -> None:
    row = "ML,Mali,name,strong,CLDR,Le <COUNTRY>Mali a voté."
    path = write(tmp_path, COUNTRIES, row)
    assert refusal(path).startswith(f"{path}:2: ")


# ---- what is read


def test_rows_are_records_in_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        ORGANISATIONS,
        'rivage,Rivage,"Rivage, Fils et Cie",long,strong,,presse,',
        "rivage,Rivage,Rivages,alias,weak,Q1,presse,",
    )
    assert read_table(str(path)) == [
        OrganisationForm(
            "rivage", "Rivage", "Rivage, Fils et Cie", "long", "strong", "", "presse", ""
        ),
        OrganisationForm("rivage", "Rivage", "Rivages", "alias", "weak", "Q1", "presse", ""),
    ]


def test_form_that_two_states_share_may_be_weak(tmp_path: Path) -> None:
    path = write(tmp_path, COUNTRIES, "CD,Congo,name,weak,CLDR,", "CG,Congo,name,weak,CLDR,")
    assert len(read_table(path)) == 2


def test_capital_may_have_the_name_of_its_state(tmp_path: Path) -> None:
    path = write(
        tmp_path, COUNTRIES, "LU,Luxembourg,capital,strong,x,", "LU,Luxembourg,name,strong,x,"
    )
    assert [row.kind for row in read_table(path)] == ["capital", "name"]  # type: ignore[union-attr]


# ---- what is shipped


def test_shipped_tables_are_valid() -> None:
    assert check_tables() == []


def test_every_shipped_file_is_read() -> None:
    stems = {
        p.name.removesuffix(".csv")
        for p in files("entextract.data").iterdir()
        if p.name.endswith(".csv")
    }
    assert stems == SHIPPED.keys()
    for stem, rows in SHIPPED.items():
        assert rows(), f"{stem}.csv is empty"


@pytest.mark.parametrize("stem", SHIPPED)
def test_shipped_file_has_plain_bytes(stem: str) -> None:
    content = (files("entextract.data") / f"{stem}.csv").read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert unicodedata.is_normalized("NFC", content.decode("utf-8"))


@pytest.mark.parametrize("stem", MARKED)
def test_examples_are_marked_rightly_and_hold_their_form(stem: str) -> None:
    rows: Sequence[Any] = SHIPPED[stem]()
    with_example = [row for row in rows if row.example]
    assert with_example
    faults = []
    for row in with_example:
        try:
            text, _ = parse(row.example)
        except ValueError as error:
            faults.append(f"{row.form}: {error}")
            continue
        if level(row.form).lower() not in level(text).lower():
            faults.append(f"{row.form}: is not in its example")
    assert faults == []


@pytest.mark.parametrize("stem", ["boilerplate", "titles", "org_words", "word_classes"])
def test_other_examples_parse(stem: str) -> None:
    rows: Sequence[Any] = SHIPPED[stem]()
    for row in rows:
        assert parse(row.example)[0] == re.sub("</?[A-Z]+[^<>]*>", "", row.example)


@pytest.mark.parametrize(
    "example",
    [row.example for row in tables.foldings()],
)
def test_example_of_a_folding_is_true(example: str) -> None:
    one, _, other = example.partition(" = ")
    assert normalisation_key(one) == normalisation_key(other)


# ---- states


def test_list_of_states_has_its_length() -> None:
    assert len(set(UN_MEMBERS)) == 193
    assert len(set(STATES)) == 197


def named() -> dict[str, set[str]]:
    """Levelled name of a state -> the codes that it stands for."""
    codes: dict[str, set[str]] = defaultdict(set)
    for row in tables.countries():
        if row.kind in ("canonical", "name"):
            codes[level(row.form)].add(row.id)
    return codes


@pytest.mark.parametrize("code", STATES)
def test_french_name_of_a_state_gives_its_code(code: str) -> None:
    name = Locale("fr").territories[code]
    assert named()[level(name)] == {code}, name


def test_every_code_is_that_of_a_territory_or_of_a_state_that_is_no_more() -> None:
    withdrawn = {"SU", "YU", "DD", "CS", "ZR"}
    codes = {row.id for row in tables.countries()}
    assert codes <= {*Locale("fr").territories, *withdrawn}
    assert {"SU", "YU"} <= codes


def test_each_state_has_one_canonical_name_and_its_adjectives() -> None:
    kinds = defaultdict(list)
    for row in tables.countries():
        kinds[row.id].append(row.kind)
    for code, found in kinds.items():
        assert found.count("canonical") == 1, code
    for code in STATES:
        assert "demonym" in kinds[code] or code == "VA", code
        assert "capital" in kinds[code] or code in ("SG", "MC", "VA", "PS"), code


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Corée du Nord", "KP"),
        ("RDC", "CD"),
        ("Émirats", "AE"),
        ("Birmanie", "MM"),
        ("Kirghizstan", "KG"),
        ("URSS", "SU"),
        ("Yougoslavie", "YU"),
        ("Swaziland", "SZ"),
    ],
)
def test_press_name(form: str, code: str) -> None:
    assert named()[level(form)] == {code}


# ---- words and verbs


def test_words_keep_their_accents_unless_levelled() -> None:
    assert "février" in tables.words("month")
    assert "fevrier" not in tables.words("month")
    assert "fevrier" in tables.levelled_words("month")
    assert tables.words("weekday", "month") == tables.words("weekday") | tables.words("month")


def test_every_class_of_words_has_some() -> None:
    kinds = {row.kind for row in shipped(WordClass)} | {"month", "weekday"}  # see times.csv
    assert kinds == set(get_args(WordKind))


def test_every_class_of_words_is_named_by_a_rule() -> None:
    package = Path(checks.__file__).parents[1]
    lists = ("row_classes.py", "relation_rows.py")
    modules = [path for path in package.rglob("*.py") if path.name not in lists]
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    guards = {guard[1:] for row in tables.triggers() for guard in row.object.split()}
    unused = [kind for kind in get_args(WordKind) if f'"{kind}"' not in code]
    assert [kind for kind in unused if kind not in guards] == []


def test_words_are_in_small_letters() -> None:
    forms = [row.form for row in (*shipped(WordClass), *shipped(Preposition))]
    assert [form for form in forms if form != form.lower()] == []


VERB_CLASSES: tuple[WordKind, ...] = (
    "copular_verb",
    "etre_verb",
    "object_control_verb",
    "support_verb",
)


def test_every_verb_that_a_rule_of_relations_names_is_read() -> None:
    read = {row.lemma for row in shipped(Verb) if row.relations == "yes"}
    assert {row.lemma for row in tables.governors()} <= read
    assert {row.lemma.split()[0] for row in tables.triggers() if row.pos == "verb"} <= read
    assert tables.words(*VERB_CLASSES) <= read


def test_every_verb_has_forms_and_every_form_its_verb() -> None:
    lemmas = [row.lemma for row in shipped(Verb)]
    assert set(lemmas) == {row.lemma for row in shipped(VerbForm)}
    infinitives = {row.form for row in shipped(VerbForm) if row.tense == "infinitive"}
    assert infinitives == set(lemmas)


@pytest.mark.parametrize(
    ("form", "readings"),
    [
        ("accusé", {("accuser", "participle")}),
        ("accuse", {("accuser", "present"), ("accuser", "subjunctive")}),
        ("expédiera", {("expédier", "future")}),
        ("essaye", {("essayer", "present"), ("essayer", "subjunctive")}),
        ("a", {("avoir", "present")}),
        ("du", set()),
        ("convainc", {("convaincre", "present")}),
    ],
)
def test_readings_of_a_form(form: str, readings: set[tuple[str, str]]) -> None:
    assert set(tables.verb_readings().get(form, ())) == readings


@pytest.mark.parametrize(
    ("form", "acts"),
    [
        ("dénonce", True),
        ("dénonça", True),
        ("dénoncer", False),
        ("dénonçât", False),
        ("tweete", True),
        ("harcelle", True),
        ("vote", False),  # « le vote »
        ("président", False),
        ("compte", False),  # what towns do
    ],
)
def test_forms_by_which_an_actor_acts(form: str, acts: bool) -> None:
    assert (form in tables.acting_forms()) == acts


@pytest.mark.parametrize(
    ("words", "role"),
    [(("face", "à"), "other"), (("encontre", "de"), "contre"), (("profit", "de"), "pour")],
)
def test_compound_prepositions(words: tuple[str, str], role: str) -> None:
    assert tables.compound_prepositions()[words] == role
    assert ("table", "de") not in tables.compound_prepositions()


def test_homonyms_are_organisations_of_the_table() -> None:
    known = {row.id for row in tables.organisations()}
    assert [row for row in tables.homonyms() if row.id not in known] == []
