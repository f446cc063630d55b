"""The tables ``actors`` and ``merges``, counted from resolved mentions and the record of moves."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from inchiesta.actors.apart import MIXED
from inchiesta.tables import table_of

# What a name is shown as: a full name before an acronym, an acronym before a seat, a seat before a demonym.
FORM_ORDER = {"name": 0, "acronym": 1, "seat": 2, "demonym": 3}
STATUSES = ("in doubt", "joined", "apart")
KEY = ["actor_id", "surface", "rule"]


def count_actors(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    kinds: Mapping[str, str],
    merges: pd.DataFrame,
    shown: Mapping[str, str],
    dressed: frozenset[str],
) -> pd.DataFrame:
    """Count the actors of resolved mentions: name shown, aliases, rules, mentions, documents, origins.

    ``shown`` holds names decided in the registry by actor_id, which need not stand in the texts; ``dressed`` surfaces
    (with a title, an article, a description) are shown only where there is no other.
    """
    surfaces = _count_surfaces(mentions)
    surfaces["dressed"] = surfaces["surface"].isin(dressed)
    names = _choose_names(surfaces) | dict(shown)
    origins = mentions["document_id"].map(documents.set_index("document_id")["origin_id"])
    groups = mentions.assign(origin_id=origins).groupby("actor_id", sort=True)
    actors = groups.agg(
        n_mentions=("surface", "size"), n_documents=("document_id", "nunique"), n_origins=("origin_id", "nunique")
    ).reset_index()
    actors["name"] = actors["actor_id"].map(names)
    actors["kind"] = actors["actor_id"].map(dict(kinds))
    by_count = surfaces.sort_values(["actor_id", "n", "surface"], ascending=[True, False, True], kind="stable")
    actors["aliases"] = _gather(by_count["actor_id"], by_count["surface"])
    rules = actors["actor_id"].map(_rules_of(merges)).astype("object").fillna("")
    actors["merged_by"] = rules.where(actors["aliases"].map(len) > 1, "")
    actors = actors.sort_values(["n_mentions", "actor_id"], ascending=[False, True], kind="stable", ignore_index=True)
    texts = dict.fromkeys(("actor_id", "name", "kind", "merged_by"), "str")
    return actors[table_of("actors").names].astype(texts)


def _gather(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Give the list of values per key, in their order; ``keys`` are sorted."""
    starts = np.flatnonzero(~keys.duplicated().to_numpy())
    parts = np.split(values.to_numpy(dtype=object), starts[1:]) if len(keys) else []
    return pd.Series([list(part) for part in parts], dtype="object")


def _count_surfaces(mentions: pd.DataFrame) -> pd.DataFrame:
    order = mentions["form"].map(FORM_ORDER)
    groups = mentions.assign(order=order).groupby(["actor_id", "surface"], sort=True)
    return groups.agg(n=("surface", "size"), order=("order", "min")).reset_index()


def _choose_names(surfaces: pd.DataFrame) -> dict[str, str]:
    """Choose the name shown: by form, undressed, where unlisted a full name before a single word, the most frequent."""
    words = surfaces["surface"].str.count(" ").clip(upper=1)
    is_longer_better = surfaces["actor_id"].str.startswith(("per-", "org-"))
    ranked = surfaces.assign(
        short=(1 - words) * is_longer_better, length=-surfaces["surface"].str.len(), n=-surfaces["n"]
    )
    ranked = ranked.sort_values(["actor_id", "order", "dressed", "short", "n", "length", "surface"], kind="stable")
    first = ranked.drop_duplicates("actor_id")
    return dict(zip(first["actor_id"], first["surface"], strict=True))


def _rules_of(merges: pd.DataFrame) -> dict[str, str]:
    pairs = merges.loc[
        (merges["status"] != "apart") & (merges["rule"] != "name"), ["actor_id", "rule"]
    ].drop_duplicates()
    pairs = pairs.sort_values(["actor_id", "rule"], kind="stable")
    return {str(actor): ", ".join(group["rule"]) for actor, group in pairs.groupby("actor_id", sort=True)}


