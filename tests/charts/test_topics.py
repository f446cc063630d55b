"""The charts of topics: no label over another or over a mark, told apart in grey, words where there is nothing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from inchiesta.charts.files import svg_text
from inchiesta.charts.topic_choice import plot_topic_choice
from inchiesta.charts.topic_map import MARGIN, MARKS, plot_topic_map
from inchiesta.charts.topic_shares import plot_sources, plot_topics, plot_topics_over_time
from inchiesta.tables import empty_table

LONG = "cooperazione transfrontaliera, sottosegretariato, precipitevolissimevolmente"


def make_topics(n: int, *, long: bool = False) -> pd.DataFrame:
    labels = [LONG if long else f"drone, inquiry, march{number}" for number in range(n)]
    return pd.DataFrame(
        {"topic_id": [f"t{number:02d}" for number in range(1, n + 1)], "label": labels,
         "terms": [["drone"]] * n, "weights": [[0.1]] * n, "n_passages": range(n + 3, 3, -1), "share": 1 / n,
         "coherence": 0.1}
    )  # fmt: skip


def make_places(n_topics: int, n_passages: int, seed: int = 0) -> pd.DataFrame:
    chance = np.random.default_rng(seed)
    topic = chance.integers(n_topics, size=n_passages)
    middles = chance.uniform(-1, 1, size=(n_topics, 2))
    where = np.clip(middles[topic] + chance.normal(0, 0.2, size=(n_passages, 2)), -1, 1)
    return pd.DataFrame(
        {"passage_id": [f"d:p{n:04d}" for n in range(n_passages)], "topic_id": [f"t{t + 1:02d}" for t in topic],
         "x": where[:, 0], "y": where[:, 1]}
    )  # fmt: skip


def make_shares(n_topics: int, periods: list[str]) -> pd.DataFrame:
    rows = []
    for topic, (at, period) in itertools.product(range(1, n_topics + 1), enumerate(periods)):
        base = (12, 5, 0)[at % 3]
        share = 0.1 + 0.05 * at if base else np.nan
        rows.append(
            (f"t{topic:02d}", period, share, share - 0.05, share + 0.2, 1, base,
             {12: "clear", 5: "weak", 0: "withheld"}[base])
        )  # fmt: skip
    return pd.DataFrame(
        rows, columns=["topic_id", "period", "share", "low", "high", "n_origins", "base", "status"]
    )  # fmt: skip


def make_coverage(n: int, status: str = "weak") -> pd.DataFrame:
    odds = 0.2 * np.arange(n) - 1
    return pd.DataFrame(
        {"source": [f"La Voce del Delta {k}" for k in range(n)], "language": "it", "topic_id": "t01", "share": 0.3,
         "share_elsewhere": 0.1, "log_odds": odds, "low": odds - 1.1, "high": odds + 1.1, "q_value": 0.4,
         "n_articles": 3, "base": 9, "status": status}
    )  # fmt: skip


def make_choice(*languages: str, how: str = "halves") -> tuple[pd.DataFrame, pd.DataFrame]:
    numbers = [*range(4, 15), 16, 18, 20, 25, 30, 35, 40]
    curve = pd.DataFrame(
        [(language, n, 0.95 - abs(n - 8) / 50) for language in languages for n in numbers],
        columns=["language", "n_topics", "stability"],
    )
    choice = pd.DataFrame(
        {"language": languages, "n_topics": 8, "how": how, "n_documents": 1000, "n_passages": 7000,
         "n_fitted": 7000, "is_sample": False, "reason": "the smallest of 18 numbers tried"}
    )  # fmt: skip
    return curve, choice


MONTHS = [f"2024-{month:02d}" for month in range(1, 8)]
CASES: dict[str, Callable[[], Figure]] = {
    "map of 1": lambda: plot_topic_map(make_places(1, 9), make_topics(1)),
    "map of 3": lambda: plot_topic_map(make_places(3, 17), make_topics(3)),
    "map of 12": lambda: plot_topic_map(make_places(12, 600), make_topics(12)),
    "map of 20": lambda: plot_topic_map(make_places(20, 900, 2), make_topics(20)),
    "map with long labels": lambda: plot_topic_map(make_places(12, 300, 1), make_topics(12, long=True)),
    "shares of 1": lambda: plot_topics(make_topics(1)),
    "shares of 25": lambda: plot_topics(make_topics(25)),
    "shares with long labels": lambda: plot_topics(make_topics(12, long=True)),
    "unstable": lambda: plot_topics(make_topics(3).assign(status=["stable", "unstable", "stable"])),
    "time": lambda: plot_topics_over_time(make_shares(5, MONTHS), make_topics(5)),
    "one month": lambda: plot_topics_over_time(make_shares(2, MONTHS[:1]), make_topics(2)),
    "two months": lambda: plot_topics_over_time(make_shares(2, MONTHS[:2]), make_topics(2)),
    "time of 14": lambda: plot_topics_over_time(make_shares(14, MONTHS), make_topics(14, long=True)),
    "weeks": lambda: plot_topics_over_time(make_shares(4, [f"2024-W{n:02d}" for n in range(1, 30)]), make_topics(4)),
    "outlets": lambda: plot_sources(make_coverage(15), make_topics(2)),
    "choice": lambda: plot_topic_choice(*make_choice("it")),
    "choice of 5 languages": lambda: plot_topic_choice(*make_choice("it", "en", "fr", "de", "es")),
    "choice by rule": lambda: plot_topic_choice(*make_choice("it", "en", how="rule")),
    "one outlet": lambda: plot_sources(make_coverage(1, "clear"), make_topics(1, long=True)),
}


def texts_of(figure: Figure) -> list[Text]:
    """All texts that are seen: notes and labels, and of the ticks those inside the view."""
    figure.canvas.draw()
    found = list(figure.texts)
    for axes in figure.axes:
        found += [*axes.texts, axes.xaxis.label, axes.yaxis.label]
        if not axes.axison:
            continue
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            found += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [text for text in found if text.get_text().strip() and text.get_visible()]


def boxes_of(figure: Figure) -> list[tuple[str, Bbox]]:
    return [(text.get_text(), text.get_window_extent()) for text in texts_of(figure)]


def words_of(figure: Figure) -> str:
    return " ".join(" ".join(text.get_text().split()) for text in texts_of(figure))


@pytest.mark.parametrize("name", CASES)
def test_no_two_texts_overlap_and_none_leaves_the_sheet(name: str) -> None:
    figure = CASES[name]()
    boxes = boxes_of(figure)
    width, height = figure.get_size_inches() * figure.dpi
    for text, box in boxes:
        assert box.x0 >= -0.5 and box.y0 >= -0.5 and box.x1 <= width + 0.5 and box.y1 <= height + 0.5, text
    for (text, box), (other, there) in itertools.combinations(boxes, 2):
        # Half a pixel: glyphs are hinted to whole ones.
        across = min(box.x1, there.x1) - max(box.x0, there.x0)
        down = min(box.y1, there.y1) - max(box.y0, there.y0)
        assert across < 0.5 or down < 0.5, f"{text} overlaps {other}"


@pytest.mark.parametrize("name", [name for name in CASES if name.startswith("map")])
def test_no_label_of_the_map_stands_on_a_passage(name: str) -> None:
    figure = CASES[name]()
    figure.canvas.draw()
    (axes,) = figure.axes
    labels = [text.get_window_extent() for text in axes.texts]
    inside = [marks.get_offsets() for marks in axes.collections]
    dots = axes.transData.transform(np.vstack([np.asarray(places) for places in inside]))
    # The first of the twelve margins' own marks stand beside the labels; all else must be off them.
    for box in labels:
        assert not ((dots[:, 0] > box.x0) & (dots[:, 0] < box.x1) & (dots[:, 1] > box.y0) & (dots[:, 1] < box.y1)).any()
    assert max(len(text.get_text()) for text in axes.texts) > 0
    assert MARGIN < 2


def test_topics_of_the_map_are_told_apart_without_colour() -> None:
    assert len(set(MARKS)) == len(MARKS) == 12
    (axes,) = plot_topic_map(make_places(12, 600), make_topics(12)).axes
    filled = [len(marks.get_facecolor()) > 0 for marks in axes.collections if len(marks.get_offsets()) > 1]
    assert filled == [True, False] * 6


def test_more_than_twelve_topics_are_counted_and_the_rest_are_dots() -> None:
    words = words_of(CASES["map of 20"]())
    assert "12 of 20 topics are marked" in words


def test_the_base_and_the_unit_are_written() -> None:
    assert "base: 4 passages, copies and repeats left out; 1 topic " in words_of(CASES["shares of 1"]())
    assert re.search(r"base: \d+ passages", words_of(CASES["shares of 25"]()))
    assert "20 of 25 topics" in words_of(CASES["shares of 25"]())
    assert "hatched: unstable" in words_of(CASES["unstable"]())
    time = words_of(CASES["time"]())
    assert "by month, with 95% interval" in time and "hollow: fewer than 10 origins; gaps: fewer than 3" in time
    assert "by week" in words_of(CASES["weeks"]())
    choice = words_of(CASES["choice"]())
    assert "adjusted Rand index: 0 by chance, 1 the same); 1,000 documents, 7,000 passages" in choice
    assert "Italian: 8 of 4 to 40 tried" in choice and "topics" in choice
    assert "hollow: by a rule of thumb" in words_of(CASES["choice by rule"]())
    assert "times the odds of the others" in words_of(CASES["outlets"]())


def test_a_period_without_enough_text_gets_no_point() -> None:
    figure = CASES["time"]()
    line = figure.axes[0].lines[0]
    assert np.isnan(line.get_ydata()[2]) and np.isnan(line.get_ydata()[5])


def test_the_title_claims_no_more_than_is_clear() -> None:
    assert "No outlet clearly writes more" in words_of(CASES["outlets"]())
    assert "writes less than the others about" in words_of(CASES["one outlet"]())
    assert "Halves of the texts agree on 8 topics in Italian" in words_of(CASES["choice"]())
    assert "Halves of the texts agree on no number of topics" in words_of(CASES["choice by rule"]())
    shares = make_shares(2, MONTHS[:3])
    assert "No topic is clearly of one time" in words_of(plot_topics_over_time(shares, make_topics(2)))
    weak = shares[shares["status"] == "weak"].astype({"topic_id": "str"})
    assert "No topic is clearly of one time" in words_of(plot_topics_over_time(weak, make_topics(2)))
    shares.loc[0, ["share", "low", "high"]] = [0.9, 0.8, 0.95]
    assert "Most clearly of one time: drone, inquiry, march0, 90%" in words_of(
        plot_topics_over_time(shares, make_topics(2))
    )


def test_nothing_to_draw_is_said_in_words() -> None:
    curve, choice = make_choice("it")
    assert "Italian: 8 topics; the smallest of" in words_of(plot_topic_choice(curve.iloc[:0], choice))
    assert "There is no topic" in words_of(plot_topic_choice(curve.iloc[:0], choice.iloc[:0]))
    none = empty_table("topics")
    for figure in (
        plot_topics(none),
        plot_topic_map(make_places(1, 0), none),
        plot_topics_over_time(make_shares(0, []), none),
        plot_topics_over_time(make_shares(2, MONTHS).assign(share=np.nan), make_topics(2)),
        plot_sources(make_coverage(0), none),
        plot_sources(make_coverage(2, "withheld"), make_topics(1)),
    ):
        assert not figure.axes
        assert "No" in words_of(figure)


@pytest.mark.parametrize("name", ["map of 12", "shares of 25", "time", "outlets"])
def test_the_same_tables_give_the_same_bytes(name: str) -> None:
    assert svg_text(CASES[name]()) == svg_text(CASES[name]())
