from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from inchiesta.dossier import open as open_dossier
from inchiesta.topics.fit import fit_topics
from inchiesta.topics.identity import carry_ids, match_topics, rename_topics

AFFAIR = Path(__file__).parents[2] / "data/sample/affair"
NOISE = "apiary hive queen honey nectar swarm beekeeper wax comb pollen drone brood"
Tables = tuple[pd.DataFrame, pd.DataFrame]


def make(topics: dict[str, str], placed: dict[str, str]) -> Tables:
    """Tables of topics (id to its terms) and passages (topic to its passages, one letter each)."""
    rows = [
        (topic, terms.split()[0], terms.split(), [1 / (2 + n) for n, _ in enumerate(terms.split())])
        for topic, terms in topics.items()
    ]
    passages = [(passage, topic, True) for topic, letters in placed.items() for passage in letters]
    return (
        pd.DataFrame(rows, columns=["topic_id", "label", "terms", "weights"]),
        pd.DataFrame(passages, columns=["passage_id", "topic_id", "is_counted"]),
    )


BEFORE = make(
    {"t01": "arms drone factory", "t02": "vote party ballot", "t03": "gas pipe price", "t07": "song stage band"},
    {"t01": "abcdefghij", "t02": "klmnopqrst", "t03": "uvwxyz", "t07": "ABCDEF"},
)


def status_of(changes: pd.DataFrame) -> dict[str, str]:
    return {row.topic_id or row.earlier_id: f"{row.status} {row.earlier_id}".strip() for row in changes.itertuples()}


def test_the_same_topics_in_another_order_are_the_same() -> None:
    topics, passages = BEFORE
    swapped = {"t01": "t03", "t03": "t01"}
    changes = match_topics(rename_topics(topics, swapped), rename_topics(passages, swapped), *BEFORE)
    assert changes["status"].tolist() == ["same"] * 4
    assert carry_ids(changes) == {"t03": "t01", "t02": "t02", "t01": "t03", "t07": "t07"}
    assert changes["overlap"].tolist() == [1.0] * 4


def test_another_topic_is_new_and_one_without_a_successor_gone() -> None:
    now = make(
        {"t01": "vote party ballot", "t02": "arms drone factory", "t03": "gas pipe price", "t04": "hive honey wax"},
        {"t01": "klmnopqrst", "t02": "abcdefghij", "t03": "uvwxyz", "t04": "012345"},
    )
    changes = match_topics(*now, *BEFORE)
    assert status_of(changes) == {
        "t01": "same t02",
        "t02": "same t01",
        "t03": "same t03",
        "t04": "new",
        "t07": "gone t07",
    }
    assert carry_ids(changes) == {"t01": "t02", "t02": "t01", "t03": "t03", "t04": "t08"}


def test_a_topic_cut_in_two_lives_on_in_the_larger_part_and_the_other_is_split_from_it() -> None:
    now = make(
        {"t01": "arms factory", "t02": "vote party ballot", "t03": "gas pipe price", "t04": "song stage band",
         "t05": "bribe judge"},
        {"t01": "fghij50", "t02": "klmnopqrst", "t03": "uvwxyz", "t04": "ABCDEF", "t05": "abcde1"},
    )  # fmt: skip
    changes = match_topics(*now, *BEFORE)
    assert status_of(changes)["t01"] == "same t01"
    assert status_of(changes)["t05"] == "split t01"
    assert carry_ids(changes)["t05"] == "t08"


def test_a_topic_taken_into_another_is_merged() -> None:
    now = make(
        {"t01": "arms drone vote factory party", "t02": "gas pipe price", "t03": "song stage band"},
        {"t01": "abcdefghijklmnopqrst", "t02": "uvwxyz", "t03": "ABCDEF"},
    )
    changes = match_topics(*now, *BEFORE)
    assert changes.iloc[-1][["status", "topic_id", "earlier_id"]].tolist() == ["merged", "t01", "t02"]


def test_without_common_texts_the_terms_decide_and_nothing_is_split() -> None:
    now = make({"t01": "vote party ballot", "t02": "hive honey wax"}, {"t01": "012345", "t02": "6789"})
    changes = match_topics(*now, *BEFORE)
    assert changes["status"].tolist() == ["same", "new", "gone", "gone", "gone"]
    assert changes["earlier_id"].tolist() == ["t02", "", "t01", "t03", "t07"]
    assert changes["passage_overlap"].isna().all()


