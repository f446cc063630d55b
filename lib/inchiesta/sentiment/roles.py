"""Whom a tone word colours: the one who does it, the one it is done to, or the one it is said of.

The lexicon says of each word whether its *agent* (tradire), its *patient* (criticare), its *holder* (corrotto), *both*
sides (litigare) or nobody (*none*: terremoto, guerra) is coloured. Word order, voice of the verb and the preposition
before the name say which name that is. No grammar is parsed: the rules hold for plain news sentences.
"""

from __future__ import annotations

import numpy as np

from inchiesta.sentiment.matches import PARTS, TARGETS, Matches, Reals
from inchiesta.sentiment.pages import Flags, Names, Pages
from inchiesta.sentiment.words import GERUND, PARTICIPLE, PAST, ROLE, Whole

# Seven words away a name is half as likely to be meant as right beside.
HALF_DISTANCE = 7.0
# What a comma and a stronger border leave of the weight.
WEAK_BORDER, STRONG_BORDER = 0.6, 0.3
# Below this a word is not counted toward a name at all.
MIN_WEIGHT = 0.15
# A name gets a word only if it fits at least this well beside the name that fits best.
RIVAL = 0.6
# How far the auxiliary may stand before the participle, and the preposition before the name (article, title).
AUXILIARY_WINDOW, PREPOSITION_WINDOW = 3, 4

