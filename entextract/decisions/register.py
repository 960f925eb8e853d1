"""Which entity a decision names: ids and names of a result, as they are and as they were."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from entextract.decisions.decision import Decision
from entextract.records.ids import (
    has_label,
    is_id,
    key_of,
    label_of,
    own_id,
)
from entextract.records.lookup import Lookup, Named
from entextract.records.nouns import Entity, Label, Mention, Problem, Rows
from entextract.records.spelling import slug, spaced


class Register:
    """Looks up the entities of a result, and notes those that it does not find.

    Names are looked up among those that entities had before any decision, then among those that
    decisions gave them, then among the forms that entities had before, so that a file applied twice
    is understood the same way twice.

    Attributes:
        base: entities by id, as they were before any decision.
        created: name of each entity that the decisions make, empty where they give none.
        restored: name of each of these that is only set apart again.
        problems: what was not found.
    """

    def __init__(self, result: Rows, rows: Sequence[Decision]) -> None:
        self.problems: list[Problem] = []
        self.created: dict[str, str] = {}
        self._articles = {article.id for article in result.articles}
        self._sources = {article.source for article in result.articles}
        self._now = {entity.id: entity for entity in result.entities}
        self.base = {**self._now, **{entity.id: entity for entity in result.former}}
        self._before = Lookup.of(self.base.values())
        self._given = Lookup()
        self._renamed: set[tuple[str, str]] = set()
        for entity in result.former:
            if entity.id in self._now:
                self._given.add(Named(entity.id, self._now[entity.id].name))
        self.restored = self._restored(result.mentions, rows)
        self._create(self.restored)  # first: a name that one of them bears too is not given
        self._rename(rows)
        while self._add_parts(rows) | self._add_ends(rows) | self._rename(rows):
            pass  # one may make what another names

    def name(self, entity: str) -> str:
        """The name of an entity now, empty when there is none of that id."""
        return self._now[entity].name if entity in self._now else ""

    def label(self, entity: str) -> Label:
        """The label of an entity now; of one that is not there, what its id says."""
        known = self._now.get(entity) or self.base.get(entity)
        return known.label if known else label_of(entity)

    def resolved(self, row: Decision) -> Decision | None:
        """The decision with ids in the place of names; nothing when it does not apply here."""
        entities = tuple(
            dict.fromkeys(filter(None, (self._only(n, row, self._find(n)) for n in row.entities)))
        )
        to = row.to
        if row.verb in ("merge", "split"):
            to = self._target(row, entities)
            entities = tuple(entity for entity in entities if row.verb == "split" or entity != to)
            if not to:
                return None
        if row.verb == "never-merge" and len(entities) < 2:
            if entities:
                hint = self._form_hint(row, entities[0])
                self._note(row, f"{' and '.join(row.entities)} are not two entities here{hint}")
            return None
        if row.articles or row.sources:
            self._note_absent(row)
        return replace(row, entities=entities, to=to) if entities else None

    def _target(self, row: Decision, entities: Sequence[str]) -> str:
        if is_id(row.to):
            if row.verb == "merge" and entities and row.to not in self.base:
                self._note(row, f"no {row.to} here: it is made of what is merged into it")
            return row.to
        if row.verb == "split":  # what it makes is new: a form of another is no name of it
            return self._only(row.to, row, self._named(row.to)) if entities else ""
        return self._only(row.to, row, self._find(row.to))

    def _only(self, name: str, row: Decision, found: Sequence[str]) -> str:
        """The one id found for a name; what is not so is noted."""
        if len(found) == 1:
            return found[0]
        if found:
            self._note(row, f"{name!r} may be {' or '.join(found)}: write one of these ids")
        else:
            hint = ": if it is a form of another, write the id that it would have"
            hint = hint if row.verb == "never-merge" and not is_id(name) else ""
            self._note(row, f"no entity {name!r} here{hint}")
        return ""

    def _form_hint(self, row: Decision, entity: str) -> str:
        """What to write for the first name that is only a form of an entity, if one is."""
        form = next((name for name in row.entities if not self._named(name)), "")
        if not form or is_id(form):
            return ""
        own = own_id(entity, form)
        return f": {form!r} is a form of {entity}; write the id that it would have, {own}"

    def _find(self, name: str) -> list[str]:
        return self._named(name) or ([] if is_id(name) else self._before.by_form(name))

    def _named(self, name: str) -> list[str]:
        """The ids that an id or a name means; a form is none of either."""
        if is_id(name):
            return [name] if name in self.base or name in self.created else []
        return self._before.by_name(name) or self._given.by_name(name)

    def _note(self, row: Decision, reason: str) -> None:
        self.problems.append(Problem("", row.where, reason, "unknown"))

    def _note_absent(self, row: Decision) -> None:
        for name in (*row.articles, *row.sources):
            if name not in (self._articles if row.articles else self._sources):
                self._note(row, f"no article of {name!r} here")

    # ---- entities that the decisions make

    def _create(self, made: Mapping[str, str]) -> bool:
        """Add entities to those known; whether any is new."""
        new = {i: name for i, name in made.items() if i not in self.base and i not in self.created}
        self.created |= new
        for i, name in new.items():
            self._before.add(Named(i, name))
        return bool(new)

    def _rename(self, rows: Iterable[Decision]) -> bool:
        """Add the names that decisions give; whether any is new."""
        before = len(self._renamed)
        for row in rows:
            if row.verb == "rename" and len(found := self._find(row.entities[0])) == 1:
                self._given.add(Named(found[0], row.to))
                self._renamed.add((found[0], row.to))
        return len(self._renamed) > before

    def _restored(self, mentions: Iterable[Mention], rows: Iterable[Decision]) -> dict[str, str]:
        """Ids that forms would have on their own, where a decision keeps them apart."""
        wanted = {name for row in rows if row.verb == "never-merge" for name in row.entities}
        wanted = {name for name in wanted if is_id(name) and name not in self.base}
        forms: dict[str, str] = {}
        for mention in mentions if wanted else ():
            form = spaced(mention.text)
            forms[slug(form)] = min(forms.get(slug(form), form), form)
        keys = {name: key_of(name) for name in wanted if not has_label(name, "COUNTRY")}
        return {name: forms[key] for name, key in keys.items() if key in forms}

    def _add_parts(self, rows: Iterable[Decision]) -> bool:
        """Know the entities that splits make; whether any is new."""
        parts: dict[str, str] = {}
        for row in rows:
            found = self._find(row.entities[0]) if row.verb == "split" else []
            if len(found) != 1:
                continue
            if is_id(row.to):
                parts.setdefault(row.to, "")
            elif not self._named(row.to) and not has_label(found[0], "COUNTRY"):
                i = own_id(found[0], row.to)
                parts[i] = min(parts.get(i) or row.to, row.to)
        return self._create(parts)

    def _add_ends(self, rows: Iterable[Decision]) -> bool:
        """Know the ids that merges alone make; whether any is new."""
        return self._create(
            {
                row.to: ""
                for row in rows
                if row.verb == "merge" and is_id(row.to) and any(map(self._find, row.entities))
            }
        )


def names_of_new(made_of: Iterable[tuple[str, str]], register: Register) -> dict[str, str]:
    """Name of each entity that decisions make: that of the most mentioned one it is made of.

    Args:
        made_of: pairs of an entity and what it becomes, in part or whole.
        register: knows the first of each pair.
    """
    made: dict[str, list[Entity]] = defaultdict(list)
    for start, end in made_of:
        if start in register.base:
            made[end].append(register.base[start])
    return {i: min(es, key=lambda e: (-e.mentions, e.name)).name for i, es in made.items()}
