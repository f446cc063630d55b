"""Punctuation of a long text, found by a table over its characters: no pattern is run where most signs are letters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.words import Whole

# What a sign is, as bits. A comma is a weak border of a clause (it may only set off an aside); behind an opening sign
# a capital marks a beginning and no name.
COMMA, STRONG, OPENING, QUOTE, HYPHEN, POINT, SPACE = (1 << place for place in range(7))
_SIGNS = {
    COMMA: ",",
    STRONG: ";:()–—…",
    OPENING: '«"“„:.!?',
    QUOTE: '«»“”„‟"',
    HYPHEN: "-",
    POINT: ".",
    SPACE: " \t\n\r\f\v\u00a0\u2009\u202f",
}
# All signs lie below; every character above is looked up as this one, which is none.
_END = 0x2100
_TABLE = np.zeros(_END + 1, dtype=np.uint8)
for _bit, _signs in _SIGNS.items():
    for _sign in _signs:
        _TABLE[ord(_sign)] |= _bit


@dataclass(frozen=True)
class Marks:
    """Places of the signs of a text, each sorted: borders of clauses, those stronger than a comma, openings, quotes."""

    borders: Whole
    strong: Whole
    openings: Whole
    quotes: Whole


def find_marks(text: str) -> Marks:
    """Find the signs that end clauses, open sentences and quote.

    A hyphen between spaces is a dash; three points are one sign.
    """
    signs = _TABLE[np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4"), _END)]
    strong = (signs & STRONG) > 0
    strong[_dashes(signs)] = True
    strong[_ellipses(signs)] = True
    places = np.flatnonzero(strong)
    commas = np.flatnonzero(signs & COMMA)
    return Marks(
        np.sort(np.concatenate([places, commas])),
        places,
        np.flatnonzero(signs & OPENING),
        np.flatnonzero(signs & QUOTE),
    )


def _dashes(signs: NDArray[np.uint8]) -> Whole:
    places = np.flatnonzero(signs & HYPHEN)
    places = places[(places > 0) & (places < len(signs) - 1)]
    return places[((signs[places - 1] & SPACE) > 0) & ((signs[places + 1] & SPACE) > 0)]


def _ellipses(signs: NDArray[np.uint8]) -> Whole:
    """Give the first of every three points in a row."""
    points = np.flatnonzero(signs & POINT)
    begins = np.flatnonzero(np.diff(points, prepend=-2) > 1)
    sizes = np.diff(np.append(begins, len(points)))
    place = np.arange(len(points)) - np.repeat(begins, sizes)
    first: Whole = points[(place % 3 == 0) & (place + 3 <= np.repeat(sizes, sizes))]
    return first
