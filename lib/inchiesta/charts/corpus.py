"""Charts of the corpus: when the documents are from, what became of the files, in which languages they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from inchiesta.charts.layout import plot_nothing, start_sheet, text_width
from inchiesta.charts.rows import count_axis, start_rows
from inchiesta.charts.style import ACCENT, GREY, INK, NEUTRAL, PALE, styled
from inchiesta.text.language_words import name_language

STATUS_ORDER = ("read", "duplicate", "set aside")


@styled
def plot_documents_by_month(documents: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot documents read by month of publication: dark the origins, pale the further copies.

    Parameters
    ----------
    documents : table documents.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Returns
    -------
    A Figure. A bar is a month wide; documents dated to the year only are a hatched bar a year wide; a month without
    documents is a gap; documents without a date are counted in the subtitle.

    Notes
    -----
    It shows what was collected, not what was published: a month with few bars may be a month nobody saved.
    """
    read = documents[documents["status"] == "read"]
    dated = read[read["date_precision"] != "none"]
    if dated.empty:
        words = f"Documents read: {len(read):,}. None of them states a date."
        return plot_nothing(title or "No document is dated", words, source)
    monthly, yearly = _count_periods(dated)
    sheet = start_sheet(title or _busiest(monthly, yearly), _dates_subtitle(read, dated, yearly), source)
    axes = sheet.add_axes(left=0.6, right=0.2, above=0.1, below=0.35)
    _draw_years(axes, yearly)
    _draw_months(axes, monthly)
    _date_axes(axes, pd.concat([monthly, yearly]))
    return sheet.figure


def _count_periods(dated: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Documents and origins per month, and per year where only the year is known: begin, end, documents, origins."""
    by_year = dated["date_precision"] == "year"
    period = dated["published_on"].str.slice(0, 7).where(~by_year, dated["published_on"].str.slice(0, 4))
    counted = (
        dated.assign(period=period)
        .groupby("period", sort=True)
        .agg(documents=("document_id", "size"), origins=("origin_id", "nunique"))
    )
    counted["begin"] = [_day(text) for text in counted.index]
    counted["end"] = [_next_day(text) for text in counted.index]
    of_year = counted.index.str.len() == 4
    return counted[~of_year], counted[of_year]


def _day(period: str) -> datetime.date:
    return datetime.date(int(period[:4]), int(period[5:7] or 1), 1)


def _place(day: datetime.date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]


def _next_day(period: str) -> datetime.date:
    begin = _day(period)
    if len(period) == 4:
        return datetime.date(min(begin.year + 1, 9999), 1, 1)
    return (begin + datetime.timedelta(days=32)).replace(day=1) if begin.year < 9999 else begin.replace(day=28)


def _busiest(monthly: pd.DataFrame, yearly: pd.DataFrame) -> str:
    counted = monthly if len(monthly) else yearly
    if len(counted) == 1:
        return f"All dated documents are from {counted.index[0]}"
    return f"Most documents are from {counted['documents'].idxmax()}"


def _dates_subtitle(read: pd.DataFrame, dated: pd.DataFrame, yearly: pd.DataFrame) -> str:
    parts = [f"Documents by month of publication; {len(dated):,} of {len(read):,} documents read are dated"]
    if len(dated) < len(read):
        parts.append(f"{len(read) - len(dated):,} undated are not drawn")
    if dated["origin_id"].nunique() < len(dated):
        parts.append("dark: origins, pale: further copies")
    if len(yearly):
        parts.append(f"hatched: {int(yearly['documents'].sum()):,} dated to the year only")
    return "; ".join(parts)


def _draw_years(axes: Axes, yearly: pd.DataFrame) -> None:
    years: Iterable[Any] = yearly.itertuples()
    for row in years:
        begin, end = _place(row.begin), _place(row.end)
        axes.bar(
            begin,
            row.documents,
            width=end - begin,
            align="edge",
            facecolor="none",
            edgecolor=NEUTRAL,
            hatch="////",
            linewidth=0.6,
        )


def _draw_months(axes: Axes, monthly: pd.DataFrame) -> None:
    begins = [_place(day) for day in monthly["begin"]]
    widths = [(_place(end) - begin) * 0.94 for begin, end in zip(begins, monthly["end"], strict=True)]
    axes.bar(begins, monthly["documents"], width=widths, align="edge", color=PALE)
    axes.bar(begins, monthly["origins"], width=widths, align="edge", color=ACCENT)


def _date_axes(axes: Axes, periods: pd.DataFrame) -> None:
    first, last = min(periods["begin"]), max(periods["end"])
    # A single month alone would fill the sheet and look like a long time: the axis shows a year at least.
    air = max(0.0, (366 - (_place(last) - _place(first))) / 2)
    axes.set_xlim(_place(first) - air, _place(last) + air)
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(
        ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    )
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.tick_params(axis="y", labelcolor=GREY)
    axes.set_ylim(0, max(1, int(periods["documents"].max())) * 1.08)
    axes.grid(axis="y")


@styled
def plot_statuses(documents: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot how many files were read, were duplicates, or were set aside.

    Parameters
    ----------
    documents : table documents.
    title, source : as in `plot_documents_by_month`.
    """
    if documents.empty:
        return plot_nothing(title or "No file was seen", "The source holds no file that could be a document.", source)
    counts = documents["status"].value_counts().reindex(STATUS_ORDER, fill_value=0)
    heading = title or f"{counts['read']:,} of {len(documents):,} files were read"
    return _plot_counts(counts, heading, f"Files by what became of them; base: {len(documents):,} files seen", source)


@styled
def plot_languages(documents: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot documents read by language, the most frequent on top; a code without a word here is shown as it is.

    Parameters
    ----------
    documents : table documents; `und` is drawn as "too little text to tell".
    title, source : as in `plot_documents_by_month`.
    """
    read = documents[documents["status"] == "read"]
    if read.empty:
        return plot_nothing(title or "No language to show", "No document was read.", source)
    named = read["language"].map(name_language)
    counts = named.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    heading = title or f"Documents by language: {counts.iloc[0]:,} of {len(read):,} {counts.index[0]}"
    return _plot_counts(counts, heading, f"Documents by language; base: {len(read):,} documents read", source)


def _plot_counts(counts: pd.Series[int], title: str, subtitle: str, source: str) -> Figure:
    shown = [f"{count:,}" for count in counts]
    right = 0.25 + max(text_width(text) for text in shown)
    sheet, axes = start_rows(title, subtitle, source, [str(label) for label in counts.index], right=right, below=0.46)
    axes.barh(range(len(counts)), counts.to_numpy(), height=0.62, color=ACCENT)
    for row, (count, text) in enumerate(zip(counts, shown, strict=True)):
        axes.annotate(text, (count, row), xytext=(4, 0), textcoords="offset points", va="center", color=INK)
    count_axis(axes, largest=float(counts.max()), unit="documents")
    return sheet.figure
