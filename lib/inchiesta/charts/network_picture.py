"""What of a network is drawn where: dots, names and community tags in inches, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.charts.geometry import dot_boxes, holds_any, outline
from inchiesta.charts.graph_layout import Graph, place_nodes
from inchiesta.charts.label_places import Label, Name, place_labels, place_tag, set_name
from inchiesta.charts.layout import EDGE, WIDTH, text_width

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]

ACROSS = WIDTH - 2 * EDGE
# More dots than this are a texture; the strongest are drawn and the subtitle says so.
MOST_NODES = 150
NAME_SIZE, TAG_SIZE = 10.0, 9.0
# Inches. The largest dot shrinks as the network grows, so that dots do not cover their lines.
SMALLEST_DOT, LARGEST_DOT = 0.05, 0.16
MANY = 40  # as many dots as there are names
RIM = 0.13  # inches between a dot's rim and the edge of its community's shade
RING = 0.06  # inches the ring around the actor in focus adds
# A taller picture than this does not fit a page.
TALLEST = 8.6
# With more lines than these (by actor, or in all) the drawing is a tangle; then of each actor the strongest are drawn.
LINES_AN_ACTOR, FEW_LINES, STRONGEST = 1.6, 60, 2
# Each try gives the network a quarter more room, until every name has a place.
TRIES, GROWTH = 5, 1.25
# Two actors are a pair, not a community.
SMALLEST_COMMUNITY = 3


@dataclass(frozen=True)
class Shade:
    """A community to shade: its corners, its name, and the middle of its tag if that found a place."""

    corners: Reals
    name: str
    tag: tuple[float, float] | None


@dataclass(frozen=True)
class Picture:
    """What is drawn where: inches from the left and, negative, from the top."""

    places: Reals
    radii: Reals
    labels: list[Label]
    shades: list[Shade]
    height: float


def choose_shown(nodes: pd.DataFrame, edges: pd.DataFrame, focus: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Choose the strongest actors, the one in focus first, and of the ties those between two of them.

    Where these are too many to be seen, of each actor the two strongest are chosen, and all of the one in focus.
    """
    ranked = nodes.assign(is_focus=nodes["actor_id"] == focus).sort_values(
        ["is_focus", "strength", "n_mentions", "actor_id"], ascending=[False, False, False, True], kind="stable"
    )
    ids = set(ranked["actor_id"].head(MOST_NODES))
    ties = edges[edges["actor_a"].isin(ids) & edges["actor_b"].isin(ids)].reset_index(drop=True)
    if len(ties) > max(FEW_LINES, LINES_AN_ACTOR * len(ids)):
        ties = _thin_out(ties, focus)
    tied = set(ties["actor_a"]) | set(ties["actor_b"])
    shown = ranked[ranked["actor_id"].isin(tied)].drop(columns="is_focus").reset_index(drop=True)
    return shown, ties


def _thin_out(ties: pd.DataFrame, focus: str) -> pd.DataFrame:
    """Keep the ties that are among the strongest of one of their actors, and those of the actor in focus."""
    order = {"n_origins": False, "n_together": False, "actor_a": True, "actor_b": True}
    ranked = ties.sort_values(list(order), ascending=list(order.values()), kind="stable", ignore_index=True)
    ends = pd.concat([ranked["actor_a"], ranked["actor_b"]]).sort_index(kind="stable")
    place = ends.groupby(ends).cumcount()
    kept = (place < STRONGEST).groupby(level=0).any().to_numpy(dtype=bool)
    touches = ((ranked["actor_a"] == focus) | (ranked["actor_b"] == focus)).to_numpy(dtype=bool)
    thinned: pd.DataFrame = ranked.loc[kept | touches].reset_index(drop=True)
    return thinned


def dot_radius(strength: float, strongest: float, n_nodes: int) -> float:
    """Give the radius in inches: the area grows with the strength; without any strength all dots are small."""
    if not strongest:
        return SMALLEST_DOT * 1.4
    largest = LARGEST_DOT if n_nodes <= MANY else 0.8 * LARGEST_DOT
    return max(SMALLEST_DOT, largest * float(np.sqrt(strength / strongest)))


