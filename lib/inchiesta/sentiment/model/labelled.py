"""Labelled targets: the files the tone model is taught from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from inchiesta.errors import SourceError
from inchiesta.sentiment.lexicon import LANGUAGES
from inchiesta.sentiment.model.weights import LABELS


def read_labelled(path: Path) -> pd.DataFrame:
    """Read labelled targets: text, start_char, end_char, language, label, document, every_name.

    A line is a JSON object with text and lang, and either start, end and label (negative, neutral, positive) of one
    target, or entities (start, end) and tone (start, end, score -1 or 1); an entity without a tone is neutral. Of the
    second form every name of a text is a target, and most are neutral: the model is told (``every_name``). ``doc``
    or ``id`` tells which lines belong together.

    Raises
    ------
    SourceError
        With the number of the first line that is not of the form; texts are never quoted.
    """
    if not path.is_file():
        raise SourceError(f"expected a file of labelled lines, found none at '{path}'")
    rows: list[dict[str, Any]] = []
    with path.open(encoding="utf-8", newline="\n") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                rows += _read_line(line, f"{path.name}, line {number}")
    return pd.DataFrame(rows)


def _read_line(line: str, where: str) -> list[dict[str, Any]]:
    try:
        row: dict[str, Any] = json.loads(line)
        text, language = row["text"], row["lang"]
        # Sentences of one article carry its name before the last underscores.
        document = str(row["doc"]) if "doc" in row else "_".join(str(row.get("id", text)).split("_")[:3])
        every = "label" not in row
        if not every:
            spans = [(row["start"], row["end"], row["label"])]
        else:
            tones = {(tone["start"], tone["end"]): tone["score"] for tone in row["tone"]}
            spans = [(e["start"], e["end"], LABELS[tones.get((e["start"], e["end"]), 0) + 1]) for e in row["entities"]]
    except (json.JSONDecodeError, KeyError, TypeError, IndexError) as error:
        raise SourceError(
            f"{where}: expected a JSON object with text, lang and start, end, label (or entities and tone); "
            f"{type(error).__name__}"
        ) from error
    if language not in LANGUAGES:
        raise SourceError(f"{where}: lang should be one of {', '.join(LANGUAGES)}")
    for start, end, label in spans:
        if label not in LABELS or not 0 <= start < end <= len(text):
            raise SourceError(f"{where}: a target with no label of {', '.join(LABELS)}, or outside the text")
    keys = ("text", "language", "document", "start_char", "end_char", "label", "every_name")
    return [dict(zip(keys, (text, language, document, *span, every), strict=True)) for span in spans]
