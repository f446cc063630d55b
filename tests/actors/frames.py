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


Row = tuple[str, str, str]


def name_mentions(*rows: Row, score: float = 0.9) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build documents and mentions from (document, surface, kind), in reading order; listed names are not looked up.

    A surface may hold what stands before it in braces: ``{ (}LTA`` is *LTA* right behind an opening bracket.
    """
    texts: dict[str, str] = {}
    mentions = []
    for document_id, written, kind in rows:
        before, surface = written[1:].split("}", 1) if written.startswith("{") else (" . ", written)
        text = texts.get(document_id, "") + before
        start, end = len(text), len(text) + len(surface)
        texts[document_id] = text + surface + (")" if before.endswith("(") else "")
        place = (document_id, f"{document_id}:0001", start, end, surface)
        mentions.append((*place, "", kind, "name", score, "tagger"))
    documents = pd.DataFrame({"document_id": list(texts), "text": list(texts.values())}).assign(
        origin_id=lambda table: table["document_id"], path=lambda table: table["document_id"] + ".txt"
    )
    columns = ["document_id", "sentence_id", "start_char", "end_char", "surface"]
    columns += ["actor_id", "kind", "form", "score", "found_by"]
    texts_of = [name for name in columns if name not in ("start_char", "end_char", "score")]
    return documents, pd.DataFrame(mentions, columns=columns).astype(dict.fromkeys(texts_of, "str"))
