"""Tiny documents for the tests of time: every line of a text is one sentence, every empty line a new paragraph."""

from __future__ import annotations

import pandas as pd

from inchiesta.timeline.find import find_dates


def build_tables(
    *texts: str, language: str = "it", published: str = "", origins: list[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build documents d1, d2 ... and their sentences."""
    precision = {0: "none", 4: "year", 7: "month", 10: "day"}[len(published)]
    documents, sentences = [], []
    for number, text in enumerate(texts, 1):
        start = paragraph = count = 0
        for line in text.split("\n"):
            if line:
                count += 1
                end = start + len(line)
                sentences.append((f"d{number}:{count:04d}", f"d{number}", paragraph, start, end, language, line))
            else:
                paragraph += 1
            start += len(line) + 1
        origin = origins[number - 1] if origins else f"o{number}"
        documents.append((f"d{number}", origin, f"Title {number}", published, precision, text))
    columns = ["sentence_id", "document_id", "paragraph", "start_char", "end_char", "language", "text"]
    return (
        pd.DataFrame(
            documents, columns=["document_id", "origin_id", "title", "published_on", "date_precision", "text"]
        ),
        pd.DataFrame(sentences, columns=columns),
    )


def date_text(text: str, language: str = "it", published: str = "", *, lean: str = "tense") -> pd.DataFrame:
    """Find the dates of one text."""
    return find_dates(*build_tables(text, language=language, published=published), lean=lean)


def read(text: str, language: str = "it", published: str = "2024-03-13") -> list[tuple[str, str, str, str]]:
    """Give (text, from_date, to_date, precision) of the dates of one text."""
    found = date_text(text, language, published)
    return list(found[["text", "from_date", "to_date", "precision"]].itertuples(index=False, name=None))
