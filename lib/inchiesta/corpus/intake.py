"""From a folder to the tables documents, sentences, edits and repeats.

Four steps, each cached per file or per document: read the files, learn the page furniture of each outlet, prepare every
text (clean, language, sentences), join what was read with what was set aside. Nothing is lost on the way:
*seen = read + duplicate + set aside*.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pandas as pd
import pyarrow as pa

from inchiesta.corpus.outcomes import Outcome, outcome_of
from inchiesta.corpus.reading import Options, read_files
from inchiesta.corpus.sources import Listing
from inchiesta.corpus.stages import compute_documents
from inchiesta.corpus.store import Store
from inchiesta.progress import Progress
from inchiesta.provenance import code_version, hash_text
from inchiesta.tables import TABLES
from inchiesta.text.prepare import prepare_document
from inchiesta.text.recurring import Candidates, candidate_lines, learn_furniture
from inchiesta.text.stated_date import date_in_name

LINES = "lines"
PREPARE = "prepare"
PREPARED = ("documents", "sentences", "edits", "repeats")

_FOUND = ("title", "source", "author", "url", "published_on", "date_precision", "language")
_LINES = pa.schema(
    [("document_id", pa.large_string()), ("lines", pa.list_(pa.large_string())), ("fingerprint", pa.int64())]
)
_PREPARED_DOCUMENT = pa.schema(
    [(name, pa.large_string()) for name in ("document_id", *_FOUND, "text")]
    + [("language_score", pa.float64()), ("n_chars", pa.int64()), ("n_sentences", pa.int64())]
)


@dataclass(frozen=True)
class Intake:
    """The tables of a source, the key behind each document that was read, and how many members were hidden."""

    documents: pd.DataFrame
    sentences: pa.Table
    edits: pa.Table
    repeats: pa.Table
    keys: Mapping[str, str]
    n_hidden: int = 0


def take_in(listing: Listing, *, store: Store, options: Options, progress: Progress) -> Intake:
    """Read a source into its tables, computing only what is not cached.

    Parameters
    ----------
    listing
        The files of the source.
    store
        The cache; its counters tell what was computed.
    options
        Languages to tell apart, names of columns in exports, hashes of Parquet files we wrote.

    Returns
    -------
    Intake
        ``documents`` has every column of the table but ``origin_id`` filled; rows in the order of the listing.

    Notes
    -----
    Deterministic, whatever the number of workers and whatever was cached.
    """
    found = read_files(listing, store=store, options=options, progress=progress)
    # What the system of whoever packed an archive left in it is skipped and counted, like hidden files in a folder.
    hidden = found["reason"].map(outcome_of) == Outcome.HIDDEN
    rows = _identify(found[~hidden].reset_index(drop=True))
    read = rows[rows["status"] == "read"]
    keys, learned = _prepare_keys(read, store=store, options=options, progress=progress)
    prepared = _prepare(read, keys, learned, store=store, options=options, progress=progress)
    documents = _join(rows, prepared["documents"].to_pandas())
    kept = documents.loc[documents["status"] == "read", "document_id"]
    tables = {name: prepared[name] for name in PREPARED[1:]}
    kept_keys = {document_id: keys[document_id] for document_id in kept}
    return Intake(documents, **tables, keys=kept_keys, n_hidden=int(hidden.sum()))


def _identify(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every row its document_id, and call the later ones of equal content duplicates."""
    first = rows["content_id"].where(rows["status"] == "read")
    again = (rows["status"] == "read") & first.duplicated()
    names = rows["path"] + ("!" + rows["member"]).where(rows["member"] != "", "")
    original = names[rows["status"] == "read"].groupby(rows["content_id"]).first()
    copies = rows.groupby("content_id").cumcount() + 1
    return rows.assign(
        document_id="d" + rows["content_id"] + ("-" + copies.astype("str")).where(copies > 1, ""),
        status=rows["status"].mask(again, "duplicate"),
        reason=rows["reason"].mask(
            again,
            "duplicate: the same content as " + rows["content_id"].map(original.to_dict()).astype("str").fillna(""),
        ),
    )


# -- preparing ---------------------------------------------------------------------------------------------------


def _prepare_keys(
    read: pd.DataFrame, *, store: Store, options: Options, progress: Progress
) -> tuple[dict[str, str], dict[str, frozenset[str]]]:
    """Give per document the key of its preparation, and the learned furniture that stands in it."""
    lines = _find_lines(read, store=store, progress=progress)
    # The outlet where it is stated; else the folder, because people sort downloads by outlet.
    groups = read["source"].where(read["source"] != "", read["path"].map(lambda path: str(PurePosixPath(path).parent)))
    by_group = dict(zip(read["document_id"], groups, strict=True))
    furniture = learn_furniture((by_group[document_id], lines[document_id]) for document_id in read["document_id"])
    learned = {
        document_id: furniture.get(by_group[document_id], frozenset()) & frozenset(found.lines)
        for document_id, found in lines.items()
    }
    version = hash_text(code_version("text", "corpus/intake.py"), *options.languages)
    given = read[["document_id", "format", "title", "language_hint"]].itertuples(index=False, name=None)
    keys = {row[0]: hash_text(version, *row, *sorted(learned[row[0]])) for row in given}
    return keys, learned


