"""Fingerprints: of files, of values, and of the code that computed a table.

A cached table is only right as long as the code and the word lists behind it are the same. `code_version` therefore
hashes the modules of a stage together with the resources, so that nobody has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from inchiesta.settings import PACKAGE, RESOURCES

# The bottom modules every stage leans on.
_GROUND = (
    "schema.py", "tables.py", "pair_tables.py", "network_tables.py", "quote_tables.py", "time_tables.py",
    "tone_tables.py", "provenance.py", "settings.py",
)  # fmt: skip


def hash_text(*parts: str) -> str:
    """Give the first 32 hexadecimal digits of the SHA-256 of ``parts``, each ended by a NUL.

    >>> hash_text("a", "b") == hash_text("ab", "")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return digest.hexdigest()[:32]


def hash_value(value: Any) -> str:
    """Give the fingerprint of any JSON value, independent of the order of its keys."""
    return hash_text(json.dumps(value, sort_keys=True, ensure_ascii=False, default=str))


def hash_bytes(data: bytes) -> str:
    """Give the whole SHA-256 of ``data`` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def hash_path(path: Path) -> str:
    """Give the whole SHA-256 of the file at ``path``, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@lru_cache(maxsize=32)
def code_version(*packages: str) -> str:
    """Give the version of a stage: a fingerprint of the source of ``packages`` and of all resources.

    Parameters
    ----------
    packages
        Names below ``lib/inchiesta``: folders such as ``text`` or files such as ``actors/find.py``.
    """
    files: list[Path] = [PACKAGE / name for name in _GROUND]
    for name in packages:
        place = PACKAGE / name
        files += sorted(place.rglob("*.py")) if place.is_dir() else [place]
    files += sorted(path for path in RESOURCES.rglob("*") if path.is_file())
    return hash_text(*_describe(files))


def _describe(files: Iterable[Path]) -> list[str]:
    return [f"{path.relative_to(PACKAGE).as_posix()}={hash_path(path)}" for path in files]
