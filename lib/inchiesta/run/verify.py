"""Check a published report: every file against the manifest, every number against its sentences."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from inchiesta.errors import RunError
from inchiesta.provenance import hash_path
from inchiesta.run.manifest import NAME, list_files, read_manifest


def verify_report(folder: Path, *, source: Path | None = None) -> list[str]:
    """Recompute every hash of the report in ``folder``, and look every evidence sentence up in its text.

    Parameters
    ----------
    source
        The folder the report was made from; its files are then hashed too.

    Returns
    -------
    list of str
        What does not fit, one line each; empty when all is well.

    Raises
    ------
    RunError
        If there is no report in ``folder``.
    """
    folder = folder.resolve()
    manifest = read_manifest(folder)
    problems = [] if manifest["status"] == "complete" else [f"{NAME}: the run is marked {manifest['status']}"]
    problems += _check_files(folder, manifest)
    problems += _check_evidence(folder)
    if source:
        problems += _check_source(folder, source)
    return problems


def _check_files(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    found = {listed["path"]: listed for listed in list_files(folder)}
    for listed in manifest["files"]:
        now = found.pop(listed["path"], None)
        if now is None:
            yield f"{listed['path']}: missing"
        elif now["sha256"] != listed["sha256"]:
            yield f"{listed['path']}: changed since it was published"
    yield from (f"{path}: not part of the report" for path in found)


def _check_evidence(folder: Path) -> Iterator[str]:
    try:
        documents = pq.read_table(folder / "tables/documents.parquet", columns=["document_id", "text"]).to_pylist()
        sentences = pq.read_table(folder / "tables/sentences.parquet").to_pylist()
        findings = [json.loads(line) for line in (folder / "findings.jsonl").read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        yield f"tables or findings cannot be read: {type(error).__name__}"
        return
    texts = {row["document_id"]: row["text"] for row in documents}
    spans = {row["sentence_id"]: row for row in sentences}
    for finding in findings:
        for name in finding["evidence"]:
            row = spans.get(name)
            if row is None and name not in texts:
                yield f"{finding['finding_id']}: evidence {name} is not in the report"
            elif row and texts[row["document_id"]][row["start_char"] : row["end_char"]] != row["text"]:
                yield f"{finding['finding_id']}: evidence {name} does not stand in its text"


def _check_source(folder: Path, source: Path) -> Iterator[str]:
    if not source.exists():
        raise RunError(f"expected the source of the report at '{source}', found nothing")
    for line in (folder / "inputs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["member"] or not row["sha256"]:
            continue
        path = source / row["path"] if source.is_dir() else source
        if not path.is_file():
            yield f"source {row['path']}: missing"
        elif hash_path(path) != row["sha256"]:
            yield f"source {row['path']}: changed since the report"
