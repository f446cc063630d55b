"""From what an expression says to a period of the calendar, given when it was written and what was told before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from inchiesta.timeline.dated import (
    resolve_date,
    resolve_holiday,
    resolve_month,
    resolve_season,
    resolve_weekday,
    resolve_year,
    resolve_years,
)
from inchiesta.timeline.edges import cut_edge, find_nth
from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.periods import (
    DAY,
    Period,
    day_period,
    month_period,
    move,
    unit_period,
    week_period,
    year_period,
)
from inchiesta.timeline.reference import NO_DATE, Context, Outcome, made
from inchiesta.timeline.token_list import FIRST_YEAR, LAST_YEAR


def resolve(meaning: Meaning, context: Context) -> Outcome:
    """Give the period an expression means.

    Returns
    -------
    Outcome
        Without a period where the day of writing is not known well enough, nothing was told before that a *then* could
        mean, the day does not exist or the year lies outside 1600 to 2199; the flag says which.
    """
    try:
        if meaning.of is not None and meaning.rule in ("date", "month", "season", "weekday"):
            outcome = _resolve_inside(meaning, meaning.of, context)
        else:
            outcome = _RULES[meaning.rule](meaning, context)
    except (ValueError, OverflowError):
        return Outcome(flag="no such day")
    period = outcome.period
    if period and not (period.first.year >= FIRST_YEAR and period.last.year <= LAST_YEAR):
        return Outcome(flag="year out of range")
    return outcome


def _resolve_inside(meaning: Meaning, of: Meaning, context: Context) -> Outcome:
    """Resolve `September last year`, `the 20th of next month`: the period around it comes first."""
    inside = resolve(of, context)
    if inside.period is None:
        return inside
    first = inside.period.first
    if meaning.rule == "weekday":
        return made(day_period(first + (meaning.weekday or 0) * DAY))
    month = meaning.month or (first.month if meaning.rule == "date" else None)
    return _RULES[meaning.rule](replace(meaning, of=None, year=first.year, month=month), context)


def _unit(meaning: Meaning, context: Context) -> Outcome:
    if meaning.of is not None:
        inside = resolve(meaning.of, context)
        return made(week_period(inside.period.first)) if inside.period else inside
    written = context.day_of_writing(meaning.unit)
    if written is None:
        return NO_DATE
    shift = meaning.shift or 0
    if meaning.unit == "weekend" and not shift and not meaning.base and context.lean <= 0 and written.weekday() < 3:
        shift = -1 if meaning.edge == "plain" else 0
    return made(unit_period(meaning.unit, written, shift))


def _span(meaning: Meaning, context: Context) -> Outcome:
    written = context.day_of_writing(meaning.unit)
    if written is None:
        return NO_DATE
    n, shift = max(meaning.n, 1), meaning.shift or 0
    if shift < 0:
        first, last = unit_period(meaning.unit, written, -n), unit_period(meaning.unit, written, -1)
    elif shift > 0:
        first, last = unit_period(meaning.unit, written, 1), unit_period(meaning.unit, written, n)
    else:
        first, last = unit_period(meaning.unit, written, -n + 1), unit_period(meaning.unit, written, 0)
    return made(Period(first.first, last.last, first.precision))


def _offset(meaning: Meaning, context: Context) -> Outcome:
    distance = meaning.n * (meaning.shift or 0)
    # "takes effect in twelve months", but "was built in twelve months"
    if meaning.base == "maybe" and context.lean < 0:
        return Outcome(flag="how long, not when")
    if meaning.unit in ("hour", "minute"):
        return Outcome(flag="how long, not when")
    if meaning.base == "of" and meaning.of is not None:
        inside = resolve(meaning.of, context)
        return made(_from_day(inside.period.first, meaning.unit, distance)) if inside.period else inside
    if meaning.base in ("then", "event"):
        return _from_told(meaning, context, distance)
    written = context.day_of_writing(meaning.unit)
    return made(move(written, meaning.unit, distance)) if written else NO_DATE


def _from_day(day: date, unit: str, distance: int) -> Period:
    """Give what lies a distance from a day with a name: a year after Christmas is a day again."""
    if unit in ("year", "month"):
        moved = month_period(day.year, day.month + distance * (12 if unit == "year" else 1))
        return day_period(min(moved.last, moved.first.replace(day=min(day.day, moved.last.day))))
    return move(day, unit, distance)


_FINE = {"day": ("day",), "week": ("day", "week"), "weekend": ("day", "week")}


def _last_told(meaning: Meaning, context: Context, *, here_only: bool = False) -> Period | None:
    """Give the latest period told before that is precise enough to count from in a unit."""
    fine = _FINE.get(meaning.unit, ("day", "week", "month", "quarter", "season", "year"))
    told = context.told_here if here_only else (*context.told, *context.told_here)
    return next((period for period in reversed(told) if period.precision in fine), None)


def _from_told(meaning: Meaning, context: Context, distance: int) -> Outcome:
    """Count from what was told before; from the publication where nothing was, which is an assumption."""
    told = _last_told(meaning, context, here_only=meaning.base == "event")
    if told is not None:
        if meaning.unit == "week" and meaning.n == 1:
            return made(unit_period("week", told.first, distance))
        return made(move(told.last if distance > 0 else told.first, meaning.unit, distance))
    if distance > 0 and meaning.edge != "calendar":
        return Outcome(flag="nothing told before")  # "eight months later" does not mean eight months from now
    written = context.day_of_writing(meaning.unit)
    if written is None:
        return NO_DATE
    if meaning.n == 1 and meaning.unit != "day":
        return Outcome(unit_period(meaning.unit, written, distance), "counted from the publication")
    return Outcome(move(written, meaning.unit, distance), "counted from the publication")


def _deictic(meaning: Meaning, context: Context) -> Outcome:
    written = context.day_of_writing("day")
    return made(day_period(written + meaning.n * DAY)) if written else NO_DATE


def _same(meaning: Meaning, context: Context) -> Outcome:
    told = _last_told(meaning, context)
    return made(unit_period(meaning.unit, told.first, 0)) if told else Outcome(flag="nothing told before")


def _edge(meaning: Meaning, context: Context) -> Outcome:
    if meaning.of is None:
        return NO_DATE
    inside = resolve(meaning.of, context)
    return Outcome(cut_edge(inside.period, meaning), inside.flag) if inside.period else inside


def _nth(meaning: Meaning, context: Context) -> Outcome:
    if meaning.of is None:
        written = context.day_of_writing("month")
        if written is None:
            return NO_DATE
        return made(find_nth(_running_year(meaning, written, context.lean), meaning))
    inside = resolve(meaning.of, context)
    return Outcome(find_nth(inside.period, meaning), inside.flag) if inside.period else inside


def _running_year(meaning: Meaning, written: date, lean: int) -> Period:
    """Give the year of a bare `fourth quarter`: in the past tense the last that has begun."""
    size = 3 if meaning.unit == "quarter" else 6
    begins = size * (meaning.n - 1) + 1
    return year_period(written.year - (lean < 0 and begins > written.month))


def _range(meaning: Meaning, context: Context) -> Outcome:
    if meaning.of is None or meaning.last is None:
        return NO_DATE
    first, last = _completed(meaning.of, meaning.last)
    if last.rule == "duration":
        begun = resolve(first, context)
        if begun.period is None:
            return begun
        until = move(begun.period.first, last.unit, last.n).last
        return Outcome(Period(begun.period.first, until, "day"), begun.flag)
    begins, ends = resolve(first, context), resolve(last, context)
    if begins.period is None or ends.period is None:
        return begins if begins.period is None else ends
    one, two = begins.period, ends.period
    if one.first > two.last and first.year is None and first.rule in ("month", "date", "season"):
        # "from November to March": the first lies in the year before
        moved = resolve(replace(first, year=one.first.year - 1, of=None, shift=None), context)
        one = moved.period or one
    if one.first > two.last:
        return Outcome(flag="ends before it begins")
    coarser = one.precision if one.precision == two.precision else min(one.precision, two.precision, key=_fineness)
    return Outcome(Period(one.first, two.last, coarser), begins.flag or ends.flag)


def _fineness(precision: str) -> int:
    return ("century", "decade", "year", "season", "quarter", "month", "week", "day").index(precision)


def _completed(first: Meaning, last: Meaning) -> tuple[Meaning, Meaning]:
    """Give each end the month and year only the other states: `dal 5 all'8 giugno`, `July 13-15`."""
    if first.rule == "date" and last.rule == "date":
        if first.month is None and last.month is not None and first.weekday is None:
            first = replace(first, month=last.month)
        if last.month is None and first.month is not None:
            last = replace(last, month=first.month)
    dated = ("date", "month", "season")
    if first.rule in dated and last.rule in dated:
        if first.year is None and first.of is None and first.shift is None:
            first = replace(first, year=last.year, of=last.of)
        elif last.year is None and last.of is None and first.year is not None:
            last = replace(last, year=first.year)
    return first, last


def needs_tense(meaning: Meaning) -> bool:
    """Whether it depends on the tense of the clause which day is meant."""
    if meaning.rule in ("range", "edge", "nth") and meaning.of is not None:
        return needs_tense(meaning.of) or (meaning.last is not None and needs_tense(meaning.last))
    if meaning.rule in ("date", "month", "season", "holiday", "weekday", "unit", "nth"):
        return meaning.year is None and meaning.of is None and (meaning.shift is None or meaning.edge == "plain")
    return meaning.base == "maybe"


def _without(meaning: Meaning, context: Context) -> Outcome:
    return Outcome(flag="how long, not when" if meaning.rule == "duration" else "vague")


_RULES: dict[str, Callable[[Meaning, Context], Outcome]] = {
    "date": resolve_date,
    "month": resolve_month,
    "weekday": resolve_weekday,
    "year": resolve_year,
    "years": resolve_years,
    "season": resolve_season,
    "unit": _unit,
    "span": _span,
    "offset": _offset,
    "deictic": _deictic,
    "same": _same,
    "edge": _edge,
    "nth": _nth,
    "holiday": resolve_holiday,
    "range": _range,
    "duration": _without,
    "vague": _without,
}
