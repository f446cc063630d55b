"""Rows of a chart: one label a row, the figure as high as its rows need, so that every name is readable."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from inchiesta.charts.layout import (
    EDGE,
    HEIGHT,
    LABEL_SIZE,
    LABEL_WIDTH,
    LINE,
    Sheet,
    header_height,
    start_sheet,
    wrap_labels,
)
from inchiesta.charts.style import INK

ROW = 0.3  # inches: a line of type and as much air again


def start_rows(
    title: str,
    subtitle: str,
    source: str,
    labels: Sequence[str],
    *,
    above: float = 0.0,
    below: float = 0.46,
    right: float = 0.3,
    least: float = HEIGHT,
    width: float = LABEL_WIDTH,
) -> tuple[Sheet, Axes]:
    """Start a chart with one row a label, the first on top, at y = 0, 1, 2 ...

    Parameters
    ----------
    labels : the rows; a long one is set in several lines.
    above, below, right : inches kept free around the axes, for a key, the tick labels and direct labels.
    least : inches the figure has at least when it holds eight rows or more; fewer rows make a lower figure.
    width : inches a label may take before it is broken into lines.
    """
    wrapped, widest, lines = wrap_labels(labels, width)
    row = max(ROW, lines * LABEL_SIZE * LINE + 0.08)
    room = header_height(title, subtitle, source) + above + below + row * len(labels) + 0.1
    sheet = start_sheet(title, subtitle, source, height=max(room, least if len(labels) >= 8 else 0.0))
    axes = sheet.add_axes(left=EDGE + widest + 0.1, right=right, above=above, below=below)
    axes.set_yticks(range(len(wrapped)), wrapped, size=LABEL_SIZE, color=INK)
    axes.set_ylim(len(wrapped) - 0.4, -0.6)
    axes.grid(axis="x")
    return sheet, axes


def count_axis(axes: Axes, *, largest: float, unit: str) -> None:
    """Set the x axis for counts: from zero, whole numbers only, thousands with a comma."""
    axes.set_xlim(0, max(1.0, largest) * 1.02)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.set_xlabel(unit, size=10, loc="left")
