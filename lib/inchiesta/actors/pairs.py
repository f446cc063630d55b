"""Pairs: who is named in one sentence with whom, against what chance would give, and how stable that is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu

from inchiesta.actors.chance import adjust, g_squared, npmi, upper_tail
from inchiesta.actors.incidence import PAIR_FORMS, Incidence, build_incidence, draw_origins, per_origin
from inchiesta.tables import empty_table, table_of

# With fewer origins a resample repeats the same few texts: the share would look precise and be none.
FEWEST_ORIGINS = 5
# Pairs resampled at a time: 20,000 x 200 numbers are 32 MB.
CHUNK = 20_000

Shares = NDArray[np.float64]


def count_pairs(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    forms: Collection[str] = PAIR_FORMS,
    min_sentences: int = 1,
    seed: int = 0,
) -> pd.DataFrame:
    """Count which actors are named in one sentence, each origin once, and compare with chance.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` after `inchiesta.actors.resolve.resolve_actors`.
    documents : DataFrame
        Table ``documents``; document_id, origin_id, n_chars, status are read.
    sentences : DataFrame, optional
        Table ``sentences``; when given, paragraphs that repeat an earlier one of their document do not count.
    forms : collection of str
        Forms of mention that count. Seats and demonyms stand for a state only in a manner of speaking.
    min_sentences : int
        Pairs met in fewer sentences are not listed (they still count in the correction), 1 and up.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        Table ``pairs``: one row per pair that met, sorted by q_value, then falling g2, then ids.

    Notes
    -----
    Deterministic for a seed. Copies: of each origin only the longest document counts (the first id among equals), so a
    sentence that only another copy has is not seen; n_documents alone covers all copies.
    The universe is the sentences that name at least one counted actor: sentences without any say nothing about who
    meets whom and would make every meeting look like a surprise. q_value corrects over all pairs of counted actors,
    met or not. Stability is the share of 200 resamples of origins in which the pair meets, and more often than
    expected; empty where the corpus has fewer than 5 origins. Not shown: *why* two are named together; a sentence
    that lists twenty names makes 190 pairs.
    """
    incidence = build_incidence(mentions, documents, sentences=sentences, forms=forms)
    if not len(incidence.actors):
        return empty_table("pairs")
    pairs = _measure(incidence)
    n_actors = len(incidence.actors)
    pairs["q_value"] = adjust(pairs["p_value"].to_numpy(), n_actors * (n_actors - 1) // 2)
    pairs = pairs[pairs["n_sentences"] >= min_sentences].reset_index(drop=True)
    both, single = per_origin(incidence, pairs)
    pairs["stability"] = _resample(incidence, both, single, pairs, seed)
    pairs["n_origins"] = _count_clusters(both)
    for side in ("actor_a", "actor_b"):
        pairs[side] = pd.Series(incidence.actors[pairs[side].to_numpy()], dtype="str")
    copies = build_incidence(mentions, documents, sentences=sentences, forms=forms, count_copies=True)
    pairs["n_documents"] = count_documents(copies, pairs)
    pairs = pairs.sort_values(
        ["q_value", "g2", "actor_a", "actor_b"], ascending=[True, False, True, True], kind="stable", ignore_index=True
    )
    return pairs[table_of("pairs").names]


def _measure(incidence: Incidence) -> pd.DataFrame:
    """Count the pairs that met and measure them against chance; actors stand as column numbers."""
    matrix = incidence.matrix
    met = triu(matrix.T @ matrix, k=1).tocoo()
    totals = np.asarray(matrix.sum(axis=0)).ravel()
    together = met.data.astype(np.int64)
    first, second = totals[met.row], totals[met.col]
    n_sentences = matrix.shape[0]
    return pd.DataFrame(
        {
            "actor_a": met.row.astype(np.int64),
            "actor_b": met.col.astype(np.int64),
            "n_sentences": together,
            "expected": first * second / n_sentences,
            "npmi": npmi(together, first, second, n_sentences),
            "g2": g_squared(together, first, second, n_sentences),
            "p_value": upper_tail(together, first, second, n_sentences),
        }
    )


def count_documents(incidence: Incidence, pairs: pd.DataFrame) -> NDArray[np.int64]:
    """Count the documents in which a sentence names both actors of each pair."""
    by_document = replace(incidence, origins=incidence.documents)
    return _count_clusters(per_origin(by_document, pairs)[0])


def _count_clusters(met: csr_matrix) -> NDArray[np.int64]:
    """Count in how many columns each row is not empty."""
    return np.diff(met.indptr).astype(np.int64)


def _resample(incidence: Incidence, both: csr_matrix, single: csr_matrix, pairs: pd.DataFrame, seed: int) -> Shares:
    """Give the share of resamples of origins in which each pair meets more often than expected."""
    if incidence.n_origins < FEWEST_ORIGINS:
        return np.full(len(pairs), np.nan)
    weights = draw_origins(incidence.n_origins, seed)
    n_sentences = np.bincount(incidence.origins, minlength=incidence.n_origins) @ weights
    totals = single @ weights
    shares = [np.zeros(0)]
    for start in range(0, len(pairs), CHUNK):
        chunk = slice(start, start + CHUNK)
        together = both[chunk] @ weights
        first, second = (totals[pairs[side].to_numpy()[chunk]] for side in ("actor_a", "actor_b"))
        shares.append(((together >= 1) & (together * n_sentences > first * second)).mean(axis=1))
    return np.concatenate(shares)
