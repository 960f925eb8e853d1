"""The tokens of one sentence: the names among them, the words that open a role, prepositions."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Span

from entextract import tables
from entextract.pipes.relations.arguments import is_demonym, is_guessed, is_ordinal
from entextract.pipes.relations.role_words import RoleWords, Words

MAX_TOKENS = 3000  # of a sentence that are read; what is left is counted for the report


class SentenceTokens:
    """One sentence as it is read: its words in small letters, and the names among them."""

    def __init__(
        self, span: Span, low: list[str], entities: dict[int, Span], role_words: RoleWords
    ) -> None:
        self.doc: Doc = span.doc
        self.start = span.start
        self.end = min(span.end, span.start + MAX_TOKENS)
        self.low = Words(low, self.start, self.end)
        self.entities = entities  # by each of their tokens
        self._role_words = role_words
        # « ministre de la Défense » is an office, whatever the model says of « Défense »
        inside = (i for i in range(self.start, self.end) if i in entities)
        self._known = {i for i in inside if not is_guessed(entities[i])}

    def before(self, i: int, reach: int) -> range:
        """The tokens of the sentence before one, the nearest first, and so many at most."""
        return range(i - 1, max(i - reach, self.start) - 1, -1)

    def after(self, i: int, reach: int) -> range:
        """The tokens of the sentence after one, so many at most."""
        return range(i + 1, min(i + reach + 1, self.end))

    def is_if_he(self, i: int) -> bool:
        """« s'il », where « se » would be written the same."""
        return self.low[i] == "s'" and self.low[i + 1] in ("il", "ils")

    def may_open(self, i: int) -> bool:
        """Whether the words that open a role may start at a token."""
        return self._role_words.may_open(self.low[i])

    def opener(self, i: int) -> tuple[int, str] | None:
        """(number of tokens, kind) of the words that open a role at a token."""
        return self._role_words.at(self.low, i, self._known)

    def demonym(self, i: int) -> Span | None:
        """The demonym at a token: « kazakh »."""
        entity = self.entities.get(i)
        return entity if entity is not None and is_demonym(entity) else None

    def is_of(self, i: int) -> bool:
        """« de », « du », « des », « d' »."""
        return self.low[i] in tables.spellings_of("de")

    def is_time(self, i: int) -> bool:
        """« hier », « lundi », « mars »."""
        return self.low[i] in tables.words("time", "weekday", "month")

    def is_modifier(self, j: int) -> bool:
        """« général », « kazakh »: an adjective that may follow the noun of an office."""
        word = self.low[j]
        if word in tables.words("office_epithet"):
            return True
        return bool(word) and self.doc[j].pos_ == "ADJ" and self.doc[j].text[:1].islower()

    def phrase_before(self, end: int, *kinds: str) -> int | None:
        """How many words before a token are a phrase of these classes: « de son côté »."""
        for words in _phrases_by_end(*kinds).get(self.low[end - 1], ()):
            if tuple(self.low[end - len(words) : end]) == words:
                return len(words)
        return None

    def bracket_end(self, i: int) -> int:
        """The end of « (PS) » after a name."""
        if self.low[i] == "(" and ")" in (inside := self.low[i + 1 : i + 7]):
            return i + 2 + inside.index(")")
        return i

    # --- determiners and prepositions

    def determiner(self, i: int) -> int:
        """The leftmost determiner or adjective of the noun phrase whose noun is at a token."""
        skipped = tables.words("prenominal_adjective", "relational_adjective")
        j = i
        for k in self.before(i, 5):
            word = self.low[k]
            if word == "'" and self.low[k - 1] == "l":
                return k - 1  # « l ' Assemblée »
            if word in _determiners():
                return k
            if not (word in skipped or is_ordinal(word) or self._is_before(k)):
                break
            j = k
        return j

    def _is_before(self, j: int) -> bool:
        token = self.doc[j]
        counted = token.is_alpha or token.like_num  # « quelque 4 000 soldats »
        return token.pos_ in ("ADJ", "NUM") and j not in self.entities and counted

    def _is_contraction(self, j: int) -> bool:
        """Whether « des » is « de les », and not the article: « a frappé lundi des cibles »."""
        after_noun = j - 1 not in self.entities and not self.is_time(j - 1)
        return self.doc[j].pos_ == "ADP" and after_noun

    def preposition(self, i: int) -> str:
        """The preposition on which the noun phrase that starts at a token stands."""
        j = self.determiner(i) - 1
        if self.low[j + 1] == "des" and (i in self.entities or self._is_contraction(j + 1)):
            j += 1  # « des États-Unis » contracts « de les »
        word = self.low[j]
        if self.is_of(j) and self.low[j - 1] in tables.words("quantity"):
            return self.preposition(j - 1)  # « un million de réfugiés » is « des réfugiés »
        if self.is_of(j) and self.low[j - 1] in tables.words("comparative"):
            return self.preposition(j - 1)  # « plus d'un million »
        if self.is_of(j) and self.low[j - 1] in tables.words("direction"):
            part = self.preposition(j - 1)  # « frappe le sud du Liban », not « au sud du Liban »
            return part if part != "à" else "de"
        simple = tables.prepositions().get(word, "")
        return tables.compound_prepositions().get((self.low[j - 1], simple), simple)


@cache
def _determiners() -> frozenset[str]:
    """Those that are no preposition as well, and « des », which may be either."""
    return tables.determiners() - tables.words("contracted_article") | {"des"}


@cache
def _phrases_by_end(*kinds: str) -> dict[str, list[tuple[str, ...]]]:
    """The phrases of these classes by their last word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in (words for kind in kinds for words in tables.phrases(kind)):
        found.setdefault(words[-1], []).append(words)
    return found
