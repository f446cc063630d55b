from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.actors.pair_months import count_pairs_over_time
from tests.actors.test_pairs import build

PAIRS = pd.DataFrame({"actor_a": ["a"], "actor_b": ["b"]})


def dated(
    rows: dict[str, list[str]], days: dict[str, str], origins: dict[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build mentions and documents with published_on by document."""
    mentions, documents = build(rows, origins)
    published_on = documents["document_id"].map(days)
    precision = published_on.str.len().map({0: "none", 4: "year", 7: "month", 10: "day"})
    return mentions, documents.assign(published_on=published_on, date_precision=precision)


def test_each_month_has_its_origins_and_a_month_without_texts_is_a_gap() -> None:
    both, alone = ["a", "b"], ["a"]
    rows = {"d1:1": both, "d1:2": both, "d2:1": both, "d3:1": alone, "d4:1": both, "d5:1": both, "d6:1": alone}
    days = {
        "d1": "2024-01-03",
        "d2": "2024-01-30",  # a copy of d1
        "d3": "2024-01",
        "d4": "2024-04-01",
        "d5": "2024",  # a year is no month
        "d6": "2024-02-11",
    }
    over_time = count_pairs_over_time(PAIRS, *dated(rows, days, {"d1": "one", "d2": "one"}))
    assert over_time["month"].tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    assert over_time["base"].tolist() == [2, 1, 0, 1]
    np.testing.assert_array_equal(over_time["n_origins"], [1, 0, np.nan, 1])


def test_an_origin_belongs_to_the_month_of_its_first_document() -> None:
    rows = {"d1:1": ["a", "b"], "d1:2": ["a", "b"], "d2:1": ["a", "b"]}
    tables = dated(rows, {"d1": "2024-03-01", "d2": "2024-02-28"}, {"d1": "one", "d2": "one"})
    assert count_pairs_over_time(PAIRS, *tables)["month"].tolist() == ["2024-02"]


def test_a_text_that_names_nobody_is_in_the_base() -> None:
    mentions, documents = dated({"d1:1": ["a", "b"], "d2:1": ["c"]}, {"d1": "2024-01-01", "d2": "2024-01-02"}, {})
    over_time = count_pairs_over_time(PAIRS, mentions[mentions["document_id"] == "d1"], documents)
    assert over_time[["n_origins", "base"]].to_numpy().tolist() == [[1, 2]]


def test_without_a_dated_document_there_is_no_row() -> None:
    tables = dated({"d1:1": ["a", "b"]}, {"d1": "2024"}, {})
    assert count_pairs_over_time(PAIRS, *tables).empty
    assert count_pairs_over_time(PAIRS.iloc[:0], *tables).empty
