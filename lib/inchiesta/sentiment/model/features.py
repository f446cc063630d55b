"""Features: what the model looks at around one target, by name.

Words count by where they stand (left or right of the target, in its clause, how near), and the tone words of the lists
by their sign, whom they colour, the construction they stand in and the borders between. A feature is a name; the names
of words are *grams*, each worth the same, those of tone words are *sums* with a value of their own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from inchiesta.sentiment.lexicon import read_lexicon
from inchiesta.sentiment.roles import (
    STRONG_BORDER,
    WEAK_BORDER,
    Name,
    find_construction,
    find_place,
    nearness,
    weigh_names,
)
from inchiesta.sentiment.sentence import Reading, Tone
from inchiesta.sentiment.voice import span_at
from inchiesta.text.lemmas import lemma_of

TARGET = "[target]"
# A clause ends here, as far as words can tell.
CLAUSE_ENDS = frozenset(',;:—–()«»“”"') | frozenset({"but", "while", "although", "ma", "mentre", "però"})
# Words this near are told apart by their distance, two places at a time.
NEAR = 6
# Sums and lengths fall into so many steps.
STEPS, LONGEST, LONGEST_TARGET = 4, 5, 3


@dataclass(frozen=True)
class Described:
    """One target: the grams around it and the sums of the tone words."""

    grams: list[str]
    sums: dict[str, float]


def describe(reading: Reading, name: Name) -> Described:
    """Describe one target of a sentence."""
    tokens = _tokens(reading)
    document, (first, last) = reading.document, reading.tokens
    words_of_target = [word.lower() for word in document.words[max(name.first, first) : min(name.last, last)]]
    left = [word for place, word in tokens if place < name.first]
    right = [word for place, word in tokens if place >= name.last]
    # The target's own possessive: Tessaly's is one token.
    if words_of_target and words_of_target[-1].endswith(("'s", "’s")):
        right.insert(0, "'s")
    words = [*left, *right]
    lemmas = {word: lemma_of(word, reading.language) for word in words}
    grams = [f"u {lemmas[word]}" for word in dict.fromkeys(words)]
    grams += _pairs("b", [*left, TARGET, *right])
    grams += _pairs("p", [*(lemmas[word] for word in left), TARGET, *(lemmas[word] for word in right)])
    grams += _side("R", [lemmas[word] for word in right])
    grams += _side("L", [lemmas[word] for word in reversed(left)])
    # The words of the target itself are left out: what is said should count, not whom it is said of.
    grams += [
        f"length {min(len(tokens) // 10, LONGEST)}",
        f"place {min(len(left) // 4, STEPS)}",
        f"words {min(name.last - name.first, LONGEST_TARGET)}",
        f"quoted {span_at(document.quoted, name.start_char) >= 0}",
    ]
    sums = _sum_tones(reading, name)
    grams += _name_tones(reading, name)
    grams += [f"rule {round(math.tanh(sums.get('rule', 0.0)) * STEPS)}", f"sum {round(math.tanh(sums['sum']) * STEPS)}"]
    return Described(grams, sums)


def _tokens(reading: Reading) -> list[tuple[int, str]]:
    """Give the words of the sentence in small letters with their places, and the marks between them."""
    document, found = reading.document, []
    first, last = reading.tokens
    for place in range(first, last):
        if place > first:
            gap = document.text[document.ends[place - 1] : document.starts[place]]
            found += [(place - 1, mark) for mark in gap if not mark.isspace()]
        found.append((place, document.words[place].lower().replace("’", "'")))
    return found


def _pairs(kind: str, words: list[str]) -> list[str]:
    return [f"{kind} {one} {other}" for one, other in pairwise(words)]


def _side(side: str, words: list[str]) -> Iterator[str]:
    """Give the words of one side, nearest first: all of them, and those of the target's clause once more."""
    yield from (f"{side} {word}" for word in dict.fromkeys(words))
    before = TARGET
    for distance, word in enumerate(words):
        if word in CLAUSE_ENDS:
            return
        yield f"c{side} {word}"
        yield f"c{side} {before} {word}"
        if distance < NEAR:
            yield f"{side}{distance // 2} {word}"
        before = word


def _name_tones(reading: Reading, name: Name) -> Iterator[str]:
    """Give each tone word with its sign, where the target stands from it, and the border between."""
    document, lexicon = reading.document, read_lexicon(reading.language)
    for tone in reading.tones:
        place = find_place(tone.match, name, document.words, lexicon)
        sign = "+" if tone.score > 0 else "-"
        yield f"m {sign}{document.words[tone.match.first].lower()} {place} {_border(reading, tone, name)}"


def _border(reading: Reading, tone: Tone, name: Name) -> str:
    weak, strong = reading.borders.between(reading.document.starts[tone.match.first], name.start_char)
    return "strong" if strong else "weak" if weak else "none"


def _sum_tones(reading: Reading, name: Name) -> dict[str, float]:
    """Sum the tone words by sign and by what they are to the target."""
    document, lexicon = reading.document, read_lexicon(reading.language)
    in_quotes = span_at(document.quoted, name.start_char) >= 0
    sums: dict[str, float] = defaultdict(float)
    for tone in reading.tones:
        match, value = tone.match, abs(tone.score)
        sign = "+" if tone.score > 0 else "-"
        side = "L" if match.first < name.first else "R"
        role = " ".join(find_construction(match, document.words, lexicon))
        place = find_place(match, name, document.words, lexicon)
        weak, strong = reading.borders.between(document.starts[match.first], name.start_char)
        border = "strong" if strong else "weak" if weak else "none"
        near = nearness(match, name)
        voice = f"{tone.quote >= 0} {in_quotes}"
        for key in ("", side, f"border {border}", f"border {border} {side}", f"voice {voice}", f"target {role[:6]}"):
            sums[f"{sign} {key}"] += value
        for key in ("", side, f"{role} {place}"):
            sums[f"{sign} near {key}"] += value * near
        sums[f"{sign} {role} {place} {border}"] += value
        sums[f"{sign} {match.expression.pos} {side}"] += value
        fit = weigh_names(match, [name], document.words, lexicon)[0] * WEAK_BORDER**weak * STRONG_BORDER**strong
        sums[f"{sign} rule"] += value * fit
        sums["rule"] += tone.score * fit
        sums["sum"] += tone.score
    return dict(sums) or {"sum": 0.0}


def is_name_of_sum(name: str) -> bool:
    """Tell the name of a sum from that of a gram."""
    return name[0] in "+-" or name in ("rule", "sum")


def word_of(tone: Tone) -> str:
    """Give a tone word as it is shown, with its sign."""
    return ("+" if tone.score > 0 else "-") + tone.word
