"""Firms: a name with its legal form (*Arvex S.p.A.*), and the head of a long name (*Arvex* for *Arvex Systems*)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from inchiesta.actors.cores import has_general_tail, strip_form
from inchiesta.actors.match_keys import plain_key
from inchiesta.actors.units import MOVES, Move

# Shorter heads (New, Air, Bank) open the names of many bodies: they need a tail that says no more than *company*.
SHORTEST_HEAD = 5


def join_legal_forms(names: Mapping[str, int]) -> list[Move]:
    """Join names that differ by their legal form only to the most frequent of them.

    Parameters
    ----------
    names : mapping
        Names of organisations with their mentions.
    """
    families: dict[str, list[str]] = defaultdict(list)
    for name in names:
        families[plain_key(strip_form(name))].append(name)
    moves = []
    for family in families.values():
        # A form is the evidence: without one the names differ by capitals or accents, which is a spelling.
        if len(family) > 1 and any(strip_form(name) != name for name in family):
            head, *others = sorted(family, key=lambda name: (-names[name], len(name), name))
            moves += [
                Move(other, head, "legal form", f"but for the legal form the same as {head}") for other in others
            ]
    return moves


def list_heads(names: Iterable[str]) -> pd.DataFrame:
    """Give the names that open a longer one: head, long, general (the rest only says what a firm is).

    A short head counts only where the rest is general.
    """
    known = set(names)
    rows = []
    for long in known:
        words = long.split(" ")
        for length in range(1, len(words)):
            head = " ".join(words[:length])
            if head in known:
                general = has_general_tail(long, head)
                if general or len(head) >= SHORTEST_HEAD:
                    rows.append((head, long, general))
    table = pd.DataFrame(rows, columns=["head", "long", "general"]).astype({"general": "bool"})
    return table.sort_values(["head", "long"], ignore_index=True)


def assign_heads(held: pd.DataFrame) -> pd.DataFrame:
    """Give moves between the head of a firm's name and the long name, on the evidence of documents that have both.

    Parameters
    ----------
    held : DataFrame
        One row per document and key: document, key, name, kind, first (character), is_sure_place.

    Returns
    -------
    DataFrame
        Moves. Evidence is a document that introduces a firm by its long name and goes on with the head (*Arvex
        Systems ... Arvex*), or that has both where the rest of the name is general (*Arvex Holding*). A head with one
        long name in the corpus goes there; if it has several that are all general they go to the head; else only
        documents with exactly one of them are settled.
    """
    firms = held[(held["kind"] == "ORG") & ~held["key"].str.startswith("@")]
    heads = held[(held["kind"] != "PER") & ~held["is_sure_place"] & ~held["key"].str.startswith("@")]
    pairs = list_heads(set(firms["key"]) | set(heads["key"]))
    pairs = pairs[pairs["long"].isin(firms["key"]) & pairs["head"].isin(heads["key"])]
    met = _meet(pairs, held)
    counted = met.groupby(["head", "long", "general"], sort=True)["after"].agg(["sum", "size"]).reset_index()
    shown = counted[counted["general"] | (2 * counted["sum"] > counted["size"])]
    one_long = ~shown.duplicated("head", keep=False)
    all_general = shown.groupby("head", sort=False)["general"].transform("all") & ~one_long
    wide = [
        Move(row.head, row.long, "short name in corpus", f"{row.size} documents have both; one long name: {row.long}")
        for row in shown[one_long].itertuples()
    ] + [
        Move(row.long, row.head, "short name in corpus", f"{row.size} documents have both; it is {row.head} by another word")
        for row in shown[all_general].itertuples()
    ]
    rest = met.merge(shown[~one_long & ~all_general][["head", "long"]], on=["head", "long"])
    return pd.concat([_inside(met, shown[one_long]), _inside(rest, rest), _table(wide)], ignore_index=True)


def _meet(pairs: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Give the documents that have a head and a long name, and whether the long name came first."""
    places = held[["document", "key", "first"]]
    met = pairs.merge(places.rename(columns={"key": "head"}), on="head").merge(
        places.rename(columns={"key": "long"}), on=["document", "long"], suffixes=("_head", "_long")
    )
    return met.assign(after=met["first_long"] < met["first_head"])


def _inside(met: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Give the moves for documents that have both names and one candidate."""
    met = met.merge(shown[["head", "long"]].drop_duplicates(), on=["head", "long"])
    alone = met[~met.duplicated(["document", "head"], keep=False) & (met["general"] | met["after"])]
    moves = pd.DataFrame({"document": alone["document"], "source": alone["head"], "target": alone["long"]})
    moves = moves.assign(
        rule="short name in document",
        scope="document",
        evidence_for="the document introduces it by its long name: " + alone["long"].astype("object"),
        evidence_against="",
        status="joined",
    )
    return moves[list(MOVES)]


def _table(moves: list[Move]) -> pd.DataFrame:
    rows = [tuple(getattr(move, column) for column in MOVES) for move in moves]
    return pd.DataFrame(rows, columns=list(MOVES))
