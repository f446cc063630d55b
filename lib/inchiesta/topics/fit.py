"""Topics of a corpus: NMF over passages, one fit per language."""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.tables import table_of
from inchiesta.topics.coherence import TOP_TERMS, score_coherence
from inchiesta.topics.label import label_of
from inchiesta.topics.passages import Passage, find_passages
from inchiesta.topics.vectors import Vectors, count_vectors

# Terms kept of each topic: enough for a card, few enough that the tail is not noise.
TERMS_SHOWN = 20
# Above this, more passages move the terms of a topic very little and cost time in proportion.
FIT_PASSAGES = 20_000
# Rule of thumb until the number is chosen by stability: 2 topics at 8 passages, 3 at 15, 10 at 200.
FEWEST_TOPICS, MOST_TOPICS = 2, 10
# Where BLAS threads add up in another order the last digits differ; 6 are kept before anything is compared.
DIGITS = 6

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Fit:
    """The topics of one language: terms and weights by topic, topic and weight by passage (-1 for none)."""

    passages: list[Passage]
    terms: list[list[str]]
    weights: list[list[float]]
    coherence: list[float]
    topic_of: NDArray[np.int64]
    weight_of: Floats


def fit_topics(
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    n_topics: int | None = None,
    seed: int = 0,
    stop_names: frozenset[str] = frozenset(),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Find what a corpus is about: its topics, and the strongest topic of every passage.

    Parameters
    ----------
    documents, sentences : DataFrame
        The tables of these names.
    n_topics : int, optional
        Topics of all languages together, at least 1. By default by a rule of thumb: the root of half the passages of a
        language, 2 to 10.
    seed : int, default 0
        For the first guess of the factorisation and the sample of a large corpus.
    stop_names : frozenset of str
        Casefolded tokens kept out of the terms: the names of the actors.

    Returns
    -------
    topics : DataFrame
        The table `topics` by falling share, then label. `n_passages` and `share` count each origin once and leave out
        paragraphs that repeat an earlier one.
    passages : DataFrame
        The table `passages`, a row for every passage of every document, copies included, sorted by passage_id. Without
        topics (0 or 1 passage, only stop words) every `topic_id` is empty.

    Raises
    ------
    ValueError
        If n_topics is below 1.

    Notes
    -----
    Deterministic for a given seed. Each language has its own words, so one factorisation would split by language:
    each is fitted by itself, and `n_topics` is shared out by number of passages. A language with fewer than 2 passages
    gets no topic; fewer passages or terms than topics give fewer topics. Above 20,000 passages of a language the
    topics are fitted on a seeded sample of 20,000 and all passages are placed in them.

    A share says how much is written about something, not how important it is. The number of topics is a rule of
    thumb here, not a finding; a topic of a small corpus may be a single article.

    References
    ----------
    Lee and Seung 1999, doi 10.1038/44565. Boutsidis and Gallopoulos 2008 (nndsvd), doi 10.1016/j.patcog.2007.09.010.
    """
    if n_topics is not None and n_topics < 1:
        raise ValueError(f"n_topics must be at least 1, not {n_topics}")
    passages = find_passages(documents, sentences)
    n_counting = Counter(passage.language for passage in passages if passage.counts)
    fits = [
        _fit_language([p for p in passages if p.language == language], language, wanted, seed, stop_names)
        for language, wanted in sorted(_share_out(n_counting, n_topics).items())
    ]
    return _tables(passages, fits)


def _share_out(n_counting: Counter[str], n_topics: int | None) -> dict[str, int]:
    """Give the number of topics of each language: by rule of thumb, or by largest remainder of the number asked for."""
    languages = {language: n for language, n in n_counting.items() if n >= 2}
    if n_topics is None:
        return {language: _rule_of_thumb(n) for language, n in languages.items()}
    largest_first = sorted(languages, key=lambda language: (-languages[language], language))[:n_topics]
    wanted = dict.fromkeys(largest_first, 1)
    # Sainte-Laguë: each further topic goes to the language with most passages per topic.
    for _ in range(n_topics - len(largest_first) if largest_first else 0):
        wanted[max(largest_first, key=lambda language: languages[language] / (wanted[language] + 0.5))] += 1
    return wanted


def _rule_of_thumb(n_passages: int) -> int:
    return min(max(round(math.sqrt(n_passages / 2)), FEWEST_TOPICS), MOST_TOPICS)


def _fit_language(passages: list[Passage], language: str, wanted: int, seed: int, stop_names: frozenset[str]) -> _Fit:
    counting = np.array([passage.counts for passage in passages])
    vectors = count_vectors([p.text for p in passages], language, stop_names=stop_names, fitted=counting)
    fitted = _rows_to_fit(vectors, counting, seed)
    n_topics = min(wanted, len(fitted), len(vectors.terms))
    if n_topics < 1 or len(fitted) < 2:
        return _Fit(passages, [], [], [], np.full(len(passages), -1), np.zeros(len(passages)))
    by_passage, by_term = _factorise(vectors.tfidf, fitted, n_topics, seed)
    heads = [_head(row, vectors.terms) for row in by_term]
    topic_of, weight_of = _strongest(by_passage)
    return _Fit(
        passages=passages,
        terms=[[vectors.terms[column] for column in head] for head in heads],
        weights=[[float(by_term[topic, column]) for column in head] for topic, head in enumerate(heads)],
        coherence=score_coherence(vectors.counts[counting], [head[:TOP_TERMS] for head in heads]),
        topic_of=topic_of,
        weight_of=weight_of,
    )


def _rows_to_fit(vectors: Vectors, counting: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    rows = np.flatnonzero(counting & (np.diff(vectors.tfidf.indptr) > 0))
    if len(rows) > FIT_PASSAGES:
        rows = np.sort(np.random.default_rng(seed).choice(rows, FIT_PASSAGES, replace=False))
    return rows


def _factorise(tfidf: csr_matrix, fitted: NDArray[np.int64], n_topics: int, seed: int) -> tuple[Floats, Floats]:
    """Give topics by passage and by term, the terms of a topic summing to 1.

    One BLAS thread: several add up in an order of their own.
    """
    # Imported late: it takes over a second, and a notebook mostly reads topics from the cache.
    from sklearn.decomposition import NMF
    from sklearn.exceptions import ConvergenceWarning
    from threadpoolctl import threadpool_limits

    model = NMF(n_topics, init="nndsvda", random_state=seed, max_iter=400, tol=1e-4)
    with threadpool_limits(1), warnings.catch_warnings():
        # A small corpus often stops at max_iter with the same terms; the reader could do nothing about it.
        warnings.simplefilter("ignore", ConvergenceWarning)
        # A perfect fit leaves an error just below zero, whose root scikit-learn takes.
        warnings.simplefilter("ignore", RuntimeWarning)
        model.fit(tfidf[fitted])
        by_passage = np.asarray(model.transform(tfidf), dtype=np.float64)
    sizes = model.components_.sum(axis=1)
    by_term = model.components_ / np.where(sizes > 0, sizes, 1)[:, None]
    # Rounded down, so that no sum of weights exceeds 1.
    return by_passage * sizes, np.floor(by_term * 10**DIGITS) / 10**DIGITS


def _head(weights: Floats, terms: Sequence[str]) -> list[int]:
    # Terms are sorted, so a stable sort breaks ties by the alphabet.
    order = np.argsort(-weights, kind="stable")[:TERMS_SHOWN]
    return [int(column) for column in order if weights[column] > 0]


def _strongest(by_passage: Floats) -> tuple[NDArray[np.int64], Floats]:
    totals = by_passage.sum(axis=1)
    shares = np.round(by_passage / np.where(totals > 0, totals, 1)[:, None], DIGITS)
    placed = totals > 10**-DIGITS
    return np.where(placed, shares.argmax(axis=1), -1), np.where(placed, shares.max(axis=1), 0.0)


def _tables(passages: list[Passage], fits: list[_Fit]) -> tuple[pd.DataFrame, pd.DataFrame]:
    n_counting = sum(passage.counts for passage in passages)
    rows = [row for number, fit in enumerate(fits) for row in _topic_rows(number, fit, n_counting)]
    rows.sort(key=lambda row: (-row["n_passages"], row["label"], row["key"]))
    topic_ids = {row["key"]: f"t{number:02d}" for number, row in enumerate(rows, start=1)}
    topics = [row | {"topic_id": topic_ids[row["key"]]} for row in rows]
    placed = {
        passage.passage_id: (topic_ids.get((number, int(topic)), ""), float(weight))
        for number, fit in enumerate(fits)
        for passage, topic, weight in zip(fit.passages, fit.topic_of, fit.weight_of, strict=True)
    }
    return _frame("topics", topics), _frame("passages", [_passage_row(p, placed) for p in passages])


def _topic_rows(number: int, fit: _Fit, n_counting: int) -> list[dict]:  # type: ignore[type-arg]
    counting = np.array([passage.counts for passage in fit.passages])
    sizes = np.bincount(fit.topic_of[counting & (fit.topic_of >= 0)], minlength=len(fit.terms))
    return [
        {
            "key": (number, topic),
            "label": label_of(fit.terms[topic]),
            "terms": fit.terms[topic],
            "weights": fit.weights[topic],
            "n_passages": int(size),
            "share": round(int(size) / n_counting, DIGITS),
            "coherence": fit.coherence[topic],
        }
        for topic, size in enumerate(sizes)
        if size > 0 and fit.terms[topic]
    ]


def _passage_row(passage: Passage, placed: dict[str, tuple[str, float]]) -> dict:  # type: ignore[type-arg]
    topic_id, weight = placed.get(passage.passage_id, ("", 0.0))
    return {
        "passage_id": passage.passage_id,
        "document_id": passage.document_id,
        "first_sentence_id": passage.first_sentence_id,
        "last_sentence_id": passage.last_sentence_id,
        "topic_id": topic_id,
        "weight": weight if topic_id else 0.0,
        "is_counted": passage.counts,
    }


def _frame(name: str, rows: list[dict]) -> pd.DataFrame:  # type: ignore[type-arg]
    """Give rows as the table `name`, with the same column types whether there are rows or not."""
    table = table_of(name)
    empty: pd.DataFrame = table.schema.empty_table().to_pandas()
    if not rows:
        return empty
    frame = pd.DataFrame(rows, columns=table.names)
    return frame.astype({column: empty.dtypes[column] for column in table.names})
