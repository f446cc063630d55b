"""Pairs against chance: counts by hand, units, copies, honesty on shuffled tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from inchiesta.actors.counting import Counting
from inchiesta.actors.find import find_mentions
from inchiesta.actors.pairs import compare_copies, count_pairs
from inchiesta.errors import ParameterError
from inchiesta.tables import check_table
from tests.actors.frames import build_frames


def build(rows: dict[str, list[str]], origins: dict[str, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Build mentions and documents from sentence_id -> actors; the document is what stands before the colon."""
    mentions = pd.DataFrame(
        [(sentence.split(":")[0], sentence, actor, "name") for sentence, actors in rows.items() for actor in actors],
        columns=["document_id", "sentence_id", "actor_id", "form"],
    ).assign(start_char=0)
    counts = pd.Series([sentence.split(":")[0] for sentence in rows]).value_counts()
    ids = sorted(counts.index)
    documents = pd.DataFrame(
        {
            "document_id": ids,
            "origin_id": [(origins or {}).get(i, f"o-{i}") for i in ids],
            "n_sentences": [counts[i] for i in ids],
            "n_chars": [counts[i] for i in ids],
            "status": "read",
        }
    )
    return mentions, documents


def sentences_of(mentions: pd.DataFrame, paragraphs: dict[str, int]) -> pd.DataFrame:
    """Build the sentences named by ``paragraphs`` (sentence_id -> paragraph), without any dateline."""
    ids = list(paragraphs)
    return pd.DataFrame(
        {
            "sentence_id": ids,
            "document_id": [i.split(":")[0] for i in ids],
            "paragraph": list(paragraphs.values()),
            "start_char": range(0, 100 * len(ids), 100),
            "repeats_paragraph": pd.Series([pd.NA] * len(ids), dtype="Int64"),
            "text": "They said so.",
        }
    )


def test_a_pair_is_counted_by_hand() -> None:
    pairs = count_pairs(*build({"d1:1": ["a", "b"], "d1:2": ["a", "b"], "d2:1": ["c", "d"], "d3:1": ["c", "d"]}))
    check_table("pairs", pairs)
    row = pairs.iloc[0]
    assert row[["actor_a", "actor_b", "unit"]].tolist() == ["a", "b", "sentence"]
    assert row[["n_together", "n_sentences", "n_documents", "n_origins"]].tolist() == [2, 2, 1, 1]
    # Each of four sentences draws two of four names: one pair in six; as independent names would meet in six sentences.
    assert row["expected"] == pytest.approx(4 / 6)
    assert row["npmi"] == pytest.approx(1.0)
    # Of the 15 ways to place two among six sentences one meets twice, nine meet at all.
    assert row["p_value"] == pytest.approx(1 / 9)
    assert row["g2"] == pytest.approx(2 * (2 * np.log(2 / (4 / 6)) + 4 * np.log(4 / (16 / 6))))
    assert row["q_value"] == pytest.approx(1 / 9)  # two pairs met, and both are as surprising
    assert pairs["n_documents"].tolist() == [1, 2]


def test_a_pair_that_met_once_is_no_surprise() -> None:
    pairs = count_pairs(*build({"d1:1": ["a", "b"]} | {f"d{n}:1": ["c", f"e{n}"] for n in range(2, 40)}))
    assert (pairs["p_value"] == 1.0).all()


def test_a_copy_counts_once_unless_asked_for() -> None:
    rows = {"d1:1": ["a", "b"], "d2:1": ["a", "b"], "d2:2": ["a"], "d3:1": ["a", "b"]}
    tables = build(rows, {"d1": "o1", "d2": "o1", "d3": "o2"})
    counts = ["n_together", "n_documents", "n_origins"]
    assert count_pairs(*tables)[counts].to_numpy().tolist() == [[2, 3, 2]]
    assert count_pairs(*tables, counting=Counting(count_copies=True))[counts].to_numpy().tolist() == [[3, 3, 2]]


