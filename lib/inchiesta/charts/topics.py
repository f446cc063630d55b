"""Charts of topics: terms with bars of weight, one small panel a topic."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from inchiesta.charts.layout import (
    EDGE,
    LABEL_SIZE,
    LINE,
    WIDTH,
    Sheet,
    header_height,
    plot_nothing,
    start_sheet,
    text_width,
    wrap_text,
)
from inchiesta.charts.style import ACCENT, GREY, INK, styled

COLUMNS = 3
# More than twelve panels on one sheet are wallpaper; the table has them all.
MAX_TOPICS = 12
ROW = 0.22
GAP = 0.25


@styled
def plot_topic_terms(topics: pd.DataFrame, *, n_terms: int = 8, title: str = "", source: str = "") -> Figure:
    """Plot the strongest terms of each topic as bars of weight, small multiples on one scale.

    Parameters
    ----------
    topics : table topics.
    n_terms : terms a topic, from 1.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Notes
    -----
    A topic is a habit of words to stand together. Its label is its first terms, not what the texts are about.
    """
    if topics.empty:
        return plot_nothing(title or "No topics", "Too little text to tell topics apart; none is shown.", source)
    shown = topics.head(MAX_TOPICS)
    heading = title or f"The largest topic is {topics['label'].iloc[0]}"
    subtitle = _subtitle(topics, shown)
    most = min(n_terms, max(len(terms) for terms in shown["terms"]))
    panel = 0.74 + most * ROW
    rows = math.ceil(len(shown) / COLUMNS)
    sheet = start_sheet(heading, subtitle, source, height=header_height(heading, subtitle, source) + rows * panel)
    largest = max((float(max(weights, default=0.0)) for weights in shown["weights"]), default=0.0)
    for place, topic in enumerate(shown.itertuples()):
        _draw_panel(sheet, topic, divmod(place, COLUMNS), panel=panel, n_terms=most, largest=largest or 1.0)
    return sheet.figure


def _subtitle(topics: pd.DataFrame, shown: pd.DataFrame) -> str:
    which = f"{len(shown)} of {len(topics)} topics" if len(shown) < len(topics) else f"{len(topics)} topics"
    passages = int(topics["n_passages"].sum())
    longest = max((float(max(weights, default=0.0)) for weights in shown["weights"]), default=0.0)
    return f"Share of the strongest terms in each topic, the longest bar {longest:.1%}; {which}, {passages:,} passages"


def _draw_panel(
    sheet: Sheet, topic: Any, place: tuple[int, int], *, panel: float, n_terms: int, largest: float
) -> None:
    row, column = place
    wide = (WIDTH - 2 * EDGE - (COLUMNS - 1) * GAP) / COLUMNS
    left, above = EDGE + column * (wide + GAP), row * panel
    head = wrap_text(f"{topic.label}", wide, size=10, weight="bold")[:2]
    for number, line in enumerate(head):
        _bold(sheet, line, x=left, y=above + number * 10 * LINE)
    sheet.write(f"{topic.n_passages:,} passages", x=left, y_from_top=above + len(head) * 10 * LINE, size=9)
    terms = [str(term) for term in topic.terms[:n_terms]]
    _draw_terms(sheet, terms, list(topic.weights[:n_terms]), left=left, wide=wide, largest=largest, top=above + 0.58)


def _bold(sheet: Sheet, text: str, *, x: float, y: float) -> None:
    width, height = (float(side) for side in sheet.figure.get_size_inches())
    sheet.figure.text(x / width, (height - sheet.top - y) / height, text, size=10, weight="bold", color=INK, va="top")


def _draw_terms(
    sheet: Sheet, terms: list[str], weights: list[float], *, left: float, wide: float, largest: float, top: float
) -> None:
    words = [wrap_text(term, wide * 0.6, size=LABEL_SIZE - 1)[0] if term.strip() else "" for term in terms]
    words = [word if word == term else f"{word[:-1]}…" for word, term in zip(words, terms, strict=True)]
    label = max((text_width(word, size=LABEL_SIZE - 1) for word in words), default=0.0) + 0.06
    total, height = float(sheet.figure.get_size_inches()[1]), len(terms) * ROW
    axes: Axes = sheet.figure.add_axes(
        (
            (left + label) / WIDTH,
            (total - sheet.top - top - height) / total,
            (wide - label) / WIDTH,
            max(height, 0.1) / total,
        )
    )
    axes.barh(range(len(words)), weights, height=0.6, color=ACCENT)
    axes.set_yticks(range(len(words)), words, size=LABEL_SIZE - 1)
    axes.set_ylim(len(words) - 0.4, -0.6)
    axes.set_xlim(0, largest)
    axes.set_xticks([])
    axes.axvline(0, color=GREY, linewidth=0.6)