def test_a_new_topic_that_picks_up_a_few_old_passages_is_new() -> None:
    topics = {"t01": "arms drone factory", "t02": "hive honey wax"}
    now = make(topics, {"t01": "abcdefg", "t02": "hij" + "0123456789"})
    assert match_topics(*now, *BEFORE)["status"].tolist()[:2] == ["same", "new"]


@pytest.mark.parametrize("empty", ["now", "before", "both"])
def test_a_report_without_topics_matches_nothing(empty: str) -> None:
    none = make({}, {})
    changes = match_topics(*(BEFORE if empty == "before" else none), *(BEFORE if empty == "now" else none))
    assert changes["status"].tolist() == {"now": ["gone"] * 4, "before": ["new"] * 4, "both": []}[empty]


@cache
def affair() -> Tables:
    dossier = open_dossier(AFFAIR)
    return dossier.read_documents, dossier.sentences


def fit(documents: pd.DataFrame, sentences: pd.DataFrame, kept: pd.Series) -> Tables:
    ids = documents.loc[kept, "document_id"]
    return fit_topics(
        documents[kept].reset_index(drop=True),
        sentences[sentences["document_id"].isin(ids)].reset_index(drop=True),
        n_topics=8,
    )


def stable_pairs(now: Tables, before: Tables) -> set[tuple[str, str]]:
    """Topics that are stable by their passages alone: each holds over half of the common ones of the other."""
    placed = [rows.loc[rows["is_counted"] & (rows["topic_id"] != "")].set_index("passage_id")["topic_id"]
              for _, rows in (now, before)]  # fmt: skip
    both = pd.concat(placed, axis=1, join="inner", keys=["now", "before"])
    common = pd.crosstab(both["now"], both["before"])
    half = common.gt(common.sum(axis=1) / 2, axis=0) & common.gt(common.sum(axis=0) / 2, axis=1)
    return {(str(one), str(other)) for one, other in half.stack()[lambda kept: kept].index}


def test_with_a_tenth_of_the_texts_replaced_stable_topics_keep_their_id() -> None:
    documents, sentences = affair()
    origins = documents["origin_id"]
    n_stable = n_kept = 0
    for seed in range(3):
        shuffled = np.random.default_rng(seed).permutation(np.unique(origins))
        tenth = len(shuffled) // 10
        before = fit(documents, sentences, ~origins.isin(shuffled[:tenth]))
        now = fit(documents, sentences, ~origins.isin(shuffled[tenth : 2 * tenth]))
        changes = match_topics(*now, *before)
        same = changes[changes["status"] == "same"]
        stable = stable_pairs(now, before)
        n_stable += len(stable)
        n_kept += len(stable & set(zip(same["topic_id"], same["earlier_id"], strict=True)))
    assert n_stable >= 12
    assert n_kept / n_stable >= 0.9


def plant(documents: pd.DataFrame, sentences: pd.DataFrame, n: int) -> Tables:
    """Add ``n`` texts about bees, in whose sentences words of the affair stand as well."""
    chance = np.random.default_rng(5)
    words = NOISE.split()
    english = sentences.loc[sentences["language"] == "en", "text"].tolist()
    texts = [
        " ".join([*chance.choice(words, 30), *english[int(chance.integers(len(english)))].split()]) for _ in range(n)
    ]
    ids = [f"d{number:016x}" for number in range(n)]
    added = documents.iloc[:n].assign(document_id=ids, origin_id=ids, n_chars=1)
    lines = sentences.iloc[:n].assign(
        sentence_id=[f"{i}:0001" for i in ids], document_id=ids, paragraph=0, language="en", is_heading=False,
        repeats_paragraph=None, text=texts,
    )  # fmt: skip
    lines["repeats_paragraph"] = lines["repeats_paragraph"].astype(sentences["repeats_paragraph"].dtype)
    return pd.concat([documents, added], ignore_index=True), pd.concat([sentences, lines], ignore_index=True)


def test_a_planted_new_topic_is_called_new() -> None:
    documents, sentences = affair()
    more, longer = plant(documents, sentences, 40)
    before = fit(documents, sentences, documents["status"] == "read")
    now = fit(more, longer, more["status"] == "read")
    changes = match_topics(*now, *before).set_index("topic_id")
    bees = now[1].loc[now[1]["document_id"].str.startswith("d00000000000000"), "topic_id"].mode()[0]
    assert "honey" in " ".join(now[0].set_index("topic_id").loc[bees, "terms"])
    assert changes.loc[bees, "status"] == "new"
    assert (changes["status"] == "same").sum() >= 6
