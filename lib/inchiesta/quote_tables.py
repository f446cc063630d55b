"""The tables of the quotations, `quotes`, `echoes` and `claims` (see `inchiesta.tables`)."""

from __future__ import annotations

from inchiesta.schema import FLAG, LIST, REAL, TEXT, UNIT, WHOLE, Column, Table

EVIDENTIALITY = ("stated", "attributed", "hearsay", "denied")

_QUOTE_COLUMNS = (
    Column("quote_id", TEXT, "document_id : q and a running number from 0001"),
    Column("document_id", TEXT, "the document"),
    Column("sentence_id", TEXT, "the sentence in which the quotation begins"),
    Column("start_char", WHOLE, "first character in documents.text, behind the mark"),
    Column("end_char", WHOLE, "one past the last character, before the mark"),
    Column("text", TEXT, "documents.text[start_char:end_char], always"),
    Column(
        "kind",
        TEXT,
        "in marks as a sentence, in marks as part of the narrator's sentence, or reported without marks",
        values=("direct", "partial", "indirect"),
    ),
    Column("speaker_id", TEXT, "actor who speaks; empty while open"),
    Column(
        "speaker_surface", TEXT, "who speaks, as the text says it (Rossi, the minister); empty when nobody is named"
    ),
    Column("speaker_start_char", WHOLE, "first character of that name in documents.text; -1 when nobody is named"),
    Column("role", TEXT, "role and institution the speaker is introduced with in the document; empty for none"),
    Column("cue", TEXT, "the expression of speech; empty for none"),
    Column("claim", TEXT, "what the expression itself claims", values=("says", "claims", "admits", "denies")),
    Column(
        "confidence", REAL, "how likely the speaker is right; of an open one, how likely it is nobody near", limits=UNIT
    ),
    Column("evidentiality", TEXT, "on whose word it stands", values=EVIDENTIALITY),
)

QUOTES = Table("quotes", "one quotation", ("quote_id",), _QUOTE_COLUMNS)
ECHOES = Table(
    "echoes",
    "one quotation that repeats an earlier one",
    ("quote_id",),
    (
        Column("quote_id", TEXT, "the later quotation"),
        Column("first_quote_id", TEXT, "the earliest of the quotations it repeats, by date of its document"),
        Column("similarity", REAL, "share of the shorter one's words both have in common", limits=UNIT),
        Column("wording", TEXT, "to the letter, a piece of it, or in other words", values=("same", "cut", "reworded")),
        Column("speakers", TEXT, "whether both name one speaker", values=("agree", "differ", "open")),
        Column("is_same_origin", FLAG, "true where both stand in copies of one text, or in one document"),
    ),
)
CLAIMS = Table(
    "claims",
    "one sentence that is not simply stated by the narrator",
    ("sentence_id",),
    (
        Column("sentence_id", TEXT, "the sentence"),
        Column("document_id", TEXT, "the document"),
        Column(
            "evidentiality",
            TEXT,
            "on whose word it stands; denied before hearsay before attributed",
            values=EVIDENTIALITY,
        ),
        Column("words", LIST, "the words that show it"),
    ),
)
