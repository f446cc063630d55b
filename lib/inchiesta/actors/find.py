"""Mentions: where a text names an actor, by list and by capitals. Each document is read on its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection

import pandas as pd

from inchiesta.actors.capitals import NEAR, Page, Sentence, find_candidates, opens_sentence
from inchiesta.actors.evidence import accept, gather_seen
from inchiesta.actors.gazetteer import Hit, find_listed, find_titles, plain
from inchiesta.actors.word_lists import cues
from inchiesta.tables import table_of

# A listed name with its capitals in place is wrong about once in twenty (namesakes); under a doubt, more often.
LISTED_SCORE, DOUBTED_SCORE = 0.95, 0.8

Row = tuple[int, int, int, str, str, str, float, str]


def find_mentions(
    documents: pd.DataFrame, sentences: pd.DataFrame, *, forms: Collection[str] = ("name", "acronym", "seat")
) -> pd.DataFrame:
    """Find the mentions of actors, document by document.

    Parameters
    ----------
    documents : DataFrame
        Table ``documents``; columns document_id and text are read. Any number of rows.
    sentences : DataFrame
        Table ``sentences`` of these documents; sentence_id, document_id, start_char, end_char, language are read.
    forms : collection of str
        Forms to find. Demonyms (*armeno*, *Russian*) name a people or a property rather than the state, so they are
        found only when asked for.

    Returns
    -------
    DataFrame
        Table ``mentions`` in reading order, no two of a document overlapping; ``actor_id`` holds the id of a listed
        actor and is empty for all others until `inchiesta.actors.resolve.resolve_actors` has run.

    Notes
    -----
    Deterministic; a document's rows depend on that document only. In Italian and English names that no list knows
    are found by their capitals, in other languages only listed ones. Not shown: actors named by a pronoun, a role or a
    lower-case word; ``score`` orders the evidence and is no probability. Text
    outside every sentence is not read.
    """
    spans, ids = _gather_sentences(sentences)
    rows: list[tuple[object, ...]] = []
    for document_id, text in zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True):
        if not text or document_id not in spans:
            continue
        for start, end, index, actor_id, kind, form, score, found_by in find_in_text(text, spans[document_id]):
            if form in forms:
                place = (document_id, ids[document_id][index], start, end, text[start:end])
                rows.append((*place, actor_id, kind, form, score, found_by))
    return _frame(rows)


def _gather_sentences(sentences: pd.DataFrame) -> tuple[dict[str, list[Sentence]], dict[str, list[str]]]:
    """Give the sentences of each document by position, as spans with their language and as ids."""
    columns = [
        sentences[name].tolist() for name in ("document_id", "start_char", "end_char", "language", "sentence_id")
    ]
    spans: dict[str, list[Sentence]] = {}
    ids: dict[str, list[str]] = {}
    for document_id, start, end, language, sentence_id in sorted(zip(*columns, strict=True)):
        spans.setdefault(document_id, []).append((start, end, language))
        ids.setdefault(document_id, []).append(sentence_id)
    return spans, ids


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    names = table_of("mentions").names
    mentions = pd.DataFrame(rows, columns=names)
    kinds = dict.fromkeys(("start_char", "end_char"), "int64") | {"score": "float64"}
    return mentions.astype({name: kinds.get(name, "str") for name in names})


def find_in_text(text: str, sentences: list[Sentence]) -> list[Row]:
    """Find the mentions of one text: (start, end, sentence, actor_id, kind, form, score, found_by) in reading order."""
    text = plain(text)
    hits = _settle(text, find_listed(text), sentences)
    candidates = find_candidates(Page(text, sentences, [hit for hit, _, _ in hits], find_titles(text)))
    seen = gather_seen(text, candidates)
    rows: list[Row] = []
    for start, end, index, kind, score, actor_id in accept(text, candidates, seen):
        form = "acronym" if text[start:end].isupper() and end - start <= 6 and kind in ("ORG", "OTHER") else "name"
        rows.append((start, end, index, actor_id, kind, form, score, "capitals"))
    for hit, index, score in hits:
        listed = hit.listed
        rows.append((hit.start, hit.end, index, listed.actor_id, listed.kind, listed.form, score, "gazetteer"))
    return _apart(rows)


def _apart(rows: list[Row]) -> list[Row]:
    """Keep the longest of mentions that overlap; of equally long ones the listed one."""
    kept: list[Row] = []
    for row in sorted(rows, key=lambda row: (row[0], -row[1], row[7] != "gazetteer")):
        if kept and row[0] < kept[-1][1]:
            if row[1] - row[0] > kept[-1][1] - kept[-1][0]:
                kept[-1] = row
            continue
        kept.append(row)
    return kept


def _settle(text: str, hits: list[Hit], sentences: list[Sentence]) -> list[tuple[Hit, int, float]]:
    """Keep the listed names inside a sentence; those that are also words only where the document supports them."""
    starts = [start for start, _, _ in sentences]
    placed = []
    for hit in hits:
        index = bisect_right(starts, hit.start) - 1
        if index >= 0 and hit.end <= sentences[index][1]:
            placed.append((hit, index))
    firm = {hit.listed.actor_id for hit, index in placed if not hit.listed.rule and hit.listed.form != "demonym"}
    firm |= {
        hit.listed.actor_id
        for hit, index in placed
        if hit.listed.rule == "inside" and not opens_sentence(text, hit.start, starts[index])
    }
    kept = []
    for hit, index in placed:
        if not hit.listed.rule:
            kept.append((hit, index, LISTED_SCORE))
        elif hit.listed.actor_id in firm or _is_cued(text, hit, sentences[index][2]):
            kept.append((hit, index, DOUBTED_SCORE))
    return kept


def _is_cued(text: str, hit: Hit, language: str) -> bool:
    """Tell whether the word before says what the name is (il quotidiano *Domani*)."""
    if hit.listed.rule != "support" or hit.listed.kind != "ORG":
        return False
    before = text[max(0, hit.start - NEAR) : hit.start].lower().split()
    kind, weight = cues(language, "before").get(before[-1] if before else "", ("", 0))
    return kind == "ORG" and weight > 2
