"""What 02_topics states, each as the arguments of `Page.state`, and the sentences behind it."""

from __future__ import annotations

import pandas as pd

from inchiesta.statements import Statement, count_noun, withhold
from inchiesta.topics.over_time import FEW_ARTICLES, FEW_ORIGINS
from inchiesta.topics.placed import find_periods
from inchiesta.topics.seeded import SeededTopic

# Below 30 passages a coherence moves by a third when one passage changes: it is withheld, and every topic is weak.
FEW_PASSAGES = 30
NO_TOPIC = "there is no topic: it takes two different passages that share words other than stop words and names"


def state_largest_topic(topics: pd.DataFrame, passages: pd.DataFrame) -> Statement:
    """State what the largest topic is."""
    statement = "The largest topic is {value}."
    if topics.empty:
        return withhold("largest-topic", statement, NO_TOPIC)
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
        "base": f"{len(placed)} of {count_noun(len(counted), 'passage')} placed in one, copies and repeats left out"
        + (f"; {NO_TOPIC}" if topics.empty else ""),
        "evidence": placed.drop_duplicates("topic_id")["first_sentence_id"],
        "status": "clear" if len(counted) >= FEW_PASSAGES else "weak",
    }


def state_coherence(topics: pd.DataFrame, passages: pd.DataFrame) -> Statement:
    """State how coherent the topics are; withheld where there is too little text to measure it."""
    statement = "The terms of a topic go together with a mean NPMI of {value}."
    measured = topics["coherence"].dropna()
    if measured.empty:
        n_counted = int(passages["is_counted"].sum())
        counted = f"{count_noun(n_counted, 'passage')} {'is' if n_counted == 1 else 'are'} too few to measure it"
        why = NO_TOPIC if topics.empty else f"{counted}; {FEW_PASSAGES} of one language are needed"
        return withhold("coherence", statement, why)
    return {
        "name": "coherence",
        "statement": statement,
        "value": float(measured.mean()),
        "unit": "NPMI, -1 to 1",
        "base": f"{len(measured)} topics over {passages['is_counted'].sum()} passages",
        "evidence": passages.loc[(passages["topic_id"] != "") & passages["is_counted"], "first_sentence_id"],
    }


def state_time(
    shares: pd.DataFrame, topics: pd.DataFrame, passages: pd.DataFrame, documents: pd.DataFrame
) -> Statement:
    """State which topic is most clearly of one month or week; withheld without periods of ten origins."""
    statement = "Most clearly of one time is {value}."
    told = shares[shares["status"] == "clear"]
    if topics.empty:
        return withhold("time", statement, NO_TOPIC)
    if told.empty:
        least = f"a period needs {FEW_ORIGINS} dated origins to be drawn and 10 to be compared"
        most = f"the most here is {shares['base'].max()}" if len(shares) else "no text is dated to the period"
        return withhold("time", statement, f"{least}; {most}")
    top = told.sort_values(["low", "topic_id", "period"], ascending=[False, True, True], kind="stable").iloc[0]
    unit = "week" if "W" in top["period"] else "month"
    periods = find_periods(documents, unit)
    origins = documents["origin_id"].where(documents["origin_id"] != "", documents["document_id"])
    of_period = documents.loc[origins.map(periods) == top["period"], "document_id"]
    own = passages[(passages["topic_id"] == top["topic_id"]) & passages["is_counted"]]
    return {
        "name": "time",
        "statement": statement,
        "value": f"{_label(topics, top['topic_id'])} ({top['period']})",
        "unit": unit,
        "base": f"{top['share']:.0%} of the texts of that {unit}, {top['low']:.0%} to {top['high']:.0%}; "
        f"{top['n_origins']} of {count_noun(int(top['base']), 'origin')} touch it",
        "evidence": own.loc[own["document_id"].isin(of_period), "first_sentence_id"],
        # A month no different from the others is the largest by chance.
        "status": "clear" if top["low"] > _share_in_all(shares, str(top["topic_id"])) else "weak",
    }


def _share_in_all(shares: pd.DataFrame, topic_id: str) -> float:
    own = shares[(shares["topic_id"] == topic_id) & shares["share"].notna()]
    return float((own["share"] * own["base"]).sum() / own["base"].sum())


def state_coverage(
    coverage: pd.DataFrame, topics: pd.DataFrame, passages: pd.DataFrame, documents: pd.DataFrame
) -> Statement:
    """State which outlet writes more about a topic than the others of its language, if one clearly does."""
    statement = "Most clearly more than the other outlets writes {value}."
    clear = coverage[(coverage["status"] == "clear") & (coverage["log_odds"] > 0)]
    if clear.empty:
        return withhold("coverage", statement, NO_TOPIC if topics.empty else _why_no_outlet(coverage))
    top = clear.sort_values(["low", "source", "topic_id"], ascending=[False, True, True], kind="stable").iloc[0]
    own = passages[passages["topic_id"] == top["topic_id"]]
    ids = documents.loc[documents["source"] == top["source"], "document_id"]
    return {
        "name": "coverage",
        "statement": statement,
        "value": f"{top['source']} about {_label(topics, top['topic_id'])}",
        "unit": "outlet",
        "base": f"{top['share']:.0%} of its text, {top['share_elsewhere']:.0%} elsewhere; "
        f"{top['n_articles']} of {count_noun(int(top['base']), 'article')}",
        "evidence": own.loc[own["document_id"].isin(ids), "first_sentence_id"],
    }


