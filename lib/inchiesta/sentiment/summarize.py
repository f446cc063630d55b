"""Tone by actor, counted by origin, with intervals, and withheld where there is too little."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.corpus.counting import documents_standing_for_origins
from inchiesta.sentiment.lexicon import LANGUAGES

# With 500 resamples the ends of a 95% interval move by about .01 from seed to seed.
RESAMPLES = 500
INTERVAL = (2.5, 97.5)
# One text, or two, cannot show that a tone is more than the habit of one author.
CLEAR_ORIGINS = 3
MONTH = "2024-03"
# Columns that a sentence has by its tones only.
OF_TONES = ("actor_id", "speaker_id")

LABELS = ("positive", "negative", "not clear")

Floats = NDArray[np.float64]


def summarize_tones(
    tones: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    by: Sequence[str] = ("actor_id",),
    voice: str = "narrator",
    seed: int = 0,
    min_sentences: int = 5,
    mentions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the mean tone of each group in one voice, with its interval and how far it carries.

    Parameters
    ----------
    tones, sentences, documents : DataFrame
        The tables of these names.
    by : sequence of str, default ("actor_id",)
        Columns that make a group: of `tones` (actor_id, speaker_id), of `documents` (source ...), month (of
        published_on; documents without one are left out), or of `sentences` (topic_id, see `place_topics`). With
        actor_id, rows without an actor are left out; without it, only those count (the sentence as such).
    voice : str, default "narrator"
        narrator, quoted or reported; empty for all of them. With speaker_id in `by`, tones of unknown speakers are left
        out.
    seed : int, default 0
        For the resampling.
    min_sentences : int, default 5
        Toned sentences below which a group's numbers are withheld.
    mentions : DataFrame, optional
        The table of this name: with it n_scored counts the sentences that name the actor.

    Returns
    -------
    DataFrame
        The columns of `by`; n_sentences: sentences with tone (all labels but neutral); n_scored: sentences that were
        scored (that name the actor when `mentions` is given, otherwise all in the same documents); n_origins; score:
        mean over toned sentences, -1 to 1; low, high: 95% interval, NaN below 3 origins; n_positive, n_negative: those
        called so without reserve; n_not_clear: toned, but neither; status: clear (the interval leaves out 0), weak, or
        withheld (score, low and high are NaN). Sorted by falling n_sentences, then by the columns of `by`.

    Notes
    -----
    Deterministic for a given seed. Copies count once: the longest document stands for its origin. Languages without a
    lexicon are not in n_scored. The interval comes from 500 bootstrap resamples of origins, so it covers which texts
    reached us, not the errors of the lexicon. The mean is over toned sentences only: it says how an actor is spoken of
    where he is spoken of with loaded words, not how often that happens (n_sentences out of n_scored does).

    References
    ----------
    Efron and Tibshirani 1993, An introduction to the bootstrap.
    """
    placed = _place(sentences, documents, by)
    base = _base(placed, mentions, by)
    toned = _toned(tones, placed, by, voice)
    rows = [
        {**dict(zip(by, key, strict=True)), **_summary(of_group, seed, min_sentences), "n_scored": base(key)}
        for key, of_group in _groups(toned, by)
    ]
    return _sorted(rows, by)


def find_toned(
    tones: pd.DataFrame, sentences: pd.DataFrame, documents: pd.DataFrame, *, by: Sequence[str], voice: str
) -> pd.DataFrame:
    """Give the rows of `tones` that a summary with the same arguments counts, with their origins and groups."""
    return _toned(tones, _place(sentences, documents, by), by, voice)


