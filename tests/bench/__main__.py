"""Speed and memory per stage on generated articles: ``python -m tests.bench [--sizes 1 1000 10000]``.

Each size runs in a process of its own with an empty cache, then a second time over the unchanged folder, then with one
file added; then topics alone (`tests.bench.topics`). Prints, per stage, seconds and articles a second; and the counters
that show what was computed again.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from data.sample.generator.scale import generate_scale
from inchiesta.progress import Progress
from tests.bench import topics

SEED = 7


class Stopwatch(Progress):
    """Adds up the seconds of each stage."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: dict[str, float] = {}

    def finished(self, stage: str, total: int, seconds: float) -> None:
        """Add the seconds of a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + seconds


def measure(source: Path) -> dict[str, Any]:
    """Open ``source`` and compute every table; give seconds per stage, the counters and the peak memory."""
    import inchiesta

    begun = time.perf_counter()
    watch = Stopwatch()
    dossier = inchiesta.open(source, progress=watch)
    dossier.compute_all()
    total = time.perf_counter() - begun
    peaks = [resource.getrusage(who).ru_maxrss / 1024**2 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "total": total,
        "stages": watch.seconds,
        "counters": {stage: dict(counts) for stage, counts in dossier.store.counters.items()},
        "gigabytes": round(peaks[0], 2),
        "gigabytes_worker": round(peaks[1], 2),
        "rows": {
            name: len(getattr(dossier, name))
            for name in ("documents", "sentences", "mentions", "actors", "pairs", "tones")
        },
    }


def run_alone(source: Path, cache: Path) -> dict[str, Any]:
    """Measure in a fresh process, so that memory and imports are counted from the start."""
    environment = {**os.environ, "INCHIESTA_CACHE": str(cache)}
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench", "--measure", str(source)],
        capture_output=True,
        text=True,
        env=environment,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found | {"process": time.perf_counter() - begun}


def computed(result: dict[str, Any]) -> str:
    """Give what was computed, by stage."""
    counts = {stage: counts["computed"] for stage, counts in result["counters"].items() if counts.get("computed")}
    return ", ".join(f"{stage} {count}" for stage, count in counts.items()) or "nothing"


def print_size(size: int, folder: Path) -> dict[str, Any]:
    """Measure one size three times and print the table."""
    source, cache = folder / f"articles-{size}", folder / f"cache-{size}"
    generate_scale(size, SEED, source)
    first, second = run_alone(source, cache), run_alone(source, cache)
    text = next(iter(sorted(source.rglob("*.txt")))).read_text(encoding="utf-8")
    (source / "added.txt").write_text(text[::-1][:1] + text.replace("a", "e"), encoding="utf-8")
    third = run_alone(source, cache)
    print(f"\n{size:,} articles: {json.dumps(first['rows'])}")
    for stage, seconds in first["stages"].items():
        print(f"  {stage:<12} {seconds:8.2f} s {size / max(seconds, 1e-3):12,.0f} articles/s")
    for name, result in (("empty cache", first), ("unchanged", second), ("one added", third)):
        print(f"  {name:<12} {result['process']:8.2f} s   {result['gigabytes']:.2f} GB   computed: {computed(result)}")
    return {"articles": size, "first": first, "second": second, "added": third}


def main() -> None:
    """Run the benchmark, or one measurement of it."""
    parser = argparse.ArgumentParser(prog="make bench", description="speed and memory per stage")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 1_000, 10_000])
    parser.add_argument("--topics", type=int, nargs="*", default=[10_000, 100_000], help="sizes of the topics alone")
    parser.add_argument("--measure", type=Path)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
        return
    with tempfile.TemporaryDirectory(prefix="inchiesta-bench-") as folder:
        results = [print_size(size, Path(folder)) for size in given.sizes]
    alone = [topics.print_size(size) for size in given.topics]
    place = Path(__file__).parents[2] / "reports/bench.json"
    place.write_text(json.dumps([*results, {"topics": alone}], indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
