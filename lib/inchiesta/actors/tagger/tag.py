"""Tagging: where names stand and of what kind they are, with the document's own evidence counted twice over."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inchiesta.actors.tagger.batch import Batch, Flags, Zone, find_zone
from inchiesta.actors.tagger.crf import KINDS, LABELS, Reals, Walk, decode, infer, plan_walk
from inchiesta.actors.tagger.features import encode
from inchiesta.actors.tagger.weights import Scorer
from inchiesta.actors.tagger.words import DASH, LONG_SMALL, NEVER, STOP, Codes

# How much the other places of a word in its document weigh, beside its own place: as much.
CONSENSUS = 1.0
# That a word is no name elsewhere says less: *Rosa* may be both. Where it opens a sentence its capital says nothing.
CONSENSUS_OUTSIDE, CONSENSUS_OPENER = 0.6, 0.3
# Added to each share, so that one look cannot forbid anything: 1 in 100.
DOUBT = 0.01
# A place counts itself among the places; half an average word is mixed in.
PRIOR = 0.5
# A run of words each of which has a label this sure, seen alike elsewhere, is not looked at a second time.
CERTAIN = 0.95
# Of each label, which of outside, PER, ORG, LOC, OTHER it is.
KIND_OF = np.array([0, *(1 + KINDS.index(label[2:]) for label in LABELS[1:])])


@dataclass(frozen=True)
class Names:
    """Names found: document (number in the batch), offsets, kind (index into `KINDS`), two probabilities from 0 to 1.

    ``score`` is that of the name with this kind, ``named`` that its words belong to names of whatever kind.
    """

    document: Codes
    start: Codes
    end: Codes
    kind: Codes
    score: Reals
    named: Reals


def tag_batch(batch: Batch, scorer: Scorer) -> Names:
    """Find the names of a batch.

    Notes
    -----
    Deterministic; a document's names depend on that document only. Two passes: the first gives what each word is in
    each place, the second adds what the word is in its other places of the document (Sutton and McCallum 2004 link such
    words in the model itself; the sum of beliefs is their first step of inference).
    """
    zone, behind_bar, before_bar = _leave_out_barred(batch, find_zone(batch))
    walk = plan_walk(zone.starts, len(zone.tokens))
    chain = scorer.weights.chain
    scores = scorer.score(batch, zone, encode(batch, zone))
    # What is left out stands outside every name: its steps belong to its neighbours.
    scores[behind_bar] += chain.steps[0]
    scores[before_bar] += chain.steps[:, 0]
    marginals = infer(scores, chain, walk).marginals
    labels = marginals.argmax(axis=1)
    gains = _consensus(batch, zone, marginals)
    open_rows, open_walk = _find_open(zone, marginals, labels, gains)
    second = scores[open_rows] + gains[open_rows]
    labels[open_rows] = decode(second, chain, open_walk)
    marginals[open_rows] = infer(second, chain, open_walk).marginals
    return _read_labels(batch, zone, labels, marginals)


def _leave_out_barred(batch: Batch, zone: Zone) -> tuple[Zone, Flags, Flags]:
    """Give the zone without the tokens that are part of no name, and which tokens stood right behind and before one.

    The labels come out the same as with these tokens held outside; a third of the zone need not be looked at.
    """
    barred = _find_barred(batch, zone)
    opens = np.zeros(len(barred), dtype=bool)
    opens[zone.starts] = True
    behind = np.zeros(len(barred), dtype=bool)
    behind[1:] = barred[:-1] & ~opens[1:]
    before = np.zeros(len(barred), dtype=bool)
    before[:-1] = barred[1:] & ~opens[1:]
    kept = ~barred
    starts = np.flatnonzero((opens | behind)[kept])
    return Zone(zone.tokens[kept], starts), behind[kept], before[kept]


def _find_barred(batch: Batch, zone: Zone) -> Flags:
    """Find the tokens that are part of no name: common small words, dashes between spaces, full stops of a sentence."""
    bars, token = batch.traits[:, 4], zone.tokens
    before, behind = np.maximum(token - 1, 0), np.minimum(token + 1, len(bars) - 1)
    spaced = batch.start[token] > batch.end[before]
    free = batch.start[behind] > batch.end[token]
    found: Flags = (bars[token] & NEVER > 0) | ((bars[token] & DASH > 0) & spaced & free)
    return found | ((bars[token] & STOP > 0) & ~spaced & free & (bars[before] & LONG_SMALL > 0))


def _find_open(zone: Zone, marginals: Reals, labels: Codes, gains: Reals) -> tuple[Codes, Walk]:
    """Find the runs whose labels the second pass may still change: one word in doubt, or seen otherwise elsewhere."""
    sure = marginals[np.arange(len(labels)), labels]
    doubted = (sure < CERTAIN) | (gains[np.arange(len(labels)), labels] < gains.max(axis=1, initial=-np.inf))
    run = np.zeros(len(labels), dtype=np.int64)
    run[zone.starts] = 1
    run = np.cumsum(run) - 1
    is_open = np.zeros(len(zone.starts), dtype=bool)
    is_open[run[doubted]] = True
    rows = np.flatnonzero(is_open[run]) if len(run) else run
    lengths = np.diff(np.append(zone.starts, len(labels)))[is_open]
    return rows, plan_walk(np.cumsum(lengths) - lengths, len(rows))


def _consensus(batch: Batch, zone: Zone, marginals: Reals) -> Reals:
    """Give what each label gains or loses by what the same capitalised word is elsewhere in its document."""
    shares = np.zeros((len(zone.tokens), len(KINDS) + 1))
    for kind in range(shares.shape[1]):
        shares[:, kind] = marginals[:, kind == KIND_OF].sum(axis=1)
    traits = batch.traits[zone.tokens]
    capital = traits[:, 1].astype(bool)
    gains = np.zeros_like(marginals)
    if not capital.any():
        return gains
    keys = batch.document[zone.tokens] * (int(traits[:, 0].max()) + 1) + traits[:, 0]
    _, word, times = np.unique(keys[capital], return_inverse=True, return_counts=True)
    sums = np.zeros((len(times), shares.shape[1]))
    np.add.at(sums, word, shares[capital])
    # What a word is on average, over all texts: a constant, so that a document's names depend on it alone.
    average = np.array([0.4, 0.2, 0.2, 0.15, 0.05])
    shared = (sums + PRIOR * average) / (times + PRIOR)[:, None]
    gain = CONSENSUS * np.log(shared[word] + DOUBT)
    gain[:, 0] *= np.where(_find_openers(batch, zone)[capital], CONSENSUS_OPENER, CONSENSUS_OUTSIDE)
    gains[capital] = gain[:, KIND_OF]
    return gains


def _find_openers(batch: Batch, zone: Zone) -> Flags:
    """Tell which tokens of the zone open a sentence, a quotation or a clause behind a colon."""
    opens = np.concatenate([[True], batch.sentence[1:] != batch.sentence[:-1]])
    opens[1:] |= batch.traits[:-1, 3].astype(bool)
    found: Flags = opens[zone.tokens]
    return found


def _read_labels(batch: Batch, zone: Zone, labels: Codes, marginals: Reals) -> Names:
    """Read names off the labels; a name is as sure as its least sure word."""
    place = np.array([label[0] for label in LABELS])[labels]
    begins = np.flatnonzero((place == "B") | (place == "S"))
    ends = np.flatnonzero((place == "E") | (place == "S"))
    number = np.searchsorted(begins, np.arange(len(labels)), side="right") - 1
    inside = place != "O"
    least = []
    for sure in (marginals[np.arange(len(labels)), labels], 1 - marginals[:, 0]):
        lowest = np.ones(len(begins))
        np.minimum.at(lowest, number[inside], sure[inside])
        least.append(np.clip(lowest, 0, 1))
    first, last = zone.tokens[begins], zone.tokens[ends]
    kinds = KIND_OF[labels[begins]] - 1
    return Names(batch.document[first], batch.start[first], batch.end[last], kinds, *least)
