"""What ministers, commissioners and aldermen are in charge of, which is no organisation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from spacy.language import Language
from spacy.tokens import Doc, Token

from entextract import tables
from entextract.pipes.name_extent import is_of
from entextract.pipes.spans import is_capitalised, matches, phrase_matcher
from entextract.records.spelling import level


class Portfolios:
    """Finds the domains that an office has: « Numérique » in « commissaire au Numérique ».

    >>> import spacy
    >>> from entextract.pipes.spans import set_norms
    >>> nlp = spacy.blank("fr")
    >>> doc = nlp("la ministre fédérale du Budget et de l'Énergie, et celle de la Culture")
    >>> set_norms(doc)
    >>> [doc[i].text for i in sorted(Portfolios(nlp)(doc)) if doc[i].text.istitle()]
    ['Budget', 'Énergie', 'Culture']
    """

    def __init__(self, nlp: Language) -> None:
        kinds = ("portfolio_office", "charged_office")
        titles = {row.form.lower(): row.form for row in tables.titles()}
        words = ((kind, titles.get(word, word)) for kind in kinds for word in tables.words(kind))
        forms = (
            (kind, form) for kind, word in words for form in (word, word[0].upper() + word[1:])
        )
        self.offices = phrase_matcher(nlp, forms)
        self.people = tables.demonyms()

    def __call__(self, doc: Doc) -> set[int]:
        """The tokens that stand in a domain, capitalised or not."""
        found: set[int] = set()
        offices = [(kind, end) for kind, _, end in matches(self.offices, doc)]
        for kind, end in offices:
            i = end + len(list(takewhile(self._is_epithet, doc[end:])))
            found.update(self._domain(doc, i, of=kind == "portfolio_office"))
        for i in _elided_offices(doc, {end for kind, end in offices if kind == "portfolio_office"}):
            found.update(self._domain(doc, i + 1, of=True))
        return found

    def _is_epithet(self, token: Token) -> bool:
        """« fédérale », « européen », « délégué » between an office and its domain."""
        if token.is_punct or is_capitalised(token) or is_of(token):
            return False
        return (
            token.pos_ in ("ADJ", "VERB")
            or level(token.lower_) in self.people
            or token.lower_ in tables.words("office_epithet")
        )

    def _domain(self, doc: Doc, i: int, *, of: bool) -> Iterator[int]:
        """The tokens of « de la Transition écologique et de la Cohésion des territoires »."""
        links = list(takewhile(_is_link, doc[i:]))
        to = bool(links) and level(links[0].lower_) in _words_for_to()
        first = doc[i + len(links) : i + len(links) + 1]
        if not links or not (of or to) or not any(map(is_capitalised, first)):
            return
        end = i
        while True:
            end += len(list(takewhile(_is_link, doc[end:])))
            end += len(list(takewhile(_is_word, doc[end:])))
            joined = end + len(list(takewhile(_is_joint, doc[end:])))
            follows = doc[joined : joined + 1]
            if joined == end or not any(
                is_of(t) or level(t.lower_) in _words_for_to() for t in follows
            ):
                break
            end = joined
        yield from range(i, end)


def _elided_offices(doc: Doc, offices: set[int]) -> Iterator[int]:
    """« celui » in « le ministre de la Défense et celui de l'Industrie »."""
    near = False
    for token in doc[min(offices) :] if offices else ():
        if token.is_sent_start:
            near = False
        near = near or token.i in offices
        if near and token.lower_ in tables.words("demonstrative_pronoun"):
            yield token.i


def _is_word(token: Token) -> bool:
    """A word of a domain, with « des territoires » in « Cohésion des territoires »."""
    if token.text == "-":  # « Sud-Est », not a dash between two words
        return not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_
    if token.is_punct or token.lower_ in tables.words("function_word"):
        return False
    return is_capitalised(token) or token.pos_ in ("ADJ", "NOUN", "")


def _is_joint(token: Token) -> bool:
    return token.lower_ in ("et", ",")


def _is_link(token: Token) -> bool:
    """What may stand between an office and its domain: « de la », « aux »."""
    word = level(token.lower_)
    is_article = word != "le" and word in tables.words("definite_article")
    return is_of(token) or is_article or word in _words_for_to()


def _words_for_to() -> frozenset[str]:
    return frozenset(map(level, tables.spellings_of("à")))
