from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.text.stated_date import date_in_name, parse_date, read_months

DAY = ("2024-03-12", "day")


@pytest.mark.parametrize(
    "stated",
    [
        "2024-03-12", "2024-03-12T10:00:00+01:00", "2024-03-12 10:00", "2024/3/12", "20240312", "20240312T100000Z",
        "12/03/2024", "12.03.2024", "12-3-24", "12 marzo 2024", "martedì 12 marzo 2024, ore 10", "12 MARZO 2024",
        "12. März 2024", "12 mars 2024", "12 de marzo de 2024", "12 de março de 2024", "12 марта 2024 г.",
        "March 12, 2024", "March 12th, 2024", "12th of March 2024", "Mar. 12, 2024", "12-Mar-2024", "2024年3月12日",
        "Tue, 12 Mar 2024 10:00:00 GMT", "Tue Mar 12 10:00:00 +0000 2024", "1710201600", "1710201600000",
        "Published March 12, 2024 at 5:00pm", "Pubblicato il 12/03/2024 alle 10:30",
    ],
)  # fmt: skip
def test_a_stated_day_is_read(stated: str) -> None:
    assert parse_date(stated) == DAY


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("2024-03", ("2024-03", "month")),
        ("marzo 2024", ("2024-03", "month")),
        ("3/2024", ("2024-03", "month")),
        ("2024-03-00", ("2024-03", "month")),
        ("2024", ("2024", "year")),
    ],
)
def test_precision_is_that_of_the_statement(stated: str, expected: tuple[str, str]) -> None:
    assert parse_date(stated) == expected


@pytest.mark.parametrize(
    "stated",
    ["", "soon", "15 September", "2024-02-30", "2024-13-45", "0000-00-00", "1970-01-01T00:00:00Z", "99999",
     "31 of 2024", "192.168.2024.1", "x" * 200 + " 2024-03-12"],
)  # fmt: skip
def test_what_is_no_date_stays_undated(stated: str) -> None:
    assert parse_date(stated) == ("", "none")


def test_day_and_month_are_not_guessed_in_an_english_text() -> None:
    assert parse_date("03/04/2024") == ("2024-04-03", "day")
    assert parse_date("03/04/2024", "en") == ("2024", "year")
    assert parse_date("03/25/2024", "en") == ("2024-03-25", "day")
    assert parse_date("25/03/2024", "en") == ("2024-03-25", "day")
    assert parse_date("03/03/2024", "en") == ("2024-03-03", "day")


@given(st.dates(min_value=date(1700, 1, 1), max_value=date(2199, 12, 31)))
def test_every_iso_day_comes_back(day: date) -> None:
    if day != date(1970, 1, 1):
        assert parse_date(day.isoformat()) == (day.isoformat(), "day")
        assert parse_date(day.strftime("%d/%m/%Y"), "it") == (day.isoformat(), "day")


@given(st.text(max_size=150))
def test_no_text_raises(text: str) -> None:
    published_on, precision = parse_date(text)
    assert (published_on == "") == (precision == "none")


def test_a_month_name_means_the_same_month_in_every_language() -> None:
    assert set(read_months().values()) == set(range(1, 13))
    assert read_months()["mar"] == 3 and read_months()["mai"] == 5


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("2024-03-12_x.txt", DAY),
        ("wire/20240312-talks.html", DAY),
        ("2024/03/12/x.html", DAY),
        ("2023-01/2024-03-12.txt", DAY),
        ("2024-03 notes.md", ("2024-03", "month")),
        ("a20240312b.txt", ("", "none")),
        ("12345678.txt", ("", "none")),
        ("2024.txt", ("", "none")),
        ("000_e063f7ba8a731b60.txt", ("", "none")),
    ],
)
def test_dates_in_names(path: str, expected: tuple[str, str]) -> None:
    assert date_in_name(path) == expected
