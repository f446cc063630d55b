"""Tone toward actors: scored mentions joined with the actors they name, and given targets scored directly."""

from __future__ import annotations

from itertools import groupby

import numpy as np
import pandas as pd

from inchiesta.errors import ParameterError
from inchiesta.sentiment.lexicon import LANGUAGES
from inchiesta.sentiment.model.weights import FILE_NAME, LABELS, ToneModel, load_model
from inchiesta.sentiment.read import describe_targets
from inchiesta.sentiment.score import SENTENCE_AS_SUCH, score_document
from inchiesta.settings import RESOURCES
from inchiesta.tables import table_of

METHODS = ("model", "rules")

# A single weak word a few tokens away gives about .15: below .2 a score is no attitude.
LABEL_SCORE = 0.2
# One strong word right beside the name gives about .45: from there on the label is shown as clear.
CLEAR_SCORE = 0.4


def gather_tones(scored: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Give the table `tones` from scored mentions: one row per sentence, actor and voice.

    Parameters
    ----------
    scored : DataFrame
        What `inchiesta.sentiment.score.score_tones` returns.
    mentions : DataFrame
        The table of this name, with resolved actors.

    Returns
    -------
    DataFrame
        The table `tones`. Several mentions of an actor in a sentence give the mean of their scores and their words
        together; `actor_id` is empty for the sentence as such, `speaker_id` is not yet filled. Sorted by sentence,
        actor and voice.

    Notes
    -----
    Deterministic. A scored mention that is not among `mentions` is left out.
    """
    named = mentions[["sentence_id", "start_char", "actor_id"]]
    joined = scored.merge(named, on=["sentence_id", "start_char"], how="left")
    joined.loc[joined["start_char"] == SENTENCE_AS_SUCH, "actor_id"] = ""
    joined = joined[joined["actor_id"].notna()].sort_values(["sentence_id", "actor_id", "voice", "start_char"])
    keys = joined[["sentence_id", "actor_id", "voice"]].astype("str")
    rows = zip(*(keys[c].tolist() for c in keys), joined["score"].tolist(), joined["words"].tolist(), strict=True)
    tones = []
    for key, run in groupby(rows, key=lambda row: row[:3]):
        scores, words = zip(*((row[3], row[4]) for row in run), strict=True)
        in_order = list(dict.fromkeys(word for of_mention in words for word in of_mention))
        tones.append((*key, "", round(sum(scores) / len(scores), 4), in_order))
    table = table_of("tones")
    columns = ["sentence_id", "actor_id", "voice", "speaker_id", "score", "words"]
    types = table.schema.empty_table().to_pandas().dtypes
    return pd.DataFrame(tones, columns=columns).astype({column: types[column] for column in columns})[table.names]


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
        With the index of `targets`: score (-1 to 1, both voices together), label (negative, neutral, positive) and
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
    found = _score_by_rules(targets)
    for language in LANGUAGES if method == "model" else ():
        model, rows = find_model(language), targets[targets["language"] == language]
        if model is not None and len(rows):
            found.loc[rows.index, ["score", "label", "clear"]] = _ask(model, rows, every_name=every_name)
    return found


def find_model(language: str) -> ToneModel | None:
    """Give the tone model shipped for a language, None where there is none."""
    path = RESOURCES / language / FILE_NAME
    return load_model(path) if path.is_file() else None


def _ask(model: ToneModel, rows: pd.DataFrame, *, every_name: bool) -> pd.DataFrame:
    odds = model.probabilities(describe_targets(rows), np.full(len(rows), every_name))
    best = odds.argmax(axis=1)
    polar = best != LABELS.index("neutral")
    clear = polar & (odds.max(axis=1) >= model.learned.clear[int(every_name)])
    labels = [LABELS[number] for number in best]
    return pd.DataFrame(
        {"score": (odds[:, 2] - odds[:, 0]).round(4), "label": labels, "clear": clear}, index=rows.index
    )


def _score_by_rules(targets: pd.DataFrame) -> pd.DataFrame:
    scores = pd.Series(float("nan"), index=targets.index, dtype="float64")
    known = targets[targets["language"].isin(LANGUAGES)].reset_index(names="row")
    places = list(scores.index)
    position = {row: number for number, row in enumerate(places)}
    values = scores.to_numpy(copy=True)
    for (text, language), rows in known.groupby(["text", "language"], sort=False):
        spans = list(zip(rows["start_char"].tolist(), rows["end_char"].tolist(), strict=True))
        totals = _toward(str(text), str(language), spans)
        for row, (start, _) in zip(rows["row"].tolist(), spans, strict=True):
            values[position[row]] = totals.get(start, 0.0)
    return _labelled(pd.Series(values, index=targets.index))


def score_texts(texts: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of short texts (columns text, language) as such; returned like `score_targets`."""
    values = [
        _toward(str(text), str(language), []).get(SENTENCE_AS_SUCH, 0.0) if language in LANGUAGES else float("nan")
        for text, language in zip(texts["text"], texts["language"], strict=True)
    ]
    return _labelled(pd.Series(values, index=texts.index, dtype="float64"))


def _toward(text: str, language: str, spans: list[tuple[int, int]]) -> dict[int, float]:
    """Give the score by first character of the target, voices added up; the text as such under -1."""
    totals: dict[int, float] = {}
    for _, start_char, _, score, _ in score_document(text, [("", language, 0, 0, len(text))], sorted(set(spans))):
        totals[start_char] = max(-1.0, min(1.0, totals.get(start_char, 0.0) + score))
    return totals


def _labelled(scores: pd.Series) -> pd.DataFrame:
    labels = pd.Series("neutral", index=scores.index, dtype="str")
    labels[scores >= LABEL_SCORE] = "positive"
    labels[scores <= -LABEL_SCORE] = "negative"
    labels[scores.isna()] = ""
    return pd.DataFrame({"score": scores, "label": labels, "clear": scores.abs() >= CLEAR_SCORE})
