"""Events: what a sentence dates, with its actors and verb; the same happening told in several texts is one."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from inchiesta.timeline.context import Told, find_verb, read_told, speech_verbs

COLUMNS = ("event_id", "document_id", "sentence_id", "from_date", "to_date", "precision", "reported_on", "published_on",
           "verb", "actors", "happening_id")  # fmt: skip
# Two sentences tell one happening if they share an actor, the days, and this many words of meaning.
SHARED_WORDS = 2
# Days on which more is told are compared by their first sentences only: the work stays linear.
_MOST_A_DAY = 400


def find_events(
    documents: pd.DataFrame, sentences: pd.DataFrame, mentions: pd.DataFrame, dates: pd.DataFrame
) -> pd.DataFrame:
    """Give the events: one row for each resolved date of a sentence that names an actor or has a verb.

    Parameters
    ----------
    documents, sentences, mentions, dates : DataFrame
        The tables of these names; the mentions are resolved to actors.

    Returns
    -------
    DataFrame
        Table ``events``, in the order of the texts. `from_date` and `to_date` are the time of the event; where a date
        stands beside a verb of speech it is when the event was reported, and given as `reported_on` of the others.

    Notes
    -----
    Deterministic. Events of the same day or days that share an actor and two words of meaning, in one language, are one
    happening; across languages two shared actors and no contradiction of days suffice.

    What a row does not show: that the actors did what the verb says, or that it happened at all. The verb is the one
    nearest to the date, not a parsed predicate.
    """
    told = [one for one in read_told(documents, sentences, mentions, dates) if one.dates]
    published = dict(zip(documents["document_id"], documents["published_on"], strict=True))
    rows: list[dict[str, object]] = []
    for one in told:
        verbs = [find_verb(one.text, one.language, date[5], date[6]) for date in one.dates]
        reports = [date[1] for date, verb in zip(one.dates, verbs, strict=True) if verb in speech_verbs(one.language)]
        for date, verb in zip(one.dates, verbs, strict=True):
            if not verb and not one.actors:
                continue
            row = dict(
                zip(COLUMNS, (date[0], one.document_id, one.sentence_id, date[1], date[2], date[3]), strict=False)
            )
            reported = reports[0] if reports else ""
            rows.append(row | {"reported_on": reported, "published_on": published[one.document_id], "verb": verb,
                               "actors": list(one.actors), "happening_id": date[0]})  # fmt: skip
    _align(rows, {one.sentence_id: one for one in told})
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({column: "object" if column == "actors" else "str" for column in COLUMNS})


def _align(rows: list[dict[str, object]], told: dict[str, Told]) -> None:
    """Give events of the same days about the same things one happening_id, that of the first."""
    by_days: dict[tuple[object, object], list[dict[str, object]]] = defaultdict(list)
    for row in rows:
        if row["precision"] in ("day", "week", "month"):
            by_days[row["from_date"], row["to_date"]].append(row)
    for same_days in by_days.values():
        for place, row in enumerate(same_days[:_MOST_A_DAY]):
            mine = told[str(row["sentence_id"])]
            for other in same_days[:place]:
                if _is_one(mine, told[str(other["sentence_id"])]):
                    row["happening_id"] = other["happening_id"]
                    break


def _is_one(one: Told, other: Told) -> bool:
    if one.sentence_id == other.sentence_id:
        return False
    shared = one.about & other.about
    n_actors = sum(word.startswith("@") for word in shared)
    if one.language != other.language:
        return n_actors >= 2
    return n_actors >= 1 and len(shared) - n_actors >= SHARED_WORDS
