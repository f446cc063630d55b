"""Stability: which pairs stay when the origins are drawn again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.actors.incidence import Incidence, columns_of, draw_origins, per_origin

# With fewer origins a resample repeats the same few texts: the share would look precise and be none.
FEWEST_ORIGINS = 5
# Pairs resampled at a time: 20,000 x 200 numbers are 32 MB.
_CHUNK = 20_000

Wholes = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Resamples:
    """Resamples of the origins of an incidence.

    Attributes
    ----------
    incidence : Incidence
        What is resampled.
    weights : ndarray of int, origins x resamples
        How often each resample holds each origin.
    totals : ndarray of int, actors x resamples
        Units that name each actor in each resample.
    growth : ndarray of float
        Units of each resample, as a share of those of the corpus.
    """

    incidence: Incidence
    weights: Wholes
    totals: Wholes
    growth: Reals

    def find_kept(self, pairs: pd.DataFrame, both: csr_matrix) -> NDArray[np.bool_]:
        """Tell in which resamples each pair meets, and more often than expected there.

        Parameters
        ----------
        pairs : DataFrame
            actor_a, actor_b (actor_ids, or columns of the incidence), expected: as in table ``pairs``, counted from the
            same incidence.
        both : csr_matrix, pairs x origins
            Shared units, as `inchiesta.actors.incidence.per_origin` gives them.

        Returns
        -------
        ndarray of bool, pairs x resamples
        """
        first, second = (columns_of(self.incidence, pairs[side]) for side in ("actor_a", "actor_b"))
        units = self.incidence.totals
        # What is expected grows with the two actors' units and shrinks with the units of all.
        rate = (pairs["expected"].to_numpy() / (units[first] * units[second].astype(np.float64)))[:, None]
        together = both @ self.weights
        kept: NDArray[np.bool_] = together * self.growth > rate * self.totals[first] * self.totals[second]
        return kept & (together >= 1)


def draw_resamples(incidence: Incidence, seed: int) -> Resamples:
    """Draw resamples of the origins of ``incidence`` (see `inchiesta.actors.incidence.draw_origins`)."""
    weights = draw_origins(incidence.n_origins, seed)
    single = per_origin(incidence, pd.DataFrame({"actor_a": [], "actor_b": []}, dtype="int64"))[1]
    n_units = np.bincount(incidence.origins, minlength=incidence.n_origins)
    return Resamples(incidence, weights, single @ weights, n_units @ weights / n_units.sum())


def measure_stability(incidence: Incidence, pairs: pd.DataFrame, both: csr_matrix, seed: int) -> Reals:
    """Give the share of resamples in which each pair is kept, 0 to 1; NaN below 5 origins.

    Parameters
    ----------
    pairs, both
        As for `Resamples.find_kept`.
    """
    if incidence.n_origins < FEWEST_ORIGINS or pairs.empty:
        return np.full(len(pairs), np.nan)
    resamples = draw_resamples(incidence, seed)
    chunks = [slice(start, start + _CHUNK) for start in range(0, len(pairs), _CHUNK)]
    return np.concatenate([resamples.find_kept(pairs.iloc[chunk], both[chunk]).mean(axis=1) for chunk in chunks])
