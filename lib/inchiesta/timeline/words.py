"""The words time is told with, by language: months, weekdays, units, numbers, days with a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from inchiesta.text.lists import FULL_LANGUAGES, read_rows

# What a word may stand for: kind -> value ("mar": {"month": 3, "weekday": 1}).
Kinds = dict[str, Any]

# Digits, letters and every other sign apart: 12th is 12 + th, 2018-2022 is 2018 + - + 2022. No part can backtrack.
TOKEN = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
WORD = re.compile(r"[^\W_]+")
# Kinds that make a sentence worth parsing; all others (a, in, last, first) only help one of these.
TRIGGERS = ("month", "weekday", "unit", "season", "deictic", "holiday", "decade", "short", "part")
# Longer names of months and days are words of their own; "mar", "sat", "set" are also other words.
SHORT_NAME = 4


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language: `words` by their first token, `triggers` of the prefilter."""

    language: str
    words: dict[str, Kinds] = field(default_factory=dict)
    # First token -> phrases that begin with it, longest first, each with its kinds.
    phrases: dict[str, list[tuple[tuple[str, ...], Kinds]]] = field(default_factory=dict)
    triggers: frozenset[str] = frozenset()


def split(text: str) -> list[str]:
    """Give the tokens of a text in lower case, with typewriter apostrophes."""
    return [token.lower().replace("’", "'") for token in TOKEN.findall(text)]


@cache
def read_vocabulary(language: str) -> Vocabulary:
    """Read the words of a language, once."""
    vocabulary = Vocabulary(language)
    for expression, kind, value in _entries(language):
        tokens = tuple(split(expression))
        if len(tokens) == 1:
            vocabulary.words.setdefault(tokens[0], {})[kind] = value
        else:
            _add_phrase(vocabulary, tokens, kind, value)
    for phrases in vocabulary.phrases.values():
        phrases.sort(key=lambda entry: (-len(entry[0]), entry[0]))
    return Vocabulary(language, vocabulary.words, vocabulary.phrases, frozenset(_find_triggers(vocabulary)))


def _add_phrase(vocabulary: Vocabulary, tokens: tuple[str, ...], kind: str, value: Any) -> None:
    entries = vocabulary.phrases.setdefault(tokens[0], [])
    for known, kinds in entries:
        if known == tokens:
            kinds[kind] = value
            return
    entries.append((tokens, {kind: value}))


def _find_triggers(vocabulary: Vocabulary) -> set[str]:
    """Give the whole words (as `WORD` cuts them) one of which every expression without a date in digits holds."""
    found = {word for word, kinds in vocabulary.words.items() if any(kind in kinds for kind in TRIGGERS)}
    found |= {f"{n}s" for decade in range(10) for n in (decade * 10, 1900 + decade * 10, 2000 + decade * 10)}
    for entries in vocabulary.phrases.values():
        for tokens, kinds in entries:
            if any(kind in kinds for kind in TRIGGERS):
                # Its longest word: "day after tomorrow" is met by tomorrow, "l'altra sera" by altra.
                found.add(max(tokens, key=len))
    return found


def _entries(language: str) -> list[tuple[str, str, Any]]:
    entries: list[tuple[str, str, Any]] = []
    for expression, kind, value in read_rows(language, "time.tsv"):
        entries.append((expression, kind, int(value) if re.fullmatch(r"-?\d+", value) else value))
    for name, month in read_rows(language, "months.tsv"):
        entries.append((name, "month", int(month)))
        if len(name) <= SHORT_NAME and name not in ("may", "june", "july"):
            entries.append((name, "short name", True))
    for expression, month, day, use in (tuple([*row, ""])[:4] for row in read_rows(language, "holidays.tsv")):
        entries.append((expression, "holiday", (int(month), int(day), use == "alone")))
    return entries + _weekdays(language)


def _weekdays(language: str) -> list[tuple[str, str, Any]]:
    """Give the names of the days, in their order, then their abbreviations; the hours behind them are left out."""
    names = [row[0] for row in read_rows(language, "weekdays.txt")][:14]
    entries: list[tuple[str, str, Any]] = []
    for place, name in enumerate(names):
        entries.append((name, "weekday", place % 7))
        if place >= 7:
            entries.append((name, "short name", True))
        if name.endswith("ì"):  # an accent lost on the way
            entries.append((name[:-1] + "i", "weekday", place % 7))
    return entries


@cache
def read_tenses(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """Give the words and the endings that show tense."""
    rows = read_rows(language, "tenses.tsv")
    words = {word: tense for word, tense in rows if not tense.endswith(" ending")}
    endings = {word: tense.removesuffix(" ending") for word, tense in rows if tense.endswith(" ending")}
    return words, endings


LANGUAGES = FULL_LANGUAGES
