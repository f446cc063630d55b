"""Units: a name in a document, with the key of the actor it stands for so far, and the record of every move.

Resolving looks at distinct names, never at single mentions: all mentions of a name in a document share one unit. A key
is written as text: ``@csto`` is a listed or registered actor, every other key is a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from inchiesta.actors.cores import core_of

LISTED = "@"
# A mention with at most this score had its kind guessed; many guesses should not outvote one cue.
GUESS, LIGHT = 0.45, 0.1
NOT_BY_NAME = 0.001
# Which columns a table of moves has. `document` is -1 where the move holds in every document.
MOVES = ("document", "source", "target", "rule", "scope", "evidence_for", "evidence_against", "status")


@dataclass(frozen=True, slots=True)
class Move:
    """The mentions of ``source`` (a key) go to ``target``, everywhere or in one document (a number from 0)."""

    source: str
    target: str
    rule: str
    evidence_for: str
    evidence_against: str = ""
    status: str = "joined"
    scope: str = "corpus"
    document: int = -1


def build_units(mentions: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray, list[str]]:
    """Group mentions into units.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions``; document_id, start_char, surface, actor_id, kind, form, score are read.

    Returns
    -------
    units : DataFrame
        One row per document, surface and listed actor: document (a number by sorted document_id), surface, name (its
        `inchiesta.actors.cores.core_of`), dressed (the two differ), inner (what stands in brackets behind it), listed
        (actor_id or empty), key, kind, weight (of the kind), n, first (the first character). Sorted by document,
        surface, listed.
    unit_of : array of int
        The unit of each mention.
    document_ids : list of str
        The document_id behind each number.
    """
    documents, document_ids = pd.factorize(mentions["document_id"], sort=True)
    surface_codes, surfaces = pd.factorize(mentions["surface"], sort=True)
    listed_codes, listed = pd.factorize(mentions["actor_id"], sort=True)
    columns = {"document": documents, "surface": surface_codes, "listed": listed_codes}
    groups = pd.DataFrame({**columns, "first": mentions["start_char"].to_numpy()}).groupby(list(columns), sort=True)
    units = groups.agg(n=("first", "size"), first=("first", "min")).reset_index()
    unit_of = groups.ngroup().to_numpy()
    persons = _persons(surface_codes, mentions, len(surfaces))
    cores = [core_of(surface, is_person=person) for surface, person in zip(surfaces, persons, strict=True)]
    names = np.array([core.name for core in cores], dtype=object)
    inners = np.array([core.inner for core in cores], dtype=object)
    code = units["surface"].to_numpy()
    units["listed"] = np.array(listed, dtype=object)[units["listed"].to_numpy()]
    units["surface"] = np.array(surfaces, dtype=object)[code]
    units["name"], units["inner"] = names[code], inners[code]
    # A handle in a text (@ulmet) is a name; only the keys of known actors begin with @.
    units["key"] = np.array([name.lstrip(LISTED) or "-" for name in names], dtype=object)[code]
    units["dressed"] = (names != np.array(surfaces, dtype=object))[code]
    # As categories: the rules compare and join names as numbers.
    texts = dict.fromkeys(("surface", "name", "inner", "key"), "category")
    return units.astype(texts).join(_vote_kinds(unit_of, mentions, len(units))), unit_of, list(document_ids)


def _weigh(mentions: pd.DataFrame) -> np.ndarray:
    """Give what each mention weighs in a vote on the kind of its actor."""
    score = mentions["score"].to_numpy()
    # A seat is a body, its actor a state: listed actors take the kind of their names where they have any.
    is_name = mentions["form"].isin(["name", "acronym"]).to_numpy() | mentions["actor_id"].eq("").to_numpy()
    weight: np.ndarray = np.where(score > GUESS, score, score * LIGHT) * np.where(is_name, 1.0, NOT_BY_NAME)
    return weight


def _persons(codes: np.ndarray, mentions: pd.DataFrame, n: int) -> np.ndarray:
    """Tell per surface whether most of its mentions read as a person."""
    sign = np.where(mentions["kind"] == "PER", 1.0, -1.0) * _weigh(mentions)
    return np.bincount(codes, weights=sign, minlength=n).round(6) > 0


def _vote_kinds(unit_of: np.ndarray, mentions: pd.DataFrame, n: int) -> pd.DataFrame:
    """Give each unit the kind with the largest weight, of equal weights the first in the alphabet."""
    kinds = sorted(mentions["kind"].unique())
    weight = _weigh(mentions)
    votes = np.stack(
        [np.bincount(unit_of, weights=weight * (mentions["kind"] == kind).to_numpy(), minlength=n) for kind in kinds]
        if kinds
        else [np.zeros(n)]
    ).round(6)
    best = votes.argmax(axis=0)
    labels = np.array(kinds or ["OTHER"], dtype=object)
    return pd.DataFrame({"kind": labels[best], "weight": votes.max(axis=0)})


def kinds_of(units: pd.DataFrame, by: str = "key") -> dict[str, str]:
    """Give the kind with the largest weight per key (or name); of equal weights the first in the alphabet."""
    sums = units.groupby([by, "kind"], sort=True)["weight"].sum().round(6).reset_index()
    best = sums.sort_values([by, "weight", "kind"], ascending=[True, False, True], kind="stable").drop_duplicates(by)
    return dict(zip(best[by], best["kind"], strict=True))


def list_moves(moves: Iterable[Move]) -> pd.DataFrame:
    """Give moves as a table (columns `MOVES`)."""
    rows = [tuple(getattr(move, column) for column in MOVES) for move in moves]
    return pd.DataFrame(rows, columns=list(MOVES)).astype({"document": "int64"})


def carry_out(
    units: pd.DataFrame, moves: pd.DataFrame, splits: Iterable[tuple[str, str]] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Carry out moves that a split does not forbid.

    Parameters
    ----------
    units : DataFrame
        As `build_units` gives them.
    moves : DataFrame
        Columns `MOVES`; ``source`` at most once per document, and once with document -1. Rows with status *apart* move
        nothing: they record an open question, with a row per candidate.
    splits : iterable of pairs of names
        Names that may not share a key.

    Returns
    -------
    units : DataFrame
        With the new keys.
    record : DataFrame
        One row per unit and move that concerned it: unit, then the columns of the move.
    """
    moves = moves.reset_index(drop=True)
    found = _match(units, moves)
    status = moves["status"].to_numpy()[found["row"]]
    moved = found[status != "apart"].drop_duplicates("unit")
    categories = _with(units["key"].cat.categories, moves["target"])
    before = categories.get_indexer(units["key"].cat.categories)[units["key"].cat.codes.to_numpy()]
    keys = before.copy()
    targets = categories.get_indexer(pd.Index(moves["target"].astype("str")))
    keys[moved["unit"].to_numpy()] = targets[moved["row"].to_numpy()]
    refused = _violations(units, before, keys, splits)
    keys = np.where(refused, before, keys)
    done = moved[~refused[moved["unit"].to_numpy()]]
    still = found[(status == "apart") & ~found["unit"].isin(done["unit"]).to_numpy()]
    rows = pd.concat([done, still], ignore_index=True)
    record = moves.take(rows["row"].to_numpy()).assign(unit=rows["unit"].to_numpy())
    return units.assign(key=pd.Categorical.from_codes(keys, categories=categories)), record