def compose(shown: pd.DataFrame, ties: pd.DataFrame, *, focus: str, n_labels: int, seed: int) -> Picture:
    """Place dots and names; where a name finds no place, the network gets more room and all is placed again.

    Parameters
    ----------
    shown, ties : tables nodes and edges, as `choose_shown` gives them.
    focus : actor_id whose dot is ringed and whose name is bold; empty for none.
    n_labels : names to place, those of the first rows.
    seed : seed of the layout.
    """
    graph = _graph_of(shown, ties, focus)
    names = [
        set_name(row, str(name), size=NAME_SIZE, weight="bold" if actor == focus else "normal")
        for row, (actor, name) in enumerate(zip(shown["actor_id"], shown["name"], strict=True))
    ][:n_labels]
    sizes = np.zeros((graph.n_nodes, 2))
    sizes[: len(names)] = [name.extent for name in names]
    best = _picture(graph, place_nodes(graph, sizes, width=ACROSS, seed=seed), names, shown)
    for turn in range(1, TRIES):
        if len(best.labels) == len(names) or best.height > TALLEST:
            break
        places = place_nodes(graph, sizes, width=ACROSS, roomy=GROWTH**turn, seed=seed)
        picture = _picture(graph, places, names, shown)
        if picture.height > TALLEST:
            break
        if len(picture.labels) > len(best.labels):
            best = picture
    return best


def _graph_of(shown: pd.DataFrame, ties: pd.DataFrame, focus: str) -> Graph:
    index = pd.Index(shown["actor_id"])
    ends = np.column_stack([index.get_indexer(pd.Index(ties[side])) for side in ("actor_a", "actor_b")])
    groups = pd.factorize(shown["community"], sort=True)[0]
    strongest = float(shown["strength"].max())
    radii = np.array([dot_radius(float(value), strongest, len(shown)) for value in shown["strength"]])
    radii += RING * (shown["actor_id"] == focus).to_numpy()
    return Graph(ends.astype(np.int64), groups.astype(np.int64), radii)


def _picture(graph: Graph, places: Reals, names: list[Name], shown: pd.DataFrame) -> Picture:
    """Place the names and tags around the dots, and cut the sheet to what is drawn."""
    segments = np.column_stack([places[graph.ends[:, 0]], places[graph.ends[:, 1]]])
    labels = place_labels(names, places, graph.radii, segments, width=ACROSS)
    boxes = [label.box for label in labels]
    shades = _place_shades(graph, places, labels, segments, shown)
    tops = [shade.tag[1] + TAG_SIZE / 72 for shade in shades if shade.tag]
    top = max([float((places[:, 1] + graph.radii).max()) + RIM, *(box[3] for box in boxes), *tops])
    bottom = min([float((places[:, 1] - graph.radii).min()) - RIM, *(box[1] for box in boxes)])
    down = np.array([0.0, top])
    moved = [
        Shade(shade.corners - down, shade.name, (shade.tag[0], shade.tag[1] - top) if shade.tag else None)
        for shade in shades
    ]
    return Picture(places - down, graph.radii, [label.moved(-top) for label in labels], moved, top - bottom)


def _communities_to_shade(graph: Graph) -> list[Whole]:
    """Give the members of each community to shade: those that share a connected part with another community."""
    parts = graph.parts()
    members = [np.flatnonzero(graph.groups == group) for group in np.unique(graph.groups)]
    several = {part for part in np.unique(parts) if len(np.unique(graph.groups[parts == part])) > 1}
    return [nodes for nodes in members if len(nodes) >= SMALLEST_COMMUNITY and parts[nodes[0]] in several]


def _place_shades(
    graph: Graph, places: Reals, labels: list[Label], segments: Reals, shown: pd.DataFrame
) -> list[Shade]:
    taken = np.array([*(label.box for label in labels), *dot_boxes(places, graph.radii)]).reshape(-1, 4)
    led = [(*places[label.node], *label.leader) for label in labels if label.leader]
    leaders = np.array(led).reshape(-1, 4)
    shades = []
    for nodes in _communities_to_shade(graph):
        corners = outline(places[nodes], graph.radii[nodes] + RIM)
        others = np.setdiff1d(np.arange(graph.n_nodes), nodes)
        if holds_any(corners, places[others]):
            continue  # it would claim an actor of another community
        name = str(shown["community"].iloc[nodes[0]])
        extent = (text_width(name, size=TAG_SIZE), TAG_SIZE * 1.1 / 72)
        middle = place_tag(corners, taken, leaders, segments, extent, ACROSS)
        tag = None if middle is None else (float(middle[0]), float(middle[1]))
        if middle is not None:
            half = np.array(extent) / 2
            taken = np.vstack([taken, [*(middle - half), *(middle + half)]])
        shades.append(Shade(corners, name, tag))
    return shades
