"""Whether the terms of a topic meet in the same passages: NPMI coherence and diversity."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

# The usual number of top terms (Lau, Newman and Baldwin 2014).
TOP_TERMS = 10
# Below 30 passages a pair of terms meets once or twice by luck, and the figure would be noise.
MIN_PASSAGES = 30


def score_coherence(counts: csr_matrix, topics: Sequence[Sequence[int]]) -> list[float]:
    """Give the coherence of each topic: mean NPMI of the pairs of its terms over passages.

    Parameters
    ----------
    counts : csr_matrix, shape (n_passages, n_terms)
        How often each term stands in each passage.
    topics : sequence of sequences of int
        The columns of each topic's terms; the first 10 count.

    Returns
    -------
    list of float
        -1 (the terms never meet) to 1 (they always do); NaN below 30 passages or 2 terms.

    Notes
    -----
    Deterministic. Terms that meet on the corpus they were fitted on say that the topic is there, not that it matters.

    References
    ----------
    Bouma 2009, Normalized (pointwise) mutual information in collocation extraction. Lau, Newman and Baldwin 2014,
    doi 10.3115/v1/E14-1056.
    """
    n_passages = counts.shape[0]
    if n_passages < MIN_PASSAGES:
        return [float("nan")] * len(topics)
    present = counts.copy()
    present.data = np.ones_like(present.data)
    return [_mean_npmi(present[:, list(terms[:TOP_TERMS])], n_passages) for terms in topics]


def score_diversity(topics: Sequence[Sequence[str]]) -> float:
    """Give the share of different terms among the first 10 of all topics, 0 to 1; NaN without a topic.

    References
    ----------
    Dieng, Ruiz and Blei 2020, doi 10.1162/tacl_a_00325.
    """
    terms = [term for topic in topics for term in topic[:TOP_TERMS]]
    return len(set(terms)) / len(terms) if terms else float("nan")


def npmi_of(present: csr_matrix, n_passages: int) -> NDArray[np.float64]:
    """Give the NPMI of every pair of columns of a 0/1 matrix, -1 where a pair never meets."""
    together = np.asarray((present.T @ present).todense(), dtype=np.float64)
    alone = np.diag(together)
    return _npmi(together, alone[:, None], alone[None, :], n_passages)


def _mean_npmi(present: csr_matrix, n_passages: int) -> float:
    if present.shape[1] < 2:
        return float("nan")
    rows, columns = np.triu_indices(present.shape[1], k=1)
    return round(float(np.mean(npmi_of(present, n_passages)[rows, columns])), 6)


def _npmi(
    both: NDArray[np.float64], one: NDArray[np.float64], other: NDArray[np.float64], n_passages: int
) -> NDArray[np.float64]:
    met = both > 0
    joint = np.where(met, both, 1) / n_passages
    # Two terms that stand in every passage: the limit is 1, the quotient 0 / 0.
    surprise = np.where(joint < 1, -np.log(joint), 1)
    npmi = np.log(joint * n_passages**2 / np.maximum(one * other, 1)) / surprise
    npmi = np.where(joint < 1, npmi, 1.0)
    return np.where(met, npmi, -1.0)
