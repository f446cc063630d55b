"""The true mentions of a generated corpus: its actors' names placed by string search, without finder or resolver."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from inchiesta.text.sentences import split_sentences


class Placed(NamedTuple):
    """Tables with true mentions (the actor_id is the canonical name), and the truth."""

    mentions: pd.DataFrame
    documents: pd.DataFrame
    sentences: pd.DataFrame
    truth: dict[str, Any]

    @property
    def pairs(self) -> set[tuple[str, str]]:
        """The planted pairs."""
        return {(min(a, b), max(a, b)) for a, b, _ in self.truth["pairs"]}


def place_mentions(generate: Callable[[int, int, Path], Path], n_articles: int, seed: int, to: Path) -> Placed:
    """Generate a corpus in ``to`` and place its names."""
    truth = json.loads(generate(n_articles, seed, to).read_text(encoding="utf-8"))
    texts = {document["path"]: (to / document["path"]).read_text(encoding="utf-8") for document in truth["documents"]}
    bearers = list_surfaces(truth["actors"], "\n".join(texts.values()))
    longest_first = sorted(bearers, key=lambda surface: (-len(surface), surface))
    pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
    mentions, sentences, documents = [], [], []
    for document in truth["documents"]:
        document_id, text = f"d{document['article']}", texts[document["path"]]
        spans = [span for span in split_sentences(text, document["language"]) if span[0] > text.index("\n\n")]
        documents.append((document_id, f"o{document['origin']}", len(text), "read"))
        for number, (start, end) in enumerate(spans):
            sentence_id = f"{document_id}:{number:04d}"
            paragraph = text.count("\n\n", 0, start)
            sentences.append((sentence_id, document_id, paragraph, start, None, text[start:end]))
            mentions += [
                (document_id, sentence_id, found.start(), bearers[found[0]], "name")
                for found in pattern.finditer(text, start, end)
            ]
    return Placed(
        pd.DataFrame(mentions, columns=["document_id", "sentence_id", "start_char", "actor_id", "form"]),
        pd.DataFrame(documents, columns=["document_id", "origin_id", "n_chars", "status"]),
        pd.DataFrame(
            sentences,
            columns=["sentence_id", "document_id", "paragraph", "start_char", "repeats_paragraph", "text"],
        ),
        truth,
    )


def list_surfaces(actors: dict[str, dict[str, Any]], text: str) -> dict[str, str]:
    """Give the actor of each surface: full names, surnames and brands that one only bears, acronyms as defined."""
    n_bearers = Counter(word for name in actors for word in set(name.split()))
    surfaces = {name: name for name in actors}
    for name, actor in actors.items():
        words = name.split()
        short = words[-1] if actor["kind"] == "PER" else words[0]
        if n_bearers[short] == 1:
            surfaces[short] = name
        acronym = "".join(word[0] for word in words)
        if len(words) == 3 and f"{name} ({acronym})" in text:
            surfaces[acronym] = name
    return surfaces
