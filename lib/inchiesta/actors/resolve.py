"""Actors: which mentions name the same one. Every merge is a row that says by which rule and on what evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

import numpy as np
import pandas as pd

from inchiesta.actors.acronyms import assign_acronyms
from inchiesta.actors.actor_table import count_actors, leave_out_names, list_merges
from inchiesta.actors.apart import flag_mixed, flag_splits
from inchiesta.actors.brackets import abbreviates, choose_moves, find_expansions, follow
from inchiesta.actors.cognates import join_cognates
from inchiesta.actors.cores import find_described
from inchiesta.actors.decisions import apply_decisions, find_renames, names_of_registered
from inchiesta.actors.firms import assign_heads, join_legal_forms
from inchiesta.actors.gazetteer import listed_names
from inchiesta.actors.match_keys import mixes_scripts, plain_key, slug
from inchiesta.actors.registry import EMPTY, Registry
from inchiesta.actors.short_names import assign_initials, assign_short_names
from inchiesta.actors.spellings import Spelling, find_variants
from inchiesta.actors.told import find_told
from inchiesta.actors.units import GUESS, LIGHT, Move, build_units, carry_out, kinds_of, list_moves
from inchiesta.tables import table_of

# Listed aliases shorter than this match by letters only as written (Ue is the Union, ue is not).
SHORTEST_LISTED = 5
# Kinds whose names may be plurals: products, not people.
PRODUCT = "OTHER"
# Rules whose names are shown as an actor's only where there is no other.
DRESSING = ("description", "inflection")
# Rules that give a short name its long one.
SHORTENING = ("surname", "given name", "short name", "initials", "acronym")


def resolve_actors(
    mentions: pd.DataFrame, documents: pd.DataFrame, *, registry: Registry = EMPTY
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Decide which mentions name the same actor.

    In this order: the decisions of the registry; a listed name keeps its listed actor; a description is taken off a
    known name; names that differ in accents, script, transliteration, case ending or legal form are one; an acronym
    joins the name it stands for; initials, a bare surname, the head of a firm's name join the one full name of their
    document that has it, or else the one of the corpus.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` as `inchiesta.actors.find.find_mentions` gives it (of all documents together). Mentions may
        overlap. Any ``found_by``.
    documents : DataFrame
        Table ``documents``; document_id, origin_id, text are read, and path and sha256 where a decision names one.
    registry : Registry
        The decisions of the investigation (see `inchiesta.actors.registry`); they win over every rule.

    Returns
    -------
    mentions : DataFrame
        The same rows in the same order with ``actor_id`` filled and ``kind`` of unlisted names as the actor's.
    actors : DataFrame
        Table ``actors``, most mentions first, then by actor_id. Counts cover all rows of ``mentions``, seats included.
    merges : DataFrame
        Table ``merges``: one row per actor, surface and rule that joined it; and one per surface that could be several
        actors (status *apart*). Sorted by actor_id, surface and rule.

    Notes
    -----
    Deterministic, also when rows are shuffled; grows with mentions and distinct names, never with pairs of names.
    Namesakes: two people with one full name become one actor; two people with one surname stay apart where a document
    names both in full, and a bare surname that could be either stays an actor of its own. Names that mix scripts are
    never merged by a rule. Not shown: one actor under names that share no letters, unless listed or registered.
    """
    table = mentions.reset_index(drop=True)
    units, unit_of, document_ids = build_units(table)
    languages = _languages(documents, document_ids)
    units, record = apply_decisions(units, documents, document_ids, registry)
    records = [record]
    for find in _steps(table, unit_of, documents, registry, languages):
        moves = find(units)
        # What a list or a decision settled stays; other names may come to it.
        moves = moves[~moves["source"].astype("str").str.startswith("@").astype("bool")]
        units, record = carry_out(units, moves, registry.splits())
        records.append(record)
    records += [flag_mixed(units), flag_splits(units, registry)]
    record = pd.concat([part for part in records if len(part)] or records[:1], ignore_index=True)
    ids, kinds = _name_actors(units, record)
    kinds |= {actor.id: actor.kind for actor in registry.actors if actor.id in kinds}
    units = units.assign(actor_id=units["key"].map(ids).astype("category"))
    resolved = table.assign(actor_id=units["actor_id"].to_numpy()[unit_of]).astype({"actor_id": "str"})
    unlisted = (table["actor_id"] == "") | resolved["actor_id"].isin({actor.id for actor in registry.actors})
    resolved["kind"] = resolved["kind"].where(~unlisted, resolved["actor_id"].map(kinds)).astype("str")
    resolved.index = mentions.index
    shown = find_renames(units, registry)
    merges = list_merges(units, record, kinds)
    described = units["surface"].iloc[record.loc[record["rule"].isin(DRESSING), "unit"]]
    dressed = frozenset(described) | frozenset(units.loc[units["dressed"], "surface"])
    actors = count_actors(resolved, documents, kinds, merges, shown, dressed)
    merges = leave_out_names(merges, actors)
    return resolved[table_of("mentions").names], actors, merges


