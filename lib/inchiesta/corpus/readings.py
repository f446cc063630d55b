"""What 01_corpus states, each as the arguments of `Page.state`: a sentence, its number, its base, its evidence."""

from __future__ import annotations

import pandas as pd

from inchiesta.corpus.summary import sentences_of_repeats
from inchiesta.statements import Statement, count_noun, withhold


def state_read(documents: pd.DataFrame) -> Statement:
    """State how many of the files seen were read."""
    read = documents[documents["status"] == "read"]
    return {
        "name": "texts-read",
        "statement": "{value} " + ("text was read." if len(read) == 1 else "texts were read."),
        "value": len(read),
        "unit": "documents",
        "base": _seen(documents),
        "evidence": read["document_id"],
    }


def state_set_aside(documents: pd.DataFrame) -> Statement:
    """State how many were set aside, each with its reason."""
    away = documents[documents["status"] == "set aside"]
    return {
        "name": "set-aside",
        "statement": "{value} " + ("was" if len(away) == 1 else "were") + " set aside, each with its reason.",
        "value": len(away),
        "unit": "documents",
        "base": _seen(documents),
        "evidence": away["document_id"],
    }


def state_origins(documents: pd.DataFrame) -> Statement:
    """State how many different texts there are once copies are grouped."""
    read = documents[documents["status"] == "read"]
    copied = read[read["origin_id"].duplicated(keep=False)]
    first = read.drop_duplicates("origin_id")
    return {
        "name": "origins",
        "statement": ("It goes" if len(read) == 1 else "They go")
        + " back to {value} "
        + ("origin." if len(first) == 1 else "origins."),
        "value": len(first),
        "unit": "origins",
        "base": f"{count_noun(len(read), 'text')}, {len(copied)} of them with a near-copy",
        "evidence": first["document_id"],
    }


def state_languages(documents: pd.DataFrame) -> Statement:
    """State the language most texts are written in."""
    read = documents[documents["status"] == "read"]
    counts = read.loc[read["language"] != "und", "language"].value_counts()
    if counts.empty:
        return withhold("language", "Most texts are written in {value}.", "no text is long enough to tell its language")
    most = sorted(counts[counts == counts.iloc[0]].index)[0]
    return {
        "name": "language",
        "statement": "Most texts are written in the language {value}.",
        "value": most,
        "unit": "ISO 639-1 code",
        "base": f"{counts[most]} of {count_noun(len(read), 'text')}",
        "evidence": read.loc[read["language"] == most, "document_id"],
    }


def state_dates(documents: pd.DataFrame) -> Statement:
    """State how many texts say when they were published."""
    read = documents[documents["status"] == "read"]
    dated = read[read["published_on"] != ""].sort_values(["published_on", "document_id"])
    span = f", from {dated['published_on'].iloc[0]} to {dated['published_on'].iloc[-1]}" if len(dated) else ""
    return {
        "name": "dated",
        "statement": "{value} " + ("says when it was" if len(dated) == 1 else "say when they were") + " published.",
        "value": len(dated),
        "unit": "documents",
        "base": f"of {count_noun(len(read), 'text')}{span}",
        "evidence": dated["document_id"],
    }


def state_edits(edits: pd.DataFrame, documents: pd.DataFrame) -> Statement:
    """State how much cleaning removed."""
    removed = int(edits["removed"].str.len().sum() - edits["inserted"].str.len().sum())
    n_chars = int(documents["n_chars"].sum()) + removed
    touched = edits["document_id"].drop_duplicates()
    return {
        "name": "cleaned",
        "statement": "Cleaning removed {value} characters, each removal on record.",
        "value": removed,
        "unit": "characters",
        "base": f"of {n_chars} characters, in {count_noun(len(touched), 'text')}",
        "evidence": touched,
    }


def state_repeats(repeats: pd.DataFrame, sentences: pd.DataFrame) -> Statement:
    """State how many paragraphs say again what their own text has said before."""
    n_texts = repeats["document_id"].nunique()
    n_paragraphs = len(sentences[["document_id", "paragraph"]].drop_duplicates())
    return {
        "name": "repeated",
        "statement": "{value} "
        + ("paragraph repeats" if len(repeats) == 1 else "paragraphs repeat")
        + " an earlier one of the same text.",
        "value": len(repeats),
        "unit": "paragraphs",
        "base": f"of {n_paragraphs} paragraphs, in {count_noun(n_texts, 'text')}",
        "evidence": sentences_of_repeats(sentences, repeats),
    }


def _seen(documents: pd.DataFrame) -> str:
    inside = (documents["member"] != "").any()
    return f"of {count_noun(len(documents), 'file')}{', archive members and rows of exports' if inside else ''} seen"
