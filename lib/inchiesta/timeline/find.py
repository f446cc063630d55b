"""Find the time expressions of texts and say when they mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import groupby

import pandas as pd

from inchiesta.timeline.meanings import Meaning
from inchiesta.timeline.periods import Period
from inchiesta.timeline.reference import Context, Outcome
from inchiesta.timeline.resolve import needs_tense, resolve
from inchiesta.timeline.tense import find_marks, find_tense
from inchiesta.timeline.token_list import GIVEN_NAMES
from inchiesta.timeline.windows import find_windows, read_window, read_words
from inchiesta.timeline.words import LANGUAGES, Vocabulary, read_vocabulary

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
# document_id, sentence_id, language, paragraph, first character, text
Sentence = tuple[str, str, str, int, int, str]
# Sentences split into words at one go: enough to save time, few enough to need no memory to speak of.
_AT_ONCE = 2000
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
    no ranges, seasons or *il giorno prima*; it is not among our libraries. Relative expressions count from
    ``published_on``; where that is unknown or too coarse they are left unresolved. *The day before* counts from what
    was told in the same or the last paragraph, and from the publication, flagged, where nothing was.

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
    placed = list(zip(*(chosen[column].tolist() for column in columns), strict=True))
    rows: list[Row] = []
    for document_id, run in groupby(zip(placed, _read_words(placed), strict=True), key=lambda pair: pair[0][0]):
        rows += _read_document(document_id, list(run), written[document_id], fixed)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def _read_words(placed: Sequence[Sentence]) -> Iterator[tuple[list[str], list[int]] | None]:
    """Give for each sentence what `read_words` gives, many sentences of one language at a time."""
    for begin in range(0, len(placed), _AT_ONCE):
        run = placed[begin : begin + _AT_ONCE]
        found: list[tuple[list[str], list[int]] | None] = [None] * len(run)
        for language in LANGUAGES:
            chosen = [place for place, sentence in enumerate(run) if sentence[2] == language]
            words = read_words([run[place][5] for place in chosen], read_vocabulary(language)) if chosen else ()
            for place, read in zip(chosen, words, strict=True):
                found[place] = read
        yield from found


def _read_written(published: str, precision: str) -> tuple[date | None, str]:
    if not published or precision == "none":
        return None, "none"
    year, month, day = (*map(int, published.split("-")), 1, 1)[:3]
    return date(year, month, day), precision


def _read_document(
    document_id: str,
    sentences: Sequence[tuple[Sentence, tuple[list[str], list[int]] | None]],
    written: tuple[date | None, str],
    fixed: int | None,
) -> Iterator[Row]:
    number, names = 0, _Names([sentence for sentence, _ in sentences])
    told: list[tuple[int, Period]] = []
    for (_, sentence_id, language, paragraph, start, text), read in sentences:
        if read is None:
            continue
        words, places = read
        vocabulary = read_vocabulary(language)
        near = tuple(period for place, period in told[-_MOST_TOLD:] if paragraph - place <= _NEAR)
        base = Context(*written, told=near, lean=fixed or 0, is_guess=fixed is None)
        for first, last, meaning, outcome in _read_sentence(text, words, places, vocabulary, names, base):
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


def _read_sentence(
    text: str,
    words: Sequence[str],
    places: Sequence[int],
    vocabulary: Vocabulary,
    names: _Names,
    base: Context,
) -> Iterator[tuple[int, int, Meaning, Outcome]]:
    of_names = names.of(text, words, vocabulary.language)
    here: tuple[Period, ...] = ()
    marks: list[tuple[int, int, int]] | None = None
    done = 0
    for window in find_windows(text, words, places, vocabulary):
        tense: int | None = None
        for first, last, meaning in read_window(window.key, vocabulary.language, of_names):
            # A number beside a run is seen by both runs, and read by the first.
            if window.base + first < done:
                continue
            done = window.base + last
            lean = base.lean
            if base.is_guess and needs_tense(meaning):
                if tense is None:
                    marks = find_marks(words, vocabulary.language) if marks is None else marks
                    tense = find_tense(words, window.first, window.last, marks)
                lean = tense
            outcome = resolve(
                meaning, Context(base.written, base.written_precision, base.told, here, lean, base.is_guess)
            )
            if outcome.period:
                here = (*here[-_MOST_TOLD:], outcome.period)
            yield window.base + first, window.base + last, meaning, outcome


class _Names:
    """The months and days that are somebody's name in a document, looked for where a sentence holds one."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._sentences = sentences
        self._whole = ""
        self._found: dict[str, bool] = {}

    def of(self, text: str, words: Sequence[str], language: str) -> frozenset[str]:
        """Give them if one of their names stands in a sentence."""
        name_like = _name_like(language)
        if name_like.isdisjoint(words):
            return _NO_NAMES
        shown = [name for name in name_like.intersection(words) if name.capitalize() in text]
        if not shown:
            return _NO_NAMES
        return frozenset(name for name in shown if self._is_somebody(name))

    def _is_somebody(self, name: str) -> bool:
        if name not in self._found:
            if not self._whole:
                self._whole = "\n".join(sentence[5] for sentence in self._sentences)
            self._found[name] = _is_named(self._whole, name.capitalize())
        return self._found[name]


def _is_named(text: str, name: str) -> bool:
    """Whether a name stands right behind another name that opens no sentence, and before no number."""
    at = text.find(f" {name}")
    while at > 0:
        space, behind = text.rfind(" ", 0, at), at + 1 + len(name)
        before, after = text[space + 1 : at], text[behind : behind + 2]
        is_word = not after[:1].isalnum() and not after[1:].isdecimal()
        if space >= 0 and is_word and before.isalpha() and before[0].isupper() and before.lower() not in _time_words():
            return True
        at = text.find(f" {name}", at + 1)
    return False


@cache
def _time_words() -> frozenset[str]:
    return frozenset().union(*(read_vocabulary(language).given for language in LANGUAGES))


@cache
def _name_like(language: str) -> frozenset[str]:
    """Give the months and days that may be somebody's name."""
    if language == "en":
        return GIVEN_NAMES
    words = read_vocabulary(language).given
    return frozenset(word for word, kinds in words.items() if {"month", "weekday"} & kinds.keys() and len(word) > 3)


_NO_NAMES: frozenset[str] = frozenset()
