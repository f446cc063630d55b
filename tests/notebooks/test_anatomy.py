"""Every committed notebook has the same anatomy, and nothing hidden in it."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from inchiesta.parameters import read_parameters

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
REFERENCES = sorted((Path(__file__).parent / "reference").glob("*.ipynb"))
MAX_LINES = 12


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def code_of(path: Path) -> list[str]:
    return ["".join(cell["source"]) for cell in cells(path, "code")]


every = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def test_the_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == [
        "01_corpus",
        "02_topics",
        "03_actors",
        "04_sentiment",
        "05_quotes",
        "06_timeline",
    ]
    assert [path.name for path in REFERENCES] == [path.name for path in NOTEBOOKS]


@every
def test_it_opens_with_its_contract(path: Path) -> None:
    first = "".join(cells(path, "markdown")[0]["source"])
    for word in ("**Question**", "**Input**", "**Writes**", "**Takes**", "**Cannot show**"):
        assert word in first


@every
def test_it_has_the_parts_in_their_order(path: Path) -> None:
    headings = re.findall(r"^## (.+)$", "\n".join("".join(c["source"]) for c in cells(path, "markdown")), re.M)
    assert headings[0] == "What we have"
    assert headings[-2:] == ["How sure are we?", "What was written"]
    questions = headings[1:-2]
    assert 2 <= len(questions) <= 7
    assert all(heading.endswith("?") for heading in questions)


@every
def test_parameters_are_literals_with_help(path: Path) -> None:
    parameters = read_parameters(path)
    assert {"source", "output", "columns"} <= set(parameters)
    assert all(parameter.about for parameter in parameters.values())


@every
def test_nothing_is_hidden(path: Path) -> None:
    assigned: dict[str, int] = {}
    for number, code in enumerate(code_of(path)):
        assert len(code.splitlines()) <= MAX_LINES
        assert not re.search(r"sys\.path|^\s*[!%]|\.\./|\.\\", code, re.M)
        for node in ast.walk(ast.parse(code)):
            assert not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda | ast.Global)
        for line in ast.parse(code).body:
            targets = (
                line.targets
                if isinstance(line, ast.Assign)
                else [line.target]
                if isinstance(line, ast.AnnAssign)
                else []
            )
            for name in (leaf.id for target in targets for leaf in ast.walk(target) if isinstance(leaf, ast.Name)):
                assert assigned.setdefault(name, number) == number, f"{name} is assigned in two cells"


@pytest.mark.parametrize("path", NOTEBOOKS + REFERENCES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_was_run_in_order_without_an_error(path: Path) -> None:
    found = cells(path, "code")
    assert [cell["execution_count"] for cell in found] == list(range(1, len(found) + 1))
    outputs = [output for cell in found for output in cell["outputs"]]
    assert outputs
    assert not any(output["output_type"] == "error" or output.get("name") == "stderr" for output in outputs)
