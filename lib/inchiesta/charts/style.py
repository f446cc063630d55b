"""How the figures look: colours, marks and matplotlib's settings, all in this one place.

Colours carry meaning only, and never alone: each kind has a mark and a word beside its colour.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import matplotlib

INK = "#1a1a1a"
GREY = "#6b6b6b"
RULE = "#d8d8d8"
ACCENT = "#0b5394"
PALE = "#a9c1d9"  # the accent, thinned: further copies, expected counts
NEGATIVE = "#b3432b"
POSITIVE = "#2f6f4f"
NEUTRAL = "#8a8a8a"

# Okabe-Ito: told apart by readers with any of the common colour blindnesses.
KIND_COLOURS = {"PER": "#0072B2", "ORG": "#E69F00", "LOC": "#009E73", "OTHER": "#999999"}
KIND_MARKS = {"PER": "o", "ORG": "s", "LOC": "^", "OTHER": "D"}
KIND_WORDS = {"PER": "person", "ORG": "organisation", "LOC": "place", "OTHER": "other"}

# Any for the keys: matplotlib's stubs want each name as a literal type.
STYLE: dict[Any, Any] = {
    # DejaVu Sans comes with matplotlib: the layout is the same on every machine. In the svg the reader's own sans
    # stands in its place; all the usual ones are narrower, so nothing can collide.
    "font.family": ["DejaVu Sans"],
    "font.size": 11,
    # Texts come from sources: a price in dollars is not a formula.
    "text.parse_math": False,
    "text.usetex": False,
    "text.color": INK,
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "savefig.dpi": 200,
    "savefig.facecolor": "white",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.edgecolor": RULE,
    "axes.labelcolor": GREY,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "axes.xmargin": 0.02,
    "xtick.color": GREY,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": RULE,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "hatch.color": GREY,
    "lines.linewidth": 1.4,
    # Text stays text: it can be searched, read aloud and copied.
    "svg.fonttype": "none",
    # Identifiers inside the svg come from this salt, not from chance: same table, same bytes.
    "svg.hashsalt": "inchiesta",
    "timezone": "UTC",
}

# What a caller may have set that would change a drawing: put back to matplotlib's own below our style.
_DRAWING = (
    "axes.",
    "date.",
    "errorbar.",
    "figure.",
    "font.",
    "grid.",
    "hatch.",
    "lines.",
    "markers.",
    "patch.",
    "path.",
    "savefig.",
    "svg.",
    "text.",
    "timezone",
    "xaxis.",
    "xtick.",
    "yaxis.",
    "ytick.",
)

P = ParamSpec("P")
R = TypeVar("R")


def set_style() -> None:
    """Set the chart style for every figure drawn from now on in this process, the notebook's own included."""
    matplotlib.rcParams.update(STYLE)


def chart_style() -> AbstractContextManager[None]:
    """Give a context in which matplotlib draws in the chart style, whatever the caller has set."""
    plain = {name: value for name, value in matplotlib.rcParamsDefault.items() if name.startswith(_DRAWING)}
    return matplotlib.rc_context({**plain, **STYLE})


def styled(draw: Callable[P, R]) -> Callable[P, R]:
    """Draw in the chart style whatever the caller's settings are."""

    @wraps(draw)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with chart_style():
            return draw(*args, **kwargs)

    return inner
