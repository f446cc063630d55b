"""The rows of scored targets: what is said of each, and the words that say it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.pages import Pages, expand
from inchiesta.sentiment.sentence import Pairs, Tones
from inchiesta.sentiment.words import Whole


@dataclass(frozen=True)
class Carried:
    """What words say toward targets: rows of the targets (in order), tokens, words with their sign, and values."""

    target: Whole
    token: Whole
    word: list[str]
    value: Reals

    def sum_up(self, size: int) -> Reals:
        """Give the score of each of ``size`` targets, -1 to 1: the hyperbolic tangent of the sum."""
        found: Reals = np.tanh(np.bincount(self.target, weights=self.value, minlength=size))
        return found

    def with_others(self, others: Carried) -> Carried:
        """Give both together, in the order of targets and tokens."""
        target, token = np.append(self.target, others.target), np.append(self.token, others.token)
        order = np.lexsort((token, target))
        word = [*self.word, *others.word]
        return Carried(
            target[order], token[order], [word[place] for place in order.tolist()],
            np.append(self.value, others.value)[order],
        )  # fmt: skip

    def lists(self, pages: Pages, rows: Whole, bases: Whole) -> dict[str, pd.Series]:
        """Give for the targets ``rows`` their words, first characters (less ``bases``) and values, as lists."""
        low, high = np.searchsorted(self.target, rows), np.searchsorted(self.target, rows, side="right")
        sizes, places = high - low, expand(low, high)
        edges = np.append(0, np.cumsum(sizes)).astype(np.int64)
        starts = pages.starts[self.token[places]] - np.repeat(bases, sizes)
        words = pa.array(self.word, pa.large_string()).take(pa.array(places))
        return {
            "words": as_lists(edges, words),
            "word_starts": as_lists(edges, pa.array(starts, pa.int64())),
            "word_scores": as_lists(edges, pa.array(self.value[places].round(4), pa.float64())),
        }


def as_lists(edges: Whole, values: pa.Array) -> pd.Series:
    """Give a column of lists, cut at ``edges``, held as Arrow does: no object for each list."""
    lists = pa.LargeListArray.from_arrays(pa.array(edges, pa.int64()), values)
    return pd.Series(lists, dtype=pd.ArrowDtype(lists.type))


def carry_to_names(pages: Pages, tones: Tones, pairs: Pairs) -> Carried:
    """Give what the tone words say toward the names, by the rules of `inchiesta.sentiment.roles`."""
    here = pairs.weight > 0
    name, tone = pairs.name[here], pairs.tone[here]
    order = np.lexsort((tone, name))
    name, tone = name[order], tone[order]
    words = tones.words(pages)
    said = [words[place] for place in tone.tolist()]
    return Carried(name, tones.matches.first[tone], said, tones.score[tone] * pairs.weight[here][order])


def carry_to_sentences(pages: Pages, tones: Tones) -> Carried:
    """Give what the tone words say as such, whoever is named."""
    rows = np.flatnonzero(~tones.matches.is_second)
    words = tones.words(pages)
    of_sentence, first = tones.matches.sentence[rows], tones.matches.first[rows]
    return Carried(of_sentence, first, [words[row] for row in rows.tolist()], tones.score[rows])
