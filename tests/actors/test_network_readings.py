"""What is stated about copies, silences, the network and one actor of it, whatever two actors meet in."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from inchiesta.actors.counting import UNITS, Counting
from inchiesta.actors.network import Network, build_network
from inchiesta.actors.network_readings import (
    choose_ego,
    cut_ego,
    read_strongest,
    state_ego,
    state_flips,
    state_network,
    state_silences,
)
from inchiesta.actors.pairs import compare_copies, count_met, count_pairs
from inchiesta.actors.text_units import count_once
from inchiesta.errors import ParameterError
from inchiesta.tables import empty_table
from tests.actors.test_pairs import build, sentences_of
from tests.charts.networks import make_pairs, name_actors

Statement = dict[str, Any]


def name_all(mentions: pd.DataFrame) -> pd.DataFrame:
    """Give a table actors: each is called by its id in capitals."""
    counts = mentions["actor_id"].value_counts().sort_index()
    return pd.DataFrame(
        {"actor_id": counts.index, "name": counts.index.str.upper(), "kind": "PER", "n_mentions": counts.to_numpy()}
    ).assign(n_origins=1)


def meet(pair: tuple[str, str], document: str) -> dict[str, list[str]]:
    """Two actors in two neighbouring sentences of a paragraph, never in one sentence."""
    return {f"{document}:{n}": [actor] for n, actor in enumerate(pair, 1)}


@pytest.fixture
def apart() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Mentions, documents, sentences: a and b meet in twelve documents, k and l in copies only; no sentence has two."""
    rows: dict[str, list[str]] = {}
    for n in range(40):
        rows |= meet((f"x{n % 7}", f"y{n % 9}"), f"c{n:02d}")
    for n in range(12):
        rows |= meet(("a", "b"), f"d{n:02d}")
    for n in range(20):
        rows |= meet(("k", "l"), f"e{n:02d}")
    # Copies of one text: only the longest counts, and it is the one that does not name k and l.
    rows |= {"e99:1": ["k"], "e99:2": ["z"], "e99:3": ["z"]}
    mentions, documents = build(rows, {f"e{n:02d}": "wire" for n in (*range(20), 99)})
    return mentions, documents, sentences_of(mentions, dict.fromkeys(rows, 0))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("count_copies", [False, True])
def test_every_unit_opens_to_sentences(
    apart: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame], unit: str, count_copies: bool
) -> None:
    mentions, documents, sentences = apart
    counting = Counting(unit=unit, count_copies=count_copies)
    where = {"sentences": sentences, "counting": counting}
    counted = count_once(mentions, documents, **where)
    actors = name_all(mentions)
    pairs = count_pairs(mentions, documents, **where)
    network = build_network(pairs, actors)
    flips = compare_copies(mentions, documents, **where)
    both = where | {"counting": counting.with_copies()}
    every = count_once(mentions, documents, **both)
    statements = [
        state_flips(flips, count_met(every, documents, **both), every, **both),
        state_network(network.nodes, network.edges, counted, **where),
        state_ego(cut_ego(network.nodes, network.edges, actors, "a"), actors, counted, mentions, **where),
        state_ego(cut_ego(network.nodes, network.edges, actors, "z"), actors, counted, mentions, **where),
    ]
    for statement in statements:
        assert set(statement["evidence"]) <= set(sentences["sentence_id"])
        assert statement["evidence"] or not statement["value"], statement["name"]
    apart_in_sentences = unit == "sentence"
    assert (statements[0]["value"] == 0) == (statements[1]["value"] == 0) == apart_in_sentences
    assert statements[2]["statement"] == (
        "{value} has no tie beyond chance." if apart_in_sentences else "{value} has 1 tie beyond chance."
    )
    stated = pd.Series("stated", index=sentences["sentence_id"])
    assert read_strongest(pairs, actors, counted, evidentiality=stated, **where).empty == apart_in_sentences


