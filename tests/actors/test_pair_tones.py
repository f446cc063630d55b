from __future__ import annotations

import numpy as np
import pandas as pd

from inchiesta.actors.pair_tones import sign_pairs
from tests.actors.test_pairs import build

PAIRS = pd.DataFrame({"actor_a": ["a", "a"], "actor_b": ["b", "c"], "q_value": [0.0, 0.1]})


def tones(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["sentence_id", "actor_id", "voice", "score"])


def test_each_side_has_the_mean_tone_of_the_shared_sentences() -> None:
    mentions, _ = build({"d1:1": ["a", "b"], "d1:2": ["a", "b"], "d1:3": ["a"], "d1:4": ["a", "c"]})
    heard = tones(
        ("d1:1", "a", "narrator", -0.5),
        ("d1:2", "a", "narrator", -0.1),
        ("d1:2", "b", "narrator", 0.4),
        ("d1:2", "b", "quoted", -1.0),
        ("d1:3", "a", "narrator", 0.9),
        ("d1:1", "", "narrator", 0.7),
    )
    signed = sign_pairs(PAIRS, mentions, heard)
    assert signed["actor_b"].tolist() == ["b", "c"]
    np.testing.assert_allclose(signed[["tone_a", "tone_b"]].to_numpy(), [[-0.3, 0.4], [np.nan, np.nan]])
    assert signed[["n_tone_a", "n_tone_b"]].to_numpy().tolist() == [[2, 1], [0, 0]]
    assert sign_pairs(PAIRS, mentions, heard, voice="quoted")[["tone_b", "n_tone_b"]].iloc[0].tolist() == [-1.0, 1]


def test_two_mentions_in_a_sentence_are_one_meeting() -> None:
    mentions, _ = build({"d1:1": ["a", "b", "b"], "d1:2": ["a", "b"]})
    signed = sign_pairs(PAIRS, mentions, tones(("d1:1", "b", "narrator", 1.0), ("d1:2", "b", "narrator", 0.0)))
    assert signed.iloc[0][["tone_b", "n_tone_b"]].tolist() == [0.5, 2]


def test_nothing_shared_and_nothing_toned_give_empty_tones() -> None:
    mentions, _ = build({"d1:1": ["a"], "d1:2": ["b"]})
    signed = sign_pairs(PAIRS, mentions, tones())
    assert signed[["tone_a", "tone_b"]].isna().all(axis=None)
    assert sign_pairs(PAIRS.iloc[:0], mentions, tones()).empty
