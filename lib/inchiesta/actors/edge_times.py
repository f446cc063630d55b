"""Edges over time: when two actors are first and last named together, and in how many origins of each period."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.actors.incidence import Incidence, find_origins, per_origin
from inchiesta.errors import ParameterError

# How many characters of 2024-03-12 a period keeps.
_LENGTHS = {"month": 7, "year": 4}
# As table documents writes them; a day or month belongs to its year, a year to no month.
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_KEY = ["actor_a", "actor_b"]


def edges_over_time(
    edges: pd.DataFrame, incidence: Incidence, documents: pd.DataFrame, *, period: str = "month"
) -> pd.DataFrame:
    """Count the origins in which the ends of each edge meet, period by period.

    Parameters
    ----------
    edges : DataFrame
        actor_a, actor_b, such as table ``edges``.
    incidence : Incidence
        What the edges were counted from.
    documents : DataFrame
        Table ``documents``.
    period : str
        month or year.

    Returns
    -------
    DataFrame
        actor_a, actor_b; period: 2024-03 or 2024, empty for undated texts; precision: month, year or none, what the
        period is known to; n_origins. Only periods in which they meet, in the order of `edges`, then periods (undated
        last). A text dated to its year only stays a row of that year, also where months are asked for.

    Raises
    ------
    ParameterError
        If there is no such period.

    Notes
    -----
    Deterministic. An origin has the date of its first dated document. A period without a row is a period in which the
    two do not meet *in what was collected*; whether there were texts at all, `inchiesta.actors.pair_months` tells.
    """
    if period not in _LENGTHS:
        raise ParameterError(f"parameter 'period' takes {', '.join(_LENGTHS)}; got '{period}'")
    met = _date_meetings(edges, incidence, documents)
    met["period"] = met["date"].str.slice(0, _LENGTHS[period])
    met["precision"] = met["period"].str.len().map({4: "year", 7: "month"}).fillna("none").astype("str")
    counted = met.groupby(["edge", "period", "precision"], sort=True).size().rename("n_origins").reset_index()
    counted = counted.assign(undated=counted["period"] == "")
    counted = counted.sort_values(["edge", "undated", "period"], kind="stable", ignore_index=True)
    named = edges[_KEY].iloc[counted["edge"]].reset_index(drop=True)
    return pd.concat([named, counted[["period", "precision", "n_origins"]]], axis=1)


def find_first_and_last(edges: pd.DataFrame, incidence: Incidence, documents: pd.DataFrame) -> pd.DataFrame:
    """Give when the ends of each edge are first and last named together.

    Parameters
    ----------
    edges, incidence, documents
        As for `edges_over_time`.

    Returns
    -------
    DataFrame
        actor_a, actor_b; first_seen, last_seen: dates as precise as their texts (2024-03-12, 2024-03 or 2024), empty
        where none is dated; first_precision, last_precision: day, month, year or none; n_undated: origins without a
        date. One row an edge, in the order of `edges`.

    Notes
    -----
    Deterministic. Of two dates of which one contains the other (2024 and 2024-03-12) the more precise is given: the
    other may be earlier or later. It says when texts name both, not when the two had to do with each other.
    """
    met = _date_meetings(edges, incidence, documents)
    dated = met[met["date"] != ""]
    # Padded to their last day and first day: a year is then no earlier, and no later, than a day of it.
    first = dated.assign(key=dated["date"].map(_last_day)).sort_values(["edge", "key"], kind="stable")
    last = dated.assign(key=dated["date"].map(_first_day)).sort_values(["edge", "key"], kind="stable")
    found = edges[_KEY].reset_index(drop=True)
    places = pd.RangeIndex(len(found))
    for name, dates in (("first", first.drop_duplicates("edge")), ("last", last.drop_duplicates("edge", keep="last"))):
        seen = dates.set_index("edge")["date"].reindex(places).fillna("").astype("str")
        found[f"{name}_seen"] = seen
        found[f"{name}_precision"] = seen.str.len().map(_PRECISIONS).fillna("none").astype("str")
    undated = met.loc[met["date"] == "", "edge"].value_counts().reindex(places, fill_value=0)
    found["n_undated"] = undated.to_numpy().astype(np.int64)
    return found


def _first_day(date: str) -> str:
    return f"{date}-01-01"[:10]


def _last_day(date: str) -> str:
    return f"{date}-12-31"[:10] if len(date) != 7 else f"{date}-31"


def _date_meetings(edges: pd.DataFrame, incidence: Incidence, documents: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each edge and origin in which it meets: edge (its place), date of the origin or empty."""
    both = per_origin(incidence, edges)[0].tocoo()
    dates = _date_origins(documents).reindex(incidence.origin_ids[both.col]).fillna("")
    return pd.DataFrame({"edge": both.row.astype(np.int64), "date": dates.to_numpy()}).astype({"date": "str"})


def _date_origins(documents: pd.DataFrame) -> pd.Series:
    """Give the first date of each origin, by origin_id."""
    dated = documents[(documents["status"] == "read") & (documents["date_precision"] != "none")]
    origins = find_origins(documents).reindex(dated["document_id"]).to_numpy()
    rows = pd.DataFrame({"origin": origins, "date": dated["published_on"].to_numpy()})
    rows["key"] = rows["date"].map(_last_day)
    first = rows.sort_values(["origin", "key", "date"], kind="stable").drop_duplicates("origin")
    return first.set_index("origin")["date"]
