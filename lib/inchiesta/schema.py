"""The form of a table's description: columns with type, meaning, range; what a row is; its key."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyarrow as pa

TEXT = pa.large_string()
WHOLE = pa.int64()
REAL = pa.float64()
FLAG = pa.bool_()
LIST = pa.list_(pa.large_string())

UNIT = (0.0, 1.0)
SIGNED = (-1.0, 1.0)


@dataclass(frozen=True)
class Column:
    """One column: its name, its Arrow type, what it holds, and its range where it has one."""

    name: str
    type: pa.DataType
    about: str
    nullable: bool = False
    limits: tuple[float, float] | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One table: what a row is, its columns, and the columns that name a row."""

    name: str
    row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...] = field(default=())

    @property
    def names(self) -> list[str]:
        """Column names in their order."""
        return [column.name for column in self.columns]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema of the table."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.nullable) for c in self.columns])
