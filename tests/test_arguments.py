"""Who may be an end of a relation: names with their titles, appositions and lists."""

import pytest
from reading import read, shown

from entextract.pipes.relations.noun_phrases import MAX_TOKENS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chez le tout très jeune nouveau PER:Paul", "chez"),
        ("chez le tout très jeune grand nouveau PER:Paul", ""),
        ("chez PER:Paul", "chez"),
        ("chez ^ PER:Paul", ""),
        ("face à PER:Paul", "other"),
        ("lors de PER:Paul", "other"),
        ("lors à PER:Paul", "à"),
        ("lors pour PER:Paul", "pour"),
        ("de PER:Paul", "de"),
        ("chez des COUNTRY:Pays-Bas", "de"),
        ("chez des/ADP ministre", "de"),
        ("chez des ministre", "chez"),
    ],
)
def test_the_preposition_before_a_noun_phrase(text: str, expected: str) -> None:
    s = read(text)
    assert s.preposition(s.args[0].start) == expected


@pytest.mark.parametrize(("between", "person"), [(28, True), (29, False)])
def test_a_title_runs_to_a_name_within_thirty_words(between: int, *, person: bool) -> None:
    s = read("ministre " + "- " * between + "PER:Paul")
    assert (s.args[0].roles != [] and s.args[0].roles[0].person is not None) is person


@pytest.mark.parametrize(
    ("text", "end", "roles"),
    [
        ("PER:Paul , l' ancien très jeune ministre , dort", 8, ["ministre"]),
        ("PER:Paul , l' ancien tout très jeune ministre , dort", 1, []),
        ("PER:Paul , ministre et avocat , dort", 6, ["ministre", "avocat"]),
        ("PER:Paul , le ministre , dort", 5, ["ministre"]),
        ("PER:Paul , le ministre et PER:Anne", 1, []),
        ("PER:Paul , le ministre ou PER:Anne", 1, []),
        ("PER:Paul , ministre et PER:Anne", 1, ["ministre"]),
        ("PER:Paul , ministre PER:Anne", 1, []),
        ("PER:Paul , ministre dort", 1, ["ministre"]),
        ("PER:Paul , second ministre ,", 5, ["ministre"]),
        ("PER:Paul , pluie ministre ,", 1, []),
        ("PER:Paul ( ministre ) dort", 4, ["ministre"]),
        ("PER:Paul ( PS ) , ministre , dort", 7, ["ministre"]),
        ("PER:Paul ( PS ) , ministre dort", 4, ["ministre"]),
        ("PER:Paul ( PS ) dort", 4, []),
        ("PER:Paul ( a b c d e ) , ministre , dort", 11, ["ministre"]),
        ("PER:Paul ( a b c d e f ) , ministre , dort", 1, []),
        ("PER:Paul ( PS", 1, []),
        ("PER:Paul , dort", 1, []),
        ("ORG:ONU DEM:russe , hier", 2, []),
    ],
)
def test_what_is_said_of_a_name_after_it(text: str, end: int, roles: list[str]) -> None:
    s = read(text)
    assert s.args[0].end == end
    assert [s.low[role.start] for role in s.args[0].roles] == roles


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("le gouvernement DEM:russe", "russe"),
        ("le gouvernement DEM:russe de COUNTRY:France", "russe"),
        ("le gouvernement de COUNTRY:France", "France"),
        ("le gouvernement de LOC:Lyon", "-"),
        ("le gouvernement de PER:Paul", "Paul"),
        ("le gouvernement DEM:russe de PER:Paul", "russe"),
        ("le ministre DEM:russe", "russe"),
        ("le ministre de PER:Paul", "-"),
        ("le ministre DEM:russe de PER:Paul", "-"),
        ("le ministre de ORG:ONU", "ONU"),
        ("un avocat DEM:russe", "-"),
        ("son épouse DEM:russe", "-"),
        ("le territoire de LOC:Lyon", "Lyon"),
        ("le territoire de COUNTRY:France", "France"),
        ("les diplomates DEM:russe", "russe"),
        ("les diplomates de PER:Paul", "Paul"),
    ],
)
def test_whose_doing_an_office_or_a_body_does(text: str, whose: str) -> None:
    (arg,) = read(text).args
    assert (arg.entity.text if arg.entity is not None else "-") == whose


@pytest.mark.parametrize(
    ("text", "first", "others"),
    [
        ("La ministre , PER:Anne , dort", "- | ministre , Anne , | Anne", 0),
        ("ministre , PER:Anne dort", "- | ministre , Anne | Anne", 0),
        ("avec la ministre , PER:Anne , dort", "avec | ministre , Anne , | Anne", 0),
        ("avec la ministre , PER:Anne", "avec | ministre , Anne | Anne", 0),
        ("avec la ministre , PER:Anne dort", "avec | ministre | -", 1),
        ("avec une ministre , PER:Anne , dort", "avec | ministre | -", 1),
        ("de la ministre , PER:Anne , dort", "de | ministre | -", 1),
        ("La ministre , PER:Anne et PER:Paul", "- | ministre | -", 2),
        ("La ministre , ORG:ONU , dort", "- | ministre | -", 1),
        ("La ministre hier PER:Anne", "- | ministre | -", 1),
    ],
)
def test_who_is_named_after_the_office(text: str, first: str, others: int) -> None:
    found = shown(read(text))
    assert (found[0], len(found) - 1) == (first, others)


