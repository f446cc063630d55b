"""The chart of what is dated: a column a month wide for what is told to the month, bars as long as the rest is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from inchiesta.charts.layout import EDGE, LABEL_SIZE, WIDTH, header_height, plot_nothing, start_sheet, text_width
from inchiesta.charts.style import ACCENT, GREY, PALE, RULE, styled

# Longer periods than this many are named in the table only.
_MOST_BARS = 8
_COLUMNS, _ROW, _AXIS, _GAP = 1.75, 0.27, 0.4, 0.5
# Told times far from the others (a founding, a plan for 2040) would press them into one column.
_SHARE = 0.9
_LEAST_MONTHS = 12
# Months between two labels of the axis.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_FINE = ("day", "week", "month")


@styled
def plot_timeline(periods: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot the periods the texts date something to.

    Parameters
    ----------
    periods : one row a period: from_date, to_date (2024-03-12), precision, n_origins.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Returns
    -------
    A Figure: above, the times of each month, a time counted once for each origin that tells it (dark: told to the day
    or week; pale: to the month only); below, each longer period as a bar from its first to its last day. A month
    without anything is a gap.

    Notes
    -----
    Times far from nine tenths of the others are not drawn; the subtitle counts them.
    """
    if periods.empty:
        return plot_nothing(title or "Nothing could be dated", "No text tells a time that could be resolved.", source)
    spans = periods.assign(
        first=periods["from_date"].map(date.fromisoformat), last=periods["to_date"].map(date.fromisoformat)
    )
    low, high = _window(spans)
    inside = spans[(spans["last"] >= low) & (spans["first"] <= high)]
    # A range of days over several months is a bar, not a column.
    short = inside["precision"].isin(_FINE) & (inside["first"].map(_month) == inside["last"].map(_month))
    columns, bars = _by_month(inside[short]), _longest(inside[~short])
    subtitle = _subtitle(spans, inside, bars, n_long=int((~short).sum()))
    title = title or _busiest(columns, bars)
    height = header_height(title, subtitle, source) + _COLUMNS + _AXIS + (_GAP + _ROW * len(bars) if len(bars) else 0.2)
    sheet = start_sheet(title, subtitle, source, height=height)
    labels = [_name(*told) for told in zip(bars["first"], bars["last"], bars["precision"], strict=True)]
    left = EDGE + 0.15 + max([0.35, *(text_width(label) for label in labels)])
    below = _AXIS + (_GAP + _ROW * len(bars) - 0.2 if len(bars) else 0.0)
    above_axes = sheet.add_axes(left=left, right=0.3, below=below)
    _draw_columns(above_axes, columns)
    _date_axis(above_axes, low, high, inches=WIDTH - left - 0.3)
    if len(bars):
        above = height - sheet.top - sheet.bottom - _ROW * len(bars) - 0.05
        below_axes = sheet.add_axes(left=left, right=0.3, above=above, below=0.05)
        _draw_bars(below_axes, bars, labels, low, high)
    return sheet.figure


def _place(day: date) -> float:
    return float(date2num(day))  # type: ignore[no-untyped-call]


def _month(day: date) -> date:
    return day.replace(day=1)


def _next_month(day: date) -> date:
    return (_month(day) + timedelta(days=32)).replace(day=1)


def _window(spans: pd.DataFrame) -> tuple[date, date]:
    """Give the first day of the first and the last day of the last month drawn."""
    ordered = spans.sort_values(["first", "last"], kind="stable")
    weights = ordered["n_origins"].cumsum() / max(int(ordered["n_origins"].sum()), 1)
    outside = (1 - _SHARE) / 2
    kept = ordered[(weights > outside) & (weights - ordered["n_origins"] / ordered["n_origins"].sum() < 1 - outside)]
    low, high = _month(kept["first"].min()), _next_month(kept["last"].max())
    while (high.year - low.year) * 12 + high.month - low.month < _LEAST_MONTHS:
        low, high = _month(low - timedelta(days=1)), _next_month(high)
    return low, high - timedelta(days=1)


def _by_month(short: pd.DataFrame) -> pd.DataFrame:
    """Give the times of each month, apart for what is told to the day and what is told to the month only."""
    months = short.assign(month=short["first"].map(_month), fine=short["precision"] != "month")
    counts = months.groupby(["month", "fine"])["n_origins"].sum().unstack(fill_value=0)
    return counts.reindex(columns=[True, False], fill_value=0).sort_index()


