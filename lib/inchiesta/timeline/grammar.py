"""The grammar of time expressions: at each token, the longest that begins there.

Every rule looks at a bounded number of tokens (no expression is longer than about twenty), so the time a sentence takes
grows with its length and with nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from inchiesta.timeline.days import parse_date, parse_month, parse_weekday
from inchiesta.timeline.meanings import Meaning, Parsed
from inchiesta.timeline.relative import is_plural, parse_offset, parse_unit
from inchiesta.timeline.token_list import Tokens, read_count, read_day
from inchiesta.timeline.years import parse_deictic, parse_holiday, parse_season, parse_year, parse_years

_POINTS: tuple[tuple[str, Callable[[Tokens, int], Parsed | None]], ...] = (
    ("date", parse_date),
    ("month", parse_month),
    ("weekday", parse_weekday),
    ("unit", parse_unit),
    ("season", parse_season),
    ("years", parse_years),
    ("holiday", parse_holiday),
    ("deictic", parse_deictic),
)
_DASHES = ("-", "–", "—", "‑")
# Bare units inside a longer expression mean the running one: the end of the month.
_BARE = ("week", "month", "year", "quarter", "semester", "decade", "season")
_DATED = ("date", "month", "weekday", "year", "season", "deictic", "holiday")
# An expression begins at most this many tokens before its word of time ("from the end of the third quarter of 2009").
_REACH = 14
_INSIDE = frozenset({"-", "–", ",", ".", "'", "’", "‘", "th", "st", "nd", "rd", "°", "º", "/"})
_MARKS = frozenset({"/", "-", "."})


def find_meanings(tokens: Tokens) -> Iterator[tuple[int, int, Meaning]]:
    """Give the expressions of a sentence: first token, the one behind the last, and what is said."""
    place, kinds = 0, tokens.kinds
    # A sentence that is little else than a number may be a day: "il 19".
    is_short = len(tokens) <= 4
    for at, here in enumerate(kinds):
        if (
            at < place
            or not here
            or not ("trigger" in here or ("num" in here and (is_short or _is_digital(tokens, at))))
        ):
            continue
        begin = _begin_of_run(tokens, at, place)
        while begin <= at:
            found = parse(tokens, begin) if "opens" in kinds[begin] else None
            if found is None:
                begin += 1
                continue
            yield begin, found[1], found[0]
            begin = found[1]
        place = begin  # nothing begins before it: no place is read twice


def _is_digital(tokens: Tokens, place: int) -> bool:
    return place + 2 < len(tokens) and tokens.low[place + 1] in _MARKS and "num" in tokens.kinds[place + 2]


def _begin_of_run(tokens: Tokens, place: int, least: int) -> int:
    """Give where the run of words begins that may belong to the expression around a place."""
    least = max(least, place - _REACH)
    while place > least and (tokens.kinds[place - 1] or tokens.low[place - 1] in _INSIDE):
        place -= 1
    return place


def parse(tokens: Tokens, place: int) -> Parsed | None:
    """Give the longest expression that begins at a token."""
    kinds = tokens.kinds[place]
    after = tokens.kinds[place + 1] if "article" in kinds and place + 1 < len(tokens) else kinds
    whole: Parsed | None = None
    if _RANGED & kinds.keys() or _RANGED & after.keys():
        whole = _parse_range(tokens, place)
    if whole is None and (_PARTED & kinds.keys() or _PARTED & after.keys()):
        whole = _parse_edge(tokens, place) or _parse_nth(tokens, place)
    if whole:
        return whole
    point = parse_point(tokens, place, strict=True)
    offset = parse_offset(tokens, place) if _COUNTED & kinds.keys() else None
    if point is None or (offset is not None and offset[1] > point[1]):
        return _attach(tokens, offset) if offset else _parse_short(tokens, place)
    return _lengthen(tokens, point)


# Kinds of the first token, or the one behind an article, of a range; of a part of a period; of a counted distance.
_RANGED = frozenset({"between", "from", "num", "month", "weekday", "season", "yearword"})
_PARTED = frozenset({"ordinal", "edge", "half", "unit", "num", "number"})
_COUNTED = frozenset({"ahead", "hedge", "vague", "number", "num", "half"})


def parse_point(tokens: Tokens, place: int, *, strict: bool) -> Parsed | None:
    """Give the longest simple expression; without `strict` a bare year needs no preposition of its own."""
    # Only for a bare year it matters.
    strict = strict and place < len(tokens) and "num" in tokens.kinds[place]
    key = (place, strict)
    if key not in tokens.points:
        tokens.points[key] = _read_point(tokens, place, strict=strict)
    return tokens.points[key]


def _read_point(tokens: Tokens, place: int, *, strict: bool) -> Parsed | None:
    if place >= len(tokens):
        return None
    best: Parsed | None = None
    kinds = tokens.kinds[place]
    if "num" in kinds or "yearword" in kinds:
        best = parse_year(tokens, place, strict=strict)
    opens = kinds.get("opens", _NO_RULE)
    if "article" in kinds and place + 1 < len(tokens):
        opens = opens | tokens.kinds[place + 1].get("opens", _NO_RULE)
    if not opens:
        return best
    for name, rule in _POINTS:
        if name not in opens:
            continue
        found = rule(tokens, place)
        if found is not None and (best is None or found[1] > best[1]):
            best = found
    return best


_NO_RULE: frozenset[str] = frozenset()


def _part(tokens: Tokens, place: int) -> Parsed | None:
    """Give a simple expression inside a longer one, where a bare unit means the running one."""
    at = tokens.skip(tokens.skip(place, "article"), "hedge")
    whole = _parse_nth(tokens, place)
    if whole:
        return whole
    point = parse_point(tokens, place, strict=False) or (parse_point(tokens, at, strict=False) if at > place else None)
    if point:
        return point
    at = tokens.skip(at, "this")
    if tokens.is_(at, "unit") and tokens.kinds[at]["unit"] in _BARE and not tokens.word(at).endswith("s"):
        return Meaning("unit", unit=str(tokens.kinds[at]["unit"]), shift=0), at + 1
    return None


def _lengthen(tokens: Tokens, point: Parsed) -> Parsed:
    """Join what belongs to a day: `18 December for 10 days`, a clock time before or behind is left outside."""
    meaning, end = point
    if meaning.rule == "date" and tokens.word(end) in ("for", "per"):
        found = parse_offset(tokens, end + 1)
        if found and found[0].rule == "duration":
            return Meaning("range", of=meaning, last=found[0]), found[1]
    return point


def _attach(tokens: Tokens, parsed: Parsed) -> Parsed:
    """Give `one year after Christmas` its base."""
    meaning, end = parsed
    if meaning.base == "then" and tokens.word(end - 1) in ("after", "dopo", "before", "prima"):
        base = parse_point(tokens, tokens.skip(tokens.skip(end, "of"), "article"), strict=False)
        if base:
            return replace(meaning, base="of", of=base[0]), base[1]
    if meaning.base == "event":
        base = parse_point(tokens, tokens.skip(end, "article"), strict=False)
        if base and base[0].rule in _DATED:
            return replace(meaning, base="of", of=base[0], shift=-(meaning.shift or 0)), base[1]
    return parsed


def _parse_short(tokens: Tokens, place: int) -> Parsed | None:
    """Read EOM, EOY, BOM and Q3 2009."""
    at = tokens.skip(place, "article")
    if not tokens.any_(at, ("short", "quarter sign")):
        return None
    if tokens.is_(at, "short"):
        edge, unit = str(tokens.kinds[at]["short"]).split()
        return Meaning("edge", edge=edge, of=Meaning("unit", unit=unit, shift=0)), at + 1
    if tokens.word(at) == "q" and tokens.digits(at + 1) in ("1", "2", "3", "4") and tokens.touches(at + 1):
        year = parse_year(tokens, tokens.skip(at + 2, "of"), strict=False)
        n = int(tokens.digits(at + 1))
        return Meaning("nth", n=n, unit="quarter", of=year[0] if year else None), year[1] if year else at + 2
    return None


def _parse_edge(tokens: Tokens, place: int) -> Parsed | None:
    """Read `the end of March`, `inizio dell'anno`, `mid-March`, `late 2006`, `seconda metà del 2025`."""
    at = tokens.skip(place, "article")
    half = ""
    if tokens.is_(at, "ordinal") and tokens.is_(at + 1, "half") and tokens.kinds[at]["ordinal"] in (1, 2):
        half, at = f"half {tokens.kinds[at]['ordinal']}", at + 1
    first_n = _parse_first_n(tokens, at)
    if first_n:
        return first_n
    if not half and not tokens.is_(at, "edge"):
        return None
    edge = half or str(tokens.kinds[at]["edge"])
    behind = tokens.skip_word(at + 1, "-")
    of = tokens.skip(behind, "of")
    found = _part(tokens, of)
    # "the end of the week", but no "early" before a bare unit: "early week" says nothing.
    if found is None or found[0].rule in ("edge", "duration", "vague"):
        return None
    if of == behind and found[0].rule in ("weekday", "deictic") and tokens.is_(at, "edge"):
        return found  # early Monday is Monday
    if found[0].rule in ("weekday", "deictic", "date", "span"):
        return None
    return Meaning("edge", edge=edge, of=found[0]), found[1]


def _parse_first_n(tokens: Tokens, place: int) -> Parsed | None:
    """Read `primi dieci giorni di luglio`, `the first three months of the year`."""
    if not (tokens.is_(place, "ordinal") or tokens.is_(place, "edge")):
        return None
    read = read_count(tokens, place + 1)
    if read is None or not tokens.is_(read[1], "unit") or not tokens.is_(read[1] + 1, "of"):
        return None
    found = _part(tokens, read[1] + 2)
    first = tokens.kinds[place].get("ordinal", 1)
    if found is None or first not in (1, -1):
        return None
    edge = "first n" if first == 1 else "last n"
    return Meaning("edge", edge=edge, n=read[0], unit=str(tokens.kinds[read[1]]["unit"]), of=found[0]), found[1]


def _parse_nth(tokens: Tokens, place: int) -> Parsed | None:
    """Read `the last Friday of October`, `terzo trimestre 2018`, `la settimana del 6 ottobre`."""
    at = tokens.skip(place, "article")
    n = 0
    if tokens.is_(at, "ordinal"):
        n, at = int(tokens.kinds[at]["ordinal"]), at + 1
    elif tokens.digits(at) and read_day(tokens, at) and tokens.word(at + 1) in ("st", "nd", "rd", "th"):
        n, at = int(tokens.digits(at)), at + 2
    if n > 0 and tokens.is_(at, "ordinal") and tokens.kinds[at]["ordinal"] == -1:
        n, at = -n, at + 1
    at = tokens.skip_word(at, "-") if n else at
    is_unit = tokens.is_(at, "unit") and tokens.kinds[at]["unit"] not in ("hour", "minute")
    if not is_unit and not (n and tokens.is_(at, "weekday")):
        return None
    unit = str(tokens.kinds[at]["unit"]) if is_unit else ""
    weekday = None if is_unit else int(tokens.kinds[at]["weekday"])
    behind = at + 1
    if n == 0 and unit == "week" and tokens.any_(behind, ("of",)):
        found = parse_date(tokens, tokens.skip(behind + 1, "article"))
        return (Meaning("unit", unit="week", of=found[0]), found[1]) if found else None
    if tokens.word(behind) in ("after", "dopo", "before", "prima"):
        found = parse_point(tokens, tokens.skip(tokens.skip(behind + 1, "of"), "article"), strict=False)
        if found and found[0].rule in _DATED and at > place:
            side = 1 if tokens.word(behind) in ("after", "dopo") else -1
            return Meaning("nth", n=side * max(n, 1), unit=unit, weekday=weekday, base="then", of=found[0]), found[1]
    if n == 0:
        return None
    inside = tokens.skip(behind, "of")
    if is_unit and abs(n) == 1 and inside > behind and is_plural(tokens, at):  # the first days of March
        found = _part(tokens, inside)
        return (Meaning("edge", edge="start" if n > 0 else "end", of=found[0]), found[1]) if found else None
    found = _part(tokens, inside) if inside > behind or unit in ("quarter", "semester") else None
    if found and found[0].rule in ("month", "unit", "year", "season", "years"):
        return Meaning("nth", n=n, unit=unit, weekday=weekday, of=found[0]), found[1]
    return (Meaning("nth", n=n, unit=unit), behind) if unit in ("quarter", "semester") and n > 0 else None


# -- ranges --------------------------------------------------------------------------------------------------------


def _parse_range(tokens: Tokens, place: int) -> Parsed | None:
    """Read `tra il 2018 e il 2022`, `from 13 to 15 July`, `2018-2022`, `July 13-15`, `June 5 and 6`."""
    opened = tokens.is_(place, "between") or tokens.is_(place, "from")
    if opened:
        link = "and" if tokens.is_(place, "between") else "to"
        return _parse_pair(tokens, place, tokens.skip(place + 1, "article"), (link,), ())
    at = tokens.skip(tokens.skip(place, "article"), "yearword")
    if not (tokens.any_(at, ("num", "month", "weekday", "season"))):
        return None
    links = ("to",) if tokens.language == "en" else ()
    return _parse_pair(tokens, place, at, links, _DASHES)


def _bound(tokens: Tokens, place: int) -> Parsed | None:
    found = parse_point(tokens, place, strict=False) or _parse_edge(tokens, place)
    return found if found and found[0].rule in (*_DATED, "edge") else None


def _bare_day(tokens: Tokens, place: int) -> Parsed | None:
    read = read_day(tokens, place)
    return (Meaning("date", day=read[0]), read[1]) if read and 1 <= read[0] <= 31 and tokens.digits(place) else None


def _parse_pair(
    tokens: Tokens, place: int, first_at: int, links: tuple[str, ...], dashes: tuple[str, ...]
) -> Parsed | None:
    for first in (_bound(tokens, first_at), _bare_day(tokens, first_at)):
        if first is None:
            continue
        at = first[1]
        linked = any(tokens.is_(at, link) for link in links) or tokens.word(at) in dashes
        is_list = first[0].rule == "date" and first[0].month is not None and tokens.is_(at, "and") and links != ("and",)
        if not linked and not is_list:
            continue
        second_at = tokens.skip(at + 1, "article")
        if tokens.word(at) in links and tokens.is_(second_at, "to"):
            second_at += 1
        second = _second(tokens, first[0], second_at, only_day=is_list)
        if second is not None and _fits(first[0], second[0]):
            return Meaning("range", of=first[0], last=second[0]), second[1]
    return None


def _second(tokens: Tokens, first: Meaning, place: int, *, only_day: bool) -> Parsed | None:
    second = None if only_day else _bound(tokens, place)
    if second is None and first.rule == "date" and first.month is not None and first.year is None:
        second = _bare_day(tokens, place)
        if (second and tokens.any_(second[1], ("unit", "month"))) or (second and tokens.word(second[1]) in ("%", ":")):
            return None
    if second is None and first.rule == "year" and len(tokens.digits(place)) == 2 and tokens.touches(place):
        return Meaning("year", year=(first.year or 0) // 100 * 100 + int(tokens.digits(place))), place + 1
    return second


def _fits(first: Meaning, last: Meaning) -> bool:
    """Whether two ends make one range: not `12 March - 2024`."""
    if first.rule == "date" and first.month is None and first.weekday is None:
        return last.rule == "date" and last.month is not None
    if first.rule == "year" and last.rule == "year":
        return (first.year or 0) < (last.year or 0)
    return (first.rule == "year") == (last.rule == "year") or last.rule == "edge" or first.rule == "edge"
