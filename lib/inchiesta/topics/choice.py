"""How many topics, and why: the choices of all languages as tables, and as 02_topics states them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
import pandas as pd

from inchiesta.statements import Statement, count_noun
from inchiesta.text.language_words import name_language
from inchiesta.topics.choose import Choice
from inchiesta.topics.language import Language

CURVE = {"language": "str", "n_topics": "int64", "stability": "float64"}
CHOICE = {
    "language": "str", "n_topics": "int64", "how": "str", "n_documents": "int64", "n_passages": "int64",
    "n_fitted": "int64", "is_sample": "bool", "reason": "str",
}  # fmt: skip


def list_curves(languages: Sequence[Language], choices: Sequence[Choice]) -> pd.DataFrame:
    """Give the curves below each other, with their language."""
    curves = [
        choice.curve.assign(language=language.name)
        for language, choice in zip(languages, choices, strict=True)
        if len(choice.curve)
    ]
    empty = pd.DataFrame(columns=list(CURVE)).astype(CURVE)
    return pd.concat(curves, ignore_index=True)[list(CURVE)].astype(CURVE) if curves else empty


def list_choices(languages: Sequence[Language], choices: Sequence[Choice]) -> pd.DataFrame:
    """Give a row for each language: the number of topics, how it was come by, out of what, and why."""
    rows = [
        (
            language.name,
            choice.n_topics,
            choice.how,
            len(np.unique(language.document_of[language.counting])),
            len(language.counting),
            len(language.fitted),
            language.is_sampled,
            choice.reason,
        )
        for language, choice in zip(languages, choices, strict=True)
    ]
    return pd.DataFrame(rows, columns=list(CHOICE)).astype(CHOICE)


def state_choice(
    choice: pd.DataFrame, topics: pd.DataFrame, passages: pd.DataFrame, documents: pd.DataFrame
) -> list[Statement]:
    """State for each language how many topics were looked for, and why as many."""
    languages = documents.set_index("document_id")["language"]
    placed = passages[(passages["topic_id"] != "") & passages["is_counted"]]
    of_language = placed["document_id"].map(languages)
    return [
        _state(row, placed[of_language == row["language"]].drop_duplicates("topic_id")["first_sentence_id"])
        for row in choice.to_dict("records")
        if len(topics)
    ]


def _state(row: dict[Hashable, Any], evidence: pd.Series) -> Statement:
    topics = "topic was" if row["n_topics"] == 1 else "topics were"
    base = f"{count_noun(row['n_documents'], 'document')}, {count_noun(row['n_passages'], 'passage')}"
    if row["is_sample"]:
        base += f"; fitted on {row['n_fitted']:,} of them, all are placed"
    return {
        "name": f"chosen-{row['language']}",
        "statement": f"In the {name_language(row['language'])} texts {{value}} {topics} looked for: {row['reason']}.",
        "value": row["n_topics"],
        "unit": "topics",
        "base": base,
        "evidence": evidence,
        "status": "clear" if row["how"] == "halves" else "weak",
    }
