"""How the words around a tone word change it: negation, degree, hearsay, condition, contrast."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from inchiesta.sentiment.lexicon import Match

# Where one statement ends and another begins. A comma is a weak border (it may only set off an aside).
BORDER = re.compile(r"[,;:()–—]|(?<=\s)-(?=\s)|\.\.\.|…")
# "non ha mai davvero tradito": auxiliaries and adverbs stand between, an object hardly.
WINDOW_AFTER, WINDOW_BEFORE = 4, 3


@dataclass(frozen=True, slots=True)
class Borders:
    """Clause borders of one sentence: character positions, and which of them are stronger than a comma."""

    places: list[int]
    strong: list[int]

    def between(self, one: int, other: int) -> tuple[int, int]:
        """Give how many weak and strong borders lie between two character positions."""
        low, high = (one, other) if one <= other else (other, one)
        strong = bisect_left(self.strong, high) - bisect_left(self.strong, low)
        return bisect_left(self.places, high) - bisect_left(self.places, low) - strong, strong


def find_borders(text: str, start: int, end: int, starts: Sequence[int], shifters: Sequence[Match]) -> Borders:
    """Give the clause borders of ``text[start:end]``: punctuation, and adversatives such as ma, but, while."""
    places, strong = [], []
    for mark in BORDER.finditer(text, start, end):
        places.append(mark.start())
        if mark.group() != ",":
            strong.append(mark.start())
    turns = [starts[shifter.first] for shifter in shifters if shifter.expression.shift == "adversative"]
    # A turn right behind a comma is one border, not two; counting it strong covers both.
    return Borders(sorted(places + turns), sorted(strong + turns))


def shift_score(tone: Match, shifters: Sequence[Match], starts: Sequence[int], borders: Borders) -> float:
    """Give the score of a tone word after its shifters, -1 to 1.

    Several negations count once ("non ha mai tradito" denies once); other factors multiply.
    """
    factor = 1.0
    negation: tuple[int, float] | None = None
    for shifter in shifters:
        if shifter is tone or not _reaches(shifter, tone, starts, borders):
            continue
        if shifter.expression.shift == "negation":
            distance = abs(tone.first - shifter.first)
            if negation is None or distance < negation[0]:
                negation = (distance, shifter.expression.factor)
        else:
            factor *= shifter.expression.factor
    if negation is not None:
        factor *= negation[1]
    return max(-1.0, min(1.0, tone.expression.score * factor))


def _reaches(shifter: Match, tone: Match, starts: Sequence[int], borders: Borders) -> bool:
    scope = shifter.expression.scope
    ahead = tone.first - shifter.last
    if scope == "words after" and not 0 <= ahead < WINDOW_AFTER:
        return False
    if scope == "words before" and not 0 <= shifter.first - tone.last < WINDOW_BEFORE:
        return False
    if scope == "clause" and shifter.expression.shift == "adversative" and ahead < 0:
        return False
    # From the shifter's own place on: an adversative is a border itself and rules what follows it.
    return borders.between(starts[shifter.first] + 1, starts[tone.first]) == (0, 0)
