"""The persons of a corpus, and in each article the choice between those of one surname."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from entextract.linking.contexts import ArticleProfiles, Proximity
from entextract.names.in_article import KIN, REGNAL, Link, person_id
from entextract.names.person_keys import is_given_name, normalisation_key
from entextract.names.persons import identify
from entextract.names.referent import Referent
from entextract.records.nouns import Mention
from entextract.records.rules import ACTORS, AMBIGUOUS, SHORT, Rule
from entextract.records.spelling import slug, spaced

# an actor told by the words of its article: the name alone does not say it elsewhere
_OF_THIS_TEXT = frozenset(f"{ACTORS}:{how}" for how in ("initials", "surname"))
_ALIAS = "alias"  # the link of a by-name that its article gives
_TELLING = frozenset({*KIN, REGNAL})  # finders that say more than that there is a person


class PersonForms:
    """The forms that name persons, counted; and those whose id a table gives."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self._first: dict[str, str] = {}  # of each text, the article where it was met first
        self._spread: set[str] = set()  # texts met in two articles
        self.fixed: dict[str, str] = {}
        self._regnal: set[str] = set()  # given names of sovereigns
        self._kin: set[str] = set()  # forms that name someone's relative
        self._aliases: dict[str, set[str]] = defaultdict(set)  # by-name -> names given with it

    def add(self, row: Mention, one: Link) -> None:
        """Count a mention, linked within its article."""
        text = spaced(row.text)
        if one.rule in SHORT and len(normalisation_key(text)) > 1:
            self.count[one.form] += 0
            self.count[text] += 1  # « Awa Sarr » in an article that has « Interview Awa Sarr » too
        else:
            self.count[one.form] += 1
        if self._first.setdefault(text, row.article) != row.article:
            self._spread.add(text)
        if one.rule == _ALIAS:
            self._aliases[text].add(one.form)
        found_by, listed = _tells(row.rule)
        if found_by == REGNAL and " " not in text:
            self._regnal.add(text)
        elif found_by and found_by != REGNAL:
            self._kin.add(one.form)
        if listed:
            same = self.fixed.setdefault(one.form, row.entity) == row.entity
            if not same:  # two actors of one name: each article says which
                self.fixed[one.form] = ""

    def count_form(self, form: str, mentions: int) -> None:
        """Count more mentions of a form, or fewer."""
        self.count[form] += mentions
        if self.count[form] <= 0:
            del self.count[form]

    def identified(self) -> dict[str, Referent]:
        """The referent of each form; a person has the most frequent spelling of the full name."""
        count = self.count
        order = sorted(count, key=lambda f: (f.isupper(), -count[f], slug(f), f))
        once = {form for form in self._kin if count[form] == 1}
        found = identify(order, self._is_rarer)
        found |= {form: found[form].of_sovereign(form) for form in self._regnal & found.keys()}
        if once:
            found = {form: r.without(once) for form, r in found.items()}
        return found | dict(self._called(found))

    def _called(self, found: Mapping[str, Referent]) -> Iterator[tuple[str, Referent]]:
        """« NKM », « Hemetti »: by-names of one person, where nobody else is so called."""
        for alias, names in self._aliases.items():
            persons = {found[name].name for name in names}
            known = found.get(alias)
            if known is None or known.rule or known.name != alias or len(persons) > 1:
                continue
            if not any(map(is_given_name, normalisation_key(alias))):
                yield alias, Referent(persons.pop(), _ALIAS)

    def _is_rarer(self, long: str, full: str) -> bool:
        return long not in self._spread and self.count[long] < self.count[full]


@lru_cache(maxsize=10_000)
def _tells(text: str) -> tuple[str, bool]:
    """The finder of a mention that says more than that, and whether a table gave the id."""
    rule = Rule.parse(text)
    listed = rule.has_id_of_table and rule.found_by not in _OF_THIS_TEXT
    return (rule.found_by if rule.found_by in _TELLING else ""), listed


class Persons:
    """Whom each form of a person means in an article."""

    def __init__(self, forms: PersonForms, profiles: ArticleProfiles) -> None:
        self.fixed = forms.fixed
        self.known = forms.identified()
        self._proximity = Proximity(profiles, self.known)

    def find(self, article: int, one: Link) -> tuple[str, str]:
        """Whom a form means in an article.

        Args:
            article: its number.
            one: the form, linked within its article.

        Returns:
            The entity id, and why the corpus gives it; empty when the corpus changes nothing.
        """
        if one.form in self.fixed:
            return self.fixed[one.form] or one.entity, ""
        referent = self.known[one.form].of_gender(one.form, one.gender, {})
        if referent.rule == AMBIGUOUS:
            near = self._proximity.nearest(article, referent.candidates)
            return (self._id(near), "near") if near else (self._id(referent.name), AMBIGUOUS)
        short = referent.rule in SHORT and self._proximity.dated
        if short and self._proximity.is_distant(article, referent.name):
            return person_id(one.form), AMBIGUOUS
        return self._id(referent.name), referent.rule

    def _id(self, name: str) -> str:
        return self.fixed.get(name) or person_id(name)
