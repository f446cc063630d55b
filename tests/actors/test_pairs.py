"""Pairs against chance: counts by hand, exact p-values against scipy, honesty on shuffled tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import hypergeom

from inchiesta.actors.chance import adjust, g_squared, npmi, upper_tail
from inchiesta.actors.pairs import count_pairs
from inchiesta.tables import check_table


def build(rows: dict[str, list[str]], origins: dict[str, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build mentions and documents from sentence_id -> actors; the document is what stands before the colon."""
    mentions = pd.DataFrame(
        [(sentence.split(":")[0], sentence, actor, "name") for sentence, actors in rows.items() for actor in actors],
        columns=["document_id", "sentence_id", "actor_id", "form"],
    )
    counts = pd.Series([sentence.split(":")[0] for sentence in rows]).value_counts()
    ids = sorted(counts.index)
    documents = pd.DataFrame(
        {
            "document_id": ids,
            "origin_id": [(origins or {}).get(i, f"o-{i}") for i in ids],
            "n_sentences": [counts[i] for i in ids],
            "n_chars": [counts[i] for i in ids],
            "status": "read",
        }
    )
    return mentions, documents


def test_a_pair_is_counted_by_hand() -> None:
    pairs = count_pairs(*build({"d1:1": ["a", "b"], "d1:2": ["a", "b"], "d1:3": ["a"], "d2:1": ["c"]}))
    check_table("pairs", pairs)
    row = pairs.iloc[0]
    assert (row["actor_a"], row["actor_b"], row["n_sentences"], row["n_documents"], row["n_origins"]) == (
        "a",
        "b",
        2,
        1,
        1,
    )
    assert row["expected"] == pytest.approx(3 * 2 / 4)
    assert row["p_value"] == pytest.approx(hypergeom.sf(1, 4, 3, 2))
    assert row["npmi"] == pytest.approx(np.log((2 / 4) / (3 / 4 * 2 / 4)) / -np.log(2 / 4))
    assert row["q_value"] == pytest.approx(min(1.0, row["p_value"] * 3))  # three actors make three pairs


def test_a_copy_counts_once() -> None:
    rows = {"d1:1": ["a", "b"], "d2:1": ["a", "b"], "d2:2": ["a"], "d3:1": ["a", "b"]}
    pairs = count_pairs(*build(rows, {"d1": "o1", "d2": "o1", "d3": "o2"}))
    assert pairs[["n_sentences", "n_documents", "n_origins"]].to_numpy().tolist() == [[2, 3, 2]]


def test_repeated_paragraphs_do_not_count_when_sentences_are_given() -> None:
    mentions, documents = build({"d1:1": ["a", "b"], "d1:2": ["a", "b"]})
    sentences = pd.DataFrame({"sentence_id": ["d1:1", "d1:2"], "repeats_paragraph": [None, 0]})
    assert count_pairs(mentions, documents)["n_sentences"].tolist() == [2]
    assert count_pairs(mentions, documents, sentences=sentences)["n_sentences"].tolist() == [1]


def test_seats_count_only_when_asked_for() -> None:
    mentions, documents = build({"d1:1": ["a", "b"]})
    mentions = mentions.assign(form=["seat", "name"])
    assert count_pairs(mentions, documents).empty
    assert len(count_pairs(mentions, documents, forms=("name", "seat"))) == 1


def test_stability_is_empty_below_five_origins_and_high_for_a_steady_pair() -> None:
    few = build({f"d{n}:1": ["a", "b"] for n in range(4)} | {"d0:2": ["c"]})
    assert count_pairs(*few)["stability"].isna().all()
    many = build({f"d{n}:1": ["a", "b"] for n in range(9)} | {f"d{n}:2": ["c"] for n in range(9)})
    assert count_pairs(*many)["stability"].tolist() == [1.0]


def test_no_mentions_give_an_empty_table() -> None:
    mentions, documents = build({"d1:1": ["a"]})
    check_table("pairs", count_pairs(mentions, documents))
    check_table("pairs", count_pairs(mentions.iloc[:0], documents))


def test_the_exact_tail_agrees_with_scipy() -> None:
    random = np.random.default_rng(1)
    first, second = random.integers(1, 60, 300), random.integers(1, 60, 300)
    together = np.minimum(random.integers(1, 30, 300), np.minimum(first, second))
    ours = upper_tail(together, first, second, 120)
    low = np.maximum(together, first + second - 120)  # fewer are impossible
    np.testing.assert_allclose(
        upper_tail(low, first, second, 120), hypergeom.sf(low - 1, 120, first, second), rtol=1e-9
    )
    assert ((ours >= 0) & (ours <= 1)).all()


def test_q_values_follow_the_step_up_rule() -> None:
    p_values = np.array([0.01, 0.04, 0.03, 0.5])
    np.testing.assert_allclose(adjust(p_values, 4), [0.04, 0.16 / 3, 0.16 / 3, 0.5])
    np.testing.assert_allclose(adjust(p_values, 8), [0.08, 0.32 / 3, 0.32 / 3, 1.0])


def test_measures_keep_their_ends() -> None:
    one = np.array([5])
    assert npmi(one, one, one, 5)[0] == 1.0
    assert npmi(one, one, one, 50)[0] == pytest.approx(1.0)
    assert g_squared(np.array([1]), np.array([2]), np.array([10]), 20)[0] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_p_values_are_honest_on_a_shuffled_table(seed: int) -> None:
    """Actors are dealt to sentences at random: at most about 5% of all pairs may look surprising, none survives."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 5, 400)
    weights = 1 / np.arange(1, 41)
    rows = {
        f"d{number // 8:03d}:{number}": [
            f"a{actor:02d}" for actor in random.choice(40, size, replace=False, p=weights / weights.sum())
        ]
        for number, size in enumerate(sizes)
    }
    pairs = count_pairs(*build(rows))
    n_possible = 40 * 39 / 2
    assert (pairs["p_value"] < 0.05).sum() / n_possible <= 0.06
    assert (pairs["q_value"] < 0.05).sum() == 0


def test_a_planted_pair_is_found() -> None:
    random = np.random.default_rng(0)
    rows = {
        f"d{n // 5:03d}:{n}": [f"a{actor:02d}" for actor in random.choice(30, 2, replace=False)] for n in range(300)
    }
    for n in range(0, 300, 12):
        rows[f"d{n // 5:03d}:{n}"] = ["planted-a", "planted-b"]
    best = count_pairs(*build(rows)).iloc[0]
    assert (best["actor_a"], best["actor_b"]) == ("planted-a", "planted-b")
    assert best["q_value"] < 0.001
    assert best["stability"] > 0.95


def test_the_table_is_sorted_and_the_same_every_time() -> None:
    rows = {f"d{n}:{n}": [f"a{n % 4}", f"b{n % 3}"] for n in range(24)}
    one, other = count_pairs(*build(rows)), count_pairs(*build(dict(reversed(rows.items()))))
    pd.testing.assert_frame_equal(one, other)
    keys = list(zip(one["q_value"], -one["g2"], one["actor_a"], one["actor_b"], strict=True))
    assert keys == sorted(keys)
