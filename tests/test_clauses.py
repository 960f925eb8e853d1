"""Verbs of a sentence: which words are verbs, their auxiliaries, who does it, what follows."""

import pytest
import spacy
from spacy.tokens import Doc
from tagged import VOCAB, clauses_of, last_verb

from entextract import tables
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.component import Relations
from entextract.pipes.relations.verb import from_morph

CHILI = "Chili/COUNTRY"


@pytest.fixture(scope="module")
def relations() -> Relations:
    return Relations(spacy.blank("fr"), "relations", kinds="all")


def name(arg: Arg | None) -> str:
    return arg.entity.text if arg is not None and arg.entity is not None else ""


def verbs(clauses: Clauses) -> list[str]:
    return [clauses.sentence.doc[i].text for i in clauses.verbs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{CHILI} accuse/VERB", ["accuse"]),
        (f"{CHILI} en/PRON accuse/VERB", ["accuse"]),
        ("sous/ADP menace/VERB", []),
        ("pour/ADP menace/VERB", []),
        ("par/ADP menacé/VERB", ["menacé"]),
        (f"{CHILI} menacé/NOUN", ["menacé"]),
        ("x menacé/NOUN", []),
        ("x menacé/ADJ", ["menacé"]),
        ("x est/AUX menacé/NOUN", ["menacé"]),
        ("président/NOUN menacé/ADJ", ["menacé"]),  # the noun is an office, the next word is not
        ("x dort/VERB", ["dort"]),  # of no table
    ],
)
def test_which_words_are_verbs(text: str, expected: list[str], relations: Relations) -> None:
    assert verbs(clauses_of(relations, text)) == expected


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("déjà/ADV " * 6, True),
        ("déjà/ADV " * 7, False),
        ("par/ADP exemple/NOUN ", True),
        ("par/ADP erreur/NOUN ", False),
    ],
)
def test_how_far_the_participle_of_an_auxiliary_is(
    between: str, expected: bool, relations: Relations
) -> None:
    clauses = clauses_of(relations, f"{CHILI} a/AUX {between}menacé/VERB")
    assert clauses.is_auxiliary(1) is expected


@pytest.mark.parametrize(("adverbs", "length"), [(5, 6), (23, 24), (24, 24), (30, 24)])
def test_a_verb_starts_with_its_auxiliary_at_most_so_far(
    adverbs: int, length: int, relations: Relations
) -> None:
    verb = last_verb(clauses_of(relations, f"x a/AUX {'vite/ADV ' * adverbs}menacé/VERB"))
    assert verb.i - verb.start == length


def test_a_verb_of_one_sentence_does_not_start_in_the_one_before(relations: Relations) -> None:
    doc = clauses_of(relations, "vite/ADV vite/ADV accuse/VERB").sentence.doc
    clauses = relations.clauses(doc[1:], [token.lower_ for token in doc], {})
    assert last_verb(clauses).start == 1


@pytest.mark.parametrize(("words", "bare"), [(1, False), (10, False), (11, True)])
def test_words_between_commas_stand_between_auxiliary_and_participle(
    words: int, bare: bool, relations: Relations
) -> None:
    verb = last_verb(clauses_of(relations, f"{CHILI} a/AUX , {'x ' * words}, menacé/VERB"))
    assert (verb.bare, verb.passive) == (bare, bare)
    assert verb.tense == ("participle" if bare else "present")


def test_a_participle_between_commas_without_auxiliary_is_bare(relations: Relations) -> None:
    assert last_verb(clauses_of(relations, f"{CHILI} x , x , menacé/VERB")).bare


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("x accuse/VERB x", False),
        ("n'/ADV accuse/VERB x", True),
        ("n'/ADV accuse/VERB que x", False),
        ("n'/ADV accuse/VERB x x que x", False),
        ("n'/ADV accuse/VERB x x x que x", True),
        ("n'/ADV accuse/VERB pas/ADV que x", True),
        ("n'/ADV accuse/VERB toujours/ADV pas/ADV que x", True),
        ("n'/ADV accuse/VERB que x pas/ADV", False),
        ("x n'/ADV a/AUX pas/ADV menacé/VERB x", True),
    ],
)
def test_what_denies_a_verb(text: str, negated: bool, relations: Relations) -> None:
    assert last_verb(clauses_of(relations, text)).negated is negated


