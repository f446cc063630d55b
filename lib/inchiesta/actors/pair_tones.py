"""Signed pairs: the tone toward each of two actors in the sentences that name both."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from inchiesta.actors.incidence import locate_meetings


def sign_pairs(
    pairs: pd.DataFrame, mentions: pd.DataFrame, tones: pd.DataFrame, *, voice: str = "narrator"
) -> pd.DataFrame:
    """Give for each pair the mean tone toward each side in the sentences they share.

    Parameters
    ----------
    pairs : DataFrame
        actor_a, actor_b are read.
    mentions : DataFrame
        The mentions that make pairs (`inchiesta.actors.text_units.count_once`): with copies among them, their
        sentences weigh more.
    tones : DataFrame
        Table ``tones``.
    voice : str
        narrator or quoted.

    Returns
    -------
    DataFrame
        actor_a, actor_b; tone_a: mean tone toward actor_a, -1 to 1, empty where no shared sentence is toned toward
        it; n_tone_a: sentences behind it; tone_b, n_tone_b likewise. In the order of `pairs`.

    Notes
    -----
    Deterministic. A tone toward an actor is that of the sentence's words near its name: it does not say what the one
    thinks of the other.
    """
    sentence, sentence_ids = pd.factorize(mentions["sentence_id"], sort=True)
    actor, actor_ids = pd.factorize(mentions["actor_id"], sort=True)
    shape = (len(sentence_ids), len(actor_ids))
    matrix = csr_matrix((np.ones(len(mentions), dtype=np.int64), (sentence, actor)), shape=shape)
    columns = {side: actor_ids.get_indexer(pd.Index(pairs[side])) for side in ("actor_a", "actor_b")}
    pair, row = locate_meetings(matrix, *columns.values())
    heard = tones.loc[tones["voice"] == voice, ["sentence_id", "actor_id", "score"]]
    signed = pairs[["actor_a", "actor_b"]].reset_index(drop=True)
    for name, side in (("a", "actor_a"), ("b", "actor_b")):
        shared = pd.DataFrame(
            {"pair": pair, "sentence_id": sentence_ids[row], "actor_id": actor_ids[columns[side][pair]]}
        )
        scores = shared.merge(heard, on=["sentence_id", "actor_id"]).groupby("pair")["score"]
        signed[f"tone_{name}"] = scores.mean().reindex(signed.index).astype("float64")
        signed[f"n_tone_{name}"] = scores.size().reindex(signed.index, fill_value=0).astype("int64")
    return signed
