"""Paragraphs a document says twice, to the letter or in other words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

# Fewer words than this recur by chance: names, formulas, headings. In other words it takes a whole sentence.
MIN_WORDS, MIN_REWORDED = 9, 12
# A repeat is looked for only where a tenth of the paragraph's pairs of neighbouring words stand in the earlier one.
_MIN_PAIR_SHARE = 0.10
# Said again in other words: so many of its words stand in one earlier paragraph, and so many in runs of three within
# a stretch of it twice as long. Sentences about the same event share names and topic words, 0.3 to 0.5 of all, seldom
# in the same order; the thresholds were set by reading what fires on 504 articles.
_MIN_SHARE, _MIN_RUN_SHARE, _STRETCH = 0.75, 0.50, 2
# A new number or new names make it a formula filled anew (weather, results, captions), not a repeat.
_MIN_NAME_SHARE = 0.8
# A question takes up the words of the text it asks about.
_CLOSING = "»”\"'’) "
_WORD = re.compile(r"\w+")


class Repeat(NamedTuple):
    """A later paragraph, the earlier one, share of its words there (0-1), `same` or `reworded`."""

    paragraph: int
    repeats_paragraph: int
    similarity: float
    kind: str


def find_repeats(paragraphs: list[str]) -> list[Repeat]:
    """Give the paragraphs that repeat an earlier one of the same document.

    Parameters
    ----------
    paragraphs : list of str
        The lines of a clean text, in their order.

    Returns
    -------
    list of Repeat
        By ``paragraph``; the earlier paragraph with the greatest similarity, the first of equals.

    Notes
    -----
    Deterministic. A paragraph counts as repeated when it is contained in the earlier one; the earlier may say more. A
    free retelling that keeps hardly a word is not found.
    """
    first_place: dict[tuple[str, str], int] = {}
    words_of: dict[int, list[str]] = {}
    repeats: list[Repeat] = []
    for number, paragraph in enumerate(paragraphs):
        words = _WORD.findall(paragraph.casefold()) if len(paragraph) > MIN_WORDS * 3 else []
        if len(words) < MIN_WORDS:
            continue
        pairs = set(pairwise(words))
        common = pairs & first_place.keys()
        if len(common) >= _MIN_PAIR_SHARE * len(pairs):
            places = Counter(first_place[pair] for pair in common)
            candidates = sorted(place for place, n in places.items() if n >= _MIN_PAIR_SHARE * len(pairs))
            repeats += _best(number, paragraph, words, {place: words_of[place] for place in candidates})
        first_place.update(dict.fromkeys(pairs - common, number))
        words_of[number] = words
    return repeats


def _best(number: int, paragraph: str, words: list[str], earlier: dict[int, list[str]]) -> list[Repeat]:
    """Give the best repeat among the earlier paragraphs, or none."""
    may_be_reworded = len(words) >= MIN_REWORDED and not paragraph.rstrip(_CLOSING).endswith("?")
    names = _names_in(paragraph)
    found: list[Repeat] = []
    for place, earlier_words in earlier.items():
        if _holds_run(earlier_words, words):
            return [Repeat(number, place, 1.0, "same")]
        share = _reworded_share(words, names, earlier_words) if may_be_reworded else 0.0
        if share:
            found.append(Repeat(number, place, round(share, 4), "reworded"))
    return sorted(found, key=lambda repeat: -repeat.similarity)[:1]


def _reworded_share(words: list[str], names: set[str], earlier: list[str]) -> float:
    """Give the share of the words in the earlier paragraph if it says the same, else 0."""
    counts = Counter(earlier)
    share = (Counter(words) & counts).total() / len(words)
    if share < _MIN_SHARE or any(word.isdigit() and word not in counts for word in words):
        return 0.0
    if sum(name in counts for name in names) < _MIN_NAME_SHARE * len(names):
        return 0.0
    return share if _run_share(words, earlier) >= _MIN_RUN_SHARE else 0.0


def _names_in(paragraph: str) -> set[str]:
    """Give the capitalised words that do not open the paragraph, case folded."""
    return {word.casefold() for word in _WORD.findall(paragraph)[1:] if word[0].isupper()}


def _holds_run(earlier: list[str], words: list[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(earlier)} "


def _run_share(words: list[str], earlier: list[str]) -> float:
    """Give the share of the words that stand, in runs of three and more, in one stretch of the earlier paragraph."""
    places: dict[tuple[str, str, str], int] = {}
    for place, run in enumerate(zip(earlier, earlier[1:], earlier[2:], strict=False)):
        places.setdefault(run, place)
    runs = enumerate(zip(words, words[1:], words[2:], strict=False))
    found = sorted((places[run], i) for i, run in runs if run in places)
    covered: Counter[int] = Counter()
    best = last = 0
    for place, i in found:
        covered.update((i, i + 1, i + 2))
        while found[last][0] <= place - _STRETCH * len(words):
            covered.subtract(gone := range(found[last][1], found[last][1] + 3))
            for k in gone:
                if not covered[k]:
                    del covered[k]
            last += 1
        best = max(best, len(covered))
    return best / len(words)
