"""The ``rule`` column: what found a name, what linked it to others, what a person decided.

``title-before-name+surname+corpus-spelling+decision:rename``: a title announced the name, a full
name of the article gave it an id, a more frequent spelling elsewhere in the corpus changed that id,
and a person renamed the entity. Rules are printed and parsed here and nowhere else; what each of
them is worth stands in ``data/rules.csv``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

ACTORS = "table:actors"  # opens the finders of what a user lists; what follows is how
AMBIGUOUS = "ambiguous"  # a form that several entities could bear, linked to none of them
SHORT = ("surname", "given-name")  # links by which a lone word is given a full name
DECISIONS = ("never-merge", "merge", "split", "relabel", "rename")  # the order in which they stand
_SETTLING = frozenset({"never-merge", "merge", "split"})  # they say who is who
_GIVING_IDS = frozenset({"table", "agreed", "metonym"})  # kinds of finder whose ids come of tables
_TITLE = "title-before-name"
_JOIN, _DECISION, _CORPUS = "+", "decision:", "corpus-"


class Link(NamedTuple):
    """One step that gave a form the id of another form.

    Attributes:
        why: ``surname``, ``spelling``, ``acronym-pair`` …, or ``ambiguous``.
        over_corpus: whether another article of the corpus made it.
    """

    why: str
    over_corpus: bool = False

    def __str__(self) -> str:
        return f"{_CORPUS}{self.why}" if self.over_corpus else self.why


@dataclass(frozen=True, slots=True)
class Rule:
    """Why a mention or a relation is what it is.

    Attributes:
        found_by: the finder, such as ``model``, ``title-before-name`` or ``metonym:subject``; for a
            relation the construction, such as ``verb:recevoir/both``: a verb, its subject told by
            the words before it and the tree; also ``/words`` and ``/tree``.
        links: what linked it, in the order in which it happened.
        decisions: what a person decided, in the order of ``DECISIONS``.
        kind: the kind of finder: ``metonym`` of ``metonym:subject``, ``model`` of ``model``.
        gender: what the title before a person's name says: ``m`` of « M. », ``f`` of « Mme », or
            an empty string.
        has_id_of_table: whether a table gave the entity's id, so that no link may change it.
        is_of_actor: whether a list of the user gave it.

    >>> rule = Rule.parse("metonym:subject+decision:rename+decision:merge")
    >>> rule.found_by, rule.kind, rule.decisions
    ('metonym:subject', 'metonym', ('merge', 'rename'))
    >>> Rule.parse("title-before-name:f+surname").gender
    'f'
    >>> str(rule)
    'metonym:subject+decision:merge+decision:rename'
    """

    found_by: str
    links: tuple[Link, ...] = ()
    decisions: tuple[str, ...] = ()
    # made once, for linking asks a few rules millions of times
    kind: str = field(init=False, compare=False, repr=False)
    gender: str = field(init=False, compare=False, repr=False)
    has_id_of_table: bool = field(init=False, compare=False, repr=False)
    is_of_actor: bool = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        kind, _, said = self.found_by.partition(":")
        object.__setattr__(self, "kind", kind)
        object.__setattr__(self, "gender", said if kind == _TITLE else "")
        object.__setattr__(self, "has_id_of_table", kind in _GIVING_IDS)
        object.__setattr__(self, "is_of_actor", self.found_by.startswith(ACTORS))

    @staticmethod
    def parse(text: str) -> Rule:
        """The rule that a cell of the column holds.

        Raises:
            ValueError: it names a decision that does not exist.
        """
        return _parsed(text)

    def __str__(self) -> str:
        decisions = (f"{_DECISION}{one}" for one in self.decisions)
        return _JOIN.join([self.found_by, *map(str, self.links), *decisions])

    @property
    def weak(self) -> bool:
        """Whether the finder proposes a form that does not win alone."""
        return self.kind == "weak"

    @property
    def is_decided(self) -> bool:
        """Whether a person decided something about it."""
        return bool(self.decisions)

    @property
    def is_settled(self) -> bool:
        """Whether a person decided who is meant, and not only the name or the label."""
        return not _SETTLING.isdisjoint(self.decisions)

    @property
    def steps(self) -> str:
        """Links and decisions as they are printed: ``surname+corpus-spelling+decision:rename``."""
        return str(self)[len(self.found_by) + len(_JOIN) :]

    def agreed(self) -> Rule:
        """The rule of a weak proposal that other evidence supports.

        >>> str(Rule("weak:organisations").agreed())
        'agreed:organisations'
        """
        return replace(self, found_by=f"agreed{self.found_by.removeprefix(self.kind)}")

    def linked(self, links: Iterable[Link]) -> Rule:
        """The rule of the same find with these links, and no others.

        >>> str(Rule.parse("model+surname").linked([Link("spelling", over_corpus=True)]))
        'model+corpus-spelling'
        """
        return Rule(self.found_by, tuple(links))

    def decided(self, decisions: Iterable[str]) -> Rule:
        """The rule once a person has decided these things as well.

        >>> str(Rule.parse("model+surname+decision:rename").decided({"merge"}))
        'model+surname+decision:merge+decision:rename'
        """
        both = {*self.decisions, *decisions}
        return replace(self, decisions=tuple(one for one in DECISIONS if one in both))


@lru_cache(maxsize=10_000)
def _parsed(text: str) -> Rule:
    found_by, *steps = text.split(_JOIN)
    decisions = [step.removeprefix(_DECISION) for step in steps if step.startswith(_DECISION)]
    for one in decisions:
        if one not in DECISIONS:
            known = ", ".join(DECISIONS)
            raise ValueError(f"rule {text!r}: unknown decision {one!r}; the decisions are {known}")
    links = (
        Link(step.removeprefix(_CORPUS), step.startswith(_CORPUS))
        for step in steps
        if not step.startswith(_DECISION)
    )
    return Rule(found_by, tuple(links)).decided(decisions)
