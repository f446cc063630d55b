"""What the trained model says of the names of a batch: probabilities, labels, and whether they would be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inchiesta.sentiment.lexicon import LANGUAGES
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.ask import ToneModel, load_model
from inchiesta.sentiment.model.features import NAME, Described
from inchiesta.sentiment.model.weights import FILE_NAME, LABELS
from inchiesta.sentiment.pages import Flags, Pages
from inchiesta.sentiment.words import Whole
from inchiesta.settings import RESOURCES
from inchiesta.text.lists import read_stopwords

NEGATIVE, NEUTRAL, POSITIVE = range(len(LABELS))
# Names in a language without a model.
NOT_JUDGED = -1
# So many words are shown where no word of the lists explains what the model says.
MOST_WORDS = 2


@dataclass(frozen=True)
class Judged:
    """What the model says of each name.

    Attributes
    ----------
    score : -1 to 1, the probability of positive less that of negative; NaN where not judged
    label : number of `LABELS`, `NOT_JUDGED` where there is no model
    clear : whether a negative or positive label would be shown without reserve
    """

    score: Reals
    label: Whole
    clear: Flags

    def is_polar(self) -> Flags:
        """Give which are negative or positive, clear or not."""
        return np.asarray((self.label == NEGATIVE) | (self.label == POSITIVE), dtype=bool)


def find_model(language: str) -> ToneModel | None:
    """Give the tone model shipped for a language, None where there is none."""
    path = RESOURCES / language / FILE_NAME
    return load_model(path) if path.is_file() else None


def judge(pages: Pages, described: Described, *, every_name: bool) -> Judged:
    """Ask the model of each language for the names of its sentences."""
    size = described.size
    found = Judged(np.full(size, np.nan), np.full(size, NOT_JUDGED), np.zeros(size, dtype=bool))
    for model, chosen in _by_language(pages):
        odds = model.probabilities(described.only(chosen), np.full(int(chosen.sum()), every_name))
        label = odds.argmax(axis=1)
        found.score[chosen] = odds[:, POSITIVE] - odds[:, NEGATIVE]
        found.label[chosen] = label
        found.clear[chosen] = (label != NEUTRAL) & (odds.max(axis=1) >= model.learned.clear[int(every_name)])
    return found


def explain(pages: Pages, described: Described, judged: Judged, rows: Whole) -> tuple[Whole, Whole]:
    """Give the words that moved the model most toward its label, of names by row: rows and tokens, strongest first."""
    wanted = np.zeros(described.size, dtype=bool)
    wanted[rows] = True
    names, tokens = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for model, of_language in _by_language(pages):
        chosen = of_language & wanted
        if not chosen.any():
            continue
        asked = described.only(chosen)
        row, place, share = model.shares(asked, judged.label[chosen])
        row, token = np.flatnonzero(chosen)[row], asked.tokens[place]
        carries = _can_carry(pages, described.lemmas, model.learned.language)[token]
        keys, back = np.unique(row[carries] * len(pages.starts) + token[carries], return_inverse=True)
        total = np.bincount(back, weights=share[carries], minlength=len(keys))
        row, token = keys // len(pages.starts), keys % len(pages.starts)
        order = np.lexsort((-total, row))
        order = order[total[order] > 0]
        rank = np.arange(len(order)) - np.searchsorted(row[order], row[order])
        names.append(row[order][rank < MOST_WORDS])
        tokens.append(token[order][rank < MOST_WORDS])
    return np.concatenate(names), np.concatenate(tokens)


def _by_language(pages: Pages) -> list[tuple[ToneModel, Flags]]:
    """Give the model of each language with the names it is asked about."""
    languages = pages.languages[pages.names.sentence] if len(pages.names.row) else np.zeros(0, dtype=str)
    return [
        (model, np.asarray(languages == language, dtype=bool))
        for language in LANGUAGES
        if (model := find_model(language)) is not None and (languages == language).any()
    ]


def _can_carry(pages: Pages, lemmas: Whole, language: str) -> NDArray[np.bool_]:
    """Give which tokens may be shown as carrying tone: no name, no function word, no number."""
    stopwords = read_stopwords(language)
    types, back = np.unique(pages.types, return_inverse=True)
    examples = np.zeros(len(types), dtype=np.int64)
    examples[back] = np.arange(len(pages.types))
    words = [pages.words[place] for place in examples.tolist()]
    carries = np.array([len(word) > 2 and word.isalpha() and word.lower() not in stopwords for word in words])
    return np.asarray(carries[back] & (lemmas != NAME), dtype=bool)
