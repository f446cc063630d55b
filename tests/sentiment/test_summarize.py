import pandas as pd

from inchiesta.sentiment.summarize import summarize_tones


def corpus(origins: list[str], scores: list[float]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Give one toned sentence toward rossi per document."""
    ids = [f"d{number}" for number in range(len(origins))]
    documents = pd.DataFrame({"document_id": ids, "origin_id": origins, "n_chars": 10, "status": "read"})
    documents["source"] = "alba"
    sentences = pd.DataFrame({"sentence_id": [f"{i}:0001" for i in ids], "document_id": ids, "language": "it"})
    tones = pd.DataFrame({"sentence_id": sentences["sentence_id"], "actor_id": "rossi", "score": scores})
    tones[["voice", "speaker_id"]] = ["narrator", ""]
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
