"""Facts that a noun said of a name states: membre, filiale, épouse, fondateur."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from entextract import tables
from entextract.pipes.relations.arguments import Arg
from entextract.pipes.relations.clauses import Clauses
from entextract.pipes.relations.factuality import Factuality
from entextract.pipes.relations.frames import Found, Frames
from entextract.pipes.relations.noun_phrases import NounPhrases


def appositions(
    clauses: Clauses, frames: Frames, factuality: Factuality, forms: Mapping[str, str]
) -> Iterator[Found]:
    """Every fact that such a noun states, « X, filiale de Y », « Z, l'épouse de X »."""
    s = clauses.noun_phrases
    for i in sorted({*s.low.among(_kin()), *s.low.among(forms)}):
        kin = s.low[i] if s.low[i] in _kin() else ""
        rows = [
            row
            for words, row in frames.nouns.get(forms.get(s.low[i], ""), ())
            if s.low[i + 1 : i + 1 + len(words)] == words and "bearer" in (row.source, row.target)
        ]
        last = i + max((len(row.lemma.split()) for row in rows), default=1) - 1
        if not kin and not rows:
            continue
        owner = _holder(i, s) if kin else _first_of(last, s) or _body_of(i, s)
        if owner is None:
            continue
        bearer, verdict = _bearer(i, owner, clauses, factuality)
        if bearer is None:
            continue
        if kin:
            for who in s.members(owner):
                for person in s.members(bearer):
                    if frames.fits("relative_of", person, who):
                        yield Found(
                            person,
                            who,
                            "relative_of",
                            verdict,
                            None,
                            (i, i + 1),
                            "kin",
                            s.doc[i].text,
                        )
        for row in rows:
            for who in s.members(owner):
                for name in s.members(bearer):
                    a, b = (name, who) if row.source == "bearer" else (who, name)
                    if frames.fits(row.kind, a, b):
                        yield Found(a, b, row.kind, verdict, None, (i, i + 1), "noun:" + row.lemma)


def _is_someone(arg: Arg, s: NounPhrases) -> bool:
    """« l'élue PS », but not « le patron d'Alphabet »: a person without a name."""
    body = arg.entity
    if body is None or body.label_ != "ORG" or not arg.roles:
        return False
    governed = s.low[body.start - 1] in tables.determiners() | tables.spellings_of("de")
    return arg.roles[0].kind in ("office", "profession", "kin") and not governed


def _holder(i: int, s: NounPhrases) -> Arg | None:
    """Whose « l'épouse de X » is."""
    arg = s.at.get(i)
    if arg is None or not arg.roles or arg.roles[0].start != i or arg.roles[0].holder is None:
        return None
    figure = (
        i + 2 not in s.entities and s.tokens.opener(i + 2) is None and s.doc[i + 2].pos_ == "NOUN"
    )
    if s.low[i + 1] in tables.without_article("de") and figure:
        return None  # « le compagnon de cellule de X », « un frère d'armes de Y »
    owner = Arg(arg.start, arg.roles[0].end, arg.roles[0].holder)
    owner.group = [owner]
    return owner


@cache
def _kin() -> frozenset[str]:
    return frozenset(title.form.lower() for title in tables.titles() if title.kind == "kin")


def _body_of(i: int, s: NounPhrases) -> Arg | None:
    """The body in an office that the name before has: « X, propriétaire de Y, »."""
    arg = s.at.get(i)
    role = next((role for role in arg.roles if role.start == i), None) if arg is not None else None
    body = next((p for p in role.places if p.label_ == "ORG"), None) if role is not None else None
    if role is None or body is None:
        return None
    owner = Arg(role.start, role.end, body)
    owner.group = [owner]
    return owner


def _first_of(i: int, s: NounPhrases) -> Arg | None:
    """The « de » complement right after a noun, adjectives between allowed."""
    joined = ("ADJ", "VERB", "ADV")  # « le soutien politique et économique de »
    between = [
        t
        for t in s.doc[i + 1 : s.end]
        if t.pos_ not in joined
        and not (s.low[t.i] == "et" and t.i + 1 < s.end and s.doc[t.i + 1].pos_ in joined)
    ]
    of = between[0] if between else s.doc[i]
    if tables.prepositions().get(s.low[of.i]) not in ("de", "à"):
        return None
    for j in range(of.i + 1, s.end):
        arg = s.at.get(j)
        if arg is not None:
            return arg if arg.start == j and not arg.via else None
        if s.low[j] not in tables.articles() | tables.words("prenominal_adjective"):
            return None
    return None


def _bearer(i: int, owner: Arg, clauses: Clauses, factuality: Factuality) -> tuple[Arg | None, str]:
    """Who the noun is said of: a name before a comma or after the complement, or a subject."""
    s = clauses.noun_phrases
    k = i - 1
    skipped = tables.articles() | tables.words("prenominal_adjective", "predicate_adverb")
    while s.low[k] in skipped and k not in s.at:
        k -= 1
    if s.low[k] in (",", "(") and (k not in s.at or s.at[k].name_end == k):
        arg = s.at.get(k - 1)
        if arg is None or k not in (arg.end, arg.name_end):
            arg = s.at.get(s.doc[i].head.i)
        if arg is not None and k >= min(arg.end, arg.name_end) and arg.entity is not None:
            return (None, "") if _is_someone(arg, s) else (arg, "actual")
    elif k == i - 1 and k in s.at and s.at[k].entity is not None and s.at[k].end == i:
        return (s.at[k], "actual") if s.at[k].prep != "de" else (None, "")
    elif (verb := clauses.copula(k)) is not None:
        if verb.subject is not None and verb.subject.entity is not None:
            return verb.subject, factuality.of(verb).status
        return None, ""
    last = owner.group[-1] if owner.group else owner
    arg = s.at.get(last.end + 1)
    if arg is None or s.low[last.end] != "," or s.low[arg.end] not in (",", ".", ")"):
        return None, ""
    return (arg, "actual") if arg.entity is not None and not arg.prep else (None, "")
