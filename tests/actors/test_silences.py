"""Silences: who is kept apart is found, who is seldom named is not asked, chance is left alone."""

from __future__ import annotations

import numpy as np
import pytest

from inchiesta.actors.counting import Counting
from inchiesta.actors.incidence import build_incidence
from inchiesta.actors.pairs import count_meetings
from inchiesta.actors.silences import count_silences
from inchiesta.tables import check_table
from tests.actors.test_pairs import build


def deal(seed: int, n_sentences: int = 1_500, *, apart: tuple[str, str] = ("", "")) -> dict[str, list[str]]:
    """Deal 30 actors to sentences, eight a document, never the two of ``apart`` to one."""
    random = np.random.default_rng(seed)
    weights = 1 / np.arange(2, 32)
    rows = {}
    for number in range(n_sentences):
        size = int(random.integers(1, 5))
        names = [f"a{actor:02d}" for actor in random.choice(30, size, replace=False, p=weights / weights.sum())]
        rows[f"d{number // 8:03d}:{number}"] = [n for n in names if n != apart[1] or apart[0] not in names]
    return rows


def test_two_who_are_kept_apart_lead_the_list() -> None:
    silences = count_silences(*build(deal(0, apart=("a01", "a04"))))
    check_table("silences", silences)
    first = silences.iloc[0]
    assert first[["actor_a", "actor_b", "unit", "n_together"]].tolist() == ["a01", "a04", "sentence", 0]
    assert first["expected"] > 20
    assert first["q_value"] < 1e-6
    # Not by the subject: they stand in as many documents together as chance has it.
    assert first["n_documents"] == pytest.approx(first["expected_documents"], rel=0.2)
    assert (silences["q_value"] < 0.05).sum() == 1
    assert silences["p_value"].is_monotonic_increasing


@pytest.mark.parametrize("unit", ["sentence", "document"])
def test_chance_alone_keeps_nobody_apart(unit: str) -> None:
    for seed in range(5):
        silences = count_silences(*build(deal(seed)), counting=Counting(unit=unit))
        assert not (silences["q_value"] < 0.05).any()
        assert len(silences) <= 0.05 * 30 * 29 / 2


def test_who_is_named_alone_is_not_silent() -> None:
    rows = {f"d{n}:1": ["a" if n % 2 else "b"] for n in range(400)}
    assert count_silences(*build(rows)).empty


def test_seldom_named_actors_are_not_asked() -> None:
    rows = {f"d{n}:1": [f"a{n}", f"b{n}"] for n in range(300)}
    silences = count_silences(*build(rows))
    check_table("silences", silences)
    assert silences.empty


def test_no_mentions_give_no_silence() -> None:
    mentions, documents = build({"d1:1": ["a"]})
    check_table("silences", count_silences(mentions, documents))
    check_table("silences", count_silences(mentions.iloc[:0], documents))


def test_two_who_share_no_document_are_silent_there_too() -> None:
    rows = {
        f"d{n:03d}:{part}": (["a"] if n % 2 else ["b"]) + [f"x{n * 7 % 40}", f"y{n * 11 % 40}"]
        for n in range(80)
        for part in range(3)
    }
    silences = count_silences(*build(rows), counting=Counting(unit="document"))
    assert silences.iloc[0][["actor_a", "actor_b", "n_together", "n_documents"]].tolist() == ["a", "b", 0, 0]
    assert silences.iloc[0]["expected"] == silences.iloc[0]["expected_documents"]


def test_no_more_pairs_are_tested_than_there_are_meetings(monkeypatch: pytest.MonkeyPatch) -> None:
    tested = []
    from inchiesta.actors import silences as module

    whole = module._find_candidates
    monkeypatch.setattr(module, "_find_candidates", lambda *given: tested.append(whole(*given)) or tested[-1])
    tables = build(deal(1))
    count_silences(*tables)
    n_meetings = count_meetings(build_incidence(*tables))["n_together"].sum()
    assert 0 < len(tested[0]) <= n_meetings
    assert not tested[0].duplicated().any()
    assert (tested[0]["actor_a"] < tested[0]["actor_b"]).all()
