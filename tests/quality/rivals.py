"""Topic models others use, fitted on the same documents: NMF, LDA, SVD with k-means, and tomotopy's LDA."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation, TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

# The usual settings: terms of at least 5 documents and at most half of them, no stop words.
MIN_DOCUMENTS, MAX_SHARE = 5, 0.5
TOP = 10
WORD = r"(?u)\b\w\w+\b"


@dataclass(frozen=True)
class Found:
    """The first ten terms of each topic, and the strongest topic of each document."""

    heads: list[list[str]]
    topic_of: np.ndarray


Rival = Callable[[list[str], int, Sequence[str]], Found]


def _vectorizer(kind: type[CountVectorizer], stopwords: Sequence[str]) -> CountVectorizer:
    words = sorted({part for word in stopwords for part in re.findall(WORD, word)})
    return kind(min_df=MIN_DOCUMENTS, max_df=MAX_SHARE, stop_words=words, token_pattern=WORD)


def _heads(weights: np.ndarray, terms: np.ndarray) -> list[list[str]]:
    return [[str(terms[column]) for column in np.argsort(-row, kind="stable")[:TOP]] for row in weights]


def fit_nmf(texts: list[str], n_topics: int, stopwords: Sequence[str]) -> Found:
    vectorizer = _vectorizer(TfidfVectorizer, stopwords)
    tfidf = vectorizer.fit_transform(texts)
    model = NMF(n_topics, init="nndsvda", random_state=0, max_iter=400)
    by_document = model.fit_transform(tfidf)
    return Found(_heads(model.components_, vectorizer.get_feature_names_out()), by_document.argmax(axis=1))


def fit_lda(texts: list[str], n_topics: int, stopwords: Sequence[str]) -> Found:
    vectorizer = _vectorizer(CountVectorizer, stopwords)
    counts = vectorizer.fit_transform(texts)
    model = LatentDirichletAllocation(n_topics, random_state=0)
    by_document = model.fit_transform(counts)
    return Found(_heads(model.components_, vectorizer.get_feature_names_out()), by_document.argmax(axis=1))


def fit_svd_kmeans(texts: list[str], n_topics: int, stopwords: Sequence[str]) -> Found:
    tfidf = _vectorizer(TfidfVectorizer, stopwords).fit_transform(texts)
    points = TruncatedSVD(100, random_state=0).fit_transform(tfidf)
    points /= np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-12)
    topic_of = KMeans(n_topics, n_init=4, random_state=0).fit_predict(points)
    vectorizer = _vectorizer(CountVectorizer, stopwords)
    counts = vectorizer.fit_transform(texts)
    return Found(_heads(_class_tfidf(counts, topic_of, n_topics), vectorizer.get_feature_names_out()), topic_of)


def _class_tfidf(counts: csr_matrix, topic_of: np.ndarray, n_topics: int) -> np.ndarray:
    belonging = csr_matrix(
        (np.ones(len(topic_of)), (topic_of, np.arange(len(topic_of)))), shape=(n_topics, len(topic_of))
    )
    by_class = np.asarray((belonging @ counts).todense(), dtype=float)
    mean_length = by_class.sum() / n_topics
    shares = by_class / np.maximum(by_class.sum(axis=1, keepdims=True), 1)
    return shares * np.log(1 + mean_length / np.maximum(by_class.sum(axis=0), 1e-12))


def fit_tomotopy(texts: list[str], n_topics: int, stopwords: Sequence[str]) -> Found:
    import tomotopy

    vectorizer = _vectorizer(CountVectorizer, stopwords).fit(texts)
    analyze, known = vectorizer.build_analyzer(), vectorizer.vocabulary_
    model = tomotopy.LDAModel(k=n_topics, seed=0)
    placed = []
    for number, text in enumerate(texts):
        words = [word for word in analyze(text) if word in known]
        if words:
            model.add_doc(words)
            placed.append(number)
    model.train(1000, workers=1)
    topic_of = np.zeros(len(texts), dtype=int)
    topic_of[placed] = [int(np.argmax(document.get_topic_dist())) for document in model.docs]
    return Found([[w for w, _ in model.get_topic_words(t, top_n=TOP)] for t in range(n_topics)], topic_of)


def list_rivals() -> dict[str, Rival]:
    """Give the models by name; tomotopy's where it is installed (a development dependency)."""
    rivals: dict[str, Rival] = {"NMF": fit_nmf, "LDA": fit_lda, "SVD+KMeans": fit_svd_kmeans}
    if importlib.util.find_spec("tomotopy"):
        rivals["tomotopy LDA"] = fit_tomotopy
    return rivals
