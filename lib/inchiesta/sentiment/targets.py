"""Tone toward actors: scored mentions joined with the actors they name, and given targets scored directly."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from inchiesta.sentiment.lexicon import LANGUAGES
from inchiesta.sentiment.score import SENTENCE_AS_SUCH, score_document
from inchiesta.tables import table_of

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


def score_targets(targets: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of texts toward given targets.

    Parameters
    ----------
    targets : DataFrame
        text; start_char, end_char: the target in it, in characters; language: it or en. Rows with the same text are
        scored together: each target is a name to the others.

    Returns
    -------
    DataFrame
        With the index of `targets`: score (-1 to 1, both voices together; 0 where nothing was found), label (negative,
        neutral, positive) and clear (whether the label would be shown without reserve). A language without a lexicon
        gives score NaN, an empty label and clear False.

    Notes
    -----
    Deterministic. Rules alone: "neutral" means that no word of the lexicon was found to colour the target.
    """
    scores = pd.Series(float("nan"), index=targets.index, dtype="float64")
    known = targets[targets["language"].isin(LANGUAGES)].reset_index(names="row")
    places = list(scores.index)
    if not targets.index.is_unique:
        raise ValueError("targets needs a unique index, one label for each row")
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
