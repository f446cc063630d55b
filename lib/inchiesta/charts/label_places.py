"""Where the names of dots stand: off each other, off all dots, inside the sheet, and off lines where that can be had.

All lengths are inches; a box is left, bottom, right, top.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from inchiesta.charts.geometry import distance_to_boxes, dot_boxes, inches_inside, meets_any
from inchiesta.charts.layout import text_width, wrap_text

Reals = NDArray[np.float64]
# The lines of a name, and the width and height they take.
Setting = tuple[tuple[str, ...], tuple[float, float]]

LABEL_WRAP = 1.75  # inches: a long name is set in two or three lines
LEADING = 1.2 / 72  # inches of line height for one point of type
PAD = 0.025  # white around a name, so that two do not read as one
# From this distance on a thin line leads from the name to its dot.
LEADER = 0.14
# White between a dot's rim and its name, nearest first; the far ones are for crowded places.
RINGS = (0.04, 0.1, 0.2, 0.34, 0.5, 0.7, 0.95, 1.25)
TURNS = np.arange(24) * np.pi / 12
# Right of the dot is where a reader looks first, then above and below, then left; corners look loose.
HABIT = 0.05 * (1 - np.cos(TURNS)) + 0.08 * np.abs(np.sin(2 * TURNS))
# A name on a leader line is read later than one beside its dot; a leader along a line of the network looks like one.
LED_COST, ALONG_COST, ALONG = 0.2, 0.6, 0.94
# After two rounds hardly a name finds a better place.
SWEEPS = 3
# An inch of line behind a name costs as much as an inch of distance from its dot.
LINE_COST, DISTANCE_COST = 1.0, 1.2
# A leader line over a name is ruled out, over another dot it is dear: this much (inches) is only touching.
TOUCH, STRAY_COST = 0.01, 1.5
# What it costs to break a short name into two lines.
BREAK_COST = 0.08
# A name nearer to another dot than to its own is read as the other's.
DOUBT_COST = 0.8


@dataclass(frozen=True)
class Label:
    """A name in its place: the dot's number, its lines, its box, and the end of its leader line if it has one.

    ``side`` is where its lines are flush: *left* for a name to the right of its dot, *right*, or *center*.
    """

    node: int
    lines: tuple[str, ...]
    box: tuple[float, float, float, float]
    leader: tuple[float, float] | None
    side: Literal["left", "right", "center"]

    def moved(self, up: float) -> Label:
        """Give the same label moved up by inches."""
        left, bottom, right, top = self.box
        leader = (self.leader[0], self.leader[1] + up) if self.leader else None
        return replace(self, box=(left, bottom + up, right, top + up), leader=leader)


@dataclass(frozen=True)
class Name:
    """A name to place: the dot's number, and the ways to set it, the usual one first."""

    node: int
    settings: tuple[Setting, ...]

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the usual setting."""
        return self.settings[0][1]


def set_name(node: int, name: str, *, size: float, weight: str = "normal") -> Name:
    """Set a name in as few lines as it needs, and, where it is one line of several words, in two as well."""
    lines = _even_lines(name, LABEL_WRAP, size, weight)
    ways = [lines]
    if len(lines) == 1 and " " in name.strip():
        parts = [text_width(word, size=size, weight=weight) for word in name.split()]
        ways.append(_even_lines(name, max(*parts, 0.6 * text_width(name, size=size, weight=weight)), size, weight))
    extents = [
        (max(text_width(line, size=size, weight=weight) for line in way), len(way) * size * LEADING) for way in ways
    ]
    return Name(node, tuple(zip(ways, extents, strict=True)))


def _even_lines(name: str, widest: float, size: float, weight: str) -> tuple[str, ...]:
    """Break a name into as few lines as the width allows, of about equal length."""
    lines = wrap_text(name, widest, size=size, weight=weight) or [""]
    # Never so narrow that a word would be broken which need not be.
    parts = [text_width(word, size=size, weight=weight) for word in name.split()]
    even = min(widest, max(text_width(name, size=size, weight=weight) / len(lines), *parts, 0.0))
    for width in np.linspace(even, widest, 8) if len(lines) > 1 else ():
        tried = wrap_text(name, float(width), size=size, weight=weight)
        if len(tried) == len(lines):
            return tuple(tried)
    return tuple(lines)


def place_labels(names: Sequence[Name], places: Reals, radii: Reals, segments: Reals, *, width: float) -> list[Label]:
    """Place names beside their dots, the most important first.

    Parameters
    ----------
    names : what to place, most important first.
    places, radii : centres (dots, 2) and radii of all dots, named or not.
    segments : the lines (lines, 4): x and y of both ends.
    width : no name begins left of 0 or ends right of this; up and down there is no end.

    Returns
    -------
    One `Label` for each name that found a place, in the order of ``names``; a name that found none is left out.

    Notes
    -----
    Greedy, then ``SWEEPS`` times each name may move to where it now stands best. Deterministic.
    """
    nodes = [name.node for name in names]
    settings = {name.node: name.settings for name in names}
    choices = {name.node: _choices(name, places[name.node], radii[name.node], width) for name in names}
    fixed = {node: _fixed_cost(choices[node], node, places, radii, segments) for node in nodes}
    placed: dict[int, int] = {}
    for _ in range(SWEEPS):
        before = dict(placed)
        for node in nodes:
            placed.pop(node, None)
            taken = np.array([choices[other].boxes[at] for other, at in placed.items()]).reshape(-1, 4)
            led = [choices[other].leaders[at] for other, at in placed.items() if choices[other].is_led[at]]
            leaders = np.array(led).reshape(-1, 4)
            best = _best(choices[node], fixed[node], taken, leaders)
            if best is not None:
                placed[node] = best
        if placed == before:
            break
    return [_label(node, settings[node], choices[node], placed[node]) for node in nodes if node in placed]


@dataclass(frozen=True)
class _Choices:
    boxes: Reals  # (choices, 4), padded
    costs: Reals
    leaders: Reals  # (choices, 4): from the dot to the box
    is_led: NDArray[np.bool_]
    setting: NDArray[np.int64]  # which of the name's settings


def _choices(name: Name, place: Reals, radius: float, across: float) -> _Choices:
    """List the places of all settings of a name."""
    found = [_choices_of(extent, place, radius, across) for _, extent in name.settings]
    return _Choices(
        np.vstack([choices.boxes for choices in found]),
        np.concatenate([choices.costs + BREAK_COST * number for number, choices in enumerate(found)]),
        np.vstack([choices.leaders for choices in found]),
        np.concatenate([choices.is_led for choices in found]),
        np.concatenate([choices.setting + number for number, choices in enumerate(found)]),
    )


def _choices_of(extent: tuple[float, float], place: Reals, radius: float, across: float) -> _Choices:
    """List the places a name can take around its dot, without those that leave the sheet."""
    width, height = extent[0] + 2 * PAD, extent[1] + 2 * PAD
    rings, turns = (grid.ravel() for grid in np.meshgrid(np.array(RINGS), TURNS, indexing="ij"))
    direction = np.column_stack([np.cos(turns), np.sin(turns)])
    # Straight beside the dot a box is centred on it, in the corners it touches the circle with its corner.
    shift = np.clip(1.4 * direction, -1.0, 1.0) * np.array([width / 2, height / 2])
    middles = place + direction * (radius + rings - PAD)[:, None] + shift
    found = np.column_stack([middles - np.array([width, height]) / 2, middles + np.array([width, height]) / 2])
    is_led = rings > LEADER
    costs = np.tile(HABIT, len(RINGS)) + DISTANCE_COST * rings + LED_COST * is_led
    inside = (found[:, 0] >= 0) & (found[:, 2] <= across)
    found = found[inside]
    nearest = np.column_stack(
        [
            np.clip(place[0], found[:, 0] + PAD, found[:, 2] - PAD),
            np.clip(place[1], found[:, 1] + PAD, found[:, 3] - PAD),
        ]
    )
    leaders = np.column_stack([np.broadcast_to(place, nearest.shape), nearest])
    return _Choices(found, costs[inside], leaders, is_led[inside], np.zeros(len(found), dtype=np.int64))


def _fixed_cost(choices: _Choices, node: int, places: Reals, radii: Reals, segments: Reals) -> Reals:
    """Give the cost of each place for what does not move: dots (never), lines, and doubt about whose name it is."""
    boxes = choices.boxes
    distance = distance_to_boxes(places, boxes)
    own = distance[:, node]
    others = np.delete(distance - radii[None, :], node, axis=1)
    nearest = others.min(axis=1, initial=np.inf)
    doubt = np.clip((own - radii[node]) + 0.03 - nearest, 0.0, 0.3) / 0.3
    costs = choices.costs + LINE_COST * inches_inside(segments, boxes).sum(axis=1) + DOUBT_COST * doubt
    led = np.where(choices.is_led, inches_inside(choices.leaders, dot_boxes(places, radii)).sum(axis=0), 0.0)
    # The leader begins in its own dot, whose square box it leaves on a side or a corner.
    strays = led > np.sqrt(2) * radii[node] + TOUCH
    costs += STRAY_COST * strays + ALONG_COST * (choices.is_led & _runs_along(choices.leaders, segments))
    return np.asarray(np.where(nearest < TOUCH, np.inf, costs))


def _runs_along(leaders: Reals, segments: Reals) -> NDArray[np.bool_]:
    """Tell of each leader whether it runs nearly along a line that begins or ends in its dot."""
    starts = np.vstack([segments, segments[:, [2, 3, 0, 1]]])
    own = starts[(np.abs(starts[:, :2] - leaders[:1, :2]) < 1e-9).all(axis=1)] if len(leaders) else starts[:0]
    one, other = (ends[:, 2:] - ends[:, :2] for ends in (leaders, own))
    one, other = (way / np.maximum(np.linalg.norm(way, axis=1), 1e-9)[:, None] for way in (one, other))
    return np.asarray((one @ other.T > ALONG).any(axis=1))


def _best(choices: _Choices, fixed: Reals, taken: Reals, leaders: Reals) -> int | None:
    """Choose the cheapest place that meets no name placed so far; none where all are taken."""
    boxes = choices.boxes
    if not len(boxes):
        return None
    meets = meets_any(boxes, taken)
    meets |= (inches_inside(leaders, boxes) > TOUCH).any(axis=1)
    meets |= choices.is_led & (inches_inside(choices.leaders, taken) > TOUCH).any(axis=0)
    costs = np.where(meets, np.inf, fixed)
    best = int(np.argmin(costs))
    return best if np.isfinite(costs[best]) else None


def _label(node: int, settings: tuple[Setting, ...], choices: _Choices, at: int) -> Label:
    lines, _ = settings[choices.setting[at]]
    left, bottom, right, top = (float(side) for side in choices.boxes[at])
    x = float(choices.leaders[at][0])
    leader = (float(choices.leaders[at][2]), float(choices.leaders[at][3])) if choices.is_led[at] else None
    side: Literal["left", "right", "center"] = "left" if left >= x else "right" if right <= x else "center"
    return Label(node, lines, (left + PAD, bottom + PAD, right - PAD, top - PAD), leader, side)


def place_tag(
    corners: Reals, taken: Reals, leaders: Reals, segments: Reals, extent: tuple[float, float], width: float
) -> Reals | None:
    """Give the middle of a small text on the outside of a shape, where it meets nothing; none where there is no room.

    Parameters
    ----------
    corners : the corners (corners, 2) of the shape.
    taken, leaders : the boxes (boxes, 4) of names and dots, and the leader lines (lines, 4): neither is met.
    segments : the lines (lines, 4); the fewer lie behind the text, the better.
    extent : inches the text takes from left to right and from top to bottom.
    width : inches of the sheet.
    """
    outwards = corners - corners.mean(axis=0)
    outwards /= np.maximum(np.sqrt((outwards**2).sum(axis=1)), 1e-9)[:, None]
    half = np.array(extent) / 2
    middles = corners + outwards * (half + PAD)
    boxes = np.column_stack([middles - half - PAD, middles + half + PAD])
    free = (
        ~meets_any(boxes, taken)
        & ~inches_inside(leaders, boxes).any(axis=1)
        & (boxes[:, 0] >= 0)
        & (boxes[:, 2] <= width)
    )
    if not free.any():
        return None
    # Above all on top, where a heading is looked for.
    costs = inches_inside(segments, boxes).sum(axis=1) - 0.02 * middles[:, 1]
    return np.asarray(middles[int(np.argmin(np.where(free, costs, np.inf)))])
