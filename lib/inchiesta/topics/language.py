"""The topics of one language: a space, clusters, a mixture, terms."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.topics.choose import Choice, Halves, choose_n_topics, draw_halves, score_topics
from inchiesta.topics.coherence import TOP_TERMS, score_coherence
from inchiesta.topics.heads import choose_terms, score_terms
from inchiesta.topics.passages import Passage
from inchiesta.topics.place import (
    STARTS,
    find_clusters,
    find_cores,
    fit_mixture,
    score_passages,
    weigh_passages,
)
from inchiesta.topics.space import DIGITS, Space, find_space, sample_rows
from inchiesta.topics.vectors import Vectors, count_vectors

# Above this, topics are fitted on a sample of the passages and all are placed in them.
FIT_PASSAGES = 50_000
METHODS = ("clusters", "nmf", "lda")

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Language:
    """The passages of one language as vectors and as points; `counting` and `fitted` are rows."""

    name: str
    passages: list[Passage]
    vectors: Vectors
    space: Space
    document_of: Ints
    counting: Ints
    fitted: Ints
    seed: int

    @cached_property
    def halves(self) -> Halves:
        """The half-samples numbers and topics are tried on."""
        return draw_halves(self.space.points[self.fitted], self.document_of[self.fitted], seed=self.seed)

    @property
    def is_sampled(self) -> bool:
        """Tell whether topics are fitted on a sample of the passages that count."""
        return len(self.fitted) == FIT_PASSAGES < len(self.counting)

    @property
    def most_topics(self) -> int:
        """Give how many topics can be told apart at most: as many as there are different passages."""
        if len(self.fitted) < 2 or not self.vectors.is_shown.any():
            return 0
        return len(np.unique(self.space.points[self.fitted], axis=0))


@dataclass(frozen=True)
class Fit:
    """The topics of one language: terms and weights by topic, topic and weight by passage (-1 for none)."""

    language: Language
    terms: list[list[str]]
    weights: list[list[float]]
    coherence: list[float]
    stability: list[float]
    topic_of: Ints
    weight_of: Floats
    frequency: Floats


def read_language(name: str, passages: list[Passage], *, seed: int, stop_names: frozenset[str]) -> Language:
    """Give the passages of one language as vectors and as points; they lose their texts."""
    counts = np.array([passage.counts for passage in passages], dtype=np.bool_)
    vectors = count_vectors([p.take_text() for p in passages], name, stop_names=stop_names, fitted=counts)
    document_of = np.unique([passage.document_id for passage in passages], return_inverse=True)[1].astype(np.int64)
    counting = np.flatnonzero(counts)
    usable = np.flatnonzero(counts & (np.diff(vectors.tfidf.indptr) > 0))
    fitted = usable[sample_rows(len(usable), FIT_PASSAGES, seed)]
    space = find_space(vectors.tfidf, document_of, fitted=fitted, seed=seed)
    return Language(name, passages, vectors, space, document_of, counting, fitted, seed)


def choose_number(language: Language) -> Choice:
    """Choose the number of topics of a language."""
    return choose_n_topics(language.halves)


def fit_language(language: Language, n_topics: int, method: str = "clusters") -> Fit | None:
    """Fit topics in one language; None where there is nothing to tell apart."""
    n_topics = min(n_topics, language.most_topics)
    if n_topics < 1:
        return None
    place = {"clusters": _place_by_clusters, "nmf": _place_by_nmf, "lda": _place_by_lda}[method]
    topic_of, weight_of = place(language, n_topics)
    topic_of = np.where(np.diff(language.vectors.counts.indptr) > 0, topic_of, -1)
    counts = language.vectors.counts
    counting = language.counting
    telling = score_terms(counts[counting], topic_of[counting], n_topics)
    columns = choose_terms(telling, counts[counting], language.vectors.is_shown)
    terms = language.vectors.terms
    return Fit(
        language=language,
        terms=[[terms[column] for column in chosen] for chosen in columns],
        weights=[_weights(telling[topic], chosen) for topic, chosen in enumerate(columns)],
        coherence=score_coherence(counts[counting], [chosen[:TOP_TERMS] for chosen in columns]),
        stability=score_topics(language.halves, topic_of[language.fitted], n_topics),
        topic_of=topic_of,
        weight_of=np.where(topic_of >= 0, weight_of, 0.0),
        frequency=_frequency(counts[counting], topic_of[counting], n_topics),
    )


def _weights(telling: Floats, columns: list[int]) -> list[float]:
    """Give the weights of chosen terms, falling with their place: the head leads, whatever its weight alone."""
    total = float(np.maximum(telling, 0).sum()) or 1.0
    ranked = -np.sort(-np.maximum(telling[columns], 0) / total)
    # Rounded down, so that no sum of weights exceeds 1.
    return [float(weight) for weight in np.floor(ranked * 10**DIGITS) / 10**DIGITS]


def _frequency(counts: csr_matrix, topic_of: Ints, n_topics: int) -> Floats:
    placed = np.flatnonzero(topic_of >= 0)
    belonging = csr_matrix((np.ones(len(placed)), (topic_of[placed], placed)), shape=(n_topics, counts.shape[0]))
    present = counts.copy()
    present.data = np.ones_like(present.data)
    return np.asarray((belonging @ present).todense(), dtype=np.float64)


def _place_by_clusters(language: Language, n_topics: int) -> tuple[Ints, Floats]:
    points, rows = language.space.points, language.fitted
    ((clusters, centres),) = find_clusters(points[rows], [n_topics], seed=language.seed, drawn=STARTS)
    cores = find_cores(points[rows], clusters, centres)
    scaled = language.vectors.counts.copy()
    scaled.data = 1 + np.log(scaled.data)
    surroundings = language.space.surroundings
    mixture = fit_mixture(scaled[rows], surroundings[rows][:, rows], clusters, cores, n_topics)
    scores = score_passages(mixture, scaled, surroundings)
    shares = weigh_passages(scores, np.asarray(scaled.sum(axis=1), dtype=np.float64).ravel())
    topic_of = scores.argmax(axis=1)
    topic_of[rows[cores]] = clusters[cores]
    return topic_of, np.round(shares[np.arange(len(shares)), topic_of], DIGITS)


def _place_by_nmf(language: Language, n_topics: int) -> tuple[Ints, Floats]:
    from sklearn.decomposition import NMF

    tfidf = csr_matrix(language.space.surroundings @ language.vectors.tfidf)
    n_topics = min(n_topics, tfidf.shape[1])
    model = NMF(n_topics, init="nndsvda", random_state=language.seed, max_iter=400, tol=1e-4)
    with warnings.catch_warnings():
        # A small corpus often stops at max_iter with the same topics, and a perfect fit leaves an error below zero.
        warnings.simplefilter("ignore")
        model.fit(tfidf[language.fitted])
        return _strongest(np.asarray(model.transform(tfidf)) * model.components_.sum(axis=1))


def _place_by_lda(language: Language, n_topics: int) -> tuple[Ints, Floats]:
    from sklearn.decomposition import LatentDirichletAllocation

    model = LatentDirichletAllocation(n_topics, random_state=language.seed)
    counts = csr_matrix(language.space.surroundings @ language.vectors.counts)
    model.fit(counts[language.fitted])
    return _strongest(np.asarray(model.transform(counts)))


def _strongest(by_passage: Floats) -> tuple[Ints, Floats]:
    totals = by_passage.sum(axis=1)
    shares = np.round(by_passage / np.where(totals > 0, totals, 1)[:, None], DIGITS)
    return np.where(totals > 10**-DIGITS, shares.argmax(axis=1), -1), shares.max(axis=1)
