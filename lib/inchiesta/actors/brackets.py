"""Acronyms in brackets: *Alleanza del Trattato di Lorvan (ATL)* or *ATL (Alleanza del Trattato di Lorvan)*."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from inchiesta.actors.match_keys import sound_key

# ATL for Alleanza del Trattato di Lorvan: at least this share of the acronym's letters begin a word of the name.
# Not all: an Italian name may stand before an English acronym (CSTO).
SHARE_OF_INITIALS = 0.6
# A shared word tells something from this length on.
SHORTEST_SHARED = 5


def find_expansions(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Find pairs of neighbouring mentions of which one stands in brackets and abbreviates the other.

    Returns
    -------
    DataFrame
        One row per pair met: position of the acronym's mention and of the long name's mention in ``mentions``
        (``acronym``, ``expansion``).
    """
    ordered = mentions.reset_index(drop=True).sort_values(["document_id", "start_char"], kind="stable")
    following = ordered.shift(-1)
    # Behind the first name come a space and the bracket; nothing else can stand in so small a gap and matter here.
    near = (ordered["document_id"] == following["document_id"]) & (
        following["start_char"] - ordered["end_char"]
    ).between(1, 2)
    places = near.to_numpy().nonzero()[0]
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    rows: list[tuple[int, int]] = []
    for one, other in zip(_cells(ordered.iloc[places]), _cells(ordered.iloc[places + 1]), strict=True):
        here, document_id, surface, kind, _, end = one
        there, _, next_surface, next_kind, next_start, next_end = other
        if not _in_brackets(texts[document_id], end, next_start, next_end):
            continue
        if abbreviates(next_surface, surface) and kind != "PER":
            rows.append((there, here))
        elif abbreviates(surface, next_surface) and next_kind != "PER":
            rows.append((here, there))
    return pd.DataFrame(rows, columns=["acronym", "expansion"], dtype="int64")


def _cells(rows: pd.DataFrame) -> list[tuple[int, str, str, str, int, int]]:
    columns = [rows[name].tolist() for name in ("document_id", "surface", "kind", "start_char", "end_char")]
    return list(zip(rows.index.tolist(), *columns, strict=True))


def _in_brackets(text: str, end: int, start: int, closing: int) -> bool:
    return text[end:start].strip() == "(" and text[closing : closing + 1] in (")", ",")


def abbreviates(acronym: str, name: str) -> bool:
    """Tell whether ``acronym`` may stand for ``name``: enough of its letters begin words of the name, in any order.

    >>> abbreviates("CSTO", "Organizzazione del Trattato di Sicurezza Collettiva"), abbreviates("MI", "Milano")
    (True, False)
    """
    letters = [letter for letter in acronym if letter.isalnum()]
    words = [word for word in name.replace("'", " ").replace("-", " ").split() if word[0].isupper()]
    if len(letters) < 2 or len(words) < 2 or " " in acronym or sum(letter.isupper() for letter in letters) < 2:
        return False
    initials = Counter(word[0].upper() for word in words)
    if words[0][0].upper() not in {letter.upper() for letter in letters}:
        return False  # the Consiglio of an alliance is not the alliance
    shared = sum((Counter(letter.upper() for letter in letters) & initials).values())
    return shared >= SHARE_OF_INITIALS * len(letters)


def choose_moves(links: pd.DataFrame) -> dict[str, str]:
    """Choose which name goes to which from acronyms met beside long names (names of unlisted ones begin with =).

    A listed side always stays. An acronym met beside several long names goes to the most frequent one if the
    others share a proper word with it (Lorvan Treaty Alliance, Alleanza del Trattato di Lorvan), which then go there
    too; without a shared word it has two readings and stays alone. Acronyms of the same letters (LTA, ATL) whose long
    names share a proper word are one name in two languages.
    """
    moves: dict[str, str] = {}
    leading: list[tuple[list[str], str]] = []
    counted = links.groupby(["acronym", "long"], sort=True).size().rename("n").reset_index()
    counted["total"] = counted.groupby("acronym")["n"].transform("sum")
    counted = counted.sort_values(
        ["total", "acronym", "n", "long"], ascending=[False, True, False, True], kind="stable"
    )
    for acronym, group in counted.groupby("acronym", sort=False):
        longs = [str(long) for long in group["long"]]
        if not str(acronym).startswith("="):
            moves |= {long: str(acronym) for long in longs if long.startswith("=")}
        elif all(_share_word(longs[0], other) for other in longs[1:]):
            same = [
                long for letters, long in leading if letters == sorted(str(acronym)) and _share_word(long, longs[0])
            ]
            target = (same or longs)[0]
            leading.append((sorted(str(acronym)), target))
            moves |= {name: target for name in (str(acronym), *longs) if name.startswith("=") and name != target}
    return {name: _follow(name, moves) for name in moves if _follow(name, moves) != name}


def _follow(name: str, moves: dict[str, str]) -> str:
    """Follow moves to their end; a circle ends at its smallest name."""
    seen = [name]
    while seen[-1] in moves and moves[seen[-1]] not in seen:
        seen.append(moves[seen[-1]])
    return min(seen) if seen[-1] in moves else seen[-1]


def _share_word(one: str, other: str) -> bool:
    """Tell whether two names share a long word, also where one language lengthens it (Continental, Continentale)."""
    ours, theirs = ([sound_key(word) for word in name.split() if len(word) >= SHORTEST_SHARED] for name in (one, other))
    return any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)
