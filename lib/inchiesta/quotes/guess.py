"""Names guessed from capitals, where no table of mentions is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# Two to four capitalised words in a row, with what joins them in names.
_FULL = re.compile(
    r"\b[A-ZÀ-Ý][\w’'-]+(?: (?:(?:de|di|da|del|della|van|von|bin|al|el) )?(?:[A-Z]\.|[A-ZÀ-Ý][\w’'-]+)){1,3}"
)


def guess_names(text: str, sentences: Sequence[tuple[Any, ...]]) -> list[tuple[int, int, str, str]]:
    """Give what looks like the name of a person: several capitalised words, later on the last of them alone.

    Parameters
    ----------
    text : str
        The text of a document.
    sentences : sequence of tuples
        Start and end of each sentence come first in each.

    Returns
    -------
    list of (int, int, str, str)
        Start, end, ``PER`` and the words, in reading order. A rough guess: firms and places look the same.
    """
    starts = {row[0] for row in sentences}
    found: dict[int, int] = {}
    for match in _FULL.finditer(text):
        start = match.start()
        words = match[0].split(" ")
        if start in starts and len(words) > 2:
            start += len(words[0]) + 1
        found[start] = match.end()
    surnames = {text[start:end].split(" ")[-1] for start, end in found.items()}
    if surnames:
        for match in re.finditer(r"\b[A-ZÀ-Ý][\w’'-]+", text):
            if match[0] in surnames and not any(
                start <= match.start() < end for start, end in _near(found, match.start())
            ):
                found[match.start()] = match.end()
    return [(start, end, "PER", text[start:end]) for start, end in sorted(found.items())]


def _near(found: dict[int, int], position: int) -> list[tuple[int, int]]:
    # No name is longer than this many letters.
    return [(start, found[start]) for start in range(max(0, position - 80), position + 1) if start in found]
