"""Speech reported without marks: who says it (ha affermato che ..., according to ...) and what is reported."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from inchiesta.quotes.frames import AFTER, BEFORE, EARLIER, PREVIOUS, Frame, Stretch
from inchiesta.quotes.marks import Marked
from inchiesta.quotes.page import Page
from inchiesta.quotes.speakers import Speaker, choose_speaker
from inchiesta.quotes.words import ACCORDING, BARE, NOUN, VERB, Cue

# What joins a verb of speech to what is said. After a bare "said" English may leave "that" out.
_THAT = {
    "it": re.compile(
        r"(?: [\w’']+){0,3}?,? ?\b(?:che|di non|di aver[e]?|di esser[e]?|di voler[e]?|di poter[e]?) ", re.I
    ),
    "en": re.compile(r"(?: [\w’'.-]+){0,5}? that ", re.I),
}
_BARE_SAID = re.compile(r" (?=(?:the|a|an|he|she|it|they|there|his|her|its|their|no|some|most|all|this|these|[A-Z])\b)")
_PLAIN = frozenset({"say", "state", "claim", "argue", "insist", "report", "warn", "admit", "deny", "allege", "believe"})
_WORD = re.compile(r"\w")
_FEWEST = 3


class Indirect(NamedTuple):
    """Reported speech: its span, its cue, its speaker."""

    start: int
    end: int
    frame: Frame
    speaker: Speaker | None
    language: str


def read_indirect(page: Page, taken: list[tuple[int, int]], used: set[int]) -> Iterator[Indirect]:
    """Give the reported speech of a document in reading order.

    Parameters
    ----------
    page : Page
        The document.
    taken : list of (int, int)
        Spans of the direct quotations, in order: reported speech that holds one is shown by the quotation.
    used : set of int
        First characters of the expressions that introduce a quotation.
    """
    starts = [start for start, _ in taken]
    done = -1
    for cue in page.cues:
        if cue.start < done or cue.start in used or cue.role not in (VERB, ACCORDING) or page.is_marked(cue.start):
            continue
        sentence = page.sentence_at(cue.start)
        language = page.languages[sentence]
        if not language or page.headings[sentence]:
            continue
        span = _find_content(page, cue, sentence, language)
        if span is None or page.text.count(" ", *span) + 1 < _FEWEST:
            continue
        first = bisect_left(starts, span[0])
        if first < len(taken) and taken[first][0] < span[1]:
            continue
        frame = _frame(page, cue, span, sentence)
        speaker = choose_speaker(page, frame, language, None)
        if speaker is not None and speaker.chance > _LEAST_CHANCE and _is_near(page, speaker, cue, sentence):
            done = max(span[1], cue.end)
            yield Indirect(*span, frame, speaker, language)


# Where the subject is left out, the verb stands at most this far into its sentence (In serata ha aggiunto che ...).
_EARLY = 25
# A sentence that begins like this has a subject of its own: in *I dati rivelano che ...* nobody named before speaks.
_SUBJECT = re.compile(
    r"(?:(?:il|lo|la|i|gli|le|un|uno|una|the|an?|quest[aeio]|quell[aeio]|these|those|this)\b|l[’'])", re.I
)


def _is_near(page: Page, speaker: Speaker, cue: Cue, sentence: int) -> bool:
    """Tell whether a speaker stands in the sentence, or the sentence begins with a verb that leaves its subject out."""
    begin = page.starts[sentence]
    if speaker.start >= begin:
        return True
    return cue.role == VERB and cue.start - begin < _EARLY and not _SUBJECT.match(page.text, begin, cue.start)


# Without anybody near who may speak, a verb of speech is more often something else.
_LEAST_CHANCE = 0.2


def _find_content(page: Page, cue: Cue, sentence: int, language: str) -> tuple[int, int] | None:
    """Give the span of what is reported, behind the expression or in front of it."""
    begin, end = page.starts[sentence], page.ends[sentence]
    if cue.role == ACCORDING:
        return _around_source(page, cue, begin, end)
    found = _THAT[language].match(page.text, cue.end, min(end, cue.end + 80))
    if found:
        return _trim(page, found.end(), end)
    if language == "en" and cue.word.lemma in _PLAIN and _BARE_SAID.match(page.text, cue.end):
        return _trim(page, cue.end + 1, end)
    return _in_front(page, cue, begin, end)


def _in_front(page: Page, cue: Cue, begin: int, end: int) -> tuple[int, int] | None:
    """Give what stands in front of ", said X." at the end of a sentence."""
    comma = page.text.rfind(", ", begin, cue.start)
    if comma < 0 or cue.start - comma > 60 or "," in page.text[cue.end : end] or end - cue.end > 80:
        return None
    return _trim(page, begin, comma)


def _around_source(page: Page, cue: Cue, begin: int, end: int) -> tuple[int, int] | None:
    """Give what a source says: behind its comma where it opens the sentence, else all in front of it."""
    if not _WORD.search(page.text, begin, cue.start):
        comma = page.text.find(", ", cue.end, end)
        return None if comma < 0 else _trim(page, comma + 2, end)
    return _trim(page, begin, cue.start)


def _trim(page: Page, start: int, end: int) -> tuple[int, int] | None:
    text = page.text
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,;:.":
        end -= 1
    return (start, end) if start < end else None


def _frame(page: Page, cue: Cue, span: tuple[int, int], sentence: int) -> Frame:
    """Give the frame of reported speech: its own sentence around the expression, and the two before."""
    begin, end = page.starts[sentence], page.ends[sentence]
    if span[0] >= cue.end:
        where, start, stop = BEFORE, begin, span[0]
    else:
        where, start, stop = AFTER, span[1], end
    if cue.role == ACCORDING and where == BEFORE:
        start = cue.start
    stretches = [Stretch(where, start, stop, cue)]
    for distance, place in ((1, PREVIOUS), (2, EARLIER)):
        if sentence >= distance:
            stretches.append(Stretch(place, page.starts[sentence - distance], page.ends[sentence - distance], None))
    marked = Marked(span[0], span[0], span[1], span[1], "")
    return Frame(marked, sentence, sentence, stretches, where, cue, 3)


__all__ = ["BARE", "NOUN", "Indirect", "read_indirect"]
