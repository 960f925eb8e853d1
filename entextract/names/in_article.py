"""Who is who in one article: the same answer for the pipeline and for linking. Pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from entextract.names import bodies, organisations
from entextract.names.owners import Owners
from entextract.names.person_keys import with_civility
from entextract.names.persons import identify
from entextract.names.referent import Referent
from entextract.names.state_bodies import Body, body_id, parse_body
from entextract.records.ids import id_of_name
from entextract.records.rules import AMBIGUOUS, Rule

KIN = ("kin-before-name", "kin-after-name")  # finders of someone's relatives
REGNAL = "regnal-title"  # the finder of sovereigns
_NEXT_TO = 30  # characters between a name and its alias: « , de son nom de naissance »


class Name(NamedTuple):
    """A name of the article, with the identifier and the rule that it came with.

    Attributes:
        text: as a line of print has it, see ``spelling.spaced``.
        label: of what.
        entity: the identifier, if it has one.
        rule: what found it.
        start: its first character.
        end: the one after its last.
        sentence: the number of its sentence, unknown where it is negative.
    """

    text: str
    label: str
    entity: str
    rule: Rule
    start: int
    end: int
    sentence: int = -1


class Link(NamedTuple):
    """Whom a name means.

    Attributes:
        entity: the identifier.
        rule: what linked it to another form; empty when it stands for itself.
        form: the form that stands for the entity in the article; empty when a table settled the
            identifier.
        gender: ``m`` or ``f`` where the title before the name of a person says it.
    """

    entity: str
    rule: str
    form: str
    gender: str = ""


def is_fixed(name: Name) -> bool:
    """Whether a table gave the identifier, so that no rule may change it."""
    if not name.entity:
        return False
    return name.rule.has_id_of_table or _is_listed(name)


def _is_listed(name: Name) -> bool:
    """Whether the identifier is one of the table that the form alone would not give."""
    return (
        not name.rule.links
        and not name.rule.is_decided
        and name.entity in bodies.listed_ids()
        and name.entity != bodies.own_id(name.text)
    )


def resolve(names: Sequence[Name]) -> list[Link]:
    """Whom each name of an article means, judged by its forms alone.

    Identifiers of states and places are kept; those of persons and organisations are found anew,
    so that resolving twice changes nothing.

    Args:
        names: the names of one article, in order.

    >>> [link.entity for link in resolve([
    ...     Name("Antony Blinken", "PER", "", Rule("model"), 0, 14),
    ...     Name("Blinken", "PER", "", Rule("model"), 20, 27)])]
    ['per:antony-blinken', 'per:antony-blinken']
    """
    persons = _persons(names)
    owners = Owners(names)
    organisations = _organisations(names, owners)
    links = [_link(name, persons, organisations) for name in names]
    for i, link in enumerate(links):
        if link.rule == AMBIGUOUS and names[i].label == "ORG":
            links[i] = _owned(i, names[i], link, owners)
    return links


def _link(name: Name, persons: dict[tuple[str, str], Link], organisations: dict[str, Link]) -> Link:
    text = name.text
    if name.label == "PER":
        if name.rule.has_id_of_table:
            return Link(name.entity, "", text)
        return persons[text, name.rule.gender]
    if name.label == "ORG":
        found = organisations.get(text)
        if found is None:
            return Link(name.entity, "", "")
        if found.rule == "acronym-pair" and not found.form:
            return Link(found.entity, "", "")  # which of those of the table, the article says
        if is_fixed(name) and found.rule != "acronym-pair" and not parse_body(text):
            return Link(name.entity, "", "")
        return found
    return Link(name.entity, "", "")


def _is_found_anew(name: Name) -> bool:
    """Whether the identifier of a body came from its article or corpus, not from a table."""
    return bool(name.rule.links) and parse_body(name.text) is not None


def _owned(i: int, name: Name, link: Link, owners: Owners) -> Link:
    """The link of a name whose bearer only its own sentence tells, as of two parties « PS »."""
    text = name.text
    if owners.of_form(text)[0]:
        return link
    body, (state, rule) = parse_body(text), owners.of_mention(i, text)
    if body is None or not state:
        return link
    entity = body_id(Body(body.kind, state))
    return Link(entity, rule, "" if entity in bodies.listed_ids() else text)


def _persons(names: Sequence[Name]) -> dict[tuple[str, str], Link]:
    """Whom each form means, by the form and the gender that the title before it says."""
    persons = [n for n in names if n.label == "PER"]
    if not persons:
        return {}
    titled = dict.fromkeys((n.text, n.rule.gender) for n in persons)
    forms = dict.fromkeys(n.text for n in persons)
    fixed = {n.text: n.entity for n in persons if n.rule.has_id_of_table}
    relatives = _relatives(persons)
    genders = {form: gender for form, gender in titled if gender and " " in form}
    bearers = identify(forms)
    for form in {n.text for n in persons if n.rule.found_by == REGNAL and " " not in n.text}:
        bearers[form] = bearers[form].of_sovereign(form)
    couples = {form for form, gender in titled if gender == "m" and (form, "f") in titled}
    links = {}
    for form, gender in titled:
        bearer = bearers[form]
        if form in couples and bearer == Referent(form) and form not in fixed:
            bearer = _one_of_couple(form, gender)
        elif gender:
            bearer = bearer.of_gender(form, gender, genders)
        if relatives:
            bearer = bearer.without(relatives)
        entity = fixed.get(bearer.name) or person_id(bearer.name)
        links[form, gender] = Link(entity, bearer.rule, bearer.name, gender)
    for alias, name in _aliases(names):
        meant = next(link for (form, _), link in links.items() if form == name)
        for said, link in links.items():
            if alias in (said[0], link.form):  # « Omar Sidibé », and « Sidibé » after it
                links[said] = meant._replace(rule="alias" if said[0] == alias else link.rule)
    return links


def _one_of_couple(surname: str, gender: str) -> Referent:
    """Who « M. Ferrand », « Mme Ferrand » or « Ferrand » is where nobody is named in full."""
    if gender:
        return Referent(with_civility(gender, surname))
    both = sorted(with_civility(each, surname) for each in ("m", "f"))
    return Referent(surname, AMBIGUOUS, tuple(both))


def _relatives(persons: Sequence[Name]) -> set[str]:
    """Persons named once, as someone's relative: « sa tante Kim Kyong-hui »."""
    kin = [n.text for n in persons if n.rule.found_by in KIN]
    if not kin:
        return set()
    count = Counter(n.text for n in persons)
    return {form for form in kin if count[form] == 1}


def _aliases(names: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """« Hemetti », « Mohamed Daglo » in « Mohamed Daglo, dit « Hemetti » »."""
    for name, alias in pairwise(n for n in names if n.label == "PER"):
        if alias.rule.found_by == "alias-after-name" and alias.start - name.end <= _NEXT_TO:
            yield alias.text, name.text


def _organisations(names: Sequence[Name], owners: Owners) -> dict[str, Link]:
    named = [
        organisations.Named(n.text, n.entity, is_fixed(n) and not _is_found_anew(n))
        for n in names
        if n.label == "ORG" and n.rule.kind != "metonym"
    ]
    if not named:
        return {}
    acronyms = organisations.pairs(
        (n.start, n.end, n.text) for n in names if n.rule.found_by == "acronym-pair"
    )
    listed = bodies.listed_ids()
    return {
        form: Link(entity, rule, "" if entity in listed else form)
        for form, (entity, rule) in organisations.agree(named, acronyms, owners).items()
    }


def person_id(name: str) -> str:
    """The identifier of a person of that full name.

    >>> person_id("Élisabeth Borne")
    'per:elisabeth-borne'
    """
    return id_of_name("PER", name)
