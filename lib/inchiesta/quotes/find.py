"""Quotations with their speakers, document by document."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pandas as pd

from inchiesta.quotes.marks import find_marked
from inchiesta.quotes.page import Name, Page
from inchiesta.quotes.words import find_cues, fold
from inchiesta.text.lists import FULL_LANGUAGES


def open_pages(
    documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame | None = None
) -> Iterator[Page]:
    """Give the documents that have text and sentences in Italian or English, ready to be read."""
    placed = _by_document(sentences, ["start_char", "end_char", "sentence_id", "language", "is_heading"])
    named = {} if mentions is None else _by_document(mentions, ["start_char", "end_char", "kind", "surface"])
    for document_id, text in zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True):
        rows = placed.get(document_id)
        spoken = {row[3] for row in rows} & set(FULL_LANGUAGES) if text and rows else set()
        if rows and spoken:
            yield _open_page(document_id, text, rows, named.get(document_id, []), sorted(spoken))


def _open_page(document_id: str, text: str, rows: list, names: list, spoken: list[str]) -> Page:  # type: ignore[type-arg]
    starts, ends, ids, languages, headings = (list(column) for column in zip(*rows, strict=True))
    low = fold(text)
    if len(spoken) > 1:
        counts = {language: languages.count(language) for language in spoken}
        spoken = sorted(spoken, key=lambda language: (-counts[language], language))
    cues = find_cues(low, spoken[0])
    # A passage in another language is read with that language's words.
    languages = [language if language in spoken else "" for language in languages]
    if len(spoken) > 1:
        other = find_cues(low, spoken[1])
        page = Page(document_id, text, low, starts, ends, ids, languages, headings, [], [], [])
        cues = sorted(
            [cue for cue in cues if languages[page.sentence_at(cue.start)] != spoken[1]]
            + [cue for cue in other if languages[page.sentence_at(cue.start)] == spoken[1]],
            key=lambda cue: cue.start,
        )
    people = [Name(start, end, kind, _key(surface, kind), surface) for start, end, kind, surface in names]
    marked = [m for m in find_marked(text)] if len(text) else []
    page = Page(document_id, text, low, starts, ends, ids, languages, headings, people, cues, marked)
    if "" in languages:
        page.marked = [m for m in marked if languages[page.sentence_at(m.outer_start)]]
        page.__post_init__()
    return page


def _key(surface: str, kind: str) -> str:
    """Give what two namings of one person in a document share: the last word; of others the whole name."""
    return surface.rpartition(" ")[2].casefold() if kind == "PER" else surface.casefold()


def _by_document(frame: pd.DataFrame, columns: list[str]) -> dict[str, list]:  # type: ignore[type-arg]
    ordered = frame.sort_values(["document_id", "start_char"], kind="stable")
    rows = zip(ordered["document_id"].tolist(), *(ordered[column].tolist() for column in columns), strict=True)
    return {document_id: [row[1:] for row in run] for document_id, run in groupby(rows, key=lambda row: row[0])}
