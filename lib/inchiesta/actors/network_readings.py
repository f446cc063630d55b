"""What 03_actors states of doubts, copies, silences and the network, each as the arguments of `Page.state`."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from inchiesta.actors.counting import BY_SENTENCE, Counting
from inchiesta.actors.named import find_actor
from inchiesta.actors.network import Network, ego
from inchiesta.actors.readings import CLEAR_ORIGINS, CLEAR_Q, name_of, sentences_naming, sentences_where_met
from inchiesta.statements import Statement, count_noun, withhold

# Pairs whose sentences are laid open in the notebook, and sentences of each: what a reader gets through.
READ_PAIRS, READ_SENTENCES = 20, 3
_NEEDED = f"q below {CLEAR_Q}, {CLEAR_ORIGINS} origins or more, stable"


def state_doubts(doubts: pd.DataFrame, mentions: pd.DataFrame) -> Statement:
    """State how many names wait for a decision (``doubts`` as `inchiesta.actors.what_if.list_doubts` gives)."""
    named = mentions[mentions["surface"].isin(doubts["surface"])]
    return {
        "name": "doubts",
        "statement": "{value} " + ("name waits" if len(doubts) == 1 else "names wait") + " for a decision of yours.",
        "value": len(doubts),
        "unit": "names",
        "base": f"of {count_noun(mentions['surface'].nunique(), 'name')}; decide with `inchiesta actors decide`",
        "evidence": named["sentence_id"].drop_duplicates() if len(doubts) else [],
    }


def state_flips(
    flips: pd.DataFrame,
    n_met: int,
    every: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> Statement:
    """State how many pairs survive chance only in one way of counting copies (``flips`` as `compare_copies` gives).

    ``every`` are the mentions that make pairs, those of copies included: some pairs meet only there. ``n_met`` is how
    many pairs meet in them (`inchiesta.actors.pairs.count_met`), however seldom.
    """
    return {
        "name": "flips",
        "statement": "{value} " + ("pair flips" if len(flips) == 1 else "pairs flip") + " when every copy counts.",
        "value": len(flips),
        "unit": "pairs of actors",
        "base": f"of {count_noun(n_met, 'pair')}, copies included; q below {CLEAR_Q} in one way of counting and not in "
        "the other",
        "evidence": _open_pairs(flips, every, sentences, counting),
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
        "base": f"{count_noun(int(top['n_together']), 'shared ' + top['unit'])} where chance gives "
        f"{top['expected']:.1f}, q = {top['q_value']:.2g}; {count_noun(len(clear), 'such pair')}",
        "evidence": list(dict.fromkeys(both)),
        "status": "weak",
    }


def state_network(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    counted: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> Statement:
    """State how many actors are tied by pairs that survive."""
    edges = edges[edges["status"] == "clear"]
    tied = int(nodes["actor_id"].isin({*edges["actor_a"], *edges["actor_b"]}).sum())
    return {
        "name": "network",
        "statement": "{value} " + ("actor is" if tied == 1 else "actors are") + " tied by pairs that survive chance.",
        "value": tied,
        "unit": "actors",
        "base": f"{count_noun(len(edges), 'tie')}; {_NEEDED}",
        "evidence": _open_pairs(edges, counted, sentences, counting),
    }


def read_strongest(
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    counted: pd.DataFrame,
    *,
    sentences: pd.DataFrame,
    evidentiality: pd.Series,
    counting: Counting = BY_SENTENCE,
) -> pd.DataFrame:
    """Lay the sentences of the strongest pairs open, at most three of each.

    Columns a, b, document_id, sentence and evidentiality: on whose word the sentence stands.
    """
    texts = sentences.set_index("sentence_id")["text"]
    rows = []
    for pair in pairs.head(READ_PAIRS).to_dict("records"):
        a, b = pair["actor_a"], pair["actor_b"]
        met = sentences_where_met(counted, sentences, a, b, counting=counting)
        for sentence_id in met[:READ_SENTENCES]:
            document_id, text = sentence_id.rsplit(":", 1)[0], texts[sentence_id]
            rows.append((name_of(actors, a), name_of(actors, b), document_id, text, evidentiality[sentence_id]))
    return pd.DataFrame(rows, columns=["a", "b", "document_id", "sentence", "evidentiality"])


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
    """One actor with its ties: tables ``nodes`` and ``edges`` of the part (empty without a tie), and its actor_id."""

    nodes: pd.DataFrame
    edges: pd.DataFrame
    focus: str


def cut_ego(nodes: pd.DataFrame, edges: pd.DataFrame, actors: pd.DataFrame, actor: str) -> Ego:
    """Give the ties of one of ``actors``, named by id or exact name; of nobody where ``actor`` is empty.

    Raises
    ------
    ParameterError
        If no actor has that id or name (the message lists near names), or several have that name.
    """
    if not actor:
        return Ego(nodes.iloc[:0], edges.iloc[:0], "")
    chosen = find_actor(actors, actor)
    part = ego(Network(nodes, edges), chosen, actors=actors)
    return Ego(part.nodes, part.edges, chosen)


def state_ego(
    near: Ego,
    actors: pd.DataFrame,
    counted: pd.DataFrame,
    mentions: pd.DataFrame,
    *,
    sentences: pd.DataFrame | None = None,
    counting: Counting = BY_SENTENCE,
) -> Statement:
    """State how many ties beyond chance one actor has; that it has none says little of an actor seldom named."""
    if not near.focus:
        return withhold("ego", "{value} has no tie beyond chance.", "no name was found")
    of_focus = (near.edges[["actor_a", "actor_b"]] == near.focus).any(axis=1)
    ties = near.edges[of_focus & (near.edges["status"] == "clear")]
    row = actors[actors["actor_id"] == near.focus].iloc[0]
    named = f"{count_noun(int(row['n_mentions']), 'mention')}, {count_noun(int(row['n_origins']), 'origin')}"
    how_many = count_noun(len(ties), "tie") if len(ties) else "no tie"
    opened = _open_pairs(ties, counted, sentences, counting) if len(ties) else sentences_naming(mentions, near.focus)
    return {
        "name": "ego",
        "statement": f"{{value}} has {how_many} beyond chance.",
        "value": row["name"],
        "unit": "actor",
        "base": f"{named}; {_NEEDED}",
        "evidence": opened,
        "status": "clear" if len(ties) else "weak",
    }


def _open_pairs(
    pairs: pd.DataFrame, counted: pd.DataFrame, sentences: pd.DataFrame | None, counting: Counting
) -> list[str]:
    """Give the first sentences of each of the first pairs."""
    return [
        sentence
        for a, b in pairs[["actor_a", "actor_b"]].head(READ_PAIRS).itertuples(index=False, name=None)
        for sentence in sentences_where_met(counted, sentences, a, b, counting=counting)[:READ_SENTENCES]
    ]
