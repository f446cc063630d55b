"""What a word tells by itself: its letters, its shape, and the lists it stands in. Computed once for each type."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import numpy as np
from numpy.typing import NDArray

from inchiesta.actors.word_lists import (
    demonym_words,
    given_names,
    heads,
    particles,
    surname_hints,
    title_words,
    word_classes,
    wordlike_names,
)
from inchiesta.text.lemmas import is_in_dictionary

Codes = NDArray[np.int64]

ATTRIBUTES = (
    "low", "word", "prefix2", "prefix3", "prefix4", "suffix1", "suffix2", "suffix3", "suffix4", "shape", "form",
    "group", "given", "wordlike", "surname", "title", "head", "demonym", "class", "dictionary", "particle",
)  # fmt: skip
# Codes of an attribute: outside the sentence, nothing the model knows, and from here on its values.
OUTSIDE, UNKNOWN, FIRST_VALUE = 0, 1, 2
# Longer words differ by their letters, not by how many there are.
LONGEST_SHAPE = 5
AFFIXES = (2, 3, 4)
REPEATED = re.compile(r"(.)\1+")
BEGINNERS = frozenset("«“\"'‘:–—•*")
# What keeps a token out of every name (bits): words that never stand in one; a dash or a full stop, by what is beside.
NEVER, DASH, STOP, LONG_SMALL = 1, 2, 4, 8
DASHES, STOPS = frozenset("-–—"), frozenset(".!?;")
# A full stop behind a word of so many small letters ends a sentence, whatever the splitter made of it.
LONG = 4


def describe_word(word: str, language: str) -> dict[str, str]:
    """Give the attributes of a word: name to value, only those it has.

    >>> describe_word("Groza", "it")["form"], describe_word("Groza", "it")["suffix3"]
    ('Xx+', 'oza')
    """
    low = word.lower().replace("’", "'")
    shape = "".join(map(_letter_shape, word)) if word[0].isalnum() else word
    form = REPEATED.sub(r"\1+", shape)
    found = {
        "low": low,
        "suffix1": low[-1],
        "form": form,
        "shape": shape if len(shape) <= LONGEST_SHAPE else f"{form}{min(len(shape), 9)}",
    }
    if word != low:
        found["word"] = word
    for size in AFFIXES:
        if len(low) >= size:
            found[f"prefix{size}"], found[f"suffix{size}"] = low[:size], low[-size:]
    found |= _lists(word, low, language)
    found["group"] = _group(word, low, found)
    return found


def _letter_shape(letter: str) -> str:
    return "X" if letter.isupper() else "x" if letter.islower() else "9" if letter.isdigit() else letter


def _lists(word: str, low: str, language: str) -> dict[str, str]:
    """Give the lists a word stands in. A name counts with its capital only."""
    found: dict[str, str] = {}
    is_capital = word[0].isupper()
    name = word.capitalize() if word.isupper() else word
    for attribute, names in (
        ("given", given_names()),
        ("wordlike", wordlike_names()),
        ("surname", surname_hints()),
    ):
        if is_capital and name in names:
            found[attribute] = "1"
    for attribute, table in (
        ("title", title_words()),
        ("class", word_classes(language)),
        ("particle", particles()),
    ):
        if low in table:
            found[attribute] = table[low]
    if low in heads(language):
        found["head"] = heads(language)[low][0]
    if low in demonym_words():
        found["demonym"] = "1"
    if word.isalpha() and is_in_dictionary(low, language):
        found["dictionary"] = "1"
    return found


def _group(word: str, low: str, found: Mapping[str, str]) -> str:
    """Give the coarse group of a word, fine enough to be paired with its neighbours' groups."""
    if not word[0].isalnum():
        return f"mark {word}"
    kind = found.get("class", "")
    if word[0].isdigit():
        return "number"
    if not word[0].isupper():
        for attribute in ("title", "demonym", "head"):
            if attribute in found:
                return attribute
        return f"small {low}" if kind == "function" or "particle" in found else "small"
    capitals = "all" if len(word) > 1 and word.isupper() else "one" if len(word) == 1 else "first"
    marks = [capitals]
    marks += [attribute for attribute in ("title", "demonym", "dictionary") if attribute in found]
    marks += ["given"] if "given" in found or "wordlike" in found else ["surname"] if "surname" in found else []
    marks += [found["head"]] if "head" in found else []
    marks += [kind] if kind else []
    return " ".join(marks)


class Words:
    """The types of one language met so far in this process, with the codes of their attributes.

    ``values`` maps each attribute's values to their codes; a value it lacks is `UNKNOWN`. ``never`` are words in small
    letters that stand in no name.
    """

    def __init__(
        self, language: str, values: Mapping[str, Mapping[str, int]], never: Collection[str] = frozenset()
    ) -> None:
        self.language = language
        self.values = values
        self.never = frozenset(never)
        self._numbers: dict[str, int] = {}
        self._lower: dict[str, int] = {}
        self._rows: list[list[int]] = []
        self._traits: list[tuple[int, bool, bool, bool, int]] = []
        self._table = np.zeros((0, len(ATTRIBUTES)), dtype=np.int32)
        self._trait_table = np.zeros((0, 5), dtype=np.int64)

    def __len__(self) -> int:
        return len(self._rows)

    def number(self, words: Iterable[str]) -> list[int]:
        """Give the number of each word, new ones included."""
        words = list(words)
        found = list(map(self._numbers.get, words))
        if None not in found:
            return found  # type: ignore[return-value]
        return [self._add(word) if number is None else number for word, number in zip(words, found, strict=True)]

    def _add(self, word: str) -> int:
        if word in self._numbers:  # met earlier in the same call
            return self._numbers[word]
        number = self._numbers[word] = len(self._rows)
        found = describe_word(word, self.language)
        self._rows.append(
            [self.values[name].get(found[name], UNKNOWN) if name in found else UNKNOWN for name in ATTRIBUTES]
        )
        lower = self._lower.setdefault(found["low"], len(self._lower))
        bars = NEVER * (word in self.never) + DASH * (word in DASHES) + STOP * (word in STOPS)
        bars += LONG_SMALL * (len(word) >= LONG and word.isalpha() and word.islower())
        self._traits.append((lower, word[0].isupper(), word in ("-", "–", "&"), word in BEGINNERS, bars))
        return number

    def table(self) -> NDArray[np.int32]:
        """Give the codes: a row per type, a column per attribute."""
        if len(self._table) < len(self._rows):
            new = np.array(self._rows[len(self._table) :], dtype=np.int32)
            self._table = np.concatenate([self._table, new])
        return self._table

    def traits(self) -> Codes:
        """Give, per type: number of its lower-case form; is it capitalised, a joint of capitals, an opener; bars."""
        if len(self._trait_table) < len(self._traits):
            new = np.array(self._traits[len(self._trait_table) :], dtype=np.int64)
            self._trait_table = np.concatenate([self._trait_table, new])
        return self._trait_table
