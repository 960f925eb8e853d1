"""Which names of organisations in one article are one organisation's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from entextract.names.bodies import (
    initials,
    is_acronym,
    is_branch,
    is_head,
    key,
    lacks_adjective,
    listed,
    listed_ids,
    local_initials,
    own_id,
    without_article,
    words_of,
)
from entextract.names.owners import Owners
from entextract.names.state_bodies import (
    Body,
    body_id,
    is_common,
    open_id,
    parse_body,
    shared,
    told_by_topic,
)
from entextract.records.ids import id_of_name
from entextract.records.spelling import level


def pairs(rows: Iterable[tuple[int, int, str]]) -> dict[str, str]:
    """Long form of each acronym among the rows of « long form (ACRONYM) », whatever the order.

    Args:
        rows: start, end and text of the mentions of one article that brackets join.

    >>> pairs([(2, 40, "Observatoire des prix agricoles du Ponant"), (42, 46, "OPAP")])
    {'OPAP': 'Observatoire des prix agricoles du Ponant'}
    """
    ordered = sorted(rows)
    found: dict[str, str] = {}
    for (_, end, one), (start, _, other) in zip(ordered, ordered[1:], strict=False):
        if 0 < start - end <= 3:
            short, long = sorted((one, other), key=lambda f: (len(f), f))
            found.setdefault(short, long)
    return found


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation as an article names it: its form, and the identifier it came with.

    ``fixed`` says that a table or a person gave the identifier.
    """

    form: str
    id: str
    fixed: bool


def agree(
    names: Iterable[Named],
    acronyms: Mapping[str, str],
    owners: Owners,
) -> dict[str, tuple[str, str]]:
    """Identifier of each form of one article, and the rule that gave it, if not its own.

    Args:
        names: the organisations of the article, in order of appearance.
        acronyms: long form of each acronym that the article introduces in brackets.
        owners: whose its bare bodies are.

    >>> found = agree([Named("Penn Gwazh Négoce", "org:penn-gwazh-negoce", False),
    ...                Named("Penn Gwazh", "org:penn-gwazh", False)], {}, Owners(()))
    >>> found["Penn Gwazh"]
    ('org:penn-gwazh-negoce', 'short-name')
    """
    given: dict[str, Named] = {}
    for name in names:
        if name.fixed or name.form not in given:
            given[name.form] = name
    found = _state_bodies(given, acronyms, owners)
    for form, name in given.items():
        if form not in found and name.fixed and form not in acronyms:
            found[form] = (name.id, "")
    for form in given:
        if form not in found and form not in acronyms:
            own = listed().get(key(form)) or own_id(form)
            found[form] = (own, "" if own == id_of_name("ORG", form) else "legal-form")
    by_key: dict[str, str] = {}
    for form, (identity, _) in sorted(found.items(), key=lambda item: not given[item[0]].fixed):
        by_key.setdefault(key(form), identity)
    for form, name in given.items():
        if form in acronyms and form not in found:
            long = acronyms[form]
            known = found.get(long, (own_id(long), ""))[0]
            found[form] = (known, "acronym-pair")
        elif not name.fixed and by_key[key(form)] != found[form][0] and not parse_body(form):
            found[form] = (by_key[key(form)], "legal-form")
    _shorten(given, acronyms, found)
    return found


def _state_bodies(
    given: Mapping[str, Named], acronyms: Mapping[str, str], owners: Owners
) -> dict[str, tuple[str, str]]:
    found = {}
    for form, name in given.items():
        body = parse_body(form)
        if body is None or form in acronyms:
            continue
        if name.fixed and name.id in told_by_topic(body.kind):
            found[form] = (name.id, "")
            continue
        country, rule = (body.country, "") if body.country else owners.of_form(form)
        if country:
            found[form] = (body_id(Body(body.kind, country)), rule)
        elif not name.fixed or rule or name.id in shared().get(body.kind, {}).values():
            found[form] = (open_id(body.kind), rule)
    return found


def _shorten(
    given: Mapping[str, Named],
    acronyms: Mapping[str, str],
    found: dict[str, tuple[str, str]],
) -> None:
    """Give acronyms and short names the identifier of the only long form that they can mean."""
    longs = {form: words_of(form) for form in given if len(words_of(form)) > 1}
    for form, name in given.items():
        if name.fixed or form in acronyms or found[form][0] in listed_ids():
            continue
        bare = tuple(without_article(form))
        words = bare if is_head(bare) else words_of(form)  # « L'Amicale »
        if is_acronym(form):
            letters = level(form).replace(".", "")
            ids = {
                found[long][0]
                for long in longs
                if letters in initials(long) or letters in local_initials(long)
            }
            rule = "acronym-initials"
        elif is_common(words) and not is_head(words):
            continue
        else:
            ids = {found[long][0] for long, whole in longs.items() if _is_short(words, whole)}
            rule = "short-name"
        ids.discard(found[form][0])
        if len(ids) == 1:
            found[form] = (next(iter(ids)), rule)


def _is_short(words: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether words are short for a longer name, as « Penn Gwazh » for « Penn Gwazh Négoce ».

    Not « Solmec » for « Solmec France », which is its branch.
    """
    if len(long) <= len(words):
        return False
    begins = long[: len(words)] == words and not is_branch(long[len(words) :])
    return begins or lacks_adjective(words, long)
