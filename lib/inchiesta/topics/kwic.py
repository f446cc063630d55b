"""A term in its context: every place where it stands, with what stands left and right of it."""

from __future__ import annotations

import pandas as pd

from inchiesta.topics.words import Term, list_types

# About half a line of print on each side.
WIDTH = 60
COLUMNS = ["left", "keyword", "right", "document_id", "sentence_id", "start_char"]


def find_in_context(term: str, sentences: pd.DataFrame, *, width: int = WIDTH) -> pd.DataFrame:
    """Give every place where a term stands, in any inflected form.

    Parameters
    ----------
    term : str
        A word or phrase, as anybody would write it.
    sentences : DataFrame
        Table sentences, or those of it that count.
    width : int, default 60
        Characters of the same sentence on each side, at most; words are not cut.

    Returns
    -------
    DataFrame
        left, keyword (as written), right; document_id, sentence_id, start_char (in the sentence). In the order of the
        sentences.

    Notes
    -----
    Deterministic. Inflected forms are found in Italian and English; in other languages the word as written.

    Examples
    --------
    >>> rows = {"sentence_id": ["d:0001"], "document_id": ["d"], "language": ["it"], "text": ["Vende armi a tutti."]}
    >>> find_in_context("arma", pd.DataFrame(rows)).loc[0, ["left", "keyword", "right"]].tolist()
    ['Vende', 'armi', 'a tutti.']
    """
    rows: list[tuple[str, str, str, str, str, int]] = []
    for language, of_language in sentences.groupby("language", sort=True):
        looked_for = Term(term, str(language), types=list_types(of_language["text"]))
        texts = of_language[of_language["text"].str.contains(looked_for.hint)]
        for sentence_id, document_id, text in texts[["sentence_id", "document_id", "text"]].itertuples(index=False):
            for start, end in looked_for.find(text):
                left, right = _left(text[:start], width), _right(text[end:], width)
                rows.append((left, text[start:end], right, document_id, sentence_id, start))
    types = dict.fromkeys(COLUMNS[:-1], "str") | {"start_char": "int64"}
    found = pd.DataFrame(rows, columns=COLUMNS).astype(types)
    place = pd.Series(range(len(sentences)), index=sentences["sentence_id"].to_numpy())
    order = found.assign(place=found["sentence_id"].map(place)).sort_values(["place", "start_char"], kind="stable")
    return order.drop(columns="place").reset_index(drop=True)


def _left(text: str, width: int) -> str:
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return "…" + text[-width:].partition(" ")[2]


def _right(text: str, width: int) -> str:
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    return text[:width].rpartition(" ")[0] + "…"
