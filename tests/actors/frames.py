"""Tiny documents and sentences for the tests of the actors: every line of a text is one sentence."""

from __future__ import annotations

import pandas as pd


def build_frames(
    *texts: str, language: str = "it", origins: list[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build documents d1, d2 ... and their sentences."""
    documents, sentences = [], []
    for number, text in enumerate(texts, 1):
        document_id, start, count = f"d{number}", 0, 0
        for line in text.split("\n"):
            if line.strip():
                count += 1
                sentence_id = f"{document_id}:{count:04d}"
                sentences.append((sentence_id, document_id, count - 1, start, start + len(line), language, None, line))
            start += len(line) + 1
        origin = origins[number - 1] if origins else f"o{number}"
        documents.append((document_id, origin, language, count, len(text), "read", text))
    columns = [
        "sentence_id",
        "document_id",
        "paragraph",
        "start_char",
        "end_char",
        "language",
        "repeats_paragraph",
        "text",
    ]
    return (
        pd.DataFrame(
            documents, columns=["document_id", "origin_id", "language", "n_sentences", "n_chars", "status", "text"]
        ),
        pd.DataFrame(sentences, columns=columns),
    )
