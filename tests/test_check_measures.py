"""What guards the measures on outside corpora: a fall fails, and every report is understood."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from blocks import ROOT

SCRIPT = ROOT / ".ci/check_measures.py"
REPORTS = {
    "cases": 'c1 [byline] a fault, told first\n{"right": 8, "by_kind": {"byline": "2/3"}}',
    "pages": '{"read": [1.0, 141], "body": [0.8, 34]}',
    "exports": '{"right": 3, "files": 39}',
    "measure": '{"mentions": {"CORE": {"p": 1.0, "r": 0.8, "f": 0.9}}, "violated": 2}',
}


@pytest.fixture
def guard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script, in front of scorers that always say the same."""
    (tmp_path / "bench").mkdir()
    for name, report in REPORTS.items():
        lines = f"import sys\nprint({report!r})\n"
        if name == "measure":
            lines += "if sys.argv[1] in ('speed', 'first'): print('median ratio 0.95')\n"
        (tmp_path / "bench" / f"{name}.py").write_text(lines, encoding="utf-8")
    specification = importlib.util.spec_from_file_location("check_measures", SCRIPT)
    assert specification
    assert specification.loader
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    monkeypatch.setattr(module, "FLOORS", tmp_path / "floors.json")
    return module


@pytest.mark.parametrize(
    ("run", "measure", "kept", "broken"),
    [
        ("cases x.jsonl", "right", 8, 9),
        ("cases x.jsonl", "by_kind byline", 2, 3),
        ("pages x", "body", 0.8, 0.81),
        ("exports x", "right", 3, 4),
        ("graph x.jsonl", "mentions CORE", 0.9, 0.91),
        ("suite x.jsonl", "violated", 2, 1),
        ("speed x.jsonl", "median ratio", 0.95, 0.9),
        ("first x.jsonl", "median ratio", 1.0, 0.94),
    ],
)
def test_a_fall_fails(
    run: str,
    measure: str,
    kept: float,
    broken: float,
    guard: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["check_measures.py", str(tmp_path)])
    for floor, status in ((kept, 0), (broken, 1)):
        guard.FLOORS.write_text(json.dumps({run: {measure: floor}}))
        assert guard.main() == status
        assert ("FAILED" in capsys.readouterr().out) == bool(status)


@pytest.mark.parametrize(("ratios", "status"), [((1.2, 0.8, 0.9), 0), ((1.2, 1.1, 0.9), 1)])
def test_a_time_over_its_bound_is_measured_again_and_the_median_counts(
    ratios: tuple[float, ...],
    status: int,
    guard: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left = tmp_path / "left.json"
    left.write_text(json.dumps(ratios))
    (tmp_path / "bench/measure.py").write_text(
        "import json, pathlib\n"
        f"path = pathlib.Path({str(left)!r})\n"
        "ratio, *left = json.loads(path.read_text())\n"
        "path.write_text(json.dumps(left))\n"
        "print('median ratio', ratio)\n"
    )
    guard.FLOORS.write_text('{"speed x.jsonl": {"median ratio": 1.0}}')
    monkeypatch.setattr("sys.argv", ["check_measures.py", str(tmp_path)])
    assert guard.main() == status


def test_a_scorer_that_ends_badly_stops_all(
    guard: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bench/cases.py").write_text("raise SystemExit(3)")
    guard.FLOORS.write_text('{"cases x.jsonl": {"right": 8}}')
    monkeypatch.setattr("sys.argv", ["check_measures.py", str(tmp_path)])
    with pytest.raises(SystemExit, match="ended with 3"):
        guard.main()


def test_the_floors_name_runs_that_the_script_knows(guard: Any) -> None:
    runs = json.loads(SCRIPT.with_name("floors.json").read_text(encoding="utf-8"))
    known = guard.SCRIPTS | guard.TIMED | {"ner", "graph", "suite"}
    assert {run.split()[0] for run in runs} == known
    assert all(floors for floors in runs.values())
