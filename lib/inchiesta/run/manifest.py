"""The manifest of a report: every file with its SHA-256, and the verdict on the run."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from inchiesta.errors import RunError
from inchiesta.provenance import hash_path

NAME = "manifest.json"


def write_manifest(folder: Path, about: dict[str, Any], *, status: str, files: bool = True) -> None:
    """Write the manifest of the report in ``folder``, whole or not at all.

    Parameters
    ----------
    about
        What the run was: corpus, run, parameters, versions, fingerprint, SHA-256 of the registry, accounting.
    status
        ``failed`` until everything is in place, then ``complete``.
    files
        Whether to list every file with size and SHA-256.
    """
    listed = list_files(folder) if files else []
    text = json.dumps({"status": status, **about, "files": listed}, ensure_ascii=False, indent=1, sort_keys=True)
    write_durably(folder / NAME, text.encode("utf-8"))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of the report in ``folder``.

    Raises
    ------
    RunError
        If there is none or it is damaged.
    """
    try:
        manifest = json.loads((folder / NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"expected a report with a {NAME} in '{folder.name}', found none that can be read") from error
    if not isinstance(manifest, dict) or "files" not in manifest:
        raise RunError(f"the {NAME} in '{folder.name}' is not one of a report")
    return manifest


def list_files(folder: Path) -> list[dict[str, Any]]:
    """Give path, size and SHA-256 of every file of a report but its manifest, sorted by path."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path != folder / NAME)
    return [
        {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": hash_path(path)}
        for path in paths
    ]


def write_durably(path: Path, data: bytes) -> None:
    """Write ``data`` so that after a crash the file is the old one or the new one, never a part."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in ``folder`` durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
