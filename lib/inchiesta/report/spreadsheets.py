"""Tables as files: csv that no spreadsheet executes, and Parquet and JSON lines with the untouched values beside it."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TextIO

import pandas as pd

# A cell that begins so is a formula to a spreadsheet, and a formula can send the sheet to somebody.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard_cell(value: str) -> str:
    """Give the text with a leading ' where a spreadsheet would take it for a formula.

    Examples
    --------
    >>> guard_cell("=1+1"), guard_cell("Marenghi")
    ("'=1+1", 'Marenghi')
    """
    return f"'{value}" if value.startswith(_FORMULA) else value


def write_table_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as csv for spreadsheets: cells and headers that would be formulas get a leading '.

    Numbers are left as they are (a negative score is a number), lists are joined by ``; ``, a missing value is an empty
    cell. Read it back as text; the exact values stand in the Parquet and JSON lines files.
    """
    # The byte order mark tells a spreadsheet that this is UTF-8; without it accents break.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        stream_csv(frame, file)


def stream_csv(frame: pd.DataFrame, file: TextIO) -> None:
    """Write a table as csv, guarded as `write_table_csv` does, to an open file."""
    writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180; and a lone \r in a cell is quoted
    writer.writerow([guard_cell(str(column)) for column in frame.columns])
    for row in _plain_rows(frame):
        writer.writerow([_csv_cell(value) for value in row])


def write_table_jsonl(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as JSON lines with untouched values; a missing value is null."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        stream_jsonl(frame, file)


def stream_jsonl(frame: pd.DataFrame, file: TextIO) -> None:
    """Write a table as JSON lines to an open file."""
    columns = [str(column) for column in frame.columns]
    for row in _plain_rows(frame):
        file.write(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False) + "\n")


def write_table_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table as Parquet with page checksums, 10,000 rows a group."""
    frame.to_parquet(path, index=False, write_page_checksum=True, row_group_size=10_000)


def plain_value(value: Any) -> Any:
    """Give the value as JSON knows it: numpy's numbers and lists as Python's, anything missing as None."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [plain_value(item) for item in value]
    if isinstance(value, (str, bool, int)) or value is None:
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return None if pd.isna(value) else str(value)


def _plain_rows(frame: pd.DataFrame) -> Iterable[list[Any]]:
    for row in frame.itertuples(index=False, name=None):
        yield [plain_value(value) for value in row]


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return guard_cell("; ".join("" if item is None else str(item) for item in value))
    return guard_cell(value) if isinstance(value, str) else str(value)
