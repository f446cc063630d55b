"""From the fits of the languages to the tables `topics` and `passages`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from inchiesta.tables import table_of
from inchiesta.topics.heads import TERMS_SHOWN
from inchiesta.topics.label import label_of
from inchiesta.topics.language import Fit
from inchiesta.topics.passages import Passage
from inchiesta.topics.space import DIGITS

# Half of the passages must come back from half of the documents: below, a topic is more the draw than the texts.
STABLE = 0.5
# A topic of a language: which fit, which topic of it.
Part = tuple[int, int]


@dataclass(frozen=True)
class Joined:
    """One topic of the table: its parts, one for each language."""

    parts: tuple[Part, ...]


def build_tables(
    passages: Sequence[Passage], fits: Sequence[Fit], joined: Sequence[Joined]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give the tables `topics` (by falling share, then label) and `passages` (by passage_id)."""
    n_counting = sum(passage.counts for passage in passages)
    rows = [_topic_row(topic, fits, n_counting) for topic in joined]
    rows = [row for row in rows if row["n_passages"] and row["terms"]]
    rows.sort(key=lambda row: (-row["n_passages"], row["label"], row["parts"]))
    topic_ids = {part: f"t{number:02d}" for number, row in enumerate(rows, start=1) for part in row["parts"]}
    topics = [row | {"topic_id": topic_ids[row["parts"][0]]} for row in rows]
    placed = {
        passage.passage_id: (topic_ids.get((number, int(topic)), ""), float(weight))
        for number, fit in enumerate(fits)
        for passage, topic, weight in zip(fit.language.passages, fit.topic_of, fit.weight_of, strict=True)
    }
    return _frame("topics", topics), _frame("passages", [_passage_row(p, placed) for p in passages])


def _topic_row(topic: Joined, fits: Sequence[Fit], n_counting: int) -> dict[str, Any]:
    sizes = [int((fits[n].topic_of[fits[n].language.counting] == part).sum()) for n, part in topic.parts]
    order = sorted(range(len(sizes)), key=lambda place: (-sizes[place], place))
    parts = [topic.parts[place] for place in order if sizes[place]]
    terms, weights = _alternate([(fits[n].terms[part], fits[n].weights[part]) for n, part in parts])
    stability = _mean([fits[n].stability[part] for n, part in topic.parts], sizes)
    return {
        "parts": tuple(parts),
        "label": label_of(terms),
        "terms": terms,
        "weights": weights,
        "n_passages": sum(sizes),
        "share": round(sum(sizes) / n_counting, DIGITS),
        "coherence": _mean([fits[n].coherence[part] for n, part in topic.parts], sizes),
        "languages": [fits[n].language.name for n, _ in parts],
        "stability": stability,
        "status": "unknown" if math.isnan(stability) else "stable" if stability >= STABLE else "unstable",
    }


def _alternate(parts: Sequence[tuple[list[str], list[float]]]) -> tuple[list[str], list[float]]:
    """Give the terms of all languages in turn, the largest first, a term of two languages once, weights falling."""
    most = max((len(terms) for terms, _ in parts), default=0)
    turn = [
        (terms[place], weights[place] / len(parts))
        for place in range(most)
        for terms, weights in parts
        if place < len(terms)
    ]
    once = dict(reversed(turn))
    terms = list(dict.fromkeys(term for term, _ in turn))[:TERMS_SHOWN]
    return terms, sorted((math.floor(once[term] * 10**DIGITS) / 10**DIGITS for term in terms), reverse=True)


def _mean(values: Sequence[float], sizes: Sequence[int]) -> float:
    known = [(value, size) for value, size in zip(values, sizes, strict=True) if not math.isnan(value) and size]
    if not known:
        return float("nan")
    return round(float(np.average([value for value, _ in known], weights=[size for _, size in known])), DIGITS)


def _passage_row(passage: Passage, placed: dict[str, tuple[str, float]]) -> dict[str, Any]:
    topic_id, weight = placed.get(passage.passage_id, ("", 0.0))
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "first_sentence_id": passage.first_sentence_id,
        "last_sentence_id": passage.last_sentence_id,
        "topic_id": topic_id,
        "weight": weight if topic_id else 0.0,
        "is_counted": passage.counts,
    }


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Give rows as the table `name`, with the same column types whether there are rows or not."""
    table = table_of(name)
    empty: pd.DataFrame = table.schema.empty_table().to_pandas()
    if not rows:
        return empty
    frame = pd.DataFrame(rows, columns=table.names)
    return frame.astype({column: empty.dtypes[column] for column in table.names})
