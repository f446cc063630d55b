"""Whom a tone word colours: the one who does it, the one it is done to, or the one it is said of.

The lexicon says of each word whether its *agent* (tradire), its *patient* (criticare), its *holder* (corrotto), *both*
sides (litigare) or nobody (*none*: terremoto, guerra) is coloured. Word order, voice of the verb and the preposition
before the name say which name that is. No grammar is parsed: the rules hold for plain news sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inchiesta.sentiment.lexicon import Lexicon, Match, fold

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

# Weight by what is coloured, the kind of construction, and where the name stands.
# before / after: no marker; agent: behind da, by; owner: behind di, of; toward: behind a, contro, against.
WEIGHTS: dict[tuple[str, str], dict[str, float]] = {
    ("agent", "active"): {"before": 1.0, "after": 0.1, "agent": 0.1, "owner": 0.1, "toward": 0.0},
    ("agent", "passive"): {"before": 0.0, "after": 0.0, "agent": 1.0, "owner": 0.0, "toward": 0.0},
    ("agent", "noun"): {"before": 0.7, "after": 0.3, "agent": 1.0, "owner": 1.0, "toward": 0.0},
    ("patient", "active"): {"before": 0.1, "after": 1.0, "agent": 0.2, "owner": 0.5, "toward": 0.8},
    ("patient", "passive"): {"before": 1.0, "after": 0.3, "agent": 0.0, "owner": 0.2, "toward": 0.2},
    ("patient", "noun"): {"before": 0.3, "after": 0.5, "agent": 0.0, "owner": 0.8, "toward": 1.0},
    ("holder", ""): {"before": 0.9, "after": 0.7, "agent": 0.4, "owner": 0.7, "toward": 0.5},
    ("both", ""): {"before": 1.0, "after": 0.8, "agent": 0.8, "owner": 0.8, "toward": 0.8},
}


@dataclass(frozen=True, slots=True)
class Name:
    """A mention by its tokens (first to last, one past the end) and its first character."""

    first: int
    last: int
    start_char: int


def weigh_names(tone: Match, names: Sequence[Name], words: Sequence[str], lexicon: Lexicon) -> list[float]:
    """Give for each name of the sentence how well the tone word fits it, 0 to 1, borders not yet counted."""
    if tone.expression.target == "none":
        return [0.0] * len(names)
    weights = WEIGHTS[find_construction(tone, words, lexicon)]
    return [weights[find_place(tone, name, words, lexicon)] * nearness(tone, name) for name in names]


def keep_best(weights: Sequence[float]) -> list[float]:
    """Give the weights with those that fit much worse than the best set to 0."""
    best = max(weights, default=0.0)
    return [weight if weight >= max(MIN_WEIGHT, RIVAL * best) else 0.0 for weight in weights]


def nearness(tone: Match, name: Name) -> float:
    """Give how near a tone word stands to a name: 1 right beside it, a half seven words away."""
    gap = tone.first - name.last if name.first < tone.first else name.first - tone.last
    return HALF_DISTANCE / (HALF_DISTANCE + max(gap, 0))


def find_construction(tone: Match, words: Sequence[str], lexicon: Lexicon) -> tuple[str, str]:
    """Give whom a tone word colours and the construction it stands in, a key of `WEIGHTS`."""
    target = tone.expression.target
    if target not in ("agent", "patient"):
        return target, ""
    if tone.expression.pos in ("verb", "phrase"):
        return target, "passive" if _is_passive(tone, words, lexicon) else "active"
    return target, "noun" if tone.expression.pos == "noun" else "active"


def _is_passive(tone: Match, words: Sequence[str], lexicon: Lexicon) -> bool:
    """Give whether the verb is passive: behind a form of be or essere, or a participle alone with da or by behind."""
    word = fold(words[tone.first])
    if word.endswith(("ing", "ndo")):
        return False
    before = [fold(word) for word in words[max(0, tone.first - AUXILIARY_WINDOW) : tone.first]]
    if any(word in lexicon.markers["passive"] for word in before):
        return True
    by = fold(words[tone.last]) in lexicon.markers["agent"] if tone.last < len(words) else False
    if any(word in lexicon.markers["active"] for word in before):
        return False
    # essere also builds the past of intransitive verbs (è fuggito): what has a patient cannot be one of them.
    auxiliary = any(word in lexicon.markers["auxiliary"] for word in before)
    if auxiliary:
        return tone.expression.target == "patient" or by
    return _is_participle(word, lexicon) or (by and word.endswith("ed"))


def _is_participle(word: str, lexicon: Lexicon) -> bool:
    """Give whether a word is a regular Italian past participle; English ones look like the past tense."""
    infinitive = {"at": "are", "it": "ire", "ut": "ere"}.get(word[-3:-1])
    if lexicon.language != "it" or infinitive is None or word[-1] not in "oaie":
        return False
    return word[:-3] + infinitive in lexicon.keys_cached(word)


def find_place(tone: Match, name: Name, words: Sequence[str], lexicon: Lexicon) -> str:
    """Give where a name stands as seen from a tone word: before, after, agent, owner or toward."""
    if name.first < tone.first:
        # "Tarnia's betrayal": the owner stands before.
        return "before"
    between = [fold(word) for word in words[max(tone.last, name.first - PREPOSITION_WINDOW) : name.first]]
    # A phrase may bring its preposition along: "inneggiare a".
    between = between or [fold(words[tone.last - 1])]
    for word in reversed(between):
        for role in ("agent", "owner", "toward"):
            if word in lexicon.markers[role]:
                return role
    return "after"
