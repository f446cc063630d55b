"""Group texts that go back to one text: copies, light edits, a paragraph more or less, another outlet's furniture.

MinHash banding proposes pairs, the texts themselves decide. Everything stays close to linear in the number of texts,
also where thousands of them are alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from inchiesta.corpus.minhash import BANDS, ROWS, Hashes, Signatures, find_shingles, find_words

# Half of the shorter text stands in the longer one: less is a shared lead or quotation, not a copy.
MIN_CONTAINMENT = 0.5
# And the shared part is a fifth of both together: a short notice quoted in a long report is not its copy.
MIN_JACCARD = 0.2
# Two pairs in three that reach MIN_JACCARD are estimated above this, and no unrelated ones: cheap, before reading.
_MIN_ESTIMATE = 0.12
# A text of fewer words has too few shingles for a share to mean anything; it is grouped only with its equals.
MIN_WORDS = 15


def group_origins(document_ids: Sequence[str], signatures: Signatures, texts: Sequence[str]) -> pd.DataFrame:
    """Group documents by origin.

    Parameters
    ----------
    document_ids
        One per text, all different.
    signatures
        As `inchiesta.corpus.minhash.compute_signatures` gives them for ``texts``.
    texts
        Cleaned texts.

    Returns
    -------
    pandas.DataFrame
        ``document_id``; ``origin_id`` (``o`` and the digits of the longest document of the group); ``similarity``
        (0 to 1): share of the 3-word shingles of the shorter text, of this document and the longest, that stand in the
        other. In the order of ``document_ids``.

    Notes
    -----
    Deterministic; the order of the documents does not matter. A group holds the documents that are alike to its longest
    one, so texts are not chained from neighbour to neighbour. **What it does not show:** translations of one text (its
    wording is compared, not its meaning), or who copied from whom.
    """
    corpus = _Texts(document_ids, texts)
    pairs = _propose_pairs(signatures, corpus.long_enough)
    kept = [corpus.are_copies(a, b) for a, b in pairs]
    edges = np.vstack([pairs[kept], corpus.equal_pairs()]) if len(pairs) else corpus.equal_pairs()
    leader = np.arange(len(texts))
    similarity = np.ones(len(texts))
    for members in _components(edges, len(texts)):
        for first, others in corpus.split(members):
            leader[others] = first
            similarity[others] = [corpus.containment(first, other) for other in others]
    ids = list(document_ids)
    return pd.DataFrame(
        {
            "document_id": pd.Series(ids, dtype="str"),
            "origin_id": pd.Series(["o" + ids[first][1:] for first in leader], dtype="str"),
            "similarity": similarity,
        }
    )


class _Texts:
    """The texts with their shingles, computed when first needed: most texts are like no other."""

    def __init__(self, document_ids: Sequence[str], texts: Sequence[str]) -> None:
        self._ids = document_ids
        self._texts = texts
        self._shingles: dict[int, Hashes] = {}

    def shingles(self, row: int) -> Hashes:
        if row not in self._shingles:
            self._shingles[row] = find_shingles(self._texts[row])
        return self._shingles[row]

    @cached_property
    def long_enough(self) -> NDArray[np.bool_]:
        return np.fromiter((_has_words(text, MIN_WORDS) for text in self._texts), dtype=bool, count=len(self._texts))

    def equal_pairs(self) -> NDArray[np.int64]:
        """Pairs of texts with the same words, whatever their length."""
        first: dict[str, int] = {}
        pairs = []
        for row in np.flatnonzero(~self.long_enough).tolist():
            words = " ".join(find_words(self._texts[row]))
            if words and words in first:
                pairs.append((first[words], row))
            first.setdefault(words, row)
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def _shared(self, a: int, b: int) -> tuple[int, int, int]:
        one, other = self.shingles(a), self.shingles(b)
        return len(np.intersect1d(one, other, assume_unique=True)), len(one), len(other)

    def containment(self, a: int, b: int) -> float:
        shared, one, other = self._shared(a, b)
        return shared / max(1, min(one, other))

    def are_copies(self, a: int, b: int) -> bool:
        shared, one, other = self._shared(a, b)
        return shared >= MIN_CONTAINMENT * min(one, other) and shared >= MIN_JACCARD * (one + other - shared)

    def split(self, members: Iterable[int]) -> Iterable[tuple[int, list[int]]]:
        """Cut a component into groups, each of the texts alike to its longest."""
        left = sorted(members, key=lambda row: (-len(self.shingles(row)), self._ids[row]))
        while left:
            first, rest = left[0], left[1:]
            alike = [row for row in rest if self.are_copies(first, row)]
            yield first, alike
            taken = set(alike)
            left = [row for row in rest if row not in taken]


def _has_words(text: str, number: int) -> bool:
    return len(text) > 20 * number or len(find_words(text)) >= number


def _propose_pairs(signatures: Signatures, long_enough: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Give the pairs that fall together in a band and whose signatures are alike enough, each once."""
    rows = np.flatnonzero(long_enough)
    found = [_pairs_in_band(signatures[rows, band * ROWS : (band + 1) * ROWS], rows) for band in range(BANDS)]
    pairs = np.unique(np.vstack(found), axis=0) if rows.size else np.empty((0, 2), dtype=np.int64)
    if not len(pairs):
        return np.empty((0, 2), dtype=np.int64)
    alike = np.concatenate(
        [
            (signatures[part[:, 0]] == signatures[part[:, 1]]).mean(axis=1)
            for part in np.array_split(pairs, len(pairs) // 50_000 + 1)
        ]
    )
    return pairs[alike >= _MIN_ESTIMATE]


def _pairs_in_band(band: Signatures, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pair each text of a bucket with the bucket's first and with its neighbour: linear, however many are alike."""
    order = np.lexsort(band.T[::-1])
    same = (band[order[1:]] == band[order[:-1]]).all(axis=1)
    if not same.any():
        return np.empty((0, 2), dtype=np.int64)
    later = np.flatnonzero(same) + 1
    bucket = np.concatenate([[0], np.cumsum(~same)])
    firsts = np.flatnonzero(np.concatenate([[True], ~same]))[bucket]
    pairs = np.vstack(
        [np.column_stack([order[later - 1], order[later]]), np.column_stack([order[firsts[later]], order[later]])]
    )
    return np.sort(rows[pairs], axis=1)


def _components(edges: NDArray[np.int64], size: int) -> list[list[int]]:
    """Give the connected components of more than one text."""
    graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)
    return [group.tolist() for group in groups if len(group) > 1]
