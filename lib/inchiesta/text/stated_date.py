"""Dates as files, exports and article heads state them: read as precisely as they are given, never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files

Stated = tuple[str, str]
UNDATED: Stated = ("", "none")

# Newspapers begin in the 17th century; a year outside this window is an id, a price or a phone number.
FIRST_YEAR, LAST_YEAR = 1600, 2199
# In file names eight digits are more often an id than a date, so the window is narrower there.
FIRST_NAME_YEAR, LAST_NAME_YEAR = 1900, 2099
# Longer values are prose that happens to hold a date, not a statement of one.
LONGEST_VALUE = 120
# POSIX: two-digit years 69 to 99 are 19xx.
TWO_DIGIT_PIVOT = 69
# Systems without a date write the first second of their calendar.
PLACEHOLDER = re.compile(r"1970-01-01(?:[T ]00:00(?::00)?.*)?")

_ISO = re.compile(r"(?<![\d/.-])(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?(?![\d/-])(?!\.\d)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[T ]?\d{4,6}.*)?")
# Seconds or milliseconds since 1970, between 2001 and 2065.
_EPOCH = re.compile(r"([12]\d{9})(?:\d{3})?(?:\.\d+)?")
_YEAR = re.compile(r"(\d{4})")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/-])(?!\.\d)")
_MONTH_YEAR = re.compile(r"(\d{1,2})[-/.](\d{4})")
_EAST_ASIAN = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?")
_ORDINAL = r"(?:st|nd|rd|th|er|ère|°|º|ª|\.)?"
_GLUE = r"(?:\s|,|-|/|\.|\b(?:of|de|del|di|d['’]))*"


@lru_cache(maxsize=1)
def read_months() -> dict[str, int]:
    """Give every month name and abbreviation of all languages in ``resources/``, lower case, with its number."""
    months: dict[str, int] = {}
    folders = files("inchiesta").joinpath("resources").iterdir()
    for folder in sorted(folders, key=lambda entry: entry.name):
        table = folder.joinpath("months.tsv")
        if table.is_file():
            for line in table.read_text(encoding="utf-8").splitlines()[1:]:
                name, number = line.split("\t")
                months[name] = int(number)
    return months


@lru_cache(maxsize=1)
def _named_patterns() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, read_months()), key=lambda name: (-len(name), name)))
    month = rf"(?<![^\W\d_])(?P<month>{names})(?![^\W\d_])"
    day = rf"(?<!\d)(?P<day>\d{{1,2}}){_ORDINAL}"
    year = r"(?<!\d)(?P<year>\d{4})(?!\d)"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            f"{day}{_GLUE}{month}{_GLUE}{year}",
            f"{month}{_GLUE}{day}{_GLUE}{year}",
            # Tue Mar 12 10:00:00 +0000 2024
            rf"{month}\s+{day}\s+\d\d:\d\d(?::\d\d)?\s+\S+\s+{year}",
            f"{year}{_GLUE}{month}{_GLUE}{day}(?!\\d)",
            f"{month}{_GLUE}{year}",
        )
    )


def _checked(year: int, month: int = 0, day: int = 0) -> Stated:
    """Give the date if it exists; month or day 0 means not stated."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 0 <= month <= 12:
        return UNDATED
    if month == 0:
        return f"{year:04d}", "year"
    if day == 0:
        return f"{year:04d}-{month:02d}", "month"
    try:
        return datetime(year, month, day, tzinfo=UTC).date().isoformat(), "day"
    except ValueError:
        return UNDATED


def _iso(text: str, language: str) -> Stated:
    found = _ISO.search(text)
    return _checked(int(found[1]), int(found[3]), int(found[4] or 0)) if found else UNDATED


def _compact(text: str, language: str) -> Stated:
    found = _COMPACT.fullmatch(text)
    return _checked(int(found[1]), int(found[2]), int(found[3])) if found else UNDATED


def _epoch(text: str, language: str) -> Stated:
    found = _EPOCH.fullmatch(text)
    return (datetime.fromtimestamp(int(found[1]), UTC).date().isoformat(), "day") if found else UNDATED


def _year(text: str, language: str) -> Stated:
    found = _YEAR.fullmatch(text)
    return _checked(int(found[1])) if found else UNDATED


def _full_year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= TWO_DIGIT_PIVOT else 2000)


