"""Topics on labelled, lemmatised documents: coherence, diversity, agreement with the labels."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import normalized_mutual_info_score

from inchiesta.text.lemmas import lemma_of
from inchiesta.topics.coherence import score_diversity
from inchiesta.topics.fit import fit_topics
from tests.quality.score import Score, read_rows

CORPORA = {"BBC_News": "en", "DBPedia_IT": "it"}
N_TOPICS = (5, 10, 20)


def score(gold: Path) -> list[Score]:
    """Score our topics for k = 5, 10, 20, each document one passage."""
    return [
        result
        for corpus, language in CORPORA.items()
        for n_topics in N_TOPICS
        for result in _score_corpus(gold / "octis" / f"{corpus}.jsonl", language, n_topics)
    ]


def _score_corpus(path: Path, language: str, n_topics: int) -> list[Score]:
    rows = read_rows(path)
    if not rows:
        return []
    documents, sentences = _tables([row["text"] for row in rows], language)
    topics, passages = fit_topics(documents, sentences, n_topics=n_topics)
    heads = [list(terms)[:10] for terms in topics["terms"]]
    placed = passages.set_index("document_id")["topic_id"].reindex(documents["document_id"]).fillna("")
    figures = {
        "NPMI": _document_npmi(heads, [row["text"] for row in rows], language),
        "diversity": score_diversity(heads),
        "NMI with labels": float(normalized_mutual_info_score([row["label"] for row in rows], placed)),
    }
    base = f"{len(rows)} documents, {len(topics)} topics"
    return [Score("topics", f"{path.stem} k={n_topics} {name}", value, base) for name, value in figures.items()]


def _tables(texts: list[str], language: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    ids = [f"d{number:06d}" for number in range(len(texts))]
    documents = pd.DataFrame(
        {"document_id": ids, "origin_id": ids, "status": "read", "n_chars": [len(text) for text in texts]}
    )
    sentences = pd.DataFrame(
        {
            "sentence_id": [f"{i}:0001" for i in ids],
            "document_id": ids,
            "paragraph": 0,
            "start_char": 0,
            "language": language,
            "is_heading": False,
            "repeats_paragraph": pd.array([None] * len(ids), dtype="Int64"),
            "text": texts,
        }
    )
    return documents, sentences


def _document_npmi(heads: list[list[str]], texts: list[str], language: str) -> float:
    """Give the mean NPMI of term pairs over documents, -1 where a pair never meets; a two-word term by its sequence."""
    wanted = {term for head in heads for term in head}
    holding: defaultdict[str, set[int]] = defaultdict(set)
    lemmas: dict[str, str] = {}
    for number, text in enumerate(texts):
        words = text.casefold().split()
        for word in words:
            if word not in lemmas:
                lemmas[word] = lemma_of(word, language)
        found = {lemmas[word] for word in words} | set(words) | {" ".join(two) for two in itertools.pairwise(words)}
        for term in found & wanted:
            holding[term].add(number)
    return float(
        np.mean(
            [_npmi(holding[a], holding[b], len(texts)) for head in heads for a, b in itertools.combinations(head, 2)]
        )
    )


def _npmi(one: set[int], other: set[int], n_documents: int) -> float:
    both = len(one & other)
    if not both:
        return -1.0
    if both == n_documents:
        return 1.0
    return math.log(both * n_documents / (len(one) * len(other))) / -math.log(both / n_documents)