def _find_lines(read: pd.DataFrame, *, store: Store, progress: Progress) -> dict[str, Candidates]:
    version = code_version("text")
    # Texts are taken out of the table a batch at a time: all of them at once are twice the corpus.
    texts = read.set_index("document_id")["text"]
    found = compute_documents(
        LINES,
        _lines_batch,
        keys={document_id: hash_text(version, document_id) for document_id in texts.index},
        make_task=lambda batch: (list(zip(batch, texts.loc[batch], strict=True)),),
        tables=["lines"],
        store=store,
        progress=progress,
    )["lines"]
    rows = zip(*(found[name].to_pylist() for name in _LINES.names), strict=True) if len(texts) else ()
    return {document_id: Candidates(lines, fingerprint) for document_id, lines, fingerprint in rows}


def _lines_batch(texts: Sequence[tuple[str, str]]) -> dict[str, pa.Table]:
    return {"lines": _from_rows([(document_id, *candidate_lines(text)) for document_id, text in texts], _LINES)}


def _prepare(
    read: pd.DataFrame,
    keys: Mapping[str, str],
    learned: Mapping[str, frozenset[str]],
    *,
    store: Store,
    options: Options,
    progress: Progress,
) -> dict[str, pa.Table]:
    given = read.set_index("document_id")[["text", "title", "language_hint", "format"]]

    def rows_of(batch: list[str]) -> list[tuple[Any, ...]]:
        rows = given.loc[batch].itertuples(name=None)
        return [(*row, learned[row[0]]) for row in rows]

    return compute_documents(
        PREPARE,
        _prepare_batch,
        keys=keys,
        make_task=lambda batch: (rows_of(batch), options.languages),
        tables=PREPARED,
        store=store,
        progress=progress,
    )


def _prepare_batch(items: Sequence[tuple[Any, ...]], languages: tuple[str, ...]) -> dict[str, pa.Table]:
    documents: list[tuple[Any, ...]] = []
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in PREPARED[1:]}
    for document_id, text, title, hint, form, learned in items:
        prepared = prepare_document(
            text,
            document_id=document_id,
            title=title,
            language_hint=hint,
            learned=learned,
            languages=languages,
            format=form,
        )
        found = [getattr(prepared, name) for name in _FOUND]
        sizes = (len(prepared.text), len(prepared.sentences))
        documents.append((document_id, *found, prepared.text, prepared.language_score, *sizes))
        for name, collected in rows.items():
            collected += getattr(prepared, name)
    tables = {name: _from_rows(collected, TABLES[name].schema) for name, collected in rows.items()}
    return {"documents": _from_rows(documents, _PREPARED_DOCUMENT), **tables}


def _from_rows(rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table(
        [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)], schema=schema
    )


def _join(rows: pd.DataFrame, prepared: pd.DataFrame) -> pd.DataFrame:
    """Join the rows of the files with what preparing found; what a file states wins over what its text says."""
    found = prepared.set_index("document_id").reindex(rows["document_id"]).reset_index(drop=True)
    rows = rows.reset_index(drop=True)
    documents = rows[["document_id", "path", "member", "sha256"]].copy()
    for name in ("title", "source", "author", "url"):
        documents[name] = rows[name].where(rows[name] != "", found[name].fillna(""))
    documents["language"] = found["language"].fillna("und")
    documents["language_score"] = found["language_score"].fillna(0.0)
    documents[["published_on", "date_precision"]] = _dates(rows, found)
    documents["origin_id"] = ""
    documents["n_chars"] = found["n_chars"].fillna(0).astype("int64")
    documents["n_sentences"] = found["n_sentences"].fillna(0).astype("int64")
    nothing = (rows["status"] == "read") & (documents["n_sentences"] == 0)
    documents["status"] = rows["status"].mask(nothing, "set aside")
    documents["reason"] = rows["reason"].mask(nothing, "no text: nothing is left after cleaning")
    documents["text"] = found["text"].fillna("").where(documents["status"] == "read", "")
    return documents


def _dates(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    dates = rows[["published_on", "date_precision"]].copy()
    for other in (found[["published_on", "date_precision"]].fillna(""), _dates_in_names(rows["path"])):
        unknown = dates["published_on"] == ""
        dates = dates.mask(unknown, other.set_axis(dates.index))
    dates["date_precision"] = dates["date_precision"].where(dates["published_on"] != "", "none")
    return dates


def _dates_in_names(paths: pd.Series) -> pd.DataFrame:
    return pd.DataFrame([date_in_name(path) for path in paths], columns=["published_on", "date_precision"], dtype="str")
