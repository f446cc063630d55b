"""What a notebook shows: a table of at most 15 rows and 8 columns, a reading, a caveat.

Each object has a plain and an HTML form made from the same strings, so that a saved notebook compares to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from inchiesta.findings import Finding, format_number
from inchiesta.report.controls import show_controls
from inchiesta.report.spreadsheets import plain_value

MAX_COLUMNS = 8
# In the plain form only; the HTML form and the files have every cell in full.
PLAIN_WIDTH = 60


@dataclass(frozen=True)
class ShownTable:
    """A table as it is shown: header, cells as text, which columns hold numbers, and the line below."""

    caption: str
    header: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    footer: str

    def __repr__(self) -> str:
        lines = [tuple(map(_shorten, line)) for line in (self.header, *self.cells)]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        rows = [
            "  ".join(
                cell.rjust(width) if number else cell.ljust(width)
                for cell, width, number in zip(line, widths, self.numeric, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.caption, *rows, self.footer])

    def _repr_html_(self) -> str:
        head = _html_row("th", self.header, self.numeric)
        body = "\n".join(_html_row("td", cells, self.numeric) for cells in self.cells)
        return (
            f"<table>\n<caption>{_safe(self.caption)}</caption>\n<thead>\n{head}\n</thead>\n"
            f"<tbody>\n{body}\n</tbody>\n</table>\n<p><small>{_safe(self.footer)}</small></p>"
        )


@dataclass(frozen=True)
class Reading:
    """A finding as the sentence a notebook shows."""

    finding: Finding

    def __repr__(self) -> str:
        return show_controls(self.finding.reading())

    def _repr_html_(self) -> str:
        before, value, after = (_safe(part) for part in self.finding.around_value())
        rest = self.finding.reading().removeprefix(self.finding.text())
        return f"<p>{before}<strong>{value}</strong>{after}<small>{_safe(rest)}</small></p>"


@dataclass(frozen=True)
class Caveat:
    """What must not be concluded, as a notebook shows it."""

    text: str

    def __repr__(self) -> str:
        return f"Careful: {show_controls(self.text)}"

    def _repr_html_(self) -> str:
        return f"<p><em>Careful:</em> {_safe(self.text)}</p>"


def show_table(
    table: pd.DataFrame, *, caption: str, rows: int, columns: list[str] | None, where: str, language: str = "en"
) -> ShownTable:
    """Cut a table to what is shown, and say what was cut.

    Parameters
    ----------
    table : any table; its first rows are shown.
    rows : rows shown at most.
    columns : columns shown, the first 8 of the table when None; never more than 8.
    where : how to see the rest, ``all of them in tables/x.csv``.
    """
    names = (columns or list(table.columns))[:MAX_COLUMNS]
    shown = table[names].head(rows)
    numeric = tuple(
        pd.api.types.is_numeric_dtype(table[name]) and not pd.api.types.is_bool_dtype(table[name]) for name in names
    )
    cells = tuple(tuple(_cell(value, language) for value in row) for row in shown.itertuples(index=False, name=None))
    header = tuple(show_controls(str(name)) for name in names)
    return ShownTable(show_controls(caption), header, cells, numeric, _footer(table, shown, where, language))


def _footer(table: pd.DataFrame, shown: pd.DataFrame, where: str, language: str) -> str:
    counts = f"{format_number(len(shown), language)} of {format_number(len(table), language)} rows"
    if len(shown.columns) < len(table.columns):
        counts += f", {len(shown.columns)} of {len(table.columns)} columns"
    return f"{counts}; {where}"


def _cell(value: Any, language: str) -> str:
    value = plain_value(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (int, float)):
        return format_number(value, language)
    if isinstance(value, list):
        return ", ".join(_cell(item, language) for item in value)
    return show_controls(str(value))


def _shorten(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= PLAIN_WIDTH else f"{line[: PLAIN_WIDTH - 1]}…"


def _html_row(tag: str, cells: tuple[str, ...], numeric: tuple[bool, ...]) -> str:
    # The style is for JupyterLab, which aligns every cell right; the report strips it and reads the attribute.
    sides = ["right" if number else "left" for number in numeric]
    inner = "".join(
        f'<{tag} align="{side}" style="text-align: {side}">{_safe(cell)}</{tag}>'
        for cell, side in zip(cells, sides, strict=True)
    )
    return f"<tr>{inner}</tr>"


def _safe(text: str) -> str:
    return escape(show_controls(text))
