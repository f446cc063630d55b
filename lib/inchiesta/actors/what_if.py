"""What a decision would move, before it is taken: the same mentions resolved with and without it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import ValidationError

from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.registry import Decision, InDocument, Merge, Registry, RegistryError, Rename, Split
from inchiesta.actors.registry_names import add_registered
from inchiesta.actors.resolve import resolve_actors

FORMS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "merge": (Merge, ()),
    "split": (Split, ()),
    "rename": (Rename, ("rename", "to")),
    "in-document": (InDocument, ("document", "name", "is")),
}


@dataclass(frozen=True)
class WhatIf:
    """What would change. Each table is empty where nothing would.

    mentions: document_id, surface, before, after (actor_ids), n_mentions; actors: actor_id, name_before, name_after,
    n_mentions_before, n_mentions_after, n_documents_before, n_documents_after; pairs: actor_a, actor_b, change (*new*
    or *gone*), n_sentences, by the actor_ids of the side that has the pair.
    """

    mentions: pd.DataFrame
    actors: pd.DataFrame
    pairs: pd.DataFrame


def make_decisions(
    given: Mapping[str, Sequence[str] | None], *, reason: str, who: str, when: datetime.date | None = None
) -> tuple[Decision, ...]:
    """Make decisions from words.

    Parameters
    ----------
    given : mapping
        By ``merge`` and ``split`` names; by ``rename`` a name and the new one; by ``in-document`` the document,
        the name in it, and the actor.
    reason, who, when
        What every decision carries; the day is today's by default.

    Raises
    ------
    RegistryError
        If a name is empty or missing.
    """
    day = when or datetime.date.today()
    carried = {"reason": reason, "who": who, "when": day}
    return tuple(_make(form, names, carried) for form, names in given.items() if names)


def _make(form: str, names: Sequence[str], carried: dict[str, Any]) -> Decision:
    model, fields = FORMS[form]
    values: dict[str, Any] = dict(zip(fields, names, strict=True)) if fields else {form: tuple(names)}
    try:
        decision: Decision = model.model_validate({**values, **carried})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise RegistryError(f"--{form}: {field}: {first['msg']}") from error
    return decision


def compare_decisions(
    mentions: pd.DataFrame,
    documents: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    registry: Registry,
    decisions: Sequence[Decision],
) -> WhatIf:
    """Resolve with the registry in force and with more decisions, and compare.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` as found, before resolving.
    documents, sentences : DataFrame
        The tables of these names.
    registry : Registry
        The registry in force.
    decisions : sequence of Decision
        What would be decided.

    Raises
    ------
    RegistryError
        If a decision contradicts the registry.
    """
    then = registry.with_decisions(decisions)
    before, actors_before, _ = resolve_actors(
        add_registered(mentions, documents, sentences, registry), documents, registry=registry
    )
    after, actors_after, _ = resolve_actors(
        add_registered(mentions, documents, sentences, then), documents, registry=then
    )
    return WhatIf(
        _compare_mentions(before, after),
        _compare_actors(actors_before, actors_after),
        _compare_pairs(before, after, documents, sentences),
    )


def _compare_mentions(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    key = ["document_id", "start_char", "end_char", "surface"]
    both = before[[*key, "actor_id"]].merge(
        after[[*key, "actor_id"]], on=key, how="outer", suffixes=("_before", "_after")
    )
    both = both.rename(columns={"actor_id_before": "before", "actor_id_after": "after"}).fillna(
        {"before": "", "after": ""}
    )
    moved = both[both["before"] != both["after"]]
    groups = moved.groupby(["document_id", "surface", "before", "after"], sort=True)
    return groups.size().rename("n_mentions").reset_index()


def _compare_actors(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    columns = ["actor_id", "name", "n_mentions", "n_documents"]
    both = before[columns].merge(after[columns], on="actor_id", how="outer", suffixes=("_before", "_after"))
    counts = [f"{name}_{when}" for name in ("n_mentions", "n_documents") for when in ("before", "after")]
    both[counts] = both[counts].fillna(0).astype("int64")
    both = both.fillna({"name_before": "", "name_after": ""})
    same = both["name_before"].eq(both["name_after"])
    for name in ("n_mentions", "n_documents"):
        same &= both[f"{name}_before"].eq(both[f"{name}_after"])
    return both.loc[~same, ["actor_id", "name_before", "name_after", *counts]].sort_values(
        "actor_id", ignore_index=True
    )


def _compare_pairs(
    before: pd.DataFrame, after: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame
) -> pd.DataFrame:
    """Give the pairs that only one side has, among the actors whose mentions change."""
    tables = []
    for mentions, change in ((before, "gone"), (after, "new")):
        pairs = count_pairs(mentions, documents, sentences=sentences)
        tables.append(pairs[["actor_a", "actor_b", "n_sentences"]].assign(change=change))
    both = pd.concat(tables, ignore_index=True)
    single = both[~both.duplicated(["actor_a", "actor_b"], keep=False)]
    ordered = single[["actor_a", "actor_b", "change", "n_sentences"]]
    return ordered.sort_values(
        ["change", "n_sentences", "actor_a", "actor_b"], ascending=[True, False, True, True], ignore_index=True
    )


def list_doubts(merges: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """List what a reader should decide: joined in doubt, or left apart with its candidates.

    Returns
    -------
    DataFrame
        surface, actor (name it counts for now), status, candidates (names), rule, evidence_for, evidence_against,
        n_mentions, n_documents; most mentions first.
    """
    names = actors.set_index("actor_id")["name"].to_dict()
    open_ones = merges[merges["status"] != "joined"]
    listed = open_ones.assign(
        actor=open_ones["actor_id"].map(names).astype("str"),
        candidates=[", ".join(f"{names.get(one, one)} ({one})" for one in ids) for ids in open_ones["candidates"]],
    )
    columns = ["surface", "actor", "status", "candidates", "rule", "evidence_for", "evidence_against"]
    ordered = listed.sort_values(
        ["n_mentions", "actor_id", "surface", "rule"], ascending=[False, True, True, True], kind="stable"
    )
    return ordered[[*columns, "n_mentions", "n_documents"]].reset_index(drop=True)