def _why_no_outlet(coverage: pd.DataFrame) -> str:
    told = coverage[coverage["status"] != "withheld"]
    if told.empty:
        return f"it takes two outlets of one language with {FEW_ARTICLES} articles each in topics"
    pairs = count_noun(len(told), "pair")
    return f"of {pairs} of outlet and topic, none differs by more than chance gives"


def state_seeded(seeded: SeededTopic) -> list[Statement]:
    """State what the words given led to; nothing where none was given."""
    if seeded.words.empty:
        return []
    held = seeded.passages[seeded.passages["kind"] == "holds"]
    near = seeded.passages[seeded.passages["kind"] == "near"]
    base = f"of {count_noun(seeded.n_passages, 'passage')}, copies and repeats left out"
    missing = f"; nowhere: {', '.join(seeded.missing)}" if seeded.missing else ""
    found = " or ".join(filter(None, [", ".join(seeded.found[:-1]), *seeded.found[-1:]])) or "one of the words given"
    holds = {
        "name": "seeded",
        "statement": "{value} " + ("passage holds " if len(held) == 1 else "passages hold ") + f"{found}.",
        "value": len(held),
        "unit": "passages",
        "base": base + missing,
        "evidence": held["sentence_ids"].explode().dropna(),
        "status": "clear" if len(held) else "weak",
    }
    if held.empty:
        return [holds]
    if seeded.terms.empty:
        n_origins = count_noun(int(seeded.words["n_origins"].max()), "origin")
        why = f"no term stands beside the words in three origins or more; they are met in {n_origins} at most"
        return [holds, withhold("seeded-near", "{value} passages are near them.", why)]
    what = "three terms of the words' company or more, without the words themselves"
    more = {
        "name": "seeded-near",
        "statement": "{value} more " + ("passage holds " if len(near) == 1 else "passages hold ") + what + ".",
        "value": len(near),
        "unit": "passages",
        "base": f"{count_noun(len(seeded.terms), 'term')} found beside the words; {base}",
        "evidence": near["sentence_ids"].explode().dropna(),
        "status": "weak",
    }
    return [holds, more]


def choose_keyword(topics: pd.DataFrame, keyword: str) -> str:
    """Give the term to show in context: the one asked for, or else the first of the largest topic."""
    if keyword.strip() or topics.empty:
        return keyword.strip()
    return str(topics["terms"].iloc[0][0])


def state_keyword(found: pd.DataFrame, keyword: str, sentences: pd.DataFrame) -> Statement:
    """State where a term stands."""
    if not keyword:
        why = "no term was asked for, and there is no topic to take one from"
        return withhold("keyword", "The term stands in {value} places.", why)
    places = "place" if len(found) == 1 else "places"
    return {
        "name": "keyword",
        "statement": f"{keyword} stands in {{value}} {places}.",
        "value": len(found),
        "unit": "places",
        "base": f"{found['sentence_id'].nunique()} of {count_noun(len(sentences), 'sentence')}, "
        f"{count_noun(found['document_id'].nunique(), 'text')}; copies and repeats left out",
        "evidence": found["sentence_id"],
    }


def state_changes(changes: pd.DataFrame | None, topics: pd.DataFrame, passages: pd.DataFrame) -> list[Statement]:
    """State how many topics are those of the earlier report; nothing where none was named."""
    if changes is None:
        return []
    same = changes[changes["status"] == "same"]
    n_earlier = changes["earlier_id"].replace("", pd.NA).nunique()
    parts = [_list_changes(changes, status) for status in ("new", "split", "merged", "gone")]
    own = passages[passages["topic_id"].isin(same["topic_id"]) & passages["is_counted"]]
    return [
        {
            "name": "same-topics",
            "statement": "{value} "
            + ("topic is one" if len(same) == 1 else "topics are those")
            + " of the earlier report.",
            "value": len(same),
            "unit": "topics",
            "base": "; ".join([f"of {len(topics)} now and {n_earlier} then", *filter(None, parts)]),
            "evidence": own.drop_duplicates("topic_id")["first_sentence_id"],
        }
    ]


def _list_changes(changes: pd.DataFrame, status: str) -> str:
    rows = changes[changes["status"] == status]
    labels = rows["label"] if status in ("new", "split") else rows["earlier_label"]
    return f"{status}: {' | '.join(labels)}" if len(rows) else ""


def _label(topics: pd.DataFrame, topic_id: str) -> str:
    return str(topics.loc[topics["topic_id"] == topic_id, "label"].iloc[0])
