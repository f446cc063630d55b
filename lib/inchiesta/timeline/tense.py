"""Whether a clause tells what was or what is to come: where a date without its year or week has to be looked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress

from inchiesta.timeline.words import read_tenses

PAST, UNKNOWN, FUTURE = -1, 0, 1
# A mark between two clauses counts as this many words of distance.
_BORDER = 4
_BORDERS = frozenset({",", ";", ":", "(", ")", "–", "—", "«", "»", "“", "”", '"', "che", "that", "which", "who", "when",
                      "where", "quando", "mentre", "while", "and", "e", "but", "ma"})  # fmt: skip
# A verb this many words away says nothing of a date.
_FAR = 60
# An auxiliary reaches this far to its participle: "will be formally signed", "è stato ieri firmato".
_REACH = 4


def find_marks(words: Sequence[str], language: str) -> list[tuple[int, int, int]]:
    """Give the words of a sentence that show tense: place, tense, and how many words of distance they are worth."""
    tenses = read_tenses(language)
    marks: list[tuple[int, int, int]] = []
    ahead_until = aux_until = -1
    for place in compress(range(len(words)), map(tenses.__getitem__, words)):
        low, tense = words[place], tenses[words[place]]
        if tense == "none":
            continue
        if tense == "to follows":  # "are to meet", "is expected to resign"
            if words[place + 1 : place + 2] == ["to"]:
                marks.append((place, FUTURE, 0))
            continue
        if tense == "past auxiliary":
            aux_until = place + _REACH
            continue
        if tense == "participle":
            if place <= ahead_until:
                marks.append((place, FUTURE, 0))
            elif place <= aux_until:
                marks.append((place, PAST, 0))
            continue
        side = FUTURE if tense.startswith("future") else PAST
        if side == PAST and place <= ahead_until:
            side = FUTURE
        if side == FUTURE and not tense.endswith("weak"):
            ahead_until = place + _REACH
        elif low in ("ha", "hanno", "aveva", "avevano"):
            aux_until = place + _REACH
        marks.append((place, side, 2 if tense.endswith("weak") else 0))
    return marks


def find_tense(words: Sequence[str], first: int, last: int, marks: list[tuple[int, int, int]]) -> int:
    """Give the tense of the mark nearest to ``words[first:last]``, borders of clauses counted as distance."""
    best = (_FAR, UNKNOWN)
    begin = bisect_left(marks, (first - _FAR, -2, 0))
    end = bisect_left(marks, (last + _FAR, -2, 0))
    for place, side, weight in marks[begin:end]:
        if first <= place < last:
            continue
        between = words[place + 1 : first] if place < first else words[last:place]
        distance = len(between) + weight + _BORDER * sum(word in _BORDERS for word in between)
        if distance < best[0]:
            best = (distance, side)
    return best[1]
