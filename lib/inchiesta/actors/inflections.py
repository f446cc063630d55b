"""Inflections: case forms of Cyrillic names and plurals of products, joined only to a nominative that was met."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from itertools import product

from inchiesta.actors.match_keys import plain_key
from inchiesta.actors.word_lists import read_rows

CYRILLIC = re.compile(r"[\u0400-\u04ff]")
# A stem shorter than this fits endings by chance (Ира, Ир).
SHORTEST_STEM = 3
# Surnames in -ов, -ев, -ин have a feminine in -а that is spelt as the genitive of the masculine.
FEMININE = re.compile(r"(?:ов|ев|ёв|ин|ын)а$")
# Names of more words are titles of bodies, whose words follow other rules.
MOST_WORDS = 4


@cache
def endings() -> dict[str, frozenset[str]]:
    """Give the nominative endings each case ending may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_rows("cyrillic_endings.tsv"):
        found[row["ending"]].add(row["nominative"])
    return {ending: frozenset(nominatives) for ending, nominatives in found.items()}


def nominatives(word: str) -> set[str]:
    """Give the words of which ``word`` may be a case form, itself included.

    >>> "Стахар" in nominatives("Стахаром"), nominatives("Stakhar")
    (True, {'Stakhar'})
    """
    if not CYRILLIC.search(word):
        return {word}
    found = {word}
    for length in range(1, 6):
        stem, ending = word[:-length], word[-length:]
        if len(stem) >= SHORTEST_STEM:
            found |= {stem + nominative for nominative in endings().get(ending, ())}
    return found


def find_nominatives(name: str, known: Mapping[str, str]) -> set[str]:
    """Give the known names of which ``name`` may be a case form.

    Parameters
    ----------
    name : str
        A name that may be inflected.
    known : mapping
        Known names by `inchiesta.actors.match_keys.plain_key`: a nominative in Latin letters counts as met.
    """
    words = name.split(" ")
    if not CYRILLIC.search(name) or len(words) > MOST_WORDS:
        return set()
    forms = {" ".join(form) for form in product(*(sorted(nominatives(word)) for word in words))} - {name}
    return {known[key] for key in map(plain_key, forms) if key in known} - {name}


def choose_nominative(name: str, known: Mapping[str, str]) -> str:
    """Give the one known nominative of ``name``, else nothing.

    Where several fit, those that are case forms themselves are none (Стахару is Стахар, not Стахара).
    """
    found = find_nominatives(name, known)
    if len(found) > 1:
        found = {other for other in found if not find_nominatives(other, known)}
    return found.pop() if len(found) == 1 else ""


def may_be_feminine(name: str) -> bool:
    """Tell whether a bare surname in the genitive is spelt as a feminine one: Иванова is of Иванов, or a woman."""
    # In a full name the given name is inflected too.
    return " " not in name and bool(FEMININE.search(name))


def find_singular(name: str, known: set[str]) -> str:
    """Give the known name of which ``name`` is the English plural (Dreamliners, A380s), else nothing."""
    return name[:-1] if name.endswith("s") and len(name) > SHORTEST_STEM + 1 and name[:-1] in known else ""
