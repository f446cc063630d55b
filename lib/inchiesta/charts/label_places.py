"""Where the names of dots stand: off each other, off all dots, inside the sheet, and off lines where that can be had.

All lengths are inches; a box is left, bottom, right, top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inchiesta.charts.layout import text_width, wrap_text

Reals = NDArray[np.float64]

LABEL_WRAP = 1.75  # inches: a long name is set in two or three lines
LEADING = 1.2 / 72  # inches of line height for one point of type
PAD = 0.025  # white around a name, so that two do not read as one
# From this distance on a thin line leads from the name to its dot.
LEADER = 0.14
# White between a dot's rim and its name, nearest first; the far ones are for crowded places.
RINGS = (0.04, 0.1, 0.2, 0.34, 0.5, 0.7)
# Right of the dot is where a reader looks first, then left, below, above, and the corners.
DIRECTIONS = ((1, 0), (-1, 0), (0, -1), (0, 1), (1, -1), (1, 1), (-1, -1), (-1, 1))
HABIT = np.array([0.0, 0.04, 0.06, 0.07, 0.1, 0.1, 0.14, 0.14])
SWEEPS = 3
# An inch of line behind a name costs as much as an inch of distance from its dot; a leader line is worse to cross.
LINE_COST, LEADER_COST, DISTANCE_COST = 1.0, 4.0, 1.2
# A name nearer to another dot than to its own is read as the other's.
DOUBT_COST = 0.8


@dataclass(frozen=True)
class Label:
    """A name in its place: the dot's number, its lines, its box, and the end of its leader line if it has one."""

    node: int
    lines: tuple[str, ...]
    box: tuple[float, float, float, float]
    leader: tuple[float, float] | None


def set_lines(name: str, size: float) -> tuple[str, ...]:
    """Break a name into lines of about equal width, as many as it needs."""
    lines = wrap_text(name, LABEL_WRAP, size=size)
    if len(lines) > 1:
        even = text_width(name, size=size) / len(lines)
        for width in np.linspace(even, LABEL_WRAP, 8):
            tried = wrap_text(name, float(width), size=size)
            if len(tried) <= len(lines):
                return tuple(tried)
    return tuple(lines) or ("",)


def label_size(lines: Sequence[str], size: float) -> tuple[float, float]:
    """Give width and height of a name in inches."""
    return max(text_width(line, size=size) for line in lines), len(lines) * size * LEADING


def place_labels(
    names: Sequence[str],
    nodes: Sequence[int],
    places: Reals,
    radii: Reals,
    segments: Reals,
    *,
    size: float,
    frame: tuple[float, float, float, float],
) -> list[Label]:
    """Place the names of the chosen dots, the most important first.

    Parameters
    ----------
    names : the name of each dot.
    nodes : the dots to label, most important first.
    places, radii : centres (dots, 2) and radii of all dots.
    segments : the lines (lines, 4): x and y of both ends.
    size : points of the type.
    frame : the box no name leaves.

    Returns
    -------
    One `Label` for each name that found a place, in the order of ``nodes``; a name that found none is left out.

    Notes
    -----
    Greedy, then ``SWEEPS`` times each name may move to where it now stands best. Deterministic.
    """
    texts = {node: set_lines(names[node], size) for node in nodes}
    choices = {node: _choices(label_size(texts[node], size), places[node], radii[node], frame) for node in nodes}
    fixed = {node: _fixed_cost(choices[node], node, places, radii, segments) for node in nodes}
    placed: dict[int, int] = {}
    for _ in range(SWEEPS):
        before = dict(placed)
        for node in nodes:
            placed.pop(node, None)
            taken = np.array([choices[other].boxes[at] for other, at in placed.items()]).reshape(-1, 4)
            leaders = np.array(
                [choices[other].leaders[at] for other, at in placed.items() if choices[other].is_led[at]]
            ).reshape(-1, 4)
            best = _best(choices[node], fixed[node], taken, leaders)
            if best is not None:
                placed[node] = best
        if placed == before:
            break
    return [_label(node, texts[node], choices[node], placed[node]) for node in nodes if node in placed]


@dataclass(frozen=True)
class _Choices:
    boxes: Reals  # (choices, 4), padded
    costs: Reals
    leaders: Reals  # (choices, 4): from the dot to the box
    is_led: NDArray[np.bool_]


