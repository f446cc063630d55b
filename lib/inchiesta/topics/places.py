"""Where passages stand on a map: near each other when they say things with the same words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.topics.placed import list_sentences, read_passages
from inchiesta.topics.words import weigh_texts

# More dots than this are a texture, and the placing takes over ten seconds.
MOST_PASSAGES = 1200
# Fewer than this are a list, not a map.
FEWEST_PASSAGES = 8
# Word counts have thousands of directions; what is beyond the first few dozen is noise to a neighbourhood.
DIRECTIONS = 30
PERPLEXITY = 30.0
DIGITS = 4
PLACES = {"passage_id": "str", "topic_id": "str", "x": "float64", "y": "float64"}

Reals = NDArray[np.float64]


def place_passages(
    passages: pd.DataFrame, sentences: pd.DataFrame, *, stop_names: frozenset[str] = frozenset(), seed: int = 0
) -> pd.DataFrame:
    """Give each passage that counts and has a topic a place on a map.

    Parameters
    ----------
    passages, sentences : DataFrame
        The tables of these names.
    stop_names : frozenset of str
        Casefolded tokens that are left out (names of actors).
    seed : int, default 0
        For the reduction to 30 directions.

    Returns
    -------
    DataFrame
        passage_id, topic_id; x, y from -1 to 1. Sorted by passage_id; of more than 1,200 passages evenly many are left
        out. Empty below 8 passages, and where all say the same.

    Notes
    -----
    t-SNE (van der Maaten and Hinton 2008, jmlr.org/papers/v9/vandermaaten08a) of tf-idf after truncated SVD, begun at
    the first two directions; deterministic for a seed on one machine, the last digits may differ on another. Near ones
    are alike; how far apart far ones are, and how large a cloud is, means nothing.
    """
    placed = passages[passages["is_counted"] & (passages["topic_id"] != "")].sort_values("passage_id", kind="stable")
    shown = placed.iloc[:: max(1, -(-len(placed) // MOST_PASSAGES))]
    texts = read_passages(shown, sentences)
    lines = list_sentences(shown, sentences).drop_duplicates("passage_id")
    vectors = weigh_texts(texts.tolist(), lines["language"].tolist(), stop_names=stop_names)
    said = np.flatnonzero(np.diff(vectors.indptr) > 0)
    distinct = len(np.unique(texts.to_numpy()[said]))
    if distinct < FEWEST_PASSAGES or vectors.shape[1] < 3:
        return pd.DataFrame(columns=list(PLACES)).astype(PLACES)
    found = _place(vectors[said], seed)
    return shown.iloc[said][["passage_id", "topic_id"]].assign(x=found[:, 0], y=found[:, 1]).reset_index(drop=True)


def _place(vectors: object, seed: int) -> Reals:
    # Imported late: it takes over a second.
    from sklearn.decomposition import TruncatedSVD
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    n_passages, n_lemmas = vectors.shape  # type: ignore[attr-defined]
    directions = min(DIRECTIONS, n_lemmas - 1, n_passages - 1)
    with threadpool_limits(1):
        reduced = TruncatedSVD(directions, random_state=seed).fit_transform(vectors)
        lengths = np.linalg.norm(reduced, axis=1, keepdims=True)
        reduced = np.round(reduced / np.where(lengths > 0, lengths, 1), DIGITS)
        begun = reduced[:, :2] / max(float(reduced[:, 0].std()), 1e-6) * 1e-4
        perplexity = min(PERPLEXITY, (n_passages - 1) / 3)
        model = TSNE(2, init=begun, perplexity=perplexity, random_state=seed, learning_rate="auto", max_iter=750)
        found = model.fit_transform(reduced)
    found = found - (found.max(axis=0) + found.min(axis=0)) / 2
    return np.asarray(found / np.maximum(np.abs(found).max(axis=0), 1e-9), dtype=np.float64).round(DIGITS)
