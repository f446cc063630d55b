"""A part: what one notebook leaves for the report, as one JSON file written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from inchiesta.errors import FindingError, RunError
from inchiesta.findings import Finding, finding_of_row, finding_row

_FILE = re.compile(r"(?:figures|tables)/[A-Za-z0-9_-]+\.[a-z]+")


@dataclass(frozen=True)
class FigurePart:
    """A figure of a notebook: its name, what it shows in words, its source line, its files below the report."""

    name: str
    alt: str
    source: str
    svg: str
    png: str


@dataclass(frozen=True)
class TablePart:
    """A table of a notebook as shown, and the files that hold all of it."""

    name: str
    caption: str
    header: list[str]
    cells: list[list[str]]
    numeric: list[bool]
    footer: str
    csv: str
    parquet: str
    jsonl: str


@dataclass(frozen=True)
class Part:
    """What one notebook leaves for the report."""

    notebook: str
    title: str
    fingerprint: str
    findings: list[Finding] = field(default_factory=list)
    figures: list[FigurePart] = field(default_factory=list)
    tables: list[TablePart] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write_part(part: Part, folder: Path) -> Path:
    """Write ``<folder>/parts/<notebook>.json`` whole or not at all, and give its path."""
    path = folder / "parts" / f"{part.notebook}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    row = asdict(part) | {"findings": [finding_row(finding) for finding in part.findings], "complete": True}
    beside = path.with_suffix(".json.partial")
    with beside.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(row, ensure_ascii=False, indent=1) + "\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    return path


def read_parts(folder: Path) -> list[Part]:
    """Read every part of a report folder, sorted by notebook.

    Raises
    ------
    RunError
        If a part is not JSON, is not complete, or names a file outside figures/ and tables/.
    """
    return [_read_part(path) for path in sorted((folder / "parts").glob("*.json"))]


def _read_part(path: Path) -> Part:
    try:
        row: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        complete = row.pop("complete")
        findings = [finding_of_row(item) for item in row.pop("findings")]
        figures = [FigurePart(**item) for item in row.pop("figures")]
        tables = [TablePart(**item) for item in row.pop("tables")]
        part = Part(**row, findings=findings, figures=figures, tables=tables)
    except (ValueError, TypeError, KeyError, AttributeError, FindingError) as error:
        what = f"parts/{path.name} is not a part of a report ({type(error).__name__})"
        raise RunError(f"{what}; run its notebook again") from error
    if complete is not True:
        raise RunError(f"parts/{path.name} is not complete; run its notebook again")
    _check_files(
        path.name,
        [name for f in figures for name in (f.svg, f.png)]
        + [name for t in tables for name in (t.csv, t.parquet, t.jsonl)],
    )
    return part


def _check_files(part: str, names: list[str]) -> None:
    strange = [name for name in names if not _FILE.fullmatch(name)]
    if strange:
        raise RunError(f"parts/{part} names {len(strange)} files outside figures/ and tables/; run its notebook again")


def short_hash(path: Path) -> str:
    """Give the first 12 hexadecimal digits of the file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
