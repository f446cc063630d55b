"""Candidates: which longer name a short one stands for, where a document or the corpus leaves one choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inchiesta.actors.units import MOVES

# A surname that nine documents in ten give to one person is taken for that person elsewhere, in doubt.
DOMINANT, DOMINANT_DOCUMENTS = 0.9, 10
# So many other candidates are named in the evidence.
NAMED = 3


def map_distinct(values: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """Give ``function`` of each value, computed once per distinct value."""
    codes, distinct = pd.factorize(values)
    found = np.array([function(value) for value in distinct] or [""], dtype=object)
    return pd.Series(found[codes] if len(codes) else [], index=values.index, dtype="str")


@dataclass(frozen=True)
class _Sides:
    """Short and long names as numbers: joining numbers is many times faster than joining text."""

    short: pd.DataFrame  # document, key, match
    long: pd.DataFrame  # document, target, match; each once
    dtype: pd.CategoricalDtype
    names: np.ndarray

    @classmethod
    def of(cls, short: pd.DataFrame, long: pd.DataFrame) -> _Sides:
        match = pd.factorize(pd.concat([short["match"], long["match"]], ignore_index=True).astype("str"))[0]
        dtype = pd.CategoricalDtype(short["key"].cat.categories)
        targets = long["key"].cat.codes.to_numpy()
        names = short["key"].cat.categories.to_numpy(dtype=object, copy=True)
        names[targets] = long["name"].to_numpy()
        left = {"document": short["document"].to_numpy(), "key": short["key"].cat.codes.to_numpy()}
        right = {"document": long["document"].to_numpy(), "target": targets}
        return cls(
            pd.DataFrame({**left, "match": match[: len(short)]}),
            pd.DataFrame({**right, "match": match[len(short) :]}).drop_duplicates(ignore_index=True),
            dtype,
            names,
        )

    def count(self) -> pd.DataFrame:
        """Count the documents of each candidate: match, target, n."""
        return self.long.groupby(["match", "target"], sort=True).size().rename("n").reset_index()

    def others(self, pairs: pd.DataFrame, counted: pd.DataFrame) -> np.ndarray:
        """Give per pair the other candidates of its match in words: *Bruno Neri (3 documents)*."""
        several = counted[counted.duplicated("match", keep=False)]
        several = several.sort_values(["match", "n", "target"], ascending=[True, False, True], kind="stable")
        first: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for match, target, n in zip(several["match"], several["target"], several["n"], strict=True):
            if len(first[match]) <= NAMED:
                first[match].append((target, f"{self.names[target]} ({n} documents)"))
        codes, distinct = pd.factorize(pd.MultiIndex.from_frame(pairs[["match", "target"]]))
        words = [
            ", ".join([words for other, words in first.get(match, ()) if other != target][:NAMED])
            for match, target in distinct
        ]
        found: np.ndarray = np.array([*words, ""], dtype=object)[codes]
        return found

    def moves(
        self, pairs: pd.DataFrame, alone: np.ndarray, words: np.ndarray, rule: str, scope: str, against: np.ndarray
    ) -> pd.DataFrame:
        """Give the pairs as moves; those not ``alone`` as open questions."""
        named = self.names[pairs["target"].to_numpy()]
        found = {
            "document": pairs["document"].to_numpy(),
            "source": pd.Categorical.from_codes(pairs["key"].to_numpy(), dtype=self.dtype),
            "target": pd.Categorical.from_codes(pairs["target"].to_numpy(), dtype=self.dtype),
            "rule": rule,
            "scope": scope,
            "evidence_for": np.where(alone, words + named, f"several candidates in the {scope}"),
            "evidence_against": np.where(alone, against, ""),
            "status": np.where(alone, "joined", "apart"),
        }
        return pd.DataFrame(found)[list(MOVES)]


def choose_in_document(short: pd.DataFrame, long: pd.DataFrame, rule: str, what: str) -> pd.DataFrame:
    """Join short names to the one candidate of their document; with several the question stays open.

    Parameters
    ----------
    short : DataFrame
        document, key (categorical), match: names that may stand for a longer one, and what both share.
    long : DataFrame
        document, key (categorical), name, match: the longer names.
    rule, what : str
        Name of the rule, and its candidates in words: *full name of that surname*.

    Returns
    -------
    DataFrame
        Moves (see `inchiesta.actors.units`), with a row per candidate where there are several (status *apart*).
    """
    sides = _Sides.of(short, long)
    pairs = sides.short.merge(sides.long, on=["document", "match"])
    pairs = pairs[pairs["key"] != pairs["target"]]
    alone = ~pairs.duplicated(["document", "key"], keep=False).to_numpy()
    others = sides.others(pairs, sides.count())
    against = np.where(others == "", "", "elsewhere also " + others)
    words = np.full(len(pairs), f"the only {what} in the document: ", dtype=object)
    return sides.moves(pairs, alone, words, rule, "document", against)


def choose_in_corpus(short: pd.DataFrame, long: pd.DataFrame, rule: str, what: str) -> pd.DataFrame:
    """Join short names to the one candidate of the corpus, or in doubt to one that nearly always is meant.

    Parameters and result as in `choose_in_document`; the moves hold for the documents of ``short``.
    """
    sides = _Sides.of(short, long)
    counted = sides.count()
    total = counted.groupby("match", sort=False)["n"].transform("sum")
    n_targets = counted.groupby("match", sort=False)["n"].transform("size")
    dominant = (counted["n"] >= DOMINANT * total) & (total >= DOMINANT_DOCUMENTS)
    marked = counted.assign(chosen=(n_targets == 1) | dominant)
    settled = marked.groupby("match", sort=False)["chosen"].transform("any")
    pairs = sides.short.merge(marked[marked["chosen"] | ~settled], on="match")
    pairs = pairs[pairs["key"] != pairs["target"]]
    alone = pairs["chosen"].to_numpy(dtype=bool) & ~pairs.duplicated(["document", "key"], keep=False).to_numpy()
    others = sides.others(pairs, counted)
    against = np.where(others == "", "", "also " + others)
    words = np.where(others == "", f"the only {what} in the corpus: ", f"nearly always the {what}: ").astype(object)
    moves = sides.moves(pairs, alone, words, rule, "corpus", against)
    doubted = alone & (against != "")
    return moves.assign(status=np.where(doubted, "in doubt", moves["status"]))


def leave_out(rows: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Give the rows whose document and key are no ``source`` of a move in ``settled``."""
    categories = rows["key"].cat.categories
    width = len(categories) + 1
    done = settled["document"].to_numpy() * width + categories.get_indexer(pd.Index(settled["source"].astype("str")))
    here = rows["document"].to_numpy() * width + rows["key"].cat.codes.to_numpy()
    return rows[~np.isin(here, done)]
