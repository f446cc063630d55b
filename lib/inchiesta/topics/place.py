"""Placing passages in topics: spherical k-means for a start, then a mixture of word distributions."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.topics.space import sample_rows

# Points the Ward tree is grown on; its cost rises with the square, its upper branches do not change.
TREE_POINTS = 2_500
# Drawn starts beside it where topics are fitted for good.
STARTS = 4
# Rounds of the mixture; after 10 fewer than 1 passage in 100 still changes its topic.
ROUNDS = 10
# The words of a topic are mixed with those of the whole corpus, as if a twentieth of it had been added: a small topic
# has seen too few words to rule any out.
PRIOR = 0.05
# The passages in the middle of a topic that stay in it: without them a large topic would swallow the small ones, and
# the number asked for would not be kept.
CORE = 3

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Mixture:
    """Topics by terms as log-ratios to the whole corpus, and the log of each topic's share."""

    ratios: Floats
    shares: Floats


@dataclass(frozen=True)
class Tree:
    """A Ward tree (`linkage` as scipy gives it; None for one point) and the rows of the points it stands on."""

    rows: Ints
    linkage: Floats | None


def grow_tree(points: Floats, *, seed: int) -> Tree:
    """Grow the Ward tree of points, or of a seeded sample of 2,500 of them.

    References
    ----------
    Ward 1963, doi 10.1080/01621459.1963.10500845.
    """
    from scipy.cluster.hierarchy import linkage

    rows = sample_rows(len(points), TREE_POINTS, seed)
    return Tree(rows, linkage(points[rows], "ward") if len(rows) > 1 else None)


def find_clusters(
    points: Floats, sizes: Sequence[int], *, seed: int, drawn: int = 0, tree: Tree | None = None
) -> list[tuple[Ints, Floats]]:
    """Give for each number of clusters the cluster of every point and the centres, by k-means on points of length 1.

    Parameters
    ----------
    points : array of float, shape (n_points, n_dimensions)
        Rows of length 1 or 0.
    sizes : sequence of int
        Numbers of clusters, each 1 to n_points, ascending.
    seed : int
        For the sample of more than 2,500 points the tree is grown on, and for the drawn starts.
    drawn : int
        Starts drawn (k-means++) beside the one cut from the tree; the tightest clusters are kept.
    tree : Tree, optional
        The tree of these points where it is grown already.

    Notes
    -----
    Deterministic for a seed. The first start is cut from one Ward tree, not drawn: two half-samples then differ by
    their texts and not by luck, and all numbers of clusters share the tree.

    References
    ----------
    Dhillon and Modha 2001, doi 10.1023/A:1007612920971 (spherical k-means).
    """
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    tree = tree or grow_tree(points, seed=seed)
    found = []
    for size in sizes:
        start = _cut(tree, points, size)
        with warnings.catch_warnings():
            # Fewer different points than clusters: the caller sees the empty ones.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model = KMeans(len(start), init=start, n_init=1).fit(points)
            if drawn and 1 < len(start) < len(points):
                other = KMeans(len(start), n_init=drawn, random_state=seed).fit(points)
                model = other if round(other.inertia_, 6) < round(model.inertia_, 6) else model
        found.append((model.labels_.astype(np.int64), np.asarray(model.cluster_centers_, dtype=np.float64)))
    return found


def _cut(tree: Tree, points: Floats, size: int) -> Floats:
    """Give the middles of the branches of a tree cut into so many."""
    from scipy.cluster.hierarchy import fcluster

    cut = fcluster(tree.linkage, size, "maxclust") - 1 if tree.linkage is not None else np.zeros(1, dtype=np.int64)
    return np.stack([points[tree.rows][cut == cluster].mean(axis=0) for cluster in range(int(cut.max()) + 1)])


def find_cores(points: Floats, clusters: Ints, centres: Floats) -> Ints:
    """Give the rows of the passages closest to the middle of each cluster, at most 3 a cluster."""
    nearness = np.round((points * centres[clusters]).sum(axis=1), 6)
    order = np.lexsort((np.arange(len(clusters)), -nearness, clusters))
    first = np.searchsorted(clusters[order], clusters[order])
    cores: Ints = order[np.arange(len(order)) - first < CORE]
    return cores


def fit_mixture(counts: csr_matrix, surroundings: csr_matrix, clusters: Ints, cores: Ints, n_topics: int) -> Mixture:
    """Fit a mixture of word distributions (naive Bayes by expectation maximisation), started from clusters.

    Parameters
    ----------
    counts : csr_matrix, shape (n_passages, n_terms)
        Terms of the passages, log-scaled.
    surroundings : csr_matrix, shape (n_passages, n_passages)
        Adds to each passage its neighbours.
    clusters : array of int, shape (n_passages,)
        The start.
    cores : array of int
        Rows that keep their cluster.
    n_topics : int
        Number of topics.

    References
    ----------
    Nigam, McCallum, Thrun and Mitchell 2000, doi 10.1023/A:1007692713085.
    """
    belonging = np.zeros((len(clusters), n_topics))
    belonging[np.arange(len(clusters)), clusters] = 1
    kept = belonging[cores]
    mixture = _learn(counts, belonging)
    for _ in range(ROUNDS):
        belonging = _softmax(score_passages(mixture, counts, surroundings))
        belonging[cores] = kept
        mixture = _learn(counts, belonging)
    return mixture


def score_passages(mixture: Mixture, counts: csr_matrix, surroundings: csr_matrix) -> Floats:
    """Give the log-odds of every passage, read in its surroundings, for every topic."""
    scores: Floats = np.round(surroundings @ (counts @ mixture.ratios.T) + mixture.shares, 6)
    return scores


def _learn(counts: csr_matrix, belonging: Floats) -> Mixture:
    by_term = np.asarray((counts.T @ belonging).T)
    whole = np.asarray(counts.sum(axis=0), dtype=np.float64).ravel()
    total = max(float(whole.sum()), 1.0)
    expected = np.maximum(whole / total, 1e-12)
    added = PRIOR * total
    chance = (by_term + added * expected) / (by_term.sum(axis=1, keepdims=True) + added)
    sizes = belonging.sum(axis=0)
    return Mixture(np.log(chance / expected), np.log((sizes + 1) / (sizes.sum() + len(sizes))))


def weigh_passages(scores: Floats, n_terms: Floats) -> Floats:
    """Give the share of every topic in every passage.

    Words of a passage depend on each other, so their evidence is divided by the root of their number: taken as
    independent, nearly every passage would be all of one topic.
    """
    return _softmax(scores / np.sqrt(np.maximum(n_terms, 1))[:, None])


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Floats = raised / raised.sum(axis=1, keepdims=True)
    return shares
