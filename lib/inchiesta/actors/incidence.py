"""Incidence: which unit of text names which actor, in which origin. What pairs and networks are counted from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.text_units import count_once, number_units

RESAMPLES = 200
# Meetings looked at in one step: 4 million take about 200 MB.
_STEP = 4_000_000

Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class Incidence:
    """Which unit (a sentence unless said otherwise) names which actor.

    Attributes
    ----------
    matrix : csr_matrix of int64, units x actors
        1 where the unit names the actor. Every row and every column holds at least one.
    actors : ndarray of str
        actor_id of each column, sorted.
    origins : ndarray of int
        Origin of each row, numbered from 0.
    documents : ndarray of int
        Document of each row, numbered from 0.
    origin_ids : ndarray of str
        origin_id of each number in ``origins``.
    """

    matrix: csr_matrix
    actors: NDArray[np.object_]
    origins: Wholes
    documents: Wholes
    origin_ids: NDArray[np.object_]

    @property
    def n_origins(self) -> int:
        """Origins that name an actor."""
        return int(self.origins.max(initial=-1)) + 1

    @property
    def totals(self) -> Wholes:
        """Units that name each actor."""
        return np.asarray(self.matrix.sum(axis=0)).ravel().astype(np.int64)


def build_incidence(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> Incidence:
    """Build the incidence of units and actors.

    Parameters
    ----------
    mentions, documents : DataFrame
        The tables of these names.
    sentences : DataFrame, optional
        Table ``sentences``. Without it nothing is known of paragraphs: repeated ones and datelines count, and the unit
        can only be a sentence or a document.
    counting : Counting
        Where two actors meet, and what counts; of copies the longest document (the first id among equals).

    Raises
    ------
    ParameterError
        If `sentences` is needed.

    Notes
    -----
    Deterministic; the order of the rows of `mentions` does not matter.
    """
    counted = count_once(mentions, documents, sentences=sentences, counting=counting)
    return fill_incidence(counted, documents, sentences, counting)


def fill_incidence(
    counted: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame | None, counting: Counting
) -> Incidence:
    """Build the incidence of the mentions ``counted``, as `inchiesta.actors.text_units.count_once` gives them."""
    units = number_units(counted, sentences, counting)
    counted = counted.assign(unit=units)[["document_id", "unit", "actor_id"]].drop_duplicates()
    document, document_ids = pd.factorize(counted["document_id"], sort=True)
    # A unit is known by its document and its number there.
    place = document * (int(counted["unit"].max()) + 1 if len(counted) else 1) + counted["unit"].to_numpy()
    rows, places = pd.factorize(place, sort=True)
    columns, actors = pd.factorize(counted["actor_id"], sort=True)
    shape = (len(places), len(actors))
    matrix = csr_matrix((np.ones(len(counted), dtype=np.int64), (rows, columns)), shape=shape)
    document_of_row = np.zeros(len(places), dtype=np.int64)
    document_of_row[rows] = document
    origin_of = find_origins(documents)
    origins, origin_ids = pd.factorize(origin_of.reindex(document_ids), sort=True)
    return Incidence(
        matrix,
        np.asarray(actors, dtype=object),
        origins[document_of_row],
        document_of_row,
        np.asarray(origin_ids, dtype=object),
    )


def find_origins(documents: pd.DataFrame) -> pd.Series:
    """Give the origin_id by document_id; a document without an origin is its own."""
    origin_id = documents["origin_id"].where(documents["origin_id"] != "", documents["document_id"])
    return pd.Series(origin_id.to_numpy(), index=documents["document_id"].to_numpy())


def per_origin(incidence: Incidence, pairs: pd.DataFrame) -> tuple[csr_matrix, csr_matrix]:
    """Give shared units per pair and origin, and units per actor and origin.

    Parameters
    ----------
    pairs : DataFrame
        actor_a, actor_b: actor_ids, or column numbers of the incidence. A pair that never met has an empty row.

    Returns
    -------
    tuple of csr_matrix of int64
        pairs x origins and actors x origins, in the order of `pairs` and of ``incidence.actors``.
    """
    matrix, n_origins = incidence.matrix, incidence.n_origins
    pair, unit = locate_meetings(matrix, *(columns_of(incidence, pairs[side]) for side in ("actor_a", "actor_b")))
    both = csr_matrix((np.ones(len(pair), dtype=np.int64), (pair, incidence.origins[unit])), (len(pairs), n_origins))
    units = np.arange(matrix.shape[0])
    membership = csr_matrix((np.ones(len(units), dtype=np.int64), (units, incidence.origins)), (len(units), n_origins))
    return both, csr_matrix(matrix.T @ membership)


def columns_of(incidence: Incidence, side: pd.Series) -> Wholes:
    """Give the columns of actors: actor_ids are looked up (-1 where there is none), numbers stay."""
    if side.dtype.kind in "iu":
        return side.to_numpy().astype(np.int64)
    return pd.Index(incidence.actors).get_indexer(pd.Index(side)).astype(np.int64)


def locate_meetings(matrix: csr_matrix, first: Wholes, second: Wholes) -> tuple[Wholes, Wholes]:
    """Give the meetings of pairs of columns: the place of the pair in ``first`` and ``second``, and the row.

    Each pair may be listed once only.
    """
    codes = np.minimum(first, second) * matrix.shape[1] + np.maximum(first, second)
    order = np.argsort(codes, kind="stable")
    in_order = codes[order]
    pairs, rows = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for row, met in find_meetings(matrix) if len(codes) else ():
        at = np.minimum(np.searchsorted(in_order, met), len(codes) - 1)
        wanted = in_order[at] == met
        pairs.append(order[at[wanted]])
        rows.append(row[wanted])
    return np.concatenate(pairs), np.concatenate(rows)


def find_meetings(matrix: csr_matrix) -> Iterator[tuple[Wholes, Wholes]]:
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
    drawn = random.multinomial(n_origins, np.full(n_origins, 1 / n_origins), size=RESAMPLES).T
    # In rows, as a sparse product wants it: else every product would turn it anew.
    return np.ascontiguousarray(drawn)
