"""The backbone: which pairs are drawn as ties of the network, and what is drawn where none survives."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.tables import empty_table, table_of

# The usual level, after the correction for many tests.
MAX_Q = 0.05
# A pair that drops out of more than one resample in ten hangs on one or two origins: two are both missing from .135
# of the resamples, three from .05.
MIN_STABILITY = 0.9
# The same demand without chance in it, and where there are too few origins to resample: two writers may share a habit.
FEWEST_ORIGINS_OF_EDGE = 3
# More weak pairs would look like a network; these are only there to be read.
MOST_WEAK = 15
# The order of the edges: what was counted in most origins first.
_ORDER = {"n_origins": False, "n_together": False, "actor_a": True, "actor_b": True}


def choose_edges(
    pairs: pd.DataFrame, *, max_q: float = MAX_Q, min_stability: float = MIN_STABILITY, most_weak: int = MOST_WEAK
) -> pd.DataFrame:
    """Choose the pairs that survive chance; where none does, the strongest of the weak ones.

    Parameters
    ----------
    pairs : DataFrame
        Table ``pairs``.
    max_q : float
        Largest q_value of a pair that survives, 0 to 1.
    min_stability : float
        Smallest stability, 0 to 1, where it is known. Below 5 origins it is empty, and what is left to ask for is
        asked for always: a pair has to meet in 3 origins. One document, or two, never give a tie that survives.
    most_weak : int
        Weak pairs given where none survives, 0 and up.

    Returns
    -------
    DataFrame
        Table ``edges`` by falling n_origins. Either all *clear*, or, where no pair survives, all *weak*: the pairs
        met more often than expected that share the most units.

    Notes
    -----
    Deterministic. A pair that is left out is not shown to be unrelated: it may only be rare.
    """
    above = pairs[pairs["n_together"] > pairs["expected"]]
    steady = (above["stability"].ge(min_stability) | above["stability"].isna()) & (
        above["n_origins"] >= FEWEST_ORIGINS_OF_EDGE
    )
    chosen, status = above[(above["q_value"] < max_q) & steady], "clear"
    if chosen.empty:
        weakest_last = ["n_together", "g2", "actor_a", "actor_b"]
        ranked = above.sort_values(weakest_last, ascending=[False, False, True, True], kind="stable")
        chosen, status = ranked.head(most_weak), "weak"
    if chosen.empty:
        return empty_table("edges")
    edges = chosen.sort_values(list(_ORDER), ascending=list(_ORDER.values()), kind="stable", ignore_index=True)
    # A stability that is empty everywhere arrives as objects from a file.
    return edges.assign(status=status, stability=edges["stability"].astype(np.float64))[table_of("edges").names]
