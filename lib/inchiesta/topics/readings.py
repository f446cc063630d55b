"""What 02_topics states, each as the arguments of `Page.state`, and the sentences behind it."""

from __future__ import annotations

import pandas as pd

from inchiesta.statements import Statement, withhold

# Below 30 passages a coherence moves by a third when one passage changes: it is withheld, and every topic is weak.
FEW_PASSAGES = 30


def find_typical_passages(passages: pd.DataFrame, sentences: pd.DataFrame, *, n: int = 1) -> pd.DataFrame:
    """Give the passages that are most about their topic.

    Returns
    -------
    pandas.DataFrame
        ``topic_id``, ``weight`` (0 to 1), ``passage_id``, ``first_sentence_id``, ``text`` (the whole passage); ``n`` a
        topic, strongest first.
    """
    ranked = passages[(passages["topic_id"] != "") & passages["is_counted"]].sort_values(
        ["topic_id", "weight", "passage_id"], ascending=[True, False, True]
    )
    chosen = ranked.groupby("topic_id").head(n)
    place = pd.Series(range(len(sentences)), index=sentences["sentence_id"])
    texts = [
        " ".join(sentences["text"].iloc[place[first] : place[last] + 1])
        for first, last in zip(chosen["first_sentence_id"], chosen["last_sentence_id"], strict=True)
    ]
    return chosen[["topic_id", "weight", "passage_id", "first_sentence_id"]].assign(text=texts).reset_index(drop=True)


def state_largest_topic(topics: pd.DataFrame, passages: pd.DataFrame) -> Statement:
    """State what the largest topic is."""
    statement = "The largest topic is {value}."
    if topics.empty:
        return withhold("largest-topic", statement, "there are too few passages to find a topic")
    top = topics.iloc[0]
    counted = passages[passages["is_counted"]]
    members = counted[counted["topic_id"] == top["topic_id"]].sort_values(
        ["weight", "passage_id"], ascending=[False, True]
    )
    return {
        "name": "largest-topic",
        "statement": statement,
        "value": top["label"],
        "unit": "topic",
        "base": f"{top['n_passages']} of {len(counted)} passages, copies and repeats left out",
        "evidence": members["first_sentence_id"],
        "status": "clear" if len(counted) >= FEW_PASSAGES else "weak",
        "headline": True,
    }


def state_topics(topics: pd.DataFrame, passages: pd.DataFrame) -> Statement:
    """State how many topics were told apart."""
    counted = passages[passages["is_counted"]]
    placed = counted[counted["topic_id"] != ""]
    return {
        "name": "topics",
        "statement": "{value} " + ("topic was" if len(topics) == 1 else "topics were") + " told apart.",
        "value": len(topics),
        "unit": "topics",
        "base": f"{len(placed)} of {len(counted)} passages placed in one, copies and repeats left out",
        "evidence": placed.drop_duplicates("topic_id")["first_sentence_id"],
        "status": "clear" if len(counted) >= FEW_PASSAGES else "weak",
    }


def state_coherence(topics: pd.DataFrame, passages: pd.DataFrame) -> Statement:
    """State how coherent the topics are; withheld where there is too little text to measure it."""
    statement = "The terms of a topic go together with a mean NPMI of {value}."
    measured = topics["coherence"].dropna()
    if measured.empty:
        why = f"{passages['is_counted'].sum()} passages are too few to measure it; {FEW_PASSAGES} are needed"
        return withhold("coherence", statement, why)
    return {
        "name": "coherence",
        "statement": statement,
        "value": float(measured.mean()),
        "unit": "NPMI, -1 to 1",
        "base": f"{len(measured)} topics over {passages['is_counted'].sum()} passages",
        "evidence": passages.loc[(passages["topic_id"] != "") & passages["is_counted"], "first_sentence_id"],
    }
