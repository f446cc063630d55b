"""What marks a group against the rest: log-odds with an informative Dirichlet prior."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

# The prior weighs as much as this many cases dealt as in all groups together: a thing met once or twice in a group is
# drawn to the common share, one met ten times is hardly moved.
PRIOR = 10.0
# Two-sided 95%.
Z = 1.959964


@dataclass(frozen=True)
class LogOdds:
    """Per group and item: log-odds against all other groups, ends of its 95% interval, p and q (all groups x items)."""

    score: Reals
    low: Reals
    high: Reals
    p_value: Reals
    q_value: Reals


def score_log_odds(counts: Reals, *, prior: float = PRIOR) -> LogOdds:
    """Score how much more often each item stands in a group than in all other groups together.

    Parameters
    ----------
    counts : ndarray of float, shape (n_groups, n_items)
        Cases of each item in each group, at least 0; they need not be whole.
    prior : float, default 10
        Cases of the prior, dealt to the items as in all groups together.

    Returns
    -------
    LogOdds
        score: natural log of the odds ratio, 0 where an item is as frequent as elsewhere. p_value: two-sided, by the
        normal approximation; q_value: after Benjamini-Hochberg over the cells of items that occur at all.

    Notes
    -----
    Deterministic. Cases are taken to be independent: count origins, not words. With a single group there is nothing to
    hold it against: scores are 0 and p is 1.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, doi 10.1093/pan/mpn018. Benjamini and Hochberg 1995,
    doi 10.1111/j.2517-6161.1995.tb02031.x.

    Examples
    --------
    >>> score_log_odds(np.array([[9.0, 1.0], [1.0, 9.0]])).score.round(2).tolist()
    [[1.69, -1.69], [-1.69, 1.69]]
    """
    score, spread, met = _score(np.asarray(counts, dtype=np.float64), prior)
    return _with_interval(score, spread, met)


def pool_log_odds(strata: Sequence[Reals], *, prior: float = PRIOR) -> LogOdds:
    """Score groups and items as `score_log_odds` does within each stratum (a language), and pool what they say.

    Parameters
    ----------
    strata : sequence of ndarray of float, shape (n_groups, n_items)
        The cases of each stratum; a group or item without a case in it says nothing there.
    prior : float, default 10
        As for `score_log_odds`, in each stratum.

    Notes
    -----
    Log-odds are averaged with the inverse of their variance (fixed effects): what is compared is always of one stratum.
    """
    weights, sums = np.zeros(strata[0].shape), np.zeros(strata[0].shape)
    for counts in strata:
        score, spread, met = _score(counts, prior)
        told = met & (counts.sum(axis=1, keepdims=True) > 0)
        weight = np.where(told, 1 / np.maximum(spread, 1e-9) ** 2, 0.0)
        weights += weight
        sums += weight * score
    known = weights > 0
    safe = np.where(known, weights, 1.0)
    return _with_interval(np.where(known, sums / safe, 0.0), np.where(known, 1 / np.sqrt(safe), 0.0), known)


def _score(counts: Reals, prior: float) -> tuple[Reals, Reals, Flags]:
    """Give log-odds, their standard errors, and which cells can be compared at all."""
    total = float(counts.sum())
    n_groups = int((counts.sum(axis=1) > 0).sum())
    if n_groups < 2 or counts.shape[1] < 2 or not total:
        return np.zeros(counts.shape), np.zeros(counts.shape), np.zeros(counts.shape, dtype=np.bool_)
    share = counts.sum(axis=0) / total * prior
    here, elsewhere = counts + share, counts.sum(axis=0) - counts + share
    n_here, n_elsewhere = here.sum(axis=1, keepdims=True), elsewhere.sum(axis=1, keepdims=True)
    # An item nobody has, or everybody has only: nothing to compare, and no division by zero.
    met = np.broadcast_to((share > 0) & (share < prior), counts.shape)
    cells = [np.where(met, cell, 1.0) for cell in (here, n_here - here, elsewhere, n_elsewhere - elsewhere)]
    logs = [np.log(cell) for cell in cells]
    score = np.where(met, logs[0] - logs[1] - logs[2] + logs[3], 0.0)
    return score, np.where(met, np.sqrt(sum(1 / cell for cell in cells)), 0.0), met


def _with_interval(score: Reals, spread: Reals, met: Flags) -> LogOdds:
    p_value = np.where(met, 2 * ndtr(-np.abs(score) / np.where(met, spread, 1.0)), 1.0)
    return LogOdds(score, score - Z * spread, score + Z * spread, p_value, correct(p_value, met))


def correct(p_value: Reals, tested: Flags) -> Reals:
    """Give q for p by Benjamini and Hochberg's step-up over the cells tested; 1 for the others.

    >>> correct(np.array([0.01, 0.04, 0.03, 0.9]), np.array([True, True, True, False])).round(3).tolist()
    [0.03, 0.04, 0.04, 1.0]
    """
    found = np.ones(p_value.shape)
    p = p_value[tested]
    order = np.argsort(p, kind="stable")
    raw = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(1.0, np.minimum.accumulate(raw[::-1])[::-1])
    found[tested] = q
    return found
