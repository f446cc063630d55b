"""Letters broken by a wrong encoding, mended line by line where a cheap test smells them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inchiesta.text.edits import Replacement

# UTF-8 read as a one-byte page: Ã or Â and a sign (perchÃ©), â and two signs (lâ€™arte), Ð or Ñ and a sign
# (Cyrillic), C1 controls. ftfy on every line would cost twelve times all the rest.
_SMELL = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122 ]"
    "|â[\u0080-\u009f€‚„˜]|[ÐÑ][^\\s\\w]|[\u0080-\u0084\u0086-\u009f]|ï¿½|ï»¿"
)
# Longer lines are mended piece by piece: ftfy's time grows faster than the length.
_MAX_PIECE = 4_000
_PIECE = re.compile(rf"[^\n]{{1,{_MAX_PIECE}}}(?=\s|$)|[^\n]{{{_MAX_PIECE}}}|[^\n]+")
# Words of plain ASCII are never touched: they tell which stretch before stands for which stretch after.
_ANCHOR = re.compile(r"(?:^|(?<= ))[\x21-\x7e]+(?= |$)")


def find_mojibake(text: str) -> Iterator[Replacement]:
    """Give the replacements that mend wrongly decoded letters; quotation marks stay as they are.

    Notes
    -----
    Deterministic. ftfy changes a stretch only where it is hardly possible as text; letters that were lost (question
    marks, U+FFFD) stay lost.
    """
    if text.isascii() or not _SMELL.search(text):
        return
    for line in _PIECE.finditer(text):
        if _SMELL.search(line[0]):
            yield from _mend(line[0], line.start())


def _mend(line: str, start: int) -> Iterator[Replacement]:
    mended = _fix(line)
    if mended == line:
        return
    before, after = list(_ANCHOR.finditer(line)), list(_ANCHOR.finditer(mended))
    if [word[0] for word in before] != [word[0] for word in after]:
        before, after = [], []
    ends = [0, *(word.end() for word in before)], [0, *(word.end() for word in after)]
    starts = [*(word.start() for word in before), len(line)], [*(word.start() for word in after), len(mended)]
    for a, b, c, d in zip(ends[0], starts[0], ends[1], starts[1], strict=True):
        if line[a:b] != mended[c:d]:
            yield _trim(line[a:b], mended[c:d], start + a)


def _trim(removed: str, inserted: str, start: int) -> Replacement:
    """Leave out what both share at the ends, but always remove something."""
    shortest = min(len(removed), len(inserted))
    head = _shared(removed, inserted)
    tail = min(_shared(removed[::-1], inserted[::-1]), shortest - head)
    if head + tail == len(removed):
        head, tail = (head - 1, tail) if head else (head, tail - 1)
    end = start + len(removed) - tail
    return Replacement(start + head, end, inserted[head : len(inserted) - tail], "mojibake")


def _shared(one: str, other: str) -> int:
    """Count the characters both begin with."""
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _fix(line: str) -> str:
    # Imported here: most corpora need no mending.
    from ftfy import fix_encoding

    return str(fix_encoding(line, unescape_html=False, uncurl_quotes=False, normalization=None))
