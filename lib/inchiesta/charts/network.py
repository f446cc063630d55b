"""The picture of a network: who is tied to whom where the tie survives chance, readable from 2 actors to 150."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon
from numpy.typing import NDArray

from inchiesta.charts.geometry import inches_inside
from inchiesta.charts.label_places import LEADING
from inchiesta.charts.layout import header_height, plot_nothing, start_sheet
from inchiesta.charts.network_key import SHADE, TIE, draw_key, key_height, line_width
from inchiesta.charts.network_picture import ACROSS, NAME_SIZE, RING, TAG_SIZE, Picture, choose_shown, compose
from inchiesta.charts.network_words import make_subtitle, make_title, say_nothing
from inchiesta.charts.style import GREY, INK, KIND_COLOURS, KIND_MARKS, RULE, styled

Reals = NDArray[np.float64]

# More names than this on 7 inches cannot all be read; the table has them.
MOST_LABELS = 40
ABOVE, BELOW = 0.08, 0.12  # inches of white around the picture


@styled
def plot_network(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    focus: str = "",
    n_labels: int = MOST_LABELS,
    seed: int = 0,
    title: str = "",
    source: str = "",
) -> Figure:
    """Plot a network: a dot an actor, a line a tie that survives chance.

    Parameters
    ----------
    nodes, edges : tables nodes and edges, of the whole network or of an ego view.
    pairs, actors : the tables of the same corpus: the base the subtitle counts from.
    focus : actor_id of the actor an ego view is about; it is ringed, and the title speaks of it. Without a tie, the
        figure says so in words.
    n_labels : names written, 0 to 40; the strongest first, the rest stay dots.
    seed : seed of the layout.
    title : the finding; made from the numbers when empty.
    source : the line below.

    Returns
    -------
    A Figure 7 inches wide, as tall as the network needs. Size of a dot: strength; width of a line: origins; colour and
    shape: kind; shaded: communities, where a connected part holds several and the shade holds nobody else. Of more than
    150 actors the strongest are drawn, of very many ties the two strongest of each actor; the subtitle says so. Where
    no pair survives, the weak pairs are dashed and the title says so.

    Notes
    -----
    Where a dot stands means little: neighbours are near, but near ones need not be neighbours. Two actors without a
    line are not shown to be unrelated. Deterministic for a seed.
    """
    if edges.empty:
        heading, words = say_nothing(actors, focus)
        return plot_nothing(title or heading, words, source)
    shown, ties = choose_shown(nodes, edges, focus)
    picture = compose(shown, ties, focus=focus, n_labels=min(n_labels, MOST_LABELS), seed=seed)
    heading = title or make_title(nodes, edges, focus)
    subtitle = make_subtitle(nodes, edges, pairs, actors, shown=shown, ties=ties, n_named=len(picture.labels))
    above = key_height(ties) + ABOVE
    height = header_height(heading, subtitle, source) + above + picture.height + BELOW
    sheet = start_sheet(heading, subtitle, source, height=height)
    draw_key(sheet, shown, ties, has_shades=bool(picture.shades))
    axes = sheet.add_axes(above=above, below=BELOW)
    axes.set_axis_off()
    axes.set_xlim(0, ACROSS)
    axes.set_ylim(-picture.height, 0)
    _draw_shades(axes, picture)
    segments = _draw_ties(axes, ties, shown, picture)
    _draw_dots(axes, shown, picture, focus)
    _draw_names(axes, picture, segments, shown, focus)
    return sheet.figure


def _draw_shades(axes: Axes, picture: Picture) -> None:
    for shade in picture.shades:
        axes.add_patch(Polygon(shade.corners, facecolor=SHADE, edgecolor=RULE, linewidth=0.7, zorder=0, clip_on=False))
        if shade.tag:
            axes.text(*shade.tag, shade.name, size=TAG_SIZE, color=GREY, ha="center", va="center", zorder=4)


def _draw_ties(axes: Axes, ties: pd.DataFrame, shown: pd.DataFrame, picture: Picture) -> Reals:
    """Draw the lines, and give their ends: x and y of both."""
    index = pd.Index(shown["actor_id"])
    a, b = (picture.places[index.get_indexer(pd.Index(ties[side]))] for side in ("actor_a", "actor_b"))
    lines = list(np.stack([a, b], axis=1))
    if (ties["status"] == "clear").all():
        most = float(ties["n_origins"].max())
        widths = [line_width(float(value), most, len(shown)) for value in ties["n_origins"]]
        drawn = LineCollection(lines, colors=TIE, linewidths=widths, capstyle="round", zorder=1)
    else:
        drawn = LineCollection(lines, colors=GREY, linewidths=1.0, linestyles=[(0, (4, 3))], zorder=1)
    axes.add_collection(drawn, autolim=False)
    return np.column_stack([a, b])


def _draw_dots(axes: Axes, shown: pd.DataFrame, picture: Picture, focus: str) -> None:
    radii = picture.radii - RING * (shown["actor_id"] == focus).to_numpy()
    for kind, mark in KIND_MARKS.items():
        rows = np.flatnonzero(shown["kind"] == kind)
        axes.scatter(
            picture.places[rows, 0],
            picture.places[rows, 1],
            # An area in points; a little less, because the white rim stands around it.
            s=0.86 * (2 * radii[rows] * 72) ** 2,
            marker=mark,
            color=KIND_COLOURS[kind],
            edgecolors="white",
            linewidths=0.8,
            zorder=3,
        )
    for row in np.flatnonzero(shown["actor_id"] == focus):
        x, y = picture.places[row]
        size = (2 * (picture.radii[row] - 0.02) * 72) ** 2
        axes.scatter([x], [y], s=size, marker="o", facecolors="none", edgecolors=INK, linewidths=1.4, zorder=3)


def _draw_names(axes: Axes, picture: Picture, segments: Reals, shown: pd.DataFrame, focus: str) -> None:
    """Write the names; where a line runs behind one, a white ground keeps it readable."""
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 0.6}
    for label in picture.labels:
        left, bottom, right, top = label.box
        if label.leader:
            x, y = picture.places[label.node]
            axes.plot([x, label.leader[0]], [y, label.leader[1]], color=INK, linewidth=0.5, zorder=2)
        axes.text(
            {"left": left, "right": right}.get(label.side, (left + right) / 2),
            (bottom + top) / 2,
            "\n".join(label.lines),
            size=NAME_SIZE,
            color=INK,
            ha=label.side,
            va="center",
            linespacing=LEADING * 72,
            weight="bold" if shown["actor_id"].iloc[label.node] == focus else "normal",
            bbox=ground if inches_inside(segments, np.array([label.box])).any() else None,
            zorder=4,
        )
