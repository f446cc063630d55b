"""Pairs: who is named together with whom, against what chance would give, and how stable that is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, triu

from inchiesta.actors.chance import adjust, g_squared, npmi, upper_tail_once_met
from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.dealing import fit_dealing
from inchiesta.actors.incidence import Incidence, fill_incidence, per_origin
from inchiesta.actors.stability import measure_stability
from inchiesta.actors.text_units import count_once, drop_copies
from inchiesta.tables import empty_table, table_of

# The usual level, after the correction for many tests: below it a pair is said to survive chance.
SURVIVES = 0.05

Wholes = NDArray[np.int64]


def count_pairs(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
    min_sentences: int = 1,
    seed: int = 0,
) -> pd.DataFrame:
    """Count which actors are named together, each origin once, and compare with chance.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` after `inchiesta.actors.resolve.resolve_actors`.
    documents : DataFrame
        Table ``documents``; document_id, origin_id, n_chars, status are read.
    sentences : DataFrame, optional
        Table ``sentences``; when given, paragraphs that repeat an earlier one of their document and names in datelines
        do not count. Needed for paragraphs and windows.
    counting : Counting
        Where two actors meet, and what counts; default: sentences, each origin once.
    min_sentences : int
        Pairs that share fewer units are not listed (they still count in the correction), 1 and up.
    seed : int
        Seed of the resampling.

    Returns
    -------
    DataFrame
        Table ``pairs``: one row per pair that met, sorted by q_value, then falling g2, then ids.

    Raises
    ------
    ParameterError
        If `sentences` is needed.

    Notes
    -----
    Deterministic for a seed. Copies: of each origin only the longest document counts (the first id among equals), so a
    sentence that only another copy has is not seen; n_documents alone covers all copies.

    Chance is what dealing the names at random to the places where names stand would give: each unit keeps the number of
    actors it names, each actor the number of units (`inchiesta.actors.dealing`); ``expected``, ``npmi``, ``g2`` and
    ``p_value`` all rest on it. Units without a counted actor say nothing about who meets whom. The p-value is that of
    meeting so often *for two who met at all* (hypergeometric, exact in the number of units in which independent actors
    would meet as often): a single meeting has p = 1. q_value corrects over all pairs that met.

    Sentences of one article are not independent: a pair that a single article names together in sentence after sentence
    survives. n_origins and ``stability`` tell: the share of 200 resamples of origins in which the pair meets, and more
    often than expected; empty where the corpus has fewer than 5 origins. A headline counts as a sentence: it states
    something, which a dateline does not. Not shown: *why* two are named together.
    """
    every = count_once(mentions, documents, sentences=sentences, counting=counting.with_copies())
    counted = every if counting.count_copies else drop_copies(every, documents)
    incidence = fill_incidence(counted, documents, sentences, counting)
    pairs = _measure(incidence)
    pairs["q_value"] = adjust(pairs["p_value"].to_numpy(), len(pairs))
    pairs = pairs[pairs["n_together"] >= min_sentences]
    pairs = pairs.sort_values(
        ["q_value", "g2", "actor_a", "actor_b"], ascending=[True, False, True, True], kind="stable", ignore_index=True
    )
    if pairs.empty:
        return empty_table("pairs")
    both = per_origin(incidence, pairs)[0]
    pairs["n_origins"] = count_filled(both)
    pairs["stability"] = measure_stability(incidence, pairs, both, seed)
    for side in ("actor_a", "actor_b"):
        pairs[side] = pd.Series(incidence.actors[pairs[side].to_numpy()], dtype="str")
    # Counted over all copies, and in sentences whatever the unit: that is what evidence shows.
    copies = fill_incidence(every, documents, sentences, counting)
    pairs["n_documents"] = count_documents(copies, pairs)
    pairs["n_sentences"] = pairs["n_together"]
    if counting.unit != "sentence":
        by_sentence = fill_incidence(counted, documents, sentences, replace(counting, unit="sentence"))
        pairs["n_sentences"] = per_origin(by_sentence, pairs)[0].sum(axis=1)
    return pairs.assign(unit=pd.Series(counting.unit, index=pairs.index, dtype="str"))[table_of("pairs").names]


def _measure(incidence: Incidence) -> pd.DataFrame:
    """Count the pairs that met and measure them against chance; actors stand as column numbers."""
    pairs = count_meetings(incidence)
    totals = incidence.totals
    first, second = (totals[pairs[side].to_numpy()] for side in ("actor_a", "actor_b"))
    # All measures follow from three numbers, which most pairs share with thousands of others.
    kinds, kind = _distinct(pairs["n_together"].to_numpy(), np.minimum(first, second), np.maximum(first, second))
    together, fewer, more = kinds
    dealing = fit_dealing(incidence.matrix)
    n_units = dealing.effective_units(fewer, more)
    measures = {
        "expected": dealing.expect(fewer, more),
        "npmi": npmi(together, fewer, more, n_units),
        "g2": g_squared(together, fewer, more, n_units),
        "p_value": upper_tail_once_met(together, fewer, more, n_units),
    }
    return pairs.assign(**{name: values[kind] for name, values in measures.items()})


def count_meetings(incidence: Incidence) -> pd.DataFrame:
    """Give actor_a, actor_b (column numbers, the smaller first) and n_together of the pairs that met."""
    # 32 bits hold any count of units, and half of the memory of a hundred million products.
    matrix = incidence.matrix.astype(np.int32)
    met = triu(matrix.T @ matrix, k=1, format="coo")
    return pd.DataFrame(
        {
            "actor_a": met.row.astype(np.int64),
            "actor_b": met.col.astype(np.int64),
            "n_together": met.data.astype(np.int64),
        }
    )


def _distinct(*columns: Wholes) -> tuple[tuple[Wholes, ...], Wholes]:
    """Give the different rows of three columns, and for each row which of them it is."""
    code = columns[0]
    for column in columns[1:]:
        code = np.unique(code, return_inverse=True)[1] * (int(column.max(initial=0)) + 1) + column
    _, first, kind = np.unique(code, return_index=True, return_inverse=True)
    return tuple(column[first] for column in columns), kind


def count_documents(incidence: Incidence, pairs: pd.DataFrame) -> Wholes:
    """Count the documents in which a unit names both actors of each pair."""
    return count_filled(per_origin(replace(incidence, origins=incidence.documents), pairs)[0])


def count_filled(matrix: csr_matrix) -> Wholes:
    """Count the entries of each row."""
    return np.diff(matrix.indptr).astype(np.int64)


def compare_copies(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> pd.DataFrame:
    """Give the pairs that flip: they survive chance when copies count once and not when each counts, or vice versa.

    Parameters
    ----------
    mentions, documents, sentences, counting
        As for `count_pairs`; copies are counted in both ways, whatever `counting` says of them.

    Returns
    -------
    DataFrame
        actor_a, actor_b; survives: once or copies, the way of counting in which q < .05; n_once, n_copies: shared units
        in either (0 where they did not meet); q_once, q_copies (0 to 1; 1 where they did not meet). Sorted by the
        smaller of the two q, then ids. Empty where no pair flips.

    Notes
    -----
    Deterministic. A pair that survives only with copies was made by syndication, not by reporting; one that survives
    only without them is drowned by texts that many reprinted. Near the threshold a pair flips for little.
    """
    every = count_once(mentions, documents, sentences=sentences, counting=counting.with_copies())
    once, copies = (
        _test(fill_incidence(counted, documents, sentences, counting))
        for counted in (drop_copies(every, documents), every)
    )
    both = once.merge(copies, on=["actor_a", "actor_b"], how="outer", suffixes=("_once", "_copies"))
    both = both.fillna({"n_once": 0, "n_copies": 0, "q_once": 1.0, "q_copies": 1.0})
    both = both.astype({"n_once": "int64", "n_copies": "int64"})
    flips = both[(both["q_once"] < SURVIVES) != (both["q_copies"] < SURVIVES)]
    flips = flips.assign(
        survives=pd.Series(np.where(flips["q_once"] < SURVIVES, "once", "copies"), index=flips.index, dtype="str"),
        least=flips[["q_once", "q_copies"]].min(axis=1),
    ).sort_values(["least", "actor_a", "actor_b"], kind="stable", ignore_index=True)
    return flips[["actor_a", "actor_b", "survives", "n_once", "n_copies", "q_once", "q_copies"]]


def count_met(
    counted: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> int:
    """Count the pairs that meet at all, among the mentions ``counted`` (`inchiesta.actors.text_units.count_once`)."""
    return len(count_meetings(fill_incidence(counted, documents, sentences, counting)))


def _test(incidence: Incidence) -> pd.DataFrame:
    """Give actor_a, actor_b (ids), n and q of the pairs that met."""
    pairs = _measure(incidence)
    ids = {side: pd.Series(incidence.actors[pairs[side].to_numpy()], dtype="str") for side in ("actor_a", "actor_b")}
    return pd.DataFrame({**ids, "n": pairs["n_together"], "q": adjust(pairs["p_value"].to_numpy(), len(pairs))})
