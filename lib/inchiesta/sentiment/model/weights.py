"""The weights of the tone model: one file per language, read without unpickling anything."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from inchiesta.errors import SettingsError
from inchiesta.sentiment.matches import Reals
from inchiesta.sentiment.words import Whole

FORMAT = 2
FILE_NAME = "tones.npz"
LABELS = ("negative", "neutral", "positive")
# In the place of a name among the lemmas.
NAME_WORD = "[name]"


@dataclass(frozen=True)
class Family:
    """One kind of grams: the numbers of the lemmas, and a weight by label."""

    lemmas: Whole
    weights: Reals


@dataclass(frozen=True)
class ToneWeights:
    """What was learned for one language.

    Attributes
    ----------
    lemmas : tuple of str
        The words the grams are made of.
    families : dict of str to Family
        The grams, by kind (see `inchiesta.sentiment.model.features`).
    sums : array, columns x 3
        By label, in the order of `LABELS`: the sums of the tone words.
    bias : array, 2 x 3
        What each label has without any feature: for targets somebody picked, and for every name of a text.
    clear : pair of float
        From this probability on a label is shown without reserve: for targets somebody picked, and for every name.
    """

    language: str
    lemmas: tuple[str, ...]
    families: dict[str, Family]
    sums: Reals
    bias: Reals
    clear: tuple[float, float]


def write_weights(path: Path, weights: ToneWeights) -> None:
    """Write the weights of one language, rounded to half precision."""
    head = {
        "format": FORMAT,
        "language": weights.language,
        "labels": LABELS,
        "clear": weights.clear,
        "families": {name: len(family.lemmas) for name, family in weights.families.items()},
        "lemmas": "\n".join(weights.lemmas),
    }
    families = list(weights.families.values())
    np.savez_compressed(
        path,
        head=np.frombuffer(json.dumps(head, ensure_ascii=False).encode("utf-8"), dtype=np.uint8),
        grams=np.concatenate([family.lemmas for family in families]).astype(np.int32),
        weights=np.concatenate([family.weights for family in families]).astype(np.float16),
        sums=weights.sums.astype(np.float32),
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
            lemmas = tuple(head["lemmas"].split("\n"))
            grams = arrays["grams"].astype(np.int64)
            weights, sums = arrays["weights"].astype(np.float64), arrays["sums"].astype(np.float64)
            bias = arrays["bias"].astype(np.float64)
            sizes = list(head["families"].values())
            if not len(grams) == len(weights) == sum(sizes) or grams.max() >= len(lemmas):
                raise ValueError("damaged")
    except (OSError, ValueError, KeyError, BadZipFile, zlib.error) as error:
        raise SettingsError(
            f"expected the weights of the tone model (format {FORMAT}) in {path.name}: {type(error).__name__}. "
            "Train them again with `inchiesta train-tones`."
        ) from error
    edges = np.cumsum([0, *sizes]).tolist()
    families = {
        name: Family(grams[low:high], weights[low:high])
        for name, low, high in zip(head["families"], edges[:-1], edges[1:], strict=True)
    }
    clear = (float(head["clear"][0]), float(head["clear"][1]))
    return ToneWeights(head["language"], lemmas, families, sums, bias, clear)
