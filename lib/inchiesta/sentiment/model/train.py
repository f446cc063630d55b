"""Training the tone model: labelled targets in, weights and a model card out."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from inchiesta.errors import SourceError
from inchiesta.provenance import hash_path
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.ask import soften
from inchiesta.sentiment.model.fit import Examples, fit_own, fit_pooled, hold_out, read_examples
from inchiesta.sentiment.model.labelled import read_labelled
from inchiesta.sentiment.model.weights import FILE_NAME, LABELS, ToneWeights, write_weights
from inchiesta.sentiment.pages import WORDS, Flags
from inchiesta.sentiment.words import Whole

CARD_NAME = "tones.md"
NOT_STATED = "not stated"
# What held-out parts choose from: the inverse strength of the pull to zero, and the share of the model that knows tone
# words only but was taught all languages. Of equally good ones the first.
PULLS = (0.05, 0.1)
SHARES = (0.0, 0.25, 0.5)
# What may be added to the score of a label.
LIFTS = tuple(round(-1 + 0.2 * step, 1) for step in range(11))
# "Clear" is said where so many held-out targets were right, with room for what another corpus takes off.
CLEAR_RIGHT, MOST_CLEAR, CLEAR_STEP = 0.82, 0.95, 0.05
# Of every name of the news, annotators marked only the most obvious: there a label is clear where of those they marked
# nine in ten have its sign, and at least every second was marked at all. Fewer than 30 cases tell nothing.
SIGN_RIGHT, MARKED, FEWEST_CASES = 0.9, 0.5, 30


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
    Deterministic for one BLAS thread. A logistic regression per language (scikit-learn), mixed with one over the tone
    words of all languages. What is chosen (strength, share, lift of the labels, from when on one is clear) is chosen on
    five held-out parts of the labelled files, whole documents together.
    """
    targets = pd.concat([read_labelled(path) for path in files], ignore_index=True)
    languages = sorted(targets["language"].unique())
    examples = []
    for language in languages:
        chosen = targets[targets["language"] == language].reset_index(drop=True)
        if len(set(chosen["label"])) < len(LABELS):
            raise SourceError(f"expected targets with each of the labels {', '.join(LABELS)} to train on")
        tell(f"{language}: {len(chosen):,} targets")
        examples.append(read_examples(chosen))
    for language, of_language in zip(languages, examples, strict=True):
        others = [other for other in examples if other is not of_language]
        weights, figures, choice = train_language(of_language, others, tell=tell)
        place = folder / language
        place.mkdir(parents=True, exist_ok=True)
        write_weights(place / FILE_NAME, weights)
        chosen = targets[targets["language"] == language]
        (place / CARD_NAME).write_text(_write_card(weights, figures, choice, chosen, files, licence), encoding="utf-8")
    return ToneTaught(tuple(languages), len(targets), folder)


def train_language(
    examples: Examples, others: Sequence[Examples], *, tell: Callable[[str], None] = lambda what: None
) -> tuple[ToneWeights, list[dict[str, float]], tuple[float, float]]:
    """Train on the targets of one language, its tone words on those of others too.

    Returns the weights, what held-out parts showed (targets picked, every name), and what they chose.
    """
    held = {}
    for pull in PULLS:
        tell(f"{examples.language}: held-out parts, C {pull:g}")
        own, pooled = hold_out(examples, others, pull)
        for share in SHARES if others else SHARES[:1]:
            held[pull, share] = soften((1 - share) * own + share * pooled)
    best = max(held, key=lambda choice: round(_macro(held[choice], examples.labels, examples.every), 4))
    everything = np.arange(len(examples.labels))
    fitted = fit_own(examples, everything, best[0])
    if best[1]:
        fitted = fitted.mixed(fit_pooled(examples, everything, others), best[1])
    bias, clear, figures = _calibrate(fitted.bias, held[best], examples)
    lemmas, families = fitted.layout.to_families(fitted.grams, WORDS.of(examples.language).lemma_numbers)
    return ToneWeights(examples.language, lemmas, families, fitted.sums, bias, clear), figures, best


def _calibrate(
    bias: Reals, held: Reals, examples: Examples
) -> tuple[Reals, tuple[float, float], list[dict[str, float]]]:
    """Give the bias with each label lifted, from which probability on a label is clear, and the figures."""
    bias, clear, figures = bias.copy(), [], []
    for kind in (False, True):
        here = examples.every == kind
        lift = _choose_lift(held[here], examples.labels[here])
        bias[int(kind)] += lift
        least, figure = _choose_clear(_lifted(held[here], lift), examples.labels[here], every_name=kind)
        clear.append(least)
        figures.append(figure)
    # A kind of targets it has never seen is taken for the other: where only news was labelled, every target is a name
    # of the news.
    seen = [bool((examples.every == kind).any()) for kind in (False, True)]
    for number in (0, 1):
        if not seen[number]:
            bias[number], clear[number] = bias[1 - number], clear[1 - number]
    return bias, (clear[0], clear[1]), figures


def _macro(held: Reals, labels: Whole, every: Flags) -> float:
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


def _choose_lift(held: Reals, labels: Whole) -> Reals:
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


def _choose_clear(held: Reals, labels: Whole, *, every_name: bool) -> tuple[float, dict[str, float]]:
    """Give the least probability from which held-out polar labels were right often enough, and the figures."""
    from sklearn.metrics import f1_score

    if not len(labels):
        return 1.0, {}
    found, sure = held.argmax(axis=1), held.max(axis=1)
    polar, toned = found != LABELS.index("neutral"), labels != LABELS.index("neutral")
    right = found == labels
    clear = MOST_CLEAR
    for step in range(round((MOST_CLEAR - 0.5) / CLEAR_STEP), -1, -1):
        least = round(0.5 + step * CLEAR_STEP, 2)
        chosen = polar & (sure >= least)
        if every_name:
            enough = _share(right, chosen & toned) >= SIGN_RIGHT and _share(toned, chosen) >= MARKED
        else:
            enough = _share(right, chosen) >= CLEAR_RIGHT
        if chosen.sum() >= FEWEST_CASES and not enough:
            break
        clear = least
    chosen = polar & (sure >= clear)
    return clear, {
        "targets": float(len(labels)),
        "macro F1": float(f1_score(labels, found, average="macro", zero_division=0)),
        "clear": float(chosen.sum()),
        "clear ones right": _share(right, chosen),
        "their sign right": _share(right, chosen & toned),
    }


def _share(of: Flags, among: Flags) -> float:
    return float(of[among].mean()) if among.any() else 0.0


def _write_card(
    weights: ToneWeights,
    figures: Sequence[dict[str, float]],
    choice: tuple[float, float],
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
        f"- Features: {sum(len(family.lemmas) for family in weights.families.values()):,} grams of "
        f"{len(weights.lemmas):,} lemmas, {len(weights.sums):,} sums of tone words",
        f"- Chosen on held-out parts: C {choice[0]:g}; share of the model over tone words of all languages "
        f"{choice[1]:g}",
        *(
            f"- {what}, on five held-out parts: macro F1 {figure['macro F1']:.2f}; clear from a probability of "
            f"{clear:.2f} on: {figure['clear']:.0f} of {figure['targets']:.0f}, {figure['clear ones right']:.2f} of "
            f"them right, and {figure['their sign right']:.2f} of those the annotators marked at all"
            for what, clear, figure in zip(("Targets picked", "Every name"), weights.clear, figures, strict=True)
            if figure
        ),
        "",
        "Not for: irony, implication, pronouns, other languages, texts unlike news. It has seen sentences, never the",
        "text around them.",
        "",
    ]
    return "\n".join(lines)
