"""What a time expression says, before it is known when it was said."""

from __future__ import annotations

from dataclasses import dataclass


# Not frozen: setting fifteen fields of a frozen one takes most of the time of reading a date.
@dataclass(slots=True)
class Meaning:
    """What an expression says; the rule decides which fields are set.

    ======== ============================================================================================
    rule     fields
    ======== ============================================================================================
    date     day, month, year, weekday: what is stated of a day ("Monday 12 March", "il 19", "12/3/2024")
    month    month, year, shift ("March 2024", "lo scorso settembre")
    weekday  weekday, shift, of: the week it lies in ("last Friday", "Tuesday of next week")
    year     year
    years    year, n: a run of n years ("gli anni '90", "the 19th century")
    season   season, year, shift
    unit     unit, shift: "this week", "il mese scorso", "next year"
    span     unit, n, shift: "the last two weeks", "i prossimi 3 giorni"
    offset   unit, n, shift, base: "two weeks ago"; base "then": "il giorno prima", "the following year"
    deictic  n: days from the day of writing ("yesterday")
    same     unit: "quel giorno", "the same day"
    edge     edge, of ("the end of March"); n and unit for "the first ten days of July"
    nth      n, unit or weekday, of ("the last Friday of October", "the third quarter of 2009")
    holiday  month, day, n: weekday where the day is the n-th such day, else -1; month 0: days from Easter
    range    of, last ("tra il 2018 e il 2022")
    vague    "recent years"
    duration n, unit: how long, not when
    ======== ============================================================================================
    """

    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str = ""
    unit: str = ""
    edge: str = ""
    n: int = 0
    shift: int | None = None
    base: str = ""
    of: Meaning | None = None
    last: Meaning | None = None
    # Set where digits are ambiguous or impossible: "order" (3/4/2024 in English), "impossible".
    note: str = ""


# A meaning and the token behind its last.
Parsed = tuple[Meaning, int]
