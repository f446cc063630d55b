"""What 03_actors states, each as the arguments of `Page.state`, and the sentences behind it."""

from __future__ import annotations

import pandas as pd

from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.text_units import number_units
from inchiesta.statements import Statement, count_noun, withhold

# Below this chance of a false alarm, among all pairs tested, a pair is called clear.
CLEAR_Q = 0.05
# Fewer origins than this cannot show that a pair is more than one writer's habit.
CLEAR_ORIGINS = 3
# Evidence is shown for this many pairs: more than anyone opens, and the table has all of them.
EVIDENCE_PAIRS = 50
KIND_WORDS = {
    "PER": ("person", "people"),
    "ORG": ("organisation", "organisations"),
    "LOC": ("place", "places"),
    "OTHER": ("other", "others"),
}


def sentences_naming(mentions: pd.DataFrame, *actor_ids: str) -> list[str]:
    """Give the ids of the sentences that name all of ``actor_ids``, in reading order."""
    found = mentions.loc[mentions["actor_id"] == actor_ids[0], "sentence_id"].drop_duplicates()
    for actor_id in actor_ids[1:]:
        found = found[found.isin(mentions.loc[mentions["actor_id"] == actor_id, "sentence_id"])]
    return found.tolist()


def sentences_where_met(
    counted: pd.DataFrame,
    sentences: pd.DataFrame | None,
    actor_a: str,
    actor_b: str,
    *,
    counting: Counting = BY_SENTENCE,
) -> list[str]:
    """Give the ids of the sentences that name either actor, in the units that name both, in reading order.

    Parameters
    ----------
    counted : DataFrame
        The mentions that make pairs, as `inchiesta.actors.text_units.count_once` gives them.
    sentences : DataFrame or None
        Table ``sentences``, all of it; needed for paragraphs and windows.
    counting : Counting
        As the pairs were counted.
    """
    named = counted[counted["actor_id"].isin([actor_a, actor_b])]
    named = named.assign(unit=number_units(named, sentences, counting))
    n_actors = named.groupby(["document_id", "unit"])["actor_id"].transform("nunique")
    return named.loc[n_actors == 2, "sentence_id"].drop_duplicates().tolist()


def name_of(actors: pd.DataFrame, actor_id: str) -> str:
    """Give the name of an actor."""
    return str(actors.loc[actors["actor_id"] == actor_id, "name"].iloc[0])


