"""The README's data dictionary, written from the schemas: ``python -m tests.readme`` renews it."""

from __future__ import annotations

from pathlib import Path

from inchiesta.schema import Column
from inchiesta.tables import TABLES

README = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- dictionary -->\n", "<!-- end of dictionary -->"


def describe_column(column: Column) -> str:
    """Give one line for a column: name, what it holds, range or values."""
    extra = ""
    if column.limits:
        extra = f" ({column.limits[0]:g} to {column.limits[1]:g})"
    elif column.values:
        extra = f" ({', '.join(column.values)})"
    return f"| {column.name} | {column.about}{extra} |"


def describe_tables() -> str:
    """Give the data dictionary as Markdown."""
    parts = []
    for table in TABLES.values():
        head = f"**{table.name}**: a row is {table.row}; key: {', '.join(table.key)}\n\n| column | holds |\n|---|---|"
        parts.append("\n".join([head, *(describe_column(column) for column in table.columns)]))
    return "\n\n".join(parts) + "\n"


def renew(text: str) -> str:
    """Give the README's text with the dictionary of today."""
    before, _, rest = text.partition(BEGIN)
    return before + BEGIN + describe_tables() + END + rest.partition(END)[2]


if __name__ == "__main__":
    README.write_text(renew(README.read_text(encoding="utf-8")), encoding="utf-8")
