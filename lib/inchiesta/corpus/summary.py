"""Short tables about a corpus: what became of the files, what was copied, what cleaning removed, what repeats."""

from __future__ import annotations

import pandas as pd


def count_outcomes(documents: pd.DataFrame) -> pd.DataFrame:
    """Count what became of the files.

    Returns
    -------
    pandas.DataFrame
        ``status``, ``outcome`` (the code before the colon of the reason; empty when read), ``n_documents``; by status
        (read, duplicate, set aside), then by falling number.
    """
    outcome = documents["reason"].str.partition(":")[0].where(documents["status"] == "set aside", "")
    counted = documents.assign(outcome=outcome).groupby(["status", "outcome"], sort=True).size()
    order = {"read": 0, "duplicate": 1, "set aside": 2}
    rows = counted.rename("n_documents").reset_index()
    rows = rows.assign(place=rows["status"].map(order)).sort_values(
        ["place", "n_documents", "outcome"], ascending=[True, False, True], ignore_index=True
    )
    return rows.drop(columns="place")


def count_copies(documents: pd.DataFrame) -> pd.DataFrame:
    """List the origins that reached us in more than one text.

    Returns
    -------
    pandas.DataFrame
        ``origin_id``, ``title`` of its first text, ``n_documents``, ``n_sources`` (outlets that are known),
        ``first_published`` (empty when no text is dated); most copied first.

    Notes
    -----
    Byte-identical files are duplicates and are not counted here.
    """
    read = documents[documents["status"] == "read"]
    dated = read.assign(published_on=read["published_on"].where(read["published_on"] != ""))
    known = dated.assign(source=dated["source"].where(dated["source"] != ""))
    groups = known.groupby("origin_id", sort=True)
    table = pd.DataFrame(
        {
            "title": groups["title"].first(),
            "n_documents": groups.size(),
            "n_sources": groups["source"].nunique(),
            "first_published": groups["published_on"].min().fillna(""),
        }
    ).reset_index()
    table = table[table["n_documents"] > 1]
    return table.sort_values(["n_documents", "origin_id"], ascending=[False, True], ignore_index=True)


def count_edits(edits: pd.DataFrame) -> pd.DataFrame:
    """Count what cleaning changed.

    Returns
    -------
    pandas.DataFrame
        ``rule``, ``n_edits``, ``n_documents``, ``n_chars`` (characters removed), ``example`` (the first removal, cut at
        60 characters); by falling number of characters.
    """
    groups = edits.assign(n=edits["removed"].str.len()).groupby("rule", sort=True)
    table = pd.DataFrame(
        {
            "n_edits": groups.size(),
            "n_documents": groups["document_id"].nunique(),
            "n_chars": groups["n"].sum(),
            "example": groups["removed"].first().str.replace(r"\s+", " ", regex=True).str.slice(0, 60),
        }
    ).reset_index()
    return table.sort_values(["n_chars", "rule"], ascending=[False, True], ignore_index=True)


def show_repeats(repeats: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Set repeated paragraphs beside the ones they repeat.

    Returns
    -------
    pandas.DataFrame
        ``document_id``, ``kind``, ``similarity`` (0 to 1), ``first`` and ``again`` (the two paragraphs); in the order
        of ``repeats``.
    """
    paragraphs = sentences.groupby(["document_id", "paragraph"])["text"].agg(" ".join)
    first = pd.MultiIndex.from_frame(repeats[["document_id", "repeats_paragraph"]])
    again = pd.MultiIndex.from_frame(repeats[["document_id", "paragraph"]])
    return repeats[["document_id", "kind", "similarity"]].assign(
        first=paragraphs.reindex(first).to_numpy(), again=paragraphs.reindex(again).to_numpy()
    )


def sentences_of_repeats(sentences: pd.DataFrame, repeats: pd.DataFrame) -> list[str]:
    """Give the ids of the sentences that stand in a paragraph that is repeated or repeats another, in reading order."""
    both = pd.concat(
        [
            repeats[["document_id", "paragraph"]],
            repeats[["document_id", "repeats_paragraph"]].set_axis(["document_id", "paragraph"], axis=1),
        ]
    ).drop_duplicates()
    return sentences.merge(both, on=["document_id", "paragraph"])["sentence_id"].tolist()
