"""A run folder small enough to work out by hand, and the same with hostile text in every field."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from inchiesta.report.build import build_report
from inchiesta.report.page import start_page
from inchiesta.tables import TABLES, check_table

SHA = {"a": "a" * 64, "b": "b" * 64, "c": "c" * 64}
A, B, COPY, ODD = "daaaaaaaaaaaaaaaa", "dbbbbbbbbbbbbbbbb", "daaaaaaaaaaaaaaaa-2", "dcccccccccccccccc"


@dataclass
class SmallDossier:
    """Three sentences of two documents, one copy, one file set aside."""

    name: str
    documents: pd.DataFrame
    sentences: pd.DataFrame
    mentions: pd.DataFrame
    tones: pd.DataFrame
    actors: pd.DataFrame
    evidentiality: pd.Series
    fingerprint: str = "f" * 64


def frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=TABLES[name].names)
    if name == "sentences":
        table["repeats_paragraph"] = table["repeats_paragraph"].astype("Int64")
    check_table(name, table)
    return table


def small_dossier(spoil: str = "") -> SmallDossier:
    """Give the small dossier; `spoil` is put into every free text."""
    name = f"Aliyev{spoil}"
    said = f"{name} parla di tradimento."
    text = f"Prima frase. {said} Dopo."
    start = len("Prima frase. ")
    end = start + len(said)

    def document(key: str, path: str, sha: str, origin: str, status: str, reason: str, content: str) -> tuple[Any, ...]:
        return (
            key,
            path,
            "",
            sha,
            f"Titolo{spoil}",
            f"Il Foglio{spoil}",
            "",
            "",
            "it",
            0.9,
            "2024-03-12",
            "day",
            origin,
            len(content),
            3,
            status,
            reason,
            content,
        )

    return SmallDossier(
        f"corpus{spoil}",
        frame(
            "documents",
            [
                document(A, f"a{spoil}.txt", SHA["a"], "o" + "a" * 16, "read", "", text),
                document(B, "b.txt", SHA["b"], "o" + "a" * 16, "read", "", "Altro."),
                document(COPY, "copy.txt", SHA["a"], "", "duplicate", f"duplicate: the same bytes as a{spoil}.txt", ""),
                document(ODD, "odd.bin", SHA["c"], "", "set aside", f"binary: not a text{spoil}", ""),
            ],
        ),
        frame(
            "sentences",
            [
                (f"{A}:0001", A, 0, 0, 12, "it", False, None, "Prima frase."),
                (f"{A}:0002", A, 0, start, end, "it", False, None, said),
                (f"{A}:0003", A, 0, end + 1, end + 6, "it", False, None, "Dopo."),
                (f"{B}:0001", B, 0, 0, 6, "it", False, None, "Altro."),
            ],
        ),
        frame(
            "mentions",
            [
                (A, f"{A}:0002", start, start + len(name), name, "aliyev", "PER", "name", 1.0, "gazetteer"),
            ],
        ),
        frame("tones", [(f"{A}:0002", "aliyev", "narrator", "", -1.0, "negative", -1.0, ["-tradimento", "-tradire"])]),
        frame("actors", [("aliyev", f"Ilham Aliyev{spoil}", "PER", [name], "", 1, 1, 1)]),
        pd.Series({f"{A}:0001": "stated", f"{A}:0002": "hearsay", f"{A}:0003": ""}, dtype="str"),
    )


def shown(kind: str, content: str) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": {kind: content}}


def write_small_run(folder: Path, dossier: SmallDossier, spoil: str = "") -> Path:
    """Run a notebook's page by hand and build the report; give index.html."""
    figure = Figure(figsize=(2, 1))
    figure.add_axes((0.1, 0.2, 0.8, 0.6)).plot([0, 1])
    figure.text(0.1, 0.9, f"a figure{spoil}", parse_math=False)
    page = start_page("01_corpus", dossier, title=f"What is in it{spoil}", output=str(folder))
    page.state(
        "said",
        f"{{value}} is spoken of{spoil}.",
        value=f"Aliyev{spoil}",
        unit="actor",
        base=f"1 of 4 sentences{spoil}",
        evidence=[f"{A}:0002"],
        headline=True,
        status="weak",
    )
    page.state("files", "{value} documents were read.", value=2, unit="documents", base="2 of 4", evidence=[A, B])
    page.state(
        "held",
        f"Nothing can be said{spoil}.",
        value="",
        unit="",
        base=f"too little{spoil}",
        evidence=[],
        status="withheld",
    )
    page.note(f"Do not conclude{spoil}.")
    page.draw("figure", figure, alt=f"A line{spoil}", source=f"Table x{spoil}")
    table = pd.DataFrame({f"name{spoil}": [f"cell{spoil}"] * 20, "n": range(20)})
    page.show("table", table, caption=f"Caption{spoil}")
    page.close()
    notebook = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {},
        "cells": [
            {
                "cell_type": "markdown",
                "metadata": {},
                "source": [f"# Title{spoil}\n", "[link](javascript:alert(1)) ![i](http://x.y/z.png)"],
            },
            {"cell_type": "raw", "metadata": {}, "source": f"raw{spoil}"},
            {
                "cell_type": "code",
                "metadata": {"tags": ["parameters"]},
                "execution_count": 1,
                "source": f"x = 1{spoil}",
                "outputs": [
                    {"output_type": "stream", "name": "stdout", "text": [f"out{spoil}\n", "\x1b[31mred\x1b[0m"]},
                    shown("text/html", f"<b style='x' onclick='y'>html</b>{spoil}"),
                    shown("image/svg+xml", f"<svg>{spoil}</svg>"),
                    shown("text/markdown", f"*md*{spoil}"),
                    shown("application/javascript", "alert(1)"),
                    {"output_type": "error", "ename": "E", "evalue": f"v{spoil}", "traceback": [f"trace{spoil}"]},
                ],
            },
        ],
    }
    (folder / "notebooks").mkdir()
    (folder / "notebooks" / "01_corpus.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    return build_report(
        folder,
        corpus=dossier.name,
        run=f"run{spoil}",
        question=f"What is it about?{spoil}",
        accounting={"seen": 4, "read": 2, "duplicate": 1, "set_aside": 1, "skipped": {f"hidden{spoil}": 3}},
        parameters={f"01_corpus{spoil}": {f"top{spoil}": f"five{spoil}", "list": ["a", f"b{spoil}"]}},
        versions={"inchiesta": f"0.1.0{spoil}"},
        documents=dossier.documents,
        sentences=dossier.sentences,
        mentions=dossier.mentions,
        tones=dossier.tones,
        actors=dossier.actors,
        evidentiality=dossier.evidentiality,
        started=f"today{spoil}",
    )


@pytest.fixture
def dossier() -> SmallDossier:
    return small_dossier()


@pytest.fixture
def small_run(tmp_path: Path) -> Callable[[str], Path]:
    """Build the small report with the given text in every field; gives index.html."""

    def build(spoil: str = "") -> Path:
        folder = tmp_path / "run"
        folder.mkdir()
        return write_small_run(folder, small_dossier(spoil), spoil)

    return build
