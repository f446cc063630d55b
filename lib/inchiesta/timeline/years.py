"""The grammar of years, decades, centuries, seasons and days with a name."""

from __future__ import annotations

from inchiesta.timeline.days import read_shift
from inchiesta.timeline.meanings import Meaning, Parsed
from inchiesta.timeline.relative import parse_unit
from inchiesta.timeline.token_list import FIRST_YEAR, LAST_YEAR, SUFFIXES, Tokens, read_year

_ROMAN = {"x": 10, "v": 5, "i": 1}
# A bare year this old is more often a quantity unless a preposition says otherwise.
_FIRST_BARE = 1900
_MONEY = frozenset("$€£#%№")


def parse_year(tokens: Tokens, place: int, *, strict: bool = True) -> Parsed | None:
    """Read a year: behind a preposition, in brackets, or where nothing makes the number a quantity."""
    at = place
    if tokens.is_(at, "yearword") and read_year(tokens, at + 1):
        at += 1
    year = read_year(tokens, at)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    is_tied = tokens.touches(at) and (tokens.raw[at - 1].isalnum() or tokens.raw[at - 1] in "-./,:_#$€£")
    if is_tied and (tokens.word(at - 1) != "-" or not (tokens.is_(at - 2, "edge") or _is_year(tokens, at - 2))):
        return None
    if tokens.word(at - 1) in _MONEY or tokens.word(at - 1) in ("n", "no", "nr", "art"):
        return None
    if tokens.touches(at + 1) and (
        tokens.raw[at + 1].isalnum() or tokens.raw[at + 1] in "%°_" or _joins(tokens, at + 1)
    ):
        return None
    if strict and at == place and not _is_meant(tokens, at, year):
        return None
    return Meaning("year", year=year), at + 1


def _joins(tokens: Tokens, place: int) -> bool:
    """Whether a mark ties the number to another: 2,000.5 or 2008-style."""
    if tokens.raw[place] == "-" and len(tokens.digits(place + 1)) in (2, 4):
        return False  # 2018-2022 and 2008-09
    return tokens.raw[place] in ".,:/-" and tokens.touches(place + 1) and tokens.raw[place + 1].isalnum()


def _is_year(tokens: Tokens, place: int) -> bool:
    year = read_year(tokens, place)
    return year is not None and FIRST_YEAR <= year <= LAST_YEAR


def _is_meant(tokens: Tokens, place: int, year: int) -> bool:
    told = tokens.any_(
        place - 1, ("in", "of", "from", "to", "between", "and", "article", "month", "season", "edge", "yearword")
    )
    if year < _FIRST_BARE:
        return told and not _counts(tokens, place)
    if year % 100 == 0 or not told:
        return not _counts(tokens, place)
    return True


def _counts(tokens: Tokens, place: int) -> bool:
    """Whether the number counts what follows: `2000 soldiers`, `1950 euro`."""
    follows = tokens.word(place + 1)
    return (
        bool(follows)
        and follows[0].isalpha()
        and not tokens.kinds[place + 1]
        and not tokens.is_capital(place + 1)
        and (len(follows) > 3)
    )


def parse_years(tokens: Tokens, place: int) -> Parsed | None:
    """Read a decade or a century: `the 1990s`, `gli anni '90`, `gli anni Novanta`, `the nineties`, `XIX secolo`."""
    at = tokens.skip(place, "article")
    if tokens.language == "it" and tokens.word(at) == "anni":
        behind = tokens.skip_word(at + 1, "'", "‘")
        digits = tokens.digits(behind)
        if digits.endswith("0") and len(digits) in (2, 4):
            return Meaning("years", year=_decade(int(digits)), n=10), behind + 1
        if tokens.is_(at + 1, "decade") and not tokens.is_(at + 2, "unit"):
            return Meaning("years", year=int(tokens.kinds[at + 1]["decade"]), n=10), at + 2
        return None
    behind = tokens.skip_word(at, "'", "‘")
    digits = tokens.digits(behind)
    if digits.endswith("0") and len(digits) in (2, 4) and tokens.word(behind + 1) == "s" and tokens.touches(behind + 1):
        year = _decade(int(digits))
        return (Meaning("years", year=year, n=10), behind + 2) if FIRST_YEAR <= year <= LAST_YEAR else None
    if tokens.is_(at, "decade") and at > place and tokens.language == "en":
        return Meaning("years", year=int(tokens.kinds[at]["decade"]), n=10), at + 1
    return _parse_century(tokens, at)


