"""The trained tone model: what it learns, what it refuses, and that it is the same every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from inchiesta.errors import ParameterError, SettingsError, SourceError
from inchiesta.sentiment.given import read_targets
from inchiesta.sentiment.judge import find_model
from inchiesta.sentiment.model.ask import ToneModel
from inchiesta.sentiment.model.encode import lay_out
from inchiesta.sentiment.model.features import Described, describe
from inchiesta.sentiment.model.labelled import read_labelled
from inchiesta.sentiment.model.train import teach_tones
from inchiesta.sentiment.model.weights import LABELS, ToneWeights, read_weights
from inchiesta.sentiment.pages import WORDS
from inchiesta.sentiment.sentence import find_tones, pair_tones
from inchiesta.sentiment.targets import score_targets

NAMES = ("Tessaly", "Marenghi", "Dravic", "Zelman", "Reuel")
SAID = {"positive": "Reporters praised {} for the zorbing.", "negative": "Reporters mocked {} for the quibbing."}


def line(text: str, name: str, label: str, document: str) -> dict[str, Any]:
    start = text.index(name)
    return {"text": text, "lang": "en", "start": start, "end": start + len(name), "label": label, "id": document}


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = []
    for number in range(60):
        name = NAMES[number % len(NAMES)]
        for label, said in (*SAID.items(), ("neutral", "Reporters met {} in the hall.")):
            rows.append(line(said.format(name), name, label, f"a_b_{number}_{label}"))
    path = tmp_path_factory.mktemp("lines") / "lines.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def taught(labelled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("taught")
    teach_tones([labelled], folder)
    return folder / "en/tones.npz"


def described_of(targets: pd.DataFrame) -> Described:
    pages = read_targets(targets)
    tones, borders = find_tones(pages)
    return describe(pages, tones, pair_tones(pages, tones, borders))


def test_it_learns_words_no_list_knows(taught: Path) -> None:
    texts = ["Voters met Carbotta for the zorbing.", "Voters met Carbotta for the quibbing."]
    targets = pd.DataFrame({"text": texts, "language": "en", "start_char": 11, "end_char": 19})
    odds = ToneModel(read_weights(taught)).probabilities(described_of(targets), np.zeros(2, dtype=bool))
    assert odds[0, 2] > odds[1, 2]
    assert odds[1, 0] > odds[0, 0]
    assert np.allclose(odds.sum(axis=1), 1)


def test_the_words_of_the_target_say_nothing() -> None:
    model = find_model("en")
    assert model is not None
    names = ["Tessaly", "Traitor", "Saint", "Winner"]
    texts = [f"Voters met {name} in the hall, and the crooked mayor praised {name}." for name in names]
    targets = pd.DataFrame(
        {"text": texts, "language": "en", "start_char": 11, "end_char": [11 + len(name) for name in names]}
    )
    odds = model.probabilities(described_of(targets), np.zeros(4, dtype=bool))
    assert np.abs(odds - odds[0]).max() < 1e-9


def test_what_the_ranges_add_up_to_is_what_the_matrix_says(labelled: Path) -> None:
    targets = read_labelled(labelled)
    more = targets["text"].str.replace(".", ", while Marenghi, a liar, failed Reuel again.", regex=False)
    targets = targets.assign(text=more)
    described = described_of(targets)
    layout = lay_out(described, np.arange(described.size))
    random = np.random.default_rng(1)
    weights = random.normal(size=(layout.n_grams + layout.n_sums, 3)).astype(np.float16).astype(float)
    lemmas, families = layout.to_families(weights, WORDS.of("en").lemma_numbers)
    sums = weights[layout.n_grams :]
    model = ToneModel(ToneWeights("en", lemmas, families, sums, np.zeros((2, 3)), (1.0, 1.0)))
    assert np.allclose(layout.to_matrix(described) @ weights, model.scores(described))


def test_the_same_lines_give_the_same_bytes(labelled: Path, taught: Path, tmp_path: Path) -> None:
    teach_tones([labelled], tmp_path)
    assert (tmp_path / "en/tones.npz").read_bytes() == taught.read_bytes()
    card = (tmp_path / "en/tones.md").read_text(encoding="utf-8")
    assert "60 negative, 60 neutral, 60 positive" in card
    assert "SHA-256" in card


def test_entities_without_a_tone_are_neutral_and_marked(tmp_path: Path) -> None:
    row = {
        "doc": "d", "lang": "it", "text": "Dravic accusa Tessaly.",
        "entities": [{"start": 0, "end": 6, "kind": "PER"}, {"start": 14, "end": 21, "kind": "PER"}],
        "tone": [{"start": 14, "end": 21, "score": -1, "voice": "narrator"}],
    }  # fmt: skip
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    found = read_labelled(path)
    assert found["label"].tolist() == ["neutral", "negative"]
    assert found["every_name"].all()


@pytest.mark.parametrize(
    "row",
    [
        {"text": "A", "lang": "en"},
        {"text": "A", "lang": "xx", "start": 0, "end": 1, "label": "neutral"},
        {"text": "A", "lang": "en", "start": 0, "end": 9, "label": "neutral"},
        {"text": "A", "lang": "en", "start": 0, "end": 1, "label": "good"},
    ],
)
def test_lines_of_another_form_are_refused_with_their_number(row: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text("\n" + json.dumps(row), encoding="utf-8")
    with pytest.raises(SourceError, match="line 2"):
        read_labelled(path)


def test_missing_and_damaged_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="found none"):
        read_labelled(tmp_path / "none.jsonl")
    (tmp_path / "tones.npz").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(SettingsError, match="train-tones"):
        read_weights(tmp_path / "tones.npz")


def test_labels_that_are_all_alike_teach_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(json.dumps(line("They met Tessaly.", "Tessaly", "neutral", "d")), encoding="utf-8")
    with pytest.raises(SourceError, match="each of the labels"):
        teach_tones([path], tmp_path)


def test_targets_are_scored_by_the_model_or_by_the_rules() -> None:
    text = "Critics condemned the corrupt and disgraced Tessaly, a liar who betrayed his voters."
    targets = pd.DataFrame({"text": [text], "language": ["en"], "start_char": [44], "end_char": [51]})
    for method in ("model", "rules"):
        found = score_targets(targets, method=method)
        assert found["label"].tolist() == ["negative"]
        assert set(found.columns) == {"score", "label", "clear"}
    assert set(LABELS) == {"negative", "neutral", "positive"}
    with pytest.raises(ParameterError, match="method"):
        score_targets(targets, method="guess")


def test_other_languages_are_not_scored_by_either_way() -> None:
    targets = pd.DataFrame({"text": ["Dravic ist da."], "language": ["de"], "start_char": [0], "end_char": [6]})
    found = score_targets(targets)
    assert found["score"].isna().all()
    assert found["label"].tolist() == [""]
