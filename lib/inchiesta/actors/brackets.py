"""Acronyms in brackets: *Alleanza del Trattato di Lorvan (ATL)* or *ATL (Alleanza del Trattato di Lorvan)*."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd

from inchiesta.actors.match_keys import sound_key, strip_article
from inchiesta.actors.units import Move

# ATL for Alleanza del Trattato di Lorvan: at least this share of the acronym's letters begin a word of the name.
# Not all: an Italian name may stand before an English acronym (CSTO).
SHARE_OF_INITIALS = 0.6
LONGEST_ACRONYM = 8
# A blend takes at least this much of a word: single letters are initials.
SHORTEST_PIECE = 3
# Room between two names for a bracket with its spaces, after a possessive too.
GAPS = (1, 2, 3, 4, 5)
BRACKETS = "acronym in brackets"
# A shared word tells something from this length on.
SHORTEST_SHARED = 5


def find_expansions(mentions: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Find pairs of mentions of which one stands in brackets behind the other, and one abbreviates the other.

    Returns
    -------
    DataFrame
        One row per pair met: position of the acronym's mention and of the long name's mention in ``mentions``
        (``acronym``, ``expansion``). Mentions may overlap.
    """
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    columns = ["document_id", "surface", "kind", "start_char", "end_char"]
    rows: list[tuple[int, int]] = []
    cells = [mentions[column].to_numpy(dtype=object) for column in columns]
    for here, there in _neighbours(mentions):
        document_id, surface, kind, _, end = (column[here] for column in cells)
        _, inner, inner_kind, start, closing = (column[there] for column in cells)
        if not _in_brackets(texts[document_id], end, start, closing):
            continue
        if abbreviates(inner, strip_article(surface)) and kind != "PER":
            rows.append((there, here))
        elif abbreviates(surface, strip_article(inner)) and inner_kind != "PER":
            rows.append((here, there))
    return pd.DataFrame(rows, columns=["acronym", "expansion"], dtype="int64")


def _neighbours(mentions: pd.DataFrame) -> list[tuple[int, int]]:
    """Give the positions of mentions with room for a bracket, and a space or two, between them."""
    documents = pd.factorize(mentions["document_id"])[0].astype("int64") << 40
    ends = documents + mentions["end_char"].to_numpy()
    starts = documents + mentions["start_char"].to_numpy()
    order = np.argsort(ends, kind="stable")
    found = []
    for gap in GAPS:
        first = np.searchsorted(ends[order], starts - gap, side="left")
        last = np.searchsorted(ends[order], starts - gap, side="right")
        for there in np.flatnonzero(last > first):
            found += [(int(order[place]), int(there)) for place in range(first[there], last[there])]
    return sorted(found)


def _in_brackets(text: str, end: int, start: int, closing: int) -> bool:
    return text[end:start].strip() in ("(", "'s (", "’s (") and text[closing : closing + 2].lstrip()[:1] in (")", ",")


def is_acronym(name: str) -> bool:
    """Tell whether a name is written as an acronym: two to eight capitals, perhaps with full stops (*U.N.*, *GM*)."""
    letters = name.replace(".", "").replace("-", "").replace("&", "")
    return 2 <= len(letters) <= LONGEST_ACRONYM and letters.isalpha() and letters.isupper()


def abbreviates(acronym: str, name: str) -> bool:
    """Tell whether ``acronym`` may stand for ``name``: enough of its letters begin words of the name, in any order.

    >>> abbreviates("CSTO", "Organizzazione del Trattato di Sicurezza Collettiva"), abbreviates("MI", "Milano")
    (True, False)
    """
    if is_blend(acronym, name):
        return True
    letters = [letter for letter in acronym if letter.isalnum()]
    words = [word for word in name.replace("'", " ").replace("-", " ").split() if word[0].isupper()]
    if len(letters) < 2 or len(words) < 2 or " " in acronym or sum(letter.isupper() for letter in letters) < 2:
        return False
    initials = Counter(word[0].upper() for word in words)
    if words[0][0].upper() not in {letter.upper() for letter in letters}:
        return False  # the Consiglio of an alliance is not the alliance
    shared = sum((Counter(letter.upper() for letter in letters) & initials).values())
    return shared >= SHARE_OF_INITIALS * len(letters)