@pytest.mark.parametrize(("more", "subject"), [(5, "Chili"), (6, "")])
def test_a_subject_is_lent_to_so_many_verbs(more: int, subject: str, relations: Relations) -> None:
    clauses = clauses_of(relations, f"{CHILI} accuse/VERB x{' et menace/VERB x' * more}")
    assert len(clauses.verbs) == more + 1
    assert name(clauses.subject(last_verb(clauses))) == subject


def test_subjects_asked_one_by_one_have_no_end(relations: Relations) -> None:
    clauses = clauses_of(relations, f"{CHILI} accuse/VERB x{' et menace/VERB x' * 20}")
    assert {name(clauses.subject(verb)) for verb in clauses.verbs.values()} == {"Chili"}


@pytest.mark.parametrize(("words", "subject"), [(0, "Chili"), (78, "Chili"), (79, "")])
def test_how_far_the_verb_that_lends_its_subject_is(
    words: int, subject: str, relations: Relations
) -> None:
    clauses = clauses_of(relations, f"{CHILI} accuse/VERB {'x ' * words}et menace/VERB")
    assert name(clauses.subject(last_verb(clauses))) == subject


@pytest.mark.parametrize(("denied", "negated"), [("n'/ADV a/AUX pas/ADV", True), ("a/AUX", False)])
def test_a_second_participle_has_the_auxiliary_and_the_negation_of_the_first(
    denied: str, negated: bool, relations: Relations
) -> None:
    clauses = clauses_of(relations, f"{CHILI} {denied} menacé/VERB x et attaqué/VERB x")
    second = last_verb(clauses)
    assert name(clauses.subject(second)) == "Chili"
    assert (second.form, second.tense, second.bare) == ("finite", "present", False)
    assert (second.passive, second.negated) == (False, negated)


@pytest.mark.parametrize(
    ("text", "prep", "free"),
    [
        ("x accuse/VERB", "", True),
        ("x accuse/VERB", "de", False),
        ("x accuse/VERB", "à", False),
        ("qui accuse/VERB", "à", True),
        ("qui accuse/VERB", "de", False),
        ("qui accuse/VERB", "selon", False),
        ("x menacé/VERB", "à", True),
        (", menacé/VERB", "à", True),
        (", menacé/VERB", "de", True),
        (", menacé/VERB", "par", False),
    ],
)
def test_a_name_after_a_preposition_is_seldom_a_subject(
    text: str, prep: str, free: bool, relations: Relations
) -> None:
    clauses = clauses_of(relations, f"{CHILI} {text}")
    arg = clauses.sentence.args[0]
    arg.prep = prep
    assert clauses._is_free(arg, last_verb(clauses)) is free


@pytest.mark.parametrize(
    ("text", "relation", "subject"),
    [
        ("hier qui accuse/VERB", "acl:relcl", "Chili"),
        ("hier qui accuse/VERB", "acl", ""),
        ("hier dont accuse/VERB", "acl:relcl", ""),
        ("hier menacé/VERB", "acl", "Chili"),
        ("hier menacé/VERB", "amod", ""),
        ("hier accuse/VERB", "acl", ""),
        ("hier accuse/VERB", "conj", ""),
    ],
)
def test_a_parse_tells_what_a_clause_completes(
    text: str, relation: str, subject: str, relations: Relations
) -> None:
    verb = text.split(" ")[-1].removesuffix("/VERB")
    clauses = clauses_of(relations, f"{CHILI} {text}", (verb, "Chili", relation))
    assert name(clauses.subject(last_verb(clauses))) == subject


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"{CHILI} accuse/VERB", "Chili"),
        (f"{CHILI} hier accuse/VERB", "Chili"),
        (f"accuse/VERB {CHILI}", ""),
        (f"{CHILI} condamne/VERB x accuse/VERB", ""),
    ],
)
def test_a_parsed_subject_stands_before_its_verb(
    text: str, subject: str, relations: Relations
) -> None:
    clauses = clauses_of(relations, text, ("Chili", "accuse", "nsubj"))
    assert name(clauses._parsed(last_verb(clauses))) == subject


