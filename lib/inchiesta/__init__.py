"""inchiesta: from a folder of texts to a report in which every number opens.

>>> import inchiesta
>>> inchiesta.__version__
'0.1.0'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from inchiesta.dossier import Dossier, open
    from inchiesta.report.page import Page, start_page

__all__ = ["Dossier", "Page", "__version__", "open", "start_page"]

# Loaded when first asked for: the command line must answer --help before pandas is in memory.
_HOMES = {
    "Dossier": "inchiesta.dossier",
    "open": "inchiesta.dossier",
    "Page": "inchiesta.report.page",
    "start_page": "inchiesta.report.page",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'inchiesta' has no attribute {name!r}")
