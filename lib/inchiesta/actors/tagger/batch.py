"""A batch: the tokens of many documents in one language, with their sentences, and the zones where names can stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from inchiesta.actors.tagger.tokens import Tokens
from inchiesta.actors.tagger.words import ATTRIBUTES, OUTSIDE, UNKNOWN, Codes, Words

# Names begin in small letters at most so far before a capital (*stazione di* Roccasecca) and end in them at most so far
# behind one (Centro *regionale per la democrazia*): with these, 0.4% of the labelled names are cut.
LEAD, TAIL = 3, 5

Flags = NDArray[np.bool_]
# What a list says of a run of characters: start, end, category.
Mark = tuple[int, int, str]
# A sentence: start, end.
Span = tuple[int, int]
MARKS = ("listed", "role", "hint")


@dataclass(frozen=True)
class Text:
    """One document for the tagger: its text, its sentences in the language, and marks by what list they come from."""

    text: str
    sentences: Sequence[Span]
    tokens: Tokens
    marks: dict[str, list[Mark]]


@dataclass(frozen=True)
class Batch:
    """Tokens one after the other. ``document`` and ``sentence`` number them from 0 over the whole batch."""

    words: Words
    types: Codes
    document: Codes
    sentence: Codes
    start: Codes
    end: Codes
    marks: dict[str, Codes]

    @property
    def traits(self) -> Codes:
        """Give the traits of each token's type (see `Words.traits`)."""
        return self.words.traits()[self.types]


def build_batch(texts: Iterable[Text], words: Words) -> Batch:
    """Put the tokens that stand inside a sentence together."""
    columns: list[list[NDArray[np.int64]]] = [[] for _ in range(5)]
    marks: dict[str, list[Codes]] = {name: [] for name in MARKS}
    n_sentences = 0
    for number, text in enumerate(texts):
        first, last = text.tokens.start, text.tokens.end
        starts = np.array([start for start, _ in text.sentences], dtype=np.int64)
        ends = np.array([end for _, end in text.sentences], dtype=np.int64)
        place = np.searchsorted(starts, first, side="right") - 1
        inside = (place >= 0) & (last <= ends[np.maximum(place, 0)]) if len(starts) else place > 0
        numbers = np.array(words.number(text.tokens.words), dtype=np.int64)[inside]
        first, last, place = first[inside], last[inside], place[inside]
        for column, part in zip(
            columns, (numbers, np.full(len(numbers), number), place + n_sentences, first, last), strict=True
        ):
            column.append(part)
        for name in MARKS:
            marks[name].append(_mark_tokens(first, text.marks.get(name, []), words.values[name]))
        n_sentences += len(starts)
    types, document, sentence, start, end = (_join(column) for column in columns)
    return Batch(words, types, document, sentence, start, end, {name: _join(part) for name, part in marks.items()})


def _join(parts: list[Codes]) -> Codes:
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)


def _mark_tokens(starts: Codes, marks: list[Mark], values: Mapping[str, int]) -> Codes:
    """Give each token the code of the mark it stands in, told apart by first and last token; `OUTSIDE` for none."""
    found = np.full(len(starts), OUTSIDE, dtype=np.int64)
    if not marks:
        return found
    firsts = np.searchsorted(starts, [start for start, _, _ in marks])
    lasts = np.searchsorted(starts, [end for _, end, _ in marks])
    for first, last, (_, _, category) in zip(firsts.tolist(), lasts.tolist(), marks, strict=True):
        for index in range(first, min(last, len(starts))):
            place = ("B" if index == first else "I") + ("E" if index == last - 1 else "")
            found[index] = values.get(f"{category} {place}", UNKNOWN)
    return found


@dataclass(frozen=True)
class Zone:
    """The tokens near a capital: their indexes in the batch, and where each run of them begins (in the indexes)."""

    tokens: Codes
    starts: Codes


def find_zone(batch: Batch) -> Zone:
    """Find the tokens near enough to a capital to be part of a name; all others are none."""
    capitals = np.flatnonzero(_may_name(batch))
    inside = np.zeros(len(batch.types), dtype=bool)
    for step in range(-LEAD, TAIL + 1):
        near = capitals + step
        fits = (near >= 0) & (near < len(inside))
        near, origin = near[fits], capitals[fits]
        inside[near[batch.sentence[near] == batch.sentence[origin]]] = True
    tokens = np.flatnonzero(inside)
    if not len(tokens):
        return Zone(tokens, tokens)
    breaks = (np.diff(tokens) > 1) | (np.diff(batch.sentence[tokens]) != 0)
    return Zone(tokens, np.flatnonzero(np.concatenate([[True], breaks])))


def _may_name(batch: Batch) -> Flags:
    """Tell which capitals may be part of a name: not those of an article or preposition that opens a sentence."""
    capital = batch.traits[:, 1].astype(bool)
    if not len(capital):
        return capital
    opens = np.concatenate([[True], batch.sentence[1:] != batch.sentence[:-1]])
    classes = batch.words.table()[batch.types, ATTRIBUTES.index("class")]
    function = classes == batch.words.values["class"].get("function", OUTSIDE)
    follows = np.append(capital[1:] & ~opens[1:], False)
    names: Flags = capital & ~(opens & function & ~follows)
    return names
