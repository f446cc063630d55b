"""Listed names in their place: those that are also words count only where the document supports them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from inchiesta.actors.gazetteer import Hit
from inchiesta.actors.word_lists import cues

# A sentence of a text: start, end, language.
Sentence = tuple[int, int, str]

# After these a capital may only mean that something begins.
BEGINNERS = frozenset("«“\"'‘:–—•…!?.·*|-")
# How far before a name the word that tells what it is is looked for.
NEAR = 24
# A listed name with its capitals in place is wrong about once in twenty (namesakes); under a doubt, more often.
LISTED_SCORE, DOUBTED_SCORE = 0.95, 0.8


@dataclass(frozen=True, slots=True)
class Placed:
    """A listed name that counts: the sentence it stands in (its number) and how sure it is (0 to 1)."""

    hit: Hit
    sentence: int
    score: float


def settle_listed(text: str, hits: Sequence[Hit], sentences: Sequence[Sentence]) -> list[Placed]:
    """Keep the listed names inside a sentence; those that are also words only where the document supports them."""
    starts = [start for start, _, _ in sentences]
    placed = []
    for hit in hits:
        index = bisect_right(starts, hit.start) - 1
        if index >= 0 and hit.end <= sentences[index][1]:
            placed.append((hit, index))
    firm = {hit.listed.actor_id for hit, index in placed if not hit.listed.rule and hit.listed.form != "demonym"}
    firm |= {
        hit.listed.actor_id
        for hit, index in placed
        if hit.listed.rule == "inside" and not opens_sentence(text, hit.start, starts[index])
    }
    kept = []
    for hit, index in placed:
        if not hit.listed.rule:
            kept.append(Placed(hit, index, LISTED_SCORE))
        elif hit.listed.actor_id in firm or _is_cued(text, hit, sentences[index][2]):
            kept.append(Placed(hit, index, DOUBTED_SCORE))
    return kept


def opens_sentence(text: str, start: int, sentence_start: int) -> bool:
    """Tell whether a capital at ``start`` may only mean that a sentence, a quotation or a list item begins."""
    before = start - 1
    while before >= sentence_start and text[before] in " \n\t":
        before -= 1
    return before < sentence_start or (text[before] in BEGINNERS and not (text[before] in "-'" and before == start - 1))


def _is_cued(text: str, hit: Hit, language: str) -> bool:
    """Tell whether the word before says what the name is (il quotidiano *Domani*)."""
    if hit.listed.rule != "support" or hit.listed.kind != "ORG":
        return False
    before = text[max(0, hit.start - NEAR) : hit.start].lower().split()
    kind, weight = cues(language, "before").get(before[-1] if before else "", ("", 0))
    return kind == "ORG" and weight > 2
