"""Ids of entities, ``per:emmanuel-macron``, ``org:onu``, ``country:FR``, ``loc:danube``.

They are made and taken apart here and nowhere else. The first part says the label, the second is
the slug of a name, the ISO 3166-1 alpha-2 code of a state, or what a table gives.
"""

from __future__ import annotations

import re
from functools import lru_cache

from entextract.records.nouns import LABELS, Label
from entextract.records.spelling import slug

_LABEL_OF: dict[str, Label] = {label.lower(): label for label in LABELS}
_ID = re.compile(rf"({'|'.join(_LABEL_OF)}):\S+")


def make_id(label: str, key: str) -> str:
    """The id of an entity of a label.

    Args:
        label: one of ours, or one of another pipeline.
        key: what stands after the colon; see ``id_of_name`` for what is made of a name.

    >>> make_id("COUNTRY", "KZ"), make_id("ORG", "onu")
    ('country:KZ', 'org:onu')
    """
    return f"{label.lower()}:{key}"


@lru_cache(maxsize=500_000)
def id_of_name(label: str, name: str) -> str:
    """The id that a name has by itself.

    >>> id_of_name("PER", "Élisabeth Borne")
    'per:elisabeth-borne'
    """
    return make_id(label, slug(name))


def own_id(entity: str, form: str) -> str:
    """The id that a mention of an entity would have if its form were merged with no other.

    >>> own_id("per:awa-kerbrat", "Kerbrat")
    'per:kerbrat'
    """
    return id_of_name(_prefix(entity), form)


def is_id(text: str) -> bool:
    """Whether a text has the shape of an id.

    >>> is_id("per:awa-kerbrat"), is_id("Awa Kerbrat")
    (True, False)
    """
    return _ID.fullmatch(text) is not None


def key_of(entity: str) -> str:
    """What stands after the colon of an id.

    >>> key_of("per:awa-kerbrat")
    'awa-kerbrat'
    """
    return entity.partition(":")[2]


def label_of(entity: str) -> Label:
    """The label that an id says.

    Raises:
        ValueError: it is no id of ours.

    >>> label_of("country:ML")
    'COUNTRY'
    """
    label = _LABEL_OF.get(_prefix(entity))
    if label is None:
        known = ", ".join(f"{prefix}:" for prefix in _LABEL_OF)
        raise ValueError(f"{entity!r} is no id of an entity: an id begins with one of {known}")
    return label


def has_label(entity: str, label: Label) -> bool:
    """Whether an id is one of that label.

    >>> has_label("country:ML", "COUNTRY"), has_label("", "COUNTRY")
    (True, False)
    """
    return _LABEL_OF.get(_prefix(entity)) == label


def _prefix(entity: str) -> str:
    return entity.partition(":")[0]
