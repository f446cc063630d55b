"""The network: the ties between actors that survive chance, its communities, and who stands where in it."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.actors.backbone import MAX_Q, MIN_STABILITY, choose_edges
from inchiesta.actors.centrality import count_degree_and_strength, interval, resample_edges
from inchiesta.actors.incidence import Incidence
from inchiesta.actors.named import find_actor
from inchiesta.actors.stability import FEWEST_ORIGINS
from inchiesta.errors import ParameterError
from inchiesta.tables import empty_table, table_of

Reals = NDArray[np.float64]
Wholes = NDArray[np.int64]

# Shortest paths cost nodes x edges; this many take about four seconds. In a larger network betweenness is estimated
# from the paths of as many drawn nodes as the budget buys, but of no fewer than 100: fewer would be a lottery.
PATH_BUDGET, FEWEST_PIVOTS = 2_000_000, 100
# The same again for the intervals; a network for which it buys fewer resamples than the fewest gets none.
MOST_PATH_RESAMPLES, FEWEST_PATH_RESAMPLES = 100, 20
# Divisible by 1 to 16: paths of equal length stay equal, where 1/3 + 1/3 and 2/3 would differ in the last digit.
LENGTH = 720_720


@dataclass(frozen=True)
class Network:
    """A network as two tables.

    Attributes
    ----------
    nodes : DataFrame
        Table ``nodes``: the actors with an edge, by falling strength, then n_mentions.
    edges : DataFrame
        Table ``edges``: by falling n_origins, then n_together.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


def build_network(
    pairs: pd.DataFrame,
    actors: pd.DataFrame,
    incidence: Incidence | None = None,
    *,
    max_q: float = MAX_Q,
    min_stability: float = MIN_STABILITY,
    seed: int = 0,
) -> Network:
    """Build the network of the pairs that survive chance.

    Parameters
    ----------
    pairs, actors : DataFrame
        The tables of these names.
    incidence : Incidence, optional
        What ``pairs`` were counted from (`inchiesta.actors.incidence.build_incidence`); without it no intervals.
    max_q, min_stability : float
        What a pair must reach to survive (`inchiesta.actors.backbone.choose_edges`), 0 to 1.
    seed : int
        Seed of the communities and the resampling.

    Returns
    -------
    Network
        Tables ``nodes`` and ``edges``. Where no pair survives, the edges are the strongest of the weak pairs, marked
        *weak*; their nodes have no community, and their centralities are 0: there is nothing to stand in.

    Notes
    -----
    Deterministic for a seed. *degree* counts edges; *strength* adds their n_origins up, so an origin that ties an
    actor to three others counts three times; *betweenness* is the share of shortest paths between two others that
    lead over the actor, an edge being the shorter the more origins it has (1 / n_origins); where nodes x edges exceed
    2 million it is estimated from the paths of drawn nodes, 100 at least.

    The intervals hold 95% of the resamples of the origins, within the edges of the backbone: an edge is in a resample
    when the two meet there more often than expected. A pair outside the backbone cannot enter it, so the interval of
    degree says how far it may fall, not how far it may rise. Empty where the corpus has fewer than 5 origins; for
    betweenness (100 resamples, fewer in larger networks) also where nodes x edges exceed 100,000.

    What it does not show: why two are named together; and another seed may cut the communities otherwise.

    References
    ----------
    Blondel, V. et al. (2008), Fast unfolding of communities in large networks. J. Stat. Mech. P10008.
    doi:10.1088/1742-5468/2008/10/P10008 (communities).
    Brandes, U. (2001), A faster algorithm for betweenness centrality. J. Math. Sociol. 25, 163-177.
    doi:10.1080/0022250X.2001.9990249.
    """
    edges = choose_edges(pairs, max_q=max_q, min_stability=min_stability)
    if edges.empty:
        return Network(empty_table("nodes"), edges)
    ids = sorted(set(edges["actor_a"]) | set(edges["actor_b"]))
    ends = _number_ends(edges, ids)
    counts = np.where(edges["status"] == "clear", edges["n_origins"], 0).astype(np.int64)
    nodes = actors.set_index("actor_id").reindex(ids)[["name", "kind", "n_mentions", "n_origins"]]
    nodes = nodes.rename_axis("actor_id").reset_index().astype({"actor_id": "str"})
    nodes["community"] = pd.Series(_find_communities(ends, counts, len(ids), seed), dtype="str")
    nodes = nodes.assign(**_measure(ends, counts, len(ids), seed), **_no_intervals(len(ids)))
    if incidence is not None and counts.any() and incidence.n_origins >= FEWEST_ORIGINS:
        nodes = nodes.assign(**_measure_intervals(ends, resample_edges(edges, incidence, seed), len(ids), seed))
    order = ["strength", "n_mentions", "actor_id"]
    nodes = nodes.sort_values(order, ascending=[False, False, True], kind="stable", ignore_index=True)
    return Network(nodes[table_of("nodes").names], edges)


def _number_ends(edges: pd.DataFrame, ids: list[str]) -> Wholes:
    """Give the two nodes of each edge as places in ``ids``."""
    index = pd.Index(ids)
    return np.column_stack([index.get_indexer(pd.Index(edges[side])) for side in ("actor_a", "actor_b")]).astype(
        np.int64
    )


def _graph(ends: Wholes, counts: Wholes, n_nodes: int) -> nx.Graph:
    """Fill a graph with the edges that have origins. Nodes are numbers: sets of names have another order each run."""
    graph = nx.Graph()
    graph.add_nodes_from(range(n_nodes))
    for (a, b), count in zip(ends.tolist(), counts.tolist(), strict=True):
        if count:
            graph.add_edge(a, b, weight=count, length=round(LENGTH / count))
    return graph


