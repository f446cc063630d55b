"""Minimal pairs: what one word more or another order does to the tone, as a reader would judge."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from inchiesta.sentiment.targets import score_targets

# Fainter than this is no tone.
FAINT = 0.1
# The names in the sentences: each is a name to the others.
NAMES = ("Tarvo", "Orlena", "Belvar", "Danza")
JUDGED = {
    "-": lambda tone: tone <= -FAINT,
    "+": lambda tone: tone >= FAINT,
    "0": lambda tone: abs(tone) < FAINT,
    "0+": lambda tone: tone > -FAINT,
    "0-": lambda tone: tone < FAINT,
}


def read_pairs() -> list[dict[str, str]]:
    text = (Path(__file__).parent / "minimal_pairs.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def toward(pairs: list[dict[str, str]], which: str) -> list[float]:
    """Give the tone toward each pair's target in its ``which`` sentence, by rules."""
    rows = [
        {"pair": number, "text": pair[which], "language": pair["language"], "start_char": pair[which].index(name),
         "end_char": pair[which].index(name) + len(name), "is_target": name == pair["target"]}
        for number, pair in enumerate(pairs)
        for name in NAMES
        if name in pair[which]
    ]  # fmt: skip
    # A sentence that stands in several pairs is read once: the same names, the same tones.
    targets = pd.DataFrame(rows)
    scores = score_targets(targets.drop(columns="pair"), method="rules")["score"]
    found = pd.Series(scores[targets["is_target"]].tolist(), index=targets.loc[targets["is_target"], "pair"])
    return [float(found[number]) for number in range(len(pairs))]


def is_right(pair: dict[str, str], first: float, second: float) -> bool:
    if not JUDGED[pair["tone"]](first):
        return False
    if pair["expected"] == "weaker":
        return abs(second) < abs(first) or second * first < 0
    if pair["expected"] == "stronger":
        return first * second > 0 and abs(second) > abs(first)
    return bool(JUDGED[pair["expected"]](second))


PAIRS = read_pairs()
OUTCOMES = [
    (pair, is_right(pair, first, second), first, second)
    for pair, first, second in zip(PAIRS, toward(PAIRS, "first"), toward(PAIRS, "second"), strict=True)
]


def test_there_are_150_pairs_half_of_them_italian() -> None:
    assert len(PAIRS) == 150
    assert sum(pair["language"] == "it" for pair in PAIRS) == 75


@pytest.mark.parametrize("language", ["it", "en"])
def test_nine_of_ten_are_read_as_a_reader_would(language: str) -> None:
    right = [right for pair, right, _, _ in OUTCOMES if pair["language"] == language]
    wrong = [(pair["second"], round(first, 2), round(second, 2)) for pair, ok, first, second in OUTCOMES if not ok]
    assert sum(right) / len(right) >= 0.9, wrong


@pytest.mark.parametrize("point", sorted({pair["point"] for pair in PAIRS}))
def test_no_point_is_missed_as_a_whole(point: str) -> None:
    right = [right for pair, right, _, _ in OUTCOMES if pair["point"] == point]
    assert sum(right) / len(right) >= 0.7
