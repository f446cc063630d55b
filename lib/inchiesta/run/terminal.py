"""What a person sees on the terminal: one line per stage with count and time, and a summary."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from inchiesta.progress import Progress
from inchiesta.report.controls import show_controls
from inchiesta.run.publish import Report, describe
from inchiesta.settings import find_home

if TYPE_CHECKING:
    import pandas as pd

    from inchiesta.dossier import Dossier

# Stages shorter than this leave no line of their own: a line a person cannot read in time is noise.
WORTH_A_LINE = 0.05


class TerminalProgress(Progress):
    """Draws a bar for the stage at work, and leaves one line per stage."""

    def __init__(self, console: Console) -> None:
        super().__init__()
        self._console = console
        self._bars: Bars | None = None
        self._task: TaskID | None = None

    def started(self, stage: str, total: int) -> None:
        """Draw the bar of ``stage``."""
        if self._bars is not None:
            self._bars.stop()  # of a stage around this one: two bars cannot move at once
        columns = (TextColumn("{task.description:<12}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bars = Bars(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._bars.start()
        self._task = self._bars.add_task(stage, total=total)

    def advanced(self, stage: str, number: int) -> None:
        """Move the bar."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, number)

    def finished(self, stage: str, total: int, seconds: float) -> None:
        """Replace the bar by a line."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = None
        if seconds >= WORTH_A_LINE:
            self._console.print(f"{stage:<12} {total:>9,} {seconds:>8.1f} s", highlight=False)


def make_progress(*, quiet: bool) -> Progress:
    """Give the progress for a command: drawn on standard error, or silent."""
    return Progress() if quiet else TerminalProgress(Console(stderr=True))


def print_report(report: Report, *, as_json: bool) -> None:
    """Print the summary of a run."""
    if as_json:
        row = {**asdict(report), "folder": str(report.folder)}
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    folder = report.folder
    if folder.is_relative_to(find_home()):
        folder = folder.relative_to(find_home())
    lines = [report.notice] if report.notice else []
    lines += [
        describe(report.accounting),
        f"{report.n_findings} findings, each with its sentences",
        f"{report.seconds:.1f} s",
        f"report: {folder}/index.html",
        f"latest: {folder.parent}/latest/index.html",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def print_corpus(dossier: Dossier, *, as_json: bool) -> None:
    """Print the accounting of a source and what was set aside."""
    documents = dossier.documents
    read = documents[documents["status"] == "read"]
    summary: dict[str, Any] = {
        "corpus": dossier.name,
        "accounting": dossier.accounting,
        "origins": int(read["origin_id"].nunique()),
        "sentences": len(dossier.sentences),
        "languages": {str(k): int(v) for k, v in read["language"].value_counts().items()},
        "dated": int((read["published_on"] != "").sum()),
        "set_aside": documents.loc[documents["status"] == "set aside", ["path", "member", "reason"]].to_dict("records"),
    }
    if as_json:
        sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
        return
    languages = ", ".join(f"{name} {count}" for name, count in summary["languages"].items())
    skipped = ", ".join(f"{n} {name}" for name, n in dossier.accounting.items() if name.startswith("skipped") and n)
    lines = [
        describe(dossier.accounting) + (f" ({skipped})" if skipped else ""),
        f"{len(read)} texts, {summary['origins']} origins, {summary['sentences']} sentences",
        f"languages: {languages or 'none'}",
        f"dated: {summary['dated']} of {len(read)}",
    ]
    lines += [
        f"set aside: {row['path']}{'!' * bool(row['member'])}{row['member']}: {row['reason']}"
        for row in summary["set_aside"]
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def print_tables(tables: dict[str, pd.DataFrame], *, as_json: bool) -> None:
    """Print tables one below the other, each under its title; as JSON one object with a list of rows per title."""
    if as_json:
        rows = {title: json.loads(table.to_json(orient="records")) for title, table in tables.items()}
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    blocks = []
    for title, table in tables.items():
        # Names come from texts: a control character in one must not steer the terminal.
        shown = table.astype("str").map(show_controls).to_string(index=False) if len(table) else "nothing"
        blocks.append(f"{title}\n{shown}\n")
    sys.stdout.write("\n".join(blocks))
