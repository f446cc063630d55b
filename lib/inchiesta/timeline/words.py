"""The words time is told with, by language: months, weekdays, units, numbers, days with a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from inchiesta.text.lists import FULL_LANGUAGES, read_rows

# What a word may stand for: kind -> value ("mar": {"month": 3, "weekday": 1}).
Kinds = dict[str, Any]

# Digits, letters and every other sign apart: 12th is 12 + th, 2018-2022 is 2018 + - + 2022. In Italian an elided word
# keeps its apostrophe. No part can backtrack.
TOKENS = {
    "it": re.compile(r"\d+|[^\W\d_]+(?:['’](?=\w))?|[^\w\s]|_"),
    "en": re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_"),
}
# Kinds that make a sentence worth parsing; all others (a, in, last, first) only help one of these.
TRIGGERS = ("month", "weekday", "weekdays", "unit", "season", "deictic", "holiday", "decade", "short", "part")
# Which rules of the grammar a word of a kind may begin, behind an article or not.
_SHIFTED = ("month", "weekday", "unit", "season", "holiday")
OPENS = {
    "month": ("date", "month"),
    "weekday": ("date", "weekday"),
    "num": ("date", "weekday", "unit", "years"),
    "number": ("date", "weekday", "unit"),
    "ordinal": ("date", "years"),
    "last": _SHIFTED,
    "next": _SHIFTED,
    "this": _SHIFTED,
    "that": ("unit",),
    "unit": ("unit", "years"),
    "season": ("season",),
    "decade": ("years",),
    "apostrophe": ("years",),
    "roman": ("years",),
    "holiday": ("holiday",),
    "deictic": ("deictic",),
}
# Kinds with which an expression of several parts may begin.
_OPEN_MORE = (
    "article",
    "edge",
    "half",
    "vague",
    "yearword",
    "from",
    "between",
    "ahead",
    "hedge",
    "short",
    "quarter sign",
)
# Longer names of months and days are words of their own; "mar", "sat", "set" are also other words.
SHORT_NAME = 4


NOTHING: Kinds = {}


class Words(dict[str, Kinds]):
    """What each word may stand for; numbers are read when first met, other words stand for nothing."""

    # A larger vocabulary is forgotten and learned anew.
    LARGEST = 300_000

    def __missing__(self, word: str) -> Kinds:
        # Numbers of more than four digits are no part of a date.
        kinds = finish({"num": int(word) if len(word) <= 4 else -1}) if word.isdecimal() else NOTHING
        if len(self) < self.LARGEST:
            self[word] = kinds
        return kinds


# Stands between two texts that are read as one; no text holds it once it is cleaned.
BORDER = "\0"


class Marks(dict[str, int]):
    """What each word is to the prefilter: 1 for a word of time, 2 for a number, 3 for `BORDER`, 0 for the others."""

    def __missing__(self, word: str) -> int:
        mark = 2 if word[0] in _NUMERALS or word[-1] in _NUMERALS else 0
        if len(self) < Words.LARGEST:
            self[word] = mark
        return mark


_NUMERALS = frozenset("0123456789")


def finish(kinds: Kinds) -> Kinds:
    """Add what the grammar asks of every word: the rules it may begin, and whether it is worth a look at all."""
    rules = {rule for kind in kinds for rule in OPENS.get(kind, ())}
    if rules or any(kind in kinds for kind in _OPEN_MORE):
        kinds["opens"] = frozenset(rules)
    if any(kind in kinds for kind in TRIGGERS) or kinds.get("num", 0) > 999:
        kinds["trigger"] = True
    return kinds


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language: `words` by their first token, `triggers` of the prefilter."""

    language: str
    words: Words = field(default_factory=lambda: Words())
    # First token -> phrases that begin with it, longest first, each with its kinds.
    phrases: dict[str, list[tuple[tuple[str, ...], Kinds]]] = field(default_factory=dict)
    pairs: frozenset[tuple[str, str]] = frozenset()  # the first two tokens of each phrase
    triggers: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()  # all words that may be part of an expression
    joints: frozenset[str] = frozenset()  # words that join others and end no expression
    marks: Marks = field(default_factory=Marks)
    # The words of the lists alone: `words` learns others while it reads.
    given: dict[str, Kinds] = field(default_factory=dict)


def split(text: str, language: str) -> list[str]:
    """Give the tokens of a text in lower case, with typewriter apostrophes."""
    # The letter behind lets an elided word at the end keep its apostrophe.
    tokens = TOKENS[language].findall(text.replace("’", "'") + ("x" if text.endswith("'") else ""))
    return [token.lower() for token in (tokens[:-1] if text.endswith("'") else tokens)]


_ROMAN = ["x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi"]
_SIGNS = [("'", "apostrophe"), ("‘", "apostrophe"), ("q", "quarter sign"), *((roman, "roman") for roman in _ROMAN)]


