"""White space and hard-wrapped lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from inchiesta.text.edits import Replacement

# Two or more white characters, or one that is neither a plain space nor a line end (tab, no-break space ...).
_GAP = re.compile(r"\s\s+|[^\S\n ]")
# `Putin .`, `Russia , mettere`, `( CSTO )`; a spaced ellipsis is typography and stays, an emoticon too.
# The no-break space French puts before ; : ! ? is a plain space by now; there the sign goes on without it.
_BEFORE_SIGN = re.compile(r" (?:(?=(?:[.,;:)\]]|[!?]{1,3})(?:[\s»”\"]|$))(?<=[\w)\]»”\"’'%.] )|(?=\S)(?<=[(\[] ))")

# Typewriters, mail programs and pdf converters break lines at 55 to 100 characters.
_WIDTHS = (45, 110)
# With fewer broken lines than this a regular break can be chance.
_MIN_BREAKS = 4
# Of the lines that go on, nearly all must be so long that the next word would not have fitted ...
_MIN_FULL_SHARE = 0.85
# ... and most must stop in the middle of a sentence: one sentence a line is a format of its own.
_MIN_OPEN_SHARE = 0.6
_ENDS_SENTENCE = re.compile(r"[.!?…:;][»”\"’')\]]*$")
_LINE = re.compile(r"[^\n]+")
_LIST_ITEM = re.compile(r"[-–—•*·]\s|\d{1,3}[.)]\s")


def find_gaps(text: str) -> Iterator[Replacement]:
    """Give the replacements that leave one space between words, at most one empty line, and none at the ends."""
    size = len(text)
    if text[:1] in (" ", "\n") and not text[1:2].isspace():
        yield Replacement(0, 1, "", "spacing")
    for match in _GAP.finditer(text):
        start, end = match.span()
        n_ends = text.count("\n", start, end)
        inserted = "" if start == 0 or end == size else "\n" * min(n_ends, 2) if n_ends else " "
        yield Replacement(start, end, inserted, "spacing")
    if size > 1 and text[-1] in " \n" and not text[-2].isspace():
        yield Replacement(size - 1, size, "", "spacing")


def find_spaced_signs(text: str) -> Iterator[Replacement]:
    """Give the removals of spaces in front of punctuation and behind opening brackets."""
    for match in _BEFORE_SIGN.finditer(text):
        yield Replacement(match.start(), match.end(), "", "spacing")


def find_wrapping(text: str) -> Iterator[Replacement]:
    """Give the replacements that join hard-wrapped lines, only where the wrapping is clear.

    Notes
    -----
    Deterministic. Clear means: at least 4 lines go on within a block, 85% of them leave no room for the next
    word in the widest line, 60% stop in the middle of a sentence. A verse or a list stays as it is.
    """
    n_ends = text.count("\n")
    if n_ends < _MIN_BREAKS or len(text) > _WIDTHS[1] * (n_ends + 1):
        return
    lines = list(_LINE.finditer(text))
    breaks = [(a, b) for a, b in pairwise(lines) if b.start() == a.end() + 1]
    if len(breaks) < _MIN_BREAKS or not _is_wrapped([a[0] for a, _ in breaks], [b[0] for _, b in breaks]):
        return
    width = _WIDTHS[0] // 2
    for line, following in breaks:
        if len(line[0]) < width or _LIST_ITEM.match(following[0]):
            continue
        yield _join(line, following)


def _is_wrapped(lines: list[str], following: list[str]) -> bool:
    width = max(map(len, lines))
    if not _WIDTHS[0] <= width <= _WIDTHS[1] or median(map(len, lines)) < 0.75 * width:
        return False
    n_full = sum(len(a) + 1 + len(b.split(" ", 1)[0]) >= width for a, b in zip(lines, following, strict=True))
    n_open = sum(not _ENDS_SENTENCE.search(line) for line in lines)
    return n_full >= _MIN_FULL_SHARE * len(lines) and n_open >= _MIN_OPEN_SHARE * len(lines)


def _join(line: re.Match[str], following: re.Match[str]) -> Replacement:
    """Join two lines; a hyphen between small letters at the end was the typesetter's."""
    end = line.end()
    if line[0][-1] == "-" and line[0][-2:-1].islower() and following[0][0].islower():
        return Replacement(end - 1, end + 1, "", "wrapping")
    return Replacement(end, end + 1, " ", "wrapping")
