"""What a quality part hands back: one row of the table `make quality` prints."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Read a jsonl file; a file that is not there has no rows, so that a folder with some of the data can be scored.

    Lines end at ``\\n`` only: texts may hold the other line separators of Unicode.
    """
    if not path.is_file():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
