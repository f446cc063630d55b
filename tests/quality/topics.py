"""Topics on labelled, lemmatised documents, side by side with other models: coherence, diversity, labels, time.

With ``QUALITY_FULL=1`` both kinds of LDA too run at all six numbers of topics.
"""

from __future__ import annotations

import itertools
import math
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import normalized_mutual_info_score

from inchiesta.text.lemmas import lemma_of
from inchiesta.text.lists import read_stopwords
from inchiesta.topics.coherence import score_diversity
from inchiesta.topics.fit import fit_topics
from inchiesta.topics.language import choose_number, read_language
from inchiesta.topics.passages import find_passages
from tests.quality.rivals import TOP, Found, list_rivals
from tests.quality.score import Score, read_rows

CORPORA = {"BBC_News": "en", "DBPedia_IT": "it"}
N_TOPICS = (5, 10, 20, 30, 40, 50)
# LDA at every number takes minutes: two numbers stand for the curve unless all are asked for.
SLOW, FEW = ("LDA", "tomotopy LDA"), (10, 30)
OURS = "ours"


def score(gold: Path) -> list[Score]:
    """Score our topics and those of others, each document one passage: each k, and means over the six."""
    every = os.environ.get("QUALITY_FULL") == "1"
    return [
        result
        for corpus, language in CORPORA.items()
        if (rows := read_rows(gold / "octis" / f"{corpus}.jsonl"))
        for result in [*_score_choice(corpus, rows, language), *_score_corpus(corpus, rows, language, every)]
    ]


def _score_choice(corpus: str, rows: list[dict[str, str]], language: str) -> list[Score]:
    """Score how many topics are chosen: on all documents, and on five draws of nine and of eight in ten of them."""
    texts = [row["text"] for row in rows]
    scores = [Score("topics", f"{corpus} chosen k", _choose(texts, language), f"{len(rows)} documents")]
    for share in (0.9, 0.8):
        drawn = [np.random.default_rng(seed).choice(len(texts), round(share * len(texts)), False) for seed in range(5)]
        numbers = [_choose([texts[row] for row in sorted(of_draw)], language) for of_draw in drawn]
        base = f"five draws of {len(drawn[0])} of {len(texts)} documents: {', '.join(map(str, numbers))}"
        for which, number in (("least", min(numbers)), ("most", max(numbers))):
            scores.append(Score("topics", f"{corpus} chosen k, {which} on {share:.0%}", number, base))
    return scores


def _choose(texts: list[str], language: str) -> int:
    passages = find_passages(*_tables(texts, language))
    return choose_number(read_language(language, passages, seed=0, stop_names=frozenset())).n_topics


def _score_corpus(corpus: str, rows: list[dict[str, str]], language: str, every: bool) -> list[Score]:
    texts, labels = [row["text"] for row in rows], [row["label"] for row in rows]
    holding = _Holding(texts, language)
    scores = []
    for name, fit in {OURS: _fit_ours, **list_rivals()}.items():
        numbers = FEW if name in SLOW and not every else N_TOPICS
        figures = []
        for n_topics in numbers:
            begun = time.perf_counter()
            found = fit(texts, n_topics, sorted(read_stopwords(language)) if name != OURS else [language])
            seconds = time.perf_counter() - begun
            heads = [head for head in found.heads if len(head) > 1]
            figures.append(
                {
                    "NPMI": holding.npmi(heads),
                    "diversity": score_diversity(heads),
                    "NMI with labels": float(normalized_mutual_info_score(labels, found.topic_of)),
                    "seconds": seconds,
                }
            )
            base = f"{len(rows)} documents, {len(heads)} topics"
            scores += [_name(corpus, name, f"k={n_topics}", what, value, base) for what, value in figures[-1].items()]
        base = f"{len(rows)} documents, mean over k = {', '.join(map(str, numbers))}"
        means = {what: float(np.mean([row[what] for row in figures])) for what in figures[0]}
        scores += [_name(corpus, name, "mean", what, value, base) for what, value in means.items()]
    return scores


def _name(corpus: str, model: str, which: str, what: str, value: float, base: str) -> Score:
    metric = f"{corpus} {which} {what}" if model == OURS else f"{corpus} {which} {what} ({model})"
    return Score("topics", metric, value, base)


def _fit_ours(texts: list[str], n_topics: int, language: Sequence[str]) -> Found:
    documents, sentences = _tables(texts, language[0])
    topics, passages = fit_topics(documents, sentences, n_topics=n_topics)
    placed = passages.set_index("document_id")["topic_id"].reindex(documents["document_id"]).fillna("")
    return Found([list(terms)[:TOP] for terms in topics["terms"]], placed.to_numpy(dtype=str))


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


class _Holding:
    """Which documents hold a term: a word as written or its lemma, a term of two words by its sequence."""

    def __init__(self, texts: list[str], language: str) -> None:
        self.n_documents = len(texts)
        self.holding: defaultdict[str, set[int]] = defaultdict(set)
        lemmas: dict[str, str] = {}
        for number, text in enumerate(texts):
            words = text.casefold().split()
            for word in words:
                if word not in lemmas:
                    lemmas[word] = lemma_of(word, language)
            pairs = {" ".join(two) for two in itertools.pairwise(words)}
            for term in {lemmas[word] for word in words} | set(words) | pairs:
                self.holding[term].add(number)

    def npmi(self, heads: list[list[str]]) -> float:
        """Give the mean NPMI of the pairs of each head over documents, -1 where a pair never meets."""
        sets = [[self.holding.get(term, set()) for term in head] for head in heads]
        pairs = [_npmi(a, b, self.n_documents) for head in sets for a, b in itertools.combinations(head, 2)]
        return float(np.mean(pairs))


def _npmi(one: set[int], other: set[int], n_documents: int) -> float:
    both = len(one & other)
    if not both:
        return -1.0
    if both == n_documents:
        return 1.0
    return math.log(both * n_documents / (len(one) * len(other))) / -math.log(both / n_documents)
