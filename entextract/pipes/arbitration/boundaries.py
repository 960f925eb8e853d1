"""The name inside a model's entity: without articles, titles, kinds, weekdays and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from entextract import tables
from entextract.pipes.arbitration.portfolios import Portfolios
from entextract.pipes.body_extent import links
from entextract.pipes.name_extent import is_glued, is_hyphenated, is_of, name_end
from entextract.pipes.person_parts import PersonParts
from entextract.pipes.spans import (
    is_capitalised,
    matches,
    phrase_matcher,
    text_at,
    text_before,
    text_between,
)
from entextract.pipes.words import texts
from entextract.records.spelling import level

_ORDINAL = re.compile(r"\d+(st|nd|rd|th)")  # « 20th Century Fox »


class Boundaries:
    """Cuts the entities of a statistical model to the names that they hold."""

    def __init__(self, nlp: Language) -> None:
        self.titles = phrase_matcher(nlp, ((row.kind, row.form) for row in tables.titles()))
        self.determiners = tables.levelled_words("function_word")
        self.calendar = tables.levelled_words("weekday", "month")
        names = (r.form for r in tables.countries() if r.kind in ("canonical", "name"))
        self.countries = frozenset(map(level, names))
        self.given = tables.given_forms()
        self.parts = PersonParts()
        self.portfolios = Portfolios(nlp)
        self.bodies = frozenset(level(row.form) for row in tables.organisations())
        # what a person's name may end: « Fondation Jean Dubel », « Lycée Jean Dubel »
        kinds = (w.form for w in tables.org_words() if w.pattern in ("proper", "public", "apposed"))
        named = {level(form).lower() for form in kinds}
        self.named_after = frozenset(named | tables.levelled_words("establishment_noun"))
        firm = (row.form for row in tables.organisations() if row.strength == "strong")
        self.companies = frozenset(level(form) for form in firm if form.istitle())
        self.generic = frozenset(
            level(w.form).lower() for w in tables.org_words() if w.pattern == "generic"
        )
        self.acronyms = frozenset(form.lower() for form in self.bodies if " " not in form)
        # first words of what a person may be « of »: places, organisations, other persons
        forms = self.bodies | {level(row.form) for row in tables.places()}
        self.known = self.given | {form.split()[0] for form in forms}
        # words that say what a name is the name of, and are not part of it
        self.kinds = {
            "ORG": frozenset(level(w.form) for w in tables.org_words() if w.pattern == "apposed"),
            "LOC": tables.levelled_words("administrative_division", "capital", "watercourse"),
        }

    def names(self, doc: Doc, labels: dict[str, str]) -> Iterator[tuple[int, int, str]]:
        """(start, end, label) of each name, in tokens; the label is empty for other labels.

        Args:
            doc: a document with the model's entities.
            labels: our label for each label of the model.
        """
        titles: dict[int, int] = {}  # end of a title -> its start
        for _, start, end in matches(self.titles, doc):
            titles[end] = min(start, titles.get(end, start))
        offices = set(titles.values())
        domains = self.portfolios(doc)
        inside = {i: end for end, start in titles.items() for i in range(start, end)}
        entities, words = doc.ents, texts(doc)
        surnames = {e[-1].norm for e in entities if len(e) == 2 and e[0].norm_ in self.given}
        for entity in entities:
            label = self._label(entity, labels.get(entity.label_, ""))
            if self._joins_states(entity):
                continue
            for start, end in self._pieces(entity, label, surnames):
                bare = range(inside.get(start, start), end)
                first = next((i for i in bare if words[i][0].isupper()), start)
                domain = start in offices or start in domains or first in domains
                if label != "PER" and domain:
                    continue  # « ministre de la Santé » is an office, not an organisation
                if label != "PER" and start in inside and self._goes_on(doc, inside[start]):
                    continue  # « ministre de la Santé publique du Mali »
                start = inside.get(start, start)  # « procureur de la [République de Nice] »
                start, end = self._edges(doc[start:end], label)
                if label == "PER" and start < end and self._is_branch(doc[start:end], titles):
                    label = "ORG"
                if label == "ORG":
                    end = self._before_leader(doc[start:end])
                    leader = self._leader(doc, start, end, titles)
                    if leader < end:
                        yield leader, end, "PER"
                        end = leader
                if label == "PER":
                    start, end = self._person(doc, start, end, titles)
                persons = label == "PER" and start < end
                for a, b in self.parts.parts(doc, start, end) if persons else [(start, end)]:
                    if any(word[0].isupper() or word.isdigit() for word in words[a:b]):
                        yield a, b, label

    def _label(self, entity: Span, label: str) -> str:
        """« le canton des Grisons » is a place, also where it acts; « théâtre antique » too."""
        if not entity[0].is_lower:
            return label
        old = tables.levelled_words("monument_epithet")
        if any(level(token.lower_) in old for token in entity):
            return "LOC"
        division = level(entity[0].text) in self.kinds["LOC"]
        return "LOC" if label == "ORG" and division and any(map(is_of, entity[1:2])) else label

    def _goes_on(self, doc: Doc, end: int) -> bool:
        """Whether an adjective in small letters belongs to the title that ends there."""
        return any(t.is_lower and t.is_alpha and not is_of(t) for t in doc[end : end + 1])

    def _edges(self, name: Span, label: str) -> tuple[int, int]:
        """Leave out what stands before and after a name."""
        if label == "ORG" and self._is_agent(name):
            name = name[:1]
        if label == "LOC" and name and name[0].is_lower and not is_of(name[0]):
            name = _after_monument(name)
        while name and self._is_before_name(name, label):
            name = name[1:]
        while name and self._is_after_name(name):
            name = name[:-1]
        if len(name) > 3 and name[-3].is_digit and name[-1].is_digit and name[-2].text in "-–":
            name = name[:-3]  # « Crystal Palace 3-0 »
        if not name:
            return name.start, name.end
        doc, start = name.doc, name.start
        end = _last_capital(name) if label in ("LOC", "PER") else _before_clause(name)
        if label == "ORG":
            end = _after_acronym(doc[start:end])
        while end < len(doc) and is_glued(doc[end]):
            end += 1
        if label == "PER" and text_at(doc, end) == "-" and end + 1 < len(doc):
            end += 2 * is_hyphenated(doc[end + 1])  # « Kim Jong-un »
        if label == "ORG" and _ORDINAL.fullmatch(text_before(doc, start)):
            start -= 1
        return start, end

    def _is_agent(self, name: Span) -> bool:
        """« Parlement du projet » in « l'examen par le Parlement du projet »: two complements."""
        if len(name) < 3 or level(name[0].lower_) not in self.generic or not is_of(name[1]):
            return False
        by = level(text_before(name.doc, name.start - 1).lower())
        return name[2].is_lower and by in tables.words("agent_preposition")

    def _before_leader(self, name: Span) -> int:
        """Where « MCU » ends in « MCU de Faustin Touadéra »: an acronym has no person in it."""
        if (
            len(name) > 3
            and _is_acronym(name[0])
            and is_of(name[1])
            and name[2].norm_ in self.given
        ):
            return name[1].i
        return name.end

    def _is_branch(self, name: Span, titles: dict[int, int]) -> bool:
        """« Stellantis Sept-Fons », read as a person: a listed company and one of its places."""
        if name.start in titles or len(name) < 2 or not name[0].whitespace_:
            return False
        given = self.given.isdisjoint(token.norm_ for token in name)
        return given and name[0].norm_ in self.companies

    def _leader(self, doc: Doc, start: int, end: int, titles: dict[int, int]) -> int:
        """Where « Jean Dubel » starts in « le patron de Baltaire Group Jean Dubel », else the end.

        Not in « le directeur de la Fondation Jean Dubel », which bears his name.
        """
        office = start - 1
        if level(text_before(doc, start).lower()) in tables.words("definite_article"):
            office -= 1
        if office < 1 or not is_of(doc[office]) or office not in titles:
            return end
        words = (level(token.lower_) for token in doc[start:end])
        if doc[start].norm_ in self.given or any(word in self.named_after for word in words):
            return end
        names = (t.i for t in doc[start + 1 : end - 1] if t.norm_ in self.given)
        return next((i for i in names if name_end(doc, i) >= end), end)

    def _is_before_name(self, name: Span, label: str) -> bool:
        token = name[0]
        word = level(token.lower_)
        if token.is_punct or token.is_space:
            return True
        if token.is_lower and word in self.kinds.get(label, ()):
            return True
        if label == "PER" and len(name) > 1 and (is_capitalised(token) or word == "de"):
            return False  # « Le Pen », « de Gaulle »
        return word in self.determiners

    def _is_after_name(self, name: Span) -> bool:
        token = name[-1]
        if token.text == ")":
            return "(" not in name.text
        apart = len(name) > 1 and bool(name[-2].whitespace_)  # not in « Kim Jong-un »
        open_word = (
            apart and token.is_lower and (level(token.text) in self.determiners or is_of(token))
        )
        is_date = len(name) > 1 and level(token.lower_) in self.calendar
        return token.is_punct or token.is_space or is_date or open_word

    def _person(self, doc: Doc, start: int, end: int, titles: dict[int, int]) -> tuple[int, int]:
        """Leave out titles, and a country after « du »; take in a given name just before."""
        for i in range(start, end):
            if titles.get(i, end) <= start:
                start = i
        for of, following in pairwise(doc[start + 1 : end]):
            if not is_of(of):
                continue
            if level(text_between(doc, following.i, end)) in self.countries:
                end = of.i  # « Tileuberdi du Kazakhstan »
                break
            if of.i > start + 1 and following.norm_ in self.known:
                end = of.i  # « Paul Pogba de Manchester »
                break
        if start < end and level(text_before(doc, start)) in self.given:
            start -= 1  # « France Gall »
        return start, end

    def _pieces(self, entity: Span, label: str, surnames: set[int]) -> Iterator[tuple[int, int]]:
        """The parts that a line break, « | » or a free-standing dash separates, or « et la »."""
        start, joined = entity.start, self._joins_several(list(entity), surnames)
        for token in entity:
            breaks = "\n" in token.text or token.text == "|" or _is_free_dash(token)
            breaks = breaks or (joined and token.text == "-")
            if breaks or (label == "ORG" and self._joins_bodies(entity, start, token)):
                yield start, token.i
                start = token.i + 1
        yield start, entity.end

    def _joins_several(self, words: list[Token], surnames: set[int]) -> bool:
        """« Carrel-Lepan » where both are named in full, « CAF-FIFA », « CGT-FO-CFDT »."""
        parts, hyphens = words[::2], words[1::2]
        if len(words) % 2 == 0 or not hyphens or any(t.text != "-" for t in hyphens):
            return False
        if all(part.is_upper and len(part) > 1 for part in parts):
            listed = sum(level(part.text).lower() in self.acronyms for part in parts)
            return listed > 1 or (listed == 1 and all(len(part) > 2 for part in parts))
        return len(parts) == 2 and all(part.norm in surnames for part in parts)

    def _joins_bodies(self, entity: Span, start: int, token: Token) -> bool:
        """« et » in « Union africaine et la Ligue arabe », of which the table has at least one."""
        if token.lower_ != "et":
            return False
        parts = [entity.doc[start : token.i], entity.doc[token.i + 1 : entity.end]]
        names = [self._without_article(part) for part in parts]
        with_article = names[1] != level(parts[1].text)
        return sum(name in self.bodies for name in names) >= 2 - with_article

    def _without_article(self, part: Span) -> str:
        skipped = part and level(part[0].lower_) in self.determiners
        return level(part[1:].text if skipped else part.text)

    def _joins_states(self, entity: Span) -> bool:
        """« RDC-Rwanda » in a headline: two states, which the table finds."""
        halves = level(text_between(entity.doc, entity.start, entity.end)).split("-")
        return len(halves) > 1 and all(half.strip() in self.countries for half in halves)


