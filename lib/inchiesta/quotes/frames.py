"""The frame of a quotation: the stretches of text around it where its speaker may be named, with their cues."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from inchiesta.quotes.marks import Marked
from inchiesta.quotes.page import Page
from inchiesta.quotes.words import ACCORDING, BARE, NOUN, PHRASE, VERB, Cue

# The stretches, nearest first: an insertion (« - ha detto X - »), behind it, before it in its sentence, the sentence
# before that leads to it with a colon, the two sentences before, the one behind.
INSERT, AFTER, BEFORE, LEAD, PREVIOUS, EARLIER, NEXT = range(7)
STRETCHES = ("insert", "after", "before", "lead", "previous", "earlier", "next")
_DASHES = re.compile(r"(?<=[\s,.!?…])[-–—]\s?(?=\w)|,? [-–—],? ")
# An expression of speech further behind a quotation than this belongs to something else.
_NEAR = 70
_LONGEST_INSERT = 160
_STOPS = frozenset(".!?;")
_CUES = frozenset({VERB, BARE, ACCORDING, NOUN})
_NO_NAMES_BEHIND = re.compile(r"[^\w]*(?:[a-zàèéìòù]+ ){0,2}$")


class Stretch(NamedTuple):
    """A stretch of text around a quotation and the expression of speech in it that is nearest to the quotation."""

    where: int
    start: int
    end: int
    cue: Cue | None


class Frame(NamedTuple):
    """All stretches around a quotation. ``state`` names the best of them that has a cue: its number, or 7 for none."""

    marked: Marked
    first: int
    last: int
    stretches: list[Stretch]
    state: int
    cue: Cue | None
    # How it is joined to the passage in marks before it: 0 same sentence, 1 next sentence, 2 near, 3 far or none.
    joined: int


def build_frame(page: Page, number: int, quoted: int) -> Frame:
    """Give the frame of a passage in marks; ``quoted`` is the number of the last quotation before it, -1 for none."""
    marked = page.marked[number]
    floor = page.marked[number - 1].outer_end if number else 0
    ceiling = page.marked[number + 1].outer_start if number + 1 < len(page.marked) else len(page.text)
    return frame_between(page, marked, floor, ceiling, quoted)


def frame_between(page: Page, marked: Marked, floor: int, ceiling: int, quoted: int) -> Frame:
    """Give the frame of a passage whose cues stand between two places."""
    first, last = page.sentence_at(marked.outer_start), page.sentence_at(max(marked.outer_start, marked.outer_end - 1))
    begin, behind = page.starts[first], min(page.ends[last], ceiling)
    stretches = [
        Stretch(AFTER, marked.outer_end, behind, _cue_behind(page, marked.outer_end, behind)),
        Stretch(BEFORE, begin, marked.outer_start, _cue_before(page, max(begin, floor), marked.outer_start)),
        *_sentences_before(page, begin, first, marked),
    ]
    insert = _find_insert(page, marked)
    if insert:
        stretches.insert(0, insert)
    if last + 1 < len(page.starts):
        start = page.starts[last + 1]
        stretches.append(Stretch(NEXT, start, min(page.ends[last + 1], max(ceiling, start)), None))
    best = next((stretch for stretch in stretches if stretch.cue), None)
    state, cue = (best.where, best.cue) if best else (len(STRETCHES), None)
    return Frame(marked, first, last, stretches, state, cue, _joined(page, quoted, first))


def _joined(page: Page, quoted: int, first: int) -> int:
    if quoted < 0:
        return 3
    before = page.marked[quoted]
    gap = first - page.sentence_at(before.outer_end - 1)
    return 0 if gap <= 0 else 1 if gap == 1 else 2 if gap <= 3 else 3


def _find_insert(page: Page, marked: Marked) -> Stretch | None:
    """Find an insertion between dashes inside the marks that holds an expression of speech."""
    if marked.end - marked.start < 20:
        return None
    dashes = list(_DASHES.finditer(page.text, marked.start, marked.end)) if _has_dash(page, marked) else []
    for one, other in pairwise(dashes):
        if other.start() - one.end() < _LONGEST_INSERT:
            start, end = one.end(), other.start()
            told = page.cues[bisect_left(page.cue_starts, start) : bisect_left(page.cue_starts, end)]
            cue = next((cue for cue in told if cue.role in _CUES or cue.role == PHRASE), None)
            if cue is not None:
                return Stretch(INSERT, start, end, cue)
    return None


def _has_dash(page: Page, marked: Marked) -> bool:
    text = page.text
    return any(text.find(dash, marked.start, marked.end) >= 0 for dash in ("-", "–", "—"))


def _cue_behind(page: Page, start: int, end: int) -> Cue | None:
    for cue in page.cues_in(start, min(end, start + _NEAR)):
        if cue.role in _CUES:
            gap = page.text[start : cue.start]
            return None if _STOPS & set(gap.lstrip(" .!?")) else cue
    return None


def _cue_before(page: Page, start: int, end: int) -> Cue | None:
    best = None
    for cue in page.cues_in(start, end):
        if cue.role in _CUES and (best is None or cue.role in (VERB, ACCORDING) or best.role not in (VERB, ACCORDING)):
            best = cue
    return best


def _sentences_before(page: Page, begin: int, first: int, marked: Marked) -> list[Stretch]:
    """Give the two sentences before; the nearer one leads to the quotation where it ends with a colon."""
    found = []
    is_first = not page.text[begin : marked.outer_start].strip()
    for distance, where in ((1, PREVIOUS), (2, EARLIER)):
        if first < distance:
            break
        start, end = page.starts[first - distance], page.ends[first - distance]
        leads = distance == 1 and is_first and page.text[end - 1] in ":,"
        cue = _cue_before(page, start, end) if leads else None
        found.append(Stretch(LEAD if leads else where, start, end, cue))
    return found
