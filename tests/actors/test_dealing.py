"""The dealing of names to places, against every way to deal them."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from inchiesta.actors.dealing import fit_dealing


def deal_all_ways(rows: list[set[int]]) -> np.ndarray:
    """Give the mean number of shared units of each two actors over all tables with the sums of ``rows``."""
    n_actors = max(map(max, rows)) + 1
    totals = [sum(actor in row for row in rows) for actor in range(n_actors)]
    ways = [[np.isin(np.arange(n_actors), c) for c in combinations(range(n_actors), len(row))] for row in rows]
    tables = [np.array(table) for table in product(*ways) if np.sum(table, axis=0).tolist() == totals]
    return sum(table.T.astype(float) @ table for table in tables) / len(tables)


def as_matrix(rows: list[set[int]]) -> csr_matrix:
    entries = [(unit, actor) for unit, row in enumerate(rows) for actor in row]
    units, actors = zip(*entries, strict=True)
    return csr_matrix((np.ones(len(entries), dtype=np.int64), (units, actors)))


def test_it_is_exact_where_all_are_named_equally_often() -> None:
    dealing = fit_dealing(as_matrix([{0, 1}, {0, 1}, {2, 3}, {2, 3}]))
    # Each unit draws two of four: one pair in six.
    assert dealing.expect(np.array([2]), np.array([2]))[0] == pytest.approx(4 / 6)
    assert dealing.effective_units(np.array([2]), np.array([2]))[0] == pytest.approx(6)


@pytest.mark.parametrize(
    "rows",
    [
        [{0, 1}, {0, 2}, {0, 3}, {1, 2, 3}, {4}],
        [{0, 1, 2, 3}, {0}, {0}, {1}, {2, 4}],
        [{0, 1}, {0, 1}, {0, 1}, {2}, {3}],
    ],
)
def test_it_is_near_the_mean_over_every_way_to_deal(rows: list[set[int]]) -> None:
    exact, matrix = deal_all_ways(rows), as_matrix(rows)
    totals = np.asarray(matrix.sum(axis=0)).ravel()
    dealing = fit_dealing(matrix)
    for a, b in combinations(range(len(totals)), 2):
        expected = dealing.expect(totals[[a]], totals[[b]])[0]
        assert expected == pytest.approx(exact[a, b], rel=0.1, abs=0.07)


def test_expected_meetings_add_up_to_those_there_are() -> None:
    random = np.random.default_rng(0)
    weights = 1 / np.arange(1, 201)
    rows = [
        set(random.choice(200, size, replace=False, p=weights / weights.sum())) for size in random.integers(1, 9, 999)
    ]
    matrix = as_matrix([{int(actor) for actor in row} for row in rows])
    totals = np.asarray(matrix.sum(axis=0)).ravel().astype(np.int64)
    first, second = np.triu_indices(len(totals), k=1)
    n_meetings = sum(len(row) * (len(row) - 1) // 2 for row in rows)
    assert fit_dealing(matrix).expect(totals[first], totals[second]).sum() == pytest.approx(n_meetings, rel=0.02)


def test_lists_raise_what_is_expected_and_lone_names_lower_it() -> None:
    in_twos = fit_dealing(as_matrix([{2 * n, 2 * n + 1} for n in range(20)]))
    with_a_list = fit_dealing(as_matrix([set(range(21)), *({21 + n} for n in range(19))]))
    once = np.array([1])
    assert with_a_list.expect(once, once)[0] > 5 * in_twos.expect(once, once)[0]
    alone = fit_dealing(as_matrix([{n} for n in range(20)]))
    assert alone.expect(once, once)[0] < 1e-6


def test_an_actor_named_everywhere_meets_everybody() -> None:
    dealing = fit_dealing(as_matrix([{0, 1}, {0, 2}, {0, 3}, {0, 1}]))
    assert dealing.expect(np.array([4]), np.array([2]))[0] == pytest.approx(2, abs=0.02)
