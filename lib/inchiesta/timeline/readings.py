"""What 06_timeline states and shows, each as a table or the arguments of `Page.state`."""

from __future__ import annotations

import pandas as pd

from inchiesta.statements import Statement, count_noun, withhold

# Rules that tell how long something took, or nothing that could be a day: no time that could have been resolved.
NOT_TIMES = ("duration", "vague")
PERIOD = ["from_date", "to_date", "precision"]


def keep_times(dates: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Give the expressions of the sentences that count, durations left out."""
    counted = dates["sentence_id"].isin(sentences["sentence_id"])
    how_long = (dates["rule"] == "duration") | (dates["flag"] == "how long, not when")
    return dates[counted & ~how_long].reset_index(drop=True)


def count_periods(times: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Count by period what was dated.

    Returns
    -------
    DataFrame
        from_date, to_date, precision, n_sentences, n_documents, n_origins; by day.
    """
    origins = documents.set_index("document_id")["origin_id"]
    resolved = times[times["is_resolved"]]
    resolved = resolved.assign(origin_id=resolved["document_id"].map(origins))
    counted = resolved.groupby(PERIOD, as_index=False).agg(
        n_sentences=("sentence_id", "nunique"),
        n_documents=("document_id", "nunique"),
        n_origins=("origin_id", "nunique"),
    )
    return counted.sort_values(PERIOD, kind="stable", ignore_index=True)


def show_events(
    events: pd.DataFrame,
    dates: pd.DataFrame,
    sentences: pd.DataFrame,
    documents: pd.DataFrame,
    actors: pd.DataFrame,
    *,
    evidentiality: pd.Series,
) -> pd.DataFrame:
    """Give the happenings by day, each with its first sentence.

    Returns
    -------
    DataFrame
        when, precision, written: the expression in the text, actors, n_origins, sentence, evidentiality: on whose word
        it stands, published, verb; by day.
    """
    counted = events[events["sentence_id"].isin(sentences["sentence_id"])]
    origins = documents.set_index("document_id")["origin_id"]
    n_origins = counted.assign(origin=counted["document_id"].map(origins)).groupby("happening_id")["origin"].nunique()
    first = counted.drop_duplicates("happening_id")
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    table = pd.DataFrame(
        {
            "when": [_when(a, b) for a, b in zip(first["from_date"], first["to_date"], strict=True)],
            "precision": first["precision"],
            "written": first["event_id"].map(dates.set_index("date_id")["text"]),
            "actors": [", ".join(str(names.get(actor, actor)) for actor in row) for row in first["actors"]],
            "n_origins": first["happening_id"].map(n_origins),
            "sentence": first["sentence_id"].map(sentences.set_index("sentence_id")["text"]),
            "evidentiality": first["sentence_id"].map(evidentiality),
            "published": first["published_on"],
            "verb": first["verb"],
        }
    )
    return table.sort_values(["when", "n_origins", "sentence"], ascending=[True, False, True], ignore_index=True)


def _when(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def show_contradictions(
    contradictions: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, *, evidentiality: pd.Series
) -> pd.DataFrame:
    """Give the sides of each contradiction below one another: titles, first sentence, on whose word that stands."""
    titles, texts = documents.set_index("document_id")["title"], sentences.set_index("sentence_id")["text"]
    return pd.DataFrame(
        {
            "contradiction": contradictions["contradiction_id"],
            "about": contradictions["about"],
            "value": contradictions["value"],
            "n_origins": contradictions["n_origins"],
            "articles": [_titles(ids, titles) for ids in contradictions["document_ids"]],
            "first_sentence": [texts[ids[0]] for ids in contradictions["sentence_ids"]],
            "evidentiality": [evidentiality[ids[0]] for ids in contradictions["sentence_ids"]],
            "origins": [", ".join(ids) for ids in contradictions["origin_ids"]],
        }
    )


def _titles(document_ids: list[str], titles: pd.Series) -> str:
    return " | ".join(str(titles[document_id]) or document_id for document_id in document_ids)


def show_undated(times: pd.DataFrame, sentences: pd.DataFrame, *, evidentiality: pd.Series) -> pd.DataFrame:
    """Give what could not be dated and why, and what was dated with a doubt, with the sentence and whose word it is."""
    found = times[(times["flag"] != "")]
    texts = sentences.set_index("sentence_id")["text"]
    return pd.DataFrame(
        {
            "written": found["text"],
            "why": found["flag"],
            "read_as": [_when(a, b) for a, b in zip(found["from_date"], found["to_date"], strict=True)],
            "sentence": found["sentence_id"].map(texts),
            "evidentiality": found["sentence_id"].map(evidentiality),
        }
    ).reset_index(drop=True)


def state_dated(times: pd.DataFrame) -> Statement:
    """State how many of the times told could be dated."""
    dated = times[times["is_resolved"]]
    n = len(dated)
    return {
        "name": "dated",
        "statement": "{value} " + ("time" if n == 1 else "times") + " told could be dated.",
        "value": n,
        "unit": "expressions",
        "base": f"of {count_noun(len(times), 'expression')} of time; the others are vague or need a publication date",
        "evidence": dated["sentence_id"].drop_duplicates(),
    }


def state_busiest(times: pd.DataFrame, documents: pd.DataFrame) -> Statement:
    """State the month most origins date something to; withheld where nothing is told to the month."""
    statement = "The month most often told of is {value}."
    fine = times[times["is_resolved"] & (times["from_date"].str[:7] == times["to_date"].str[:7])]
    if fine.empty:
        return withhold("busiest", statement, "nothing is dated to a month or a day")
    origins = documents.set_index("document_id")["origin_id"]
    fine = fine.assign(month=fine["from_date"].str[:7], origin=fine["document_id"].map(origins))
    counts = fine.groupby("month")["origin"].nunique()
    month = str(counts[counts == counts.max()].index.min())
    mine = fine[fine["month"] == month]
    n_origins = int(counts.max())
    return {
        "name": "busiest",
        "statement": statement,
        "value": month,
        "unit": "month",
        "base": f"{count_noun(mine['sentence_id'].nunique(), 'sentence')}, {count_noun(n_origins, 'origin')}, "
        f"of {count_noun(fine['origin'].nunique(), 'origin')} that date something to a month",
        "evidence": mine["sentence_id"].drop_duplicates(),
        "status": "clear" if n_origins >= 5 else "weak",
        "headline": True,
    }


def state_contradictions(contradictions: pd.DataFrame, sentences: pd.DataFrame) -> Statement:
    """State how many things are told with two numbers or days."""
    n = contradictions["contradiction_id"].nunique()
    told = "thing is" if n == 1 else "things are"
    return {
        "name": "contradictions",
        "statement": "{value} " + told + " told with two numbers or two days.",
        "value": n,
        "unit": "contradictions",
        "base": f"in {count_noun(len(sentences), 'sentence')}; candidates, to be read side by side",
        "evidence": contradictions["sentence_ids"].explode().dropna().drop_duplicates()
        if n
        else sentences["sentence_id"],
        "status": "clear" if n else "weak",
    }
