"""Tone of sentences and toward the actors named in them, by lexicon."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

import pandas as pd

from inchiesta.sentiment.lexicon import LANGUAGES, Match, read_lexicon
from inchiesta.sentiment.roles import STRONG_BORDER, WEAK_BORDER, Name, keep_best, weigh_names
from inchiesta.sentiment.shift import Borders, find_borders, shift_score
from inchiesta.sentiment.voice import find_quoted, span_at
from inchiesta.text.tokens import find_tokens

# Up to this many words in quotation marks are the narrator's distance or emphasis rather than someone's speech, and
# may colour a name outside the marks.
SHORT_QUOTE = 5
# Above this share of capitalised words a sentence is a headline in title case, where capitals mark no names.
TITLE_CASE = 0.6
SENTENCE_AS_SUCH = -1

COLUMNS = ("sentence_id", "start_char", "voice", "score", "words")
Row = tuple[str, int, str, float, list[str]]
Span = tuple[int, int]


@dataclass(slots=True)
class _Sum:
    """What adds up toward one target in one voice."""

    total: float = 0.0
    words: list[str] = field(default_factory=list)

    def add(self, tone: _Tone, weight: float) -> None:
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


def score_document(
    text: str, sentences: Sequence[tuple[str, str, int, int, int]], mentions: Sequence[Span]
) -> Iterator[Row]:
    """Give the rows of one document; `sentences` are (sentence_id, language, paragraph, start, end), both in order."""
    scored = sorted({row[1] for row in sentences} & set(LANGUAGES))
    if not scored:
        return
    document = _tokenised(text, sentences, mentions)
    places = {language: read_lexicon(language).find_places(document.words) for language in scored}
    for sentence_id, language, _, start, end in sentences:
        tokens = bisect_left(document.starts, start), bisect_left(document.starts, end)
        # Without a place where a tone word may begin there is nothing to score: half of the sentences end here.
        if language in places and _within(places[language][1], *tokens):
            here = _within(places[language][0], *tokens)
            for row in _score_sentence(document, language, here, tokens, (start, end)):
                yield (sentence_id, *row)


def _by_document(frame: pd.DataFrame, columns: list[str]) -> dict[str, list]:  # type: ignore[type-arg]
    """Give the rows of a table by document, in the order of their place in it."""
    ordered = frame.sort_values(["document_id", "start_char"], kind="stable")
    rows = zip(ordered["document_id"].tolist(), *(ordered[column].tolist() for column in columns), strict=True)
    return {document_id: [row[1:] for row in run] for document_id, run in groupby(rows, key=lambda row: row[0])}


def _score_sentence(reading: Reading) -> Iterator[tuple[int, str, float, list[str]]]:
    """Give (start_char, voice, score, words) of one sentence."""
    sums = _sum_up(reading)
    for (start_char, voice), summed in sorted(sums.items()):
        yield start_char, voice, round(math.tanh(summed.total), 4), summed.words


def _sum_up(
    document: _Document, language: str, tones: list[_Tone], names: list[Name], borders: Borders
) -> dict[tuple[int, str], _Sum]:
    sums: dict[tuple[int, str], _Sum] = {}
    quotes = [span_at(document.quoted, name.start_char) for name in names]
    for tone in tones:
        voice = "narrator" if tone.quote < 0 else "quoted"
        sums.setdefault((SENTENCE_AS_SUCH, voice), _Sum()).add(tone, 1.0)
        fits = weigh_names(tone.match, names, document.words, read_lexicon(language))
        weights = [
            fit and fit * _through_borders(document, tone, name, borders) * _across_voices(document, tone, quote)
            for fit, name, quote in zip(fits, names, quotes, strict=True)
        ]
        for weight, name in zip(keep_best(weights), names, strict=True):
            if weight:
                sums.setdefault((name.start_char, voice), _Sum()).add(tone, weight)
    return sums


def _through_borders(document: _Document, tone: _Tone, name: Name, borders: Borders) -> float:
    weak, strong = borders.between(document.starts[tone.match.first], name.start_char)
    return float(WEAK_BORDER**weak * STRONG_BORDER**strong)


def _across_voices(document: _Document, tone: _Tone, quote_of_name: int) -> float:
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
