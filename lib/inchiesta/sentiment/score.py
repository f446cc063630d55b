"""Tone of sentences and toward the actors named in them: word lists and the trained model, a batch at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from inchiesta.sentiment.judge import Judged, explain, judge
from inchiesta.sentiment.model.features import Described, describe
from inchiesta.sentiment.model.weights import LABELS
from inchiesta.sentiment.pages import Pages, read_pages
from inchiesta.sentiment.rows import Carried, carry_to_names, carry_to_sentences
from inchiesta.sentiment.sentence import Tones, find_tones, pair_tones
from inchiesta.sentiment.words import Whole

SENTENCE_AS_SUCH = -1
# Texts are joined so many at a time: what is looked up once is shared by enough, and the columns stay small.
BATCH = 500

SCORES = pa.schema(
    [
        ("document_id", pa.large_string()),
        ("sentence_id", pa.large_string()),
        ("start_char", pa.int64()),
        ("score", pa.float64()),
        ("label", pa.large_string()),
        ("clear", pa.bool_()),
        ("rule_score", pa.float64()),
        ("words", pa.large_list(pa.large_string())),
        ("word_starts", pa.large_list(pa.int64())),
        ("word_scores", pa.large_list(pa.float64())),
    ]
)


def score_tones(documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of every sentence, and toward every mention in it.

    Parameters
    ----------
    documents, sentences, mentions : DataFrame
        The tables of these names, for any number of whole documents; each document is scored by itself.

    Returns
    -------
    DataFrame
        document_id; sentence_id; start_char: the mention's first character, -1 for the sentence as such; score: -1 to
        1, by the model; label: negative, neutral or positive; clear: whether a negative or positive label would be
        shown without reserve; rule_score: -1 to 1, by the word lists alone; words: what carried it, as written, with +
        or - after shifters ("-tradimento"); word_starts: their first characters; word_scores: what each says by rules.
        A row only where a word carried tone or the model found some. Of the sentence as such there is no model: score
        is the rules'. Sorted by document and sentence, the sentence as such first.

    Notes
    -----
    Deterministic. Languages without a lexicon (all but it and en) give no rows: they are not scored, not neutral. By
    rules the score is the hyperbolic tangent of the sum of the words' scores after shifters, toward a mention weighted
    by how well the word fits it (see `inchiesta.sentiment.roles`); by the model, the probability of positive less that
    of negative (see `inchiesta.sentiment.model`). Words inside a mention, and capitalised words within a sentence, are
    names and carry no tone. Where the model finds a tone that no word of the lists carries, the words that moved it
    most are given.

    What the number does not show: irony, implication, and whom a pronoun means.

    References
    ----------
    Taboada et al. 2011, doi 10.1162/COLI_a_00049. Hamborg and Donnay 2021, doi 10.18653/v1/2021.eacl-main.142.
    """
    parts = []
    for begin in range(0, len(documents), BATCH):
        some = documents.iloc[begin : begin + BATCH]
        ids = some["document_id"]
        whole = len(some) == len(documents)
        of_them = sentences if whole else sentences[sentences["document_id"].isin(ids)]
        named = mentions if whole else mentions[mentions["document_id"].isin(ids)]
        parts.append(_score_batch(some, of_them, named))
    return pd.concat(parts, ignore_index=True) if parts else scores_frame(SCORES.empty_table())


def _score_batch(documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    pages = read_pages(documents, sentences, mentions)
    tones, borders = find_tones(pages)
    pairs = pair_tones(pages, tones, borders)
    described = describe(pages, tones, pairs)
    judged = judge(pages, described, every_name=True)
    parts = [
        _sentences_frame(pages, tones),
        _names_frame(pages, described, carry_to_names(pages, tones, pairs), judged),
    ]
    return pd.concat(parts, ignore_index=True).sort_values(
        ["document_id", "sentence_id", "start_char"], kind="stable", ignore_index=True
    )


def _sentences_frame(pages: Pages, tones: Tones) -> pd.DataFrame:
    carried = carry_to_sentences(pages, tones)
    rows = np.unique(carried.target)
    scores = carried.sum_up(len(pages.firsts))[rows]
    said = {"score": scores, "label": [""] * len(rows), "clear": np.zeros(len(rows), dtype=bool), "rule_score": scores}
    return _frame(pages, rows, np.full(len(rows), SENTENCE_AS_SUCH), said, carried, rows)


def _names_frame(pages: Pages, described: Described, carried: Carried, judged: Judged) -> pd.DataFrame:
    size = described.size
    rules, polar = carried.sum_up(size), judged.is_polar()
    # A word of the lists explains a label if it is of its sign.
    agreed = np.bincount(carried.target, weights=np.sign(carried.value) == np.sign(judged.score[carried.target]))
    unexplained = np.flatnonzero(polar & (np.append(agreed, np.zeros(size - len(agreed))) == 0))
    name, token = explain(pages, described, judged, unexplained)
    # A word the lists give the opposite sign explains nothing.
    new = ~np.isin(name * len(pages.starts) + token, carried.target * len(pages.starts) + carried.token)
    name, token = name[new], token[new]
    signs = np.where(judged.score[name] > 0, "+", "-").tolist()
    words = [sign + pages.words[place] for sign, place in zip(signs, token.tolist(), strict=True)]
    carried = carried.with_others(Carried(name, token, words, np.zeros(len(name))))
    rows = np.flatnonzero(polar | (np.bincount(carried.target, minlength=size) > 0))
    said = {
        "score": judged.score[rows],
        "label": np.array([*LABELS, ""], dtype=object)[judged.label[rows]].tolist(),
        "clear": judged.clear[rows],
        "rule_score": rules[rows],
    }
    return _frame(pages, pages.names.sentence[rows], pages.names.start[rows], said, carried, rows)


def _frame(
    pages: Pages, sentences: Whole, starts: Whole, said: dict[str, Any], carried: Carried, rows: Whole
) -> pd.DataFrame:
    """Give a table of targets with columns that do not depend on there being any."""
    documents = [pages.document_ids[row] for row in sentences.tolist()]
    bases = np.array([pages.shift[document] for document in documents], dtype=np.int64)
    frame = pd.DataFrame(
        {
            "document_id": documents,
            "sentence_id": [pages.sentence_ids[row] for row in sentences.tolist()],
            "start_char": np.where(starts == SENTENCE_AS_SUCH, starts, starts - bases),
            **said,
            **carried.lists(pages, rows, bases),
        }
    )
    types = {"document_id": "str", "sentence_id": "str", "label": "str", "start_char": "int64", "clear": "bool"}
    typed: pd.DataFrame = frame.round({"score": 4, "rule_score": 4}).astype(types)[SCORES.names]
    return typed


def scores_frame(scores: pa.Table) -> pd.DataFrame:
    """Give scored targets held by Arrow as a table, its lists left with Arrow."""
    lists = {field.type: pd.ArrowDtype(field.type) for field in SCORES if pa.types.is_large_list(field.type)}
    # What Arrow noted of the types of pandas does not know lists.
    frame: pd.DataFrame = scores.replace_schema_metadata(None).to_pandas(types_mapper=lists.get)
    return frame
