"""Fitting the tone model: a regression over all features of one language, and one over the tone words of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack

from inchiesta.sentiment.given import read_targets
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.encode import Layout, lay_out
from inchiesta.sentiment.model.features import Described, describe
from inchiesta.sentiment.model.weights import LABELS
from inchiesta.sentiment.pages import Flags
from inchiesta.sentiment.sentence import find_tones, pair_tones
from inchiesta.sentiment.words import Whole

# Beside the intercept, so that it is hardly pulled to zero.
EVERY_VALUE = 3.0
# News names nine of ten targets without any tone; rarer labels count up to so many times as much as neutral ones.
MOST_WEIGHT = 4.0
# Inverse strength of the pull to zero where only tone words count: a few hundred columns.
PULL_OF_TONES = 0.1
ROUNDS = 200
FOLDS = 5


@dataclass(frozen=True)
class Examples:
    """Labelled targets of one language, described; ``fold`` holds whole documents together."""

    language: str
    described: Described
    labels: Whole
    every: Flags
    fold: Whole

    @property
    def sums(self) -> csr_matrix:
        """The tone words alone, which mean the same in every language."""
        which = self.described
        shape = (which.size, which.n_sums)
        return csr_matrix((which.sum_values, (which.sum_rows, which.sum_columns)), shape=shape)


@dataclass(frozen=True)
class Fitted:
    """Weights (columns by label) of the grams of ``layout`` and of the sums; bias for picked targets and every name."""

    layout: Layout
    grams: Reals
    sums: Reals
    bias: Reals

    def mixed(self, pooled: Fitted, share: float) -> Fitted:
        """Give a share of another model and the rest of this one; both are linear, so their mean is."""
        return Fitted(
            self.layout,
            (1 - share) * self.grams,
            (1 - share) * self.sums + share * pooled.sums,
            (1 - share) * self.bias + share * pooled.bias,
        )

    def scores(self, examples: Examples, rows: Whole) -> Reals:
        """Give what speaks for each label, of some targets."""
        weights = np.concatenate([self.grams, self.sums])
        found = self.layout.to_matrix(examples.described)[rows] @ weights
        return np.asarray(found + self.bias[examples.every[rows].astype(np.int64)], dtype=np.float64)


def read_examples(targets: pd.DataFrame) -> Examples:
    """Describe the labelled targets of one language (see `read_labelled`)."""
    pages = read_targets(targets)
    tones, borders = find_tones(pages)
    described = describe(pages, tones, pair_tones(pages, tones, borders))
    ordered = targets.iloc[pages.names.row]
    labels = np.array([LABELS.index(label) for label in ordered["label"]])
    fold = np.array([crc32(name.encode()) % FOLDS for name in ordered["document"]])
    every = ordered["every_name"].to_numpy(dtype=bool)
    return Examples(str(targets["language"].iloc[0]), described, labels, every, fold)


def fit_own(examples: Examples, inside: Whole, pull: float) -> Fitted:
    """Fit to some targets of one language, with all features."""
    layout = lay_out(examples.described, inside)
    matrix = layout.to_matrix(examples.described)[inside]
    labels, every = examples.labels[inside], examples.every[inside]
    # That a target is one of every name of a text is a feature of its own, and ends up in the bias.
    flag = csr_matrix((every * EVERY_VALUE)[:, None])
    weights, intercept = _regress(csr_matrix(hstack([matrix, flag])), labels, weigh_labels(labels, every), pull)
    bias = np.stack([intercept, intercept + EVERY_VALUE * weights[-1]])
    return Fitted(layout, weights[: layout.n_grams], weights[layout.n_grams : -1], bias)


def fit_pooled(examples: Examples, inside: Whole, others: Sequence[Examples]) -> Fitted:
    """Fit to some targets of one language and all of others, with tone words only."""
    chosen = [(examples, inside), *((other, np.arange(len(other.labels))) for other in others)]
    parts, labels, weight = [], [], []
    for each, rows in chosen:
        own, every = np.full(len(rows), each is examples), each.every[rows]
        flags = EVERY_VALUE * np.column_stack([own, every, own & every])
        parts.append(hstack([each.sums[rows], csr_matrix(flags)]))
        labels.append(each.labels[rows])
        weight.append(weigh_labels(each.labels[rows], every))
    weights, intercept = _regress(
        csr_matrix(vstack(parts)), np.concatenate(labels), np.concatenate(weight), PULL_OF_TONES
    )
    own, every, both = EVERY_VALUE * weights[-3:]
    bias = np.stack([intercept + own, intercept + own + every + both])
    return Fitted(Layout({}, examples.described.n_sums), np.zeros((0, len(LABELS))), weights[:-3], bias)


def weigh_labels(labels: Whole, every: Flags) -> Reals:
    """Give rarer labels more weight, apart for targets somebody picked and every name."""
    weight = np.ones(len(labels))
    for kind in (False, True):
        here = every == kind
        sizes = np.bincount(labels[here], minlength=len(LABELS))
        weight[here] = np.clip(sizes[1] / np.maximum(sizes, 1), None, MOST_WEIGHT)[labels[here]]
    return weight


def _regress(matrix: csr_matrix, labels: Whole, weight: Reals, pull: float) -> tuple[Reals, NDArray[np.float64]]:
    """Give the weights (features by labels) and the intercept of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=pull, max_iter=ROUNDS, tol=1e-3)
    model.fit(matrix, labels, sample_weight=weight)
    return np.asarray(model.coef_).T, np.asarray(model.intercept_)


def hold_out(examples: Examples, others: Sequence[Examples], pull: float) -> tuple[Reals, Reals]:
    """Give the scores of each fifth of the documents by models that have not seen it: all features, tone words only."""
    own = np.zeros((len(examples.labels), len(LABELS)))
    pooled = own.copy()
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(examples.fold != number), np.flatnonzero(examples.fold == number)
        if len(outside) and len(set(examples.labels[inside].tolist())) == len(LABELS):
            fitted = fit_own(examples, inside, pull)
            own[outside] = fitted.scores(examples, outside)
            tones = fit_pooled(examples, inside, others)
            sums = examples.sums[outside] @ tones.sums
            pooled[outside] = sums + tones.bias[examples.every[outside].astype(np.int64)]
    return own, pooled
