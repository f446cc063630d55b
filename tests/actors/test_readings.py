"""What is stated about pairs, and the sentences it opens to, whatever two actors meet in."""

from __future__ import annotations

import pandas as pd
import pytest

from inchiesta.actors.counting import Counting
from inchiesta.actors.pairs import count_pairs
from inchiesta.actors.readings import sentences_where_met, state_pairs_beyond_chance, state_strongest_pair
from tests.actors.test_pairs import build, sentences_of

ROWS = {"d1:1": ["a"], "d1:2": ["b"], "d1:3": ["c"], "d1:4": ["a", "b"], "d2:1": ["a"], "d2:2": ["d"], "d2:3": ["b"]}
PARAGRAPHS = {"d1:1": 0, "d1:2": 0, "d1:3": 1, "d1:4": 1, "d2:1": 0, "d2:2": 1, "d2:3": 2}
ACTORS = pd.DataFrame({"actor_id": list("abcd"), "name": list("ABCD")})


@pytest.mark.parametrize(
    ("unit", "found"),
    [
        ("sentence", ["d1:4"]),
        ("paragraph", ["d1:1", "d1:2", "d1:4"]),
        ("window", ["d1:1", "d1:2", "d1:4", "d2:1", "d2:3"]),
        ("document", ["d1:1", "d1:2", "d1:4", "d2:1", "d2:3"]),
    ],
)
def test_a_meeting_opens_to_the_sentences_that_name_either(unit: str, found: list[str]) -> None:
    mentions, _ = build(ROWS)
    sentences = sentences_of(mentions, PARAGRAPHS)
    assert sentences_where_met(mentions, sentences, "a", "b", counting=Counting(unit=unit)) == found


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document"])
def test_the_statement_counts_in_the_unit_and_has_its_evidence(unit: str) -> None:
    mentions, documents = build(ROWS)
    sentences = sentences_of(mentions, PARAGRAPHS)
    where = {"sentences": sentences, "counting": Counting(unit=unit)}
    pairs = count_pairs(mentions, documents, **where)
    strongest = state_strongest_pair(pairs, ACTORS, mentions, **where)
    assert strongest["value"] == "A and B"
    assert strongest["statement"] == f"{{value}} share the most {unit}s."
    assert f"shared {unit}" in strongest["base"]
    assert strongest["evidence"]
    assert f"more {unit}s" in state_pairs_beyond_chance(pairs, ACTORS, mentions, **where)["statement"]
