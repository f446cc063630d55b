"""Mentions: where a text names an actor, by the lists and by the trained tagger. Each document is read on its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from inchiesta.actors.gazetteer import find_listed, plain
from inchiesta.actors.listed import Placed, settle_listed
from inchiesta.actors.recall import recall_doubted, recall_members, recall_words
from inchiesta.actors.tagged import SURE, Found, Page, is_headline, is_no_name, read_headline, read_tagged
from inchiesta.actors.tagger.batch import Text
from inchiesta.actors.tagger.crf import KINDS
from inchiesta.actors.tagger.marks import mark_text
from inchiesta.actors.tagger.tokens import cut_tokens
from inchiesta.actors.taggers import choose_tagger
from inchiesta.actors.word_lists import FULL_LANGUAGES
from inchiesta.tables import table_of

# A name the tagger is less sure of than this is left out: of those on the development sets, most were wrong. Where only
# the kind is in doubt (Groza-S, weapon or maker) it stays.
LEAST_SCORE, LEAST_KIND, LEAST_NAMED = 0.5, 0.25, 0.85
# Things (drones, ships) are rare in what the tagger learned from, so it is less sure of them when it is right.
LEAST_OTHER = 0.35
# Documents tagged together: enough to share the cost of a step, few enough to stay below 200 MB.
BATCH = 500


def find_mentions(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    forms: Collection[str] = ("name", "acronym", "seat"),
    tagger: str = "",
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
    tagger : str
        What finds the names no list knows (see `inchiesta.actors.taggers.choose_tagger`); empty: the tagger we ship.

    Returns
    -------
    DataFrame
        Table ``mentions`` in reading order, no two of a document overlapping; ``actor_id`` holds the id of a listed
        actor and is empty for all others until `inchiesta.actors.resolve.resolve_actors` has run.

    Raises
    ------
    SettingsError
        If ``tagger`` names none.

    Notes
    -----
    Deterministic; a document's rows depend on that document only. In Italian and English names that no list knows
    are found by the tagger, in other languages only listed ones. ``score`` is the tagger's probability that the name
    begins and ends there and is of that kind, and a rough constant for names only a list found. Not shown: actors named
    by a pronoun, a role or a lower-case word. Text outside every sentence is not read.
    """
    pages = _open_pages(documents, sentences)
    rows: list[tuple[object, ...]] = []
    for first in range(0, len(pages), BATCH):
        chosen = pages[first : first + BATCH]
        _read_pages(chosen, tagger)
        for page in chosen:
            for found in _join(page):
                if found.form in forms:
                    place = (page.document_id, page.ids[found.sentence], found.start, found.end)
                    what = (found.actor_id, found.kind, found.form, found.score, found.found_by)
                    rows.append((*place, page.text[found.start : found.end], *what))
    return _frame(rows)


def _open_pages(documents: pd.DataFrame, sentences: pd.DataFrame) -> list[Page]:
    """Give the documents that have text and sentences, with their sentences in reading order."""
    columns = [
        sentences[name].tolist() for name in ("document_id", "start_char", "end_char", "language", "sentence_id")
    ]
    spans: dict[str, list[tuple[int, int, str, str]]] = {}
    for document_id, *place in sorted(zip(*columns, strict=True)):
        spans.setdefault(document_id, []).append((place[0], place[1], place[2], place[3]))
    pages = []
    for document_id, text in zip(documents["document_id"].tolist(), documents["text"].tolist(), strict=True):
        if text and document_id in spans:
            placed = spans[document_id]
            pages.append(Page(document_id, text, [row[:3] for row in placed], [row[3] for row in placed]))
    return pages


