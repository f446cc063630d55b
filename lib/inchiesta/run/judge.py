"""Judge an executed notebook by what it wrote, never by what it says of itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from inchiesta.errors import RunError


def judge_notebook(folder: Path, name: str, *, fingerprint: str) -> None:
    """Check that notebook ``name`` of the run in ``folder`` ran to its end over the texts of this run.

    Its last cell closes the page and so writes ``parts/NAME.json``: without that file the notebook did not get there,
    whatever its metadata says. Every code cell must carry its run number and no error.

    Raises
    ------
    RunError
        Naming the notebook and what is wrong.
    """
    executed = _read(folder / "notebooks" / f"{name}.ipynb", name)
    code = code_cells(executed)
    # papermill adds a cell with the parameters: it runs, but the author's cells are numbered as the author sees them.
    added = sum(is_injected(cell) for cell in code)
    for number, cell in enumerate(code, 1):
        if any(output.get("output_type") == "error" for output in cell["outputs"]):
            raise RunError(f"notebook {name} failed in cell {number - added} of {len(code) - added}")
        if cell.get("execution_count") != number:
            raise RunError(f"notebook {name}: cell {number - added} of {len(code) - added} did not run")
    part = _read(folder / "parts" / f"{name}.json", name)
    if part.get("complete") is not True:
        raise RunError(f"notebook {name} did not close its page; end it with `page.close()`")
    if part.get("fingerprint") != fingerprint:
        raise RunError(f"notebook {name} read other texts than this run: the folder changed meanwhile; run again")


def code_cells(notebook: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the code cells of a notebook that hold code."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]


def is_injected(cell: dict[str, Any]) -> bool:
    """Tell whether papermill put the cell there."""
    return "injected-parameters" in cell.get("metadata", {}).get("tags", [])


def _read(path: Path, name: str) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise RunError(f"notebook {name} did not get to its end: {path.parent.name}/{path.name} is missing") from error
    except ValueError as error:
        raise RunError(f"notebook {name}: {path.parent.name}/{path.name} is damaged") from error
    if not isinstance(found, dict):
        raise RunError(f"notebook {name}: {path.parent.name}/{path.name} is damaged")
    return found
