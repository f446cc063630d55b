"""A csv no spreadsheet executes, with the untouched values beside it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from inchiesta.report.spreadsheets import guard_cell, write_table_csv, write_table_jsonl, write_table_parquet

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("//x")',
    "=IMPORTXML(A1)",
    "+1+1",
    "+cmd|x",
    "-1+1",
    "-2+3+cmd|x",
    "@SUM(1)",
    "@x",
    "\t=1+1",
    "\r=1+1",
    "\tx",
    "\rx",
    "=",
    "+",
    "-",
    "@",
    "=\u202e",
    "=è",
    "=a;b",
    "=a,b",
    '="x"',
    "=\n1",
]


def read_back(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_text_in_cells_headers_and_lists(tmp_path: Path, formula: str) -> None:
    table = pd.DataFrame({formula: [formula], "list": [[formula, "x"]], "n": [-0.5]})
    write_table_csv(table, tmp_path / "t.csv")
    header, row = read_back(tmp_path / "t.csv")
    assert header == [f"'{formula}", "list", "n"]
    assert row == [f"'{formula}", f"'{formula}; x", "-0.5"]


def test_values_stand_untouched_in_the_other_files(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {
            "name": ["=1+1", "NA"],
            "n": pd.array([1, None], dtype="Int64"),
            "x": [0.1 + 0.2, float("nan")],
            "list": [["-a"], []],
            "flag": [True, False],
        }
    )
    write_table_jsonl(table, tmp_path / "t.jsonl")
    write_table_parquet(table, tmp_path / "t.parquet")
    rows = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[0] == {"name": "=1+1", "n": 1, "x": 0.1 + 0.2, "list": ["-a"], "flag": True}
    assert rows[1] == {"name": "NA", "n": None, "x": None, "list": [], "flag": False}
    back = pd.read_parquet(tmp_path / "t.parquet")
    assert list(back["name"]) == ["=1+1", "NA"]
    assert back["x"][0] == 0.1 + 0.2


def test_an_empty_table_keeps_its_header(tmp_path: Path) -> None:
    write_table_csv(pd.DataFrame({"=a": [], "b": []}), tmp_path / "t.csv")
    assert read_back(tmp_path / "t.csv") == [["'=a", "b"]]


def test_plain_words_are_left_alone() -> None:
    assert [guard_cell(word) for word in ("", "è", "a=b", " x", "'q", "0039")] == ["", "è", "a=b", " x", "'q", "0039"]
