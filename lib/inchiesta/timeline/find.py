"""Find the time expressions of texts and say when they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby

import pandas as pd

from inchiesta.timeline.grammar import find_meanings
from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.periods import Period
from inchiesta.timeline.resolve import Context, Outcome, resolve
from inchiesta.timeline.tense import find_marks, find_tense
from inchiesta.timeline.token_list import Tokens, tokenise
from inchiesta.timeline.words import LANGUAGES, WORD, Vocabulary, read_vocabulary

# What may hold an expression without a word of time: 2019, 12/3, 12.3.2024, 2024-03-12.
_DIGITS = re.compile(r"\d{4}|\d[/.-]\d")
# A name before a month or a day that is also a name ("Lena May", "Pia Maggio"), unless a number follows.
_NAMED = re.compile(r"(?<=[^.!?:»”\"\s]\s)([^\W\d_a-z]\w+) (May|March|August|[A-Z][a-z]{4,8})(?![\w-])(?! \d)")
# Only a table's cell or a calendar's entry is this short: there "il 19" is a day.
_SHORT = 24
# What was told this many paragraphs before may still be what "the day before" means.
_NEAR = 1
_MOST_TOLD = 6

COLUMNS = {
    "date_id": "str",
    "document_id": "str",
    "sentence_id": "str",
    "start_char": "int64",
    "end_char": "int64",
    "text": "str",
    "from_date": "str",
    "to_date": "str",
    "precision": "str",
    "rule": "str",
    "is_resolved": "bool",
    "flag": "str",
}
Row = tuple[object, ...]
# sentence_id, language, paragraph, first character, text
Sentence = tuple[str, str, int, int, str]
LEANS = {"tense": None, "past": -1, "future": 1}


def find_dates(documents: pd.DataFrame, sentences: pd.DataFrame, *, lean: str = "tense") -> pd.DataFrame:
    """Find the time expressions of Italian and English sentences and resolve them.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names, for any number of whole documents; each document is read by itself.
    lean : str
        Where a date without its year or week is looked for: *tense* (default) lets the verb of the clause decide, as
        in news; *past* and *future* decide for all, as in an archive or a calendar.

    Returns
    -------
    DataFrame
        Table ``dates``: one row per expression, in the order of the texts. ``from_date`` and ``to_date`` are the first
        and last day meant, both included; empty, with ``is_resolved`` false, where the text alone does not say it.

    Raises
    ------
    KeyError
        If there is no such ``lean``.

    Notes
    -----
    Deterministic; in linear time. A grammar of our own reads both languages. The general library, dateparser, gives
    one moment for an expression and no period with its precision, counts from today unless told otherwise, and knows
    no ranges, seasons or *il giorno prima*; it is not among our libraries. Relative expressions count from ``published_on``;
    where that is unknown or too coarse they are left unresolved. *The day before* counts from what was told in the
    same or the last paragraph, and from the publication, flagged, where nothing was.

    What a row does not show: whether the time belongs to the event, to a plan or to a comparison; and a month without
    its year is looked for where the tense of its clause points, which may be a year off.

    Examples
    --------
    >>> documents = pd.DataFrame([{"document_id": "d1", "published_on": "2024-03-13", "date_precision": "day"}])
    >>> text = "The files were leaked last Friday."
    >>> sentences = pd.DataFrame([{"sentence_id": "d1:0001", "document_id": "d1", "paragraph": 0, "start_char": 0,
    ...                            "end_char": len(text), "language": "en", "text": text}])
    >>> find_dates(documents, sentences)[["text", "from_date", "precision"]].values.tolist()
    [['last Friday', '2024-03-08', 'day']]
    """
    fixed = LEANS[lean]
    written = {
        document_id: _read_written(published, precision)
        for document_id, published, precision in zip(
            documents["document_id"], documents["published_on"], documents["date_precision"], strict=True
        )
    }
    chosen = sentences[sentences["language"].isin(LANGUAGES)].sort_values(["document_id", "start_char"], kind="stable")
    columns = ("document_id", "sentence_id", "language", "paragraph", "start_char", "text")
    rows: list[Row] = []
    for document_id, run in groupby(
        zip(*(chosen[column].tolist() for column in columns), strict=True), key=lambda row: row[0]
    ):
        rows += _read_document(document_id, [row[1:] for row in run], written[document_id], fixed)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _read_written(published: str, precision: str) -> tuple[date | None, str]:
    if not published or precision == "none":
        return None, "none"
    year, month, day = (*map(int, published.split("-")), 1, 1)[:3]
    return date(year, month, day), precision


def _read_document(
    document_id: str, sentences: Sequence[Sentence], written: tuple[date | None, str], fixed: int | None
) -> Iterator[Row]:
    number, names = 0, None
    told: list[tuple[int, Period]] = []
    for sentence_id, language, paragraph, start, text in sentences:
        vocabulary = read_vocabulary(language)
        if not _is_likely(text, vocabulary):
            continue
        if names is None:
            names = _find_names("\n".join(sentence[4] for sentence in sentences))
        near = [period for place, period in told if paragraph - place <= _NEAR][-_MOST_TOLD:]
        for first, last, meaning, outcome in _read_sentence(text, vocabulary, names, written, near, fixed):
            number += 1
            if outcome.period:
                told.append((paragraph, outcome.period))
            yield (
                f"{document_id}:t{number:04d}",
                document_id,
                sentence_id,
                start + first,
                start + last,
                text[first:last],
                *_cells(outcome),
                meaning.rule,
                outcome.period is not None,
                outcome.flag,
            )


def _cells(outcome: Outcome) -> tuple[str, str, str]:
    period = outcome.period
    return (period.first.isoformat(), period.last.isoformat(), period.precision) if period else ("", "", "none")


def _is_likely(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence may hold an expression: most do not, and are left at the price of cutting them into words."""
    if not vocabulary.triggers.isdisjoint(WORD.findall(text.lower())):
        return True
    return bool(_DIGITS.search(text)) or (len(text) <= _SHORT and any(map(str.isdigit, text)))


def _read_sentence(
    text: str,
    vocabulary: Vocabulary,
    names: frozenset[str],
    written: tuple[date | None, str],
    near: Sequence[Period],
    fixed: int | None,
) -> Iterator[tuple[int, int, Meaning, Outcome]]:
    tokens = tokenise(text, vocabulary, names)
    here: list[Period] = []
    marks = None
    for first, last, meaning in find_meanings(tokens):
        lean = fixed
        if lean is None:
            marks = find_marks(tokens) if marks is None else marks
            lean = find_tense(tokens, first, last, marks)
        outcome = resolve(meaning, Context(*written, told=tuple(near), told_here=tuple(here), lean=lean, is_guess=fixed is None))
        if outcome.period:
            here.append(outcome.period)
        yield tokens.start[first], tokens.end[last - 1], meaning, outcome


@cache
def _time_words() -> frozenset[str]:
    return frozenset().union(*(read_vocabulary(language).words for language in LANGUAGES))


@cache
def _name_like() -> frozenset[str]:
    """Give months and days that may be somebody's name."""
    words = {
        word
        for language in LANGUAGES
        for word, kinds in read_vocabulary(language).words.items()
        if ("month" in kinds or "weekday" in kinds) and "short name" not in kinds
    }
    return frozenset(words)


def _find_names(text: str) -> frozenset[str]:
    """Give the months and days that are somebody's name in a document: behind another name."""
    found = {
        match[2].lower()
        for match in _NAMED.finditer(text)
        if match[1].lower() not in _time_words() and match[2].lower() in _name_like()
    }
    return frozenset(found)


__all__ = ["Tokens", "find_dates"]