def _after_monument(name: Span) -> Span:
    """« Syracuse » in « théâtre antique de Syracuse »."""
    old = tables.levelled_words("monument_epithet")
    at = next((token.i for token in name if level(token.lower_) in old), name.end)
    town = next((token.i for token in name.doc[at : name.end] if is_capitalised(token)), name.start)
    return name.doc[town : name.end]


def _is_acronym(token: Token) -> bool:
    return token.is_upper and len(token) > 1


def _last_capital(name: Span) -> int:
    """Where « des actions » starts in « l'Asie centrale des actions »."""
    for token in reversed(name):
        if is_capitalised(token) or token.text == "-":
            break
        if is_of(token):
            return token.i
    return name.end


def _before_clause(name: Span) -> int:
    """Where « recrute mardi » starts in « Vertelec recrute mardi », « les » in « Commission les
    mesures »: a finite verb, or an article that no preposition joins to the name."""
    for token in name[1:]:
        if token.is_lower and ("Fin" in token.morph.get("VerbForm", []) or _is_misread(token)):
            return token.i
        following = name.doc[token.i + 1 : token.i + 2]
        plural = tables.words("plural_article") & tables.words("definite_article")
        before, common = token.nbor(-1), any(t.is_lower for t in following)
        apart = not before.is_punct and level(before.lower_) not in links()
        if token.lower_ in plural and common and apart:
            return token.i
    return name.end


def _is_misread(token: Token) -> bool:
    """« proteste » in « Union suisse des paysans proteste », tagged as a name or an adjective."""
    if token.lower_ not in tables.finite_forms():
        return False
    noun = token.nbor(-1)
    plural, singular = noun.lower_.endswith(("s", "x")), not token.lower_.endswith(("s", "x"))
    disagrees = noun.pos_ == "NOUN" and plural and singular
    return token.pos_ == "PROPN" or disagrees


def _after_acronym(name: Span) -> int:
    """Where « EPA » ends in « EPA américaine »: nothing but adjectives follow an acronym."""
    if len(name) < 2 or not _is_acronym(name[0]):
        return name.end
    return name[1].i if all(t.is_lower and t.pos_ == "ADJ" for t in name[1:]) else name.end


def _is_free_dash(token: Token) -> bool:
    return token.text in "-–—" and token.i > 0 and bool(token.nbor(-1).whitespace_)
