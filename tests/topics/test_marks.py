import numpy as np
import pandas as pd
import pytest

from inchiesta.topics.log_odds import pool_log_odds, score_log_odds
from inchiesta.topics.marks import find_marks, find_representatives

Tables = dict[str, pd.DataFrame]
TEXTS = {"1": "The factory ships drones and rifles over the border by night.", "2": "Voters queue at the ballot."}


def make(articles: list[tuple[str, str, str, str, str]]) -> Tables:
    """Tables from rows of topic digit, outlet, date, language and the actors named (one letter each)."""
    ids = [f"d{number:03d}" for number, _ in enumerate(articles)]
    documents = pd.DataFrame(
        {"document_id": ids, "origin_id": "", "status": "read", "source": [row[1] for row in articles],
         "published_on": [row[2] for row in articles], "date_precision": "day",
         "language": [row[3] for row in articles]}
    )  # fmt: skip
    sentences = pd.DataFrame(
        {"sentence_id": [f"{i}:0001" for i in ids], "document_id": ids, "start_char": 0, "language": "en",
         "text": [TEXTS[row[0]] for row in articles]}
    )  # fmt: skip
    passages = pd.DataFrame(
        {"passage_id": [f"{i}:p0000" for i in ids], "document_id": ids, "topic_id": [f"t0{row[0]}" for row in articles],
         "first_sentence_id": sentences["sentence_id"], "last_sentence_id": sentences["sentence_id"], "weight": 1.0,
         "is_counted": True}
    )  # fmt: skip
    named = [(f"{i}:0001", letter) for i, row in zip(ids, articles, strict=True) for letter in row[4]]
    mentions = pd.DataFrame(named, columns=["sentence_id", "actor_id"])
    actors = pd.DataFrame({"actor_id": list("abc"), "name": ["Ada", "Bruno", "Carla"]})
    topics = pd.DataFrame({"topic_id": ["t01", "t02"], "label": ["arms", "votes"]})
    return {"topics": topics, "passages": passages, "sentences": sentences, "documents": documents,
            "mentions": mentions, "actors": actors}  # fmt: skip


PLANTED = make(
    [("1", "Alba", "2024-03-01", "en", "aac")] * 20 + [("2", "Delta", "2024-05-01", "en", "bc")] * 20
)  # fmt: skip


def test_what_stands_in_one_topic_only_marks_it_and_what_stands_everywhere_does_not() -> None:
    marks = find_marks(**PLANTED)
    clear = marks[marks["status"] == "clear"]
    found = clear[["topic_id", "what", "name"]].to_numpy().tolist()
    assert found == [
        ["t01", "actor", "Ada"], ["t01", "source", "Alba"], ["t01", "month", "2024-03"],
        ["t02", "actor", "Bruno"], ["t02", "source", "Delta"], ["t02", "month", "2024-05"],
    ]  # fmt: skip
    assert clear["n_origins"].tolist() == [20] * 6 and clear["n_elsewhere"].tolist() == [0] * 6
    assert clear["base"].tolist() == [20] * 6
    assert (clear["low"] > 0).all()


def test_an_actor_named_in_two_origins_marks_nothing() -> None:
    rows = [("1", "Alba", "2024-03-01", "en", "a")] * 2 + [("1", "Alba", "2024-03-01", "en", "")] * 20
    marks = find_marks(**make([*rows, *[("2", "Alba", "2024-03-01", "en", "b")] * 20]))
    assert "Ada" not in marks["name"].tolist()


def test_the_outlet_of_a_language_does_not_mark_a_topic_of_that_language() -> None:
    rows = [("1", "Alba", "2024-03-01", "it", "")] * 20 + [("2", "Courier", "2024-03-01", "en", "")] * 20
    assert find_marks(**make(rows)).empty


def test_strata_are_pooled_by_what_they_know() -> None:
    counts = np.array([[9.0, 1.0], [2.0, 8.0]])
    assert pool_log_odds([counts]).score == pytest.approx(score_log_odds(counts).score)
    twice = pool_log_odds([counts, counts])
    assert twice.score == pytest.approx(score_log_odds(counts).score)
    assert twice.high - twice.low == pytest.approx((score_log_odds(counts).high - score_log_odds(counts).low) / 2**0.5)
    assert not pool_log_odds([np.array([[9.0, 1.0], [0.0, 0.0]]), np.array([[0.0, 0.0], [2.0, 8.0]])]).score.any()


def test_labels_dealt_at_random_hardly_ever_mark_a_topic() -> None:
    chance = np.random.default_rng(1)
    mentions = PLANTED["mentions"]
    called = sum(
        (find_marks(**PLANTED | {
            "mentions": mentions.assign(actor_id=chance.permutation(mentions["actor_id"])),
        }).query("what == 'actor'")["status"] == "clear").any()
        for _ in range(40)
    )  # fmt: skip
    assert called <= 4


def test_no_topic_and_no_mention_give_an_empty_table() -> None:
    nothing = {"topics": PLANTED["topics"].iloc[:0], "passages": PLANTED["passages"].iloc[:0]}
    assert find_marks(**PLANTED | nothing | {"mentions": PLANTED["mentions"].iloc[:0]}).empty
    assert find_representatives(nothing["passages"], PLANTED["sentences"]).empty


def test_the_closest_has_the_largest_weight_and_the_typical_is_like_most() -> None:
    texts = [
        "Border guards seize drones and rifles at the factory gate by night again and again while lorries wait outside"
    ]
    texts = [f"{texts[0]} {word}." for word in ("today", "tonight", "anew", "often")] + [
        "A choir of pensioners sings old hymns about the moon by the bay while boys feed the tame white gulls twice."
    ]
    tables = make([("1", "Alba", "2024-03-01", "en", "")] * 5)
    sentences = tables["sentences"].assign(text=texts)
    passages = tables["passages"].assign(weight=[0.5, 0.6, 0.7, 0.8, 1.0])
    found = find_representatives(passages, sentences, n=1).set_index("kind")
    assert found.loc["closest", "passage_id"] == "d004:p0000"
    assert found.loc["typical", "text"].startswith("Border guards")
    again = find_representatives(passages.iloc[::-1], sentences.iloc[::-1], n=1)
    pd.testing.assert_frame_equal(again, found.reset_index()[again.columns])
