"""From what an expression says to a period of the calendar, given when it was written and what was told before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from inchiesta.timeline.edges import cut_edge, find_nth
from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.periods import (
    DAY,
    Period,
    day_period,
    easter,
    month_period,
    move,
    season_period,
    unit_period,
    week_period,
    year_period,
    years_period,
)
from inchiesta.timeline.token_list import FIRST_YEAR, LAST_YEAR

# What must be known of the day of writing for a distance in this unit.
_COARSE = {"month": ("month", "quarter", "semester"), "year": ()}
_ALWAYS = ("year", "decade", "century")

# Within a quarter the nearest 12 March is the one meant, whatever the tense of the clause seems to be: a word of tense
# may belong to another verb, and hardly anyone leaves out the year of a day further off on the nearer side.
NEAR_DAYS, NEAR_MONTHS = 92, 3


@dataclass(slots=True)
class Context:
    """What an expression is read against.

    `written` is the first day of the publication date and `written_precision` how precise that date is (day, month,
    year, none); `told` the periods told before, latest last, `told_here` those told in the same sentence; `lean` where a date without a year, month or week is looked for: -1 before the day of writing, 1 after it, 0 unknown.
    """

    written: date | None = None
    written_precision: str = "none"
    told: tuple[Period, ...] = ()
    told_here: tuple[Period, ...] = ()
    lean: int = 0
    # Whether the tense of a clause says so, which is less certain than being told.
    is_guess: bool = False

    def day_of_writing(self, unit: str) -> date | None:
        """Give the day of writing if it is known as precisely as `unit` asks for."""
        if self.written is None or self.written_precision == "day":
            return self.written
        known = unit in _ALWAYS or unit in _COARSE.get(self.written_precision, ())
        return self.written if known else None


@dataclass(slots=True)
class Outcome:
    """What became of an expression: a period, or none and why not."""

    period: Period | None = None
    flag: str = ""


NO_DATE = Outcome(flag="no publication date")


def resolve(meaning: Meaning, context: Context) -> Outcome:
    """Give the period an expression means.

    Returns
    -------
    Outcome
        Without a period where the day of writing is not known well enough, nothing was told before that a *then* could
        mean, the day does not exist or the year lies outside 1600 to 2199; the flag says which.
    """
    try:
        outcome = _RULES[meaning.rule](meaning, context)
    except (ValueError, OverflowError):
        return Outcome(flag="no such day")
    period = outcome.period
    if period and not (FIRST_YEAR <= period.first.year and period.last.year <= LAST_YEAR):
        return Outcome(flag="year out of range")
    return outcome


def _made(period: Period) -> Outcome:
    return Outcome(period, period.flag)


def _date(meaning: Meaning, context: Context) -> Outcome:
    year, month, day = meaning.year, meaning.month, meaning.day or 0
    if meaning.of is not None:
        inside = resolve(meaning.of, context)
        if inside.period is None:
            return inside
        year, month = inside.period.first.year, month or inside.period.first.month
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


def _month(meaning: Meaning, context: Context) -> Outcome:
    month = meaning.month or 1
    if meaning.year is not None:
        if not FIRST_YEAR <= meaning.year <= LAST_YEAR:
            return Outcome(flag="year out of range")
        return _made(month_period(meaning.year, month))
    if meaning.of is not None:
        inside = resolve(meaning.of, context)
        return _made(month_period(inside.period.first.year, month)) if inside.period else inside
    written = context.day_of_writing("month")
    if written is None:
        return NO_DATE
    distance = month - written.month  # months from the month of writing, within its year
    if meaning.shift == 0:
        return _made(month_period(written.year, month))
    if meaning.shift is not None:
        year = written.year + (-1 if meaning.shift < 0 and distance >= 0 else 0)
        year += (1 if meaning.shift > 0 and distance <= 0 else 0) + max(meaning.shift - 1, 0)
        return _made(month_period(year, month))
    near = min((-12, 0, 12), key=lambda turn: (abs(distance + turn), turn))
    is_near = context.is_guess and abs(distance + near) <= NEAR_MONTHS
    if context.lean < 0 and not is_near:
        return _made(month_period(written.year - (distance > 0), month))
    if context.lean > 0 and not is_near:
        return _made(month_period(written.year + (distance < 0), month))
    return _made(month_period(written.year + near // 12, month))


def _weekday(meaning: Meaning, context: Context) -> Outcome:
    weekday = meaning.weekday or 0
    if meaning.of is not None:
        week = resolve(meaning.of, context)
        return _made(day_period(week.period.first + weekday * DAY)) if week.period else week
    written = context.day_of_writing("day")
    if written is None:
        return NO_DATE
    ahead = (weekday - written.weekday()) % 7
    if meaning.n < 0:
        return _made(day_period(written - ((7 - ahead) + 7 * (-meaning.n - 1)) * DAY))
    if meaning.n:
        return _made(day_period(written + ((ahead or 7) + 7 * (meaning.n - 1)) * DAY))
    if meaning.shift is None:
        # A day's own name is the day of writing in news, and the next such day in what is still to come.
        back = (7 - ahead) % 7
        return _made(day_period(written + (ahead or 7) * DAY if context.lean > 0 else written - back * DAY))
    if meaning.shift == 0:
        return _made(day_period(week_period(written).first + weekday * DAY))
    if meaning.shift < 0:
        return _made(day_period(written - (7 - ahead) * DAY if ahead else written - 7 * DAY))
    if meaning.edge == "next week":
        return _made(day_period(week_period(written + 7 * DAY).first + weekday * DAY))
    return _made(day_period(written + (ahead or 7) * DAY))


def _year(meaning: Meaning, context: Context) -> Outcome:
    return _made(year_period(meaning.year or 0))


def _years(meaning: Meaning, context: Context) -> Outcome:
    return _made(years_period(meaning.year or 0, meaning.n))


def _season(meaning: Meaning, context: Context) -> Outcome:
    if meaning.year is not None:
        return _made(season_period(meaning.season, meaning.year))
    if meaning.of is not None:
        inside = resolve(meaning.of, context)
        return _made(season_period(meaning.season, inside.period.first.year)) if inside.period else inside
    written = context.day_of_writing("day")
    if written is None:
        return NO_DATE
    seasons = [season_period(meaning.season, written.year + n) for n in range(-2, 3)]
    if meaning.shift is not None and meaning.shift < 0:
        return _made(max((s for s in seasons if s.last < written), key=lambda s: s.first))
    if meaning.shift is not None and meaning.shift > 0:
        # "next autumn" is not the one that begins this year where the tense does not say so
        return _made(min((s for s in seasons if s.first > written), key=lambda s: s.first))
    near = min(seasons, key=lambda s: (abs((s.first + 45 * DAY - written).days), s.first))
    if context.is_guess and near.first - NEAR_DAYS * DAY <= written <= near.last + NEAR_DAYS * DAY:
        return _made(near)
    if context.lean < 0:
        return _made(max((s for s in seasons if s.first <= written), key=lambda s: s.first))
    if context.lean > 0:
        return _made(min((s for s in seasons if s.last >= written), key=lambda s: s.first))
    return _made(near)


def _unit(meaning: Meaning, context: Context) -> Outcome:
    if meaning.of is not None:
        inside = resolve(meaning.of, context)
        return _made(week_period(inside.period.first)) if inside.period else inside
    written = context.day_of_writing(meaning.unit)
    if written is None:
        return NO_DATE
    shift = meaning.shift or 0
    if meaning.unit == "weekend" and not shift and not meaning.base and context.lean <= 0 and written.weekday() < 3:
        shift = -1 if meaning.edge == "plain" else 0
    return _made(unit_period(meaning.unit, written, shift))


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
    return _made(Period(first.first, last.last, first.precision))


def _offset(meaning: Meaning, context: Context) -> Outcome:
    distance = meaning.n * (meaning.shift or 0)
    # "takes effect in twelve months", but "was built in twelve months"
    if meaning.base == "maybe" and context.lean < 0:
        return Outcome(flag="how long, not when")
    if meaning.unit in ("hour", "minute"):
        return Outcome(flag="how long, not when")
    if meaning.base == "of" and meaning.of is not None:
        inside = resolve(meaning.of, context)
        return _made(_from_day(inside.period.first, meaning.unit, distance)) if inside.period else inside
    if meaning.base in ("then", "event"):
        return _from_told(meaning, context, distance)
    written = context.day_of_writing(meaning.unit)
    return _made(move(written, meaning.unit, distance)) if written else NO_DATE


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
            return _made(unit_period("week", told.first, distance))
        return _made(move(told.last if distance > 0 else told.first, meaning.unit, distance))
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
    return _made(day_period(written + meaning.n * DAY)) if written else NO_DATE


def _same(meaning: Meaning, context: Context) -> Outcome:
    told = _last_told(meaning, context)
    return _made(unit_period(meaning.unit, told.first, 0)) if told else Outcome(flag="nothing told before")


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
        return _made(find_nth(_running_year(meaning, written, context.lean), meaning))
    inside = resolve(meaning.of, context)
    return Outcome(find_nth(inside.period, meaning), inside.flag) if inside.period else inside


def _running_year(meaning: Meaning, written: date, lean: int) -> Period:
    """Give the year of a bare `fourth quarter`: in the past tense the last that has begun."""
    size = 3 if meaning.unit == "quarter" else 6
    begins = size * (meaning.n - 1) + 1
    return year_period(written.year - (lean < 0 and begins > written.month))


def _holiday(meaning: Meaning, context: Context) -> Outcome:
    if meaning.year is not None:
        return _made(day_period(_holiday_in(meaning, meaning.year)))
    written = context.day_of_writing("day")
    if written is None:
        return NO_DATE
    lean = meaning.shift or context.lean
    days = [_holiday_in(meaning, written.year + n) for n in (-1, 0, 1)]
    if meaning.shift:
        days = [day for day in days if day != written]
    return _made(
        day_period(_choose(days, replace(context, lean=lean, is_guess=context.is_guess and not meaning.shift)))
    )


def _holiday_in(meaning: Meaning, year: int) -> date:
    return date(year, meaning.month, meaning.day or 1) if meaning.month else easter(year) + (meaning.day or 0) * DAY


def _range(meaning: Meaning, context: Context) -> Outcome:
    if meaning.of is None or meaning.last is None:
        return NO_DATE
    first, last = _completed(meaning.of, meaning.last)
    if last.rule == "duration":
        begins = resolve(first, context)
        if begins.period is None:
            return begins
        ends = move(begins.period.first, last.unit, last.n).last
        return Outcome(Period(begins.period.first, ends, "day"), begins.flag)
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
    finest = one.precision if one.precision == two.precision else min(one.precision, two.precision, key=_fineness)
    return Outcome(Period(one.first, two.last, finest), begins.flag or ends.flag)


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
    "date": _date,
    "month": _month,
    "weekday": _weekday,
    "year": _year,
    "years": _years,
    "season": _season,
    "unit": _unit,
    "span": _span,
    "offset": _offset,
    "deictic": _deictic,
    "same": _same,
    "edge": _edge,
    "nth": _nth,
    "holiday": _holiday,
    "range": _range,
    "duration": _without,
    "vague": _without,
}
