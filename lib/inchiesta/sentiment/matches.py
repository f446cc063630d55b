"""Where the expressions of the word lists stand in a batch of texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.expressions import Expression
from inchiesta.sentiment.lexicon import Lexicon, read_lexicon
from inchiesta.sentiment.pages import WORDS, Flags, Pages
from inchiesta.sentiment.words import BEGINS, CAPITAL, ROLE, VERB_ENDING, Whole

Reals = NDArray[np.float64]

TARGETS = ("", "agent", "patient", "holder", "both", "none")
PARTS = ("", "adj", "adv", "noun", "phrase", "verb")
SHIFTS = ("", "negation", "intensifier", "diminisher", "hearsay", "conditional", "irony", "adversative", "stop")
SCOPES = ("", "words after", "words before", "clause", "suffix")

# What a word and the next decide about an expression that begins there: which (and its reading as a verb) and how long;
# nothing, or that more words are needed.
Outcome = tuple[int, int, int]
NONE: Outcome = (-1, -1, 0)
LONGER: Outcome = (-2, -1, 0)
# About 40 MB; more pairs of words are forgotten and learned anew.
LARGEST = 300_000
LAST_WORD = ""
# Places of one word pair under one number; more words than this are not held (see `words.LARGEST`).
STRIDE = 1 << 24


@dataclass(frozen=True)
class Matches:
    """Expressions at tokens first to last (one past the end), in the order of the texts, none over another.

    A verb that colours both of its sides comes twice, the second time (`is_second`) as what it says of the other.
    """

    first: Whole
    last: Whole
    sentence: Whole
    score: Reals
    factor: Reals
    target: Whole
    part: Whole
    shift: Whole
    scope: Whole
    is_second: Flags

    def __len__(self) -> int:
        return len(self.first)

    def only(self, chosen: Flags | Whole) -> Matches:
        """Give some of them."""
        return Matches(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def is_shift(self, name: str) -> Flags:
        """Give which shift in a way (one of `SHIFTS`)."""
        return np.asarray(self.shift == SHIFTS.index(name), dtype=bool)


class Finder:
    """The expressions of one language by number, and what pairs of words were found to begin."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._numbers: dict[Expression, int] = {}
        self._outcomes: dict[int, Outcome] = {}
        self._walked: dict[tuple[int, ...], Outcome] = {}
        self._columns: dict[str, NDArray[Any]] = {}
        # Forgotten when the words are: the keys are made of their numbers.
        self._traits = WORDS.of(lexicon.language)

    def find(self, pages: Pages, sentences: Whole) -> Matches:
        """Give the expressions of some sentences."""
        if self._traits is not WORDS.of(self.lexicon.language):
            self._traits, self._outcomes, self._walked = WORDS.of(self.lexicon.language), {}, {}
        chosen = np.zeros(len(pages.firsts) + 1, dtype=bool)
        chosen[sentences] = True
        places = np.flatnonzero(chosen[pages.sentence] & ((pages.flags & BEGINS) > 0))
        ends = pages.lasts[pages.sentence[places]]
        following = np.where(places + 1 < ends, pages.types[np.minimum(places + 1, len(pages.types) - 1)], STRIDE - 1)
        keys, back = np.unique(pages.types[places] * STRIDE + following, return_inverse=True)
        _, examples = np.unique(back, return_index=True)
        outcomes = np.array(
            [
                self._outcome(key, pages.words, place, end)
                for key, place, end in zip(
                    keys.tolist(), places[examples].tolist(), ends[examples].tolist(), strict=True
                )
            ],
            dtype=np.int64,
        ).reshape(-1, 3)[back]
        begins = outcomes[:, 0] != NONE[0]
        places, ends, outcomes = places[begins], ends[begins], outcomes[begins]
        for row in np.flatnonzero(outcomes[:, 0] == LONGER[0]).tolist():
            outcomes[row] = self._walk(pages, int(places[row]), int(ends[row]))
        kept = np.flatnonzero(outcomes[:, 0] >= 0)
        kept = kept[_apart(places[kept], outcomes[kept, 2])]
        places, outcomes = places[kept], outcomes[kept]
        self._arrange()
        verbal = (outcomes[:, 1] >= 0) & are_verbal(pages, places)
        # "is corrupt": after a form of be only a participle is a verb, where the word may be an adjective.
        adjective = self._columns["part"][outcomes[:, 0]] == PARTS.index("adj")
        verbal &= ~(adjective & ((pages.flags[places] & VERB_ENDING) == 0))
        numbers = np.where(verbal, outcomes[:, 1], outcomes[:, 0])
        return self._matches(places, places + outcomes[:, 2], pages.sentence[places], numbers)

    def _outcome(self, key: int, words: Sequence[str], place: int, end: int) -> Outcome:
        outcome = self._outcomes.get(key)
        if outcome is None:
            if len(self._outcomes) >= LARGEST:
                self._outcomes.clear()
            after = words[place + 1] if place + 1 < end else LAST_WORD
            outcome = self._outcomes[key] = self._decide(words[place], after)
        return outcome

    def _decide(self, word: str, after: str) -> Outcome:
        start, roots = self.lexicon.starts[word], self.lexicon.roots
        if start is None:
            return NONE
        if isinstance(start, Expression):
            return self._number(start), -1, 1
        nodes = [roots[key] for key in start if key in roots]
        keys = self.lexicon.keys_cached(after) if after else ()
        second = [node[key] for node in nodes for key in keys if key in node]
        if any(set(node) - {""} for node in second):
            return LONGER
        for length, reached in ((2, second), (1, nodes)):
            for node in reached:
                if "" in node:
                    return self._read(node[""], word, length)
        return NONE

    def _walk(self, pages: Pages, place: int, last: int) -> Outcome:
        # Most phrases end with the third word: what three words decide is remembered.
        key = tuple(pages.types[place : min(place + 3, last)].tolist())
        outcome = self._walked.get(key)
        if outcome is None:
            expression, end, seen = self.lexicon.longest(pages.words, place, last)
            outcome = NONE if expression is None else self._read(expression, pages.words[place], end - place)
            if seen <= place + 3 and len(self._walked) < LARGEST:
                self._walked[key] = outcome
        return outcome

    def _read(self, expression: Expression, word: str, length: int) -> Outcome:
        number = self._number(expression)
        if length > 1 or expression.pos == "verb" or not expression.score:
            return number, -1, length
        verb = expression.verb or self.lexicon.verb_of(word)
        return number, -1 if verb is None else self._number(verb), length

    def _number(self, expression: Expression) -> int:
        if expression.also is not None:
            self._number(expression.also)
        return self._numbers.setdefault(expression, len(self._numbers))

    def _arrange(self) -> None:
        """Set the expressions met so far out in columns."""
        if "score" not in self._columns or len(self._columns["score"]) != len(self._numbers):
            rows = list(self._numbers)
            self._columns = {
                "score": np.array([row.score for row in rows]),
                "factor": np.array([row.factor for row in rows]),
                "target": np.array([TARGETS.index(row.target) for row in rows]),
                "part": np.array([PARTS.index(row.pos) for row in rows]),
                "shift": np.array([SHIFTS.index(row.shift) for row in rows]),
                "scope": np.array([SCOPES.index(row.scope) for row in rows]),
                "also": np.array([-1 if row.also is None else self._numbers[row.also] for row in rows]),
            }

    def _matches(self, first: Whole, last: Whole, sentence: Whole, numbers: Whole) -> Matches:
        """Give expressions at places; a verb that colours both sides comes twice, the second time as its other side."""
        both = np.flatnonzero(self._columns["also"][numbers] >= 0) if len(numbers) else np.zeros(0, dtype=np.int64)
        row = np.append(np.arange(len(numbers)), both)
        is_second = np.append(np.zeros(len(numbers), dtype=bool), np.ones(len(both), dtype=bool))
        order = np.lexsort((is_second, first[row]))
        row, is_second = row[order], is_second[order]
        number = np.where(is_second, self._columns["also"][numbers[row]], numbers[row]) if len(row) else row
        whole = {name: self._columns[name][number].astype(np.int64) for name in ("target", "part", "shift", "scope")}
        score, factor = self._columns["score"][number], self._columns["factor"][number]
        return Matches(first[row], last[row], sentence[row], score, factor, is_second=is_second, **whole)