def _decade(digits: int) -> int:
    return digits if digits > 99 else (1900 if digits >= 20 else 2000) + digits


def _parse_century(tokens: Tokens, place: int) -> Parsed | None:
    number, at = 0, place + 1
    digits = tokens.digits(place)
    if digits and len(digits) <= 2 and tokens.word(at) in SUFFIXES:
        number, at = int(digits), at + 1
    elif tokens.is_(place, "ordinal"):
        number = int(tokens.kinds[place]["ordinal"])
    elif tokens.word(place) and len(tokens.word(place)) <= 5 and set(tokens.word(place)) <= set(_ROMAN):
        number = _roman(tokens.word(place))
    at = tokens.skip_word(at, "-")
    if not 1 <= number <= 21 or not tokens.is_(at, "unit") or tokens.kinds[at]["unit"] != "century":
        return None
    return Meaning("years", year=100 * (number - 1) + 1, n=100), at + 1


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def parse_season(tokens: Tokens, place: int) -> Parsed | None:
    """Read a season: `the summer of 2023`, `last autumn`, `l'estate scorsa`, `in primavera`."""
    at = tokens.skip(place, "article")
    shift = read_shift(tokens, at)
    if shift is not None:
        at += 1
    if not tokens.is_(at, "season") or tokens.is_name(at):
        return None
    season, end = str(tokens.kinds[at]["season"]), at + 1
    if tokens.word(at) == "fall" and shift is None and not tokens.is_(end, "of") and read_year(tokens, end) is None:
        return None  # more often the verb
    if tokens.word(at) == "spring" and shift is None and tokens.word(at - 1) in ("to", "will", "would"):
        return None
    year_at = tokens.skip(end, "of")
    year = read_year(tokens, year_at)
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR and shift is None:
        return Meaning("season", season=season, year=year), year_at + 1
    if shift is None and tokens.language == "it" and read_shift(tokens, end) in (-1, 1):
        return Meaning("season", season=season, shift=read_shift(tokens, end)), end + 1
    of = parse_unit(tokens, tokens.skip(year_at, "article")) if shift is None else None
    if of and of[0].unit == "year" and of[0].rule == "unit":
        return Meaning("season", season=season, of=of[0]), of[1]
    return Meaning("season", season=season, shift=shift), end


def parse_holiday(tokens: Tokens, place: int) -> Parsed | None:
    """Read a day with a name: `Natale 2015`, `last Christmas`, `Good Friday`."""
    shift = read_shift(tokens, place)
    at = place if shift is None else place + 1
    if not tokens.is_(at, "holiday"):
        return None
    month, day, weekday, only_alone = tokens.kinds[at]["holiday"]
    end = at + 1
    if only_alone and not tokens.is_alone(place, end):
        return None
    if tokens.is_(place - 1, "street"):
        return None
    year_at = tokens.skip(end, "of")
    year = read_year(tokens, year_at)
    if year is not None and FIRST_YEAR <= year <= LAST_YEAR:
        return Meaning("holiday", month=month, day=day, n=weekday, year=year), year_at + 1
    return Meaning("holiday", month=month, day=day, n=weekday, shift=shift), end


def parse_deictic(tokens: Tokens, place: int) -> Parsed | None:
    """Read yesterday, oggi, the day before yesterday, ieri sera."""
    if not tokens.is_(place, "deictic"):
        return None
    end = tokens.skip(place + 1, "part")
    return Meaning("deictic", n=int(tokens.kinds[place]["deictic"])), end
