"""A small corpus, a home of its own, and notebooks that break on purpose."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

OPEN = """import inchiesta
dossier = inchiesta.open(source)
page = inchiesta.start_page("{name}", dossier, title="Test", output=output)"""
STATE = """read = dossier.read_documents
ids = read["document_id"]
page.state("texts", "{value} texts were read.", value=len(read), unit="texts", base="all", evidence=ids)"""
CLOSE = "page.close()"
PARAMETERS = 'source: str = ""  # folder\noutput: str = ""  # folder of the run\nn_times: int = 1  # 1 to 9'

NotebookMaker = Callable[..., Path]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("INCHIESTA_HOME", str(folder))
    monkeypatch.delenv("INCHIESTA_CACHE", raising=False)
    return folder


@pytest.fixture
def source(home: Path) -> Path:
    folder = home / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(
        "Arvex ha venduto droni\n\nIl presidente Aldo Marenghi ha incontrato Ivo Stakhar.\n"
    )
    (folder / "two.txt").write_text("A second text\n\nThe president of Valdoria, Aldo Marenghi, praised the treaty.\n")
    return folder


@pytest.fixture
def make_notebook(tmp_path: Path) -> NotebookMaker:
    """Write a notebook of the given cells between opening and closing; gives the folder it stands in."""

    def make(name: str, *cells: str, close: bool = True) -> Path:
        folder = tmp_path / "notebooks"
        folder.mkdir(exist_ok=True)
        codes = [PARAMETERS, OPEN.replace("{name}", name), STATE, *cells, *([CLOSE] if close else [])]
        written = [_cell(number, code) for number, code in enumerate(codes)]
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        notebook = {"cells": written, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
        return folder

    return make


def _cell(number: int, code: str) -> dict[str, object]:
    tags = {"tags": ["parameters"]} if number == 0 else {}
    return {
        "cell_type": "code",
        "id": f"cell-{number}",
        "execution_count": None,
        "metadata": tags,
        "outputs": [],
        "source": code.splitlines(keepends=True),
    }
