"""A run from its plan to its published report.

The order is what makes a report whole or absent: lock, input listing, a ``.partial`` folder whose manifest says
*failed*, everything made in there, manifest with every hash, rename, manifest says *complete*, and only then ``latest``
is switched. (The link moves last, so that it never points to a run that does not call itself complete.)
"""

from __future__ import annotations

import inspect
import json
import os
import shutil
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import inchiesta
from inchiesta.dossier import Dossier
from inchiesta.dossier import open as open_dossier
from inchiesta.errors import RunError
from inchiesta.findings import finding_of_row, read_findings, write_findings
from inchiesta.progress import Progress
from inchiesta.report.build import build_report
from inchiesta.report.spreadsheets import write_table_csv
from inchiesta.run.execute import CELL_SECONDS, RUN_SECONDS, execute_notebooks
from inchiesta.run.judge import judge_notebook
from inchiesta.run.lock import hold_lock
from inchiesta.run.manifest import list_files, sync_folder, write_manifest
from inchiesta.run.plan import Plan
from inchiesta.tables import TABLES, to_arrow

_LIBRARIES = (
    "pandas",
    "numpy",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "networkx",
    "matplotlib",
    "papermill",
    "py3langid",
)


@dataclass(frozen=True)
class Report:
    """A published report: where it stands, what was read, what was noticed."""

    folder: Path
    accounting: dict[str, int]
    n_findings: int
    seconds: float
    notice: str


def run_report(
    plan: Plan,
    *,
    progress: Progress,
    cell_seconds: int = CELL_SECONDS,
    run_seconds: int = RUN_SECONDS,
) -> Report:
    """Make and publish the report of ``plan``.

    Raises
    ------
    LockedError
        If another run is at work on this corpus.
    RunError
        If nothing could be read or a notebook failed; the last good report stays as it is.
    """
    begun = time.perf_counter()
    with hold_lock(plan.folder.parent) as notice:
        _clear_partials(plan)
        dossier = open_dossier(plan.source, progress=progress, **_dossier_options(plan))
        accounting = dossier.accounting
        if not accounting["read"]:
            raise RunError(f"no text could be read: {describe(accounting)}; `inchiesta corpus` lists the reasons")
        plan.partial.mkdir(parents=True)
        try:
            _make(plan, dossier, progress=progress, cell_seconds=cell_seconds, run_seconds=run_seconds)
            n_findings = len(read_findings(plan.partial / "findings.jsonl"))
            _publish(plan, _about(plan, dossier))
        except BaseException:
            shutil.rmtree(plan.partial, ignore_errors=True)
            raise
    return Report(plan.folder, accounting, n_findings, time.perf_counter() - begun, notice)


def _dossier_options(plan: Plan) -> dict[str, Any]:
    """Give what `inchiesta.open` takes of the parameters, so that tables and notebooks agree."""
    taken = inspect.signature(open_dossier).parameters
    return {name: value for own in plan.parameters.values() for name, value in own.items() if name in taken}


def describe(accounting: Mapping[str, int]) -> str:
    """Give the accounting in one line: ``171 files seen: 124 read, 41 duplicates, 6 set aside``."""
    return (
        f"{accounting['seen']} seen: {accounting['read']} read, {accounting['duplicate']} duplicates, "
        f"{accounting['set aside']} set aside"
    )


def _clear_partials(plan: Plan) -> None:
    """Remove what runs that died have left; the lock says that nobody is at work on it."""
    for left in plan.folder.parent.glob(".*.partial"):
        shutil.rmtree(left, ignore_errors=True)


def _make(plan: Plan, dossier: Dossier, *, progress: Progress, cell_seconds: int, run_seconds: int) -> None:
    folder = plan.partial
    write_manifest(folder, {"corpus": plan.corpus, "run": plan.run}, status="failed", files=False)
    dossier.compute_all()
    _write_inputs(folder, dossier)
    parameters = {
        name: {**own, "source": str(plan.source), "output": str(folder)} for name, own in plan.parameters.items()
    }
    with tempfile.TemporaryDirectory(prefix="inchiesta-run-") as work:
        execute_notebooks(
            plan.notebooks,
            parameters,
            folder=folder,
            work=Path(work),
            progress=progress,
            cell_seconds=cell_seconds,
            run_seconds=run_seconds,
        )
    for notebook in plan.notebooks:
        judge_notebook(folder, notebook.stem, fingerprint=dossier.fingerprint)
    with progress.stage("report", 1):
        _collect_findings(plan)
        _write_tables(folder, dossier)
        _build_pages(plan, dossier)


