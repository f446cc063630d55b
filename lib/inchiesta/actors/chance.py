"""Chance: how surprising it is that two actors meet, and which surprises survive many looks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Counts = NDArray[np.int64]
Reals = NDArray[np.float64]

# Terms below this share of the sum no longer change a double.
NEGLIGIBLE = 1e-17


def upper_tail(together: Counts, first: Counts, second: Counts, n_sentences: int) -> Reals:
    """Give the exact probability of meeting at least ``together`` times by chance (hypergeometric upper tail).

    Parameters
    ----------
    together, first, second : ndarray of int
        Sentences that name both, the one, the other.
    n_sentences : int
        All sentences looked at.

    References
    ----------
    Fisher, R. A. (1935), The logic of inductive inference. J. R. Stat. Soc. 98 (one-sided exact test).
    """
    keys, inverse = np.unique(np.stack([together, first, second]), axis=1, return_inverse=True)
    k, a, b = keys.astype(np.float64)
    term = np.exp(_log_pmf(k, a, b, n_sentences))
    total = term.copy()
    alive = np.flatnonzero(k < np.minimum(a, b))
    while alive.size:
        ka = k[alive]
        ratio = (a[alive] - ka) * (b[alive] - ka) / ((ka + 1) * (n_sentences - a[alive] - b[alive] + ka + 1))
        term[alive] *= ratio
        total[alive] += term[alive]
        k[alive] += 1
        # Before the mode the terms still grow, so a small one is no reason to stop.
        going = (ratio > 1) | (term[alive] > NEGLIGIBLE * total[alive])
        alive = alive[going & (k[alive] < np.minimum(a[alive], b[alive]))]
    return np.clip(total, 0.0, 1.0)[np.ravel(inverse)]


def _log_pmf(k: Reals, a: Reals, b: Reals, n: int) -> Reals:
    def choose(top: Reals, bottom: Reals) -> Reals:
        result: Reals = gammaln(top + 1) - gammaln(bottom + 1) - gammaln(top - bottom + 1)
        return result

    whole = np.full_like(k, float(n))
    return choose(a, k) + choose(whole - a, b - k) - choose(whole, b)


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


def npmi(together: Counts, first: Counts, second: Counts, n_sentences: int) -> Reals:
    """Give the normalised pointwise mutual information, -1 (never met) to 1 (never apart).

    References
    ----------
    Bouma, G. (2009), Normalized (pointwise) mutual information in collocation extraction. GSCL.
    """
    met = together > 0
    share = np.where(met, together, 1) / n_sentences
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(share * n_sentences * n_sentences / (first * second.astype(np.float64))) / -np.log(share)
    value = np.where(share >= 1.0, 1.0, value)
    return np.clip(np.where(met, value, -1.0), -1.0, 1.0)


def g_squared(together: Counts, first: Counts, second: Counts, n_sentences: int) -> Reals:
    """Give the log-likelihood ratio G² of the two-by-two table, 0 (independent) and up.

    References
    ----------
    Dunning, T. (1993), Accurate methods for the statistics of surprise and coincidence. Comp. Ling. 19.
    """
    a, b, k, n = first.astype(float), second.astype(float), together.astype(float), float(n_sentences)
    observed = np.stack([k, a - k, b - k, n - a - b + k])
    expected = np.stack([a * b, a * (n - b), (n - a) * b, (n - a) * (n - b)]) / n
    safe = (observed > 0) & (expected > 0)
    terms = np.where(safe, observed * np.log(np.where(safe, observed, 1) / np.where(safe, expected, 1)), 0.0)
    result: Reals = np.maximum(2 * terms.sum(axis=0), 0.0)
    return result
