"""The affair: the quotations that were planted, and who was given them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

import inchiesta
from inchiesta.dossier import Dossier

SAMPLE = Path(__file__).parents[2] / "data/sample"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return inchiesta.open(SAMPLE / "affair")


@pytest.fixture(scope="module")
def outcomes(dossier: Dossier) -> Counter[str]:
    """Count what became of each planted quotation: missed, right, open, wrong; of unknown speakers kept or invented."""
    truth = json.loads((SAMPLE / "affair-truth.json").read_text(encoding="utf-8"))["documents"]
    documents = dossier.documents[dossier.documents["status"] == "read"]
    ids = {(row.path, row.member): row.document_id for row in documents.itertuples()}
    aliases = {row.actor_id: {row.name, *row.aliases} for row in dossier.actors.itertuples()}
    quotes = dossier.quotes[dossier.quotes["kind"] != "indirect"]
    found = {document_id: list(group.itertuples()) for document_id, group in quotes.groupby("document_id")}
    counts: Counter[str] = Counter()
    for document in truth:
        rows = found.get(ids.get((document["path"], document["member"]), ""), [])
        if (document["path"], document["member"]) not in ids:
            continue
        for planted in document["quotes"]:
            row = next((row for row in rows if row.text.startswith(planted["begins"])), None)
            if row is None:
                counts["missed"] += 1
            elif planted["speaker"] is None:
                counts["invented" if row.speaker_id else "kept open"] += 1
            else:
                names = {planted["speaker"], *document["actors"].get(planted["speaker"], [])}
                if row.speaker_id and aliases[row.speaker_id] & names:
                    counts["right"] += 1
                else:
                    counts["wrong" if row.speaker_id else "open"] += 1
    return counts


def test_quotations_are_recovered(outcomes: Counter[str]) -> None:
    assert 1 - outcomes["missed"] / outcomes.total() >= 0.90, outcomes


def test_speakers_are_right(outcomes: Counter[str]) -> None:
    known = outcomes["right"] + outcomes["open"] + outcomes["wrong"]
    assert outcomes["right"] / known >= 0.80, outcomes
    assert outcomes["open"] >= outcomes["wrong"], outcomes


def test_most_unknown_speakers_are_left_open(outcomes: Counter[str]) -> None:
    assert outcomes["kept open"] / (outcomes["kept open"] + outcomes["invented"]) >= 0.60, outcomes


def test_quotations_come_again_in_copies(dossier: Dossier) -> None:
    echoes = dossier.table("echoes")
    assert len(echoes) > 50
    assert echoes["is_same_origin"].mean() > 0.5
