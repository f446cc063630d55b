"""The weights of the tone model: one file per language, read without unpickling anything; and asking them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from inchiesta.errors import SettingsError
from inchiesta.sentiment.model.features import Described

FORMAT = 1
FILE_NAME = "tones.npz"
LABELS = ("negative", "neutral", "positive")
# What the grams of a target weigh together, however many there are: beside the sums, which are not scaled.
GRAMS = 5.0

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class ToneWeights:
    """What was learned for one language.

    Attributes
    ----------
    names : tuple of str
        The features, in the order of the alphabet.
    weights : array, features x 3
        By label, in the order of `LABELS`.
    bias : array, 2 x 3
        What each label has without any feature: for targets somebody picked, and for every name of a text.
    clear : pair of float
        From this probability on a label is shown without reserve: for targets somebody picked, and for every name.
    """

    language: str
    names: tuple[str, ...]
    weights: Reals
    bias: Reals
    clear: tuple[float, float]


class ToneModel:
    """The weights of one language, ready to be asked."""

    def __init__(self, weights: ToneWeights) -> None:
        self.learned = weights
        self._rows = {name: row for row, name in enumerate(weights.names)}

    def probabilities(self, described: Sequence[Described], every_name: NDArray[np.bool_]) -> Reals:
        """Give the probability of each label (columns as `LABELS`) for each target.

        ``every_name`` tells of each target whether it is one of every name of a text, or was picked because somebody is
        spoken of: of the former most are neutral.
        """
        scores = self.learned.bias[every_name.astype(np.int64)]
        weights, rows = self.learned.weights, self._rows
        for number, target in enumerate(described):
            known = [row for name in target.grams if (row := rows.get(name)) is not None]
            if known:
                scores[number] += weights[known].sum(axis=0) * (GRAMS / np.sqrt(len(known)))
            for name, value in target.sums.items():
                if (row := rows.get(name)) is not None:
                    scores[number] += weights[row] * value
        odds = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: Reals = odds / odds.sum(axis=1, keepdims=True)
        return found


def write_weights(path: Path, weights: ToneWeights) -> None:
    """Write the weights of one language, rounded to half precision."""
    head = {
        "format": FORMAT,
        "language": weights.language,
        "labels": LABELS,
        "clear": weights.clear,
        "names": "\n".join(weights.names),
    }
    np.savez_compressed(
        path,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode("utf-8"), dtype=np.uint8),
        weights=weights.weights.astype(np.float16),
        bias=weights.bias,
    )


def read_weights(path: Path) -> ToneWeights:
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
            names = tuple(head["names"].split("\n"))
            weights, bias = arrays["weights"].astype(np.float64), arrays["bias"].astype(np.float64)
            if weights.shape != (len(names), len(LABELS)):
                raise ValueError("damaged")
    except (OSError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise SettingsError(
            f"expected the weights of the tone model (format {FORMAT}) in {path.name}: {type(error).__name__}. "
            "Train them again with `inchiesta train-tones`."
        ) from error
    return ToneWeights(head["language"], names, weights, bias, (float(head["clear"][0]), float(head["clear"][1])))


@lru_cache(maxsize=8)
def load_model(path: Path) -> ToneModel:
    """Give the model in a file, once per process."""
    return ToneModel(read_weights(path))
