"""Incidence: which sentence names which actor, in which origin. What pairs and networks are counted from."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.corpus.counting import documents_standing_for_origins

RESAMPLES = 200
# Seats and demonyms stand for a state only in a manner of speaking: they do not put it into the sentence.
PAIR_FORMS = ("name", "acronym")
# Joint sentences looked at in one step: 4 million take about 200 MB.
_STEP = 4_000_000

Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class Incidence:
    """Which sentence names which actor.

    Attributes
    ----------
    matrix : csr_matrix of int64, sentences x actors
        1 where the sentence names the actor. Every row and every column holds at least one.
    actors : ndarray of str
        actor_id of each column, sorted.
    origins : ndarray of int
        Origin of each row, numbered from 0.
    documents : ndarray of int
        Document of each row, numbered from 0.
    """

    matrix: csr_matrix
    actors: NDArray[np.object_]
    origins: Wholes
    documents: Wholes

    @property
    def n_origins(self) -> int:
        """Origins that name an actor."""
        return int(self.origins.max(initial=-1)) + 1


def build_incidence(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    forms: Collection[str] = PAIR_FORMS,
    count_copies: bool = False,
) -> Incidence:
    """Build the incidence of sentences and actors.

    Parameters
    ----------
    mentions, documents : DataFrame
        The tables of these names.
    sentences : DataFrame, optional
        Table ``sentences``; when given, paragraphs that repeat an earlier one of their document do not count.
    forms : collection of str
        Forms of mention that count.
    count_copies : bool
        Whether every copy counts, or only the longest document of each origin (the first id among equals).

    Notes
    -----
    Deterministic; the order of the rows of `mentions` does not matter.
    """
    counted = mentions[mentions["form"].isin(list(forms)) & (mentions["actor_id"] != "")]
    if sentences is not None:
        repeated = sentences.loc[sentences["repeats_paragraph"].notna(), "sentence_id"]
        counted = counted[~counted["sentence_id"].isin(repeated)]
    if not count_copies:
        counted = counted[counted["document_id"].isin(list(documents_standing_for_origins(documents)))]
    return _fill(counted[["document_id", "sentence_id", "actor_id"]].drop_duplicates(), documents)


def _fill(counted: pd.DataFrame, documents: pd.DataFrame) -> Incidence:
    rows, sentence_ids = pd.factorize(counted["sentence_id"], sort=True)
    columns, actors = pd.factorize(counted["actor_id"], sort=True)
    shape = (len(sentence_ids), len(actors))
    matrix = csr_matrix((np.ones(len(counted), dtype=np.int64), (rows, columns)), shape=shape)
    matrix.sort_indices()
    document_of = np.empty(len(sentence_ids), dtype=object)
    document_of[rows] = counted["document_id"].to_numpy()
    origin_id = documents["origin_id"].where(documents["origin_id"] != "", documents["document_id"])
    origin_of = pd.Series(origin_id.to_numpy(), index=documents["document_id"].to_numpy())
    origins = pd.factorize(origin_of.reindex(document_of), sort=True)[0]
    return Incidence(matrix, np.asarray(actors, dtype=object), origins, pd.factorize(document_of, sort=True)[0])


def per_origin(incidence: Incidence, pairs: pd.DataFrame) -> tuple[csr_matrix, csr_matrix]:
    """Give joint sentences per pair and origin, and sentences per actor and origin.

    Parameters
    ----------
    pairs : DataFrame
        actor_a, actor_b: actor_ids, or column numbers of the incidence. A pair that never met has an empty row.

    Returns
    -------
    tuple of csr_matrix of int64
        pairs x origins and actors x origins, in the order of `pairs` and of ``incidence.actors``.
    """
    matrix, n_origins, n_actors = incidence.matrix, incidence.n_origins, len(incidence.actors)
    places = [_columns_of(incidence, pairs[side]) for side in ("actor_a", "actor_b")]
    codes = np.minimum(*places) * n_actors + np.maximum(*places)
    order = np.argsort(codes, kind="stable")
    found_pairs, found_origins = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for rows, joint in _meetings(matrix):
        at = np.minimum(np.searchsorted(codes, joint, sorter=order), max(len(codes) - 1, 0))
        wanted = np.flatnonzero(codes[order[at]] == joint) if len(codes) else np.zeros(0, dtype=np.int64)
        found_pairs.append(order[at[wanted]])
        found_origins.append(incidence.origins[rows[wanted]])
    pair, origin = np.concatenate(found_pairs), np.concatenate(found_origins)
    both = csr_matrix((np.ones(len(pair), dtype=np.int64), (pair, origin)), shape=(len(pairs), n_origins))
    membership = csr_matrix(
        (np.ones(matrix.shape[0], dtype=np.int64), (np.arange(matrix.shape[0]), incidence.origins)),
        shape=(matrix.shape[0], n_origins),
    )
    return both, csr_matrix(matrix.T @ membership)


def _columns_of(incidence: Incidence, side: pd.Series) -> Wholes:
    if side.dtype.kind in "iu":
        return side.to_numpy().astype(np.int64)
    return pd.Index(incidence.actors).get_indexer(pd.Index(side)).astype(np.int64)


def _meetings(matrix: csr_matrix) -> Iterator[tuple[Wholes, Wholes]]:
    """Give, some million at a time, each two actors of each row: the row, and first column * actors + second column.

    Going through the rows costs what is there; going through the columns of each pair would read the column of a much
    named actor once for each of its thousands of partners.
    """
    sizes = np.diff(matrix.indptr).astype(np.int64)
    ends = np.cumsum(sizes * (sizes - 1) // 2)
    start = 0
    while start < len(sizes):
        done = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, done + _STEP, side="right")))
        yield _meetings_of(matrix, np.arange(start, stop), sizes[start:stop])
        start = stop


def _meetings_of(matrix: csr_matrix, rows: Wholes, sizes: Wholes) -> tuple[Wholes, Wholes]:
    """Pair each entry of each row with all that follow it in the row."""
    ends = np.repeat(matrix.indptr[rows + 1].astype(np.int64), sizes)
    entries = np.arange(matrix.indptr[rows[0]], matrix.indptr[rows[-1] + 1], dtype=np.int64)
    n_following = ends - entries - 1
    first = np.repeat(entries, n_following)
    second = first + 1 + np.arange(len(first)) - np.repeat(np.cumsum(n_following) - n_following, n_following)
    columns = matrix.indices.astype(np.int64)
    return np.repeat(np.repeat(rows, sizes), n_following), columns[first] * matrix.shape[1] + columns[second]


def draw_origins(n_origins: int, seed: int) -> Wholes:
    """Draw `RESAMPLES` resamples of the origins, with replacement.

    Returns
    -------
    ndarray of int, n_origins x RESAMPLES
        How often each resample holds each origin; every column adds up to `n_origins`.

    References
    ----------
    Efron, B. and Tibshirani, R. (1993), An introduction to the bootstrap, ch. 6 (resampling whole clusters).
    """
    random = np.random.default_rng(seed)
    return random.multinomial(n_origins, np.full(n_origins, 1 / n_origins), size=RESAMPLES).T
