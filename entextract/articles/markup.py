"""What the readers of HTML and XML share: safe parsing, and text without lost blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5
from typing import Any, TypeAlias

from lxml import etree, html

from entextract.articles.attributes import MOST_ATTRIBUTES, too_many_attributes
from entextract.articles.encoding import read_whole_lines
from entextract.articles.interface import LONGEST_TEXT, File, Refused

LARGEST_PAGE = LONGEST_TEXT  # of one web page or one document of an export

_BLOCK_NAMES = """
    address article aside blockquote br caption center dd div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th tr ul
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_SILENT = {"head", "img", "noscript", "script", "style", "template"}
_BLANKS = re.compile("[ \t\r\n\f]+")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENTITY = re.compile(r"&(\w{2,31};)")
_DECLARATION = re.compile(r"<\?xml\s[^<>]*\?>|<!DOCTYPE\s[^<>\[\]]*>")
_OF_XML = {"amp;", "lt;", "gt;", "quot;", "apos;"}
_INVISIBLE = {0xAD: None, 0x200B: None}
Judge: TypeAlias = Callable[[Any, str], bool]  # of an element, with its name in small letters


def html_tree(source: str) -> Any:
    """The tree of a page or of a part of one.

    Raises:
        Refused: it is nested too deep, too long for a page, or has a tag that no page has.
    """
    if len(source) > LARGEST_PAGE:
        raise Refused(f"a page of {len(source)} characters: longer than any article; cut it")
    if count := too_many_attributes(source):
        raise Refused(_too_many(count))
    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    content = _CONTROLS.sub(" ", source).encode("utf-8")
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        tree = None  # nothing in it
    if any("depth" in entry.message for entry in parser.error_log):
        raise Refused("elements nested too deep: this is no ordinary page")
    return html.Element("html") if tree is None else tree


def xml_elements(file: File, names: set[str], *, rootless: bool = False) -> Iterator[Any]:
    """Each element of an XML file with one of these names, emptied once it was used.

    Args:
        file: what to read.
        names: of elements, without their namespace.
        rootless: whether several documents may follow one another in the file.

    Entities are never replaced, nothing is fetched, and libxml2's own limits stay on.

    Raises:
        Refused: the file declares entities or uses those of another file, or is no XML.
    """
    lines, _ = read_whole_lines(file.path)
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    prolog = True
    if rootless:
        parser.feed(b"<documents>")
    for number, line in enumerate(lines, start=1):
        if prolog and "<!ENTITY" in line.upper():
            raise Refused("declares entities, which are not read: they can be used to harm")
        if rootless:
            line = _DECLARATION.sub("", line)
        try:
            parser.feed(_ENTITY.sub(_named, _CONTROLS.sub(" ", line)).encode("utf-8"))
        except etree.XMLSyntaxError as error:
            raise Refused(f"XML that cannot be read, line {number}: {_said(error)}") from error
        for event, element in parser.read_events():
            prolog = False
            if event == "start" and len(element.attrib) > MOST_ATTRIBUTES:
                raise Refused(_too_many(len(element.attrib)))
            if event == "end" and local_name(element) in names:
                if (entity := next(element.iter(etree.Entity), None)) is not None:
                    raise Refused(f"uses an entity that is not declared in it: {entity.text}")
                yield element
                _empty(element)
    try:
        if rootless:
            parser.feed(b"</documents>")
        parser.close()
    except etree.XMLSyntaxError as error:
        raise Refused(f"XML that cannot be read: {_said(error)}") from error


def _too_many(count: int) -> str:
    return (
        f"a tag of {count} attributes, more than the {MOST_ATTRIBUTES} that one may have: "
        "this is no ordinary page or document"
    )


def _said(error: etree.XMLSyntaxError) -> str:
    """What is wrong, without the advice to programmers to lift a limit."""
    return str(error.msg).partition(", use XML_PARSE")[0]


