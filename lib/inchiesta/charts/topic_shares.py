"""Charts of the shares of topics: in all, over time, and in each outlet against the others."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from inchiesta.charts.layout import (
    EDGE,
    LINE,
    WIDTH,
    Sheet,
    header_height,
    plot_nothing,
    start_sheet,
    text_width,
    wrap_text,
)
from inchiesta.charts.rows import start_rows
from inchiesta.charts.style import ACCENT, GREY, INK, NEUTRAL, PALE, RULE, styled

# More rows than these are a table.
MOST_TOPICS, MOST_PANELS, MOST_ROWS = 20, 12, 12
COLUMNS, GAP = 3, 0.3
PANEL = 1.55


@styled
def plot_topics(topics: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot the passages of each topic, the largest on top.

    Parameters
    ----------
    topics : table topics. Where it has a column status, topics that are not *clear* or *stable* are hatched.
    title : the finding; made from the numbers when empty.
    source : the line below.
    """
    if topics.empty:
        return plot_nothing(title or "No topics", "Too little text to tell topics apart; none is shown.", source)
    shown = topics.head(MOST_TOPICS)
    n_passages = round(topics["n_passages"].iloc[0] / topics["share"].iloc[0]) if topics["share"].iloc[0] else 0
    which = count_topics(shown, topics)
    unsure = _unsure(shown)
    hatched = "; hatched: unstable" if unsure.any() else ""
    notes = [f"{n:,}" for n in shown["n_passages"]]
    subtitle = f"Passages by their strongest topic; base: {n_passages:,} passages, copies and repeats left out; {which}"
    sheet, axes = start_rows(
        title or f"The largest topic is {topics['label'].iloc[0]}",
        subtitle + hatched,
        source,
        [f"{label}" for label in shown["label"]],
        right=0.3 + max(text_width(note) for note in notes),
        width=3.1,
    )
    for row, (n, weak) in enumerate(zip(shown["n_passages"], unsure, strict=True)):
        look: dict[str, Any] = (
            {"facecolor": "none", "edgecolor": NEUTRAL, "hatch": "////"} if weak else {"color": ACCENT}
        )
        axes.barh(row, n, height=0.62, **look)
        axes.annotate(notes[row], (n, row), xytext=(4, 0), textcoords="offset points", va="center", color=INK)
    axes.set_xlim(0, max(1, int(shown["n_passages"].max())) * 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.set_xlabel("passages", size=10, loc="left")
    return sheet.figure


def count_topics(shown: pd.DataFrame, topics: pd.DataFrame) -> str:
    """Say how many topics are shown: of how many, where it is not all of them."""
    if len(shown) < len(topics):
        return f"{len(shown)} of {len(topics)} topics"
    return f"{len(topics)} {'topic' if len(topics) == 1 else 'topics'}"


def _unsure(topics: pd.DataFrame) -> pd.Series[bool]:
    if "status" not in topics:
        return pd.Series(False, index=topics.index)
    return ~topics["status"].isin(["clear", "stable"])


@styled
def plot_topics_over_time(shares: pd.DataFrame, topics: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot the share of each topic by month or week with its interval, small multiples on one scale.

    Parameters
    ----------
    shares : topic_id, period, share, low, high (0 to 1), base, status, as
        `inchiesta.topics.over_time.count_topics_over_time` gives them.
    topics : table topics, for the labels; the first 12 are drawn.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Notes
    -----
    A period with fewer than three origins is a gap, one with fewer than ten a hollow point: too little text.
    """
    told = shares.dropna(subset="share")
    if told.empty:
        words = "No month with three dated origins or more: shares over time are not drawn."
        return plot_nothing(title or "No curve over time", words, source)
    shown = topics[topics["topic_id"].isin(told["topic_id"])].head(MOST_PANELS)
    periods = shares["period"].drop_duplicates().tolist()
    heading, subtitle = title or _rise(told, topics), _time_subtitle(shares, shown, topics, periods)
    rows = math.ceil(len(shown) / COLUMNS)
    sheet = start_sheet(
        heading, subtitle, source, height=header_height(heading, subtitle, source) + rows * PANEL + 0.05
    )
    highest = min(1.0, float(told.loc[told["topic_id"].isin(shown["topic_id"]), "high"].max()) * 1.05)
    for place, (topic_id, label) in enumerate(zip(shown["topic_id"], shown["label"], strict=True)):
        _draw_time(sheet, shares[shares["topic_id"] == topic_id], str(label), divmod(place, COLUMNS), periods, highest)
    return sheet.figure


def _rise(told: pd.DataFrame, topics: pd.DataFrame) -> str:
    clear = told[told["status"] == "clear"]
    sums = (told["share"] * told["base"]).groupby(told["topic_id"]).sum()
    in_all = sums / told.groupby("topic_id")["base"].sum()
    above = clear[clear["low"] > clear["topic_id"].map(in_all).astype("float64")]
    if above.empty:
        return "No topic is clearly of one time"
    best = above.sort_values(["low", "topic_id"], ascending=[False, True], kind="stable").iloc[0]
    label = topics.set_index("topic_id")["label"][best["topic_id"]]
    return f"Most clearly of one time: {label}, {best['share']:.0%} of {best['period']}"


def _time_subtitle(shares: pd.DataFrame, shown: pd.DataFrame, topics: pd.DataFrame, periods: list[str]) -> str:
    base = shares.drop_duplicates("period")
    which = count_topics(shown, topics)
    unit = "week" if "W" in periods[0] else "month"
    hollow = "; hollow: fewer than 10 origins" if (base["status"] == "weak").any() else ""
    gaps = "; gaps: fewer than 3" if (base["status"] == "withheld").any() else ""
    return (
        f"Mean share of an origin's passages by {unit}, with 95% interval; {int(base['base'].sum()):,} dated origins, "
        f"{which}, all on one scale{hollow}{gaps}"
    )


def _draw_time(
    sheet: Sheet, own: pd.DataFrame, label: str, place: tuple[int, int], periods: list[str], highest: float
) -> None:
    row, column = place
    wide = (WIDTH - 2 * EDGE - (COLUMNS - 1) * GAP) / COLUMNS
    left, above = EDGE + column * (wide + GAP), row * PANEL
    head = wrap_text(label, wide, size=9.5, weight="bold")[:2]
    total = float(sheet.figure.get_size_inches()[1])
    for number, line in enumerate(head):
        y = (total - sheet.top - above - number * 9.5 * LINE) / total
        sheet.figure.text(left / WIDTH, y, line, size=9.5, weight="bold", color=INK, va="top")
    axes = sheet.figure.add_axes(
        ((left + 0.36) / WIDTH, (total - sheet.top - above - PANEL + 0.36) / total, (wide - 0.36) / WIDTH, 0.76 / total)
    )
    _draw_points(axes, own)
    axes.set_ylim(0, highest)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=2, steps=[1, 2, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0%}"))
    axes.tick_params(axis="y", labelcolor=GREY, labelsize=8.5)
    axes.grid(axis="y")
    axes.axhline(0, color=GREY, linewidth=0.6)
    _draw_ends(axes, periods)


def _draw_ends(axes: Axes, periods: list[str]) -> None:
    """Label the first and the last period: the others can be counted off, and three labels would meet."""
    n = len(periods)
    axes.set_xlim(-0.6, n - 0.4)
    if n <= 3:
        ends = sorted({0, n - 1})
        axes.set_xticks(ends, [periods[end] for end in ends], size=8.5)
        return
    axes.set_xticks([-0.4, n - 0.6], [periods[0], periods[-1]], size=8.5)
    axes.get_xticklabels()[0].set_horizontalalignment("left")
    axes.get_xticklabels()[1].set_horizontalalignment("right")


def _draw_points(axes: Axes, own: pd.DataFrame) -> None:
    share = own["share"].to_numpy(dtype=np.float64)
    low, high = own["low"].to_numpy(dtype=np.float64), own["high"].to_numpy(dtype=np.float64)
    x = np.arange(len(own))
    axes.vlines(x, low, high, color=PALE, linewidth=2.2)
    axes.plot(x, share, color=ACCENT, linewidth=1.0)
    clear = (own["status"] == "clear").to_numpy()
    for kept, fill in ((clear, ACCENT), (~clear, "white")):
        axes.plot(x[kept], share[kept], "o", markersize=4, markerfacecolor=fill, markeredgecolor=ACCENT, linestyle="")


@styled
def plot_sources(coverage: pd.DataFrame, topics: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot which outlet writes more, or less, about which topic than the other outlets of its language.

    Parameters
    ----------
    coverage : source, language, topic_id, log_odds, low, high, n_articles, base, status, as
        `inchiesta.topics.over_time.compare_sources` gives them; the 12 that are surest to differ are drawn.
    topics : table topics, for the labels.
    title : the finding; made from the numbers when empty.
    source : the line below.
    """
    told = coverage[coverage["status"] != "withheld"]
    if told.empty:
        words = "No two outlets of one language with five articles each: nothing can be compared."
        return plot_nothing(title or "No outlet can be held against another", words, source)
    # The end of the interval that is nearer to zero: how much at least they differ.
    sure = np.where(told["log_odds"] > 0, told["low"], -told["high"])
    ranked = told.assign(sure=sure).sort_values(["sure", "source", "topic_id"], ascending=[False, True, True])
    shown = ranked.head(MOST_ROWS).sort_values(["log_odds", "source", "topic_id"], ascending=[False, True, True])
    labels = dict(zip(topics["topic_id"], topics["label"], strict=True))
    pairs: list[Any] = list(shown.itertuples())
    rows = [f"{pair.source}: {labels.get(pair.topic_id, pair.topic_id)}" for pair in pairs]
    n_clear = int((told["status"] == "clear").sum())
    none = "No outlet clearly writes more about a topic than the others"
    heading = title or (_over(told, labels) if n_clear else none)
    subtitle = (
        "Odds of the topic in the outlet against the other outlets of its language, with 95% interval (log scale); "
        f"right: its articles with the topic; the {len(shown)} surest of {len(told):,} pairs; hollow: weak"
    )
    notes = [f"{pair.n_articles:,} of {pair.base:,}" for pair in pairs]
    sheet, axes = start_rows(
        heading, subtitle, source, rows, right=0.35 + max(text_width(note, size=10) for note in notes), width=3.0
    )
    _draw_odds(axes, shown, notes)
    return sheet.figure


def _over(told: pd.DataFrame, labels: dict[str, str]) -> str:
    first = told[told["status"] == "clear"].iloc[0]
    more = "more" if first["log_odds"] > 0 else "less"
    return f"{first['source']} writes {more} than the others about {labels.get(first['topic_id'], first['topic_id'])}"


def _draw_odds(axes: Axes, shown: pd.DataFrame, notes: list[str]) -> None:
    # Beyond 1 to 100 an odds ratio only says "hardly anyone else".
    far = float(np.clip(np.nanmax(np.abs(shown[["low", "high"]].to_numpy())), math.log(4), math.log(100)))
    rows: Iterable[Any] = shown.itertuples()
    for row, odds in enumerate(rows):
        fill = INK if odds.status == "clear" else "white"
        low, high = max(odds.low, -far), min(odds.high, far)
        axes.plot([low, high], [row, row], color=GREY, linewidth=1.4, solid_capstyle="butt", zorder=1)
        axes.plot(odds.log_odds, row, "o", markersize=7, markerfacecolor=fill, markeredgecolor=INK, markeredgewidth=1.3)
        axes.annotate(
            notes[row], (1, row), xycoords=("axes fraction", "data"), xytext=(8, 0), textcoords="offset points",
            va="center", size=10, color=GREY,
        )  # fmt: skip
    axes.axvline(0, color=RULE, linewidth=1.2, zorder=0)
    scale = (-100.0, -10.0, 0.0, 10.0, 100.0) if far >= math.log(10) else (-4.0, -2.0, 0.0, 2.0, 4.0)
    marks = [value for value in scale if abs(_log(value)) <= far * 1.02]
    axes.set_xticks([_log(value) for value in marks], [_times(value) for value in marks])
    axes.set_xlim(-far * 1.05, far * 1.05)
    axes.set_xlabel("times the odds of the others", size=10, loc="left")


def _log(times: float) -> float:
    return math.copysign(math.log(abs(times)), times) if times else 0.0


def _times(value: float) -> str:
    return "1" if not value else f"1/{-value:.0f}" if value < 0 else f"{value:.0f}"
