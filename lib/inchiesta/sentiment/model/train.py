"""Training the tone model: labelled targets in, weights and a model card out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from inchiesta.errors import SourceError
from inchiesta.provenance import hash_path
from inchiesta.sentiment.given import read_targets
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.ask import soften
from inchiesta.sentiment.model.encode import Layout, lay_out
from inchiesta.sentiment.model.features import Described, describe
from inchiesta.sentiment.model.labelled import read_labelled
from inchiesta.sentiment.model.weights import FILE_NAME, LABELS, ToneWeights, write_weights
from inchiesta.sentiment.pages import WORDS
from inchiesta.sentiment.sentence import find_tones, pair_tones

Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

CARD_NAME = "tones.md"
NOT_STATED = "not stated"
# Beside the intercept, so that it is hardly pulled to zero.
EVERY_VALUE = 3.0
# News names nine of ten targets without any tone; rarer labels count up to so many times as much as neutral ones.
MOST_WEIGHT = 4.0
# What may be added to the score of a label.
LIFTS = tuple(round(-1 + 0.2 * step, 1) for step in range(11))
ROUNDS = 400
FOLDS = 5
# "Clear" is said where so many held-out targets were right, with room for what another corpus takes off.
CLEAR_RIGHT, MOST_CLEAR, CLEAR_STEP = 0.82, 0.95, 0.05


@dataclass(frozen=True)
class ToneTaught:
    """What a training wrote."""

    languages: tuple[str, ...]
    n_targets: int
    folder: Path


def teach_tones(
    files: Sequence[Path],
    folder: Path,
    *,
    licence: str = NOT_STATED,
    tell: Callable[[str], None] = lambda what: None,
) -> ToneTaught:
    """Train the tone model on labelled targets and write it, one folder per language.

    Parameters
    ----------
    files
        Files of labelled lines (see `read_labelled`).
    folder
        Where ``LANGUAGE/tones.npz`` and ``LANGUAGE/tones.md`` are written.
    licence
        Licence of the labelled data, for the card.
    tell
        Called with what is done next.

    Raises
    ------
    SourceError
        If a file is missing, a line is not of the form, or the targets of a language do not have all three labels.

    Notes
    -----
    Deterministic for one BLAS thread. A logistic regression per language (scikit-learn), its only choice made by the
    data the probability from which a label is called clear: on five held-out parts, whole documents together.
    """
    targets = pd.concat([read_labelled(path) for path in files], ignore_index=True)
    languages = sorted(targets["language"].unique())
    for language in languages:
        chosen = targets[targets["language"] == language].reset_index(drop=True)
        tell(f"{language}: {len(chosen):,} targets")
        weights, figures = train_language(chosen, tell=tell)
        place = folder / language
        place.mkdir(parents=True, exist_ok=True)
        write_weights(place / FILE_NAME, weights)
        (place / CARD_NAME).write_text(_write_card(weights, figures, chosen, files, licence), encoding="utf-8")
    return ToneTaught(tuple(languages), len(targets), folder)


# Inverse strength of the pull to zero; of equally good ones the first.
CHOICES = (0.1, 0.05, 0.2)


def train_language(
    targets: pd.DataFrame, *, tell: Callable[[str], None] = lambda what: None
) -> tuple[ToneWeights, list[dict[str, float]]]:
    """Train on the targets of one language; give the weights and what held-out parts showed (picked, every name)."""
    if len(set(targets["label"])) < len(LABELS):
        raise SourceError(f"expected targets with each of the labels {', '.join(LABELS)} to train on")
    pages = read_targets(targets)
    tones, borders = find_tones(pages)
    described = describe(pages, tones, pair_tones(pages, tones, borders))
    ordered = targets.iloc[pages.names.row]
    labels = np.array([LABELS.index(label) for label in ordered["label"]])
    every = ordered["every_name"].to_numpy(dtype=bool)
    fold = np.array([crc32(name.encode()) % FOLDS for name in ordered["document"]])
    held = {}
    for pull in CHOICES:
        tell(f"held-out parts, C {pull:g}")
        held[pull] = _hold_out(described, labels, every, fold, pull)
    best = max(CHOICES, key=lambda pull: round(_macro(held[pull], labels, every), 4))
    learned = _fit(described, np.arange(len(labels)), labels, every, best)
    bias, clear, figures = learned.bias.copy(), [], []
    for kind in (False, True):
        here = every == kind
        lift = _choose_lift(held[best][here], labels[here])
        bias[int(kind)] += lift
        least, figure = _choose_clear(_lifted(held[best][here], lift), labels[here])
        clear.append(least)
        figures.append(figure)
    # A kind of targets it has never seen is taken for the other: where only news was labelled, every target is a name
    # of the news.
    seen = [bool((every == kind).any()) for kind in (False, True)]
    for number in (0, 1):
        if not seen[number]:
            bias[number], clear[number] = bias[1 - number], clear[1 - number]
    language = str(targets["language"].iloc[0])
    lemmas, families = learned.layout.to_families(learned.weights, WORDS.of(language).lemma_numbers)
    sums = learned.weights[learned.layout.n_grams :]
    return ToneWeights(language, lemmas, families, sums, bias, (clear[0], clear[1])), figures


def _hold_out(described: Described, labels: Codes, every: Flags, fold: Codes, pull: float) -> Reals:
    """Give the probability of each label, each fifth of the documents asked of a model that has not seen them."""
    held = np.full((len(labels), len(LABELS)), 1 / len(LABELS))
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(outside) and len(set(labels[inside].tolist())) == len(LABELS):
            learned = _fit(described, inside, labels, every, pull)
            scores = learned.layout.to_matrix(described)[outside] @ learned.weights
            held[outside] = soften(scores + learned.bias[every[outside].astype(np.int64)])
    return held


def _macro(held: Reals, labels: Codes, every: Flags) -> float:
    """Give the mean over the two kinds of targets of the macro F1 they reach, labels lifted."""
    from sklearn.metrics import f1_score

    found = []
    for kind in (False, True):
        here = every == kind
        if here.any():
            lifted = _lifted(held[here], _choose_lift(held[here], labels[here]))
            found.append(f1_score(labels[here], lifted.argmax(axis=1), average="macro", zero_division=0))
    return float(np.mean(found))


def _lifted(held: Reals, lift: Reals) -> Reals:
    odds = held * np.exp(lift)
    found: Reals = odds / odds.sum(axis=1, keepdims=True)
    return found


def _choose_lift(held: Reals, labels: Codes) -> Reals:
    """Give what is added to the score of each label so that macro F1 is best on the held-out parts."""
    from sklearn.metrics import f1_score

    best, chosen = -1.0, (0.0, 0.0)
    for pair in sorted(product(LIFTS, LIFTS), key=lambda pair: (abs(pair[0]) + abs(pair[1]), pair)):
        if not len(labels):
            break
        found = _lifted(held, np.array([pair[0], 0.0, pair[1]])).argmax(axis=1)
        macro = round(float(f1_score(labels, found, average="macro", zero_division=0)), 4)
        if macro > best:
            best, chosen = macro, pair
    return np.array([chosen[0], 0.0, chosen[1]])


@dataclass(frozen=True)
class _Learned:
    layout: Layout
    weights: Reals
    bias: Reals


def _fit(described: Described, inside: Codes, labels: Codes, every: Flags, pull: float) -> _Learned:
    """Fit to the targets ``inside`` (rows)."""
    from sklearn.linear_model import LogisticRegression

    layout = lay_out(described, inside)
    matrix = layout.to_matrix(described)[inside]
    labels, every = labels[inside], every[inside]
    weight = np.ones(len(labels))
    for kind in (False, True):
        here = every == kind
        sizes = np.bincount(labels[here], minlength=len(LABELS))
        weight[here] = np.clip(sizes[1] / np.maximum(sizes, 1), None, MOST_WEIGHT)[labels[here]]
    model = LogisticRegression(C=pull, max_iter=ROUNDS)
    # That a target is one of every name of a text is a feature of its own, and ends up in the bias.
    flag = csr_matrix((every * EVERY_VALUE)[:, None])
    model.fit(csr_matrix(hstack([matrix, flag])), labels, sample_weight=weight)
    weights = np.asarray(model.coef_).T
    bias = np.stack([model.intercept_, model.intercept_ + EVERY_VALUE * weights[-1]])
    return _Learned(layout, weights[:-1], bias)


def _choose_clear(held: Reals, labels: Codes) -> tuple[float, dict[str, float]]:
    """Give the least probability from which held-out polar labels were right often enough, and the figures."""
    from sklearn.metrics import f1_score

    if not len(labels):
        return 1.0, {}

    found, sure = held.argmax(axis=1), held.max(axis=1)
    polar = found != LABELS.index("neutral")
    clear = MOST_CLEAR
    for step in range(round((MOST_CLEAR - 0.5) / CLEAR_STEP), -1, -1):
        least = round(0.5 + step * CLEAR_STEP, 2)
        chosen = polar & (sure >= least)
        if chosen.any() and (found == labels)[chosen].mean() < CLEAR_RIGHT:
            break
        clear = least
    chosen = polar & (sure >= clear)
    right = float((found == labels)[chosen].mean()) if chosen.any() else 0.0
    macro = float(f1_score(labels, found, average="macro", zero_division=0))
    return clear, {
        "targets": float(len(labels)),
        "macro F1": macro,
        "clear": float(chosen.sum()),
        "clear ones right": right,
    }


def _write_card(
    weights: ToneWeights,
    figures: Sequence[dict[str, float]],
    targets: pd.DataFrame,
    files: Sequence[Path],
    licence: str,
) -> str:
    sizes = targets["label"].value_counts()
    named = ", ".join(f"{path.parent.name}/{path.name} (SHA-256 {hash_path(path)[:12]})" for path in files)
    lines = [
        f"# Tone model, {weights.language}",
        "",
        "Reads the tone toward a target: negative, neutral or positive. Logistic regression over words by their place",
        "and over the tone words of the lists; see `inchiesta.sentiment.model`. Trained with `inchiesta train-tones`.",
        "",
        f"- Date: {datetime.datetime.now(tz=datetime.UTC).date().isoformat()}",
        f"- Labelled data: {named}",
        f"- Licence of the data: {licence}",
        f"- Targets: {len(targets):,}; " + ", ".join(f"{sizes.get(label, 0):,} {label}" for label in LABELS),
        f"- Features: {sum(len(family.one) for family in weights.families.values()):,} grams of "
        f"{len(weights.lemmas):,} lemmas, {len(weights.sums):,} sums of tone words",
        *(
            f"- {what}, on five held-out parts: macro F1 {figure['macro F1']:.2f}; clear from a probability of "
            f"{clear:.2f} on: {figure['clear']:.0f} of {figure['targets']:.0f}, {figure['clear ones right']:.2f} of "
            "them right"
            for what, clear, figure in zip(("Targets picked", "Every name"), weights.clear, figures, strict=True)
            if figure
        ),
        "",
        "Not for: irony, implication, pronouns, other languages, texts unlike news. It has seen sentences, never the",
        "text around them.",
        "",
    ]
    return "\n".join(lines)
