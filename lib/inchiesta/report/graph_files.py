"""Networks as files: GEXF and GraphML for graph programs, csv tables for all others.

Written here and not by a graph library: the same network gives the same bytes, without a time stamp, and a name that
holds a character XML does not know cannot break the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pandas as pd

from inchiesta.report.spreadsheets import plain_value, write_table_csv

# What XML 1.0 cannot hold, not even as a reference: controls, lone surrogates, and two non-characters.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What each column is in GEXF and GraphML.
_TYPES = {"int64": "long", "float64": "double"}
# A parser would turn a bare carriage return into a line feed.
_LINE_ENDS = {"\r": "&#13;"}
_SKIPPED = ("actor_id", "actor_a", "actor_b", "name")


def guard_xml(value: str) -> str:
    """Give the text with the replacement character where XML 1.0 allows none of what stands there.

    Examples
    --------
    >>> guard_xml("Arvex" + chr(0) + " & Co"), guard_xml("北京")
    ('Arvex\ufffd & Co', '北京')
    """
    return _NOT_XML.sub("\ufffd", value)


def write_gexf(nodes: pd.DataFrame, edges: pd.DataFrame, path: Path) -> None:
    """Write a network as GEXF 1.3; the weight of an edge is its n_origins, missing values are left out.

    Parameters
    ----------
    nodes, edges : DataFrame
        The tables of these names.
    """
    _write(path, _gexf_lines(nodes, edges))


def write_graphml(nodes: pd.DataFrame, edges: pd.DataFrame, path: Path) -> None:
    """Write a network as GraphML; parameters and rules as for `write_gexf`."""
    _write(path, _graphml_lines(nodes, edges))


def write_graph_csv(nodes: pd.DataFrame, edges: pd.DataFrame, path: Path) -> tuple[Path, Path]:
    """Write a network as two csv files beside each other: NAME-nodes.csv and NAME-edges.csv for NAME.csv.

    Their first columns are named as graph programs expect them: id, label; source, target, weight. Cells that would be
    formulas are guarded (see `inchiesta.report.spreadsheets`).
    """
    paths = tuple(path.with_name(f"{path.stem}-{part}.csv") for part in ("nodes", "edges"))
    write_table_csv(nodes.rename(columns={"actor_id": "id", "name": "label"}), paths[0])
    renamed = edges.rename(columns={"actor_a": "source", "actor_b": "target"})
    renamed.insert(2, "weight", edges["n_origins"])
    write_table_csv(renamed, paths[1])
    return paths[0], paths[1]


def _write(path: Path, lines: Iterator[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _attribute(value: Any) -> str:
    return quoteattr(guard_xml(str(value)), _LINE_ENDS)


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    columns = [str(column) for column in frame.columns]
    for row in frame.itertuples(index=False, name=None):
        yield dict(zip(columns, (plain_value(value) for value in row), strict=True))


def _kept(frame: pd.DataFrame) -> dict[str, str]:
    """Give the columns that become attributes, each with its type."""
    return {str(name): _TYPES.get(str(frame[name].dtype), "string") for name in frame if name not in _SKIPPED}


def _gexf_lines(nodes: pd.DataFrame, edges: pd.DataFrame) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">'
    yield '<graph defaultedgetype="undirected" mode="static">'
    for part, frame in (("node", nodes), ("edge", edges)):
        yield f'<attributes class="{part}" mode="static">'
        yield from (f'<attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in _kept(frame).items())
        yield "</attributes>"
    yield "<nodes>"
    for row in _rows(nodes):
        yield f"<node id={_attribute(row['actor_id'])} label={_attribute(row['name'])}>"
        yield from _gexf_values(row)
        yield "</node>"
    yield "</nodes>"
    yield "<edges>"
    for number, row in enumerate(_rows(edges)):
        ends = f"source={_attribute(row['actor_a'])} target={_attribute(row['actor_b'])}"
        yield f'<edge id="{number}" {ends} weight="{row["n_origins"]}">'
        yield from _gexf_values(row)
        yield "</edge>"
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _gexf_values(row: dict[str, Any]) -> Iterator[str]:
    yield "<attvalues>"
    for name, value in row.items():
        if name not in _SKIPPED and value is not None:
            yield f'<attvalue for="{name}" value={_attribute(value)}/>'
    yield "</attvalues>"


def _graphml_lines(nodes: pd.DataFrame, edges: pd.DataFrame) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    yield '<key id="label" for="node" attr.name="label" attr.type="string"/>'
    yield '<key id="weight" for="edge" attr.name="weight" attr.type="long"/>'
    for part, frame in (("node", nodes), ("edge", edges)):
        for name, kind in _kept(frame).items():
            yield f'<key id="{part}_{name}" for="{part}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph edgedefault="undirected">'
    for row in _rows(nodes):
        yield f"<node id={_attribute(row['actor_id'])}>"
        yield _datum("label", row["name"])
        yield from _graphml_values("node", row)
        yield "</node>"
    for row in _rows(edges):
        yield f"<edge source={_attribute(row['actor_a'])} target={_attribute(row['actor_b'])}>"
        yield _datum("weight", row["n_origins"])
        yield from _graphml_values("edge", row)
        yield "</edge>"
    yield "</graph>"
    yield "</graphml>"


def _graphml_values(part: str, row: dict[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if name not in _SKIPPED and value is not None:
            yield _datum(f"{part}_{name}", value)


def _datum(key: str, value: Any) -> str:
    return f'<data key="{key}">{escape(guard_xml(str(value)), _LINE_ENDS)}</data>'
