"""Actors: which mentions name the same one. Every merge is a row that says by which rule and on what evidence."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from inchiesta.actors.actor_table import count_actors, list_merges
from inchiesta.actors.brackets import choose_moves, find_expansions
from inchiesta.actors.gazetteer import listed_names
from inchiesta.actors.match_keys import mixes_scripts, plain_key, slug
from inchiesta.actors.short_names import assign_short_names
from inchiesta.actors.spellings import Spelling, find_variants
from inchiesta.tables import table_of

# Listed aliases shorter than this match by letters only as written (Ue is the Union, ue is not).
SHORTEST_LISTED = 5
# A mention with at most this score had its kind guessed; many guesses should not outvote one cue.
GUESS, LIGHT = 0.45, 0.1
# What each rule for short names saw.
EVIDENCE = {
    "surname in document": "the only full name of that surname in the document: ",
    "given name in document": "the only full name of the document that begins with it: ",
    "short name in document": "the only organisation of the document that begins with it: ",
    "surname in corpus": "the only full name of that surname in the corpus: ",
    "short name in corpus": "the only organisation of the corpus that begins with it: ",
}
SPACES = re.compile(r"\s+")

Merge = tuple[str, str]


def resolve_actors(mentions: pd.DataFrame, documents: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Decide which mentions name the same actor.

    In this order: a listed name keeps its listed actor; names that differ in accents, script or transliteration are one
    spelling; an acronym in brackets joins the name it stands behind, and the other way round; a bare surname joins the
    one full name of its document that has it, or else the one full name of the corpus.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` as `inchiesta.actors.find.find_mentions` gives it (of all documents together).
    documents : DataFrame
        Table ``documents``; document_id, origin_id, text are read.

    Returns
    -------
    mentions : DataFrame
        The same rows in the same order with ``actor_id`` filled and ``kind`` of unlisted names as the actor's.
    actors : DataFrame
        Table ``actors``, most mentions first, then by actor_id. Counts cover all rows of ``mentions``, seats included.
    merges : DataFrame
        Table ``merges``: one row per actor and surface that is not the actor's name, sorted by actor_id and surface.

    Notes
    -----
    Deterministic; grows with mentions and distinct names, never with pairs of names. Namesakes: two people with one
    full name become one actor; two people with one surname stay apart where a document names both in full, and a
    bare surname that could be either stays an actor of its own. Names that mix scripts are never merged. Not shown: one
    actor under names that share no letters (LTA in English, ATL in Italian), unless listed.
    """
    table = mentions.reset_index(drop=True)
    work = pd.DataFrame({"document_id": table["document_id"], "actor": table["actor_id"], "kind": table["kind"]})
    work["name"] = table["surface"].map(_tidy)
    work["score"] = table["score"]
    work["rule"] = (table["actor_id"] != "").map({True: "gazetteer", False: ""}).astype("str")
    work["evidence"] = ""
    for step in (_join_listed, _join_spellings, _join_acronyms, _join_short_names):
        work = step(work, table, documents)
    work["actor"], kinds = _name_actors(work, table)
    resolved = table.assign(actor_id=work["actor"].astype("str"))
    unlisted = table["actor_id"] == ""
    resolved["kind"] = resolved["kind"].where(~unlisted, resolved["actor_id"].map(kinds)).astype("str")
    resolved.index = mentions.index
    actors = count_actors(resolved, documents, kinds, work["rule"].to_numpy())
    merges = list_merges(resolved, actors, work["rule"].to_numpy(), work["evidence"].to_numpy())
    return resolved[table_of("mentions").names], actors, merges


def _tidy(surface: str) -> str:
    return SPACES.sub(" ", surface.replace("’", "'")).strip()


