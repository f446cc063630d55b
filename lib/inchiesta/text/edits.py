"""Changes to a text on record: each says what stood where in the raw text and what stands there now.

Cleaning runs in passes. A pass hands in its replacements, and `Revision` folds them into one list of edits that
leads from the raw text straight to the clean one, so no offset is ever lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Replacement(NamedTuple):
    """One change a pass makes to the text it was given: ``text[start:end]`` becomes ``inserted``."""

    start: int
    end: int
    inserted: str
    rule: str


class Edit(NamedTuple):
    """One change between raw and clean text, in the order of the columns of table `edits`."""

    raw_start: int
    raw_end: int
    clean_start: int
    clean_end: int
    removed: str
    inserted: str
    rule: str


class _Span(NamedTuple):
    raw_start: int
    raw_end: int
    start: int
    end: int
    rule: str


class Revision:
    """A raw text on its way to a clean one.

    ``text`` is the text as it stands after the passes so far.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self._spans: list[_Span] = []

    def replace(self, replacements: Iterable[Replacement]) -> None:
        """Make the changes of one pass: sorted, not overlapping, each removing at least one character."""
        changes = [r for r in replacements if self.text[r.start : r.end] != r.inserted]
        if not changes:
            return
        pieces: list[str] = []
        position = 0
        for change in changes:
            pieces += (self.text[position : change.start], change.inserted)
            position = change.end
        pieces.append(self.text[position:])
        self._spans = _compose(self._spans, changes) if self._spans else _first(changes)
        self.text = "".join(pieces)

    def edits(self) -> list[Edit]:
        """Give the changes from raw to clean text, in the order of the text."""
        return [
            Edit(s.raw_start, s.raw_end, s.start, s.end, removed, inserted, s.rule)
            for s in self._spans
            if (removed := self.raw[s.raw_start : s.raw_end]) != (inserted := self.text[s.start : s.end])
        ]


def apply_edits(raw: str, edits: Iterable[Edit]) -> str:
    """Give the clean text that ``edits`` make of ``raw``.

    Examples
    --------
    >>> apply_edits("Putin .", [Edit(5, 6, 5, 5, " ", "", "spacing")])
    'Putin.'
    """
    pieces: list[str] = []
    position = 0
    for edit in edits:
        pieces += (raw[position : edit.raw_start], edit.inserted)
        position = edit.raw_end
    pieces.append(raw[position:])
    return "".join(pieces)


def _first(changes: list[Replacement]) -> list[_Span]:
    spans: list[_Span] = []
    shift = 0
    for change in changes:
        start = change.start + shift
        spans.append(_Span(change.start, change.end, start, start + len(change.inserted), change.rule))
        shift += len(change.inserted) - (change.end - change.start)
    return spans


def _compose(before: list[_Span], changes: list[Replacement]) -> list[_Span]:
    """Join the spans raw -> middle with the changes middle -> new; those that overlap become one span.

    ``raw_shift`` leads from middle to raw behind the last span taken, ``new_shift`` from middle to new.
    """
    spans: list[_Span] = []
    i = j = raw_shift = new_shift = 0
    while i < len(before) or j < len(changes):
        if j == len(changes) or (i < len(before) and before[i].end <= changes[j].start):
            span = before[i]
            spans.append(span._replace(start=span.start + new_shift, end=span.end + new_shift))
            raw_shift, i = span.raw_end - span.end, i + 1
            continue
        next_i, next_j, end = _overlapping(before, changes, i, j)
        start = min(changes[j].start, before[i].start) if next_i > i else changes[j].start
        raw_start, new_start = start + raw_shift, start + new_shift
        if next_i > i:
            raw_shift = before[next_i - 1].raw_end - before[next_i - 1].end
        new_shift += sum(len(change.inserted) - (change.end - change.start) for change in changes[j:next_j])
        rule = _strongest(before[i:next_i], changes[j:next_j])
        spans.append(_Span(raw_start, end + raw_shift, new_start, end + new_shift, rule))
        i, j = next_i, next_j
    return spans


def _overlapping(before: list[_Span], changes: list[Replacement], i: int, j: int) -> tuple[int, int, int]:
    """Give how far the group reaches that begins with change ``j``: spans, changes, end in the middle text."""
    end = changes[j].end
    j += 1
    while True:
        if i < len(before) and before[i].start < end:
            end, i = max(end, before[i].end), i + 1
        elif j < len(changes) and changes[j].start < end:
            end, j = max(end, changes[j].end), j + 1
        else:
            return i, j, end


def _strongest(spans: list[_Span], changes: list[Replacement]) -> str:
    """Give the rule of the widest change: removing a line outweighs a space mended in it before."""
    widths = [(change.end - change.start, change.rule) for change in changes]
    widths += [(span.raw_end - span.raw_start, span.rule) for span in spans]
    return max(widths, key=lambda width: width[0])[1]
