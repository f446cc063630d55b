"""One row of an export, read or set aside."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from inchiesta.corpus.columns import Chosen, row_to_parsed
from inchiesta.corpus.limits import Limits
from inchiesta.corpus.outcomes import Outcome, SetAsideError
from inchiesta.corpus.raw import Parsed


@dataclass(frozen=True, slots=True)
class Row:
    """A row of an export: read (`parsed`) or set aside (`reason`).

    `number` counts data rows of a csv from 1; of JSON lines it is the number of the line. 0 stands for the export as
    such.
    """

    number: int
    content: str = ""
    parsed: Parsed | None = None
    reason: str = ""


def hash_row(row: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a row as canonical JSON: sorted keys, no spaces, UTF-8."""
    canonical = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def to_document(number: int, row: Mapping[str, Any], chosen: Chosen) -> Row:
    """Give a row as a document, or why it is none."""
    content = hash_row(row)
    try:
        return Row(number, content, row_to_parsed(row, chosen))
    except SetAsideError as refusal:
        return Row(number, content, reason=refusal.reason)


def broken_line(number: int, words: str) -> Row:
    """Give a row that is set aside as `broken line`."""
    return Row(number, reason=f"{Outcome.BROKEN_LINE.value}: {words}")


def too_long(number: int, words: str, limits: Limits) -> Row:
    """Give a row that is set aside as `too large`."""
    return Row(number, reason=f"{Outcome.TOO_LARGE.value}: {words} has more than {limits.field_bytes:,} bytes")
