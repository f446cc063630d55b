"""The articles of the affair as they were written: one record for each, with its truth."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

ORIGINALS = Path(__file__).parents[1] / "originals"

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text in paragraphs, and what is true of it."""

    id: str
    outlet: str
    language: str
    published: date
    topic: str
    title: str
    paragraphs: tuple[str, ...]
    actors: dict[str, list[str]]
    quotes: tuple[Record, ...]
    tone: tuple[Record, ...]
    dates: tuple[Record, ...]
    facts: dict[str, Any]
    translated_from: str

    @property
    def text(self) -> str:
        """The text as it was written."""
        return "\n\n".join(self.paragraphs)


def read_articles(folder: Path = ORIGINALS) -> list[Article]:
    """Read all articles.

    Parameters
    ----------
    folder : Path
        Folder with one ``.jsonl`` for each outlet and one for the translations.

    Returns
    -------
    list of Article
        Sorted by id: 114 originals and 10 translations.
    """
    files = sorted(folder.glob("*.jsonl"))
    records = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return sorted(map(_build_article, records), key=lambda article: article.id)


def _build_article(record: Record) -> Article:
    return Article(
        id=record["id"],
        outlet=record["outlet"],
        language=record["language"],
        published=date.fromisoformat(record["published"]),
        topic=record["topic"],
        title=record["title"],
        paragraphs=tuple(record["text"].split("\n\n")),
        actors=record["actors"],
        quotes=tuple(record["quotes"]),
        tone=tuple(record["tone"]),
        dates=tuple(record["dates"]),
        facts=record["facts"],
        translated_from=record.get("origin", ""),
    )