def _write_inputs(folder: Path, dossier: Dossier) -> None:
    columns = ["path", "member", "sha256", "status", "reason", "document_id"]
    rows = dossier.documents[columns].to_dict("records")
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (folder / "inputs.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _collect_findings(plan: Plan) -> None:
    found = []
    for notebook in plan.notebooks:
        part = json.loads((plan.partial / "parts" / f"{notebook.stem}.json").read_text(encoding="utf-8"))
        found += [finding_of_row(row) for row in part["findings"]]
    write_findings(found, plan.partial / "findings.jsonl")


def _write_tables(folder: Path, dossier: Dossier) -> None:
    from pyarrow import parquet

    (folder / "tables").mkdir(exist_ok=True)
    for name in TABLES:
        if name == "findings":
            continue
        table = dossier.table(name)
        parquet.write_table(
            to_arrow(name, table),
            folder / "tables" / f"{name}.parquet",
            write_page_checksum=True,
            row_group_size=10_000,
        )
        write_table_csv(table, folder / "tables" / f"{name}.csv")


def _build_pages(plan: Plan, dossier: Dossier) -> None:
    accounting = dossier.accounting
    build_report(
        plan.partial,
        corpus=plan.corpus,
        run=plan.run,
        question="What is this about, who appears with whom, and how is each of them spoken of?",
        accounting={
            "seen": accounting["seen"],
            "read": accounting["read"],
            "duplicate": accounting["duplicate"],
            "set_aside": accounting["set aside"],
            "skipped": {name: number for name, number in dossier.skipped.items() if number},
        },
        parameters={name: dict(own) for name, own in plan.parameters.items()},
        versions=_versions(),
        documents=dossier.documents,
        sentences=dossier.sentences,
        mentions=dossier.mentions,
        tones=dossier.tones,
        actors=dossier.actors,
        evidentiality=dossier.evidentiality,
        started=f"{plan.run[:4]}-{plan.run[4:6]}-{plan.run[6:8]}",
    )


def _about(plan: Plan, dossier: Dossier) -> dict[str, Any]:
    return {
        "corpus": plan.corpus,
        "run": plan.run,
        "source": plan.source.name,
        "fingerprint": dossier.fingerprint,
        # Of the texts the fingerprint tells, of the decisions on who is who this does.
        "registry_sha256": dossier.registry.sha256,
        "accounting": dossier.accounting,
        "notebooks": [notebook.stem for notebook in plan.notebooks],
        "parameters": plan.parameters,
        "versions": _versions(),
        "stages": {stage: dict(counts) for stage, counts in sorted(dossier.store.counters.items())},
    }


def _versions() -> dict[str, str]:
    return {"inchiesta": inchiesta.__version__, **{name: version(name) for name in _LIBRARIES}}


def _publish(plan: Plan, about: dict[str, Any]) -> None:
    write_manifest(plan.partial, about, status="failed")
    for listed in list_files(plan.partial):
        with (plan.partial / listed["path"]).open("rb") as file:
            os.fsync(file.fileno())
    plan.partial.rename(plan.folder)
    sync_folder(plan.folder.parent)
    write_manifest(plan.folder, about, status="complete")
    _switch_latest(plan)


def _switch_latest(plan: Plan) -> None:
    """Point ``latest`` to the new report in one step; where links are not allowed, leave a text file with its name."""
    new = plan.latest.with_name(".latest.partial")
    new.unlink(missing_ok=True)
    try:
        new.symlink_to(plan.run, target_is_directory=True)
    except OSError:
        new.write_text(plan.run + "\n", encoding="utf-8")
    new.replace(plan.latest)
    sync_folder(plan.latest.parent)
