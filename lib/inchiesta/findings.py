"""Findings: published numbers that carry their base and their evidence.

A number that nobody can open is an assertion. `make_finding` refuses it: every finding names what it was counted out
of and the sentences (or documents) it was counted from.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from numbers import Integral
from pathlib import Path
from typing import Any

from inchiesta.errors import FindingError

STATUSES = ("clear", "weak", "withheld")
PLACE = "{value}"

# 500 sentences are more than anyone opens, and keep findings.jsonl readable; n_evidence tells how many there were.
MAX_EVIDENCE = 500
# Below 30 cases one case moves a percentage by more than 3 points: the two numbers say more than their quotient.
SMALL_BASE = 30

_SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_EVIDENCE_ID = re.compile(r"d[0-9a-f]{16}(?:-\d+)?(?::\d{4,})?")
_ZERO = re.compile(r"0(?:[.,]0+)?%?(?: (?:of|su) .*)?", re.DOTALL)

# Thousands and decimals. The Italian thin space is the narrow no-break one, so that a number never breaks over lines.
_MARKS = {"en": (",", "."), "it": ("\u202f", ",")}
_OF = {"en": "of", "it": "su"}


@dataclass(frozen=True)
class Finding:
    """One published number: the sentence, what it rests on, and how sure it is.

    `value` is the number or name as shown. `base` says out of what it was counted; of a withheld finding it says why.
    `evidence` holds at most 500 sentence_ids or document_ids, `n_evidence` how many there were.
    """

    finding_id: str
    notebook: str
    statement: str
    value: str
    unit: str
    base: str
    evidence: tuple[str, ...]
    n_evidence: int
    status: str
    headline: bool = False

    def around_value(self) -> tuple[str, str, str]:
        """Give the sentence as what stands before the number, the number, and what stands after it."""
        before, place, after = self.statement.partition(PLACE)
        return before, (self.value or "(withheld)") if place else "", after

    def text(self) -> str:
        """Give the plain sentence with its number, without the base."""
        return "".join(self.around_value())

    def reading(self) -> str:
        """Give the sentence with its base and, unless it is clear, how sure it is."""
        if self.status == "withheld":
            return f"{self.text()} — withheld: {self.base}" if self.base else f"{self.text()} — withheld"
        return f"{self.text()} ({self.base})" + ("" if self.status == "clear" else f" — {self.status}")


def make_finding(
    name: str,
    statement: str,
    *,
    notebook: str,
    value: int | float | str,
    unit: str,
    base: str,
    evidence: Iterable[str],
    status: str = "clear",
    headline: bool = False,
    language: str = "en",
) -> Finding:
    """Make a finding, or say what it lacks.

    Parameters
    ----------
    name : slug (lower-case letters, digits, - and _), the same from run to run; with `notebook` the finding_id.
    statement : the sentence, with ``{value}`` exactly once where the number stands.
    value : number or name; numbers are written by `format_number`. Ignored for a withheld finding.
    unit : what the number counts (``sentences``).
    base : out of what (``41 of 310 sentences, 29 origins``); for a withheld finding, why it is withheld.
    evidence : sentence_ids or document_ids. Doubles are dropped, the order is kept, the list is cut at 500.
    status : ``clear``, ``weak`` or ``withheld``.
    headline : true for one of the sentences that answer the question of the whole report.
    language : ``en`` or ``it``, for the writing of the number.

    Raises
    ------
    FindingError
        If the name is no slug, the statement or the base is empty, ``{value}`` is not there exactly once, the status is
        unknown, evidence is missing though the value is not 0, or an id is not of the form of a sentence or document.

    Examples
    --------
    >>> ids = ["d0123456789abcdef:0001"]
    >>> make_finding("n", "{value} sentence", notebook="a", value=1, unit="", base="1 of 3", evidence=ids).reading()
    '1 sentence (1 of 3)'
    """
    finding_id = f"{notebook}/{name}"
    withheld = status == "withheld"
    shown = "" if withheld else _shown_value(finding_id, value, language)
    distinct = tuple(dict.fromkeys(str(item) for item in evidence))
    _check_words(finding_id, statement, base, status, shown)
    _check_evidence(finding_id, distinct, needed=not (withheld or _ZERO.fullmatch(shown)))
    return Finding(
        finding_id,
        notebook,
        statement.strip(),
        shown,
        unit,
        base.strip(),
        distinct[:MAX_EVIDENCE],
        len(distinct),
        status,
        headline,
    )


def _shown_value(finding_id: str, value: int | float | str, language: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not math.isfinite(value):
        raise FindingError(f"finding {finding_id}: the value is {value}, expected a number or a name")
    return format_number(value, language)


def _check_words(finding_id: str, statement: str, base: str, status: str, shown: str) -> None:
    notebook, _, name = finding_id.rpartition("/")
    if not _SLUG.fullmatch(name) or not _SLUG.fullmatch(notebook):
        raise FindingError(f"finding {finding_id}: expected a name like most_named_actor")
    if status not in STATUSES:
        raise FindingError(f"finding {finding_id}: status is '{status}', expected one of {', '.join(STATUSES)}")
    if not statement.strip():
        raise FindingError(f"finding {finding_id}: the statement is empty; write the sentence with {PLACE} in it")
    places = statement.count(PLACE)
    if places > 1 or (places == 0 and shown):
        raise FindingError(f"finding {finding_id}: the statement has {PLACE} {places} times, expected once")
    if not base.strip() and status != "withheld":
        raise FindingError(f"finding {finding_id}: the base is missing; say out of what, like '41 of 310 sentences'")


def _check_evidence(finding_id: str, evidence: tuple[str, ...], *, needed: bool) -> None:
    if needed and not evidence:
        raise FindingError(f"finding {finding_id}: the evidence is missing; give the sentence_ids it was counted from")
    strange = [item for item in evidence if not _EVIDENCE_ID.fullmatch(item)]
    if strange:
        raise FindingError(
            f"finding {finding_id}: {len(strange)} pieces of evidence are neither a sentence_id nor a document_id"
            f" (expected the form d0123456789abcdef:0001)"
        )


def format_number(value: int | float, language: str = "en") -> str:
    """Write a number for a reader: whole numbers in full, others with two digits of meaning.

    Thousands are parted by a comma in English and a thin space in Italian; the minus is a minus, not a hyphen.
    Languages other than these two are written as in English.

    Examples
    --------
    >>> format_number(12345), format_number(12345, "it"), format_number(0.4271), format_number(-0.4271, "it")
    ('12,345', '12\\u202f345', '0.43', '−0,43')
    """
    if _is_whole(value):
        plain = f"{abs(int(value)):,}"
    elif abs(value) >= 10:
        plain = f"{abs(value):,.0f}"
    else:
        plain = _two_digits(abs(float(value)))
    thousands, decimals = _MARKS.get(language, _MARKS["en"])
    written = plain.replace(",", "\0").replace(".", decimals).replace("\0", thousands)
    return f"−{written}" if value < 0 and plain.strip("0.") else written


def _is_whole(value: object) -> bool:
    # By type, not by value: 3.0 is a measured number, numpy's whole numbers count as whole.
    return isinstance(value, Integral)


def _two_digits(size: float) -> str:
    if size == 0:
        return "0"
    # 0.996 rounds up to 1.0: the exponent is taken after rounding to two digits.
    places = max(0, 1 - math.floor(math.log10(float(f"{size:.1e}"))))
    return f"{size:.{places}f}"


def share_in_words(part: int, whole: int, language: str = "en") -> str:
    """Write a share: ``3 of 15`` below a base of 30, else a percentage with two digits of meaning.

    Raises
    ------
    FindingError
        If part is negative or more than whole.

    Examples
    --------
    >>> share_in_words(3, 15), share_in_words(62, 310), share_in_words(3, 15, "it")
    ('3 of 15', '20%', '3 su 15')
    """
    if not 0 <= part <= whole:
        raise FindingError(f"a share of {part} of {whole}: expected a part between 0 and the whole")
    if whole < SMALL_BASE:
        return f"{format_number(part, language)} {_OF.get(language, 'of')} {format_number(whole, language)}"
    percent = 100 * int(part) / int(whole)
    return f"{format_number(int(percent) if percent.is_integer() else percent, language)}%"


def finding_row(finding: Finding) -> dict[str, Any]:
    """Give the finding as a row of the table findings, with `headline` added."""
    return {**asdict(finding), "evidence": list(finding.evidence)}


def finding_of_row(row: dict[str, Any]) -> Finding:
    """Give the finding a row describes.

    Raises
    ------
    FindingError
        If a column is missing or unknown.
    """
    names = {field.name for field in fields(Finding)}
    if not {*names} - {"headline"} <= set(row) <= names:
        raise FindingError(f"a finding has the columns {sorted(row)}; expected {sorted(names)}")
    return Finding(**{**row, "evidence": tuple(row["evidence"])})


def write_findings(findings: Iterable[Finding], path: Path) -> None:
    """Write findings as JSON lines: the columns of the table findings, and `headline`."""
    lines = [json.dumps(finding_row(finding), ensure_ascii=False) + "\n" for finding in findings]
    path.write_text("".join(lines), encoding="utf-8", newline="\n")


def read_findings(path: Path) -> list[Finding]:
    """Read findings written by `write_findings`, in their order.

    Raises
    ------
    FindingError
        If a line is not JSON or has other columns; the message names the line.
    """
    findings = []
    # split("\n"), not splitlines(): a statement may hold U+2028, which JSON leaves as it is.
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                findings.append(finding_of_row(json.loads(line)))
            except (ValueError, TypeError, FindingError) as error:
                raise FindingError(f"{path.name} line {number}: not a finding ({error})") from error
    return findings