@lru_cache(maxsize=1)
def _listed_keys() -> dict[str, str]:
    """Give the listed actor of each plain key that is long enough and belongs to one actor only."""
    found: dict[str, set[str]] = {}
    for alias, listed in listed_names().items():
        if len(alias) >= SHORTEST_LISTED and listed.form != "demonym" and not listed.rule:
            found.setdefault(plain_key(alias), set()).add(listed.actor_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _join_listed(work: pd.DataFrame, table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Join names that a list knows but for accents, hyphens and capitals."""
    names = work.loc[(work["actor"] == "") & (work["kind"] != "PER"), "name"].unique()
    ids = {name: _listed_keys().get(plain_key(name), "") for name in names if not mixes_scripts(name)}
    found = _look_up(work["name"], ids)
    chosen = (work["actor"] == "") & (work["kind"] != "PER") & (found != "")
    work = work.copy()
    work.loc[chosen, "actor"] = found[chosen]
    return _note(work, chosen, "spelling", "listed but for capitals, accents or hyphens")


def _join_spellings(work: pd.DataFrame, table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give every unlisted name the most frequent of its spellings."""
    free = work[work["actor"] == ""]
    kinds = _kinds(free.assign(key=free["name"]))
    counts = free["name"].value_counts()
    joins = find_variants(Spelling(str(name), int(count), kinds[str(name)] == "PER") for name, count in counts.items())
    heads = {join.name: join.other for join in joins}
    evidence = {join.name: join.evidence for join in joins}
    chosen = (work["actor"] == "") & work["name"].isin(list(heads))
    work = _note(work, chosen, "spelling", _look_up(work["name"], evidence))
    work["name"] = work["name"].where(~chosen, work["name"].map(lambda name: _root(name, heads)))
    return work


def _look_up(names: pd.Series, table: dict[str, str]) -> pd.Series:
    """Give what the table holds for each name, empty for none."""
    return pd.Series([table.get(name, "") for name in names], index=names.index, dtype="str")


def _root(name: str, heads: dict[str, str]) -> str:
    while name in heads:
        name = heads[name]
    return name


def _join_acronyms(work: pd.DataFrame, table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Join acronyms and the names they stand behind, listed or not."""
    pairs = find_expansions(table, documents)
    if pairs.empty:
        return work
    sides = work["actor"].where(work["actor"] != "", "=" + work["name"])
    links = pd.DataFrame({"acronym": sides[pairs["acronym"]].to_numpy(), "long": sides[pairs["expansion"]].to_numpy()})
    return _move(work, sides, choose_moves(links[links["acronym"] != links["long"]]))


def _move(work: pd.DataFrame, sides: pd.Series, moves: dict[str, str]) -> pd.DataFrame:
    """Carry out moves of whole names: to a listed actor, or to another name (written with a leading =)."""
    chosen = sides.isin(list(moves))
    target = _look_up(sides, moves)
    work = _note(
        work, chosen, "acronym in brackets", "an acronym in brackets links it to " + target.str.removeprefix("=")
    )
    to_name = chosen & target.str.startswith("=")
    work["name"] = work["name"].where(~to_name, target.str.removeprefix("="))
    work["actor"] = work["actor"].where(~(chosen & ~to_name), target)
    return work


def _join_short_names(work: pd.DataFrame, table: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give bare surnames and the first words of organisations their full name."""
    free = work[(work["actor"] == "") & ~work["name"].map(mixes_scripts).astype(bool)]
    kinds = _kinds(free.assign(key=free["name"]))
    names = free[["document_id", "name"]].drop_duplicates()
    found = assign_short_names(names.assign(kind=names["name"].map(kinds)))
    merged = work[["document_id", "name"]].merge(found, on=["document_id", "name"], how="left")
    chosen = pd.Series((merged["full"].notna()).to_numpy() & (work["actor"] == "").to_numpy(), index=work.index)
    where = _look_up(merged["rule"].fillna("").astype("str"), EVIDENCE)
    evidence = pd.Series((where + merged["full"].fillna("").astype("str")).to_numpy(), index=work.index)
    rules = pd.Series(merged["rule"].fillna("").to_numpy(), index=work.index)
    work = _note(work, chosen, rules, evidence)
    work["name"] = work["name"].where(~chosen, pd.Series(merged["full"].to_numpy(), index=work.index))
    return work


def _note(work: pd.DataFrame, chosen: pd.Series, rule: str | pd.Series, evidence: str | pd.Series) -> pd.DataFrame:
    """Write rule and evidence on the chosen rows; the last rule that moved a mention is the one shown."""
    work = work.copy()
    for column, value in (("rule", rule), ("evidence", evidence)):
        work.loc[chosen, column] = value[chosen] if isinstance(value, pd.Series) else value
    return work


def _kinds(rows: pd.DataFrame) -> dict[str, str]:
    """Give the kind with the largest sum of scores per key; of equal sums the first in the alphabet."""
    rows = rows.assign(score=rows["score"].where(rows["score"] > GUESS, rows["score"] * LIGHT))
    sums = rows.groupby(["key", "kind"], sort=True)["score"].sum().round(6).reset_index()
    best = sums.sort_values(["key", "score", "kind"], ascending=[True, False, True], kind="stable").drop_duplicates(
        "key"
    )
    return dict(zip(best["key"], best["kind"], strict=True))


def _name_actors(work: pd.DataFrame, table: pd.DataFrame) -> tuple[pd.Series, dict[str, str]]:
    """Give every mention its final actor_id, and every actor its kind."""
    free = work["actor"] == ""
    # Kormat alone may read as a place; Kormat Export, to which it was joined, says what it is.
    weight = work["rule"].isin(list(EVIDENCE)).map({True: LIGHT * LIGHT, False: 1.0})
    kinds = _kinds(work[free].assign(key=work["name"], score=work["score"] * weight))
    ids: dict[str, str] = {}
    taken: set[str] = set(work.loc[~free, "actor"])
    for name in sorted(kinds):
        base = candidate = slug(kinds[name], name)
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        taken.add(candidate)
        ids[name] = candidate
    final = work["actor"].where(~free, work["name"].map(ids)).astype("str")
    # A seat is a body, its actor a state: listed actors take the kind of their names where they have any.
    named = table["form"].isin(["name", "acronym"]).to_numpy() | free.to_numpy()
    weighed = pd.DataFrame({"key": final, "kind": work["kind"], "score": work["score"] * (named * 0.999 + 0.001)})
    return final, _kinds(weighed) | {ids[name]: kind for name, kind in kinds.items()}
