"""Pairs over time: in how many origins of each month two actors meet."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.incidence import build_incidence, find_origins, per_origin

_COLUMNS = ["actor_a", "actor_b", "month", "n_origins", "base"]


def count_pairs_over_time(
    pairs: pd.DataFrame,
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> pd.DataFrame:
    """Count the origins in which pairs meet, month by month.

    Parameters
    ----------
    pairs : DataFrame
        actor_a, actor_b: the pairs to follow, such as the first of table ``pairs``.
    mentions, documents, sentences, counting
        As for `inchiesta.actors.pairs.count_pairs`; of the documents, published_on and date_precision are read, too.

    Returns
    -------
    DataFrame
        actor_a, actor_b; month: 2024-03; n_origins: origins of the month in which they meet, empty where the corpus has
        none of that month; base: origins of the month. Every month from the first dated one to the last, in the order
        of `pairs`, then months. No row where no document is dated to the month.

    Notes
    -----
    Deterministic. An origin belongs to the month of its first dated document. Documents dated to a year only, or not at
    all, are left out: a year is no month. A month without texts is a gap, not a zero; and with few texts a zero says
    little: read n_origins against base.
    """
    months = _find_months(documents)
    if months.empty or pairs.empty:
        types = {"actor_a": "str", "actor_b": "str", "month": "str", "n_origins": "float64", "base": "int64"}
        return pd.DataFrame(columns=_COLUMNS).astype(types)
    calendar = pd.period_range(months.min(), months.max(), freq="M")
    base = months.value_counts().reindex(calendar.astype("str"), fill_value=0)
    incidence = build_incidence(mentions, documents, sentences=sentences, counting=counting)
    met = per_origin(incidence, pairs)[0].astype(bool).astype(np.int64)
    month_of_origin = base.index.get_indexer(pd.Index(months.reindex(incidence.origin_ids)))
    dated = np.flatnonzero(month_of_origin >= 0)
    by_month = csr_matrix(
        (np.ones(len(dated), dtype=np.int64), (dated, month_of_origin[dated])), shape=(met.shape[1], len(base))
    )
    counts = (met @ by_month).toarray().astype(np.float64)
    counts[:, base.to_numpy() == 0] = np.nan
    return pd.DataFrame(
        {
            "actor_a": np.repeat(pairs["actor_a"].to_numpy(), len(base)),
            "actor_b": np.repeat(pairs["actor_b"].to_numpy(), len(base)),
            "month": np.tile(base.index.to_numpy(), len(pairs)),
            "n_origins": counts.ravel(),
            "base": np.tile(base.to_numpy(), len(pairs)),
        }
    )


def _find_months(documents: pd.DataFrame) -> pd.Series:
    """Give the month of each origin that has a document dated to the month or the day, by origin_id."""
    read = documents[documents["status"] == "read"]
    dated = read[read["date_precision"].isin(["day", "month"])]
    origins = find_origins(read).reindex(dated["document_id"]).to_numpy()
    return (
        pd.Series(dated["published_on"].str.slice(0, 7).to_numpy(), index=origins, dtype="str").groupby(level=0).min()
    )
