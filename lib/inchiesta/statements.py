"""The form in which an analysis hands a finding to a notebook: the arguments of `Page.state`."""

from __future__ import annotations

from typing import Any

Statement = dict[str, Any]


def withhold(name: str, statement: str, why: str) -> Statement:
    """Give the statement of a figure that would be noise: no value, no evidence, but the reason."""
    return {
        "name": name,
        "statement": statement,
        "value": "",
        "unit": "",
        "base": why,
        "evidence": [],
        "status": "withheld",
    }


def count_noun(number: int, one: str, many: str = "") -> str:
    """Give a number with its noun.

    >>> count_noun(1, "text"), count_noun(3, "text"), count_noun(2, "story", "stories")
    ('1 text', '3 texts', '2 stories')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
