"""The space topics are looked for in: passages by a few dimensions, each read in its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

# Latent dimensions: the root of the number of passages, at most 32. More let single articles in; on labelled news 24
# to 64 agree with the labels alike.
MOST_DIMENSIONS = 32
# A paragraph is read with up to 3 before and 3 after it, together as heavy as itself: an article keeps to its subject,
# and a paragraph alone is too short to show it.
REACH = 3
CONTEXT = 1.0
# Passages the dimensions are learned from; more do not turn them and cost time in proportion.
LEARNED_FROM = 10_000
# Where BLAS adds up in another order the last digits differ; 6 are kept before anything is compared.
DIGITS = 6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def sample_rows(n_rows: int, most: int, seed: int) -> Ints:
    """Give all rows, or a seeded sample of `most` of them, ascending."""
    if n_rows <= most:
        return np.arange(n_rows)
    return np.sort(np.random.default_rng(seed).choice(n_rows, most, replace=False))


@dataclass(frozen=True)
class Space:
    """Passages by dimensions, rows of length 1 (or 0), and the matrix that adds each passage's surroundings."""

    points: Floats
    surroundings: csr_matrix


def find_surroundings(document_of: Ints) -> csr_matrix:
    """Give the matrix that adds to each passage the mean of its neighbours in the same document.

    Parameters
    ----------
    document_of : array of int, shape (n_passages,)
        The document of each passage, passages in the order of the text.

    Returns
    -------
    csr_matrix, shape (n_passages, n_passages)
        1 on the diagonal; the neighbours of a row sum to `CONTEXT`, or to 0 for a passage that stands alone.
    """
    n_passages = len(document_of)
    places = np.arange(n_passages)
    rows, columns = [], []
    for step in range(1, REACH + 1):
        near = np.flatnonzero(document_of[step:] == document_of[:-step])
        rows += [places[near], places[near + step]]
        columns += [places[near + step], places[near]]
    row, column = np.concatenate(rows), np.concatenate(columns)
    near_by = csr_matrix((np.ones(len(row)), (row, column)), shape=(n_passages, n_passages))
    n_near = np.bincount(row, minlength=n_passages)
    whole: csr_matrix = csr_matrix(diags(np.ones(n_passages)) + diags(CONTEXT / np.maximum(n_near, 1)) @ near_by)
    return whole


def find_space(tfidf: csr_matrix, document_of: Ints, *, fitted: Ints, seed: int) -> Space:
    """Give every passage as a point: tf-idf, its surroundings added, in the strongest dimensions (LSA).

    Parameters
    ----------
    tfidf : csr_matrix, shape (n_passages, n_terms)
        Rows of length 1 or 0.
    document_of : array of int, shape (n_passages,)
        The document of each passage.
    fitted : array of int
        Rows the dimensions are learned from, or a seeded sample of 10,000 of them.
    seed : int
        For the random projection.

    Notes
    -----
    Deterministic for a seed, on one BLAS thread.

    References
    ----------
    Deerwester et al. 1990, Indexing by latent semantic analysis. Halko, Martinsson and Tropp 2011,
    doi 10.1137/090771806.
    """
    from sklearn.decomposition import TruncatedSVD

    surroundings = find_surroundings(document_of)
    n_dimensions = min(MOST_DIMENSIONS, round(len(fitted) ** 0.5), tfidf.shape[1] - 1)
    if n_dimensions < 2:
        points = np.asarray((surroundings @ tfidf)[:, : max(tfidf.shape[1], 1)].todense(), dtype=np.float64)
        return Space(_of_length_one(points[:, :MOST_DIMENSIONS]), surroundings)
    model = TruncatedSVD(n_dimensions, random_state=seed)
    learned = fitted[sample_rows(len(fitted), LEARNED_FROM, seed)]
    model.fit(surroundings[learned] @ tfidf)
    return Space(_of_length_one(surroundings @ model.transform(tfidf)), surroundings)


def _of_length_one(points: Floats) -> Floats:
    lengths = np.linalg.norm(points, axis=1)
    unit: Floats = np.round(points / np.where(lengths > 10**-DIGITS, lengths, 1)[:, None], DIGITS)
    return unit
