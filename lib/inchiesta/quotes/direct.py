"""Direct quotations of one document: what stands in marks, whose words it is, how sure that is."""

from __future__ import annotations

from typing import NamedTuple

from inchiesta.quotes.frames import Frame, build_frame
from inchiesta.quotes.kinds import LEAST_LIKELY, judge_kind
from inchiesta.quotes.page import Page
from inchiesta.quotes.speakers import Speaker, choose_speaker

# Words in marks up to this many, without a sentence of their own, are part of the narrator's clause.
_FEWEST_WORDS = 3


class Direct(NamedTuple):
    """A quotation in marks with its speaker (none for nobody near) and the chance that it is a quotation."""

    frame: Frame
    speaker: Speaker | None
    chance: float
    is_partial: bool
    language: str


def read_direct(page: Page) -> list[Direct]:
    """Give the direct quotations of a document in reading order."""
    found = []
    before: Speaker | None = None
    last = -1
    for number in range(len(page.marked)):
        frame = build_frame(page, number, last)
        language = page.languages[frame.first]
        speaker = choose_speaker(page, frame, language, before)
        chance = judge_kind(page, frame, speaker, language=language, before=last == number - 1 and last >= 0)
        if chance >= LEAST_LIKELY:
            last = number
            found.append(Direct(frame, speaker, chance, is_partial(page, frame), language))
            before = speaker
    return found


def is_partial(page: Page, frame: Frame) -> bool:
    """Tell whether a quotation is a piece inside the narrator's clause rather than a sentence of its own."""
    marked = frame.marked
    first = page.text[marked.start]
    if first.islower() or page.text.count(" ", marked.start, marked.end) + 1 < _FEWEST_WORDS:
        return page.text[page.starts[frame.first] : marked.outer_start].rstrip()[-1:] != ":"
    return False
