"""Candidates: which longer name a short one stands for, where a document or the corpus leaves one choice."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.actors.units import MOVES

# A surname that nine documents in ten give to one person is taken for that person elsewhere, in doubt.
DOMINANT, DOMINANT_DOCUMENTS = 0.9, 10
# So many other candidates are named in the evidence; the table has all of them.
NAMED = 3


def choose_in_document(short: pd.DataFrame, long: pd.DataFrame, rule: str, what: str) -> pd.DataFrame:
    """Join short names to the one candidate of their document; with several the question stays open.

    Parameters
    ----------
    short : DataFrame
        document, key, match: names that may stand for a longer one, and what both share.
    long : DataFrame
        document, key, name, match: the longer names.
    rule, what : str
        Name of the rule, and its candidates in words: *full name of that surname*.

    Returns
    -------
    DataFrame
        Moves (see `inchiesta.actors.units`), with a row per candidate where there are several (status *apart*).
    """
    long = long.drop_duplicates(["document", "match", "key"])
    pairs = short[["document", "key", "match"]].merge(
        long.rename(columns={"key": "target"})[["document", "match", "target", "name"]], on=["document", "match"]
    )
    pairs = pairs[pairs["key"] != pairs["target"]]
    alone = ~pairs.duplicated(["document", "key"], keep=False)
    known = _describe(_count(long))
    against = pairs[["match", "target"]].merge(known, on=["match", "target"], how="left")["others"].to_numpy()
    against = np.where(against == "", "", "elsewhere also " + against.astype(object))
    return _moves(pairs, alone.to_numpy(), f"the only {what} in the document: ", rule, "document", against)


def choose_in_corpus(short: pd.DataFrame, long: pd.DataFrame, rule: str, what: str) -> pd.DataFrame:
    """Join short names to the one candidate of the corpus, or in doubt to one that nearly always is meant.

    Parameters and result as in `choose_in_document`; the moves hold for the documents of ``short``.
    """
    counted = _count(long)
    total = counted.groupby("match", sort=False)["n"].transform("sum")
    n_targets = counted.groupby("match", sort=False)["n"].transform("size")
    dominant = (counted["n"] >= DOMINANT * total) & (total >= DOMINANT_DOCUMENTS)
    counted = counted.assign(chosen=(n_targets == 1) | dominant)
    counted["settled"] = counted.groupby("match", sort=False)["chosen"].transform("any")
    counted = counted[counted["chosen"] | ~counted["settled"]].merge(_describe(_count(long)), on=["match", "target"])
    pairs = short[["document", "key", "match"]].merge(counted, on="match")
    pairs = pairs[pairs["key"] != pairs["target"]]
    alone = pairs["chosen"].to_numpy() & ~pairs.duplicated(["document", "key"], keep=False).to_numpy()
    against = np.where(pairs["others"] == "", "", "also " + pairs["others"].astype(object))
    words = np.where(pairs["others"] == "", f"the only {what} in the corpus: ", f"nearly always the {what}: ")
    moves = _moves(pairs, alone, words, rule, "corpus", against)
    doubted = (moves["evidence_against"] != "") & (moves["status"] == "joined")
    return moves.assign(status=moves["status"].where(~doubted, "in doubt"))


def _count(long: pd.DataFrame) -> pd.DataFrame:
    """Count the documents of each candidate: match, target, name, n."""
    groups = long.drop_duplicates(["document", "match", "key"]).groupby(["match", "key"], sort=True)
    return groups.agg(name=("name", "first"), n=("document", "size")).reset_index().rename(columns={"key": "target"})


def _describe(counted: pd.DataFrame) -> pd.DataFrame:
    """Give per candidate the others of the same match in words: *Bruno Neri (3 documents)*."""
    counted = counted.sort_values(["match", "n", "target"], ascending=[True, False, True], kind="stable")
    several = counted.duplicated("match", keep=False)
    others = pd.Series("", index=counted.index, dtype="object")
    for _, group in counted[several].groupby("match", sort=False):
        named = [(t, f"{name} ({n} documents)") for t, name, n in group[["target", "name", "n"]].to_numpy()]
        # Nobody reads the end of a long list; the first and one more are enough to leave one out.
        first = named[: NAMED + 1]
        for index, target in zip(group.index, group["target"], strict=True):
            others[index] = ", ".join([words for other, words in first if other != target][:NAMED])
    return counted[["match", "target"]].assign(others=others)


def _moves(
    pairs: pd.DataFrame, alone: np.ndarray, words: str | np.ndarray, rule: str, scope: str, against: np.ndarray
) -> pd.DataFrame:
    evidence = np.where(alone, words + pairs["name"].astype(object), f"several candidates in the {scope}")
    moves = pd.DataFrame(
        {
            "document": pairs["document"].to_numpy(),
            "source": pairs["key"].to_numpy(),
            "target": pairs["target"].to_numpy(),
            "rule": rule,
            "scope": scope,
            "evidence_for": evidence,
            "evidence_against": np.where(alone, against, ""),
            "status": np.where(alone, "joined", "apart"),
        }
    )
    return moves[list(MOVES)]


def leave_out(rows: pd.DataFrame, settled: pd.DataFrame) -> pd.DataFrame:
    """Give the rows whose document and key are no ``source`` of a move in ``settled``."""
    done = pd.MultiIndex.from_frame(settled[["document", "source"]])
    return rows[~pd.MultiIndex.from_frame(rows[["document", "key"]]).isin(done)]
