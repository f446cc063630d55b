"""The affair's dates are resolved as planted, and its three planted contradictions are found with who says which."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from inchiesta.dossier import Dossier
from inchiesta.timeline.periods import season_at

SAMPLE = Path(__file__).parents[2] / "data/sample"
Record = dict[str, Any]


@pytest.fixture(scope="module")
def planted(truth: Record, dossier: Dossier) -> list[tuple[Record, Record]]:
    rows = {(row["path"], row["member"]): row for row in dossier.documents.to_dict("records")}
    originals = [d for d in truth["documents"] if d["kind"] in ("original", "translation")]
    return [(document, rows[document["path"], document["member"]]) for document in originals]


def is_right(found: Record, planted: Record) -> bool:
    if found["precision"] == "season":  # its borders differ by convention, also in what was planted
        middle = [date.fromisoformat(row[a]) for row, a in ((found, "from_date"), (planted, "from"))]
        return abs((middle[0] - middle[1]).days) <= 31 and season_at(middle[0])[1] == middle[0].year
    return bool(found["from_date"] == planted["from"] and found["to_date"] == planted["to"])


def test_dates_are_resolved_as_planted(planted: list[tuple[Record, Record]], dossier: Dossier) -> None:
    dates = {str(key): run.to_dict("records") for key, run in dossier.dates.groupby("document_id")}
    right = total = 0
    for document, row in planted:
        for stated in document["dates"]:
            places = [match.span() for match in re.finditer(re.escape(stated["text"]), row["text"])]
            total += 1
            right += any(
                is_right(found, stated)
                for found in dates.get(row["document_id"], [])
                if any(found["start_char"] < end and start < found["end_char"] for start, end in places)
            )
    assert total > 500
    assert right / total >= 0.85


@pytest.fixture(scope="module")
def sides(dossier: Dossier) -> pd.DataFrame:
    return dossier.contradictions


@pytest.mark.parametrize("fact", ["documents", "drones", "leak_day"])
def test_a_planted_contradiction_is_found_with_articles_and_origins_on_each_side(
    fact: str, truth: Record, planted: list[tuple[Record, Record]], dossier: Dossier, sides: pd.DataFrame
) -> None:
    (contradiction,) = [c for c in truth["contradictions"] if c["fact"] == fact]
    ids = {document["article"]: row["document_id"] for document, row in planted}
    origins = dossier.documents.set_index("document_id")["origin_id"]
    values = set(contradiction["sides"])
    (mine,) = [run for _, run in sides.groupby("contradiction_id") if set(run["value"]) == values]
    for side in mine.itertuples():
        told = {ids[article] for article in contradiction["sides"][side.value]}
        assert len(told & set(side.document_ids)) >= 2
        assert set(origins[list(told & set(side.document_ids))]) <= set(side.origin_ids)
        assert side.n_origins == len(side.origin_ids)


def test_little_else_is_taken_for_a_contradiction(truth: Record, sides: pd.DataFrame) -> None:
    planted = {frozenset(c["sides"]) for c in truth["contradictions"]}
    found = [frozenset(run["value"]) for _, run in sides.groupby("contradiction_id")]
    assert len([values for values in found if values not in planted]) <= 3
