"""Asking the tone model: what its weights say of described targets, summed over ranges instead of gram by gram."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.features import SIDES, Described, family_name, tone_family
from inchiesta.sentiment.model.weights import LABELS, NAME_WORD, Family, ToneWeights, read_weights
from inchiesta.sentiment.pages import WORDS, Flags, expand
from inchiesta.sentiment.words import Whole

# What the grams of a target weigh together, however many there are: beside the sums, which are not scaled.
GRAMS = 5.0
# Pairs of lemmas under one number.
STRIDE = 1 << 24
# The weights by label, and whether the gram is known at all.
WIDTH = len(LABELS) + 1


class ToneModel:
    """The weights of one language, ready to be asked."""

    def __init__(self, weights: ToneWeights) -> None:
        self.learned = weights
        self._numbers = {lemma: number for number, lemma in enumerate(weights.lemmas)}
        size = len(weights.lemmas)
        self._words, self._tones, pairs = {}, {}, {}
        for name, family in weights.families.items():
            if name.startswith("pair"):
                pairs[name] = family
            else:
                # One row more for all lemmas that are not known.
                table = np.zeros((size + 1, WIDTH))
                table[family.one] = _with_known(family)
                (self._tones if name.startswith("tone") else self._words)[name] = table
        keys = [family.one * STRIDE + family.other for family in pairs.values()]
        self._pair_keys = np.unique(np.concatenate([*keys, np.array([-1])]))
        self._pairs = {name: self._pair_table(family) for name, family in pairs.items()}
        # What counts on both sides counts like what counts on one.
        for side in SIDES:
            for tables, is_pair in ((self._words, False), (self._pairs, True)):
                whole = tables.get(family_name("all", side, is_pair=is_pair))
                if whole is not None:
                    name = family_name("side", side, is_pair=is_pair)
                    tables[name] = tables.get(name, 0.0) + whole
        self._known = np.zeros(0, dtype=np.int64)
        self._traits: object = None

    def _pair_table(self, family: Family) -> Reals:
        table = np.zeros((len(self._pair_keys), WIDTH))
        table[np.searchsorted(self._pair_keys, family.one * STRIDE + family.other)] = _with_known(family)
        return table

    def scores(self, described: Described) -> Reals:
        """Give for each target what speaks for each label (columns as `LABELS`), its bias not yet added."""
        lemmas = self._number(described.lemmas)
        pairs = self._find_pairs(lemmas, described.follows)
        total = np.zeros((described.size, WIDTH))
        for each in described.ranges:
            # Weights of both sides were added to those of one.
            if not each.name.endswith(" all"):
                table = (self._pairs if each.is_pair else self._words).get(each.name)
                if table is not None:
                    total += sum_ranges(table, pairs if each.is_pair else lemmas, each.first, each.last)
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

        Returns rows of the targets, tokens, and shares: what was learned of the word, and half of each pair it is in.
        ``labels`` are columns of `LABELS`, negative or positive.
        """
        lemmas = self._number(described.lemmas)
        pairs = self._find_pairs(lemmas, described.follows)
        rows, tokens, shares = [], [], []
        for each in described.ranges:
            table = (
                None if each.name.endswith(" all") else (self._pairs if each.is_pair else self._words).get(each.name)
            )
            if table is None:
                continue
            place = expand(each.first, each.last)
            row = np.repeat(np.arange(described.size), np.maximum(each.last - each.first, 0))
            weights = table[(pairs if each.is_pair else lemmas)[place]]
            share = weights[np.arange(len(row)), labels[row]] - weights[np.arange(len(row)), 2 - labels[row]]
            for step in (0, 1) if each.is_pair else (0,):
                rows.append(row)
                tokens.append(place + step)
                shares.append(share / 2 if each.is_pair else share)
        return np.concatenate(rows), np.concatenate(tokens), np.concatenate(shares)

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

    def _find_pairs(self, lemmas: Whole, follows: Flags) -> Whole:
        """Give of each token the row of the pair it forms with the next; the first row is empty."""
        found = np.zeros(len(lemmas), dtype=np.int64)
        places = np.flatnonzero(follows & (lemmas < len(self.learned.lemmas)))
        keys = lemmas[places] * STRIDE + lemmas[places + 1]
        rows = np.searchsorted(self._pair_keys, keys)
        rows = np.minimum(rows, len(self._pair_keys) - 1)
        found[places] = np.where(self._pair_keys[rows] == keys, rows, 0)
        return found

    def _add_tones(self, total: Reals, described: Described) -> None:
        lemmas = self._number(described.tone_lemmas)
        for number in np.unique(described.tone_families).tolist():
            table = self._tones.get(tone_family(number))
            if table is not None:
                here = described.tone_families == number
                np.add.at(total, described.tone_rows[here], table[lemmas[here]])


def _with_known(family: Family) -> Reals:
    return np.column_stack([family.weights, np.ones(len(family.one))])


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
