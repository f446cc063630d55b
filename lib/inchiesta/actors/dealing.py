"""Dealing: how often two actors would meet if the names were dealt at random to the places where names stand.

Every unit keeps the number of actors it names and every actor the number of units it is named in. That is not the
independence of textbooks: a sentence with one name holds no meeting, one with twenty holds 190.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Wholes = NDArray[np.int64]
Reals = NDArray[np.float64]

# Far below what a count of units can show, and a round costs nothing.
_TOLERANCE = 1e-9
# Ordinary corpora take some 20 rounds; only where an actor is named in nearly every unit it goes on, gaining nothing.
_MOST_ROUNDS = 500
# Less than this share of what independence gives is the rounding of the fit.
_LEAST_SHARE = 1e-6


@dataclass(frozen=True)
class Dealing:
    """The chances of meeting, by how often two actors are named.

    Attributes
    ----------
    frequencies : ndarray of int
        The different numbers of units an actor is named in, ascending.
    expected : ndarray of float, frequencies x frequencies
        Units two actors of these frequencies would share.
    """

    frequencies: Wholes
    expected: Reals

    def expect(self, first: Wholes, second: Wholes) -> Reals:
        """Give the units in which actors named in ``first`` and ``second`` units would meet."""
        found: Reals = self.expected[
            np.searchsorted(self.frequencies, first), np.searchsorted(self.frequencies, second)
        ]
        return found

    def effective_units(self, first: Wholes, second: Wholes) -> Reals:
        """Give the number of units in which independent actors would meet as often as dealt ones do."""
        units: Reals = np.maximum(first * second.astype(np.float64) / self.expect(first, second), 1.0)
        return np.maximum(units, np.maximum(first, second))


def fit_dealing(matrix: csr_matrix) -> Dealing:
    """Fit the dealing to an incidence: units x actors, ones and zeros.

    Notes
    -----
    The chance that a unit names an actor follows from the two numbers alone (a model of maximal entropy, here with one
    parameter for each *different* number: a corpus of a million namings has at most some 1,400). That a unit names an
    exact number of actors makes them compete for its places; Hájek's approximation of joint inclusion takes that into
    account, scaled so that it is exact where all actors are named equally often. Deterministic.

    References
    ----------
    Saracco, F. et al. (2017), Inferring monopartite projections of bipartite networks: an entropy-based approach.
    New J. Phys. 19, doi:10.1088/1367-2630/aa6b38.
    Hájek, J. (1964), Asymptotic theory of rejective sampling. Ann. Math. Stat. 35, doi:10.1214/aoms/1177700375.
    """
    totals = np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64)
    frequencies, n_actors = np.unique(totals, return_counts=True)
    sizes, n_units = np.unique(np.diff(matrix.indptr), return_counts=True)
    shares = _fit_shares(frequencies, n_actors, sizes.astype(np.float64), n_units)
    spread = shares * (1 - shares)
    everyone = int(n_actors.sum())
    competing = (n_actors[:, None] * spread).sum(axis=0) * (everyone - 1) / max(everyone, 1)
    # In a unit with one name nobody meets; where everyone is named nobody competes.
    meets = np.where(sizes > 1, n_units, 0)
    correction = np.divide(meets, competing, out=np.zeros(len(sizes)), where=competing > 0)
    expected = (shares * meets) @ shares.T - (spread * correction) @ spread.T
    independent = np.outer(frequencies, frequencies) / matrix.shape[0]
    return Dealing(frequencies, np.maximum(expected, _LEAST_SHARE * independent))


def _fit_shares(frequencies: Wholes, n_actors: Wholes, sizes: Reals, n_units: Wholes) -> Reals:
    """Give the chance that a unit of each size names an actor of each frequency (frequencies x sizes)."""
    root = np.sqrt(float((sizes * n_units).sum()))
    of_actor, of_unit = frequencies / root, sizes / root
    for _ in range(_MOST_ROUNDS):
        of_actor = frequencies / (n_units * of_unit / (1 + np.outer(of_actor, of_unit))).sum(axis=1)
        of_unit = sizes / ((n_actors * of_actor)[:, None] / (1 + np.outer(of_actor, of_unit))).sum(axis=0)
        odds = np.outer(of_actor, of_unit)
        shares: Reals = odds / (1 + odds)
        if np.abs((shares * n_units).sum(axis=1) - frequencies).max(initial=0) < _TOLERANCE:
            break
    return shares
