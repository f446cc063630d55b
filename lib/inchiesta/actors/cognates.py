"""Cognates: an organisation under its name in two languages (*Istituto Halden*, *Halden Institute*), in doubt."""

from __future__ import annotations

from collections import defaultdict
from itertools import permutations

import pandas as pd
from rapidfuzz.distance import Levenshtein

from inchiesta.actors.cores import function_words
from inchiesta.actors.match_keys import sound_key
from inchiesta.actors.units import Move

# Istituto and institute agree in most of their sounds; Senato and Sanità do not.
ALIKE = 0.65
# The first sounds of the two forms of one word.
SAME_HEAD = 4
# Longer names have too many orders to try, and words that are not cognate.
MOST_WORDS = 4
# More names with the same initials are a pattern, and comparing them all would cost their square.
LARGEST_BLOCK = 50
RULE = "same name in two languages"


def join_cognates(held: pd.DataFrame, languages: pd.Series) -> list[Move]:
    """Join names of organisations whose words agree one by one, in any order, and that never share a language.

    Parameters
    ----------
    held : DataFrame
        One row per document and key: document (a number), key, kind.
    languages : Series
        Language by number of the document.

    Returns
    -------
    list of Move
        From the rarer name to the more frequent one, status *in doubt*.
    """
    bodies = held[
        (held["kind"] == "ORG") & ~held["key"].str.startswith("@") & held["key"].str.contains(" ", regex=False)
    ]
    spoken = bodies.assign(language=bodies["document"].map(languages)).groupby("key", sort=True)
    names = spoken.agg(n=("document", "size"), language=("language", "first"), n_languages=("language", "nunique"))
    blocks: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for key, n, language, n_languages in names.reset_index().itertuples(index=False, name=None):
        words = _words(key)
        if n_languages == 1 and 2 <= len(words) <= MOST_WORDS:
            blocks["".join(sorted(word[0] for word in words))].append((key, language, n))
    moves: dict[str, Move] = {}
    for block in blocks.values():
        block.sort(key=lambda row: (-row[2], row[0]))
        for place, (name, language, _) in enumerate(block[:LARGEST_BLOCK]):
            found = [
                o for o, spoken_in, _ in block[:place] if spoken_in != language and o not in moves and _agree(name, o)
            ]
            if len(found) == 1:
                evidence = f"word by word {found[0]} in another language ({language})"
                moves[name] = Move(name, found[0], RULE, evidence, "no text says that the two are one", "in doubt")
    return list(moves.values())


def _words(name: str) -> list[str]:
    words = (word for word in name.lower().replace("'", " ").split() if word not in function_words())
    return [key for word in words if (key := sound_key(word))]


def _agree(one: str, other: str) -> bool:
    """Tell whether the words of two names agree in some order, at least one of them in its head."""
    ours, theirs = _words(one), _words(other)
    if len(ours) != len(theirs):
        return False
    return any(
        all(Levenshtein.normalized_similarity(a, b) >= ALIKE for a, b in zip(ours, order, strict=True))
        and any(a[:SAME_HEAD] == b[:SAME_HEAD] and len(a) >= SAME_HEAD for a, b in zip(ours, order, strict=True))
        for order in permutations(theirs)
    )