@cache
def read_vocabulary(language: str) -> Vocabulary:
    """Read the words of a language, once."""
    vocabulary = Vocabulary(language)
    for expression, kind, value in _entries(language):
        tokens = tuple(split(expression, language))
        if len(tokens) == 1:
            vocabulary.words.setdefault(tokens[0], {})[kind] = value
        else:
            _add_phrase(vocabulary, tokens, kind, value)
    for sign, kind in _SIGNS:
        vocabulary.words.setdefault(sign, {})[kind] = True
    for kinds in [*vocabulary.words.values(), *(kinds for run in vocabulary.phrases.values() for _, kinds in run)]:
        finish(kinds)
    for phrases in vocabulary.phrases.values():
        phrases.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    triggers = frozenset(_find_triggers(vocabulary))
    return Vocabulary(
        language,
        vocabulary.words,
        vocabulary.phrases,
        frozenset((head, phrase[1]) for head, entries in vocabulary.phrases.items() for phrase, _ in entries),
        triggers,
        frozenset(_find_known(vocabulary)),
        frozenset(w.strip("'") for w, kinds in vocabulary.words.items() if not kinds.keys() - _JOINING)
        | {"'", "’", ",", "."},
        Marks(dict.fromkeys(triggers, 1) | {BORDER: 3}),
        dict(vocabulary.words),
    )


def _add_phrase(vocabulary: Vocabulary, tokens: tuple[str, ...], kind: str, value: Any) -> None:
    entries = vocabulary.phrases.setdefault(tokens[0], [])
    for known, kinds in entries:
        if known == tokens:
            kinds[kind] = value
            return
    entries.append((tokens, {kind: value}))


def _find_triggers(vocabulary: Vocabulary) -> set[str]:
    """Give the whole words one of which every expression without a date in digits holds."""
    found = {word for word, kinds in vocabulary.words.items() if any(kind in kinds for kind in TRIGGERS)}
    found |= {f"{n}s" for decade in range(10) for n in (decade * 10, 1900 + decade * 10, 2000 + decade * 10)}
    for entries in vocabulary.phrases.values():
        for tokens, kinds in entries:
            if any(kind in kinds for kind in TRIGGERS):
                # Its longest word: "day after tomorrow" is met by tomorrow, "l'altra sera" by altra.
                found.add(max(tokens, key=len).strip("'"))
    return found


# Kinds of words that stand before what they belong to.
_JOINING = frozenset(
    {"article", "of", "in", "from", "to", "between", "and", "hedge", "era", "every", "street", "apostrophe", "opens"}
)


def _find_known(vocabulary: Vocabulary) -> set[str]:
    parts = {part for entries in vocabulary.phrases.values() for phrase, _ in entries for part in phrase}
    # Elided words stand without their apostrophe among the words of the prefilter.
    return {word.strip("'") for word in parts | vocabulary.words.keys()} - {""}


def _entries(language: str) -> list[tuple[str, str, Any]]:
    entries: list[tuple[str, str, Any]] = []
    for expression, kind, value in read_rows(language, "time.tsv"):
        entries.append((expression, kind, int(value) if re.fullmatch(r"-?\d+", value) else value))
    for name, month in read_rows(language, "months.tsv"):
        entries.append((name, "month", int(month)))
        if len(name) <= SHORT_NAME and name not in ("may", "june", "july"):
            entries.append((name, "short name", True))
    for expression, month, day, use in ((*row, "")[:4] for row in read_rows(language, "holidays.tsv")):
        entries.append((expression, "holiday", (int(month), *_nth(day), use == "alone")))
    return entries + _weekdays(language)


def _nth(day: str) -> tuple[int, int]:
    """Give a day and -1, or for "4 3" the fourth and Thursday."""
    first, _, weekday = day.partition(" ")
    return int(first), int(weekday or -1)


def _weekdays(language: str) -> list[tuple[str, str, Any]]:
    """Give the names of the days, in their order, then their abbreviations; the hours behind them are left out."""
    names = [row[0] for row in read_rows(language, "weekdays.txt")][:14]
    entries: list[tuple[str, str, Any]] = []
    for place, name in enumerate(names):
        entries.append((name, "weekday", place % 7))
        if language == "en" and place < 7:
            entries.append((name + "s", "weekdays", place))
        if place >= 7:
            entries.append((name, "short name", True))
        if name.endswith("ì"):  # an accent lost on the way
            entries.append((name[:-1] + "i", "weekday", place % 7))
    return entries


class Tenses(dict[str, str]):
    """The tense each word shows, empty for most: by the word itself or by its ending."""

    # Shorter words are not verbs with an ending: ora, via, bed.
    SHORTEST = 5

    def __init__(self, language: str) -> None:
        rows = read_rows(language, "tenses.tsv")
        super().__init__((word, tense) for word, tense in rows if not tense.endswith(" ending"))
        self.endings = {word: tense.removesuffix(" ending") for word, tense in rows if tense.endswith(" ending")}

    def __missing__(self, word: str) -> str:
        tense = ""
        if len(word) >= self.SHORTEST:
            tense = next((self.endings[end] for size in (5, 4, 3, 2, 1) if (end := word[-size:]) in self.endings), "")
        if len(self) < Words.LARGEST:
            self[word] = tense
        return tense


@cache
def read_tenses(language: str) -> Tenses:
    """Give the words and the endings that show tense."""
    return Tenses(language)


LANGUAGES = FULL_LANGUAGES