def name_pairs(pairs: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """Give ``pairs`` with the names of the actors in front: columns ``a`` and ``b``, then those of `pairs`."""
    names = actors.set_index("actor_id")["name"]
    named = pairs.assign(a=pairs["actor_a"].map(names), b=pairs["actor_b"].map(names))
    return named[["a", "b", *pairs.columns]]


def state_most_named(actors: pd.DataFrame, mentions: pd.DataFrame, sentences: pd.DataFrame) -> Statement:
    """State who is named most."""
    statement = "{value} is named most."
    if actors.empty:
        return withhold("most-named", statement, "no name was found")
    top = actors.sort_values(["n_mentions", "actor_id"], ascending=[False, True]).iloc[0]
    evidence = sentences_naming(mentions, top["actor_id"])
    return {
        "name": "most-named",
        "statement": statement,
        "value": top["name"],
        "unit": "actor",
        "base": f"{top['n_mentions']} of {count_noun(len(mentions), 'mention')}, "
        f"in {len(evidence)} of {count_noun(len(sentences), 'sentence')}, "
        f"{count_noun(int(top['n_origins']), 'origin')}",
        "evidence": evidence,
    }


def state_actors(actors: pd.DataFrame, mentions: pd.DataFrame) -> Statement:
    """State how many actors were found."""
    kinds = actors["kind"].value_counts()
    parts = ", ".join(count_noun(int(kinds[kind]), *words) for kind, words in KIND_WORDS.items() if kinds.get(kind))
    return {
        "name": "actors",
        "statement": "{value} " + ("actor is" if len(actors) == 1 else "actors are") + " named.",
        "value": len(actors),
        "unit": "actors",
        "base": f"{count_noun(len(mentions), 'mention')}; {parts}" if len(actors) else "no mention",
        "evidence": mentions.drop_duplicates("actor_id")["sentence_id"],
    }


def state_merges(merges: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame) -> Statement:
    """State how many actors go by more than one name."""
    several = actors[actors["aliases"].map(len) > 1]
    joined = merges[merges["actor_id"].isin(several["actor_id"]) & (merges["status"] != "apart")]
    in_doubt = int((merges["status"] != "joined").sum())
    evidence = mentions.merge(joined[["actor_id", "surface"]], on=["actor_id", "surface"])["sentence_id"]
    return {
        "name": "merged",
        "statement": "{value} of them " + ("goes" if len(several) == 1 else "go") + " by more than one name.",
        "value": len(several),
        "unit": "actors",
        "base": f"of {count_noun(len(actors), 'actor')}; every merge is listed with its rule"
        + (f"; {count_noun(in_doubt, 'merge')} in doubt" if in_doubt else ""),
        "evidence": evidence if len(several) else [],
    }


def state_strongest_pair(
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    counted: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> Statement:
    """State which two actors appear together most clearly; where no pair survives chance, which meet most often.

    ``counted``, ``sentences`` and ``counting`` give the evidence, as for `sentences_where_met`.
    """
    name, statement = "strongest-pair", "{value} appear together most clearly."
    if pairs.empty:
        return withhold(name, statement, "no two actors are named together")
    top = pairs.iloc[0]
    if top["q_value"] > CLEAR_Q:
        statement = f"{{value}} share the most {top['unit']}s."
        order = ["n_together", "q_value", "actor_a", "actor_b"]
        top = pairs.sort_values(order, ascending=[False, True, True, True]).iloc[0]
    shared = count_noun(int(top["n_together"]), f"shared {top['unit']}")
    clear = top["q_value"] <= CLEAR_Q and top["n_origins"] >= CLEAR_ORIGINS
    return {
        "name": name,
        "statement": statement,
        "value": " and ".join(name_of(actors, top[side]) for side in ("actor_a", "actor_b")),
        "unit": "pair of actors",
        "base": f"{shared} where chance gives {top['expected']:.1f}, "
        f"{count_noun(int(top['n_origins']), 'origin')}, q = {top['q_value']:.2g}",
        "evidence": sentences_where_met(counted, sentences, top["actor_a"], top["actor_b"], counting=counting),
        "status": "clear" if clear else "weak",
        "headline": True,
    }


def state_pairs_beyond_chance(
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    counted: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> Statement:
    """State how many pairs meet more often than chance would have it, and which is the clearest.

    Parameters as for `state_strongest_pair`.
    """
    unit = counting.unit
    clear = pairs[(pairs["q_value"] <= CLEAR_Q) & (pairs["n_together"] > pairs["expected"])]
    shown = clear[["actor_a", "actor_b"]].head(EVIDENCE_PAIRS).itertuples(index=False, name=None)
    first = [name_of(actors, actor_id) for actor_id in clear[["actor_a", "actor_b"]].head(1).to_numpy().ravel()]
    return {
        "name": "pairs-beyond-chance",
        "statement": "{value} "
        + ("pair shares" if len(clear) == 1 else "pairs share")
        + f" more {unit}s than chance gives.",
        "value": len(clear),
        "unit": "pairs of actors",
        "base": f"of {count_noun(len(pairs), f'pair that shares a {unit}', f'pairs that share a {unit}')}; "
        f"q at most {CLEAR_Q}" + (f"; clearest: {' and '.join(first)}" if first else ""),
        "evidence": [
            sentence for pair in shown for sentence in sentences_where_met(counted, sentences, *pair, counting=counting)
        ],
        "status": "clear" if not len(clear) or clear["n_origins"].max() >= CLEAR_ORIGINS else "weak",
    }
