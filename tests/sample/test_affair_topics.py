"""The eight topics planted in the affair are found again, Italian and English together, as many as there are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sklearn.metrics import normalized_mutual_info_score

import inchiesta
from inchiesta.dossier import Dossier

SAMPLE = Path(__file__).parents[2] / "data/sample"


@pytest.fixture(scope="module")
def dossier() -> Dossier:
    return inchiesta.open(SAMPLE / "affair")


def test_about_as_many_topics_are_chosen_as_were_planted(dossier: Dossier) -> None:
    assert 6 <= len(dossier.topics) <= 10
    assert sorted(dossier.topic_choice["language"]) == ["en", "it"]
    assert dossier.topic_choice["reason"].str.contains("halves|half").all()


def test_the_largest_topic_of_each_article_is_the_one_planted(dossier: Dossier) -> None:
    truth = json.loads((SAMPLE / "affair-truth.json").read_text(encoding="utf-8"))
    rows = {(row["path"], row["member"]): row["document_id"] for row in dossier.documents.to_dict("records")}
    planted = {
        rows[document["path"], document["member"]]: document["topic"]
        for document in truth["documents"]
        if document["kind"] in ("original", "translation")
    }
    passages = dossier.passages[dossier.passages["is_counted"] & dossier.passages["document_id"].isin(planted)]
    weight = passages.groupby(["document_id", "topic_id"])["weight"].sum().reset_index()
    largest = weight.sort_values("weight").drop_duplicates("document_id", keep="last")
    assert len(largest) > 90
    assert normalized_mutual_info_score(largest["document_id"].map(planted), largest["topic_id"]) >= 0.6