def list_merges(units: pd.DataFrame, record: pd.DataFrame, kinds: Mapping[str, str]) -> pd.DataFrame:
    """List what was joined by which rule, and what could be several actors.

    Parameters
    ----------
    units : DataFrame
        surface, name, document, n, actor_id, by number (see `inchiesta.actors.units`).
    record : DataFrame
        Every move: unit, target, rule, scope, evidence_for, evidence_against, status.
    kinds : mapping
        Kind by actor_id: what is no actor any more is no candidate.

    Returns
    -------
    DataFrame
        Table ``merges``, the surfaces that are their actor's name included (see `leave_out_names`).
    """
    about = units[["actor_id", "surface", "name", "dressed", "document", "n"]]
    rows = record.drop(columns=["document", "source"]).join(about, on="unit")
    rows["candidate"] = np.where(rows["status"] == "apart", _final_actors(rows["target"], units), "")
    rows = rows[~((rows["status"] == "apart") & (rows["candidate"] == rows["actor_id"]))]
    # A candidate that the same surface was joined to is no open question of that unit any more.
    silent = about[~about.index.isin(record["unit"])]
    rest = silent.assign(
        unit=silent.index, rule="name", scope="corpus", evidence_against="", status="joined", candidate=""
    )
    rest["evidence_for"] = np.where(
        rest["dressed"],
        "but for article, title, case or brackets it is " + rest["name"].astype(object),
        "the form the others were joined to",
    )
    rows = pd.concat([rows, rest], ignore_index=True)
    return _group(rows[(rows["candidate"] != "") | (rows["status"] != "apart") | (rows["rule"] == MIXED)])


def _final_actors(targets: pd.Series, units: pd.DataFrame) -> np.ndarray:
    """Give the actor each key stands for in the end: where it went in several directions, the most mentions."""
    counted = units.groupby(["name", "actor_id"], sort=True)["n"].sum().reset_index()
    counted = counted.sort_values(["name", "n", "actor_id"], ascending=[True, False, True], kind="stable")
    by_name = counted.drop_duplicates("name").set_index("name")["actor_id"].astype("object")
    by_key = units.drop_duplicates("key").set_index("key")["actor_id"].astype("object")
    goals = targets.astype("object")
    found: np.ndarray = goals.map(by_key).fillna(goals.map(by_name)).fillna("").to_numpy()
    return found


def _group(rows: pd.DataFrame) -> pd.DataFrame:
    """Give one row per actor, surface and rule, with the evidence of most of its mentions."""
    once = rows.drop_duplicates(["unit", *KEY])
    totals = once.groupby(KEY, sort=True).agg(n_mentions=("n", "sum"), n_documents=("document", "nunique"))
    evidence = ["scope", "evidence_for", "evidence_against", "status"]
    counted = once.groupby([*KEY, *evidence], sort=True)["n"].sum().reset_index()
    counted["rank"] = counted["status"].map({status: rank for rank, status in enumerate(STATUSES)})
    order = [*KEY, "rank", "n", "evidence_for", "evidence_against"]
    ranked = counted.sort_values(order, ascending=[True, True, True, True, False, True, True], kind="stable")
    merges = ranked.drop_duplicates(KEY).merge(totals.reset_index(), on=KEY)
    named = rows.loc[rows["candidate"] != "", [*KEY, "candidate"]].drop_duplicates().sort_values([*KEY, "candidate"])
    first = named.drop_duplicates(KEY)[KEY].reset_index(drop=True)
    first["candidates"] = _gather(named[KEY].astype("str").agg("\0".join, axis=1), named["candidate"])
    merges = merges.merge(first, on=KEY, how="left")
    merges["candidates"] = pd.Series(
        [found if isinstance(found, list) else [] for found in merges["candidates"]], dtype="object"
    )
    columns = table_of("merges").names
    texts = [name for name in columns if name not in ("candidates", "n_mentions", "n_documents")]
    counts = dict.fromkeys(("n_mentions", "n_documents"), "int64")
    return merges[columns].astype(dict.fromkeys(texts, "str") | counts)


def leave_out_names(merges: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Give the merges without the rows that only say that a name is the actor's."""
    names = merges["actor_id"].map(actors.set_index("actor_id")["name"])
    itself = (merges["surface"] == names) & merges["rule"].isin(["name", "gazetteer"])
    return merges[~itself].reset_index(drop=True)
