"""FollowTheMoney JSON lines, for OpenAleph: entities, links, and the articles that prove them.

The format is that of the library ``followthemoney``, which is not asked for: it needs ICU, which
pip compiles, on systems where this often fails. A slow test reads what is written here by it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from entextract.export.checks import clean_xml
from entextract.export.wording import words_of
from entextract.records.columns import Table
from entextract.records.files import replacing
from entextract.records.nouns import Article, Entity, Relation

Records = Callable[[Table], Iterable[Any]]
Line = dict[str, Any]

_SCHEMAS = {"PER": "Person", "ORG": "Organization", "COUNTRY": "PublicBody", "LOC": "Address"}
# schema, source, target and word of a link, by kind and the labels of its ends; else UnknownLink
_LINKS = {
    ("relative_of", "PER", "PER"): ("Family", "person", "relative", "relationship"),
    ("member_of", "PER", "ORG"): ("Membership", "member", "organization", "role"),
    ("member_of", "ORG", "ORG"): ("Membership", "member", "organization", "role"),
    ("member_of", "COUNTRY", "ORG"): ("Membership", "member", "organization", "role"),
    ("position_held", "PER", "ORG"): ("Employment", "employee", "employer", "role"),
    ("position_held", "PER", "COUNTRY"): ("Employment", "employee", "employer", "role"),
}
_FORMER_STATES = {"CS": "cshh", "SU": "suhh", "YU": "yucs"}  # whose codes differ there
_OTHER_LINK = ("UnknownLink", "subject", "object", "role")
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_MOST_SENTENCES = 5  # of a link: what a reader can check


def write_followthemoney(path: str | Path, records: Records) -> None:
    """Write entities, links and documents as JSON lines, each valid by its schema.

    Persons, organisations, states (``PublicBody``) and places (``Address``); the articles
    (``Article``) and who is named in them (``Mention``, ``Documentation``); what is stated
    (``Family``, ``Membership``, ``Employment``, else ``UnknownLink`` with its kind as ``role``),
    each link once, with its articles as ``proof`` and some sentences as ``summary``. What is
    denied, supposed, to come or only reported is left out.

    Args:
        path: of the file, such as ``presse.ftm.json``.
        records: gives the records of a table, anew at each call.

    Raises:
        OSError: the disk is full, or the folder cannot be written to; an older file stays.
    """
    with replacing(path, "replace") as file:
        for line in _lines(records):
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _lines(records: Records) -> Iterator[Line]:
    labels = {entity.id: entity.label for entity in records("entities")}
    articles: dict[str, Article] = {article.id: article for article in records("articles")}
    yield from map(_entity, records("entities"))
    yield from map(_document, articles.values())
    yield from _named(records, labels)
    yield from _links(records, labels, articles)


def _entity(entity: Entity) -> Line:
    others = [form for form in entity.forms if form != entity.name]
    known: dict[str, Iterable[str]] = {"name": [entity.name], "weakAlias": others}
    if entity.label == "LOC":
        known["full"] = [entity.name]
    if entity.country:
        known["country"] = [_FORMER_STATES.get(entity.country, entity.country.lower())]
    return _line(_id(entity.id), _SCHEMAS[entity.label], known)


def _document(article: Article) -> Line:
    return _line(
        _document_id(article.id),
        "Article",
        {
            "fileName": [article.id],  # which the schema asks for
            "title": [article.title or article.id],
            "publishedAt": filter(_DATE.fullmatch, [article.date]),
            "publisher": [article.source],
            "sourceUrl": filter(_is_url, [article.url]),
            "language": ["fra"],
        },
    )


def _named(records: Records, labels: Mapping[str, str]) -> Iterator[Line]:
    """Who is named in which article; a mention resolves to a person or a body, not to a place."""
    names: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mention in records("mentions"):
        names[mention.article, mention.entity][mention.text] += 1
    for (article, entity), texts in names.items():
        key = _hashed("mention", article, entity)
        if labels[entity] == "LOC":
            ends = {"document": [_document_id(article)], "entity": [_id(entity)]}
            yield _line(key, "Documentation", ends)
            continue
        yield _line(
            key,
            "Mention",
            {
                "document": [_document_id(article)],
                "resolved": [_id(entity)],
                "name": [text for text, _ in texts.most_common()],
                "detectedSchema": [_SCHEMAS[labels[entity]]],
            },
        )


@dataclass(slots=True)
class _Link:
    """What several statements of one link say."""

    words: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    former: list[bool] = field(default_factory=list)

    def add(self, relation: Relation, word: str) -> None:
        self.words.append(relation.office or word)
        self.articles.append(relation.article)
        self.sentences.append(relation.text)
        self.dates.append(relation.date)
        self.former.append(relation.former)


def _links(
    records: Records, labels: Mapping[str, str], articles: Mapping[str, Article]
) -> Iterator[Line]:
    words = words_of("fr")["kinds"]
    found: dict[tuple[str, str, str], _Link] = defaultdict(_Link)
    for relation in records("relations"):
        ends = (relation.source, relation.target)
        if relation.status == "actual" and all(end in labels for end in ends):
            link = found[relation.kind, *ends]
            link.add(relation, words[relation.kind])
    for (kind, source, target), link in found.items():
        known = _LINKS.get((kind, labels[source], labels[target]), _OTHER_LINK)
        schema, subject, object_, word = known
        proofs = [articles[one] for one in dict.fromkeys(link.articles) if one in articles]
        told: dict[str, Iterable[str]] = {
            subject: [_id(source)],
            object_: [_id(target)],
            word: link.words,
            "proof": [_document_id(one.id) for one in proofs],
            "publisher": [one.source for one in proofs],
            "sourceUrl": filter(_is_url, [one.url for one in proofs]),
            "summary": [*dict.fromkeys(link.sentences)][:_MOST_SENTENCES],
            "date": filter(_DATE.fullmatch, link.dates),
            "recordId": [kind],
        }
        if word == "role" and all(link.former):
            told["status"] = ["former"]
        yield _line(_hashed(kind, source, target), schema, told)


def _line(key: str, schema: str, properties: Mapping[str, Iterable[str]]) -> Line:
    kept = {
        name: values
        for name, given in properties.items()
        if (values := [*dict.fromkeys(text for one in given if (text := clean_xml(one).strip()))])
    }
    return {"id": key, "schema": schema, "properties": kept}


def _id(entity: str) -> str:
    """An id as FollowTheMoney has them: letters, digits, points and hyphens of ASCII.

    >>> _id("per:emmanuel-macron")
    'per.emmanuel-macron'
    """
    key = entity.replace(":", ".")
    return key if _ID.fullmatch(key) else _hashed(entity)


def _document_id(article: str) -> str:
    key = f"article.{article}"
    return key if _ID.fullmatch(key) else _hashed("article", article)


def _hashed(*parts: str) -> str:
    text = "\0".join(parts).encode(errors="surrogatepass")
    return hashlib.blake2b(text, digest_size=20).hexdigest()


def _is_url(address: str) -> bool:
    return address.startswith(("http://", "https://")) and not any(map(str.isspace, address))
