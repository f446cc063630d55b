"""Training: from labelled lines to weights, for one language or for several that teach each other.

Where two languages are trained together every feature has a shared weight and one of the language's own, and what is
written for a language is their sum (Daumé III 2007, Frustratingly easy domain adaptation, ACL): a Turkish surname
learned in English helps in Italian.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, vstack

from inchiesta.actors.gazetteer import find_listed, plain
from inchiesta.actors.tagger.batch import MARKS, Batch, Mark, Text, Zone, build_batch, find_zone
from inchiesta.actors.tagger.crf import LABELS, Walk, build_chain, infer, plan_walk
from inchiesta.actors.tagger.features import encode, encode_unary
from inchiesta.actors.tagger.marks import mark_text
from inchiesta.actors.tagger.tokens import cut_tokens
from inchiesta.actors.tagger.weights import Weights, quantise
from inchiesta.actors.tagger.words import ATTRIBUTES, FIRST_VALUE, Codes, Words, describe_word
from inchiesta.errors import SourceError

# What was met once teaches nothing that its parts do not, and would double the file.
FEWEST = 2
# A word in small letters met so often, and in a name at most once in so many times, is barred from names: long names
# (*Torre con ... detto ...*) that run over it are torn.
OFTEN, IN_A_NAME = 10, 200
# Strength of the pull towards zero, chosen once from .5, 2 and 5 on the development sets (they differ by .003).
PULL = 2.0
# The scores on the development sets stand still from here on.
ITERATIONS = 80
# Of the hints (names of places, organisations ...) this share is hidden while training, a name in all of a document or
# in none of it: a tagger that always saw them would take a name they lack for no name.
HIDDEN = 0.25
Columns = Mapping[str, Codes]


@dataclass(frozen=True)
class Labelled:
    """One labelled document: its lines and, per line, the names as (start, end, kind)."""

    document: str
    language: str
    lines: Sequence[str]
    names: Sequence[Sequence[tuple[int, int, str]]]


@dataclass(frozen=True)
class Lesson:
    """The documents of one language, encoded: codes per template, labels and runs of the zone."""

    language: str
    columns: Columns
    labels: Codes
    zone: Zone


def train_weights(
    documents: Sequence[Labelled], *, tell: Callable[[int, int], None] = lambda done, total: None
) -> list[Weights]:
    """Train the tagger.

    Parameters
    ----------
    documents
        Labelled documents of one or more of the full languages.
    tell
        Called after each round with (rounds done, rounds at most).

    Returns
    -------
    list of Weights
        One per language, in the order of the alphabet.

    Raises
    ------
    SourceError
        If no name is labelled.

    Notes
    -----
    Deterministic for one BLAS thread. Lines of a document should stand together and in order: what a document shows of
    a word is part of the evidence. Weights are found by L-BFGS on the likelihood with a Gaussian prior.
    """
    if not any(names for document in documents for names in document.names):
        raise SourceError("expected lines with labelled names to train on, found none; see the README for the form")
    values = _collect_values(documents)
    languages = sorted({document.language for document in documents})
    lessons = [_encode_lesson(language, documents, values) for language in languages]
    spaces = [Space.fit([lesson.columns for lesson in lessons])]
    spaces += [Space.fit([lesson.columns]) for lesson in lessons] if len(lessons) > 1 else []
    weights, steps = _fit(lessons, spaces, tell)
    return [
        replace(_gather(language, number, values, spaces, weights, steps), never=find_never(documents, language))
        for number, language in enumerate(languages)
    ]


def find_never(documents: Sequence[Labelled], language: str) -> tuple[str, ...]:
    """Find the words in small letters that are common and stand in no name, in the order of the alphabet."""
    met: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for document in documents:
        for line, names in zip(document.lines, document.names, strict=True) if document.language == language else ():
            tokens = cut_tokens(line)
            for word, start in zip(tokens.words, tokens.start.tolist(), strict=True):
                if word[0].islower():
                    met[word] += 1
                    inside[word] += any(first <= start < last for first, last, _ in names)
    return tuple(sorted(word for word, n in met.items() if n >= OFTEN and inside[word] * IN_A_NAME <= n))


def _collect_values(documents: Sequence[Labelled]) -> dict[str, dict[str, int]]:
    """Give each value of an attribute that occurs often enough its code, in the order of the alphabet."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*ATTRIBUTES, *MARKS)}
    words = Counter(
        (word, document.language)
        for document in documents for line in document.lines for word in cut_tokens(line).words
    )  # fmt: skip
    for (word, language), count in words.items():
        for name, value in describe_word(word, language).items():
            counts[name][value] += count
    for document in documents:
        for line in document.lines:
            text = plain(line)
            for name, marks in mark_text(text, find_listed(text)).items():
                # A mark of one token and of several are told apart by their edges.
                counts[name].update(
                    {f"{mark[2]} {place}": FEWEST for mark in marks for place in ("B", "BE", "I", "IE")}
                )
    return {
        name: {
            value: code for code, value in enumerate(sorted(v for v, n in table.items() if n >= FEWEST), FIRST_VALUE)
        }
        for name, table in counts.items()
    }


