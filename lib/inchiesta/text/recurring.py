"""Page furniture learned from a corpus: short lines that recur in the documents of one source."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple
from zlib import crc32

import numpy as np

from inchiesta.text.clean import mend_characters
from inchiesta.text.edits import Revision
from inchiesta.text.furniture import normalise_line

MAX_LINE_CHARS = 120
MAX_LINE_WORDS = 15
# A line must stand in this many different texts of a source: two may share a heading by chance.
MIN_TEXTS = 3
# ... and in a tenth of them, so that a formula of a few articles stays; in a large source 50 texts are enough,
# as long as they are more than one in fifty (a name used as a heading recurs, too).
MIN_SHARE, ENOUGH_TEXTS, MIN_LARGE_SHARE = 0.10, 50, 0.02
# A full sentence belongs to the page only if half of the texts carry it (a licence, a call for donations).
MIN_SENTENCE_SHARE, SENTENCE_WORDS = 0.5, 8
# Sentences shorter than this are shared by texts that have nothing else in common.
_MIN_PIECE = 40
_PIECES = re.compile(r"[.!?\n]+")
# Eight minima of 8 bits make the fingerprint; six equal ones mean the same text. Texts that share a notice of three
# sentences among twenty agree so far once in a million pairs; copies with a tenth of it changed, nine times in ten.
_LANES, _LANE_BITS, _MIN_EQUAL = 8, 8, 6
_SALTS = np.arange(1, _LANES + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
_MULTIPLIER = np.uint64(0xBF58476D1CE4E5B9)
_TO_SIGNED = 1 << 63


class Candidates(NamedTuple):
    """What one document hands in: its short lines, normalised, each once; and a fingerprint of all it says.

    The fingerprint (64 bits, signed so that Parquet takes it) tells near-copies, whose lines all recur.
    """

    lines: list[str]
    fingerprint: int


def candidate_lines(raw_text: str) -> Candidates:
    """Give the short lines of a raw text (at most 15 words and 120 characters) and its fingerprint.

    Parameters
    ----------
    raw_text : str
        The decoded text as it arrived.

    Returns
    -------
    Candidates
        Lines in the order of the text, without repetition.
    """
    revision = Revision(raw_text)
    mend_characters(revision)
    lines: dict[str, None] = {}
    for line in revision.text.split("\n"):
        if line and len(line) <= MAX_LINE_CHARS and line.count(" ") < MAX_LINE_WORDS:
            lines[normalise_line(line)] = None
    lines.pop("", None)
    return Candidates(list(lines), _fingerprint(revision.text))


def _fingerprint(text: str) -> int:
    pieces = {crc32(piece.strip().encode()) for piece in _PIECES.split(text) if len(piece) >= _MIN_PIECE}
    hashes = np.array(sorted(pieces) or [crc32(text.encode())], dtype=np.uint64)
    mixed = (hashes[:, None] ^ _SALTS) * _MULTIPLIER
    mixed = (mixed ^ (mixed >> np.uint64(31))) * _MULTIPLIER
    # The lane keeps the middle bits: the high ones of a minimum are all 0.
    lanes = (mixed.min(axis=0) >> np.uint64(20)).astype(np.uint8)
    return int.from_bytes(lanes.tobytes(), "big") - _TO_SIGNED


def learn_furniture(candidates: Iterable[tuple[str, Candidates]]) -> dict[str, frozenset[str]]:
    """Give, for each source, the lines that belong to its pages.

    Parameters
    ----------
    candidates : iterable of (str, Candidates)
        Source group and candidates of each document, in any order.

    Returns
    -------
    dict of str to frozenset of str
        Normalised lines for each source group, groups without any left out.

    Notes
    -----
    Deterministic, whatever the order. Near-copies count as one text. A line must stand in at least 3 texts and a tenth
    of the source's texts (50 texts and 2% in a large source); a sentence of more than 8 words in half of them. A
    column's standing heading is taken for furniture, too: the edits table shows what went.
    """
    groups: dict[str, list[Candidates]] = defaultdict(list)
    for group, document in candidates:
        groups[group].append(document)
    learned = {group: _recurring(documents) for group, documents in sorted(groups.items())}
    return {group: lines for group, lines in learned.items() if lines}


def _recurring(documents: list[Candidates]) -> frozenset[str]:
    if len(documents) < MIN_TEXTS:
        return frozenset()
    lines_of_text: dict[int, set[str]] = defaultdict(set)
    for text, document in zip(_group_copies([d.fingerprint for d in documents]), documents, strict=True):
        lines_of_text[text].update(document.lines)
    counts: Counter[str] = Counter()
    for lines in lines_of_text.values():
        counts.update(lines)
    n_texts = len(lines_of_text)
    needed = max(MIN_TEXTS, min(MIN_SHARE * n_texts, ENOUGH_TEXTS), MIN_LARGE_SHARE * n_texts)
    for_sentences = max(needed, MIN_SENTENCE_SHARE * n_texts)
    return frozenset(line for line, n in counts.items() if n >= (for_sentences if _is_sentence(line) else needed))


def _is_sentence(line: str) -> bool:
    return line[-1] in ".!?" and line.count(" ") >= SENTENCE_WORDS


def _group_copies(fingerprints: list[int]) -> list[int]:
    """Give for each document the first one of the same text: six of their eight lanes are equal."""
    parents = list(range(len(fingerprints)))
    signed = np.array(fingerprints, dtype=np.int64)
    lanes = (signed.astype(np.uint64) + np.uint64(_TO_SIGNED)).astype(">u8").view(np.uint8).reshape(-1, _LANES)
    for pick in combinations(range(_LANES), _MIN_EQUAL):
        # One number for the six lanes; in a sorted row equal ones stand side by side, the first document before.
        key = np.zeros(len(lanes), dtype=np.uint64)
        for lane in pick:
            key = (key << np.uint64(_LANE_BITS)) | lanes[:, lane]
        order = np.argsort(key, kind="stable")
        same = np.flatnonzero(key[order][1:] == key[order][:-1])
        for one, other in zip(order[same].tolist(), order[same + 1].tolist(), strict=True):
            _unite(parents, one, other)
    return [_root(parents, i) for i in range(len(parents))]


def _root(parents: list[int], i: int) -> int:
    while parents[i] != i:
        parents[i] = parents[parents[i]]
        i = parents[i]
    return i


def _unite(parents: list[int], a: int, b: int) -> None:
    a, b = _root(parents, a), _root(parents, b)
    parents[max(a, b)] = min(a, b)
