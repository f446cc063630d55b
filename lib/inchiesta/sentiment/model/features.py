"""Features: what the model looks at around a target, as ranges of places and as tone words beside it.

A *word family* counts the words of a range beside the target: those to its left, those of its clause, those right
beside. As the model is linear, what a family says of a target is a sum over a range; of many targets
it is read off one running sum. A *tone feature* is a tone word of the lists by its sign, whom it colours, where the
target stands from it and the borders between.

The words of the target itself, and of every other name, are left out: what is said should count, not whom it is said
of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.matches import PARTS, Reals
from inchiesta.sentiment.pages import Flags, Pages, expand
from inchiesta.sentiment.roles import BEFORE, CONSTRUCTIONS, PLACES
from inchiesta.sentiment.sentence import Pairs, Tones
from inchiesta.sentiment.words import TURN, Whole

# A name of any kind, in the place of its words.
NAME = -2
# Ranges of words. Those beside the target are counted in words from it. Pairs of neighbours were tried: they added
# nothing on held-out parts and were four fifths of the weights.
SIDES = ("left", "right")
WORD_RANGES = ("all", "side", "clause", "next clause", "nearest", "near")
NEAREST, NEAR = 1, 3
SIGNS = 2
BORDERS = 3
STEPS = 4


@dataclass(frozen=True)
class Range:
    """A family: for each target the tokens from first to last (one past the end) whose words count."""

    name: str
    first: Whole
    last: Whole


@dataclass(frozen=True)
class Described:
    """Targets described.

    Attributes
    ----------
    tokens : by token
        Their places in the pages; the tokens of sentences without a target may be left out.
    lemmas : by token
        Number of the lemma in its language; `NAME` for a name.
    ranges : list of Range
    tone : row of the target, sign and place, number of the lemma: the tone words beside each target
    sums : row of the target, column, value
    """

    size: int
    tokens: Whole
    lemmas: Whole
    ranges: list[Range]
    tone_rows: Whole
    tone_families: Whole
    tone_lemmas: Whole
    sum_rows: Whole
    sum_columns: Whole
    sum_values: Reals
    n_sums: int

    def only(self, chosen: Flags) -> Described:
        """Give some of the targets, in their order, with the tokens of their sentences."""
        number = np.cumsum(chosen) - 1
        tones, sums = chosen[self.tone_rows], chosen[self.sum_rows]
        here = np.zeros(len(self.lemmas) + 1, dtype=bool)
        low = next(each.first for each in self.ranges if each.name == family_name("all", "left"))
        high = max((each.last for each in self.ranges), key=lambda last: int(last.sum()))
        here[expand(low[chosen], high[chosen])] = True
        place = np.cumsum(here) - here
        kept = np.flatnonzero(here)
        ranges = [replace(each, first=place[each.first[chosen]], last=place[each.last[chosen]]) for each in self.ranges]
        return replace(
            self,
            size=int(chosen.sum()),
            tokens=self.tokens[kept],
            lemmas=self.lemmas[kept],
            ranges=ranges,
            tone_rows=number[self.tone_rows[tones]],
            tone_families=self.tone_families[tones],
            tone_lemmas=self.tone_lemmas[tones],
            sum_rows=number[self.sum_rows[sums]],
            sum_columns=self.sum_columns[sums],
            sum_values=self.sum_values[sums],
        )


def describe(pages: Pages, tones: Tones, pairs: Pairs) -> Described:
    """Describe every name of a batch as a target."""
    breaks = _find_breaks(pages)
    lemmas = _mask_names(pages)
    size = len(pages.names.row)
    lemma = lemmas[tones.matches.first][pairs.tone]
    family = _signs(tones, pairs) * len(PLACES) + pairs.place
    tokens, ranges = np.arange(len(lemmas)), _find_ranges(pages, breaks)
    sums = _sum_tones(pages, tones, pairs)
    return Described(size, tokens, lemmas, ranges, pairs.name, family, lemma, *sums)


def _find_breaks(pages: Pages) -> Flags:
    """Give of each token whether a clause begins with it: a mark stands before it, or it turns (ma, but)."""
    breaks = (pages.flags & TURN) > 0
    marks = np.sort(np.concatenate([pages.marks.borders, pages.marks.quotes]))
    following = np.searchsorted(pages.starts, marks)
    inside = (following > 0) & (following < len(breaks))
    marks, following = marks[inside], following[inside]
    breaks[following[marks >= pages.ends[following - 1]]] = True
    breaks[pages.firsts[pages.firsts < len(breaks)]] = True
    return np.asarray(breaks, dtype=bool)


def _mask_names(pages: Pages) -> Whole:
    """Give the lemmas with every name as `NAME`: mentions, and words capitalised as names are."""
    lemmas = pages.lemmas.copy()
    lemmas[pages.capitals()] = NAME
    lemmas[expand(pages.names.first, pages.names.last)] = NAME
    return lemmas


def _find_ranges(pages: Pages, breaks: Flags) -> list[Range]:
    names = pages.names
    low, high = pages.firsts[names.sentence], pages.lasts[names.sentence]
    begin, end = np.minimum(np.maximum(names.first, low), high), np.clip(names.last, low, high)
    places = np.flatnonzero(breaks)
    # The clause of the target begins at the last break at or before it, and ends before the first behind it.
    at = np.searchsorted(places, begin, side="right")
    own_low = np.maximum(_at(places, at - 1), low)
    next_low = np.maximum(_at(places, at - 2), low)
    behind = np.searchsorted(places, end)
    own_high = np.minimum(_at(places, behind), high)
    next_high = np.minimum(_at(places, behind + 1), high)
    left = {
        "all": (low, begin), "side": (low, begin), "clause": (own_low, begin), "next clause": (next_low, own_low),
        "nearest": (np.maximum(begin - NEAREST, low), begin), "near": (np.maximum(begin - NEAR, low), begin),
    }  # fmt: skip
    right = {
        "all": (end, high), "side": (end, high), "clause": (end, own_high), "next clause": (own_high, next_high),
        "nearest": (end, np.minimum(end + NEAREST, high)), "near": (end, np.minimum(end + NEAR, high)),
    }  # fmt: skip
    found = []
    for side, ranges in zip(SIDES, (left, right), strict=True):
        found += [Range(family_name(kind, side), *ranges[kind]) for kind in WORD_RANGES]
    return found


def family_name(kind: str, side: str) -> str:
    """Give the name under which the weights of a family stand; *all* is one family for both sides."""
    return f"word {kind}" if kind == "all" else f"word {kind} {side}"


def tone_family(number: int) -> str:
    """Give the name of a family of tone words: their sign, and where the target stands from them."""
    return f"tone {'-+'[number // len(PLACES)]} {PLACES[number % len(PLACES)]}"


def gram_codes(described: Described) -> Iterator[tuple[str, Whole, Whole]]:
    """Give the grams one by one: the family, the rows of the targets, and the lemmas."""
    for each in described.ranges:
        rows = np.repeat(np.arange(described.size), np.maximum(each.last - each.first, 0))
        yield each.name, rows, described.lemmas[expand(each.first, each.last)]
    for number in np.unique(described.tone_families).tolist():
        here = described.tone_families == number
        yield tone_family(number), described.tone_rows[here], described.tone_lemmas[here]


def _at(places: Whole, index: Whole) -> Whole:
    """Give the breaks at an index, far off where there is none."""
    far = np.concatenate([[-1, -1], places, [1 << 60, 1 << 60]])
    return np.asarray(far[index + 2], dtype=np.int64)


def _signs(tones: Tones, pairs: Pairs) -> Whole:
    return np.asarray(tones.score[pairs.tone] > 0, dtype=np.int64)


def _sum_tones(pages: Pages, tones: Tones, pairs: Pairs) -> tuple[Whole, Whole, Reals, int]:
    """Sum the tone words by sign and by what they are to the target; give rows, columns, values, their number."""
    score = tones.score[pairs.tone]
    sign, value = _signs(tones, pairs), np.abs(score)
    role = tones.construction[pairs.tone] * len(PLACES) + pairs.place
    border = np.where(pairs.strong > 0, 2, np.where(pairs.weak > 0, 1, 0))
    side = (pairs.place != BEFORE).astype(np.int64)
    in_quotes = pages.quote_at(pages.names.start)[pairs.name]
    quote = tones.quote[pairs.tone]
    voice = np.where(quote == in_quotes, np.where(quote < 0, 0, 1), np.where(quote < 0, 2, 3))
    part = tones.matches.part[pairs.tone]
    kinds = [
        (np.zeros_like(sign), 1, value), (border * 2 + side, BORDERS * 2, value), (voice, 4, value),
        (part * 2 + side, len(PARTS) * 2, value), (role, len(CONSTRUCTIONS) * len(PLACES), value * pairs.near),
        (role * BORDERS + border, len(CONSTRUCTIONS) * len(PLACES) * BORDERS, value),
        (side, 2, value * pairs.near), (np.zeros_like(sign), 1, value * pairs.fit),
        (np.zeros_like(sign), 1, tones.score[pairs.tone] * np.where(sign > 0, 1, -1) * pairs.weight),
    ]  # fmt: skip
    rows, columns, values, offset = [], [], [], 0
    for code, n_codes, worth in kinds:
        rows.append(pairs.name)
        columns.append(offset + code * SIGNS + sign)
        values.append(worth)
        offset += n_codes * SIGNS
    totals = _totals(pages, score, pairs)
    for number, column in enumerate(totals):
        rows.append(np.arange(len(column)))
        columns.append(np.full(len(column), offset + number))
        values.append(column)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(values), offset + len(totals)


def _totals(pages: Pages, score: Reals, pairs: Pairs) -> list[NDArray[np.float64]]:
    """Give what the tone words of each target's sentence say together, and by the rules; in steps as well."""
    size = len(pages.names.row)
    plain = np.bincount(pairs.name, weights=score, minlength=size)
    fit = np.bincount(pairs.name, weights=score * pairs.fit, minlength=size)
    rule = np.bincount(pairs.name, weights=score * pairs.weight, minlength=size)
    found = [plain, fit, rule, np.tanh(rule), np.tanh(plain)]
    for total in (fit, rule, plain):
        step = np.round(np.tanh(total) * STEPS)
        found += [(step == value).astype(np.float64) for value in range(-STEPS, STEPS + 1)]
    quoted = pages.quote_at(pages.names.start) >= 0
    length = pages.lasts[pages.names.sentence] - pages.firsts[pages.names.sentence]
    found += [quoted.astype(np.float64), np.minimum(length / 40, 1.5), (length < 8).astype(np.float64)]
    found += [((pages.names.first - pages.firsts[pages.names.sentence]) <= 1).astype(np.float64)]
    return found
