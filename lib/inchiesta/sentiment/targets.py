"""Tone of given texts and toward given targets."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.errors import ParameterError
from inchiesta.sentiment.gather import CLEAR_SCORE, LABEL_SCORE, METHODS
from inchiesta.sentiment.given import read_targets, read_texts
from inchiesta.sentiment.judge import NOT_JUDGED, judge
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.model.features import describe
from inchiesta.sentiment.model.weights import LABELS
from inchiesta.sentiment.rows import carry_to_names, carry_to_sentences
from inchiesta.sentiment.sentence import find_tones, pair_tones


def score_targets(targets: pd.DataFrame, *, method: str = "model", every_name: bool = False) -> pd.DataFrame:
    """Score the tone of texts toward given targets.

    Parameters
    ----------
    targets : DataFrame
        text; start_char, end_char: the target in it, in characters; language: it or en. Rows with the same text are
        scored together: each target is a name to the others.
    method : str, default "model"
        *model*: the trained model, *rules*: the word lists alone.
    every_name : bool, default False
        The targets are every name of a text, of which most are neutral, rather than some that were picked because
        somebody speaks of them. Read by the model only.

    Returns
    -------
    DataFrame
        With the index of `targets`: score (-1 to 1, all voices together), label (negative, neutral, positive) and
        clear (whether a negative or positive label would be shown without reserve). A language without a lexicon gives
        score NaN, an empty label and clear False.

    Raises
    ------
    ParameterError
        If there is no such method, or the index of `targets` is not unique.

    Notes
    -----
    Deterministic. By the model the score is the probability of positive less that of negative, and a label is clear
    from the probability on at which its held-out parts were right often enough (see its card). By rules "neutral" means
    that no word of the lexicon was found to colour the target.
    """
    if method not in METHODS:
        raise ParameterError(f"parameter 'method' takes {', '.join(METHODS)}; got '{method}'")
    if not targets.index.is_unique:
        raise ParameterError("targets needs a unique index, one label for each row")
    pages = read_targets(targets)
    tones, borders = find_tones(pages)
    pairs = pair_tones(pages, tones, borders)
    size, rows = len(pages.names.row), pages.names.row
    scores = np.full(len(targets), np.nan)
    scores[rows] = carry_to_names(pages, tones, pairs).sum_up(size)
    found = _labelled(scores, targets.index)
    if method == "model":
        judged = judge(pages, describe(pages, tones, pairs), every_name=every_name)
        here = judged.label != NOT_JUDGED
        asked = pd.DataFrame(
            {
                "score": judged.score[here].round(4),
                "label": [LABELS[label] for label in judged.label[here].tolist()],
                "clear": judged.clear[here],
            },
            index=targets.index[rows[here]],
        )
        found.loc[asked.index, list(asked)] = asked
    return found


def score_texts(texts: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of short texts (columns text, language) as such; returned like `score_targets`."""
    pages = read_texts(texts)
    tones, _ = find_tones(pages)
    scores = np.full(len(texts), np.nan)
    rows = np.array([int(name[1:]) for name in pages.sentence_ids], dtype=np.int64)
    scores[rows] = carry_to_sentences(pages, tones).sum_up(len(pages.firsts))
    return _labelled(scores, texts.index)


def _labelled(scores: Reals, index: pd.Index) -> pd.DataFrame:
    labels = pd.Series("neutral", index=index, dtype="str")
    labels[scores >= LABEL_SCORE] = "positive"
    labels[scores <= -LABEL_SCORE] = "negative"
    labels[np.isnan(scores)] = ""
    clear = np.abs(np.nan_to_num(scores)) >= CLEAR_SCORE
    return pd.DataFrame({"score": scores, "label": labels, "clear": clear}, index=index)
