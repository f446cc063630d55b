"""Graph files: readable by a graph library, the same bytes each time, and proof against hostile names."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from inchiesta.actors.network import Network, build_network
from inchiesta.report.graph_files import guard_xml, write_gexf, write_graph_csv, write_graphml
from tests.charts.networks import make_network

HOSTILE = ['<script>alert("1")</script>', "=HYPERLINK(1)", "nul\x00esc\x1b\uffff", "a\r\n\tb & 'c'", "]]>北京 𝔸"]
WRITERS = {"gexf": write_gexf, "graphml": write_graphml}


def network() -> Network:
    pairs, actors = make_network(12, 1)
    actors.loc[: len(HOSTILE) - 1, "name"] = HOSTILE
    return build_network(pairs, actors)


def read(path: Path) -> nx.Graph:
    return nx.read_gexf(path) if path.suffix == ".gexf" else nx.read_graphml(path)


@pytest.mark.parametrize("form", WRITERS)
def test_a_graph_library_reads_what_was_written(form: str, tmp_path: Path) -> None:
    given = network()
    path = tmp_path / f"network.{form}"
    WRITERS[form](given.nodes, given.edges, path)
    graph = read(path)
    assert sorted(graph.nodes) == sorted(given.nodes["actor_id"])
    assert graph.number_of_edges() == len(given.edges)
    assert not graph.is_directed()
    for edge in given.edges.itertuples():
        values = graph.edges[edge.actor_a, edge.actor_b]
        assert values["weight"] == values["n_origins"] == edge.n_origins
        assert values["q_value"] == edge.q_value
    for node in given.nodes.itertuples():
        values = graph.nodes[node.actor_id]
        assert values["label"] == guard_xml(node.name)
        assert values["strength"] == node.strength
        assert "strength_low" not in values  # missing, not zero


@pytest.mark.parametrize("form", WRITERS)
def test_the_same_network_gives_the_same_bytes_without_a_time_stamp(form: str, tmp_path: Path) -> None:
    given = network()
    for name in ("one", "two"):
        WRITERS[form](given.nodes, given.edges, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert b"lastmodified" not in (tmp_path / "one").read_bytes()


def test_what_xml_does_not_know_is_replaced() -> None:
    assert guard_xml("a\x00b\x0b\ud800\ufffe") == "a\ufffdb\ufffd\ufffd\ufffd"
    assert guard_xml("a\t\n\rà𝔸") == "a\t\n\rà𝔸"


def test_no_text_of_a_source_is_in_it_but_names(tmp_path: Path) -> None:
    given = network()
    write_gexf(given.nodes, given.edges, tmp_path / "x.gexf")
    written = (tmp_path / "x.gexf").read_text(encoding="utf-8")
    assert "<script>" not in written
    assert "\x00" not in written and "\x1b" not in written


def test_the_csv_opens_in_graph_programs_and_executes_nothing(tmp_path: Path) -> None:
    given = network()
    paths = write_graph_csv(given.nodes, given.edges, tmp_path / "affair.csv")
    assert [path.name for path in paths] == ["affair-nodes.csv", "affair-edges.csv"]
    nodes, edges = (list(csv.DictReader(path.open(encoding="utf-8-sig", newline=""))) for path in paths)
    assert {"id", "label"} <= set(nodes[0])
    assert list(edges[0])[:3] == ["source", "target", "weight"]
    assert {edge["source"] for edge in edges} | {edge["target"] for edge in edges} == {node["id"] for node in nodes}
    labels = [node["label"] for node in nodes]
    assert "'=HYPERLINK(1)" in labels and "=HYPERLINK(1)" not in labels


@pytest.mark.parametrize("form", WRITERS)
def test_an_empty_network_is_a_valid_file(form: str, tmp_path: Path) -> None:
    empty = build_network(pd.DataFrame(columns=make_network(3)[0].columns), make_network(3)[1])
    WRITERS[form](empty.nodes, empty.edges, tmp_path / f"x.{form}")
    assert read(tmp_path / f"x.{form}").number_of_nodes() == 0
