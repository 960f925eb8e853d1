"""One sentence read for relations: who may be an end of one, on which preposition, in what list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Span, Token

from entextract import tables
from entextract.pipes.relations.arguments import (
    CLOSING,
    OPENING,
    Arg,
    Role,
    is_demonym,
    is_guessed,
    is_ordinal,
)
from entextract.pipes.relations.lists import set_lists
from entextract.pipes.relations.role_words import RoleWords
from entextract.pipes.relations.sentence_tokens import SentenceTokens
from entextract.pipes.spans import is_capitalised

# kinds of role whose noun is no person: a name after it is not its own
_UNNAMED = frozenset({"transparent_noun", "strike", "group", "text"})
_REACH = 30  # tokens that a title may run to before its name


class NounPhrases:
    """The arguments of one sentence, left to right, with prepositions and lists."""

    def __init__(
        self,
        span: Span,
        low: list[str],
        entities: dict[int, Span],
        role_words: RoleWords,
        is_finite: Callable[[Token], bool],
        is_form: Callable[[str], bool],
    ) -> None:
        self.tokens = tokens = SentenceTokens(span, low, entities, role_words)
        self.doc, self.start, self.end = tokens.doc, tokens.start, tokens.end
        self.low, self.entities = tokens.low, tokens.entities
        self.is_form = is_form  # whether a word is a form of a known verb
        self.args: list[Arg] = []
        self.at: dict[int, Arg] = {}
        self._read()
        set_lists(self.args, tokens, is_finite)

    def at_comma(self, comma: int) -> Arg | None:
        """What a comma follows, or ends as an apposition."""
        return self.at.get(comma) or self.at.get(comma - 1)

    # --- arguments

    def _read(self) -> None:
        opens = self.tokens.may_open
        i = self.start
        while i < self.end:
            arg = self._argument(i) if i in self.entities or opens(i) else None
            if arg is None:
                i += 1
                continue
            arg.prep = self.tokens.preposition(arg.start)
            self.args.append(arg)
            for j in range(arg.start, arg.end):
                self.at[j] = arg
            i = arg.end

    def _argument(self, i: int) -> Arg | None:
        entity = self.entities.get(i)
        if entity is not None and not is_demonym(entity):
            return self._named(entity) if entity.start == i else None
        if entity is not None:
            return self._people(entity)
        found = self.tokens.opener(i)
        if found is None or self._is_verbal(i) or self._is_adjective(i, found[1]):
            return None
        if found[1] == "civility":
            return self._titled(i)
        if found[1] in ("locality", "body"):
            return self._apposed_to(i, *found)
        role = self.role(i, *found)
        ends = role.person or role.holder or role.inner
        if role.kind == "kin" and role.places and not ends:
            return None  # « la maison mère de YouTube »
        arg = self._from_role(role)
        return None if arg.entity is None and role.kind in ("strike", "group", "text") else arg

    def _titled(self, i: int) -> Arg | None:
        """« M. X », « le prince saoudien X », « Mme la ministre X »: a name behind a civility."""
        found = self.tokens.opener(i)
        if found is None or found[1] != "civility":
            return None
        j = i + found[0]
        arg = self._argument(j + (self.low[j] in tables.words("definite_article")))
        if arg is None or arg.entity is None or arg.entity.label_ != "PER":
            return None
        arg.start = i
        return arg

    def _name_at(self, i: int) -> Span | None:
        """The name at a token, or the one that a civility there announces."""
        titled = self._titled(i)
        return titled.entity if titled is not None else self.entities.get(i)

    def _apposed_to(self, i: int, length: int, kind: str) -> Arg | None:
        """« la ville syrienne de Homs », « la banque suisse UBS »: a name and what it is."""
        role = Role(i, i + length, i + length, kind)
        j = i + length
        while (state := self.tokens.demonym(j)) or self.tokens.is_modifier(j) or self.low[j] == "-":
            role.places += [state] if state is not None else []
            j = state.end if state is not None else j + 1
        role.end = j
        if kind == "locality":
            j += self.tokens.is_of(j)
            j += self.low[j] in tables.words("definite_article")
        else:
            movement = self.low[i] in tables.words("movement_noun")  # « l'alliance des FDS »
            j += movement and self.tokens.is_of(j)
            j += self.low[j] in ("«", '"', "“")
        name = self.entities.get(j)
        label = "LOC" if kind == "locality" else "ORG"
        return self._named(name, [role], i) if name is not None and name.label_ == label else None

    def _is_verbal(self, i: int) -> bool:
        """« est détenu », « ont élu »: not a noun."""
        if not self.is_form(self.low[i]):
            return False
        if self.doc[i].pos_ in ("VERB", "AUX"):
            return self.low[i - 1] not in tables.determiners()
        follows = any(self.doc[j].pos_ == "AUX" for j in self.tokens.before(i, 1))
        return follows and self.doc[i].pos_ == "ADJ"

    def _is_adjective(self, i: int, kind: str) -> bool:
        """« une organisation armée », « les manœuvres militaires »: not a noun."""
        if i == self.start or self.doc[i - 1].pos_ != "NOUN":
            return False
        return kind == "institution" or self.doc[i].pos_ == "ADJ"

    def _named(
        self, entity: Span, roles: list[Role] | None = None, start: int | None = None
    ) -> Arg:
        first = entity.start if start is None else start
        arg = Arg(first, entity.end, entity, roles=roles or [], name_end=entity.end)
        following = self.entities.get(entity.end)
        if following is not None and is_demonym(following):
            arg.end = following.end
        if roles and roles[0].kind == "office":
            self._ruled(arg, roles[0])
        end = arg.end
        self._apposed(arg)  # « X (ministre de Y) »
        if arg.end == end:
            arg.end = self.tokens.bracket_end(end)  # « X (PS), ministre de Y »
            if arg.end > end:
                self._apposed(arg)
        return arg

    def _ruled(self, arg: Arg, role: Role) -> None:
        """« le roi Abdallah II de Jordanie »: the state after the name."""
        i = arg.end + 1 + (self.low[arg.end + 1] in tables.words("definite_article"))
        state = self.entities.get(i)
        if self.tokens.is_of(arg.end) and state is not None and state.label_ == "COUNTRY":
            role.places.append(state)
            arg.end = state.end

    def _people(self, entity: Span) -> Arg | None:
        """« l'Espagnol Emilio Martin », « les Russes », « l'italien UniCredit »."""
        following = self.entities.get(entity.end)
        one = self.low[entity.start - 1] in tables.words("singular_article")
        small = one and not is_capitalised(self.doc[entity.start])
        if small and following is not None and following.label_ == "ORG":
            role = Role(entity.start, entity.end, entity.end, "body", [entity])
            return self._named(following, [role], entity.start)
        group = tables.words("body_noun", "company_noun", "party_noun")
        of_body = self.low[entity.start - 1] in group  # « l'équipe israélienne Jorge »
        if following is not None and following.label_ == "PER" and not of_body:
            role = Role(entity.start, entity.end, entity.end, "people", adjective=entity)
            return self._named(following, [role], entity.start)
        noun = entity.start - 1
        owned = self.low[self.tokens.determiner(noun)] in tables.words("possessive")
        if owned and self.low[noun] in tables.words("neighbour"):  # « son voisin rwandais »
            return Arg(noun, entity.end, entity, via="people", name_end=entity.end)
        plural = self.low[entity.start - 1] in tables.words("plural_article")
        if plural and is_capitalised(self.doc[entity.start]):
            return Arg(entity.start, entity.end, entity, via="people", name_end=entity.end)
        return None

    def _from_role(self, role: Role) -> Arg:
        if role.person is not None:
            return self._named(role.person, [role], role.start)
        entity = next((p for p in role.places if p.label_ in ("COUNTRY", "ORG")), None)
        entity = role.adjective or entity
        if role.kind == "border":
            entity = entity or next(iter(role.places), None)
        if role.kind in ("institution", *_UNNAMED):
            entity = self._leader(role) or entity or (role.holder if role.kind != "text" else None)
        elif self.low[role.start] in tables.words("state_agent"):  # « un soldat français »
            entity = entity if role.holder is None else None
        elif role.kind in ("profession", "kin") or role.holder is not None:
            entity = None
        via = role.kind if role.kind in ("transparent_noun", "border") else ""
        arg = Arg(role.start, role.end, entity, via=via, roles=[role], name_end=role.end)
        owned = self.low[self.tokens.determiner(role.start)] in tables.words("possessive")
        employed = role.kind == "profession" and role.places
        if role.kind in ("office", "counterpart") or employed or (role.kind == "kin" and owned):
            self._named_after(arg, role)
        return arg

    def _leader(self, role: Role) -> Span | None:
        """« une délégation américaine, conduite par X »: X, who is its head."""
        k = role.end + (self.low[role.end] == ",")
        led = self.low[k] in tables.words("led") and self.low[k + 1] == "par"
        sent = self.low[role.start] in tables.words("delegation")
        name = self._name_at(k + 2) if led and sent else None
        return name if name is not None and name.label_ == "PER" else None

    def _named_after(self, arg: Arg, role: Role) -> None:
        """« La ministre de la Défense, Liina Kask, a refusé », « le chef de X (Y), le Turc Z, »."""
        named = self._named_next(role)
        if named is None or named.entity is None:
            return
        prep, after = self.tokens.preposition(arg.start), self.low[named.name_end]
        if after in tables.words("coordinator"):
            return
        first = self.tokens.determiner(role.start)
        contracted = self.low[first - 1] in tables.words("contracted_article")
        definite = contracted or self.low[first] in tables.words("singular_article", "possessive")
        closed = definite and after in (",", ".", ")", "»", "", "(")
        if closed and prep in ("à", "de"):  # « l'adjoint à la maire de Paris, X, »
            bare = tables.without_article("de") | tables.without_article("à")
            fused = self.low[first - 1] not in bare and not contracted
            closed = not self._is_person_noun(first - 2 + fused)
        if not prep or closed:
            role.person = named.entity
            arg.entity, arg.name_end = named.entity, named.name_end
            arg.roles += named.roles
            arg.end = max(named.end, named.name_end + (after == ","))

    def _is_person_noun(self, i: int) -> bool:
        """Whether a word is said of a person, whose complement what follows would be."""
        found = self.tokens.opener(i)
        personal = found is not None and found[1] in ("office", "profession", "kin")
        return personal or self.low[i] in tables.words("office_epithet")

    def _named_next(self, role: Role) -> Arg | None:
        """The person after a role, an acronym in brackets and a comma."""
        i = self.tokens.bracket_end(role.end)
        if self.low[i] != ",":
            return None
        k = i + 1 + (self.low[i + 1] in tables.words("definite_article"))
        state = self.tokens.demonym(k)
        if state is not None:
            named = self._people(state)
        else:
            name = self._name_at(i + 1)
            named = self._named(name) if name is not None else None
        if named is None or named.entity is None or named.entity.label_ != "PER":
            return None
        return named

    def _apposed(self, arg: Arg) -> None:
        """« X, secrétaire d'État américain et ancien ministre, »: each office is the person's."""
        i = arg.end
        if self.low[i] not in (",", "("):
            return
        while (role := self._role_after(i)) is not None:
            arg.roles.append(role)
            i = role.end
            if self.low[i] not in (",", *tables.words("coordinator", "list_joiner")):
                break
        if i > arg.end and self.low[i] in (",", ")"):
            arg.end = i + 1

    def _role_after(self, i: int) -> Role | None:
        """The role that opens within five words of a comma, its person not named again."""
        skipped = tables.articles() | tables.words("prenominal_adjective")
        for j in self.tokens.after(i, 5):
            found = self.tokens.opener(j)
            people = self.tokens.demonym(j)
            if people is not None and self.low[j - 1] in tables.words("singular_indefinite"):
                if self.low[people.end] in tables.words("coordinator"):
                    return None  # « X, un Américain et un Belge »
                return Role(j, people.end, people.end, "people", adjective=people)
            if found is not None and found[1] in ("office", "profession"):
                role = self.role(j, *found)
                definite = self.low[i + 1] in tables.words("definite_article")
                joined = self.low[role.end] in tables.words("coordinator")
                listed = definite and (joined or self._named_next(role))
                return role if role.person is None and not listed else None
            if self.low[j] not in skipped and not is_ordinal(self.low[j]):
                return None
        return None

    # --- roles

    def role(self, start: int, length: int, kind: str) -> Role:
        """Read « ministre kazakh des Affaires étrangères Moukhtar Tileouberdi » from its noun."""
        j = start + length
        role = Role(start, j, j, kind)
        in_domain = False
        while j < min(self.end, start + _REACH):
            entity = self.entities.get(j)
            word = self.low[j]
            if entity is not None and is_demonym(entity):
                if not (in_domain and kind == "profession"):  # « professeur de littérature russe »
                    role.adjective = role.adjective or entity
                j = entity.end
            elif entity is not None and entity.label_ == "PER" and kind not in _UNNAMED:
                role.person, j = entity, entity.end
                break
            elif entity is not None and entity.label_ == "ORG" and kind == "office":
                role.places.append(entity)
                j = entity.end
            elif entity is not None:
                break
            elif kind not in _UNNAMED and (titled := self._titled(j)) is not None:
                role.person, j = titled.entity, titled.name_end
                break
            elif self.tokens.is_of(j) or self._is_at(j, kind):
                nxt = self._complement(role, j, of=self.tokens.is_of(j))
                if nxt is None:
                    break
                in_domain, j = True, nxt
                if role.holder is not None:
                    break
            elif word == "(" and self.tokens.is_of(self.tokens.bracket_end(j)):
                j = self.tokens.bracket_end(j)  # « le maire (LR) de Nice »
            elif kind in _UNNAMED and (closed := self._quoted(j)):
                j = closed
            elif (
                word == "-" or self.tokens.is_modifier(j) or (in_domain and self._joins_domains(j))
            ):
                j += 1
            else:
                break
        role.end = j
        while self.low[role.end - 1] in ("-", "et", ","):
            role.end -= 1
        return role

    def _quoted(self, j: int) -> int:
        """The end of « « dangereuse » » before « des États-Unis », or of « » » behind the noun."""
        k = j
        if self.low[j] in OPENING:
            k += 1
            while k < self.end and self.doc[k].pos_ in ("ADJ", "ADV"):
                k += 1
        name = k + 2 + (self.low[k + 2] in tables.words("definite_article"))
        named = self.tokens.is_of(k + 1) and name in self.entities
        return k + 1 if named and self.low[k] in CLOSING else 0

    def _is_at(self, j: int, kind: str) -> bool:
        """« ministre au Trésor », « chercheur au CNRS », « directrice chez Renault »."""
        at = self.low[j] in tables.spellings_of("à")
        if kind == "office" and at:
            return True
        if kind not in ("office", "profession"):
            return False
        k = j + 1 + (self.low[j + 1] in tables.words("definite_article"))
        name = self._apposed_name(k)
        is_at = at or self.low[j] in tables.spellings_of("chez")
        return is_at and name is not None and name.label_ == "ORG"

    def _apposed_name(self, k: int) -> Span | None:
        """The name at a token, or the one that a noun there announces: « groupe Renault »."""
        found = None if k in self.entities else self.tokens.opener(k)
        if found is not None and found[1] == "body":
            arg = self._apposed_to(k, *found)
            return arg.entity if arg is not None else None
        return self._name_at(k)

    def _joins_domains(self, j: int) -> bool:
        """« de l'Agriculture, de la Pêche et de la Mer », but not « , de retour à Paris »."""
        of, after = self.low[j + 1], self.low[j + 2]
        if self.low[j] == ",":
            definite = after in tables.words("definite_article")
            return of in tables.words("contracted_article") or (of == "de" and definite)
        return self.low[j] == "et" and self.tokens.is_of(j + 1)

    def _complement(self, role: Role, j: int, *, of: bool) -> int | None:
        k = j + 1
        skipped = tables.words("definite_article", "cut_article")
        if not tables.determiners().isdisjoint((self.low[j], self.low[k])):
            skipped |= tables.words("prenominal_adjective")
        while self.low[k] in skipped and self.tokens.opener(k) is None:
            k += 1
        if k >= self.end:
            return None
        entity = self._apposed_name(k)
        if entity is not None and is_demonym(entity):
            return None
        if entity is not None:
            if not of and entity.label_ != "ORG":
                return None
            if self._goes_on(entity):
                return None
            if entity.label_ == "ORG" and self._is_domain(role, entity):
                return entity.end
            if entity.label_ == "PER":
                role.holder = entity
            else:
                role.places.append(entity)
            return entity.end
        opener = self.tokens.opener(k)
        if opener is not None and opener[1] in ("office", "profession", "kin"):
            inner = self.role(k, *opener)  # « l'avocat du président X »
            role.inner = inner
            role.places = []
            role.holder = inner.person or inner.holder or role.holder
            return inner.end
        if self.doc[k].pos_ in ("NOUN", "PROPN", "ADJ", "X") or self.doc[k].text[:1].isupper():
            return k + 1
        return None

    def _is_domain(self, role: Role, entity: Span) -> bool:
        """« ministre du Budget »: what only the model calls an organisation."""
        of_state = self.low[role.start].startswith(("ministre", "vice-ministre"))
        return of_state and len(entity) == 1 and is_guessed(entity)

    def _goes_on(self, entity: Span) -> bool:
        """« France fraternités »: a state that only opens a longer name."""
        following = self.doc[entity.end] if entity.end < self.end else None
        if entity.label_ != "COUNTRY" or following is None or entity.end in self.entities:
            return False
        noun = following.pos_ in ("NOUN", "PROPN") and following.text.isalpha()
        bare = self.low[entity.start - 1] in tables.without_article("de")
        return (
            bare
            and noun
            and not self.tokens.opener(entity.end)
            and not self.tokens.is_time(entity.end)
        )

    def members(self, arg: Arg) -> Iterator[Span]:
        for member in arg.group:
            if member.entity is not None:
                yield member.entity
