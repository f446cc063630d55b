"""Parts of a period: its beginning, its last Friday, its third quarter."""

from __future__ import annotations

from datetime import date

from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.periods import DAY, Period, day_period, month_period, move, unit_period, year_period

# Where the beginning, the middle and the end of a period lie is a convention, the one of Duckling (Facebook 2017):
# thirds of a month at the 10th and 20th; of a year its first three months and its last four; of a week its first and
# last three days. "Late 2021" is the last three months.
_MONTH = {"start": (1, 10), "middle": (11, 20), "end": (21, 31), "late": (21, 31)}
_YEAR = {"start": (1, 3), "middle": (5, 8), "end": (9, 12), "late": (10, 12)}
_WEEK = {"start": (0, 2), "middle": (2, 4), "end": (4, 6), "late": (4, 6)}
# Shares of a decade or another longer or shorter period.
_THIRDS = {"start": (0.0, 1 / 3), "middle": (1 / 3, 2 / 3), "end": (2 / 3, 1.0), "late": (2 / 3, 1.0)}


def cut_edge(period: Period, meaning: Meaning) -> Period:
    """Give the beginning, middle, end, half or first n units of a period."""
    edge = meaning.edge
    if edge in ("first n", "last n"):
        return _first_n(period, meaning.unit, max(meaning.n, 1), from_end=edge == "last n")
    if edge.startswith("half"):
        return _half(period, first=edge == "half 1")
    if period.precision == "month":
        low, high = _MONTH[edge]
        return Period(period.first.replace(day=low), period.first.replace(day=min(high, period.last.day)), "day")
    if period.precision == "year":
        low, high = _YEAR[edge]
        year = period.first.year
        return Period(month_period(year, low).first, month_period(year, high).last, "month")
    if period.precision == "week":
        low, high = _WEEK[edge]
        return Period(period.first + low * DAY, period.first + high * DAY, "day")
    return _share(period, *_THIRDS[edge])


def _share(period: Period, low: float, high: float) -> Period:
    n_days = (period.last - period.first).days + 1
    first, last = period.first + round(low * n_days) * DAY, period.first + (round(high * n_days) - 1) * DAY
    if period.precision in ("decade", "century"):
        return Period(year_period(first.year).first, year_period(last.year).last, "year")
    return Period(first, last, "day" if period.precision in ("day", "week", "month") else "month")


def _half(period: Period, *, first: bool) -> Period:
    if period.precision == "year":
        year = period.first.year
        return Period(
            *((date(year, 1, 1), date(year, 6, 30)) if first else (date(year, 7, 1), date(year, 12, 31))), "month"
        )
    if period.precision == "month":
        middle = period.first.replace(day=15)
        return Period(period.first, middle, "day") if first else Period(middle + DAY, period.last, "day")
    return _share(period, 0.0, 0.5) if first else _share(period, 0.5, 1.0)


def _first_n(period: Period, unit: str, n: int, *, from_end: bool) -> Period:
    if from_end:
        begins = move(period.last + DAY, unit, -n).first
        return Period(
            max(begins, period.first), period.last, unit if unit in ("day", "week", "month", "year") else "day"
        )
    ends = move(period.first, unit, n).first - DAY
    return Period(period.first, min(ends, period.last), unit if unit in ("day", "week", "month", "year") else "day")


def find_nth(period: Period, meaning: Meaning) -> Period:
    """Give the n-th unit or weekday of a period, from its end where n is below 0; behind or before it with base *then*.

    Raises
    ------
    ValueError
        If the period has no such unit.
    """
    n = meaning.n
    if meaning.base == "then":
        return _beside(period, meaning)
    if meaning.weekday is not None:
        ahead = (meaning.weekday - period.first.weekday()) % 7
        back = (period.last.weekday() - meaning.weekday) % 7
        day = period.first + (ahead + 7 * (n - 1)) * DAY if n > 0 else period.last - (back + 7 * (-n - 1)) * DAY
        found = day_period(day)
    elif n > 0:
        # The first week of a month is the one with its first Monday; all other units begin where the period does.
        begins = period.first if meaning.unit != "week" else period.first + (-period.first.weekday() % 7) * DAY
        found = unit_period(meaning.unit, begins, n - 1)
    else:
        # Likewise the last week is the one with the last Sunday.
        ends = period.last if meaning.unit != "week" else period.last - ((period.last.weekday() + 1) % 7) * DAY
        found = unit_period(meaning.unit, ends, n + 1)
    if found.first > period.last or found.last < period.first:
        raise ValueError("no such unit")
    return found


def _beside(period: Period, meaning: Meaning) -> Period:
    if meaning.weekday is None:
        return unit_period(meaning.unit, period.first if meaning.n < 0 else period.last, meaning.n)
    if meaning.n > 0:
        ahead = (meaning.weekday - period.last.weekday()) % 7 or 7
        return day_period(period.last + (ahead + 7 * (meaning.n - 1)) * DAY)
    back = (period.first.weekday() - meaning.weekday) % 7 or 7
    return day_period(period.first - (back + 7 * (-meaning.n - 1)) * DAY)
