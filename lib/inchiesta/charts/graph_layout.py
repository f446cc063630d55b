"""Where the dots of a network stand: neighbours near, groups apart, nothing on top of anything.

Distances on the sheet follow steps in the graph (stress majorization). All lengths are inches on the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components, shortest_path

Reals = NDArray[np.float64]
Whole = NDArray[np.int64]
Box = tuple[float, float]

# A step from one group to another is drawn this much longer than one inside a group, so that groups part.
BETWEEN_GROUPS = 1.7
# Stress falls fast: after these steps a dot moves less than a line is wide.
STEPS = 150
# Different starts end in different pictures; the best of a few is rarely tangled.
STARTS = 4
# White between the rims of two dots, and between a dot and a line that is not its own.
GAP = 0.07
AIR = 0.3  # between two parts of the network
# Inches a dot wants beside it for its lines: few dots are a picture only with some air, many share it. And square
# inches of sheet for each square inch of name.
LEAST_ROOM, MORE_ROOM, NAME_ROOM = 0.22, 0.7, 2.2
HEAD = 0.12  # inches above and below a part: half a line of type
# A part is wider than high by this ratio where the sheet lets it, and stretched one way by no more than the other.
SHAPE, MOST_STRETCHED = 1.5, 1.6
LONGEST_STEP = 1.15  # inches: in a small network longer lines only take the reader's eye farther
COUPLE = 0.5  # inches between the two dots of a lone pair: a line of type and its air
# Dots times lines looked at while moving dots off lines: about half a second.
LINE_WORK = 3_000_000
# In so small a part all names stand outside of it, and need the room there.
FEW = 4


@dataclass(frozen=True)
class Graph:
    """A graph in numbers: the two ends of each edge, the group of each node, and its radius on the sheet."""

    ends: Whole  # (edges, 2)
    groups: Whole  # (nodes,)
    radii: Reals  # (nodes,)

    @property
    def n_nodes(self) -> int:
        """Nodes."""
        return len(self.groups)

    def matrix(self) -> csr_matrix:
        """Give the symmetric matrix of edge lengths in steps."""
        a, b = self.ends.T
        steps = np.where(self.groups[a] == self.groups[b], 1.0, BETWEEN_GROUPS)
        whole = coo_matrix((np.r_[steps, steps], (np.r_[a, b], np.r_[b, a])), shape=(self.n_nodes, self.n_nodes))
        return csr_matrix(whole)

    def parts(self) -> Whole:
        """Give the number of the connected part each node is in."""
        return np.asarray(connected_components(self.matrix(), directed=False)[1], dtype=np.int64)

    def part(self, chosen: Whole) -> Graph:
        """Give the graph of the chosen nodes, with the edges among them."""
        number = np.full(self.n_nodes, -1, dtype=np.int64)
        number[chosen] = np.arange(len(chosen))
        ends = number[self.ends]
        return Graph(ends[(ends >= 0).all(axis=1)], self.groups[chosen], self.radii[chosen])


def place_nodes(graph: Graph, labels: Reals, *, width: float, roomy: float = 1.0, seed: int = 0) -> Reals:
    """Place the nodes of a graph, part by part, on a strip of the given width.

    Parameters
    ----------
    graph : what to place.
    labels : inches (nodes, 2) each node's name takes from left to right and from top to bottom; 0 for none.
    width : inches of the strip; its height follows.
    roomy : how much more area than usual the network gets, from 1.
    seed : seed of the starts that are tried.

    Returns
    -------
    Array of shape (nodes, 2): x from 0 to ``width``, y from 0 downwards (negative), the largest part on top.
    """
    parts = graph.parts()
    order = sorted(np.unique(parts), key=lambda part: (-int((parts == part).sum()), int(np.argmax(parts == part))))
    places = np.zeros((graph.n_nodes, 2))
    boxes: list[Box] = []
    chosen = [np.flatnonzero(parts == part) for part in order]
    wanted = (2 * graph.radii + LEAST_ROOM + MORE_ROOM / np.sqrt(graph.n_nodes)) ** 2
    areas = roomy * (wanted + NAME_ROOM * labels.prod(axis=1))
    for nodes in chosen:
        place = _place_couple if len(nodes) <= 2 else _place_part
        places[nodes], box = place(graph.part(nodes), labels[nodes], float(areas[nodes].sum()), width, seed)
        boxes.append(box)
    for nodes, corner in zip(chosen, _pack(boxes, width), strict=True):
        places[nodes] += corner
    return places


def _place_couple(graph: Graph, labels: Reals, area: float, width: float, seed: int) -> tuple[Reals, Box]:
    """Place two dots below each other, their names to the right: read like a list."""
    rim = float(graph.radii.max()) + GAP
    drop = max(COUPLE, 2 * rim + float(labels[:, 1].max()))
    places = np.array([[rim, -rim - drop * number] for number in range(graph.n_nodes)])
    return places, (2 * rim + float(labels[:, 0].max()), 2 * rim + drop * (graph.n_nodes - 1))


def _place_part(graph: Graph, labels: Reals, area: float, width: float, seed: int) -> tuple[Reals, Box]:
    """Place one part with its upper left corner at the origin, and give its width and height."""
    rim = float(graph.radii.max()) + GAP
    # At the sides names may turn inwards, or stand above and below.
    side = rim + (0.5 if graph.n_nodes <= FEW else 0.3) * float(labels[:, 0].max())
    head = rim + HEAD
    across = min(width - 2 * side, float(np.sqrt(area * SHAPE)))
    places = _lie_down(_part_groups(_stress(graph, seed), graph.groups), stands=area > across**2)
    places = _fit(places, across, area / across)
    places = _separate(places - places.min(axis=0), graph, width - 2 * side)
    places = places - places.min(axis=0)
    extent = np.ptp(places, axis=0)
    return places + np.array([side, -extent[1] - head]), (float(extent[0]) + 2 * side, float(extent[1]) + 2 * head)


def _fit(places: Reals, across: float, down: float) -> Reals:
    """Stretch the places to a box, but neither way more than the other by much, and no step longer than it must be."""
    extent = np.maximum(np.ptp(places, axis=0), 1e-6)
    stretch = np.minimum(np.array([across, down]) / extent, LONGEST_STEP)
    return np.asarray(places * np.minimum(stretch, stretch[::-1] * MOST_STRETCHED))


def _stress(graph: Graph, seed: int) -> Reals:
    """Find places whose distances follow the steps in the graph (SMACOF), the best of a few starts.

    References
    ----------
    Gansner, E., Koren, Y. and North, S. (2004), Graph drawing by stress majorization. Graph Drawing 2004.
    """
    steps = np.asarray(shortest_path(graph.matrix(), directed=False))
    weights = 1.0 / np.where(steps > 0, steps, np.inf) ** 2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    n = graph.n_nodes
    inverse = np.linalg.inv(laplacian + 1.0 / n) - 1.0 / n
    random = np.random.default_rng(seed)
    best, least = np.zeros((n, 2)), np.inf
    for _ in range(STARTS):
        places = random.normal(size=(n, 2)) * steps.mean()
        for _ in range(STEPS):
            places = inverse @ _pull(places, steps, weights)
        stress = float((weights * (_distances(places) - steps) ** 2).sum())
        if stress < least - 1e-9:
            best, least = places, stress
    return best


def _distances(places: Reals) -> Reals:
    away = places[:, None, :] - places[None, :, :]
    return np.asarray(np.sqrt((away**2).sum(axis=2)))


def _pull(places: Reals, steps: Reals, weights: Reals) -> Reals:
    distances = _distances(places)
    ratio = -weights * steps / np.where(distances > 1e-9, distances, np.inf)
    np.fill_diagonal(ratio, 0.0)
    np.fill_diagonal(ratio, -ratio.sum(axis=1))
    return np.asarray(ratio @ places)


def _lie_down(places: Reals, *, stands: bool) -> Reals:
    """Turn the places so that they are widest from left to right, or tallest; the first node on the left, above."""
    centred = places - places.mean(axis=0)
    xx, yy, xy = (centred[:, 0] ** 2).sum(), (centred[:, 1] ** 2).sum(), (centred[:, 0] * centred[:, 1]).sum()
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    turned = centred @ np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = turned[:, ::-1] if stands else turned
    return np.asarray(turned * np.where(turned[0] * np.array([-1.0, 1.0]) < 0, -1.0, 1.0))


def _part_groups(places: Reals, groups: Whole) -> Reals:
    """Push groups apart as wholes until their circles no longer meet much."""
    names = np.unique(groups)
    if len(names) < 2:
        return places
    places = places.copy()
    members = [np.flatnonzero(groups == name) for name in names]
    for _ in range(60):
        centres = np.array([places[nodes].mean(axis=0) for nodes in members])
        reach = np.array([_reach(places[nodes]) for nodes in members])
        moves = _push(centres, reach[:, None] + reach[None, :])
        if not moves.any():
            break
        for nodes, move in zip(members, moves, strict=True):
            places[nodes] += move
    return places


def _reach(places: Reals) -> float:
    """Give the radius in which most of a group stands: one outlier must not push all others away."""
    away = np.sqrt(((places - places.mean(axis=0)) ** 2).sum(axis=1))
    return float(np.quantile(away, 0.6)) + 0.3


def _push(places: Reals, least: Reals) -> Reals:
    """Give the moves that bring every two places halfway to their least distance."""
    away = places[:, None, :] - places[None, :, :]
    distances = np.sqrt((away**2).sum(axis=2))
    lacking = np.maximum(least - distances, 0.0)
    np.fill_diagonal(lacking, 0.0)
    # Two places in one spot part along a direction of their own, by their numbers.
    spot = distances < 1e-9
    n = len(places)
    turn = np.arange(n)[:, None] * 2.4 + np.zeros(n)
    direction = np.where(
        spot[..., None],
        np.stack([np.cos(turn), np.sin(turn)], axis=2),
        away / np.where(spot, 1.0, distances)[..., None],
    )
    return np.asarray((direction * lacking[..., None] * 0.25).sum(axis=1))


def _separate(places: Reals, graph: Graph, room: float) -> Reals:
    """Move dots off each other and off lines that are not theirs, inside the room from left to right."""
    least = graph.radii[:, None] + graph.radii[None, :] + GAP
    turns_off_lines = min(120, LINE_WORK // (graph.n_nodes * len(graph.ends)))
    for turn in range(200):
        moves = _push(places, least) * 2
        if turn < turns_off_lines:
            moves += _push_off_lines(places, graph)
        if np.abs(moves).max(initial=0.0) < 1e-4:
            break
        places = places + moves
        places[:, 0] = np.clip(places[:, 0], 0.0, room)
    return places


def _push_off_lines(places: Reals, graph: Graph) -> Reals:
    """Give the moves that bring dots off the lines that run through them without ending there."""
    a, b = places[graph.ends[:, 0]], places[graph.ends[:, 1]]
    along = b - a
    length2 = np.maximum((along**2).sum(axis=1), 1e-12)
    share = ((places[:, None, :] - a[None]) * along[None]).sum(axis=2) / length2
    foot = a[None] + share[..., None] * along[None]
    away = places[:, None, :] - foot
    distance = np.sqrt((away**2).sum(axis=2))
    own = (np.arange(graph.n_nodes)[:, None, None] == graph.ends[None]).any(axis=2)
    meets = (share > 0) & (share < 1) & ~own
    lacking = np.where(meets, np.maximum(graph.radii[:, None] + GAP - distance, 0.0), 0.0)
    side = np.stack([-along[:, 1], along[:, 0]], axis=1) / np.sqrt(length2)[:, None]
    direction = np.where((distance > 1e-9)[..., None], away / np.maximum(distance, 1e-9)[..., None], side[None])
    return np.asarray((direction * lacking[..., None]).sum(axis=1) * 0.15)


def _pack(boxes: Sequence[Box], width: float) -> list[Reals]:
    """Pack boxes row by row, and give the upper left corner of each; a row is spread over the width."""
    rows: list[list[int]] = []
    used = width + 1.0
    for number, (box, _) in enumerate(boxes):
        if used + AIR + box > width:
            rows.append([])
            used = -AIR
        rows[-1].append(number)
        used += AIR + box
    corners: list[Reals] = [np.zeros(2)] * len(boxes)
    top = 0.0
    for row in rows:
        spare = max(0.0, width - sum(boxes[n][0] for n in row)) / (len(row) + 1)
        left = spare
        for number in row:
            corners[number] = np.array([left, -top])
            left += boxes[number][0] + spare
        top += max(boxes[number][1] for number in row) + AIR * 0.5
    return corners
