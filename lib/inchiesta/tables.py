"""The tables of inchiesta: one table, one name, one shape, everywhere.

The schemas below are the data dictionary of the README (a test compares the two). A stage calls `check_table`
on what it hands out; a notebook can rely on every column being there, even when the table is empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from inchiesta.errors import TableError, UnknownTableError
from inchiesta.network_tables import EDGES, NODES
from inchiesta.pair_tables import PAIRS, SILENCES
from inchiesta.quote_tables import CLAIMS, ECHOES, QUOTES
from inchiesta.schema import FLAG, LIST, REAL, SIGNED, TEXT, UNIT, WHOLE, Column, Table
from inchiesta.time_tables import CONTRADICTIONS, DATES, EVENTS
from inchiesta.tone_tables import TONES

if TYPE_CHECKING:
    import pandas as pd


def _document_columns() -> tuple[Column, ...]:
    return (
        Column(
            "document_id", TEXT, "d and 16 hexadecimal digits of the content's SHA-256; a second copy has -2, -3 ..."
        ),
        Column("path", TEXT, "path below the source, with /"),
        Column("member", TEXT, "member of an archive or `row N` of a csv or jsonl; empty for a plain file"),
        Column("sha256", TEXT, "SHA-256 of the file; for a member of an archive, of the member; empty when unreadable"),
        Column("title", TEXT, "headline, empty when none was found"),
        Column("source", TEXT, "outlet, empty when none was found"),
        Column("author", TEXT, "author as stated, empty when none was found"),
        Column("url", TEXT, "address as stated, empty when none was found"),
        Column("language", TEXT, "ISO 639-1 code; `und` where there is too little text"),
        Column("language_score", REAL, "confidence of the language", limits=UNIT),
        Column("published_on", TEXT, "2024-03-12, 2024-03 or 2024: as precise as the source, empty when unknown"),
        Column("date_precision", TEXT, "precision of published_on", values=("day", "month", "year", "none")),
        Column(
            "origin_id", TEXT, "documents with the same origin_id are copies or edits of one text; empty unless read"
        ),
        Column("n_chars", WHOLE, "characters of text"),
        Column("n_sentences", WHOLE, "sentences in text"),
        Column("status", TEXT, "what became of the document", values=("read", "duplicate", "set aside")),
        Column("reason", TEXT, "why it was set aside, or of what it is a duplicate; empty when read"),
        Column("text", TEXT, "cleaned text; empty unless read"),
    )


def _edit_columns() -> tuple[Column, ...]:
    return (
        Column("document_id", TEXT, "the document"),
        Column("raw_start", WHOLE, "first character in the raw text"),
        Column("raw_end", WHOLE, "one past the last character in the raw text"),
        Column("clean_start", WHOLE, "first character in documents.text"),
        Column("clean_end", WHOLE, "one past the last character in documents.text"),
        Column("removed", TEXT, "what stood in the raw text"),
        Column("inserted", TEXT, "what stands in the cleaned text instead"),
        Column("rule", TEXT, "the rule: markup, furniture:KIND, learned, mojibake, spacing, wrapping, control ..."),
    )


def _sentence_columns() -> tuple[Column, ...]:
    return (
        Column("sentence_id", TEXT, "document_id : running number from 0001"),
        Column("document_id", TEXT, "the document"),
        Column("paragraph", WHOLE, "paragraph of the document, from 0"),
        Column("start_char", WHOLE, "first character in documents.text"),
        Column("end_char", WHOLE, "one past the last character"),
        Column("language", TEXT, "ISO 639-1 code of the passage the sentence stands in"),
        Column("is_heading", FLAG, "true for a heading: a short paragraph of its own without a full stop"),
        Column("repeats_paragraph", WHOLE, "the earlier paragraph this one repeats, empty for none", nullable=True),
        Column("text", TEXT, "documents.text[start_char:end_char], always"),
    )


def _mention_columns() -> tuple[Column, ...]:
    return (
        Column("document_id", TEXT, "the document"),
        Column("sentence_id", TEXT, "the sentence"),
        Column("start_char", WHOLE, "first character in documents.text"),
        Column("end_char", WHOLE, "one past the last character"),
        Column("surface", TEXT, "the name as written"),
        Column("actor_id", TEXT, "the actor it was resolved to"),
        Column("kind", TEXT, "kind of the name", values=("PER", "ORG", "LOC", "OTHER")),
        Column("form", TEXT, "how the actor is named", values=("name", "acronym", "demonym", "seat")),
        Column("score", REAL, "probability by the tagger; a rough constant for names only a list found", limits=UNIT),
        Column("found_by", TEXT, "gazetteer, registry, tagger, or recall: other places show it to be a name"),
    )


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("documents", "one file, archive member or row of an export", ("document_id",), _document_columns()),
        Table(
            "edits", "one change cleaning made to a raw text", ("document_id", "raw_start", "raw_end"), _edit_columns()
        ),
        Table("sentences", "one sentence", ("sentence_id",), _sentence_columns()),
        Table(
            "repeats",
            "a paragraph that repeats an earlier one of the same document",
            ("document_id", "paragraph"),
            (
                Column("document_id", TEXT, "the document"),
                Column("paragraph", WHOLE, "the later paragraph"),
                Column("repeats_paragraph", WHOLE, "the earlier paragraph"),
                Column("similarity", REAL, "share of the words the two have in common", limits=UNIT),
                Column("kind", TEXT, "to the letter, or in other words", values=("same", "reworded")),
            ),
        ),
        Table("mentions", "one naming of an actor", ("document_id", "start_char"), _mention_columns()),
        Table(
            "actors",
            "one actor",
            ("actor_id",),
            (
                Column("actor_id", TEXT, "gazetteer code or a slug of the name"),
                Column("name", TEXT, "the name shown"),
                Column("kind", TEXT, "kind of the actor", values=("PER", "ORG", "LOC", "OTHER")),
                Column("aliases", LIST, "surfaces met in the texts, most frequent first"),
                Column("merged_by", TEXT, "rules that joined the surfaces, comma-separated; empty for one surface"),
                Column("n_mentions", WHOLE, "mentions"),
                Column("n_documents", WHOLE, "documents with a mention"),
                Column("n_origins", WHOLE, "origins with a mention"),
            ),
        ),
        Table(
            "merges",
            "one surface that a rule or a decision joined to an actor, or left apart",
            ("actor_id", "surface", "rule"),
            (
                Column("actor_id", TEXT, "the actor the surface is counted for"),
                Column("surface", TEXT, "the surface; it is not the actor's name, or may be another actor's"),
                Column("rule", TEXT, "the rule: gazetteer, spelling, acronym in brackets, surname in document ..."),
                Column(
                    "scope",
                    TEXT,
                    "how far it reaches, or whose word it is",
                    values=("document", "corpus", "list", "registry"),
                ),
                Column("evidence_for", TEXT, "what the rule saw, in words; for a decision reason, author and day"),
                Column("evidence_against", TEXT, "what speaks against it, in words; empty when nothing was seen"),
                Column(
                    "status",
                    TEXT,
                    "apart: not joined, though it may be one of the candidates",
                    values=("joined", "in doubt", "apart"),
                ),
                Column("candidates", LIST, "other actors it may be (actor_ids); empty when joined"),
                Column("n_mentions", WHOLE, "mentions the row is about"),
                Column("n_documents", WHOLE, "documents with such a mention"),
            ),
        ),
        PAIRS,
        SILENCES,
        NODES,
        EDGES,
        Table(
            "topics",
            "one topic",
            ("topic_id",),
            (
                Column(
                    "topic_id", TEXT, "t01, t02 ... by falling share; of a topic of the earlier report, its id there"
                ),
                Column("label", TEXT, "its first terms"),
                Column("terms", LIST, "terms by falling weight"),
                Column(
                    "weights", pa.list_(REAL), "weight of each term in the topic, the terms of a topic sum to at most 1"
                ),
                Column("n_passages", WHOLE, "passages whose strongest topic it is, copies and repeats left out"),
                Column("share", REAL, "share of all passages that count", limits=UNIT),
                Column(
                    "coherence",
                    REAL,
                    "mean NPMI of its terms over passages; empty below 30 passages",
                    nullable=True,
                    limits=SIGNED,
                ),
                Column("languages", LIST, "languages of its passages, the one with most first"),
                Column(
                    "stability",
                    REAL,
                    "share of it that half of the documents show again; empty below 30 passages",
                    nullable=True,
                    limits=UNIT,
                ),
                Column(
                    "status",
                    TEXT,
                    "whether half of it is found again; unknown below 30 passages",
                    values=("stable", "unstable", "unknown"),
                ),
            ),
        ),
        Table(
            "passages",
            "one passage and its strongest topic",
            ("passage_id",),
            (
                Column("passage_id", TEXT, "document_id : p and the paragraph"),
                Column("document_id", TEXT, "the document"),
                Column("first_sentence_id", TEXT, "its first sentence"),
                Column("last_sentence_id", TEXT, "its last sentence"),
                Column("topic_id", TEXT, "its strongest topic; empty when it has none"),
                Column("weight", REAL, "share of that topic in the passage", limits=UNIT),
                Column(
                    "is_counted",
                    FLAG,
                    "false for a copy and for a repeated paragraph: they get a topic but do not count",
                ),
            ),
        ),
        TONES,
        QUOTES,
        ECHOES,
        CLAIMS,
        DATES,
        EVENTS,
        CONTRADICTIONS,
        Table(
            "findings",
            "one published number",
            ("finding_id",),
            (
                Column("finding_id", TEXT, "notebook / name, the same from run to run"),
                Column("notebook", TEXT, "the notebook that states it"),
                Column("statement", TEXT, "the sentence with {value} where the number stands"),
                Column("value", TEXT, "the number or name as shown; empty when withheld"),
                Column("unit", TEXT, "what the number counts"),
                Column("base", TEXT, "out of what: `41 of 310 sentences, 29 origins`"),
                Column("evidence", LIST, "sentence_ids, or document_ids where it counts documents"),
                Column("n_evidence", WHOLE, "evidence before the list was cut to 500"),
                Column("status", TEXT, "how sure", values=("clear", "weak", "withheld")),
            ),
        ),
    )
}


def empty_table(name: str) -> pd.DataFrame:
    """Give the table ``name`` with all its columns and no row.

    Raises
    ------
    UnknownTableError
        If there is no table of that name.
    """
    empty: pd.DataFrame = table_of(name).schema.empty_table().to_pandas()
    return empty


def table_of(name: str) -> Table:
    """Give the description of the table ``name``.

    Raises
    ------
    UnknownTableError
        If there is no table of that name; the message lists the names.
    """
    if name not in TABLES:
        raise UnknownTableError(f"there is no table '{name}'; the tables are {', '.join(TABLES)}")
    return TABLES[name]


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Give ``frame`` as an Arrow table of the schema of table ``name``.

    Raises
    ------
    TableError
        If a column is missing or too many, has the wrong type, or is empty where it may not be.
    """
    table = table_of(name)
    missing = [c for c in table.names if c not in frame.columns]
    extra = [c for c in frame.columns if c not in table.names]
    if missing or extra:
        raise TableError(f"table {name}: missing columns {missing}, unknown columns {extra}; expected {table.names}")
    try:
        arrow = pa.Table.from_pandas(frame[table.names], schema=table.schema, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowNotImplementedError) as error:
        raise TableError(f"table {name}: {str(error).splitlines()[0]}") from error
    return arrow


def check_table(name: str, frame: pd.DataFrame) -> None:
    """Check that ``frame`` is a table ``name``: columns, types, keys, ranges, allowed values.

    Raises
    ------
    TableError
        With the column and what is wrong with it.
    """
    table = table_of(name)
    arrow = to_arrow(name, frame)
    for column in table.columns:
        values = frame[column.name]
        if not column.nullable and arrow[column.name].null_count:
            raise TableError(f"table {name}: column {column.name} has {arrow[column.name].null_count} empty values")
        if column.limits and len(values):
            low, high = column.limits
            bad = ((values < low - 1e-9) | (values > high + 1e-9)).sum()
            if bad:
                raise TableError(f"table {name}: {bad} values of {column.name} lie outside {low} to {high}")
        if column.values and len(values):
            strange = sorted(set(values.unique()) - set(column.values))
            if strange:
                raise TableError(f"table {name}: column {column.name} holds {strange[:3]}, allowed are {column.values}")
    if frame.duplicated(list(table.key)).any():
        raise TableError(f"table {name}: two rows with the same {', '.join(table.key)}")
