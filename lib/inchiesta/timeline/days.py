"""The grammar of dates: days, months and weekdays, in words and in digits."""

from __future__ import annotations

from dataclasses import replace

from inchiesta.timeline.meanings import Meaning, Parsed
from inchiesta.timeline.relative import parse_unit
from inchiesta.timeline.token_list import AMBIGUOUS, FIRST_YEAR, LAST_YEAR, Tokens, read_count, read_day, read_year

_SHIFTS = ("last", "next", "this")
# What stands before a month that is meant as one, where its name is also a verb (may, march).
_BEFORE_MONTH = ("in", "of", "last", "next", "this", "from", "to", "between", "edge", "article", "ordinal", "num")


def read_shift(tokens: Tokens, place: int) -> int | None:
    """Give -1, 0 or 1 for a word that says last, this or next."""
    kinds = tokens.kinds[place] if 0 <= place < len(tokens) else {}
    return next((int(kinds[kind]) for kind in _SHIFTS if kind in kinds), None)


def month_at(tokens: Tokens, place: int, *, beside_number: bool) -> int | None:
    """Give the month a token names; where no number stands beside it, only if it cannot be another word."""
    if not tokens.is_(place, "month"):
        return None
    month, low = int(tokens.kinds[place]["month"]), tokens.low[place]
    if beside_number:
        return month
    if tokens.is_(place, "short name") or tokens.is_name(place):
        return None
    before = place - 2 if tokens.word(place - 1) == "-" and tokens.is_(place - 2, "edge") else place - 1  # mid-March
    is_told = tokens.is_capital(place) and tokens.any_(before, _BEFORE_MONTH)
    if low in AMBIGUOUS[tokens.language] and not is_told and not tokens.is_alone(place, place + 1):
        return None
    return month


def _dot(tokens: Tokens, place: int) -> int:
    """Skip the full stop of an abbreviation."""
    if tokens.word(place) == "." and tokens.touches(place) and tokens.is_(place - 1, "short name"):
        return place + 1
    return place


