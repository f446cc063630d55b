"""What counts once: one document for its copies, one paragraph for its repetition."""

from __future__ import annotations

import pandas as pd


def documents_standing_for_origins(documents: pd.DataFrame) -> frozenset[str]:
    """Give the ids of one document per origin: the longest, the smallest id among equals.

    A document without an origin stands for itself.
    """
    chosen: dict[str, tuple[int, str]] = {}
    rows = zip(documents["document_id"], documents["origin_id"], documents["n_chars"], documents["status"], strict=True)
    for document_id, origin_id, n_chars, status in rows:
        if status == "read":
            rank = (-int(n_chars), str(document_id))
            origin = str(origin_id) or str(document_id)
            chosen[origin] = min(rank, chosen.get(origin, rank))
    return frozenset(document_id for _, document_id in chosen.values())


def sentences_counted_once(sentences: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give the sentences that count: those of one document per origin, without paragraphs that repeat an earlier one.

    Notes
    -----
    A sentence that only another copy has is not among them.
    """
    standing = documents_standing_for_origins(documents)
    kept = sentences["document_id"].isin(list(standing)) & sentences["repeats_paragraph"].isna()
    return sentences[kept].reset_index(drop=True)
