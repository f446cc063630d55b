"""Units: the mentions that make pairs, and the piece of text (sentence, paragraph, window, document) each stands in."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.corpus.counting import documents_standing_for_origins
from inchiesta.errors import ParameterError
from inchiesta.text.dateline import find_datelines


def count_once(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None,
    counting: Counting = BY_SENTENCE,
) -> pd.DataFrame:
    """Give the mentions that make pairs.

    Left out are forms that do not count, mentions without an actor, repeated paragraphs and datelines (when `sentences`
    are given), and copies unless they count.
    """
    counted = mentions[mentions["form"].isin(list(counting.forms)) & (mentions["actor_id"] != "")]
    if not counting.count_copies:
        counted = drop_copies(counted, documents)
    if sentences is None:
        return counted
    repeated = sentences.loc[sentences["repeats_paragraph"].notna(), "sentence_id"]
    return drop_datelines(counted[~counted["sentence_id"].isin(repeated)], sentences)


def drop_copies(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give the mentions of the documents that stand for their origins."""
    return mentions[mentions["document_id"].isin(list(documents_standing_for_origins(documents)))]


def drop_datelines(mentions: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Give the mentions that do not stand in a dateline: there the place of writing meets the agency, nobody else."""
    datelines = find_datelines(sentences)
    ends = mentions["sentence_id"].map(datelines.set_index("sentence_id")["end_char"]).astype("float64")
    return mentions[~(mentions["start_char"] < ends)]


def number_units(counted: pd.DataFrame, sentences: pd.DataFrame | None, counting: Counting) -> NDArray[np.int64]:
    """Give for each mention the number of its unit: the same within a document only for mentions that meet there.

    Raises
    ------
    ParameterError
        If paragraphs or windows are wanted without `sentences`.
    """
    unit = counting.unit
    if unit == "document":
        return np.zeros(len(counted), dtype=np.int64)
    if unit == "sentence":
        return pd.factorize(counted["sentence_id"], sort=True)[0].astype(np.int64)
    if sentences is None:
        raise ParameterError(f"unit '{unit}' needs the table sentences; give it as sentences=")
    if unit == "paragraph":
        numbers = sentences["paragraph"]
    else:
        numbers = sentences.groupby("document_id", sort=False).cumcount() // counting.window
    by_sentence = pd.Series(numbers.to_numpy(), index=sentences["sentence_id"].to_numpy())
    return by_sentence.reindex(counted["sentence_id"]).to_numpy().astype(np.int64)
