"""Exports: csv, tsv and JSON lines, streamed row by row; each row is a document, or set aside by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from inchiesta.corpus.columns import Chosen, choose_columns
from inchiesta.corpus.delimited import read_table
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.lines import find_encoding, read_lines
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.rows import Row, broken_line, hash_row, to_document, too_long

_MOST_SHAPES = 1000


def read_rows(
    stream: BinaryIO, format: str, *, limits: Limits, columns: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """Read the rows of an export.

    Parameters
    ----------
    stream
        Binary and seekable.
    format
        csv, tsv or jsonl.
    columns
        Field to column name, where the names are not common ones.

    Yields
    ------
    Row
        In the order of the file; at least one. Blank lines are no rows.

    Raises
    ------
    SetAsideError
        When the export as such cannot be read: `no text column`, `binary`, `encoding`.
    """
    encoding = find_encoding(stream)
    reader = _read_json_lines if format == "jsonl" else read_table
    is_empty = True
    for row in reader(stream, encoding, limits, columns, format):
        is_empty = False
        yield row
    if is_empty:
        yield Row(0, reason=f"{Outcome.EMPTY.value}: the export has no rows")


def _read_json_lines(
    stream: BinaryIO, encoding: str, limits: Limits, columns: Mapping[str, str] | None, _: str
) -> Iterator[Row]:
    chosen: dict[tuple[str, ...], Chosen] = {}
    for number, line in enumerate(read_lines(stream, encoding, longest=limits.field_bytes), start=1):
        if line is None:
            yield too_long(number, f"line {number}", limits)
        elif line.strip():
            yield _json_row(number, line, chosen, columns)


def _json_row(number: int, line: str, chosen: dict[tuple[str, ...], Chosen], columns: Mapping[str, str] | None) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return broken_line(number, f"line {number} is not JSON")
    if not isinstance(row, dict):
        return broken_line(number, f"line {number} is a JSON {_kind(row)}, expected an object")
    try:
        return to_document(number, row, _choose(tuple(row), chosen, columns))
    except SetAsideError as refusal:
        return Row(number, hash_row(row), reason=refusal.reason)
    except RecursionError:
        return broken_line(number, f"line {number} is nested too deep")


def _choose(keys: tuple[str, ...], chosen: dict[tuple[str, ...], Chosen], columns: Mapping[str, str] | None) -> Chosen:
    if keys not in chosen:
        # Objects of one export share a few shapes; a file in which each has its own is not worth remembering.
        if len(chosen) >= _MOST_SHAPES:
            chosen.clear()
        chosen[keys] = choose_columns(keys, columns)
    return chosen[keys]


def _kind(value: Any) -> str:
    kinds = {list: "list", str: "string", bool: "truth value", type(None): "null"}
    return kinds.get(type(value), "number")
