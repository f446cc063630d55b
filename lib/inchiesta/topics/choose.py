"""How many topics: the smallest number that comes out the same from half of the documents, and reads as well."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.topics.place import Tree, find_clusters, grow_tree
from inchiesta.topics.space import sample_rows

# Seven random halvings give fourteen half-samples, and ninety-one comparisons for each number: with three the curve
# moved by .1 from seed to seed.
HALVINGS = 7
# Each half is represented by 2,000 passages, and compared on as many: more move the curve in the second digit.
HALF_POINTS, COMPARED_POINTS = 2_000, 2_000
# A number of topics is good enough when its halves disagree at most twice as much as those of the best: a reader keeps
# few topics apart more easily than many, and at one number agreement moves by .1 when a tenth of the documents is left
# out. Where the best is near 1, .05 is chance.
DISAGREEMENT, TOLERANCE = 2.0, 0.05
# It is passed over for the next number where that is better by this: two groups that always come apart are two topics.
GAIN = 0.05
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
    """A number of topics, how it was come by (halves, or rule of thumb), the curve, and the reason in words."""

    n_topics: int
    how: str
    curve: pd.DataFrame
    reason: str


@dataclass(frozen=True)
class Halves:
    """Half-samples of the passages of a language, each with its tree, and the rows they are compared on."""

    points: Floats
    document_of: Ints
    samples: list[Ints]
    compared: Ints
    seed: int

    @cached_property
    def n_documents(self) -> int:
        """Give how many documents the passages are of."""
        return len(np.unique(self.document_of))

    @cached_property
    def trees(self) -> list[Tree]:
        """The tree of each half-sample, grown when first asked for."""
        return [grow_tree(self.points[sample], seed=self.seed) for sample in self.samples]


def draw_halves(points: Floats, document_of: Ints, *, seed: int) -> Halves:
    """Draw the half-samples that numbers of topics, and topics, are tried on: halves of the documents.

    Parameters
    ----------
    points : array of float, shape (n_passages, n_dimensions)
        Passages in the shared space.
    document_of : array of int, shape (n_passages,)
        The document of each passage.
    seed : int
        For the halves.
    """
    chance = np.random.default_rng(seed)
    documents = np.unique(document_of)
    samples = []
    for _ in range(HALVINGS):
        first = np.isin(document_of, chance.permutation(documents)[: len(documents) // 2])
        for half in (np.flatnonzero(first), np.flatnonzero(~first)):
            samples.append(half[sample_rows(len(half), HALF_POINTS, seed)])
    return Halves(points, document_of, samples, sample_rows(len(document_of), COMPARED_POINTS, seed), seed)


def choose_n_topics(halves: Halves) -> Choice:
    """Choose the number of topics of one language.

    Returns
    -------
    Choice
        `curve` has a row for each number tried: ``n_topics``, ``stability`` (adjusted Rand index of clusterings of
        half-samples, 0 by chance, 1 the same); it is empty where there is too little text to try.

    Notes
    -----
    Deterministic for a seed. Of the numbers whose halves disagree (1 less the stability) at most twice as much as those
    of the best, or that are within .05 of it, the smallest is taken that the next does not better by more than .05.
    Where no number reaches .6 the root of the number of documents is taken and the reason says that it is a rule of
    thumb.

    A stable number is one the corpus shows again from half of its documents, not the number of things it is about.

    References
    ----------
    Ben-Hur, Elisseeff and Guyon 2002, A stability based method for discovering structure in clustered data. Hubert and
    Arabie 1985, doi 10.1007/BF01908075 (adjusted Rand index).
    """
    n_passages, n_documents = len(halves.points), halves.n_documents
    numbers = _numbers_to_try(n_passages, n_documents)
    if not numbers:
        by_rule = _rule_of_thumb(n_passages, n_documents)
        return Choice(by_rule, "rule", no_curve(), _say_too_little(n_passages, n_documents))
    stability = score_stability(halves, numbers)
    curve = _curve(numbers, stability)
    best = stability.max()
    if best < SHOWN:
        by_rule = _rule_of_thumb(n_passages, n_documents)
        reason = (
            f"a rule of thumb, the root of {n_documents:,} documents, since from half of them no number of topics "
            f"comes out alike (at best {best:.2f} of 1, {SHOWN} would do)"
        )
        return Choice(by_rule, "rule", curve, reason)
    place = _choose_place(stability)
    reason = (
        f"the smallest of {len(numbers)} numbers tried, {numbers[0]} to {numbers[-1]}, on which halves of the "
        f"documents agree about as well ({stability[place]:.2f} of 1) as on the best ({best:.2f}) and one topic more "
        "gains little"
    )
    return Choice(numbers[place], "halves", curve, reason)


def _choose_place(stability: Floats) -> int:
    best = float(stability.max())
    enough = stability >= best - max((DISAGREEMENT - 1) * (1 - best), TOLERANCE)
    following = np.append(stability[1:], -1.0)
    return int(np.flatnonzero(enough & (following <= stability + GAIN))[0])


def score_stability(halves: Halves, numbers: Sequence[int]) -> Floats:
    """Give for each number of topics how alike the clusterings of half-samples are (mean adjusted Rand index)."""
    agreements = [
        np.mean([score_agreement(one, other) for one, other in combinations(by_half, 2)])
        for by_half in place_by_halves(halves, numbers)
    ]
    return np.array([round(float(agreement), 4) for agreement in agreements], dtype=np.float64)


def score_agreement(one: Ints, other: Ints) -> float:
    """Give the adjusted Rand index of two clusterings: 1 the same, 0 as alike as chance has it.

    As scikit-learn's `adjusted_rand_score`, a hundred times as fast on small integers.
    """
    n_other = int(other.max()) + 1
    table = np.bincount(one * n_other + other, minlength=(int(one.max()) + 1) * n_other).reshape(-1, n_other)
    together, by_one, by_other, every = (
        float((counts * (counts - 1)).sum())
        for counts in (table, table.sum(axis=1), table.sum(axis=0), np.array([len(one)]))
    )
    expected, most = by_one * by_other / max(every, 1.0), (by_one + by_other) / 2
    return (together - expected) / (most - expected) if most != expected else 1.0


def score_topics(halves: Halves, topic_of: Ints, n_topics: int) -> list[float]:
    """Give the stability of each topic: its mean overlap (Jaccard) with the closest cluster of each half-sample.

    Returns
    -------
    list of float
        0 (never found again) to 1 (always the same passages); NaN below 30 passages or 2 documents.

    References
    ----------
    Hennig 2007, doi 10.1016/j.csda.2006.11.025.
    """
    if len(halves.points) < MIN_PASSAGES or halves.n_documents < 2 or n_topics < 1:
        return [float("nan")] * n_topics
    ours = np.eye(n_topics + 1)[topic_of[halves.compared]][:, :n_topics]
    overlaps = []
    for labels in place_by_halves(halves, [n_topics])[0]:
        theirs = np.eye(int(labels.max()) + 1)[labels]
        both = ours.T @ theirs
        either = ours.sum(axis=0)[:, None] + theirs.sum(axis=0)[None, :] - both
        overlaps.append((both / np.maximum(either, 1)).max(axis=1))
    return [round(float(value), 4) for value in np.mean(overlaps, axis=0)]


def place_by_halves(halves: Halves, numbers: Sequence[int]) -> list[list[Ints]]:
    """Give for each number the cluster of the compared rows by each half-sample."""
    by_number: list[list[Ints]] = [[] for _ in numbers]
    compared = halves.points[halves.compared]
    for sample, tree in zip(halves.samples, halves.trees, strict=True):
        sizes = [min(number, len(sample)) for number in numbers]
        clusters = find_clusters(halves.points[sample], sizes, seed=halves.seed, tree=tree)
        for place, (_, centres) in enumerate(clusters):
            nearness = compared @ centres.T - (centres**2).sum(axis=1) / 2
            by_number[place].append(np.round(nearness, 6).argmax(axis=1))
    return by_number


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
    documents = "1 document" if n_documents == 1 else f"{n_documents:,} documents"
    passages = "1 passage" if n_passages == 1 else f"{n_passages:,} passages"
    return f"a rule of thumb, since {passages} of {documents} are too few to compare halves"


def no_curve() -> pd.DataFrame:
    """Give the curve of a number that was not chosen by trying."""
    return _curve([], np.empty(0))


def _curve(numbers: Sequence[int], stability: Floats) -> pd.DataFrame:
    return pd.DataFrame(
        {"n_topics": np.array(numbers, dtype=np.int64), "stability": np.array(stability, dtype=np.float64)}
    )