def read_document(document: Labelled) -> Text:
    """Give a labelled document as the tagger reads it: a line is a sentence."""
    text = plain("\n".join(document.lines))
    sentences, start = [], 0
    for line in document.lines:
        sentences.append((start, start + len(line)))
        start += len(line) + 1
    return Text(text, sentences, cut_tokens(text), mark_text(text, find_listed(text)))


def _hide_hints(document: Labelled, text: Text) -> Text:
    """Hide a share of the hints; which ones follows from document and name alone."""

    def is_hidden(mark: Mark) -> bool:
        draw = crc32(f"{document.document}\n{text.text[mark[0] : mark[1]]}".encode()) / 2**32
        return draw < HIDDEN

    shown = [mark for mark in text.marks["hint"] if not is_hidden(mark)]
    return replace(text, marks=text.marks | {"hint": shown})


def _encode_lesson(language: str, documents: Sequence[Labelled], values: Mapping[str, Mapping[str, int]]) -> Lesson:
    chosen = [document for document in documents if document.language == language]
    texts = (_hide_hints(document, read_document(document)) for document in chosen)
    batch = build_batch(texts, Words(language, values))
    zone = find_zone(batch)
    columns = encode_unary(batch, zone) | encode(batch, zone)
    return Lesson(language, columns, _label(batch, zone, chosen), zone)


def _label(batch: Batch, zone: Zone, documents: Sequence[Labelled]) -> Codes:
    """Give each token of the zone its label; a name that the tokens or the zone cut is left out."""
    labels = np.zeros(len(batch.types), dtype=np.int64)
    number = {label: code for code, label in enumerate(LABELS)}
    inside = np.zeros(len(labels), dtype=bool)
    inside[zone.tokens] = True
    first = np.searchsorted(batch.document, np.arange(len(documents) + 1))
    for index, document in enumerate(documents):
        here = slice(first[index], first[index + 1])
        starts = {start: place for place, start in enumerate(batch.start[here].tolist(), int(first[index]))}
        ends = {end: place for place, end in enumerate(batch.end[here].tolist(), int(first[index]))}
        offset = 0
        for line, names in zip(document.lines, document.names, strict=True):
            for start, end, kind in names:
                a, b = starts.get(offset + start), ends.get(offset + end)
                if (
                    a is not None
                    and b is not None
                    and a <= b
                    and inside[a : b + 1].all()
                    and not labels[a : b + 1].any()
                ):
                    labels[a : b + 1] = number[f"I-{kind}"]
                    labels[a], labels[b] = number[f"B-{kind}"], number[f"E-{kind}"]
                    if a == b:
                        labels[a] = number[f"S-{kind}"]
            offset += len(line) + 1
    return labels[zone.tokens]


@dataclass(frozen=True)
class Space:
    """The features of a set of lessons: for each template the answers met often enough, and their first column."""

    answers: Mapping[str, tuple[Codes, int]]
    size: int

    @classmethod
    def fit(cls, columns: Sequence[Columns]) -> Space:
        """Find the answers met at least `FEWEST` times."""
        answers: dict[str, tuple[Codes, int]] = {}
        size = 0
        for name in columns[0]:
            codes = np.concatenate([column[name] for column in columns if name in column])
            found, counts = np.unique(codes[codes >= 0], return_counts=True)
            found = found[counts >= FEWEST]
            answers[name] = (found, size)
            size += len(found)
        return cls(answers, size)

    def encode(self, columns: Columns, n_rows: int) -> csr_matrix:
        """Give the matrix of tokens and features."""
        rows, features = [], []
        for name, (found, first) in self.answers.items():
            if name not in columns or not len(found):
                continue
            place = np.searchsorted(found, columns[name])
            place[place == len(found)] = 0
            known = np.flatnonzero(found[place] == columns[name])
            rows.append(known)
            features.append(place[known] + first)
        row, feature = np.concatenate(rows), np.concatenate(features)
        return csr_matrix((np.ones(len(row), dtype=np.float32), (row, feature)), shape=(n_rows, self.size))


