"""Passages in quotation marks: « », “ ”, „ “, \" \", ‹ ›, ‘ ’, nested, over several paragraphs, left open."""

from __future__ import annotations

import re
from typing import NamedTuple

# '' and `` stand for double marks in agency copy, << and >> for guillemets.
# (rare, and slow to look for among the others).
_DOUBLE = re.compile(r"[«»“”„‟\"‹›]")
_WITH_PAIRS = re.compile(r"[«»“”„‟\"‹›]|''|``|<<|>>")
# A single mark opens in front of a letter where no word ends, and closes behind a word or a stop where none goes on.
_SINGLE = re.compile(r"[‘'’](?:(?<![\w'’][‘'])(?<!’)(?=[^\W_])|(?<=[\w.,;!?…)\]]['’])(?![\w'’]))")
_SINGLE_OPENING = re.compile(r"[‘'](?<![\w'’][‘'])(?=[^\W_])")
# What holds no word is nobody's: a pile of marks, dots.
_WORD = re.compile(r"\w")
_GUILLEMETS, _SMALL, _MARKS = 0, 1, 2
_FAMILY = {"«": 0, "»": 0, "<<": 0, ">>": 0, "‹": 1, "›": 1}
_OPENING, _CLOSING = frozenset("«“„‟‹") | {"<<", "``"}, frozenset("»”›") | {">>"}
_BEFORE_OPENING = frozenset("([{<—–-'’:/>«‹=,")
_BEHIND_CLOSING = frozenset(".,;:!?)]}>»›…—–-/")
# Deeper nesting than this is not nesting but marks without partners.
_DEEPEST = 3
# A quotation that closes further on than this has lost its mark (each paragraph of a long one opens anew).
_MOST_PARAGRAPHS = 60
# A single mark this far from its partner is an apostrophe.
_LONGEST_SINGLE = 1500
# Words whose end or beginning is cut off: po', mo', 'ndrangheta, 'em.
_CUT_ENDS = frozenset(
    [
        "po",
        "mo",
        "be",
        "va",
        "fa",
        "da",
        "di",
        "sta",
        "to",
        "ca",
        "de",
        "ne",
        "co",
        "a",
        "i",
        "e",
        "ma",
        "tra",
        "fe",
        "pie",
        "gli",
        "vo",
        "o",
        "an",
        "n",
        "s",
    ]
)
_CUT_HEADS = re.compile(
    r"['‘](?:ndrangh|ndrin|em\b|til\b|tis\b|twas\b|cause\b|n\b|s\b|ngul|sto\b|sta\b|o\b|a\b|\d)", re.I
)


class Marked(NamedTuple):
    """A passage in marks: ``text[start:end]`` without them, ``text[outer_start:outer_end]`` with them.

    ``closed`` is false where no mark closes it: it then ends with its paragraph.
    """

    outer_start: int
    start: int
    end: int
    outer_end: int
    mark: str
    closed: bool = True


def find_marked(text: str) -> list[Marked]:
    r"""Give the passages of a text in quotation marks, the outermost ones.

    Parameters
    ----------
    text : str
        The text of a document; each line is a paragraph.

    Returns
    -------
    list of Marked
        In the order of the text, without overlap. Marks inside a passage belong to it. A passage may span paragraphs
        (each may open anew); one that is never closed ends with its paragraph. Marks that only close are
        passed over, and so are passages without a word.

    Notes
    -----
    Deterministic, in time linear to the text. An apostrophe is no mark: single marks count only outside of others, in
    pairs, within one paragraph.

    Examples
    --------
    >>> text = "Ha detto: «Basta». Poi l'ira di \"uno di noi\"."
    >>> [text[marked.start:marked.end] for marked in find_marked(text)]
    ['Basta', 'uno di noi']
    """
    families: tuple[_Family, ...] = (_Family(text), _Family(text), _Family(text))
    has_pairs = "''" in text or "``" in text or "<<" in text
    for match in (_WITH_PAIRS if has_pairs else _DOUBLE).finditer(text):
        families[_FAMILY.get(match[0], _MARKS)].take(match[0], match.start(), match.end())
    found = [marked for family in families for marked in family.finish()]
    found.sort(key=lambda marked: (marked.outer_start, -marked.outer_end))
    kept: list[Marked] = []
    for marked in found:
        if not kept or marked.outer_start >= kept[-1].outer_end:
            kept.append(marked)
    if _SINGLE_OPENING.search(text):
        kept = sorted([*kept, *_find_single(text, kept)], key=lambda marked: marked.outer_start)
    return [marked for marked in kept if _WORD.search(text, marked.start, marked.end)]


