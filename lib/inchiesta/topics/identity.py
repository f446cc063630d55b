"""Topics from run to run: which topic of today is which of an earlier report; what is new, gone, split or merged."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

# Topics of different things overlap by at most .16 on labelled news, the same topic fitted on two halves of it, which
# have no text in common, by .34 and more.
SAME = 0.25
# A part of another topic: most of the passages both reports hold come from it, and these are half of all it has. A new
# topic picks up a few old passages, too, and is no part for that.
PART, PART_COMMON = 0.6, 0.5
# Below this many passages that both reports hold, where a topic's passages went is luck: the terms decide alone.
FEW_COMMON = 5
# Overlaps are compared after rounding, so that the last digit of a sum decides nothing.
DIGITS = 6
COLUMNS = {
    "status": "str", "topic_id": "str", "earlier_id": "str", "label": "str", "earlier_label": "str",
    "overlap": "float64", "term_overlap": "float64", "passage_overlap": "float64", "n_common": "int64",
}  # fmt: skip

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class _Overlaps:
    """Now by earlier: overlap of terms, of passages (NaN where too few are common), of both; common passages; sizes."""

    terms: Reals
    passages: Reals
    both: Reals
    common: NDArray[np.int64]
    n_now: NDArray[np.int64]
    n_before: NDArray[np.int64]


def match_topics(
    topics: pd.DataFrame, passages: pd.DataFrame, earlier_topics: pd.DataFrame, earlier_passages: pd.DataFrame
) -> pd.DataFrame:
    """Tell which topic of this run is which topic of an earlier one.

    Parameters
    ----------
    topics, passages : DataFrame
        The tables of these names: topic_id, label, terms, weights; passage_id, topic_id, is_counted.
    earlier_topics, earlier_passages : DataFrame
        The same tables of an earlier report, as it exported them.

    Returns
    -------
    DataFrame
        A row for each topic of this run, in its order, then for each earlier one that has no successor. status: *same*;
        *new*; *split* (most of it was part of the topic earlier_id, which lives on or fell apart); *merged* (most of
        earlier_id is now part of topic_id); *gone*. topic_id: this run's, empty where gone; earlier_id: the earlier
        report's, empty where new; label, earlier_label; overlap, 0 to 1: mean of term_overlap (weight their terms
        share) and passage_overlap (of the common passages either holds, the share that both hold; empty below 5 of
        them: then the terms decide alone); n_common: passages that both hold. Where new or gone, the overlaps are those
        with the nearest topic.

    Notes
    -----
    Deterministic. One topic has at most one successor: the assignment with the largest overlap in all (Kuhn 1955); of
    it, pairs below an overlap of 0.25 are dropped. A passage is the same where its file and paragraph are: document ids
    are hashes of the content. If the reports have no text in common, only terms are compared, and no split or merger
    can be told. That a topic is the same says that its words and texts are, not that it says the same.

    References
    ----------
    Kuhn 1955, doi 10.1002/nav.3800020109. Greene, O'Callaghan and Cunningham 2014, doi 10.1007/978-3-662-44848-9_32.
    """
    overlaps = _measure(topics, passages, earlier_topics, earlier_passages)
    successors = _assign(overlaps.both)
    rows = _rows_of_today(topics, earlier_topics, overlaps, successors)
    rows += _rows_of_before(topics, earlier_topics, overlaps, successors)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def carry_ids(changes: pd.DataFrame) -> dict[str, str]:
    """Give the id each topic of this run carries: its predecessor's, or one that is higher than all earlier ones.

    Parameters
    ----------
    changes : DataFrame
        As `match_topics` gives it.

    Returns
    -------
    dict of str to str
        topic_id of this run to the id carried, in the order of the topics.

    Examples
    --------
    >>> rows = [("same", "t01", "t02"), ("new", "t02", ""), ("gone", "", "t05")]
    >>> carry_ids(pd.DataFrame(rows, columns=["status", "topic_id", "earlier_id"]))
    {'t01': 't02', 't02': 't06'}
    """
    highest = max((_number(earlier) for earlier in changes["earlier_id"]), default=0)
    carried: dict[str, str] = {}
    today = changes[changes["status"].isin(["same", "new", "split"])]
    for status, topic_id, earlier_id in zip(today["status"], today["topic_id"], today["earlier_id"], strict=True):
        highest += status != "same"
        carried[topic_id] = earlier_id if status == "same" else f"t{highest:02d}"
    return carried


def _number(topic_id: str) -> int:
    found = re.fullmatch(r"t(\d+)", topic_id)
    return int(found[1]) if found else 0


def rename_topics(table: pd.DataFrame, carried: dict[str, str]) -> pd.DataFrame:
    """Give a table with the ids carried in its column ``topic_id``; the order of the rows stays."""
    return table.assign(topic_id=table["topic_id"].map(lambda topic: carried.get(topic, topic)).astype("str"))


def _measure(
    topics: pd.DataFrame, passages: pd.DataFrame, earlier_topics: pd.DataFrame, earlier_passages: pd.DataFrame
) -> _Overlaps:
    terms = np.round(_term_overlap(topics, earlier_topics), DIGITS)
    common = _common_passages(topics, passages, earlier_topics, earlier_passages)
    # Of each topic, the passages that the other report has placed as well.
    either = common.sum(axis=1, keepdims=True) + common.sum(axis=0, keepdims=True) - common
    shares = np.full(common.shape, np.nan)
    told = either >= FEW_COMMON
    shares[told] = np.round(common[told] / either[told], DIGITS)
    both = np.asarray(np.where(told, (terms + shares) / 2, terms), dtype=np.float64).round(DIGITS)
    return _Overlaps(terms, shares, both, common, _sizes(topics, passages), _sizes(earlier_topics, earlier_passages))


def _sizes(topics: pd.DataFrame, passages: pd.DataFrame) -> NDArray[np.int64]:
    sizes = passages.loc[passages["is_counted"], "topic_id"].value_counts()
    return np.asarray(sizes.reindex(topics["topic_id"], fill_value=0), dtype=np.int64)


def _term_overlap(topics: pd.DataFrame, earlier: pd.DataFrame) -> Reals:
    """Give the weight that the terms of two topics share; those of each are made to sum to 1."""
    now, before = _weights(topics), _weights(earlier)
    found = np.zeros((len(now), len(before)))
    for row, one in enumerate(now):
        for column, other in enumerate(before):
            found[row, column] = sum(min(weight, other[term]) for term, weight in one.items() if term in other)
    return found


def _weights(topics: pd.DataFrame) -> list[dict[str, float]]:
    found = []
    for terms, weights in zip(topics["terms"], topics["weights"], strict=True):
        total = float(np.sum(weights)) or 1.0
        found.append({str(term): float(weight) / total for term, weight in zip(terms, weights, strict=True)})
    return found


def _common_passages(
    topics: pd.DataFrame, passages: pd.DataFrame, earlier_topics: pd.DataFrame, earlier_passages: pd.DataFrame
) -> NDArray[np.int64]:
    """Count the passages of each topic of today that each earlier topic held."""
    now, before = (
        rows.loc[rows["is_counted"] & (rows["topic_id"] != ""), ["passage_id", "topic_id"]]
        for rows in (passages, earlier_passages)
    )
    both = now.merge(before, on="passage_id", suffixes=("", "_before"), validate="one_to_one")
    row = pd.Index(topics["topic_id"]).get_indexer(pd.Index(both["topic_id"]))
    column = pd.Index(earlier_topics["topic_id"]).get_indexer(pd.Index(both["topic_id_before"]))
    known = (row >= 0) & (column >= 0)
    ones = np.ones(int(known.sum()), dtype=np.int64)
    shape = (len(topics), len(earlier_topics))
    return np.asarray(csr_matrix((ones, (row[known], column[known])), shape=shape).toarray(), dtype=np.int64)


def _assign(both: Reals) -> dict[int, int]:
    """Give the earlier topic of each topic that has one, by place."""
    if not both.size:
        return {}
    # A pair too weak to be one topic must not take part: it could push aside a pair that is.
    rows, columns = linear_sum_assignment(np.where(both >= SAME, both, 0.0), maximize=True)
    return {int(row): int(column) for row, column in zip(rows, columns, strict=True) if both[row, column] >= SAME}


def _rows_of_today(
    topics: pd.DataFrame, earlier: pd.DataFrame, overlaps: _Overlaps, successors: dict[int, int]
) -> list[dict[str, Any]]:
    rows = []
    for place in range(len(topics)):
        same = successors.get(place)
        whole = _whole_of(overlaps.common[place], int(overlaps.n_now[place])) if same is None else None
        status = "same" if same is not None else "new" if whole is None else "split"
        other = same if same is not None else whole
        nearest = other if other is not None else _nearest(overlaps.both[place])
        rows.append(
            {
                "status": status,
                "topic_id": topics["topic_id"].iloc[place],
                "earlier_id": "" if other is None else earlier["topic_id"].iloc[other],
                "label": topics["label"].iloc[place],
                "earlier_label": "" if other is None else earlier["label"].iloc[other],
                **_overlap(overlaps, place, nearest),
            }
        )
    return rows


def _rows_of_before(
    topics: pd.DataFrame, earlier: pd.DataFrame, overlaps: _Overlaps, successors: dict[int, int]
) -> list[dict[str, Any]]:
    rows = []
    for place in sorted(set(range(len(earlier))) - set(successors.values())):
        into = _whole_of(overlaps.common[:, place], int(overlaps.n_before[place]))
        nearest = into if into is not None else _nearest(overlaps.both[:, place])
        rows.append(
            {
                "status": "gone" if into is None else "merged",
                "topic_id": "" if into is None else topics["topic_id"].iloc[into],
                "earlier_id": earlier["topic_id"].iloc[place],
                "label": "" if into is None else topics["label"].iloc[into],
                "earlier_label": earlier["label"].iloc[place],
                **_overlap(overlaps, nearest, place),
            }
        )
    return rows


def _whole_of(common: NDArray[np.int64], n_passages: int) -> int | None:
    """Give the place of the topic that holds most of the common passages of one, if they tell where it belongs."""
    n_common = int(common.sum())
    if n_common < max(FEW_COMMON, PART_COMMON * n_passages) or common.max() < PART * n_common:
        return None
    return int(common.argmax())


def _nearest(overlaps: Reals) -> int | None:
    return int(overlaps.argmax()) if overlaps.size else None


def _overlap(overlaps: _Overlaps, row: int | None, column: int | None) -> dict[str, float | int]:
    if row is None or column is None:
        return {"overlap": 0.0, "term_overlap": 0.0, "passage_overlap": float("nan"), "n_common": 0}
    return {
        "overlap": float(overlaps.both[row, column]),
        "term_overlap": float(overlaps.terms[row, column]),
        "passage_overlap": float(overlaps.passages[row, column]),
        "n_common": int(overlaps.common[row, column]),
    }
