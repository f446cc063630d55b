"""What stays apart though it looks alike: names that mix scripts, and names a decision split."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

import numpy as np
import pandas as pd

from inchiesta.actors.match_keys import mixes_scripts, plain_key
from inchiesta.actors.registry import Registry, Split
from inchiesta.actors.units import MOVES

MIXED = "mixed scripts"


def flag_mixed(units: pd.DataFrame) -> pd.DataFrame:
    """Record every name that mixes scripts, with the names it looks like as candidates (one row each)."""
    names = sorted(set(units["name"]))
    mixed = [name for name in names if mixes_scripts(name)]
    alike: dict[str, list[str]] = defaultdict(list)
    wanted = {plain_key(name) for name in mixed}
    for name in names if mixed else ():
        if plain_key(name) in wanted and not mixes_scripts(name):
            alike[plain_key(name)].append(name)
    rows = [
        _rows(
            units, name, target, MIXED, "document", "the same letters to the eye", "a word mixes letters of two scripts"
        )
        for name in mixed
        for target in alike[plain_key(name)] or [""]
    ]
    return _concat(rows)


def flag_splits(units: pd.DataFrame, registry: Registry) -> pd.DataFrame:
    """Record every name that a decision split from another one, with that one as candidate."""
    rows = []
    for decision in registry.decisions:
        if isinstance(decision, Split):
            for one, other in combinations(decision.split, 2):
                rows.append(_rows(units, other, one, "registry split", "registry", "", decision.because()))
    return _concat(rows)


def _rows(
    units: pd.DataFrame, name: str, target: str, rule: str, scope: str, evidence_for: str, evidence_against: str
) -> pd.DataFrame:
    chosen = np.flatnonzero(units["name"].eq(name) | units["surface"].eq(name))
    return pd.DataFrame({"unit": chosen, "document": -1, "source": name, "target": target}).assign(
        rule=rule, scope=scope, evidence_for=evidence_for, evidence_against=evidence_against, status="apart"
    )


def _concat(rows: list[pd.DataFrame]) -> pd.DataFrame:
    if not rows:
        return pd.DataFrame(columns=["unit", *MOVES])
    return pd.concat(rows, ignore_index=True)
