"""Tables over a whole corpus: from memory, from the cache, or computed once and kept in both."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import pyarrow as pa

from inchiesta.corpus.store import Store
from inchiesta.tables import TABLES, to_arrow

Frames = dict[str, pd.DataFrame]


class WholeTables:
    """The tables of one corpus.

    Parameters
    ----------
    store
        The cache.
    scope
        Names the corpus in the cache, so that only its own old results are dropped.
    """

    def __init__(self, store: Store, scope: str) -> None:
        self._store = store
        self._scope = scope
        self._memory: dict[tuple[str, str], Frames] = {}

    def compute(self, stage: str, key: str, tables: Sequence[str], compute: Callable[[], Frames]) -> Frames:
        """Give the ``tables`` of ``stage`` for ``key``, calling ``compute`` only when nobody has before.

        Parameters
        ----------
        key
            Fingerprint of everything the tables depend on.
        """
        place = (stage, key)
        if place not in self._memory:
            kept = self._store.read_whole(stage, self._scope, key, tables)
            if kept is None:
                kept = self._compute_and_keep(stage, key, tables, compute)
            self._memory[place] = {name: table.to_pandas() for name, table in zip(tables, kept, strict=True)}
        return self._memory[place]

    def _compute_and_keep(
        self, stage: str, key: str, tables: Sequence[str], compute: Callable[[], Frames]
    ) -> list[pa.Table]:
        frames = compute()
        arrow = {
            name: to_arrow(name, frames[name])
            if name in TABLES
            else pa.Table.from_pandas(frames[name], preserve_index=False)
            for name in tables
        }
        self._store.write_whole(stage, self._scope, key, arrow)
        # Handed out as they were kept, so that a first and a second run give the very same values.
        return [arrow[name] for name in tables]
