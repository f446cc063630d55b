"""The ledger of Parquet files this installation wrote: the only ones it reads back.

A Parquet file from elsewhere can attack its reader. Ours are known by their SHA-256, kept in the cache folder.
"""

from __future__ import annotations

import json
from pathlib import Path

from inchiesta.provenance import hash_path

_LEDGER = "written.jsonl"


def read_ledger(cache: Path) -> frozenset[str]:
    """Give the SHA-256 of every Parquet file this installation wrote."""
    path = cache / _LEDGER
    if not path.is_file():
        return frozenset()
    found = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            found.add(str(json.loads(line)["sha256"]))
        except (ValueError, KeyError, TypeError):
            continue  # a line cut by a crash names no file: that file is then not read, which is safe
    return frozenset(found)


def add_to_ledger(cache: Path, file: Path) -> None:
    """Record ``file``, just written, as one of ours."""
    with (cache / _LEDGER).open("a", encoding="utf-8") as ledger:
        ledger.write(json.dumps({"sha256": hash_path(file), "name": file.name}) + "\n")
