"""Short names: to whom a bare surname, a bare given name or the first word of an organisation belongs."""

from __future__ import annotations

import pandas as pd

from inchiesta.actors.match_keys import plain_key, surname_key

# Shorter first words (New, Air, Bank) open the names of many organisations.
SHORTEST_FIRST_WORD = 5
KEYS = ["document_id", "name"]


def assign_short_names(names: pd.DataFrame) -> pd.DataFrame:
    """Give the full name a short one stands for, document by document.

    Parameters
    ----------
    names : DataFrame
        One row per document and unlisted name: document_id, name (one name per spelling family), kind.

    Returns
    -------
    DataFrame
        document_id, name (the short one), full, rule: *surname in document*, *given name in document*, *short name in
        document* (the first word of an organisation), *surname in corpus* or *short name in corpus*, the first that
        applies. What two full names of the document share is left out, and so is what is not unique in the corpus where
        the document has no full name: the doubt stays visible as an actor of its own.
    """
    surnames = names["name"].map(surname_key)
    people = names[(surnames != "") & (names["kind"] == "PER")]
    firms = names[names["name"].str.contains(" ", regex=False) & (names["kind"] == "ORG")]
    by_surname = _fulls(people, surnames)
    by_given = _fulls(people, people["name"].map(_first_key))
    by_word = _fulls(firms, firms["name"].map(_first_key))
    by_word = by_word[by_word["short"].str.len() >= SHORTEST_FIRST_WORD]
    bare = names[surnames == ""].assign(short=names["name"].map(plain_key))
    persons = bare[bare["kind"] == "PER"]
    doubtful = bare.merge(by_surname[["document_id", "short"]].drop_duplicates(), on=["document_id", "short"])
    found = _inside(bare, by_surname, "surname in document")
    for short, fulls, rule in (
        (_except(persons, doubtful), by_given, "given name in document"),
        (_except(bare, doubtful), by_word, "short name in document"),
    ):
        found = pd.concat([found, _except(_inside(short, fulls, rule), found)], ignore_index=True)
    for short, fulls, rule in (
        (_except(persons, doubtful), by_surname, "surname in corpus"),
        (_except(bare, doubtful), by_word, "short name in corpus"),
    ):
        found = pd.concat([found, _except(_across(short, fulls, rule), found)], ignore_index=True)
    return found[["document_id", "name", "full", "rule"]]


def _first_key(name: str) -> str:
    return plain_key(name.split(" ", 1)[0])


def _fulls(rows: pd.DataFrame, short: pd.Series) -> pd.DataFrame:
    return rows.assign(short=short)[["document_id", "short", "name"]].rename(columns={"name": "full"})


def _inside(bare: pd.DataFrame, fulls: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Join short names to the one full name of their document."""
    return _unique(bare, fulls, ["document_id", "short"], rule)


def _across(bare: pd.DataFrame, fulls: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Join short names to the one full name of the corpus."""
    return _unique(bare, fulls[["short", "full"]], ["short"], rule)


def _unique(bare: pd.DataFrame, fulls: pd.DataFrame, keys: list[str], rule: str) -> pd.DataFrame:
    fulls = fulls.drop_duplicates([*keys, "full"])
    alone = fulls[~fulls.duplicated(keys, keep=False)]
    joined = bare[["document_id", "name", "short"]].merge(alone, on=keys)
    return joined[joined["name"] != joined["full"]].assign(rule=rule)


def _except(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows whose document and name stand among the others."""
    marked = rows.merge(others[KEYS].drop_duplicates(), on=KEYS, how="left", indicator=True)
    return marked[marked["_merge"] == "left_only"].drop(columns="_merge")
