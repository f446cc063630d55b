"""Numbers of things in a sentence: `48 combat drones`, `trentuno documenti`."""

from __future__ import annotations

import re
from functools import cache

from inchiesta.text.lemmas import lemma_of
from inchiesta.text.lists import read_stopwords
from inchiesta.timeline.words import read_vocabulary

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:[-‑]\w+)*|[^\w\s]")
# A thing stands at most this many words behind its number: 48 recently delivered combat drones.
_REACH = 4
# One of something is an article as often as a number.
_LEAST, _MOST_DIGITS = 2, 6
_SHORTEST = 4
_TENS = {
    "venti": 20,
    "trenta": 30,
    "quaranta": 40,
    "cinquanta": 50,
    "sessanta": 60,
    "settanta": 70,
    "ottanta": 80,
    "novanta": 90,
}
_ONES = {"uno": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9}

# number, thing (lemma), place of the number in the sentence
Quantity = tuple[int, str, int]


@cache
def _number_words(language: str) -> dict[str, int]:
    given = read_vocabulary(language).given
    words = {word: int(kinds["number"]) for word, kinds in given.items() if "number" in kinds}
    if language == "it":
        for ten, n in _TENS.items():
            for one, m in _ONES.items():
                # The last vowel of the tens falls before uno and otto; tre takes an accent.
                stem = ten[:-1] if one[0] in "uo" else ten
                words[stem + one.replace("tre", "tré" if one == "tre" else one)] = n + m
                words[stem + one] = n + m
        return words
    tens = {word: n for word, n in words.items() if n in range(20, 100, 10) and "-" not in word}
    ones = {word: n for word, n in words.items() if 1 <= n <= 9 and len(word) > 2}
    return words | {f"{ten}-{one}": n + m for ten, n in tens.items() for one, m in ones.items()}


def find_quantities(text: str, language: str, dated: list[tuple[int, int]]) -> list[Quantity]:
    """Give the numbers of a sentence with each word they may count; `dated` are the spans of its dates."""
    numbers = _number_words(language)
    tokens = [(found[0], found.start()) for found in _TOKEN.finditer(text)]
    found: list[Quantity] = []
    for place, (_, at) in enumerate(tokens):
        value = _value(tokens, place, numbers)
        if value is None or value < _LEAST or any(start <= at < end for start, end in dated):
            continue
        found += [(value, thing, at) for thing in _things(tokens[place + 1 : place + 1 + _REACH], language)]
    return found


def _value(tokens: list[tuple[str, int]], place: int, numbers: dict[str, int]) -> int | None:
    token, at = tokens[place]
    if not token[0].isdecimal():
        return numbers.get(token.lower())
    before = tokens[place - 1] if place else ("", -1)
    after = tokens[place + 1] if place + 1 < len(tokens) else ("", -1)
    # 1.200 and 3,5 are one number, 2019-22 none of things, 5% and $5 not either.
    if after[0] in ("%", "°", "/", ":") or before[0] in ("$", "€", "£", "/", ":", "-", "–"):
        return None
    joined = after[0] in (".", ",", "-", "–") and after[1] == at + len(token) and place + 2 < len(tokens)
    if joined and tokens[place + 2][0][0].isdecimal() and tokens[place + 2][1] == after[1] + 1:
        return None
    if before[0] in (".", ",") and before[1] == at - 1:
        return None
    return int(token) if len(token) <= _MOST_DIGITS else None


def _things(behind: list[tuple[str, int]], language: str) -> list[str]:
    things: list[str] = []
    for token, _ in behind:
        if not token[0].isalpha():
            break
        low = token.lower()
        kinds = read_vocabulary(language).given.get(low, {})
        if low in read_stopwords(language) or "unit" in kinds or "month" in kinds:
            if things or "unit" in kinds or "month" in kinds:
                break
            continue
        if len(low) >= _SHORTEST:
            things.append(lemma_of(low, language))
    return things
