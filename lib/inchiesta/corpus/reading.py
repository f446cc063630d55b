"""Read the files of a listing into raw documents, each file once as long as its content stays the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from inchiesta.corpus.batches import cut_batches, run_alone, run_batches
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import TRANSIENT, outcome_of
from inchiesta.corpus.parser import Parser
from inchiesta.corpus.raw import RawDocument
from inchiesta.corpus.read import hash_file, read_file
from inchiesta.corpus.sources import Listing, SourceFile
from inchiesta.corpus.store import Store
from inchiesta.errors import WorkerDiedError
from inchiesta.progress import Progress
from inchiesta.provenance import code_version, hash_text, hash_value

READ = "read"

_RAW = pa.schema(
    [(name, pa.large_string()) for name in ("key", *RawDocument.__dataclass_fields__)],
)


@dataclass(frozen=True)
class Options:
    """What changes the reading of a source."""

    languages: tuple[str, ...]
    columns: tuple[tuple[str, str], ...] = ()
    ledger: frozenset[str] = frozenset()


def read_files(listing: Listing, *, store: Store, options: Options, progress: Progress) -> pd.DataFrame:
    """Read every file of ``listing``: a row per document found, in the listing's order (columns of RawDocument)."""
    version = hash_text(code_version("corpus", "text/decode.py", "text/stated_date.py"), hash_value(options.columns))
    keys, refused = _file_keys(listing.files, version, options.ledger)
    cached, missing = store.read_items(READ, list(keys.values()), ["raw"])
    todo = {keys[file.path]: file for file in listing.files if keys.get(file.path) in missing}
    pieces = [cached["raw"]] if cached else []
    batches = cut_batches(list(todo))
    results = run_batches(
        _read_batch,
        lambda number: ([(key, todo[key]) for key in batches[number]], options),
        stage=READ,
        sizes=[len(b) for b in batches],
        progress=progress,
    )
    try:
        for number, table in results:
            pieces.append(table)
            _keep(store, batches[number], table)
            for key in batches[number]:
                del todo[key]
    except WorkerDiedError:
        # One of the files left kills the process that reads it: each gets a process of its own.
        pieces += [_read_one(key, file, options) for key, file in todo.items()]
    raw = pa.concat_tables([*pieces, _RAW.empty_table()]).to_pandas()
    return _in_order(listing.files, keys, raw, refused)


def _keep(store: Store, keys: Sequence[str], table: pa.Table) -> None:
    """Keep what was read, but not the outcomes that depend on the moment: those files are tried again next time."""
    reasons = zip(table["key"].to_pylist(), table["reason"].to_pylist(), strict=True)
    passing = {key for key, reason in reasons if outcome_of(reason) in TRANSIENT}
    lasting = [key for key in keys if key not in passing]
    kept = table.filter(pc.is_in(table["key"], pa.array(lasting, pa.large_string())))
    store.write_items(READ, lasting, {"raw": kept})


def _file_keys(
    files: Sequence[SourceFile], version: str, ledger: frozenset[str]
) -> tuple[dict[str, str], dict[str, str]]:
    keys: dict[str, str] = {}
    refused: dict[str, str] = {}
    for file in files:
        if file.reason:
            refused[file.path] = file.reason
            continue
        try:
            digest = hash_file(file.location)
        except OSError as error:
            refused[file.path] = f"no permission: the file cannot be opened ({type(error).__name__}); check its rights"
            continue
        keys[file.path] = hash_text(version, digest, PurePosixPath(file.path).suffix.lower(), str(digest in ledger))
    return keys, refused


def _read_batch(files: Sequence[tuple[str, SourceFile]], options: Options) -> pa.Table:
    found: list[dict[str, str]] = []
    limits = Limits()
    with Parser(limits) as parser:
        for key, file in files:
            documents = read_file(
                file, limits=limits, columns=dict(options.columns), parser=parser, ledger=options.ledger
            )
            found += [{"key": key, **asdict(document)} for document in documents]
    return pa.Table.from_pylist(found, schema=_RAW)


def _read_one(key: str, file: SourceFile, options: Options) -> pa.Table:
    table = run_alone(_read_batch, ([(key, file)], options))
    if table is not None:
        return table
    lost = _set_aside(file.path, "interrupted: the process that read this file died; look at the file by hand")
    return pa.Table.from_pylist([{"key": key, **lost}], schema=_RAW)


def _set_aside(path: str, reason: str) -> dict[str, str]:
    row = dict.fromkeys(RawDocument.__dataclass_fields__, "")
    return row | {
        "path": path,
        "status": "set aside",
        "reason": reason,
        "date_precision": "none",
        "content_id": hash_text(path)[:16],
    }


def _in_order(
    files: Sequence[SourceFile], keys: Mapping[str, str], raw: pd.DataFrame, refused: Mapping[str, str]
) -> pd.DataFrame:
    places = pd.DataFrame({"path": [f.path for f in files], "key": [keys.get(f.path, "") for f in files]}, dtype="str")
    places["place"] = range(len(places))
    raw = raw.drop(columns="path").assign(line=range(len(raw)))
    rows = places.merge(raw, on="key", how="inner").sort_values(["place", "line"], kind="stable").drop(columns="line")
    away = pd.DataFrame(
        [_set_aside(path, reason) for path, reason in refused.items()],
        columns=list(RawDocument.__dataclass_fields__),
        dtype="str",
    )
    away = away.merge(places.drop(columns="key"), on="path")
    return (
        pd.concat([rows, away], ignore_index=True)
        .sort_values("place", kind="stable", ignore_index=True)
        .drop(columns=["place", "key"])
    )
