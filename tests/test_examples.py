"""Every marked sentence of ``examples/`` gives exactly its spans, with the real pipeline."""

from pathlib import Path

import pytest
from batches import Batches
from marked import Case, cases
from test_press_events import FILE as MEASURED
from test_quotes import PATH as QUOTED
from test_relations import FILES as STATED

FILES = [
    path
    for path in sorted((Path(__file__).parent / "examples").glob("*.txt"))
    if path not in (*STATED, MEASURED, QUOTED)  # these have a notation of their own
]
CASES = [case for path in FILES for case in cases(path)]


def _param(case: Case) -> object:
    marks = [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in CASES])
def test_sentence(case: Case, batches: Batches) -> None:
    result = batches.result(case.text)
    found = {(m.text, m.start, m.label, m.kind) for m in result.mentions}
    wanted = {(case.text[s.start : s.end], s.start, s.label, s.kind) for s in case.spans}
    assert found == wanted
    entities = {m.start: m.entity for m in result.mentions}
    meant = {s.start: s.entity for s in case.spans if s.entity}
    assert {start: entities[start] for start in meant} == meant
