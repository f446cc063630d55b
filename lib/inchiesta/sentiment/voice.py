"""Whose words they are: spans inside quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

# ' and ’ are apostrophes far more often than quotation marks, so single marks open nothing.
MARK = re.compile('[«»“”„‟"]')
CLOSES = {"«": "»", "“": "”", "„": "“”", "‟": "”", '"': '"'}


def find_quoted(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give the spans of `text` inside « », “ ”, „ “ or \" \", marks included.

    Parameters
    ----------
    text : str
        The text of a document.
    paragraphs : sequence of (int, int)
        Start and end of its paragraphs: a quotation may span sentences, but one that is never closed ends with its
        paragraph (each paragraph of a long quotation opens anew).

    Returns
    -------
    list of (int, int)
        Sorted, without overlap. Marks of another kind inside a quotation belong to it.

    Examples
    --------
    >>> find_quoted("Ha detto: «Basta». Poi tacque.", [(0, 30)])
    [(10, 17)]
    """
    if MARK.search(text) is None:
        return []
    return [span for start, end in paragraphs for span in _quoted_in(text, start, end)]


def _quoted_in(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened, closing = -1, ""
    for mark in MARK.finditer(text, start, end):
        if opened < 0 and mark.group() in CLOSES:
            opened, closing = mark.start(), CLOSES[mark.group()]
        elif opened >= 0 and mark.group() in closing:
            spans.append((opened, mark.end()))
            opened = -1
    if opened >= 0:
        spans.append((opened, end))
    return spans


def span_at(spans: Sequence[tuple[int, int]], position: int) -> int:
    """Give the index of the span that holds a character position, -1 when none does."""
    index = bisect_right(spans, (position, 2**62)) - 1
    return index if index >= 0 and spans[index][1] > position else -1
