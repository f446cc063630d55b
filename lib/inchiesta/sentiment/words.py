"""Words as numbers: each word as written is looked up once, whatever the number of texts it stands in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.expressions import MARKERS
from inchiesta.sentiment.lexicon import VERB_ENDINGS, Lexicon, fold, read_lexicon
from inchiesta.text.lemmas import lemma_of

Whole = NDArray[np.int64]

# What is known of a word by itself, as bits: the roles of the markers, and its form.
ROLE = {role: 1 << place for place, role in enumerate(MARKERS)}
CAPITAL, VERB_ENDING, GERUND, PARTICIPLE, PAST, BEGINS, TURN = (1 << (len(MARKERS) + place) for place in range(7))
# A clause ends before these, as far as words can tell.
TURNS = {"en": frozenset({"but", "while", "although"}), "it": frozenset({"ma", "mentre", "però"})}
# Half a million words with all that is known of them take some 200 MB; beyond, they are forgotten and learned anew.
LARGEST = 500_000


class Words(dict[str, int]):
    """The number of each word as written, given when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.traits: dict[str, Traits] = {}

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def number(self, words: Sequence[str]) -> Whole:
        """Give the numbers of words."""
        if len(self) > LARGEST:
            self.clear()
            self.traits.clear()
        return np.fromiter(map(self.__getitem__, words), dtype=np.int64, count=len(words))

    def of(self, language: str) -> Traits:
        """Give what is known of the words in one language."""
        if language not in self.traits:
            self.traits[language] = Traits(read_lexicon(language))
        return self.traits[language]


class Traits:
    """What one language knows of words: bits of their roles and form, and the number of their lemma."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.flags = np.zeros(0, dtype=np.int64)
        self.lemmas = np.full(0, -1, dtype=np.int64)
        self.lemma_numbers: dict[str, int] = {}

    def cover(self, words: Sequence[str], numbers: Whole, size: int) -> None:
        """Look up words that were not met before; ``numbers`` are those of ``words``, below ``size``."""
        if size > len(self.flags):
            # Doubled, so that growing costs nothing on the whole.
            added = max(size, 2 * len(self.flags)) - len(self.flags)
            self.flags = np.concatenate([self.flags, np.zeros(added, dtype=np.int64)])
            self.lemmas = np.concatenate([self.lemmas, np.full(added, -1, dtype=np.int64)])
        found, places = np.unique(numbers, return_index=True)
        new = self.lemmas[found] < 0
        for number, place in zip(found[new].tolist(), places[new].tolist(), strict=True):
            word = words[place]
            lemma = lemma_of(fold(word), self.lexicon.language)
            self.lemmas[number] = self.lemma_numbers.setdefault(lemma, len(self.lemma_numbers))
            self.flags[number] = self._flags_of(word)

    def _flags_of(self, word: str) -> int:
        folded, lexicon = fold(word), self.lexicon
        flags = sum(bit for role, bit in ROLE.items() if folded in lexicon.markers[role])
        forms = {
            CAPITAL: word[0].isupper(),
            VERB_ENDING: word.endswith(VERB_ENDINGS[lexicon.language]),
            GERUND: folded.endswith(("ing", "ndo")),
            PARTICIPLE: _is_participle(folded, lexicon),
            PAST: folded.endswith("ed"),
            BEGINS: lexicon.starts[word] is not None,
            TURN: folded in TURNS[lexicon.language],
        }
        return flags + sum(bit for bit, holds in forms.items() if holds)


def _is_participle(word: str, lexicon: Lexicon) -> bool:
    """Give whether a word is a regular Italian past participle; English ones look like the past tense."""
    infinitive = {"at": "are", "it": "ire", "ut": "ere"}.get(word[-3:-1])
    if lexicon.language != "it" or infinitive is None or word[-1] not in "oaie":
        return False
    return word[:-3] + infinitive in lexicon.keys_cached(word)
