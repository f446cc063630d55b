"""A sentence read for its tone: the tone words in it after their shifters, the names, the borders of its clauses."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from inchiesta.sentiment.lexicon import Match, read_lexicon
from inchiesta.sentiment.roles import Name
from inchiesta.sentiment.shift import Borders, find_borders, shift_score
from inchiesta.sentiment.voice import find_quoted, span_at
from inchiesta.text.tokens import find_tokens

# Above this share of capitalised words a sentence is a headline in title case, where capitals mark no names.
TITLE_CASE = 0.6

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Document:
    """A document as tokens: `words[i]` stands at ``text[starts[i]:ends[i]]``; spans in quotation marks."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    quoted: list[Span]
    names: list[Name]
    name_starts: list[int]

    def names_in(self, start: int, end: int) -> list[Name]:
        """Give the names that begin in a span of characters."""
        return self.names[bisect_left(self.name_starts, start) : bisect_left(self.name_starts, end)]


@dataclass(frozen=True, slots=True)
class Tone:
    """A tone word of a sentence with its score after shifters."""

    match: Match
    score: float
    quote: int
    word: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with at least one tone word: its tokens (first, one past the last), tones, names and borders."""

    document: Document
    language: str
    tokens: Span
    tones: list[Tone]
    names: list[Name]
    borders: Borders


def read_sentence(document: Document, language: str, places: Sequence[int], tokens: Span, span: Span) -> Reading | None:
    """Read one sentence; None without a tone word that keeps some of its tone."""
    matches = list(read_lexicon(language).find(document.words, places, *tokens))
    found = [match for match in matches if match.expression.score]
    if not found:
        return None
    names = document.names_in(*span)
    found = _without_names(document, found, tokens, names)
    shifters = [match for match in matches if match.expression.shift not in ("", "stop")]
    borders = find_borders(document.text, *span, document.starts, shifters)
    tones = [tone for match in found if (tone := _tone(document, match, shifters, borders)).score]
    return Reading(document, language, tokens, tones, names, borders)


def tokenise(text: str, sentences: Sequence[tuple[str, str, int, int, int]], mentions: Sequence[Span]) -> Document:
    """Read a document as tokens; `sentences` are (sentence_id, language, paragraph, start, end), `mentions` spans."""
    spans = find_tokens(text)
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    paragraphs = [_extent(list(run)) for _, run in groupby(sentences, key=lambda row: row[2])]
    names = [Name(bisect_left(ends, start + 1), bisect_left(starts, end), start) for start, end in mentions]
    words = [text[start:end] for start, end in spans]
    return Document(text, words, starts, ends, find_quoted(text, paragraphs), names, [n.start_char for n in names])


def within(places: list[int], first: int, last: int) -> list[int]:
    """Give the places from ``first`` to before ``last``; they are in order."""
    return places[bisect_left(places, first) : bisect_left(places, last)]


def _extent(sentences: list[tuple[str, str, int, int, int]]) -> Span:
    return sentences[0][3], sentences[-1][4]


def _without_names(document: Document, found: list[Match], tokens: Span, names: list[Name]) -> list[Match]:
    """Leave out words inside a mention and capitalised words that do not begin the sentence (or are a headline)."""
    if names:
        found = [m for m in found if not any(name.first < m.last and m.first < name.last for name in names)]
    capitals = [match for match in found if document.words[match.first][0].isupper() and match.first != tokens[0]]
    if not capitals or _is_title_case(document.words[tokens[0] : tokens[1]]):
        return found
    left_out = {match.first for match in capitals if not _opens_speech(document, match.first)}
    return [match for match in found if match.first not in left_out]


def _is_title_case(words: Sequence[str]) -> bool:
    return sum(word[0].isupper() for word in words) > TITLE_CASE * len(words)


def _opens_speech(document: Document, place: int) -> bool:
    """Give whether a token follows a quotation mark or colon, where a capital marks a beginning."""
    gap = document.text[document.ends[place - 1] : document.starts[place]] if place else ""
    return any(mark in gap for mark in '«“"„:.!?')


def _tone(document: Document, match: Match, shifters: list[Match], borders: Borders) -> Tone:
    start, end = document.starts[match.first], document.ends[match.last - 1]
    score = shift_score(match, shifters, document.starts, borders)
    return Tone(match, score, span_at(document.quoted, start), document.text[start:end])
