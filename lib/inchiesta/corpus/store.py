"""The cache: tables kept under the hash of what they were computed from.

A *stage* turns items (files, documents, a whole corpus) into tables. Its results stand in *parts*, Parquet files of up
to some hundred items each, because ten thousand small files would cost more than computing them again. A SQLite index
says which part holds which key, and the SHA-256 of every part. A part that is missing, cut or altered is forgotten and
its items are computed again; nothing is ever read from a file whose hash does not fit.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from inchiesta.provenance import hash_bytes

# Larger row groups doubled the time of the parallel stage.
ROW_GROUP = 10_000
# Results for a whole corpus that are kept per stage and corpus: enough to go back and forth between two versions.
KEPT_WHOLE = 4

_SCHEMA = """
create table if not exists parts (part text, tab text, sha256 text, primary key (part, tab));
create table if not exists items (stage text, key text, part text, primary key (stage, key)) without rowid;
create index if not exists items_by_part on items (part);
create table if not exists whole (stage text, scope text, key text, part text, turn integer primary key autoincrement);
"""


class Store:
    """A folder of cached tables.

    `counters` counts, per stage, the items that were ``cached``, ``computed`` and ``damaged`` since the store was
    opened: the proof that an unchanged folder is not computed again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counters: dict[str, Counter[str]] = {}
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._connection = self._open_index()

    def close(self) -> None:
        """Close the index; the store cannot be used afterwards."""
        self._connection.close()

    def count(self, stage: str, what: str, number: int) -> None:
        """Add ``number`` to the counter ``what`` of ``stage``."""
        self.counters.setdefault(stage, Counter())[what] += number

    # -- items: per file, per document ---------------------------------------------------------------------------

    def read_items(
        self, stage: str, keys: Sequence[str], tables: Sequence[str]
    ) -> tuple[dict[str, pa.Table], set[str]]:
        """Read what is cached for ``keys``.

        Returns
        -------
        tuple
            Per table an Arrow table with a column ``key`` (no table when nothing is cached), the rows of one key
            together and in their order; and the keys that are not cached.
        """
        wanted = set(keys)
        by_part = self._find(stage, wanted)
        pieces: dict[str, list[pa.Table]] = {name: [] for name in tables}
        missing = wanted - {key for held in by_part.values() for key in held}
        for part, (held, whole) in sorted(self._with_sizes(by_part).items()):
            read = self._read_part(part, tables)
            if read is None:
                self._forget(part)
                self.count(stage, "damaged", len(held))
                missing |= held
                continue
            for name, table in zip(tables, read, strict=True):
                pieces[name].append(table if whole else _only(table, held))
        self.count(stage, "cached", len(wanted) - len(missing))
        return {name: pa.concat_tables(found) for name, found in pieces.items() if found}, missing

    def write_items(self, stage: str, keys: Iterable[str], tables: dict[str, pa.Table]) -> None:
        """Keep the ``tables`` (each with a column ``key``) computed for ``keys`` as one part."""
        part = self._write_part(stage, tables)
        rows = [(stage, key, part) for key in keys]
        with self._connection:
            self._connection.executemany("insert or replace into items values (?, ?, ?)", rows)
        self.count(stage, "computed", len(rows))

    # -- whole: for a corpus as a whole --------------------------------------------------------------------------

    def read_whole(self, stage: str, scope: str, key: str, tables: Sequence[str]) -> list[pa.Table] | None:
        """Read the tables computed for a whole corpus, nothing if they are not cached or damaged."""
        row = self._connection.execute(
            "select part from whole where stage = ? and scope = ? and key = ?", (stage, scope, key)
        ).fetchone()
        read = self._read_part(row[0], tables) if row else None
        if row and read is None:
            self._forget(row[0])
            self.count(stage, "damaged", 1)
        if read is not None:
            self.count(stage, "cached", 1)
        return read

    def write_whole(self, stage: str, scope: str, key: str, tables: dict[str, pa.Table]) -> None:
        """Keep the ``tables`` computed for a whole corpus; only the latest few of a corpus are kept."""
        part = self._write_part(stage, tables)
        with self._connection:
            self._connection.execute(
                "insert into whole (stage, scope, key, part) values (?, ?, ?, ?)", (stage, scope, key, part)
            )
        self.count(stage, "computed", 1)
        old = self._connection.execute(
            "select part from whole where stage = ? and scope = ? order by turn desc limit -1 offset ?",
            (stage, scope, KEPT_WHOLE),
        ).fetchall()
        for (part,) in old:
            self._forget(part)

    # -- parts ---------------------------------------------------------------------------------------------------

    def _path(self, part: str, table: str) -> Path:
        return self.folder / f"{part}.{table}.parquet"

    def _write_part(self, stage: str, tables: dict[str, pa.Table]) -> str:
        part = f"{stage}-{uuid.uuid4().hex[:16]}"
        rows = []
        for name, table in tables.items():
            sink = pa.BufferOutputStream()
            pq.write_table(
                table, sink, row_group_size=ROW_GROUP, compression="zstd", compression_level=1, write_page_checksum=True
            )
            data = sink.getvalue().to_pybytes()
            _write_atomically(self._path(part, name), data)
            rows.append((part, name, hash_bytes(data)))
        with self._connection:
            self._connection.executemany("insert into parts values (?, ?, ?)", rows)
        return part

    def _read_part(self, part: str, tables: Sequence[str]) -> list[pa.Table] | None:
        known = dict(self._connection.execute("select tab, sha256 from parts where part = ?", (part,)).fetchall())
        found = []
        for name in tables:
            try:
                data = self._path(part, name).read_bytes()
                if hash_bytes(data) != known.get(name):
                    return None
                found.append(pq.read_table(pa.BufferReader(data), page_checksum_verification=True))
            except (OSError, pa.ArrowException):
                return None
        return found

    def _forget(self, part: str) -> None:
        names = [row[0] for row in self._connection.execute("select tab from parts where part = ?", (part,))]
        with self._connection:
            for table in ("items", "whole", "parts"):
                self._connection.execute(f"delete from {table} where part = ?", (part,))  # noqa: S608 -- three names above
        for name in names:
            self._path(part, name).unlink(missing_ok=True)

    # -- index ---------------------------------------------------------------------------------------------------

    def _open_index(self) -> sqlite3.Connection:
        path = self.folder / "index.sqlite"
        try:
            return _connect(path)
        except sqlite3.DatabaseError:
            # A damaged index costs a recomputation, never a wrong number.
            for left in (*self.folder.glob("index.sqlite*"), *self.folder.glob("*.parquet")):
                left.unlink(missing_ok=True)
            return _connect(path)

    def _find(self, stage: str, wanted: set[str]) -> dict[str, set[str]]:
        by_part: dict[str, set[str]] = {}
        with closing(self._connection.cursor()) as cursor:
            cursor.execute("create temp table if not exists wanted (key text primary key) without rowid")
            cursor.execute("delete from wanted")
            cursor.executemany("insert or ignore into wanted values (?)", [(key,) for key in wanted])
            cursor.execute("select key, part from items join wanted using (key) where stage = ?", (stage,))
            for key, part in cursor:
                by_part.setdefault(part, set()).add(key)
        self._connection.commit()
        return by_part

    def _with_sizes(self, by_part: dict[str, set[str]]) -> dict[str, tuple[set[str], bool]]:
        count = "select count(*) from items where part = ?"
        return {
            part: (held, self._connection.execute(count, (part,)).fetchone()[0] == len(held))
            for part, held in by_part.items()
        }


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.executescript(_SCHEMA)
        if connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged index")
    except sqlite3.DatabaseError:
        connection.close()
        raise
    path.chmod(0o600)
    return connection


def _only(table: pa.Table, keys: set[str]) -> pa.Table:
    return table.filter(pc.is_in(table["key"], pa.array(sorted(keys), table["key"].type)))


def _write_atomically(path: Path, data: bytes) -> None:
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