class _Family:
    """Marks of one kind, paired as they come."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.open: list[tuple[str, int, int]] = []
        self.found: list[Marked] = []
        # Where the paragraph ends in which the last mark of an open passage stands, and paragraphs crossed so far.
        self.line_end = -1
        self.crossed = 0
        self.is_plain = True

    def take(self, mark: str, start: int, end: int) -> None:
        """Take the next mark of the text."""
        side = self._side(mark, start, end)
        if not side:
            return
        if self.open and start > self.line_end and not self._goes_on(side, start):
            self._leave_open(self.line_end)
        if side > 0:
            self._open(mark, start, end)
        elif self.open:
            self._close(start, end)

    def finish(self) -> list[Marked]:
        """Give what was found."""
        if self.open:
            self._leave_open(self.line_end)
        return self.found

    def _side(self, mark: str, start: int, end: int) -> int:
        """Tell whether a mark opens (1), closes (-1) or neither (0)."""
        if self.open and mark == "“" and self.open[-1][0] in "„‟":
            return -1
        if mark in _OPENING:
            return 1
        if mark in _CLOSING:
            return -1
        before, behind = self.text[start - 1 : start] if start else "", self.text[end : end + 1]
        if before.isdigit() and behind.isdigit():
            return 0  # 1'33"42: seconds, or inches
        opens = not before or before.isspace() or before in _BEFORE_OPENING
        closes = not behind or behind.isspace() or behind in _BEHIND_CLOSING
        if opens == closes:
            return -1 if self.open else 1
        return 1 if opens else -1

    def _goes_on(self, side: int, start: int) -> bool:
        """Tell whether an open passage goes on over the end of its paragraph up to this mark."""
        self.crossed += self.text.count("\n", self.line_end, start)
        if len(self.open) > 1 or self.crossed > _MOST_PARAGRAPHS or not self.is_plain:
            return side < 0 and self.crossed <= _MOST_PARAGRAPHS
        if side < 0:
            return True
        # The next paragraph opens anew, as long quotations do.
        return not self.text[self.line_end : start].strip() and self.crossed <= 2

    def _open(self, mark: str, start: int, end: int) -> None:
        again = bool(self.open) and start > self.line_end
        if self.open and not again:
            self.is_plain = False
            # A straight mark that opens again, or a pile of marks: the one before was never closed.
            if self.open[-1][0] == mark == '"' or len(self.open) >= _DEEPEST:
                self._leave_open(start)
        if not again:
            if not self.open:
                self.crossed, self.is_plain = 0, True
            self.open.append((mark, start, end))
        self._stay(end)

    def _close(self, start: int, end: int) -> None:
        mark, first, inner = self.open.pop()
        if not self.open:
            self._add(mark, first, inner, start, end, closed=True)
        self._stay(end)

    def _stay(self, position: int) -> None:
        if position > self.line_end:
            found = self.text.find("\n", position)
            self.line_end = len(self.text) if found < 0 else found

    def _leave_open(self, end: int) -> None:
        mark, first, inner = self.open[0]
        # It ends where its own paragraph does, whatever was opened inside it later.
        line = self.text.find("\n", inner, end)
        stop = line if line >= 0 and not self.crossed else end
        self._add(mark, first, inner, stop, stop, closed=False)
        self.open, self.crossed, self.is_plain = [], 0, True

    def _add(self, mark: str, first: int, inner: int, last: int, end: int, *, closed: bool) -> None:
        start, stop = _trim(self.text, inner, last)
        self.found.append(Marked(first, start, stop, end if closed else stop, mark, closed))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _find_single(text: str, taken: list[Marked]) -> list[Marked]:
    """Give the passages in single marks outside of the others."""
    found: list[Marked] = []
    opened, line_end, index = -1, -1, 0
    for match in _SINGLE.finditer(text):
        place = match.start()
        while index < len(taken) and taken[index].outer_end <= place:
            index += 1
        if index < len(taken) and taken[index].outer_start < place:
            opened = -1
            continue
        if place == 0 or not (text[place - 1].isalnum() or text[place - 1] in ".,;!?…)]"):
            if not _CUT_HEADS.match(text, place):
                opened, line_end = place, -1
        elif opened >= 0 and place - opened < _LONGEST_SINGLE and not _is_cut(text, place, opened):
            if line_end < 0:
                line_end = text.find("\n", opened, opened + _LONGEST_SINGLE) % (len(text) + 1)
            if place < line_end:
                start, end = _trim(text, opened + 1, place)
                found.append(Marked(opened, start, end, place + 1, text[opened]))
            opened = -1
    return found


def _is_cut(text: str, place: int, opened: int) -> bool:
    """Tell whether a mark behind a word is an apostrophe: po', the workers' rights."""
    first = place
    while first > max(opened, place - 4) and text[first - 1].isalpha():
        first -= 1
    word = text[first:place].lower()
    if word in _CUT_ENDS and text[first - 1 : first] != text[opened]:
        return True
    following = text[place + 1 : place + 3]
    return text[place - 1] == "s" and following[:1] == " " and following[1:].islower()
