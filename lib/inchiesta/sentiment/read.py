"""Reading texts for their tone: every sentence with a tone word, and given targets described for the model."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import pandas as pd

from inchiesta.sentiment.lexicon import LANGUAGES, read_lexicon
from inchiesta.sentiment.model.features import Described, describe
from inchiesta.sentiment.roles import Name
from inchiesta.sentiment.sentence import Document, Reading, Span, read_sentence, tokenise, within

# A sentence of a document: sentence_id, language, paragraph, start, end.
SentenceRow = tuple[str, str, int, int, int]


def read_document(
    text: str, sentences: Sequence[SentenceRow], mentions: Sequence[Span]
) -> Iterator[tuple[str, Reading]]:
    """Give the sentences of one document that hold a tone word, read; `sentences` and `mentions` in order."""
    scored = sorted({row[1] for row in sentences} & set(LANGUAGES))
    if not scored:
        return
    document = tokenise(text, sentences, mentions)
    places = {language: read_lexicon(language).find_places(document.words) for language in scored}
    for sentence_id, language, _, start, end in sentences:
        tokens = bisect_left(document.starts, start), bisect_left(document.starts, end)
        # Without a place where a tone word may begin there is nothing to score: half of the sentences end here.
        if language in places and within(places[language][1], *tokens):
            here = within(places[language][0], *tokens)
            reading = read_sentence(document, language, here, tokens, (start, end))
            if reading is not None:
                yield sentence_id, reading


def describe_targets(targets: pd.DataFrame) -> list[Described]:
    """Describe given targets (text, start_char, end_char, language) for the model, in their order.

    Rows with the same text are read together: each target is a name to the others. Texts without a tone word are
    described by their words alone.
    """
    found: list[Described | None] = [None] * len(targets)
    table = targets[["text", "language", "start_char", "end_char"]].assign(row=range(len(targets)))
    for (text, language), rows in table.groupby(["text", "language"], sort=False):
        spans = list(zip(rows["start_char"].tolist(), rows["end_char"].tolist(), strict=True))
        reading = read_text(str(text), str(language), spans)
        names = {(name.start_char): name for name in reading.document.names}
        for row, (start, _) in zip(rows["row"].tolist(), spans, strict=True):
            found[row] = describe(reading, names[start])
    return [target for target in found if target is not None]


def read_text(text: str, language: str, spans: Sequence[Span]) -> Reading:
    """Read a whole text as one sentence, with its tone words or without any."""
    ordered = sorted(set(spans))
    row = ("", language, 0, 0, len(text))
    for _, reading in read_document(text, [row], ordered):
        return reading
    document: Document = tokenise(text, [row], ordered)
    names: list[Name] = document.names_in(0, len(text))
    from inchiesta.sentiment.shift import find_borders

    borders = find_borders(text, 0, len(text), document.starts, [])
    return Reading(document, language, (0, len(document.words)), [], names, borders)
