"""Pairs: who is named in one sentence with whom, against what chance would give, and how stable that is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu

from inchiesta.actors.chance import adjust, g_squared, npmi, upper_tail
from inchiesta.corpus.counting import documents_standing_for_origins
from inchiesta.tables import table_of

RESAMPLES = 200
# With fewer origins a resample repeats the same few texts: the share would look precise and be none.
FEWEST_ORIGINS = 5
# Pairs resampled at a time: 20,000 x 200 numbers are 32 MB.
CHUNK = 20_000


@dataclass(frozen=True)
class Incidence:
    """Which sentence names which actor: a matrix of sentences and actors, and the origin of each sentence."""

    matrix: csr_matrix
    actors: NDArray[np.object_]
    origins: NDArray[np.int64]


def count_pairs(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    forms: Collection[str] = ("name", "acronym"),
    min_sentences: int = 1,
    seed: int = 0,
) -> pd.DataFrame:
    """Count which actors are named in one sentence, each origin once, and compare with chance.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` after `inchiesta.actors.resolve.resolve_actors`.
    documents : DataFrame
        Table ``documents``; document_id, origin_id, n_sentences are read.
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
    counted = _count_once(mentions, documents, sentences, forms)
    chosen = counted[counted["document_id"].isin(list(documents_standing_for_origins(documents)))]
    if chosen.empty:
        return _empty()
    incidence = _build_incidence(chosen, documents)
    pairs, n_actors = _measure(incidence)
    pairs["q_value"] = adjust(pairs["p_value"].to_numpy(), n_actors * (n_actors - 1) // 2)
    pairs = pairs[pairs["n_sentences"] >= min_sentences].reset_index(drop=True)
    pairs["stability"] = _resample(incidence, pairs, seed)
    pairs["n_origins"] = _count_origins(incidence, pairs)
    pairs["n_documents"] = _count_documents(counted, incidence.actors, pairs)
    for side in ("actor_a", "actor_b"):
        pairs[side] = pd.Series(incidence.actors[pairs[side].to_numpy()], dtype="str")
    pairs = pairs.sort_values(
        ["q_value", "g2", "actor_a", "actor_b"], ascending=[True, False, True, True], kind="stable", ignore_index=True
    )
    return pairs[table_of("pairs").names]


def _empty() -> pd.DataFrame:
    whole, text = ("n_sentences", "n_documents", "n_origins"), ("actor_a", "actor_b")
    types = {
        name: "int64" if name in whole else "str" if name in text else "float64" for name in table_of("pairs").names
    }
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in types.items()})


def _count_once(
    mentions: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame | None, forms: Collection[str]
) -> pd.DataFrame:
    """Give each sentence and actor once, without forms that do not count and without repeated paragraphs."""
    counted = mentions[mentions["form"].isin(list(forms)) & (mentions["actor_id"] != "")]
    if sentences is not None:
        repeated = sentences.loc[sentences["repeats_paragraph"].notna(), "sentence_id"]
        counted = counted[~counted["sentence_id"].isin(repeated)]
    return counted[["document_id", "sentence_id", "actor_id"]].drop_duplicates()


def _build_incidence(chosen: pd.DataFrame, documents: pd.DataFrame) -> Incidence:
    rows, sentence_ids = pd.factorize(chosen["sentence_id"], sort=True)
    columns, actors = pd.factorize(chosen["actor_id"], sort=True)
    shape = (len(sentence_ids), len(actors))
    matrix = csr_matrix((np.ones(len(chosen), dtype=np.int64), (rows, columns)), shape=shape)
    origin_of = documents.set_index("document_id")["origin_id"]
    by_sentence = chosen.drop_duplicates("sentence_id").set_index("sentence_id")["document_id"].map(origin_of)
    origins, _ = pd.factorize(by_sentence.reindex(sentence_ids), sort=True)
    return Incidence(matrix, np.asarray(actors, dtype=object), origins)


def _measure(incidence: Incidence) -> tuple[pd.DataFrame, int]:
    """Count the pairs that met and measure them against chance; actors stand as column numbers."""
    matrix = incidence.matrix
    met = triu(matrix.T @ matrix, k=1).tocoo()
    totals = np.asarray(matrix.sum(axis=0)).ravel()
    together = met.data.astype(np.int64)
    first, second = totals[met.row], totals[met.col]
    n_sentences = matrix.shape[0]
    pairs = pd.DataFrame(
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
    return pairs, matrix.shape[1]


def _per_origin(incidence: Incidence, pairs: pd.DataFrame) -> tuple[csr_matrix, csr_matrix]:
    """Give joint sentences per pair and origin, and sentences per actor and origin."""
    matrix = incidence.matrix
    n_sentences, n_origins = matrix.shape[0], int(incidence.origins.max()) + 1
    membership = csr_matrix(
        (np.ones(n_sentences, dtype=np.int64), (np.arange(n_sentences), incidence.origins)),
        shape=(n_sentences, n_origins),
    )
    by_column = matrix.tocsc()
    both = by_column[:, pairs["actor_a"].to_numpy()].multiply(by_column[:, pairs["actor_b"].to_numpy()])
    return csr_matrix(both.T @ membership), csr_matrix(matrix.T @ membership)


def _chunks(pairs: pd.DataFrame) -> list[slice]:
    return [slice(start, start + CHUNK) for start in range(0, len(pairs), CHUNK)]


def _count_origins(incidence: Incidence, pairs: pd.DataFrame) -> NDArray[np.int64]:
    counts = [np.diff(_per_origin(incidence, pairs.iloc[chunk])[0].indptr) for chunk in _chunks(pairs)]
    return np.concatenate(counts).astype(np.int64) if counts else np.zeros(0, dtype=np.int64)


def _resample(incidence: Incidence, pairs: pd.DataFrame, seed: int) -> NDArray[np.float64]:
    """Give the share of resamples of origins in which each pair meets more often than expected."""
    n_origins = int(incidence.origins.max()) + 1
    if n_origins < FEWEST_ORIGINS:
        return np.full(len(pairs), np.nan)
    random = np.random.default_rng(seed)
    weights = random.multinomial(n_origins, np.full(n_origins, 1 / n_origins), size=RESAMPLES).T
    n_sentences = np.bincount(incidence.origins, minlength=n_origins) @ weights
    shares = []
    for chunk in _chunks(pairs):
        both, single = _per_origin(incidence, pairs.iloc[chunk])
        totals = single @ weights
        together = both @ weights
        first, second = totals[pairs["actor_a"].to_numpy()[chunk]], totals[pairs["actor_b"].to_numpy()[chunk]]
        shares.append(((together >= 1) & (together * n_sentences > first * second)).mean(axis=1))
    return np.concatenate(shares) if shares else np.zeros(0)


def _count_documents(counted: pd.DataFrame, actors: NDArray[np.object_], pairs: pd.DataFrame) -> NDArray[np.int64]:
    """Count the documents, copies included, in which a sentence names both."""
    numbers = {actor: number for number, actor in enumerate(actors)}
    known = counted[counted["actor_id"].isin(actors)]
    known = known.assign(actor=known["actor_id"].map(numbers))[["document_id", "sentence_id", "actor"]]
    met = known.merge(known, on=["document_id", "sentence_id"], suffixes=("_a", "_b"))
    met = met[met["actor_a"] < met["actor_b"]].drop_duplicates(["document_id", "actor_a", "actor_b"])
    counts = met.groupby(["actor_a", "actor_b"]).size().rename("n_documents")
    joined = pairs[["actor_a", "actor_b"]].join(counts, on=["actor_a", "actor_b"])
    return joined["n_documents"].fillna(0).to_numpy().astype(np.int64)
