"""The map of passages: a dot a passage, a mark a topic, the labels in the margins with a line to their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from inchiesta.charts.layout import EDGE, LINE, WIDTH, header_height, plot_nothing, start_sheet, wrap_text
from inchiesta.charts.style import ACCENT, GREY, INK, RULE, styled
from inchiesta.charts.topic_shares import count_topics

Reals = NDArray[np.float64]

# Told apart in grey: shapes, and every second one hollow. More than twelve nobody keeps apart; the rest are dots.
MARKS = ("o", "s", "^", "D", "v", "P", "X", "p", "<", ">", "h", "*")
MARGIN = 1.55  # inches for the labels on each side
TALL = 4.4
NAME_SIZE = 9.5
GAP = 0.1  # inches of white between two labels, at least


@dataclass(frozen=True)
class _Name:
    """A label in the margin: its topic's place in the table, lines, inches from the top, and the point it speaks of."""

    row: int
    lines: list[str]
    top: float
    point: tuple[float, float]
    left: bool


@styled
def plot_topic_map(places: pd.DataFrame, topics: pd.DataFrame, *, title: str = "", source: str = "") -> Figure:
    """Plot passages where their words put them, with the labels of their topics.

    Parameters
    ----------
    places : passage_id, topic_id, x, y (-1 to 1), as `inchiesta.topics.places.place_passages` gives them.
    topics : table topics; the first 12 get a mark and a label.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Returns
    -------
    A Figure. Labels stand in the margins, a line leads from each to the middle of its topic.

    Notes
    -----
    Near ones use the same words. Distances across the map, directions and the size of a cloud mean nothing: therefore
    there are no axes.
    """
    if places.empty or topics.empty:
        return plot_nothing(title or "No map of passages", "Too few different passages in topics to map them.", source)
    shown = topics[topics["topic_id"].isin(places["topic_id"])].head(len(MARKS)).reset_index(drop=True)
    heading = title or _heading(places, shown)
    subtitle = _subtitle(places, topics, shown)
    middles = [_middle(places[places["topic_id"] == topic]) for topic in shown["topic_id"]]
    names = _place_names(shown, middles)
    needed = max((name.top + len(name.lines) * NAME_SIZE * LINE for name in names), default=0.0)
    tall = max(TALL, needed + 0.1)
    sheet = start_sheet(heading, subtitle, source, height=header_height(heading, subtitle, source) + tall + 0.25)
    axes = sheet.add_axes(below=0.1)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH - 2 * EDGE)
    axes.set_ylim(-tall, 0)
    _draw_dots(axes, places, shown, tall)
    for name in names:
        _draw_name(axes, name, tall)
    return sheet.figure


def _heading(places: pd.DataFrame, shown: pd.DataFrame) -> str:
    first = shown["label"].iloc[0]
    n_first = int((places["topic_id"] == shown["topic_id"].iloc[0]).sum())
    return f"The largest of the topics, {first}, holds {n_first:,} of {len(places):,} passages"


def _subtitle(places: pd.DataFrame, topics: pd.DataFrame, shown: pd.DataFrame) -> str:
    which = count_topics(shown, topics) + (" are marked" if len(shown) < len(topics) else "")
    n_all = int(topics["n_passages"].sum())
    some = f"{len(places):,} of {n_all:,}" if len(places) < n_all else f"{n_all:,}"
    words = "Each mark is a passage, near ones use the same words; how far apart far ones are means nothing"
    return f"{words}; {some} passages, {which}"


def _middle(of_topic: pd.DataFrame) -> tuple[float, float]:
    """Give the place of the passage that is nearest to all others of its topic: inside a cloud, never between two."""
    where = of_topic[["x", "y"]].to_numpy(dtype=np.float64)
    away = np.sqrt(((where[:, None] - where[None]) ** 2).sum(axis=2)).sum(axis=1).round(6)
    x, y = where[int(away.argmin())]
    return float(x), float(y)


