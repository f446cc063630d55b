"""Features: what the tagger looks at for each token of the zone, as whole numbers, one column per template.

A template is a question (*the word before*, *the groups of three neighbours*); its code is the answer. Templates about
one word at a distance can be summed per type beforehand (`UNARY`); the others are looked up per token.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from inchiesta.actors.tagger.batch import MARKS, Batch, Flags, Zone
from inchiesta.actors.tagger.words import ATTRIBUTES, FIRST_VALUE, OUTSIDE, Codes

_NEAR = (
    "low", "word", "suffix2", "suffix3", "form", "group", "given", "surname", "title", "head", "demonym", "dictionary",
)  # fmt: skip
_FAR = ("low", "form", "group", "given", "title", "head")
# Distance to the attributes of the word there.
UNARY: dict[int, tuple[str, ...]] = {
    0: ATTRIBUTES, -1: _NEAR, 1: _NEAR, -2: _FAR, 2: _FAR, -3: ("low", "group"), 3: ("low", "group"),
}  # fmt: skip
_COLUMN = {name: number for number, name in enumerate(ATTRIBUTES)}
# Codes of one attribute stay below these; groups are some hundreds, words some ten thousands.
_WIDE, _NARROW = 1_000_000, 2_000
NONE = -1
# More of the same says nothing new.
MOST_OCCURRENCES, LONGEST_RUN = 4, 5


def encode_unary(batch: Batch, zone: Zone) -> dict[str, Codes]:
    """Give the codes of the `UNARY` templates per token of the zone (needed to train; see `inchiesta...weights`)."""
    view = View(batch, zone)
    return {f"{name}{step:+d}": _known(view.value(name, step)) for step, names in UNARY.items() for name in names}


def encode(batch: Batch, zone: Zone) -> dict[str, Codes]:
    """Give the codes of all other templates: template to one code per token of the zone, `NONE` for no answer."""
    view = View(batch, zone)
    return {"bias": np.zeros(len(zone.tokens), dtype=np.int64)} | {
        **_neighbours(view), **_marks(view), **_position(view), **_runs(view), **_document(view)
    }  # fmt: skip


def _known(codes: Codes) -> Codes:
    return np.where(codes >= FIRST_VALUE, codes, NONE)


class View:
    """The zone with its neighbourhood."""

    def __init__(self, batch: Batch, zone: Zone) -> None:
        self.batch, self.tokens = batch, zone.tokens
        self._table = batch.words.table()
        self._places: dict[int, tuple[Codes, Flags]] = {}

    def place(self, step: int) -> tuple[Codes, Flags]:
        """Give the token ``step`` away from each token of the zone, and whether it is in the same sentence."""
        if step not in self._places:
            last = max(len(self.batch.types) - 1, 0)
            there = np.clip(self.tokens + step, 0, last)
            same = (there == self.tokens + step) & (self.batch.sentence[there] == self.batch.sentence[self.tokens])
            self._places[step] = (there, same)
        return self._places[step]

    def value(self, attribute: str, step: int) -> Codes:
        """Give the code of an attribute of the word ``step`` away."""
        there, same = self.place(step)
        codes = self._table[self.batch.types[there], _COLUMN[attribute]]
        return np.where(same, codes, OUTSIDE).astype(np.int64)

    def mark(self, name: str, step: int) -> Codes:
        """Give the code of the mark of the token ``step`` away."""
        there, same = self.place(step)
        return np.where(same, self.batch.marks[name][there], OUTSIDE)

    @cached_property
    def capital(self) -> Flags:
        """Tell which tokens of the batch are capitalised."""
        return self.batch.traits[:, 1].astype(bool)

    @cached_property
    def first(self) -> Flags:
        """Tell which tokens of the batch open their sentence."""
        sentence = self.batch.sentence
        return np.concatenate([[True], sentence[1:] != sentence[:-1]]) if len(sentence) else np.zeros(0, dtype=bool)

    def before(self, flags: Flags) -> Flags:
        """Tell which tokens of the batch have a flagged one right before them in their sentence."""
        found = np.zeros(len(flags), dtype=bool)
        found[1:] = flags[:-1]
        return found & ~self.first

    def after(self, flags: Flags) -> Flags:
        """Tell which tokens of the batch have a flagged one right behind them in their sentence."""
        found = np.zeros(len(flags), dtype=bool)
        found[:-1] = flags[1:] & ~self.first[1:]
        return found


def _neighbours(view: View) -> dict[str, Codes]:
    """Pairs and triples of neighbouring words and groups."""
    group = {step: view.value("group", step) for step in (-2, -1, 0, 1, 2)}
    low = {step: view.value("low", step) for step in (-2, -1, 0, 1, 2)}
    both = (low[-1] >= FIRST_VALUE) & (low[0] >= FIRST_VALUE)
    ahead = (low[1] >= FIRST_VALUE) & (low[0] >= FIRST_VALUE)
    return {
        "group-1 group": group[-1] * _WIDE + group[0],
        "group group+1": group[0] * _WIDE + group[1],
        "group-1 group group+1": (group[-1] * _NARROW + group[0]) * _NARROW + group[1],
        "group-2 group-1 group": (group[-2] * _NARROW + group[-1]) * _NARROW + group[0],
        "group group+1 group+2": (group[0] * _NARROW + group[1]) * _NARROW + group[2],
        "low-1 group": low[-1] * _WIDE + group[0],
        "low+1 group": low[1] * _WIDE + group[0],
        "low-2 low-1": low[-2] * _WIDE + low[-1],
        "low+1 low+2": low[1] * _WIDE + low[2],
        "low-1 low": np.where(both, low[-1] * _WIDE + low[0], NONE),
        "low low+1": np.where(ahead, low[0] * _WIDE + low[1], NONE),
    }


def _marks(view: View) -> dict[str, Codes]:
    """What the lists say of the token and its neighbours."""
    found: dict[str, Codes] = {}
    for name in MARKS:
        for step in (-1, 0, 1):
            found[f"{name}{step:+d}"] = _known(view.mark(name, step))
    group, low = view.value("group", 0), view.value("low", -1)
    for name in ("listed", "hint"):
        here = view.mark(name, 0)
        found[f"{name} group"] = np.where(here > OUTSIDE, here * _WIDE + group, NONE)
        found[f"{name} group+1"] = np.where(here > OUTSIDE, here * _WIDE + view.value("group", 1), NONE)
        found[f"{name} low-1"] = np.where(here > OUTSIDE, here * _WIDE + low, NONE)
        for step in (-1, 1):
            near = view.mark(name, step)
            found[f"{name}{step:+d} group"] = np.where(near > OUTSIDE, near * _WIDE + group, NONE)
    return found


def _position(view: View) -> dict[str, Codes]:
    first = view.first[view.tokens]
    return {
        "first": np.where(first, 1, NONE),
        "first group": np.where(first, view.value("group", 0), NONE),
    }


def _runs(view: View) -> dict[str, Codes]:
    """The run of capitalised words a token stands in: what stands around it, how it begins and ends, what it holds."""
    batch, capital = view.batch, view.capital
    joins = batch.traits[:, 2].astype(bool) & view.before(capital) & view.after(capital)
    inside = capital | joins
    starts = np.flatnonzero(inside & ~view.before(inside))
    ends = np.flatnonzero(inside & ~view.after(inside))
    run = np.cumsum(inside & ~view.before(inside)) - 1
    here = inside[view.tokens]
    if not len(starts):
        return {}
    mine = np.where(here, run[view.tokens], 0)
    edges = {"start": View(batch, Zone(starts, starts)), "end": View(batch, Zone(ends, ends))}
    length = np.minimum(ends - starts + 1, LONGEST_RUN)
    position = np.minimum(view.tokens - starts[mine], 2)
    place = position * 3 + np.minimum(ends[mine] - view.tokens, 2)
    before, behind = edges["start"].value("low", -1), edges["end"].value("low", 1)
    first, last = edges["start"].value("group", 0), edges["end"].value("group", 0)
    holds = _held(view, run, inside, len(starts))
    codes = {
        "run before": before[mine],
        "run behind": behind[mine],
        "run two before": (edges["start"].value("low", -2) * _WIDE + before)[mine],
        "run two behind": (behind * _WIDE + edges["end"].value("low", 2))[mine],
        "run place": length[mine] * 10 + place,
        "run first group": first[mine] * 10 + place,
        "run last group": last[mine] * 10 + place,
        "run first word": edges["start"].value("low", 0)[mine] * 10 + position,
        "run last word": edges["end"].value("low", 0)[mine] * 10 + place % 3,
        "run ends": (first * _NARROW + last)[mine],
        "run before length": (before * 10 + np.minimum(length, 3))[mine],
        "run holds": holds[mine] * 10 + position,
        "run holds group": holds[mine] * _WIDE + view.value("group", 0),
    }
    return {name: np.where(here, code, NONE) for name, code in codes.items()}


def _held(view: View, run: Codes, inside: Flags, n_runs: int) -> Codes:
    """Give for each run whether it holds a given name, and the head word of an organisation or place."""
    table = view.batch.words.table()[view.batch.types[inside]].astype(np.int64)
    given, head = np.zeros(n_runs, dtype=np.int64), np.zeros(n_runs, dtype=np.int64)
    np.maximum.at(given, run[inside], (table[:, _COLUMN["given"]] >= FIRST_VALUE).astype(np.int64))
    np.maximum.at(head, run[inside], table[:, _COLUMN["head"]])
    return given * 100 + head


def _document(view: View) -> dict[str, Codes]:
    """What the document shows of a capitalised word: in small letters, inside sentences, after a given name."""
    batch, capital = view.batch, view.capital
    lower = batch.traits[:, 0]
    width = int(lower.max(initial=0)) + 1
    known, number = np.unique((batch.document * width + lower)[capital], return_inverse=True)
    where = np.zeros(len(capital), dtype=np.int64)
    where[capital] = number
    opens = view.first | view.before(batch.traits[:, 3].astype(bool))
    given = batch.words.table()[batch.types, _COLUMN["given"]] >= FIRST_VALUE
    seen = {
        "small": _seen_small(batch, capital, lower, known, width),
        "inside": _flag(number, ~opens[capital], len(known)),
        "surname": _flag(number, view.before(given)[capital], len(known)),
        "titled": _flag(number, view.before(batch.marks["role"] > OUTSIDE)[capital], len(known)),
        "given": _flag(number, (given & view.after(capital))[capital], len(known)),
    }
    times = np.minimum(np.bincount(number, minlength=max(len(known), 1)), MOST_OCCURRENCES)
    here = capital[view.tokens]
    mine = where[view.tokens]
    if not len(known):
        return {}
    case = seen["small"][mine] + 2 * seen["inside"][mine]
    first = opens[view.tokens]
    codes = {
        "document case": case,
        "document case first": case * 2 + first,
        "document case group": case * _WIDE + view.value("group", 0),
        "document times": times[mine],
    }
    for name in ("surname", "titled", "given"):
        codes[f"document {name}"] = np.where(seen[name][mine] > 0, first.astype(np.int64), NONE)
    return {name: np.where(here, code, NONE) for name, code in codes.items()}


def _flag(number: Codes, flags: Flags, size: int) -> Codes:
    found = np.zeros(size, dtype=np.int64)
    found[number[flags]] = 1
    return found


def _seen_small(batch: Batch, capital: Flags, lower: Codes, known: Codes, width: int) -> Codes:
    """Tell which capitalised words of a document stand in it in small letters too."""
    capitalised = np.zeros(width, dtype=bool)
    capitalised[lower[capital]] = True
    small = ~capital & capitalised[lower]
    keys = (batch.document * width + lower)[small]
    place = np.searchsorted(known, keys)
    place[place == len(known)] = 0
    found = np.zeros(len(known), dtype=np.int64)
    if len(known):
        found[place[known[place] == keys]] = 1
    return found
