"""Charts of tone: points with interval lines, hollow where it is weak, words where there is too little text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from inchiesta.charts.layout import EDGE, LINE, WIDTH, Sheet, plot_nothing, text_width, wrap_text
from inchiesta.charts.rows import start_rows
from inchiesta.charts.style import GREY, INK, NEGATIVE, NEUTRAL, POSITIVE, styled

NOTE_SIZE = 10


@styled
def plot_tones(
    summary: pd.DataFrame, actors: pd.DataFrame, *, per: str = "", title: str = "", source: str = ""
) -> Figure:
    """Plot the mean tone toward each actor with its interval, the worst spoken of on top.

    Parameters
    ----------
    summary : one row an actor: actor_id, n_sentences, n_origins, mean, low, high (-1 to 1), n_positive, n_negative,
        status (clear, weak, withheld).
    actors : table actors, for the names.
    per : another column of `summary`, such as source, voice or month: one row for each of its values, those of an actor
        together and in their order.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Returns
    -------
    A Figure: filled points are clear, hollow ones weak; actors with too little text are named below, without a point.

    Notes
    -----
    Tone is how the sentences speak, not what the writer thinks, and not whether it is deserved.
    """
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    order = ["actor_id", per] if per else ["score", "actor_id"]
    little_said, shown = summary[summary["status"] == "withheld"], summary[summary["status"] != "withheld"]
    shown = shown.sort_values(order, kind="stable")
    withheld = _labels(little_said, names, per)
    little = f"Too little text to say: {('; ' if per else ', ').join(withheld)}." if withheld else ""
    if shown.empty:
        words = little or "No sentence carries a tone toward an actor."
        return plot_nothing(title or "No tone can be stated", words, source)
    labels = _labels(shown, names, per)
    subtitle = (
        f"Mean tone of the sentences that name the actor, with its 95% interval; {len(shown):,} "
        f"{('estimate' if len(shown) == 1 else 'estimates') if per else 'actors'}, "
        f"{int(shown['n_sentences'].sum()):,} sentences" + _hollow(shown)
    )
    notes = [_base(n, origins) for n, origins in zip(shown["n_sentences"], shown["n_origins"], strict=True)]
    below = wrap_text(little, WIDTH - 2 * EDGE, size=NOTE_SIZE)
    sheet, axes = start_rows(
        title or _title(labels, per),
        subtitle,
        source,
        labels,
        above=0.05,
        below=0.5 + len(below) * NOTE_SIZE * LINE + (0.08 if below else 0.0),
        right=0.35 + max(text_width(note, size=10) for note in notes),
    )
    _draw_points(axes, shown, notes)
    _tone_axis(axes)
    _write_below(sheet, below)
    return sheet.figure


def _labels(rows: pd.DataFrame, names: dict[str, str], per: str) -> list[str]:
    found = [str(names.get(actor, actor)) for actor in rows["actor_id"]]
    return [f"{name}, {value}" for name, value in zip(found, rows[per], strict=True)] if per else found


def _title(labels: list[str], per: str) -> str:
    if not per:
        return f"{labels[0]} is spoken of worst"
    return f"Tone by actor and {per}"


def _write_below(sheet: Sheet, lines: list[str]) -> None:
    height = float(sheet.figure.get_size_inches()[1])
    for number, line in enumerate(reversed(lines)):
        y = sheet.bottom + 0.06 + number * NOTE_SIZE * LINE
        sheet.figure.text(EDGE / WIDTH, y / height, line, size=NOTE_SIZE, color=GREY, va="bottom")


def _hollow(shown: pd.DataFrame) -> str:
    return "; hollow: weak" if (shown["status"] == "weak").any() else ""


def _base(n_sentences: int, n_origins: int) -> str:
    return (
        f"{n_sentences:,} {'sentence' if n_sentences == 1 else 'sentences'}, "
        f"{n_origins:,} {'origin' if n_origins == 1 else 'origins'}"
    )


def _draw_points(axes: Axes, shown: pd.DataFrame, notes: list[str]) -> None:
    tones: Iterable[Any] = shown.itertuples()
    for row, (tone, note) in enumerate(zip(tones, notes, strict=True)):
        # The colour says more than the sign of the mean: only an interval that leaves out zero is negative or positive.
        color = NEGATIVE if tone.high < 0 else POSITIVE if tone.low > 0 else NEUTRAL
        fill = color if tone.status == "clear" else "white"
        axes.plot([tone.low, tone.high], [row, row], color=color, linewidth=1.4, solid_capstyle="butt", zorder=1)
        axes.plot(
            tone.score, row, marker="o", markersize=7, markerfacecolor=fill, markeredgecolor=color, markeredgewidth=1.5
        )
        axes.annotate(
            note,
            (1, row),
            xycoords=("axes fraction", "data"),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=10,
            color=GREY,
        )


def _tone_axis(axes: Axes) -> None:
    axes.set_xlim(-1.03, 1.03)
    axes.set_xticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
    axes.axvline(0, color=INK, linewidth=0.8, zorder=0)
    for x, words, side in ((0.0, "− negative", "left"), (1.0, "positive +", "right")):
        axes.annotate(
            words,
            (x, 0),
            xycoords="axes fraction",
            xytext=(0, -31),
            textcoords="offset points",
            size=10,
            color=NEGATIVE if side == "left" else POSITIVE,
            ha=side,
        )
