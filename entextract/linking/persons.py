"""The persons of a corpus, and the article-by-article choice between those of one surname."""

from __future__ import annotations

from collections import Counter

from entextract.linking.contexts import Contexts, Notes
from entextract.names.in_article import Link, person_id
from entextract.names.persons import Bearer, identify
from entextract.records.nouns import Mention
from entextract.records.rules import AMBIGUOUS, SHORT, Rule
from entextract.records.spelling import slug


class PersonForms:
    """The forms that name persons, counted; and those whose id a table gives."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.fixed: dict[str, str] = {}

    def add(self, row: Mention, one: Link) -> None:
        """Count a mention, linked within its article."""
        self.count[one.form] += 1
        if Rule.parse(row.rule).has_id_of_table:
            self.fixed[one.form] = min(row.entity, self.fixed.get(one.form, row.entity))

    def identified(self) -> dict[str, Bearer]:
        """Whom each form belongs to; the most frequent spelling of a name stands for it."""
        count = self.count
        return identify(sorted(count, key=lambda f: (f.isupper(), -count[f], slug(f), f)))


class Persons:
    """Whom each form of a person means in an article."""

    def __init__(self, forms: PersonForms, notes: Notes) -> None:
        self.fixed = forms.fixed
        self.known = forms.identified()
        self.contexts = Contexts(notes, self.known)

    def find(self, article: int, one: Link) -> tuple[str, str]:
        """Entity and rule of a form that stands for a person in an article, given by number."""
        if one.form in self.fixed:
            return self.fixed[one.form], ""
        bearer = self.known[one.form]
        if bearer.rule == AMBIGUOUS:
            near = self.contexts.nearest(article, bearer.candidates)
            return (self._id(near), "near") if near else (self._id(bearer.name), AMBIGUOUS)
        short = bearer.rule in SHORT and self.contexts.dated
        if short and self.contexts.is_distant(article, bearer.name):
            return person_id(one.form), AMBIGUOUS
        return self._id(bearer.name), bearer.rule

    def _id(self, name: str) -> str:
        return self.fixed.get(name) or person_id(name)