def is_blend(acronym: str, name: str) -> bool:
    """Tell whether ``acronym`` is put together from the heads of words of the name, in order: *NAVCENT*.

    >>> is_blend("NAVCENT", "Naval Forces Central Command"), is_blend("NATO", "Northern Atlantic Trade")
    (True, False)
    """
    words = [word.lower() for word in name.replace("-", " ").split()]

    def fits(rest: str, index: int) -> bool:
        if not rest:
            return True
        return any(
            rest[:length] == word[:length] and fits(rest[length:], place + 1)
            for place, word in enumerate(words[index:], index)
            for length in range(min(len(word), len(rest)), SHORTEST_PIECE - 1, -1)
        )

    return len(acronym) >= 2 * SHORTEST_PIECE and acronym.isalpha() and len(words) > 1 and fits(acronym.lower(), 0)


def choose_moves(links: pd.DataFrame) -> list[Move]:
    """Choose which name goes to which from acronyms met beside long names.

    Parameters
    ----------
    links : DataFrame
        acronym, long: keys (``@csto`` for a listed actor), one row per time they were met.

    Returns
    -------
    list of Move
        At most one per key that moves, besides open questions. A listed side always stays. An acronym met beside
        several long names goes to the most frequent one if the others share a proper word with it (Lorvan Treaty
        Alliance, Alleanza del Trattato di Lorvan), which then go there too; without a shared word it has two readings
        and stays alone. Acronyms of the same letters (LTA, ATL) whose long names share a proper word are one name in
        two languages.
    """
    links = links[links["acronym"] != links["long"]]
    counted = links.groupby(["acronym", "long"], sort=True).size().rename("n").reset_index()
    counted["total"] = counted.groupby("acronym")["n"].transform("sum")
    counted = counted.sort_values(
        ["total", "acronym", "n", "long"], ascending=[False, True, False, True], kind="stable"
    )
    moves: dict[str, Move] = {}
    still: list[Move] = []
    leading: list[tuple[list[str], str, str]] = []
    for acronym, group in counted.groupby("acronym", sort=False):
        acronym, longs, times = str(acronym), [str(long) for long in group["long"]], int(group["n"].sum())
        if acronym.startswith("@"):
            moves |= {long: _in_one(long, acronym, acronym, times) for long in longs if not long.startswith("@")}
        elif all(_share_word(longs[0], other) for other in longs[1:]):
            same = [
                (other, long)
                for letters, other, long in leading
                if letters == sorted(acronym) and _share_word(long, longs[0])
            ]
            target = same[0][1] if same else longs[0]
            leading.append((sorted(acronym), acronym, target))
            for name in (acronym, *longs):
                if not name.startswith("@") and name != target:
                    moves[name] = (
                        _across(name, target, acronym, same[0][0]) if same else _in_one(name, target, acronym, times)
                    )
        else:
            still += [Move(acronym, long, BRACKETS, "it stands beside several names", status="apart") for long in longs]
    ends = {name: follow(name, {key: move.target for key, move in moves.items()}) for name in moves}
    settled = [replace(move, target=ends[name]) for name, move in moves.items() if ends[name] != name]
    return settled + [move for move in still if move.source not in moves]


def _in_one(name: str, target: str, acronym: str, times: int) -> Move:
    words = f"{acronym.removeprefix('@')} stands beside it in brackets ({times} times)"
    if name != acronym and not target.startswith("@") and target != acronym:
        words += f", as beside {target}, with which it shares a proper word"
    return Move(name, target, BRACKETS, words.replace("it in", f"{target} in" if name == acronym else "it in"))


def _across(name: str, target: str, acronym: str, other: str) -> Move:
    words = f"{acronym} has the letters of {other} in another order, and their long names share a proper word"
    return Move(name, target, "acronym in two languages", words, "no text says that the two are one", "in doubt")


def follow(name: str, moves: dict[str, str]) -> str:
    """Follow moves to their end; a circle ends at its smallest name."""
    seen = [name]
    while seen[-1] in moves and moves[seen[-1]] not in seen:
        seen.append(moves[seen[-1]])
    return min(seen) if seen[-1] in moves else seen[-1]


def _share_word(one: str, other: str) -> bool:
    """Tell whether two names share a long word, also where one language lengthens it (Continental, Continentale)."""
    ours, theirs = ([sound_key(word) for word in name.split() if len(word) >= SHORTEST_SHARED] for name in (one, other))
    return any(a.startswith(b) or b.startswith(a) for a in ours for b in theirs)
