"""Cuts a text into words in a time that grows with its length, whatever stands in it.

spaCy takes the marks at both ends of a word off one by one, and looks the rest of the word through
for each: 8,000 commas in a row take four seconds, 16,000 sixteen, and no limit of time stops it,
for all of it is one call into C. And it puts each new word to five expressions, one of them of a
million characters, that no word of letters alone can match.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import (
    compile_infix_regex,
    compile_prefix_regex,
    compile_suffix_regex,
    registry,
)

from entextract.reading.as_given import GIVEN, as_given
from entextract.reading.readable import without_runs

_NAME = "entextract.Tokenizer.v1"
_FULL_STOP = r"(?<=[a-zà-ÿ0-9][A-Z])\.$"  # « AfD. », « UP2A. », unlike « J. »
_BULLET = "•"


class BoundedTokenizer(Tokenizer):  # type: ignore[misc]  # spaCy's is compiled, and has no types
    """The tokenizer of spaCy, but for marks that follow one another without end.

    Of more than 200 marks, the rest are two tokens; what goes on for more than 1,000 characters
    without a blank is cut at a mark in every 200. Other texts have the tokens that spaCy gives, but
    for « AfD. » at the end of a sentence, and « • » between two words.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> bound_tokenizer(nlp)
    >>> doc = nlp("Paris" + "," * 100_000)
    >>> len(doc), len(doc.text)
    (203, 100005)
    """

    def __call__(self, string: str) -> Doc:
        cut = without_runs(string)
        doc: Doc = super().__call__(cut)
        if cut == string:
            return doc
        doc.user_data[GIVEN] = string
        return as_given(doc)


@registry.tokenizers(_NAME)  # type: ignore[untyped-decorator]
def bounded_tokenizer() -> Callable[[Language], Tokenizer]:
    """What spaCy calls for a pipeline that was saved with such a tokenizer."""
    theirs = create_tokenizer()
    return lambda nlp: _bounded(theirs(nlp), nlp)


def bound_tokenizer(nlp: Language) -> None:
    """Give a pipeline, and what is saved of it, such a tokenizer in the place of spaCy's own."""
    if type(nlp.tokenizer) is Tokenizer:
        nlp.tokenizer = _bounded(nlp.tokenizer, nlp)
        nlp.config["nlp"]["tokenizer"] = {"@tokenizers": _NAME}


def _with(theirs: Callable[..., object], also: str) -> re.Pattern[str]:
    """The expression whose method the tokenizer calls, with another alternative."""
    own: str = theirs.__self__.pattern  # type: ignore[attr-defined]  # as spaCy saves it
    return re.compile(f"{own}|{also}")


class _UnlessLetters:
    """The method of an expression that no word of letters alone can match.

    Attributes:
        __self__: the expression, where spaCy looks for it to save it.
    """

    def __init__(self, method: Callable[[str], Any], nothing: Any = None) -> None:
        self.method = method
        self.nothing = nothing  # what it gives where nothing matches
        self.__self__ = method.__self__  # type: ignore[attr-defined]  # they are bound

    def __call__(self, word: str) -> Any:
        return self.nothing if word.isalpha() else self.method(word)


def _asks_for_marks(theirs: Tokenizer, nlp: Language) -> bool:
    """Whether the expressions are spaCy's own for French, each of which has a mark or a digit."""
    if nlp.lang != "fr":
        return False
    own: Any = nlp.Defaults
    pairs = [
        (compile_prefix_regex(own.prefixes).search, theirs.prefix_search),
        (compile_suffix_regex(own.suffixes).search, theirs.suffix_search),
        (compile_infix_regex(own.infixes).finditer, theirs.infix_finditer),
        (own.token_match, theirs.token_match),
        (own.url_match, theirs.url_match),
    ]
    return all(b and a.__self__.pattern == b.__self__.pattern for a, b in pairs)


def _bounded(theirs: Tokenizer, nlp: Language) -> BoundedTokenizer:
    methods: dict[str, Any] = {
        "prefix_search": theirs.prefix_search,
        "suffix_search": _with(theirs.suffix_search, _FULL_STOP).search,
        "infix_finditer": _with(theirs.infix_finditer, _BULLET).finditer,
        "token_match": theirs.token_match,
        "url_match": theirs.url_match,
    }
    if _asks_for_marks(theirs, nlp):
        nothing = {"infix_finditer": ()}
        methods = {
            name: _UnlessLetters(method, nothing.get(name)) for name, method in methods.items()
        }
    return BoundedTokenizer(
        theirs.vocab,
        rules=theirs.rules,
        **methods,
        faster_heuristics=theirs.faster_heuristics,
        max_cache_size=theirs.max_cache_size,
    )
