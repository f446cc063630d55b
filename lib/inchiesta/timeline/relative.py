"""The grammar of what is told by distance: this week, two years ago, the day before, the last three months."""

from __future__ import annotations

from inchiesta.timeline.meanings import Meaning, Parsed
from inchiesta.timeline.token_list import Tokens, read_count

_SHIFTS = ("last", "next", "this")
_CALENDAR = frozenset({"day", "week", "weekend", "month", "quarter", "season", "semester", "year", "decade", "century"})
# Plural words without a number are vague: "the last years", "nei prossimi giorni".
_PLURAL = {
    "en": ("s",),
    "it": ("giorni", "settimane", "mesi", "anni", "decenni", "secoli", "trimestri", "ore", "minuti"),
}


def _shift(tokens: Tokens, place: int) -> int | None:
    kinds = tokens.kinds[place] if 0 <= place < len(tokens) else {}
    return next((int(kinds[kind]) for kind in _SHIFTS if kind in kinds), None)


def _unit(tokens: Tokens, place: int) -> str:
    return str(tokens.kinds[place]["unit"]) if tokens.is_(place, "unit") else ""


def is_plural(tokens: Tokens, place: int) -> bool:
    """Whether the word of a unit is a plural."""
    return tokens.word(place).endswith(_PLURAL[tokens.language])


def parse_unit(tokens: Tokens, place: int) -> Parsed | None:
    """Read `this week`, `il mese scorso`, `the next three days`, `the following year`, behind an optional article."""
    article = tokens.skip(place, "article")
    shift, at = _shift(tokens, article), article
    if shift is None:
        return _parse_behind(tokens, place)
    # "previous" and "following" look back to what was told before; "the next day" does too.
    is_then = tokens.any_(article, ("before", "after")) and tokens.any_(article, ("last", "next"))
    at += 1
    read = read_count(tokens, at) if not tokens.is_(at, "article") else None
    if read is not None and _unit(tokens, read[1]) in _CALENDAR:
        return Meaning("span", unit=_unit(tokens, read[1]), n=read[0], shift=shift), read[1] + 1
    if tokens.is_(at, "part") and shift == 0:
        return Meaning("deictic", n=0), at + 1
    unit = _unit(tokens, at)
    if unit not in _CALENDAR:
        return None
    if is_plural(tokens, at) and unit != "season":
        return Meaning("vague", unit=unit, shift=shift), at + 1
    if unit == "weekend" and tokens.word(article) in ("coming", "upcoming"):
        return Meaning("unit", unit=unit, shift=0), at + 1
    if is_then or (shift == 1 and unit == "day" and tokens.word(article) == "next"):
        return Meaning("offset", unit=unit, n=1, shift=shift, base="then", edge="calendar"), at + 1
    return Meaning("unit", unit=unit, shift=shift), at + 1


def _parse_behind(tokens: Tokens, place: int) -> Parsed | None:
    """Read what has its word behind the unit: `il mese scorso`, `i due mesi scorsi`, `the week before`."""
    at = tokens.skip(place, "article")
    has_article = at > place
    if tokens.is_(at, "that") and _unit(tokens, at + 1) in _CALENDAR and not is_plural(tokens, at + 1):
        return Meaning("same", unit=_unit(tokens, at + 1)), at + 2
    if tokens.is_(at, "that") and tokens.is_(at + 1, "part"):
        return Meaning("same", unit="day"), at + 2
    read = read_count(tokens, at)
    if read is not None:
        n, behind = read
        if _shift(tokens, behind) is not None and _unit(tokens, behind + 1) in _CALENDAR:
            return Meaning("span", unit=_unit(tokens, behind + 1), n=n, shift=_shift(tokens, behind)), behind + 2
        if tokens.language == "it" and _unit(tokens, behind) in _CALENDAR and _shift(tokens, behind + 1) in (-1, 1):
            return Meaning("span", unit=_unit(tokens, behind), n=n, shift=_shift(tokens, behind + 1)), behind + 2
    unit = _unit(tokens, at)
    if unit not in _CALENDAR:
        return None
    if unit == "weekend" and (has_article or tokens.is_(place - 1, "in")) and _shift(tokens, at + 1) is None:
        return Meaning("unit", unit=unit, shift=0, edge="plain"), at + 1
    side = tokens.kinds[at + 1].get("before", tokens.kinds[at + 1].get("after")) if at + 1 < len(tokens) else None
    if tokens.language == "it" and _shift(tokens, at + 1) is not None and side is None:
        shift = _shift(tokens, at + 1)
        rule = "vague" if is_plural(tokens, at) and unit != "season" else "unit"
        return Meaning(rule, unit=unit, shift=shift), at + 2
    turn = (
        tokens.kinds[at + 2].get("next" if side == 1 else "last") if side is not None and at + 2 < len(tokens) else None
    )
    if (
        has_article
        and turn == side
        and turn is not None
        and not tokens.any_(at + 3, ("unit", "weekday", "number", "num"))
    ):
        return Meaning("unit", unit=unit, shift=2 * turn), at + 3  # the week after next, the month before last
    if has_article and side is not None and not is_plural(tokens, at):
        return Meaning("offset", unit=unit, n=1, shift=int(side), base="then"), at + 2
    return None


