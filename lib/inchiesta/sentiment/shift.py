"""How the words around a tone word change it: negation, degree, hearsay, condition, contrast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inchiesta.sentiment.matches import SCOPES, Matches, Reals
from inchiesta.sentiment.pages import Flags, Pages, expand
from inchiesta.sentiment.words import Whole

# "non ha mai davvero tradito": auxiliaries and adverbs stand between, an object hardly.
WINDOW_AFTER, WINDOW_BEFORE = 4, 3
# What a question leaves of what it asks.
QUESTION = 0.5


@dataclass(frozen=True)
class Borders:
    """Clause borders of a batch: characters, and those stronger than a comma, both sorted."""

    places: Whole
    strong: Whole

    def between(self, one: Whole, other: Whole) -> tuple[Whole, Whole]:
        """Give how many weak and strong borders lie between characters, pair by pair."""
        low, high = np.minimum(one, other), np.maximum(one, other)
        strong = np.searchsorted(self.strong, high) - np.searchsorted(self.strong, low)
        return np.searchsorted(self.places, high) - np.searchsorted(self.places, low) - strong, strong


def find_borders(pages: Pages, shifters: Matches) -> Borders:
    """Give the clause borders of a batch: punctuation, and adversatives such as ma, but, while."""
    turns = pages.starts[shifters.first[shifters.is_shift("adversative")]]
    # A turn right behind a comma is one border, not two; counting it strong covers both.
    return Borders(np.sort(np.append(pages.marks.borders, turns)), np.sort(np.append(pages.marks.strong, turns)))


def pair_up(sentences: Whole, others: Whole) -> tuple[Whole, Whole]:
    """Give all pairs (row of the first, row of the second) that stand in one sentence; both sorted by sentence."""
    low, high = np.searchsorted(others, sentences), np.searchsorted(others, sentences, side="right")
    return np.repeat(np.arange(len(sentences)), high - low), expand(low, high)


def shift_scores(pages: Pages, tones: Matches, shifters: Matches, borders: Borders) -> Reals:
    """Give the scores of tone words after their shifters, -1 to 1.

    Several negations count once ("non ha mai tradito" denies once); other factors multiply.
    """
    tone, shifter = pair_up(tones.sentence, shifters.sentence)
    reached = _reaches(pages, tones.only(tone), shifters.only(shifter), borders)
    tone, shifter = tone[reached], shifter[reached]
    factor = np.ones(len(tones))
    denies = shifters.is_shift("negation")[shifter]
    np.multiply.at(factor, tone[~denies], shifters.factor[shifter[~denies]])
    factor[are_questions(pages)[tones.sentence]] *= QUESTION
    tone, shifter = tone[denies], shifter[denies]
    # Of several negations the nearest says by how much.
    order = np.lexsort((np.abs(tones.first[tone] - shifters.first[shifter]), tone))
    denied, nearest = np.unique(tone[order], return_index=True)
    factor[denied] *= shifters.factor[shifter[order][nearest]]
    return np.clip(tones.score * factor, -1.0, 1.0)


def are_questions(pages: Pages) -> Flags:
    """Give of each sentence whether it ends with a question mark."""
    last = np.maximum(pages.lasts - 1, 0)
    asked = [pages.text.startswith("?", int(end)) or "?" in pages.text[end : end + 3] for end in pages.ends[last]]
    return np.asarray(np.array(asked, dtype=bool) & (pages.lasts > pages.firsts), dtype=bool)


def carry_own(found: Matches) -> Flags:
    """Give which tone words speak for themselves: not a degree word right before another one ("fairly generous")."""
    degree = (found.is_shift("intensifier") | found.is_shift("diminisher")) & (found.score != 0)
    following = np.append(found.first[1:], -1)
    return np.asarray(~(degree & (following == found.last)), dtype=bool)


def _reaches(pages: Pages, tones: Matches, shifters: Matches, borders: Borders) -> Flags:
    """Give of pairs whether the shifter changes the tone word."""
    ahead, behind = tones.first - shifters.last, shifters.first - tones.last
    scope = shifters.scope
    near = np.ones(len(tones), dtype=bool)
    after, before = SCOPES.index("words after"), SCOPES.index("words before")
    near[scope == after] = ((ahead >= 0) & (ahead < WINDOW_AFTER))[scope == after]
    near[scope == before] = ((behind >= 0) & (behind < WINDOW_BEFORE))[scope == before]
    near &= ~((scope == SCOPES.index("clause")) & shifters.is_shift("adversative") & (ahead < 0))
    near &= shifters.first != tones.first
    # From the shifter's own place on: an adversative is a border itself and rules what follows it.
    weak, strong = borders.between(pages.starts[shifters.first] + 1, pages.starts[tones.first])
    # "According to rumours, ...": hearsay that opens the sentence reaches over the comma behind it.
    opens = shifters.is_shift("hearsay") & (shifters.first == pages.firsts[shifters.sentence])
    return np.asarray(near & (strong == 0) & ((weak == 0) | (opens & (weak == 1))), dtype=bool)
