"""What a quality part hands back: one row of the table `make quality` prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Score:
    """One measured figure.

    `part` is the module that measured it, `value` the figure (0 to 1 unless the metric says otherwise), `base` what it
    was measured on: "472 documents, 421 pairs".
    """

    part: str
    metric: str
    value: float
    base: str
