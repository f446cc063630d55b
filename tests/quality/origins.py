"""Near-duplicates: the pairs of documents our origins put together, against the planted clusters."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from inchiesta.corpus.minhash import compute_signatures
from inchiesta.corpus.origins import group_origins
from tests.quality.score import Score, read_rows


def count_pairs(sizes: Counter[object]) -> int:
    """Give the number of pairs within groups of the given sizes."""
    return sum(size * (size - 1) // 2 for size in sizes.values())


def score(gold: Path) -> list[Score]:
    """Score every file of ``neardup``: pair precision, recall and F1."""
    scores = []
    for path in sorted((gold / "neardup").glob("*.jsonl")):
        rows = read_rows(path)
        texts = [row["text"] for row in rows]
        ids = [f"d{number:016x}" for number in range(len(rows))]
        origins = group_origins(ids, compute_signatures(texts), texts)["origin_id"].tolist()
        planted = [row["cluster"] for row in rows]
        both = count_pairs(Counter(zip(origins, planted, strict=True)))
        ours, gold_pairs = count_pairs(Counter(origins)), count_pairs(Counter(planted))
        precision, recall = both / max(1, ours), both / max(1, gold_pairs)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        base = f"{len(rows)} documents, {gold_pairs} pairs"
        for metric, value in (("precision", precision), ("recall", recall), ("F1", f1)):
            scores.append(Score("origins", f"{path.stem} pair {metric}", value, base))
    return scores
