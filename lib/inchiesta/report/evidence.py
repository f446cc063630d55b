"""Evidence: the sentences behind a finding, marked, with what stands around them and the file they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from inchiesta.findings import Finding

# More than a dozen sentences nobody reads on a page; findings.jsonl has the ids of all.
MAX_SHOWN = 12

# What the word beside a sentence means, for those who rest the pointer on it.
GROUNDS = {
    "stated": "the text states it in its own voice: nothing in the sentence says otherwise",
    "attributed": "the text gives it as the words or the view of somebody",
    "hearsay": "the text gives it on the word of sources it does not name or of leaked papers, or in a conditional",
    "denied": "the sentence reports a denial",
}
SIGNS = {"+": "+", "-": "−", "−": "−"}


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: its text, the actor named there, and the sign of a toned word."""

    text: str
    actor: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Origin:
    """The document a sentence stands in, as the line below it shows it."""

    title: str
    outlet: str
    date: str
    language: str
    file: str
    sha256: str
    copies: int


@dataclass(frozen=True)
class Exhibit:
    """One piece of evidence: a marked sentence with its neighbours, or a document when `pieces` is empty.

    `ground` says on whose word a sentence stands; empty for a document, and where the language is not read.
    """

    evidence_id: str
    language: str
    before: str
    pieces: tuple[Piece, ...]
    after: str
    unplaced: tuple[str, ...]
    origin: Origin
    ground: str = ""

    @property
    def ground_meaning(self) -> str:
        """What the word for the sentence's ground means."""
        return GROUNDS.get(self.ground, "")


class EvidenceIndex:
    """The few rows of the tables that the shown evidence needs, found by id.

    Parameters
    ----------
    findings : the findings whose evidence will be asked for.
    documents, sentences, mentions, tones, actors : the tables; each is gone through once.
    evidentiality : on whose word each sentence stands, by sentence_id.
    """

    def __init__(
        self,
        findings: Iterable[Finding],
        *,
        documents: pd.DataFrame,
        sentences: pd.DataFrame,
        mentions: pd.DataFrame,
        tones: pd.DataFrame,
        actors: pd.DataFrame,
        evidentiality: pd.Series,
    ) -> None:
        shown = {item for finding in findings for item in finding.evidence[:MAX_SHOWN]}
        sentence_ids = {item for item in shown if ":" in item}
        around = {near for item in sentence_ids for near in _neighbours(item)}
        self._sentences = {row.sentence_id: row for row in _rows(sentences, "sentence_id", sentence_ids | around)}
        self._mentions = _by_sentence(_rows(mentions, "sentence_id", sentence_ids))
        self._tones = _by_sentence(_rows(tones, "sentence_id", sentence_ids))
        document_ids = {item.partition(":")[0] for item in shown}
        self._documents = {row.document_id: row for row in _rows(documents, "document_id", document_ids)}
        self._copies = _count_copies(documents)
        self._grounds = evidentiality.reindex(sorted(sentence_ids)).dropna().to_dict()
        self._names = dict(zip(actors["actor_id"], actors["name"], strict=True))

    def exhibits(self, finding: Finding) -> list[Exhibit]:
        """Give the evidence of a finding that is shown, at most 12 pieces, in the finding's order."""
        found = (self._exhibit(item) for item in finding.evidence[:MAX_SHOWN])
        return [exhibit for exhibit in found if exhibit is not None]

    def _exhibit(self, evidence_id: str) -> Exhibit | None:
        document = self._documents.get(evidence_id.partition(":")[0])
        if document is None:
            return None
        origin = self._origin(document)
        if ":" not in evidence_id:
            return Exhibit(evidence_id, origin.language, "", (), "", (), origin)
        sentence = self._sentences.get(evidence_id)
        if sentence is None:
            return None
        before, after = (self._text(near) for near in _neighbours(evidence_id))
        pieces, unplaced = self._mark(sentence)
        return Exhibit(
            evidence_id, sentence.language, before, pieces, after, unplaced, origin, self._grounds.get(evidence_id, "")
        )

    def _text(self, sentence_id: str) -> str:
        sentence = self._sentences.get(sentence_id)
        return str(sentence.text) if sentence is not None else ""

    def _mark(self, sentence: Any) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
        begin = sentence.start_char
        named = [
            (row.start_char - begin, row.end_char - begin, str(self._names.get(row.actor_id, row.surface)))
            for row in self._mentions.get(sentence.sentence_id, [])
        ]
        words = dict.fromkeys(word for row in self._tones.get(sentence.sentence_id, []) for word in row.words)
        return mark_sentence(sentence.text, named, list(words))

    def _origin(self, document: Any) -> Origin:
        file = f"{document.path} › {document.member}" if document.member else document.path
        copies = self._copies.get(_content_of(document.document_id), 1)
        return Origin(
            document.title, document.source, document.published_on, document.language, file, document.sha256, copies
        )


