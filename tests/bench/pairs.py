"""Speed and memory of pairs and silences on synthetic mentions: ``python -m tests.bench.pairs [--sizes 10000 100000]``.

No text is read: what is measured is the counting alone. An article draws a cast of some ten actors by Zipf's law
and names them 25 times in 18 sentences; every tenth article is a copy. Each size and unit runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from typing import Any

import numpy as np
import pandas as pd

SEED = 7
# Per article, as in the corpora of `data/sample`: a third of the sentences names nobody.
CAST, SENTENCES, MENTIONS, PARAGRAPH = 10, 18, 25, 3
# 50,000 different actors in 100,000 articles.
ACTORS_PER_ARTICLE = 0.5
COPY_SHARE = 0.1


def build_tables(n_articles: int, seed: int = SEED) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Build mentions, documents and sentences of ``n_articles``."""
    random = np.random.default_rng(seed)
    n_actors = max(20, int(n_articles * ACTORS_PER_ARTICLE))
    weights = np.cumsum(1 / (np.arange(n_actors) + 5))
    cast = np.searchsorted(weights, random.random((n_articles, CAST)) * weights[-1])
    document = np.repeat(np.arange(n_articles), MENTIONS)
    actor = cast[document, random.integers(CAST, size=len(document))]
    sentence = document * SENTENCES + random.integers(SENTENCES, size=len(document))
    origin = np.where(random.random(n_articles) < COPY_SHARE, random.integers(n_articles, size=n_articles), -1)
    ids = np.array([f"d{number:016d}" for number in range(n_articles)])
    sentence_ids = pd.Series([f"{name}:{place:04d}" for name in ids for place in range(1, SENTENCES + 1)], dtype="str")
    documents = pd.DataFrame(
        {
            "document_id": pd.Series(ids, dtype="str"),
            "origin_id": pd.Series("o" + pd.Series(ids[np.where(origin < 0, np.arange(n_articles), origin)]).str[1:]),
            "n_chars": 3_000,
            "status": "read",
        }
    )
    sentences = pd.DataFrame(
        {
            "sentence_id": sentence_ids,
            "document_id": pd.Series(np.repeat(ids, SENTENCES), dtype="str"),
            "paragraph": np.tile(np.arange(SENTENCES) // PARAGRAPH, n_articles),
            "start_char": np.tile(np.arange(SENTENCES) * 160, n_articles),
            "repeats_paragraph": pd.array([pd.NA] * (n_articles * SENTENCES), dtype="Int64"),
            "text": "Some words, as many as stand in a sentence. " * 4,
        }
    ).astype({"text": "str"})
    mentions = pd.DataFrame(
        {
            "document_id": pd.Series(ids[document], dtype="str"),
            "sentence_id": sentence_ids.to_numpy()[sentence],
            "start_char": 0,
            "actor_id": pd.Series(np.char.mod("actor-%06d", np.arange(n_actors))[actor], dtype="str"),
            "form": pd.Series("name", index=range(len(actor)), dtype="str"),
        }
    )
    return mentions, documents, sentences


def measure(n_articles: int, unit: str) -> dict[str, Any]:
    """Count pairs and silences once; give seconds, rows and the peak memory of the process."""
    from inchiesta.actors.counting import Counting
    from inchiesta.actors.pairs import count_pairs
    from inchiesta.actors.silences import count_silences

    mentions, documents, sentences = build_tables(n_articles)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    begun = time.perf_counter()
    pairs = count_pairs(mentions, documents, sentences=sentences, counting=Counting(unit=unit))
    counted = time.perf_counter()
    silences = count_silences(mentions, documents, sentences=sentences, counting=Counting(unit=unit))
    return {
        "mentions": len(mentions),
        "actors": mentions["actor_id"].nunique(),
        "pairs": len(pairs),
        "silences": len(silences),
        "pairs_seconds": counted - begun,
        "silences_seconds": time.perf_counter() - counted,
        "tables_gigabytes": base,
        "peak_gigabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2,
    }


def measure_alone(n_articles: int, unit: str) -> dict[str, Any]:
    """Measure in a fresh process."""
    command = [sys.executable, "-m", "tests.bench.pairs", "--measure", str(n_articles), unit]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def main() -> None:
    """Run the benchmark, or one measurement of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.pairs", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--units", nargs="+", default=["sentence", "document"])
    parser.add_argument("--measure", nargs=2)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(int(given.measure[0]), given.measure[1])))
        return
    for size in given.sizes:
        for unit in given.units:
            found = measure_alone(size, unit)
            print(
                f"{size:>8,} articles by {unit:<9} {found['mentions']:>10,} mentions {found['actors']:>7,} actors "
                f"{found['pairs']:>11,} pairs in {found['pairs_seconds']:6.2f} s, {found['silences']:>8,} silences in "
                f"{found['silences_seconds']:6.2f} s, {found['peak_gigabytes']:.2f} GB "
                f"({found['tables_gigabytes']:.2f} GB of tables)"
            )


if __name__ == "__main__":
    main()