def _place_names(shown: pd.DataFrame, middles: list[tuple[float, float]]) -> list[_Name]:
    """Share the labels out to both margins by their topics' places, each margin from top to bottom."""
    order = sorted(range(len(shown)), key=lambda row: (middles[row][0], row))
    half = (len(order) + 1) // 2
    names: list[_Name] = []
    for rows, left in ((order[:half], True), (order[half:], False)):
        rows = sorted(rows, key=lambda row: (-middles[row][1], row))
        lines = [wrap_text(str(shown["label"].iloc[row]), MARGIN - 0.3, size=NAME_SIZE) or [""] for row in rows]
        heights = np.array([len(of_name) * NAME_SIZE * LINE + GAP for of_name in lines])
        wanted = np.array([(1 - middles[row][1]) / 2 * TALL for row in rows]) - heights / 2
        for row, of_name, top in zip(rows, lines, _spread(wanted, heights), strict=True):
            names.append(_Name(row, of_name, float(top), middles[row], left))
    return names


def _spread(wanted: Reals, heights: Reals) -> Reals:
    """Give tops in the order given, none above the sheet, none over the one before, near to those wanted."""
    tops = np.maximum(wanted, 0.0)
    for at in range(1, len(tops)):
        tops[at] = max(tops[at], tops[at - 1] + heights[at - 1])
    # What was pushed over the bottom moves up again, and what is above it with it.
    bottom = max(TALL, float(heights.sum()))
    for at in range(len(tops) - 1, -1, -1):
        tops[at] = min(tops[at], bottom - heights[at])
        bottom = tops[at]
    return tops


def _inches(x: Reals | float, y: Reals | float, tall: float) -> tuple[Reals, Reals]:
    across = WIDTH - 2 * EDGE - 2 * MARGIN - 0.2
    return (
        np.asarray(MARGIN + 0.1 + (np.asarray(x) + 1) / 2 * across),
        np.asarray(-0.08 - (1 - np.asarray(y)) / 2 * (tall - 0.16)),
    )


def _draw_dots(axes: Axes, places: pd.DataFrame, shown: pd.DataFrame, tall: float) -> None:
    size = 26 if len(places) <= 300 else 14
    rest = places[~places["topic_id"].isin(shown["topic_id"])]
    axes.scatter(*_inches(rest["x"].to_numpy(), rest["y"].to_numpy(), tall), s=4, color=RULE, linewidths=0)
    for row, topic in enumerate(shown["topic_id"]):
        own = places[places["topic_id"] == topic]
        axes.scatter(
            *_inches(own["x"].to_numpy(), own["y"].to_numpy(), tall),
            s=size,
            marker=MARKS[row],
            **_look(row),
            linewidths=0.7,
            alpha=0.75,
            zorder=2,
        )


def _look(row: int) -> dict[str, Any]:
    return {"facecolors": "none" if row % 2 else ACCENT, "edgecolors": INK if row % 2 else ACCENT}


def _draw_name(axes: Axes, name: _Name, tall: float) -> None:
    width = WIDTH - 2 * EDGE
    height = len(name.lines) * NAME_SIZE * LINE
    middle = -(name.top + height / 2)
    mark, text, end = (0.08, 0.2, MARGIN - 0.08) if name.left else (width - 0.08, width - 0.2, width - MARGIN + 0.08)
    axes.scatter([mark], [middle], s=36, marker=MARKS[name.row], **_look(name.row), linewidths=0.9, clip_on=False)
    side = "left" if name.left else "right"
    axes.text(text, middle, "\n".join(name.lines), size=NAME_SIZE, color=INK, ha=side, va="center", linespacing=1.2)
    x, y = _inches(*name.point, tall)
    axes.plot([end, float(x)], [middle, float(y)], color=GREY, linewidth=0.6, zorder=3)
    axes.plot([float(x)], [float(y)], marker="o", markersize=3, color=INK, zorder=4)
