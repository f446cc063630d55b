"""What marks a topic: its actors, outlets and months against the rest, and the passages that stand for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from inchiesta.topics.log_odds import pool_log_odds
from inchiesta.topics.placed import count_shares, find_origin_ids, find_periods, lay_out, list_sentences, read_passages
from inchiesta.topics.words import weigh_texts

# One text or two may name anybody: below three origins nothing marks a topic.
FEW_ORIGINS = 3
Q_VALUE = 0.05
# A passage of a headline and a half stands for nothing, one of a page is not read on a card.
SHORTEST, LONGEST = 20, 220
# The middle of a topic moves by hardly anything beyond this many passages.
SAMPLE = 400
MARKS = {
    "topic_id": "str", "what": "str", "item": "str", "name": "str", "log_odds": "float64", "low": "float64",
    "high": "float64", "q_value": "float64", "n_origins": "int64", "base": "int64", "n_elsewhere": "int64",
    "status": "str",
}  # fmt: skip
PASSAGES = {
    "topic_id": "str", "kind": "str", "passage_id": "str", "document_id": "str", "first_sentence_id": "str",
    "weight": "float64", "text": "str",
}  # fmt: skip

Reals = NDArray[np.float64]


def find_marks(
    topics: pd.DataFrame,
    passages: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    mentions: pd.DataFrame,
    actors: pd.DataFrame,
) -> pd.DataFrame:
    """Tell which actors, outlets and months mark each topic against all others.

    Parameters
    ----------
    topics, passages, sentences, documents, mentions, actors : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        topic_id; what: actor, source or month; item: actor_id, outlet or 2024-03; name: as shown; log_odds: natural log
        of the odds ratio against all other topics, drawn towards 0 by the prior; low, high: its 95% interval; q_value,
        over everything of its kind; n_origins: origins that meet it in the topic; base: origins of the topic;
        n_elsewhere: origins that meet it in other topics; status: clear (q at most 0.05) or weak. Only what stands out
        (log_odds above 0) in three origins or more; in the order of the topics, then what, largest low first.

    Notes
    -----
    Deterministic. Everything is compared within a language and then pooled: topics have words of one language, and the
    outlets and spellings of that language would mark them all. Origins are counted, not mentions: a long article that
    names somebody forty times is one witness. An actor that marks a topic is named there more than elsewhere; one that
    is named everywhere marks none. Outlets and months are weighed by the part of their origins' passages that is in the
    topic. What fewer than three origins meet anywhere is not tested.

    References
    ----------
    Monroe, Colaresi and Quinn 2008, doi 10.1093/pan/mpn018.
    """
    counted = passages[passages["is_counted"] & (passages["topic_id"] != "")]
    origin = counted["document_id"].map(find_origin_ids(documents))
    base = pd.DataFrame({"topic_id": counted["topic_id"], "origin": origin}).drop_duplicates()
    sizes = base["topic_id"].value_counts()
    shares = count_shares(counted, origin)
    outlets = _outlets(documents)
    language = counted["document_id"].map(documents.set_index("document_id")["language"])
    language = pd.Series(language.to_numpy(), index=origin.to_numpy()).groupby(level=0).first()
    tables = [
        _score("actor", _named(counted, origin, sentences, mentions), topics, language),
        _score("source", shares.merge(outlets, on="unit"), topics, language),
        _score("month", shares.assign(item=shares["unit"].map(find_periods(documents, "month"))), topics, language),
    ]
    found = pd.concat([pd.DataFrame(columns=list(MARKS)), *(table for table in tables if len(table))])
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    # An outlet or a month is its own name, even where an actor's id is spelt the same.
    shown = [names.get(item, item) if what == "actor" else item
             for what, item in zip(found["what"], found["item"], strict=True)]  # fmt: skip
    return found.assign(name=shown, base=found["topic_id"].map(sizes)).astype(MARKS).pipe(_sorted, topics)


def _named(counted: pd.DataFrame, origin: pd.Series, sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each topic, origin and actor that meet: topic_id, unit, item, share (1)."""
    lines = list_sentences(counted, sentences)[["passage_id", "sentence_id"]]
    met = mentions[["sentence_id", "actor_id"]].drop_duplicates().merge(lines, on="sentence_id")
    place = counted[["passage_id", "topic_id"]].assign(unit=origin)
    rows = met.merge(place, on="passage_id")[["topic_id", "unit", "actor_id"]].drop_duplicates()
    return rows.rename(columns={"actor_id": "item"}).assign(share=1.0)


