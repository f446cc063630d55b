import numpy as np
import pandas as pd

from inchiesta.sentiment.compare import compare_tones
from inchiesta.sentiment.summarize import place_topics, summarize_tones


def corpus(origins: list[str], scores: list[float]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give one toned sentence toward rossi per document."""
    ids = [f"d{number}" for number in range(len(origins))]
    documents = pd.DataFrame({"document_id": ids, "origin_id": origins, "n_chars": 10, "status": "read"})
    documents["source"] = "alba"
    documents["published_on"] = "2024-03-12"
    sentences = pd.DataFrame({"sentence_id": [f"{i}:0001" for i in ids], "document_id": ids, "language": "it"})
    tones = pd.DataFrame({"sentence_id": sentences["sentence_id"], "actor_id": "rossi", "score": scores})
    tones[["voice", "speaker_id"]] = ["narrator", ""]
    tones["label"] = ["negative" if score < 0 else "positive" for score in scores]
    return tones, sentences, documents


def test_a_copy_counts_once() -> None:
    summary = summarize_tones(*corpus(["o1", "o1", "o2"], [-0.5, -0.5, 0.1]), min_sentences=1)
    assert summary[["n_sentences", "n_scored", "n_origins", "n_negative"]].iloc[0].tolist() == [2, 2, 2, 1]
    assert summary["score"][0] == -0.2


def test_a_steady_tone_over_many_origins_is_clear() -> None:
    summary = summarize_tones(*corpus([f"o{n}" for n in range(6)], [-0.5, -0.4, -0.6, -0.5, -0.3, -0.5]))
    assert summary["status"].tolist() == ["clear"]
    assert summary["high"][0] < 0


def test_a_mixed_tone_is_weak() -> None:
    summary = summarize_tones(*corpus([f"o{n}" for n in range(6)], [-0.5, 0.4, -0.6, 0.5, -0.3, 0.5]))
    assert summary["status"].tolist() == ["weak"]


def test_few_sentences_are_withheld_not_numbered() -> None:
    summary = summarize_tones(*corpus(["o1", "o2"], [-0.5, -0.4]))
    assert summary["status"].tolist() == ["withheld"]
    assert summary[["score", "low", "high"]].isna().all().all()


def test_one_origin_is_never_clear() -> None:
    tones, sentences, documents = corpus(["o1"], [-0.5])
    sentences = pd.concat([sentences.assign(sentence_id=f"d0:{n:04d}") for n in range(6)])
    tones = pd.concat([tones.assign(sentence_id=f"d0:{n:04d}") for n in range(6)])
    summary = summarize_tones(tones, sentences, documents)
    assert summary["status"].tolist() == ["weak"]
    assert summary["low"].isna().all()


def test_groups_by_source_and_the_base_from_mentions() -> None:
    tones, sentences, documents = corpus(["o1", "o2"], [-0.5, -0.4])
    mentions = pd.DataFrame({"sentence_id": sentences["sentence_id"], "actor_id": "rossi"})
    summary = summarize_tones(tones.head(1), sentences, documents, by=("actor_id", "source"), mentions=mentions)
    assert summary[["actor_id", "source", "n_sentences", "n_scored"]].iloc[0].tolist() == ["rossi", "alba", 1, 2]


def test_nothing_in_that_voice_gives_an_empty_table() -> None:
    assert summarize_tones(*corpus(["o1"], [-0.5]), voice="quoted").empty


def test_neutral_sentences_are_no_tone_and_what_is_not_clear_is_counted_apart() -> None:
    tones, sentences, documents = corpus(["o1", "o2", "o3"], [-0.5, -0.1, -0.3])
    tones["label"] = ["negative", "neutral", "not clear"]
    summary = summarize_tones(tones, sentences, documents, min_sentences=1)
    found = summary[["n_sentences", "n_negative", "n_positive", "n_not_clear"]].iloc[0].tolist()
    assert found == [2, 1, 0, 1]


def test_speakers_months_and_topics_make_groups() -> None:
    tones, sentences, documents = corpus(["o1", "o2"], [-0.5, -0.4])
    tones = tones.assign(voice="quoted", speaker_id=["bianchi", ""])
    by_speaker = summarize_tones(
        tones, sentences, documents, by=("speaker_id", "actor_id"), voice="quoted", min_sentences=1
    )
    assert by_speaker[["speaker_id", "actor_id", "n_sentences"]].to_numpy().tolist() == [["bianchi", "rossi", 1]]
    documents["published_on"] = ["2024-03-12", "2024"]
    by_month = summarize_tones(tones, sentences, documents, by=("actor_id", "month"), voice="", min_sentences=1)
    assert by_month[["month", "n_sentences"]].to_numpy().tolist() == [["2024-03", 1]]
    passages = pd.DataFrame({"first_sentence_id": ["d0:0001"], "last_sentence_id": ["d0:0001"], "topic_id": ["t01"]})
    placed = place_topics(sentences, passages)
    by_topic = summarize_tones(tones, placed, documents, by=("actor_id", "topic_id"), voice="", min_sentences=1)
    assert sorted(by_topic["topic_id"]) == ["", "t01"]


def two_outlets(alba: list[float], delta: list[float]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    tones, sentences, documents = corpus([f"o{n}" for n in range(len(alba) + len(delta))], alba + delta)
    documents["source"] = ["alba"] * len(alba) + ["delta"] * len(delta)
    return tones, sentences, documents


def test_a_difference_between_outlets_has_an_interval_and_is_held_against_chance() -> None:
    compared = compare_tones(*two_outlets([0.5, 0.4, 0.6, 0.5, 0.7, 0.4], [-0.5, -0.4, -0.6, -0.5, -0.3, -0.6]))
    assert compared[["one", "other"]].to_numpy().tolist() == [["alba", "delta"]]
    row = compared.iloc[0]
    assert 0.5 < row["low"] < row["difference"] < row["high"] < 1.5
    assert row["q_value"] < 0.01


def test_one_text_that_says_it_often_is_no_difference() -> None:
    tones, sentences, documents = two_outlets([0.5] * 6, [-0.5] * 6)
    documents["origin_id"] = ["o1"] * 4 + ["o2", "o3"] + ["o4"] * 4 + ["o5", "o6"]
    assert compare_tones(tones, sentences, documents).empty


def test_in_shuffled_outlets_hardly_anything_differs() -> None:
    random = np.random.default_rng(5)
    found = []
    for _ in range(40):
        drawn = random.normal(size=16).clip(-1, 1)
        compared = compare_tones(*two_outlets(drawn[:8].tolist(), drawn[8:].tolist()))
        found += (compared["p_value"] < 0.05).tolist()
    assert sum(found) <= 4
