"""Odd texts are read to their end, and every expression stands where its row says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inchiesta.timeline.find import find_dates
from tests.timeline.frames import build_tables, date_text

# Pieces of time expressions, numbers that are none, and what makes one look like the other.
_TIMES = ["4", "4:04", "4.1", "12/3", "12/03/2024", "2018-2022", "May", "maggio", "lunedì", "week", "ore", "days"]
_REST = ["il", "tra il", "di", "of", "in", "last", "scorso", "ago", "'90", "°", "$4", "_4_", "İ", "\0", "«", "»", ","]
PIECES = _TIMES + _REST


def test_a_number_that_comes_again_as_part_of_a_time_is_told_from_the_first() -> None:
    text = "Poche ore prima della scossa delle 4:04, una di grado 4.1 aveva colpito la zona, a quanto pare senza danni."
    assert date_text(text)["text"].tolist() == ["Poche ore"]


def test_a_number_beside_a_sum_is_read_once() -> None:
    assert date_text("12/03/2024 $4")["text"].tolist() == ["12/03/2024"]


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=30), glue=st.sampled_from([" ", "", ", ", " a "]))
@settings(max_examples=300, deadline=None)
@pytest.mark.parametrize("language", ["it", "en"])
def test_any_mix_of_pieces_is_read_where_it_stands(language: str, pieces: list[str], glue: str) -> None:
    documents, sentences = build_tables(glue.join(pieces), language=language, published="2024-03-13")
    text = documents["text"][0]
    last = 0
    for row in find_dates(documents, sentences).itertuples():
        assert text[row.start_char : row.end_char] == row.text
        assert last <= row.start_char
        last = row.end_char
