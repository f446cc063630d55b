"""How many topics: the smallest number that comes out the same from half of the documents, and reads as well."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.topics.place import find_clusters
from inchiesta.topics.space import sample_rows

# Three random halvings give six half-samples, and fifteen comparisons for each number.
HALVINGS = 3
# Each half is represented by 2,500 passages, and compared on 2,000: more move the curve in the second digit.
HALF_POINTS, COMPARED_POINTS = 2_500, 2_000
# Two numbers of topics this close in stability are held equal: at one number it moves by .1 when a tenth of the
# documents is left out.
TOLERANCE = 0.1
# Below an agreement of .6 halves of the corpus disagree on most borders: there is no number to be shown.
SHOWN = 0.6
# Below 30 passages halves are too small to compare.
MIN_PASSAGES = 30
FEWEST_TOPICS, MOST_TOPICS, MOST_BY_RULE = 2, 40, 10
# In a large corpus a split in 2 or 3 is often the most stable and tells a reader nothing: from 100 documents on, 4 is
# the fewest tried.
LARGE_DOCUMENTS, FEWEST_IN_LARGE = 100, 4
# A topic must hold 6 documents on average: with fewer it is an article.
DOCUMENTS_PER_TOPIC = 6

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Choice:
    """A number of topics, the curve it was read from, and the reason in words."""

    n_topics: int
    curve: pd.DataFrame
    reason: str


@dataclass(frozen=True)
class _Halves:
    """Half-samples of the points, and the rows they are compared on."""

    samples: list[Ints]
    compared: Ints


def choose_n_topics(points: Floats, document_of: Ints, *, seed: int) -> Choice:
    """Choose the number of topics of one language.

    Parameters
    ----------
    points : array of float, shape (n_passages, n_dimensions)
        Passages in the shared space.
    document_of : array of int, shape (n_passages,)
        The document of each passage.
    seed : int
        For the halves.

    Returns
    -------
    Choice
        `curve` has a row for each number tried: ``n_topics``, ``stability`` (adjusted Rand index of clusterings of
        half-samples, 0 by chance, 1 the same); it is empty where there is too little text to try.

    Notes
    -----
    Deterministic for a seed. The smallest number within .1 of the best stability is taken. Where no number reaches
    .6 the root of the number of documents is taken and the reason says that it is a rule of thumb.

    A stable number is one the corpus shows again from half of its documents, not the number of things it is about.

    References
    ----------
    Ben-Hur, Elisseeff and Guyon 2002, A stability based method for discovering structure in clustered data. Hubert and
    Arabie 1985, doi 10.1007/BF01908075 (adjusted Rand index).
    """
    n_documents = len(np.unique(document_of))
    numbers = _numbers_to_try(len(points), n_documents)
    if not numbers:
        curve = _curve([], np.empty(0))
        return Choice(_rule_of_thumb(len(points), n_documents), curve, _say_too_little(len(points), n_documents))
    stability = score_stability(points, document_of, numbers, seed=seed)
    curve = _curve(numbers, stability)
    best = stability.max()
    if best < SHOWN:
        by_rule = _rule_of_thumb(len(points), n_documents)
        reason = (
            f"{by_rule} topics by a rule of thumb (the root of {n_documents:,} documents): from half of the documents "
            f"no number of topics comes out alike (at best {best:.2f} of 1, {SHOWN} would do)"
        )
        return Choice(by_rule, curve, reason)
    place = int(np.flatnonzero(stability >= best - TOLERANCE)[0])
    reason = (
        f"{numbers[place]} topics: the smallest of {len(numbers)} numbers tried, {numbers[0]} to {numbers[-1]}, whose "
        f"agreement between halves of the documents ({stability[place]:.2f} of 1) is within {TOLERANCE} of the best "
        f"({best:.2f})"
    )
    return Choice(numbers[place], curve, reason)


def score_stability(points: Floats, document_of: Ints, numbers: Sequence[int], *, seed: int) -> Floats:
    """Give for each number of topics how alike the clusterings of half-samples are (mean adjusted Rand index)."""
    from sklearn.metrics import adjusted_rand_score

    halves = _halve(document_of, seed)
    placed = place_by_halves(points, halves.samples, halves.compared, numbers, seed=seed)
    agreements = [
        float(np.mean([adjusted_rand_score(one, other) for one, other in combinations(by_half, 2)]))
        for by_half in placed
    ]
    return np.array([round(agreement, 4) for agreement in agreements], dtype=np.float64)


def score_topics(points: Floats, document_of: Ints, topic_of: Ints, n_topics: int, *, seed: int) -> list[float]:
    """Give the stability of each topic: its mean overlap (Jaccard) with the closest cluster of each half-sample.

    Returns
    -------
    list of float
        0 (never found again) to 1 (always the same passages); NaN below 30 passages or 2 documents.

    References
    ----------
    Hennig 2007, doi 10.1016/j.csda.2006.11.025.
    """
    if len(points) < MIN_PASSAGES or len(np.unique(document_of)) < 2 or n_topics < 1:
        return [float("nan")] * n_topics
    halves = _halve(document_of, seed)
    ours = np.eye(n_topics + 1)[topic_of[halves.compared]][:, :n_topics]
    overlaps = []
    for labels in place_by_halves(points, halves.samples, halves.compared, [n_topics], seed=seed)[0]:
        theirs = np.eye(int(labels.max()) + 1)[labels]
        both = ours.T @ theirs
        either = ours.sum(axis=0)[:, None] + theirs.sum(axis=0)[None, :] - both
        overlaps.append((both / np.maximum(either, 1)).max(axis=1))
    return [round(float(value), 4) for value in np.mean(overlaps, axis=0)]


def place_by_halves(
    points: Floats, samples: Sequence[Ints], compared: Ints, numbers: Sequence[int], *, seed: int
) -> list[list[Ints]]:
    """Give for each number the cluster of the compared rows by each half-sample."""
    by_number: list[list[Ints]] = [[] for _ in numbers]
    for sample in samples:
        sizes = [min(number, len(sample)) for number in numbers]
        for place, (_, centres) in enumerate(find_clusters(points[sample], sizes, seed=seed)):
            nearness = points[compared] @ centres.T - (centres**2).sum(axis=1) / 2
            by_number[place].append(np.round(nearness, 6).argmax(axis=1))
    return by_number


def _halve(document_of: Ints, seed: int) -> _Halves:
    chance = np.random.default_rng(seed)
    documents = np.unique(document_of)
    samples = []
    for _ in range(HALVINGS):
        first = np.isin(document_of, chance.permutation(documents)[: len(documents) // 2])
        for half in (np.flatnonzero(first), np.flatnonzero(~first)):
            samples.append(half[sample_rows(len(half), HALF_POINTS, seed)])
    return _Halves(samples, sample_rows(len(document_of), COMPARED_POINTS, seed))


def _numbers_to_try(n_passages: int, n_documents: int) -> list[int]:
    if n_passages < MIN_PASSAGES:
        return []
    most = min(MOST_TOPICS, n_documents // DOCUMENTS_PER_TOPIC)
    tried = [*range(FEWEST_TOPICS, 15), 16, 18, 20, 25, 30, 35, 40]
    fewest = FEWEST_IN_LARGE if n_documents >= LARGE_DOCUMENTS else FEWEST_TOPICS
    return [number for number in tried if fewest <= number <= most]


def _rule_of_thumb(n_passages: int, n_documents: int) -> int:
    by_documents = round(math.sqrt(n_documents))
    by_passages = min(round(math.sqrt(n_passages / 2)), 3)
    return min(max(by_documents, by_passages, FEWEST_TOPICS), MOST_BY_RULE)


def _say_too_little(n_passages: int, n_documents: int) -> str:
    number = _rule_of_thumb(n_passages, n_documents)
    documents = "1 document" if n_documents == 1 else f"{n_documents:,} documents"
    return f"{number} topics by a rule of thumb: {n_passages:,} passages of {documents} are too few to compare halves"


def _curve(numbers: Sequence[int], stability: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        {"n_topics": np.array(numbers, dtype=np.int64), "stability": np.array(stability, dtype=np.float64)}
    )
