"""Firms: a name with its legal form (*Arvex S.p.A.*), and the head of a long name (*Arvex* for *Arvex Systems*)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from inchiesta.actors.cores import has_general_tail, strip_form
from inchiesta.actors.gazetteer import is_given_name
from inchiesta.actors.match_keys import plain_key
from inchiesta.actors.short_names import surname_of
from inchiesta.actors.units import MOVES, Move, list_moves

# Shorter heads (New, Air, Bank) open the names of many bodies: they need a tail that says no more than *company*.
SHORTEST_HEAD = 5
# Headlines say Arvex before the text says Arvex Systems; a subsidiary (Boeing and its bank) is rare beside its owner.
SHARE_TOGETHER = 0.25
# A town is not its university: a head that reads as a place needs more than one document.
DOCUMENTS_FOR_PLACE = 2


def join_legal_forms(names: Mapping[str, int], listed: Mapping[str, str]) -> list[Move]:
    """Join names that differ by their legal form only: to a listed firm, or to the most frequent of them.

    Parameters
    ----------
    names : mapping
        Names of organisations with their mentions.
    listed : mapping
        Listed actor by `inchiesta.actors.match_keys.plain_key`.
    """
    families: dict[str, list[str]] = defaultdict(list)
    for name in names:
        families[plain_key(strip_form(name))].append(name)
    moves = []
    for key in [key for key in families if key in listed]:
        words = "listed but for the legal form"
        moves += [Move(name, f"@{listed[key]}", "legal form", words) for name in families.pop(key)]
    for family in families.values():
        # A form is the evidence: without one the names differ by capitals or accents, which is a spelling.
        if len(family) > 1 and any(strip_form(name) != name for name in family):
            head, *others = sorted(family, key=lambda name: (-names[name], len(name), name))
            moves += [Move(other, head, "legal form", f"but for the legal form the same as {head}") for other in others]
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
        One row per document and key: document, key, name, kind, first (character), is_guess.

    Returns
    -------
    DataFrame
        Moves. Evidence is a document that has both; where the rest of the long name is not general (*Holding*), most
        of these documents introduce the firm by it (*Arvex Systems ... Arvex*), or a fair share of those with the head
        have both. A head with one long name goes there; if it has several that are all general they go to the head;
        else only documents with exactly one of them are settled.
    """
    listed = held[(held["kind"] == "ORG") & held["key"].str.startswith("@")]
    firms = held[(held["kind"] == "ORG") & ~held["key"].str.startswith("@")]
    # Kormat alone may read as a place or a person; that alone does not keep it from Kormat Export.
    heads = held[((held["kind"] != "PER") | held["is_guess"] | _bears_nobody(held)) & ~held["key"].str.startswith("@")]
    longs, shorts = set(firms["key"].unique()), set(heads["key"].unique())
    pairs = list_heads(longs | shorts)
    pairs = pairs[pairs["long"].isin(longs) & pairs["head"].isin(shorts)]
    met = _meet(pairs, held)
    shown = _find_shown(met, heads)
    one_long = ~shown.duplicated("head", keep=False)
    all_general = shown.groupby("head", sort=False)["general"].transform("all") & ~one_long
    columns = ["head", "long", "both", "place"]
    wide = [_to_long(*row) for row in shown.loc[one_long, columns].to_numpy(dtype=object)]
    wide += [
        Move(long, head, "short name in corpus", f"{both} documents have both; it is {head} by another word")
        for head, long, both, _ in shown.loc[all_general, columns].to_numpy(dtype=object)
    ]
    rest = met.merge(shown[~one_long & ~all_general][["head", "long"]], on=["head", "long"])
    wide += _join_to_listed(firms, listed)
    return pd.concat([_inside(met, shown[one_long]), _inside(rest, rest), list_moves(wide)], ignore_index=True)


def _bears_nobody(held: pd.DataFrame) -> pd.Series:
    """Tell which single words are no given name and the surname of nobody named in full: Arvex, read as a person."""
    names = held["name"].astype("object")
    full = names[(held["kind"] == "PER").to_numpy() & names.str.contains(" ", regex=False).to_numpy()]
    borne = {plain_key(surname_of(name)) for name in full.unique()}
    free = {name: not is_given_name(name, wordlike=True) and plain_key(name) not in borne for name in names.unique()}
    return names.map(free).astype("bool")


def _join_to_listed(firms: pd.DataFrame, listed: pd.DataFrame) -> list[Move]:
    """Join long names to the listed head they open with, where the rest is general and a document has both."""
    keys = dict(zip(listed["name"], listed["key"], strict=True))
    longs = set(firms["key"].unique())
    pairs = list_heads(longs | set(keys))
    pairs = pairs[pairs["general"] & pairs["long"].isin(longs) & pairs["head"].isin(keys)]
    places = listed[["document", "name"]].rename(columns={"name": "head"}).drop_duplicates()
    met = pairs.merge(firms[["document", "key"]].rename(columns={"key": "long"})).merge(places)
    counted = met.groupby(["long", "head"], sort=True).size().rename("n").reset_index().drop_duplicates("long")
    return [
        Move(long, keys[head], "short name in corpus", f"{n} documents have both; it is {head} by another word")
        for long, head, n in counted.to_numpy(dtype=object)
    ]


def _to_long(head: str, long: str, both: int, place: bool) -> Move:
    """Move the head of a name to the one long name it has; in doubt where the head alone reads as a place."""
    words = f"{both} documents have both; one long name: {long}"
    against, status = ("alone it reads as a place", "in doubt") if place else ("", "joined")
    return Move(head, long, "short name in corpus", words, against, status)


def _find_shown(met: pd.DataFrame, heads: pd.DataFrame) -> pd.DataFrame:
    """Give the pairs that enough documents show to be one: head, long, general, both (documents), place."""
    groups = met.groupby(["head", "long", "general"], sort=True, observed=True)["after"]
    counted = groups.agg(after="sum", both="size").reset_index()
    total = counted["head"].map(heads["key"].value_counts()).astype("float64")
    counted["place"] = counted["head"].isin(heads.loc[heads["kind"] == "LOC", "key"].unique())
    close = (2 * counted["after"] > counted["both"]) | (counted["both"] >= SHARE_TOGETHER * total)
    enough = ~counted["place"] | (counted["both"] >= DOCUMENTS_FOR_PLACE)
    return counted[counted["general"] | (close & enough)]


def _meet(pairs: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Give the documents that have a head and a long name, and whether the long name came first."""
    # Of one dtype, keys are joined as numbers.
    pairs = pairs.astype(dict.fromkeys(("head", "long"), held["key"].dtype))
    places = held[["document", "key", "first"]]
    places = places[places["key"].isin({*pairs["head"], *pairs["long"]})]
    met = pairs.merge(places.rename(columns={"key": "head"}), on="head").merge(
        places.rename(columns={"key": "long"}), on=["document", "long"], suffixes=("_head", "_long")
    )
    return met.assign(after=met["first_long"] < met["first_head"])


def _inside(met: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Give the moves for documents that have both names and one candidate."""
    met = met.merge(shown[["head", "long"]].drop_duplicates(), on=["head", "long"])
    alone = met[~met.duplicated(["document", "head"], keep=False)]
    moves = pd.DataFrame({"document": alone["document"], "source": alone["head"], "target": alone["long"]})
    moves = moves.assign(
        rule="short name in document",
        scope="document",
        evidence_for="the only name in the document that goes on from it: " + alone["long"].astype("object"),
        evidence_against="",
        status="joined",
    )
    return moves[list(MOVES)]
