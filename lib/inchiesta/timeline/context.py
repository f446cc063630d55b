"""What a sentence is about: the actors it names and the words it says it with."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pandas as pd

from inchiesta.text.lemmas import is_in_dictionary, lemma_of
from inchiesta.text.lists import FULL_LANGUAGES, read_rows, read_stopwords
from inchiesta.timeline.quantities import Quantity, find_quantities
from inchiesta.timeline.words import read_tenses, read_vocabulary

_WORD = re.compile(r"[^\W\d_]+")
# Shorter words are function words or abbreviations.
_SHORTEST = 4
# Forms that tell tense without being the verb meant.
_AUXILIARIES = frozenset(
    {"essere", "avere", "stare", "venire", "be", "have", "will", "do", "shall", "would", "could", "may", "must"}
)


@dataclass(slots=True)
class Told:
    """A sentence with what it tells: `about` holds its actors (as ``@actor_id``) and the lemmas of its words."""

    sentence_id: str
    document_id: str
    origin_id: str
    language: str
    text: str
    about: frozenset[str] = frozenset()
    actors: tuple[str, ...] = ()
    quantities: list[Quantity] = field(default_factory=list)
    # Resolved dates: date_id, from_date, to_date, precision, rule, first and last character in the sentence.
    dates: list[tuple[str, str, str, str, str, int, int]] = field(default_factory=list)


def read_told(
    documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, dates: pd.DataFrame
) -> list[Told]:
    """Give the sentences that date or count something, in the order of the table."""
    origins = dict(zip(documents["document_id"], documents["origin_id"], strict=True))
    # In one pass over the rows: a group of pandas for each sentence cost more than all the reading.
    naming: dict[str, dict[str, None]] = defaultdict(dict)
    for sentence_id, actor in zip(mentions["sentence_id"], mentions["actor_id"], strict=True):
        naming[sentence_id][actor] = None
    resolved = dates[dates["is_resolved"]]
    columns = ["date_id", "from_date", "to_date", "precision", "rule", "start_char", "end_char"]
    dated: dict[str, list[tuple[str, str, str, str, str, int, int]]] = defaultdict(list)
    for sentence_id, *date in zip(resolved["sentence_id"], *(resolved[name] for name in columns), strict=True):
        dated[sentence_id].append(tuple(date))
    read = sentences[sentences["language"].isin(FULL_LANGUAGES)]
    told = []
    rows: Iterable[Any] = read.itertuples(index=False)
    for row in rows:
        mine = [
            (*date[:5], date[5] - row.start_char, date[6] - row.start_char) for date in dated.get(row.sentence_id, [])
        ]
        quantities = find_quantities(row.text, row.language, [(date[5], date[6]) for date in mine])
        if not mine and not quantities:
            continue
        named = tuple(naming.get(row.sentence_id, ()))
        about = frozenset(f"@{actor}" for actor in named) | content_lemmas(row.text, row.language)
        told.append(
            Told(
                row.sentence_id,
                row.document_id,
                origins[row.document_id],
                row.language,
                row.text,
                about,
                named,
                quantities,
                mine,
            )
        )
    return told


def content_lemmas(text: str, language: str) -> frozenset[str]:
    """Give the lemmas of the words that carry meaning; words of time and names do not count."""
    stopwords, given = read_stopwords(language), read_vocabulary(language).given
    found = set()
    for match in _WORD.finditer(text):
        word = match[0]
        low = word.lower()
        if len(word) < _SHORTEST or low in stopwords or low in given or (word[0].isupper() and match.start() > 0):
            continue
        # The first word has a capital anyway: a name if no dictionary knows it.
        if not (word[0].isupper() and not is_in_dictionary(low, language)):
            found.add(lemma_of(low, language))
    return frozenset(found) - speech_verbs(language)


@cache
def speech_verbs(language: str) -> frozenset[str]:
    """Give the lemmas of the verbs of speech: they say that something is told, not what."""
    return frozenset(row[0] for row in read_rows(language, "speech.tsv"))


def find_verb(text: str, language: str, first: int, last: int) -> str:
    """Give the lemma of the verb nearest to ``text[first:last]``, empty where no word shows tense."""
    tenses = read_tenses(language)
    best: tuple[int, int, str] | None = None
    for match in _WORD.finditer(text):
        if first <= match.start() < last:
            continue
        low = match[0].lower()
        tense = tenses[low]
        if not tense or tense in ("none", "future weak", "to follows") or tense.endswith("auxiliary"):
            continue
        if low in read_vocabulary(language).given:
            continue  # since, until, by
        lemma = lemma_of(low, language)
        if lemma in _AUXILIARIES or len(lemma) < 3 or (match[0][0].isupper() and match.start()):
            continue
        if language == "it" and not lemma.endswith(("re", "rsi")):
            continue
        distance = first - match.end() if match.start() < first else match.start() - last
        if best is None or (distance, match.start()) < best[:2]:
            best = (distance, match.start(), lemma)
    return best[2] if best else ""
