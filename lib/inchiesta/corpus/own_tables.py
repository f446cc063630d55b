"""Tables of documents this installation wrote itself, read back row by row. No other Parquet file is opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import READ, Parsed
from inchiesta.corpus.rows import Row, hash_row

_COLUMNS = ("title", "source", "author", "url", "language", "published_on", "date_precision", "text")


def read_own_rows(stream: BinaryIO) -> Iterator[Row]:
    """Read the documents of a table `documents`; rows with a status other than read are left out.

    Raises
    ------
    SetAsideError
        `damaged` when it is no such table; `empty` when no document in it was read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(stream, page_checksum_verification=True)
        names = set(table.schema_arrow.names)
        if not names.issuperset(("status", *_COLUMNS)):
            raise SetAsideError(Outcome.DAMAGED, "not a table of documents")
        n_read = 0
        for number, row in enumerate(_rows(table), start=1):
            if row.pop("status") == READ:
                n_read += 1
                yield Row(number, hash_row(row), _parsed(row))
        if not n_read:
            raise SetAsideError(Outcome.EMPTY, "no document of this table was read")
    except (pa.ArrowException, OSError) as error:
        raise SetAsideError(Outcome.DAMAGED, f"the table cannot be read ({type(error).__name__})") from None


def _rows(table: Any) -> Iterator[dict[str, str]]:
    for batch in table.iter_batches(batch_size=1000, columns=["status", *_COLUMNS]):
        yield from batch.to_pylist()


def _parsed(row: dict[str, str]) -> Parsed:
    stated = {name: row[name] or "" for name in _COLUMNS if name != "language"}
    return Parsed(**stated, language_hint=row["language"] or "")
