"""The seed: who speaks how of whom, read off the text by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import inchiesta
from inchiesta.sentiment.readings import mark_words

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def tones() -> pd.DataFrame:
    dossier = inchiesta.open(SEEDS)
    texts = dossier.sentences[["sentence_id", "text"]]
    return dossier.tones.merge(texts, on="sentence_id")


def said(tones: pd.DataFrame, begins: str, actor: str) -> pd.Series:
    found = tones[tones["text"].str.contains(begins, regex=False) & (tones["actor_id"] == actor)]
    assert len(found) == 1, found
    return found.iloc[0]


@pytest.mark.parametrize(
    ("begins", "actor", "speaker", "word"),
    [
        ("Formalmente, questa è una completa violazione", "csto", "per-eduard-arakelyan", "-violazione"),
        ("È ridicolo pensare che queste consegne", "RU", "per-ivana-stradner", "-ridicolo"),
    ],
)
def test_the_analysts_speak_badly_of_the_deliveries_and_are_quoted(
    tones: pd.DataFrame, begins: str, actor: str, speaker: str, word: str
) -> None:
    row = said(tones, begins, actor)
    assert row["voice"] == "quoted"
    assert row["speaker_id"] == speaker
    assert row["score"] < -0.2
    assert word in row["words"]


def test_lukashenko_speaks_well_of_aliyev_and_is_quoted(tones: pd.DataFrame) -> None:
    row = said(tones, "il nostro uomo", "per-ilham-aliyev")
    assert row["voice"] == "quoted"
    assert row["speaker_id"] == "per-alexander-lukashenko"
    assert row["score"] > 0.2
    assert "+nostro uomo" in row["words"]


def test_the_narrators_own_tone_is_kept_apart(tones: pd.DataFrame) -> None:
    row = said(tones, "il tradimento della Bielorussia", "BY")
    assert row[["voice", "speaker_id"]].tolist() == ["narrator", ""]
    assert row["score"] < -0.5
    of_aliyev = tones[tones["text"].str.contains("il nostro uomo", regex=False) & (tones["voice"] == "narrator")]
    assert "+nostro uomo" not in of_aliyev["words"].explode().tolist()


def test_the_carrying_words_can_be_marked_in_their_sentence(tones: pd.DataFrame) -> None:
    for text, words in zip(tones["text"], tones["words"], strict=True):
        marked = mark_words(text, words)
        assert all(f"[{'−' if word[0] == '-' else '+'}{word[1:]}]" in marked for word in words), marked
