"""Word documents: paragraphs and table cells in their order. Runs in the child process."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed
from inchiesta.corpus.unpack import Budget, open_zip, unpack_member

# Tables inside tables inside tables: deeper ones are layout or an attack.
_DEEPEST_TABLE = 8


def parse_docx(data: bytes, limits: Limits) -> Parsed:
    """Read a Word document.

    Returns
    -------
    Parsed
        Paragraphs separated by an empty line, a table row as one paragraph; title and author from its properties. The
        dates in its properties are the file's, not the publication's, and are left out.

    Raises
    ------
    SetAsideError
        `damaged`, `archive bomb`, `too large` or `no text`.
    """
    _check_container(data, limits)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception as error:
        raise SetAsideError(Outcome.DAMAGED, f"not a Word document ({type(error).__name__})") from None
    text = "\n\n".join(_lines_of(document, 0))
    if not any(map(str.isalnum, text)):
        raise SetAsideError(Outcome.NO_TEXT, "the document holds no words; it may consist of pictures")
    properties = document.core_properties
    return Parsed(text=text, title=(properties.title or "").strip(), author=_author(properties))


def _author(properties: Any) -> str:
    # What python-docx itself writes when nobody is named.
    author = (properties.author or "").strip()
    return "" if author == "python-docx" else author


def _check_container(data: bytes, limits: Limits) -> None:
    """Unpack every part once, counting, before a library unpacks it without counting."""
    budget = Budget(limits, len(data), total=limits.container_bytes)
    with open_zip(io.BytesIO(data)) as container:
        if len(container.infolist()) > limits.archive_members:
            raise SetAsideError(Outcome.BOMB, f"{len(container.infolist()):,} parts")
        for info in container.infolist():
            _count_part(container, info, budget, limits)


def _count_part(container: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget, limits: Limits) -> None:
    for _ in unpack_member(container, info, budget=budget, most=limits.container_bytes):
        pass


def _lines_of(container: Any, depth: int) -> list[str]:
    lines: list[str] = []
    for item in container.iter_inner_content():
        if hasattr(item, "rows"):
            lines += _rows_of(item, depth)
        else:
            lines += [line for line in (part.strip() for part in item.text.split("\n")) if line]
    return lines


def _rows_of(table: Any, depth: int) -> list[str]:
    if depth >= _DEEPEST_TABLE:
        return []
    rows: list[str] = []
    for row in table.rows:
        seen: set[int] = set()
        cells: list[str] = []
        for cell in row.cells:
            # A merged cell comes once for each place it covers.
            if id(cell._tc) not in seen:
                seen.add(id(cell._tc))
                cells.append(" ".join(_lines_of(cell, depth + 1)))
        rows += [" | ".join(filter(None, cells))] if any(cells) else []
    return rows
