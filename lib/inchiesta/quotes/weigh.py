"""Weights of what speaks for and against a reading, learned from labelled quotations and kept as a readable table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np

# Weights are drawn toward zero, so that what was seen seldom says little.
RIDGE = 1.5
_STEPS = 60


class Scheme:
    """Names for features: each group is a product of labels, each feature a number.

    A group with labels ``("a", "b")`` and ``("x", "y")`` has the features a|x, a|y, b|x, b|y, in this order.
    """

    def __init__(self, *groups: tuple[str, Sequence[Sequence[str]]]) -> None:
        self.names: list[str] = []
        self.first: dict[str, int] = {}
        for name, labels in groups:
            self.first[name] = len(self.names)
            cells = [""]
            for choice in labels:
                cells = [f"{cell}|{label}" if cell else label for cell in cells for label in choice]
            self.names += [f"{name}:{cell}" for cell in cells]


def sigmoid(value: float) -> float:
    """Give the logistic function of a value."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


@cache
def read_weights(name: str) -> dict[str, float]:
    """Give the weights of ``resources/quotes/<name>.tsv`` by the name of the feature."""
    place = files("inchiesta").joinpath("resources", "quotes", f"{name}.tsv")
    if not place.is_file():
        return {}
    rows = (line.split("\t") for line in place.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {feature: float(weight) for feature, weight in rows if feature != "feature"}


def weigh(scheme: Scheme, name: str) -> list[float]:
    """Give the weights of a scheme's features in their order; a feature never seen weighs nothing."""
    weights = read_weights(name)
    return [weights.get(feature, 0.0) for feature in scheme.names]


def learn_weights(rows: Sequence[Sequence[int]], right: Sequence[bool], n_features: int) -> np.ndarray:
    """Fit a logistic regression with a ridge by Newton's method.

    Parameters
    ----------
    rows : sequence of sequences of int
        The features that hold for each case.
    right : sequence of bool
        Whether the reading was right.
    n_features : int
        Features there are.

    Returns
    -------
    array of float
        One weight per feature. Deterministic.
    """
    design = np.zeros((len(rows), n_features))
    for number, row in enumerate(rows):
        design[number, list(row)] = 1.0
    used = np.flatnonzero(design.any(axis=0))
    cases, target = design[:, used], np.asarray(right, dtype=float)
    weights = np.zeros(len(used))
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-cases @ weights))
        slope = cases.T @ (target - chance) - RIDGE * weights
        bend = (cases * (chance * (1 - chance))[:, None]).T @ cases + RIDGE * np.eye(len(used))
        step = np.linalg.solve(bend, slope)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    full = np.zeros(n_features)
    full[used] = weights
    return full
