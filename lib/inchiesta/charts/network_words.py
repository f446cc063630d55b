"""What the picture of a network says in words: the finding as its title, the base as its subtitle."""

from __future__ import annotations

import pandas as pd


def make_title(nodes: pd.DataFrame, edges: pd.DataFrame, focus: str = "") -> str:
    """Make the title: who has the strongest ties and to whom; or that no pair survives.

    Parameters
    ----------
    nodes, edges : tables nodes and edges.
    focus : actor_id the picture is about; empty for the whole network.
    """
    names = dict(zip(nodes["actor_id"], nodes["name"], strict=True))
    if not (edges["status"] == "clear").any():
        about = f" of {names[focus]}" if focus else ""
        return f"No pair{about} survives the test against chance"
    if len(edges) == 1:
        return (
            f"{names[edges['actor_a'].iloc[0]]} and {names[edges['actor_b'].iloc[0]]} are the only pair beyond chance"
        )
    strongest = nodes.loc[nodes["strength"] == nodes["strength"].max(), "actor_id"].tolist()
    if not focus and len(strongest) > 1:
        others = f"{names[strongest[0]]} and {names[strongest[1]]}"
        return f"{others} have the strongest ties" if len(strongest) == 2 else f"{len(strongest)} actors are tied alike"
    actor = focus or strongest[0]
    partners = _partners(edges, actor)
    if focus:
        count = f"{len(partners)} tie{'' if len(partners) == 1 else 's'}"
        return f"{names[actor]} has {count} beyond chance, the strongest to {names[partners[0]]}"
    return f"{names[actor]} has the strongest ties, above all to {names[partners[0]]}"


def say_nothing(actors: pd.DataFrame, focus: str = "") -> tuple[str, str]:
    """Give title and words of a network without a tie, or of an actor (``focus``, an actor_id) without one."""
    if not focus:
        return "No tie between actors", "No two actors are named together more often than chance would have it."
    actor = actors[actors["actor_id"] == focus].iloc[0]
    counts = [
        f"{actor[column]:,} {noun}{'' if actor[column] == 1 else 's'}"
        for column, noun in (("n_mentions", "mention"), ("n_origins", "origin"))
    ]
    words = f"{' in '.join(counts)}, but no pair more often than chance explains that stays when texts are left out."
    return f"{actor['name']} has no tie beyond chance", words


def _partners(ties: pd.DataFrame, actor: str) -> list[str]:
    """Give the actors tied to one, the strongest tie first."""
    own = ties[(ties["actor_a"] == actor) | (ties["actor_b"] == actor)]
    own = own.sort_values(
        ["n_origins", "n_together", "actor_a", "actor_b"], ascending=[False, False, True, True], kind="stable"
    )
    return [str(b) if a == actor else str(a) for a, b in zip(own["actor_a"], own["actor_b"], strict=True)]


def make_subtitle(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    shown: pd.DataFrame,
    ties: pd.DataFrame,
    n_named: int,
) -> str:
    """Make the subtitle: what a line is, out of how many actors and pairs, and what was left out of the drawing."""
    base = f"{len(nodes):,} of {len(actors):,} actors, {len(edges):,} of {len(pairs):,} pairs"
    if not (edges["status"] == "clear").any():
        unit = edges["unit"].iloc[0]
        parts = [f"Dashed: the pairs that share the most {unit}s, which chance alone may explain; {base}"]
    else:
        parts = [
            f"Lines join actors named together more often than chance explains, also when texts are left out; {base}"
        ]
    if len(shown) < len(nodes):
        parts.append(f"drawn are the {len(shown):,} with the strongest ties")
    among = edges["actor_a"].isin(shown["actor_id"]) & edges["actor_b"].isin(shown["actor_id"])
    if len(ties) < int(among.sum()):
        parts.append(f"{len(ties):,} lines are drawn, the two strongest of each")
    if n_named < len(shown):
        parts.append(f"{n_named:,} are named")
    return "; ".join(parts)
