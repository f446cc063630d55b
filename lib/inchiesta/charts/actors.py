"""Charts of actors: who is named how often, and which pairs meet more often than chance would have it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from inchiesta.charts.layout import EDGE, WIDTH, Sheet, plot_nothing, text_width
from inchiesta.charts.rows import count_axis, start_rows
from inchiesta.charts.style import ACCENT, GREY, INK, KIND_COLOURS, KIND_MARKS, KIND_WORDS, styled

KEY = 0.34  # inches the key above the axes takes
# The usual level, after the correction for many tests: below it a pair is said to survive chance.
SURVIVES = 0.05


@styled
def plot_actors(actors: pd.DataFrame, *, n: int = 20, title: str = "", source: str = "") -> Figure:
    """Plot the most named actors: mentions as bars, coloured and marked by kind, the origins in words.

    Parameters
    ----------
    actors : table actors.
    n : actors shown, from 1.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Notes
    -----
    Being named often is not being important: a country names the place of half the sentences it stands in.
    """
    if actors.empty:
        words = "No name of a person, organisation or place was found."
        return plot_nothing(title or "No actor is named", words, source)
    shown = actors.sort_values(["n_mentions", "actor_id"], ascending=[False, True], kind="stable").head(n)
    heading = title or f"{shown['name'].iloc[0]} is named most often"
    which = f"{len(shown):,} of {len(actors):,} actors" if len(shown) < len(actors) else f"{len(actors):,} actors"
    subtitle = f"Mentions by actor; {which}, {int(actors['n_mentions'].sum()):,} mentions"
    notes = [_mentions_note(*counts) for counts in zip(shown["n_mentions"], shown["n_origins"], strict=True)]
    sheet, axes = start_rows(
        heading,
        subtitle,
        source,
        list(shown["name"]),
        above=KEY,
        right=0.3 + max(text_width(note, size=10) for note in notes),
    )
    axes.barh(range(len(shown)), shown["n_mentions"], height=0.6, color=[KIND_COLOURS[kind] for kind in shown["kind"]])
    for row, (count, kind, note) in enumerate(zip(shown["n_mentions"], shown["kind"], notes, strict=True)):
        axes.plot(
            count,
            row,
            marker=KIND_MARKS[kind],
            color=KIND_COLOURS[kind],
            markeredgecolor="white",
            markersize=10,
            clip_on=False,
        )
        axes.annotate(note, (count, row), xytext=(8, 0), textcoords="offset points", va="center", size=10, color=INK)
    count_axis(axes, largest=float(shown["n_mentions"].max()), unit="mentions")
    _draw_key(
        sheet,
        [
            (KIND_WORDS[kind], KIND_MARKS[kind], KIND_COLOURS[kind], True)
            for kind in KIND_WORDS
            if (shown["kind"] == kind).any()
        ],
    )
    return sheet.figure


def _mentions_note(mentions: int, origins: int) -> str:
    return f"{mentions:,} in {origins:,} {'origin' if origins == 1 else 'origins'}"


@styled
def plot_pairs(pairs: pd.DataFrame, actors: pd.DataFrame, *, n: int = 15, title: str = "", source: str = "") -> Figure:
    """Plot the strongest pairs: sentences (or other units) that name both, against the number expected by chance.

    Parameters
    ----------
    pairs : table pairs. Shown are those met more often than expected, by G²; by the count where none survives the test.
    actors : table actors, for the names.
    n : pairs shown, from 1.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Returns
    -------
    A Figure: a filled dot for what was counted, a ring for what chance would give; a pair that does not survive the
    test (q at or above .05) is drawn in grey.

    Notes
    -----
    Standing in one sentence is not having to do with each other: read the sentences.
    """
    above = pairs[pairs["n_together"] > pairs["expected"]]
    if above.empty:
        words = "No two actors are named together more often than chance would have it."
        return plot_nothing(title or "No pair of actors", words, source)
    # Where no pair survives, the likeliest by chance are the rare names: what was counted most says more then.
    order = ["g2"] if (above["q_value"] < SURVIVES).any() else ["n_together", "g2"]
    falling = [False] * len(order)
    shown = above.sort_values([*order, "actor_a", "actor_b"], ascending=[*falling, True, True], kind="stable").head(n)
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    labels = [f"{names.get(a, a)} – {names.get(b, b)}" for a, b in zip(shown["actor_a"], shown["actor_b"], strict=True)]
    survive = int((above["q_value"] < SURVIVES).sum())
    unit = f"{shown['unit'].iloc[0]}s"
    subtitle = (
        f"{unit.capitalize()} that name both, copies counted once; {len(shown):,} of {len(pairs):,} pairs, "
        f"{survive:,} survive the test against chance (q below .05)"
    )
    sheet, axes = start_rows(
        title or _title_of_pairs(labels[0], survive, unit), subtitle, source, labels, above=KEY, right=0.35, width=3.1
    )
    _draw_pairs(axes, shown)
    count_axis(axes, largest=float(shown["n_together"].max()) * 1.03, unit=unit)
    _draw_key(
        sheet,
        [
            ("counted", "o", ACCENT, True),
            ("expected by chance", "o", GREY, False),
            ("counted, does not survive the test", "o", GREY, True),
        ],
    )
    return sheet.figure


def _title_of_pairs(first: str, survive: int, unit: str) -> str:
    return f"{first} is the strongest pair" if survive else f"{first} share the most {unit}; chance may explain it"


def _draw_pairs(axes: Axes, shown: pd.DataFrame) -> None:
    rows: Iterable[Any] = shown.itertuples()
    for row, pair in enumerate(rows):
        color = ACCENT if pair.q_value < SURVIVES else GREY
        axes.plot([pair.expected, pair.n_together], [row, row], color=color, linewidth=1, zorder=1)
        axes.plot(
            pair.expected, row, marker="o", markerfacecolor="white", markeredgecolor=GREY, markersize=6, clip_on=False
        )
        axes.plot(pair.n_together, row, marker="o", color=color, markersize=7, clip_on=False)


def _draw_key(sheet: Sheet, entries: list[tuple[str, str, str, bool]]) -> None:
    """Write the key as one line below the subtitle: a mark and its word, again and again."""
    height = float(sheet.figure.get_size_inches()[1])
    x, y = EDGE + 0.06, (height - sheet.top - 0.07) / height
    for word, mark, color, filled in entries:
        sheet.figure.add_artist(
            Line2D(
                [x / WIDTH],
                [y],
                marker=mark,
                color=color,
                markersize=6.5,
                linestyle="none",
                markerfacecolor=color if filled else "white",
            )
        )
        sheet.write(word, x=x + 0.1, y_from_top=0.01, size=10.5, color=INK)
        x += 0.1 + text_width(word, size=10.5) + 0.3
