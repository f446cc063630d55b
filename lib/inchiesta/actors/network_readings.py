"""What 03_actors states of doubts, copies, silences and the network, each as the arguments of `Page.state`."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inchiesta.actors.network import Network, ego, find_node
from inchiesta.actors.readings import CLEAR_ORIGINS, CLEAR_Q, name_of, sentences_naming, sentences_where_met
from inchiesta.statements import Statement, count_noun, withhold

# Pairs whose sentences are laid open in the notebook, and sentences of each: what a reader gets through.
READ_PAIRS, READ_SENTENCES = 20, 3


def state_doubts(doubts: pd.DataFrame, mentions: pd.DataFrame) -> Statement:
    """State how many names wait for a decision (``doubts`` as `inchiesta.actors.what_if.list_doubts` gives)."""
    named = mentions[mentions["surface"].isin(doubts["surface"])]
    return {
        "name": "doubts",
        "statement": "{value} " + ("name waits" if len(doubts) == 1 else "names wait") + " for a decision of yours.",
        "value": len(doubts),
        "unit": "names",
        "base": f"of {mentions['surface'].nunique()} names; decide with `inchiesta actors decide`",
        "evidence": named["sentence_id"].drop_duplicates() if len(doubts) else [],
    }


def state_flips(flips: pd.DataFrame, pairs: pd.DataFrame, counted: pd.DataFrame) -> Statement:
    """State how many pairs survive chance only in one way of counting copies (``flips`` as `compare_copies` gives)."""
    evidence = [
        sentence
        for a, b in flips[["actor_a", "actor_b"]].head(READ_PAIRS).itertuples(index=False, name=None)
        for sentence in _shared(counted, a, b)
    ]
    return {
        "name": "flips",
        "statement": "{value} " + ("pair flips" if len(flips) == 1 else "pairs flip") + " when every copy counts.",
        "value": len(flips),
        "unit": "pairs of actors",
        "base": f"of {len(pairs)} pairs; q below {CLEAR_Q} in one way of counting and not in the other",
        "evidence": evidence,
    }


def state_silences(silences: pd.DataFrame, actors: pd.DataFrame, mentions: pd.DataFrame) -> Statement:
    """State who meets conspicuously seldom; withheld where no silence survives the correction."""
    name, statement = "silence", "{value} meet less often than chance would have it."
    clear = silences[silences["q_value"] < CLEAR_Q]
    if clear.empty:
        looked = (
            f"{count_noun(len(silences), 'pair')} with p at most .05" if len(silences) else "too few meetings to tell"
        )
        return withhold(name, statement, f"no silence survives the correction ({looked})")
    top = clear.iloc[0]
    both = [*sentences_naming(mentions, top["actor_a"]), *sentences_naming(mentions, top["actor_b"])]
    return {
        "name": name,
        "statement": statement,
        "value": " and ".join(name_of(actors, top[side]) for side in ("actor_a", "actor_b")),
        "unit": "pair of actors",
        "base": f"{int(top['n_together'])} shared {top['unit']}s where chance gives {top['expected']:.1f}, q = "
        f"{top['q_value']:.2g}; {len(clear)} such pairs",
        "evidence": list(dict.fromkeys(both)),
        "status": "weak",
    }


def state_network(nodes: pd.DataFrame, edges: pd.DataFrame, counted: pd.DataFrame) -> Statement:
    """State how many actors are tied by pairs that survive."""
    edges = edges[edges["status"] == "clear"]
    tied = nodes["actor_id"].isin({*edges["actor_a"], *edges["actor_b"]}).sum()
    evidence = [
        sentence
        for a, b in edges[["actor_a", "actor_b"]].head(READ_PAIRS).itertuples(index=False, name=None)
        for sentence in _shared(counted, a, b)
    ]
    return {
        "name": "network",
        "statement": "{value} "
        + ("actor is" if len(nodes) == 1 else "actors are")
        + " tied by pairs that survive chance.",
        "value": int(tied),
        "unit": "actors",
        "base": f"{count_noun(len(edges), 'tie')}; q below {CLEAR_Q}, {CLEAR_ORIGINS} origins or more, stable",
        "evidence": evidence,
    }


def read_strongest(
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    counted: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    window: int = 3,
) -> pd.DataFrame:
    """Lay the sentences of the strongest pairs open: a, b, document_id, sentence; at most three sentences of each."""
    texts = sentences.set_index("sentence_id")["text"]
    rows = []
    for pair in pairs.head(READ_PAIRS).to_dict("records"):
        a, b = pair["actor_a"], pair["actor_b"]
        met = sentences_where_met(counted, sentences, a, b, unit=pair["unit"], window=window)
        for sentence_id in list(met)[:READ_SENTENCES]:
            rows.append((name_of(actors, a), name_of(actors, b), sentence_id.rsplit(":", 1)[0], texts[sentence_id]))
    return pd.DataFrame(rows, columns=["a", "b", "document_id", "sentence"])


def choose_ego(nodes: pd.DataFrame, actors: pd.DataFrame, named: str) -> str:
    """Give the actor to look at closely: the one named, else the one with the strongest ties, else the most named."""
    if named:
        return named
    for table, order in ((nodes, "strength"), (actors, "n_mentions")):
        if len(table):
            top = table.sort_values([order, "actor_id"], ascending=[False, True], kind="stable").iloc[0]
            return str(top["actor_id"])
    return ""


@dataclass(frozen=True)
class Ego:
    """One actor with its ties: tables ``nodes`` and ``edges`` of the part, and the actor's id (empty for no part)."""

    nodes: pd.DataFrame
    edges: pd.DataFrame
    focus: str


def cut_ego(nodes: pd.DataFrame, edges: pd.DataFrame, actor: str) -> Ego:
    """Give the ties of one actor, by id or exact name; empty where nothing of the network survives.

    Raises
    ------
    ParameterError
        If the network has actors but not this one; the message lists near names.
    """
    network = Network(nodes, edges)
    if not len(nodes):
        return Ego(nodes, edges, "")
    part = ego(network, actor)
    return Ego(part.nodes, part.edges, find_node(network, actor))


def _shared(counted: pd.DataFrame, a: str, b: str) -> list[str]:
    return sentences_naming(counted, a, b)[:READ_SENTENCES]
