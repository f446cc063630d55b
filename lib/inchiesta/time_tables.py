"""The tables of time: expressions, events, what contradicts what."""

from __future__ import annotations

from inchiesta.schema import FLAG, LIST, TEXT, WHOLE, Column, Table

PRECISIONS = ("day", "week", "month", "quarter", "season", "year", "decade", "century", "none")

DATES = Table(
    "dates",
    "one time expression",
    ("date_id",),
    (
        Column("date_id", TEXT, "document_id : t and a running number"),
        Column("document_id", TEXT, "the document"),
        Column("sentence_id", TEXT, "the sentence"),
        Column("start_char", WHOLE, "first character in documents.text"),
        Column("end_char", WHOLE, "one past the last character"),
        Column("text", TEXT, "the expression as written"),
        Column("from_date", TEXT, "first day meant, 2024-03-12; empty when not resolved"),
        Column("to_date", TEXT, "last day meant, included; empty when not resolved"),
        Column("precision", TEXT, "how precisely it is told; of a range, its ends", values=PRECISIONS),
        Column("rule", TEXT, "how it was read: date, month, weekday, year, season, unit, offset, range, duration ..."),
        Column("is_resolved", FLAG, "true where the days it means are known"),
        Column("flag", TEXT, "why it is not resolved, or what is wrong or assumed: `wrong weekday`; mostly empty"),
    ),
)

EVENTS = Table(
    "events",
    "a sentence and what it dates",
    ("event_id",),
    (
        Column("event_id", TEXT, "the date_id of the time of the event"),
        Column("document_id", TEXT, "the document"),
        Column("sentence_id", TEXT, "the sentence"),
        Column("from_date", TEXT, "first day of the event"),
        Column("to_date", TEXT, "last day of the event, included"),
        Column("precision", TEXT, "precision of the event's time", values=PRECISIONS),
        Column("reported_on", TEXT, "day a verb of speech is dated in the same sentence; empty for none"),
        Column("published_on", TEXT, "day of publication, as precise as known; empty when unknown"),
        Column("verb", TEXT, "lemma of the verb nearest to the date; empty when none was found"),
        Column("actors", LIST, "actor_ids named in the sentence, in their order"),
        Column("happening_id", TEXT, "events of several sentences told as one have the same happening_id"),
    ),
)

CONTRADICTIONS = Table(
    "contradictions",
    "one side of a contradiction: what some sentences say against others about the same thing",
    ("contradiction_id", "value"),
    (
        Column("contradiction_id", TEXT, "c01, c02 ... by falling number of origins"),
        Column("kind", TEXT, "what differs", values=("quantity", "date")),
        Column("about", TEXT, "the thing counted, or the words of the event"),
        Column("value", TEXT, "what this side says"),
        Column("sentence_ids", LIST, "the sentences that say so"),
        Column("document_ids", LIST, "their documents"),
        Column("origin_ids", LIST, "their origins"),
        Column("n_origins", WHOLE, "origins that say so"),
        Column("within_document", FLAG, "true when one and the same document says both"),
    ),
)
