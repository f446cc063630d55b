"""Chance: how surprising it is that two actors meet, and which surprises survive many looks.

Everything is read off one table of two by two: of ``n_units`` units the one actor is named in ``first``, the other in
``second``, both in ``together``. ``n_units`` need not be whole (see `inchiesta.actors.dealing`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]

# Terms below this share of the sum no longer change a double.
NEGLIGIBLE = 1e-17


def upper_tail(together: Counts, first: Counts, second: Counts, n_units: Reals | float) -> Reals:
    """Give the exact probability of meeting at least ``together`` times by chance (hypergeometric upper tail).

    Parameters
    ----------
    together, first, second : ndarray of int
        Units that name both, the one, the other.
    n_units : ndarray of float or float
        All units looked at, at least as many as name either.

    References
    ----------
    Fisher, R. A. (1935), The logic of inductive inference. J. R. Stat. Soc. 98 (one-sided exact test).
    """
    k, a, b, n = _broadcast(together, first, second, n_units)
    lowest = np.maximum(0.0, np.ceil(a + b - n))
    # Summed away from the middle, where terms only fall; the other side is what is missing to 1.
    above = k > a * b / n
    tail = np.ones_like(k)
    tail[above] = _sum_terms(k[above], a[above], b[above], n[above], step=1)
    below = ~above & (k > lowest)
    tail[below] = 1 - _sum_terms(k[below] - 1, a[below], b[below], n[below], step=-1)
    return np.clip(tail, 0.0, 1.0)


def lower_tail(together: Counts, first: Counts, second: Counts, n_units: Reals | float) -> Reals:
    """Give the exact probability of meeting at most ``together`` times by chance; parameters as for `upper_tail`."""
    k, a, b, n = _broadcast(together, first, second, n_units)
    k = np.maximum(k, np.ceil(a + b - n))
    below = k < a * b / n
    tail = np.ones_like(k)
    tail[below] = _sum_terms(k[below], a[below], b[below], n[below], step=-1)
    above = ~below & (k < np.minimum(a, b))
    tail[above] = 1 - _sum_terms(k[above] + 1, a[above], b[above], n[above], step=1)
    return np.clip(tail, 0.0, 1.0)


def upper_tail_once_met(together: Counts, first: Counts, second: Counts, n_units: Reals | float) -> Reals:
    """Give the probability of meeting at least ``together`` times for two who meet at all; 1 for a single meeting.

    Pairs are listed because they met. Judged by `upper_tail`, one pair in five of a corpus without any relation stays
    below .05, only because the others, who never met, are not in the list.

    References
    ----------
    Fithian, W., Sun, D. and Taylor, J. (2014), Optimal inference after model selection. arXiv:1410.2597.
    """
    once = upper_tail(np.ones_like(together), first, second, n_units)
    at_least = upper_tail(together, first, second, n_units)
    return np.where(together > 1, np.minimum(at_least / np.maximum(once, np.finfo(float).tiny), 1.0), 1.0)


def _broadcast(together: Counts, first: Counts, second: Counts, n_units: Reals | float) -> tuple[Reals, ...]:
    arrays = np.broadcast_arrays(together, first, second, n_units)
    return tuple(array.astype(np.float64) for array in arrays)


def _sum_terms(k: Reals, a: Reals, b: Reals, n: Reals, *, step: int) -> Reals:
    """Sum the probabilities of k, k + step, ... to the end, stopping where they no longer count."""
    k = k.copy()
    last = np.minimum(a, b) if step > 0 else np.maximum(0.0, np.ceil(a + b - n))
    term = np.exp(_log_pmf(k, a, b, n))
    total = term.copy()
    alive = np.flatnonzero(k != last)
    while alive.size:
        at, one, other, rest = k[alive], a[alive], b[alive], n[alive]
        if step > 0:
            ratio = (one - at) * (other - at) / ((at + 1) * (rest - one - other + at + 1))
        else:
            ratio = at * (rest - one - other + at) / ((one - at + 1) * (other - at + 1))
        term[alive] *= ratio
        total[alive] += term[alive]
        k[alive] += step
        going = (term[alive] > NEGLIGIBLE * total[alive]) & (k[alive] != last[alive])
        alive = alive[going]
    return total


def _log_pmf(k: Reals, a: Reals, b: Reals, n: Reals) -> Reals:
    def choose(top: Reals, bottom: Reals) -> Reals:
        result: Reals = gammaln(top + 1) - gammaln(bottom + 1) - gammaln(top - bottom + 1)
        return result

    return choose(a, k) + choose(n - a, b - k) - choose(n, b)


def adjust(p_values: Reals, n_tests: int) -> Reals:
    """Give q-values after Benjamini and Hochberg; tests that are not listed count with p = 1.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995), Controlling the false discovery rate. J. R. Stat. Soc. B 57.
    """
    order = np.argsort(p_values, kind="stable")
    scaled = p_values[order] * n_tests / np.arange(1, len(p_values) + 1)
    q_values = np.empty_like(p_values)
    q_values[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return np.clip(q_values, 0.0, 1.0)


def npmi(together: Counts, first: Counts, second: Counts, n_units: Reals | float) -> Reals:
    """Give the normalised pointwise mutual information, -1 (never met) to 1 (never apart).

    References
    ----------
    Bouma, G. (2009), Normalized (pointwise) mutual information in collocation extraction. GSCL.
    """
    k, a, b, n = _broadcast(together, first, second, n_units)
    met = k > 0
    share = np.where(met, k, 1) / n
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(share * n * n / (a * b)) / -np.log(share)
    value = np.where(share >= 1.0, 1.0, value)
    return np.clip(np.where(met, value, -1.0), -1.0, 1.0)


def g_squared(together: Counts, first: Counts, second: Counts, n_units: Reals | float) -> Reals:
    """Give the log-likelihood ratio G² of the two-by-two table, 0 (independent) and up.

    References
    ----------
    Dunning, T. (1993), Accurate methods for the statistics of surprise and coincidence. Comp. Ling. 19.
    """
    k, a, b, n = _broadcast(together, first, second, n_units)
    observed = np.stack([k, a - k, b - k, n - a - b + k])
    expected = np.stack([a * b, a * (n - b), (n - a) * b, (n - a) * (n - b)]) / n
    safe = (observed > 0) & (expected > 0)
    terms = np.where(safe, observed * np.log(np.where(safe, observed, 1) / np.where(safe, expected, 1)), 0.0)
    result: Reals = np.maximum(2 * terms.sum(axis=0), 0.0)
    return result
