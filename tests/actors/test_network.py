"""The network: what survives, who stands where and how sure that is, on tables worked out by hand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from inchiesta.actors.backbone import choose_edges
from inchiesta.actors.incidence import Incidence, build_incidence
from inchiesta.actors.named import find_actor
from inchiesta.actors.network import Network, build_network, ego, rank_nodes
from inchiesta.actors.pairs import count_pairs
from inchiesta.errors import ParameterError
from inchiesta.tables import check_table, empty_table
from tests.charts.networks import make_network, make_pairs, name_actors

NODE_COLUMNS = ["degree", "strength", "betweenness"]


def network_of(origins: dict[tuple[str, str], int], n: int, seed: int = 0) -> Network:
    return build_network(make_pairs(origins), name_actors(n, 1), seed=seed)


def corpus(meetings: list[tuple[str, ...]]) -> tuple[pd.DataFrame, pd.DataFrame, Incidence]:
    """Pairs, actors and incidence of one sentence a document, each an origin of its own."""
    rows = [(f"d{n:02d}", f"d{n:02d}:1", actor, "name") for n, actors in enumerate(meetings) for actor in actors]
    mentions = pd.DataFrame(rows, columns=["document_id", "sentence_id", "actor_id", "form"])
    ids = [f"d{n:02d}" for n in range(len(meetings))]
    documents = pd.DataFrame({"document_id": ids, "origin_id": ids, "n_chars": 1, "status": "read"})
    names = name_actors(12, 1)
    return count_pairs(mentions, documents), names, build_incidence(mentions, documents)


def test_an_edge_needs_q_and_stability_and_three_origins() -> None:
    pairs = make_pairs({("a", "b"): 5, ("a", "c"): 5, ("a", "d"): 5, ("a", "e"): 2, ("a", "f"): 5})
    pairs.loc[pairs["actor_b"] == "c", "q_value"] = 0.05
    pairs.loc[pairs["actor_b"] == "d", "stability"] = 0.89
    pairs.loc[pairs["actor_b"] == "f", "expected"] = 9.0
    edges = choose_edges(pairs)
    check_table("edges", edges)
    assert edges[["actor_b", "status"]].to_numpy().tolist() == [["b", "clear"]]
    assert choose_edges(pairs, min_stability=0.8)["actor_b"].tolist() == ["b", "d"]
    assert choose_edges(pairs, max_q=0.06)["actor_b"].tolist() == ["b", "c"]


def test_below_five_origins_three_of_them_must_name_both() -> None:
    pairs = make_pairs({("a", "b"): 4, ("a", "c"): 2}).assign(stability=np.nan)
    assert choose_edges(pairs)["actor_b"].tolist() == ["b"]


def test_one_document_gives_weak_pairs_only_and_no_centrality() -> None:
    pairs = make_pairs({("a000", f"a{n:03d}"): 1 for n in range(1, 20)}).assign(stability=None)
    pairs.loc[3, "n_together"] = 9
    network = build_network(pairs, name_actors(20, 1))
    check_table("nodes", network.nodes)
    check_table("edges", network.edges)
    assert len(network.edges) == 15
    assert network.edges["actor_b"].iloc[0] == "a004"
    assert set(network.edges["status"]) == {"weak"}
    assert set(network.nodes["community"]) == {""}
    assert not network.nodes[NODE_COLUMNS].to_numpy().any()
    assert network.nodes["strength_low"].isna().all()


def test_no_pairs_give_empty_tables() -> None:
    network = build_network(empty_table("pairs"), empty_table("actors"))
    check_table("nodes", network.nodes)
    check_table("edges", network.edges)
    assert network.nodes.empty and network.edges.empty


def test_a_chain_is_measured_by_hand() -> None:
    network = network_of({("a000", "a001"): 3, ("a001", "a002"): 5}, 3)
    nodes = network.nodes.set_index("actor_id")
    assert nodes.index.tolist() == ["a001", "a002", "a000"]  # by falling strength
    assert nodes["degree"].tolist() == [2, 1, 1]
    assert nodes["strength"].tolist() == [8, 5, 3]
    assert nodes["betweenness"].tolist() == [1.0, 0.0, 0.0]
    assert network.edges["n_origins"].tolist() == [5, 3]


def test_a_weight_is_a_strength_and_no_distance() -> None:
    # From a to c the way over b is two short steps, the direct one a single long one.
    network = network_of({("a000", "a001"): 12, ("a001", "a002"): 12, ("a000", "a002"): 3}, 3)
    assert network.nodes.set_index("actor_id")["betweenness"]["a001"] == 1.0
    # Two ways of equal length share the traffic, whatever a third is in binary digits.
    even = network_of({("a000", "a001"): 6, ("a001", "a002"): 6, ("a000", "a002"): 3}, 3)
    assert even.nodes.set_index("actor_id")["betweenness"]["a001"] == 0.5


def test_two_cliques_are_two_communities_the_larger_first() -> None:
    small = {(f"a{a:03d}", f"a{b:03d}"): 9 for a in range(3) for b in range(a)}
    large = {(f"a{a:03d}", f"a{b:03d}"): 9 for a in range(3, 7) for b in range(3, a)}
    network = network_of({tuple(sorted(p)): n for p, n in {**small, **large, ("a000", "a003"): 3}.items()}, 7)  # type: ignore[misc]
    communities = network.nodes.groupby("community")["actor_id"].agg(sorted).to_dict()
    assert communities == {"c1": ["a003", "a004", "a005", "a006"], "c2": ["a000", "a001", "a002"]}


def test_the_same_seed_gives_the_same_communities_in_any_process() -> None:
    code = (
        "from tests.charts.networks import make_network; from inchiesta.actors.network import build_network; "
        "print(build_network(*make_network(90, 1)).nodes.to_json())"
    )
    path = {"PYTHONPATH": ":".join(sys.path)}
    results = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**path, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(results) == 1


def test_intervals_hold_the_value_and_degree_has_no_way_up() -> None:
    meetings = [("a000", "a001")] * 12 + [("a001", "a002")] * 9 + [("a003",), ("a004",)] * 30
    network = build_network(*corpus(meetings))
    check_table("nodes", network.nodes)
    nodes = network.nodes.set_index("actor_id").loc["a001"]
    assert (nodes["degree"], nodes["strength"]) == (2, 21)
    assert nodes["strength_low"] < 21 < nodes["strength_high"]
    # The number of such origins in a resample is binomial: 81 draws, a chance of 21 in 81.
    spread = 1.96 * np.sqrt(81 * 21 / 81 * 60 / 81)
    assert nodes["strength_high"] - nodes["strength_low"] == pytest.approx(2 * spread, rel=0.25)
    assert nodes["degree_low"] == nodes["degree_high"] == 2
    assert 0 <= nodes["betweenness_low"] <= nodes["betweenness_high"] <= 1
    assert (network.nodes["degree_high"] <= network.nodes["degree"]).all()


def test_intervals_are_empty_without_resamples() -> None:
    pairs, actors, incidence = corpus([("a000", "a001")] * 4)
    pairs = pairs.assign(q_value=0.01, expected=1.0)
    nodes = build_network(pairs, actors, incidence).nodes
    assert nodes["strength"].tolist() == [4, 4]
    assert nodes["strength_low"].isna().all()
    assert network_of({("a000", "a001"): 9}, 2).nodes["strength_low"].isna().all()


def test_a_network_is_independent_of_the_order_of_pairs_and_changes_no_table() -> None:
    pairs, actors = make_network(40, 2)
    before = pairs.copy(deep=True), actors.copy(deep=True)
    one = build_network(pairs, actors)
    other = build_network(pairs.sample(frac=1, random_state=1), actors.sample(frac=1, random_state=1))
    for a, b in ((one.nodes, other.nodes), (one.edges, other.edges)):
        pd.testing.assert_frame_equal(a, b)
    pd.testing.assert_frame_equal(pairs, before[0])
    pd.testing.assert_frame_equal(actors, before[1])


CHAIN = {("a000", "a001"): 3, ("a001", "a002"): 4, ("a002", "a003"): 5}


def test_an_ego_view_holds_the_neighbours_and_their_ties() -> None:
    network = network_of({**CHAIN, ("a000", "a002"): 6}, 4)
    near = ego(network, "a000")
    assert sorted(near.nodes["actor_id"]) == ["a000", "a001", "a002"]
    assert len(near.edges) == 3
    assert near.nodes.set_index("actor_id")["strength"]["a002"] == 15  # of the whole network
    assert len(ego(network, "a000", radius=2).nodes) == 4


def test_an_actor_is_named_by_id_or_by_exact_name() -> None:
    network = network_of(CHAIN, 4)
    name = network.nodes["name"].iloc[0]
    assert find_actor(network.nodes, name) == network.nodes["actor_id"].iloc[0]
    assert find_actor(network.nodes, "a002") == "a002"


def test_an_unknown_actor_is_answered_with_near_names() -> None:
    network = network_of(CHAIN, 4)
    name = str(network.nodes["name"].iloc[0])
    with pytest.raises(ParameterError, match=f"no actor '{name.lower()}' in the network .*near names: {name}"):
        ego(network, name.lower())
    with pytest.raises(ParameterError, match="of 4 actors none has a near name"):
        ego(network, "0000")
    with pytest.raises(ParameterError, match="radius is 1 or more steps; got 0"):
        ego(network, name, radius=0)
    twins = Network(network.nodes.assign(name="Ferrucci"), network.edges)
    with pytest.raises(ParameterError, match="4 actors are called 'Ferrucci'; name one by its actor_id: a0"):
        ego(twins, "Ferrucci")


def test_an_actor_without_a_tie_is_known_where_the_actors_are_given() -> None:
    network, actors = network_of(CHAIN, 4), name_actors(6, 1)
    alone = ego(network, actors["name"].iloc[5], actors=actors)
    check_table("nodes", alone.nodes)
    check_table("edges", alone.edges)
    assert alone.nodes.empty and alone.edges.empty
    with pytest.raises(ParameterError, match="no actor 'a005' in the network"):
        ego(network, "a005")
    assert len(ego(network, "a000", actors=actors).edges) == 1


def test_a_near_name_may_be_an_alias_and_is_offered_once() -> None:
    actors = name_actors(6, 1)
    actors["aliases"] = [[name, f"{name} II"] for name in actors["name"]]
    actors.at[3, "aliases"] = ["LTA"]
    with pytest.raises(ParameterError, match=f"no actor 'lta' in the texts; near names: {actors['name'][3]}"):
        find_actor(actors, "lta")
    wanted = str(actors["name"][0])[:-1]
    with pytest.raises(ParameterError, match="near names") as caught:
        find_actor(actors, wanted)
    assert str(caught.value).count(actors["name"][0]) == 1


def test_the_table_beside_the_figure_ranks_by_strength() -> None:
    table = rank_nodes(network_of(CHAIN, 4).nodes, n=2)
    assert table["strength"].tolist() == [9, 7]
    assert len(table.columns) == 8
