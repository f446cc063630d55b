"""Texts as columns: the tokens, marks, sentences and names of many documents, one after the other.

Every position is one of all texts joined, so that a batch of documents is read by a few array operations instead of
a loop over its sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.sentiment.lexicon import LANGUAGES
from inchiesta.sentiment.marks import Marks, find_marks
from inchiesta.sentiment.voice import find_quoted
from inchiesta.sentiment.words import CAPITAL, Whole, Words
from inchiesta.text.tokens import cut_tokens

Flags = NDArray[np.bool_]

BETWEEN = "\n\n"
# Above this share of capitalised words a sentence is a headline in title case, where capitals mark no names.
TITLE_CASE = 0.6
# Words outside of any sentence of a language that is scored.
NOWHERE = -1

WORDS = Words()


@dataclass(frozen=True)
class Names:
    """Mentions by their tokens (first to last, one past the end), first character, sentence, and row in the table."""

    first: Whole
    last: Whole
    start: Whole
    sentence: Whole
    row: Whole


@dataclass(frozen=True)
class Pages:
    """A batch of documents as columns; only sentences of a language that is scored are read.

    Attributes
    ----------
    text : str
        The documents one after the other.
    words, types, starts, ends : by token
        As written; its number; its first and one past its last character.
    flags, lemmas : by token
        Bits of what is known of the word in the language of its sentence; the number of its lemma there.
    sentence : by token
        The sentence it stands in, `NOWHERE` outside.
    firsts, lasts, sentence_ids, document_ids, languages : by sentence
    marks : Marks
    quotes : array, n x 2
        Spans in quotation marks.
    names : Names
    shift : by document
        What is added to a character of the document.
    """

    text: str
    words: list[str]
    types: Whole
    starts: Whole
    ends: Whole
    flags: Whole
    lemmas: Whole
    sentence: Whole
    firsts: Whole
    lasts: Whole
    sentence_ids: list[str]
    document_ids: list[str]
    languages: NDArray[np.str_]
    marks: Marks
    quotes: Whole
    names: Names
    shift: dict[str, int]

    def quote_at(self, positions: Whole) -> Whole:
        """Give the quotation each character stands in, -1 for none."""
        if not len(self.quotes):
            return np.full(len(positions), -1, dtype=np.int64)
        place = np.searchsorted(self.quotes[:, 0], positions, side="right") - 1
        return np.where((place >= 0) & (self.quotes[place, 1] > positions), place, -1)

    def opens(self) -> Flags:
        """Give of each token whether a mark before it makes a capital the sign of a beginning."""
        marks = self.marks.openings
        following = np.searchsorted(self.starts, marks, side="right")
        inside = (following > 0) & (following < len(self.starts))
        marks, following = marks[inside], following[inside]
        opened = np.zeros(len(self.starts), dtype=bool)
        opened[following[marks >= self.ends[following - 1]]] = True
        return opened

    def capitals(self) -> Flags:
        """Give of each token whether it is capitalised as names are: not at a beginning, not in title case."""
        upper = (self.flags & CAPITAL) > 0
        total = np.concatenate([[0], np.cumsum(upper)])
        share = (total[self.lasts] - total[self.firsts]) / np.maximum(self.lasts - self.firsts, 1)
        found = upper & ~self.opens()
        found[self.firsts[self.firsts < self.lasts]] = False
        kept: Flags = found & (self.sentence >= 0) & ~np.append(share > TITLE_CASE, True)[self.sentence]
        return kept


def read_pages(documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame) -> Pages:
    """Read documents (document_id, text) with their sentences and mentions, each table in any order."""
    texts = documents["text"].tolist()
    sizes = np.array([len(text) + len(BETWEEN) for text in texts], dtype=np.int64)
    bases = np.concatenate([[0], np.cumsum(sizes)[:-1]]) if len(texts) else np.zeros(0, dtype=np.int64)
    shift = dict(zip(documents["document_id"].tolist(), bases.tolist(), strict=True))
    text = BETWEEN.join(texts)
    pieces = cut_tokens(text)
    words = pieces[1::2]
    edges = np.cumsum(np.fromiter(map(len, pieces), dtype=np.int64, count=len(pieces)))
    starts, ends = edges[:-1:2].copy(), edges[1::2].copy()
    rows = sentences.assign(base=sentences["document_id"].map(shift).to_numpy(dtype=np.int64))
    rows = rows.assign(start=rows["start_char"] + rows["base"], end=rows["end_char"] + rows["base"]).sort_values(
        "start"
    )
    marks = find_marks(text)
    quotes = np.array(find_quoted(text, _paragraphs(rows, marks.quotes)), dtype=np.int64).reshape(-1, 2)
    rows = rows[rows["language"].isin(LANGUAGES)]
    begins, stops = rows["start"].to_numpy(dtype=np.int64), rows["end"].to_numpy(dtype=np.int64)
    firsts, lasts = np.searchsorted(starts, begins), np.searchsorted(starts, stops)
    sentence = _spread(firsts, lasts, len(starts))
    languages = rows["language"].to_numpy(dtype=str)
    types = WORDS.number(words)
    flags, lemmas = _look_up(words, types, sentence, languages)
    return Pages(
        text, words, types, starts, ends, flags, lemmas, sentence, firsts, lasts,
        rows["sentence_id"].tolist(), rows["document_id"].tolist(), languages, marks, quotes,
        _read_names(mentions, shift, starts, ends, begins, stops), shift,
    )  # fmt: skip


def _paragraphs(rows: pd.DataFrame, marks: Whole) -> list[tuple[int, int]]:
    """Give where each paragraph with a quotation mark begins and ends; ``rows`` are sentences in order."""
    bases, paragraphs = rows["base"].to_numpy(dtype=np.int64), rows["paragraph"].to_numpy(dtype=np.int64)
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (np.diff(bases) != 0) | (np.diff(paragraphs) != 0)
    begins = np.flatnonzero(new)
    starts = rows["start"].to_numpy(dtype=np.int64)[begins]
    ends = rows["end"].to_numpy(dtype=np.int64)[np.append(begins, len(rows))[1:] - 1]
    marked = np.searchsorted(marks, ends) > np.searchsorted(marks, starts)
    return list(zip(starts[marked].tolist(), ends[marked].tolist(), strict=True))


def _spread(firsts: Whole, lasts: Whole, n_tokens: int) -> Whole:
    """Give the sentence of each token."""
    sentence = np.full(n_tokens, NOWHERE, dtype=np.int64)
    places = expand(firsts, lasts)
    sentence[places] = np.repeat(np.arange(len(firsts)), np.maximum(lasts - firsts, 0))
    return sentence


def expand(firsts: Whole, lasts: Whole) -> Whole:
    """Give all positions of ranges, one range after the other."""
    sizes = np.maximum(lasts - firsts, 0)
    offsets = np.repeat(firsts - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) if len(sizes) else firsts
    return np.asarray(np.arange(sizes.sum()) + offsets, dtype=np.int64)


def _look_up(words: Sequence[str], types: Whole, sentence: Whole, languages: NDArray[np.str_]) -> tuple[Whole, Whole]:
    flags, lemmas = np.zeros(len(types), dtype=np.int64), np.full(len(types), -1, dtype=np.int64)
    for language in np.unique(languages).tolist():
        here = np.flatnonzero((sentence >= 0) & np.append(languages == language, False)[sentence])
        traits = WORDS.of(language)
        found, places = np.unique(types[here], return_index=True)
        traits.cover([words[place] for place in here[places].tolist()], found, len(WORDS))
        flags[here], lemmas[here] = traits.flags[types[here]], traits.lemmas[types[here]]
    return flags, lemmas


def _read_names(
    mentions: pd.DataFrame, shift: dict[str, int], starts: Whole, ends: Whole, begins: Whole, stops: Whole
) -> Names:
    base = mentions["document_id"].map(shift).to_numpy(dtype=np.int64)
    start: Whole = np.asarray(mentions["start_char"].to_numpy(dtype=np.int64) + base, dtype=np.int64)
    end = mentions["end_char"].to_numpy(dtype=np.int64) + base
    order = np.argsort(start, kind="stable")
    start, end = start[order], end[order]
    sentence: Whole = np.searchsorted(begins, start, side="right") - 1
    inside = (sentence >= 0) & (start < np.append(stops, 0)[sentence])
    first, last = np.searchsorted(ends, start + 1), np.searchsorted(starts, end)
    return Names(first[inside], last[inside], start[inside], sentence[inside], order[inside])
