"""Acronyms without brackets: *GM* in a document that names *General Motors*."""

from __future__ import annotations

import re

import pandas as pd

from inchiesta.actors.brackets import is_acronym
from inchiesta.actors.candidates import choose_in_corpus, choose_in_document, leave_out, map_distinct
from inchiesta.actors.cores import forms_of_firms

# Two letters are the initials of too many names to be looked for outside the document.
SHORTEST_IN_CORPUS = 3


def initials_of(name: str) -> set[str]:
    """Give the acronyms a name may have: of its capitalised words, of all words, and without what only says *company*.

    >>> sorted(initials_of("General Motors Corporation")), sorted(initials_of("Alleanza del Trattato di Lorvan"))
    (['GM', 'GMC'], ['ADTDL', 'ATL'])
    """
    words = name.replace("'", " ").replace("-", " ").replace("&", " ").split()
    found = set()
    while len(words) > 1:
        found.add("".join(word[0] for word in words if word[0].isupper()))
        found.add("".join(word[0] for word in words).upper())
        if words[-1].strip(",") not in forms_of_firms("general") | forms_of_firms("legal"):
            break
        words.pop()
    return {letters for letters in found if len(letters) > 1}


def assign_acronyms(held: pd.DataFrame) -> pd.DataFrame:
    """Give moves from acronyms to the one name with exactly these initials: in the document, then in the corpus.

    Parameters
    ----------
    held : DataFrame
        One row per document and key: document, key, name, kind.

    Notes
    -----
    Across documents an acronym needs three letters or a document that has both; without such a document it is in doubt.
    """
    bodies = held[held["kind"] != "PER"]
    acronyms = {name for name in bodies["name"].unique() if is_acronym(name)}
    short = bodies[bodies["name"].isin(acronyms) & ~bodies["key"].str.startswith("@")]
    short = short.assign(match=map_distinct(short["name"], lambda name: re.sub(r"\W", "", name)))
    wanted = set(short["match"])
    rows = [(name, match) for name in bodies["name"].unique() if " " in name for match in initials_of(name) & wanted]
    long = bodies.merge(pd.DataFrame(sorted(rows), columns=["name", "match"], dtype="str"), on="name")
    near = choose_in_document(short, long, "acronym in document", "name with these initials")
    shown = near.loc[near["status"] == "joined", "source"]
    rest = leave_out(short, near)
    rest = rest[(rest["match"].str.len() >= SHORTEST_IN_CORPUS) | rest["key"].isin(shown)]
    far = choose_in_corpus(rest, long, "acronym in corpus", "name with these initials")
    unseen = (far["status"] == "joined") & ~far["source"].isin(shown)
    far.loc[unseen, "status"] = "in doubt"
    far.loc[unseen, "evidence_against"] = "no document has both"
    return pd.concat([near, far], ignore_index=True)
