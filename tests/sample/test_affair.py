"""The affair: generated as committed, true to itself, and read as it was planted."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from data.sample.generator.affair import N_FILES, generate_affair
from data.sample.generator.copies import COPIES
from inchiesta.dossier import Dossier

SAMPLE = Path(__file__).parents[2] / "data/sample"
REAL_NAMES = ("Lukashenko", "Putin", "Pashinyan", "Aliyev", "Azerbai", "Armenia", "Bielorussia", "Politico")

Record = dict[str, Any]


@pytest.fixture(scope="module")
def planted(truth: Record, dossier: Dossier) -> list[tuple[Record, Record]]:
    """Pair every planted document with the row we read for it."""
    rows = {(row["path"], row["member"]): row for row in dossier.documents.to_dict("records")}
    return [(document, rows[document["path"], document["member"]]) for document in truth["documents"]]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_is_generated_as_committed(tmp_path: Path) -> None:
    generate_affair(tmp_path)
    assert contents(tmp_path / "affair") == contents(SAMPLE / "affair")
    assert (tmp_path / "affair-truth.json").read_bytes() == (SAMPLE / "affair-truth.json").read_bytes()


def test_it_has_170_files_and_40_near_copies(truth: Record) -> None:
    assert len(contents(SAMPLE / "affair")) == N_FILES == 170
    kinds = Counter(document["kind"] for document in truth["documents"])
    assert {kind: kinds[kind] for kind in COPIES} == COPIES
    assert sum(COPIES.values()) == 40
    assert kinds["original"] + kinds["translation"] == 124


def test_nobody_real_is_named() -> None:
    for data in contents(SAMPLE).values():
        text = data.decode("utf-8", errors="ignore")
        assert not [name for name in REAL_NAMES if name in text]


def test_every_file_becomes_what_was_planned(planted: list[tuple[Record, Record]]) -> None:
    for document, row in planted:
        assert row["status"] == document["expected_status"], document["path"]
    assert Counter(row["status"] for _, row in planted) == {"read": 164, "duplicate": 8, "set aside": 6}


def test_title_date_and_outlet_are_read_from_the_files(planted: list[tuple[Record, Record]]) -> None:
    read = [(document, row) for document, row in planted if row["status"] == "read"]
    assert all(row["published_on"] == document["published"] for document, row in read)
    assert all(row["language"] == document["language"] for document, row in read)
    titles = sum(row["title"] == document["title"] for document, row in read)
    assert titles >= 0.97 * len(read)
    # A plain txt states no outlet; everything that states one is right.
    assert all(row["source"] in ("", document["source"]) for document, row in read)
    assert sum(row["source"] != "" for _, row in read) >= 0.5 * len(read)


def test_the_planted_origins_are_found(planted: list[tuple[Record, Record]], truth: Record) -> None:
    origins: dict[str, set[str]] = {}
    for document, row in planted:
        if row["status"] == "read":
            origins.setdefault(row["origin_id"], set()).add(document["origin"])
    assert all(len(articles) == 1 for articles in origins.values())
    assert len(origins) == 124


def test_no_page_furniture_is_left_in_the_sentences(dossier: Dossier) -> None:
    texts = "\n".join(dossier.sentences["text"])
    for furniture in (
        "Leggi anche",
        "Iscriviti alla newsletter",
        "cookie",
        "Riproduzione riservata",
        "All rights reserved",
    ):
        assert furniture not in texts


def test_the_planted_names_are_found(planted: list[tuple[Record, Record]], dossier: Dossier) -> None:
    surfaces = dossier.mentions.groupby("document_id")["surface"].agg(set).to_dict()
    found = total = 0
    for document, row in planted:
        if row["status"] != "read":
            continue
        mine = surfaces.get(row["document_id"], set())
        for names in document["actors"].values():
            for name in names:
                if name in row["text"]:
                    total += 1
                    found += any(name in surface or surface in name for surface in mine)
    assert total > 1000
    assert found / total >= 0.9


def test_the_planted_pairs_are_among_the_strongest(truth: Record, dossier: Dossier) -> None:
    names = dict(zip(dossier.actors["actor_id"], dossier.actors["name"], strict=True))
    ours = {frozenset((names[row.actor_a], names[row.actor_b])) for row in dossier.pairs.itertuples()}
    # Names that are the same in both languages and in every form.
    plain = {
        "Aldo Marenghi",
        "Ivo Stakhar",
        "Orhan Tessaly",
        "Tomas Reuel",
        "Valdoria",
        "Kestovia",
        "Tarnia",
    }
    wanted = [pair for pair in truth["pairs"] if {pair["a"], pair["b"]} <= plain and pair["n_sentences"] >= 5]
    assert len(wanted) >= 5
    assert all(frozenset((pair["a"], pair["b"])) in ours for pair in wanted)
    assert "Nadia Ferrucci" in names.values()
    assert "Bruno Ferrucci" in names.values()
