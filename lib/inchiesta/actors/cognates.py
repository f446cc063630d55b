"""Cognates: a name written in two languages (*Istituto Halden*, *Halden Institute*), in doubt."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import permutations

import pandas as pd
from rapidfuzz.distance import Levenshtein

from inchiesta.actors.cores import function_words
from inchiesta.actors.match_keys import plain_key, sound_key
from inchiesta.actors.units import Move
from inchiesta.actors.word_lists import read_rows

# Istituto and institute agree in most of their sounds; Senato and Sanità do not.
ALIKE = 0.65
# The first sounds of the two forms of one word.
SAME_HEAD = 4
# Longer names have too many orders to try, and words that are not cognate.
MOST_WORDS = 4
# More names with the same initials are a pattern, and comparing them all would cost their square.
LARGEST_BLOCK = 50
# Two names that meet more often than in a tenth of the documents are two; a careless translator may leave one as it is.
MOST_SHARED = 0.1
RULE = "same name in two languages"


def join_cognates(held: pd.DataFrame, languages: pd.Series) -> list[Move]:
    """Join names of two languages whose words agree one by one, in any order, and that hardly share a document.

    The language of a name is that of most of its documents: a foreign text may leave it as it is.

    Two words agree that are alike in sound (*Forza*, *Force*) or stand for each other in the list of translated words
    (*Alto Savren*, *Upper Savren*). Names of persons are not translated; what only reads like one is, if the list has
    each of its words (*Mani Aperte*).

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
    bodies = held[~held["key"].str.startswith("@") & held["key"].str.contains(" ", regex=False)]
    blocks = _block(bodies.assign(language=bodies["document"].map(languages)))
    moves: dict[str, Move] = {}
    documents = _Documents(bodies)
    for _, block in sorted(blocks.items()):
        block.sort(key=lambda row: (-row[2], row[0]))
        for place, (name, language, _) in enumerate(block[:LARGEST_BLOCK]):
            if name in moves:
                continue
            found = [
                other
                for other, spoken_in, _ in block[:place]
                if spoken_in != language and other not in moves and _agree(name, other)
            ]
            shared = documents.share(name, found[0]) if len(found) == 1 else 1.0
            if shared <= MOST_SHARED:
                evidence = f"word by word {found[0]} in another language ({language})"
                against = "both stand in one document" if shared else "no text says that the two are one"
                moves[name] = Move(name, found[0], RULE, evidence, against, "in doubt")
    return list(moves.values())


def _block(spoken: pd.DataFrame) -> dict[str, list[tuple[str, str, int]]]:
    """Give the names that may agree, together: name, the language of most of its documents, how many it has."""
    counts = spoken.groupby(["key", "language"], sort=True, observed=True).agg(
        n=("document", "size"), kind=("kind", "first")
    )
    counts = counts.reset_index().sort_values(["key", "n", "language"], ascending=[True, False, True], kind="stable")
    totals = counts.groupby("key", sort=True, observed=True)["n"].sum()
    blocks: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    main = counts.drop_duplicates("key")[["key", "language", "kind"]]
    for key, language, kind in main.itertuples(index=False, name=None):
        words = _words(key)
        if 2 <= len(words) <= MOST_WORDS and (kind != "PER" or all(map(_meanings, words))):
            for block in {_initials(words), _initials([_mark(word) for word in words])}:
                blocks[block].append((key, language, int(totals[key])))
    return blocks


class _Documents:
    """The documents of each name, looked up only where two names agree."""

    def __init__(self, bodies: pd.DataFrame) -> None:
        self._numbers = bodies["document"].to_numpy()
        self._rows = bodies.reset_index(drop=True).groupby("key", observed=True).indices

    def share(self, one: str, other: str) -> float:
        """Give the share of the documents of ``one`` that have ``other`` too."""
        ours, theirs = (set(self._numbers[self._rows[name]].tolist()) for name in (one, other))
        return len(ours & theirs) / len(ours)


def _words(name: str) -> list[str]:
    words = (word for word in name.lower().replace("'", " ").split() if word not in function_words())
    return [word for word in words if plain_key(word)]


def _initials(words: list[str]) -> str:
    return "".join(sorted(_sound(word)[:1] for word in words))


@cache
def _sound(word: str) -> str:
    """Give the sounds of a word; c before e and i is soft in both languages (*forza*, *force*)."""
    return sound_key(plain_key(word).replace("ce", "ze").replace("ci", "zi"))


@cache
def _translated() -> dict[str, frozenset[str]]:
    """Give what each word may stand for: the first English word of each row of the list it is in."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_rows("translated.tsv"):
        for word in (*row["it"].split("|"), *row["en"].split("|")):
            found[plain_key(word)].add(row["en"].split("|")[0])
    return {word: frozenset(meanings) for word, meanings in found.items()}


def _meanings(word: str) -> frozenset[str]:
    return _translated().get(plain_key(word), frozenset())


def _mark(word: str) -> str:
    """Give the word that all translations of a word have in common, the word itself where the list lacks it."""
    return min(_meanings(word), default=word)


def _agree(one: str, other: str) -> bool:
    """Tell whether the words of two names agree in some order, at least one of them surely."""
    ours, theirs = _words(one), _words(other)
    if len(ours) != len(theirs):
        return False
    return any(
        all(_means(a, b) or _sounds(a, b) for a, b in zip(ours, order, strict=True))
        and any(_means(a, b) or _same_head(a, b) for a, b in zip(ours, order, strict=True))
        for order in permutations(theirs)
    )


def _means(one: str, other: str) -> bool:
    return bool(_meanings(one) & _meanings(other))


def _sounds(one: str, other: str) -> bool:
    return Levenshtein.normalized_similarity(_sound(one), _sound(other)) >= ALIKE


def _same_head(one: str, other: str) -> bool:
    head = _sound(one)[:SAME_HEAD]
    return len(head) == SAME_HEAD and _sound(other).startswith(head)
