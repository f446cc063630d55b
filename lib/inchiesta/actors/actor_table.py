"""The tables ``actors`` and ``merges``, counted from resolved mentions."""

from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.tables import table_of

# What a name is shown as: a full name before an acronym, an acronym before a seat, a seat before a demonym.
FORM_ORDER = {"name": 0, "acronym": 1, "seat": 2, "demonym": 3}


def count_actors(
    mentions: pd.DataFrame, documents: pd.DataFrame, kinds: dict[str, str], rules: np.ndarray
) -> pd.DataFrame:
    """Count the actors of resolved mentions: name shown, aliases, rules, mentions, documents, origins."""
    surfaces = _count_surfaces(mentions)
    shown = _choose_names(surfaces)
    origins = mentions["document_id"].map(documents.set_index("document_id")["origin_id"])
    groups = mentions.assign(origin_id=origins).groupby("actor_id", sort=True)
    actors = groups.agg(
        n_mentions=("surface", "size"), n_documents=("document_id", "nunique"), n_origins=("origin_id", "nunique")
    ).reset_index()
    actors["name"] = actors["actor_id"].map(shown)
    actors["kind"] = actors["actor_id"].map(kinds)
    by_count = surfaces.sort_values(["actor_id", "n", "surface"], ascending=[True, False, True], kind="stable")
    aliases = by_count.groupby("actor_id", sort=True)["surface"].agg(list)
    actors["aliases"] = pd.Series([aliases[actor_id] for actor_id in actors["actor_id"]], dtype="object")
    actors["merged_by"] = actors["actor_id"].map(_rules_of(mentions, rules)).where(actors["aliases"].map(len) > 1, "")
    actors = actors.sort_values(["n_mentions", "actor_id"], ascending=[False, True], kind="stable", ignore_index=True)
    texts = dict.fromkeys(("actor_id", "name", "kind", "merged_by"), "str")
    return actors[table_of("actors").names].astype(texts)


def _count_surfaces(mentions: pd.DataFrame) -> pd.DataFrame:
    order = mentions["form"].map(FORM_ORDER)
    groups = mentions.assign(order=order).groupby(["actor_id", "surface"], sort=True)
    return groups.agg(n=("surface", "size"), order=("order", "min")).reset_index()


def _choose_names(surfaces: pd.DataFrame) -> dict[str, str]:
    """Choose the name shown: by form, a full name before a single word where unlisted, then the most frequent."""
    words = surfaces["surface"].str.count(" ").clip(upper=1)
    is_longer_better = surfaces["actor_id"].str.startswith(("per-", "org-"))
    ranked = surfaces.assign(
        short=(1 - words) * is_longer_better, length=-surfaces["surface"].str.len(), n=-surfaces["n"]
    )
    ranked = ranked.sort_values(["actor_id", "order", "short", "n", "length", "surface"], kind="stable")
    first = ranked.drop_duplicates("actor_id")
    return dict(zip(first["actor_id"], first["surface"], strict=True))


def _rules_of(mentions: pd.DataFrame, rules: np.ndarray) -> dict[str, str]:
    pairs = pd.DataFrame({"actor_id": mentions["actor_id"].to_numpy(), "rule": rules})
    pairs = pairs[pairs["rule"] != ""].drop_duplicates().sort_values(["actor_id", "rule"], kind="stable")
    return {str(actor): ", ".join(group["rule"]) for actor, group in pairs.groupby("actor_id", sort=True)}


def list_merges(mentions: pd.DataFrame, actors: pd.DataFrame, rules: np.ndarray, evidence: np.ndarray) -> pd.DataFrame:
    """List the surfaces joined to an actor under another name, each with the rule that moved most of its mentions."""
    names = actors.set_index("actor_id")["name"]
    rows = pd.DataFrame(
        {
            "actor_id": mentions["actor_id"].to_numpy(),
            "surface": mentions["surface"].to_numpy(),
            "rule": rules,
            "evidence": evidence,
        }
    )
    rows["name"] = rows["actor_id"].map(names).astype("str")
    rows = rows[rows["surface"] != rows["name"]]
    # The shown name may be the one that was moved; the surface it was moved to has no rule of its own.
    rows.loc[rows["rule"] == "", "evidence"] = "the form the name " + rows["name"] + " was joined to"
    rows.loc[rows["rule"] == "gazetteer", "evidence"] = "listed as a name of " + rows["name"]
    rows["rule"] = rows["rule"].where(rows["rule"] != "", "name")
    counted = (
        rows.groupby(["actor_id", "surface", "rule", "evidence"], sort=True).size().rename("n_mentions").reset_index()
    )
    ranked = counted.sort_values(
        ["actor_id", "surface", "n_mentions", "rule", "evidence"],
        ascending=[True, True, False, True, True],
        kind="stable",
    )
    merges = ranked.drop_duplicates(["actor_id", "surface"]).reset_index(drop=True)
    totals = counted.groupby(["actor_id", "surface"], sort=True)["n_mentions"].sum()
    merges["n_mentions"] = totals.to_numpy() if len(totals) else merges["n_mentions"]
    columns = table_of("merges").names
    return merges[columns].astype(dict.fromkeys(columns[:-1], "str") | {"n_mentions": "int64"})
