"""A linear-chain conditional random field over many short sequences at once.

The sequences are sorted by length and walked one step at a time, all of them together: a step is one small product of
matrices, whatever the number of sequences.

References
----------
Lafferty, McCallum and Pereira (2001), Conditional random fields. ICML. Ratinov and Roth (2009), Design challenges and
misconceptions in named entity recognition. CoNLL (begin, inside, end, single).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from inchiesta.actors.tagger.batch import Flags
from inchiesta.actors.tagger.words import Codes

Reals = NDArray[np.float64]

KINDS = ("PER", "ORG", "LOC", "OTHER")
# Outside; then per kind: begins, goes on, ends, stands alone.
LABELS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BIES"))
# The score of what may not follow: exp(-30) is nothing beside any real score.
FORBIDDEN = -30.0


@dataclass(frozen=True)
class Chain:
    """Scores of the steps: label to label, and what may begin and end a sequence (all logarithms)."""

    steps: Reals
    start: Reals
    stop: Reals


@dataclass(frozen=True)
class Allowed:
    """Which label may follow which, and which may begin and end a sequence."""

    steps: Flags
    start: Flags
    stop: Flags


@lru_cache(maxsize=1)
def allowed() -> Allowed:
    """Give what the labels themselves allow: what begins goes on or ends in the same kind."""
    steps = np.array([[_follows(before, after) for after in LABELS] for before in LABELS])
    start = np.array([label[0] not in "IE" for label in LABELS])
    stop = np.array([label[0] not in "BI" for label in LABELS])
    return Allowed(steps, start, stop)


def _follows(before: str, after: str) -> bool:
    if before[0] in "BI":
        return after[0] in "IE" and after[2:] == before[2:]
    return after[0] not in "IE"


def build_chain(steps: Reals) -> Chain:
    """Give the chain of learned scores of steps, with what is not allowed forbidden."""
    rules = allowed()
    return Chain(
        np.where(rules.steps, steps, FORBIDDEN),
        np.where(rules.start, 0.0, FORBIDDEN),
        np.where(rules.stop, 0.0, FORBIDDEN),
    )


@dataclass(frozen=True)
class Walk:
    """The order in which sequences are walked: their first rows, longest first, and how many reach each step."""

    first: Codes
    length: Codes
    reaching: tuple[int, ...]

    def rows(self, step: int) -> Codes:
        """Give the rows of the sequences that reach ``step``."""
        return self.first[: self.reaching[step]] + step


def plan_walk(starts: Codes, n_rows: int) -> Walk:
    """Plan the walk over sequences that begin at ``starts`` and fill ``n_rows`` rows."""
    length = np.diff(np.append(starts, n_rows))
    order = np.argsort(-length, kind="stable")
    length = length[order]
    longest = int(length[0]) if len(length) else 0
    reaching = tuple(np.searchsorted(-length, -np.arange(longest), side="left").tolist())
    return Walk(starts[order], length, reaching)


@dataclass(frozen=True)
class Beliefs:
    """What a forward and a backward pass give."""

    log_partition: float
    marginals: Reals
    expected_steps: Reals


def infer(scores: Reals, chain: Chain, walk: Walk) -> Beliefs:
    """Give the logarithm of the partition sum, the probability of each label per row, the expected steps."""
    n_labels = scores.shape[1]
    if not len(walk.first):
        return Beliefs(0.0, np.zeros_like(scores), np.zeros((n_labels, n_labels)))
    highest = scores.max(axis=1)
    odds = np.exp(scores - highest[:, None])
    steps, stop = np.exp(chain.steps), np.exp(chain.stop)
    forward, scale = _forward(odds, steps, np.exp(chain.start), walk)
    last = walk.first + walk.length - 1
    ends = forward[last] @ stop
    total = float(np.log(scale).sum() + highest.sum() + np.log(ends).sum())
    marginals, expected = np.empty_like(scores), np.zeros_like(steps)
    current = np.zeros((0, n_labels))
    for step in range(len(walk.reaching) - 1, -1, -1):
        rows, n_next = walk.rows(step), len(current)
        backward = np.empty((len(rows), n_labels))
        if n_next:
            after = walk.rows(step + 1)
            message = odds[after] * current / scale[after][:, None]
            backward[:n_next] = message @ steps.T
            expected += forward[rows[:n_next]].T @ message
        backward[n_next:] = stop / ends[n_next : len(rows), None]
        marginals[rows] = forward[rows] * backward
        current = backward
    return Beliefs(total, marginals, expected * steps)


def _forward(odds: Reals, steps: Reals, start: Reals, walk: Walk) -> tuple[Reals, Reals]:
    forward, scale = np.empty_like(odds), np.empty(len(odds))
    current = np.zeros((0, 0))
    for step in range(len(walk.reaching)):
        rows = walk.rows(step)
        current = odds[rows] * (start if step == 0 else current[: len(rows)] @ steps)
        scale[rows] = current.sum(axis=1)
        current /= scale[rows][:, None]
        forward[rows] = current
    return forward, scale


def decode(scores: Reals, chain: Chain, walk: Walk) -> Codes:
    """Give the best labels of each sequence (Viterbi); of equally good ones the first in the order of `LABELS`."""
    found = np.zeros(len(scores), dtype=np.int64)
    if not len(walk.first):
        return found
    came_from = np.zeros(scores.shape, dtype=np.int8)
    best = scores[walk.first] + chain.start
    final = np.empty_like(best)
    for step in range(1, len(walk.reaching)):
        rows = walk.rows(step)
        final[len(rows) : len(best)] = best[len(rows) :]
        ways = best[: len(rows), :, None] + chain.steps
        way = ways.argmax(axis=1)
        came_from[rows] = way
        best = np.take_along_axis(ways, way[:, None, :], axis=1)[:, 0] + scores[rows]
    final[: len(best)] = best
    current = (final + chain.stop).argmax(axis=1)
    for step in range(len(walk.reaching) - 1, -1, -1):
        rows = walk.rows(step)
        found[rows] = current[: len(rows)]
        current[: len(rows)] = came_from[rows, current[: len(rows)]]
    return found