def _place(sentences: pd.DataFrame, documents: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Give the sentences that can have a tone, with what groups them; of copies one."""
    of_sentence = ["sentence_id", "document_id", *(column for column in by if column in sentences)]
    placed = sentences[sentences["language"].isin(LANGUAGES)][of_sentence]
    placed = placed.merge(_origins(documents), on="document_id", validate="many_to_one")
    return placed[placed["month"] != ""] if "month" in by else placed


def _toned(tones: pd.DataFrame, placed: pd.DataFrame, by: Sequence[str], voice: str) -> pd.DataFrame:
    toned = tones[(tones["label"] != "neutral") & ((tones["actor_id"] != "") == ("actor_id" in by))]
    if voice:
        toned = toned[toned["voice"] == voice]
    if "speaker_id" in by:
        toned = toned[toned["speaker_id"] != ""]
    toned = toned.drop(columns=[c for c in toned if c in placed and c != "sentence_id"])
    return toned.merge(placed, on="sentence_id", validate="many_to_one")


def _origins(documents: pd.DataFrame) -> pd.DataFrame:
    """Give the documents that stand for their origins."""
    standing = documents[documents["document_id"].isin(list(documents_standing_for_origins(documents)))]
    origin_id = standing["origin_id"].where(standing["origin_id"] != "", standing["document_id"])
    standing = standing.assign(origin_id=origin_id).drop(columns=["text", "language"], errors="ignore")
    if "published_on" not in standing:
        return standing
    dated = standing["published_on"].str.len() >= len(MONTH)
    return standing.assign(month=standing["published_on"].str[: len(MONTH)].where(dated, ""))


def place_topics(sentences: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Give the table `sentences` with topic_id: that of the passage a sentence stands in, empty for none."""
    number = {sentence: place for place, sentence in enumerate(sentences["sentence_id"].tolist())}
    topics = np.full(len(sentences), "", dtype=object)
    spans = zip(passages["first_sentence_id"], passages["last_sentence_id"], passages["topic_id"], strict=True)
    for first, last, topic in spans:
        if first in number and last in number:
            topics[number[first] : number[last] + 1] = topic
    return sentences.assign(topic_id=topics)


def _base(placed: pd.DataFrame, mentions: pd.DataFrame | None, by: Sequence[str]) -> Callable[[tuple[str, ...]], int]:
    """Give a function from a group's key to the number of sentences that were scored for it."""
    if mentions is not None and "actor_id" in by and "speaker_id" not in by:
        named = mentions[["sentence_id", "actor_id"]].drop_duplicates()
        counted = dict(_sizes(named.merge(placed, on="sentence_id"), by))
        return lambda key: counted.get(key, 0)
    others = [column for column in by if column not in OF_TONES]
    if not others:
        return lambda _key: len(placed)
    counted = dict(_sizes(placed, others))
    places = [place for place, column in enumerate(by) if column not in OF_TONES]
    return lambda key: counted.get(tuple(key[place] for place in places), 0)


def _sizes(frame: pd.DataFrame, by: Sequence[str]) -> list[tuple[tuple[str, ...], int]]:
    return [(key, len(of_group)) for key, of_group in _groups(frame, by)]


def _groups(frame: pd.DataFrame, by: Sequence[str]) -> list[tuple[tuple[str, ...], pd.DataFrame]]:
    if frame.empty:
        return []
    return [(tuple(map(str, key)), of_group) for key, of_group in frame.groupby(list(by), sort=True)]


def _summary(of_group: pd.DataFrame, seed: int, min_sentences: int) -> dict[str, Any]:
    """Give the numbers of one group; a sentence with several rows (without actor_id in `by`) counts once each."""
    scores = of_group["score"].to_numpy(dtype=np.float64)
    by_origin = of_group.groupby("origin_id")["score"].agg(["sum", "count"])
    n_sentences, n_origins = len(of_group), len(by_origin)
    withheld = n_sentences < min_sentences
    low, high = _interval(by_origin.to_numpy(dtype=np.float64), seed)
    clear = n_origins >= CLEAR_ORIGINS and (low > 0 or high < 0)
    nothing = float("nan")
    return {
        "n_sentences": n_sentences,
        "n_origins": n_origins,
        "score": nothing if withheld else round(float(scores.mean()), 4),
        "low": nothing if withheld else low,
        "high": nothing if withheld else high,
        **{f"n_{label.replace(' ', '_')}": int((of_group["label"] == label).sum()) for label in LABELS},
        "status": "withheld" if withheld else "clear" if clear else "weak",
    }


def _interval(by_origin: Floats, seed: int) -> tuple[float, float]:
    """Give the 95% interval of the mean over resampled origins (rows: sum and count of each)."""
    n_origins = len(by_origin)
    if n_origins < CLEAR_ORIGINS:
        return float("nan"), float("nan")
    drawn = np.random.default_rng(seed).integers(n_origins, size=(RESAMPLES, n_origins))
    totals = by_origin[drawn].sum(axis=1)
    low, high = np.percentile(totals[:, 0] / totals[:, 1], INTERVAL)
    return round(float(low), 4), round(float(high), 4)


def _sorted(rows: list[dict[str, Any]], by: Sequence[str]) -> pd.DataFrame:
    types = {
        "n_sentences": "int64",
        "n_scored": "int64",
        "n_origins": "int64",
        "score": "float64",
        "low": "float64",
        "high": "float64",
        "n_positive": "int64",
        "n_negative": "int64",
        "n_not_clear": "int64",
        "status": "str",
    }
    table = pd.DataFrame(rows, columns=[*by, *types]).astype({**dict.fromkeys(by, "str"), **types})
    return table.sort_values(["n_sentences", *by], ascending=[False, *(True for _ in by)], ignore_index=True)
