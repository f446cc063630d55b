"""What an expression is read against, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from inchiesta.timeline.periods import Period

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
    year, none); `told` the periods told before, latest last, `told_here` those told in the same sentence; `lean` where
    a date without a year, month or week is looked for: -1 before the day of writing, 1 after it, 0 unknown.
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


def made(period: Period) -> Outcome:
    """Give a period as an outcome."""
    return Outcome(period, period.flag)
