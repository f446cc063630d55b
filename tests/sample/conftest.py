"""The affair, opened once for all its tests, and the truth beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import inchiesta
from inchiesta.dossier import Dossier

SAMPLE = Path(__file__).parents[2] / "data/sample"
Record = dict[str, Any]


@pytest.fixture(scope="package")
def truth() -> Record:
    found: Record = json.loads((SAMPLE / "affair-truth.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="package")
def dossier() -> Dossier:
    return inchiesta.open(SAMPLE / "affair")
