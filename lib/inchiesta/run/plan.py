"""What a run will do: which notebooks, with which parameters, into which folder. Nothing is started here."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from inchiesta.errors import SettingsError
from inchiesta.parameters import Value, check_parameters, read_parameters
from inchiesta.settings import find_home, find_notebooks, resolve_source


@dataclass(frozen=True)
class Plan:
    """A checked run: nothing in it can be wrong by name or type any more."""

    source: Path
    corpus: str
    run: str
    reports: Path
    notebooks: tuple[Path, ...]
    parameters: dict[str, dict[str, Value]]

    @property
    def folder(self) -> Path:
        """Where the report will stand."""
        return self.reports / self.corpus / self.run

    @property
    def partial(self) -> Path:
        """Where it is made; renamed to `folder` when it is whole."""
        return self.reports / self.corpus / f".{self.run}.partial"

    @property
    def latest(self) -> Path:
        """The link to the last good report."""
        return self.reports / self.corpus / "latest"


def plan_run(
    source: str | Path,
    *,
    to: Path | None = None,
    only: Sequence[str] = (),
    given: Mapping[str, object] | None = None,
    notebooks: Path | None = None,
) -> Plan:
    """Check everything that can be checked before anything starts.

    Parameters
    ----------
    source
        File or folder of texts.
    to
        Folder of the reports; default ``reports`` in the project's home.
    only
        Names of notebooks, such as ``03_actors``, ``03`` or ``actors``; none means all.
    given
        Parameters by name.
    notebooks
        Folder of the notebooks; default those of this installation.

    Raises
    ------
    SourceError, ParameterError, SettingsError
        For a source that is not there, a parameter of unknown name or wrong type, a notebook that does not exist.
    """
    path = resolve_source(source)
    chosen = _choose(notebooks or find_notebooks(), only)
    checked = check_parameters(given or {}, {notebook.stem: read_parameters(notebook) for notebook in chosen})
    # Time first, so that runs sort by age; four random digits, because two runs can start in the same second.
    run = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) + "-" + secrets.token_hex(2)
    name = path.name if path.is_dir() else path.stem
    return Plan(path, _slug(name), run, (to or find_home() / "reports").absolute(), chosen, checked)


def _choose(folder: Path, only: Sequence[str]) -> tuple[Path, ...]:
    found = sorted(path for path in folder.glob("*.ipynb"))
    if not found:
        raise SettingsError(f"expected notebooks in '{folder.name}', found none")
    if not only:
        return tuple(found)
    chosen = set()
    for name in only:
        matches = [path for path in found if name in (path.stem, *path.stem.split("_", 1))]
        if not matches:
            raise SettingsError(f"there is no notebook '{name}'; the notebooks are {', '.join(p.stem for p in found)}")
        chosen.update(matches)
    return tuple(sorted(chosen))


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-") or "corpus"
