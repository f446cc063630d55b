"""The picture of a network at 2, 5, 30 and 150 actors: every name readable, every sign explained, nothing invented."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from inchiesta.actors.network import Network, build_network, ego
from inchiesta.charts.files import svg_text
from inchiesta.charts.geometry import holds_any, inches_inside, outline
from inchiesta.charts.label_places import set_name
from inchiesta.charts.network import plot_network
from inchiesta.charts.network_picture import NAME_SIZE, Picture, choose_shown, compose
from inchiesta.tables import empty_table
from tests.charts.networks import LONG, make_network, make_pairs, make_star, name_actors

Tables = tuple[pd.DataFrame, pd.DataFrame]


def make_dense() -> Tables:
    """Thirty actors, each tied to six others."""
    actors = name_actors(30, 5)
    ids = list(actors["actor_id"])
    ties = {(ids[a], ids[(a + step) % 30]): 3 + (a * step) % 9 for a in range(30) for step in (1, 2, 7)}
    return make_pairs({(min(pair), max(pair)): number for pair, number in ties.items()}), actors


def make_weak() -> Tables:
    """A network of which no pair survives."""
    pairs, actors = make_network(30, 2)
    return pairs.assign(q_value=0.4), actors


CASES: dict[str, Callable[[], Tables]] = {
    "2": lambda: make_network(2, 4),
    "5": lambda: make_network(5, 1),
    "30": lambda: make_network(30, 2),
    "30 of another seed": lambda: make_network(30, 3),
    "150": lambda: make_network(150, 3),
    "star": lambda: make_star(18),
    "dense": make_dense,
    "weak": make_weak,
    "ego": lambda: make_network(150, 3),
}


@cache
def case(name: str) -> tuple[Network, pd.DataFrame, pd.DataFrame, str]:
    """The network of a case, its pairs and actors, and the actor in focus."""
    pairs, actors = CASES[name]()
    network = build_network(pairs, actors)
    focus = str(network.nodes["actor_id"].iloc[0]) if name == "ego" else ""
    return (ego(network, focus) if focus else network), pairs, actors, focus


@cache
def figure(name: str) -> Figure:
    network, pairs, actors, focus = case(name)
    return plot_network(network.nodes, network.edges, pairs, actors, focus=focus, source="Table edges")


@cache
def picture(name: str) -> Picture:
    network, _, _, focus = case(name)
    return compose(*choose_shown(network.nodes, network.edges, focus), focus=focus, n_labels=40, seed=0)


def words_of(drawn: Figure) -> str:
    texts = [*drawn.texts, *(text for axes in drawn.axes for text in axes.texts)]
    return " ".join(" ".join(text.get_text().split()) for text in texts)


def boxes_of(drawn: Figure) -> list[tuple[str, Bbox]]:
    """The boxes of all text, in pixels."""
    drawn.canvas.draw()
    texts = [*drawn.texts, *(text for axes in drawn.axes for text in axes.texts)]
    return [(text.get_text(), text.get_window_extent()) for text in texts if text.get_text()]


@pytest.mark.parametrize("name", CASES)
def test_no_two_texts_overlap_and_none_leaves_the_sheet(name: str) -> None:
    boxes = boxes_of(figure(name))
    width, height = figure(name).get_size_inches() * figure(name).dpi
    for text, box in boxes:
        assert box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height, text
    for at, (text, box) in enumerate(boxes):
        for other, there in boxes[:at]:
            # Half a pixel: glyphs are hinted to whole ones.
            assert min(box.x1, there.x1) - max(box.x0, there.x0) < 0.5 or (
                min(box.y1, there.y1) - max(box.y0, there.y0) < 0.5
            ), f"{text} overlaps {other}"


@pytest.mark.parametrize("name", CASES)
def test_no_dot_stands_on_a_dot_and_no_name_on_a_dot(name: str) -> None:
    drawn = picture(name)
    away = np.sqrt(((drawn.places[:, None] - drawn.places[None]) ** 2).sum(axis=2))
    np.fill_diagonal(away, np.inf)
    assert (away > drawn.radii[:, None] + drawn.radii[None]).all()
    assert (drawn.places[:, 0] > 0).all() and (drawn.places[:, 0] < 6.76).all()
    assert (drawn.places[:, 1] < 0).all() and (drawn.places[:, 1] > -drawn.height).all()
    for label in drawn.labels:
        left, bottom, right, top = label.box
        nearest = np.clip(drawn.places, [left, bottom], [right, top])
        assert (np.sqrt(((drawn.places - nearest) ** 2).sum(axis=1)) >= drawn.radii).all(), label.lines


@pytest.mark.parametrize("name", CASES)
def test_the_strongest_are_named_and_never_more_than_forty(name: str) -> None:
    named = sorted(label.node for label in picture(name).labels)
    wanted = min(40, len(picture(name).places))
    assert named[: min(wanted, 20)] == list(range(min(wanted, 20)))
    assert wanted - 2 <= len(named) <= 40
    if wanted < 40:
        assert len(named) == wanted


def test_leader_lines_run_over_no_name() -> None:
    for name in CASES:
        drawn = picture(name)
        led = [label for label in drawn.labels if label.leader]
        for label in led:
            line = np.array([[*drawn.places[label.node], *(label.leader or (0, 0))]])
            others = np.array([other.box for other in drawn.labels if other.node != label.node])
            assert inches_inside(line, others).max() < 0.011, f"{name}: {label.lines}"


def test_a_shade_holds_its_community_and_nobody_else() -> None:
    shaded = 0
    for name in ("30", "150", "dense"):
        shown, _ = choose_shown(case(name)[0].nodes, case(name)[0].edges, "")
        for shade in picture(name).shades:
            own = (shown["community"] == shade.name).to_numpy()
            assert not holds_any(shade.corners, picture(name).places[~own])
            assert all(holds_any(shade.corners, place[None]) for place in picture(name).places[own])
            shaded += 1
    assert shaded > 10


def test_a_line_is_measured_inside_a_box() -> None:
    box = np.array([[0.0, 0.0, 2.0, 1.0]])
    lines = np.array([[-1.0, 0.5, 3.0, 0.5], [1.0, -1.0, 1.0, 0.5], [-1.0, 2.0, 3.0, 2.0], [0.0, 0.0, 3.0, 3.0]])
    assert inches_inside(lines, box)[0] == pytest.approx([2.0, 0.5, 0.0, 2**0.5])


def test_a_shape_holds_what_is_inside_it() -> None:
    corners = outline(np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]]), np.full(3, 0.1))
    assert holds_any(corners, np.array([[0.5, 0.5]]))
    assert not holds_any(corners, np.array([[2.0, 2.0], [-1.0, 0.0]]))


def lines_of(drawn: Figure) -> LineCollection:
    (found,) = [child for child in drawn.axes[0].collections if isinstance(child, LineCollection)]
    return found


def test_the_width_of_a_line_is_its_origins() -> None:
    edges = case("star")[0].edges
    widths = lines_of(figure("star")).get_linewidths()
    wide = edges["n_origins"] > 4  # below, a line would be too thin for print
    assert np.allclose(np.array(widths)[wide] / edges.loc[wide, "n_origins"], 5.0 / edges["n_origins"].max())
    assert len(widths) == len(edges)


def test_the_key_explains_shape_size_width_and_shade() -> None:
    words = words_of(figure("30"))
    for word in ("person", "organisation", "place", "other", "community", "Dot: strength", "Line: origins that name"):
        assert word in words
    assert "community" not in words_of(figure("5"))


def test_the_title_is_the_finding_and_the_subtitle_the_base() -> None:
    network, pairs, actors, _ = case("30")
    words = words_of(figure("30"))
    first = network.nodes["name"].iloc[0]
    assert f"{first} has the strongest ties, above all to" in words
    assert "30 of 30 actors, 41 of 41 pairs" in words
    assert "A made title" in words_of(plot_network(network.nodes, network.edges, pairs, actors, title="A made title"))


def test_where_nothing_survives_the_figure_says_so_and_dashes_the_weak() -> None:
    words = words_of(figure("weak"))
    assert "No pair survives the test against chance" in words
    assert "which chance alone may explain; 21 of 30 actors, 15 of 41 pairs" in words
    assert "weak pair" in words
    assert "strength" not in words
    assert lines_of(figure("weak")).get_linestyles()[0][1] is not None
    assert lines_of(figure("30")).get_linestyles()[0][1] is None


def test_an_ego_view_speaks_of_its_actor() -> None:
    network, _, _, focus = case("ego")
    name = network.nodes.set_index("actor_id")["name"][focus]
    assert f"{name} has 9 ties beyond chance, the strongest to" in words_of(figure("ego"))
    (bold,) = [text for text in figure("ego").axes[0].texts if text.get_weight() == "bold"]
    assert " ".join(bold.get_text().split()) == name


def test_a_tangle_is_thinned_and_the_reader_told() -> None:
    network, _, _, _ = case("dense")
    _, ties = choose_shown(network.nodes, network.edges, "")
    assert len(ties) < len(network.edges) == 90
    assert f"{len(ties)} lines are drawn, the two strongest of each" in words_of(figure("dense"))
    hub = str(network.nodes["actor_id"].iloc[0])
    _, around = choose_shown(network.nodes, network.edges, hub)
    assert ((around["actor_a"] == hub) | (around["actor_b"] == hub)).sum() == network.nodes["degree"].iloc[0]


def test_of_more_than_150_the_strongest_are_drawn() -> None:
    pairs, actors = make_network(180, 1)
    network = build_network(pairs, actors)
    shown, _ = choose_shown(network.nodes, network.edges, "")
    assert len(shown) <= 150
    assert shown["strength"].min() >= network.nodes["strength"].nsmallest(10).max()


def test_no_pair_at_all_is_said_in_words() -> None:
    drawn = plot_network(*(empty_table(name) for name in ("nodes", "edges", "pairs", "actors")))
    assert not drawn.axes
    assert "No two actors are named together" in words_of(drawn)


def test_an_actor_without_a_tie_is_said_in_words() -> None:
    network, pairs, actors, _ = case("5")
    nothing = network.nodes.iloc[:0], network.edges.iloc[:0]
    alone = actors.assign(n_mentions=1)
    drawn = plot_network(*nothing, pairs, alone, focus="a003")
    assert not drawn.axes
    assert f"{actors['name'][3]} has no tie beyond chance" in words_of(drawn)
    assert f"1 mention in {actors['n_origins'][3]} origins, but no pair" in words_of(drawn)


def test_the_same_network_gives_the_same_bytes_and_stays_as_it_was() -> None:
    network, pairs, actors, _ = case("30")
    before = [table.copy(deep=True) for table in (network.nodes, network.edges, pairs, actors)]
    first, second = (svg_text(plot_network(network.nodes, network.edges, pairs, actors)) for _ in range(2))
    assert first == second
    for table, copy in zip((network.nodes, network.edges, pairs, actors), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)


def test_a_long_name_is_set_in_even_lines_and_no_word_is_broken() -> None:
    lines, (width, height) = set_name(0, LONG[0], size=NAME_SIZE).settings[0]
    assert " ".join(lines) == LONG[0]
    assert len(lines) == 3
    assert width <= 1.75 and height == pytest.approx(3 * NAME_SIZE * 1.2 / 72)
    ways = [lines for lines, _ in set_name(0, "Gorkescor Artar", size=NAME_SIZE).settings]
    assert ways == [("Gorkescor Artar",), ("Gorkescor", "Artar")]


@pytest.mark.filterwarnings("ignore:Glyph")
def test_hostile_names_are_drawn_as_they_are() -> None:
    pairs, actors = make_network(5, 1)
    actors["name"] = ["$x^2$ & <b>", "北京", "", "a\nb", "w" * 90]
    network = build_network(pairs, actors)
    drawn = plot_network(network.nodes, network.edges, pairs, actors)
    width = drawn.get_size_inches()[0] * drawn.dpi
    assert all(box.x0 >= 0 and box.x1 <= width for _, box in boxes_of(drawn))
    assert "$x^2$ & <b>" in words_of(drawn)
