"""Training the tone model: labelled targets in, weights and a model card out."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.errors import SourceError
from inchiesta.provenance import hash_path
from inchiesta.sentiment.lexicon import LANGUAGES
from inchiesta.sentiment.model.features import Described
from inchiesta.sentiment.model.weights import FILE_NAME, GRAMS, LABELS, Reals, ToneWeights, write_weights
from inchiesta.sentiment.read import describe_targets

CARD_NAME = "tones.md"
NOT_STATED = "not stated"
# What was met once teaches nothing that its parts do not.
FEWEST = 2
# Inverse strength of the pull towards zero: .1 and .3 differ by less than .01 on held-out fifths.
C = 0.2
# News names nine of ten targets without any tone; rarer labels count up to so many times as much as neutral ones.
MOST_WEIGHT = 4.0
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
        weights, figures = train_language(chosen)
        place = folder / language
        place.mkdir(parents=True, exist_ok=True)
        write_weights(place / FILE_NAME, weights)
        (place / CARD_NAME).write_text(_write_card(weights, figures, chosen, files, licence), encoding="utf-8")
    return ToneTaught(tuple(languages), len(targets), folder)


def read_labelled(path: Path) -> pd.DataFrame:
    """Read labelled targets: text, start_char, end_char, language, label, document.

    A line is a JSON object with text and lang, and either start, end and label (negative, neutral, positive) of one
    target, or entities (start, end) and tone (start, end, score -1 or 1); an entity without a tone is neutral. ``doc``
    or ``id`` tells which lines belong together.

    Raises
    ------
    SourceError
        With the number of the first line that is not of the form; texts are never quoted.
    """
    if not path.is_file():
        raise SourceError(f"expected a file of labelled lines, found none at '{path}'")
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                rows += _read_line(line, f"{path.name}, line {number}")
    return pd.DataFrame(rows)


def _read_line(line: str, where: str) -> list[dict[str, Any]]:
    try:
        row: dict[str, Any] = json.loads(line)
        text, language = row["text"], row["lang"]
        # Sentences of one article carry its name before the last underscores.
        document = str(row["doc"]) if "doc" in row else "_".join(str(row.get("id", text)).split("_")[:3])
        if "label" in row:
            spans = [(row["start"], row["end"], row["label"])]
        else:
            tones = {(tone["start"], tone["end"]): tone["score"] for tone in row["tone"]}
            spans = [(e["start"], e["end"], LABELS[tones.get((e["start"], e["end"]), 0) + 1]) for e in row["entities"]]
    except (json.JSONDecodeError, KeyError, TypeError, IndexError) as error:
        raise SourceError(
            f"{where}: expected a JSON object with text, lang and start, end, label (or entities and tone); "
            f"{type(error).__name__}"
        ) from error
    if language not in LANGUAGES:
        raise SourceError(f"{where}: lang should be one of {', '.join(LANGUAGES)}")
    for start, end, label in spans:
        if label not in LABELS or not 0 <= start < end <= len(text):
            raise SourceError(f"{where}: a target with no label of {', '.join(LABELS)}, or outside the text")
    keys = ("text", "language", "document", "start_char", "end_char", "label")
    return [dict(zip(keys, (text, language, document, *span), strict=True)) for span in spans]


def train_language(targets: pd.DataFrame) -> tuple[ToneWeights, dict[str, float]]:
    """Train on the targets of one language; give the weights and what held-out parts showed."""
    labels = np.array([LABELS.index(label) for label in targets["label"]])
    if len(set(labels.tolist())) < len(LABELS):
        raise SourceError(f"expected targets with each of the labels {', '.join(LABELS)} to train on")
    described = describe_targets(targets)
    fold = np.array([crc32(name.encode()) % FOLDS for name in targets["document"]])
    held = np.zeros((len(labels), len(LABELS)))
    for number in range(FOLDS):
        inside, outside = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        if len(outside) and len(set(labels[inside].tolist())) == len(LABELS):
            learned = _fit([described[i] for i in inside], labels[inside], "")
            held[outside] = _ask(learned, [described[i] for i in outside])
    clear, figures = _choose_clear(held, labels)
    learned = _fit(described, labels, str(targets["language"].iloc[0]))
    return ToneWeights(learned.language, learned.names, learned.weights, learned.bias, clear), figures


def _ask(learned: ToneWeights, described: Sequence[Described]) -> Reals:
    from inchiesta.sentiment.model.weights import ToneModel

    return ToneModel(learned).probabilities(described)


def _fit(described: Sequence[Described], labels: NDArray[np.int64], language: str) -> ToneWeights:
    from sklearn.linear_model import LogisticRegression

    counts = Counter(name for target in described for name in (*target.grams, *target.sums))
    names = tuple(sorted(name for name, n in counts.items() if n >= FEWEST))
    matrix = _encode(described, {name: column for column, name in enumerate(names)})
    sizes = np.bincount(labels, minlength=len(LABELS))
    weight = np.clip(sizes[1] / np.maximum(sizes, 1), None, MOST_WEIGHT)
    model = LogisticRegression(C=C, max_iter=ROUNDS)
    model.fit(matrix, labels, sample_weight=weight[labels])
    return ToneWeights(language, names, np.asarray(model.coef_).T, np.asarray(model.intercept_), 1.0)


def _encode(described: Sequence[Described], columns: dict[str, int]) -> csr_matrix:
    rows, places, values = [], [], []
    for number, target in enumerate(described):
        known = [column for name in target.grams if (column := columns.get(name)) is not None]
        sums = [(column, value) for name, value in target.sums.items() if (column := columns.get(name)) is not None]
        rows += [number] * (len(known) + len(sums))
        places += known + [column for column, _ in sums]
        values += [GRAMS / np.sqrt(len(known))] * len(known) + [value for _, value in sums]
    # The same gram twice counts twice: duplicates are added up.
    return csr_matrix((values, (rows, places)), shape=(len(described), len(columns)))


def _choose_clear(held: Reals, labels: NDArray[np.int64]) -> tuple[float, dict[str, float]]:
    """Give the least probability from which held-out polar labels were right often enough, and the figures."""
    from sklearn.metrics import f1_score

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
    return clear, {"macro F1": macro, "clear": float(chosen.sum()), "clear ones right": right}


def _write_card(
    weights: ToneWeights, figures: dict[str, float], targets: pd.DataFrame, files: Sequence[Path], licence: str
) -> str:
    sizes = targets["label"].value_counts()
    named = ", ".join(f"{path.parent.name}/{path.name} (SHA-256 {hash_path(path)[:12]})" for path in files)
    lines = [
        f"# Tone model, {weights.language}",
        "",
        "Reads the tone toward a target: negative, neutral or positive. Logistic regression over words by their place and",
        "over the tone words of the lists; see `inchiesta.sentiment.model`. Trained with `inchiesta train-tones`.",
        "",
        f"- Date: {datetime.datetime.now(tz=datetime.UTC).date().isoformat()}",
        f"- Labelled data: {named}",
        f"- Licence of the data: {licence}",
        f"- Targets: {len(targets):,}; " + ", ".join(f"{sizes.get(label, 0):,} {label}" for label in LABELS),
        f"- Features: {len(weights.names):,}; clear from a probability of {weights.clear:.2f} on",
        f"- On five held-out parts: macro F1 {figures['macro F1']:.2f}; {figures['clear']:.0f} called clear, "
        f"{figures['clear ones right']:.2f} of them right",
        "",
        "Not for: irony, implication, pronouns, other languages, texts unlike news. It has seen sentences, never the text",
        "around them.",
        "",
    ]
    return "\n".join(lines)
