"""Pairs on generated corpora: what was planted is found, what chance put there is not taken for a finding."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import inchiesta
from data.sample.generator.scale import generate_scale
from data.sample.generator.shuffled import generate_shuffled
from inchiesta.actors.counting import Counting
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.silences import count_silences
from inchiesta.dossier import Dossier
from tests.actors.placed import Placed, place_mentions

LEVEL = 0.05


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Placed:
    return place_mentions(generate_scale, 400, 7, tmp_path_factory.mktemp("scale") / "articles")


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory) -> list[Placed]:
    folder = tmp_path_factory.mktemp("shuffled")
    return [place_mentions(generate_shuffled, 200, seed, folder / str(seed)) for seed in range(20)]


def surviving(pairs: pd.DataFrame) -> set[tuple[str, str]]:
    clear = pairs[pairs["q_value"] < LEVEL]
    return set(zip(clear["actor_a"], clear["actor_b"], strict=True))


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "window", "document"])
def test_every_planted_pair_survives(planted: Placed, unit: str) -> None:
    assert len(planted.pairs) == 30
    pairs = count_pairs(planted.mentions, planted.documents, sentences=planted.sentences, counting=Counting(unit=unit))
    assert planted.pairs <= surviving(pairs)


def test_planted_pairs_are_stable_and_the_strongest(planted: Placed) -> None:
    pairs = count_pairs(planted.mentions, planted.documents, sentences=planted.sentences)
    first = pairs.head(30)
    assert set(zip(first["actor_a"], first["actor_b"], strict=True)) == planted.pairs
    assert first["stability"].min() > 0.9


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "window", "document"])
def test_chance_alone_gives_few_small_p_values_and_no_pair(shuffled: list[Placed], unit: str) -> None:
    n_surviving = []
    for corpus in shuffled:
        pairs = count_pairs(corpus.mentions, corpus.documents, sentences=corpus.sentences, counting=Counting(unit=unit))
        assert (pairs["p_value"] < LEVEL).mean() <= LEVEL
        n_surviving.append(len(surviving(pairs)))
    assert sum(n == 0 for n in n_surviving) >= 19


def test_expected_meetings_are_those_of_chance(shuffled: list[Placed]) -> None:
    """Judged over all corpora, pairs meet as often as expected: among those expected often, whoever was listed."""
    whole = Counting(unit="document")
    often = pd.concat(
        [
            pairs[pairs["expected"] >= 1]
            for corpus in shuffled
            for pairs in [count_pairs(corpus.mentions, corpus.documents, sentences=corpus.sentences, counting=whole)]
        ]
    )
    # One in three of those expected once never met and is not listed; above three expected nearly all are.
    sure = often[often["expected"] >= 4]
    assert len(sure) > 200
    assert sure["n_together"].sum() / sure["expected"].sum() == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("unit", ["sentence", "document"])
def test_chance_alone_gives_no_silence(shuffled: list[Placed], unit: str) -> None:
    found = [
        count_silences(corpus.mentions, corpus.documents, sentences=corpus.sentences, counting=Counting(unit=unit))
        for corpus in shuffled
    ]
    assert sum(not (silences["q_value"] < LEVEL).any() for silences in found) >= 19


# -- end to end: also the finder and the resolver have to get the names right ----------------------------------------


def open_generated(name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    monkeypatch.setenv("INCHIESTA_CACHE", str(folder / "cache"))
    generate = {"scale": generate_scale, "shuffled": generate_shuffled}[name]
    generate(400, 7, folder / "articles")
    return inchiesta.open(folder / "articles")


@pytest.mark.slow
def test_every_planted_pair_survives_from_the_files_on(
    planted: Placed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = open_generated("scale", tmp_path, monkeypatch)
    names: dict[str, set[str]] = {}
    for actor_id, name, aliases in dossier.actors[["actor_id", "name", "aliases"]].itertuples(index=False):
        for surface in {name, *aliases}:
            names.setdefault(surface, set()).add(actor_id)
    clear = {frozenset(pair) for pair in surviving(dossier.pairs)}
    for first, second in planted.pairs:
        meetings = {frozenset((a, b)) for a in names.get(first, ()) for b in names.get(second, ())}
        assert meetings & clear, f"{first} and {second} were planted and not found"


@pytest.mark.slow
def test_chance_alone_gives_no_pair_from_the_files_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = open_generated("shuffled", tmp_path, monkeypatch)
    assert (dossier.pairs["p_value"] < LEVEL).mean() <= LEVEL
    assert not surviving(dossier.pairs)
    assert not (dossier.table("silences")["q_value"] < LEVEL).any()
