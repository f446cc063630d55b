"""A sentence as tokens that know what they may stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from inchiesta.timeline.meanings import Parsed
from inchiesta.timeline.words import TOKENS, Kinds, Vocabulary

SUFFIXES = frozenset({"st", "nd", "rd", "th", "°", "º"})
# Months that are also common words where no number stands beside them; and those that are also first names.
AMBIGUOUS = {"en": frozenset({"may", "march", "august"}), "it": frozenset[str]()}
GIVEN_NAMES = AMBIGUOUS["en"] | {"april", "june"}
# Newspapers begin in the 17th century; later than this is a typing error or a code.
FIRST_YEAR, LAST_YEAR = 1600, 2199


@dataclass(slots=True)
class Tokens:
    """A sentence: the i-th token is ``text[start[i]:end[i]]``, `low` in lower case, `kinds` what it may stand for.

    `names` are months and weekdays that are somebody's name in this document.
    """

    language: str
    raw: list[str]
    low: list[str]
    kinds: list[Kinds]
    start: list[int]
    end: list[int]
    names: frozenset[str] = frozenset()
    # What was read at a place, so that no rule reads it twice.
    points: dict[tuple[int, bool], Parsed | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.raw)

    def is_(self, place: int, kind: str) -> bool:
        """Whether the token may stand for ``kind``; a place outside the sentence stands for nothing."""
        return 0 <= place < len(self.kinds) and kind in self.kinds[place]

    def any_(self, place: int, kinds: tuple[str, ...]) -> bool:
        """Whether the token may stand for one of `kinds`."""
        return 0 <= place < len(self.kinds) and any(kind in self.kinds[place] for kind in kinds)

    def word(self, place: int) -> str:
        """Give the token in lower case, empty outside the sentence."""
        return self.low[place] if 0 <= place < len(self.low) else ""

    def skip(self, place: int, kind: str) -> int:
        """Give the place behind an optional token of a kind."""
        return place + 1 if self.is_(place, kind) else place

    def skip_word(self, place: int, *words: str) -> int:
        """Give the place behind an optional word."""
        return place + 1 if self.word(place) in words else place

    def touches(self, place: int) -> bool:
        """Whether nothing stands between the token and the one before."""
        return 0 < place < len(self.raw) and self.end[place - 1] == self.start[place]

    def digits(self, place: int) -> str:
        """Give the token if it is a number, empty otherwise."""
        return self.raw[place] if 0 <= place < len(self.raw) and self.raw[place].isdecimal() else ""

    def is_capital(self, place: int) -> bool:
        """Whether the token is a word that begins with a capital."""
        return 0 <= place < len(self.raw) and self.raw[place][:1].isupper()

    def is_alone(self, first: int, last: int) -> bool:
        """Whether nothing else stands in the sentence: a cell of a table, an entry of a calendar."""
        if len(self.raw) - (last - first) > 3:
            return False
        rest = [*range(first), *range(last, len(self.raw))]
        return all(not self.raw[p].isalnum() or self.any_(p, ("article", "in", "of")) for p in rest)

    def is_name(self, place: int) -> bool:
        """Whether a month or weekday is part of a name: `Lena May`, `Domenica Tarsi`, `via Maggio`."""
        if self.is_(place - 1, "street"):
            return True
        if not self.is_capital(place):
            return False
        if self.low[place] in self.names:
            return True
        if self.language == "en" and self.low[place] not in GIVEN_NAMES:
            return False  # with a capital anyway
        before = (
            self.is_capital(place - 1) and not self.kinds[place - 1] and self.start[place] - self.end[place - 1] <= 1
        )
        after = (
            self.is_capital(place + 1) and not self.kinds[place + 1] and self.start[place + 1] - self.end[place] == 1
        )
        return before or (after and not self.any_(place - 1, ("in", "of", "article", "last", "next", "this")))


def tokenise(text: str, vocabulary: Vocabulary, names: frozenset[str] = frozenset()) -> Tokens:
    """Cut a sentence into tokens; the phrases of the vocabulary (`fine settimana`) are one token."""
    pattern = TOKENS[vocabulary.language]
    spans = [found.span() for found in pattern.finditer(text)]
    lower = text.lower().replace("’", "'")
    if len(lower) == len(text):
        raw, low = [text[start:end] for start, end in spans], pattern.findall(lower)
    else:  # a letter that is two in lower case
        raw = [text[start:end] for start, end in spans]
        low = [token.lower().replace("’", "'") for token in raw]
    kinds = list(map(vocabulary.words.__getitem__, low))
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    tokens = Tokens(vocabulary.language, raw, low, kinds, starts, ends, names)
    if not vocabulary.pairs.isdisjoint(pairwise(low)):
        _join_phrases(tokens, text, vocabulary)
    return tokens


def _join_phrases(tokens: Tokens, text: str, vocabulary: Vocabulary) -> None:
    heads = [place for place, low in enumerate(tokens.low) if low in vocabulary.phrases]
    # From the end, so that the places before stay what they are.
    for place in reversed(heads):
        for phrase, kinds in vocabulary.phrases[tokens.low[place]]:
            behind = place + len(phrase)
            if tuple(tokens.low[place:behind]) == phrase:
                end = tokens.end[behind - 1]
                tokens.raw[place:behind] = [text[tokens.start[place] : end]]
                tokens.low[place:behind] = [" ".join(phrase)]
                tokens.kinds[place:behind] = [kinds]
                tokens.start[place:behind] = [tokens.start[place]]
                tokens.end[place:behind] = [end]
                break


def read_year(tokens: Tokens, place: int) -> int | None:
    """Give the number of four digits at a place, whether or not a year of our time."""
    digits = tokens.digits(place)
    return int(digits) if len(digits) == 4 else None


def read_count(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Give a small number in digits or words and the place behind it."""
    digits = tokens.digits(place)
    if digits and len(digits) <= 3 and not (tokens.touches(place) and tokens.word(place - 1) in ".,"):
        return int(digits), place + 1
    if tokens.is_(place, "number"):
        return int(tokens.kinds[place]["number"]), place + 1
    return None


def read_day(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Give the number of a day (12, 12th, primo, first) and the place behind it."""
    digits = tokens.digits(place)
    if digits and len(digits) <= 2:
        behind = place + 1
        if tokens.word(behind) in SUFFIXES and tokens.touches(behind):
            behind += 1
        return int(digits), behind
    is_named = tokens.is_(place + 1, "month") and not tokens.is_(place + 1, "short name")
    if tokens.language == "it" and is_named and tokens.is_(place, "number") and tokens.kinds[place]["number"] > 1:
        return int(tokens.kinds[place]["number"]), place + 1  # il tre marzo
    # In Italian only the first has a name: "prima di luglio" is before July.
    named = tokens.language == "en" or tokens.word(place) == "primo"
    if named and tokens.is_(place, "ordinal") and int(tokens.kinds[place]["ordinal"]) > 0:
        return int(tokens.kinds[place]["ordinal"]), place + 1
    return None