# Where a name stands, seen from a tone word. before / after: no marker; agent: behind da, by; owner: behind di, of;
# toward: behind a, contro, against; place: behind in, at, where it is rather where than who.
PLACES = ("before", "after", "agent", "owner", "toward", "place")
BEFORE, AFTER = 0, 1
# By what is coloured and the kind of construction, the weight of each place.
WEIGHTS: dict[tuple[str, str], tuple[float, ...]] = {
    ("agent", "active"): (1.0, 0.1, 0.1, 0.1, 0.0, 0.0),
    ("agent", "passive"): (0.0, 0.0, 1.0, 0.0, 0.0, 0.0),
    ("agent", "noun"): (0.7, 0.3, 1.0, 1.0, 0.0, 0.1),
    ("patient", "active"): (0.1, 1.0, 0.2, 0.5, 0.8, 0.1),
    ("patient", "passive"): (1.0, 0.3, 0.0, 0.2, 0.2, 0.0),
    ("patient", "noun"): (0.3, 0.5, 0.0, 0.8, 1.0, 0.2),
    ("holder", ""): (0.9, 0.7, 0.4, 0.7, 0.5, 0.3),
    ("both", ""): (1.0, 0.8, 0.8, 0.8, 0.8, 0.3),
    ("none", ""): (0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
}
CONSTRUCTIONS = tuple(WEIGHTS)
_TABLE = np.array(list(WEIGHTS.values()))


def find_constructions(pages: Pages, tones: Matches) -> Whole:
    """Give whom each tone word colours and the construction it stands in, as a row of `CONSTRUCTIONS`."""
    found = np.zeros(len(tones), dtype=np.int64)
    verb = np.isin(tones.part, [PARTS.index("verb"), PARTS.index("phrase")])
    noun = tones.part == PARTS.index("noun")
    passive = _are_passive(pages, tones)
    for target in ("agent", "patient"):
        here = tones.target == TARGETS.index(target)
        found[here] = CONSTRUCTIONS.index((target, "active"))
        found[here & noun] = CONSTRUCTIONS.index((target, "noun"))
        found[here & verb & passive] = CONSTRUCTIONS.index((target, "passive"))
    for target in ("holder", "both", "none"):
        found[tones.target == TARGETS.index(target)] = CONSTRUCTIONS.index((target, ""))
    return found


def _are_passive(pages: Pages, tones: Matches) -> Flags:
    """Give whether verbs are passive: behind a form of be or essere, or a participle alone with da or by behind."""
    flags, first = pages.flags[tones.first], pages.firsts[tones.sentence]
    before = np.zeros(len(tones), dtype=np.int64)
    for step in range(1, AUXILIARY_WINDOW + 1):
        place = tones.first - step
        before |= np.where(place >= first, pages.flags[np.maximum(place, 0)], 0)
    inside = tones.last < pages.lasts[tones.sentence]
    after = np.where(inside, pages.flags[np.minimum(tones.last, len(pages.flags) - 1)], 0)
    by = (after & ROLE["agent"]) > 0
    patient = tones.target == TARGETS.index("patient")
    # essere also builds the past of intransitive verbs (è fuggito): what has a patient cannot be one of them.
    auxiliary = (before & ROLE["auxiliary"]) > 0
    alone = ((flags & PARTICIPLE) > 0) | (by & ((flags & PAST) > 0))
    undecided = np.where(auxiliary, patient | by, alone)
    found = ((before & ROLE["passive"]) > 0) | (((before & ROLE["active"]) == 0) & undecided)
    return np.asarray(found & ((flags & GERUND) == 0), dtype=bool)


def find_places(pages: Pages, tones: Matches, first: Whole) -> Whole:
    """Give where names (by their first token, pair by pair with tone words) stand, as a column of `PLACES`."""
    place = np.full(len(tones), -1, dtype=np.int64)
    for step in range(1, PREPOSITION_WINDOW + 1):
        at = first - step
        # A phrase may bring its preposition along: "inneggiare a".
        inside = (at >= tones.last) | ((step == 1) & (at == tones.last - 1))
        flags = np.where(inside, pages.flags[np.maximum(at, 0)], 0)
        for role in PLACES[AFTER + 1 :]:
            place[(place < 0) & ((flags & ROLE[role]) > 0)] = PLACES.index(role)
    place[place < 0] = AFTER
    # "Tarnia's betrayal": the owner stands before.
    place[first < tones.first] = BEFORE
    return place


def nearness(tones: Matches, names: Names) -> Reals:
    """Give how near tone words stand to names, pair by pair: 1 right beside, a half seven words away."""
    gap = np.where(names.first < tones.first, tones.first - names.last, names.first - tones.last)
    return np.asarray(HALF_DISTANCE / (HALF_DISTANCE + np.maximum(gap, 0)), dtype=np.float64)


def are_objects(pages: Pages, tones: Matches, names: Names) -> Flags:
    """Give, pair by pair, which nouns that say what somebody is are rather the object of a verb behind the name.

    "Danza arrested the thieves": an article before the noun, words between it and the name, no form of be among them
    and no comma ("Danza, the thief").
    """
    noun = (tones.part == PARTS.index("noun")) & (tones.target == TARGETS.index("holder"))
    before = np.where(tones.first > 0, pages.flags[np.maximum(tones.first - 1, 0)], 0)
    article = (before & ROLE["determiner"]) > 0
    link = np.cumsum((pages.flags & (ROLE["auxiliary"] | ROLE["passive"])) > 0)
    low, high = np.minimum(names.last, tones.first), tones.first
    linked = link[np.maximum(high - 1, 0)] - link[np.maximum(low - 1, 0)] > 0
    marks = pages.marks.borders
    parted = np.searchsorted(marks, pages.starts[tones.first]) > np.searchsorted(marks, names.start)
    return np.asarray(noun & article & (high - low >= 2) & ~linked & ~parted, dtype=bool)


def weigh(constructions: Whole, places: Whole) -> Reals:
    """Give how well tone words fit names, pair by pair, 0 to 1; distance and borders not yet counted."""
    return np.asarray(_TABLE[constructions, places], dtype=np.float64)


def keep_best(weights: Reals, tone: Whole) -> Reals:
    """Give the weights with those that fit much worse than the best of the same tone word set to 0."""
    best = np.zeros(int(tone.max()) + 1 if len(tone) else 0)
    np.maximum.at(best, tone, weights)
    return np.where(weights >= np.maximum(MIN_WEIGHT, RIVAL * best[tone]), weights, 0.0)