def _named(entity: re.Match[str]) -> str:
    """The character of an entity of HTML: feeds use them, though XML knows only five."""
    return entity[0] if entity[1] in _OF_XML else html5.get(entity[1], entity[0])


def _empty(element: Any) -> None:
    element.clear()
    while (before := element.getprevious()) is not None:
        element.getparent().remove(before)


def local_name(element: Any) -> str:
    """Name of an element without its namespace; empty for a comment."""
    return bare_name(element.tag) if isinstance(element.tag, str) else ""


def bare_name(name: str) -> str:
    """A name without its namespace, declared or not.

    >>> bare_name("{http://purl.org/dc/elements/1.1/}date"), bare_name("dc:date")
    ('date', 'date')
    """
    return name.rpartition("}")[2].rpartition(":")[2]


def pieces_of(element: Any, *, opens: Judge, closes: Judge, is_silent: Judge) -> Iterator[str]:
    """The texts in an element, in order, blanks made single; a line break around paragraphs.

    Args:
        element: what to read.
        opens: whether a line starts before an element, given with its name in small letters.
        closes: whether a line starts after it.
        is_silent: whether it is left out, with all that it holds.
    """
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        name = local_name(node).lower()
        if event == "start":
            if opens(node, name):
                yield "\n"
            if is_silent(node, name):
                walker.skip_subtree()
            elif node.text:
                yield _BLANKS.sub(" ", node.text)
            continue
        if closes(node, name):
            yield "\n"
        if node is not element and node.tail:
            yield _BLANKS.sub(" ", node.tail)


def text_of(element: Any, *, drop: frozenset[str] = frozenset(), classes: str = "") -> str:
    """Text of an element, a line a paragraph.

    A blank is never added inside a paragraph: exports mark the words that were searched for, and
    a blank there would cut them.

    Args:
        element: what to read.
        drop: names of elements to leave out.
        classes: classes of elements to leave out, separated by blanks.

    >>> text_of(html_tree("<p>L'<mark>Ukr</mark>aine\\n gagne.<p>Fin"))
    "L'Ukraine gagne.\\nFin"
    """
    unwanted = set(classes.split())

    def is_silent(node: Any, name: str) -> bool:
        silent = name in _SILENT or name in drop
        return silent or bool(unwanted.intersection((node.get("class") or "").split()))

    def is_block(node: Any, name: str) -> bool:
        return name in _BLOCKS

    parts = pieces_of(element, opens=is_block, closes=is_block, is_silent=is_silent)
    lines = (_BLANKS.sub(" ", line).strip() for line in "".join(parts).split("\n"))
    return composed("\n".join(line for line in lines if line))


def composed(text: str) -> str:
    """A text in NFC, without soft hyphens and blanks of no width."""
    return unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def by_class(element: Any, name: str) -> list[Any]:
    """Elements inside this one, in order, that have a class, in any case."""
    wanted = name.lower()
    return [
        node
        for node in element.iter(etree.Element)
        if wanted in (node.get("class") or "").lower().split()
    ]


def parts_of(file: File, start: re.Pattern[str]) -> Iterator[str]:
    """The parts of a file of markup, cut before each match of ``start``; the first has none.

    Raises:
        Refused: a part is longer than any document.
    """
    lines, _ = read_whole_lines(file.path)
    pieces: list[str] = []
    length = 0
    for line in _whole_tags(lines):
        at = 0
        for found in start.finditer(line):
            pieces.append(line[at : found.start()])
            yield "".join(pieces)
            pieces, length, at = [], 0, found.start()
        pieces.append(line[at:])
        length += len(pieces[-1])
        if length > LARGEST_PAGE:
            raise Refused(f"a document of more than {LARGEST_PAGE} characters: longer than any")
    yield "".join(pieces)


def _whole_tags(lines: Iterable[str]) -> Iterator[str]:
    """Lines, those that end inside a tag joined to the next."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        whole = "".join(held)
        if "<" not in whole.rpartition(">")[2] or len(held) > 50:  # no tag is so long
            yield whole
            held = []
    yield "".join(held)
