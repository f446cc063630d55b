"""Spellings: which unlisted names are one name written differently. Works on distinct names, never on all pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from inchiesta.actors.inflections import choose_nominative, find_singular, may_be_feminine
from inchiesta.actors.match_keys import deletions, mixes_scripts, plain_key, sound_key

# Below this many letters a shared sound key is chance (Cina, Gina); only accents and capitals may differ.
SHORTEST_SOUND = 5
# One letter may differ in a word of at least this length, if all the other words agree.
SHORTEST_EDITED = 6
# A deletion shared by more names than this is no evidence but a common pattern; it would also cost n squared.
LARGEST_BLOCK = 50


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name to compare: how often it occurs, and whether it reads as a person or as neither person, body nor place."""

    name: str
    n_mentions: int
    is_person: bool
    is_product: bool = False


@dataclass(frozen=True, slots=True)
class Join:
    """``name`` is written differently from ``other``, of which it is a variant; ``evidence`` says what was seen."""

    name: str
    other: str
    evidence: str
    against: str = ""
    rule: str = "spelling"


def _order(spelling: Spelling) -> tuple[int, int, str]:
    return (-spelling.n_mentions, -len(spelling.name), spelling.name)


def find_variants(spellings: Iterable[Spelling]) -> list[Join]:
    """Find names that are variants of a more frequent one, by equal keys and then by one differing letter.

    Names that mix scripts are left out. Deterministic; the time grows with the number of names, not with its square.
    """
    known = sorted((spelling for spelling in spellings if not mixes_scripts(spelling.name)), key=_order)
    heads, letters = _join_equal(known, _letters, "the same letters but for capitals, accents or script")
    heads, inflected = _join_inflected(heads)
    heads, sounds = _join_equal(heads, _sounds, "the same sounds in another transliteration")
    close = _join_close([head for head in heads if head.is_person and " " in head.name])
    return letters + inflected + sounds + close


def _join_inflected(heads: list[Spelling]) -> tuple[list[Spelling], list[Join]]:
    """Join case forms to their nominative, and plurals of what is no person to their singular."""
    by_key = {plain_key(head.name): head.name for head in reversed(heads)}
    fulls = [head.name for head in heads if head.is_person and " " in head.name]
    # A surname met in a full name is met: the nominative of Стахара may stand in Иво Стахар only.
    surnames = [name.rsplit(" ", 1)[-1] for name in fulls if not choose_nominative(name, by_key)]
    by_key = {plain_key(surname): surname for surname in surnames} | by_key
    singulars = {head.name for head in heads if not head.is_person}
    joins: dict[str, Join] = {}
    for head in heads:
        other = choose_nominative(head.name, by_key)
        against = "it may be the feminine of that surname" if other and may_be_feminine(head.name) else ""
        if not other and head.name in singulars and head.is_product:
            other = find_singular(head.name, singulars)
        if other and other not in joins:
            joins[head.name] = Join(head.name, other, f"an inflected form of {other}", against, "inflection")
    return [head for head in heads if head.name not in joins], list(joins.values())


def _letters(spelling: Spelling) -> str:
    return plain_key(spelling.name)


def _sounds(spelling: Spelling) -> str:
    """Give the sound key of a long enough name; letters of an acronym never stand for sounds."""
    key = sound_key(spelling.name)
    if spelling.name.isupper() or max(map(len, key.split()), default=0) < SHORTEST_SOUND:
        return f"= {plain_key(spelling.name)}"
    return f"{spelling.is_person} {key}"


def _join_equal(
    heads: list[Spelling], key_of: Callable[[Spelling], str], evidence: str
) -> tuple[list[Spelling], list[Join]]:
    groups: dict[str, list[Spelling]] = defaultdict(list)
    for head in heads:
        groups[key_of(head)].append(head)
    kept, joins = [], []
    for group in groups.values():
        kept.append(group[0])
        joins += [Join(other.name, group[0].name, f"{evidence} as {group[0].name}") for other in group[1:]]
    return kept, joins


def _join_close(heads: list[Spelling]) -> list[Join]:
    """Join full names of persons of which one long word differs by one letter inside the word."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, head in enumerate(heads):
        for key in deletions(sound_key(head.name)):
            blocks[key].append(index)
    joins: dict[int, Join] = {}
    for block in blocks.values():
        if len(block) > LARGEST_BLOCK:
            continue
        for place, later in enumerate(block):
            for earlier in block[:place]:
                if later not in joins and earlier not in joins and _is_close(heads[earlier].name, heads[later].name):
                    evidence = f"one letter differs from {heads[earlier].name}, which is more frequent"
                    joins[later] = Join(heads[later].name, heads[earlier].name, evidence)
    return [joins[index] for index in sorted(joins)]


def _is_close(one: str, other: str) -> bool:
    ours, theirs = sound_key(one).split(), sound_key(other).split()
    if len(ours) != len(theirs):
        return False
    differing = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    if len(differing) != 1:
        return False
    a, b = differing[0]
    # Ferrari and Ferraro, Ivanov and Ivanova are two people: first and last letter must agree.
    long_enough = min(len(a), len(b)) >= SHORTEST_EDITED
    return (
        long_enough
        and a[0] == b[0]
        and a[-1] == b[-1]
        and len(a) - len(b) in (-1, 0, 1)
        and Levenshtein.distance(a, b) == 1
    )
