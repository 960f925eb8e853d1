"""Writes suspects as a decisions file whose proposals are comments, to be uncommented by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from entextract.decisions.decision import VERBS
from entextract.decisions.suspects import Suspect
from entextract.decisions.yaml_file import quoted

_LONGEST = 150  # characters of an example
_OPENING = """\
# Doubtful pairs, those first whose settling would change most.
# - To follow a proposal, remove « # » before its lines, but not before the evidence.
# - If the two are different, write under never-merge:   - entities: [one, the other]
# - Ids and names are both understood. A decision may have a « reason ».
# - Then: entextract run … --decisions THIS_FILE, on these articles and on the next.
"""


def propose(suspects: Iterable[Suspect]) -> str:
    """The text of a decisions file that decides nothing yet."""
    suspects = list(suspects)
    parts = [_OPENING]
    for verb in VERBS:
        parts.append(f"\n{verb}:\n")
        parts += ["\n".join(_lines(s)) + "\n" for s in suspects if s.propose == verb]
    return "".join(parts)


def _lines(s: Suspect) -> Iterator[str]:
    yield ""
    pair = f"{s.other.name} → {s.entity.name}: " if s.propose == "merge" else ""
    yield f"  # {s.score:.2f}  {pair}{s.why}"
    for entity, text in ((s.entity, s.example), (s.other, s.other_example)):
        yield f"  #   {entity.name} ({entity.mentions} ×): {_short(text)}".rstrip(": ")
    if s.propose == "merge":
        yield f"  # - into: {quoted(s.entity.id)}"
        yield f"  #   from: [{quoted(s.other.id)}]"
    else:
        yield f"  # - entity: {quoted(s.entity.id)}"
        yield f"  #   as: {quoted(s.other.id)}"
        yield f"  #   articles: [{', '.join(map(quoted, s.articles))}]"


def _short(text: str) -> str:
    text = text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return f"« {text} »" if text else ""
