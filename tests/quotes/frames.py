"""Texts as tables, with names given by hand."""

from __future__ import annotations

import re

import pandas as pd

from inchiesta.quotes.find import find_quotes
from inchiesta.text.sentences import is_heading, split_sentences


def build_frames(text: str, language: str, document_id: str = "d1") -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build documents and sentences of one text; each line is a paragraph."""
    rows = []
    for number, (start, end) in enumerate(split_sentences(text, language), 1):
        alone = text[:start].endswith("\n") * (not start or 1) or not start
        whole = bool(alone) and text[end : end + 1] in ("", "\n")
        heading = whole and is_heading(text[start:end], 1)
        rows.append((f"{document_id}:{number:04d}", document_id, start, end, language, heading, text[start:end]))
    columns = ["sentence_id", "document_id", "start_char", "end_char", "language", "is_heading", "text"]
    documents = pd.DataFrame({"document_id": [document_id], "language": [language], "text": [text]})
    return documents, pd.DataFrame(rows, columns=columns)


def find_named(text: str, names: dict[str, str], language: str = "it") -> pd.DataFrame:
    """Find the quotations of a text whose names are given with their kinds; actor_id is the name's last word."""
    documents, sentences = build_frames(text, language)
    rows = [
        ("d1", match.start(), match.end(), name, name.split()[-1], kind)
        for name, kind in names.items()
        for match in re.finditer(rf"\b{re.escape(name)}\b", text)
    ]
    kept = [row for row in rows if not any(o[1] <= row[1] and row[2] <= o[2] and o != row for o in rows)]
    mentions = pd.DataFrame(kept, columns=["document_id", "start_char", "end_char", "surface", "actor_id", "kind"])
    return find_quotes(documents, sentences, mentions.astype({"start_char": "int64", "end_char": "int64"}))


def said(text: str, names: dict[str, str], language: str = "it") -> list[tuple[str, str]]:
    """Give (quotation, actor) of what stands in marks."""
    quotes = find_named(text, names, language)
    quotes = quotes[quotes["kind"] != "indirect"]
    return list(zip(quotes["text"], quotes["speaker_id"], strict=True))
