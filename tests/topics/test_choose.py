import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from inchiesta.topics.choose import (
    _choose_place,
    choose_n_topics,
    draw_halves,
    score_agreement,
    score_stability,
    score_topics,
)


def planted(n_groups: int, n_each: int, spread: float = 0.05) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give points around orthogonal directions, each a document of its own, and their groups."""
    chance = np.random.default_rng(1)
    groups = np.repeat(np.arange(n_groups), n_each)
    points = np.eye(max(n_groups, 2))[groups] + chance.normal(0, spread, (len(groups), max(n_groups, 2)))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return points, np.arange(len(groups)), groups


@pytest.mark.parametrize("n_groups", [4, 7, 11])
def test_the_planted_number_is_chosen(n_groups: int) -> None:
    points, documents, _ = planted(n_groups, 60)
    choice = choose_n_topics(draw_halves(points, documents, seed=0))
    assert choice.n_topics == n_groups
    assert choice.curve.loc[choice.curve["n_topics"] == n_groups, "stability"].item() > 0.99


def test_without_groups_the_number_is_a_rule_of_thumb_and_says_so() -> None:
    chance = np.random.default_rng(1)
    points = chance.normal(size=(240, 20))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    choice = choose_n_topics(draw_halves(points, np.arange(240) // 4, seed=0))
    assert choice.n_topics == 8
    assert choice.how == "rule"
    assert choice.reason.startswith("a rule of thumb, the root of 60 documents, since from half of them no number")


def test_too_little_text_has_no_curve() -> None:
    points, documents, _ = planted(2, 8)
    choice = choose_n_topics(draw_halves(points, np.zeros_like(documents), seed=0))
    assert choice.n_topics == 3
    assert choice.curve.empty
    assert choice.reason == "a rule of thumb, since 16 passages of 1 document are too few to compare halves"


def test_the_same_seed_gives_the_same_curve() -> None:
    points, documents, _ = planted(4, 30, spread=0.6)
    first, second = (score_stability(draw_halves(points, documents, seed=3), [2, 3, 4, 5]) for _ in range(2))
    assert first.tolist() == second.tolist()


def test_a_topic_that_is_found_again_is_stable_and_one_cut_at_random_is_not() -> None:
    points, documents, groups = planted(3, 40)
    halves = draw_halves(points, documents, seed=0)
    assert score_topics(halves, groups, 3) == [1.0, 1.0, 1.0]
    mixed = np.arange(len(groups)) % 3
    assert max(score_topics(halves, mixed, 3)) < 0.4


def test_agreement_is_the_adjusted_rand_index() -> None:
    chance = np.random.default_rng(2)
    one, other = chance.integers(4, size=200), chance.integers(7, size=200)
    assert score_agreement(one, other) == pytest.approx(adjusted_rand_score(one, other))
    assert score_agreement(one, 3 - one) == 1
    assert score_agreement(np.zeros(9, dtype=np.int64), np.zeros(9, dtype=np.int64)) == 1


def test_the_smallest_good_number_is_taken_unless_the_next_is_clearly_better() -> None:
    # .78 disagrees twice as much as .9 and a little more; after .82 the next is little better, after .81 clearly.
    assert _choose_place(np.array([0.5, 0.78, 0.86, 0.84, 0.9])) == 2
    assert _choose_place(np.array([0.5, 0.82, 0.86, 0.84, 0.9])) == 1
    assert _choose_place(np.array([0.5, 0.81, 0.87, 0.84, 0.9])) == 2


def test_beside_a_clear_number_a_fair_one_is_not_good_enough() -> None:
    assert _choose_place(np.array([0.5, 0.85, 0.86, 0.99, 0.95])) == 3
    assert _choose_place(np.array([0.5, 0.96, 1.0, 1.0])) == 1
