"""Periods of the calendar: from a day to a day, with the precision they were told in."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
UNITS = ("day", "week", "month", "quarter", "season", "year", "decade", "century")
# First days of the seasons of the northern hemisphere (a year's equinoxes and solstices differ by a day at most).
SEASONS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 23), "winter": (12, 21)}
_NEXT = {"spring": "summer", "summer": "autumn", "autumn": "winter", "winter": "spring"}


@dataclass(slots=True)
class Period:
    """From `first` to `last`, both included; `precision` is one of `UNITS`, `flag` says what is wrong with it."""

    first: date
    last: date
    precision: str
    flag: str = ""


def day_period(day: date) -> Period:
    """Give one day."""
    return Period(day, day, "day")


def month_period(year: int, month: int) -> Period:
    """Give a month; months below 1 and above 12 lie in the years before and after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def year_period(year: int) -> Period:
    """Give a year."""
    return Period(date(year, 1, 1), date(year, 12, 31), "year")


def years_period(year: int, n: int) -> Period:
    """Give the decade or century that begins with a year."""
    return Period(date(year, 1, 1), date(year + n - 1, 12, 31), "decade" if n == 10 else "century")


def week_period(day: date) -> Period:
    """Give the week of a day, from Monday."""
    monday = day - day.weekday() * DAY
    return Period(monday, monday + 6 * DAY, "week")


def season_period(season: str, year: int) -> Period:
    """Give the season that begins in a year: winter 2023 ends in March 2024."""
    following = _NEXT[season]
    ends = date(year + (season == "winter"), *SEASONS[following]) - DAY
    return Period(date(year, *SEASONS[season]), ends, "season")


def season_at(day: date) -> tuple[str, int]:
    """Give the season of a day and the year it begins in."""
    for season in ("winter", "autumn", "summer", "spring"):
        if day >= date(day.year, *SEASONS[season]):
            return season, day.year
    return "winter", day.year - 1


def easter(year: int) -> date:
    """Give Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    ell = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * ell) // 451
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def unit_period(unit: str, day: date, shift: int) -> Period:
    """Give the calendar unit of a day, or the one `shift` later."""
    if unit == "day":
        return day_period(day + shift * DAY)
    if unit == "week":
        return week_period(day + 7 * shift * DAY)
    if unit == "weekend":
        saturday = week_period(day + 7 * shift * DAY).first + 5 * DAY
        return Period(saturday, saturday + DAY, "day")
    if unit == "month":
        return month_period(day.year, day.month + shift)
    if unit in ("quarter", "semester"):
        size = 3 if unit == "quarter" else 6
        first = (day.month - 1) // size * size + 1 + size * shift
        return Period(month_period(day.year, first).first, month_period(day.year, first + size - 1).last, "quarter")
    if unit == "season":
        season, year = season_at(day)
        for _ in range(abs(shift)):
            season, year = season_at(
                season_period(season, year).last + DAY if shift > 0 else season_period(season, year).first - DAY
            )
        return season_period(season, year)
    if unit == "decade":
        return years_period(day.year // 10 * 10 + 10 * shift, 10)
    if unit == "century":
        return years_period((day.year - 1) // 100 * 100 + 1 + 100 * shift, 100)
    return year_period(day.year + shift)


def move(day: date, unit: str, n: int) -> Period:
    """Give what lies n units from a day, as precisely as such a distance is told: two years ago is a year."""
    if unit == "day":
        return day_period(day + n * DAY)
    if unit in ("week", "weekend"):
        return day_period(day + 7 * n * DAY)
    if unit in ("month", "quarter", "semester"):
        return month_period(day.year, day.month + n * {"month": 1, "quarter": 3, "semester": 6}[unit])
    if unit in ("decade", "century"):
        return unit_period(unit, day.replace(day=1), n) if unit == "century" else year_period(day.year + 10 * n)
    return year_period(day.year + n)
