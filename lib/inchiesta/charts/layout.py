"""The sheet a chart is drawn on: title, subtitle and source line take the room they need, the axes get the rest.

Everything is measured in inches before it is placed, so that no label is cut and no two texts collide.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from inchiesta.charts.style import GREY, INK, STYLE, styled

WIDTH = 7.0
HEIGHT = 4.2
EDGE = 0.12
# Sized for the phone: shrunk to its width, 11 points are the smallest type that is still read without a lens.
TITLE_SIZE, SUBTITLE_SIZE, SOURCE_SIZE, LABEL_SIZE = 14.5, 11.0, 9.0, 11.0
LINE = 1.32 / 72  # inches of line height for one point of type
# A name wider than this is set in two lines or more: half of the figure is for the numbers.
LABEL_WIDTH = 2.5


@dataclass(frozen=True)
class Sheet:
    """A figure with its texts placed; `top` and `bottom` are the inches they took."""

    figure: Figure
    top: float
    bottom: float

    def add_axes(self, *, left: float = EDGE, right: float = EDGE, above: float = 0.0, below: float = 0.3) -> Axes:
        """Give axes that fill the room left, less the given inches on each side."""
        width, height = (float(side) for side in self.figure.get_size_inches())
        bottom = self.bottom + below
        return self.figure.add_axes(
            (
                left / width,
                bottom / height,
                (width - left - right) / width,
                max(0.2, height - self.top - above - bottom) / height,
            )
        )

    def write(self, text: str, *, x: float, y_from_top: float, size: float = SUBTITLE_SIZE, color: str = GREY) -> None:
        """Write a line at inches from the left and below the header."""
        width, height = (float(side) for side in self.figure.get_size_inches())
        self.figure.text(
            x / width, (height - self.top - y_from_top) / height, text, size=size, color=color, ha="left", va="top"
        )


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float = LABEL_SIZE, weight: str = "normal") -> float:
    """Give the width of one line of text in inches."""
    font = FontProperties(family=STYLE["font.family"], weight=weight, size=size)
    with warnings.catch_warnings():
        # A script DejaVu lacks: the svg shows it in the reader's font, the measure is near enough.
        warnings.filterwarnings("ignore", message=".*Glyph.*missing from.*")
        return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]) / 72


def wrap_text(text: str, width: float, *, size: float = LABEL_SIZE, weight: str = "normal") -> list[str]:
    """Break a text into lines of at most ``width`` inches, at spaces where there are any."""
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size=size, weight=weight) <= width:
            lines[-1] = joined
        else:
            lines.extend(_break_word(word, width, size=size, weight=weight))
    return lines


def _break_word(word: str, width: float, *, size: float, weight: str) -> list[str]:
    whole = text_width(word, size=size, weight=weight)
    if whole <= width:
        return [word]
    step = max(1, int(len(word) * width / whole * 0.95))
    return [word[start : start + step] for start in range(0, len(word), step)]


@styled
def start_sheet(title: str, subtitle: str, source: str = "", *, height: float = HEIGHT) -> Sheet:
    """Start a figure: title, subtitle and source line are wrapped and placed, nothing else is drawn.

    Parameters
    ----------
    title : the finding, as a sentence.
    subtitle : what is plotted and out of what.
    source : where the numbers come from; empty for no line.
    height : inches of the whole figure; the width is always 7 inches, the column of the page.
    """
    figure = Figure(figsize=(WIDTH, height))
    FigureCanvasAgg(figure)
    top = EDGE
    for text, size, weight, color in ((title, TITLE_SIZE, "bold", INK), (subtitle, SUBTITLE_SIZE, "normal", GREY)):
        for line in wrap_text(text, WIDTH - 2 * EDGE, size=size, weight=weight):
            figure.text(EDGE / WIDTH, 1 - top / height, line, size=size, weight=weight, color=color, va="top")
            top += size * LINE
        top += 0.05
    bottom = EDGE
    for line in reversed(wrap_text(source, WIDTH - 2 * EDGE, size=SOURCE_SIZE)):
        figure.text(EDGE / WIDTH, bottom / height, line, size=SOURCE_SIZE, color=GREY, va="bottom")
        bottom += SOURCE_SIZE * LINE
    return Sheet(figure, top + 0.08, bottom)


def header_height(title: str, subtitle: str, source: str = "") -> float:
    """Give the inches title, subtitle and source line take, for figures whose height follows from their rows."""
    sheet = start_sheet(title, subtitle, source)
    return sheet.top + sheet.bottom


def wrap_labels(labels: Sequence[str], width: float = LABEL_WIDTH) -> tuple[list[str], float, int]:
    """Wrap row labels: the labels with line breaks, the inches of the widest, the lines of the tallest."""
    wrapped = [wrap_text(label, width) or [""] for label in labels]
    widest = max((text_width(line) for lines in wrapped for line in lines), default=0.0)
    return ["\n".join(lines) for lines in wrapped], widest, max((len(lines) for lines in wrapped), default=1)


@styled
def plot_nothing(title: str, words: str, source: str = "") -> Figure:
    """Give a figure that says in words why there is nothing to draw."""
    sheet = start_sheet(title, "", source, height=1.15)
    for number, line in enumerate(wrap_text(words, WIDTH - 2 * EDGE)):
        sheet.write(line, x=EDGE, y_from_top=number * LABEL_SIZE * LINE, size=LABEL_SIZE)
    return sheet.figure