def parse_offset(tokens: Tokens, place: int) -> Parsed | None:
    """Read `two weeks ago`, `tra tre giorni`, `in twelve months`, `due giorni dopo`, and plain durations."""
    at, ahead = place, tokens.is_(place, "ahead")
    at += ahead
    at = tokens.skip(at, "hedge")
    if tokens.word(at) == "half":
        return _parse_half(tokens, at, ahead=ahead)
    if tokens.word(place - 1) == "half":
        return None
    if tokens.is_(at, "vague"):
        return _parse_vague(tokens, at)
    read = read_count(tokens, at)
    if read is None:
        return None
    n, behind = read
    if tokens.word(behind) == "and" and tokens.word(behind + 1) == "a" and tokens.word(behind + 2) == "half":
        behind += 3
    is_joined = tokens.word(behind) == "-" and tokens.touches(behind)
    behind += is_joined
    unit = _unit(tokens, behind)
    if not unit or (unit not in _CALENDAR and ahead):
        return None
    end = behind + 1
    if tokens.is_(end, "ago") or tokens.is_(end, "hence"):
        return Meaning("offset", unit=unit, n=n, shift=-1 if tokens.is_(end, "ago") else 1, base="now"), end + 1
    if ahead:
        return Meaning("offset", unit=unit, n=n, shift=1, base="maybe" if tokens.word(place) == "in" else "now"), end
    side = tokens.kinds[end].get("before", tokens.kinds[end].get("after")) if end < len(tokens) else None
    if side is not None and unit in _CALENDAR and not is_joined and tokens.word(end) not in ("previous", "following"):
        return _with_event(tokens, Meaning("offset", unit=unit, n=n, shift=int(side), base="then"), end)
    return Meaning("duration", unit=unit, n=n), end


# Half of a unit, in whole ones of a smaller.
_HALVES = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year"), "hour": (30, "minute")}


def _parse_half(tokens: Tokens, place: int, *, ahead: bool) -> Parsed | None:
    """Read `half a year ago`, `in half a century`."""
    half = _HALVES.get(_unit(tokens, place + 2)) if tokens.word(place + 1) in ("a", "an") else None
    if half is None or (ahead and half[1] not in _CALENDAR):
        return None
    n, unit = half
    end = place + 3
    if tokens.is_(end, "ago") or tokens.is_(end, "hence"):
        return Meaning("offset", unit=unit, n=n, shift=-1 if tokens.is_(end, "ago") else 1, base="now"), end + 1
    return (
        Meaning("offset", unit=unit, n=n, shift=1, base="maybe") if ahead else Meaning("duration", unit=unit, n=n)
    ), end


def _with_event(tokens: Tokens, meaning: Meaning, side: int) -> Parsed:
    """Tell `two days later` from `two days after the signing`, whose day is told before it.

    "On Wednesday, a day after the files were leaked" dates the leak: one day before Wednesday.
    """
    follows = tokens.word(side + 1)
    joins = ("after", "before", "dopo", "prima")
    if (
        tokens.word(side) in joins
        and follows
        and follows[0].isalpha()
        and not tokens.any_(side + 1, ("weekday", "month"))
    ):
        return Meaning("offset", unit=meaning.unit, n=meaning.n, shift=-(meaning.shift or 0), base="event"), side + 1
    return meaning, side + 1


def _parse_vague(tokens: Tokens, place: int) -> Parsed | None:
    unit = _unit(tokens, place + 1)
    if not unit:
        return None
    end = place + 2
    return Meaning("vague", unit=unit), tokens.skip(end, "ago")
