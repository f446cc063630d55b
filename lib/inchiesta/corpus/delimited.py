"""csv and tsv: every cell a text, an open quote costs one row."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from inchiesta.corpus.columns import choose_columns, normal_name, read_column_names
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.lines import read_lines
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.rows import Row, broken_line, to_document

_DELIMITERS = ",;\t|"
# Rows looked at to find the delimiter.
_SNIFFED_ROWS = 20


class _Lines:
    """Lines of a table for csv.reader: counts them, knows whether a row ran into the end of the file."""

    def __init__(self, stream: BinaryIO, encoding: str, longest: int) -> None:
        self._lines = read_lines(stream, encoding, longest=longest)
        self.row_lines = 0
        self.number = 0
        self.met_long_line = False
        self.met_end_in_row = False
        self.kept: list[str] = []
        self._again: list[str | None] = []

    def begin_row(self) -> None:
        self.row_lines = 0
        self.kept = []
        self.met_long_line = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines, "")
        if line == "":
            self.met_end_in_row = self.row_lines > 0
            raise StopIteration
        self.number += 1
        self.row_lines += 1
        if line is None:
            self.met_long_line = True
            line = "\n"
        if "\r" in line:
            line = self._first_of(line)
        self.kept.append(line)
        return line

    def _first_of(self, line: str) -> str:
        """Give the first line of one that holds bare carriage returns, which csv refuses; the others come next."""
        first, *others = [piece + "\n" for piece in line.replace("\r\n", "\n").rstrip("\r\n").split("\r")]
        self._again += reversed(others)
        return first

    def go_back(self) -> None:
        """Give the lines of the current row, but for its first, once more."""
        again = self.kept[1:]
        self.number -= len(again)
        self._again += reversed(again)
        self.met_end_in_row = False


def read_table(
    stream: BinaryIO, encoding: str, limits: Limits, columns: Mapping[str, str] | None, format: str
) -> Iterator[Row]:
    """Read the rows of a csv or tsv; arguments as `inchiesta.corpus.exports.read_rows` passes them."""
    csv.field_size_limit(limits.field_bytes)
    delimiter = "\t" if format == "tsv" else _find_delimiter(stream, encoding, limits)
    lines = _Lines(stream, encoding, limits.field_bytes)
    table = _Table(lines, delimiter, limits)
    header = table.read_header()
    if not header:
        return
    chosen = choose_columns(header, columns)
    for number, cells in enumerate(table.rows(), start=1):
        if isinstance(cells, str):
            yield Row(number, reason=cells)
        elif len(cells) > len(header) and any(cells[len(header) :]):
            words = f"line {lines.number} has {len(cells)} cells, the header has {len(header)}"
            yield broken_line(number, words)
        else:
            cells += [""] * (len(header) - len(cells))
            yield to_document(number, dict(zip(header, cells, strict=False)), chosen)


class _Table:
    """Rows of a csv; a quote that is never closed costs its own row, not the rows behind it."""

    def __init__(self, lines: _Lines, delimiter: str, limits: Limits) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self._limits = limits
        self._n_open = 0

    def read_header(self) -> list[str]:
        for cells in self.rows():
            if isinstance(cells, str):
                raise SetAsideError(Outcome.BROKEN_LINE, "the header cannot be read: a quote is not closed")
            names = [cell.strip() for cell in cells]
            # Excel writes its delimiter into a first line of its own.
            if not names[0].lower().startswith("sep="):
                return _distinct(names)
        return []

    def rows(self) -> Iterator[list[str] | str]:
        """Give the cells of each row that is not blank, or the reason why it cannot be read."""
        reader = self._reader(self._lines)
        while True:
            self._lines.begin_row()
            first = self._lines.number + 1
            cells: list[str] | None
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                reader = self._reader(self._lines)
                cells = self._cells_of_sloppy_line()
            if self._lines.met_long_line:
                yield f"{Outcome.TOO_LARGE.value}: line {first} has more than {self._limits.field_bytes:,} bytes"
            elif cells is None:
                self._n_open += 1
                yield self._open_quote(first)
                if self._n_open > self._limits.open_quotes:
                    return
                self._lines.go_back()
            elif any(cell.strip() for cell in cells):
                yield cells

    def _reader(self, lines: Iterable[str], *, strict: bool = True) -> Iterator[list[str]]:
        return csv.reader(lines, delimiter=self._delimiter, strict=strict)

    def _cells_of_sloppy_line(self) -> list[str] | None:
        """Read a line with bare quotes in a quoted cell; None when the row ran over several lines.

        Read leniently, a quote that is never closed would run to the next quote anywhere and swallow the rows between.
        """
        kept = self._lines.kept
        if len(kept) > 1 or self._lines.met_end_in_row:
            return None
        try:
            return next(self._reader(kept, strict=False), None)
        except csv.Error:
            return None

    def _open_quote(self, line: int) -> str:
        if self._n_open > self._limits.open_quotes:
            words = f"line {line} and all behind it; more than {self._limits.open_quotes} quotes are not closed"
        else:
            words = f"line {line} opens a quote that is not closed"
        return f"{Outcome.BROKEN_LINE.value}: {words}"


def _distinct(names: list[str]) -> list[str]:
    """Give names that are all different: a second `text` becomes `text#2`, a blank one `column 3`."""
    seen: dict[str, int] = {}
    distinct = []
    for position, name in enumerate(names, start=1):
        name = name or f"column {position}"
        seen[name] = seen.get(name, 0) + 1
        distinct.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return distinct


def _find_delimiter(stream: BinaryIO, encoding: str, limits: Limits) -> str:
    """Choose the delimiter that gives the header most known names, then the most even rows."""
    lines = read_lines(stream, encoding, longest=limits.field_bytes)
    first = [line.replace("\r\n", "\n") for line in islice(lines, _SNIFFED_ROWS * 5) if line]
    sample = [piece + "\n" for line in first for piece in line.rstrip("\r\n").split("\r")]
    stream.seek(0)
    if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip("\n")) >= 5:
        return sample[0][4]
    return max(_DELIMITERS, key=lambda delimiter: _fit(sample, delimiter))


def _fit(sample: list[str], delimiter: str) -> tuple[int, float, int]:
    try:
        rows = [row for row in islice(csv.reader(sample, delimiter=delimiter), _SNIFFED_ROWS) if row]
    except csv.Error:
        return (0, 0.0, 0)
    if not rows:
        return (0, 0.0, 0)
    known = read_column_names()
    n_known = sum(normal_name(name) in known for name in rows[0])
    even = sum(len(row) == len(rows[0]) for row in rows) / len(rows)
    return (n_known, even if len(rows[0]) > 1 else 0.0, len(rows[0]))