def _longest(rest: pd.DataFrame) -> pd.DataFrame:
    merged = rest.groupby(["first", "last", "precision"])["n_origins"].sum().reset_index()
    ranked = merged.sort_values(["n_origins", "first", "last"], ascending=[False, True, True], kind="stable")
    return ranked.head(_MOST_BARS).sort_values(["first", "last", "precision"], kind="stable", ignore_index=True)


def _name(first: date, last: date, precision: str) -> str:
    """Give a period in words, no more precise than it was told."""
    if precision in ("year", "decade", "century"):
        return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
    if precision == "season":
        season = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}.get(first.month, "")
        return f"{season} {first.year}".strip()
    if precision in ("month", "quarter"):
        return f"{first:%b %Y} – {last:%b %Y}"
    return f"{first.day} {first:%b} – {last.day} {last:%b %Y}"


def _busiest(columns: pd.DataFrame, bars: pd.DataFrame) -> str:
    if len(columns):
        totals = columns.sum(axis=1)
        return f"Most is dated to {totals.idxmax():%B %Y}"
    top = bars.sort_values(["n_origins", "first"], ascending=[False, True]).iloc[0]
    return f"Most is dated to {_name(top['first'], top['last'], top['precision'])}"


def _subtitle(spans: pd.DataFrame, inside: pd.DataFrame, bars: pd.DataFrame, *, n_long: int) -> str:
    words = "Times told, by month, each once for an origin: dark to the day or week, pale to the month only"
    if n_long:
        words += (
            f"; below, the {len(bars)} longer periods told most of {n_long}"
            if n_long > len(bars)
            else ("; below, what is told to a longer period")
        )
    outside = len(spans) - len(inside)
    return words + f". {len(inside):,} periods" + (f"; {outside:,} far from them are not drawn" if outside else "")


def _draw_columns(axes: Axes, columns: pd.DataFrame) -> None:
    rows: Iterable[Any] = columns.itertuples()
    for month, fine, coarse in rows:
        left, width = _place(month), (_next_month(month) - month).days
        hair = 0.04 * width
        for height, bottom, color in ((fine, 0, ACCENT), (coarse, fine, PALE)):
            if height:
                axes.bar(left + hair, height, width - 2 * hair, bottom=bottom, align="edge", color=color, linewidth=0)
    axes.set_ylim(0, max(1, int(columns.sum(axis=1).max()) if len(columns) else 1) * 1.08)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.tick_params(axis="y", labelcolor=GREY, length=0)
    axes.grid(axis="y", color=RULE, linewidth=0.6)
    axes.set_axisbelow(True)


def _date_axis(axes: Axes, low: date, high: date, *, inches: float) -> None:
    axes.set_xlim(_place(low), _place(high) + 1)
    n_months = (high.year - low.year) * 12 + high.month - low.month + 1
    room = inches / (text_width("May 2024") + 0.18)
    step = next((step for step in _STEPS if n_months / step <= room), _STEPS[-1])
    ticks, month = [], low
    while month <= high:
        if ((month.year * 12) + month.month - 1) % step == 0 and _fits(month, low, high, inches):
            ticks.append(month)
        month = _next_month(month)
    form = "%Y" if step >= 12 else "%b %Y"
    axes.set_xticks([_place(tick) for tick in ticks], [f"{tick:{form}}" for tick in ticks])
    # Deep enough that the first label stands below the zero of the other axis.
    axes.tick_params(axis="x", labelcolor=GREY, pad=9)


def _fits(month: date, low: date, high: date, inches: float) -> bool:
    """Whether a label in the middle of its tick stays on the sheet."""
    right = (high - month).days / max((high - low).days, 1) * inches
    return right + 0.25 >= text_width("May 2024") / 2


def _draw_bars(axes: Axes, bars: pd.DataFrame, labels: list[str], low: date, high: date) -> None:
    first, behind = _place(low), _place(high) + 1
    axes.set_xlim(first, behind)
    axes.set_ylim(len(bars) - 0.5, -0.5)
    rows: Iterable[Any] = bars.itertuples()
    for row, bar in enumerate(rows):
        begin, end = max(_place(bar.first), first), min(_place(bar.last) + 1, behind)
        axes.barh(row, end - begin, left=begin, height=0.55, color=PALE, linewidth=0)
        n = f"{bar.n_origins:,}"
        axes.text((begin + end) / 2, row, n, ha="center", va="center", size=LABEL_SIZE - 1, color=ACCENT)
    axes.set_yticks(range(len(bars)), labels)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(axis="x", bottom=False, labelbottom=False)
    for side in axes.spines.values():
        side.set_visible(False)
