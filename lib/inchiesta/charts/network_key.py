"""The key of a network: what shape, size, width, dashes and shade mean, each drawn once beside its words."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from inchiesta.charts.layout import EDGE, Sheet, text_width
from inchiesta.charts.network_picture import MANY, dot_radius
from inchiesta.charts.style import GREY, INK, KIND_COLOURS, KIND_MARKS, KIND_WORDS, RULE

ROW = 0.3  # inches
SIZE = 10.0
# Grey ties on grey shade, told apart in print: colours are for the kinds.
SHADE, TIE = "#f3f3f3", "#a6a6a6"
# Points. Thinner lines vanish in print, thicker ones hide what lies below.
THINNEST_LINE, THICKEST_LINE = 0.7, 5.0


def key_height(ties: pd.DataFrame) -> float:
    """Give the inches the key takes: kinds in one row, sizes and widths in two more where they mean something."""
    return ROW * (3 if (ties["status"] == "clear").any() else 1)


def line_width(n_origins: float, most: float, n_nodes: int) -> float:
    """Give the width of a line in points, by its origins and those of the thickest; thinner among many dots."""
    return max(THINNEST_LINE, THICKEST_LINE * (1.0 if n_nodes <= MANY else 0.6) * n_origins / most)


@dataclass
class _Pen:
    """Writes a row of the key from left to right."""

    sheet: Sheet
    row: int
    x: float = EDGE

    @property
    def y(self) -> float:
        """Inches from the bottom of the figure to the middle of the row."""
        height = float(self.sheet.figure.get_size_inches()[1])
        return height - self.sheet.top - ROW * (self.row + 0.5) + 0.03

    def word(self, text: str, *, color: str = INK, after: float = 0.1) -> None:
        """Write a word."""
        width, height = self.sheet.figure.get_size_inches()
        self.sheet.figure.text(self.x / width, self.y / height, text, size=SIZE, color=color, va="center", ha="left")
        self.x += text_width(text, size=SIZE) + after

    def dot(self, mark: str, color: str, radius: float, *, face: str = "") -> None:
        """Draw a dot as it stands in the picture."""
        width, height = self.sheet.figure.get_size_inches()
        self.x += radius
        artist = Line2D(
            [self.x / width],
            [self.y / height],
            marker=mark,
            color=color,
            markerfacecolor=face or color,
            markersize=2 * radius * 72 * 0.927,
            linestyle="none",
            markeredgecolor=color if face else "white",
        )
        self.sheet.figure.add_artist(artist)
        self.x += radius + 0.06

    def line(self, width_points: float, color: str, *, dashed: bool = False) -> None:
        """Draw a short line as it stands in the picture."""
        width, height = self.sheet.figure.get_size_inches()
        artist = Line2D(
            [self.x / width, (self.x + 0.34) / width],
            [self.y / height] * 2,
            color=color,
            linewidth=width_points,
            linestyle=(0, (4, 3)) if dashed else "-",
            solid_capstyle="round",
        )
        self.sheet.figure.add_artist(artist)
        self.x += 0.34 + 0.06

    def patch(self) -> None:
        """Draw a piece of a community's shade."""
        width, height = self.sheet.figure.get_size_inches()
        self.sheet.figure.add_artist(
            Rectangle(
                (self.x / width, (self.y - 0.07) / height),
                0.3 / width,
                0.14 / height,
                facecolor=SHADE,
                edgecolor=RULE,
                linewidth=0.7,
            )
        )
        self.x += 0.36


def draw_key(sheet: Sheet, shown: pd.DataFrame, ties: pd.DataFrame, *, has_shades: bool) -> None:
    """Draw the key below the subtitle, for the actors and ties that are drawn."""
    is_clear = bool((ties["status"] == "clear").any())
    pen = _Pen(sheet, 0)
    for kind, word in KIND_WORDS.items():
        if (shown["kind"] == kind).any():
            pen.dot(KIND_MARKS[kind], KIND_COLOURS[kind], 0.065)
            pen.word(word, after=0.2)
    if has_shades:
        pen.patch()
        pen.word("community", after=0.2)
    if is_clear:
        _draw_sizes(_Pen(sheet, 1), shown)
        _draw_widths(_Pen(sheet, 2), ties, len(shown))
    else:
        pen.line(1.0, GREY, dashed=True)
        pen.word("weak pair")


def _draw_sizes(pen: _Pen, shown: pd.DataFrame) -> None:
    strongest = float(shown["strength"].max())
    pen.word("Dot: strength, the origins of its ties added up", color=GREY, after=0.16)
    for value in _steps(float(shown["strength"].min()), strongest):
        pen.dot("o", GREY, dot_radius(value, strongest, len(shown)))
        pen.word(f"{value:,.0f}", after=0.2)


def _draw_widths(pen: _Pen, ties: pd.DataFrame, n_nodes: int) -> None:
    most = float(ties["n_origins"].max())
    pen.word(f"Line: origins that name both in a {ties['unit'].iloc[0]}", color=GREY, after=0.16)
    for value in _steps(float(ties["n_origins"].min()), most):
        pen.line(line_width(value, most, n_nodes), TIE)
        pen.word(f"{value:,.0f}", after=0.2)


def _steps(least: float, most: float) -> list[float]:
    """Give up to three values to show: the least, one between, the most."""
    return sorted({least, float(round(least + (most - least) / 3)), most})
