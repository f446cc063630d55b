"""Passages: the paragraphs topics are fitted on, long enough to be about something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from sys import intern

import pandas as pd

from inchiesta.corpus.counting import documents_standing_for_origins

# Below about 25 words a paragraph (a headline, a one-line quote) shares too few terms with others to be placed.
MIN_WORDS = 25
# Sentences turned into objects at a time.
AT_A_TIME = 100_000


@dataclass(slots=True)
class Passage:
    """A run of sentences of one document.

    `counts` is false for a copy (another document stands for its origin) and for a paragraph that repeats an earlier
    one: such passages are placed in a topic, but neither shape it nor count in its share.
    """

    passage_id: str
    document_id: str
    first_sentence_id: str
    last_sentence_id: str
    language: str
    counts: bool
    text: str

    def take_text(self) -> str:
        """Give the text and forget it: once a large corpus is vectors, its texts would only fill the memory."""
        text, self.text = self.text, ""
        return text


@dataclass(slots=True)
class _Paragraph:
    """One paragraph while passages are put together."""

    number: int
    sentence_ids: list[str]
    languages: list[str]
    texts: list[str]
    heading: bool
    repeats: bool

    def n_words(self) -> int:
        return sum(text.count(" ") + 1 for text in self.texts)

    def take(self, other: _Paragraph) -> None:
        self.sentence_ids += other.sentence_ids
        self.languages += other.languages
        self.texts += other.texts
        self.heading = self.heading and other.heading


def find_passages(documents: pd.DataFrame, sentences: pd.DataFrame) -> list[Passage]:
    """Give the passages of all documents, sorted by document and paragraph.

    A heading joins the paragraph below it; a paragraph under 25 words joins the next one of the document (the last one
    joins the one above), never across a change between new and repeated text.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.

    Returns
    -------
    list of Passage
        Sorted by ``document_id`` and position.
    """
    standing = documents_standing_for_origins(documents)
    passages: list[Passage] = []
    for document_id, paragraphs in _paragraphs(sentences):
        for paragraph in _merged(paragraphs):
            passages.append(_passage(document_id, paragraph, document_id in standing))
    return passages


def _paragraphs(sentences: pd.DataFrame) -> Iterator[tuple[str, list[_Paragraph]]]:
    for document_id, of_document in groupby(_rows(sentences), key=lambda row: row[0]):
        yield document_id, [_paragraph(number, list(run)) for number, run in groupby(of_document, key=lambda r: r[1])]


def _rows(sentences: pd.DataFrame) -> Iterator[tuple[str, int, str, str, bool, str, bool]]:
    """Give the sentences in their order, so many at a time: all of a large corpus as objects would fill the memory."""
    keys = sentences[["document_id", "start_char"]].reset_index(drop=True)
    order = keys.sort_values(["document_id", "start_char"], kind="stable").index.to_numpy()
    columns = ["document_id", "paragraph", "sentence_id", "language", "is_heading", "text"]
    for begin in range(0, len(order), AT_A_TIME):
        part = sentences.iloc[order[begin : begin + AT_A_TIME]]
        repeated = part["repeats_paragraph"].notna().tolist()
        yield from zip(*(part[column].tolist() for column in columns), repeated, strict=True)


def _paragraph(number: int, rows: list[tuple[str, int, str, str, bool, str, bool]]) -> _Paragraph:
    return _Paragraph(
        number=number,
        sentence_ids=[row[2] for row in rows],
        languages=[row[3] for row in rows],
        texts=[row[5] for row in rows],
        heading=all(row[4] for row in rows),
        repeats=any(row[6] for row in rows),
    )


def _merged(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    merged: list[_Paragraph] = []
    for paragraph in paragraphs:
        above = merged[-1] if merged else None
        open_above = above is not None and (above.heading or above.n_words() < MIN_WORDS)
        if above is not None and open_above and above.repeats == paragraph.repeats:
            above.take(paragraph)
        else:
            merged.append(paragraph)
    if len(merged) > 1 and merged[-1].n_words() < MIN_WORDS and merged[-1].repeats == merged[-2].repeats:
        merged[-2].take(merged.pop())
    return merged


def _passage(document_id: str, paragraph: _Paragraph, stands_for_origin: bool) -> Passage:
    # The language of most characters: a passage with one foreign quotation stays in its own language.
    characters: Counter[str] = Counter()
    for language, text in zip(paragraph.languages, paragraph.texts, strict=True):
        characters[language] += len(text)
    return Passage(
        passage_id=f"{document_id}:p{paragraph.number:04d}",
        document_id=document_id,
        first_sentence_id=paragraph.sentence_ids[0],
        last_sentence_id=paragraph.sentence_ids[-1],
        language=intern(min(characters, key=lambda language: (-characters[language], language))),
        counts=stands_for_origin and not paragraph.repeats,
        text="\n".join(paragraph.texts),
    )
