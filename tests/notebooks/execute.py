"""Run the committed notebooks again, in place: ``python -m tests.notebooks.execute``.

The notebooks in ``notebooks/`` are run as they are, on ``seeds/``; those in ``tests/notebooks/reference/`` are copies
of them on the sample. nbval compares both with what they give today.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
REFERENCE = Path(__file__).parent / "reference"
SAMPLE = "data/sample/affair"
# A reading of the code needs none of these; they would change with every run.
VOLATILE = ("execution", "papermill", "widgets")


def execute(notebook: nbformat.NotebookNode, *, folder: Path) -> nbformat.NotebookNode:
    """Execute ``notebook`` in ``folder`` and remove what changes from run to run."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    NotebookClient(
        notebook, timeout=600, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    for cell in notebook.cells:
        for name in VOLATILE:
            cell.metadata.pop(name, None)
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return notebook


def point_to(notebook: nbformat.NotebookNode, source: str) -> None:
    """Set the source in the parameters cell."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            lines = cell.source.splitlines()
            cell.source = "\n".join(
                f'source: str = "{source}"  # the sample' if line.startswith("source:") else line for line in lines
            )


def write(notebook: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook with the number of characters git can compare line by line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)
    print(path.relative_to(ROOT))


def main() -> None:
    """Execute all, or those named on the command line."""
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        if sys.argv[1:] and path.stem not in sys.argv[1:]:
            continue
        notebook = nbformat.read(path, as_version=4)
        write(execute(notebook, folder=path.parent), path)
        point_to(notebook, SAMPLE)
        write(execute(notebook, folder=path.parent), REFERENCE / path.name)


if __name__ == "__main__":
    main()