Step = Callable[[pd.DataFrame], pd.DataFrame]


def _languages(documents: pd.DataFrame, document_ids: list[str]) -> pd.Series:
    """Give the language by number of the document, empty where the table has none."""
    known = documents.set_index("document_id").reindex(document_ids).reset_index()
    return known["language"] if "language" in known else pd.Series("", index=known.index)


def _steps(
    table: pd.DataFrame, unit_of: np.ndarray, documents: pd.DataFrame, registry: Registry, languages: pd.Series
) -> list[Step]:
    """Give the rules in their order; each looks at the units and gives moves."""
    held = partial(_hold, registry=registry)
    return [
        _move_listed,
        _move_described,
        partial(_move_spellings, registry=registry),
        _move_legal_forms,
        partial(_move_brackets, table=table, unit_of=unit_of, documents=documents),
        lambda units: _settle(find_told(table, documents, units["key"].to_numpy()[unit_of])),
        lambda units: assign_acronyms(held(units)),
        lambda units: _settle(join_cognates(held(units), languages)),
        lambda units: assign_initials(held(units)),
        lambda units: assign_heads(held(units)),
        lambda units: assign_short_names(held(units)),
    ]


@lru_cache(maxsize=1)
def _listed_keys() -> dict[str, str]:
    """Give the listed actor of each plain key that is long enough and belongs to one actor only."""
    found: dict[str, set[str]] = {}
    for alias, listed in listed_names().items():
        if len(alias) >= SHORTEST_LISTED and listed.form != "demonym" and not listed.rule:
            found.setdefault(plain_key(alias), set()).add(listed.actor_id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _free(units: pd.DataFrame) -> pd.DataFrame:
    """Give the units of names that are neither listed nor registered, nor mix scripts."""
    taken = [key for key in units["key"].cat.categories if key.startswith("@") or mixes_scripts(key)]
    return units[~units["key"].isin(taken)]


def _move_listed(units: pd.DataFrame) -> pd.DataFrame:
    """Join names that a list knows but for accents, hyphens and capitals."""
    kinds = kinds_of(_free(units))
    found = ((name, _listed_keys().get(plain_key(name), "")) for name in sorted(kinds) if kinds[name] != "PER")
    words = "listed but for capitals, accents or hyphens"
    return list_moves(Move(name, f"@{listed}", "spelling", words) for name, listed in found if listed)


def _move_described(units: pd.DataFrame) -> pd.DataFrame:
    """Join a name with its description to the same name met on its own, by a listed name too."""
    free, kinds = _free(units), kinds_of(units)
    listed = units[units["key"].str.startswith("@")]
    names = dict(zip(listed["name"], listed["key"], strict=True)) | {name: name for name in free["key"].unique()}
    moves = []
    for person in (True, False):
        known = {name: key for name, key in names.items() if (kinds[key] == "PER") == person}
        ours = sorted(name for name in free["key"].unique() if (kinds[name] == "PER") == person)
        for name, target in find_described(ours, known, persons=person).items():
            if kinds[name] == kinds[known[target]] and known[target] != name:
                moves.append(Move(name, known[target], "description", f"a description before or behind {target}"))
    return _settle(moves)


def _settle(moves: Iterable[Move]) -> pd.DataFrame:
    """Give moves as a table in which each goes to the end of its chain."""
    table = list_moves(moves)
    ends = dict(zip(table["source"], table["target"], strict=True))
    table["target"] = [follow(source, ends) for source in table["source"]]
    return table[table["source"] != table["target"]]


def _move_spellings(units: pd.DataFrame, *, registry: Registry) -> pd.DataFrame:
    """Give every unlisted name the most frequent of its spellings; a registered name is the first of its family."""
    free = _free(units)
    kinds, counts = kinds_of(free), free.groupby("key", sort=True)["n"].sum()
    known = [
        Spelling(str(name), int(count), kinds[str(name)] == "PER", kinds[str(name)] == PRODUCT)
        for name, count in counts.items()
    ]
    registered = names_of_registered(registry)
    # More frequent than any other name, so that every variant goes there.
    most = int(counts.sum()) + 1
    known += [Spelling(name, most, kind == "PER") for name, (_, kind) in registered.items() if name not in counts]
    joins = [join for join in find_variants(known) if join.name in counts.index]
    return _settle(
        Move(
            join.name,
            registered[join.other][0] if join.other in registered else join.other,
            join.rule,
            join.evidence,
            join.against,
            "in doubt" if join.against else "joined",
        )
        for join in joins
    )


def _move_legal_forms(units: pd.DataFrame) -> pd.DataFrame:
    free = _free(units)
    kinds, counts = kinds_of(free), free.groupby("key", sort=True)["n"].sum()
    names = {str(name): int(n) for name, n in counts.items() if kinds[str(name)] in ("ORG", "OTHER")}
    return list_moves(join_legal_forms(names, _listed_keys()))


def _move_brackets(
    units: pd.DataFrame, *, table: pd.DataFrame, unit_of: np.ndarray, documents: pd.DataFrame
) -> pd.DataFrame:
    """Join acronyms and the names they stand behind, listed or not."""
    keys = units["key"].to_numpy()
    pairs = find_expansions(table, documents)
    links = pd.DataFrame(
        {"acronym": keys[unit_of[pairs["acronym"]]], "long": keys[unit_of[pairs["expansion"]]]}, dtype="object"
    )
    inside = units[(units["inner"] != "") & (units["kind"] != "PER")]
    known = dict(zip(units["name"], units["key"], strict=True))
    fits = [abbreviates(inner, name) for inner, name in zip(inside["inner"], inside["name"], strict=True)]
    inside = inside[np.array(fits, dtype=bool)]
    here = pd.DataFrame(
        {"acronym": inside["inner"].map(lambda name: known.get(name, name)), "long": inside["key"]}, dtype="object"
    )
    moves = choose_moves(pd.concat([links, here], ignore_index=True))
    kinds = kinds_of(units)
    return list_moves(move for move in moves if kinds.get(move.source) != "PER" and not mixes_scripts(move.source))


def _hold(units: pd.DataFrame, *, registry: Registry) -> pd.DataFrame:
    """Give one row per document and key for the rules of short names: document, key, name, kind, first, is_person_here,
    is_guess.

    Listed actors have the name they are called by there; pinned names (of a decision) are not looked at.
    """
    mixed = [name for name in units["name"].cat.categories if mixes_scripts(name)]
    units = units[~units["name"].isin(mixed)]
    kinds, here = kinds_of(units), _read_as_persons(units)
    held = units[["document", "key", "name", "first"]].sort_values(["document", "key", "first"], kind="stable")
    held = held.assign(is_person_here=here[held.index]).drop_duplicates(["document", "key"], ignore_index=True)
    names = {key: name for name, (key, _) in reversed(list(names_of_registered(registry).items()))}
    called = np.array([names.get(key, "") for key in held["key"].cat.categories], dtype=object)
    called = called[held["key"].cat.codes.to_numpy()]
    label = np.where(called != "", called, held["name"].to_numpy(dtype=object))
    is_listed = held["key"].str.startswith("@").to_numpy(dtype=bool)
    held["name"] = np.where(is_listed, label, held["key"].to_numpy(dtype=object))
    held["kind"] = held["key"].map(kinds).astype("str")
    sums = units.groupby("key", sort=False)[["weight", "n"]].sum()
    held["is_guess"] = (held["key"].map(sums["weight"] / sums["n"]).astype("float64") <= GUESS * LIGHT).to_numpy()
    return held


def _read_as_persons(units: pd.DataFrame) -> pd.Series:
    """Tell per unit whether its key mostly reads as a person in that document."""
    sign = units["weight"].where(units["kind"] == "PER", -units["weight"])
    return sign.groupby([units["document"], units["key"].cat.codes], sort=False).transform("sum") > 0


def _name_actors(units: pd.DataFrame, record: pd.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """Give the actor_id of every key, and the kind of every actor."""
    # Kormat alone may read as a place; Kormat Export, to which it was joined, says what it is.
    short = record[record["rule"].str.startswith(SHORTENING) & (record["status"] != "apart")]["unit"].unique()
    weight = units["weight"].to_numpy(copy=True)
    weight[short] *= LIGHT * LIGHT
    kinds = kinds_of(units.assign(weight=weight))
    ids: dict[str, str] = {}
    taken = {key[1:] for key in kinds if key.startswith("@")}
    for key in sorted(kinds, key=lambda key: (mixes_scripts(key), key)):
        base = candidate = slug(kinds[key], key)
        number = 1
        while candidate in taken:
            number += 1
            candidate = f"{base}-{number}"
        ids[key] = key[1:] if key.startswith("@") else candidate
        taken.add(ids[key])
    return ids, {ids[key]: kind for key, kind in kinds.items()}