def _year_behind(tokens: Tokens, place: int) -> tuple[int | None, Meaning | None, int]:
    """Give the year behind a day or month: `, 2024`, `del 2024`, `'24`, `last year`; and the place behind it."""
    at = tokens.skip_word(place, ",")
    at = tokens.skip(at, "of") if at == place else at
    if tokens.language == "it" and tokens.word(at) == "anno" and at > place:
        at += 1
    year = read_year(tokens, at)
    if year is not None and not _goes_on(tokens, at):
        return year, None, at + 1
    if tokens.word(place) == "'" and len(tokens.digits(place + 1)) == 2 and tokens.touches(place + 1):
        two = int(tokens.digits(place + 1))
        return (1900 if two >= 69 else 2000) + two, None, place + 2
    if tokens.word(place) != ",":
        found = parse_unit(tokens, tokens.skip(tokens.skip(place, "of"), "article"))
        if found and found[0].unit == "year" and found[0].rule == "unit" and not found[0].base:
            return None, found[0], found[1]
    return None, None, place


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether a number is part of a longer one: 2,000.50 or 1999-2000-1."""
    return (
        tokens.word(place + 1) in (".", ",")
        and tokens.touches(place + 1)
        and tokens.digits(place + 2) != ""
        and (tokens.touches(place + 2))
    )


def parse_date(tokens: Tokens, place: int) -> Parsed | None:
    """Read a day: `Monday 12 March 2024`, `March 12, 2024`, `martedì 19`, `12/3/2024`, `the 20th of next month`."""
    weekday: int | None = None
    at = place
    if tokens.is_(at, "weekday") and not tokens.is_name(at):
        weekday = int(tokens.kinds[at]["weekday"])
        at = tokens.skip_word(_dot(tokens, at + 1), ",")
        at = tokens.skip(at, "article")
    return (
        _parse_digits(tokens, at, weekday)
        or _parse_day_month(tokens, at, weekday)
        or _parse_month_day(tokens, at, weekday)
    )


def _parse_day_month(tokens: Tokens, place: int, weekday: int | None) -> Parsed | None:
    read = read_day(tokens, place)
    if read is None:
        return None
    day, behind = read
    at = tokens.skip(behind, "of") if tokens.word(behind) in ("of", "di") else behind
    month = month_at(tokens, at, beside_number=True)
    if month is not None and not (tokens.is_(place - 1, "street")):
        year, of, end = _year_behind(tokens, _dot(tokens, at + 1))
        return Meaning("date", day=day, month=month, year=year, weekday=weekday, of=of), end
    if at > behind or tokens.word(behind) in ("del", "dello"):
        found = parse_unit(tokens, at if at > behind else behind + 1)
        if found and found[0].unit == "month" and found[0].n <= 1 and found[0].rule in ("unit", "offset"):
            return Meaning("date", day=day, of=found[0], weekday=weekday), found[1]
    is_plain = behind == place + 1 and not tokens.digits(place)
    is_other = tokens.is_(behind, "unit") or _goes_on(tokens, place) or tokens.word(behind) in (":", "%", "/")
    if weekday is not None and not is_plain and day <= 31 and not is_other:
        return Meaning("date", day=day, weekday=weekday), behind
    # A day without its month is told from other numbers only where it stands alone ("il 19", "the 15th").
    if tokens.digits(place) and 1 <= day <= 31 and tokens.is_(place - 1, "article") and tokens.is_alone(place, behind):
        return Meaning("date", day=day), behind
    return None


def _parse_month_day(tokens: Tokens, place: int, weekday: int | None) -> Parsed | None:
    if not tokens.is_(place, "month"):
        return None
    at = _dot(tokens, place + 1)
    at = at + 1 if tokens.word(at) == "the" else at
    read = read_day(tokens, at)
    if read is None or tokens.language != "en":
        return None
    day, behind = read
    # "May one", "March 10 percent" and "March 10:30" are no days.
    if tokens.is_(at, "number") or tokens.word(behind) in ("%", "percent", "/") or _goes_on(tokens, at):
        return None
    if tokens.word(behind) == ":" and tokens.touches(behind) and tokens.touches(behind + 1):
        return None
    if tokens.is_(at, "ordinal") and (tokens.any_(behind, ("unit", "weekday", "half")) or tokens.low[place] == "may"):
        return None
    year, of, end = _year_behind(tokens, behind)
    month = int(tokens.kinds[place]["month"])
    return Meaning("date", day=day, month=month, year=year, weekday=weekday, of=of), end


def _parse_digits(tokens: Tokens, place: int, weekday: int | None) -> Parsed | None:
    """Read 2024-03-12, 12/3/2024, 12.3.24, 15/02."""
    mark = tokens.word(place + 1)
    if mark not in ("/", "-", ".") or not tokens.digits(place) or not tokens.digits(place + 2):
        return None
    if not tokens.touches(place + 1) or not tokens.touches(place + 2):
        return None
    if tokens.touches(place) and tokens.raw[place - 1] not in "([\"'«“":
        return None
    three = tokens.word(place + 3) == mark and tokens.touches(place + 3) and tokens.touches(place + 4)
    end = place + (5 if three and tokens.digits(place + 4) else 3)
    if tokens.touches(end) and (
        tokens.raw[end].isalnum() or (tokens.raw[end] in "/-." and tokens.touches(end + 1) and (tokens.digits(end + 1)))
    ):
        return None
    numbers = [tokens.digits(at) for at in range(place, end, 2)]
    meaning = _read_numbers(numbers, mark, tokens.language)
    if meaning is None or (len(numbers) == 2 and not _is_told(tokens, place, end, mark, weekday) and not meaning.year):
        return None
    return replace(meaning, weekday=weekday), end


def _is_told(tokens: Tokens, place: int, end: int, mark: str, weekday: int | None) -> bool:
    """Whether 15/02 is a day rather than a fraction: behind an article, a weekday, or alone."""
    if mark != "/":
        return False
    before = tokens.is_(place - 1, "article") or tokens.word(place - 1) in ("del", "dal", "al", "on")
    return weekday is not None or before or tokens.is_alone(place, end)


def _read_numbers(numbers: list[str], mark: str, language: str) -> Meaning | None:
    values = [int(number) for number in numbers]
    if len(numbers) == 2:
        if len(numbers[0]) == 4 and mark != "." and len(numbers[1]) <= 2:
            return Meaning("month", year=values[0], month=values[1]) if 1 <= values[1] <= 12 else None
        if len(numbers[1]) == 4 and mark == "/" and 1 <= values[0] <= 12 and FIRST_YEAR <= values[1] <= LAST_YEAR:
            return Meaning("month", year=values[1], month=values[0])
        if max(map(len, numbers)) > 2 or mark != "/":
            return None
        day, month = (values[1], values[0]) if values[1] > 12 or language == "en" else (values[0], values[1])
        return Meaning("date", day=day, month=month)
    if len(numbers[0]) == 4 and max(len(numbers[1]), len(numbers[2])) <= 2:
        return Meaning("date", year=values[0], month=values[1], day=values[2])
    if len(numbers[2]) not in (2, 4) or max(len(numbers[0]), len(numbers[1])) > 2:
        return None
    if len(numbers[2]) == 2 and mark == ".":
        # 3.4.24 is a paragraph or a version as often as a day.
        return None
    year = values[2] if len(numbers[2]) == 4 else values[2] + (1900 if values[2] >= 69 else 2000)
    first, second = values[0], values[1]
    if second > 12 >= first >= 1:
        return Meaning("date", year=year, month=first, day=second)
    note = "order" if language == "en" and mark != "." and first <= 12 and first != second and second else ""
    return Meaning("date", year=year, month=second, day=first, note=note)


def parse_month(tokens: Tokens, place: int) -> Parsed | None:
    """Read a month: `March 2024`, `lo scorso settembre`, `ottobre scorso`, `in May`, `March after next`."""
    start = place
    shift = read_shift(tokens, tokens.skip(place, "article"))
    if shift is not None:
        start = tokens.skip(place, "article") + 1
    if not tokens.is_(start, "month"):
        return None
    dotted = _dot(tokens, start + 1)
    year, of, end = _year_behind(tokens, dotted)
    if tokens.word(dotted) == "after" and tokens.word(dotted + 1) == "next":
        return Meaning("month", month=int(tokens.kinds[start]["month"]), shift=2), dotted + 2
    month = month_at(tokens, start, beside_number=year is not None)
    if month is None:
        if not tokens.is_alone(start, dotted) or tokens.is_(start, "weekday"):
            return None
        month = int(tokens.kinds[start]["month"])
    behind = read_shift(tokens, dotted) if tokens.language == "it" else None
    if year is None and of is None and shift is None and behind is not None:
        return Meaning("month", month=month, shift=behind), dotted + 1
    return Meaning("month", month=month, year=year, of=of, shift=shift), end


def parse_weekday(tokens: Tokens, place: int) -> Parsed | None:
    """Read a day of the week: `last Friday`, `lunedì prossimo`, `Tuesday of next week`, `Thursday night`."""
    if tokens.is_(place - 1, "every"):
        return None
    start, shift = place, None
    at = tokens.skip(place, "article")
    if read_shift(tokens, at) is not None and tokens.is_(at + 1, "weekday"):
        start, shift = at + 1, read_shift(tokens, at)
    if not tokens.is_(start, "weekday") or tokens.is_name(start):
        return _parse_counted(tokens, place)
    weekday, end = int(tokens.kinds[start]["weekday"]), start + 1
    if tokens.is_(start, "short name") and shift is None and not tokens.is_alone(start, _dot(tokens, end)):
        return None
    end = _dot(tokens, end)
    if tokens.language == "it" and shift is None and read_shift(tokens, end) is not None:
        return Meaning("weekday", weekday=weekday, shift=read_shift(tokens, end)), end + 1
    end = tokens.skip(end, "part")
    if shift is None:
        # "Tuesday of next week", "martedì della prossima settimana", and without the link
        inside = end + 1 if tokens.word(end) in ("of", "from", "di", "della", "dell'") else end
        found = parse_unit(tokens, inside)
        if found and found[0].unit == "week" and found[0].rule == "unit":
            return Meaning("weekday", weekday=weekday, of=found[0]), found[1]
    if tokens.word(end) == "after" and tokens.word(end + 1) == "next":
        return Meaning("weekday", weekday=weekday, n=2), end + 2
    # "Next Friday" is the Friday of next week; "venerdì prossimo" and "the coming Friday" are the first that comes.
    edge = "next week" if shift == 1 and tokens.word(start - 1) in ("next", "following") else ""
    return Meaning("weekday", weekday=weekday, shift=shift, edge=edge), end


def _parse_counted(tokens: Tokens, place: int) -> Parsed | None:
    """Read `3 Fridays from now`, `two Fridays ago`."""
    read = read_count(tokens, place)
    if read is None or not tokens.is_(read[1], "weekdays"):
        return None
    weekday, end = int(tokens.kinds[read[1]]["weekdays"]), read[1] + 1
    if tokens.is_(end, "hence"):
        return Meaning("weekday", weekday=weekday, n=read[0]), end + 1
    if tokens.is_(end, "ago"):
        return Meaning("weekday", weekday=weekday, n=-read[0]), end + 1
    return None