def test_a_pair_that_survives_only_with_copies_flips() -> None:
    rows = {f"d{n:02d}:1": [f"x{n % 9}", f"y{n % 7}"] for n in range(60)}
    rows |= {f"e{n:02d}:1": ["a", "b"] for n in range(20)} | {"f1:1": ["a", "b"]}
    mentions, documents = build(rows, {f"e{n:02d}": "wire" for n in range(20)})
    flips = compare_copies(mentions, documents)
    assert flips[["actor_a", "actor_b", "survives"]].to_numpy().tolist() == [["a", "b", "copies"]]
    assert flips[["n_once", "n_copies"]].to_numpy().tolist() == [[2, 21]]
    assert flips["q_once"][0] >= 0.05 > flips["q_copies"][0]
    assert compare_copies(mentions, documents.assign(origin_id=documents["document_id"])).empty


def test_repeated_paragraphs_do_not_count_when_sentences_are_given() -> None:
    mentions, documents = build({"d1:1": ["a", "b"], "d1:2": ["a", "b"]})
    sentences = sentences_of(mentions, {"d1:1": 0, "d1:2": 1}).assign(repeats_paragraph=[None, 0])
    assert count_pairs(mentions, documents)["n_sentences"].tolist() == [2]
    assert count_pairs(mentions, documents, sentences=sentences)["n_sentences"].tolist() == [1]


def test_actors_meet_in_paragraphs_windows_and_documents() -> None:
    rows = {
        "d1:1": ["a"],
        "d1:2": ["b"],
        "d1:3": ["a", "b"],
        "d1:4": ["a"],
        "d1:5": ["b"],
        "d2:1": ["a"],
        "d2:2": ["b"],
    }
    mentions, documents = build(rows)
    sentences = sentences_of(mentions, {"d1:1": 0, "d1:2": 0, "d1:3": 1, "d1:4": 1, "d1:5": 2, "d2:1": 0, "d2:2": 1})

    def count(**how: Any) -> list[int]:
        pairs = count_pairs(mentions, documents, sentences=sentences, counting=Counting(**how))
        check_table("pairs", pairs)
        return pairs.iloc[0][["n_together", "n_sentences", "n_documents"]].tolist()

    assert count(unit="sentence") == [1, 1, 1]
    assert count(unit="paragraph") == [2, 1, 1]
    assert count(unit="window", window=2) == [3, 1, 2]  # sentences 1-2 and 3-4 of d1, 1-2 of d2; none reaches over
    assert count(unit="document") == [2, 1, 2]


