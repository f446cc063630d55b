"""Where things live and what a user may set: the project's home, the cache, workers, languages.

Settings come from, in rising order: the defaults below, a file ``inchiesta.toml`` in the home, environment variables
``INCHIESTA_CACHE``, ``INCHIESTA_WORKERS``. The home itself is ``INCHIESTA_HOME`` or is found (see `find_home`).
"""

from __future__ import annotations

import os
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inchiesta.errors import SettingsError, SourceError

PACKAGE = Path(__file__).resolve().parent
RESOURCES = PACKAGE / "resources"


class Settings(BaseModel):
    """What a user may set. An unknown name is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cache: Path | None = None
    workers: int = Field(default=0, ge=0, le=64, description="processes for per-document stages; 0 = one per core")
    languages: tuple[str, ...] = Field(default=(), description="languages to tell apart; empty = the default set")
    tagger: str = Field(default="", description="what finds the names no list knows; empty = the tagger we ship")


def find_home() -> Path:
    """Give the folder that holds ``data/``, ``notebooks/`` and ``reports/``.

    In this order: ``INCHIESTA_HOME``; the nearest folder at or above the working directory with an ``inchiesta.toml``
    or with both ``notebooks/`` and ``data/registry/``; the checkout this package is installed from (editable install);
    the working directory.

    Raises
    ------
    SettingsError
        If ``INCHIESTA_HOME`` names no folder.
    """
    named = os.environ.get("INCHIESTA_HOME")
    if named:
        home = Path(named).expanduser().resolve()
        if not home.is_dir():
            raise SettingsError(
                f"INCHIESTA_HOME should name a folder; '{named}' is none. Create it or unset the variable."
            )
        return home
    here = Path.cwd().resolve()
    for folder in (here, *here.parents):
        if (folder / "inchiesta.toml").is_file() or (
            (folder / "notebooks").is_dir() and (folder / "data/registry").is_dir()
        ):
            return folder
    checkout = PACKAGE.parent.parent
    return checkout if (checkout / "notebooks").is_dir() else here


def find_notebooks() -> Path:
    """Give the folder of the notebooks: those of the checkout, else those installed with the package.

    Raises
    ------
    SettingsError
        If neither is there.
    """
    for folder in (PACKAGE.parent.parent / "notebooks", PACKAGE / "_notebooks"):
        if folder.is_dir():
            return folder
    raise SettingsError("the notebooks are missing from this installation; install inchiesta again")


def resolve_source(source: str | Path) -> Path:
    """Give the absolute path of ``source``, taken from the working directory or else from the home.

    Raises
    ------
    SourceError
        If nothing is there.
    """
    path = Path(source).expanduser()
    for candidate in (path, find_home() / path):
        if candidate.exists() or candidate.is_symlink():
            return candidate.absolute()
    raise SourceError(
        f"expected a file or a folder as source, found nothing at '{source}'. Check the spelling of the path."
    )


def load_settings() -> Settings:
    """Read the settings in force.

    Raises
    ------
    SettingsError
        For a file that is not TOML, an unknown name or a wrong type, with the name.
    """
    found: dict[str, Any] = {}
    path = find_home() / "inchiesta.toml"
    if path.is_file():
        try:
            found = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"inchiesta.toml is not valid TOML: {error}. Mend the line or remove the file."
            ) from error
    for name in ("cache", "workers"):
        if value := os.environ.get(f"INCHIESTA_{name.upper()}"):
            found[name] = value
    try:
        return Settings.model_validate(found)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"setting '{name}': {first['msg']}; known settings are {', '.join(Settings.model_fields)}"
        ) from error


def cache_folder() -> Path:
    """Give the folder of the cache, made with mode 0700 if it is not there."""
    folder = load_settings().cache or find_home() / "data" / "cache"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)
    return folder


def count_workers() -> int:
    """Give the number of processes for per-document stages."""
    return load_settings().workers or _cores()


@lru_cache(maxsize=1)
def _cores() -> int:
    try:
        return max(1, len(os.sched_getaffinity(0)))
    except AttributeError:  # macOS and Windows have no affinity
        return max(1, os.cpu_count() or 1)
