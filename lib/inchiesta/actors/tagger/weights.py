"""The weights of the tagger: what was learned, as arrays in one file per language; read without unpickling anything."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from inchiesta.actors.tagger.batch import MARKS, Batch, Zone
from inchiesta.actors.tagger.crf import LABELS, Chain, Reals, build_chain
from inchiesta.actors.tagger.features import UNARY, View
from inchiesta.actors.tagger.words import ATTRIBUTES, FIRST_VALUE, Codes, Words
from inchiesta.errors import SettingsError

FORMAT = 2
# Weights are stored as whole numbers from -127 to 127 times the scale of their template: a fifth of the size, and no
# label of the development sets changes for more than one name in a thousand.
LARGEST = 127
FILE_NAME = "tagger.npz"


@dataclass(frozen=True)
class Template:
    """The learned answers of one template, ascending, and a row of weights for each (one per label)."""

    codes: Codes
    weights: NDArray[np.int8]
    scale: float

    def look_up(self, codes: Codes) -> tuple[Codes, Codes]:
        """Give which of ``codes`` were learned (their positions) and in which rows."""
        if not len(self.codes):
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        rows = np.searchsorted(self.codes, codes)
        rows[rows == len(self.codes)] = 0
        known = np.flatnonzero(self.codes[rows] == codes)
        return known, rows[known]


@dataclass(frozen=True)
class Weights:
    """All that was learned for one language."""

    language: str
    values: Mapping[str, Mapping[str, int]]
    templates: Mapping[str, Template]
    chain: Chain
    # Words in small letters that stood in no name.
    never: tuple[str, ...] = ()


class Scorer:
    """The weights of one language with the words met so far in this process: scores tokens."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.words = Words(weights.language, weights.values, weights.never)
        self._summed = {step: np.zeros((0, len(LABELS)), dtype=np.float32) for step in UNARY}
        self._dense = {
            name: template.weights.astype(np.float32) * np.float32(template.scale)
            for name, template in weights.templates.items()
        }

    def score(self, batch: Batch, zone: Zone, codes: Mapping[str, Codes]) -> Reals:
        """Give the score of each label for each token of the zone."""
        self._sum_words()
        scores = np.zeros((len(zone.tokens), len(LABELS)), dtype=np.float32)
        view = View(batch, zone)
        for step, table in self._summed.items():
            there, same = view.place(step)
            if same.all():
                scores += table[batch.types[there]]
            else:
                scores[same] += table[batch.types[there[same]]]
        for name, column in codes.items():
            template = self.weights.templates.get(name)
            if template is not None:
                known, rows = template.look_up(column)
                scores[known] += self._dense[name][rows]
        return scores.astype(np.float64)

    def _sum_words(self) -> None:
        """Sum the weights of each new word for each distance it can stand at."""
        table = self.words.table()
        for step, attributes in UNARY.items():
            done = self._summed[step]
            new = table[len(done) :].astype(np.int64)
            if not len(new):
                continue
            total = np.zeros((len(new), len(LABELS)), dtype=np.float32)
            for attribute in attributes:
                name = f"{attribute}{step:+d}"
                codes = new[:, ATTRIBUTES.index(attribute)]
                known, rows = self.weights.templates[name].look_up(np.where(codes >= FIRST_VALUE, codes, -1))
                total[known] += self._dense[name][rows]
            self._summed[step] = np.concatenate([done, total])


def quantise(codes: Codes, weights: NDArray[np.float64]) -> Template:
    """Give a template with its weights as whole numbers; answers whose weights all round to zero are left out."""
    scale = float(np.abs(weights).max(initial=0.0)) / LARGEST or 1.0
    rounded = np.round(weights / scale).astype(np.int8)
    kept = np.flatnonzero(rounded.any(axis=1))
    return Template(codes[kept], rounded[kept], scale)


def write_weights(path: Path, weights: Weights) -> None:
    """Write the weights of one language."""
    arrays: dict[str, Any] = {
        "head": np.frombuffer(_head(weights).encode("utf-8"), dtype=np.uint8),
        "steps": weights.chain.steps,
    }
    for number, template in enumerate(weights.templates.values()):
        # Differences of ascending numbers are small and compress well.
        arrays[f"codes{number}"] = np.diff(template.codes, prepend=0)
        arrays[f"weights{number}"] = template.weights
    np.savez_compressed(path, **arrays)


def _head(weights: Weights) -> str:
    return json.dumps(
        {
            "format": FORMAT,
            "language": weights.language,
            "labels": LABELS,
            "values": {name: list(table) for name, table in weights.values.items()},
            "templates": {name: template.scale for name, template in weights.templates.items()},
            "never": weights.never,
        },
        ensure_ascii=False,
    )


def read_weights(path: Path) -> Weights:
    """Read the weights of one language.

    Raises
    ------
    SettingsError
        If the file is missing, damaged, or of another format.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            head = json.loads(arrays["head"].tobytes().decode("utf-8"))
            if head["format"] != FORMAT or tuple(head["labels"]) != LABELS:
                raise ValueError("another format")
            templates = {
                name: Template(np.cumsum(arrays[f"codes{number}"]), arrays[f"weights{number}"], scale)
                for number, (name, scale) in enumerate(head["templates"].items())
            }
            steps = arrays["steps"]
    except (OSError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise SettingsError(
            f"expected the weights of the name tagger (format {FORMAT}) in {path.name}: {type(error).__name__}. "
            "Train them again with `inchiesta train-actors`."
        ) from error
    values = {
        name: {value: code for code, value in enumerate(table, FIRST_VALUE)} for name, table in head["values"].items()
    }
    return Weights(head["language"], values, templates, build_chain(steps), tuple(head["never"]))


@lru_cache(maxsize=8)
def load_scorer(path: Path) -> Scorer:
    """Give the scorer of a weights file, once per process."""
    return Scorer(read_weights(path))


def empty_values() -> dict[str, dict[str, int]]:
    """Give attributes and marks without any value."""
    return {name: {} for name in (*ATTRIBUTES, *MARKS)}
