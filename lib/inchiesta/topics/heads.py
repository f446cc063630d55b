"""The terms of a topic: what its passages say more often than the others, headed by words that go together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

from inchiesta.topics.coherence import TOP_TERMS, npmi_of

# Terms kept of each topic: enough for a card, few enough that the tail is not noise.
TERMS_SHOWN = 20
# The head is chosen among the 30 most telling terms, half by how telling they are, the rest by how they go together.
POOL, TELLING = 30, 0.5
# Log-odds are taken against the whole corpus, a fiftieth of it added to each topic.
PRIOR = 0.02

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def score_terms(counts: csr_matrix, topic_of: Ints, n_topics: int) -> Floats:
    """Give how telling every term is of every topic: its share of the topic's terms times its log-odds.

    Parameters
    ----------
    counts : csr_matrix, shape (n_passages, n_terms)
        Terms of the passages; a term counts once a passage.
    topic_of : array of int, shape (n_passages,)
        The topic of each passage, -1 for none.
    n_topics : int
        Number of topics.

    Returns
    -------
    array of float, shape (n_topics, n_terms)
        Below 0 for a term rarer than elsewhere. A single topic is told by its most frequent terms.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, doi 10.1093/pan/mpn018. Grootendorst 2022, arXiv 2203.05794 (class-based tf-idf).
    """
    placed = np.flatnonzero(topic_of >= 0)
    belonging = csr_matrix((np.ones(len(placed)), (topic_of[placed], placed)), shape=(n_topics, counts.shape[0]))
    frequency = np.asarray((belonging @ _present(counts)).todense(), dtype=np.float64)
    whole = frequency.sum(axis=0)
    total = max(float(whole.sum()), 1.0)
    if n_topics == 1:
        return frequency / total
    expected = np.maximum(whole / total, 1e-12)
    sizes = frequency.sum(axis=1, keepdims=True)
    chance = (frequency + PRIOR * total * expected) / (sizes + PRIOR * total)
    telling: Floats = np.round(frequency / np.maximum(sizes, 1) * np.log(chance / expected), 9)
    return telling


def choose_terms(telling: Floats, counts: csr_matrix, is_shown: NDArray[np.bool_]) -> list[list[int]]:
    """Give the columns of each topic's terms: a head of ten that go together and head no other topic, then the rest.

    Parameters
    ----------
    telling : array of float, shape (n_topics, n_terms)
        From `score_terms`.
    counts : csr_matrix, shape (n_passages, n_terms)
        Terms of the passages.
    is_shown : array of bool, shape (n_terms,)
        Terms that may name a topic.

    Notes
    -----
    Deterministic; ties by column. A term heads the topic it tells most of; of two terms that share a word only the
    first stands in a head.
    """
    allowed = np.where(is_shown, telling, -1.0)
    owner = allowed.argmax(axis=0) if len(allowed) else np.empty(0, dtype=np.int64)
    present = csc_matrix(_present(counts))
    chosen = []
    for topic, row in enumerate(allowed):
        ranked = [int(column) for column in np.argsort(-row, kind="stable")[: 4 * POOL] if row[column] > 0]
        own = [column for column in ranked if owner[column] == topic][:POOL]
        head = _choose_head(own, row, present)
        chosen.append(head + [column for column in ranked if column not in head and owner[column] == topic])
    return [columns[:TERMS_SHOWN] for columns in chosen]


def _choose_head(pool: list[int], row: Floats, present: csc_matrix) -> list[int]:
    if len(pool) < 2:
        return pool
    npmi = npmi_of(csr_matrix(present[:, pool]), present.shape[0])
    telling = row[pool] / row[pool].max()
    left = np.ones(len(pool), dtype=np.bool_)
    places = [0]
    left[0] = False
    while len(places) < TOP_TERMS and left.any():
        scores = np.round(npmi[:, places].mean(axis=1) + TELLING * telling, 6)
        best = int(np.where(left, scores, -np.inf).argmax())
        places.append(best)
        left[best] = False
    return [pool[place] for place in places]


def _present(counts: csr_matrix) -> csr_matrix:
    present = counts.copy()
    present.data = np.ones_like(present.data)
    return present
