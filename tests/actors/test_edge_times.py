"""Edges over time: dates stay as precise as their texts, a copy has no date of its own."""

from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.actors.edge_times import edges_over_time, find_first_and_last
from inchiesta.actors.incidence import Incidence, build_incidence
from inchiesta.errors import ParameterError

EDGES = pd.DataFrame({"actor_a": ["a", "a"], "actor_b": ["c", "b"]})


def corpus(dates: dict[str, str], origins: dict[str, str] | None = None) -> tuple[Incidence, pd.DataFrame]:
    """One sentence a document that names a and b; the precision follows from the date's length."""
    precision = {0: "none", 4: "year", 7: "month", 10: "day"}
    documents = pd.DataFrame(
        {
            "document_id": list(dates),
            "origin_id": [(origins or {}).get(name, name) for name in dates],
            "published_on": list(dates.values()),
            "date_precision": [precision[len(date)] for date in dates.values()],
            "n_chars": 1,
            "status": "read",
        }
    )
    rows = [(name, f"{name}:1", actor, "name") for name in dates for actor in ("a", "b")]
    mentions = pd.DataFrame(rows, columns=["document_id", "sentence_id", "actor_id", "form"])
    return build_incidence(mentions, documents), documents


def test_months_years_and_the_undated_are_counted_apart() -> None:
    dates = {"d1": "2024-03-12", "d2": "2024-03", "d3": "2024", "d4": "", "d5": "2023-11-02"}
    counted = edges_over_time(EDGES, *corpus(dates))
    assert set(counted["actor_b"]) == {"b"}  # a and c never met
    rows = counted[["period", "precision", "n_origins"]].to_numpy().tolist()
    assert rows == [["2023-11", "month", 1], ["2024", "year", 1], ["2024-03", "month", 2], ["", "none", 1]]
    years = edges_over_time(EDGES, *corpus(dates), period="year")
    assert years[["period", "n_origins"]].to_numpy().tolist() == [["2023", 1], ["2024", 3], ["", 1]]


def test_a_copy_counts_once_with_its_first_date() -> None:
    dates = {"d1": "2024-05-01", "d2": "2024-02-09", "d3": ""}
    counted = edges_over_time(EDGES, *corpus(dates, {"d1": "o", "d2": "o", "d3": "o"}))
    assert counted[["period", "n_origins"]].to_numpy().tolist() == [["2024-02", 1]]


def test_first_and_last_keep_their_precision() -> None:
    seen = find_first_and_last(EDGES, *corpus({"d1": "2024-03-12", "d2": "2024-03-01", "d3": "2025", "d4": ""}))
    assert seen.iloc[0].tolist() == ["a", "c", "", "none", "", "none", 0]
    assert seen.iloc[1].tolist() == ["a", "b", "2024-03-01", "day", "2025", "year", 1]


def test_of_a_year_and_a_day_in_it_the_day_is_given() -> None:
    seen = find_first_and_last(EDGES, *corpus({"d1": "2024", "d2": "2024-06-02", "d3": "2024-06"}))
    assert seen.iloc[1][["first_seen", "last_seen"]].tolist() == ["2024-06-02", "2024-06-02"]


def test_without_dates_or_edges_the_tables_are_empty_not_broken() -> None:
    incidence, documents = corpus({"d1": ""})
    assert find_first_and_last(EDGES, incidence, documents)["first_seen"].tolist() == ["", ""]
    assert edges_over_time(EDGES.head(0), incidence, documents).columns.tolist() == [
        "actor_a",
        "actor_b",
        "period",
        "precision",
        "n_origins",
    ]
    assert find_first_and_last(EDGES.head(0), incidence, documents).empty


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ParameterError, match="'period' takes month, year; got 'week'"):
        edges_over_time(EDGES, *corpus({"d1": ""}), period="week")
