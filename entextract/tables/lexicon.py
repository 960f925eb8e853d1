"""Sets and look-ups derived from the tables, each made once a process.

Words are in small letters, with straight apostrophes and their accents, as the tables hold them:
« ou » is not « où ». Text that may lack accents is compared by ``level``, with ``levelled_words``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from entextract.records.spelling import level
from entextract.tables.checks import shipped
from entextract.tables.page_rows import PageWord, SiteName
from entextract.tables.relation_rows import Preposition, TriggerNoun, Verb, VerbForm
from entextract.tables.row_classes import (
    CountryForm,
    GivenName,
    OrganisationForm,
    PlaceForm,
    TimeWord,
    Title,
    WordClass,
    WordKind,
)

# --- classes of words


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in shipped(WordClass):
        found.setdefault(row.kind, set()).add(row.form)
    for kind in ("month", "weekday"):  # which have numbers, and so a table of their own
        found[kind] = set(times(kind))
    return {kind: frozenset(forms) for kind, forms in found.items()}


@cache
def words(*kinds: WordKind) -> frozenset[str]:
    """The words of one class or of several.

    >>> sorted(words("possessive"))
    ['leur', 'leurs', 'sa', 'ses', 'son']
    """
    return frozenset().union(*(_classes()[kind] for kind in kinds))


@cache
def levelled_words(*kinds: WordKind) -> frozenset[str]:
    """The same without accents, for text that may lack them.

    >>> "fevrier" in levelled_words("month")
    True
    """
    return frozenset(map(level, words(*kinds)))


def articles() -> frozenset[str]:
    """« le », « une », « des »."""
    return words("definite_article", "indefinite_article")


def determiners() -> frozenset[str]:
    """Articles, possessives and demonstratives, contracted ones and the halves of « l' » too."""
    return words(
        "definite_article",
        "indefinite_article",
        "possessive",
        "demonstrative",
        "contracted_article",
        "cut_article",
    )


@cache
def times(kind: str) -> Mapping[str, str]:
    """The words of dates of one kind, and what each counts.

    >>> times("month")["mars"], times("shift")["dernière"]
    ('3', '-1')
    """
    return {row.form: row.value for row in shipped(TimeWord) if row.kind == kind}


@cache
def phrases(kind: WordKind) -> frozenset[tuple[str, ...]]:
    """The forms of a class, word by word.

    >>> ("pour", "sa", "part") in phrases("aside")
    True
    """
    return frozenset(tuple(form.split()) for form in words(kind))


# --- prepositions


@cache
def prepositions() -> Mapping[str, str]:
    """What each simple preposition introduces.

    >>> prepositions()["aux"], prepositions()["malgré"]
    ('à', 'other')
    """
    return {row.form: row.role for row in shipped(Preposition) if len(_tokens(row.form)) == 1}


@cache
def spellings_of(preposition: str) -> frozenset[str]:
    """The simple prepositions that introduce the same, contracted and elided ones too.

    >>> sorted(spellings_of("de"))
    ["d'", 'de', 'des', 'du']
    """
    return frozenset(form for form, role in prepositions().items() if role == preposition)


@cache
def without_article(preposition: str) -> frozenset[str]:
    """Those of its spellings that hold no article.

    >>> sorted(without_article("de"))
    ["d'", 'de']
    """
    return spellings_of(preposition) - words("contracted_article")


@cache
def guard_words(name: str) -> frozenset[str]:
    """The words that a guard of ``triggers.csv`` names: a class, a preposition, or an office."""
    if name == "office":
        ranks = (row.form for row in shipped(Title) if row.kind in ("office", "rank"))
        return words("post_noun") | {form.lower().split()[0] for form in ranks}
    return spellings_of(name) or _classes()[name]


@cache
def compound_prepositions() -> Mapping[tuple[str, str], str]:
    """What a compound one introduces, by its two last words, the last without its article.

    >>> compound_prepositions()["égard", "de"], compound_prepositions()["face", "à"]
    ('envers', 'other')
    """
    compounds = (row for row in shipped(Preposition) if len(_tokens(row.form)) > 1)
    return {_last_two(row.form): row.role for row in compounds}


@cache
def heads_of_prepositions(role: str) -> frozenset[str]:
    """The word that tells apart each preposition of a role, simple or compound.

    >>> sorted(heads_of_prepositions("selon"))
    ['après', 'dire', 'dires', 'selon']
    """
    of = spellings_of("de")
    forms = (_tokens(row.form) for row in shipped(Preposition) if row.role == role)
    return frozenset([word for word in form if word not in of][-1] for form in forms)


def _tokens(form: str) -> list[str]:
    return form.replace("'", "' ").split()


def _last_two(form: str) -> tuple[str, str]:
    *_, noun, last = _tokens(form)
    return noun, prepositions().get(last, last)


# --- verbs


