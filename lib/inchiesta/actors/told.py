"""Aliases a text tells: *Qarn Airfield West, also called "Q-West"*."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import pandas as pd

from inchiesta.actors.units import Move
from inchiesta.actors.word_lists import read_rows

# The longest cue with commas and quotation marks around it.
LONGEST_GAP = 30
RULE = "called so in a text"


@cache
def _cue() -> re.Pattern[str]:
    cues = sorted((row["cue"] for row in read_rows("alias_cues.tsv")), key=len, reverse=True)
    return re.compile(rf"[\s,(]*(?:{'|'.join(map(re.escape, cues))})[\s\"“«'‘]*(?:(?:the|il|la) |l')?")


def find_told(mentions: pd.DataFrame, documents: pd.DataFrame, keys: np.ndarray) -> list[Move]:
    """Give moves for names that a text says are one: to the name that stands first.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions``; document_id, start_char, end_char, kind are read.
    documents : DataFrame
        Table ``documents``; document_id, text.
    keys : array of str
        The key of each mention (see `inchiesta.actors.units`). A listed side stays.

    Returns
    -------
    list of Move
        At most one per key: of several the one told most often, then the first in the alphabet.
    """
    columns = ["document_id", "start_char", "end_char", "kind"]
    ordered = mentions.reset_index(drop=True)[columns].sort_values(columns[:3], kind="stable")
    following = ordered.shift(-1)
    gap = following["start_char"] - ordered["end_char"]
    near = gap.between(3, LONGEST_GAP) & (ordered["document_id"] == following["document_id"])
    places = np.flatnonzero((near & (ordered["kind"] == following["kind"])).to_numpy())
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    index, document_ids = ordered.index.to_numpy(), ordered["document_id"].to_numpy()
    ends, starts = ordered["end_char"].to_numpy(), ordered["start_char"].to_numpy()
    pairs = [
        (keys[index[place]], keys[index[place + 1]])
        for place in places
        if _cue().fullmatch(texts[document_ids[place]], ends[place], starts[place + 1])
    ]
    told = pd.DataFrame(pairs, columns=["target", "source"], dtype="object")
    told = told[told["source"] != told["target"]]
    swapped = told["source"].str.startswith("@").to_numpy(dtype=bool)
    told.loc[swapped, ["source", "target"]] = told.loc[swapped, ["target", "source"]].to_numpy()
    counted = told.groupby(["source", "target"]).size().rename("n").reset_index()
    counted = counted.sort_values(["source", "n", "target"], ascending=[True, False, True], kind="stable")
    return [
        Move(source, target, RULE, f"{n} times a text says that it is {target.removeprefix('@')}")
        for source, target, n in counted.drop_duplicates("source").to_numpy(dtype=object)
    ]
