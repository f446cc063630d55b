"""The analyses that look at one document at a time, in the form a worker process runs them: Arrow tables in and out."""

from __future__ import annotations

import pyarrow as pa

from inchiesta.actors.find import find_mentions
from inchiesta.quotes.find import NAMED_AT, frame_of, frame_rows, read_documents
from inchiesta.sentiment.score import SCORES, score_tones
from inchiesta.tables import table_of, to_arrow
from inchiesta.timeline.find import find_dates


def mention_names(documents: pa.Table, sentences: pa.Table, *, tagger: str = "") -> dict[str, pa.Table]:
    """Give the mentions in a batch of documents, not yet resolved to actors."""
    return {
        "mentions": to_arrow("mentions", find_mentions(documents.to_pandas(), sentences.to_pandas(), tagger=tagger))
    }


def date_texts(documents: pa.Table, sentences: pa.Table) -> dict[str, pa.Table]:
    """Give the time expressions in a batch of documents."""
    return {"dates": to_arrow("dates", find_dates(documents.to_pandas(), sentences.to_pandas()))}


def score_sentences(documents: pa.Table, sentences: pa.Table, mentions: pa.Table) -> dict[str, pa.Table]:
    """Give the tone of the sentences of a batch of documents, toward each mention."""
    scored = score_tones(documents.to_pandas(), sentences.to_pandas(), mentions.to_pandas())
    return {"scores": pa.Table.from_pandas(scored, schema=SCORES, preserve_index=False).replace_schema_metadata(None)}


def quote_speech(documents: pa.Table, sentences: pa.Table, mentions: pa.Table) -> dict[str, pa.Table]:
    """Give the quotations of a batch, their speakers not yet resolved, and whose word its sentences stand on."""
    rows, claims = read_documents(documents.to_pandas(), sentences.to_pandas(), mentions.to_pandas())
    schema = table_of("quotes").schema.append(pa.field(NAMED_AT, pa.int64()))
    quotes = pa.Table.from_pandas(frame_rows(rows)[schema.names], schema=schema, preserve_index=False)
    return {"quoted": quotes, "claims": to_arrow("claims", frame_of("claims", claims))}
