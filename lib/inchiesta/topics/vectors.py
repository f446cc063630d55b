"""From passages to a matrix of terms: tokens to integers once, lemmas on types, frequent pairs joined, tf-idf."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from inchiesta.text.lemmas import lemma_of
from inchiesta.text.lists import FULL_LANGUAGES, read_rows, read_stopwords
from inchiesta.text.tokens import find_tokens

# A term of a single passage cannot link two passages; under 10 passages nearly every term is such a one.
SMALL_CORPUS = 10
# A term in more than half of the passages separates nothing; without a stop word list, in more than a fifth.
MAX_SHARE, MAX_SHARE_UNLISTED = 0.5, 0.2
# Terms rarer than 1 in 2,000 passages cost time and never reach the head of a topic.
MIN_SHARE = 0.0005
# Two words are one term when they meet at least 5 times and far more often than by chance (NPMI of a fixed phrase).
PAIR_COUNT, PAIR_NPMI = 5, 0.6
# Runs of letters turned into tokens at a time: places of all at once would fill the memory.
AT_A_TIME = 1_000_000

Ints = NDArray[np.int64]
# A number for every token: half of the memory of a large corpus.
Small = NDArray[np.int32]


@dataclass(frozen=True)
class Encoded:
    """Passages as integers: `types[type_of[i]]` is token i, `passage_of[i]` its passage."""

    types: list[str]
    type_of: Small
    passage_of: Small
    n_passages: int


@dataclass(frozen=True)
class Vectors:
    """Passages by terms: how often (`counts`) and weighted (`tfidf`, rows of length 1), with the terms as shown.

    `is_shown` is false for terms that help to place a passage but name no topic: names, numbers, verbs of speech.
    """

    terms: list[str]
    is_shown: NDArray[np.bool_]
    counts: csr_matrix
    tfidf: csr_matrix


def count_vectors(
    texts: Sequence[str], language: str, *, stop_names: frozenset[str], fitted: NDArray[np.bool_]
) -> Vectors:
    """Give the term matrix of the passages of one language.

    Parameters
    ----------
    texts : sequence of str
        The passages.
    language : str
        ISO 639-1 code: lemmas and stop words for it and en, casefolded forms and no list for others.
    stop_names : frozenset of str
        Casefolded tokens that place a passage but are not shown (names of actors).
    fitted : array of bool, shape (n_passages,)
        Passages that count: vocabulary, document frequencies and joined pairs come from these alone.

    Returns
    -------
    Vectors
        Terms sorted alphabetically; a passage without any term is a row of zeros.

    Notes
    -----
    Deterministic. tf-idf as 1 + ln(tf) times ln((1 + n) / (1 + df)) + 1. Pairs of adjacent terms that meet at least 5
    times with NPMI of at least 0.6 become one term, shown in its most frequent form.
    """
    encoded = encode_passages(texts)
    words, word_of_type, is_shown = _words_of_types(encoded.types, language, stop_names)
    term_of = word_of_type[encoded.type_of] if len(encoded.type_of) else encoded.type_of
    names, term_of = _join_pairs(encoded, words, term_of, is_shown, fitted)
    shown = np.concatenate([is_shown, np.ones(len(names) - len(words), dtype=np.bool_)])
    return _count(names, shown, term_of, encoded, fitted, language)


def encode_passages(texts: Sequence[str]) -> Encoded:
    """Give the tokens of `texts` as integers, types in the order they first stand in.

    No token reaches across a blank: what stands between two blanks is cut into tokens once, and looked up after that.
    """
    runs: defaultdict[str, int] = defaultdict()
    runs.default_factory = runs.__len__
    run_of, lengths = array("i"), array("q")
    for text in texts:
        between = text.split()
        run_of.extend([runs[run] for run in between])
        lengths.append(len(between))
    ids: defaultdict[str, int] = defaultdict()
    ids.default_factory = ids.__len__
    tokens = [[ids[run[start:end]] for start, end in find_tokens(run)] for run in runs]
    n_tokens = np.array([len(of_run) for of_run in tokens], dtype=np.int32)
    flat = np.fromiter((token for of_run in tokens for token in of_run), dtype=np.int32, count=int(n_tokens.sum()))
    del runs, tokens
    type_of, width = _spread(np.asarray(run_of, dtype=np.int32), n_tokens, flat)
    passage_of = np.repeat(np.arange(len(texts), dtype=np.int32), np.asarray(lengths, dtype=np.int64))
    return Encoded(list(ids), type_of, np.repeat(passage_of, width), len(texts))


def _spread(run_of: Small, n_tokens: Small, flat: Small) -> tuple[Small, Small]:
    """Give the type of every token, each run replaced by its tokens, and how many each run has.

    The tokens of the runs stand in a row in `flat`.
    """
    begins = np.cumsum(n_tokens) - n_tokens
    width = n_tokens[run_of]
    types = [np.empty(0, dtype=np.int32)]
    for begin in range(0, len(run_of), AT_A_TIME):
        runs, wide = run_of[begin : begin + AT_A_TIME], width[begin : begin + AT_A_TIME]
        before = np.cumsum(wide) - wide
        types.append(flat[np.arange(int(wide.sum())) + np.repeat(begins[runs] - before, wide)])
    return np.concatenate(types), width


def _words_of_types(
    types: list[str], language: str, stop_names: frozenset[str]
) -> tuple[list[str], Small, NDArray[np.bool_]]:
    found = [_word_of_type(written, language, stop_names) for written in types]
    words = sorted({word for word, _ in found if word})
    ids = {word: number for number, word in enumerate(words)}
    is_shown = np.zeros(len(words), dtype=np.bool_)
    is_shown[[ids[word] for word, shown in found if shown]] = True
    return words, np.array([ids.get(word, -1) for word, _ in found], dtype=np.int32), is_shown


def _word_of_type(written: str, language: str, stop_names: frozenset[str]) -> tuple[str, bool]:
    """Give the term of a token ("" for none), and whether it may name a topic."""
    folded = written.casefold().replace("’", "'")
    word = folded.strip("'-")
    stopwords = read_stopwords(language)
    if folded in stopwords or _is_date_word(written, word, language):
        return "", False
    if word[:1].isdigit():
        return _number(word), False
    if _is_no_term(word, stopwords):
        return "", False
    if word in stop_names:
        return word, False
    lemma = lemma_of(word, language).casefold() if language in FULL_LANGUAGES else word
    if _is_no_term(lemma, stopwords):
        return "", False
    return lemma, lemma not in stop_names and lemma not in _said(language)


def _number(word: str) -> str:
    digits = "".join(filter(str.isdigit, word))
    is_year = len(digits) == 4 and word.isdigit() and digits[:2] in ("19", "20")
    return "" if len(digits) < 2 or is_year else digits


@cache
def _said(language: str) -> frozenset[str]:
    """Verbs that only say that somebody spoke: they stand in every article."""
    return frozenset(row[0] for row in read_rows(language, "speech.tsv") if row[2] == "neutral")


@cache
def _date_words(language: str) -> frozenset[str]:
    lists = (*read_rows(language, "months.tsv"), *read_rows(language, "weekdays.txt"))
    return frozenset(row[0] for row in lists if len(row[0]) > 2)


def _is_date_word(written: str, word: str, language: str) -> bool:
    # English writes them with a capital: march and sun are words, March and Sun are not.
    return word in _date_words(language) and (language != "en" or written[:1].isupper())


def _is_no_term(word: str, stopwords: frozenset[str]) -> bool:
    return len(word) < 2 or word in stopwords or any(map(str.isdigit, word)) or not any(map(str.isalpha, word))


def _join_pairs(
    encoded: Encoded, words: list[str], term_of: Small, is_shown: NDArray[np.bool_], fitted: NDArray[np.bool_]
) -> tuple[list[str], Small]:
    """Replace the two tokens of a fixed phrase by one term: the first gets the phrase, the second none."""
    if len(term_of) < 2:
        return words, term_of
    left, right = term_of[:-1], term_of[1:]
    joinable = (term_of >= 0) & is_shown[term_of] if len(words) else term_of >= 0
    same = encoded.passage_of[:-1] == encoded.passage_of[1:]
    places = np.flatnonzero(same & joinable[:-1] & joinable[1:] & (left != right))
    keys = left[places].astype(np.int64) * len(words) + right[places]
    counted = term_of[fitted[encoded.passage_of]]
    phrases = _fixed_phrases(keys[fitted[encoded.passage_of[places]]], counted, len(words))
    if not len(phrases):
        return words, term_of
    fixed = phrases[np.minimum(np.searchsorted(phrases, keys), len(phrases) - 1)] == keys
    places, keys = places[fixed], keys[fixed]
    chosen = _every_other(places)
    places, keys = places[chosen], keys[chosen]
    joined = term_of.copy()
    joined[places] = len(words) + np.searchsorted(phrases, keys)
    joined[places + 1] = -1
    return words + _phrase_names(encoded, keys, places, phrases), joined


def _fixed_phrases(keys: Ints, terms: Small, n_words: int) -> Ints:
    pairs, n_pairs = np.unique(keys, return_counts=True)
    frequent = n_pairs >= PAIR_COUNT
    pairs, n_pairs = pairs[frequent], n_pairs[frequent]
    n_terms = np.bincount(terms[terms >= 0], minlength=n_words)
    total = max(int(n_terms.sum()), 2)
    expected = n_terms[pairs // n_words] * n_terms[pairs % n_words] / total
    npmi = np.log(n_pairs / expected) / np.log(total / n_pairs)
    return pairs[npmi >= PAIR_NPMI]


def _every_other(places: Ints) -> NDArray[np.bool_]:
    """Keep the 1st, 3rd, 5th ... of each run: three words in a row give one pair and one word, from the left."""
    order = np.arange(len(places))
    begins = np.diff(places, prepend=-2) > 1
    run_start = np.maximum.accumulate(np.where(begins, order, 0))
    odd: NDArray[np.bool_] = (order - run_start) % 2 == 0
    return odd


def _phrase_names(encoded: Encoded, keys: Ints, places: Ints, phrases: Ints) -> list[str]:
    first, second = encoded.type_of[places], encoded.type_of[places + 1]
    forms, counts = np.unique(np.stack([keys, first, second]), axis=1, return_counts=True)
    best: dict[int, tuple[int, str]] = {}
    for key, one, two, count in zip(*forms.tolist(), counts.tolist(), strict=True):
        form = f"{encoded.types[one]} {encoded.types[two]}".casefold()
        best[key] = min(best.get(key, (1, "")), (-count, form))
    return [best.get(int(key), (0, f"phrase {key}"))[1] for key in phrases]


def _count(
    names: list[str],
    is_shown: NDArray[np.bool_],
    term_of: Small,
    encoded: Encoded,
    fitted: NDArray[np.bool_],
    language: str,
) -> Vectors:
    kept = term_of >= 0
    ones = np.ones(int(kept.sum()), dtype=np.float64)
    counts = csr_matrix((ones, (encoded.passage_of[kept], term_of[kept])), shape=(encoded.n_passages, len(names)))
    counts.sum_duplicates()
    n_fitted = int(fitted.sum())
    frequency = np.bincount(counts[fitted].indices, minlength=len(names))
    columns = np.flatnonzero((frequency >= _min_passages(n_fitted)) & (frequency <= _max_passages(n_fitted, language)))
    columns = columns[np.argsort([names[column] for column in columns], kind="stable")] if len(columns) else columns
    counts = csr_matrix(counts[:, columns])
    counts.sort_indices()
    shown = [names[column] for column in columns]
    return Vectors(shown, is_shown[columns], counts, _weigh(counts, frequency[columns], n_fitted))


def _min_passages(n_fitted: int) -> int:
    return 1 if n_fitted < SMALL_CORPUS else max(2, round(MIN_SHARE * n_fitted))


def _max_passages(n_fitted: int, language: str) -> float:
    if n_fitted < SMALL_CORPUS:
        return n_fitted
    return n_fitted * (MAX_SHARE if read_stopwords(language) else MAX_SHARE_UNLISTED)


def _weigh(counts: csr_matrix, frequency: Ints, n_fitted: int) -> csr_matrix:
    weighted = counts.copy()
    inverse = np.log((1 + n_fitted) / (1 + frequency)) + 1
    weighted.data = (1 + np.log(weighted.data)) * inverse[weighted.indices]
    lengths = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    weighted.data /= np.repeat(np.where(lengths > 0, lengths, 1), np.diff(weighted.indptr))
    return weighted
