"""The source of a command with its options, and the exit code where some of its files were set aside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

SourceArgument = Annotated[
    Path, typer.Argument(help="A folder of texts, or one file (txt, md, html, pdf, docx, csv, jsonl, zip).")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The result as one JSON object on standard output.")]
ColumnOption = Annotated[
    list[str] | None, typer.Option("--column", help="FIELD=COLUMN for csv and jsonl with uncommon names: text=corpo.")
]

SOME_SET_ASIDE = 3


def open_source(
    source: Path, column: list[str] | None, *, quiet: bool, make_progress: Any, registry: Path | None = None
) -> Any:
    """Open the source of a command."""
    from inchiesta.dossier import open as open_dossier

    return open_dossier(source, columns=column or (), registry=registry, progress=make_progress(quiet=quiet))


def exit_with(accounting: dict[str, int]) -> None:
    """End with the exit code that says files were set aside, where some were."""
    if accounting["set aside"]:
        raise typer.Exit(SOME_SET_ASIDE)