def _with(categories: pd.Index, values: pd.Series) -> pd.Index:
    """Give the categories with the values not among them, in order."""
    new = set(values.unique()) - set(categories)
    return pd.Index(sorted({*categories, *new}), dtype=categories.dtype) if new else categories


def _match(units: pd.DataFrame, moves: pd.DataFrame) -> pd.DataFrame:
    """Find the units a move concerns (unit, row of the move); a move for one document goes before one for all."""
    source = units["key"].cat.categories.get_indexer(pd.Index(moves["source"].astype("str")))
    codes = units["key"].cat.codes.to_numpy()
    place = pd.DataFrame({"unit": np.arange(len(units)), "document": units["document"].to_numpy(), "source": codes})
    rows = pd.DataFrame({"row": np.arange(len(moves)), "document": moves["document"].to_numpy(), "source": source})
    rows = rows[source >= 0]
    near = place.merge(rows[rows["document"] >= 0], on=["document", "source"])
    wide = rows.loc[rows["document"] < 0, ["row", "source"]]
    far = place[np.isin(codes, wide["source"])].merge(wide, on="source")
    found = pd.concat([near, far], ignore_index=True)[["unit", "row"]]
    return found.sort_values("unit", kind="stable", ignore_index=True)


def _violations(
    units: pd.DataFrame, before: np.ndarray, keys: np.ndarray, splits: Iterable[tuple[str, str]]
) -> np.ndarray:
    """Mark the units that may not move, because their move would bring two split names under one key."""
    refused = np.zeros(len(units), dtype=bool)
    for one, other in splits:
        ours, theirs = ((units["surface"].eq(name) | units["name"].eq(name)).to_numpy() for name in (one, other))
        # The second name of the pair goes back first; where it did not move, the first one does.
        for side in (theirs, ours):
            moved = keys != before
            shared = np.isin(keys, np.intersect1d(keys[ours], keys[theirs]))
            # Names that were joined to it before go back with it.
            back = moved & shared & np.isin(before, before[side & moved & shared])
            refused |= back
            keys = np.where(back, before, keys)
    return refused
