"""Names recalled across the corpus: what the tagger passed over here and found in other texts."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from inchiesta.actors.listed import opens_sentence
from inchiesta.actors.recall import CAPITALISED, RECALLED_FORMS, RECALLED_SCORE, SHORTEST, is_ordinary, stands_alone
from inchiesta.actors.word_lists import FULL_LANGUAGES
from inchiesta.tables import table_of

# One text can be wrong throughout; two that are independent of each other rarely make the same mistake.
FEWEST_ORIGINS = 2
_WORD = re.compile(CAPITALISED)


def recall_across(mentions: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Add the places where a name of one word stands that was found in other documents, but not there.

    Parameters
    ----------
    mentions : DataFrame
        Table ``mentions`` as `inchiesta.actors.find.find_mentions` gives it, of all documents together.
    documents : DataFrame
        Table ``documents``; document_id, origin_id, text are read.
    sentences : DataFrame
        Table ``sentences``; sentence_id, document_id, start_char, end_char, language are read.

    Returns
    -------
    DataFrame
        Table ``mentions`` in the order of the documents and of reading; what was added has ``found_by`` *recall*, and
        the kind, form and listed actor that most mentions of the name have.

    Notes
    -----
    Deterministic; grows with the text. A name counts when texts of two origins have it, and when it was found at least
    as often as it was passed over inside sentences, no other capitalised word beside it. Names of several words are
    left to the tagger: it rarely misses them.
    """
    known = _known_names(mentions, documents)
    if known.empty:
        return mentions
    order = {document_id: number for number, document_id in enumerate(documents["document_id"].tolist())}
    places = _find_places(frozenset(known.index), documents["text"])
    places = places[~_is_taken(places, mentions, order)]
    free = _keep_names(places, documents, sentences, order)
    n_free = free["surface"].value_counts()
    passed = n_free.reindex(known.index, fill_value=0)
    accepted = known[(passed > 0) & (passed <= known["n_found"])]
    added = free[free["surface"].isin(accepted.index)].join(accepted[["actor_id", "kind", "form"]], on="surface")
    if added.empty:
        return mentions
    added = added.assign(score=RECALLED_SCORE, found_by="recall")[table_of("mentions").names]
    both = pd.concat([mentions, added.astype(mentions.dtypes.to_dict())], ignore_index=True)
    both = both.assign(order=both["document_id"].map(order)).sort_values(["order", "start_char"], kind="stable")
    return both.drop(columns="order").reset_index(drop=True)


def _known_names(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Give by surface the names of one word that stand in several origins: n_found, actor_id, kind, form."""
    names = mentions[mentions["form"].isin(RECALLED_FORMS) & (mentions["surface"].str.len() >= SHORTEST)]
    names = names[names["surface"].map(lambda surface: _WORD.fullmatch(surface) is not None).astype("bool")]
    origins = names["document_id"].map(documents.set_index("document_id")["origin_id"])
    names = names.assign(origin=origins)
    counts = names.groupby("surface").agg(n_found=("surface", "size"), n_origins=("origin", "nunique"))
    counts = counts[counts["n_origins"] >= FEWEST_ORIGINS]
    alike = names.groupby(["surface", "actor_id", "kind", "form"]).size().rename("n").reset_index()
    alike = alike.sort_values(["surface", "n"], ascending=[True, False], kind="stable").drop_duplicates("surface")
    return counts.join(alike.set_index("surface")[["actor_id", "kind", "form"]])


def _find_places(known: frozenset[str], texts: pd.Series) -> pd.DataFrame:
    """Find every place where one of the words stands: document (its number), start_char, end_char, surface."""
    rows = [
        (number, match.start(), match.end(), match.group())
        for number, text in enumerate(texts)
        for match in _WORD.finditer(text)
        if match.group() in known
    ]
    kinds = {"document": "int64", "start_char": "int64", "end_char": "int64", "surface": "str"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _place(document: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Give one number for a place in the corpus; they sort as one reads."""
    return (document.astype(np.int64) << 32) + start.astype(np.int64)


def _is_taken(places: pd.DataFrame, mentions: pd.DataFrame, order: dict[str, int]) -> np.ndarray:
    """Tell which places overlap a mention. The mentions of a document do not overlap each other."""
    document = mentions["document_id"].map(order).to_numpy()
    starts, ends = (_place(document, mentions[side].to_numpy()) for side in ("start_char", "end_char"))
    sort = np.argsort(starts, kind="stable")
    starts, ends = starts[sort], ends[sort]
    first, last = (
        _place(places["document"].to_numpy(), places[side].to_numpy()) for side in ("start_char", "end_char")
    )
    before = np.searchsorted(starts, last, side="left") - 1
    taken: np.ndarray = (before >= 0) & (ends[np.maximum(before, 0)] > first)
    return taken


def _keep_names(
    places: pd.DataFrame, documents: pd.DataFrame, sentences: pd.DataFrame, order: dict[str, int]
) -> pd.DataFrame:
    """Keep the places inside a sentence whose capital can only mean a name; add document_id and sentence_id."""
    columns = ["document_id", "sentence_id", "start_char", "end_char", "language"]
    inside = sentences.loc[sentences["document_id"].isin(order.keys()), columns]
    document = inside["document_id"].map(order).to_numpy()
    starts = _place(document, inside["start_char"].to_numpy())
    sort = np.argsort(starts, kind="stable")
    inside, starts = inside.iloc[sort], starts[sort]
    at = np.searchsorted(starts, _place(places["document"].to_numpy(), places["start_char"].to_numpy()), "right") - 1
    there = inside.iloc[np.maximum(at, 0)]
    # Taken out one by one: as Python objects all texts would need twice the corpus.
    texts, ids = documents["text"].array, documents["document_id"].tolist()
    rows = zip(
        *(places[name].tolist() for name in ("document", "start_char", "end_char", "surface")),
        *(there[name].tolist() for name in ("document_id", "start_char", "end_char", "language")),
        strict=True,
    )
    kept = [
        at[row] >= 0
        and ids[number] == document_id
        and end <= last
        and language in FULL_LANGUAGES
        and not is_ordinary(surface, language)
        and stands_alone(texts[number], start, end, language)
        and not opens_sentence(texts[number], start, first)
        for row, (number, start, end, surface, document_id, first, last, language) in enumerate(rows)
    ]
    keep = np.array(kept, dtype=bool)
    found = there[["document_id", "sentence_id"]].reset_index(drop=True)
    return pd.concat([found, places.reset_index(drop=True)], axis=1)[keep]
