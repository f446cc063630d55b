import math

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from inchiesta.topics.coherence import score_coherence, score_diversity


def test_terms_that_always_meet_score_1_and_terms_that_never_meet_score_minus_1() -> None:
    present = np.zeros((40, 3))
    present[:10, :2] = 1
    present[10:, 2] = 1
    assert score_coherence(csr_matrix(present), [[0, 1], [0, 2]]) == pytest.approx([1.0, -1.0])


def test_terms_that_meet_as_often_as_chance_score_0() -> None:
    present = np.array([[1, 1], [1, 0], [0, 1], [0, 0]] * 10)
    assert score_coherence(csr_matrix(present.astype(float)), [[0, 1]]) == pytest.approx([0.0])


def test_below_30_passages_there_is_no_coherence() -> None:
    assert math.isnan(score_coherence(csr_matrix(np.ones((29, 2))), [[0, 1]])[0])


def test_diversity_is_the_share_of_different_terms() -> None:
    assert score_diversity([["a", "b"], ["b", "c"]]) == 0.75