def are_verbal(pages: Pages, places: Whole) -> Flags:
    """Give of words that may be verbs or nouns (critica, attack) whether they are verbs here."""
    inside = places > pages.firsts[pages.sentence[places]]
    before = np.where(inside, pages.flags[places - 1], 0)
    says = before & (ROLE["verbal"] | ROLE["active"] | ROLE["passive"] | ROLE["auxiliary"])
    denies = before & (ROLE["agent"] | ROLE["owner"] | ROLE["toward"] | ROLE["determiner"] | ROLE["place"])
    # "Tarnia attacks", "Rossi critica": a name right before; a participle or gerund is a verb anyway.
    formed = ((pages.flags[places] & VERB_ENDING) > 0) | ((before & CAPITAL) > 0)
    # "The press attacks Belvar", "supports the strike": a noun is hardly followed by its object.
    behind = places + 1 < pages.lasts[pages.sentence[places]]
    after = np.where(behind, pages.flags[np.minimum(places + 1, len(pages.flags) - 1)], 0)
    formed |= inside & ((after & CAPITAL) > 0) & (pages.ends[places] + 1 >= _next_start(pages, places))
    return np.asarray((says > 0) | ((denies == 0) & formed), dtype=bool)


def _next_start(pages: Pages, places: Whole) -> Whole:
    """Give where the next token begins: one character on where no mark stands between."""
    return np.asarray(pages.starts[np.minimum(places + 1, len(pages.starts) - 1)], dtype=np.int64)


def _apart(first: Whole, length: Whole) -> Whole:
    """Give which expressions stand, from left to right, when each uses up its words."""
    kept = np.ones(len(first), dtype=bool)
    for row in np.flatnonzero(length > 1).tolist():
        if kept[row]:
            covered = row + 1
            while covered < len(first) and first[covered] < first[row] + length[row]:
                kept[covered] = False
                covered += 1
    return np.flatnonzero(kept)


@cache
def _finder(language: str) -> Finder:
    return Finder(read_lexicon(language))


def find_matches(pages: Pages) -> Matches:
    """Give the expressions in all sentences, stops (phrases that only look like a tone word) among them."""
    found = [
        _finder(language).find(pages, np.flatnonzero(pages.languages == language))
        for language in np.unique(pages.languages).tolist()
    ]
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        nobody = np.zeros(0, dtype=bool)
        return Matches(nothing, nothing, nothing, np.zeros(0), np.zeros(0), nothing, nothing, nothing, nothing, nobody)
    joined = Matches(**{f.name: np.concatenate([getattr(part, f.name) for part in found]) for f in fields(Matches)})
    return joined.only(np.argsort(joined.first, kind="stable"))