def _read_pages(pages: Sequence[Page], tagger: str) -> None:
    """Find listed names page by page, and tagged ones in all pages of a language together."""
    texts: dict[str, list[tuple[Page, Text]]] = {}
    for page in pages:
        text = page.plain = plain(page.text)
        hits = find_listed(text)
        page.listed = settle_listed(text, hits, page.sentences)
        supported = {placed.hit for placed in page.listed}
        lone = (hit for hit in hits if hit.listed.rule == "support" and hit not in supported)
        page.unsupported = {(hit.start, hit.end) for hit in lone}
        spoken = sorted({language for _, _, language in page.sentences} & set(FULL_LANGUAGES))
        if not spoken:
            continue
        tokens, marks = cut_tokens(text), mark_text(text, hits)
        for language in spoken:
            chosen = [(start, end) for start, end, spoken_there in page.sentences if spoken_there == language]
            texts.setdefault(language, []).append((page, Text(text, chosen, tokens, marks)))
    for language, pairs in sorted(texts.items()):
        tag = choose_tagger(tagger, language)
        if tag is None:
            continue
        # One thread: the many small products of a batch only wait for each other on several.
        with threadpool_limits(1):
            names = tag([text for _, text in pairs])
        least = np.where(names.kind == KINDS.index("OTHER"), LEAST_OTHER, LEAST_SCORE)
        kept = (names.score >= least) | ((names.named >= LEAST_NAMED) & (names.score >= LEAST_KIND))
        columns = (names.document, names.start, names.end, names.kind, names.score.round(4))
        for rows, name in ((kept, "tagged"), (~kept, "doubted")):
            for number, start, end, kind, score in zip(*(column[rows].tolist() for column in columns), strict=True):
                getattr(pairs[number][0], name).append((start, end, KINDS[kind], score))


def _join(page: Page) -> list[Found]:
    """Put the tagged and the listed names of a page together: one name for each place."""
    starts = [start for start, _, _ in page.sentences]
    listed = {(placed.hit.start, placed.hit.end): placed for placed in page.listed}
    found, called = [], page.called()
    for start, end, kind, score in page.tagged:
        if score < SURE and called.get(page.plain[start:end]) == "PER":
            kind = "PER"
        sentence = bisect_right(starts, start) - 1
        if is_headline(page, start, end, sentence):
            found += read_headline(page, start, end, sentence)
            continue
        if is_no_name(page, start, end, sentence, kind, score):
            continue
        placed = listed.get((start, end))
        if placed is None or placed.hit.listed.form == "demonym":
            found.append(read_tagged(page, start, end, sentence, kind, score))
        elif kind == placed.hit.listed.kind or score < SURE:
            found.append(_listed(placed, max(score, placed.score)))
        else:
            found.append(read_tagged(page, start, end, sentence, kind, score))
    found += recall_doubted(page, starts, called)
    taken = {(row.start, row.end) for row in found}
    found += [_listed(placed, placed.score) for span, placed in listed.items() if span not in taken]
    found = _apart(found)
    for recall in (recall_members, recall_words):
        recalled = recall(page, starts, found)
        found = _apart([*found, *recalled]) if recalled else found
    return found


def _listed(placed: Placed, score: float) -> Found:
    hit, listed = placed.hit, placed.hit.listed
    return Found(hit.start, hit.end, placed.sentence, listed.actor_id, listed.kind, listed.form, score, "gazetteer")


def _apart(found: list[Found]) -> list[Found]:
    """Keep the longest of names that overlap; of equally long ones the listed one."""
    kept: list[Found] = []
    for row in sorted(found, key=lambda row: (row.start, -row.end, row.found_by != "gazetteer")):
        if kept and row.start < kept[-1].end:
            if row.end - row.start > kept[-1].end - kept[-1].start:
                kept[-1] = row
            continue
        kept.append(row)
    return kept


def _frame(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    names = table_of("mentions").names
    mentions = pd.DataFrame(rows, columns=names)
    kinds = dict.fromkeys(("start_char", "end_char"), "int64") | {"score": "float64"}
    return mentions.astype({name: kinds.get(name, "str") for name in names})
