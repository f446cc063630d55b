"""The numbers of chance, against scipy's where it has them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, hypergeom

from inchiesta.actors.chance import adjust, g_squared, lower_tail, npmi, upper_tail, upper_tail_once_met


@st.composite
def tables(draw: st.DrawFn, most: int = 400) -> tuple[int, int, int, int]:
    """Give together, first, second and all units that can stand in one table."""
    n_units = draw(st.integers(2, most))
    first, second = draw(st.integers(1, n_units)), draw(st.integers(1, n_units))
    together = draw(st.integers(max(0, first + second - n_units), min(first, second)))
    return together, first, second, n_units


def as_arrays(table: tuple[int, int, int, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray, float]:
    together, first, second, n_units = table
    return np.array([together]), np.array([first]), np.array([second]), float(n_units)


@given(tables())
def test_both_tails_are_those_of_scipy(table: tuple[int, int, int, int]) -> None:
    together, first, second, n_units = table
    upper = hypergeom.sf(together - 1, n_units, first, second)
    np.testing.assert_allclose(upper_tail(*as_arrays(table))[0], upper, rtol=1e-8, atol=1e-300)
    lower = hypergeom.cdf(together, n_units, first, second)
    np.testing.assert_allclose(lower_tail(*as_arrays(table))[0], lower, rtol=1e-8, atol=1e-300)


@given(tables(most=5_000_000))
def test_tails_stay_sound_for_large_counts(table: tuple[int, int, int, int]) -> None:
    together, first, second, n_units = table
    upper, lower = upper_tail(*as_arrays(table))[0], lower_tail(*as_arrays(table))[0]
    exactly = hypergeom.pmf(together, n_units, first, second)
    assert 0 <= upper <= 1
    assert 0 <= lower <= 1
    assert upper + lower == pytest.approx(1 + exactly, abs=1e-6)


def test_a_tiny_probability_keeps_its_digits() -> None:
    table = 40, 50, 60, 1_000_000
    expected = hypergeom.logsf(39, 1_000_000, 50, 60)
    assert np.log(upper_tail(*as_arrays(table))[0]) == pytest.approx(expected, rel=1e-9)


@given(tables())
def test_more_meetings_are_never_less_surprising(table: tuple[int, int, int, int]) -> None:
    together, first, second, n_units = table
    at = np.arange(together, min(first, second) + 1)
    for tail in (upper_tail, upper_tail_once_met):
        values = tail(at, np.full_like(at, first), np.full_like(at, second), float(n_units))
        assert (np.diff(values) <= 1e-12).all()


def test_one_meeting_surprises_nobody_who_looks_only_at_those_who_met() -> None:
    one, two = np.array([1]), np.array([2])
    assert upper_tail_once_met(one, one, one, 1_000)[0] == 1.0
    # Of 15 ways to place two among six, one meets twice and nine meet at all.
    assert upper_tail_once_met(two, two, two, 6)[0] == pytest.approx(1 / 9)


def test_units_need_not_be_whole() -> None:
    three = np.array([3])
    below, between, above = (upper_tail(three, three * 2, three * 2, n)[0] for n in (20, 20.5, 21))
    assert above < between < below


@given(st.lists(st.floats(0, 1), min_size=1, max_size=50))
def test_q_values_are_those_of_scipy(p_values: list[float]) -> None:
    ours = adjust(np.array(p_values), len(p_values))
    np.testing.assert_allclose(ours, false_discovery_control(p_values), rtol=1e-12, atol=1e-300)


def test_tests_that_are_not_listed_count_in_the_correction() -> None:
    p_values = np.array([0.01, 0.04, 0.03, 0.5])
    np.testing.assert_allclose(adjust(p_values, 4), [0.04, 0.16 / 3, 0.16 / 3, 0.5])
    np.testing.assert_allclose(adjust(p_values, 8), [0.08, 0.32 / 3, 0.32 / 3, 1.0])


@given(tables())
def test_measures_keep_their_ranges(table: tuple[int, int, int, int]) -> None:
    assert -1 <= npmi(*as_arrays(table))[0] <= 1
    assert g_squared(*as_arrays(table))[0] >= 0


def test_measures_keep_their_ends() -> None:
    one = np.array([5])
    assert npmi(one, one, one, 5)[0] == 1.0
    assert npmi(one, one, one, 50)[0] == pytest.approx(1.0)
    assert npmi(np.array([0]), one, one, 50)[0] == -1.0
    assert g_squared(np.array([1]), np.array([2]), np.array([10]), 20)[0] == pytest.approx(0.0, abs=1e-9)
