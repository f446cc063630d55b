"""The cache gives back what was kept, or nothing: never something else."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow as pa
import pytest

from inchiesta.corpus.store import Store

STAGE = "prepare"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def rows(*pairs: tuple[str, int]) -> dict[str, pa.Table]:
    return {"numbers": pa.table({"key": [key for key, _ in pairs], "number": [number for _, number in pairs]})}


def read(store: Store, *keys: str) -> tuple[list[int], set[str]]:
    found, missing = store.read_items(STAGE, keys, ["numbers"])
    return (found["numbers"]["number"].to_pylist() if found else []), missing


def test_what_was_kept_comes_back_and_the_rest_is_missing(store: Store) -> None:
    store.write_items(STAGE, ["a", "b", "empty"], rows(("a", 1), ("a", 2), ("b", 3)))
    assert read(store, "a", "empty", "c") == ([1, 2], {"c"})
    assert store.counters[STAGE] == {"computed": 3, "cached": 2}


def test_stages_do_not_share_keys(store: Store) -> None:
    store.write_items("other", ["a"], rows(("a", 1)))
    assert read(store, "a") == ([], {"a"})


def test_a_flipped_bit_is_never_read(store: Store) -> None:
    generator = random.Random(5)
    for turn in range(300):
        store.write_items(STAGE, ["a"], rows(("a", turn)))
        (part,) = [
            path
            for path in store.folder.glob("*.parquet")
            if path.stat().st_mtime_ns == max(p.stat().st_mtime_ns for p in store.folder.glob("*.parquet"))
        ][:1]
        data = bytearray(part.read_bytes())
        place = generator.randrange(len(data))
        data[place] ^= 1 << generator.randrange(8)
        part.write_bytes(data)
        assert read(store, "a") == ([], {"a"})
        assert not part.exists()
    assert store.counters[STAGE]["damaged"] == 300


def test_a_part_that_is_gone_or_cut_is_computed_again(store: Store) -> None:
    for damage in (Path.unlink, lambda path: path.write_bytes(path.read_bytes()[:-9])):
        store.write_items(STAGE, ["a"], rows(("a", 1)))
        (part,) = store.folder.glob("*.parquet")
        damage(part)
        assert read(store, "a") == ([], {"a"})


def test_a_damaged_index_is_rebuilt_empty(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.write_items(STAGE, ["a"], rows(("a", 1)))
    store.close()
    for path in tmp_path.glob("index.sqlite*"):
        path.write_bytes(b"this is no database" * 300)
    again = Store(tmp_path)
    assert read(again, "a") == ([], {"a"})
    again.write_items(STAGE, ["a"], rows(("a", 2)))
    assert read(again, "a") == ([2], set())


def test_the_folder_is_closed_to_others(store: Store) -> None:
    assert store.folder.stat().st_mode & 0o077 == 0


def test_only_the_latest_whole_results_are_kept(store: Store) -> None:
    for turn in range(7):
        store.write_whole("topics", "corpus", f"key{turn}", rows(("a", turn)))
    kept = [turn for turn in range(7) if store.read_whole("topics", "corpus", f"key{turn}", ["numbers"])]
    assert kept == [3, 4, 5, 6]
    assert len(list(store.folder.glob("*.parquet"))) == 4
