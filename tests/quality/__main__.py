"""Score every part on labelled data: ``python -m tests.quality --gold DIR [--only PART] [--json FILE]``.

Prints metric, value, base and floor; ends with status 1 when a value lies below its floor. A floor is a promise: it is
raised when the figure rises, and lowering one is a visible act in ``floors.json``.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.quality.score import Score

HERE = Path(__file__).parent


def list_parts() -> list[str]:
    """Give the names of the parts: the modules here that have a function `score`."""
    return sorted(
        path.stem for path in HERE.glob("*.py") if path.stem not in ("__main__", "score", "rivals", "test_quality")
    )


def read_floors() -> dict[str, float]:
    """Read the floors, by ``part/metric``."""
    floors: dict[str, float] = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))
    return floors


def print_scores(scores: list[Score], floors: dict[str, float]) -> list[str]:
    """Print the table; give the names of the metrics below their floor."""
    below = []
    width = max((len(f"{s.part}/{s.metric}") for s in scores), default=10)
    print(f"{'metric':<{width}}  value  floor  base")
    for score in scores:
        name = f"{score.part}/{score.metric}"
        floor = floors.get(name)
        mark, shown = "", "" if floor is None else f"{floor:.3f}"
        # Compared as printed: a floor of .97 is not missed by the fourth decimal.
        if floor is not None and round(score.value, 3) < floor:
            below.append(name)
            mark = "  BELOW ITS FLOOR"
        print(f"{name:<{width}}  {score.value:5.3f}  {shown:>5}  {score.base}{mark}")
    return below


def main() -> int:
    """Run the parts and print the table."""
    parser = argparse.ArgumentParser(prog="make quality", description="score every part on labelled data")
    parser.add_argument("--gold", type=Path, required=True, help="folder in the layout of the labelled data")
    parser.add_argument("--only", choices=list_parts(), help="one part")
    parser.add_argument("--json", type=Path, default=HERE.parents[1] / "reports/quality.json", help="the same as JSON")
    given = parser.parse_args()
    if not given.gold.is_dir():
        print(
            f"expected labelled data in '{given.gold}', found no folder; name it: make quality GOLD=DIR",
            file=sys.stderr,
        )
        return 2
    floors = read_floors()
    scores: list[Score] = []
    for part in [given.only] if given.only else list_parts():
        begun = time.perf_counter()
        scores += importlib.import_module(f"tests.quality.{part}").score(given.gold)
        print(f"{part}: {time.perf_counter() - begun:.1f} s", file=sys.stderr)
    below = print_scores(scores, floors)
    rows = [{**asdict(score), "floor": floors.get(f"{score.part}/{score.metric}")} for score in scores]
    given.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not scores:
        print("no part found data it knows in that folder", file=sys.stderr)
        return 2
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
