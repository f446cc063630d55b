"""Conspicuous silences: actors so often named that chance would bring them together, and who are kept apart."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.actors.chance import adjust, lower_tail
from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.dealing import Dealing, fit_dealing
from inchiesta.actors.incidence import Incidence, fill_incidence
from inchiesta.actors.pairs import count_meetings
from inchiesta.actors.text_units import count_once
from inchiesta.tables import empty_table, table_of

# A silence is listed from this p-value on; the correction is beside it.
LISTED = 0.05

Wholes = NDArray[np.int64]


def count_silences(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> pd.DataFrame:
    """Find the pairs of actors that meet less often than chance would have it.

    Parameters
    ----------
    mentions, documents, sentences, counting
        As for `inchiesta.actors.pairs.count_pairs`.

    Returns
    -------
    DataFrame
        Table ``silences``: the pairs with p of at most .05, sorted by p_value, then falling expected, then ids.

    Raises
    ------
    ParameterError
        If `sentences` is needed.

    Notes
    -----
    Deterministic. Chance is that of `count_pairs`. Tested are only pairs for which never meeting would have p of at
    most .05. That takes one expected meeting at least, three as a rule; and the expected meetings of all pairs add up
    to those counted. So no more pairs are tested than there are meetings, however many actors there are. q_value
    corrects over the pairs tested. A small corpus can have no silence: that is no finding.

    Most silences are two stories that have nothing to do with each other. Compare n_documents with
    expected_documents: two who are named in the same documents as often as expected, and in no sentence together, are
    kept apart by the writing and not by the subject. Two names of one actor that were not joined look the same.
    """
    counted = count_once(mentions, documents, sentences=sentences, counting=counting)
    incidence, by_document = (
        fill_incidence(counted, documents, sentences, each) for each in (counting, replace(counting, unit="document"))
    )
    silences = _test(incidence)
    if silences.empty:
        return empty_table("silences")
    first, second = (by_document.totals[silences[side].to_numpy()] for side in ("actor_a", "actor_b"))
    silences["n_documents"] = _count_together(by_document, silences)
    silences["expected_documents"] = fit_dealing(by_document.matrix).expect(first, second)
    for side in ("actor_a", "actor_b"):
        silences[side] = pd.Series(incidence.actors[silences[side].to_numpy()], dtype="str")
    return silences.assign(unit=pd.Series(counting.unit, index=silences.index, dtype="str"))[table_of("silences").names]


def _test(incidence: Incidence) -> pd.DataFrame:
    """Test the pairs that can be silent; actors stand as column numbers."""
    totals, dealing = incidence.totals, fit_dealing(incidence.matrix)
    pairs = _find_candidates(totals, dealing)
    first, second = totals[pairs["actor_a"].to_numpy()], totals[pairs["actor_b"].to_numpy()]
    together = _count_together(incidence, pairs)
    p_values = lower_tail(together, first, second, dealing.effective_units(first, second))
    pairs = pairs.assign(
        n_together=together,
        expected=dealing.expect(first, second),
        p_value=p_values,
        q_value=adjust(p_values, len(p_values)),
    )
    return pairs[pairs["p_value"] <= LISTED].sort_values(
        ["p_value", "expected", "actor_a", "actor_b"],
        ascending=[True, False, True, True],
        kind="stable",
        ignore_index=True,
    )


def _find_candidates(totals: Wholes, dealing: Dealing) -> pd.DataFrame:
    """Give the pairs whose silence could be significant at all: for each actor, those named often enough."""
    frequencies = dealing.frequencies
    # Who is expected to meet less often than this is silent by chance more often than LISTED (Markov's inequality).
    few, many = np.nonzero(dealing.expected >= 1 - LISTED)
    first, second = frequencies[few], frequencies[many]
    never = lower_tail(np.zeros(1, dtype=np.int64), first, second, dealing.effective_units(first, second))
    kinds = np.searchsorted(frequencies, totals)
    members = np.bincount(kinds, minlength=len(frequencies))
    # The chance of silence falls with both frequencies: from the most named down, the partners of an actor are all from
    # the first to some last.
    possible = never <= LISTED
    n_partners = np.bincount(few[possible], weights=members[many[possible]], minlength=len(frequencies)).astype(
        np.int64
    )
    order = np.argsort(-totals, kind="stable")
    place = np.arange(len(order))
    n_later = np.maximum(n_partners[kinds[order]] - place - 1, 0)
    one = np.repeat(place, n_later)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(n_later) - n_later, n_later)
    pair = np.stack([order[one], order[other]])
    return pd.DataFrame({"actor_a": pair.min(axis=0), "actor_b": pair.max(axis=0)})


def _count_together(incidence: Incidence, pairs: pd.DataFrame) -> Wholes:
    """Count the units that name both actors (column numbers) of each pair, 0 for those that never met."""
    columns = np.unique(pairs[["actor_a", "actor_b"]].to_numpy())
    first, second = (np.searchsorted(columns, pairs[side].to_numpy()) for side in ("actor_a", "actor_b"))
    met = count_meetings(replace(incidence, matrix=incidence.matrix[:, columns]))
    counts = pd.Series(
        met["n_together"].to_numpy(), index=met["actor_a"].to_numpy() * len(columns) + met["actor_b"].to_numpy()
    )
    return counts.reindex(first * len(columns) + second, fill_value=0).to_numpy().astype(np.int64)
