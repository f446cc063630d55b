"""How sure a centrality is: the edges of a network counted again in resamples of the origins."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.actors.incidence import Incidence, per_origin
from inchiesta.actors.stability import draw_resamples

Reals = NDArray[np.float64]
Wholes = NDArray[np.int64]

# The part of the resamples an interval holds lies between these two.
LOW, HIGH = 0.025, 0.975


def resample_edges(edges: pd.DataFrame, incidence: Incidence, seed: int) -> Wholes:
    """Count the origins of each edge in resamples of the origins.

    Parameters
    ----------
    edges : DataFrame
        actor_a, actor_b, expected; counted from the incidence.

    Returns
    -------
    ndarray of int, edges x resamples
        Origins in which the two meet, as often as each was drawn; 0 where they meet no more often than expected in the
        resample: the edge is not in it.
    """
    resamples = draw_resamples(incidence, seed)
    both = per_origin(incidence, edges)[0]
    met = csr_matrix((np.ones_like(both.data), both.indices, both.indptr), shape=both.shape)
    return np.where(resamples.find_kept(edges, both), met @ resamples.weights, 0).astype(np.int64)


def count_degree_and_strength(ends: Wholes, counts: Wholes, n_nodes: int) -> tuple[Wholes, Wholes]:
    """Add the edges of each node up: how many there are, and their origins.

    Parameters
    ----------
    ends : ndarray of int, edges x 2
        The two nodes of each edge.
    counts : ndarray of int, edges x resamples
        Origins of each edge; 0 where there is no edge.

    Returns
    -------
    tuple of ndarray of int, nodes x resamples
        Degree and strength.
    """
    n_edges = len(ends)
    touches = csr_matrix(
        (np.ones(2 * n_edges, dtype=np.int64), (ends.T.ravel(), np.tile(np.arange(n_edges), 2))),
        shape=(n_nodes, n_edges),
    )
    return np.asarray(touches @ (counts > 0).astype(np.int64)), np.asarray(touches @ counts)


def interval(values: Wholes | Reals) -> tuple[Reals, Reals]:
    """Give the ends of the interval that holds 95% of the resamples (percentiles), one row a node.

    References
    ----------
    Efron, B. and Tibshirani, R. (1993), An introduction to the bootstrap, ch. 13 (percentile intervals).
    """
    low, high = np.quantile(values, (LOW, HIGH), axis=1)
    return np.asarray(low), np.asarray(high)
