"""The command line: every command is a call into `inchiesta.dossier` or `inchiesta.run`.

Exit codes: 0 all read; 2 bad settings or parameters, nothing started; 3 done, some files set aside; 4 failed, the
previous report is kept; 5 another run holds the lock.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from inchiesta import __version__
from inchiesta.cli.actors import actors
from inchiesta.cli.source import ColumnOption, JsonOption, QuietOption, SourceArgument, exit_with, open_source
from inchiesta.errors import InchiestaError, SettingsError

app = typer.Typer(
    name="inchiesta",
    help="From a folder of texts to a report in which every number opens to its sentences.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(actors, name="actors")


@app.command()
def report(
    source: SourceArgument,
    to: Annotated[Path | None, typer.Option("--to", help="Folder of the reports; default: reports/.")] = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", help="Run this notebook only (03_actors, 03 or actors); may be repeated."),
    ] = None,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="NAME=VALUE for the notebooks; may be repeated.")
    ] = None,
    column: ColumnOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Run the notebooks over SOURCE and publish the report."""
    from inchiesta.parameters import parse_assignments
    from inchiesta.run.plan import plan_run
    from inchiesta.run.publish import run_report
    from inchiesta.run.terminal import make_progress, print_report

    given = parse_assignments(parameter or [])
    if column:
        given["columns"] = column
    plan = plan_run(source, to=to, only=only or [], given=given)
    published = run_report(plan, progress=make_progress(quiet=quiet or as_json))
    print_report(published, as_json=as_json)
    exit_with(published.accounting)


@app.command()
def corpus(
    source: SourceArgument, column: ColumnOption = None, quiet: QuietOption = False, as_json: JsonOption = False
) -> None:
    """Read SOURCE and tell what became of every file."""
    from inchiesta.run.terminal import make_progress, print_corpus

    dossier = open_source(source, column, quiet=quiet or as_json, make_progress=make_progress)
    print_corpus(dossier, as_json=as_json)
    exit_with(dossier.accounting)


