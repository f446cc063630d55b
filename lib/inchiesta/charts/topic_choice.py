"""The chart of how many topics: how well halves of the texts agree on each number, one panel a language."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from inchiesta.charts.layout import EDGE, WIDTH, Sheet, header_height, plot_nothing, start_sheet
from inchiesta.charts.style import ACCENT, GREY, INK, styled
from inchiesta.text.language_words import name_language

# Four languages fill a page; the table has them all.
MOST_PANELS, COLUMNS = 4, 2
PANEL, GAP, LEFT = 2.35, 0.35, 0.42
SIZE = 10


@styled
def plot_topic_choice(curve: pd.DataFrame, choice: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot how well halves of the documents agree on each number of topics tried, and which number was taken.

    Parameters
    ----------
    curve : language, n_topics, stability (adjusted Rand index, 0 by chance, 1 the same).
    choice : language, n_topics, how (halves, rule, asked), n_documents, n_passages, reason, a row for each language.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Notes
    -----
    The number that halves agree on is one the texts show again, not the number of things they are about.
    """
    shown = choice[choice["language"].isin(curve["language"])]
    shown = shown.sort_values(["n_passages", "language"], ascending=[False, True], kind="stable").head(MOST_PANELS)
    if shown.empty:
        return plot_nothing(title or "How many topics was not tried out", _say_none(choice), source)
    heading = title or _say_finding(shown)
    subtitle = (
        "Agreement of halves of the documents on each number of topics (adjusted Rand index: 0 by chance, 1 the same); "
        f"{int(shown['n_documents'].sum()):,} documents, {int(shown['n_passages'].sum()):,} passages"
        + ("; hollow: by a rule of thumb" if (shown["how"] != "halves").any() else "")
    )
    rows = math.ceil(len(shown) / COLUMNS)
    sheet = start_sheet(heading, subtitle, source, height=header_height(heading, subtitle, source) + rows * PANEL)
    for place, row in enumerate(shown.to_dict("records")):
        own = curve[curve["language"] == row["language"]]
        _draw_panel(sheet, own, {str(name): value for name, value in row.items()}, place, alone=len(shown) == 1)
    return sheet.figure


def _say_none(choice: pd.DataFrame) -> str:
    if choice.empty:
        return "There is no topic to count."
    return " ".join(
        f"{name_language(row['language'])}: {row['n_topics']} {'topic' if row['n_topics'] == 1 else 'topics'}; "
        f"{row['reason']}."
        for row in choice.to_dict("records")
    )


def _say_finding(shown: pd.DataFrame) -> str:
    found = shown[shown["how"] == "halves"]
    if found.empty:
        return "Halves of the texts agree on no number of topics"
    numbers = [f"{row.n_topics} topics in {name_language(str(row.language))}" for row in found.itertuples()]
    return f"Halves of the texts agree on {' and '.join(numbers)}"


def _draw_panel(sheet: Sheet, own: pd.DataFrame, row: dict[str, Any], place: int, *, alone: bool) -> None:
    down, across = divmod(place, COLUMNS)
    wide = WIDTH - 2 * EDGE if alone else (WIDTH - 2 * EDGE - GAP) / COLUMNS
    left, above = EDGE + across * (wide + GAP), down * PANEL
    total = float(sheet.figure.get_size_inches()[1])
    tried = f"{own['n_topics'].min()} to {own['n_topics'].max()} tried"
    head = f"{name_language(row['language'])}: {row['n_topics']} of {tried}"
    y = (total - sheet.top - above) / total
    sheet.figure.text(left / WIDTH, y, head, size=SIZE, weight="bold", color=INK, va="top")
    axes = sheet.figure.add_axes(
        (
            (left + LEFT) / WIDTH,
            (total - sheet.top - above - PANEL + 0.55) / total,
            (wide - LEFT) / WIDTH,
            (PANEL - 0.9) / total,
        )
    )
    _draw_curve(axes, own, int(row["n_topics"]), chosen=row["how"] == "halves")


def _draw_curve(axes: Axes, own: pd.DataFrame, n_topics: int, *, chosen: bool) -> None:
    axes.plot(own["n_topics"], own["stability"], "o-", color=GREY, markersize=3, linewidth=1.0)
    taken = own[own["n_topics"] == n_topics]
    if len(taken):
        value = float(taken["stability"].iloc[0])
        axes.vlines(n_topics, 0, value, color=ACCENT, linewidth=1.0)
        fill = ACCENT if chosen else "white"
        axes.plot([n_topics], [value], "o", markersize=8, markerfacecolor=fill, markeredgecolor=ACCENT)
    axes.set_ylim(min(0.0, float(own["stability"].min())) - 0.02, 1.06)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"], size=SIZE, color=GREY)
    axes.grid(axis="y")
    axes.axhline(0, color=GREY, linewidth=0.6)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.tick_params(axis="x", labelsize=SIZE)
    axes.set_xlabel("topics", size=SIZE, loc="left")