def _numeric(text: str, language: str) -> Stated:
    found = _NUMERIC.search(text)
    if not found:
        return UNDATED
    first, second, year = int(found[1]), int(found[3]), _full_year(found[4])
    if second > 12:
        return _checked(year, first, second)
    if first > 12 or first == second or found[2] == "." or language != "en":
        return _checked(year, second, first)
    # English texts write both 3/4 for 3 April and for 4 March: only the year is certain.
    return _checked(year)


def _month_year(text: str, language: str) -> Stated:
    found = _MONTH_YEAR.fullmatch(text)
    return _checked(int(found[2]), int(found[1])) if found and int(found[1]) else UNDATED


def _east_asian(text: str, language: str) -> Stated:
    found = _EAST_ASIAN.search(text)
    return _checked(int(found[1]), int(found[2]), int(found[3] or 0)) if found else UNDATED


def _named(text: str, language: str) -> Stated:
    for pattern in _named_patterns():
        found = pattern.search(text)
        if found:
            parts = found.groupdict()
            return _checked(int(parts["year"]), read_months()[parts["month"].lower()], int(parts.get("day") or 0))
    return UNDATED


_RULES: tuple[Callable[[str, str], Stated], ...] = (
    _iso,
    _compact,
    _epoch,
    _year,
    _numeric,
    _month_year,
    _named,
    _east_asian,
)


@lru_cache(maxsize=8192)
def parse_date(text: str, language: str = "") -> Stated:
    """Read one stated date, as precisely as it is given.

    Parameters
    ----------
    text
        The value of a date field: `2024-03-12T10:00:00+01:00`, `12 marzo 2024`, `March 12, 2024`, `12/03/2024`,
        `Tue, 12 Mar 2024 10:00:00 GMT`, `2024-03`, `marzo 2024`, `2024`, seconds since 1970, or a short phrase
        around one of these (at most 120 characters).
    language
        ISO 639-1 code of the text, when known. It decides one case only, see Notes.

    Returns
    -------
    tuple
        `published_on` (`2024-03-12`, `2024-03`, `2024` or empty) and `date_precision` (day, month, year, none).

    Notes
    -----
    Deterministic. The day is the one written; no time zone is converted. `03/04/2024` is read day first, unless that
    is impossible (`03/25/2024`); in an English text it may be 3 April or 4 March, so only the year is kept.
    `1970-01-01` is what programs write when they know no date: undated. A day that does not exist is undated.

    Examples
    --------
    >>> parse_date("martedì 12 marzo 2024, ore 10"), parse_date("March 2024"), parse_date("soon")
    (('2024-03-12', 'day'), ('2024-03', 'month'), ('', 'none'))
    >>> parse_date("03/04/2024"), parse_date("03/04/2024", "en")
    (('2024-04-03', 'day'), ('2024', 'year'))
    """
    text = text.strip()
    if not text or len(text) > LONGEST_VALUE or PLACEHOLDER.fullmatch(text):
        return UNDATED
    for rule in _RULES:
        stated = rule(text, language)
        if stated != UNDATED:
            return stated
    return UNDATED


_IN_NAME = (
    re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_./]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?![0-9A-Za-z]|[-.]\d)"),
    re.compile(r"(?<![0-9A-Za-z])(\d{4})([-_])(0[1-9]|1[0-2])()(?![0-9A-Za-z]|[-]\d)"),
)


def date_in_name(path: str) -> Stated:
    """Find a date in a file's path: `2024-03-12_x.txt`, `20240312-x.html`, `2024/03/12/x.html`, `2024-03 notes.md`.

    Returns
    -------
    tuple
        `published_on` and `date_precision` like `parse_date`; the last date of the path counts, a year alone does not.

    Notes
    -----
    A fallback: a name may state when a file was saved rather than when its text was published.

    Examples
    --------
    >>> date_in_name("wire/20240312-talks.html"), date_in_name("000_e063f7ba8a731b60.txt")
    (('2024-03-12', 'day'), ('', 'none'))
    """
    for pattern in _IN_NAME:
        for found in reversed(list(pattern.finditer(path))):
            if FIRST_NAME_YEAR <= int(found[1]) <= LAST_NAME_YEAR:
                stated = _checked(int(found[1]), int(found[3]), int(found[4] or 0))
                if stated != UNDATED:
                    return stated
    return UNDATED
