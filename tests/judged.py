"""Score judged sentences: how many right tuples are found, how many wrong ones stated as fact.

    python tests/judged.py JUDGED.jsonl [--verbose]

Only the listed tuples count. A line holds ``text``, ``entities`` (``id``, ``mentions`` with
``start`` and ``end``), ``relations`` (right) and ``forbidden`` (wrong), each with ``type``,
``source`` and ``target``.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import entextract as ee

SYMMETRIC = {"consult", "shares_border_with", "relative_of", "agree", "cooperate"}


def judge(path: Path, *, verbose: bool = False) -> dict[str, int]:
    """Counts of right tuples found and of forbidden tuples stated as fact."""
    nlp = ee.load(relations="all")
    count = {"right": 0, "found": 0, "forbidden": 0, "stated": 0}
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        result = ee.extract([ee.Article(id="a", text=item["text"])], nlp)
        ids = {e["id"]: _covering(result, e["mentions"]) for e in item["entities"]}
        actual = [r for r in result.relations if r.status == "actual"]
        for right, total, hit in (
            ("relations", "right", "found"),
            ("forbidden", "forbidden", "stated"),
        ):
            for wanted in item[right]:
                states = any(_is(r, wanted, ids) for r in actual)
                count[total] += 1
                count[hit] += states
                if verbose and states == (right == "forbidden"):
                    shown = [(r.kind, r.source, r.target, r.status) for r in result.relations]
                    print(f"{right}: {wanted['type']} {item['text']}\n    {shown}")
    return count


def _covering(result: ee.Extraction, mentions: list[dict[str, Any]]) -> set[str]:
    return {
        m.entity
        for m in result.mentions
        for g in mentions
        if m.start < g["end"] and g["start"] < m.end
    }


def _is(relation: ee.Relation, wanted: dict[str, Any], ids: dict[str, set[str]]) -> bool:
    if relation.kind != wanted["type"]:
        return False
    a, b = ids[wanted["source"]], ids[wanted["target"]]
    straight = relation.source in a and relation.target in b
    crossed = relation.source in b and relation.target in a
    return straight or (crossed and relation.kind in SYMMETRIC)


if __name__ == "__main__":
    counts = judge(Path(sys.argv[1]), verbose="--verbose" in sys.argv)
    print(counts)
    print(f"right ones found {counts['found'] / counts['right']:.2f}, ", end="")
    print(f"forbidden ones stated {counts['stated'] / counts['forbidden']:.2f}")