def test_pairs_that_share_no_sentence_can_share_a_document() -> None:
    pairs = count_pairs(*build({"d1:1": ["a"], "d1:2": ["b"]}), counting=Counting(unit="document"))
    assert pairs[["n_together", "n_sentences"]].to_numpy().tolist() == [[1, 0]]


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"unit": "page"}, "sentence, paragraph, window, document; got 'page'"),
        ({"unit": "window", "window": 1}, "2 sentences or more, got 1"),
        ({"window": 2.5}, "whole number of sentences, got 2.5"),
        ({"window": True}, "whole number of sentences, got True"),
        ({"count_copies": "no"}, "takes True or False, got 'no'"),
        ({"forms": ()}, r"takes some of name, acronym, demonym, seat; got \(\)"),
        ({"forms": "name"}, "got 'name'"),
        ({"forms": ("name", "pronoun")}, "'pronoun'"),
    ],
)
def test_what_cannot_be_counted_is_refused(how: dict[str, Any], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        Counting(**how)


def test_a_paragraph_needs_the_sentences() -> None:
    with pytest.raises(ParameterError, match="needs the table sentences"):
        count_pairs(*build({"d1:1": ["a", "b"]}), counting=Counting(unit="paragraph"))


def test_a_dateline_makes_no_pair_and_the_sentence_behind_it_does() -> None:
    text = "ULMET, May 3 (Meridian Wire) – Tessaly met Stakhar in Ulmet."
    names = ["ULMET", "Meridian Wire", "Tessaly", "Stakhar", "Ulmet"]
    starts = [text.index(name) for name in names]
    mentions = pd.DataFrame(
        {
            "document_id": "d1",
            "sentence_id": "d1:1",
            "start_char": starts,
            "actor_id": [name.lower() for name in names],
            "form": "name",
        }
    )
    documents = build({"d1:1": ["a"]})[1]
    sentences = sentences_of(mentions, {"d1:1": 0}).assign(text=text)
    pairs = count_pairs(mentions, documents, sentences=sentences)
    met = {frozenset(pair) for pair in zip(pairs["actor_a"], pairs["actor_b"], strict=True)}
    assert met == {frozenset(pair) for pair in (("stakhar", "tessaly"), ("stakhar", "ulmet"), ("tessaly", "ulmet"))}


def test_seats_count_only_when_asked_for() -> None:
    mentions, documents = build({"d1:1": ["a", "b"]})
    mentions = mentions.assign(form=["seat", "name"])
    assert count_pairs(mentions, documents).empty
    assert len(count_pairs(mentions, documents, counting=Counting(forms=("name", "seat")))) == 1


def test_stability_is_empty_below_five_origins_and_high_for_a_steady_pair() -> None:
    few = build({f"d{n}:1": ["a", "b"] for n in range(4)} | {"d0:2": ["c"]})
    assert count_pairs(*few)["stability"].isna().all()
    many = build({f"d{n}:1": ["a", "b"] for n in range(9)} | {f"d{n}:2": ["c"] for n in range(9)})
    assert count_pairs(*many)["stability"].tolist() == [1.0]


def test_no_mentions_give_an_empty_table() -> None:
    mentions, documents = build({"d1:1": ["a"]})
    check_table("pairs", count_pairs(mentions, documents))
    check_table("pairs", count_pairs(mentions.iloc[:0], documents))


@pytest.mark.parametrize("seed", range(3))
def test_p_values_are_honest_on_a_shuffled_table(seed: int) -> None:
    """Actors are dealt to sentences at random: at most 5% of the pairs may look surprising, none survives."""
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 5, 400)
    weights = 1 / np.arange(1, 41)
    rows = {
        f"d{number // 8:03d}:{number}": [
            f"a{actor:02d}" for actor in random.choice(40, size, replace=False, p=weights / weights.sum())
        ]
        for number, size in enumerate(sizes)
    }
    pairs = count_pairs(*build(rows))
    assert len(pairs) > 300
    assert (pairs["p_value"] < 0.05).mean() <= 0.05
    assert (pairs["q_value"] < 0.05).sum() == 0


def test_a_planted_pair_is_found() -> None:
    random = np.random.default_rng(0)
    rows = {
        f"d{n // 5:03d}:{n}": [f"a{actor:02d}" for actor in random.choice(30, 2, replace=False)] for n in range(300)
    }
    for n in range(0, 300, 12):
        rows[f"d{n // 5:03d}:{n}"] = ["planted-a", "planted-b"]
    best = count_pairs(*build(rows)).iloc[0]
    assert (best["actor_a"], best["actor_b"]) == ("planted-a", "planted-b")
    assert best["q_value"] < 0.001
    assert best["stability"] > 0.95


def test_the_table_is_sorted_and_the_same_every_time() -> None:
    rows = {f"d{n}:{n}": [f"a{n % 4}", f"b{n % 3}"] for n in range(24)}
    one, other = count_pairs(*build(rows)), count_pairs(*build(dict(reversed(rows.items()))))
    pd.testing.assert_frame_equal(one, other)
    keys = list(zip(one["q_value"], -one["g2"], one["actor_a"], one["actor_b"], strict=True))
    assert keys == sorted(keys)


def test_a_text_without_names_gives_empty_tables() -> None:
    documents, sentences = build_frames("oggi piove.\ntutto tace.")
    mentions = find_mentions(documents, sentences)
    pairs = count_pairs(mentions, documents, sentences=sentences.assign(repeats_paragraph=None))
    assert (len(mentions), len(pairs)) == (0, 0)
