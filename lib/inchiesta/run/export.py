"""Write a table of a dossier to a file or to standard output, or its network to files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from inchiesta.corpus.written import add_to_ledger
from inchiesta.errors import ParameterError, SettingsError
from inchiesta.report.graph_files import write_gexf, write_graph_csv, write_graphml
from inchiesta.report.spreadsheets import stream_csv, stream_jsonl, write_table_csv, write_table_jsonl
from inchiesta.settings import cache_folder
from inchiesta.tables import to_arrow

if TYPE_CHECKING:
    from inchiesta.dossier import Dossier


def export_table(dossier: Dossier, name: str, *, form: str, out: Path | None) -> None:
    """Write table ``name`` as ``csv``, ``jsonl`` or ``parquet``.

    A Parquet file is entered in the ledger, so that it can be a source later.

    Raises
    ------
    SettingsError
        For Parquet without a file to write to.
    """
    table = dossier.table(name)
    if form == "parquet":
        if out is None:
            raise SettingsError("parquet is not written to a terminal; name a file with --out")
        pq.write_table(to_arrow(name, table), out, write_page_checksum=True, row_group_size=10_000)
        add_to_ledger(cache_folder(), out)
    elif out is None:
        (stream_csv if form == "csv" else stream_jsonl)(table, sys.stdout)
    else:
        (write_table_csv if form == "csv" else write_table_jsonl)(table, out)


def export_network(dossier: Dossier, *, form: str, out: Path, actor: str = "", radius: int = 1) -> list[Path]:
    """Write the network of a dossier as ``gexf``, ``graphml`` or ``csv``, and give the files written.

    Parameters
    ----------
    out
        File to write; for csv ``NAME.csv`` stands for ``NAME-nodes.csv`` and ``NAME-edges.csv``.
    actor, radius
        Only the part within ``radius`` steps of this actor (see `inchiesta.actors.network.ego`).

    Raises
    ------
    ParameterError
        If there is no such actor (the message lists near names), or it has no tie.
    """
    from inchiesta.actors.network import Network, ego  # loads networkx: a table needs none

    network = Network(dossier.table("nodes"), dossier.table("edges"))
    if actor:
        network = ego(network, actor, actors=dossier.actors, radius=radius)
        if network.nodes.empty:
            raise ParameterError(f"'{actor}' is named in the texts, but has no tie in the network: nothing to write")
    if form == "csv":
        return list(write_graph_csv(network.nodes, network.edges, out))
    (write_gexf if form == "gexf" else write_graphml)(network.nodes, network.edges, out)
    return [out]
