"""Compute a stage for the documents that are not cached, and give all rows in the order of the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from inchiesta.corpus.batches import cut_batches, run_batches
from inchiesta.corpus.store import Store
from inchiesta.progress import Progress


def compute_documents(
    stage: str,
    function: Callable[..., dict[str, pa.Table]],
    *,
    keys: Mapping[str, str],
    make_task: Callable[[list[str]], tuple[Any, ...]],
    tables: Sequence[str],
    store: Store,
    progress: Progress,
) -> dict[str, pa.Table]:
    """Give the tables of ``stage`` for all documents, computing only those whose key is not cached.

    Parameters
    ----------
    function
        A pure function of a module; called with what ``make_task`` gives for a batch of document_ids, it gives Arrow
        tables by name, each with a column ``document_id``.
    keys
        Per document_id the key of everything its rows depend on; its order is the order of the rows given back.
    make_task
        The arguments of ``function`` for a list of document_ids.
    tables
        Names of the tables of this stage.
    """
    cached, missing = store.read_items(stage, list(keys.values()), tables)
    batches = cut_batches([document_id for document_id, key in keys.items() if key in missing])
    pieces = {name: [cached[name]] if name in cached else [] for name in tables}
    results = run_batches(
        function,
        lambda number: make_task(batches[number]),
        stage=stage,
        sizes=[len(b) for b in batches],
        progress=progress,
    )
    for number, found in results:
        keyed = {name: _with_keys(found[name], keys) for name in tables}
        store.write_items(stage, [keys[document_id] for document_id in batches[number]], keyed)
        for name in tables:
            pieces[name].append(keyed[name])
    if not keys:
        return function(*make_task([]))  # no rows, but the right columns
    return {name: _in_order(pieces[name], list(keys.values())).drop_columns(["key"]) for name in tables}


class DocumentRows:
    """The rows of each document in a table whose rows stand in the order of the documents.

    Cutting a batch out of two million sentences is then a matter of slices, not of a search.
    """

    def __init__(self, table: pa.Table) -> None:
        self._table = table.combine_chunks()
        codes = self._table["document_id"].to_pandas().factorize()[0]
        starts = np.flatnonzero(np.diff(codes, prepend=-1))
        ends = np.append(starts[1:], len(codes))
        names = self._table["document_id"].take(pa.array(starts)).to_pylist()
        self._spans = {name: (int(start), int(end)) for name, start, end in zip(names, starts, ends, strict=True)}

    def of(self, document_ids: Sequence[str]) -> pa.Table:
        """Give the rows of ``document_ids``, in their order."""
        runs: list[tuple[int, int]] = []
        for start, end in (self._spans[name] for name in document_ids if name in self._spans):
            if runs and runs[-1][1] == start:
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        if not runs:
            return self._table.schema.empty_table()
        return pa.concat_tables([self._table.slice(start, end - start) for start, end in runs]).combine_chunks()


def _with_keys(table: pa.Table, keys: Mapping[str, str]) -> pa.Table:
    values = [keys[document_id] for document_id in table["document_id"].to_pylist()]
    return table.add_column(0, "key", pa.array(values, pa.large_string()))


def _in_order(pieces: Sequence[pa.Table], keys: Sequence[str]) -> pa.Table:
    """Join ``pieces`` so that their rows follow ``keys``, the rows of one key staying in their order."""
    table = pa.concat_tables(pieces).combine_chunks()
    rank = pd.Series(range(len(keys)), index=pd.Index(list(keys), dtype="str"))
    places = rank.reindex(table["key"].to_pandas()).to_numpy()
    if (places[1:] >= places[:-1]).all():
        return table
    return table.take(pa.array(places.argsort(kind="stable")))
