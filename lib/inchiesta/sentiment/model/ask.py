"""Asking the tone model: what its weights say of described targets, summed over ranges instead of gram by gram."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.features import SIDES, Described, Range, family_name, tone_family
from inchiesta.sentiment.model.weights import LABELS, NAME_WORD, ToneWeights, read_weights
from inchiesta.sentiment.pages import WORDS, expand
from inchiesta.sentiment.words import Whole

# What the grams of a target weigh together, however many there are: beside the sums, which are not scaled.
GRAMS = 5.0
# The weights by label, and whether the gram is known at all.
WIDTH = len(LABELS) + 1


class ToneModel:
    """The weights of one language, ready to be asked."""

    def __init__(self, weights: ToneWeights) -> None:
        self.learned = weights
        self._numbers = {lemma: number for number, lemma in enumerate(weights.lemmas)}
        size = len(weights.lemmas)
        self._tables: dict[str, Reals] = {}
        for name, family in weights.families.items():
            # One row more for all lemmas that are not known; one column more for whether a gram is known at all.
            table = np.zeros((size + 1, WIDTH))
            table[family.lemmas] = np.column_stack([family.weights, np.ones(len(family.lemmas))])
            self._tables[name] = table
        # What counts on both sides counts like what counts on one.
        for side in SIDES:
            whole, name = self._tables.get(family_name("all", side)), family_name("side", side)
            if whole is not None:
                self._tables[name] = whole + self._tables.get(name, 0.0)
        self._known = np.zeros(0, dtype=np.int64)
        self._traits: object = None

    def scores(self, described: Described) -> Reals:
        """Give for each target what speaks for each label (columns as `LABELS`), its bias not yet added."""
        lemmas = self._number(described.lemmas)
        total = np.zeros((described.size, WIDTH))
        for each, table in self._ranges(described):
            total += sum_ranges(table, lemmas, each.first, each.last)
        self._add_tones(total, described)
        scale = GRAMS / np.sqrt(np.maximum(total[:, -1], 1.0))
        found = total[:, :-1] * scale[:, None]
        for label in range(len(LABELS)):
            value = self.learned.sums[described.sum_columns, label] * described.sum_values
            found[:, label] += np.bincount(described.sum_rows, weights=value, minlength=described.size)
        return np.asarray(found, dtype=np.float64)

    def probabilities(self, described: Described, every_name: NDArray[np.bool_]) -> Reals:
        """Give the probability of each label (columns as `LABELS`) for each target.

        ``every_name`` tells of each target whether it is one of every name of a text, or was picked because somebody is
        spoken of: of the former most are neutral.
        """
        return soften(self.scores(described) + self.learned.bias[every_name.astype(np.int64)])

    def shares(self, described: Described, labels: Whole) -> tuple[Whole, Whole, Reals]:
        """Give what single words say for a label of each target, over the opposite one.

        Returns rows of the targets, tokens, and shares.
        ``labels`` are columns of `LABELS`, negative or positive.
        """
        lemmas = self._number(described.lemmas)
        rows, tokens = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        shares = [np.zeros(0)]
        for each, table in self._ranges(described):
            place = expand(each.first, each.last)
            row = np.repeat(np.arange(described.size), np.maximum(each.last - each.first, 0))
            weights = table[lemmas[place]]
            number = np.arange(len(row))
            rows.append(row)
            tokens.append(place)
            shares.append(weights[number, labels[row]] - weights[number, 2 - labels[row]])
        return np.concatenate(rows), np.concatenate(tokens), np.concatenate(shares)

    def _ranges(self, described: Described) -> Iterator[tuple[Range, Reals]]:
        """Give the word families with their weights; those of both sides were added to those of one."""
        for each in described.ranges:
            if not each.name.endswith(" all") and each.name in self._tables:
                yield each, self._tables[each.name]

    def _number(self, lemmas: Whole) -> Whole:
        """Give the model's numbers of lemmas numbered by `WORDS`; unknown ones are one past the last."""
        traits, unknown = WORDS.of(self.learned.language), len(self.learned.lemmas)
        if self._traits is not traits:
            self._traits, self._known = traits, np.zeros(0, dtype=np.int64)
        if len(traits.lemma_numbers) > len(self._known):
            # In the order of their numbers.
            new = list(traits.lemma_numbers)[len(self._known) :]
            self._known = np.append(self._known, [self._numbers.get(lemma, unknown) for lemma in new]).astype(np.int64)
        # -1 stands for no lemma, NAME for a name: the last two rows. Sentences of another language, whose lemmas have
        # other numbers, are asked of another model.
        table = np.concatenate([self._known, [self._numbers.get(NAME_WORD, unknown), unknown]])
        found: Whole = table[np.where(lemmas < len(self._known), lemmas, -1)]
        return found

    def _add_tones(self, total: Reals, described: Described) -> None:
        lemmas = self._number(described.tone_lemmas)
        for number in np.unique(described.tone_families).tolist():
            table = self._tables.get(tone_family(number))
            if table is not None:
                here = described.tone_families == number
                np.add.at(total, described.tone_rows[here], table[lemmas[here]])


def sum_ranges(table: Reals, codes: Whole, first: Whole, last: Whole) -> Reals:
    """Give the sum of the rows ``table[codes[place]]`` over the places from ``first`` to before ``last``."""
    sizes = np.maximum(last - first, 0)
    if sizes.sum() < len(codes):
        codes = codes[expand(first, last)]
        last = np.cumsum(sizes)
        first = last - sizes
    running = np.zeros((len(codes) + 1, table.shape[1]))
    np.cumsum(table[codes], axis=0, out=running[1:])
    return np.asarray(running[np.maximum(last, first)] - running[first], dtype=np.float64)


def soften(scores: Reals) -> Reals:
    """Give probabilities for scores, row by row."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True), dtype=np.float64)


@lru_cache(maxsize=8)
def load_model(path: Path) -> ToneModel:
    """Give the model in a file, once per process."""
    return ToneModel(read_weights(path))
