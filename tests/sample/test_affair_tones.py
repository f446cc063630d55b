"""The affair: the tones that were planted, in whose voice they stand, and the leanings of its outlets.

Two of three planted tones stand in sentences that do not name the actor (she, the minister); they are not looked at
here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import inchiesta
from data.sample.generator.shuffled import generate_shuffled
from inchiesta.dossier import Dossier
from inchiesta.sentiment.compare import compare_tones
from inchiesta.sentiment.summarize import summarize_tones

SAMPLE = Path(__file__).parents[2] / "data/sample"
MARKS = '«“”"» '

Truth = list[dict[str, Any]]


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return inchiesta.open(SAMPLE / "affair")


@pytest.fixture(scope="module")
def truth() -> Truth:
    documents: Truth = json.loads((SAMPLE / "affair-truth.json").read_text(encoding="utf-8"))["documents"]
    return documents


@pytest.fixture(scope="module")
def found(dossier: Dossier, truth: Truth) -> pd.DataFrame:
    """Give the planted tones whose actor the sentence names, and what we say of him: the strongest row."""
    read = dossier.documents[dossier.documents["status"] == "read"]
    ids = {(row.path, row.member): row.document_id for row in read.itertuples()}
    sentences = {key: list(group.itertuples()) for key, group in dossier.sentences.groupby("document_id")}
    named = {key: list(group.itertuples()) for key, group in dossier.mentions.groupby("sentence_id")}
    tones = dossier.tones.assign(strength=dossier.tones["score"].abs()).sort_values("strength", ascending=False)
    strongest = {(row.sentence_id, row.actor_id): row for row in tones[::-1].itertuples()}
    rows = []
    for document in truth:
        document_id = ids.get((document["path"], document["member"]))
        if document["kind"] not in ("original", "translation") or document_id is None:
            continue
        for planted in document["tone"]:
            names = {planted["actor"], *document["actors"].get(planted["actor"], [])}
            begins = planted["sentence_begins"].strip(MARKS)
            sentence = next((row for row in sentences[document_id] if begins in row.text), None)
            mentions = named.get(sentence.sentence_id, []) if sentence else []
            actor = next((m.actor_id for m in mentions if any(n in m.surface or m.surface in n for n in names)), None)
            if actor is not None:
                row = strongest.get((sentence.sentence_id, actor))
                said = (row.score, row.label, row.voice) if row else (0.0, "neutral", "")
                rows.append((planted["score"], planted["voice"], *said))
    return pd.DataFrame(rows, columns=["planted", "planted_voice", "score", "label", "voice"])


def test_a_third_of_the_planted_tones_names_its_actor(found: pd.DataFrame) -> None:
    assert len(found) >= 60


def test_what_is_called_clear_has_the_right_sign(found: pd.DataFrame) -> None:
    clear = found[found["label"].isin(["negative", "positive"])]
    assert len(clear)
    assert (np.sign(clear["score"]) == clear["planted"]).mean() >= 0.75


def test_most_that_has_a_tone_at_all_has_the_right_sign(found: pd.DataFrame) -> None:
    toned = found[found["voice"] != ""]
    assert len(toned) >= 0.6 * len(found)
    assert (np.sign(toned["score"]) == toned["planted"]).mean() >= 0.7


def test_the_voice_is_right(found: pd.DataFrame) -> None:
    toned = found[found["voice"] != ""]
    quoted = toned["voice"].where(toned["voice"] == "narrator", "quoted")
    assert (quoted == toned["planted_voice"]).mean() >= 0.85


def test_the_halden_courier_speaks_badly_of_tessaly(dossier: Dossier, truth: Truth) -> None:
    outlets = {(document["path"], document["member"]): document.get("outlet", "") for document in truth}
    places = zip(dossier.documents["path"], dossier.documents["member"], strict=True)
    documents = dossier.documents.assign(source=[outlets.get(place, "") for place in places])
    summary = summarize_tones(
        dossier.tones, dossier.counted_sentences, documents[documents["status"] == "read"], by=("actor_id", "source")
    )
    row = summary[(summary["actor_id"] == "per-orhan-tessaly") & (summary["source"] == "en-halden")].iloc[0]
    assert row["status"] == "clear"
    assert row["high"] < 0


def test_where_nothing_is_planted_hardly_any_outlets_differ(tmp_path: Path) -> None:
    generate_shuffled(300, 7, tmp_path / "shuffled")
    dossier = inchiesta.open(tmp_path / "shuffled")
    random = np.random.default_rng(7)
    compared = []
    for _ in range(12):
        # The files name no outlet: dealt at random, none speaks differently.
        documents = dossier.documents.assign(source=random.choice(["alba", "delta"], size=len(dossier.documents)))
        compared.append(compare_tones(dossier.tones, dossier.counted_sentences, documents))
    differences = pd.concat(compared)
    assert len(differences) >= 40
    assert (differences["q_value"] < 0.05).mean() <= 0.05
    assert (differences["p_value"] < 0.05).mean() <= 0.1
