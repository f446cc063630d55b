"""The listing: every file that was seen, what became of it and why, with its hash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

STATUSES = ("set aside", "duplicate", "read")
COLUMNS = ("path", "member", "status", "reason", "title", "source", "published_on", "language", "origin_id", "sha256")

# A page longer than this no browser scrolls with pleasure; files.csv has every row.
MAX_LISTED = 20_000
# Up to here the listing stands on the first page itself.
MAX_INSIDE = 150


@dataclass(frozen=True)
class Listed:
    """One section of the listing: the files of one status, as many as are shown, and how many there are."""

    status: str
    anchor: str
    rows: list[Any]
    total: int


def list_files(documents: pd.DataFrame) -> list[Listed]:
    """Give the files by status, set aside first and never cut, each section sorted by path."""
    ordered = documents.sort_values(["path", "member", "document_id"], kind="stable")
    sections = []
    for status in STATUSES:
        chosen = ordered.loc[ordered["status"] == status, ["document_id", *COLUMNS]]
        shown = chosen if status == "set aside" else chosen.head(MAX_LISTED)
        rows = list(shown.itertuples(index=False))
        sections.append(Listed(status, f"files-{status.replace(' ', '-')}", rows, len(chosen)))
    return sections


def listing_table(documents: pd.DataFrame) -> pd.DataFrame:
    """Give the table behind files.csv: every file, sorted by path."""
    ordered = documents.sort_values(["path", "member", "document_id"], kind="stable")
    return ordered[list(COLUMNS)].reset_index(drop=True)
