"""Sentences and languages on labelled data: exact offsets, sentence ends, language of articles and of sentences."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from inchiesta.text.edits import Edit, apply_edits
from inchiesta.text.language import detect_language
from inchiesta.text.prepare import prepare_document
from inchiesta.text.sentences import split_sentences
from tests.quality.score import Score, read_rows

# Folder and the file stems in it; the stem is the language.
ARTICLES = (
    ("wikinews_it", "it"),
    ("wikinews_en", "en"),
    ("meantime", "it"),
    ("meantime", "en"),
    ("meantime", "es"),
    ("meantime", "nl"),
)
# Shorter sentences are names and scores.
SENTENCE_CHARS = 60
_STOPPED = re.compile(r"[.!?…][»”\"'’)\]]*$")


def score(gold: Path) -> list[Score]:
    """Score offsets, sentence ends and languages; a folder that is not there gives no row."""
    scores: list[Score] = []
    for folder, language in ARTICLES:
        texts = [str(row.get("text") or "") for row in _read(gold / folder / f"{language}.jsonl")]
        if any(texts):
            scores += _score_articles(f"{folder}_{language}" if folder == "meantime" else folder, language, texts)
    for language in ("it", "en"):
        rows = _read(gold / f"news_{language}" / "dev.jsonl")
        if rows:
            scores += _score_ends(language, rows)
    return scores


def _read(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    return read_rows(path)


def _score_articles(name: str, language: str, texts: list[str]) -> list[Score]:
    n_exact = n_sentences = n_undone = 0
    for number, text in enumerate(texts):
        prepared = prepare_document(text, document_id=f"d{number}")
        n_sentences += len(prepared.sentences)
        n_exact += sum(prepared.text[row[3] : row[4]] == row[8] != "" for row in prepared.sentences)
        n_undone += apply_edits(text, [Edit(*row[1:]) for row in prepared.edits]) == prepared.text
    lines = [line for text in texts for line in text.split("\n") if len(line) >= SENTENCE_CHARS]
    articles = [text for text in texts if len(text) >= SENTENCE_CHARS]
    return [
        Score("text", f"offsets_exact_{name}", n_exact / max(1, n_sentences), f"{n_sentences} sentences"),
        Score("text", f"edits_exact_{name}", n_undone / len(texts), f"{len(texts)} articles"),
        _score_language(f"language_articles_{name}", language, articles, "articles"),
        _score_language(f"language_lines_{name}", language, lines, f"lines of {SENTENCE_CHARS} characters and more"),
    ]


def _score_language(metric: str, language: str, texts: list[str], unit: str) -> Score:
    n_right = sum(detect_language(text)[0] == language for text in texts)
    return Score("text", metric, n_right / max(1, len(texts)), f"{n_right} of {len(texts)} {unit}")


def _score_ends(language: str, rows: list[dict[str, Any]]) -> list[Score]:
    """Compare sentence ends with the lines of each document, joined by a space.

    A heading or a line that ends in a colon has no end we could see once joined: recall over ends with a stop is the
    second figure.
    """
    documents: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        documents[row["doc"]].append(row["text"].strip())
    n_both = n_found = n_gold = n_stopped = n_stopped_found = 0
    for lines in documents.values():
        gold, stopped, text = _join(lines)
        found = {end for _, end in split_sentences(text, language)} - {len(text)}
        n_both, n_found, n_gold = n_both + len(gold & found), n_found + len(found), n_gold + len(gold)
        n_stopped, n_stopped_found = n_stopped + len(stopped), n_stopped_found + len(stopped & found)
    f1 = 2 * n_both / max(1, n_found + n_gold)
    return [
        Score("text", f"sentence_ends_f1_news_{language}", f1, f"{n_gold} ends between lines, {n_found} found"),
        Score("text", f"sentence_ends_precision_news_{language}", n_both / max(1, n_found), f"{n_found} found"),
        Score("text", f"sentence_ends_recall_stopped_news_{language}", n_stopped_found / max(1, n_stopped),
              f"{n_stopped_found} of {n_stopped} ends with a stop"),
    ]  # fmt: skip


def _join(lines: list[str]) -> tuple[set[int], set[int], str]:
    ends: set[int] = set()
    stopped: set[int] = set()
    lines = [line for line in lines if line]
    position = 0
    for line in lines[:-1]:
        position += len(line)
        ends.add(position)
        if _STOPPED.search(line):
            stopped.add(position)
        position += 1
    return ends, stopped, " ".join(lines)
