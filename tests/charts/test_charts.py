"""Every chart draws what it is given, says so in words when there is nothing, and cuts no label."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import matplotlib
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from inchiesta.charts.actors import plot_actors, plot_pairs
from inchiesta.charts.corpus import plot_documents_by_month, plot_languages, plot_statuses
from inchiesta.charts.files import png_bytes, svg_text, write_figure
from inchiesta.charts.layout import WIDTH, text_width, wrap_text
from inchiesta.charts.style import set_style
from inchiesta.charts.timeline import plot_timeline
from inchiesta.charts.tones import plot_tones
from inchiesta.charts.topics import plot_topic_terms
from inchiesta.tables import TABLES, empty_table

SUMMARY = ["actor_id", "n_sentences", "n_origins", "score", "low", "high", "n_positive", "n_negative", "status"]
LONG = "Organizzazione del Trattato di Sicurezza Collettiva e dei suoi Stati osservatori"


def documents(rows: list[tuple[str, str, str, str, str]]) -> pd.DataFrame:
    """Rows of status, language, published_on, date_precision, origin_id."""
    return pd.DataFrame(
        [
            (
                f"d{n:016x}",
                f"{n}.txt",
                "",
                "",
                "",
                "",
                "",
                "",
                language,
                1.0,
                day,
                precision,
                origin,
                1,
                1,
                status,
                "",
                "",
            )
            for n, (status, language, day, precision, origin) in enumerate(rows)
        ],
        columns=TABLES["documents"].names,
    )


DOCUMENTS = documents(
    [
        ("read", "it", "2024-03-12", "day", "o1"),
        ("read", "it", "2024-03-20", "day", "o1"),
        ("read", "en", "2024-06", "month", "o2"),
        ("read", "en", "2022", "year", "o3"),
        ("read", "und", "", "none", "o4"),
        ("set aside", "und", "", "none", ""),
    ]
)
ACTORS = pd.DataFrame(
    [
        ("BY", "Bielorussia", "LOC", [], "", 12, 3, 2),
        ("lukashenko", "Alexander Lukashenko", "PER", [], "", 5, 2, 1),
        ("CSTO", LONG, "ORG", [], "", 7, 2, 2),
        ("x", "$5 <b> 北京", "OTHER", [], "", 1, 1, 1),
    ],
    columns=TABLES["actors"].names,
)
PAIRS = pd.DataFrame(
    [
        ("BY", "CSTO", "sentence", 6, 6, 2, 2, 1.5, 0.4, 12.0, 0.001, 0.01, None),
        ("BY", "lukashenko", "sentence", 3, 3, 2, 1, 1.0, 0.3, 4.0, 0.1, 0.2, None),
        ("CSTO", "x", "sentence", 1, 1, 1, 1, 2.0, -0.1, 0.4, 0.9, 0.9, None),
    ],
    columns=TABLES["pairs"].names,
)
TONES = pd.DataFrame(
    [
        ("BY", 20, 8, -0.6, -0.8, -0.4, 1, 15, "clear"),
        ("CSTO", 6, 3, 0.1, -0.3, 0.5, 3, 2, "weak"),
        ("lukashenko", 1, 1, -1.0, -1.0, 1.0, 0, 1, "withheld"),
    ],
    columns=SUMMARY,
)
TOPICS = pd.DataFrame(
    [(f"t{n:02d}", "armi · drone", ["armi", "drone", LONG], [0.2, 0.1, 0.05], 9, 0.5) for n in range(1, 15)],
    columns=TABLES["topics"].names[:6],
)
PERIODS = pd.DataFrame(
    [
        ("2024-03-12", "2024-03-12", "day", 9),
        ("2024-03-01", "2024-03-31", "month", 4),
        ("2023-09-14", "2023-09-14", "day", 5),
        ("2019-01-01", "2022-12-31", "year", 7),
        ("2024-06-21", "2024-09-22", "season", 2),
        ("1650-01-01", "1650-12-31", "year", 1),
        *((f"{year}-01-01", f"{year}-12-31", "year", 1) for year in range(2008, 2022)),
    ],
    columns=["from_date", "to_date", "precision", "n_origins"],
)

DRAWN: dict[str, Callable[[], Figure]] = {
    "months": lambda: plot_documents_by_month(DOCUMENTS),
    "statuses": lambda: plot_statuses(DOCUMENTS),
    "languages": lambda: plot_languages(DOCUMENTS),
    "actors": lambda: plot_actors(ACTORS),
    "pairs": lambda: plot_pairs(PAIRS, ACTORS),
    "tones": lambda: plot_tones(TONES, ACTORS),
    "topics": lambda: plot_topic_terms(TOPICS),
    "timeline": lambda: plot_timeline(PERIODS),
    "timeline of one day": lambda: plot_timeline(PERIODS[:1]),
    "timeline of years": lambda: plot_timeline(PERIODS[5:]),
}
EMPTY: dict[str, Callable[[], Figure]] = {
    "months": lambda: plot_documents_by_month(empty_table("documents")),
    "statuses": lambda: plot_statuses(empty_table("documents")),
    "languages": lambda: plot_languages(empty_table("documents")),
    "actors": lambda: plot_actors(empty_table("actors")),
    "pairs": lambda: plot_pairs(empty_table("pairs"), empty_table("actors")),
    "tones": lambda: plot_tones(pd.DataFrame(columns=SUMMARY), empty_table("actors")),
    "topics": lambda: plot_topic_terms(empty_table("topics")),
    "timeline": lambda: plot_timeline(PERIODS[:0]),
}


def words_of(figure: Figure) -> str:
    """All text of the figure as a reader sees it."""
    tree = ElementTree.fromstring(svg_text(figure))  # noqa: S314 - our own svg
    return " ".join(" ".join("".join(node.itertext()).split()) for node in tree.iter() if node.tag.endswith("}text"))


def seen_texts(axes: Axes) -> list[Text]:
    """Notes and tick labels, but for ticks outside the view, which matplotlib keeps and does not draw."""
    ticks = []
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        ticks += [tick.label1 for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [*axes.texts, *ticks]


@pytest.mark.filterwarnings("ignore:Glyph")
@pytest.mark.parametrize("name", DRAWN)
def test_no_text_leaves_the_sheet(name: str) -> None:
    figure = DRAWN[name]()
    figure.canvas.draw()
    width, height = figure.get_size_inches() * figure.dpi
    assert figure.get_size_inches()[0] == WIDTH
    for text in [*figure.texts, *(text for axes in figure.axes for text in seen_texts(axes))]:
        box = text.get_window_extent()
        if text.get_text() and text.get_visible() and box.width:
            assert box.x0 >= -1 and box.x1 <= width + 1, text.get_text()
            assert box.y0 >= -1 and box.y1 <= height + 1, text.get_text()


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_table_gives_the_same_bytes_whatever_the_caller_s_settings(name: str) -> None:
    first = svg_text(DRAWN[name]())
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True, "svg.fonttype": "path", "text.parse_math": True}):
        assert svg_text(DRAWN[name]()) == first
    assert "<dc:date>" not in first
    assert png_bytes(DRAWN[name](), dpi=50) == png_bytes(DRAWN[name](), dpi=50)


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_table_is_said_in_words(name: str) -> None:
    figure = EMPTY[name]()
    assert not figure.axes
    assert re.search(r"\b(No|none|Too little|None|0)\b", words_of(figure))
    assert "No" in words_of(figure)


@pytest.mark.parametrize("name", DRAWN)
def test_drawing_leaves_the_tables_as_they_were(name: str) -> None:
    tables = (DOCUMENTS, ACTORS, PAIRS, TONES, TOPICS)
    before = [table.copy(deep=True) for table in tables]
    DRAWN[name]()
    for table, copy in zip(tables, before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_the_title_is_the_finding() -> None:
    given = words_of(plot_actors(ACTORS, title="Bielorussia leads", source="Table actors"))
    assert "Bielorussia leads" in given
    assert "Table actors" in given
    assert "Bielorussia is named most often" in words_of(plot_actors(ACTORS))


def test_precision_is_drawn_and_the_undated_are_counted() -> None:
    figure = plot_documents_by_month(DOCUMENTS)
    words = words_of(figure)
    assert "4 of 5 documents read are dated; 1 undated are not drawn" in words
    assert "hatched: 1 dated to the year only" in words
    widths = sorted({round(bar.get_width()) for bar in figure.axes[0].patches})
    assert widths == [28, 29, 365]  # two months, less a hair between bars, and a year
    heights = [bar.get_height() for bar in figure.axes[0].patches]
    assert sorted(heights) == [1, 1, 1, 1, 2]  # March: two documents, one origin


def test_a_pair_below_chance_is_not_drawn_and_the_survivors_are_counted() -> None:
    words = words_of(plot_pairs(PAIRS, ACTORS))
    assert "Sentences that name both" in words
    assert "2 of 3 pairs, 1 survive" in words
    assert "Documents that name both" in words_of(plot_pairs(PAIRS.assign(unit="document"), ACTORS))
    assert "$5" not in words


def test_a_dollar_is_a_dollar_and_markup_is_text() -> None:
    assert "$5 <b> 北京" in words_of(plot_actors(ACTORS))


@pytest.mark.parametrize("rows", [PERIODS, PERIODS[:1], PERIODS[:3], PERIODS[3:], PERIODS[5:]], ids=len)
def test_labels_of_the_timeline_do_not_overlap(rows: pd.DataFrame) -> None:
    figure = plot_timeline(rows)
    figure.canvas.draw()
    texts = [*figure.texts, *(text for axes in figure.axes for text in seen_texts(axes))]
    boxes = [text.get_window_extent() for text in texts if text.get_text() and text.get_visible()]
    boxes = [box for box in boxes if box.width]
    assert not [(a, b) for place, a in enumerate(boxes) for b in boxes[:place] if a.overlaps(b)]


def test_a_month_is_a_bar_a_month_wide_and_a_range_a_bar_of_its_length() -> None:
    months, longer = plot_timeline(PERIODS[:5]).axes
    assert sorted({round(bar.get_width() / 0.92) for bar in months.patches}) == [30, 31]
    assert round(max(bar.get_width() for bar in longer.patches)) == 1461  # 2019 to 2022


def test_too_little_text_is_named_and_gets_no_point() -> None:
    figure = plot_tones(TONES, ACTORS)
    assert "Too little text to say: Alexander Lukashenko." in words_of(figure)
    assert next(label.get_text() for label in figure.axes[0].get_yticklabels()) == "Bielorussia"
    assert len(figure.axes[0].get_yticklabels()) == 2
    fills = [line.get_markerfacecolor() for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert fills[1] == "white"
    assert fills[0] != "white"
    assert "No tone" in words_of(plot_tones(TONES[2:], ACTORS))


def test_twelve_topics_are_drawn_and_the_rest_counted() -> None:
    figure = plot_topic_terms(TOPICS)
    assert len(figure.axes) == 12
    assert "12 of 14 topics" in words_of(figure)


def test_text_is_wrapped_to_the_width_it_has() -> None:
    lines = wrap_text(f"{LONG} {'x' * 200}", 2.0)
    assert max(text_width(line) for line in lines) <= 2.1
    assert "".join(lines).replace(" ", "") == f"{LONG} {'x' * 200}".replace(" ", "")
    assert wrap_text("", 2.0) == []


def test_files_hold_text_as_text_and_no_date(tmp_path: Path) -> None:
    svg, png = write_figure(plot_actors(ACTORS), tmp_path / "figures", "x")
    text = svg.read_text(encoding="utf-8")
    assert "Bielorussia</text>" in text
    assert "Arial" in text
    assert "matplotlib.org" not in text.replace("http://matplotlib.org", "matplotlib.org").split("<metadata>")[-1]
    assert b"Software" not in png.read_bytes()


def test_setting_the_style_does_not_load_pyplot() -> None:
    with matplotlib.rc_context():
        set_style()
        assert matplotlib.rcParams["svg.fonttype"] == "none"