@app.command()
def table(
    name: Annotated[
        str, typer.Argument(help="documents, sentences, mentions, actors, pairs, topics, tones ... (see README).")
    ],
    source: SourceArgument,
    form: Annotated[str, typer.Option("--format", help="csv, jsonl or parquet.")] = "jsonl",
    out: Annotated[Path | None, typer.Option("--out", help="File to write; default: standard output.")] = None,
    column: ColumnOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write one table of SOURCE."""
    from inchiesta.run.export import export_table
    from inchiesta.run.terminal import make_progress
    from inchiesta.tables import table_of

    if form not in ("csv", "jsonl", "parquet"):
        raise SettingsError(f"--format takes csv, jsonl or parquet; got '{form}'")
    table_of(name)
    dossier = open_source(source, column, quiet=quiet or out is None, make_progress=make_progress)
    export_table(dossier, name, form=form, out=out)
    exit_with(dossier.accounting)


@app.command()
def network(
    source: SourceArgument,
    form: Annotated[str, typer.Option("--format", help="gexf, graphml or csv (two files).")],
    out: Annotated[Path, typer.Option("--out", help="File to write; NAME.csv writes NAME-nodes.csv, NAME-edges.csv.")],
    actor: Annotated[str, typer.Option("--actor", help="Only the part around this actor (id or exact name).")] = "",
    radius: Annotated[int, typer.Option("--radius", min=1, help="Steps around the actor.")] = 1,
    column: ColumnOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write the network of the actors of SOURCE for a graph program."""
    from inchiesta.run.export import export_network
    from inchiesta.run.terminal import make_progress

    if form not in ("gexf", "graphml", "csv"):
        raise SettingsError(f"--format takes gexf, graphml or csv; got '{form}'")
    dossier = open_source(source, column, quiet=quiet, make_progress=make_progress)
    for path in export_network(dossier, form=form, out=out, actor=actor, radius=radius):
        typer.echo(path)
    exit_with(dossier.accounting)


@app.command()
def verify(
    folder: Annotated[Path, typer.Argument(help="The folder of a report, such as reports/seeds/latest.")],
    source: Annotated[
        Path | None, typer.Option("--source", help="Also hash the files the report was made from.")
    ] = None,
) -> None:
    """Recompute every hash of a report and look every evidence sentence up."""
    from inchiesta.run.verify import verify_report

    problems = verify_report(folder, source=source)
    for problem in problems:
        typer.echo(problem)
    if problems:
        typer.echo(f"{len(problems)} problems", err=True)
        raise typer.Exit(InchiestaError.exit_code)
    typer.echo("the report is as it was published")


@app.command("train-actors")
def train_actors(
    files: Annotated[
        list[Path],
        typer.Argument(help="Labelled lines: JSON with doc, lang, text, entities (start, end, kind)."),
    ],
    to: Annotated[
        Path | None,
        typer.Option("--to", help="Folder to write; default: data/registry/tagger in the home."),
    ] = None,
    check: Annotated[
        list[Path] | None, typer.Option("--check", help="Labelled lines kept apart, for the figures of the card.")
    ] = None,
    licence: Annotated[str, typer.Option("--licence", help="Licence of the data, for the card.")] = "not stated",
    quiet: QuietOption = False,
) -> None:
    """Teach the name tagger from FILES; writes weights and a model card."""
    from inchiesta.actors.tagger.lessons import teach
    from inchiesta.actors.tagger.train import ITERATIONS
    from inchiesta.run.terminal import make_progress
    from inchiesta.settings import find_home

    folder = to or find_home() / "data" / "registry" / "tagger"
    progress = make_progress(quiet=quiet)
    with progress.stage("training", ITERATIONS):
        taught = teach(
            files, folder, check=check or (), licence=licence, tell=lambda _, __: progress.advanced("training", 1)
        )
    typer.echo(f"taught {' and '.join(taught.languages)} from {taught.n_lines:,} lines with {taught.n_names:,} names")
    typer.echo(f'written to {folder}; use it with tagger = "{folder}" in inchiesta.toml or -p tagger={folder}')


@app.command("train-tones")
def train_tones(
    files: Annotated[
        list[Path],
        typer.Argument(help="Labelled lines: JSON with text, lang, and start, end, label or entities and tone."),
    ],
    to: Annotated[Path, typer.Option("--to", help="Folder to write: LANGUAGE/tones.npz and its card.")],
    licence: Annotated[str, typer.Option("--licence", help="Licence of the data, for the card.")] = "not stated",
    quiet: QuietOption = False,
) -> None:
    """Teach the tone model from FILES; writes weights and a model card. Takes some minutes."""
    from inchiesta.sentiment.model.train import teach_tones

    taught = teach_tones(files, to, licence=licence, tell=lambda what: None if quiet else typer.echo(what, err=True))
    typer.echo(f"taught {' and '.join(taught.languages)} from {taught.n_targets:,} targets; written to {taught.folder}")


@app.command()
def lab() -> None:
    """Open JupyterLab in the project's home."""
    from inchiesta.settings import find_home, find_notebooks

    home = find_home()
    # Token and localhost stay Jupyter's defaults; nothing asks the network for news or updates.
    options = ["--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.news_url="]
    start = find_notebooks().relative_to(home).as_posix() if find_notebooks().is_relative_to(home) else ""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--notebook-dir={home}",
        f"--LabApp.default_url=/lab/tree/{start}",
        *options,
    ]
    raise typer.Exit(subprocess.run(command, env={**os.environ, "INCHIESTA_HOME": str(home)}, check=False).returncode)


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
) -> None:
    """Read the options before the command."""
    if version:
        typer.echo(f"inchiesta {__version__}")
        raise typer.Exit()
    if debug:
        os.environ["INCHIESTA_DEBUG"] = "1"


def main() -> None:
    """Run the command line; an error of ours is one line, with its exit code."""
    try:
        app()
    except InchiestaError as error:
        if os.environ.get("INCHIESTA_DEBUG"):
            raise
        typer.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; that is no error of ours.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123
        sys.exit(0)
    except OSError as error:
        if os.environ.get("INCHIESTA_DEBUG"):
            raise
        typer.echo(f"error: {error.strerror or type(error).__name__}: {error.filename or 'a file'}", err=True)
        sys.exit(InchiestaError.exit_code)
    except Exception as error:
        if os.environ.get("INCHIESTA_DEBUG"):
            raise
        # The message of an unforeseen error may quote a text: only its kind is shown.
        typer.echo(f"error: unforeseen {type(error).__name__}; `inchiesta --debug ...` shows where", err=True)
        sys.exit(InchiestaError.exit_code)
