"""Parameters are checked by name, type and range before anything starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from inchiesta.errors import ParameterError
from inchiesta.parameters import check_parameters, parse_assignments, read_parameters

CELL = """source: str = "seeds"  # a folder or a file
n_topics: int | None = None  # topics, 2 to 50; None: chosen by the size of the corpus
voice: str = "narrator"  # narrator or quoted
share: float = 0.5  # 0 to 1
names: list[str] = []  # actors
strict: bool = False  # yes or no
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    path = tmp_path / "02_topics.ipynb"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": CELL.splitlines(keepends=True)}
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    return path


def check(notebook: Path, *assignments: str) -> dict[str, object]:
    return check_parameters(parse_assignments(assignments), {"02_topics": read_parameters(notebook)})["02_topics"]  # type: ignore[return-value]


def test_help_and_range_come_from_the_comment(notebook: Path) -> None:
    parameters = read_parameters(notebook)
    assert parameters["n_topics"].about.startswith("topics, 2 to 50")
    assert parameters["n_topics"].limits == (2, 50)
    assert parameters["voice"].default == "narrator"


def test_right_values_pass(notebook: Path) -> None:
    given = check(notebook, "n_topics=7", "share=1", "names=['A','B']", "strict=true", "voice=quoted")
    assert given == {"n_topics": 7, "share": 1.0, "names": ["A", "B"], "strict": True, "voice": "quoted"}
    assert check(notebook, "n_topics=none") == {"n_topics": None}


@pytest.mark.parametrize(
    ("assignment", "says"),
    [
        ("n_topic=7", "did you mean 'n_topics'"),
        ("n_topics=seven", "takes int | None, got str"),
        ("n_topics=7.5", "got float"),
        ("n_topics=True", "got bool"),
        ("n_topics=500", "takes 2 to 50, got 500"),
        ("share=2", "takes 0 to 1"),
        ("names=[1]", "takes list[str]"),
        ("source=elsewhere", "set by the run itself"),
        ("n_topics", "expected NAME=VALUE"),
        ("voice=__import__('os')", None),
    ],
)
def test_wrong_ones_say_what_is_expected(notebook: Path, assignment: str, says: str | None) -> None:
    if says is None:  # code is text, never run
        assert check(notebook, assignment) == {"voice": "__import__('os')"}
        return
    with pytest.raises(ParameterError, match=says.replace("|", r"\|").replace("[", r"\[")):
        check(notebook, assignment)


def test_a_parameters_cell_holds_literals_only(tmp_path: Path) -> None:
    path = tmp_path / "x.ipynb"
    cell = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ["n = 1 + len('a')"]}
    path.write_text(json.dumps({"cells": [cell]}), encoding="utf-8")
    with pytest.raises(ParameterError, match="not a literal"):
        read_parameters(path)
