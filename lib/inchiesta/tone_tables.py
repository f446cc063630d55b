"""The table of the tones (see `inchiesta.tables`)."""

from __future__ import annotations

from inchiesta.schema import LIST, REAL, SIGNED, TEXT, Column, Table

TONES = Table(
    "tones",
    "one sentence toward one actor in one voice, or a sentence without an actor",
    ("sentence_id", "actor_id", "voice", "speaker_id"),
    (
        Column("sentence_id", TEXT, "the sentence"),
        Column("actor_id", TEXT, "the actor spoken of; empty for the sentence as such"),
        Column(
            "voice",
            TEXT,
            "whose words carry it: the narrator's, those in quotation marks, or those of reported speech",
            values=("narrator", "quoted", "reported"),
        ),
        Column("speaker_id", TEXT, "actor who is quoted; empty when unknown or narrator"),
        Column(
            "score", REAL, "tone, negative to positive: by the model; of a sentence as such, by rules", limits=SIGNED
        ),
        Column(
            "label",
            TEXT,
            "negative and positive only where that is right often enough",
            values=("negative", "not clear", "neutral", "positive"),
        ),
        Column("rule_score", REAL, "the same by the word lists alone", limits=SIGNED),
        Column("words", LIST, "the words that carried it, with sign: -tradimento, +alleato"),
    ),
)
