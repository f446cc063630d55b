"""Tone of sentences and toward the actors named in them, by lexicon."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pandas as pd

from inchiesta.sentiment.lexicon import read_lexicon
from inchiesta.sentiment.read import SentenceRow, read_document
from inchiesta.sentiment.roles import STRONG_BORDER, WEAK_BORDER, Name, keep_best, weigh_names
from inchiesta.sentiment.sentence import Document, Reading, Span, Tone
from inchiesta.sentiment.voice import span_at

# Up to this many words in quotation marks are the narrator's distance or emphasis rather than someone's speech, and
# may colour a name outside the marks.
SHORT_QUOTE = 5
SENTENCE_AS_SUCH = -1

COLUMNS = ("sentence_id", "start_char", "voice", "score", "words")
Row = tuple[str, int, str, float, list[str]]


@dataclass(slots=True)
class Sum:
    """What adds up toward one target in one voice."""

    total: float = 0.0
    words: list[str] = field(default_factory=list)

    def add(self, tone: Tone, weight: float) -> None:
        """Add a tone word with its weight."""
        self.total += tone.score * weight
        self.words.append(("+" if tone.score > 0 else "-") + tone.word)


def score_tones(documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Score the tone of every sentence, and toward every mention in it, apart by voice.

    Parameters
    ----------
    documents, sentences, mentions : DataFrame
        The tables of these names, for any number of whole documents; each document is scored by itself.

    Returns
    -------
    DataFrame
        sentence_id; start_char: the mention's first character, -1 for the sentence as such; voice: narrator or quoted;
        score: -1 to 1; words: what carried it, as written, with + or - after shifters ("-tradimento"). A row only
        where at least one word carried tone. Sorted by document and position, the sentence as such first.

    Notes
    -----
    Deterministic. Languages without a lexicon (all but it and en) give no rows: they are not scored, not neutral. The
    score is the hyperbolic tangent of the sum of the words' scores after shifters, toward a mention weighted by how
    well the word fits it (see `inchiesta.sentiment.roles`). Words inside a mention, and capitalised words within a
    sentence, are names and carry no tone. Words in quotation marks are *quoted*, all others the narrator's;
    reported speech without marks counts as the narrator's.

    What the number does not show: irony, implication, and whom a pronoun means. A score is a count of loaded words near
    a name, not a reading of the sentence.

    References
    ----------
    Taboada et al. 2011, doi 10.1162/COLI_a_00049. Hamborg and Donnay 2021, doi 10.18653/v1/2021.eacl-main.142.
    """
    names = _by_document(mentions, ["start_char", "end_char"])
    texts = dict(zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True))
    columns = ["sentence_id", "language", "paragraph", "start_char", "end_char"]
    rows: list[Row] = []
    for document_id, of_document in _by_document(sentences, columns).items():
        rows.extend(score_document(texts[document_id], of_document, names.get(document_id, [])))
    return scored_frame(rows)


def scored_frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Give rows as a frame whose column types do not depend on there being rows."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    types = {"sentence_id": "str", "start_char": "int64", "voice": "str", "score": "float64", "words": "object"}
    return frame.astype(types)


def score_document(text: str, sentences: Sequence[SentenceRow], mentions: Sequence[Span]) -> Iterator[Row]:
    """Give the rows of one document; `sentences` are (sentence_id, language, paragraph, start, end), both in order."""
    for sentence_id, reading in read_document(text, sentences, mentions):
        for (start_char, voice), summed in sorted(sum_up(reading).items()):
            yield sentence_id, start_char, voice, round(math.tanh(summed.total), 4), summed.words


def _by_document(frame: pd.DataFrame, columns: list[str]) -> dict[str, list]:  # type: ignore[type-arg]
    """Give the rows of a table by document, in the order of their place in it."""
    ordered = frame.sort_values(["document_id", "start_char"], kind="stable")
    rows = zip(ordered["document_id"].tolist(), *(ordered[column].tolist() for column in columns), strict=True)
    return {document_id: [row[1:] for row in run] for document_id, run in groupby(rows, key=lambda row: row[0])}


def sum_up(reading: Reading) -> dict[tuple[int, str], Sum]:
    """Sum what the tone words of a sentence say, by target (its first character; the sentence as such) and voice."""
    document, names = reading.document, reading.names
    sums: dict[tuple[int, str], Sum] = {}
    quotes = [span_at(document.quoted, name.start_char) for name in names]
    for tone in reading.tones:
        voice = voice_of(tone)
        sums.setdefault((SENTENCE_AS_SUCH, voice), Sum()).add(tone, 1.0)
        fits = weigh_names(tone.match, names, document.words, read_lexicon(reading.language))
        weights = [
            fit and fit * _through_borders(reading, tone, name) * _across_voices(document, tone, quote)
            for fit, name, quote in zip(fits, names, quotes, strict=True)
        ]
        for weight, name in zip(keep_best(weights), names, strict=True):
            if weight:
                sums.setdefault((name.start_char, voice), Sum()).add(tone, weight)
    return sums


def voice_of(tone: Tone) -> str:
    """Give whose word a tone word is: quoted inside quotation marks, the narrator's elsewhere."""
    return "narrator" if tone.quote < 0 else "quoted"


def _through_borders(reading: Reading, tone: Tone, name: Name) -> float:
    weak, strong = reading.borders.between(reading.document.starts[tone.match.first], name.start_char)
    return float(WEAK_BORDER**weak * STRONG_BORDER**strong)


def _across_voices(document: Document, tone: Tone, quote_of_name: int) -> float:
    """Give what is left of a weight where word and name stand in different voices.

    A name outside a longer quotation is mostly the speaker, whom his own words do not colour.
    """
    if tone.quote == quote_of_name:
        return 1.0
    if tone.quote < 0:
        return STRONG_BORDER
    start, end = document.quoted[tone.quote]
    n_words = bisect_left(document.starts, end) - bisect_left(document.starts, start)
    return 1.0 if n_words <= SHORT_QUOTE else 0.0