@pytest.mark.parametrize(
    ("between", "crossed"),
    [
        ("", False),
        ("x", False),
        ("qui", False),
        ("condamne/VERB x", True),
        ("qui condamne/VERB x", False),
        ("qui condamne/VERB x menace/VERB x", True),
        ("dont x", True),
        ("dont x condamne/VERB x", False),
        ("où x", True),
        ("qui condamne/VERB x dont x", True),
        ("dont x condamne/VERB x qui", False),
    ],
)
def test_a_verb_between_a_name_and_its_own(
    between: str, crossed: bool, relations: Relations
) -> None:
    clauses = clauses_of(relations, " ".join(filter(None, [CHILI, between, "accuse/VERB"])))
    assert clauses._crossed(clauses.sentence.args[0], last_verb(clauses)) is crossed


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"{CHILI} accuse/VERB x en/ADP attaquant/VERB x", "Chili"),
        (f"{CHILI} accuse/VERB x , attaquant/VERB x", "Chili"),
        (f"{CHILI} accuse/VERB x x attaquant/VERB x", ""),
        (f"{CHILI} accuse/VERB Brésil/COUNTRY en/ADP attaquant/VERB x", "Chili"),
        (f"{CHILI} accuse/VERB Brésil/COUNTRY , attaquant/VERB x", "Brésil"),
        (f"En/ADP attaquant/VERB x , {CHILI} accuse/VERB x", "Chili"),
        ("x en/ADP attaquant/VERB x", ""),
    ],
)
def test_who_acts_while_doing_something_else(text: str, subject: str, relations: Relations) -> None:
    clauses = clauses_of(relations, text)
    (verb,) = (v for v in clauses.verbs.values() if v.form == "participle_present")
    assert name(clauses.subject(verb)) == subject


@pytest.mark.parametrize(("words", "governor"), [(0, "vouloir"), (12, "vouloir"), (13, "")])
def test_how_far_the_governor_of_an_infinitive_is(
    words: int, governor: str, relations: Relations
) -> None:
    clauses = clauses_of(relations, f"{CHILI} veut/VERB {'x ' * words}attaquer/VERB")
    found = clauses.governor(last_verb(clauses))
    assert (found.lemma if found is not None else "") == governor


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (f"{CHILI} veut/VERB attaquer/VERB", "Chili"),
        (f"{CHILI} veut/VERB x qui attaquer/VERB", ""),
        (f"{CHILI} appelle/VERB Brésil/COUNTRY à/ADP attaquer/VERB", "Brésil"),
        (f"{CHILI} appelle/VERB x à/ADP attaquer/VERB", "Chili"),
        (f"{CHILI} autorise/VERB x à/ADP attaquer/VERB", ""),
        (f"{CHILI} demande/VERB à/ADP Brésil/COUNTRY d'/ADP attaquer/VERB", "Brésil"),
        (f"{CHILI} demande/VERB à/ADP Brésil/COUNTRY Pérou/COUNTRY d'/ADP attaquer/VERB", "Brésil"),
        (f"{CHILI} demande/VERB contre/ADP Brésil/COUNTRY d'/ADP attaquer/VERB", ""),
        (f"{CHILI} demande/VERB plainte/NOUN à/ADP Brésil/COUNTRY d'/ADP attaquer/VERB", ""),
        (f"{CHILI} est/AUX autorisé/VERB à/ADP attaquer/VERB", "Chili"),
        (f"{CHILI} est/AUX condamné/VERB à/ADP attaquer/VERB", ""),
        (f"{CHILI} condamne/VERB Brésil/COUNTRY pour/ADP attaquer/VERB", ""),
        (f"{CHILI} condamne/VERB contre/ADP Brésil/COUNTRY pour/ADP attaquer/VERB", "Chili"),
        (f"{CHILI} condamne/VERB Brésil/COUNTRY à/ADP attaquer/VERB", "Chili"),
    ],
)
def test_who_is_to_do_what_an_infinitive_says(
    text: str, subject: str, relations: Relations
) -> None:
    clauses = clauses_of(relations, text)
    assert name(clauses.subject(last_verb(clauses))) == subject


def ends(clauses: Clauses, i: int, *, noun: bool = False) -> list[str]:
    return [name(slot.arg) for slot in clauses.slots(i, noun=noun)]


@pytest.mark.parametrize(
    ("between", "found"), [(59, ["Brésil"]), (60, [])], ids=["the last one read", "too far"]
)
def test_how_far_an_end_stands(between: int, found: list[str], relations: Relations) -> None:
    clauses = clauses_of(relations, f"{CHILI} accuse/VERB {'x ' * between}Brésil/COUNTRY x")
    assert ends(clauses, 1) == found


