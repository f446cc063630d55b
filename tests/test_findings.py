"""A number without its base or its evidence is refused; one that has both reads as a sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inchiesta.errors import FindingError
from inchiesta.findings import (
    MAX_EVIDENCE,
    Finding,
    format_number,
    make_finding,
    read_findings,
    share_in_words,
    write_findings,
)
from inchiesta.tables import TABLES

SENTENCE = "d0123456789abcdef:0001"
DOCUMENT = "d0123456789abcdef-2"


def finding(**changes: Any) -> Finding:
    given: dict[str, Any] = {
        "name": "negative",
        "statement": "{value} sentences are negative.",
        "notebook": "04_sentiment",
        "value": 41,
        "unit": "sentences",
        "base": "41 of 310 sentences, 29 origins",
        "evidence": [SENTENCE],
    }
    given |= changes
    return make_finding(given.pop("name"), given.pop("statement"), **given)


def test_a_finding_reads_as_a_sentence_with_its_base() -> None:
    assert finding().text() == "41 sentences are negative."
    assert finding().reading() == "41 sentences are negative. (41 of 310 sentences, 29 origins)"
    assert finding(status="weak").reading().endswith("29 origins) — weak")
    assert finding().finding_id == "04_sentiment/negative"


def test_a_withheld_finding_says_why_and_needs_no_evidence() -> None:
    said = "Who is spoken of worst cannot be said."
    held = finding(statement=said, status="withheld", base="2 sentences", evidence=[])
    assert held.value == ""
    assert held.reading() == "Who is spoken of worst cannot be said. — withheld: 2 sentences"
    assert finding(status="withheld", base="", evidence=[]).text() == "(withheld) sentences are negative."


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": "Not a slug"}, "expected a name like"),
        ({"name": "x/../y"}, "expected a name like"),
        ({"notebook": ""}, "expected a name like"),
        ({"statement": "  "}, "statement is empty"),
        ({"statement": "sentences are negative"}, "0 times, expected once"),
        ({"statement": "{value} of {value}"}, "2 times, expected once"),
        ({"base": " "}, "base is missing"),
        ({"evidence": []}, "evidence is missing"),
        ({"evidence": ["x"]}, "neither a sentence_id nor a document_id"),
        ({"evidence": [SENTENCE, "d0123:0001"]}, "1 pieces of evidence"),
        ({"evidence": [f"{SENTENCE}\n"]}, "1 pieces of evidence"),
        ({"status": "sure"}, "expected one of clear, weak, withheld"),
        ({"value": float("nan")}, "expected a number or a name"),
        ({"value": True}, "expected a number or a name"),
    ],
)
def test_what_is_missing_is_named(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(FindingError, match=said):
        finding(**changes)


@pytest.mark.parametrize("value", [0, 0.0, "0", "0 of 15", "0%"])
def test_nothing_found_needs_no_evidence(value: Any) -> None:
    assert finding(value=value, evidence=[]).n_evidence == 0


def test_evidence_keeps_its_order_without_doubles_and_is_cut_at_500() -> None:
    ids = [f"d0123456789abcdef:{n:04d}" for n in range(600, 0, -1)]
    many = finding(evidence=ids + ids + [DOCUMENT])
    assert many.n_evidence == 601
    assert many.evidence == tuple(ids[:MAX_EVIDENCE])


def test_a_name_is_a_value_and_a_brace_in_it_is_left_alone() -> None:
    odd = finding(statement="{value} is named most {often}.", value="{value} Ltd")
    assert odd.text() == "{value} Ltd is named most {often}."


@pytest.mark.parametrize(
    ("value", "english", "italian"),
    [
        (12345, "12,345", "12\u202f345"),
        (np.int64(1234), "1,234", "1\u202f234"),
        (0.4271, "0.43", "0,43"),
        (0.996, "1.0", "1,0"),
        (0.0012, "0.0012", "0,0012"),
        (12.4, "12", "12"),
        (1234.6, "1,235", "1\u202f235"),
        (-0.5, "−0.50", "−0,50"),
        (-0.0, "0", "0"),
        (np.float32(0.25), "0.25", "0,25"),
        (0, "0", "0"),
    ],
)
def test_numbers_have_two_digits_of_meaning(value: float, english: str, italian: str) -> None:
    assert (format_number(value), format_number(value, "it")) == (english, italian)


@given(st.floats(min_value=-1e6, max_value=1e6, allow_nan=False))
def test_a_written_number_is_near_the_number(value: float) -> None:
    back = float(format_number(value).replace(",", "").replace("−", "-"))
    assert abs(back - value) <= max(0.051 * abs(value), 1e-300)


def test_a_share_below_thirty_is_said_in_two_numbers() -> None:
    assert share_in_words(3, 15) == "3 of 15"
    assert share_in_words(3, 15, "it") == "3 su 15"
    assert share_in_words(29, 29) == "29 of 29"
    assert share_in_words(15, 30) == "50%"
    assert share_in_words(1, 3000) == "0.033%"
    with pytest.raises(FindingError, match="between 0 and the whole"):
        share_in_words(4, 3)


def test_findings_survive_the_file(tmp_path: Path) -> None:
    findings = [finding(), finding(name="odd", statement="a\u2028b {value} «è»", value="=1+1", headline=True)]
    write_findings(findings, tmp_path / "findings.jsonl")
    assert read_findings(tmp_path / "findings.jsonl") == findings
    row = json.loads((tmp_path / "findings.jsonl").read_text(encoding="utf-8").split("\n")[0])
    assert list(row) == [*TABLES["findings"].names, "headline"]


@pytest.mark.parametrize("line", ["{", "[]", '{"finding_id": "x"}', "3"])
def test_a_line_that_is_no_finding_is_named(tmp_path: Path, line: str) -> None:
    write_findings([finding()], tmp_path / "findings.jsonl")
    with (tmp_path / "findings.jsonl").open("a") as file:
        file.write(line + "\n")
    with pytest.raises(FindingError, match="line 2"):
        read_findings(tmp_path / "findings.jsonl")
