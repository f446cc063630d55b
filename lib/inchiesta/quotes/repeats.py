"""Quotations that come again: where they stood first, how they were reworded, to whom else they were given."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import pandas as pd

from inchiesta.quotes.find import frame_of

# Shorter quotations ("il nostro uomo") come again by chance.
FEWEST_WORDS = 4
# Share of the shorter one's words from which on two are wordings of one quotation.
LEAST_SHARED = 0.7
# Words in a row two must have in common to be compared, and how many quotations may share them before they are a phrase
# of the day rather than a trace.
_ROW, _MOST = 3, 200
_WORD = re.compile(r"\w+")
_UNDATED = "9999"


class _Quote(NamedTuple):
    order: tuple[str, str, int]
    number: int
    words: tuple[str, ...]


def find_echoes(quotes: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Find the quotations that repeat an earlier one.

    Parameters
    ----------
    quotes : DataFrame
        Table ``quotes``, speakers resolved. Reported speech without marks is not compared.
    documents : DataFrame
        Table ``documents``; document_id, origin_id and published_on are read.

    Returns
    -------
    DataFrame
        Table ``echoes``, in the order of ``quotes``. The earliest is decided by publication date, then document_id; a
        document without a date comes after all that have one.

    Notes
    -----
    Deterministic. Translations are not matched, nor quotations below 4 words. That two texts hold one quotation does
    not show which of them heard it: the earliest here is the earliest among the texts at hand.
    """
    dates = dict(zip(documents["document_id"], documents["published_on"], strict=True))
    origins = dict(zip(documents["document_id"], documents["origin_id"], strict=True))
    rows: list[Any] = list(quotes.itertuples(index=False))
    units = sorted(_units(rows, dates))
    first = _link(units)
    found = []
    for number, row in enumerate(rows):
        if number in first:
            origin, shared, wording = first[number]
            earlier = rows[origin]
            here, there = origins.get(row.document_id, ""), origins.get(earlier.document_id, "")
            is_same = row.document_id == earlier.document_id or (bool(here) and here == there)
            speakers = _compare(row.speaker_id, earlier.speaker_id)
            found.append((row.quote_id, earlier.quote_id, round(shared, 4), wording, speakers, is_same))
    return frame_of("echoes", found)


def _units(rows: Sequence[Any], dates: dict[str, str]) -> Iterator[_Quote]:
    for number, row in enumerate(rows):
        words = tuple(_WORD.findall(row.text.lower()))
        if len(words) >= FEWEST_WORDS and row.kind != "indirect":
            document_id, start = row.document_id, row.start_char
            yield _Quote((dates.get(document_id) or _UNDATED, document_id, start), number, words)


def _link(units: Sequence[_Quote]) -> dict[int, tuple[int, float, str]]:
    """Give per repeated quotation the number of the earliest it repeats, the share in common, and how it is worded."""
    seen: dict[tuple[str, ...], list[_Quote]] = defaultdict(list)
    first: dict[int, tuple[int, float, str]] = {}
    for unit in units:
        rows = {unit.words[place : place + _ROW] for place in range(len(unit.words) - _ROW + 1)}
        near = {other.order: other for row in rows for other in seen.get(row, ())}
        for _, other in sorted(near.items()):
            shared = _share(unit.words, other.words)
            if shared >= LEAST_SHARED:
                first[unit.number] = (other.number, shared, _wording(unit.words, other.words))
                break
        else:
            # Only first wordings are compared with: each later one points to the earliest.
            for row in rows:
                if len(seen[row]) < _MOST:
                    seen[row].append(unit)
    return first


def _share(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    one, other = set(ours), set(theirs)
    return len(one & other) / min(len(one), len(other))


def _wording(ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    if ours == theirs:
        return "same"
    short, long = sorted((f" {' '.join(ours)} ", f" {' '.join(theirs)} "), key=len)
    return "cut" if short in long else "reworded"


def _compare(one: str, other: str) -> str:
    if not one or not other:
        return "open"
    return "agree" if one == other else "differ"
