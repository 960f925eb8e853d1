"""The quality floors of our own gold articles: reading, checking and pinning them.

python tests/floors.py            raise the floors to what is reached now
python tests/floors.py --force    lower them too
"""

import hashlib
import json
import math
import sys
from pathlib import Path

from spacy.language import Language

import entextract as ee
from entextract.evaluation import read_gold, score

GOLD = Path(__file__).parent / "gold" / "gold.jsonl"
FLOORS = GOLD.with_name("floors.json")


def digest() -> str:
    """Fingerprint of the gold file, to see that it has not changed unnoticed."""
    return hashlib.sha256(GOLD.read_bytes()).hexdigest()


def pinned() -> tuple[str, dict[str, float]]:
    """The fingerprint and the floors as they were last pinned."""
    if not FLOORS.exists():
        return "", {}
    pins = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pins["gold"], pins["floors"]


def reached(nlp: Language) -> dict[str, float]:
    """F of each measure on the gold articles."""
    gold = read_gold(GOLD)
    result = ee.extract([ee.Article(id=article.id, text=article.text) for article in gold], nlp)
    scores = score(result, gold)
    return dict(zip(scores["measure"], map(float, scores["f"]), strict=True))


def main(force: bool) -> int:
    _, floors = pinned()
    # two decimals, rounded down: the next ones may differ from one machine to another
    now = {measure: math.floor(f * 100) / 100 for measure, f in reached(ee.load()).items()}
    worse = [measure for measure in floors if now.get(measure, 0) < floors[measure]]
    for measure, f in now.items():
        print(f"{measure:10s} {floors.get(measure, 0):.2f} -> {f:.2f}")
    if worse and not force:
        print(f"Not pinned: lower than before in {', '.join(worse)}. To lower: make floors FORCE=1")
        return 1
    pins = {"gold": digest(), "floors": now}
    FLOORS.write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")
    print(f"Pinned in {FLOORS}")
    return 0


if __name__ == "__main__":
    sys.exit(main("--force" in sys.argv[1:]))
