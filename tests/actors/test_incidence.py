"""The incidence and what is counted from it, by hand and against the dense product."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_matrix

from inchiesta.actors import incidence as module
from inchiesta.actors.counting import Counting
from inchiesta.actors.incidence import build_incidence, draw_origins, find_meetings, per_origin
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.stability import draw_resamples, measure_stability
from tests.actors.test_pairs import build

ROWS = {"d1:1": ["a", "b"], "d1:2": ["b", "a", "c"], "d2:1": ["a"], "d2:2": ["b", "c"], "d3:1": ["a", "b"]}
TABLES = build(ROWS, {"d1": "o1", "d2": "o2", "d3": "o1"})
PAIRS = pd.DataFrame({"actor_a": ["b", "a", "a", "a"], "actor_b": ["c", "b", "c", "z"]})


def test_rows_are_units_and_columns_actors() -> None:
    incidence = build_incidence(*TABLES, counting=Counting(count_copies=True))
    assert incidence.actors.tolist() == ["a", "b", "c"]
    assert incidence.matrix.toarray().tolist() == [[1, 1, 0], [1, 1, 1], [1, 0, 0], [0, 1, 1], [1, 1, 0]]
    assert incidence.origin_ids[incidence.origins].tolist() == ["o1", "o1", "o2", "o2", "o1"]
    assert incidence.documents.tolist() == [0, 0, 1, 1, 2]
    assert incidence.totals.tolist() == [4, 4, 2]
    assert len(build_incidence(*TABLES).documents) == 4  # d3 is a copy


def test_shared_units_are_counted_by_origin() -> None:
    incidence = build_incidence(*TABLES, counting=Counting(count_copies=True))
    both, single = per_origin(incidence, PAIRS)
    assert both.toarray().tolist() == [[1, 1], [3, 0], [1, 0], [0, 0]]
    assert single.toarray().tolist() == [[3, 1], [3, 1], [1, 1]]
    by_column = pd.DataFrame({"actor_a": [1, 0, 0], "actor_b": [2, 1, 2]})
    assert per_origin(incidence, by_column)[0].toarray().tolist() == both.toarray()[:3].tolist()


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_meetings_are_those_of_the_product_in_steps_of_any_size(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STEP", step)
    random = np.random.default_rng(0)
    dense = (random.random((60, 12)) < 0.3).astype(np.int64)
    matrix = csr_matrix(dense)
    counted = np.zeros((12, 12), dtype=np.int64)
    for rows, codes in find_meetings(matrix):
        assert (dense[rows, codes // 12] == 1).all()
        np.add.at(counted, (codes // 12, codes % 12), 1)
    assert (counted == np.triu((matrix.T @ matrix).toarray(), k=1)).all()


def test_a_resample_holds_as_many_origins_as_there_are() -> None:
    weights = draw_origins(9, seed=3)
    assert weights.shape == (9, module.RESAMPLES)
    assert (weights.sum(axis=0) == 9).all()
    assert (weights == draw_origins(9, seed=3)).all()
    assert (weights != draw_origins(9, seed=4)).any()


def test_stability_is_the_share_of_resamples_that_keep_the_pair() -> None:
    rows = {f"d{n}:1": ["a", "b"] for n in range(3)} | {f"e{n}:1": ["c", "d"] for n in range(5)}
    tables = build(rows | {f"f{n}:1": ["a"] for n in range(4)})
    pairs, incidence = count_pairs(*tables, seed=2), build_incidence(*tables)
    both = per_origin(incidence, pairs)[0]
    kept = draw_resamples(incidence, seed=2).find_kept(pairs, both)
    assert kept.shape == (2, module.RESAMPLES)
    np.testing.assert_array_equal(kept.mean(axis=1), pairs["stability"])
    np.testing.assert_array_equal(measure_stability(incidence, pairs, both, 2), pairs["stability"])
    # The pair of three origins is missing where none of them is drawn: (9/12) ** 12 of the resamples, 3 in 100.
    assert pairs.set_index("actor_a").loc["a", "stability"] == pytest.approx(0.97, abs=0.04)
