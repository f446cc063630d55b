"""Given texts and targets as pages: what a caller picked, instead of the tables of a corpus."""

from __future__ import annotations

import pandas as pd

from inchiesta.sentiment.pages import Pages, read_pages


def read_targets(targets: pd.DataFrame) -> Pages:
    """Read targets (text, language, start_char, end_char); the row of each name is its place in the table.

    Rows with the same text are read together: each target is a name to the others. A text is one sentence.
    """
    texts = targets[["text", "language"]].drop_duplicates().reset_index(drop=True)
    texts = texts.assign(document_id=[f"t{number}" for number in range(len(texts))])
    named = targets[["text", "language", "start_char", "end_char"]].merge(texts, on=["text", "language"], how="left")
    return read_pages(texts[["document_id", "text"]], _as_sentences(texts), named)


def read_texts(texts: pd.DataFrame) -> Pages:
    """Read texts (text, language) without any target; the sentences are the rows, in their order."""
    numbered = texts[["text", "language"]].reset_index(drop=True)
    numbered = numbered.assign(document_id=[f"t{number}" for number in range(len(texts))])
    nobody = pd.DataFrame({"document_id": [], "start_char": [], "end_char": []})
    return read_pages(numbered[["document_id", "text"]], _as_sentences(numbered), nobody)


def _as_sentences(texts: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "sentence_id": texts["document_id"],
            "document_id": texts["document_id"],
            "paragraph": 0,
            "start_char": 0,
            "end_char": texts["text"].str.len().astype("int64"),
            "language": texts["language"],
        }
    )
