"""Shapes on the sheet: boxes (left, bottom, right, top), line segments (x and y of both ends) and convex hulls."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Reals = NDArray[np.float64]


def dot_boxes(places: Reals, radii: Reals) -> Reals:
    """Give the box (dots, 4) of each dot."""
    return np.column_stack([places - radii[:, None], places + radii[:, None]])


def distance_to_boxes(points: Reals, boxes: Reals) -> Reals:
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


def meets_any(boxes: Reals, taken: Reals) -> NDArray[np.bool_]:
    """Tell of each box whether it meets one that is taken."""
    return np.asarray(
        (
            (boxes[:, None, 0] < taken[None, :, 2])
            & (boxes[:, None, 2] > taken[None, :, 0])
            & (boxes[:, None, 1] < taken[None, :, 3])
            & (boxes[:, None, 3] > taken[None, :, 1])
        ).any(axis=1)
    )


def outline(places: Reals, radii: Reals) -> Reals:
    """Give the corners of the convex hull around circles, anticlockwise (Andrew's monotone chain)."""
    turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    rims = places[:, None, :] + radii[:, None, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)[None]
    points = sorted({(round(float(x), 6), round(float(y), 6)) for x, y in rims.reshape(-1, 2)})
    return np.array(_half(points)[:-1] + _half(points[::-1])[:-1])


def _half(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    hull: list[tuple[float, float]] = []
    for x, y in points:
        while len(hull) > 1 and (hull[-1][0] - hull[-2][0]) * (y - hull[-2][1]) <= (hull[-1][1] - hull[-2][1]) * (
            x - hull[-2][0]
        ):
            hull.pop()
        hull.append((x, y))
    return hull


def holds_any(corners: Reals, places: Reals) -> bool:
    """Tell whether a convex shape, its corners anticlockwise, holds one of the places."""
    along = np.roll(corners, -1, axis=0) - corners
    to = places[:, None, :] - corners[None, :, :]
    return bool(((along[None, :, 0] * to[..., 1] - along[None, :, 1] * to[..., 0]) > 0).all(axis=1).any())