def _fit(
    lessons: Sequence[Lesson], spaces: Sequence[Space], tell: Callable[[int, int], None]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Find the weights of features (rows) by labels, and of the steps."""
    blocks, starts, offset = [], [], 0
    for number, lesson in enumerate(lessons):
        n_rows = len(lesson.labels)
        parts = [
            space.encode(lesson.columns, n_rows) if index in (0, number + 1) else csr_matrix((n_rows, space.size))
            for index, space in enumerate(spaces)
        ]
        blocks.append(hstack(parts, dtype=np.float32))
        starts.append(lesson.zone.starts + offset)
        offset += n_rows
    matrix = vstack(blocks).tocsr()
    labels = np.concatenate([lesson.labels for lesson in lessons])
    likelihood = Likelihood(matrix, labels, np.concatenate(starts))
    rounds = 0

    def told(_: NDArray[np.float64]) -> None:
        nonlocal rounds
        rounds += 1
        tell(rounds, ITERATIONS)

    start = np.zeros(likelihood.size)
    found = minimize(  # type: ignore[call-overload]  # the stubs know no callable object with a gradient
        likelihood, start, jac=True, method="L-BFGS-B", callback=told, options={"maxiter": ITERATIONS, "maxcor": 6}
    )
    return likelihood.split(found.x)


class Likelihood:
    """Minus the penalised log-likelihood of the labels, with its gradient."""

    def __init__(self, matrix: csr_matrix, labels: Codes, starts: Codes) -> None:
        self.matrix, self.labels = matrix, labels
        self.transposed = matrix.T.tocsr()
        self.walk: Walk = plan_walk(starts, len(labels))
        n_labels = len(LABELS)
        self.n_weights = matrix.shape[1] * n_labels
        self.size = self.n_weights + n_labels**2
        truth = np.zeros((len(labels), n_labels), dtype=np.float32)
        truth[np.arange(len(labels)), labels] = 1
        self.observed = self.transposed @ truth
        first = np.zeros(len(labels), dtype=bool)
        first[starts] = True
        follows = np.flatnonzero(~first)
        self.observed_steps = np.zeros((n_labels, n_labels))
        np.add.at(self.observed_steps, (labels[follows - 1], labels[follows]), 1.0)

    def split(self, vector: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give the weights and the steps in a vector."""
        n_labels = len(LABELS)
        return vector[: self.n_weights].reshape(-1, n_labels), vector[self.n_weights :].reshape(n_labels, n_labels)

    def __call__(self, vector: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Give value and gradient."""
        weights, steps = self.split(vector)
        scores = (self.matrix @ weights.astype(np.float32)).astype(np.float64)
        beliefs = infer(scores, build_chain(steps), self.walk)
        fit = scores[np.arange(len(self.labels)), self.labels].sum() + (steps * self.observed_steps).sum()
        gradient = np.empty_like(vector)
        gradient[: self.n_weights] = (self.transposed @ beliefs.marginals.astype(np.float32) - self.observed).ravel()
        gradient[self.n_weights :] = (beliefs.expected_steps - self.observed_steps).ravel()
        gradient += PULL * vector
        return float(beliefs.log_partition - fit + PULL / 2 * (vector @ vector)), gradient


def _gather(
    language: str,
    number: int,
    values: dict[str, dict[str, int]],
    spaces: Sequence[Space],
    weights: NDArray[np.float64],
    steps: NDArray[np.float64],
) -> Weights:
    """Add the shared weights and those of the language up, template by template."""
    first = np.cumsum([0, *(space.size for space in spaces)])
    own = [index for index in (0, number + 1) if index < len(spaces)]
    templates = {}
    for name in spaces[0].answers:
        parts = []
        for index in own:
            codes, column = spaces[index].answers.get(name, (np.zeros(0, dtype=np.int64), 0))
            parts.append((codes, weights[first[index] + column : first[index] + column + len(codes)]))
        codes, rows = np.unique(np.concatenate([codes for codes, _ in parts]), return_inverse=True)
        total = np.zeros((len(codes), len(LABELS)))
        np.add.at(total, rows, np.concatenate([part for _, part in parts]))
        templates[name] = quantise(codes, total)
    return Weights(language, values, templates, build_chain(steps))
