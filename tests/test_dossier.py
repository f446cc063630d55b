"""The one object: the same tables however they were computed, and nothing computed twice."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pytest

import inchiesta
from inchiesta.corpus import batches
from inchiesta.dossier import Dossier
from inchiesta.errors import SettingsError, SourceError, TableError
from inchiesta.tables import TABLES, check_table

TABLE_NAMES = [name for name in TABLES if name != "findings"]
ARTICLE = """Titolo numero {n}

Il presidente Aldo Marenghi ha incontrato a Porto Alba il premier Ivo Stakhar per la riunione numero {n}. «La Kestovia è
un alleato leale», ha detto Marenghi. Il tradimento di Stakhar ha indignato la Valdoria, secondo la testata numero {n}.

The Lorvan Treaty Alliance (LTA) condemned the attack of day {n}. The LTA has praised Lenka Dravic for
her courage, she said.
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCHIESTA_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "texts"
    folder.mkdir()
    for n in range(7):
        (folder / f"{n}.txt").write_text(ARTICLE.format(n=n * 37 + 11), encoding="utf-8")
    return folder


def tables(dossier: Dossier) -> dict[str, pd.DataFrame]:
    return {name: dossier.table(name) for name in TABLE_NAMES}


def computed(dossier: Dossier) -> dict[str, int]:
    return {stage: counts["computed"] for stage, counts in dossier.store.counters.items() if counts["computed"]}


def test_every_table_has_its_shape(source: Path) -> None:
    for name, table in tables(inchiesta.open(source)).items():
        check_table(name, table)
        assert list(table.columns) == TABLES[name].names


def test_a_second_look_computes_nothing_and_gives_the_same(source: Path) -> None:
    first, second = inchiesta.open(source), inchiesta.open(source)
    before, after = tables(first), tables(second)
    assert computed(first)
    assert computed(second) == {}
    for name in TABLE_NAMES:
        pd.testing.assert_frame_equal(before[name], after[name])


def test_one_file_added_computes_only_that_file(source: Path) -> None:
    inchiesta.open(source).compute_all()
    (source / "new.txt").write_text(
        "Una notizia nuova\n\nTomas Reuel ha parlato a Brankov con Agnes Moro.\n", encoding="utf-8"
    )
    dossier = inchiesta.open(source)
    dossier.compute_all()
    per_document = {"read", "lines", "prepare", "signatures", "mentions", "scores"}
    assert {stage: computed(dossier).get(stage) for stage in per_document} == dict.fromkeys(per_document, 1)


def test_one_worker_and_two_give_the_same(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCHIESTA_WORKERS", "1")
    alone = tables(inchiesta.open(source))
    monkeypatch.setenv("INCHIESTA_WORKERS", "2")
    monkeypatch.setenv("INCHIESTA_CACHE", str(tmp_path / "other"))
    monkeypatch.setattr(batches, "WORTH_A_POOL", 1)
    monkeypatch.setattr(batches.cut_batches, "__kwdefaults__", {"size": 2})
    together = tables(inchiesta.open(source))
    for name in TABLE_NAMES:
        pd.testing.assert_frame_equal(alone[name], together[name])


def test_nothing_is_lost(source: Path) -> None:
    (source / "again.txt").write_bytes((source / "3.txt").read_bytes())
    (source / "empty.txt").touch()
    (source / ".hidden").write_text("x")
    (source / "README.md").write_text("about this folder")
    with zipfile.ZipFile(source / "more.zip", "w") as archive:
        archive.writestr("a/inside.txt", "Dentro l'archivio\n\nOrhan Tessaly ha parlato.")
        archive.writestr("b/inside.bin", bytes(range(256)) * 9)
    dossier = inchiesta.open(source)
    accounting = dossier.accounting
    assert accounting == {
        "seen": 11,
        "read": 8,
        "duplicate": 1,
        "set aside": 2,
        "skipped hidden": 1,
        "skipped readme": 1,
    }
    duplicate = dossier.documents.query("status == 'duplicate'").iloc[0]
    assert (duplicate["path"], duplicate["reason"]) == ("again.txt", "duplicate: the same content as 3.txt") or (
        duplicate["path"],
        duplicate["reason"],
    ) == ("3.txt", "duplicate: the same content as again.txt")
    assert dossier.documents["document_id"].is_unique
    assert dossier.documents.query("status == 'set aside'")["reason"].str.contains(":").all()


def test_every_sentence_stands_where_it_says(source: Path) -> None:
    dossier = inchiesta.open(source)
    texts = dossier.documents.set_index("document_id")["text"]
    for row in dossier.sentences.itertuples():
        assert texts[row.document_id][row.start_char : row.end_char] == row.text
    for row in dossier.mentions.itertuples():
        assert texts[row.document_id][row.start_char : row.end_char] == row.surface


def test_a_damaged_cache_costs_time_not_truth(source: Path, tmp_path: Path) -> None:
    before = tables(inchiesta.open(source))
    for part in (tmp_path / "cache/tables").glob("*.parquet"):
        data = bytearray(part.read_bytes())
        data[len(data) // 2] ^= 0x10
        part.write_bytes(data)
    dossier = inchiesta.open(source)
    after = tables(dossier)
    assert sum(counts["damaged"] for counts in dossier.store.counters.values())
    for name in TABLE_NAMES:
        pd.testing.assert_frame_equal(before[name], after[name])


def test_a_single_text_is_a_corpus_too(source: Path) -> None:
    dossier = inchiesta.open(source / "0.txt")
    assert dossier.accounting["read"] == 1
    assert dossier.name == "0"


def test_wrong_sources_and_names_say_what_to_do(source: Path, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="found nothing at"):
        inchiesta.open(tmp_path / "nowhere")
    with pytest.raises(TableError, match="the tables are documents"):
        inchiesta.open(source).table("document")
    with pytest.raises(SettingsError, match="FIELD=COLUMN"):
        inchiesta.open(source, columns=["testo=corpo"])


def test_a_changed_registry_recomputes_who_is_who_and_not_what_was_read(source: Path, tmp_path: Path) -> None:
    path = tmp_path / "actors.yml"
    path.write_text("decisions:\n", encoding="utf-8")
    tables(inchiesta.open(source, registry=path))
    path.write_text(
        'decisions:\n  - merge: ["Aldo Marenghi", "Ivo Stakhar"]\n    reason: "x"\n    who: "y"\n'
        "    when: 2024-03-12\n",
        encoding="utf-8",
    )
    decided = inchiesta.open(source, registry=path)
    tables(decided)
    assert set(computed(decided)) >= {"actors", "pairs", "tones"}
    assert not set(computed(decided)) & {"documents", "sentences", "origins", "signatures"}
    assert "per-ivo-stakhar" not in set(decided.actors["actor_id"])
    path.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    again = inchiesta.open(source, registry=path)
    tables(again)
    assert computed(again) == {}