def test_a_pair_that_meets_only_in_copies_flips_and_has_its_sentences(
    apart: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame],
) -> None:
    mentions, documents, sentences = apart
    where = {"sentences": sentences, "counting": Counting(unit="document")}
    flips = compare_copies(mentions, documents, **where)
    assert flips[["actor_a", "actor_b", "survives", "n_once"]].to_numpy().tolist() == [["k", "l", "copies", 0]]
    once = count_once(mentions, documents, **where)
    assert not state_flips(flips, 0, once, **where)["evidence"]
    every = count_once(mentions, documents, sentences=sentences, counting=Counting(count_copies=True))
    n_met = count_met(every, documents, **where)
    assert n_met == len(count_pairs(mentions, documents, **where)) + 1  # k with l
    stated = state_flips(flips, n_met, every, **where)
    assert stated["evidence"] == ["e00:1", "e00:2", "e01:1"]
    assert stated["statement"] == "{value} pair flips when every copy counts."


@pytest.fixture
def chain() -> tuple[Network, pd.DataFrame]:
    """Three actors in a chain, and a fourth, a003, that has no tie."""
    actors = name_actors(4, 1)
    return build_network(make_pairs({("a000", "a001"): 3, ("a001", "a002"): 4}), actors), actors


def named_by(actors: pd.DataFrame) -> pd.DataFrame:
    ids = actors["actor_id"]
    return pd.DataFrame({"actor_id": ids, "sentence_id": "d1:" + ids, "document_id": "d1", "form": "name"})


def test_an_actor_without_a_tie_is_said_in_words(chain: tuple[Network, pd.DataFrame]) -> None:
    network, actors = chain
    name = actors["name"][3]
    near = cut_ego(network.nodes, network.edges, actors, name)
    assert near.focus == "a003"
    assert near.nodes.empty and near.edges.empty
    stated = state_ego(near, actors, named_by(actors), named_by(actors))
    assert stated["statement"] == "{value} has no tie beyond chance."
    assert (stated["value"], stated["status"]) == (name, "weak")
    assert stated["base"].startswith(f"{actors['n_mentions'][3]} mentions, {actors['n_origins'][3]} origins; ")
    assert stated["evidence"] == ["d1:a003"]


def test_an_unknown_actor_is_an_error_with_near_names(chain: tuple[Network, pd.DataFrame]) -> None:
    network, actors = chain
    name = actors["name"][3]
    with pytest.raises(ParameterError, match=f"no actor '{name.lower()}' in the texts; near names: {name}"):
        cut_ego(network.nodes, network.edges, actors, name.lower())
    with pytest.raises(ParameterError, match="of 4 actors none has a near name"):
        cut_ego(empty_table("nodes"), empty_table("edges"), actors, "0000")


def test_weak_ties_are_no_ties_beyond_chance() -> None:
    actors = name_actors(3, 1)
    pairs = make_pairs({("a000", "a001"): 3}, q_value=0.5)
    network = build_network(pairs, actors)
    near = cut_ego(network.nodes, network.edges, actors, choose_ego(network.nodes, actors, ""))
    assert len(near.edges) == 1
    stated = state_ego(near, actors, named_by(actors), named_by(actors))
    assert stated["statement"] == "{value} has no tie beyond chance."


def test_a_text_without_names_has_nobody_to_look_at() -> None:
    nodes, edges, actors, mentions = (empty_table(name) for name in ("nodes", "edges", "actors", "mentions"))
    near = cut_ego(nodes, edges, actors, choose_ego(nodes, actors, ""))
    assert near.focus == ""
    assert state_ego(near, actors, mentions, mentions)["status"] == "withheld"


@pytest.mark.parametrize(("n_pairs", "words"), [(1, "1 such pair"), (2, "2 such pairs")])
def test_one_is_said_in_the_singular(n_pairs: int, words: str) -> None:
    mentions, _ = build({"d1:1": ["a", "b"]})
    row = {"actor_a": "a", "actor_b": "b", "unit": "document", "n_together": 1, "expected": 9.0, "q_value": 0.01}
    stated = state_silences(pd.DataFrame([row] * n_pairs), name_all(mentions), mentions)
    assert stated["base"] == f"1 shared document where chance gives 9.0, q = 0.01; {words}"
