"""MinHash signatures of texts: how alike two texts are, without comparing them word by word.

References
----------
Broder 1997, On the resemblance and containment of documents, doi 10.1109/SEQUEN.1997.666900.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Signatures = NDArray[np.uint32]

# Three words: two are shared by any two articles on one event, four lose too much where single words were changed.
SHINGLE = 3
# 42 bands of 3 rows find a pair with a Jaccard of .4 with probability .94, one of .5 with .996, and of two unrelated
# articles (.01) one pair in 24,000.
BANDS, ROWS = 42, 3
# Texts whose shingles are hashed at once: 400 x 450 words x 126 hashes x 8 bytes is 180 MB at most.
_SHINGLES_AT_ONCE = 150_000
_LAST = np.uint32(0xFFFFFFFF)

# Runs of letters and digits; scripts written without spaces are taken character by character.
_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W぀-ヿ㐀-鿿]+")


def compute_signatures(texts: Sequence[str]) -> Signatures:
    """Give the MinHash signature of each text.

    Parameters
    ----------
    texts
        Cleaned texts.

    Returns
    -------
    numpy.ndarray
        Shape (n texts, 126), uint32; the share of equal columns estimates the Jaccard index of the word 3-shingles of
        two texts with a standard error of at most .045. A text without a word has the largest value in all columns.

    Notes
    -----
    Deterministic on every machine; each row depends on its own text only, so that it can be cached.
    """
    signatures = np.full((len(texts), BANDS * ROWS), _LAST, dtype=np.uint32)
    for rows, shingles in _in_chunks(texts):
        starts = np.cumsum([0, *(len(found) for found in shingles[:-1])])
        joined = np.concatenate(shingles)
        for column, (factor, offset) in enumerate(zip(_FACTORS, _OFFSETS, strict=True)):
            # Multiply-shift hashing; the product is meant to overflow.
            mixed = ((joined * factor + offset) >> np.uint64(32)).astype(np.uint32)
            signatures[rows, column] = np.minimum.reduceat(mixed, starts)
    return signatures


def find_shingles(text: str) -> Hashes:
    """Give the sorted distinct hashes of the word 3-shingles of ``text``, case ignored (all words if fewer than 3)."""
    words = find_words(text)
    if not words:
        return np.empty(0, dtype=np.uint64)
    hashed = np.fromiter((_hash_word(word) for word in words), dtype=np.uint64, count=len(words))
    n = min(SHINGLE, len(words))
    mixed = hashed[: len(words) - n + 1].copy()
    for step in range(1, n):
        mixed = _mix(mixed) + hashed[step : len(words) - n + 1 + step]
    return np.unique(_mix(mixed))


def find_words(text: str) -> list[str]:
    """Give the words of ``text`` as compared here: letters and digits, case folded."""
    return _WORD.findall(text.casefold())


def _in_chunks(texts: Sequence[str]) -> Iterator[tuple[list[int], list[Hashes]]]:
    rows: list[int] = []
    shingles: list[Hashes] = []
    waiting = 0
    for row, text in enumerate(texts):
        found = find_shingles(text)
        if not len(found):
            continue
        rows.append(row)
        shingles.append(found)
        waiting += len(found)
        if waiting >= _SHINGLES_AT_ONCE:
            yield rows, shingles
            rows, shingles, waiting = [], [], 0
    if rows:
        yield rows, shingles


def _hash_word(word: str) -> int:
    # crc32 is the same on every machine and version, which Python's own hash is not.
    data = word.encode("utf-8", "surrogatepass")
    return zlib.crc32(data) << 32 | zlib.crc32(data, 0x9E3779B9)


def _mix(values: Hashes) -> Hashes:
    """Spread the bits (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _draw(seed: int) -> Hashes:
    numbers = _mix(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed))
    return numbers | np.uint64(1)


_FACTORS, _OFFSETS = _draw(1), _draw(2)