def _outlets(documents: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each origin and outlet that printed it."""
    read = documents[(documents["status"] == "read") & (documents["source"] != "")]
    rows = pd.DataFrame({"unit": read["document_id"].map(find_origin_ids(documents)), "item": read["source"]})
    return rows.drop_duplicates()


def _score(what: str, rows: pd.DataFrame, topics: pd.DataFrame, language: pd.Series) -> pd.DataFrame:
    """Score rows of topic_id, unit (origin), item and share, within the language of each unit."""
    rows = rows.dropna(subset="item").assign(language=lambda table: table["unit"].map(language))
    everywhere = rows.groupby("item", sort=True)["unit"].nunique()
    # Chosen by how often an item is met at all, whatever the topic: that favours no topic.
    everywhere = everywhere[everywhere >= FEW_ORIGINS]
    items = everywhere.index.tolist()
    names = {"row_names": topics["topic_id"].tolist(), "column_names": items}
    met = lay_out(rows["topic_id"], rows["item"], 1.0, **names)
    languages = [rows[rows["language"] == language] for language in sorted(rows["language"].unique())]
    strata = [lay_out(part["topic_id"], part["item"], part["share"], **names) for part in languages]
    odds = pool_log_odds(strata or [met])
    # Origins that meet the item in this topic only: of all that meet it, the others meet it elsewhere.
    n_topics = rows.groupby(["unit", "item"])["topic_id"].transform("size")
    only = rows[n_topics == 1]
    only_here = lay_out(only["topic_id"], only["item"], 1.0, **names)
    topic, item = np.nonzero((odds.score > 0) & (met >= FEW_ORIGINS))
    q_value = odds.q_value[topic, item]
    return pd.DataFrame(
        {
            "topic_id": topics["topic_id"].to_numpy()[topic],
            "what": what,
            "item": np.array(items, dtype=object)[item],
            "log_odds": odds.score[topic, item].round(6),
            "low": odds.low[topic, item].round(6),
            "high": odds.high[topic, item].round(6),
            "q_value": q_value.round(6),
            "n_origins": met[topic, item],
            "n_elsewhere": (everywhere.to_numpy()[None, :] - only_here)[topic, item],
            "status": np.where(q_value <= Q_VALUE, "clear", "weak"),
        }
    )


def _sorted(marks: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    place = {topic: number for number, topic in enumerate(topics["topic_id"])}
    kind = {"actor": 0, "source": 1, "month": 2}
    keys = marks.assign(place=marks["topic_id"].map(place), kind=marks["what"].map(kind))
    ordered = keys.sort_values(["place", "kind", "low", "item"], ascending=[True, True, False, True])
    return ordered.drop(columns=["place", "kind"]).reset_index(drop=True)


def find_representatives(passages: pd.DataFrame, sentences: pd.DataFrame, *, n: int = 2) -> pd.DataFrame:
    """Give the passages that stand for each topic: the closest to it, and the typical ones.

    Parameters
    ----------
    passages, sentences : DataFrame
        The tables of these names.
    n : int, default 2
        Passages of each kind a topic.

    Returns
    -------
    DataFrame
        topic_id; kind: closest (largest weight: hardly about anything else) or typical (nearest to the middle of the
        topic's passages by their words: what most of them are like), never the same passage twice; passage_id,
        document_id, first_sentence_id; weight, 0 to 1; text. By topic_id, closest first, best first.

    Notes
    -----
    Deterministic. Passages of 20 to 220 words come first, others only where there are none. The middle is that of at
    most 400 passages of a topic, every second, third ... of a larger one.
    """
    counted = passages[passages["is_counted"] & (passages["topic_id"] != "")]
    counted = counted.sort_values(["topic_id", "passage_id"], kind="stable")
    rows = [_stand_for(of_topic, sentences, n) for _, of_topic in counted.groupby("topic_id", sort=True)]
    found = pd.concat([pd.DataFrame(columns=list(PASSAGES)), *rows])[list(PASSAGES)]
    return found.astype(PASSAGES).reset_index(drop=True)


def _stand_for(of_topic: pd.DataFrame, sentences: pd.DataFrame, n: int) -> pd.DataFrame:
    near = of_topic.sort_values(["weight", "passage_id"], ascending=[False, True], kind="stable")
    near = near.iloc[: SAMPLE // 2]
    step = -(-len(of_topic) // SAMPLE)
    both = pd.concat([near, of_topic.iloc[::step]]).drop_duplicates("passage_id")
    texts = read_passages(both, sentences)
    both = both.assign(text=texts.to_numpy(), long=[_unfit(text) for text in texts])
    by_weight = both.sort_values(["long", "weight", "passage_id"], ascending=[True, False, True], kind="stable")
    closest = by_weight.head(n)
    lines = list_sentences(both, sentences).drop_duplicates("passage_id")
    both = both.assign(middle=_nearness(both["text"].tolist(), lines["language"].tolist()))
    by_middle = both.sort_values(["long", "middle", "passage_id"], ascending=[True, False, True], kind="stable")
    typical = by_middle[~by_middle["passage_id"].isin(closest["passage_id"])].head(n)
    return pd.concat([closest.assign(kind="closest"), typical.assign(kind="typical")])


def _unfit(text: str) -> bool:
    return not SHORTEST <= text.count(" ") + 1 <= LONGEST


def _nearness(texts: list[str], languages: list[str]) -> Reals:
    """Give the cosine of each text to the mean of all, by tf-idf of their lemmas."""
    vectors = weigh_texts(texts, languages)
    middle = np.asarray(vectors.mean(axis=0)).ravel()
    return np.round(np.asarray(vectors @ middle).ravel() / (np.linalg.norm(middle) or 1.0), 6)
