"""Topics of two languages that are one: paired by the names, numbers and cognates they share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

# A pair needs a likeness of at least .2 (cosine of what marks the two topics), and three different shared marks:
# one common name is no common topic.
LIKENESS, SHARED_MARKS = 0.2, 3
# Cognates begin with the same six letters without accents: presidente and president; esportazione and export do not.
COGNATE_LETTERS = 6
# A mark counts when a topic has it this many standard deviations more often than the other topics of its language.
MARKED = 1.0

Floats = NDArray[np.float64]


def pair_topics(
    one: Floats, one_terms: Sequence[str], other: Floats, other_terms: Sequence[str]
) -> list[tuple[int, int, float]]:
    """Give the pairs of topics of two languages that are about the same.

    Parameters
    ----------
    one, other : array of float, shape (n_topics, n_terms)
        In how many passages of each topic each term stands.
    one_terms, other_terms : sequence of str
        The terms: names, numbers and words, as in the vectors of each language.

    Returns
    -------
    list of (int, int, float)
        Topic of `one`, topic of `other`, likeness (0 to 1), by topic; at most one pair for each topic. Topics whose
        likeness is below .2, or that share fewer than three marks, are withheld.

    Notes
    -----
    Deterministic: the assignment with the largest sum of likeness, ties by order. Names spelled differently in the two
    languages are not seen.

    References
    ----------
    Kuhn 1955, doi 10.1002/nav.3800020109 (assignment).
    """
    from scipy.optimize import linear_sum_assignment

    keys = sorted(_keys(one_terms).keys() & _keys(other_terms).keys())
    if not keys or not len(one) or not len(other):
        return []
    left, right = _marks(one, _keys(one_terms), keys), _marks(other, _keys(other_terms), keys)
    likeness = np.round(_unit(left) @ _unit(right).T, 6)
    n_shared = (left > 0).astype(int) @ (right > 0).astype(int).T
    allowed = np.where((likeness >= LIKENESS) & (n_shared >= SHARED_MARKS), likeness, 0.0)
    rows, columns = linear_sum_assignment(-allowed)
    return [(int(a), int(b), float(allowed[a, b])) for a, b in zip(rows, columns, strict=True) if allowed[a, b] > 0]


def _keys(terms: Sequence[str]) -> dict[str, list[int]]:
    """Give the columns of each key: the number, or the first letters without accents."""
    columns: dict[str, list[int]] = {}
    for column, term in enumerate(terms):
        if " " in term:
            continue
        key = term if term[:1].isdigit() else anyascii(term).casefold()[:COGNATE_LETTERS]
        columns.setdefault(key, []).append(column)
    return columns


def _marks(counts: Floats, columns: dict[str, list[int]], keys: Sequence[str]) -> Floats:
    """Give how much more often each topic has each key than chance would have it, 0 where it is not marked by it."""
    by_key = np.stack([counts[:, columns[key]].sum(axis=1) for key in keys], axis=1)
    sizes = counts.sum(axis=1, keepdims=True)
    expected = sizes * by_key.sum(axis=0, keepdims=True) / max(float(sizes.sum()), 1.0)
    surplus = (by_key - expected) / np.sqrt(np.maximum(expected, 0.5))
    marks: Floats = np.where(surplus >= MARKED, surplus, 0.0)
    return marks


def _unit(rows: Floats) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: Floats = rows / np.where(lengths > 0, lengths, 1)
    return unit