def mark_sentence(
    text: str, named: list[tuple[int, int, str]], toned: list[str]
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """Cut a sentence into pieces at its actors and toned words.

    Parameters
    ----------
    text : the sentence.
    named : first character, one past the last, and actor of each mention, counted within the sentence.
    toned : toned words with their sign, ``-tradimento``; found as whole words, whatever their case.

    Returns
    -------
    The pieces, which joined give the sentence again, and the toned words that do not stand in it to the letter.

    Examples
    --------
    >>> pieces, _ = mark_sentence("Aliyev lies", [(0, 6, "Ilham Aliyev")], ["-lies"])
    >>> [(piece.text, piece.actor, piece.sign) for piece in pieces]
    [('Aliyev', 'Ilham Aliyev', ''), (' ', '', ''), ('lies', '', '−')]
    """
    spans, unplaced = _find_toned(text, toned)
    inside = [(start, end, actor) for start, end, actor in named if 0 <= start < end <= len(text)]
    cuts = sorted({0, len(text), *(edge for start, end, _ in (*inside, *spans) for edge in (start, end))})
    pieces = tuple(
        Piece(text[start:end], _covering(inside, start, end), _covering(spans, start, end))
        for start, end in pairwise(cuts)
    )
    return pieces, tuple(unplaced)


def _covering(spans: list[tuple[int, int, str]], start: int, end: int) -> str:
    return next((what for first, last, what in spans if first <= start and end <= last), "")


def _find_toned(text: str, toned: list[str]) -> tuple[list[tuple[int, int, str]], list[str]]:
    spans: list[tuple[int, int, str]] = []
    unplaced = []
    for signed in toned:
        sign, word = SIGNS.get(signed[:1], ""), signed[1:].strip()
        if not sign or not word:
            continue
        found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)]
        spans.extend((start, end, sign) for start, end in found)
        if not found:
            unplaced.append(f"{sign}{word}")
    return spans, unplaced


def _neighbours(sentence_id: str) -> tuple[str, str]:
    document_id, _, number = sentence_id.partition(":")
    return f"{document_id}:{int(number) - 1:04d}", f"{document_id}:{int(number) + 1:04d}"


def _rows(table: pd.DataFrame, column: str, wanted: set[str]) -> list[Any]:
    if not wanted or table.empty:
        return []
    return list(table[table[column].isin(sorted(wanted))].itertuples(index=False))


def _by_sentence(rows: list[Any]) -> dict[str, list[Any]]:
    grouped: dict[str, list[Any]] = {}
    for row in rows:
        grouped.setdefault(row.sentence_id, []).append(row)
    return grouped


def _content_of(document_id: str) -> str:
    # A second copy of the same content has the id of the first with -2, -3 ...
    return document_id.partition("-")[0]


def _count_copies(documents: pd.DataFrame) -> dict[str, int]:
    """Documents that carry the same text, copies to the letter and edited ones, per content."""
    content = documents["document_id"].map(_content_of)
    known = documents["origin_id"] != ""
    origin_of = dict(zip(content[known], documents.loc[known, "origin_id"], strict=True))
    counted = content.map(origin_of).value_counts()
    return {each: int(counted[origin]) for each, origin in origin_of.items()}
