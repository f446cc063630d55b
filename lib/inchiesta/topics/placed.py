"""Passages in their place: the origin, outlet and date of each, the sentences it is made of, and its text."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

# How many characters of 2024-03-12 make a month; a week needs the day.
PRECISIONS = {"month": ("day", "month"), "week": ("day",)}


def find_origin_ids(documents: pd.DataFrame) -> pd.Series:
    """Give the origin of each document that was read, by document_id; one without an origin is its own."""
    read = documents[documents["status"] == "read"]
    origins = read["origin_id"].where(read["origin_id"] != "", read["document_id"])
    return pd.Series(origins.to_numpy(), index=read["document_id"].to_numpy(), dtype="str", name="origin_id")


def find_periods(documents: pd.DataFrame, period: str) -> pd.Series:
    """Give the month (2024-03) or week (2024-W11) of each origin, by origin_id: that of its first dated document.

    Documents that are dated less precisely than the period are left out: a year is no month.
    """
    origins = find_origin_ids(documents)
    dated = documents[(documents["status"] == "read") & documents["date_precision"].isin(PRECISIONS[period])]
    days = pd.Series(dated["published_on"].to_numpy(), index=origins.reindex(dated["document_id"]).to_numpy())
    first = days.astype("str").str.slice(0, 7 if period == "month" else 10).groupby(level=0).min()
    return first.map(_week).astype("str") if period == "week" else first


def _week(day: str) -> str:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02d}"


def list_periods(first: str, last: str, period: str) -> list[str]:
    """List all months or weeks from the first to the last.

    >>> list_periods("2023-12", "2024-02", "month"), list_periods("2020-W53", "2021-W01", "week")
    (['2023-12', '2024-01', '2024-02'], ['2020-W53', '2021-W01'])
    """
    if period == "month":
        return [str(month) for month in pd.period_range(first, last, freq="M")]
    monday, until = (date.fromisocalendar(int(week[:4]), int(week[6:]), 1) for week in (first, last))
    days = pd.date_range(monday, until, freq="7D")
    return [_week(str(day.date())) for day in days]


def count_shares(passages: pd.DataFrame, unit: pd.Series) -> pd.DataFrame:
    """Give which share of the placed passages of each unit is in each topic.

    Parameters
    ----------
    passages : DataFrame
        topic_id; only rows with a topic count.
    unit : Series
        The unit (origin, article) of each passage, on the same index.

    Returns
    -------
    DataFrame
        unit, topic_id, share (0 to 1; those of a unit sum to 1), sorted.
    """
    placed = pd.DataFrame({"unit": unit, "topic_id": passages["topic_id"]})[passages["topic_id"] != ""]
    counts = placed.groupby(["unit", "topic_id"], sort=True).size().rename("share").reset_index()
    sizes = counts.groupby("unit")["share"].transform("sum")
    return counts.assign(share=counts["share"] / sizes)


def lay_out(
    rows: pd.Series, columns: pd.Series, values: pd.Series | float, *, row_names: list[str], column_names: list[str]
) -> NDArray[np.float64]:
    """Give a table of sums with these rows and columns; what belongs to neither is left out."""
    row, column = (
        pd.Index(names).get_indexer(pd.Index(of)) for names, of in ((row_names, rows), (column_names, columns))
    )
    known = (row >= 0) & (column >= 0)
    table = np.zeros((len(row_names), len(column_names)))
    np.add.at(
        table, (row[known], column[known]), np.broadcast_to(np.asarray(values, dtype=np.float64), row.shape)[known]
    )
    return table


def list_sentences(passages: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Give the sentences of the passages, in order: passage_id, sentence_id, text, language."""
    ordered = sentences.sort_values(["document_id", "start_char"], kind="stable", ignore_index=True)
    place = pd.Index(ordered["sentence_id"])
    first = place.get_indexer(pd.Index(passages["first_sentence_id"]))
    lengths = place.get_indexer(pd.Index(passages["last_sentence_id"])) - first + 1
    starts = np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64), lengths)
    rows = ordered.iloc[starts + np.arange(int(lengths.sum()), dtype=np.int64)] if len(passages) else ordered.iloc[:0]
    ids = np.repeat(passages["passage_id"].to_numpy(), lengths)
    found = pd.DataFrame({"passage_id": ids, "sentence_id": rows["sentence_id"].to_numpy()}, dtype="str")
    return found.assign(text=rows["text"].to_numpy(), language=rows["language"].to_numpy())


def read_passages(passages: pd.DataFrame, sentences: pd.DataFrame) -> pd.Series:
    """Give the text of each passage, by passage_id, in the order of the passages."""
    texts = list_sentences(passages, sentences).groupby("passage_id", sort=False)["text"].agg(" ".join)
    return texts.reindex(passages["passage_id"]).fillna("").astype("str")
