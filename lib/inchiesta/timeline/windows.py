"""Where in a text the words of time stand: the few words worth the grammar, cut out of sentences with many others.

An expression is a run of words of the vocabulary, numbers and marks around a word that tells time. Of what stands
beside the run the grammar asks only whether it is a word, a long one, with a capital, or a mark. So the neighbours are
replaced by a placeholder, and runs that have been read before (`w on Friday w`) are read from memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import compress

from inchiesta.timeline.grammar import find_meanings
from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.token_list import tokenise
from inchiesta.timeline.words import BORDER, Vocabulary, Words, read_vocabulary

# Signs that become words of their own. Replacing them takes a third of the time of a pattern that finds words.
_SIGNS = ",.'’:;-–—()[]«»“”\"/‘!?"
# What may stand beside a word: a sign, or any space `str.split` knows.
_EDGES = frozenset(_SIGNS) | {chr(code) for code in range(0x3001) if chr(code).isspace()}
_MARKS = frozenset(",.'’-–—/‘")
# Only a table's cell or a calendar's entry is this short: there "il 19" is a day.
SHORT = 24
# Words of the vocabulary before and behind a word of time that may belong to it ("from the end of the first ... ").
_LEFT, _RIGHT = 8, 8
# A run is cut after this many words: no expression is half as long, but a table of days is longer.
_MOST = 40
# A word this long behind a round number is what it counts (2000 soldiers); a shorter one is a function word.
_LONG = 4
_REMEMBERED = 100_000
# A longer run is a list or a table, and does not come twice.
_LONGEST = 300

Reading = tuple[tuple[int, int, Meaning], ...]


@dataclass(slots=True)
class Window:
    """A run in a sentence: ``words[first:last]`` tell time; `key` is the run disguised, `base` where that begins."""

    first: int
    last: int
    key: str
    base: int


def read_words(texts: Sequence[str], vocabulary: Vocabulary) -> list[tuple[list[str], list[int]] | None]:
    """Give the words and signs of each text in lower case and the places worth a look; none for a text without any.

    Many texts are split and looked up as one, which takes a third of the time of one by one.
    """
    joined = f" {BORDER} ".join(texts).lower()
    for sign in _SIGNS:
        if sign in joined:
            joined = joined.replace(sign, f" {sign} ")
    words = joined.split()
    if words.count(BORDER) != len(texts) - 1:  # a border inside of a text, or glued to a word
        if len(texts) > 1:
            return [found for text in texts for found in read_words([text], vocabulary)]
        words = [word for word in words if word != BORDER]
    found: list[tuple[list[str], list[int]] | None] = [None] * len(texts)
    number = begin = 0
    here: list[int] = []
    marks = vocabulary.marks
    for place in compress(range(len(words)), map(marks.__getitem__, words)):
        if words[place] != BORDER:
            here.append(place - begin)
            continue
        if here:
            found[number] = _keep(texts[number], words[begin:place], here, marks)
            here = []
        number, begin = number + 1, place + 1
    if here:
        found[number] = _keep(texts[number], words[begin:], here, marks)
    return found


def _keep(
    text: str, words: list[str], places: list[int], marks: Mapping[str, int]
) -> tuple[list[str], list[int]] | None:
    """Leave out numbers that are no date by themselves."""
    if len(text) > SHORT:
        places = [place for place in places if marks[words[place]] == 1 or _is_numeral(words, place)]
    return (words, places) if places else None


def find_windows(text: str, words: Sequence[str], places: Sequence[int], vocabulary: Vocabulary) -> Iterator[Window]:
    """Give the runs of a sentence around the places of `read_words`, in their order, not overlapping."""
    lower = text.lower()
    # A letter that is two in lower case, or a stray border: no places can be looked up.
    if len(lower) != len(text) or BORDER in text:
        yield Window(0, len(words), text, 0)
        return
    at = done = read = 0
    for first, last, begin, end in _find_runs(words, places, vocabulary):
        word = words[first]
        start = at = _find_word(lower, word, at, words[read:first].count(word))
        for known in reversed(words[begin:first]):
            start = lower.rfind(known, done, start)
        stop = at + len(word)
        for known in words[first + 1 : end]:
            stop = lower.find(known, stop) + len(known)
        left, right = _left(text, lower, words, begin, start), _right(text, lower, words, end, stop)
        yield Window(first, last, left + text[start:stop] + right, start - len(left))
        at, done, read = stop, stop, end


def _find_word(lower: str, word: str, at: int, n_before: int) -> int:
    """Give where a word stands as one of `read_words`, from a place on, behind so many others like it."""
    size = len(word)
    found = lower.find(word, at)
    while True:
        before, behind = lower[found - 1 : found], lower[found + size : found + size + 1]
        if not (before and before not in _EDGES) and not (behind and behind not in _EDGES):
            if not n_before:
                return found
            n_before -= 1
        found = lower.find(word, found + 1)


def _find_runs(
    words: Sequence[str], places: Sequence[int], vocabulary: Vocabulary
) -> Iterator[tuple[int, int, int, int]]:
    """Give (first word of time, behind the last, begin of the run, behind its end)."""
    known = _belonging(vocabulary.language)
    run: list[int] = []
    for place in places:
        if run and place < run[3] and place - run[2] < _MOST:
            run[1] = place + 1
            run[3] = _behind(words, place, known)
            continue
        if run:
            run[3] = min(run[3], place)
            yield run[0], run[1], run[2], _trim(words, run[1], run[3], vocabulary)
        least = max(place - _LEFT, run[3] if run else 0)
        begin = place
        while begin > least and known[words[begin - 1]]:
            begin -= 1
        run = [place, place + 1, begin, _behind(words, place, known)]
    if run:
        yield run[0], run[1], run[2], _trim(words, run[1], run[3], vocabulary)


_NUMERALS = frozenset("0123456789")


def _is_numeral(words: Sequence[str], place: int) -> bool:
    """Whether a number may be a date by itself: a year, a decade, or one of several between marks."""
    word = words[place]
    n_digits = sum(map(str.isdigit, word))
    if n_digits == 4 or (n_digits == 2 and word[-1] == "s"):
        return True
    return place + 2 < len(words) and words[place + 1] in "/.-" and words[place + 2][0] in _NUMERALS


class _Belonging(dict[str, bool]):
    """Whether each word may be part of an expression."""

    def __init__(self, known: frozenset[str]) -> None:
        super().__init__(dict.fromkeys([*known, *_MARKS], True))

    def __missing__(self, word: str) -> bool:
        belongs = word[0] in _NUMERALS
        if len(self) < Words.LARGEST:
            self[word] = belongs
        return belongs


@cache
def _belonging(language: str) -> _Belonging:
    return _Belonging(read_vocabulary(language).known)


def _behind(words: Sequence[str], place: int, known: _Belonging) -> int:
    most, place = min(len(words), place + 1 + _RIGHT), place + 1
    while place < most and known[words[place]]:
        place += 1
    return place


def _trim(words: Sequence[str], least: int, end: int, vocabulary: Vocabulary) -> int:
    """Leave out what cannot end an expression (`in`, `of`, `the`) behind its last word of time."""
    while end > least and words[end - 1] in vocabulary.joints:
        end -= 1
    return end


def _left(text: str, lower: str, words: Sequence[str], begin: int, start: int) -> str:
    """Give the disguise of what stands before a run."""
    if begin == 0:
        return ""
    space = " " if text[start - 1].isspace() else ""
    word = words[begin - 1]
    if not word[0].isalnum():
        return ("w" if begin > 1 else "") + word + space
    place = lower.rfind(word, 0, start)
    return _disguise(text[place : place + len(word)]) + space


def _right(text: str, lower: str, words: Sequence[str], end: int, stop: int) -> str:
    if end >= len(words):
        return ""
    space = " " if text[stop : stop + 1].isspace() else ""
    word = words[end]
    if not word[0].isalnum():
        at = stop + len(space)
        behind = " " if text[at + 1 : at + 2].isspace() else ""
        return space + word + (behind + "w" if end + 1 < len(words) else "")
    place = lower.find(word, stop)
    return space + _disguise(text[place : place + len(word)])


def _disguise(word: str) -> str:
    if word[0].isdecimal():
        return word
    letter = "W" if word[0].isupper() else "w"
    return letter + "w" * (_LONG if len(word) >= _LONG else 1)


def read_window(key: str, language: str, names: frozenset[str]) -> Reading:
    """Give the expressions of a run: first character, the one behind the last, and what is said."""
    return _read(key, language, names) if len(key) > _LONGEST else _remember(key, language, names)


def _read(key: str, language: str, names: frozenset[str]) -> Reading:
    tokens = tokenise(key, read_vocabulary(language), names)
    return tuple((tokens.start[first], tokens.end[last - 1], meaning) for first, last, meaning in find_meanings(tokens))


_remember = lru_cache(maxsize=_REMEMBERED)(_read)