def _find_communities(ends: Wholes, counts: Wholes, n_nodes: int, seed: int) -> list[str]:
    """Name the community of each node, the largest c1, among equals the one with the first actor_id."""
    if not counts.any():
        return [""] * n_nodes
    found = nx.community.louvain_communities(_graph(ends, counts, n_nodes), weight="weight", seed=seed)
    ranked = sorted((sorted(members) for members in found), key=lambda members: (-len(members), members))
    return [
        name
        for _, name in sorted(
            (node, f"c{number}") for number, members in enumerate(ranked, start=1) for node in members
        )
    ]


def _measure(ends: Wholes, counts: Wholes, n_nodes: int, seed: int) -> dict[str, Wholes | Reals]:
    degree, strength = count_degree_and_strength(ends, counts[:, None], n_nodes)
    between = _betweenness(ends, counts, n_nodes, seed)
    return {"degree": degree[:, 0], "strength": strength[:, 0], "betweenness": between}


def _betweenness(ends: Wholes, counts: Wholes, n_nodes: int, seed: int) -> Reals:
    pivots = min(n_nodes, max(FEWEST_PIVOTS, PATH_BUDGET // len(ends)))
    found = nx.betweenness_centrality(
        _graph(ends, counts, n_nodes), k=None if pivots == n_nodes else pivots, weight="length", seed=seed
    )
    # Sums over drawn nodes, scaled up, may pass 1 by a little.
    values: Reals = np.array([found[node] for node in range(n_nodes)])
    return np.clip(values, 0.0, 1.0)


def _no_intervals(n_nodes: int) -> dict[str, Reals]:
    measures = ("degree", "strength", "betweenness")
    return {f"{measure}_{end}": np.full(n_nodes, np.nan) for measure in measures for end in ("low", "high")}


def _measure_intervals(ends: Wholes, drawn: Wholes, n_nodes: int, seed: int) -> dict[str, Reals]:
    """Give the columns of the intervals, those of betweenness only where they can be walked in a few seconds."""
    measured: dict[str, Wholes | Reals] = {}
    measured["degree"], measured["strength"] = count_degree_and_strength(ends, drawn, n_nodes)
    n_resamples = min(MOST_PATH_RESAMPLES, PATH_BUDGET // (n_nodes * len(ends)))
    if n_resamples >= FEWEST_PATH_RESAMPLES:
        columns = [_betweenness(ends, drawn[:, number], n_nodes, seed) for number in range(n_resamples)]
        measured["betweenness"] = np.column_stack(columns)
    ends_of = {measure: interval(values) for measure, values in measured.items()}
    return {
        f"{measure}_{end}": found[at] for measure, found in ends_of.items() for at, end in enumerate(("low", "high"))
    }


def ego(network: Network, actor: str, *, actors: pd.DataFrame | None = None, radius: int = 1) -> Network:
    """Give the part of the network around one actor.

    Parameters
    ----------
    network : Network
        See `build_network`.
    actor : str
        An actor_id or the exact name of an actor: of the network, or of ``actors`` where they are given.
    actors : DataFrame, optional
        Table ``actors``; with it, an actor without a tie is known, too.
    radius : int
        Steps from the actor, 1 and up.

    Returns
    -------
    Network
        The actors within ``radius`` steps and all edges among them; communities and centralities stay those of the
        whole network. Empty tables for an actor of ``actors`` that has no tie.

    Raises
    ------
    ParameterError
        If the radius is below 1; if no actor has that id or name (the message lists near names); or if several have
        that name (the message lists their ids).
    """
    if radius < 1:
        raise ParameterError(f"radius is 1 or more steps; got {radius}")
    nodes, edges = network.nodes, network.edges
    if actors is None:
        chosen = find_actor(nodes, actor, where="in the network (only actors with a drawn tie are in it)")
    else:
        chosen = find_actor(actors, actor)
    ids = nodes["actor_id"].tolist()
    if chosen not in ids:
        return Network(nodes.iloc[:0], edges.iloc[:0])
    ends = _number_ends(edges, ids)
    graph = _graph(ends, np.ones(len(ends), dtype=np.int64), len(ids))
    near = nx.single_source_shortest_path_length(graph, ids.index(chosen), cutoff=radius)
    kept = {ids[number] for number in near}
    inside = edges["actor_a"].isin(kept) & edges["actor_b"].isin(kept)
    return Network(nodes[nodes["actor_id"].isin(kept)].reset_index(drop=True), edges[inside].reset_index(drop=True))


def rank_nodes(nodes: pd.DataFrame, *, n: int = 15) -> pd.DataFrame:
    """Give the table to print beside the figure: the actors with the strongest ties.

    Parameters
    ----------
    nodes : DataFrame
        Table ``nodes``.
    n : int
        Rows, 1 and up.

    Returns
    -------
    DataFrame
        name, kind, community, degree, strength, strength_low, strength_high, betweenness; by falling strength. Two
        actors whose intervals overlap should not be ranked against each other.
    """
    columns = ["name", "kind", "community", "degree", "strength", "strength_low", "strength_high", "betweenness"]
    order = ["strength", "n_mentions", "actor_id"]
    return (
        nodes.sort_values(order, ascending=[False, False, True], kind="stable")[columns].head(n).reset_index(drop=True)
    )