@pytest.mark.parametrize(("between", "found"), [(58, ["Brésil", "Pérou"]), (59, ["Brésil"])])
def test_a_name_counts_as_one_word_of_those_read(
    between: int, found: list[str], relations: Relations
) -> None:
    text = f"{CHILI} accuse/VERB Brésil/COUNTRY {'x ' * between}Pérou/COUNTRY x"
    assert ends(clauses_of(relations, text), 1) == found


def test_each_list_is_one_end(relations: Relations) -> None:
    text = f"{CHILI} , Cuba/COUNTRY et Pérou/COUNTRY accuse/VERB Brésil/COUNTRY et Niger/COUNTRY"
    clauses = clauses_of(relations, text)
    assert ends(clauses, 5) == ["Brésil"]
    assert ends(clauses, 0) == ["Cuba"]  # from within a list, what is left of it


def test_an_office_is_the_end_of_its_own_verb(relations: Relations) -> None:
    clauses = clauses_of(relations, f"président/NOUN de/ADP {CHILI} x Brésil/COUNTRY")
    arg = clauses.sentence.args[0]
    (role,) = arg.roles
    assert [slot.arg is arg for slot in clauses.slots(0)] == [True, False]
    assert ends(clauses, 0, noun=True) == ["Chili", "Brésil"]
    role.start = 1
    assert ends(clauses, 0) == ["Brésil"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x " * 18, 18),
        ("x " * 30, 18),
        ("x x ; x ", 2),
        ("x x accuse/VERB x ", 2),
        ("x accuser/VERB x ", 3),
        ("", 0),
    ],
)
def test_words_after_a_verb_end_with_its_clause(
    text: str, count: int, relations: Relations
) -> None:
    clauses = clauses_of(relations, f"{CHILI} accuse/VERB {text}".strip())
    assert len(list(clauses.words_after(1))) == count


@pytest.mark.parametrize(
    ("morph", "expected"),
    [
        ("", ("finite", "present")),
        ("VerbForm=Inf", ("infinitive", "infinitive")),
        ("Tense=Past|VerbForm=Part", ("participle", "participle")),
        ("VerbForm=Part", ("participle", "participle")),
        ("Tense=Pres|VerbForm=Part", ("participle_present", "participle_present")),
        ("Mood=Cnd|Tense=Pres|VerbForm=Fin", ("finite", "conditional")),
        ("Mood=Ind|Tense=Fut|VerbForm=Fin", ("finite", "future")),
        ("Mood=Ind|Tense=Pres|VerbForm=Fin", ("finite", "present")),
        ("Mood=Ind|Tense=Imp|VerbForm=Fin", ("finite", "past")),
    ],
)
def test_form_and_tense_of_a_verb_of_no_table(morph: str, expected: tuple[str, str]) -> None:
    assert from_morph(Doc(VOCAB, ["dort"], morphs=[morph])[0]) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("accuse/VERB", True),
        ("accuse/NOUN", False),
        ("accuser/VERB/VerbForm=Fin", False),
        ("menacé/VERB/VerbForm=Fin", False),
        ("dort/VERB/VerbForm=Fin", True),
        ("dort/AUX/VerbForm=Fin", True),
        ("dort/VERB/VerbForm=Inf", False),
        ("dort/VERB", False),
        ("dort/NOUN/VerbForm=Fin", False),
        ("Dort/COUNTRY/VerbForm=Fin", False),
        ("Accuse/COUNTRY", False),
    ],
)
def test_which_words_are_finite_verbs(word: str, expected: bool, relations: Relations) -> None:
    sentence = clauses_of(relations, f"x {word}").sentence
    assert sentence.is_finite(sentence.doc[1]) is expected


def test_which_kinds_are_stated() -> None:
    nlp = spacy.blank("fr")
    rows = tables.relation_kinds()
    expected = {
        "all": {row.kind for row in rows},
        "default": {row.kind for row in rows if row.default == "on"},
        "accuse": {"accuse"},
    }
    assert {kinds: Relations(nlp, "r", kinds=kinds).kinds for kinds in expected} == expected
    assert Relations(nlp, "r", kinds=["accuse", "aid"]).kinds == {"accuse", "aid"}
