"""Days, months, weekdays, seasons and holidays: the one meant, where the year or the week is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.periods import (
    DAY,
    day_period,
    easter,
    month_period,
    season_period,
    week_period,
    year_period,
    years_period,
)
from inchiesta.timeline.reference import NEAR_DAYS, NEAR_MONTHS, NO_DATE, Context, Outcome, made
from inchiesta.timeline.token_list import FIRST_YEAR, LAST_YEAR


def resolve_date(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a day, with or without its month and year."""
    year, month, day = meaning.year, meaning.month, meaning.day or 0
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return Outcome(flag="no such day" if not year or not month or not day else "year out of range")
    if not _exists(year, month, day):
        return Outcome(flag="no such day")
    if year is not None and month is not None:
        if meaning.note == "order":
            return _either_order(year, month, day, context)
        return _checked(date(year, month, day), meaning)
    written = context.day_of_writing("day" if month is None else "year")
    if written is None:
        return NO_DATE
    if month is not None:
        if context.written_precision != "day":
            return NO_DATE
        found = _choose([c for y in range(-4, 5) if (c := _try(written.year + y, month, day))], context)
        return _checked(found, meaning)
    months = (month_period(written.year, written.month + n).first for n in range(-12, 13))
    days = [c for first in months if (c := _try(first.year, first.month, day))]
    if meaning.weekday is not None:
        days = [c for c in days if c.weekday() == meaning.weekday]
    return _checked(_choose(days, context), meaning) if days else Outcome(flag="no such day")


def _exists(year: int | None, month: int | None, day: int) -> bool:
    # Without a year 29 February exists, without a month the 31st does.
    return _try(2000 if year is None else year, 1 if month is None else month, day) is not None


def _try(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _either_order(year: int, month: int, day: int, context: Context) -> Outcome:
    """Read 3/4/2024 in an English text: the order that lies just before the publication, or the year alone."""
    readings = [date(year, month, day), date(year, day, month)]
    near = [c for c in readings if context.written and 0 <= (context.written - c).days <= 31]
    if len(near) == 1 and context.written_precision == "day":
        return Outcome(day_period(near[0]), "day or month first")
    return Outcome(year_period(year), "day or month first")


def _choose(days: list[date], context: Context) -> date:
    """Give the candidate on the side the tense leans to, nearest first; by nearness alone where it does not lean."""
    written, lean = context.written or days[0], context.lean
    nearest = min(days, key=lambda day: (abs((day - written).days), day))
    if context.is_guess and abs((nearest - written).days) <= NEAR_DAYS:
        return nearest
    before = [day for day in days if day <= written]
    after = [day for day in days if day >= written]
    if lean < 0 and before:
        return max(before)
    if lean > 0 and after:
        return min(after)
    return nearest


def _checked(day: date, meaning: Meaning) -> Outcome:
    wrong = meaning.weekday is not None and day.weekday() != meaning.weekday
    return Outcome(day_period(day), "wrong weekday" if wrong else "")


def resolve_month(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a month."""
    month = meaning.month or 1
    if meaning.year is not None:
        if not FIRST_YEAR <= meaning.year <= LAST_YEAR:
            return Outcome(flag="year out of range")
        return made(month_period(meaning.year, month))
    written = context.day_of_writing("month")
    if written is None:
        return NO_DATE
    distance = month - written.month  # months from the month of writing, within its year
    if meaning.shift == 0:
        return made(month_period(written.year, month))
    if meaning.shift is not None:
        year = written.year + (-1 if meaning.shift < 0 and distance >= 0 else 0)
        year += (1 if meaning.shift > 0 and distance <= 0 else 0) + max(meaning.shift - 1, 0)
        return made(month_period(year, month))
    near = min((-12, 0, 12), key=lambda turn: (abs(distance + turn), turn))
    is_near = context.is_guess and abs(distance + near) <= NEAR_MONTHS
    if context.lean < 0 and not is_near:
        return made(month_period(written.year - (distance > 0), month))
    if context.lean > 0 and not is_near:
        return made(month_period(written.year + (distance < 0), month))
    return made(month_period(written.year + near // 12, month))


def resolve_weekday(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a day of the week."""
    weekday = meaning.weekday or 0
    written = context.day_of_writing("day")
    if written is None:
        return NO_DATE
    ahead = (weekday - written.weekday()) % 7
    if meaning.n < 0:
        return made(day_period(written - ((7 - ahead) + 7 * (-meaning.n - 1)) * DAY))
    if meaning.n:
        return made(day_period(written + ((ahead or 7) + 7 * (meaning.n - 1)) * DAY))
    if meaning.shift is None:
        # A day's own name is the day of writing in news, and the next such day in what is still to come.
        back = (7 - ahead) % 7
        return made(day_period(written + (ahead or 7) * DAY if context.lean > 0 else written - back * DAY))
    if meaning.shift == 0:
        return made(day_period(week_period(written).first + weekday * DAY))
    if meaning.shift < 0:
        return made(day_period(written - (7 - ahead) * DAY if ahead else written - 7 * DAY))
    if meaning.edge == "next week":
        return made(day_period(week_period(written + 7 * DAY).first + weekday * DAY))
    return made(day_period(written + (ahead or 7) * DAY))


def resolve_year(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a year."""
    return made(year_period(meaning.year or 0))


def resolve_years(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a decade or a century."""
    return made(years_period(meaning.year or 0, meaning.n))


def resolve_season(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a season."""
    if meaning.year is not None:
        return made(season_period(meaning.season, meaning.year))
    written = context.day_of_writing("day")
    if written is None:
        return NO_DATE
    seasons = [season_period(meaning.season, written.year + n) for n in range(-2, 3)]
    if meaning.shift is not None and meaning.shift < 0:
        return made(max((s for s in seasons if s.last < written), key=lambda s: s.first))
    if meaning.shift is not None and meaning.shift > 0:
        # "next autumn" is not the one that begins this year where the tense does not say so
        return made(min((s for s in seasons if s.first > written), key=lambda s: s.first))
    near = min(seasons, key=lambda s: (abs((s.first + 45 * DAY - written).days), s.first))
    if context.is_guess and near.first - NEAR_DAYS * DAY <= written <= near.last + NEAR_DAYS * DAY:
        return made(near)
    if context.lean < 0:
        return made(max((s for s in seasons if s.first <= written), key=lambda s: s.first))
    if context.lean > 0:
        return made(min((s for s in seasons if s.last >= written), key=lambda s: s.first))
    return made(near)


def resolve_holiday(meaning: Meaning, context: Context) -> Outcome:
    """Resolve a day with a name."""
    if meaning.year is not None:
        return made(day_period(_holiday_in(meaning, meaning.year)))
    written = context.day_of_writing("day")
    if written is None:
        return NO_DATE
    lean = meaning.shift or context.lean
    days = [_holiday_in(meaning, written.year + n) for n in (-1, 0, 1)]
    if meaning.shift:
        days = [day for day in days if day != written]
    return made(day_period(_choose(days, replace(context, lean=lean, is_guess=context.is_guess and not meaning.shift))))


def _holiday_in(meaning: Meaning, year: int) -> date:
    day = meaning.day or 1
    if not meaning.month:
        return easter(year) + (meaning.day or 0) * DAY
    if meaning.n < 0:
        return date(year, meaning.month, day)
    month = month_period(year, meaning.month)
    if day > 0:
        return month.first + ((meaning.n - month.first.weekday()) % 7 + 7 * (day - 1)) * DAY
    return month.last - ((month.last.weekday() - meaning.n) % 7) * DAY
