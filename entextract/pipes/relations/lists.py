"""« A, B et C »: the noun phrases of a sentence that stand in one list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from entextract import tables
from entextract.pipes.relations.arguments import Arg, completes
from entextract.pipes.relations.sentence_tokens import SentenceTokens


def set_lists(
    args: Sequence[Arg], tokens: SentenceTokens, is_finite: Callable[[Token], bool]
) -> None:
    """Write on each argument of a sentence the list it stands in, and the list's preposition."""
    run: list[Arg] = []
    for arg in args:
        if run and _joined(run[-1], arg, tokens, is_finite):
            run.append(arg)
        else:
            _close(run, tokens)
            run = [arg]
    _close(run, tokens)


def _joined(
    left: Arg, right: Arg, tokens: SentenceTokens, is_finite: Callable[[Token], bool]
) -> bool:
    between = tokens.low[left.end : right.start]
    if tokens.low[left.end - 1] == ",":
        between = [",", *between]
    skipped = tables.determiners() | tables.words("list_filler")
    glue = [w for w in between if w not in skipped and w not in tables.prepositions()]
    if not glue or completes(left) != completes(right):
        return False
    joining = {",", *tables.words("coordinator", "list_joiner")}
    joins = glue[0] in joining and all(w in joining or w in ("ainsi", "que") for w in glue)
    if not joins or right.prep not in ("", left.prep):
        return False
    if "ni" in glue and left.prep and not right.prep:
        return False  # « ni A, créé par B, ni C »
    k = right.end
    while "," in glue and tokens.low[k] in tables.words("clitic", "negative_clitic"):
        k += 1  # « par A, et B n'a pas répondu »
    starts_clause = k < tokens.end and is_finite(tokens.doc[k])
    earlier = tokens.before(left.start, 25)
    if glue[0] == "," and not tables.words("coordinator").isdisjoint(glue):
        opening = next((k for k in earlier if tokens.low[k] in _opening()), None)
        if opening is not None and tokens.low[opening] != "," and tokens.low[opening - 1] == ",":
            return False  # « A, qui préside B, et C »
    return not (starts_clause and any(is_finite(tokens.doc[j]) for j in earlier))


def _opening() -> frozenset[str]:
    """What opens a relative clause, or parts what stands before it."""
    return tables.words("relative_pronoun") | {","}


def _close(run: list[Arg], tokens: SentenceTokens) -> None:
    """Settle a list: what only commas join ends before its first comma."""
    last = len(run)
    while last > 1:
        between = tokens.low[run[last - 2].end : run[last - 1].start]
        joining = tables.words("coordinator", "list_joiner")
        if not joining.isdisjoint(between) or "ainsi" in between:
            break
        last -= 1
    members = run[:last]
    for arg in members:
        arg.group = members
        arg.prep = arg.prep or members[0].prep
    for arg in run[last:]:
        arg.group = [arg]