@pytest.mark.parametrize(
    ("at", "reach", "before", "after"),
    [
        (4, 9, [3, 2], [5]),
        (4, 1, [3], [5]),
        (2, 2, [], [3, 4]),
        (5, 2, [4, 3], []),
        (3, 0, [], []),
    ],
)
def test_the_words_around_one(at: int, reach: int, before: list[int], after: list[int]) -> None:
    s = read("a b ^ c d e f | g h")
    assert list(s.before(at, reach)) == before
    assert list(s.after(at, reach)) == after


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("les DEM:Russes dorment", ["- | Russes | Russes"]),
        ("les DEM:russes dorment", []),
        ("un DEM:Russe dort", []),
        ("DEM:Russes", []),
        ("le DEM:Russe PER:Paul dort", ["- | Russe Paul | Paul"]),
        ("le DEM:Russe ORG:ONU dort", ["- | ONU | ONU"]),
    ],
)
def test_peoples(text: str, expected: list[str]) -> None:
    assert shown(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("le ministre de la | COUNTRY:France dort", 2),
        ("le ministre de COUNTRY:France dort", 4),
        ("le ministre - dort", 2),
        ("le ministre et de la Défense", 2),
        ("le ministre de la Pêche et de la Mer dort", 9),
        ("le ministre de la Pêche et dort", 5),
        ("le ministre ORG:ONU dort", 3),
        ("le ministre à la Défense dort", 5),
        ("un avocat à la Cour dort", 2),
        ("le ministre de PER:Paul DEM:russe", 4),
        ("le ministre DEM:russe de la Défense dort", 6),
    ],
)
def test_where_a_title_ends(text: str, ends: int) -> None:
    (arg,) = read(text).args
    assert arg.end == ends


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("est/AUX ministre/ADJ", 0),
        ("est/AUX un ministre/ADJ", 1),
        ("est/NOUN ministre/ADJ", 1),
        ("est/AUX ministre/NOUN", 1),
        ("ministre/VERB", 0),
        ("le ministre/VERB", 1),
        ("ministre/ADJ est/AUX", 1),
        ("est/AUX ^ ministre/ADJ", 1),
    ],
)
def test_a_verb_that_looks_like_an_office(text: str, count: int) -> None:
    assert len(read(text, forms={"ministre"}).args) == count
    assert len(read(text).args) == 1


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("PER:Anne , PER:Paul et PER:Luc", ["Anne Paul Luc"]),
        ("PER:Anne , PER:Paul , PER:Luc", ["Anne", "Paul", "Luc"]),
        ("PER:Anne et PER:Paul , PER:Luc", ["Anne Paul", "Luc"]),
        ("PER:Anne ainsi que PER:Paul", ["Anne", "Paul"]),
        ("PER:Anne , ainsi que PER:Paul", ["Anne Paul"]),
        ("PER:Anne avec PER:Paul", ["Anne", "Paul"]),
        ("PER:Anne et dort PER:Paul", ["Anne", "Paul"]),
        ("à PER:Anne et à PER:Paul", ["Anne Paul"]),
        ("à PER:Anne et PER:Paul", ["Anne Paul"]),
        ("à PER:Anne et avec PER:Paul", ["Anne", "Paul"]),
        ("PER:Anne et PER:Paul dort", ["Anne Paul"]),
        ("dort PER:Anne et PER:Paul", ["Anne Paul"]),
        ("dort PER:Anne et PER:Paul dort", ["Anne", "Paul"]),
        ("dort " + "ici " * 24 + "PER:Anne et PER:Paul dort", ["Anne", "Paul"]),
        ("dort " + "ici " * 25 + "PER:Anne et PER:Paul dort", ["Anne Paul"]),
    ],
)
def test_lists(text: str, groups: list[str]) -> None:
    s = read(text, finite={"dort"})
    found = [" ".join(span.text for span in s.members(arg)) for arg in s.args]
    assert list(dict.fromkeys(found)) == groups
    assert all(len({a.prep for a in arg.group}) == 1 for arg in s.args)


def test_a_sentence_is_read_to_its_three_thousandth_word() -> None:
    assert MAX_TOKENS == 3000
    words = "mot " * 2999
    assert len(read(words + "PER:Anne").args) == 1
    assert read("mot " + words + "PER:Anne").args == []
    assert (read(words + "mot").end, read(words + "mot mot").end) == (3000, 3000)