def _choices(
    extent: tuple[float, float], place: Reals, radius: float, frame: tuple[float, float, float, float]
) -> _Choices:
    """List the places a name can take around its dot, without those that leave the frame."""
    width, height = extent[0] + 2 * PAD, extent[1] + 2 * PAD
    boxes, costs, led = [], [], []
    for ring in RINGS:
        for (dx, dy), habit in zip(DIRECTIONS, HABIT, strict=True):
            # On a corner the box touches the dot's circle, not the square around it.
            reach = (radius + ring - PAD) * (0.75 if dx and dy else 1.0)
            for slide in (0.0,) if dx and dy else (0.0, -0.3, 0.3):
                x = place[0] + dx * (reach + width / 2) + (0 if dx else slide * width)
                y = place[1] + dy * (reach + height / 2) + (0 if dy else slide * height)
                boxes.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))
                costs.append(habit + DISTANCE_COST * ring + 0.05 * abs(slide))
                led.append(ring > LEADER)
    found = np.array(boxes)
    inside = (
        (found[:, 0] >= frame[0]) & (found[:, 1] >= frame[1]) & (found[:, 2] <= frame[2]) & (found[:, 3] <= frame[3])
    )
    found = found[inside]
    nearest = np.column_stack(
        [
            np.clip(place[0], found[:, 0] + PAD, found[:, 2] - PAD),
            np.clip(place[1], found[:, 1] + PAD, found[:, 3] - PAD),
        ]
    )
    leaders = np.column_stack([np.broadcast_to(place, nearest.shape), nearest])
    return _Choices(found, np.array(costs)[inside], leaders, np.array(led)[inside])


def _fixed_cost(choices: _Choices, node: int, places: Reals, radii: Reals, segments: Reals) -> Reals:
    """Give the cost of each place for what does not move: dots (never), lines, and doubt about whose name it is."""
    boxes = choices.boxes
    distance = _distance_to_boxes(places, boxes)
    own = distance[:, node]
    others = np.delete(distance - radii[None, :], node, axis=1)
    nearest = others.min(axis=1, initial=np.inf)
    doubt = np.clip((own - radii[node]) + 0.03 - nearest, 0.0, 0.3) / 0.3
    costs = choices.costs + LINE_COST * inches_inside(segments, boxes).sum(axis=1) + DOUBT_COST * doubt
    led = np.where(choices.is_led, inches_inside(choices.leaders, _dot_boxes(places, radii)).sum(axis=1), 0.0)
    costs = costs + np.where(led > 2 * radii[node] + 0.02, 1.0, 0.0)
    return np.asarray(np.where(nearest < 0.01, np.inf, costs))


def _dot_boxes(places: Reals, radii: Reals) -> Reals:
    return np.column_stack([places - radii[:, None], places + radii[:, None]])


def _distance_to_boxes(points: Reals, boxes: Reals) -> Reals:
    """Give the distance (boxes, points) of each point to each box; 0 inside."""
    x, y = points[None, :, 0], points[None, :, 1]
    dx = np.maximum(np.maximum(boxes[:, None, 0] - x, x - boxes[:, None, 2]), 0.0)
    dy = np.maximum(np.maximum(boxes[:, None, 1] - y, y - boxes[:, None, 3]), 0.0)
    return np.asarray(np.sqrt(dx**2 + dy**2))


def inches_inside(segments: Reals, boxes: Reals) -> Reals:
    """Give how many inches (boxes, segments) of each segment lie in each box (Liang and Barsky's clipping)."""
    start, end = np.zeros((len(boxes), len(segments))), np.ones((len(boxes), len(segments)))
    for axis in (0, 1):
        origin, step = segments[None, :, axis], (segments[:, axis + 2] - segments[:, axis])[None, :]
        flat = np.abs(step) < 1e-12
        safe = np.where(flat, 1.0, step)
        one, other = (boxes[:, None, axis] - origin) / safe, (boxes[:, None, axis + 2] - origin) / safe
        inside = (origin > boxes[:, None, axis]) & (origin < boxes[:, None, axis + 2])
        start = np.maximum(start, np.where(flat, np.where(inside, 0.0, 2.0), np.minimum(one, other)))
        end = np.minimum(end, np.where(flat, 1.0, np.maximum(one, other)))
    lengths = np.sqrt(((segments[:, 2:] - segments[:, :2]) ** 2).sum(axis=1))
    return np.asarray(np.maximum(end - start, 0.0) * lengths[None, :])


def _best(choices: _Choices, fixed: Reals, taken: Reals, leaders: Reals) -> int | None:
    """Choose the cheapest place that meets no name placed so far; none where all are taken."""
    boxes = choices.boxes
    if not len(boxes):
        return None
    meets = (
        (boxes[:, None, 0] < taken[None, :, 2])
        & (boxes[:, None, 2] > taken[None, :, 0])
        & (boxes[:, None, 1] < taken[None, :, 3])
        & (boxes[:, None, 3] > taken[None, :, 1])
    ).any(axis=1)
    crossed = inches_inside(leaders, boxes).sum(axis=1)
    crossing = np.where(choices.is_led, inches_inside(choices.leaders, taken).sum(axis=0) if len(taken) else 0.0, 0.0)
    costs = np.where(meets, np.inf, fixed + LEADER_COST * (crossed + crossing))
    best = int(np.argmin(costs))
    return best if np.isfinite(costs[best]) else None


def _label(node: int, lines: tuple[str, ...], choices: _Choices, at: int) -> Label:
    left, bottom, right, top = (float(side) for side in choices.boxes[at])
    leader = (float(choices.leaders[at][2]), float(choices.leaders[at][3])) if choices.is_led[at] else None
    return Label(node, lines, (left + PAD, bottom + PAD, right - PAD, top - PAD), leader)
