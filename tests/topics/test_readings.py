"""What 02_topics states: with its base and evidence, and plainly where there is nothing to state."""

import pandas as pd
import pytest

from inchiesta.statements import Statement
from inchiesta.topics import cards, identity, marks, over_time, places, readings, seeded
from inchiesta.topics.seeded import SeededTopic
from tests.topics.test_marks import PLANTED, make

SHOWN = [*(["1", "Alba", "2024-03-01", "en", "a"] for _ in range(20)),
         *(["2", "Delta", "2024-05-01", "en", "b"] for _ in range(20))]  # fmt: skip


def tables(rows: list[list[str]] = SHOWN) -> dict[str, pd.DataFrame]:
    made = make([tuple(row) for row in rows])  # type: ignore[misc]
    made["topics"] = made["topics"].assign(
        label=["drone, border", "ballot, queue"], terms=[["drone", "border"], ["ballot", "queue"]],
        weights=[[0.25, 0.125], [0.5, 0.25]], n_passages=20, share=0.5, coherence=0.1,
    )  # fmt: skip
    made["documents"] = made["documents"].assign(n_chars=10)
    return made


def deal(made: dict[str, pd.DataFrame]) -> list[Statement]:
    four = {name: made[name] for name in ("topics", "passages", "sentences", "documents")}
    return cards.make_cards(
        **four,
        representatives=marks.find_representatives(made["passages"], made["sentences"]),
        marks=marks.find_marks(**made),
        shares=over_time.count_topics_over_time(made["topics"], made["passages"], made["documents"]),
    )


def test_a_card_says_terms_actors_and_months_and_opens_to_its_passages() -> None:
    first, second = deal(tables())
    assert first["name"] == "topic-t01" and first["value"] == "drone, border"
    assert "Terms: drone .250, border .125." in first["statement"]
    assert "Named here more than in other topics: Ada (20 of 20 origins)." in first["statement"]
    assert "Written about more than other topics in 2024-03 (100% of its texts, 84% to 100%)." in first["statement"]
    assert first["base"] == "20 of 40 passages, 20 origins" and first["status"] == "clear"
    assert len(first["evidence"]) == 4 and set(first["evidence"]).isdisjoint(second["evidence"])


def test_an_unstable_topic_is_a_weak_card() -> None:
    made = tables()
    made["topics"]["status"] = ["stable", "unstable"]
    assert [card["status"] for card in deal(made)] == ["clear", "weak"]


def test_outlets_and_months_are_stated_with_their_base() -> None:
    made = tables([*SHOWN, *[["2", "Alba", "2024-03-01", "en", ""]] * 3, *[["1", "Delta", "2024-05-01", "en", ""]] * 3])
    topics, passages, documents = made["topics"], made["passages"], made["documents"]
    coverage = over_time.compare_sources(topics, passages, documents)
    stated = readings.state_coverage(coverage, topics, passages, documents)
    assert stated["value"] == "Alba about drone, border"
    assert stated["base"] == "87% of its text, 13% elsewhere; 20 of 23 articles"
    assert len(list(stated["evidence"])) == 20
    shares = over_time.count_topics_over_time(topics, passages, documents)
    time = readings.state_time(shares, topics, passages, documents)
    assert time["value"] == "drone, border (2024-03)" and time["status"] == "clear"
    assert time["base"] == "87% of the texts of that month, 68% to 95%; 20 of 23 origins touch it"


def test_where_nothing_stands_out_it_is_withheld_with_the_reason() -> None:
    made = tables()
    none, topics, documents = made["topics"].iloc[:0], made["topics"], made["documents"]
    passages = made["passages"]
    no_shares = over_time.count_topics_over_time(none, passages, documents)
    no_coverage = over_time.compare_sources(topics, passages, documents.assign(source=""))
    for stated, why in (
        (readings.state_time(no_shares, none, passages, documents), "there is no topic"),
        (readings.state_time(no_shares, topics, passages, documents), "no text is dated"),
        (readings.state_coverage(no_coverage, topics, passages, documents), "two outlets of one language"),
        (readings.state_coherence(none, passages), "there is no topic"),
        (readings.state_keyword(pd.DataFrame(), readings.choose_keyword(none, " "), made["sentences"]), "no term"),
    ):
        assert stated["status"] == "withheld" and why in stated["base"]


def test_the_keyword_is_the_one_asked_for_or_the_first_of_the_largest_topic() -> None:
    assert readings.choose_keyword(tables()["topics"], "") == "drone"
    assert readings.choose_keyword(tables()["topics"], " armi ") == "armi"


def grow(words: str) -> SeededTopic:
    made = tables()
    return seeded.grow_topic(seeded.read_words(words), made["passages"], made["sentences"], made["documents"])


def test_seed_words_found_missing_and_none() -> None:
    assert readings.state_seeded(grow("")) == []
    (nothing,) = readings.state_seeded(grow("whale"))
    assert nothing["value"] == 0 and nothing["base"].endswith("; nowhere: whale")
    holds, near = readings.state_seeded(grow("drone, whale"))
    assert holds["value"] == 20 and "hold drone." in holds["statement"]
    assert near["value"] == 0 and near["base"].startswith("5 terms found beside the words")


def test_changes_are_stated_only_where_an_earlier_report_was_named() -> None:
    made = tables()
    assert readings.state_changes(None, made["topics"], made["passages"]) == []
    earlier = (
        identity.rename_topics(made["topics"], {"t02": "t05"}),
        identity.rename_topics(made["passages"], {"t02": "t05"}),
    )
    changes = identity.match_topics(made["topics"].iloc[:1], made["passages"], *earlier)
    (stated,) = readings.state_changes(changes, made["topics"].iloc[:1], made["passages"])
    assert stated["value"] == 1
    assert stated["base"] == "of 1 now and 2 then; gone: ballot, queue"


@pytest.mark.parametrize("n", [0, 1, 7])
def test_too_few_or_identical_passages_have_no_map(n: int) -> None:
    assert places.place_passages(PLANTED["passages"].iloc[:n], PLANTED["sentences"]).empty
    assert places.place_passages(PLANTED["passages"], PLANTED["sentences"]).empty


def test_a_map_puts_what_says_the_same_together_and_is_the_same_again() -> None:
    made = tables()
    words = {"1": "drone rifle border guard factory lorry night", "2": "ballot voter queue candidate poll booth mayor"}
    sentences = made["sentences"].assign(
        text=[
            " ".join(words[row[0]].split()[k % 4 : k % 4 + 3]) + f" word{chr(97 + k)}"
            for k, row in enumerate(SHOWN[:20])
        ]
        + [
            " ".join(words[row[0]].split()[k % 4 : k % 4 + 3]) + f" item{chr(97 + k)}"
            for k, row in enumerate(SHOWN[20:])
        ]
    )
    found = places.place_passages(made["passages"], sentences)
    assert found[["x", "y"]].abs().max().max() <= 1
    where = found[["x", "y"]].to_numpy()
    away = ((where[:, None] - where[None]) ** 2).sum(axis=2) + 9 * (where[:, None] == where[None]).all(axis=2)
    same = found["topic_id"].to_numpy()[away.argmin(axis=1)] == found["topic_id"].to_numpy()
    assert same.mean() >= 0.9
    pd.testing.assert_frame_equal(places.place_passages(made["passages"].iloc[::-1], sentences), found)
