"""One card a topic: its label and terms, who marks it, when it is written about, and the passages behind it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from inchiesta.statements import Statement, count_noun
from inchiesta.topics.placed import find_origin_ids, list_sentences

# As many as have a panel in the chart of terms; the table has them all.
MOST_CARDS = 12
TERMS_SHOWN, ACTORS_SHOWN = 8, 4
# As in the readings: below 30 passages every topic is weak.
FEW_PASSAGES = 30


def make_cards(
    topics: pd.DataFrame,
    passages: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    representatives: pd.DataFrame,
    marks: pd.DataFrame,
    shares: pd.DataFrame,
) -> list[Statement]:
    """Give a statement for each of the first 12 topics.

    Parameters
    ----------
    topics, passages, sentences, documents : DataFrame
        The tables of these names.
    representatives, marks : DataFrame
        As `inchiesta.topics.marks` gives them: the evidence is the sentences of the representative passages.
    shares : DataFrame
        As `inchiesta.topics.over_time.count_topics_over_time` gives them.
    """
    counted = passages[passages["is_counted"]]
    origins = counted["document_id"].map(find_origin_ids(documents)).groupby(counted["topic_id"]).nunique()
    # Of passages that stand for a topic, those chosen first come first.
    chosen = representatives.merge(passages[["passage_id", "last_sentence_id"]], on="passage_id", how="left")
    lines = list_sentences(chosen, sentences).merge(chosen[["passage_id", "topic_id"]], on="passage_id")
    evidence = lines.groupby("topic_id", sort=False)["sentence_id"].agg(list).to_dict()
    cards = []
    for topic in topics.head(MOST_CARDS).to_dict("records"):
        topic_id = str(topic["topic_id"])
        own_marks = marks[(marks["topic_id"] == topic_id) & (marks["status"] == "clear")]
        parts = [_terms(topic), _actors(own_marks), _months(own_marks, shares[shares["topic_id"] == topic_id])]
        cards.append(
            {
                "name": f"topic-{topic_id}",
                "statement": f"Topic {topic_id}: {{value}}. " + " ".join(filter(None, parts)),
                "value": topic["label"],
                "unit": "topic",
                "base": f"{topic['n_passages']} of {count_noun(len(counted), 'passage')}, "
                f"{count_noun(int(origins.get(topic_id, 0)), 'origin')}",
                "evidence": evidence.get(topic_id, []),
                "status": "clear" if _is_sure(topic, len(counted)) else "weak",
            }
        )
    return cards


def _is_sure(topic: dict[Any, Any], n_passages: int) -> bool:
    return n_passages >= FEW_PASSAGES and topic.get("status", "stable") in ("clear", "stable")


def _terms(topic: dict[Any, Any]) -> str:
    pairs = list(zip(topic["terms"], topic["weights"], strict=True))[:TERMS_SHOWN]
    return "Terms: " + ", ".join(f"{term} {weight:.3f}".replace(" 0.", " .") for term, weight in pairs) + "."


def _actors(marks: pd.DataFrame) -> str:
    named = marks[marks["what"] == "actor"].head(ACTORS_SHOWN).to_dict("records")
    told = ", ".join(f"{row['name']} ({row['n_origins']} of {row['base']} origins)" for row in named)
    return f"Named here more than in other topics: {told}." if told else ""


def _months(marks: pd.DataFrame, shares: pd.DataFrame) -> str:
    told = shares.dropna(subset="share").set_index("period")[["share", "low", "high"]].to_dict("index")
    parts = []
    for month in sorted(marks.loc[marks["what"] == "month", "item"]):
        found = told.get(month)
        share = f" ({found['share']:.0%} of its texts, {found['low']:.0%} to {found['high']:.0%})" if found else ""
        parts.append(f"{month}{share}")
    return f"Written about more than other topics in {', '.join(parts)}." if parts else ""
