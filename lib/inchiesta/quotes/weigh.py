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


def learn_choice(cases: Sequence[tuple[Sequence[Sequence[int]], Sequence[bool]]], n_features: int) -> np.ndarray:
    """Fit the weights of a choice: of several candidates, or nobody (whose sum is zero), one is right.

    Parameters
    ----------
    cases : sequence of (features of each candidate, whether each is right)
        Several candidates of a case may be right (one person named twice); where none is, nobody was the answer.
    n_features : int
        Features there are.

    Returns
    -------
    array of float
        One weight per feature, found by L-BFGS on the likelihood of the right answers with a ridge.
    """
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    rows = [row for features, _ in cases for row in features]
    index = np.concatenate([np.asarray(row) for row in rows])
    pointer = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    design = csr_matrix((np.ones(len(index)), index, pointer), shape=(len(rows), n_features))
    case = np.repeat(np.arange(len(cases)), [len(features) for features, _ in cases])
    right = np.array([flag for _, flags in cases for flag in flags], dtype=float)
    nobody = (np.bincount(case, right, len(cases)) == 0).astype(float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        raised = np.exp(np.clip(design @ weights, -30, 30))
        every = 1 + np.bincount(case, raised, len(cases))
        good = nobody + np.bincount(case, raised * right, len(cases))
        slope = design.T @ (raised / every[case] - raised * right / good[case])
        value = float((np.log(every) - np.log(good)).sum() + RIDGE / 2 * weights @ weights)
        return value, slope + RIDGE * weights

    found: np.ndarray = minimize(loss, np.zeros(n_features), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x
    return found


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
