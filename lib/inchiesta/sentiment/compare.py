"""Whether two outlets, or two voices, speak differently of the same actor: differences held against chance."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.summarize import CLEAR_ORIGINS, INTERVAL, RESAMPLES, find_toned

# The least p 1,999 shuffles can give is .0005: small enough to survive a correction for a hundred comparisons.
SHUFFLES = 1999
COLUMNS = {
    "actor_id": "str", "one": "str", "other": "str", "score_one": "float64", "score_other": "float64",
    "n_one": "int64", "n_other": "int64", "origins_one": "int64", "origins_other": "int64", "difference": "float64",
    "low": "float64", "high": "float64", "p_value": "float64", "q_value": "float64",
}  # fmt: skip


def compare_tones(
    tones: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    between: str = "source",
    voice: str = "narrator",
    seed: int = 0,
    min_sentences: int = 5,
) -> pd.DataFrame:
    """Compare how each two groups speak of each actor.

    Parameters
    ----------
    tones, sentences, documents : DataFrame
        The tables of these names.
    between : str, default "source"
        The column of `documents` whose values are compared two at a time; empty values are left out.
    voice : str, default "narrator"
        As in `summarize_tones`.
    seed : int, default 0
        Of the resampling.
    min_sentences : int, default 5
        Toned sentences a group needs toward the actor; fewer are not compared. Three origins are needed in any case.

    Returns
    -------
    DataFrame
        actor_id; one, other: the groups; score_one, score_other: mean tone, -1 to 1; n_one, n_other: toned sentences;
        origins_one, origins_other; difference: one less other; low, high: its 95% interval; p_value: share of shuffles
        with as large a difference; q_value: the same corrected for all comparisons of the table. Sorted by q_value,
        then by falling size of the difference.

    Notes
    -----
    Deterministic for a given seed. Copies count once. The interval comes from 500 resamples of the origins of each
    group; the test deals the origins of both anew to the two groups 1,999 times, so that the sentences of one text stay
    together. Benjamini and Hochberg's q says what share of the differences listed up to it is expected to be chance.
    What it does not show: why they differ. Two outlets may write about different events.

    References
    ----------
    Benjamini and Hochberg 1995, doi 10.1111/j.2517-6161.1995.tb02031.x.
    """
    toned = find_toned(tones, sentences, documents, by=("actor_id", between), voice=voice)
    toned = toned[toned[between] != ""]
    rows = []
    for actor, of_actor in toned.groupby("actor_id", sort=True):
        groups = {str(name): _by_origin(of_group) for name, of_group in of_actor.groupby(between, sort=True)}
        enough = {
            name: sums
            for name, sums in groups.items()
            if len(sums) >= CLEAR_ORIGINS and sums[:, 1].sum() >= min_sentences
        }
        rows += [
            {"actor_id": str(actor), "one": one, "other": other, **_compare(enough[one], enough[other], seed)}
            for one, other in combinations(enough, 2)
        ]
    table = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "q_value"])
    table = table.assign(q_value=_correct(table["p_value"].to_numpy(dtype=np.float64))).astype(COLUMNS)
    ordered = table.assign(size=table["difference"].abs()).sort_values(
        ["q_value", "size", "actor_id", "one", "other"], ascending=[True, False, True, True, True], ignore_index=True
    )
    return ordered[list(COLUMNS)]


def _by_origin(of_group: pd.DataFrame) -> Reals:
    """Give sum and number of the scores of each origin."""
    return of_group.groupby("origin_id", sort=True)["score"].agg(["sum", "count"]).to_numpy(dtype=np.float64)


def _compare(one: Reals, other: Reals, seed: int) -> dict[str, Any]:
    random = np.random.default_rng(seed)
    difference = _mean(one) - _mean(other)
    drawn = [_resample(one, random) - _resample(other, random) for _ in range(RESAMPLES)]
    low, high = np.percentile(drawn, INTERVAL)
    both = np.concatenate([one, other])
    # All shuffles at once: a row each.
    order = random.permuted(np.tile(np.arange(len(both)), (SHUFFLES, 1)), axis=1)
    first, second = both[order[:, : len(one)]].sum(axis=1), both[order[:, len(one) :]].sum(axis=1)
    dealt = first[:, 0] / first[:, 1] - second[:, 0] / second[:, 1]
    as_large = int((np.abs(dealt) >= abs(difference) - 1e-12).sum())
    return {
        "score_one": round(_mean(one), 4),
        "score_other": round(_mean(other), 4),
        "n_one": int(one[:, 1].sum()),
        "n_other": int(other[:, 1].sum()),
        "origins_one": len(one),
        "origins_other": len(other),
        "difference": round(difference, 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
        "p_value": (as_large + 1) / (SHUFFLES + 1),
    }


def _mean(sums: Reals) -> float:
    return float(sums[:, 0].sum() / sums[:, 1].sum())


def _resample(sums: Reals, random: np.random.Generator) -> float:
    return _mean(sums[random.integers(len(sums), size=len(sums))])


def _correct(p_values: Reals) -> Reals:
    """Give Benjamini and Hochberg's q for each p."""
    order = np.argsort(p_values, kind="stable")
    ranked = p_values[order] * len(p_values) / np.arange(1, len(p_values) + 1)
    found = np.empty_like(p_values)
    found[order] = np.minimum.accumulate(ranked[::-1])[::-1]
    return np.minimum(found, 1.0)
