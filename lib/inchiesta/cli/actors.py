"""The commands about who is who: doubts, what a decision would move, and the decision itself."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from inchiesta.cli.source import ColumnOption, JsonOption, QuietOption, SourceArgument, exit_with, open_source
from inchiesta.errors import SettingsError

MergeOption = Annotated[tuple[str, str] | None, typer.Option("--merge", help="Two names that are one actor.")]
SplitOption = Annotated[tuple[str, str] | None, typer.Option("--split", help="Two names that are two actors.")]
RenameOption = Annotated[tuple[str, str] | None, typer.Option("--rename", help="A name, and the one to show instead.")]
InDocumentOption = Annotated[
    tuple[str, str, str] | None,
    typer.Option("--in-document", help="A document (path or id), a name or role in it, and the actor it is."),
]
RegistryOption = Annotated[
    Path | None, typer.Option("--registry", help="The registry; default: data/registry/actors.yml.")
]

actors = typer.Typer(help="Who is who: doubts, and what a decision would move.", no_args_is_help=True)


@actors.command()
def doubts(
    source: SourceArgument,
    registry: RegistryOption = None,
    column: ColumnOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """List the merges in doubt: names joined on thin evidence, and names left apart that may be one actor."""
    from inchiesta.actors.what_if import list_doubts
    from inchiesta.run.terminal import make_progress, print_tables

    dossier = open_source(source, column, quiet=quiet or as_json, make_progress=make_progress, registry=registry)
    print_tables({"merges in doubt": list_doubts(dossier.merges, dossier.actors)}, as_json=as_json)
    exit_with(dossier.accounting)


@actors.command(name="what-if")
def what_if(
    source: SourceArgument,
    merge: MergeOption = None,
    split: SplitOption = None,
    rename: RenameOption = None,
    in_document: InDocumentOption = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="A file in the form of the registry, with more decisions.")
    ] = None,
    registry: RegistryOption = None,
    column: ColumnOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show what decisions would move in SOURCE, without taking them."""
    from inchiesta.actors.registry_file import find_registry, read_registry
    from inchiesta.actors.what_if import make_decisions
    from inchiesta.run.terminal import make_progress, print_tables

    given = {"merge": merge, "split": split, "rename": rename, "in-document": in_document}
    proposed = make_decisions(given, reason="what if", who="nobody yet")
    if decisions:
        proposed += read_registry(find_registry(decisions)).decisions
    if not proposed:
        raise SettingsError("name at least one decision: --merge, --split, --rename, --in-document or --decisions FILE")
    dossier = open_source(source, column, quiet=quiet or as_json, make_progress=make_progress, registry=registry)
    moved = dossier.what_if(proposed)
    tables = {"mentions that move": moved.mentions, "actors that change": moved.actors, "pairs": moved.pairs}
    print_tables(tables, as_json=as_json)
    exit_with(dossier.accounting)


@actors.command()
def decide(
    reason: Annotated[str, typer.Option("--reason", help="Why, for whoever reads the registry later.")],
    who: Annotated[str, typer.Option("--who", help="Who decides.")],
    merge: MergeOption = None,
    split: SplitOption = None,
    rename: RenameOption = None,
    in_document: InDocumentOption = None,
    registry: RegistryOption = None,
) -> None:
    """Write decisions below the registry; what stands there is left as it is."""
    from inchiesta.actors.registry_file import find_registry, write_decisions
    from inchiesta.actors.what_if import make_decisions

    given = {"merge": merge, "split": split, "rename": rename, "in-document": in_document}
    decisions = make_decisions(given, reason=reason, who=who)
    if not decisions:
        raise SettingsError("name at least one decision: --merge, --split, --rename or --in-document")
    write_decisions(registry or find_registry(), decisions)
    typer.echo(f"{len(decisions)} decisions written; `inchiesta report` counts with them")