@cache
def verb_readings() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """(lemma, tense) of each verb of a relation that a form may be; accents count.

    >>> verb_readings()["accuse"], verb_readings()["accusé"]
    ((('accuser', 'present'), ('accuser', 'subjunctive')), (('accuser', 'participle'),))
    """
    read = {row.lemma for row in shipped(Verb) if row.relations == "yes"}
    found: dict[str, list[tuple[str, str]]] = {}
    for row in shipped(VerbForm):
        if row.lemma in read:
            found.setdefault(row.form, []).append((row.lemma, row.tense))
    return {form: tuple(readings) for form, readings in found.items()}


@cache
def acting_forms() -> Mapping[str, frozenset[str]]:
    """The lemmas of each form by which an actor acts or speaks, and which no place takes.

    Infinitives do not count, nor forms that are a noun more often (« vote »).

    >>> acting_forms()["dénonça"], "dénoncer" in acting_forms()
    (frozenset({'dénoncer'}), False)
    """
    acting = {row.lemma for row in shipped(Verb) if row.kind}
    return _forms_of(acting)


@cache
def finite_forms() -> frozenset[str]:
    """The forms of all verbs that are no infinitive, no participle, and no noun more often.

    >>> "proteste" in finite_forms(), "vote" in finite_forms(), "signé" in finite_forms()
    (True, False, False)
    """
    others = ("infinitive", "participle", "participle_present")
    finite = {row.form for row in shipped(VerbForm) if row.tense not in others}
    return frozenset(finite - words("verb_homograph"))


@cache
def speech_forms() -> frozenset[str]:
    """The forms by which one speaks.

    >>> "affirme" in speech_forms()
    True
    """
    return frozenset(_forms_of({row.lemma for row in shipped(Verb) if row.kind == "speech"}))


@cache
def speech_homographs() -> frozenset[str]:
    """The forms of the present by which one speaks, and which are a noun more often.

    >>> "pointe" in speech_homographs(), "affirme" in speech_homographs()
    (True, False)
    """
    spoken = {row.lemma for row in shipped(Verb) if row.kind == "speech"}
    present = (r.form for r in shipped(VerbForm) if r.tense == "present" and r.lemma in spoken)
    return words("verb_homograph").intersection(present)


def _forms_of(lemmas: set[str]) -> dict[str, frozenset[str]]:
    skipped = words("verb_homograph")
    found: dict[str, set[str]] = {}
    for row in shipped(VerbForm):
        counts = row.tense not in ("infinitive", "subjunctive_imperfect")
        if counts and row.lemma in lemmas and row.form not in skipped:
            found.setdefault(row.form, set()).add(row.lemma)
    return {form: frozenset(of) for form, of in found.items()}


@cache
def trigger_lemmas() -> Mapping[str, str]:
    """The noun of which each form states a relation.

    >>> trigger_lemmas()["accusations"]
    'accusation'
    """
    return {row.form: row.lemma for row in shipped(TriggerNoun)}


# --- names


@cache
def parties() -> frozenset[str]:
    """The entity ids of the organisations one of whose forms is that of a party.

    >>> "org:ps" in parties(), "org:onu" in parties()
    (True, False)
    """
    known, nouns = words("party"), words("party_noun")
    return frozenset(
        f"org:{row.id}"
        for row in shipped(OrganisationForm)
        if row.form.lower() in known or not nouns.isdisjoint(row.name.lower().split()[:2])
    )


@cache
def demonyms() -> frozenset[str]:
    """The demonyms of every state, levelled.

    >>> "senegalaise" in demonyms()
    True
    """
    return frozenset(level(row.form) for row in shipped(CountryForm) if row.kind == "demonym")


@cache
def given_forms() -> frozenset[str]:
    """The given names, levelled.

    >>> "Aissata" in given_forms()
    True
    """
    return frozenset(level(row.form) for row in shipped(GivenName))


@cache
def continents() -> frozenset[str]:
    """The forms of continents, levelled.

    >>> "Asie" in continents()
    True
    """
    return frozenset(level(row.form) for row in shipped(PlaceForm) if row.kind == "continent")


@cache
def genders() -> Mapping[str, str]:
    """« m » or « f » of given names and titles, levelled and in small letters; else nothing.

    >>> genders()["aissata"], genders()["presidente"]
    ('f', 'f')
    """
    found: dict[str, str] = {}
    for row in (*shipped(GivenName), *shipped(Title)):
        if row.gender in ("m", "f"):
            found[level(row.form).lower()] = row.gender
    return found


@cache
def country_names() -> dict[str, str]:
    """Canonical French name of each state, by ISO code.

    >>> country_names()["KZ"]
    'Kazakhstan'
    """
    return {row.id: row.form for row in shipped(CountryForm) if row.kind == "canonical"}


@cache
def page_words(kind: str) -> frozenset[str]:
    """The words of one kind by which an element of a web page, or a signature, says what it is.

    >>> "chapo" in page_words("standfirst")
    True
    """
    return frozenset(row.word for row in shipped(PageWord) if row.kind == kind)


@cache
def sites() -> dict[str, str]:
    """The name of each newspaper or broadcaster, by host.

    >>> sites()["lemonde.fr"]
    'Le Monde'
    """
    return {row.host: row.name for row in shipped(SiteName)}
