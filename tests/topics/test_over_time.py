import numpy as np
import pandas as pd
import pytest

from inchiesta.errors import ParameterError
from inchiesta.topics.log_odds import score_log_odds
from inchiesta.topics.over_time import compare_sources, count_topics_over_time

TOPICS = pd.DataFrame({"topic_id": ["t01", "t02"], "label": ["arms", "votes"]})
Tables = tuple[pd.DataFrame, pd.DataFrame]


def make(*articles: tuple[str, str, str, str, str]) -> Tables:
    """Passages and documents from rows of document, origin, outlet, date and topics (one digit a passage)."""
    documents = pd.DataFrame(
        [(d, origin, source, day, {10: "day", 7: "month", 4: "year", 0: "none"}[len(day)])
         for d, origin, source, day, _ in articles],
        columns=["document_id", "origin_id", "source", "published_on", "date_precision"],
    ).assign(status="read", language="it", n_chars=10)  # fmt: skip
    seen: set[str] = set()
    rows = []
    for document, origin, _, _, digits in articles:
        first = (origin or document) not in seen
        seen.add(origin or document)
        rows += [(f"{document}:p{n:04d}", document, f"t0{digit}" if digit != "0" else "", first)
                 for n, digit in enumerate(digits)]  # fmt: skip
    return pd.DataFrame(rows, columns=["passage_id", "document_id", "topic_id", "is_counted"]), documents


def months(
    passages: pd.DataFrame, documents: pd.DataFrame, **options: str
) -> dict[tuple[str, str], tuple[object, ...]]:
    table = count_topics_over_time(TOPICS, passages, documents, **options)
    return {(row.topic_id, row.period): (row.share, row.n_origins, row.base, row.status) for row in table.itertuples()}


def test_a_share_is_the_mean_over_origins_and_a_long_article_counts_no_more_than_a_short_one() -> None:
    found = months(
        *make(("a", "", "", "2024-03-01", "1111"), ("b", "", "", "2024-03-09", "2"), ("c", "", "", "2024-03", "12"))
    )
    assert found["t01", "2024-03"] == (0.5, 2, 3, "weak")
    assert found["t02", "2024-03"] == (0.5, 2, 3, "weak")


def test_a_copy_counts_once_and_an_origin_belongs_to_its_first_date() -> None:
    rows = [(f"a{n}", "", "", "2024-03-01", "1") for n in range(3)]
    found = months(*make(*rows, ("b", "o", "", "2024-05-01", "2"), ("c", "o", "", "2024-03-02", "2")))
    assert found["t02", "2024-03"] == (0.25, 1, 4, "weak")
    assert ("t02", "2024-05") not in found


def test_a_month_without_texts_is_a_gap_and_one_with_two_origins_is_withheld() -> None:
    found = months(*make(("a", "", "", "2024-01-01", "1"), ("b", "", "", "2024-03-01", "1")))
    assert [key[1] for key in found if key[0] == "t01"] == ["2024-01", "2024-02", "2024-03"]
    assert np.isnan(found["t01", "2024-02"][0]) and found["t01", "2024-02"][2:] == (0, "withheld")
    assert np.isnan(found["t01", "2024-01"][0]) and found["t01", "2024-01"][2:] == (1, "withheld")


def test_an_interval_holds_its_share_and_is_never_of_no_width() -> None:
    passages, documents = make(*((f"a{n}", "", "", "2024-03-01", "1") for n in range(12)))
    table = count_topics_over_time(TOPICS, passages, documents)
    assert (table["low"] <= table["share"]).all() and (table["share"] <= table["high"]).all()
    assert (table["high"] - table["low"] > 0.2).all()
    assert table["status"].tolist() == ["clear", "clear"]


def test_weeks_are_those_of_the_iso_calendar_and_need_a_day() -> None:
    found = months(*make(("a", "", "", "2024-12-30", "1"), ("b", "", "", "2024-12", "1")), period="week")
    assert list(found) == [("t01", "2025-W01"), ("t02", "2025-W01")]


def test_a_year_is_no_month_and_without_dates_there_is_no_row() -> None:
    assert months(*make(("a", "", "", "2024", "1"), ("b", "", "", "", "1"))) == {}
    with pytest.raises(ParameterError, match="takes month, week; got 'day'"):
        months(*make(("a", "", "", "2024", "1")), period="day")


def outlets(n: int) -> list[tuple[str, str, str, str, str]]:
    rows = [(f"a{k}", "", "Alba", "", "1") for k in range(n)] + [(f"A{k}", "", "Alba", "", "2") for k in range(3)]
    rows += [(f"b{k}", "", "Delta", "", "2") for k in range(n)] + [(f"B{k}", "", "Delta", "", "1") for k in range(3)]
    return rows


def test_the_outlet_that_writes_more_about_a_topic_is_named() -> None:
    table = compare_sources(TOPICS, *make(*outlets(20)))
    assert table["status"].tolist() == ["clear"] * 4
    assert table[["source", "topic_id"]].to_numpy().tolist()[:2] == [["Alba", "t01"], ["Delta", "t02"]]
    first = table.iloc[0]
    assert (first["share"], first["share_elsewhere"]) == pytest.approx((20 / 23, 3 / 23), abs=1e-6)
    assert 0 < first["low"] < first["log_odds"] < first["high"]


def test_an_outlet_of_four_articles_is_withheld() -> None:
    table = compare_sources(TOPICS, *make(*outlets(20), *((f"c{n}", "", "Quad", "", "1") for n in range(4))))
    little = table[table["source"] == "Quad"]
    assert little["status"].tolist() == ["withheld"] * 2
    assert little["log_odds"].isna().all() and little["base"].tolist() == [4, 4]


def test_a_copy_in_another_outlet_counts_there_and_in_its_own_only_once() -> None:
    copies = [("c1", "o", "Alba", "", "1"), ("c2", "o", "Alba", "", "1"), ("c3", "o", "Delta", "", "1")]
    table = compare_sources(TOPICS, *make(*outlets(20), *copies))
    counted = table[table["topic_id"] == "t01"].set_index("source")["n_articles"]
    assert counted.to_dict() == {"Alba": 21, "Delta": 4}


def test_outlets_of_one_language_are_not_held_against_those_of_another() -> None:
    passages, documents = make(*outlets(20))
    documents["language"] = documents["source"].map({"Alba": "it", "Delta": "en"})
    assert compare_sources(TOPICS, passages, documents).empty


def test_outlets_dealt_at_random_are_hardly_ever_clear() -> None:
    passages, documents = make(*outlets(30))
    chance = np.random.default_rng(3)
    called = sum(
        (compare_sources(TOPICS, passages, documents.assign(source=chance.permutation(documents["source"])))["status"]
         == "clear").any()
        for _ in range(60)
    )  # fmt: skip
    assert called <= 6


def test_log_odds_are_worked_out_by_hand() -> None:
    found = score_log_odds(np.array([[8.0, 2.0], [2.0, 8.0]]), prior=2.0)
    assert found.score[0, 0] == pytest.approx(np.log(9 / 3) - np.log(3 / 9))
    spread = np.sqrt(1 / 9 + 1 / 3 + 1 / 3 + 1 / 9)
    assert found.high[0, 0] - found.score[0, 0] == pytest.approx(1.959964 * spread)


@pytest.mark.parametrize("counts", [np.zeros((0, 3)), np.zeros((2, 2)), np.ones((1, 3)), np.array([[3.0], [4.0]])])
def test_where_there_is_nothing_to_compare_nothing_stands_out(counts: np.ndarray) -> None:
    found = score_log_odds(counts)
    assert not found.score.any() and (found.q_value == 1).all()
